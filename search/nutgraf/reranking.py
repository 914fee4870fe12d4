"""Reranks the best matches of a search by the scores that a function of the caller gives them.

The scores of the search and those of the function are made comparable by z-scores: the distance
from the mean, in standard deviations. Their blend is put on the scale of the scores of the search.
"""

import math
import reprlib
from collections.abc import Iterable, Sequence
from typing import Any

from nutgraf.ranking.explanation import Explanation
from nutgraf.ranking.ranked import Match
from nutgraf.results.hits import Hit
from nutgraf_index.errors import ArgumentError

__all__ = ["reranked", "scores_by"]


def scores_by(rerank: Any, query: str, hits: Sequence[Hit]) -> list[float]:
    """Return the score that a function gives each hit.

    The function is not called for fewer than two hits, whose order cannot change.

    Raises:
        ArgumentError: the function does not return a finite number for each hit
    """
    if len(hits) < 2:
        return [0.0] * len(hits)
    returned = rerank(query, hits)
    if not isinstance(returned, Iterable) or isinstance(returned, str | bytes):
        raise ArgumentError(
            f"rerank returned {reprlib.repr(returned)}: it must return a list of {len(hits)} "
            "numbers, one for each hit"
        )
    values = list(returned)
    if len(values) != len(hits):
        raise ArgumentError(
            f"rerank returned {len(values):,} scores for {len(hits)} hits: it must return one "
            "for each hit, in their order"
        )
    return [_number(value, hit) for value, hit in zip(values, hits, strict=True)]


def _number(value: Any, hit: Hit) -> float:
    """Return a score as a number, of NumPy or another library too."""
    try:
        number = math.nan if isinstance(value, str | bytes) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ArgumentError(
            f"rerank returned {reprlib.repr(value)} as the score of {hit.citation!r}: it must "
            "return a finite number for each hit"
        )
    return number


def reranked(matches: Sequence[Match], scores: Sequence[float], weight: float) -> list[Match]:
    """Return matches with blended scores, the highest first; ties keep their order.

    Args:
        scores: the score that the function of the caller gives each match
        weight: how much these count, from 0 to 1; the scores of the matches count the rest
    """
    own_z_scores, mean, deviation = _standardised([match.score for match in matches])
    z_scores, _, _ = _standardised(scores)
    deviation = deviation or 1.0
    blended = []
    for match, score, own_z, z in zip(matches, scores, own_z_scores, z_scores, strict=True):
        value = mean + deviation * ((1 - weight) * own_z + weight * z)
        explanation = match.explanation
        if explanation is not None:
            factors = (
                ("rerank_score", score),
                ("z_score", z),
                ("own_z_score", own_z),
                ("rerank_weight", weight),
                ("deviation", deviation),
            )
            part = Explanation("rerank", value - match.score, factors=factors)
            explanation = Explanation("score", value, (*explanation.parts, part))
        blended.append(match._replace(score=value, explanation=explanation))
    return sorted(blended, key=lambda match: -match.score)


def _standardised(values: Sequence[float]) -> tuple[list[float], float, float]:
    """Return the z-scores of values, their mean and their standard deviation.

    The z-scores and the deviation of equal values are 0, whatever the rounding of their mean.
    """
    if not values or min(values) == max(values):
        return [0.0] * len(values), (*values, 0.0)[0], 0.0
    unit = max(map(abs, values))  # so that no square is too large or too small for a number
    scaled = [value / unit for value in values]
    mean = math.fsum(scaled) / len(scaled)
    distances = [value - mean for value in scaled]
    deviation = math.sqrt(math.fsum(distance * distance for distance in distances) / len(scaled))
    return [distance / deviation for distance in distances], unit * mean, unit * deviation
