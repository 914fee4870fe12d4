"""What is written gives the same answers, however it came."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated import ARTICLES, QUERIES
from nutgraf import Article, Index, search
from nutgraf_index.errors import IndexWriteError
from nutgraf_index.indexing import writer
from nutgraf_index.indexing.builder import Builder
from nutgraf_index.indexing.merge_policy import MergePolicy
from nutgraf_index.segment import postings_reader as inversion
from scale import examples
from small import SMALL, changed


def answer(index: Index, text: str) -> list[tuple[str, float, tuple[Any, ...]]]:
    return [(hit.citation, hit.score, hit.spans) for hit in search(text, index, limit=1000)]


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), ARTICLES),
        st.tuples(st.just("remove"), st.sets(st.sampled_from("01234"), min_size=1)),
        st.tuples(st.just("compact"), st.none()),
    ),
    max_size=6,
)


@examples(5)
@given(ARTICLES, CHANGES, st.lists(QUERIES, min_size=1, max_size=4), st.integers(1, 3))
def test_the_answer_does_not_depend_on_history(
    articles: list[Article], changes: list[Any], queries: list[str], batch: int
) -> None:
    with Index.in_memory() as index, Index.in_memory() as fresh:
        # Batches of a few articles, each a segment, and merges of two.
        limits: dict[str, Any] = {
            "_BYTES_PER_CHARACTER": (256 << 20) // (530 * batch),
            "_POLICY": MergePolicy(width=1 + batch),
        }
        with changed(writer, **limits), changed(inversion, **SMALL):
            for kind, what in changes:
                held = {record.article.id for record in index.snapshot().articles()}
                if kind == "add":
                    index.add(what)
                elif kind == "remove":
                    index.remove(held & what)
                else:
                    index.compact()
            wanted = {article.id for article in articles}
            index.remove({record.article.id for record in index.snapshot().articles()} - wanted)
            index.add(articles)
        fresh.add(articles)
        for text in queries:
            assert answer(index, text) == answer(fresh, text), text
        assert index.stats().passages == fresh.stats().passages
        index.compact()
        for text in queries:
            assert answer(index, text) == answer(fresh, text), text


def test_a_control_character_of_a_text_is_no_gap_between_words() -> None:
    article = Article(
        id="a", text="Ballistic \x01 missiles", title="An \x01 otter", authors=("Al \x01 Roe", "Bo")
    )
    with Index.in_memory() as index:
        index.add([article])
        for query in ('"ballistic missiles"', 'title:"an otter"', 'by:"al roe"'):
            assert search(query, index).total == 1, query
        assert search('by:"roe bo"', index).total == 0
        assert index.verify() == ()


def test_a_commit_reports_its_progress() -> None:
    """The share grows to 1, also within a merge, and each part of the work is named."""
    index = Index.in_memory()
    for number in range(3):
        index.add([Article(id=f"{number}", text=f"An otter swims in river {number}.")])
    told: list[tuple[float, str]] = []
    with index._lock():
        changes = writer.Writer(index._directory, index.snapshot())
        changes.put_article(Article(id="last", text="One more otter."))
        changes.commit(lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert list(dict.fromkeys(what for _, what in told)) == [
        "preparing the last articles",
        "writing a segment",
        "merging 4 segments",
        "committing",
    ]
    assert [what for _, what in told].count("merging 4 segments") > 10
    assert len(index.snapshot().readers) == 1


def test_a_segment_that_cannot_be_written_leaves_the_index_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    two_articles = (256 << 20) // 1000  # a segment of them is full
    articles = [Article(id=f"{number}", text=f"Otter {number}.") for number in range(5)]
    with (
        Index.open(tmp_path / "i", create=True) as index,
        changed(writer, _BYTES_PER_CHARACTER=two_articles),
    ):
        before = {path.name for path in (tmp_path / "i").iterdir()}
        with monkeypatch.context() as patched:
            patched.setattr(Builder, "write", fail)
            with pytest.raises(IndexWriteError, match="No space left on device"):
                index.add(articles)
        assert {path.name for path in (tmp_path / "i").iterdir()} == before
        index.add(articles)
        assert index.stats().articles == 5
        assert index.verify() == ()
