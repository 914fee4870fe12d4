"""A large file that is read in chunks, so that it is never in memory as a whole.

The functions take such a file, or the bytes of another one.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from nutgraf_index.errors import ArticleError

__all__ = [
    "DIGEST_SIZE",
    "LARGE",
    "DamagedError",
    "LargeFile",
    "chunks_of",
    "digest_of_bytes",
    "opened",
    "pieces_of",
    "size_of",
]

LARGE = 1 << 26  # bytes from which a file is read in chunks, if its reader supports that
DIGEST_SIZE = 16  # bytes
_CHUNK = 1 << 20  # bytes


class DamagedError(ArticleError):
    """A file is damaged or cut off; what stands before may be sound."""


class LargeFile:
    """A file whose bytes can be read several times, in chunks.

    Raises `OSError`, and `DamagedError` after the chunks that stand before the damage.

    Attributes:
        location: the path of the file.
        digest: the digest of its bytes when they were last read with `hashed`; they are first read
            when the object is made.
    """

    def __init__(self, location: Path) -> None:
        self.location = location
        self.digest = ""
        for _ in self.chunks(hashed=True):
            pass

    def chunks(self, *, hashed: bool = False) -> Iterator[bytes]:
        """Yield the bytes of the file; if `hashed`, set their digest at the end."""
        import hashlib  # slow to import, and a search does not need it

        hasher = hashlib.blake2b(digest_size=DIGEST_SIZE)
        with open(self.location, "rb") as file:
            while chunk := file.read(_CHUNK):
                if hashed:
                    hasher.update(chunk)
                yield chunk
        if hashed:
            self.digest = hasher.hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return the digest of the bytes of a file, as that of a `LargeFile` of the same bytes."""
    import hashlib  # slow to import, and seldom needed by a sync of unchanged files

    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).hexdigest()


def size_of(data: bytes | LargeFile) -> int:
    """Return the number of the bytes of a file, packed if it is unpacked as it is read."""
    return len(data) if isinstance(data, bytes) else data.location.stat().st_size


def chunks_of(data: bytes | LargeFile) -> Iterator[bytes]:
    """Return the bytes of a file in chunks; those that are in memory are one chunk."""
    return iter([data]) if isinstance(data, bytes) else data.chunks()


def pieces_of(data: bytes | LargeFile) -> Iterator[bytes]:
    """Return the bytes of a file in chunks of bounded size."""
    if isinstance(data, bytes):
        return (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return data.chunks()


def opened(data: bytes | LargeFile) -> IO[bytes]:
    """Return a file to read from, which the caller is to close."""
    return io.BytesIO(data) if isinstance(data, bytes) else open(data.location, "rb")
