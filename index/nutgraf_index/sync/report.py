"""What a sync tells: how far it is, and in the end what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Progress", "Skip", "SyncReport"]

Progress = Callable[[int, int, str], None]


class Skip(NamedTuple):
    """Something that was not indexed: a file or folder, or one line of a file.

    `line` counts from 1 and is 0 where the whole file is meant.
    """

    path: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync found and did. Ids of articles in `added` to `removed`, each sorted.

    Of the `found` entries, `indexed` gave at least one article; each of the others is in
    `skipped` with its reason and no line.
    """

    found: int = 0
    indexed: int = 0
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[Skip, ...] = ()
