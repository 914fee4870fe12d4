"""Words as written weigh by the passages that have them so: in any segments and indexes."""

from collections.abc import Iterable
from math import log

import pytest

from nutgraf import Article, Explanation, Index, Searcher
from nutgraf.positions.as_written import AsWritten

TEXTS = [
    *("WHO declared it.", "The virus spread.", "Who knows?", "Those who knew left."),
    *("A man who spoke.", "The WHO met.", "It fell 50%.", "Fifty of 50.", "50 shops, 50 doors."),
]


def idf(n: int, passages: int) -> float:
    return log(1 + (passages - n + 0.5) / (n + 0.5))


def index_of(texts: Iterable[str], prefix: str = "") -> Index:
    index = Index.in_memory()
    for number, text in enumerate(texts):  # each in a commit of its own
        index.add([Article(id=f"{prefix}{number}", text=text)])
    return index


def word(searcher: Searcher, query: str) -> Explanation:
    """Return the explanation of the only word of a query, in its first hit."""
    hit = searcher.search(query, explain=True, collapse=False)[0]
    assert hit.explanation is not None
    (part, *_) = hit.explanation.parts
    return part


@pytest.mark.parametrize(
    ("query", "n"),
    [("=WHO", 2), ("=who", 2), ("who", 5), ("=50", 3), ("50%", 1), ("=50%", 1), ('"50%"', 1)],
)
def test_the_idf_is_that_of_the_passages_that_match(query: str, n: int) -> None:
    with index_of(TEXTS) as index, Searcher(index) as searcher:
        part = word(searcher, query)
        factors = dict(part.factors)
        assert factors["n"] == n == searcher.search(query, collapse=False).total
        assert factors["N"] == len(TEXTS)
        assert factors["idf"] == factors["weight"] == pytest.approx(idf(n, len(TEXTS)))


def test_deleted_passages_do_not_count() -> None:
    with index_of([*TEXTS, "WHO again.", "WHO once more."]) as index:
        index.remove(["9", "10"])
        with Searcher(index) as searcher:
            assert dict(word(searcher, "=WHO").factors)["n"] == 2
            assert dict(word(searcher, "=WHO").factors)["N"] == len(TEXTS)


def test_several_indexes_weigh_as_one() -> None:
    one, other, whole = index_of(TEXTS[:4]), index_of(TEXTS[4:], "x"), index_of(TEXTS)
    with one, other, whole, Searcher([one, other]) as both, Searcher(whole) as alone:
        for query in ("=WHO", "50%", "#none OR =WHO", '="The WHO" virus'):
            scores = [
                [hit.score for hit in searcher.search(query, collapse=False)]
                for searcher in (both, alone)
            ]
            assert scores[0] == scores[1], query


@pytest.mark.parametrize(
    ("query", "weight"),
    [
        ('="US IT"', idf(1, 5)),  # more than the two words, which all passages have
        ('="US rain"', idf(5, 5) + idf(1, 5)),  # the two words weigh more than the phrase
    ],
)
def test_a_phrase_weighs_at_least_as_much_as_its_words(query: str, weight: float) -> None:
    texts = ["US IT", "us it", "it us", "us it on", "IT: US rain"]
    with index_of(texts) as index, Searcher(index) as searcher:
        part = word(searcher, query)
        weights = [dict(inner.factors)["weight"] for inner in part.parts]
        assert sum(weights) == pytest.approx(weight)
        for inner in part.parts:
            factors = dict(inner.factors)
            assert factors["weight"] == pytest.approx(factors["boost"] * factors["idf"])
            assert factors["idf"] == pytest.approx(idf(round(factors["n"]), 5))


def test_a_part_of_near_weighs_as_it_does_alone() -> None:
    with index_of(TEXTS) as index, Searcher(index) as searcher:
        part = word(searcher, "=WHO NEAR/3 declared")
        assert dict(part.parts[0].factors) == dict(word(searcher, "=WHO").factors)


def test_a_word_of_titles_alone_weighs_by_the_titles() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", title="WHO speaks", text="It rained.")])
        index.add([Article(id="b", title="None", text="Those who left.")])
        with Searcher(index) as searcher:
            part = word(searcher, "=WHO")
            assert dict(part.factors)["n"] == 1
            assert dict(part.factors)["idf"] == pytest.approx(idf(1, 2))


def test_texts_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    stands_in = AsWritten.stands_in

    def counted(self: AsWritten, text: str) -> bool:
        looked.append(text)
        return stands_in(self, text)

    monkeypatch.setattr(AsWritten, "stands_in", counted)
    with index_of(TEXTS) as index, Searcher(index) as searcher:
        searcher.search("=WHO virus", explain=True)
        assert sorted(looked) == sorted(set(looked))
        before = len(looked)
        searcher.search("=WHO man")
        searcher.search("=WHO", scope="article")
        assert len(looked) == before
