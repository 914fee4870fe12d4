"""Directories: the files of an index, in a folder on disk or in memory.

On disk, a file is synced when it is complete, and `publish` replaces a file by a complete file.
So after a crash, a name never refers to half a file.
"""

import contextlib
import errno
import gc
import io
import mmap
import os
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any, Protocol

__all__ = ["Directory", "DiskDirectory", "MemoryDirectory", "Unconfirmed", "home_of"]

# A map works without the handle of its file, which Python 3.13 lets it give up.
_WITHOUT_HANDLE: dict[str, Any] = (
    {"trackfd": False} if sys.version_info >= (3, 13) and os.name == "posix" else {}
)


def home_of(path: str | os.PathLike[str]) -> str:
    """Return the folder that contains the folder of an index, with links followed."""
    return os.path.dirname(os.path.realpath(path))


class Unconfirmed(OSError):
    """A file was replaced, but the system did not confirm that the change is on the disk."""


class Directory(Protocol):
    """Files by name. All methods raise `OSError` where the system refuses.

    `where` names the directory in messages. `home` is the folder that contains the directory, with
    links followed. It is None for a directory in memory, unless that stands for one on disk.
    """

    where: str

    @property
    def home(self) -> str | None:
        """The folder that contains the directory."""

    def names(self) -> list[str]:
        """Return the names of all files."""

    def read(self, name: str) -> Any:
        """Return the bytes of a file as a buffer, memory-mapped if the file is on disk."""

    def create(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """Open a new file for writing, in place of any file of that name; sync it at the end."""

    def publish(self, name: str, data: bytes) -> None:
        """Write a small file, atomically replacing any file of that name, and sync the change.

        Raises `Unconfirmed` if the file is replaced but the system did not confirm the sync.
        """

    def remove(self, name: str) -> None:
        """Remove a file if it exists and can be removed."""


class DiskDirectory:
    """A directory that is a folder on disk, `path`."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = self.where = os.fspath(path)

    @cached_property
    def home(self) -> str:
        """The folder that contains the directory, with links followed."""
        return home_of(self.path)

    def names(self) -> list[str]:
        """Return the names of all files."""
        return sorted(os.listdir(self.path))

    def read(self, name: str) -> Any:
        """Return the bytes of a file, memory-mapped unless the file is empty.

        Snapshots that nobody uses keep handles until their cycles of references are collected,
        which may be late in a process with many objects. So if there are too many open files, the
        cycles are collected.
        """
        try:
            return self._mapped(name)
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
        gc.collect()
        return self._mapped(name)

    def _mapped(self, name: str) -> Any:
        with open(self._full_path(name), "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ, **_WITHOUT_HANDLE)

    @contextlib.contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Open a new file for writing, in place of any file of that name; sync it at the end."""
        self.remove(name)  # a reader may have the old file mapped: never overwrite its bytes
        with open(self._full_path(name), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def publish(self, name: str, data: bytes) -> None:
        """Write a small file, atomically replacing any file of that name, and sync the change."""
        temporary = f"{name}.new"
        try:
            with self.create(temporary) as file:
                file.write(data)
            self._sync_names()  # the files that this file refers to must be on the disk first
            os.replace(self._full_path(temporary), self._full_path(name))
        except BaseException:
            self.remove(temporary)
            raise
        try:
            self._sync_names()
        except OSError as error:
            raise Unconfirmed(error.errno, error.strerror) from error

    def remove(self, name: str) -> None:
        """Remove a file if it exists and can be removed.

        Windows refuses while a reader has the file mapped; then a later writer removes it.
        """
        with contextlib.suppress(OSError):
            os.unlink(self._full_path(name))

    def _full_path(self, name: str) -> str:
        return os.path.join(self.path, name)

    def _sync_names(self) -> None:
        """Sync the folder's list of names; Windows does so by itself."""
        if os.name == "nt":
            return
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class MemoryDirectory:
    """A directory in memory, which lives as long as the object."""

    where = "memory"
    home = None

    def __init__(self, home: str | None = None) -> None:
        self.home = home
        self._files: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """Return the names of all files."""
        return sorted(self._files)

    def read(self, name: str) -> Any:
        """Return the bytes of a file."""
        try:
            return self._files[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    @contextlib.contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Open a new file for writing; it appears in the directory at the end."""
        file = io.BytesIO()
        yield file
        self._files[name] = file.getvalue()

    def publish(self, name: str, data: bytes) -> None:
        """Write a file, replacing any file of that name."""
        self._files[name] = data

    def remove(self, name: str) -> None:
        """Remove a file if it exists."""
        self._files.pop(name, None)
