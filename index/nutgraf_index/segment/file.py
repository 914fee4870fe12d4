"""One immutable file of named arrays, with a checksum for every block of it.

    arrays, each at a multiple of 64 bytes · directory (JSON) · CRC-32 of each block · tail

The blocks cover all before their table; the tail says where directory and table are, and holds
the table's own CRC-32. All numbers are little-endian. A block is checked when it is first read,
so that opening costs the same for any size; nothing read from the file is used unchecked.
"""

import json
import mmap
import os
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import IO, Any, NamedTuple

from nutgraf_index.core.buffers import Numbers, widened
from nutgraf_index.errors import IndexDamaged

__all__ = [
    "CHECK_SHIFT",
    "Column",
    "SegmentFile",
    "SegmentWriter",
    "Spool",
    "Written",
]


CHECK_SHIFT = 12
CHECK_BLOCK = (
    1 << CHECK_SHIFT
)  # bytes under one checksum: read as a whole, so small; each costs 4 bytes
_TAIL = struct.Struct("<QQI8s")  # directory, table, CRC-32 of the table and the two, mark
_MARK = b"nutgraf2"
_ALIGNED = 64
_KINDS: dict[str, Any] = {"<u1": "B", "<u2": "H", "<u4": "I", "<u8": "Q", "<i4": "i"}
_SIZES = {kind: int(kind[2:]) for kind in _KINDS}  # bytes of a number
_PIECE = 1 << 20  # bytes copied at once
_SPOOLED = 1 << 24  # bytes of an array in the making kept in memory


class Spool:
    """An array in the making: appended to piece by piece, in the memory of one piece."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.length = 0
        self._pieces: list[bytes] = []
        self._waits = 0
        self._file: IO[bytes] | None = None
        self._lock = Lock()  # of its position

    def append(self, values: Any) -> None:
        """Append a buffer of values of the spool's kind."""
        self.length += len(values)
        piece = memoryview(values).tobytes()
        assert len(piece) == len(values) * _SIZES[self.kind], self.kind
        self._pieces.append(piece)
        self._waits += len(piece)
        if self._waits > _SPOOLED:
            if self._file is None:
                import tempfile  # brings much that reading does not need

                self._file = tempfile.TemporaryFile()  # noqa: SIM115
            self._file.writelines(self._pieces)
            self._pieces, self._waits = [], 0

    def pieces(self) -> Iterator[bytes]:
        """Yield what was appended, in pieces. Several threads may read, if none appends."""
        at = 0
        while self._file is not None:
            with self._lock:
                self._file.seek(at)
                piece = self._file.read(_PIECE)
                self._file.seek(0, os.SEEK_END)
            if not piece:
                break
            yield piece
            at += len(piece)
        yield from self._pieces

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()


class Written(NamedTuple):
    """What tells a segment's file from any other: its size, and the checksum of its checksums."""

    size: int
    check: int


class SegmentWriter:
    """Writes a segment to a file opened for writing."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._at = 0
        self._block = 0  # CRC-32 of the block that is being filled
        self._table: list[int] = []

    def add(self, name: str, values: Any) -> None:
        """Write an array under a name: a buffer of numbers, or a spool."""
        self._write(b"\0" * (-self._at % _ALIGNED))
        if isinstance(values, Spool):
            kind, length = values.kind, values.length
        else:
            numbers = memoryview(values)
            sign = "u" if numbers.format in "BHILQ" else "i"
            kind, length = f"<{sign}{numbers.itemsize}", len(numbers)
        assert kind in _KINDS, (name, kind)
        self._arrays[name] = (kind, self._at, length)
        if isinstance(values, Spool):
            for piece in values.pieces():
                self._write(piece)
        else:
            self._write(numbers.cast("B") if numbers.c_contiguous else numbers.tobytes())

    def finish(self, facts: Mapping[str, int]) -> Written:
        """Write the directory, with numbers to be kept in it, and return what was written."""
        directory = self._at
        self._write(json.dumps({"facts": dict(facts), "arrays": self._arrays}).encode())
        at = self._at
        if at % CHECK_BLOCK:
            self._table.append(self._block)
        table = struct.pack(f"<{len(self._table)}I", *self._table)
        ends = struct.pack("<QQ", directory, at)
        check = zlib.crc32(ends, zlib.crc32(table))
        tail = _TAIL.pack(directory, at, check, _MARK)
        self._file.write(table + tail)
        return Written(at + len(table) + len(tail), check)

    def _write(self, data: "bytes | memoryview") -> None:
        data = memoryview(data)
        self._file.write(data)
        while data:
            piece = data[: CHECK_BLOCK - self._at % CHECK_BLOCK]
            self._block = zlib.crc32(piece, self._block)
            self._at += len(piece)
            data = data[len(piece) :]
            if self._at % CHECK_BLOCK == 0:
                self._table.append(self._block)
                self._block = 0


class Column:
    """An array in a segment. What is given of it is checked before."""

    __slots__ = ("_at", "_checked", "_file", "_first", "_numbers", "_shift", "_size", "kind")

    def __init__(self, file: "SegmentFile", kind: str, at: int, length: int) -> None:
        self._file = file
        self._at = at
        self.kind = kind
        size = self._size = _SIZES[kind]
        self._numbers: Numbers = file.data[at : at + length * size].cast(_KINDS[kind])
        # The block of a number is `(index + _first) >> _shift`, as no number is in two.
        self._checked = file.checked
        self._first = at // size
        self._shift = CHECK_SHIFT - size.bit_length() + 1

    def __len__(self) -> int:
        return len(self._numbers)

    def view(self, start: int = 0, stop: int | None = None) -> Numbers:
        """Return `[start, stop)`, or all. Raises `IndexDamaged` where these are no bounds of it."""
        stop = len(self._numbers) if stop is None else stop
        self.span(start, stop)
        return self._numbers[start:stop]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return between which bytes of the file `[start, stop)` is, which are checked.

        Raises `IndexDamaged` where these are no bounds of it.
        """
        length = len(self._numbers)
        if not 0 <= start <= stop <= length:
            raise self._file.damage(f"a range {start} to {stop} of {length} values")
        first, last = self._at + start * self._size, self._at + stop * self._size
        if self._checked.find(0, first >> CHECK_SHIFT, (last >> CHECK_SHIFT) + 1) >= 0:
            self._file.check(first, last)
        return first, last

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it is in the file, bytes of a number, and how many: for `Lookup`."""
        return self._at, self._size, len(self._numbers)

    def uints(self) -> Numbers:
        """Return all as numbers of 4 bytes. Raises `IndexDamaged` where these do not hold them."""
        if self.kind not in ("<u1", "<u2", "<u4"):
            raise self._file.damage(f"an array of {self.kind!r}")
        return widened(self.view())

    def run_at(self, offset: int) -> tuple[int, int, int]:
        """Return which of the runs that the array has the offsets of holds one, and its bounds.

        Raises `IndexDamaged` where none does. Only what is returned is checked: where that holds
        the offset, it cannot be another run.
        """
        number = bisect_right(self._numbers, offset) - 1
        if 0 <= number < len(self._numbers) - 1:
            start, stop = self.item(number), self.item(number + 1)
            if start <= offset < stop:
                return number, start, stop
        self.view()  # which may say what led astray
        raise self._file.damage(f"runs of which none holds {offset}")

    @property
    def unchecked(self) -> Numbers:
        """The whole array, of which only what `view` returned is checked."""
        return self._numbers

    def item(self, place: int) -> int:
        """Return one value. Raises `IndexError` beyond the last."""
        value: int = self._numbers[place]
        if not self._checked[(place + self._first) >> self._shift]:
            start = self._at + place * self._size
            self._file.check(start, start + self._size)
        return value


class SegmentFile:
    """A segment's file, read. `data` is all of it; `where` is the index's place, for messages.

    Raises `IndexDamaged`, as every reading of it does, where it is not what was written.
    """

    def __init__(self, data: Any, where: str, name: str) -> None:
        self.data = memoryview(data)
        self._where = where
        self._name = name
        size = len(self.data)
        if size < _TAIL.size:
            raise self.damage(f"it has {size} bytes")
        directory, end, crc, mark = _TAIL.unpack_from(self.data, size - _TAIL.size)
        blocks = -(-end // CHECK_BLOCK)
        if mark != _MARK or not directory <= end or end + 4 * blocks + _TAIL.size != size:
            raise self.damage("its end is not that of a segment")
        table = self.data[end : end + 4 * blocks]
        if zlib.crc32(struct.pack("<QQ", directory, end), zlib.crc32(table)) != crc:
            raise self.damage("its checksums do not hold")
        self.written = Written(size, crc)
        self._table = table.cast("I")
        self._end = end
        self._checksummed = self.data[:end]
        self.checked = bytearray(blocks)
        self.check(directory, end)
        try:
            known = json.loads(bytes(self.data[directory:end]))
            self._arrays = {name: self._column(*rest) for name, rest in known["arrays"].items()}
            self.facts: dict[str, int] = {name: int(n) for name, n in known["facts"].items()}
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as error:
            raise self.damage(f"its directory cannot be read: {error}") from error

    def _column(self, kind: str, at: int, length: int) -> Column:
        if kind not in _KINDS or not (isinstance(at, int) and isinstance(length, int)):
            raise ValueError(f"an array of {kind!r}")
        if not (at >= 0 and length >= 0 and at + length * _SIZES[kind] <= self._end):
            raise ValueError("an array beyond the end")
        if at % _ALIGNED:
            raise ValueError(f"an array at {at}")
        return Column(self, kind, at, length)

    def column(self, name: str) -> Column:
        """Return an array by its name."""
        if name not in self._arrays:
            raise self.damage(f"it has no array {name!r}")
        return self._arrays[name]

    def check(self, start: int, stop: int) -> None:
        """Check the blocks that hold the bytes `[start, stop)`, those not checked before."""
        self.check_blocks(range(start >> CHECK_SHIFT, -(-stop // CHECK_BLOCK)))

    def check_blocks(self, numbers: Iterable[int]) -> None:
        """Check some blocks, those not checked before."""
        checked = self.checked
        for block in numbers:
            if not checked[block]:
                at = block << CHECK_SHIFT
                if zlib.crc32(self._checksummed[at : at + CHECK_BLOCK]) != self._table[block]:
                    raise self.damage(f"the bytes from {at} are not those written")
                checked[block] = 1

    def check_all(self) -> None:
        """Check every block, anew."""
        self.checked[:] = bytes(len(self.checked))
        self.check(0, self._end)

    def let_go(self) -> None:
        """Let what was read leave memory where the file is mapped; it comes back when asked for."""
        mapped = self.data.obj
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)

    def damage(self, what: str) -> IndexDamaged:
        """Return the error for a fault found in the file."""
        return IndexDamaged.of(self._where, self._name, what)
