"""What is added to the best passages where words that are neighbours in the query stand together.

A word gathers 1 / distance from each neighbour that stands near it with none of the words between,
by the distance in the query as well, and what it has gathered is saturated as its frequency is
(Büttcher, Clarke and Lushman, Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
Collections, 2006, there for all pairs, whose distance in the query does not count).
"""

from array import array
from collections.abc import Sequence
from itertools import chain

from nutgraf.matching.postings import SegmentPostings
from nutgraf.scoring.bm25f import MAX_DISTANCE, PROXIMITY
from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, room
from nutgraf_index.fields import Level

__all__ = ["Proximity"]

_NOWHERE = (0, 0, 0, 0, 0)


class Proximity:
    """The neighbours among the terms of a query.

    `row` has the terms of the query in their order, with None between those that are no
    neighbours.
    """

    def __init__(self, row: Sequence[str | None]) -> None:
        numbers: dict[str, int] = {}
        for term in row:
            if term is not None:
                numbers.setdefault(term, len(numbers))
        self.terms = [*numbers]
        self._pairs: set[tuple[int, int]] = set()
        # What two terms gather from each other so far apart: 1 / that distance / their distance
        # in the query. At 0 no two words stand.
        size = len(numbers)
        self._shares = shares = array("d", bytes(8 * (MAX_DISTANCE + 1) * size * size))
        for at, one in enumerate(row):
            for apart, other in enumerate(row[at + 1 : at + 1 + MAX_DISTANCE], 1):
                if one is None or other is None:
                    break
                first, second = numbers[one], numbers[other]
                if first != second:
                    self._pairs.add((first, second))
                    for distance in range(1, MAX_DISTANCE + 1):
                        share = 1 / apart / distance
                        for x, y in ((first, second), (second, first)):
                            place = (distance * size + x) * size + y
                            shares[place] = max(shares[place], share)

    def scores(self, segment: SegmentPostings, documents: Numbers) -> Numbers:
        """Return what is added to the scores of some passages of a segment, which ascend."""
        return self._found(segment, documents)[0]

    def by_term(self, segment: SegmentPostings, document: int) -> dict[str, float]:
        """Return what each term adds to the score of a passage."""
        gathered = self._found(segment, memoryview(array("I", [document])))[1]
        return dict(zip(self.terms, gathered, strict=False))

    def _found(self, segment: SegmentPostings, documents: Numbers) -> tuple[Numbers, Numbers]:
        """Return what is added to the scores of passages, and of it what each term adds.

        What stands together in a title counts for the passage that answers for it.
        """
        count = len(documents)
        scores, gathered = room("d", count), room("d", len(self.terms) * count)
        found = self._gather(segment, "text", documents, gathered)
        # A title is a text more, for the passage that answers for it.
        if self._rows(segment, "title"):
            places, units = room("I", count), room("I", count)
            firsts, openings = segment.reader.firsts(Level.ARTICLE), segment.reader.openings
            opening = core.scoring.openings_among(documents, firsts, openings, places, units)
            more = room("d", len(self.terms) * opening)
            if opening and self._gather(segment, "title", units[:opening], more):
                found = 1
                for at, value in enumerate(more):
                    gathered[at // opening * count + places[at % opening]] += value
        if found:
            weights = array("d", [PROXIMITY * segment.idf(term) for term in self.terms])
            _, _, lengths, model = segment.text
            core.scoring.proximity(lengths, model, documents, weights, gathered, scores)
        return scores, gathered

    def _rows(self, segment: SegmentPostings, field: str) -> "array[int] | None":
        """Return the rows of the terms in a field; None if no two neighbours stand in it."""
        rows = [segment.row(field, term) for term in self.terms]
        if not any(rows[one] and rows[other] for one, other in self._pairs):
            return None
        return array("q", chain.from_iterable(row or _NOWHERE for row in rows))

    def _gather(
        self, segment: SegmentPostings, field: str, units: Numbers, gathered: Numbers
    ) -> int:
        """Add what each term gathers in each of some units; return how many gather anything."""
        rows = self._rows(segment, field)
        if rows is None:
            return 0
        lists = segment.reader.field(field).lists
        return core.positions.gather(lists, rows, units, self._shares, MAX_DISTANCE, gathered)
