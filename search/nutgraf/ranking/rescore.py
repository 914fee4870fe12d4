"""The best passages scored by what is dearer to find out than the words they have.

That is whether the query's words stand together, what stands around the passage (one whose
neighbours answer as well is the likelier), and the words without weight. Nothing is taken from a
passage, so that the best stay before all others.
"""

from nutgraf.matching.scored_terms import ScoredTerms
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.proximity import Proximity
from nutgraf.ranking.ranked import Ranked, merged, ranked_of
from nutgraf.scoring.bm25f import CONTEXT, LIGHT, WINDOW, on_grid
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
        documents = uints([document for document, _ in own])
        added = near.scores(searcher.segment, documents)
        around = searcher.around(documents)[1]
        scores = [
            score + more + on_grid(CONTEXT * other)
            for (_, score), more, other in zip(own, added, around, strict=True)
        ]
        if light:
            given = _light(searcher, light).scores_at(documents)
            scores = [score + more for score, more in zip(scores, given, strict=True)]
        parts.append(ranked_of(searcher, documents.tolist(), scores))
    return [*merged(parts), *ranked[WINDOW:]]


def _light(searcher: SegmentSearcher, light: list[str]) -> ScoredTerms:
    """Return what words without weight give."""
    scored = ScoredTerms(searcher.segment.text)
    for term in light:
        scored.add(searcher.segment.term(term), LIGHT * searcher.postings.idf(term))
    return scored


def context_of(searcher: SegmentSearcher, document: int) -> tuple[int, float, float]:
    """Return the best match around a passage, its score, and what it adds; that may be 0."""
    others, scores = searcher.around(uints([document]))
    return others[0], scores[0], on_grid(CONTEXT * scores[0])
