"""The best passages scored by what is dearer to find out than the words they have.

That is whether the query's words stand together, what stands around the passage (one whose
neighbours answer as well is the likelier), and the words without weight. Nothing is taken from a
passage, so that the best stay before all others.
"""

from array import array
from operator import add

from nutgraf.matching.scored_terms import ScoredTerms
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.proximity import Proximity
from nutgraf.ranking.ranked import Ranked, merged, ranked_of
from nutgraf.scoring.bm25f import LIGHT, WINDOW
from nutgraf_index.core.buffers import uints

__all__ = ["context_of", "rescore"]


def rescore(ranked: list[Ranked]) -> list[Ranked]:
    """Return ranked passages with the first `WINDOW` of them rescored, in their new order."""
    if not ranked:
        return ranked
    row, light = ranked[0][1].query_weights.row()
    near = Proximity(row)
    best = ranked[:WINDOW]
    parts = []
    for searcher in dict.fromkeys(searcher for _, searcher, _ in best):
        own = sorted((document, score) for score, one, document in best if one is searcher)
        passages, before = zip(*own, strict=True)
        documents, scores = uints(passages), memoryview(array("d", before))
        near.add(searcher.segment, documents, scores)
        searcher.add_context(documents, scores)
        sums = scores.tolist()
        if light:
            sums = [*map(add, sums, _light(searcher, light).scores_at(documents))]
        parts.append(ranked_of(searcher, passages, sums))
    return [*merged(parts), *ranked[WINDOW:]]


def _light(searcher: SegmentSearcher, light: list[str]) -> ScoredTerms:
    """Return what words without weight give."""
    scored = ScoredTerms(searcher.segment.text)
    for term in light:
        scored.add(searcher.segment.term(term), LIGHT * searcher.postings.idf(term))
    return scored


def context_of(searcher: SegmentSearcher, document: int) -> tuple[int, float, float]:
    """Return the best match around a passage, its score, and what it adds; that may be 0."""
    added = memoryview(array("d", [0.0]))
    others, scores = searcher.add_context(uints([document]), added)
    return others[0], scores[0], added[0]
