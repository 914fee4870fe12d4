"""What passages lack: it limits what proximity adds, and orders near-equals."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute_ranking
from brute_ranking import Archive, in_order
from nutgraf import Article, Explanation, Hit, Index, search
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.segment_searcher import SegmentSearcher, segment_searchers
from nutgraf.query.parser import parse
from nutgraf.ranking import rescore
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.core.buffers import uints
from scale import examples
from small import changed

# Rare words that stand together, and common words that a passage with them may lack.
PIECES = st.sampled_from(
    ["great expectations", "expectations", "mill", "mill", "mill", "river", "town", "of the"]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map(lambda pieces: f"{' '.join(pieces)}.")
TITLES = st.sampled_from(["", "", "Mill", "Great expectations", "The river of the town"])
ARCHIVES = st.lists(
    st.tuples(st.lists(TEXTS, min_size=1, max_size=2), TITLES), min_size=3, max_size=WINDOW // 2
).map(
    lambda drawn: [
        Article(id=f"{number * 7 % 11:02}", title=title, text="\n".join(texts), language="en")
        for number, (texts, title) in enumerate(drawn)
    ]
)
QUERIES = st.sampled_from(
    [
        *("great expectations mill", "mill great expectations river town", "great mill nowhere"),
        *("great expectations mill^0.3", "great expectations mill mill", "great expectations"),
        *('great expectations "mill river"', "great expectations mill*", "+great expectations"),
        *("great expectations moll~", "great expectations river-town", "great expectations =mill"),
        *('mill "great expectations"', "+great +expectations mill", "great mill expectations"),
        *("great expectations (mill AND river)^2", "great expectations (mill NEAR/3 riv*)"),
        *("great expectations (mill OR role:lead)", "great expectations role:lead -town"),
        *("of great expectations", 'great expectations ((mill AND mill^2) OR ="the town")'),
        *('great expectations ="of the"', "great expectations +(mill river)"),
    ]
)
EVERY: dict[str, Any] = {"limit": 1000, "require": "any", "collapse": False}


def indexes(articles: list[Article]) -> Iterator[Index]:
    """Yield the same articles in one segment, and in several."""
    for step in (1, 3):
        with Index.in_memory(language="en") as index:
            for at in range(step):
                index.add(articles[at::step])
            yield index


def proximity_of(hit: Hit) -> Explanation | None:
    assert hit.explanation
    return next((part for part in hit.explanation.parts if part.label == "proximity"), None)


def check_sums(whole: Explanation) -> None:
    if whole.parts:
        assert sum(part.value for part in whole.parts) == pytest.approx(whole.value, abs=1e-9)
    for part in whole.parts:
        check_sums(part)


@examples(20, 400)
@given(ARCHIVES, QUERIES)
def test_proximity_adds_no_more_than_what_is_missing(articles: list[Article], query: str) -> None:
    archive = Archive(articles)
    expected, caps = archive.scores(query), archive.caps(query)
    told = []
    for index in indexes(articles):
        hits = search(query, index, explain=True, **EVERY)
        told.append([(hit.citation, hit.score) for hit in hits])
        for hit in hits:
            assert hit.score == pytest.approx(expected[hit.citation], abs=1e-9)
            assert hit.explanation
            check_sums(hit.explanation)
            near, cap = proximity_of(hit), caps[hit.citation]
            assert near is None or not cap or near.value <= cap + 1e-9
    assert told[0] == told[1]


@examples(20, 300)
@given(ARCHIVES, QUERIES, st.sampled_from([0.6, 0.9, 0.998]))
def test_near_equals_are_ordered_by_what_they_lack(
    articles: list[Article], query: str, least: float
) -> None:
    archive = Archive(articles)
    lacking, titled = archive.lacking(query), archive.titled(query)
    with changed(rescore, NEAR_EQUAL=least), changed(brute_ranking, NEAR_EQUAL=least):
        for index in indexes(articles):
            hits = search(query, index, **EVERY)
            by_score = sorted(hits, key=lambda hit: (-hit.score, hit.article, hit.number))
            order = in_order([(hit.citation, hit.score) for hit in by_score], lacking)
            order.sort(key=lambda one: one[0] not in titled)
            assert [hit.citation for hit in hits] == [citation for citation, _ in order]


RIVERS = [
    Article(id="a", text="Otter fences are here.", language="en"),
    Article(id="b", text="The otter of the river.", language="en"),
    *(
        Article(id=f"c{number}", text="The river is wide and deep.", language="en")
        for number in range(8)
    ),
]


def first_of(query: str, **options: Any) -> Hit:
    with Index.in_memory() as index:
        index.add(RIVERS)
        return search(query, index, explain=True, **EVERY | options)[0]


def test_an_explanation_has_what_the_cap_takes_away() -> None:
    near = proximity_of(first_of("otter fences river"))
    assert str(near) == (
        "0.0673 proximity\n"
        "  0.1701 otter\n"
        "  0.2287 fences\n"
        "  -0.3315 cap, what the missing words would add\n"
        "    0.0673 river: missing weight 0.1466, length norm 0.7851\n"
        "    -0.3988 proximity without the cap"
    )


@pytest.mark.parametrize(
    "query",
    [
        "otter fences",
        "otter fences nowhere",  # a word of no passage weighs nothing
        "+otter +fences",
        "otter AND fences",
        "otter fences role:lead",
        "otter fences river^9",
    ],
)
def test_there_is_no_cap_where_nothing_is_missing_or_what_is_missing_gives_more(query: str) -> None:
    near = proximity_of(first_of(query))
    assert near
    assert [part.label for part in near.parts] == ["otter", "fences"]


def test_nothing_is_looked_up_where_all_words_are_required() -> None:
    with Index.in_memory() as index:
        index.add(RIVERS)
        for query in ("+otter +river", "otter AND river", "otter"):
            (searcher,) = index_searchers(query, index)
            assert searcher.optional(1) == []
            assert "scored_terms" not in vars(searcher)
            scores, weights = searcher.missing(uints([1]))
            assert (scores.tolist(), weights.tolist()) == ([0.0], [0.0])
            assert "scored_terms" not in vars(searcher)


def index_searchers(query: str, index: Index, window: int = 1) -> list[SegmentSearcher]:
    tree = parse(query).tree
    assert tree
    return segment_searchers(tree, SnapshotPostings(index.snapshot()), None, window)


@examples(20, 300)
@given(ARCHIVES, QUERIES, st.sampled_from([1, 2, 1000]))
def test_passages_lack_together_what_each_of_them_lacks(
    articles: list[Article], query: str, window: int
) -> None:
    for index in indexes(articles):
        for searcher in index_searchers(query, index, window):
            doc_ids = searcher.matching_doc_ids
            together = [*zip(*searcher.missing(doc_ids), strict=True)]
            alone = [searcher.missing(uints([doc_id])) for doc_id in doc_ids]
            assert together == [(scores[0], weights[0]) for scores, weights in alone]


@pytest.mark.parametrize(
    "query", ["otter fences river", "otter fences^2 nowhere", "the otter river"]
)
def test_the_core_finds_what_a_passage_lacks_as_python_does(query: str) -> None:
    with Index.in_memory() as index:
        index.add(RIVERS)
        (searcher,) = index_searchers(query, index)
        doc_ids = searcher.matching_doc_ids
        scores, weights = searcher.missing(doc_ids)
        assert any(scores)
        _, given = searcher.rescoring(doc_ids)
        assert given[: 2 * len(doc_ids)].tolist() == [*scores, *weights]


def test_in_windows_a_word_of_a_neighbour_is_missing() -> None:
    article = Article(id="a", text="Otter fences.\nThe river.", language="en")
    with Index.in_memory() as index:
        index.add([article, *RIVERS[1:]])
        hits = search("+otter +fences +river", index, scope="window:2", explain=True)
        near = proximity_of(next(hit for hit in hits if hit.citation == "a#1"))
        assert near
        assert [part.label for part in near.parts[-1].parts][:1] == ["river"]
        assert near.value == pytest.approx(near.parts[-1].parts[0].value)


def test_an_explanation_says_that_a_passage_lacks_less() -> None:
    texts = ["zebra zebra zebra.", "alfa and bravo.", *("alfa.", "bravo.") * 2, "delta.", "delta."]
    with Index.in_memory() as index, changed(rescore, NEAR_EQUAL=0.5):
        index.add(Article(id=str(at), text=text, language="en") for at, text in enumerate(texts))
        hits = search("zebra alfa bravo", index, explain=True, **EVERY)
    assert [hit.article for hit in hits[:2]] == ["1", "0"]
    assert hits[0].score < hits[1].score
    told = [labels[-1] for labels in map(labels_of, hits)]
    assert [label for label in told if label.startswith("lacks")] == [
        "lacks less than passages of nearly the same score: before them"
    ]
    assert told[0].startswith("lacks")


def labels_of(hit: Hit) -> list[str]:
    assert hit.explanation
    return [part.label for part in hit.explanation.parts]
