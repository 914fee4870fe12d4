"""What the best passages have around them: one whose neighbours answer as well is the likelier."""

import numpy as np

from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import Evaluator
from nutgraf.positions.phrase import Documents
from nutgraf.scoring.bm25f import AROUND
from nutgraf_index.fields import Level

__all__ = ["best_around"]


def best_around(evaluator: Evaluator, documents: Documents) -> tuple[Documents, Scores]:
    """Return the best match around each of some passages of a segment, and its score.

    These are passages of the same article. Of equal ones it is the first; where none matches the
    score is 0, and the passage is any.
    """
    view = evaluator.view
    articles = view.unit_of(Level.ARTICLE, documents)
    firsts = view.firsts(Level.ARTICLE)
    around = documents[:, None] + np.arange(-AROUND, AROUND + 1)
    others = around >= firsts.take(articles)[:, None]
    others &= around < firsts.take(articles + 1)[:, None]
    others[:, AROUND] = False
    others[others] = evaluator.matches(around[others])
    scores = np.zeros(around.shape)
    scores[others] = evaluator.scores_at(around[others])
    at = np.arange(len(documents)), scores.argmax(1)
    return around[at], scores[at]
