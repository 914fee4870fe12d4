"""A large file as its reader gets it: in chunks, so that it never is in memory as a whole."""

from collections.abc import Iterator
from pathlib import Path

__all__ = ["DIGEST_SIZE", "LARGE", "LargeFile"]

LARGE = 1 << 26  # bytes from which a file is read in chunks, if its format can be
DIGEST_SIZE = 16  # bytes
_CHUNK = 1 << 20  # bytes


class LargeFile:
    """A file that is read from its beginning each time it is asked for.

    `digest` is that of all its bytes as they were last read; it is read once when this is made.
    Raises `OSError`, as `chunks` does.
    """

    def __init__(self, location: Path) -> None:
        self.location = location
        self.digest = ""
        for _ in self.chunks(hashed=True):
            pass

    def chunks(self, *, hashed: bool = False) -> Iterator[bytes]:
        """Yield the bytes of the file; if `hashed`, their digest is known at the end."""
        import hashlib  # slow to import, and a search does not need it

        hasher = hashlib.blake2b(digest_size=DIGEST_SIZE)
        with open(self.location, "rb") as file:
            while chunk := file.read(_CHUNK):
                if hashed:
                    hasher.update(chunk)
                yield chunk
        if hashed:
            self.digest = hasher.hexdigest()
