"""Paths to the roots of an index: which root a path belongs to, and its name within that root."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from nutgraf_index.errors import ArgumentError, SourceError
from nutgraf_index.model import Subtree
from nutgraf_index.names import printable, root_folder

__all__ = ["SyncTarget", "root_path", "subtrees", "sync_targets"]

Paths = Iterable[str | os.PathLike[str]]


class SyncTarget(NamedTuple):
    """A file or folder to sync: the ids of its articles are relative to `root`.

    `root_name` is relative to the folder that the index lies in if it can be, so that an index
    and its articles may be moved together.
    """

    root: Path
    path: Path
    root_name: str


def sync_targets(paths: Paths, known_roots: Iterable[str], home: str | None) -> list[SyncTarget]:
    """Return the paths to sync, each with its root, which is the same in a later sync.

    A folder that is a root of the index stays one. Any other path belongs to the widest root
    around it, of the index or of this call; the own root of a file is its folder. A path within
    another path is left out. Raises `SourceError` for a path that does not exist.
    """
    known = {root_path(root, home) for root in known_roots}
    own_roots = {path: path if path.is_dir() else path.parent for path in _resolve(paths)}
    folders = {path for path, own_root in own_roots.items() if path == own_root}
    roots = known | set(own_roots.values())
    targets = []
    for path, own_root in own_roots.items():
        if not folders.isdisjoint(path.parents):
            continue
        around = [root for root in roots if own_root.is_relative_to(root)]
        root = own_root if own_root in known else min(around, key=lambda root: len(root.parts))
        targets.append(SyncTarget(root, path, _root_name(root, home)))
    return targets


def subtrees(paths: Paths, known_roots: Iterable[str], home: str | None) -> list[Subtree]:
    """Return all of the index that came from some paths, under whichever roots.

    Raises `SourceError` for a path that does not exist.
    """
    roots = [(name, root_path(name, home)) for name in known_roots]
    parts = []
    for path in _resolve(paths):
        for name, root in roots:
            if root.is_relative_to(path):
                parts.append(Subtree(name, ""))
            elif path.is_relative_to(root):
                parts.append(Subtree(name, printable(path.relative_to(root).as_posix())))
    return parts


def root_path(root: str, home: str | None) -> Path:
    """Return the folder that the name of a root stands for."""
    return Path(root_folder(root, home))


def _root_name(root: Path, home: str | None) -> str:
    """Return the name of a root, from which `root_path` returns it."""
    if home is not None and root.is_relative_to(home):
        return root.relative_to(home).as_posix()
    return str(root)


def _resolve(paths: Paths) -> list[Path]:
    """Return existing paths in full, with links followed. Raises `SourceError` for another."""
    if isinstance(paths, str | os.PathLike):
        raise ArgumentError(f"paths must be a list of paths, not the single {paths!r}")
    resolved = []
    for path in paths:
        try:
            if not os.fspath(path):
                raise FileNotFoundError
            resolved.append(Path(path).resolve(strict=True))
        except (OSError, RuntimeError, ValueError) as error:
            # RuntimeError: a loop, before Python 3.13; ValueError: a NUL in the name
            why = "" if isinstance(error, FileNotFoundError) else f" ({error})"
            raise SourceError(
                f"there is no file or folder {os.fspath(path)!r} to index{why}; "
                "to forget articles of a path that is gone, remove them by their id"
            ) from None
    return resolved
