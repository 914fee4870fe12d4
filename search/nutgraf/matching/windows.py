"""Windows: runs of neighbouring passages of an article, in each of which a query may be true."""

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, zeros

__all__ = ["Windows"]


class Windows:
    """All windows of `size` neighbouring passages in a segment.

    An article of fewer passages is one window. Windows are numbered from 0, and overlap.

    Args:
        firsts: the first doc id of each article, then the number of passages
        size: number of passages in a window, at least 1
    """

    def __init__(self, firsts: Numbers, size: int) -> None:
        self._passages = firsts[-1]
        starts, stops = zeros("I", self._passages), zeros("I", self._passages)
        count = core.bitmaps.windows(firsts, min(size, self._passages), starts, stops)
        self._starts, self._stops = starts[:count], stops[:count]

    def __len__(self) -> int:
        return len(self._starts)

    def having(self, doc_ids: Bitmap) -> Bitmap:
        """Return the windows that have at least one of the passages."""
        return doc_ids.touched(self._starts, self._stops)

    def passages(self, windows: Bitmap) -> Bitmap:
        """Return the passages that are in at least one of the windows."""
        return windows.spread(self._starts, self._stops, self._passages)
