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
        self._query = array("q")
        for term in row:
            self._query.append(-1 if term is None else numbers.setdefault(term, len(numbers)))
        self.terms = [*numbers]

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
        if len(self.terms) < 2:
            return scores
        gained = self._gather(segment, "text", doc_ids, scores)
        indexes, articles = zeros("I", count), zeros("I", count)
        firsts = segment.reader.first_passages(Level.ARTICLE)
        titles = core.scoring.select_openings(doc_ids, firsts, segment.openings, indexes, articles)
        if titles:
            in_titles = zeros("d", len(self.terms) * titles)
            if self._gather(segment, "title", articles[:titles], in_titles):
                gained = 1
                for cell, gain in enumerate(in_titles):
                    scores[cell // titles * count + indexes[cell % titles]] += gain
        if gained:
            idf, most = segment.statistics.idf, boost * PROXIMITY
            weights = array("d", [most * idf(term) for term in self.terms])
            _, _, lengths, _, model = segment.text
            core.scoring.add_proximity(lengths, model, doc_ids, weights, caps, scores, sums)
        return scores

    def gains(self, segment: SegmentPostings, doc_ids: Numbers) -> Numbers:
        """Return what each term gains in the text of each of the ascending passages.

        The gains are not saturated: an array [term, passage].
        """
        gains = zeros("d", len(self.terms) * len(doc_ids))
        self._gather(segment, "text", doc_ids, gains)
        return gains

    def by_term(
        self, segment: SegmentPostings, doc_id: int, boost: float = 1.0
    ) -> dict[str, float]:
        """Return the proximity score of each term in a passage, without a cap; see `add`."""
        scores = self.add(segment, uints([doc_id]), zeros("d", 1), zeros("d", 1), boost)
        return dict(zip(self.terms, scores, strict=False))

    def _gather(
        self, segment: SegmentPostings, field: str, doc_ids: Numbers, gains: Numbers
    ) -> int:
        """Add each term's gains in each document; return the number of gains."""
        rows = [segment.row(field, term) for term in self.terms]
        if len(rows) - rows.count(None) < 2:
            return 0
        flat = array("q", chain.from_iterable(row or NO_POSTINGS for row in rows))
        postings = segment.reader.field(field).field_postings
        query = self._query, MAX_DISTANCE
        return core.positions.add_gains(postings, flat, *query, doc_ids, gains)
