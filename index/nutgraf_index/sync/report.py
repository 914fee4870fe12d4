"""What is reported: how far a sync is, what it found and did, and what an index holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["Progress", "Skip", "Stats", "SyncReport"]

Progress = Callable[[int, int, str], None]  # bytes done, bytes in all, path of the file


class Skip(NamedTuple):
    """A file, a folder or one line of a file that was not indexed, and why.

    `line` counts from 1; it is 0 where the whole file or folder was skipped.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "photo.jpeg").write_bytes(b"")
    ...     (skip,) = Index.in_memory().sync([folder]).skipped
    >>> pathlib.Path(skip.path).name, skip.line
    ('photo.jpeg', 0)
    """

    path: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync found and did; `added` to `removed` are sorted ids of articles.

    Of the `found` files and folders, `indexed` gave at least one article; each other one is in
    `skipped` with its reason and no line.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "memo.txt").write_text("Otters are back.")
    ...     report = Index.in_memory().sync([folder])
    >>> report.found, report.indexed, report.added
    (1, 1, ('memo.txt',))
    """

    found: int = 0
    indexed: int = 0
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds. `roots` are the folders synced; `bytes` is its size on disk.

    `compiled` tells whether the core that reads it is compiled; see `nutgraf.compiled`.

    >>> from nutgraf import Index
    >>> stats = Index.in_memory().stats()
    >>> stats.location, stats.articles, stats.roots
    ('memory', 0, ())
    """

    location: str
    format: int
    files: int
    articles: int
    passages: int
    bytes: int
    roots: tuple[str, ...]
    compiled: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the same as JSON-ready values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"roots": list(self.roots)}
