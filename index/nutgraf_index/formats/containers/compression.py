"""Compressed files: .gz, .bz2, .xz and .zst, unpacked in memory in pieces of bounded size."""

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.decoding.large_file import (
    LARGE,
    DamagedError,
    LargeFile,
    chunks_of,
    size_of,
)
from nutgraf_index.names import counted

__all__ = ["COMPRESSIONS", "compression_of", "decompressed", "unpack"]

_PIECE = 1 << 18  # bytes unpacked at once
_XZ_MEMORY = 1 << 28  # bytes: `xz -9` needs 65 MiB, a hostile file may ask for 4 GiB
_ZSTD_WINDOW = 1 << 27  # bytes: `zstd --long` needs this much
_ZSTD_INPUT = 1 << 8  # bytes given to zstd at once, which may expand 30,000 times
_SLICE = 1 << 16  # bytes given to other decompressors at once
_HELD = 1 << 20  # bytes of a record that are held back until its checksum is known
_BETWEEN = b"\r\n\r\n"  # after a damaged record, so that the next one begins a line
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")


class _Compression(NamedTuple):
    """How files of an extension are unpacked.

    Attributes:
        name: the name in messages.
        new: makes the decompressor of one stream; a file may have several, one after the other.
        magic: the first bytes of a stream.
        bounded: whether `decompress` takes the greatest number of bytes to return.
    """

    name: str
    new: Callable[[], Any]
    magic: tuple[bytes, ...]
    bounded: bool = True


def _new_zstd() -> Any:
    from zstandard import ZstdDecompressor  # slow to import

    return ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


COMPRESSIONS = {
    ".gz": _Compression("gzip", lambda: zlib.decompressobj(31), (b"\x1f\x8b",)),
    ".bz2": _Compression("bzip2", bz2.BZ2Decompressor, (b"BZh",)),
    ".xz": _Compression("xz", lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY), (b"\xfd7zXZ\0",)),
    ".zst": _Compression(
        "zstd",
        _new_zstd,
        # A frame to skip has one of sixteen numbers.
        (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + n, 0x2A, 0x4D, 0x18]) for n in range(16))),
        bounded=False,
    ),
}
_SHORT_FORMS = {".tgz": ".gz", ".tbz": ".bz2", ".tbz2": ".bz2", ".txz": ".xz", ".tzst": ".zst"}
_LONGEST_MAGIC = 6  # bytes


def compression_of(path: str) -> tuple[str, str]:
    """Return the path of a compressed file without the extension of its compression, and that.

    The extension is one of `COMPRESSIONS`; it is empty for a file that is not compressed.
    """
    stem, _, ending = path.rpartition(".")
    extension = f".{ending}".lower()
    if extension in COMPRESSIONS and stem and not stem.endswith("/"):
        return stem, extension
    if extension in _SHORT_FORMS:
        return f"{stem}.tar", _SHORT_FORMS[extension]
    return path, ""


def decompressed(
    chunks: Iterator[bytes], extension: str, budget: Budget, *, in_records: bool = False
) -> Iterator[bytes]:
    """Yield the bytes that a compressed file expands to, in pieces of bounded size.

    All its streams are read; what follows the last one and begins none is left out, as gzip does.
    If each stream is a record (`in_records`), those after a damaged one are read as well.
    Raises `DamagedError` for damaged or truncated data, after the pieces that could be read, and
    `ArticleError` if it expands to too much.
    """
    compression = COMPRESSIONS[extension]
    try:
        streams = _records if in_records and extension == ".gz" else _streams
        for piece in streams(chunks, compression):
            budget.spend(len(piece))
            yield piece
    except ArticleError:
        raise
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise DamagedError(f"damaged {compression.name} data: {error}") from None
    except Exception as error:
        if type(error).__name__ != "ZstdError":  # its module is imported only if it is needed
            raise
        raise DamagedError(f"damaged {compression.name} data: {error}") from None


def _records(chunks: Iterator[bytes], compression: _Compression) -> Iterator[bytes]:
    """Yield the pieces of the streams of gzip that are sound, and of a last one that is damaged.

    A stream is held back until its checksum is right, up to a size that few records have.
    """
    raw = b""  # what is not read yet, and of a stream that is being read, a little of what was
    held: list[bytes] = []
    stream: Any = None
    damaged = 0
    is_first = True
    is_lost = False  # whether a damaged stream goes on, up to the next one
    for part in _slices(chunks, _SLICE):
        raw += part
        position = 0
        while True:
            if stream is None:
                start = _next_stream(raw, position)
                is_header = raw.startswith(compression.magic, position)
                if is_first and not is_header and len(raw) >= _LONGEST_MAGIC:
                    raise ArticleError(f"no {compression.name} data, as its name says")
                if not is_lost and start != position and (is_header or start > 0):
                    damaged, is_lost = damaged + 1, True  # its header
                is_first = is_first and not is_header
                if start < 0:
                    raw = raw[max(position, len(raw) - _LONGEST_MAGIC) :]
                    break
                stream, position, is_lost = compression.new(), start, False
                searched = start + 1  # where the next stream may begin, if this one is damaged
                given = raw[start:]
            else:
                searched, given = 0, part
            try:
                while given:
                    held.append(stream.decompress(given, _PIECE))
                    if stream.eof:
                        break
                    given = stream.unconsumed_tail
                    if sum(map(len, held)) > _HELD:
                        yield from held
                        held.clear()
            except zlib.error:
                damaged, is_lost = damaged + 1, True
                held = [_BETWEEN]
                stream, position = None, searched
                continue
            if not stream.eof:
                raw = raw[-_SLICE:]
                break
            yield from held
            held.clear()
            position = len(raw) - len(stream.unused_data)
            stream = None
    if is_first:
        raise ArticleError(f"no {compression.name} data, as its name says" if raw else "empty")
    yield from held
    if damaged:
        parts = counted(damaged, "part")
        raise EOFError(f"{parts} of it cannot be read" + ", and its end is missing" * bool(stream))
    if stream is not None:
        raise EOFError("its end is missing")


def _next_stream(raw: bytes, position: int) -> int:
    """Return the offset at which a stream of gzip begins; -1 for none."""
    match = _GZIP.search(raw, position)
    return match.start() if match else -1


def _streams(chunks: Iterator[bytes], compression: _Compression) -> Iterator[bytes]:
    """Yield the pieces of all streams."""
    stream: Any = None
    is_first = True
    size = _SLICE if compression.bounded else _ZSTD_INPUT
    rest = b""
    for part in _slices(chunks, size):
        rest += part
        while rest:
            if stream is None:
                if len(rest) < _LONGEST_MAGIC:
                    break  # the rest of its beginning may follow
                if not rest.startswith(compression.magic):
                    if is_first:
                        raise ArticleError(f"no {compression.name} data, as its name says")
                    return
                stream, is_first = compression.new(), False
            given, rest = rest, b""
            while True:
                piece = (
                    stream.decompress(given, _PIECE)
                    if compression.bounded
                    else stream.decompress(given)
                )
                if piece:
                    yield piece
                if stream.eof:
                    rest = stream.unused_data
                    stream = None
                    break
                # zlib returns what it has not read; the others keep it.
                given = getattr(stream, "unconsumed_tail", b"")
                if not given and getattr(stream, "needs_input", len(piece) < _PIECE):
                    break
    if stream is not None:
        raise EOFError("its end is missing")
    if is_first:
        raise ArticleError(f"no {compression.name} data, as its name says" if rest else "empty")


def _slices(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), size):
            yield chunk[start : start + size]


def unpack(
    data: bytes | LargeFile,
    extension: str,
    budget: Budget,
    *,
    in_chunks: bool = False,
    in_records: bool = False,
) -> bytes | LargeFile:
    """Return the bytes that a compressed file expands to.

    If they are many and the reader takes them `in_chunks`, the result unpacks them each time that
    they are read, and so it does if the end of them is damaged: then the reader gives what stands
    before. If it is read `in_records`, the limit is that of a record, and not of the file. Raises
    `ArticleError`; see `decompressed`.
    """
    limit = None if in_records else budget.max_bytes
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in decompressed(chunks_of(data), extension, budget, in_records=in_records):
            size += len(piece)
            if limit is not None:
                budget.check(size, at_least=True)
            if in_chunks and size >= LARGE:
                return _UnpackedFile(data, extension, limit)
            pieces.append(piece)
    except DamagedError:
        if not (in_chunks and pieces):
            raise
        return _UnpackedFile(data, extension, limit)
    return b"".join(pieces)


class _UnpackedFile(LargeFile):
    """A large compressed file, which is unpacked each time that it is read."""

    def __init__(self, data: bytes | LargeFile, extension: str, max_bytes: int | None) -> None:
        """`max_bytes` is the limit of the unpacked file; None for one that is read in records."""
        self.location = Path() if isinstance(data, bytes) else data.location
        self.digest = ""
        self._data = data
        self._extension = extension
        self._max_bytes = max_bytes

    def chunks(self, *, hashed: bool = False) -> Iterator[bytes]:
        """Yield the unpacked bytes; if `hashed`, the file itself is hashed again."""
        data = self._data
        packed = iter([data]) if isinstance(data, bytes) else data.chunks(hashed=hashed)
        in_records = self._max_bytes is None
        budget = Budget(size_of(data), self._max_bytes or 0)
        size = 0
        for piece in decompressed(packed, self._extension, budget, in_records=in_records):
            size += len(piece)
            if not in_records:
                budget.check(size, at_least=True)
            yield piece
