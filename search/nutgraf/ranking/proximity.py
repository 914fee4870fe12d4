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

from nutgraf.matching.doc_id_sets import NO_POSTINGS
from nutgraf.matching.postings import SegmentPostings, SegmentTerm
from nutgraf.scoring.bm25f import MAX_DISTANCE, PROXIMITY
from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.fields import Level

__all__ = ["NO_ROW", "Proximity"]

NO_ROW = (0, 0, 0, 0, 0)  # of an empty postings list


class Proximity:
    """The pairs of neighbouring terms in a query.

    Args:
        row: the terms of the query in order; None separates terms that are not neighbours
    """

    def __init__(self, row: Sequence[str | None]) -> None:
        numbers: dict[str, int] = {}
        query = [-1 if term is None else numbers.setdefault(term, len(numbers)) for term in row]
        self.terms = [*numbers]
        self._query = array("q", query)

    def add(
        self,
        segment: SegmentPostings,
        doc_ids: Numbers,
        sums: Numbers,
        given: Numbers,
        share: float,
        boost: float,
    ) -> Numbers:
        """Add the proximity scores of each of the ascending passages, and others, to `sums`.

        The proximity scores are multiplied by `boost`. Terms that stand close in a title count for
        the passage that represents the title. The score of what a passage lacks is its cap, unless
        that is 0.

        Args:
            given: the scores of `ScoredTerms.rescoring`: those of stop and request words and of
                neighbours are added too
            share: the factor of the scores of neighbours

        Returns:
            the proximity score of each term in each passage without the cap, an array
            [term, passage]
        """
        terms = [*map(segment.term, self.terms)]
        scores = self._gains(segment, "text", terms, doc_ids)
        openings, in_titles = NO_POSTINGS
        if _are_several("title", terms):
            openings, articles = zeros("I", len(doc_ids)), zeros("I", len(doc_ids))
            firsts = segment.reader.first_passages(Level.ARTICLE)
            titles = core.scoring.select_openings(
                doc_ids, firsts, segment.openings, openings, articles
            )
            openings = openings[:titles]
            in_titles = self._gains(segment, "title", terms, articles[:titles])
        idf, most = segment.statistics.idf, boost * PROXIMITY
        weights = array("d", [most * idf(term) for term in self.terms])
        core.scoring.add_evidence(
            segment.texts, doc_ids, weights, openings, in_titles, given, share, scores, sums
        )
        return scores

    def gains(self, segment: SegmentPostings, doc_ids: Numbers) -> Numbers:
        """Return what each term gains in the text of each of the ascending passages.

        The gains are not saturated: an array [term, passage].
        """
        return self._gains(segment, "text", [*map(segment.term, self.terms)], doc_ids)

    def by_term(self, segment: SegmentPostings, doc_id: int, boost: float) -> dict[str, float]:
        """Return the proximity score of each term in a passage, without a cap; see `add`."""
        scores = self.add(segment, uints([doc_id]), zeros("d", 1), zeros("d", 4), 0.0, boost)
        return dict(zip(self.terms, scores, strict=True))

    def _gains(
        self, segment: SegmentPostings, field: str, terms: list[SegmentTerm], doc_ids: Numbers
    ) -> Numbers:
        """Return what each of the terms gains in each document of a field."""
        gains = zeros("d", len(terms) * len(doc_ids))
        if _are_several(field, terms):
            rows = array("q", chain(*[segment.row(field, term) or NO_ROW for term in terms]))
            postings = segment.reader.field(field).field_postings
            query = self._query, MAX_DISTANCE
            core.positions.add_gains(postings, rows, *query, doc_ids, gains)
        return gains


def _are_several(field: str, terms: list[SegmentTerm]) -> bool:
    """Return whether more than one of the terms is in a field of a segment."""
    return len([term for term in terms if getattr(term.numbers, field) >= 0]) > 1
