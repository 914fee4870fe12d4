"""The best documents and their scores, against a plain evaluation of every document."""

import random
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, uints, zeros
from nutgraf_index.segment.writing.postings import pack
from nutgraf_index.segment.writing.postings_arrays import Postings

GRID = 2.0**-42
COARSE = 1.5 * GRID * 2.0**52
PACKED, COUNTED, SCORED = range(3)
NOTHING: tuple[Numbers, Numbers] = (zeros("I", 0), zeros("d", 0))


def doubles(values: list[float]) -> Numbers:
    return memoryview(array("d", values))


def short_lengths(lengths: Numbers) -> Numbers:
    return memoryview(bytes(min(length, 255) for length in lengths))


def on_grid(score: float) -> float:
    return (score + COARSE) - COARSE


class Given(NamedTuple):
    """A term: its kind, what it has in which document, its weight, and its titles and headings."""

    kind: int
    values: dict[int, float]
    weight: float
    titles: list[tuple[int, int, float]]
    headings: list[tuple[int, int, float]]


class Case:
    """Some terms in a segment of random documents."""

    def __init__(self, seed: int, documents: int = 900, most_terms: int = 5) -> None:
        chance = self.chance = random.Random(seed)
        self.documents = documents
        some = [3, 8, 20, 21, 60, 254, 255, 256, 700]
        self.lengths = [chance.choice(some) for _ in range(documents)]
        self.first_passages = sorted(
            {0, documents, *chance.sample(range(documents), documents // 9)}
        )
        articles = len(self.first_passages) - 1
        self.rank = chance.sample(range(articles), articles) if chance.randrange(2) else []
        self.average = sum(self.lengths) / documents
        count = chance.randint(max(1, most_terms - 5), most_terms)
        self.terms = [self.given() for _ in range(count)]

    def given(self) -> Given:
        chance = self.chance
        share = chance.choice([0.005, 0.1, 0.3, 0.6, 0.9])
        having = [doc for doc in range(self.documents) if chance.random() < share] or [5]
        kind = chance.choice([PACKED, PACKED, PACKED, COUNTED, SCORED])
        weight = chance.choice([0.5, 1.0, 2.0, 2.0, 7.25])
        if kind == SCORED:
            scores = {doc: round(chance.random() * weight / GRID) * GRID for doc in having}
            return Given(kind, scores, max(scores.values()), [], [])
        freqs = {doc: float(chance.choice([1, 1, 1, 2, 3, 9])) for doc in having}
        return Given(kind, freqs, weight, self.ranges(), self.ranges())

    def ranges(self) -> list[tuple[int, int, float]]:
        chance = self.chance
        if chance.randrange(2):
            return []
        edges = sorted(chance.sample(range(self.documents), 12))
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [(start, stop, chance.choice([0.1, 0.5, 4.0])) for start, stop in pairs]

    def score(self, doc: int) -> float:
        return sum(self.term_scores(doc, self.terms), 0.0)

    def norm(self, doc: int) -> float:
        return 1.3 * (0.35 + 0.65 * (self.lengths[doc] / self.average))

    def term_scores(self, doc: int, terms: list[Given]) -> Iterator[float]:
        norm = self.norm(doc)
        for kind, values, weight, *over in terms:
            if kind == SCORED:
                yield values.get(doc, 0.0)
                continue
            x = values.get(doc, 0.0) / norm
            for ranges in over:
                at = bisect_right([start for start, _, _ in ranges], doc) - 1
                if at >= 0 and ranges[at][0] <= doc < ranges[at][1]:
                    x += ranges[at][2]
            yield on_grid(x / (x + 1) * weight)

    def missing(self, doc: int, terms: list[Given]) -> tuple[float, float]:
        """Return the missing score and weight of a document."""
        x = 1 / self.norm(doc)
        weights = [
            one.weight
            for one, score in zip(terms, self.term_scores(doc, terms), strict=True)
            if one.kind != SCORED and not score
        ]
        scores = [on_grid(x / (x + 1) * weight) for weight in weights]
        return sum(scores, 0.0), sum(map(on_grid, weights), 0.0)

    def texts(
        self, words: Numbers = NOTHING[0], blocks: Numbers = NOTHING[0]
    ) -> core.scoring.Texts:
        lengths = uints(self.lengths)
        model = doubles([1.3, 1 - 0.65, 0.65, self.average, COARSE])
        articles = uints(self.first_passages), uints(self.rank)
        return core.scoring.Texts(words, blocks, lengths, short_lengths(lengths), model, *articles)

    def core_terms(self, hints: int = 0) -> core.scoring.Terms:
        packed = [one.values for one in self.terms if one.kind == PACKED]
        counts = np.array([len(one) for one in packed], np.int64)
        docs = np.array([doc for one in packed for doc in one], np.uint32)
        freqs = np.array([freq for one in packed for freq in one.values()], np.uint32)
        positions = np.concatenate([np.arange(freq) for freq in [*freqs, 0]]).astype(np.uint32)
        lengths = np.array(self.lengths, np.uint32)
        widths = np.full(self.documents, 8, np.uint8)
        forms = np.zeros(len(positions), np.uint16)
        made = pack(Postings(counts, docs, freqs, positions, forms), widths, lengths)
        words = np.append(made.docs, np.zeros(2, np.uint32))
        starts = iter(np.cumsum(made.sizes[:, 0]) - made.sizes[:, 0])
        texts = self.texts(words.data, made.blocks.ravel().data)
        postings: list[core.scoring.TermPostings] = []
        block = 0
        for one in self.terms:
            size = len(one.values)
            row, listed = (0, 0, 0, 0), (uints(one.values), doubles([*one.values.values()]))
            if one.kind == PACKED:
                blocks = -(-size // 128) if size > 128 else 0
                row, listed = (int(next(starts)), size, block, blocks), NOTHING
                block += blocks
            ranges = [
                (
                    uints([edge for start, stop, _ in ranges for edge in (start, stop)]),
                    doubles([value for *_, value in ranges]),
                )
                for ranges in (one.titles, one.headings)
            ]
            postings.append(core.scoring.TermPostings(one.kind, *row, listed, ranges[0], ranges[1]))
        weights = [one.weight for one in self.terms]
        return core.scoring.Terms(texts, postings, weights, hints)

    def matching(self) -> list[int]:
        """Return some documents: those of some terms, and others."""
        chance = self.chance
        chosen = {doc for one in self.terms if chance.randrange(4) for doc in one.values}
        chosen |= set(chance.sample(range(self.documents), chance.choice([1, 50])))
        gone = set(chance.sample(range(self.documents), chance.choice([0, 300])))
        return sorted(chosen - gone) or [7]

    def in_order(self, docs: list[int], scores: dict[int, float]) -> list[int]:
        articles = {doc: bisect_right(self.first_passages, doc) - 1 for doc in docs}
        rank = self.rank or range(len(self.first_passages))
        return sorted(docs, key=lambda doc: (-scores[doc], rank[articles[doc]], doc))


@pytest.mark.parametrize("seed", range(60))
def test_the_best_are_those_of_all(seed: int) -> None:
    assert_best(Case(seed))


@pytest.mark.parametrize("seed", range(60, 63))
def test_the_best_of_many_terms_are_those_of_all(seed: int) -> None:
    """More than 16 terms are added up in windows of 4,096 documents."""
    assert_best(Case(seed, documents=5000, most_terms=22))


def assert_best(case: Case) -> None:
    docs = case.matching()
    scores = {doc: case.score(doc) for doc in docs}
    ordered = case.in_order(docs, scores)
    terms = case.core_terms()
    bits = Bitmap.of(case.documents, docs).words
    # Those in the lists of several terms, and some others.
    several = {doc for doc in docs if sum(doc in one.values for one in case.terms) > 1}
    several |= set(case.chance.sample(range(case.documents), 40))
    for first in (1, 10, 25, len(docs) + 3):
        for threshold in (0.0, scores[ordered[len(docs) // 8]]):
            wanted = [doc for doc in ordered[:first] if scores[doc] and scores[doc] >= threshold]
            for listed, words in ((uints(docs), bits[:0]), (uints([]), bits)):
                for twice in (words[:0], Bitmap.of(case.documents, several).words):
                    best, given = core.scoring.top_k(
                        terms, listed, words, twice, threshold, GRID, first
                    )
                    assert best.tolist() == wanted
                    assert given.tolist() == [scores[doc] for doc in wanted]


@pytest.mark.parametrize("seed", range(20))
def test_documents_are_ordered_by_score_then_by_citation(seed: int) -> None:
    case = Case(seed)
    docs = case.chance.sample(range(case.documents), case.chance.choice([0, 1, 2, 20, 500]))
    scores = {doc: case.chance.choice([-2.0, 0.0, 0.5, case.score(doc)]) for doc in docs}
    sorted_docs, sorted_scores = uints(docs), doubles([*scores.values()])
    core.scoring.rank_docs(case.texts(), sorted_docs, sorted_scores)
    assert sorted_docs.tolist() == case.in_order(docs, scores)
    assert sorted_scores.tolist() == sorted(scores.values(), reverse=True)


@pytest.mark.parametrize("seed", range(20))
def test_scores_of_named_documents(seed: int) -> None:
    case = Case(seed)
    docs = sorted(case.chance.sample(range(case.documents), 200))
    scores = core.scoring.score_docs(case.core_terms(), uints(docs))
    assert scores.tolist() == [case.score(doc) for doc in docs]


@pytest.mark.parametrize("seed", range(40))
def test_what_terms_give_to_rescoring(seed: int) -> None:
    case = Case(seed)
    matching = case.matching()
    docs = sorted(case.chance.sample(range(case.documents), 25))
    some = matching[seed % len(matching) :][:5]  # documents side by side
    docs = sorted({*docs, *some})
    last = case.chance.randrange(len(case.terms))
    terms, hints = case.terms[: len(case.terms) - last], case.terms[len(case.terms) - last :]

    def score(doc: int) -> float:
        return sum(case.term_scores(doc, terms), 0.0)

    for reach in (0, 1, 3):
        neighbours = []
        for doc in docs:
            article = bisect_right(case.first_passages, doc) - 1
            near = [
                (score(one), -one)
                for one in range(doc - reach, doc + reach + 1)
                if one != doc and one in matching
                if case.first_passages[article] <= one < case.first_passages[article + 1]
            ]
            best, other = max(near, default=(0.0, -doc))
            neighbours.append((-other if best else doc, best))
        missing, weights = zip(*(case.missing(doc, terms) for doc in docs), strict=True)
        of_hints = [sum(case.term_scores(doc, hints), 0.0) for doc in docs]
        bits = Bitmap.of(case.documents, matching).words
        for listed, words in ((uints(matching), bits[:0]), (uints([]), bits)):
            others, scores = core.scoring.rescoring_scores(
                case.core_terms(len(hints)), uints(docs), listed, words, reach
            )
            best_scores = [best for _, best in neighbours]
            assert others.tolist() == [other for other, _ in neighbours]
            assert scores.tolist() == [*missing, *weights, *of_hints, *best_scores]


@pytest.mark.parametrize("seed", range(20))
def test_what_rescoring_adds_to_scores(seed: int) -> None:
    case = Case(seed)
    chance, terms = case.chance, case.chance.randrange(4)
    docs = sorted(chance.sample(range(case.documents), 9))
    openings = sorted(chance.sample(range(9), chance.choice([0, 1, 5])))
    weights = [chance.choice([0.5, 2.0]) for _ in range(terms)]

    def numbers(count: int, *values: float) -> list[float]:
        return [chance.choice(values) for _ in range(count)]

    gains, in_titles = numbers(terms * 9, 0, 0.5, 2), numbers(terms * len(openings), 0, 1)
    given, scores = numbers(36, 0, 0.125, 0.75), numbers(9, 1, 3.5)
    shared = [on_grid(0.3 * score) for score in given[27:]]
    wanted = []
    for k, doc in enumerate(docs):
        total = 0.0
        for term, weight in enumerate(weights):
            gain = gains[term * 9 + k]
            if k in openings:
                gain += in_titles[term * len(openings) + openings.index(k)]
            total += on_grid(weight * gain / (gain + case.norm(doc)))
        wanted.append(scores[k] + min(total, given[k] or total) + shared[k] + given[18 + k])
    out = doubles(scores)
    core.scoring.add_evidence(
        case.texts(),
        uints(docs),
        doubles(weights),
        uints(openings),
        doubles(in_titles),
        doubles(given),
        0.3,
        doubles(gains),
        out,
    )
    assert out.tolist() == wanted


def test_hints_add_nothing_outside_rescoring() -> None:
    case = Case(1)
    hints = 1
    terms = case.terms[:-hints]
    docs = case.matching()
    scores = core.scoring.score_docs(case.core_terms(hints), uints(docs))
    wanted = {doc: sum(case.term_scores(doc, terms), 0.0) for doc in docs}
    assert scores.tolist() == [*wanted.values()]
    bits = Bitmap.of(case.documents, docs).words
    best, _ = core.scoring.top_k(case.core_terms(hints), uints([]), bits, bits[:0], 0.0, GRID, 9)
    assert best.tolist() == case.in_order([d for d in docs if wanted[d]], wanted)[:9]


@pytest.mark.parametrize("seed", range(20))
def test_the_first_by_citation(seed: int) -> None:
    case = Case(seed)
    docs = case.matching()
    taken = [doc for doc in docs if case.chance.randrange(3) == 0]
    order = [case.rank.index(place) for place in range(len(case.rank))]
    wanted = case.in_order([doc for doc in docs if doc not in taken], dict.fromkeys(docs, 0.0))
    bits = Bitmap.of(case.documents, docs).words
    for listed, words in ((uints(docs), bits[:0]), (uints([]), bits)):
        for first in (0, 3, case.documents):
            out, seen = zeros("I", first), Bitmap(case.documents).words
            found = core.scoring.first_cited(
                listed, words, uints(case.first_passages), uints(order), uints(taken), seen, out
            )
            assert out[:found].tolist() == wanted[:first]


def test_ranges_of_titles_are_cut_at_the_documents_that_answer_for_them() -> None:
    def ranges(*headed: int) -> list[tuple[int, int, float]]:
        titles = core.scoring.Titles(
            uints([4, 4, 9, 4]),
            doubles([1.3, 0.25, 0.75, 4]),
            3.0,
            uints([0, 5, 8, 9, 12]),
            uints([0, 0, 0, 2]),
            Bitmap.of(4, headed).words if headed else zeros("Q", 0),
        )
        spans, values = core.scoring.title_ranges(titles, uints([0, 1, 3]), uints([1, 1, 2]))
        return [*zip(spans[::2], spans[1::2], values, strict=True)]

    x = 1 / (1.3 * (0.25 + 0.75 * 1.0))
    # Titles side by side that give the same are one range.
    assert ranges() == [(0, 8, x), (9, 10, 2 * x), (10, 11, 2 * x * 3.0), (11, 12, 2 * x)]
    assert ranges(1, 2) == [(5, 8, x)]


@pytest.mark.parametrize(
    ("title", "is_opening", "expected"),
    [
        (7, True, [6, 5, 7]),  # articles of the title
        (7, False, [0, 2, 3, 6, 5, 7]),  # and others, but for their openings
        (0, False, [0, 2, 3, 6, 7]),
        (9, True, []),
    ],
)
def test_documents_that_may_say_the_same_by_their_titles(
    title: int, is_opening: bool, expected: list[int]
) -> None:
    out = zeros("I", 7)
    found = core.scoring.of_one_title(
        uints([0, 1, 2, 3, 6, 5, 7]),
        uints([0, 3, 5, 8]),
        uints([2, 0, 1]),
        uints([5, 0, 7]),
        title,
        is_opening,
        out,
    )
    assert out[:found].tolist() == expected


def test_documents_with_a_value() -> None:
    out = zeros("I", 3)
    values = uints([7, 5, 7, 7, (1 << 32) - 1])
    assert core.scoring.with_value(uints([1, 2, 3]), values, 7, out) == 2
    assert out[:2].tolist() == [2, 3]
    assert core.scoring.with_value(uints([4]), values, (1 << 32) - 1, out) == 1
    with pytest.raises(IndexError):
        core.scoring.with_value(uints([5]), values, 7, out)


def test_a_list_of_which_some_stand_once_more() -> None:
    every, often = zeros("I", 5), zeros("d", 5)
    found = core.scoring.add_occurrences(
        uints([2, 4, 9]), uints([1, 2, 3]), uints([1, 4]), doubles([1.0, 0.5]), every, often
    )
    assert every[:found].tolist() == [1, 2, 4, 9]
    assert often[:found].tolist() == [1.0, 1.0, 2.5, 3.0]


@pytest.mark.parametrize("seed", range(20))
def test_articles_as_documents(seed: int) -> None:
    case = Case(seed)
    chance, firsts = case.chance, [*case.first_passages]
    for at in range(0, len(firsts) - 1, 7):
        firsts.insert(at, firsts[at])  # an article without documents
    articles = len(firsts) - 1
    shown = [doc for doc in range(case.documents) if chance.randrange(4)]
    of = [bisect_right(firsts, doc) - 1 for doc in range(case.documents)]
    docs = sorted(chance.sample(range(case.documents), chance.choice([0, 1, 90, 700])))
    freqs = [chance.choice([1.0, 0.5, 3.0]) for _ in docs]
    openings = [chance.randint(0, stop - start) for start, stop in pairwise(firsts)]
    for visible in (range(case.documents), shown):
        bits = Bitmap.of(case.documents, visible).words
        bits = bits[:0] if len(visible) == case.documents else bits
        lengths = zeros("I", articles)
        core.scoring.article_lengths(uints(case.lengths), bits, uints(firsts), lengths)
        wanted_lengths = [0] * articles
        for doc in visible:
            wanted_lengths[of[doc]] += case.lengths[doc]
        assert lengths.tolist() == wanted_lengths

        found, sums = zeros("I", articles), zeros("d", articles)
        count = core.scoring.article_postings(
            uints(docs), doubles(freqs), bits, uints(firsts), found, sums
        )
        summed: dict[int, float] = {}
        for doc, freq in zip(docs, freqs, strict=True):
            if doc in visible:
                summed[of[doc]] = summed.get(of[doc], 0) + freq
        assert dict(zip(found[:count], sums[:count], strict=True)) == summed
        assert found[:count].tolist() == sorted(summed)

        opening_docs = zeros("I", articles)
        core.scoring.first_visible_docs(uints(firsts), uints(openings), bits, opening_docs)
        wanted_docs = [
            start + number - 1
            if number
            else next((doc for doc in range(start, stop) if doc in visible), case.documents)
            for start, stop, number in zip(firsts, firsts[1:], openings, strict=False)
        ]
        assert opening_docs.tolist() == wanted_docs

    scores = [chance.choice([0.0, 1.0, 2.0, 2.0]) for _ in docs]
    best, best_scores = zeros("I", articles), zeros("d", articles)
    opening_scores, numbers = zeros("d", articles), zeros("I", articles)
    count = core.scoring.best_of_articles(
        *(uints(docs), doubles(scores), uints(firsts), opening_docs),
        *(best, best_scores, opening_scores, numbers),
    )
    score_of = dict(zip(docs, scores, strict=True))
    having = sorted({of[doc] for doc in docs})
    assert numbers[:count].tolist() == having
    for i, article in enumerate(having):
        wanted = max((doc for doc in docs if of[doc] == article), key=lambda d: (score_of[d], -d))
        assert (best[i], best_scores[i]) == (wanted, score_of[wanted])
        assert opening_scores[i] == score_of.get(opening_docs[article], 0)
    core.scoring.add_shares(opening_scores[:count], 0.3, COARSE, best_scores[:count])
    for i in range(count):
        share = (0.3 * opening_scores[i] + COARSE) - COARSE
        assert best_scores[i] == score_of[best[i]] + share


@given(st.lists(st.lists(st.sampled_from([0.0, 0.25, 1.0]), max_size=5), max_size=4), st.data())
def test_sums_of_groups_are_capped(groups: list[list[float]], data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 3))
    values = [value for _ in range(rows) for group in groups for value in group]
    sums = zeros("d", rows * len(groups))
    core.scoring.capped_sums(doubles(values), uints(accumulate(map(len, groups))), 1.0, sums)
    assert sums.tolist() == [min(sum(group), 1.0) for _ in range(rows) for group in groups]


def test_documents_of_no_article_are_index_errors() -> None:
    room: list[Numbers] = [zeros("I", 2), zeros("d", 2)]
    with pytest.raises(IndexError):
        core.scoring.article_postings(
            uints([9]), doubles([1.0]), zeros("Q", 0), uints([0, 4]), *room
        )
    with pytest.raises(IndexError):
        core.scoring.best_of_articles(
            *(uints([9]), doubles([1.0]), uints([0, 4]), uints([0])),
            *(*room, zeros("d", 2), zeros("I", 2)),
        )
    with pytest.raises(IndexError):
        core.scoring.article_lengths(uints([5]), zeros("Q", 0), uints([0, 4]), zeros("I", 1))


def test_numbers_that_fit_nothing_are_index_errors() -> None:
    case = Case(3)
    terms = case.core_terms()
    with pytest.raises(IndexError):
        core.scoring.score_docs(terms, uints([case.documents]))
    lengths = uints([5] * 4)
    model = doubles([1.3, 0.35, 0.65, 5.0, COARSE])
    for header in (63, 40 << 6, 12 | 3 << 6, 0xFFFF_FFFF):
        # A list whose block says what no block can, or ends beyond the last document.
        words = uints([header, 0xFFFF_FFFF, 0xFFFF_FFFF, 0, 0])
        texts = core.scoring.Texts(
            *(words, uints([]), lengths, short_lengths(lengths), model, uints([0, 4]), uints([]))
        )
        row = PACKED, 0, 100, 0, 0
        postings = core.scoring.TermPostings(*row)
        hostile = core.scoring.Terms(texts, [postings], [1.0], 0)
        with pytest.raises(IndexError):
            core.scoring.top_k(
                hostile, uints([]), Bitmap.full(4).words, Bitmap(0).words, 0.0, GRID, 2
            )
