"""A large file that is read in chunks, so that it is never in memory as a whole."""

from collections.abc import Iterator
from pathlib import Path

from nutgraf_index.errors import ArticleError

__all__ = ["DIGEST_SIZE", "LARGE", "DamagedError", "LargeFile"]

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
