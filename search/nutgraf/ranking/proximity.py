"""What is added to the best passages where words that are neighbours in the query stand together.

A word gathers 1 / distance from each neighbour that stands near it with none of the words between,
by the distance in the query as well, and what it has gathered is saturated as its frequency is
(Büttcher, Clarke and Lushman, Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
Collections, 2006, there for all pairs, whose distance in the query does not count).
"""

from collections.abc import Sequence

import numpy as np

from nutgraf.matching.postings import SegmentPostings
from nutgraf.matching.scorer import Scores, summed
from nutgraf.positions.phrase import DocIds
from nutgraf.scoring.bm25f import MAX_DISTANCE, PROXIMITY, on_grid
from nutgraf_index import core
from nutgraf_index.fields import Level

__all__ = ["proximity", "proximity_by_term"]

_Pairs = dict[tuple[int, int], float]  # two terms by their numbers, the lesser first


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
    gathered = np.zeros((len(terms), len(documents)))
    shares = _near(pairs, len(terms))
    meeting = _gather(segment, "text", terms, documents, shares, gathered)
    # A title is a text more, for the passage that answers for it.
    articles = segment.reader.unit_of(Level.ARTICLE, documents)
    opening = segment.answering(documents, articles).nonzero()[0]
    of_titles = np.zeros((len(terms), len(opening)))
    meeting += _gather(segment, "title", terms, articles[opening], shares, of_titles)
    if not meeting:
        return {}
    gathered[:, opening] += of_titles
    most = np.array([[PROXIMITY * segment.idf(term)] for term in terms])
    added = on_grid(most * gathered / (gathered + segment.length_norm.take(documents)))
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


def _gather(
    segment: SegmentPostings,
    field: str,
    terms: list[str],
    units: DocIds,
    shares: Scores,
    gathered: Scores,
) -> int:
    """Add what terms gather in some units of a field, a row a term; return in how many it is any.

    One that is nobody's neighbour may stand between others.
    """
    postings = segment.reader.field(field)
    numbers = [segment.number(field, term) for term in terms]
    rows = [postings.row(number) if number >= 0 else (0,) * 5 for number in numbers]
    return core.positions.gather(
        postings.doc_words,
        postings.occurrence_words,
        postings.block_rows,
        postings.widths,
        postings.units,
        np.array(rows, np.int64).ravel().data,
        units.astype(np.uint32).data,
        shares.ravel().data,
        MAX_DISTANCE,
        gathered.reshape(-1).data,
    )
