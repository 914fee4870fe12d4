"""A long string of bytes, compressed in blocks, of which any part can be read by itself."""

import zlib
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from nutgraf_index.segment import Array, Segment, SegmentWriter, Spool, narrow

__all__ = ["Blocks", "Packed", "PackedWriter", "pack"]

_LEVEL = 6
_CACHED = 32  # blocks: what neighbouring passages need
_MOST_PACKED = 1 << 20  # bytes of one block
_MOST_READ = 1 << 28  # bytes read at once; more is nothing that was written


class Blocks(NamedTuple):
    """Records, packed: the blocks one after the other, the length of each packed and as it was.

    `records` has the length of each record.
    """

    data: bytes
    packed: Array
    raw: Array
    records: Array


def pack(records: list[bytes], size: int) -> Blocks:
    """Compress records in blocks of `size` bytes."""
    whole = memoryview(b"".join(records))
    raw = [whole[at : at + size] for at in range(0, len(whole), size)]
    packed = [_compressed(block) for block in raw]
    return Blocks(b"".join(packed), _lengths(packed), _lengths(raw), _lengths(records))


def _compressed(block: memoryview) -> bytes:
    """Return a block compressed: in one call, for another thread may hold Python after each."""
    return zlib.compress(block, _LEVEL)[2:-4]  # without what zlib puts around it


def _lengths(items: "Sequence[bytes | memoryview]") -> Array:
    return np.fromiter(map(len, items), np.int64, len(items))


class PackedWriter:
    """Compresses what is appended; `block` is how many bytes go into one block."""

    def __init__(self, block: int) -> None:
        self._size = block
        self._waiting: list[bytes] = []
        self._waits = 0
        self._data = Spool("<u1")
        self._packed = [np.zeros(1, np.int64)]  # how long each block is, packed
        self._raw = [np.zeros(1, np.int64)]  # and what it holds
        self._records = [np.zeros(1, np.int64)]

    def append(self, data: bytes) -> None:
        """Append bytes."""
        self._waiting.append(data)
        self._waits += len(data)
        if self._waits >= self._size:
            waiting = b"".join(self._waiting)
            whole = len(waiting) - len(waiting) % self._size
            self._add(pack([waiting[:whole]], self._size))
            self._waiting = [waiting[whole:]]
            self._waits -= whole

    def take(self, blocks: Blocks) -> None:
        """Append records that are packed."""
        self._flush()
        self._add(blocks)
        self._records.append(blocks.records)

    def copy(self, source: "Packed", start: int, stop: int) -> None:
        """Append the bytes `[start, stop)` of another; whole blocks are taken as they are."""
        first, last = source.whole_blocks(start, stop)
        if last > first:
            raw = source.raw.slice(first, last + 1).astype(np.int64)
            packed = source.ends.slice(first, last + 1).astype(np.int64)
            self.append(source.read(start, int(raw[0])))
            self._flush()
            self._data.append(source.data.slice(int(packed[0]), int(packed[-1])))
            self._raw.append(np.diff(raw))
            self._packed.append(np.diff(packed))
            start = int(raw[-1])
        self.append(source.read(start, stop))

    def _flush(self) -> None:
        if self._waits:
            self._add(pack(self._waiting, self._waits))
            self._waiting, self._waits = [], 0

    def _add(self, blocks: Blocks) -> None:
        self._data.append(np.frombuffer(blocks.data, "<u1"))
        self._packed.append(blocks.packed)
        self._raw.append(blocks.raw)

    def write(self, name: str, out: SegmentWriter) -> None:
        """Write the whole under a name."""
        self._flush()
        out.add(f"{name}.data", self._data)
        out.add(f"{name}.packed", narrow(np.cumsum(np.concatenate(self._packed))))
        out.add(f"{name}.raw", narrow(np.cumsum(np.concatenate(self._raw))))

    def record_ends(self) -> Array:
        """Return where each record that was taken begins, and the last ends."""
        return narrow(np.cumsum(np.concatenate(self._records)))


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
        if not 0 <= start <= stop <= starts[-1] or stop - start > _MOST_READ:
            raise self._segment.damage(f"a range {start} to {stop} of {self._name}")
        if start == stop:
            return b""
        first = int(starts.searchsorted(start, "right")) - 1
        begin, end = int(starts[first]), int(starts[first + 1])
        pieces = [self._block(first)]
        while end < stop:
            pieces.append(self._block(first + len(pieces)))
            end += len(pieces[-1])
        data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        return data[start - begin : stop - begin]

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

    def _block(self, number: int) -> bytes:
        block = self._cache.get(number)
        if block is None:
            packed = self.data.slice(self._ends[number], self._ends[number + 1])
            start, stop = int(self._starts[number]), int(self._starts[number + 1])
            unpacker = zlib.decompressobj(-15)
            try:
                block = unpacker.decompress(packed.data, stop - start + 1)
            except zlib.error as error:
                raise self._segment.damage(f"{self._name} cannot be unpacked: {error}") from error
            if len(block) != stop - start:
                raise self._segment.damage(f"{self._name} has a block of another length")
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[number] = block
        return block
