"""Where paths stand in an index: under which root, and with which name there."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from nutgraf_index.errors import ArgumentError, SourceError
from nutgraf_index.names import printable
from nutgraf_index.sync.files import name_within

__all__ = ["Subtree", "SyncTarget", "locate", "root_path", "subtrees"]

Paths = Iterable[str | os.PathLike[str]]


class SyncTarget(NamedTuple):
    """A file or folder to sync: ids of what is in `target` are relative to `root`.

    `root_name` is relative to where the index lies if it can be, so that an index and its
    articles may be moved together.
    """

    root: Path
    target: Path
    root_name: str


class Subtree(NamedTuple):
    """A part of what is indexed: the file or folder `path` of a root, all of it where empty."""

    root_name: str
    path: str


def locate(paths: Paths, known_roots: Iterable[str], home: Path | None) -> list[SyncTarget]:
    """Find the root of each path to sync, so that a second sync finds the same.

    A folder that is a root of the index stays one. Other paths belong to the widest root around
    them, of the index or of this call; a file's own root is its folder. A path within another is
    left out. Raises `SourceError` for one that is not there.
    """
    targets = list(dict.fromkeys(_resolve(paths)))
    known = {root_path(root, home) for root in known_roots}
    owns = {target: target if target.is_dir() else target.parent for target in targets}
    folders = {target for target in targets if target == owns[target]}
    sources = []
    for target, own in owns.items():
        if not folders.isdisjoint(target.parents):
            continue
        around = [root for root in known | set(owns.values()) if own.is_relative_to(root)]
        root = own if own in known else min(around, key=lambda root: len(root.parts))
        sources.append(SyncTarget(root, target, _root_name(root, home)))
    return sources


def subtrees(paths: Paths, known_roots: Iterable[str], home: Path | None) -> list[Subtree]:
    """Find all that is indexed of some paths, whichever roots it came by.

    Raises `SourceError` for a path that is not there.
    """
    found = []
    roots = [(name, root_path(name, home)) for name in known_roots]
    for target in _resolve(paths):
        for name, root in roots:
            if root.is_relative_to(target):
                found.append(Subtree(name, ""))
            elif target.is_relative_to(root):
                found.append(Subtree(name, printable(name_within(root, target))))
    return found


def root_path(root: str, home: Path | None) -> Path:
    """Return the folder a root's name stands for."""
    return Path(os.path.normpath((home or Path()) / root))


def _root_name(root: Path, home: Path | None) -> str:
    if home is not None and root.is_relative_to(home):
        return root.relative_to(home).as_posix()
    return str(root)


def _resolve(paths: Paths) -> list[Path]:
    if isinstance(paths, str | os.PathLike):
        raise ArgumentError(f"paths must be a list of paths, not the single {paths!r}")
    targets = []
    for path in paths:
        try:
            if not os.fspath(path):
                raise FileNotFoundError
            targets.append(Path(path).resolve(strict=True))
        except (OSError, RuntimeError, ValueError) as error:
            # RuntimeError: a loop, before Python 3.13; ValueError: a NUL in the name
            why = "" if isinstance(error, FileNotFoundError) else f" ({error})"
            raise SourceError(
                f"there is no file or folder {os.fspath(path)!r} to index{why}; "
                "to forget articles of a path that is gone, remove them by their id"
            ) from None
    return targets
