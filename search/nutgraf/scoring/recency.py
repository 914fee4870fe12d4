"""Recency: the decay of scores by the ages of articles.

A score is multiplied by 2^(-age / half-life). The age is the number of days from the date of the
article to today; a date in the future has the age 0. An article without a date has the age of the
oldest article of the index, so that it comes before no article that would otherwise be its equal.
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from nutgraf_index.arrays import Array
from nutgraf_index.core.buffers import Numbers

__all__ = ["Recency", "decayed", "top_k"]

# A product below this number may have lost bits, or be 0.
_TINY = 2.0**-1000


class Recency:
    """The decay of scores with a half-life in days.

    Args:
        first_day: the earliest day of an article of the index, as the number YYYYMMDD; 0 if no
            article has a date
        clock: returns today's date
    """

    def __init__(
        self, half_life: float, first_day: int, clock: Callable[[], date] = date.today
    ) -> None:
        self.half_life = half_life
        self._first_day = first_day
        self._today = clock().toordinal()

    def age(self, day: int) -> int:
        """Return the age in days of an article of a day, YYYYMMDD; 0 stands for no date."""
        day = day or self._first_day
        if not day:
            return 0
        year, month_and_day = divmod(day, 10_000)
        return max(0, self._today - date(year, *divmod(month_and_day, 100)).toordinal())

    def decay(self, day: int) -> float:
        """Return the factor of the scores of an article of a day, at most 1."""
        return float(2.0 ** (-self.age(day) / self.half_life))

    def decays(self, days: Numbers) -> tuple[Array, Array]:
        """Return for the day of each article the exponent of 2, at most 0, and the factor."""
        distinct, indexes = np.unique(np.asarray(days), return_inverse=True)
        exponents = np.array([-self.age(day) / self.half_life for day in distinct.tolist()])
        # Python's powers: those of NumPy may differ in their last bit between processors.
        factors = np.array([2.0**exponent for exponent in exponents.tolist()])
        return exponents[indexes], factors[indexes]


def decayed(scores: Array, exponents: Array, factors: Array) -> Array:
    """Return scores × factors, in the order of the exact products.

    A product that is too small for a number is replaced by its logarithm, which is negative. So
    such passages come after all others, and are still in the order of their products.
    """
    products = scores * factors
    tiny = products < _TINY
    if tiny.any():
        with np.errstate(divide="ignore"):  # the logarithm of 0 is -inf
            products[tiny] = np.log2(scores[tiny]) + exponents[tiny]
    return products


def top_k(doc_ids: Array, scores: Array, ranks: Array, k: int) -> Array:
    """Return the indexes of the `k` highest scores, the highest first; ties by rank, then doc id.

    Args:
        ranks: the rank of each document's article by id
    """
    kept = np.arange(len(scores))
    if k < len(scores):
        kept = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
    order = np.lexsort((doc_ids[kept], ranks[kept], -scores[kept]))
    return kept[order[:k]]
