"""What a sync reports: its progress, and in the end what it found and did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Progress", "Skip", "SyncReport"]

Progress = Callable[[int, int, str], None]  # bytes done, bytes in all, path of the file


class Skip(NamedTuple):
    """A file, a folder or one line of a file that was not indexed, and why.

    `line` counts from 1; it is 0 where the whole file or folder was skipped.
    """

    path: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync found and did; `added` to `removed` are sorted ids of articles.

    Of the `found` files and folders, `indexed` gave at least one article; each other one is in
    `skipped` with its reason and no line.
    """

    found: int = 0
    indexed: int = 0
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[Skip, ...] = ()
