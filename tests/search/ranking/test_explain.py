"""The parts of an explanation add up to the score, by the formula of docs/ranking.md."""

import json
from collections.abc import Iterator
from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated import ARTICLES, QUERIES
from nutgraf import Article, Explanation, Hit, Index, Results, Searcher, search
from nutgraf.options import Sort
from nutgraf.query.parser import Require
from small import OTTERS

SORTS = st.sampled_from(["score", "score", "date", "path"])
SCOPES = st.sampled_from(["passage", "passage", "article", "window:2"])


def nodes(explanation: Explanation) -> Iterator[Explanation]:
    """Yield an explanation and all its parts."""
    yield explanation
    for part in explanation.parts:
        yield from nodes(part)


def explained(hit: Hit) -> Explanation:
    assert hit.explanation is not None
    return hit.explanation


@given(
    ARTICLES,
    st.lists(QUERIES, min_size=1, max_size=3),
    SORTS,
    SCOPES,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["any", "all"]),
    st.integers(0, 4),
)
def test_the_parts_of_each_add_up_to_it(
    articles: list[Article],
    queries: list[str],
    sort: Sort,
    scope: str,
    group: bool,
    expand: bool,
    require: Require,
    offset: int,
) -> None:
    with Index.in_memory() as index, pytest.MonkeyPatch.context() as patch:
        for module in ("ranking.rank", "ranking.rescore"):
            patch.setattr(f"nutgraf.{module}.WINDOW", 3)
        index.add(articles[:2])  # in more than one segment
        index.add(articles[2:])
        with Searcher(index) as searcher:
            for query in queries:
                plain, found = (
                    searcher.search(
                        query,
                        sort=sort,
                        scope=scope,
                        group=group,
                        expand=expand,
                        require=require,
                        offset=offset,
                        explain=explain,
                    )
                    for explain in (False, True)
                )
                assert [hit.explanation for hit in plain] == [None] * len(plain)
                assert [replace(hit, explanation=None) for hit in found] == list(plain)
                for hit in found:
                    check(explained(hit), hit.score)


def check(whole: Explanation, score: float) -> None:
    """Check that the parts add up, and that the score of each term follows from its factors."""
    assert whole.value == score
    assert bool(score) == bool(whole.parts)
    of_article = [part for part in whole.parts if part.label == "article" and not part.factors]
    inside = {id(node) for part in of_article for node in nodes(part)}
    for node in nodes(whole):
        k1 = 0.8 if id(node) in inside else 1.5
        factors = dict(node.factors)
        if node.parts:
            summed = sum(part.value for part in node.parts)
            assert summed == pytest.approx(node.value, rel=1e-9), str(whole)
        if node is not whole and "the query is the title" not in node.label:
            assert node.value > 0
        if "idf" in factors:
            n, passages = factors["n"], factors["N"]
            assert factors["idf"] == pytest.approx(log(1 + (passages - n + 0.5) / (n + 0.5)))
            assert factors["weight"] == factors["boost"] * factors["idf"]
            total = sum(frequency(part) for part in node.parts)
            saturated = total / (total + k1) if node.parts else 1  # a pattern has no fields
            score = factors["weight"] * saturated
            assert score == pytest.approx(node.value, rel=1e-9), str(whole)
            for part in node.parts:
                share = frequency(part) / total * node.value
                assert share == pytest.approx(part.value, rel=1e-9), str(whole)


def frequency(part: Explanation) -> float:
    """Return lift × freq / length norm of a field, as docs/ranking.md has it."""
    factors = dict(part.factors)
    norm = 1 - 0.7 + 0.7 * factors["length"] / factors["average_length"]
    assert norm == pytest.approx(factors["length_norm"], rel=1e-9)
    return factors["freq"] * factors.get("lift", 1) / norm


@pytest.fixture
def otters() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(OTTERS)
        yield index


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("otter", ["otter", " text", " title"]),
        ("Otters^2", ["Otters^2", " text", " title"]),
        ("ott*", ["ott*"]),
        ("otted~2^3", ["otted~2^3"]),
        (
            "otter-fence",
            ["otter-fence", " otter", "  text", "  title", " fence", "  text", "  title"],
        ),
        ('"us fence"', ['"us fence"', " us", "  text", " fence", "  text", "  title"]),
        ('"and the us"', ['"and the us"', " and", "  text", " the", "  text", " us", "  text"]),
        ("=US", ["=US", " text"]),
        ('="US fence"', ['="US fence"', " us", "  text", " fence", "  text", "  title"]),
        ("(us NEAR/1 fen*)^2", ["(us NEAR/1 fen*)^2", " us", "  text", " fen*"]),
        (
            "river (us AND of OR us NOT wood)^2",
            ["(((us AND of) OR us) -wood)^2", " us", "  text"],
        ),
        ("(us us us)^3", ["(us OR us OR us)^3", " us", "  text"]),
        ("us role:lead -nothing", []),
    ],
)
def test_what_each_kind_of_node_is_called(query: str, tree: list[str], otters: Index) -> None:
    found = {hit.citation: hit for hit in search(query, otters, explain=True)}
    assert ("a#2" in found) == bool(tree)
    if tree:
        whole = explained(found["a#2"])
        check(whole, found["a#2"].score)
        assert labels(whole)[: len(tree)] == tree


def labels(whole: Explanation) -> list[str]:
    """Return the labels of all parts, indented by one blank a level."""
    return [
        label
        for part in whole.parts
        for label in (part.label, *(f" {inner}" for inner in labels(part)))
    ]


def one(hits: Results, citation: str) -> Hit:
    (found,) = (hit for hit in hits if hit.citation == citation)
    return found


def test_what_is_added_to_the_best(otters: Index) -> None:
    query = "the otter fence"
    hit = one(search(query, otters, explain=True), "a#2")
    check(explained(hit), hit.score)
    best = labels(explained(hit))
    assert [label for label in best if not label.startswith(" ")] == [
        "otter",
        "fence",
        "stop words beside their words",
        "proximity",
        "context",
        "stop and request words",
    ]
    added = ["proximity", " otter", " fence", "context", " a#1", "stop and request words", " the"]
    assert [label for label in best[best.index("proximity") :] if label[:2] != "  "] == added
    # None of it is added where the order is another.
    by_date = labels(explained(one(search(query, otters, sort="date", explain=True), "a#2")))
    assert not {"proximity", "context", "stop and request words"} & set(by_date)


def test_a_stop_word_beside_its_word_can_be_recomputed(otters: Index) -> None:
    hit = one(search("the fence", otters, explain=True), "b#1")
    check(explained(hit), hit.score)
    (part,) = (
        part for part in explained(hit).parts if part.label == "stop words beside their words"
    )
    (word,) = part.parts
    n, passages, length, average = 2, 5, 5, 96 / 20
    idf = log(1 + (passages - n + 0.5) / (n + 0.5))
    norm = 1 - 0.7 + 0.7 * length / average
    assert word.label == "the"
    assert word.value == pytest.approx(2 * idf / (1 + 1.5 * norm))


def test_json_has_it_where_it_was_asked_for(otters: Index) -> None:
    assert "explanation" not in search("wood", otters)[0].to_dict()
    hit = search("wood", otters, explain=True)[0]
    record = json.loads(json.dumps(hit.to_dict()))["explanation"]
    (word,) = record["parts"]
    assert record == {"label": "score", "value": hit.score, "factors": {}, "parts": [word]}
    assert word["label"] == "wood"
    idf = log(1 + (5 - 1 + 0.5) / (1 + 0.5))
    assert word["factors"] == {"weight": idf, "boost": 1, "idf": idf, "n": 1, "N": 5}
    norm = 1 - 0.7 + 0.7 * 5 / 4.8
    assert word["parts"][0]["factors"] == {
        "freq": 1,
        "length_norm": pytest.approx(norm),
        "length": 5,
        "average_length": 96 / 20,  # squares of the lengths by the lengths
    }


def test_the_lines_show_the_products_of_the_formula(otters: Index) -> None:
    hit = one(search("otter fen*", otters, explain=True), "a#1")
    assert str(explained(hit)).splitlines()[1:] == [
        "  0.6224 otter: weight 0.8755 = boost 1 × idf 0.8755, n 2, N 5",
        "    0.2851 text: freq 1 / length norm 0.5917, length 2, average length 4.8",
        "    0.3374 title: lift 2 × freq 1 / length norm 1, length 2, average length 2",
        "  0.8755 fen*: weight 0.8755 = boost 1 × idf 0.8755, n 2, N 5",
        "  0.1348 context",
        "    0.1348 a#2: share 0.1 × score 1.3478",
    ]
