"""Articles written through Whoosh's interface."""

from pathlib import Path

import pytest

from memory import index_at
from nutgraf import Article, ArticleError, Hit, Index, search


def test_whoosh_writes_articles() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter."), Article(id="b", text="Two otters.")])
        with index.as_whoosh().writer() as out:
            out.add_document(article="c", text="Three otters.\nAnd a heron.", by="Ann Lee\nBo Ek")
            out.delete_by_term("article", "a")
        hits: list[Hit] = list(search("otter", index))
        assert sorted(hit.citation for hit in hits) == ["b#1", "c#1"]
        assert search("by:lee", index).total == 2


def test_whoosh_does_not_overwrite_the_article_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An otter.")
    with index_at(tmp_path) as index:
        index.sync([tmp_path / "a.txt"])
        writer = index.as_whoosh().writer()
        with pytest.raises(
            ArticleError, match=r"the id 'a\.txt' is that of an article of the file"
        ):
            writer.add_document(article="a.txt", text="A heron.")
        writer.cancel()
        assert search("otter", index).total == 1
        with index.as_whoosh().writer() as out:
            out.delete_by_term("article", "a.txt")
            out.add_document(article="a.txt", text="A heron.")
        assert search("heron", index).total == 1
