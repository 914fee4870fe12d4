"""The words that a fuzzy word stands for."""

from nutgraf import Article, Index, search


def test_very_long_words_may_be_written_otherwise() -> None:
    with Index.in_memory() as index:
        for length in (100, 127, 128, 129, 250):
            index.add([Article(id=str(length), text="z" * length)])
        assert [hit.article for hit in search("z" * 128 + "~", index)] == ["127", "128"]
        assert [hit.article for hit in search("z" * 250 + "~2", index)] == ["250"]
        assert [hit.article for hit in search("z" * 99 + "~2", index)] == ["100"]
