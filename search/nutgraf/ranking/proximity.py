"""What is added to the best passages where words that are neighbours in the query stand together.

A word gathers 1 / distance from each neighbour that stands near it with none of the words between,
by the distance in the query as well, and what it has gathered is saturated as its frequency is
(Büttcher, Clarke and Lushman, Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
Collections, 2006, there for all pairs, whose distance in the query does not count).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nutgraf.matching.postings import SegmentPostings
from nutgraf.matching.scorer import Scores, summed
from nutgraf.positions.phrase import POSITION_BITS, DocIds, PositionKeys
from nutgraf.scoring.bm25f import MAX_DISTANCE, PROXIMITY, on_grid
from nutgraf_index.arrays import units_of
from nutgraf_index.fields import Level

__all__ = ["proximity", "proximity_by_term"]

Numbers = npt.NDArray[np.int64]
_Pairs = dict[tuple[int, int], float]  # two terms by their numbers, the lesser first
_Standing = tuple[PositionKeys, Numbers]  # where terms stand, and which each is


def proximity(segment: SegmentPostings, row: Sequence[str | None], documents: DocIds) -> Scores:
    """Return what is added to the scores of some passages of a segment; see `proximity_by_term`."""
    by_term = list(proximity_by_term(segment, row, documents).values())
    return summed(by_term) if by_term else np.zeros(len(documents))


def proximity_by_term(
    segment: SegmentPostings, row: Sequence[str | None], documents: DocIds
) -> dict[str, Scores]:
    """Return what each term adds to the scores of some passages of a segment, which are sorted.

    What stands together in a title counts for the passage that answers for it.
    `row` has the terms of the query in their order, with None between those that are no
    neighbours.
    """
    terms = list(dict.fromkeys(term for term in row if term is not None))
    pairs = _neighbours(row, terms)
    if not pairs:
        return {}
    count = len(documents)
    found = []
    if _may_meet(segment, "text", terms, pairs):
        found.append(_standing(segment, "text", terms, documents, np.arange(count)))
    # A title is a text more, for the passage that answers for it.
    if _may_meet(segment, "title", terms, pairs):
        articles = units_of(segment.reader.firsts(Level.ARTICLE), documents)
        opening = segment.answering(documents, articles).nonzero()[0]
        if len(opening):
            found.append(_standing(segment, "title", terms, articles[opening], count + opening))
    gathered = _gathered(found, _near(pairs, len(terms)), 2 * count) if found else None
    if gathered is None:
        return {}
    freqs = gathered[:, :count] + gathered[:, count:]
    most = np.array([[PROXIMITY * segment.idf(term)] for term in terms])
    added = on_grid(most * freqs / (freqs + segment.length_norm.take(documents)))
    return dict(zip(terms, added, strict=True))


def _neighbours(row: Sequence[str | None], terms: list[str]) -> _Pairs:
    """Return which terms are neighbours in the query, each pair with 1 / their distance in it."""
    numbers = {term: number for number, term in enumerate(terms)}
    pairs: _Pairs = {}
    for at, one in enumerate(row):
        for distance, other in enumerate(row[at + 1 : at + 1 + MAX_DISTANCE], 1):
            if one is None or other is None:
                break
            if one != other:
                first, second = sorted((numbers[one], numbers[other]))
                pairs[first, second] = max(pairs.get((first, second), 0.0), 1 / distance)
    return pairs


def _near(pairs: _Pairs, terms: int) -> Scores:
    """Return what two terms gather from each other so far apart, by distance, one and the other.

    It is 1 / that distance / their distance in the query, and 0 of those that are no neighbours.
    """
    near = np.zeros((MAX_DISTANCE + 1, terms, terms))  # at 0 no two words stand
    for (one, other), share in pairs.items():
        for distance in range(1, MAX_DISTANCE + 1):
            near[distance, one, other] = near[distance, other, one] = share / distance
    return near


def _may_meet(segment: SegmentPostings, field: str, terms: list[str], pairs: _Pairs) -> bool:
    """Whether any two neighbours stand in a field at all."""
    known = [segment.number(field, term) >= 0 for term in terms]
    return any(known[one] and known[other] for one, other in pairs)


def _standing(
    segment: SegmentPostings, field: str, terms: list[str], units: DocIds, texts: Numbers
) -> _Standing:
    """Return where terms stand in some units of a field, which have these numbers as texts.

    One that is nobody's neighbour may stand between others.
    """
    known = [(segment.number(field, term), at) for at, term in enumerate(terms)]
    known = sorted(one for one in known if one[0] >= 0)
    numbers, there = zip(*known, strict=True)
    inverted = segment.reader.field(field)
    held, counts, starts = zip(*(inverted.find(number, units) for number in numbers), strict=True)
    freqs = np.concatenate(counts)
    owners = np.array(there).repeat([len(one) for one in held]).repeat(freqs)
    at = texts.take(np.concatenate(held)) << POSITION_BITS
    return at.repeat(freqs) + inverted.positions_of(np.concatenate(starts), freqs), owners


def _gathered(found: list[_Standing], near: Scores, texts: int) -> Scores | None:
    """Return what each term gathers from its neighbours in each text, a row a term.

    None if it is nothing.
    """
    places, owners = map(np.concatenate, zip(*found, strict=True))
    order = places.argsort()
    places = places[order]
    gaps = places[1:] - places[:-1]
    close = (gaps <= MAX_DISTANCE).nonzero()[0]
    one, other = owners[order[close]], owners[order[close + 1]]
    shares = near[gaps[close], one, other]
    if not shares.any():
        return None
    text = places[close] >> POSITION_BITS
    cells = np.concatenate([one * texts + text, other * texts + text])
    gathered = np.bincount(cells, np.concatenate([shares, shares]), near.shape[1] * texts)
    return gathered.astype(np.float64, copy=False).reshape(-1, texts)
