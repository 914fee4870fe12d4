"""Proximity: the score that terms gain where neighbours in the query stand close in a passage.

For each pair of terms that are neighbours in the query and stand near each other in the passage,
with no other query term between, both terms gain 1 / (distance × distance in the query). The sum of
a term's gains is saturated like its frequency (Büttcher, Clarke and Lushman, Term Proximity Scoring
for Ad-Hoc Retrieval on Very Large Text Collections, 2006, which takes all pairs of terms and does
not use the distance in the query).

A passage that lacks words of the query gets at most what these would add: its cap.
"""

from array import array
from collections.abc import Sequence
from itertools import chain

from nutgraf.matching.postings import SegmentPostings
from nutgraf.scoring.bm25f import MAX_DISTANCE, PROXIMITY
from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.fields import Level

__all__ = ["NO_POSTINGS", "Proximity"]

NO_POSTINGS = (0, 0, 0, 0, 0)  # the row of an empty postings list


class Proximity:
    """The pairs of neighbouring terms in a query.

    Args:
        row: the terms of the query in order; None separates terms that are not neighbours
    """

    def __init__(self, row: Sequence[str | None]) -> None:
        numbers: dict[str, int] = {}
        for term in row:
            if term is not None:
                numbers.setdefault(term, len(numbers))
        self.terms = [*numbers]
        self._pairs: set[tuple[int, int]] = set()
        # The gain of two terms by their distance in the passage: an array [distance, term, term].
        # Distance 0 does not occur.
        size = len(numbers)
        self._gains = gains = array("d", bytes(8 * (MAX_DISTANCE + 1) * size * size))
        for index, term in enumerate(row):
            for query_distance, next_term in enumerate(row[index + 1 :][:MAX_DISTANCE], 1):
                if term is None or next_term is None:
                    break
                left, right = numbers[term], numbers[next_term]
                if left != right:
                    self._pairs.add((left, right))
                    for distance in range(1, MAX_DISTANCE + 1):
                        gain = 1 / query_distance / distance
                        for x, y in ((left, right), (right, left)):
                            cell = (distance * size + x) * size + y
                            gains[cell] = max(gains[cell], gain)

    def add(
        self,
        segment: SegmentPostings,
        doc_ids: Numbers,
        sums: Numbers,
        caps: Numbers,
        boost: float = 1.0,
    ) -> Numbers:
        """Add the proximity score of each of the ascending passages to `sums`.

        The scores are multiplied by `boost`. Terms that stand close in a title count for the
        passage that represents the title. A passage gets its cap at most; 0 is no cap.

        Returns:
            the proximity score of each term in each passage without the cap, an array
            [term, passage]
        """
        count = len(doc_ids)
        scores = zeros("d", len(self.terms) * count)
        rows = self._rows(segment, "text")
        gained = rows is not None and self._gather(segment, "text", rows, doc_ids, scores)
        if (rows := self._rows(segment, "title")) is not None:
            indexes, articles = zeros("I", count), zeros("I", count)
            firsts, openings = segment.reader.first_passages(Level.ARTICLE), segment.openings
            titles = core.scoring.select_openings(doc_ids, firsts, openings, indexes, articles)
            in_titles = zeros("d", len(self.terms) * titles)
            if titles and self._gather(segment, "title", rows, articles[:titles], in_titles):
                gained = 1
                for cell, gain in enumerate(in_titles):
                    scores[cell // titles * count + indexes[cell % titles]] += gain
        if gained:
            weights = array(
                "d", [boost * PROXIMITY * segment.statistics.idf(term) for term in self.terms]
            )
            _, _, lengths, _, model = segment.text
            core.scoring.add_proximity(lengths, model, doc_ids, weights, caps, scores, sums)
        return scores

    def gains(self, segment: SegmentPostings, doc_ids: Numbers) -> Numbers:
        """Return what each term gains in the text of each of the ascending passages.

        The gains are not saturated: an array [term, passage].
        """
        gains = zeros("d", len(self.terms) * len(doc_ids))
        if (rows := self._rows(segment, "text")) is not None:
            self._gather(segment, "text", rows, doc_ids, gains)
        return gains

    def by_term(
        self, segment: SegmentPostings, doc_id: int, boost: float = 1.0
    ) -> dict[str, float]:
        """Return the proximity score of each term in a passage, without a cap; see `add`."""
        scores = self.add(segment, uints([doc_id]), zeros("d", 1), zeros("d", 1), boost)
        return dict(zip(self.terms, scores, strict=False))

    def _rows(self, segment: SegmentPostings, field: str) -> "array[int] | None":
        """Return the rows of the terms' postings lists in a field.

        None if the field does not have both terms of any pair.
        """
        rows = [segment.row(field, term) for term in self.terms] if self._pairs else []
        if not any(rows[left] and rows[right] for left, right in self._pairs):
            return None
        return array("q", chain.from_iterable(row or NO_POSTINGS for row in rows))

    def _gather(
        self,
        segment: SegmentPostings,
        field: str,
        rows: "array[int]",
        doc_ids: Numbers,
        gains: Numbers,
    ) -> int:
        """Add each term's gains in each document; return the number of documents with gains."""
        postings = segment.reader.field(field).field_postings
        return core.positions.add_gains(postings, rows, doc_ids, self._gains, MAX_DISTANCE, gains)
