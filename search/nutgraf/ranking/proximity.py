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
from nutgraf_index.core.buffers import Numbers, room, uints
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

    def add(self, segment: SegmentPostings, documents: Numbers, scores: Numbers) -> Numbers:
        """Add their proximity to the scores of passages of a segment, which ascend.

        Return the proximity of each term in each passage, term by term. Terms together in a title
        count for the passage that answers for it.
        """
        count = len(documents)
        gathered = room("d", len(self.terms) * count)
        rows = self._rows(segment, "text")
        gathering = rows is not None and self._gather(segment, "text", rows, documents, gathered)
        # A title is a text more, for the passage that answers for it.
        if (rows := self._rows(segment, "title")) is not None:
            places, articles = room("I", count), room("I", count)
            firsts, openings = segment.reader.firsts(Level.ARTICLE), segment.reader.openings
            opening = core.scoring.select_openings(documents, firsts, openings, places, articles)
            more = room("d", len(self.terms) * opening)
            if opening and self._gather(segment, "title", rows, articles[:opening], more):
                gathering = 1
                for at, value in enumerate(more):
                    gathered[at // opening * count + places[at % opening]] += value
        if gathering:
            weights = array("d", [PROXIMITY * segment.idf(term) for term in self.terms])
            _, _, lengths, model = segment.text
            core.scoring.add_proximity(lengths, model, documents, weights, gathered, scores)
        return gathered

    def by_term(self, segment: SegmentPostings, document: int) -> dict[str, float]:
        """Return the proximity of each term in a passage."""
        gathered = self.add(segment, uints([document]), room("d", 1))
        return dict(zip(self.terms, gathered, strict=False))

    def _rows(self, segment: SegmentPostings, field: str) -> "array[int] | None":
        """Return the rows of the terms in a field; None if no two neighbours stand in it."""
        rows = [segment.row(field, term) for term in self.terms] if self._pairs else []
        if not any(rows[one] and rows[other] for one, other in self._pairs):
            return None
        return array("q", chain.from_iterable(row or _NOWHERE for row in rows))

    def _gather(
        self,
        segment: SegmentPostings,
        field: str,
        rows: "array[int]",
        documents: Numbers,
        gathered: Numbers,
    ) -> int:
        """Add what each term gathers in each document of a field; return in how many any does."""
        lists = segment.reader.field(field).lists
        return core.positions.gather(lists, rows, documents, self._shares, MAX_DISTANCE, gathered)
