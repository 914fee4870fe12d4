"""The best passages scored by what is dearer to find out than the words they have.

That is whether the query's words stand together, what stands around the passage, and the words
without weight. Nothing is taken from a passage, so that the best stay before all others.
"""

import numpy as np

from nutgraf.matching.scorer import sum_scores
from nutgraf.ranking.context import context_scores
from nutgraf.ranking.proximity import proximity
from nutgraf.ranking.ranked import Ranked, merged, ranked_of
from nutgraf.scoring.bm25f import LIGHT, WINDOW

__all__ = ["rescore"]


def rescore(ranked: list[Ranked]) -> list[Ranked]:
    """Return ranked passages with the first `WINDOW` of them rescored, in their new order."""
    if not ranked:
        return ranked
    row, light = ranked[0][1].query_weights.row()
    best = ranked[:WINDOW]
    parts = []
    for searcher in dict.fromkeys(searcher for _, searcher, _ in best):
        own = sorted((document, score) for score, one, document in best if one is searcher)
        documents = np.array([document for document, _ in own], np.int64)
        scores = np.array([score for _, score in own])
        scores += proximity(searcher.segment, row, documents)
        scores += context_scores(searcher, documents)[1]
        if light:
            scores += sum_scores([searcher.segment.term(term, LIGHT) for term in light], documents)
        parts.append(ranked_of(searcher, documents, scores, WINDOW))
    return [*merged(parts), *ranked[WINDOW:]]
