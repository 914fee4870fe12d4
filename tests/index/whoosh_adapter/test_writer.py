"""Articles written through Whoosh's interface."""

from nutgraf import Article, Hit, Index, search


def test_whoosh_writes_articles() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter."), Article(id="b", text="Two otters.")])
        with index.as_whoosh().writer() as out:
            out.add_document(article="c", text="Three otters.\nAnd a heron.", by="Ann Lee\nBo Ek")
            out.delete_by_term("article", "a")
        hits: list[Hit] = list(search("otter", index))
        assert sorted(hit.citation for hit in hits) == ["b#1", "c#1"]
        assert search("by:lee", index).total == 2
