"""The terms of a query that score in a segment, with their weights, for `core.scoring`."""

from array import array
from functools import cached_property

from nutgraf.matching.doc_id_sets import NO_DOC_IDS
from nutgraf.matching.postings import SegmentPostings, SegmentTerm
from nutgraf.scoring.bm25f import CONTEXT, CONTEXT_REACH, GRID
from nutgraf_index import core
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, joined, zeros
from nutgraf_index.fields import Level

__all__ = ["ScoredTerms"]

_SCORED = 2  # the kind of postings lists with scores instead of freqs; see `core.scoring.Terms`


class ScoredTerms:
    """A disjunction of terms with weights, and of documents with precomputed scores.

    Args:
        text: the first arguments of `core.scoring.Terms`: the packed postings, the rows of their
            blocks, the length of each text, and the scoring model
    """

    def __init__(self, text: tuple[Numbers, Numbers, Numbers, Numbers]) -> None:
        self._text = text
        self._rows = array("q")
        self._weights = array("d")
        self._range_bounds: list[Numbers] = []
        self._range_values: list[Numbers] = []
        self._unpacked: list[tuple[Numbers, Numbers]] = []
        self._range_count = 0
        self._unpacked_count = 0

    def add(self, term: SegmentTerm, weight: float) -> None:
        """Add a term with its weight, boost × idf; a term of weight 0 is left out."""
        if not weight:
            return
        kind, start, doc_freq, first_block, blocks = term.row
        if term.unpacked is not None:
            start = self._append(*term.unpacked)
        ends = [self._range_count]
        for bounds, values in term.ranges:
            if len(values):
                self._range_bounds.append(bounds)
                self._range_values.append(values)
                self._range_count += len(values)
            ends.append(self._range_count)
        titles, headings, end = ends
        self._rows.extend(
            (kind, start, doc_freq, first_block, blocks, titles, headings, headings, end)
        )
        self._weights.append(weight)

    def add_scored(self, doc_ids: Numbers, scores: Numbers) -> None:
        """Add ascending documents with precomputed scores, 8 bytes each."""
        if len(doc_ids):
            start = self._append(doc_ids, scores)
            self._rows.extend((_SCORED, start, len(doc_ids), 0, 0, 0, 0, 0, 0))
            self._weights.append(max(scores))

    def _append(self, doc_ids: Numbers, values: Numbers) -> int:
        """Append an unpacked postings list; return the number of unpacked postings before it."""
        self._unpacked.append((doc_ids, values))
        self._unpacked_count += len(doc_ids)
        return self._unpacked_count - len(doc_ids)

    @cached_property
    def _terms(self) -> core.scoring.Terms:
        return core.scoring.Terms(
            *self._text,
            self._rows,
            self._weights,
            joined(self._range_bounds, "I"),
            joined(self._range_values, "d"),
            joined([doc_ids for doc_ids, _ in self._unpacked], "I"),
            joined([values for _, values in self._unpacked], "d"),
        )

    def scores_at(self, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending documents, 8 bytes each."""
        scores = zeros("d", len(doc_ids))
        core.scoring.score_docs(self._terms, doc_ids, scores)
        return scores

    def top_k(
        self,
        matching: Numbers | Bitmap,
        repeated: Bitmap | None,
        segment: SegmentPostings,
        k: int,
        threshold: float,
    ) -> tuple[list[int], list[float]]:
        """Return the top k of the documents that match, and their scores; ties by citation.

        Args:
            matching: the documents that match, ascending or as a bitmap
            repeated: a superset of the documents that are in more than one postings list; None
                if it is unknown
            threshold: documents with a lower score may be left out
        """
        doc_ids, bits = _ids_or_bits(matching)
        best, scores = zeros("I", k), zeros("d", k)
        firsts, rank = segment.reader.first_passages(Level.ARTICLE), segment.rank
        count = core.scoring.top_k(
            self._terms,
            doc_ids,
            bits,
            NO_BITS if repeated is None else repeated.words,
            firsts,
            rank,
            threshold,
            GRID,
            best,
            scores,
        )
        if count < k and threshold <= 0:
            seen = Bitmap(segment.reader.passages).words
            count += core.scoring.first_cited(
                doc_ids, bits, firsts, segment.by_id, best[:count], seen, best[count:]
            )
        return best[:count].tolist(), [*scores[:count]]

    def add_context(
        self,
        doc_ids: Numbers,
        matching: Numbers | Bitmap,
        firsts: Numbers,
        sums: Numbers,
    ) -> tuple[Numbers, Numbers]:
        """Add the context score of each of the ascending documents to `sums`.

        Args:
            matching: the documents that match, ascending or as a bitmap
            firsts: the first doc id of each article, then the number of passages

        Returns:
            for each document its matching neighbour with the best score, and that score; 0 if no
            neighbour matches
        """
        matching_ids, bits = _ids_or_bits(matching)
        count = len(doc_ids)
        capacity = 2 * CONTEXT_REACH * count + count
        neighbours, scores = zeros("I", count), zeros("d", count)
        core.scoring.add_context_scores(
            self._terms,
            doc_ids,
            matching_ids,
            bits,
            firsts,
            CONTEXT_REACH,
            zeros("I", capacity),
            zeros("d", capacity),
            neighbours,
            scores,
            CONTEXT,
            sums,
        )
        return neighbours, scores


def _ids_or_bits(matching: Numbers | Bitmap) -> tuple[Numbers, Numbers]:
    """Return doc ids and the words of a bitmap, one of the two empty, for the core."""
    if isinstance(matching, Bitmap):
        return NO_DOC_IDS, matching.words
    return matching, NO_BITS
