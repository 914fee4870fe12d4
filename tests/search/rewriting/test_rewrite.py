"""How many words of the archive the patterns and fuzzy words of a query may stand for."""

import pytest

from nutgraf import Article, Index, QueryError, search


@pytest.mark.parametrize("words", [9_999, 10_000, 10_001])
def test_a_query_stands_for_at_most_10_000_words(words: int) -> None:
    half = words // 2
    with Index.in_memory() as index:
        index.add([Article(id="a", text=" ".join(f"x{number}" for number in range(half)))])
        index.add([Article(id="b", text=" ".join(f"y{number}" for number in range(words - half)))])
        if words <= 10_000:
            assert {hit.article for hit in search("x* y*", index)} == {"a", "b"}
        else:
            with pytest.raises(QueryError, match=r"'y\*' expands to too many words") as caught:
                search("x* y*", index)
            assert (caught.value.start, caught.value.end) == (3, 5)
        assert {hit.article for hit in search("x* x1*", index)} == {"a"}


def test_what_stands_for_too_many_words_is_an_error_at_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="Words, wards and wolves.")])
        index.add([Article(id="b", text="Words, wards and wings.")])
        assert len(index.snapshot().readers) == 2
        monkeypatch.setattr("nutgraf.rewriting.rewrite.MOST_WORDS", 4)
        assert search("w*", index).total == 2  # four words, two of them in both segments
        assert search("w?rds words~", index).total == 2
        for query, place in (
            ("wings -(a NEAR/2 w*) wo*", (17, 19)),
            ("word~2 w*^2", (7, 11)),
        ):
            with pytest.raises(QueryError, match="expands to too many words") as caught:
                search(query, index)
            assert (caught.value.start, caught.value.end) == place
