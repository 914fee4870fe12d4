"""Which segments a commit merges: enough of one size, and segments of which too much is deleted."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["MergePolicy", "SegmentSize"]


class SegmentSize(NamedTuple):
    """How many passages of a segment are live and deleted; `whole` if nothing in it is deleted."""

    live: int
    deleted: int = 0
    whole: bool = True


class MergePolicy(NamedTuple):
    """Merges segments of about the same size.

    Segments with fewer than `small` passages are of one size, larger ones are within a factor of
    `width`; `width` segments of one size are merged. A segment is rewritten if more than the share
    `waste` of its passages is deleted. So few segments are to be searched, and a passage is
    rewritten a few times at most, however many commits there are.
    """

    small: int = 1000
    width: int = 4
    waste: float = 0.5

    def next_merge(self, segments: Sequence[SegmentSize]) -> list[int]:
        """Return the numbers of the segments to merge next; none when that is all.

        All segments of the smallest size of which there are enough; else the first segment of
        which too much is deleted.

        >>> MergePolicy().next_merge([SegmentSize(10), SegmentSize(9000), *[SegmentSize(20)] * 3])
        [0, 2, 3, 4]
        """
        sizes: dict[int, list[int]] = {}
        for number, segment in enumerate(segments):
            sizes.setdefault(self._size(segment.live), []).append(number)
        for _, numbers in sorted(sizes.items()):
            if len(numbers) >= self.width:
                return numbers
        for number, (live, deleted, _) in enumerate(segments):
            if deleted > self.waste * (live + deleted):
                return [number]
        return []

    def compaction(self, segments: Sequence[SegmentSize]) -> list[int]:
        """Return the numbers of the segments that one segment without deletions replaces."""
        done = len(segments) == 1 and segments[0].whole
        return [] if done else list(range(len(segments)))

    def _size(self, passages: int) -> int:
        """Return how often `small` is multiplied by `width` to be at most a number of passages."""
        size, limit = 0, self.small * self.width
        while passages >= limit:
            size, limit = size + 1, limit * self.width
        return size
