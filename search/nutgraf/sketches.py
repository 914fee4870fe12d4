"""The sketches of a segment's passages, in an order in which those that share a hash are found."""

import numpy as np
import numpy.typing as npt

from nutgraf.rows import Documents, Mask, distinct
from nutgraf_index.shingles import hashes_of
from nutgraf_index.view import View

__all__ = ["Numbers", "Sketches"]

Numbers = npt.NDArray[np.uint64]
_BITS = np.uint64(32)  # of a passage's number, below a hash of it
_ONE = np.uint64(1)


class Sketches:
    """Sketches, and which passages share a hash in them."""

    def __init__(self, view: View) -> None:
        self.all: Numbers = view.segment.column("passage.sketch").all().astype(np.uint64)
        numbers = np.arange(len(self.all), dtype=np.uint64)
        self._keys = (hashes_of(self.all) << _BITS | numbers).ravel()
        self._keys.sort()
        hashes = self._keys >> _BITS
        same = np.flatnonzero(hashes[1:] == hashes[:-1])
        self.shared: Mask = np.zeros(len(self.all), bool)  # with another of the segment
        self.shared[_passages(self._keys[same])] = True
        self.shared[_passages(self._keys[same + 1])] = True

    def known(self, sketched: Numbers) -> Mask:
        """Return which of some sketches share a hash with a passage here."""
        if not len(self._keys):
            return np.zeros(len(sketched), bool)
        hashes = hashes_of(sketched)
        at = self._keys.searchsorted(hashes << _BITS)
        found = self._keys.take(at, mode="clip") >> _BITS == hashes
        known: Mask = found[0] | found[1]
        return known

    def sharing(self, sketch: int) -> Documents:
        """Return the passages that share a hash with a sketch."""
        hashes = hashes_of(np.array([sketch], np.uint64))
        ranges = self._keys.searchsorted(np.hstack([hashes, hashes + _ONE]) << _BITS).tolist()
        found = _passages(np.concatenate([self._keys[start:stop] for start, stop in ranges]))
        found.sort()
        return distinct(found)


def _passages(keys: Numbers) -> Documents:
    """Return the passages of some keys."""
    return keys.astype(np.uint32).astype(np.int64)
