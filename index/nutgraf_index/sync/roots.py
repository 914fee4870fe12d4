"""Roots of an index: the folders that paths of articles are relative to, and their names."""

import os
import reprlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from nutgraf_index.errors import ArgumentError, NotIndexedError, SourceError
from nutgraf_index.model import Subtree
from nutgraf_index.names import archive_of, is_within, printable, root_folder
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["SyncTarget", "files_from", "root_path", "subtrees", "sync_targets"]

Paths = Iterable[str | os.PathLike[str]]


class SyncTarget(NamedTuple):
    """A file or folder to sync, `path`, and the root that the ids of its articles are relative to.

    `root_name` is the name of `root` that the index stores. It is relative to the parent of the
    index folder if the root is within that parent, so that an index and its articles can be moved
    together; else it is the full path.
    """

    root: Path
    path: Path
    root_name: str


def sync_targets(paths: Paths, known_roots: Iterable[str], home: str | None) -> list[SyncTarget]:
    """Return each path to sync with its root. A later sync of the path gives the same root.

    Roots are the roots of the index, every given folder, and the folder of every given file. A
    folder that is a root of the index stays its own root; any other path belongs to the outermost
    root that contains it. A path within another given folder is left out. `known_roots` are the
    names of the index's roots, and `home` is the folder that these names are relative to. Raises
    `SourceError` for a path that does not exist.
    """
    indexed_roots = {root_path(root, home) for root in known_roots}
    files = [
        path if os.path.lexists(path) else Path(archive_of(str(path))) for path in _resolve(paths)
    ]
    own_roots = {path: path if path.is_dir() else path.parent for path in files}
    folders = {path for path, own_root in own_roots.items() if path == own_root}
    roots = indexed_roots | set(own_roots.values())
    targets = []
    for path, root in own_roots.items():
        if not folders.isdisjoint(path.parents):
            continue
        if root not in indexed_roots:
            root = min(filter(root.is_relative_to, roots), key=lambda outer: len(outer.parts))
        targets.append(SyncTarget(root, path, _root_name(root, home)))
    return targets


def subtrees(paths: Paths, snapshot: Snapshot, *, gone: bool = False) -> list[Subtree]:
    """Return the subtrees of the snapshot's roots that were indexed from the given paths.

    A path outside all roots gives no subtree. Raises `SourceError` for a path that does not exist,
    unless paths may be `gone`.
    """
    roots = [
        (part.where, name, root_path(name, part.home))
        for part in snapshot.parts
        for name in part.roots()
    ]
    return _selected(_resolve(paths, gone=gone), roots)


def _selected(paths: Iterable[Path], roots: Sequence[tuple[str, str, Path]]) -> list[Subtree]:
    """Return the subtrees at paths or under them; `roots` has indexes, names and paths of roots."""
    selected = []
    for path in paths:
        for where, name, root in roots:
            if root.is_relative_to(path):
                selected.append(Subtree(where, name, ""))
            elif path.is_relative_to(root):
                relative = printable(path.relative_to(root).as_posix())
                selected.append(Subtree(where, name, relative))
    return selected


def files_from(paths: Paths, snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return the synced files at paths or under them, each as the name of its root and its path.

    The paths may be gone. Raises `NotIndexedError` for a path that nothing was indexed from.
    """
    if not paths:
        return []
    files = [(file.root, file.path) for file in snapshot.files()]
    roots = sorted({(root, root_path(root, snapshot.home)) for root, _ in files})
    known = [(snapshot.where, *root) for root in roots]  # also of files that have no article
    chosen: set[tuple[str, str]] = set()
    for path in paths:
        within = _selected(_resolve([path], gone=True), known)
        found = {file for file in files if any(_contains(subtree, file) for subtree in within)}
        if not found:
            names = sorted(str(folder) for _, folder in roots)
            raise NotIndexedError(
                f"nothing in {snapshot.where} was indexed from {os.fspath(path)!r}; the indexed "
                f"folders are: {', '.join(names) or 'none'}"
            )
        chosen |= found
    return sorted(chosen)


def _contains(subtree: Subtree, file: tuple[str, str]) -> bool:
    return subtree.root_name == file[0] and is_within(printable(file[1]), subtree.path)


def root_path(root: str, home: str | None) -> Path:
    """Return the folder that a root's name denotes; see `SyncTarget`."""
    return Path(root_folder(root, home))


def _root_name(root: Path, home: str | None) -> str:
    """Return the name of a root folder, the inverse of `root_path`."""
    if home is not None and root.is_relative_to(home):
        return root.relative_to(home).as_posix()
    return str(root)


def _resolve(paths: Paths, *, gone: bool = False) -> list[Path]:
    """Return full paths with links followed, also of members of archives.

    Raises `SourceError` for a missing path, unless paths may be `gone`, and `ArgumentError` for a
    value that is no path.
    """
    resolved = []
    for path in paths:
        if not isinstance(path, str | os.PathLike) or not isinstance(os.fspath(path), str):
            raise ArgumentError(f"a path must be a text or a Path, not {reprlib.repr(path)}")
        try:
            if not os.fspath(path):
                raise FileNotFoundError
            archive = archive_of(os.fspath(path))
            if archive and not os.path.lexists(path):
                member = os.fspath(path)[len(archive) :]
                resolved.append(Path(f"{Path(archive).resolve(strict=not gone)}{member}"))
            else:
                resolved.append(Path(path).resolve(strict=not gone))
        except (OSError, RuntimeError, ValueError) as error:
            # RuntimeError: a loop, before Python 3.13; ValueError: a NUL in the name
            why = "" if isinstance(error, FileNotFoundError) else f" ({error})"
            raise SourceError(
                f"there is no file or folder {os.fspath(path)!r} to index{why}; "
                "to forget the articles of a path that is gone, use `nutgraf remove --in PATH`"
            ) from None
    return resolved
