"""A long string of bytes, compressed in blocks, of which any part can be read by itself."""

import zlib
from functools import cached_property

import numpy as np

from nutgraf_index.segment import Array, Segment, SegmentWriter, Spool, narrow

__all__ = ["Packed", "PackedWriter"]

_LEVEL = 6
_CACHED = 32  # blocks: what neighbouring passages need
_MOST_PACKED = 1 << 20  # bytes of one block
_MOST_READ = 1 << 28  # bytes read at once; more is nothing that was written


class PackedWriter:
    """Compresses what is appended; `block` is how many bytes go into one block."""

    def __init__(self, block: int) -> None:
        self.length = 0
        self.ends = [0]  # of what was appended, each time
        self._size = block
        self._waiting: list[bytes] = []
        self._waits = 0
        self._data = Spool("<u1")
        self._packed = [0]  # where each block begins, packed
        self._raw = [0]  # and what it holds

    def append(self, data: bytes) -> None:
        """Append bytes."""
        self.length += len(data)
        self.ends.append(self.length)
        self._waiting.append(data)
        self._waits += len(data)
        if self._waits >= self._size:
            waiting = b"".join(self._waiting)
            whole = len(waiting) - len(waiting) % self._size
            for at in range(0, whole, self._size):
                self._pack(waiting[at : at + self._size])
            self._waiting = [waiting[whole:]]
            self._waits -= whole

    def copy(self, source: "Packed", start: int, stop: int) -> None:
        """Append the bytes `[start, stop)` of another; whole blocks are taken as they are."""
        first, last = source.whole_blocks(start, stop)
        if last > first:
            raw = source.raw.slice(first, last + 1).astype(np.int64)
            packed = source.ends.slice(first, last + 1).astype(np.int64)
            self.append(source.read(start, int(raw[0])))
            self._flush()
            self._data.append(source.data.slice(int(packed[0]), int(packed[-1])))
            self._raw.extend((raw[1:] - raw[0] + self._raw[-1]).tolist())
            self._packed.extend((packed[1:] - packed[0] + self._packed[-1]).tolist())
            self.length += int(raw[-1] - raw[0])
            start = int(raw[-1])
        self.append(source.read(start, stop))

    def _flush(self) -> None:
        if self._waits:
            self._pack(b"".join(self._waiting))
            self._waiting, self._waits = [], 0

    def _pack(self, block: bytes) -> None:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
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
            block = zlib.decompressobj(-15).decompress(packed.data, most)
        except zlib.error as error:
            raise self._segment.damage(f"{self._name} cannot be unpacked: {error}") from error
        if len(block) != size:
            raise self._segment.damage(f"{self._name} has a block of another length")
        if len(self._cache) >= _CACHED:
            self._cache.clear()
        self._cache[number] = block
        return block
