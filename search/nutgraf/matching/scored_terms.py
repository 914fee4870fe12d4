"""The terms that score in a segment, with their weights, as `core.scoring.Terms` takes them."""

from array import array
from functools import cached_property

from nutgraf.matching.documents import NO_DOCUMENTS
from nutgraf.matching.postings import SegmentPostings, SegmentTerm
from nutgraf.scoring.bm25f import CONTEXT, CONTEXT_REACH, GRID
from nutgraf_index import core
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, joined, room
from nutgraf_index.fields import Level

__all__ = ["ScoredTerms"]

_SCORED = 2  # the kind of documents whose scores are known; see `core.scoring.Terms`


class ScoredTerms:
    """The terms of a query with their weights, and documents whose scores are known.

    `text` are the first arguments of `core.scoring.Terms`: the stream of documents, the rows of
    its blocks, the lengths of the texts, and the model.
    """

    def __init__(self, text: tuple[Numbers, Numbers, Numbers, Numbers]) -> None:
        self._text = text
        self._rows = array("q")
        self._weights = array("d")
        self._spans: list[Numbers] = []
        self._values: list[Numbers] = []
        self._own: list[tuple[Numbers, Numbers]] = []
        self._ranges = 0
        self._known = 0

    def add(self, term: SegmentTerm, weight: float) -> None:
        """Add a term; one without weight, or that stands nowhere, gives nothing."""
        if not weight:
            return
        kind, start, count, first_block, blocks = term.row
        if term.own is not None:
            start = self._keep(*term.own)
        edges = [self._ranges]
        for spans, values in term.ranges:
            if len(values):
                self._spans.append(spans)
                self._values.append(values)
                self._ranges += len(values)
            edges.append(self._ranges)
        titles, headings, end = edges
        self._rows.extend(
            (kind, start, count, first_block, blocks, titles, headings, headings, end)
        )
        self._weights.append(weight)

    def add_scored(self, documents: Numbers, scores: Numbers) -> None:
        """Add documents whose scores are known, `scores` of 8 bytes each."""
        if len(documents):
            at = self._keep(documents, scores)
            self._rows.extend((_SCORED, at, len(documents), 0, 0, 0, 0, 0, 0))
            self._weights.append(max(scores))

    def _keep(self, documents: Numbers, values: Numbers) -> int:
        self._own.append((documents, values))
        self._known += len(documents)
        return self._known - len(documents)

    @cached_property
    def _terms(self) -> core.scoring.Terms:
        return core.scoring.Terms(
            *self._text,
            self._rows,
            self._weights,
            joined(self._spans, "I"),
            joined(self._values, "d"),
            joined([documents for documents, _ in self._own], "I"),
            joined([values for _, values in self._own], "d"),
        )

    def scores_at(self, documents: Numbers) -> Numbers:
        """Return the scores of some documents, which ascend: 8 bytes each."""
        scores = room("d", len(documents))
        core.scoring.score_docs(self._terms, documents, scores)
        return scores

    def best(
        self,
        matching: Numbers | Bitmap,
        twice: Bitmap | None,
        segment: SegmentPostings,
        first: int,
        threshold: float,
    ) -> tuple[list[int], list[float]]:
        """Return the best `first` of the documents that match, in order, with their scores.

        Those below `threshold` may be left out. `matching` has documents, which ascend, or bits.
        All that may have several terms are in `twice`, if that is known.
        """
        listed, bits = _either(matching)
        documents, scores = room("I", first), room("d", first)
        firsts, rank = segment.reader.firsts(Level.ARTICLE), segment.rank
        found = core.scoring.top_k(
            self._terms,
            listed,
            bits,
            NO_BITS if twice is None else twice.words,
            firsts,
            rank,
            threshold,
            GRID,
            documents,
            scores,
        )
        if found < first and threshold <= 0:
            seen = Bitmap(segment.reader.passages).words
            found += core.scoring.first_cited(
                listed, bits, firsts, segment.by_id, documents[:found], seen, documents[found:]
            )
        return documents[:found].tolist(), [*scores[:found]]

    def add_context(
        self,
        documents: Numbers,
        matching: "Numbers | Bitmap",
        firsts: Numbers,
        sums: Numbers,
    ) -> tuple[Numbers, Numbers]:
        """Add its context score to the score of each of some documents, which ascend.

        Return the best match around each document, and that match's score; 0 if none matches.
        """
        listed, bits = _either(matching)
        count = len(documents)
        most = 2 * CONTEXT_REACH * count + count
        others, scores = room("I", count), room("d", count)
        near, near_scores = room("I", most), room("d", most)
        core.scoring.add_context_scores(
            self._terms,
            documents,
            listed,
            bits,
            firsts,
            CONTEXT_REACH,
            near,
            near_scores,
            others,
            scores,
            CONTEXT,
            sums,
        )
        return others, scores


def _either(matching: Numbers | Bitmap) -> tuple[Numbers, Numbers]:
    if isinstance(matching, Bitmap):
        return NO_DOCUMENTS, matching.words
    return matching, NO_BITS
