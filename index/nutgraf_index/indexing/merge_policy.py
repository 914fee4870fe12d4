"""The merge policy: chooses the segments that a commit merges."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["MergePolicy", "SegmentSize"]


class SegmentSize(NamedTuple):
    """The numbers of live and of deleted passages in a segment.

    `whole` is whether the segment has no deleted article or file.
    """

    live: int
    deleted: int = 0
    whole: bool = True


class MergePolicy(NamedTuple):
    """Merges segments of similar size, and rewrites segments with many deletions.

    Segments are divided into size classes by their number of live passages. Segments of the
    first class have fewer than `small * width` passages; the limit of each next class is `width`
    times as large. When a class has `width` segments, they are merged. A segment is rewritten alone
    when more than the share `max_deleted` of its passages is deleted. So the number of segments,
    and how often a passage is rewritten, grow only with the logarithm of the number of passages.
    """

    small: int = 1000
    width: int = 4
    max_deleted: float = 0.5

    def next_merge(self, segments: Sequence[SegmentSize]) -> list[int]:
        """Return the indexes of the segments to merge next, or an empty list.

        The result is all segments of the smallest size class that has enough segments. If there is
        no such class, the result is the first segment with too many deletions.

        >>> MergePolicy().next_merge([SegmentSize(10), SegmentSize(9000), *[SegmentSize(20)] * 3])
        [0, 2, 3, 4]
        """
        classes: dict[int, list[int]] = {}
        for index, segment in enumerate(segments):
            classes.setdefault(self._size_class(segment.live), []).append(index)
        for _, indexes in sorted(classes.items()):
            if len(indexes) >= self.width:
                return indexes
        for index, (live, deleted, _) in enumerate(segments):
            if deleted > self.max_deleted * (live + deleted):
                return [index]
        return []

    def compaction(self, segments: Sequence[SegmentSize]) -> list[int]:
        """Return the indexes of all segments, to be merged into one segment.

        Returns an empty list if there is only one segment and it is whole.
        """
        done = len(segments) == 1 and segments[0].whole
        return [] if done else list(range(len(segments)))

    def _size_class(self, passages: int) -> int:
        """Return the size class, from 0, of a segment with a number of live passages."""
        size_class, limit = 0, self.small * self.width
        while passages >= limit:
            size_class, limit = size_class + 1, limit * self.width
        return size_class
