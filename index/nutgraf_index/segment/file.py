"""One immutable file of named arrays, with a checksum for every block.

    arrays, each at a multiple of 64 bytes · directory (JSON) · CRC-32 of each block · tail

Blocks of 4 KiB cover everything before the table of their checksums. The tail has the offsets of
directory and table, and the CRC-32 of the table and these offsets. All numbers are little-endian. A
block is checked when it is first read, before its data is used; so opening takes the same time for
any size.
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

from nutgraf_index.core.buffers import Numbers, widen
from nutgraf_index.errors import IndexDamaged

__all__ = ["CHECK_SHIFT", "Column", "SegmentFile", "SegmentWriter", "Spool", "Written"]

CHECK_SHIFT = 12
CHECK_BLOCK = 1 << CHECK_SHIFT  # bytes per checksum; small, since a block is read as a whole
_TAIL = struct.Struct("<QQI8s")  # offsets of directory and table, CRC-32 of table and offsets, mark
_MARK = b"nutgraf2"
_ALIGNED = 64
_KINDS: dict[str, Any] = {"<u1": "B", "<u2": "H", "<u4": "I", "<u8": "Q", "<i4": "i"}
_SIZES = {kind: int(kind[2:]) for kind in _KINDS}  # bytes per value
_PIECE = 1 << 20  # bytes copied at once
_MOST_BUFFERED = 1 << 24  # bytes of a spool that are kept in memory


class Spool:
    """An array that grows by appending; beyond 16 MiB it continues in a temporary file.

    Attributes:
        kind: the type of its values, such as "<u4".
        length: the number of its values.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.length = 0
        self._pieces: list[bytes] = []
        self._buffered = 0
        self._file: IO[bytes] | None = None
        self._lock = Lock()  # for the position of the file

    def append(self, values: Any) -> None:
        """Append a buffer of values; the size of a value must be that of the spool's kind."""
        self.length += len(values)
        piece = memoryview(values).tobytes()
        assert len(piece) == len(values) * _SIZES[self.kind], self.kind
        self._pieces.append(piece)
        self._buffered += len(piece)
        if self._buffered > _MOST_BUFFERED:
            if self._file is None:
                import tempfile  # slow to import, and reading does not need it

                self._file = tempfile.TemporaryFile()  # noqa: SIM115
            self._file.writelines(self._pieces)
            self._pieces, self._buffered = [], 0

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of the array in pieces. Threads may share it while no thread appends."""
        offset = 0
        while self._file is not None:
            with self._lock:
                self._file.seek(offset)
                piece = self._file.read(_PIECE)
                self._file.seek(0, os.SEEK_END)
            if not piece:
                break
            yield piece
            offset += len(piece)
        yield from self._pieces

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()


class Written(NamedTuple):
    """The identity of a segment file: its size in bytes, and the CRC-32 stored in its tail."""

    size: int
    check: int


class SegmentWriter:
    """Writes named arrays to a file opened for writing, and a checksum for every block."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._offset = 0
        self._crc = 0  # CRC-32 of the unfinished block
        self._table: list[int] = []

    def add(self, name: str, values: Any) -> None:
        """Write an array under a name: a buffer of numbers, or a spool."""
        self._write(b"\0" * (-self._offset % _ALIGNED))
        if isinstance(values, Spool):
            kind, length = values.kind, values.length
        else:
            numbers = memoryview(values)
            sign = "u" if numbers.format in "BHILQ" else "i"
            kind, length = f"<{sign}{numbers.itemsize}", len(numbers)
        assert kind in _KINDS, (name, kind)
        self._arrays[name] = (kind, self._offset, length)
        if isinstance(values, Spool):
            for piece in values.pieces():
                self._write(piece)
        else:
            self._write(numbers.cast("B") if numbers.c_contiguous else numbers.tobytes())

    def finish(self, facts: Mapping[str, int]) -> Written:
        """Write the directory with `facts`, checksums and tail; return the file's identity."""
        start = self._offset
        self._write(json.dumps({"facts": dict(facts), "arrays": self._arrays}).encode())
        end = self._offset
        if end % CHECK_BLOCK:
            self._table.append(self._crc)
        table = struct.pack(f"<{len(self._table)}I", *self._table)
        offsets = struct.pack("<QQ", start, end)
        check = zlib.crc32(offsets, zlib.crc32(table))
        tail = _TAIL.pack(start, end, check, _MARK)
        self._file.write(table + tail)
        return Written(end + len(table) + len(tail), check)

    def _write(self, data: "bytes | memoryview") -> None:
        data = memoryview(data)
        self._file.write(data)
        while data:
            piece = data[: CHECK_BLOCK - self._offset % CHECK_BLOCK]
            self._crc = zlib.crc32(piece, self._crc)
            self._offset += len(piece)
            data = data[len(piece) :]
            if self._offset % CHECK_BLOCK == 0:
                self._table.append(self._crc)
                self._crc = 0


class Column:
    """An array whose blocks are checked before use. `kind` is its type, such as "<u4"."""

    __slots__ = ("_checked", "_file", "_first", "_numbers", "_offset", "_shift", "_size", "kind")

    def __init__(self, file: "SegmentFile", kind: str, offset: int, length: int) -> None:
        self._file = file
        self._offset = offset
        self.kind = kind
        size = self._size = _SIZES[kind]
        self._numbers: Numbers = file.data[offset : offset + length * size].cast(_KINDS[kind])
        # Value `index` is in block `(index + _first) >> _shift`: no value is in two blocks.
        self._checked = file.checked
        self._first = offset // size
        self._shift = CHECK_SHIFT - size.bit_length() + 1

    def __len__(self) -> int:
        return len(self._numbers)

    def view(self, start: int = 0, stop: int | None = None) -> Numbers:
        """Return the values `[start, stop)`. Raises `IndexDamaged` if they are out of bounds."""
        stop = len(self._numbers) if stop is None else stop
        self.span(start, stop)
        return self._numbers[start:stop]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Check the values `[start, stop)`; return the range of their bytes in the file.

        Raises `IndexDamaged` if the range is out of bounds.
        """
        length = len(self._numbers)
        if not 0 <= start <= stop <= length:
            raise self._file.damage(f"an array of {length} values has no range {start} to {stop}")
        first, last = self._offset + start * self._size, self._offset + stop * self._size
        if self._checked.find(0, first >> CHECK_SHIFT, (last >> CHECK_SHIFT) + 1) >= 0:
            self._file.check(first, last)
        return first, last

    @property
    def layout(self) -> tuple[int, int, int]:
        """The array's offset in the file, the bytes per value, and the number of values."""
        return self._offset, self._size, len(self._numbers)

    def uints(self) -> Numbers:
        """Return all values as 4-byte numbers. Raises `IndexDamaged` if their type is wider."""
        if self.kind not in ("<u1", "<u2", "<u4"):
            raise self._file.damage(f"an array has the type {self.kind!r}")
        return widen(self.view())

    def run_at(self, offset: int) -> tuple[int, int, int]:
        """Return the number and the bounds of the run that contains an offset.

        The array has the n + 1 offsets of n consecutive runs. Only the bounds that are returned are
        checked: if they enclose the offset, it is in no other run. Raises `IndexDamaged` if no run
        contains the offset.
        """
        number = bisect_right(self._numbers, offset) - 1
        if 0 <= number < len(self._numbers) - 1:
            start, stop = self.item(number), self.item(number + 1)
            if start <= offset < stop:
                return number, start, stop
        self.view()  # raises if a damaged block misled the search
        raise self._file.damage(f"an array has no run that contains {offset}")

    @property
    def unchecked(self) -> Numbers:
        """The whole array; only the ranges that `view` or `span` was called for are checked."""
        return self._numbers

    def item(self, index: int) -> int:
        """Return the value at an index. Raises `IndexError` if the index is out of bounds."""
        value: int = self._numbers[index]
        if not self._checked[(index + self._first) >> self._shift]:
            start = self._offset + index * self._size
            self._file.check(start, start + self._size)
        return value


class SegmentFile:
    """A segment file for reading.

    The constructor and all methods raise `IndexDamaged` if the file is not as it was written.

    Args:
        data: all its bytes, mapped or in memory.
        where: the folder of the index, for messages.
        name: the file's name, for messages.

    Attributes:
        facts: numbers by name, such as the counts of documents.
        written: the file's identity.
        words: `data` as 32-bit words, without the bytes after the last whole one.
        checked: for each block 1 if it was checked, else 0.
    """

    def __init__(self, data: Any, where: str, name: str) -> None:
        self.data = memoryview(data)
        self.words: Numbers = self.data[: len(self.data) & ~3].cast("I")
        self.where = where
        self._name = name
        size = len(self.data)
        if size < _TAIL.size:
            raise self.damage(f"it has only {size} bytes")
        directory_start, end, crc, mark = _TAIL.unpack_from(self.data, size - _TAIL.size)
        blocks = -(-end // CHECK_BLOCK)
        if mark != _MARK or not directory_start <= end or end + 4 * blocks + _TAIL.size != size:
            raise self.damage("its last bytes are not the tail of a segment file")
        table = self.data[end : end + 4 * blocks]
        if zlib.crc32(struct.pack("<QQ", directory_start, end), zlib.crc32(table)) != crc:
            raise self.damage("the table of its checksums does not match its own checksum")
        self.written = Written(size, crc)
        self._table = table.cast("I")
        self._end = end
        self._checksummed = self.data[:end]
        self.checked = bytearray(blocks)
        self._columns: dict[str, Column] = {}  # of the arrays that were asked for
        self.check(directory_start, end)
        try:
            directory = json.loads(bytes(self.data[directory_start:end]))
            self._arrays = {name: self._layout(*rest) for name, rest in directory["arrays"].items()}
            self.facts: dict[str, int] = {name: int(n) for name, n in directory["facts"].items()}
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as error:
            raise self.damage(f"its directory cannot be read: {error}") from error

    def _layout(self, kind: str, offset: int, length: int) -> tuple[str, int, int]:
        """Return the arguments of a `Column`. Raises `ValueError` for impossible ones."""
        if kind not in _KINDS or not (isinstance(offset, int) and isinstance(length, int)):
            raise ValueError(f"an array has the type {kind!r}")
        if not (offset >= 0 and length >= 0 and offset + length * _SIZES[kind] <= self._end):
            raise ValueError("an array goes beyond the end of the file")
        if offset % _ALIGNED:
            raise ValueError(f"an array begins at {offset}")
        return kind, offset, length

    def column(self, name: str) -> Column:
        """Return the array with this name."""
        column = self._columns.get(name)
        if column is None:
            if name not in self._arrays:
                raise self.damage(f"it has no array {name!r}")
            column = self._columns[name] = Column(self, *self._arrays[name])
        return column

    def check(self, start: int, stop: int) -> None:
        """Check the blocks of the bytes `[start, stop)`, except blocks that were checked before."""
        self.check_blocks(range(start >> CHECK_SHIFT, -(-stop // CHECK_BLOCK)))

    def check_blocks(self, numbers: Iterable[int]) -> None:
        """Check the blocks of these numbers, except blocks that were checked before."""
        checked, data, table = self.checked, self._checksummed, self._table
        for block in numbers:
            if not checked[block]:
                start = block << CHECK_SHIFT
                if zlib.crc32(data[start : start + CHECK_BLOCK]) != table[block]:
                    raise self.damage(f"the block at byte {start} does not match its checksum")
                checked[block] = 1

    def check_all(self) -> None:
        """Check every block, also blocks that were checked before."""
        self.checked[:] = bytes(len(self.checked))
        self.check(0, self._end)

    def release(self) -> None:
        """Release the memory of a mapped file; its pages are read again on the next access."""
        mapped = self.data.obj
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)

    def damage(self, problem: str) -> IndexDamaged:
        """Return the error for a problem of this file."""
        return IndexDamaged.of(self.where, self._name, problem)
