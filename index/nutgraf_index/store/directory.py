"""Where the files of an index lie: in a folder on disk, or in memory.

What is written is on the disk before a name leads to it: files are synced when they are finished,
and `publish` replaces a file by a new one that is complete.
"""

import contextlib
import io
import mmap
import os
from collections.abc import Iterator
from typing import IO, Any, Protocol

__all__ = ["Directory", "DiskDirectory", "MemoryDirectory", "Unconfirmed"]


class Unconfirmed(OSError):
    """A file was put in its place, and the system refused to say that this is on the disk."""


class Directory(Protocol):
    """Files by name. All methods raise `OSError` where the system refuses."""

    where: str

    def names(self) -> list[str]:
        """Return the names of all files."""

    def read(self, name: str) -> Any:
        """Return a file's bytes as a buffer, mapped if they are on disk."""

    def create(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """Open a file for writing, replacing one of the name, and sync it when done."""

    def publish(self, name: str, data: bytes) -> None:
        """Put a small file in place of one of the name, at once and for good.

        Raises `Unconfirmed` where it is in its place, but perhaps not for good.
        """

    def remove(self, name: str) -> None:
        """Remove a file if it is there and can be removed."""


class DiskDirectory:
    """A folder on disk."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = self.where = os.fspath(path)

    def names(self) -> list[str]:
        """Return the names of all files."""
        return sorted(os.listdir(self.path))

    def read(self, name: str) -> Any:
        """Return a file's bytes as a buffer, mapped if they are on disk."""
        with open(self._full(name), "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @contextlib.contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file for writing, replacing one of the name, and sync it when done."""
        self.remove(name)  # a reader may still have it mapped
        with open(self._full(name), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def publish(self, name: str, data: bytes) -> None:
        """Put a small file in place of one of the name, at once and for good."""
        beside = f"{name}.new"
        with self.create(beside) as file:
            file.write(data)
        self._sync()  # what the new file speaks of comes first
        os.replace(self._full(beside), self._full(name))
        try:
            self._sync()
        except OSError as error:
            raise Unconfirmed(error.errno, error.strerror) from error

    def remove(self, name: str) -> None:
        """Remove a file if it is there and can be removed.

        Windows refuses while a reader has it mapped. The next writer tries again.
        """
        with contextlib.suppress(OSError):
            os.unlink(self._full(name))

    def _full(self, name: str) -> str:
        return os.path.join(self.path, name)

    def _sync(self) -> None:
        """Sync the folder's own list of names; Windows does so by itself."""
        if os.name == "nt":
            return
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class MemoryDirectory:
    """A folder that lives as long as the object."""

    where = "memory"

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """Return the names of all files."""
        return sorted(self._files)

    def read(self, name: str) -> Any:
        """Return a file's bytes."""
        try:
            return self._files[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    @contextlib.contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file for writing, which is there when done."""
        file = io.BytesIO()
        yield file
        self._files[name] = file.getvalue()

    def publish(self, name: str, data: bytes) -> None:
        """Put a file in place of one of the name."""
        self._files[name] = data

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        self._files.pop(name, None)
