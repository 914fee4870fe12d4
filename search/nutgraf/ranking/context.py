"""What the best passages have around them: one whose neighbours answer as well is the likelier."""

import numpy as np

from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.positions.phrase import DocIds
from nutgraf.scoring.bm25f import CONTEXT, CONTEXT_REACH, on_grid
from nutgraf_index.arrays import units_of
from nutgraf_index.fields import Level

__all__ = ["context_scores"]


def context_scores(searcher: SegmentSearcher, documents: DocIds) -> tuple[DocIds, Scores]:
    """Return the best match around each of some passages, and the score that it adds.

    These are passages of the same article. Of equal ones it is the first; where none matches
    nothing is added, and the passage is any.
    """
    reader = searcher.reader
    articles = units_of(reader.firsts(Level.ARTICLE), documents)
    firsts = np.asarray(reader.firsts(Level.ARTICLE))
    around = documents[:, None] + np.arange(-CONTEXT_REACH, CONTEXT_REACH + 1)
    others = around >= firsts.take(articles)[:, None]
    others &= around < firsts.take(articles + 1)[:, None]
    others[:, CONTEXT_REACH] = False
    near = around[others]
    matching = searcher.matches(near)
    others[others] = matching
    scores = np.zeros(around.shape)
    scores[others] = searcher.scores_at(near[matching])
    at = np.arange(len(documents)), scores.argmax(1)
    return around[at], on_grid(CONTEXT * scores[at])
