"""The stretches of neighbouring passages, in one segment, that answer a query together."""

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, room

__all__ = ["Windows"]


class Windows:
    """The stretches of `size` neighbouring passages, or of all passages of a shorter article.

    `firsts` are the first passages of the articles, and the number of passages.
    """

    def __init__(self, firsts: Numbers, size: int) -> None:
        self._passages = firsts[-1]
        starts, stops = room("I", self._passages), room("I", self._passages)
        found = core.bitmaps.windows(firsts, min(size, self._passages), starts, stops)
        self._starts, self._stops = starts[:found], stops[:found]

    def __len__(self) -> int:
        return len(self._starts)

    def having(self, documents: Bitmap) -> Bitmap:
        """Return the units that have any of some passages."""
        return documents.touched(self._starts, self._stops)

    def passages(self, units: Bitmap) -> Bitmap:
        """Return the passages that are in any of some units."""
        return units.spread(self._starts, self._stops, self._passages)
