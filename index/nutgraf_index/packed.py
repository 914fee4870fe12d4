"""A long string of bytes, compressed in blocks, of which any part can be read by itself."""

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from nutgraf_index.segment import Array, Segment, SegmentWriter, Spool, narrow

__all__ = ["Packed", "PackedWriter"]

_LEVEL = 4
_LEARNT_FROM = 1 << 20  # bytes that a dictionary is made from: less is not worth one
_PIECES, _PIECE = 32, 256  # of them make up the dictionary, evenly spread
_CACHED = 32  # blocks: what neighbouring passages need
_MOST_PACKED = 1 << 20  # bytes of one block
_MOST_READ = 1 << 28  # bytes read at once; more is nothing that was written


class PackedWriter:
    """Compresses what is appended; `block` is how many bytes go into one block.

    With `learning`, what comes first gives all blocks a dictionary, so that small blocks take no
    more than large ones. `fixed` blocks have no code tables of their own: sooner read, and smaller
    where a table would take more than it saves.
    """

    def __init__(self, block: int, *, learning: bool = False, fixed: bool = False) -> None:
        self.length = 0
        self.ends = [0]  # of what was appended, each time
        self._size = block
        self._waits_for = _LEARNT_FROM if learning else block
        self._strategy = zlib.Z_FIXED if fixed else zlib.Z_DEFAULT_STRATEGY
        self._waiting: list[bytes] = []
        self._waits = 0
        self._data = Spool("<u1")
        self._packed = [0]  # where each block begins, packed
        self._raw = [0]  # and what it holds
        self._dictionary = b""
        self._dictionaries: list[tuple[int, bytes]] = []  # with the first block each is for

    def append(self, data: bytes) -> None:
        """Append bytes."""
        self.length += len(data)
        self.ends.append(self.length)
        self._waiting.append(data)
        self._waits += len(data)
        if self._waits >= self._waits_for:
            waiting = b"".join(self._waiting)
            if self._waits_for > self._size:
                steps = range(0, len(waiting) - _PIECE, len(waiting) // _PIECES)
                self._use(b"".join(waiting[at : at + _PIECE] for at in steps))
                self._waits_for = self._size
            whole = len(waiting) - len(waiting) % self._size
            for at in range(0, whole, self._size):
                self._pack(waiting[at : at + self._size])
            self._waiting = [waiting[whole:]]
            self._waits -= whole

    def copy(self, source: "Packed", start: int, stop: int) -> None:
        """Append the bytes `[start, stop)` of another; whole blocks are taken as they are."""
        first, last = source.whole_blocks(start, stop)
        if last > first:
            self.append(source.read(start, int(source.raw.slice(first, first + 1)[0])))
            for begin, end, dictionary in source.alike(first, last):
                self._flush()
                self._use(dictionary)
                raw = source.raw.slice(begin, end + 1).astype(np.int64)
                packed = source.ends.slice(begin, end + 1).astype(np.int64)
                self._data.append(source.data.slice(int(packed[0]), int(packed[-1])))
                self._raw.extend((raw[1:] - raw[0] + self._raw[-1]).tolist())
                self._packed.extend((packed[1:] - packed[0] + self._packed[-1]).tolist())
                self.length += int(raw[-1] - raw[0])
                start = int(raw[-1])
        self.append(source.read(start, stop))

    def _use(self, dictionary: bytes) -> None:
        """Compress the blocks to come with a dictionary; an empty one is none."""
        if dictionary != self._dictionary:
            self._dictionary = dictionary
            self._dictionaries.append((len(self._raw) - 1, dictionary))

    def _flush(self) -> None:
        waiting = b"".join(self._waiting)
        for at in range(0, len(waiting), self._size):
            self._pack(waiting[at : at + self._size])
        self._waiting, self._waits = [], 0

    def _pack(self, block: bytes) -> None:
        packer = zlib.compressobj(
            _LEVEL, zlib.DEFLATED, -15, zlib.DEF_MEM_LEVEL, self._strategy, self._dictionary
        )
        packed = packer.compress(block) + packer.flush()
        self._data.append(np.frombuffer(packed, "<u1"))
        self._packed.append(self._packed[-1] + len(packed))
        self._raw.append(self._raw[-1] + len(block))

    def write(self, name: str, out: SegmentWriter) -> None:
        """Write the whole under a name."""
        self._flush()
        out.add(f"{name}.data", self._data)
        out.add(f"{name}.packed", narrow(np.array(self._packed)))
        out.add(f"{name}.raw", narrow(np.array(self._raw)))
        known = [dictionary for _, dictionary in self._dictionaries]
        out.add(f"{name}.known", np.frombuffer(b"".join(known), "<u1"))
        out.add(f"{name}.known_ends", np.cumsum([0, *map(len, known)]).astype("<u4"))
        out.add(f"{name}.known_from", np.array([at for at, _ in self._dictionaries], "<u4"))


class Packed:
    """Reads what a `PackedWriter` wrote. `raw` and `ends` tell where each block begins."""

    def __init__(self, segment: Segment, name: str) -> None:
        self._segment = segment
        self._name = name
        self.data = segment.column(f"{name}.data")
        self.ends = segment.column(f"{name}.packed")
        self.raw = segment.column(f"{name}.raw")
        if len(self.raw) != len(self.ends) or not len(self.raw):
            raise segment.damage(f"{name} has blocks that cannot be")
        self._cache: dict[int, bytes] = {}

    def whole_blocks(self, start: int, stop: int) -> tuple[int, int]:
        """Return the numbers, first and after the last, of the blocks within `[start, stop)`."""
        starts = self._starts
        first, last = int(starts.searchsorted(start)), int(starts.searchsorted(stop, "right")) - 1
        return first, max(first, last)

    def alike(self, first: int, last: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield runs of the blocks `[first, last)` that have a dictionary in common, and that."""
        while first < last:
            use = bisect_right(self._known_from, first)
            end = min([last, *self._known_from[use : use + 1]])
            yield first, end, self._dictionaries[use]
            first = end

    @cached_property
    def _known_from(self) -> list[int]:
        """The first block of each dictionary."""
        first: list[int] = self._segment.column(f"{self._name}.known_from").all().tolist()
        return first

    @cached_property
    def _dictionaries(self) -> list[bytes]:
        """None, for the blocks before the first, and all dictionaries."""
        ends = self._segment.column(f"{self._name}.known_ends").all().tolist()
        known = self._segment.column(f"{self._name}.known")
        if len(ends) != len(self._known_from) + 1:
            raise self._segment.damage(f"{self._name} has dictionaries that cannot be")
        return [b"", *(known.slice(*pair).tobytes() for pair in pairwise(ends))]

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes `[start, stop)`."""
        start, stop = int(start), int(stop)
        starts = self._starts
        if not 0 <= start <= stop <= self._length or stop - start > _MOST_READ:
            raise self._segment.damage(f"a range {start} to {stop} of {self._name}")
        if start == stop:
            return b""
        number = int(starts.searchsorted(start, "right")) - 1
        begin, end = starts.item(number), starts.item(number + 1)
        data = self._block(number, begin, end, stop)
        if stop <= end:
            return data[start - begin : stop - begin]
        pieces = [data[start - begin :]]
        while end < stop:
            number += 1
            begin, end = end, starts.item(number + 1)
            pieces.append(self._block(number, begin, end, stop)[: stop - begin])
        return b"".join(pieces)

    @cached_property
    def _length(self) -> int:
        return int(self._starts[-1])

    @cached_property
    def _starts(self) -> Array:
        starts = self.raw.all().astype(np.int64)
        sizes = np.diff(starts)
        # A block that is said to be huge would be made before it could be found wrong.
        if len(sizes) and (sizes.min() <= 0 or sizes.max() > _MOST_PACKED):
            raise self._segment.damage(f"{self._name} has blocks that cannot be")
        return starts

    @cached_property
    def _ends(self) -> Array:
        return self.ends.all()

    def _block(self, number: int, begin: int, end: int, stop: int) -> bytes:
        """Return a block, which is the bytes `[begin, end)`; at first only what is before `stop`.

        A block that is read again is unpacked whole: its neighbours are likely to be next.
        """
        before = self._cache.get(number)
        wanted = min(end, stop) - begin
        if before is not None and len(before) >= wanted:
            return before
        size = wanted if before is None else end - begin
        packed = self.data.slice(self._ends.item(number), self._ends.item(number + 1))
        # One byte more than the whole is asked for, to see that there is none.
        most = size if size < end - begin else size + 1
        try:
            dictionary = self._dictionaries[bisect_right(self._known_from, number)]
            block = zlib.decompressobj(-15, dictionary).decompress(packed.data, most)
        except zlib.error as error:
            raise self._segment.damage(f"{self._name} cannot be unpacked: {error}") from error
        if len(block) != size:
            raise self._segment.damage(f"{self._name} has a block of another length")
        if len(self._cache) >= _CACHED:
            self._cache.clear()
        self._cache[number] = block
        return block
