"""How often a frequent word stands in every unit, and how many occurrences are before any."""

from functools import cached_property

import numpy as np

from nutgraf_index.arrays import Array

__all__ = ["STEP", "FrequencySums"]

STEP = 8  # frequencies that are added up at once, each a byte
_EARLIER = np.array([(1 << 8 * at) - 1 for at in range(STEP)], np.uint64)  # those before each
_BYTE, _HIGHEST = np.uint64(8), np.uint64(48)  # bits
_EVEN, _ONES = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0001000100010001)


class FrequencySums:
    """Frequencies, a multiple of `STEP` of them, and how many occurrences are before any."""

    def __init__(self, frequencies: Array) -> None:
        self.values = frequencies

    @cached_property
    def _all_sums(self) -> Array:
        """How many occurrences there are before each."""
        return self.values.cumsum(dtype=np.int64) - self.values

    @cached_property
    def _sums(self) -> Array:
        """How many occurrences there are before each `STEP` of them, where each is a byte."""
        sums = np.zeros(len(self.values) // STEP + 1, np.int64)
        np.cumsum(_bytes_of(self.values.view("<u8")), out=sums[1:])
        return sums

    def before(self, places: Array) -> Array:
        """Return how many occurrences there are before the ones at some places."""
        if self.values.dtype.itemsize > 1:  # a word stands more than 255 times in a passage
            return self._all_sums.take(places)
        steps = places // STEP
        earlier = self.values.view("<u8").take(steps) & _EARLIER.take(places % STEP)
        return self._sums.take(steps) + _bytes_of(earlier)


def _bytes_of(words: Array) -> Array:
    """Return the sum of the bytes of each number of 64 bits."""
    # In pairs, then all of them by a product, whose highest part is the sum.
    pairs = (words & _EVEN) + (words >> _BYTE & _EVEN)
    return (pairs * _ONES >> _HIGHEST).astype(np.int64)
