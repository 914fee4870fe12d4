"""Compressed files: .gz, .bz2, .xz and .zst, unpacked in memory in pieces of bounded size."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.decoding.large_file import LARGE, LargeFile

__all__ = ["COMPRESSIONS", "compression_of", "decompressed", "unpack"]

_PIECE = 1 << 18  # bytes unpacked at once
_XZ_MEMORY = 1 << 28  # bytes: `xz -9` needs 65 MiB, a hostile file may ask for 4 GiB
_ZSTD_WINDOW = 1 << 27  # bytes: `zstd --long` needs this much
_ZSTD_INPUT = 1 << 8  # bytes given to zstd at once, which may expand 30,000 times
_SLICE = 1 << 16  # bytes given to other decompressors at once


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


def decompressed(chunks: Iterator[bytes], extension: str, budget: Budget) -> Iterator[bytes]:
    """Yield the bytes that a compressed file expands to, in pieces of bounded size.

    All its streams are read; what follows the last one and begins none is left out, as gzip does.
    Raises `ArticleError` for damaged or truncated data, and if it expands to too much.
    """
    compression = COMPRESSIONS[extension]
    try:
        for piece in _streams(chunks, compression):
            budget.spend(len(piece))
            yield piece
    except ArticleError:
        raise
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise ArticleError(f"damaged {compression.name} data: {error}") from None
    except Exception as error:
        if type(error).__name__ != "ZstdError":  # its module is imported only if it is needed
            raise
        raise ArticleError(f"damaged {compression.name} data: {error}") from None


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
    data: bytes | LargeFile, extension: str, budget: Budget, *, in_chunks: bool = False
) -> bytes | LargeFile:
    """Return the bytes that a compressed file expands to.

    If they are many and the reader takes them `in_chunks`, the result unpacks them each time that
    they are read, and so it does if the end of them is damaged: then the reader gives what stands
    before. Raises `ArticleError`; see `decompressed`.
    """
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in decompressed(_chunks(data), extension, budget):
            size += len(piece)
            budget.check(size, at_least=True)
            if in_chunks and size >= LARGE:
                return _UnpackedFile(data, extension, budget.max_bytes)
            pieces.append(piece)
    except ArticleError as error:
        if not (in_chunks and pieces and str(error).startswith("damaged ")):
            raise
        return _UnpackedFile(data, extension, budget.max_bytes)
    return b"".join(pieces)


def _chunks(data: bytes | LargeFile) -> Iterator[bytes]:
    return iter([data]) if isinstance(data, bytes) else data.chunks()


class _UnpackedFile(LargeFile):
    """A large compressed file, which is unpacked each time that it is read."""

    def __init__(self, data: bytes | LargeFile, extension: str, max_bytes: int) -> None:
        self.location = Path() if isinstance(data, bytes) else data.location
        self.digest = ""
        self._data = data
        self._extension = extension
        self._max_bytes = max_bytes

    def chunks(self, *, hashed: bool = False) -> Iterator[bytes]:
        """Yield the unpacked bytes; if `hashed`, the file itself is hashed again."""
        data = self._data
        packed = iter([data]) if isinstance(data, bytes) else data.chunks(hashed=hashed)
        length = len(data) if isinstance(data, bytes) else self.location.stat().st_size
        budget = Budget(length, self._max_bytes)
        size = 0
        for piece in decompressed(packed, self._extension, budget):
            size += len(piece)
            budget.check(size, at_least=True)
            yield piece
