"""Which files of a folder hold articles, in a fixed order, and why the others are left out."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.registry import format_of

__all__ = ["MAX_BYTES", "SourceFile", "Unread", "find_files", "name_within", "refusal"]

MAX_BYTES = 64 * 1024 * 1024


class SourceFile(NamedTuple):
    """A file to be read; `path` is its name relative to the root, with forward slashes."""

    path: str
    location: Path
    size: int = 0  # bytes


class Unread(NamedTuple):
    """A file or folder that is left out, and why; `failed` if the system refused it."""

    path: str
    reason: str
    failed: bool = False


def find_files(
    root: Path, target: Path, *, max_bytes: int, leave_out: Path | None = None
) -> Iterator[SourceFile | Unread]:
    """Walk `target`, a file or folder within `root`, by name; every entry is yielded once.

    Left out with a reason: hidden entries, links that leave the root or lead to folders, what
    is no regular file, unknown extensions, files of more than `max_bytes` bytes. A target that
    is itself hidden or a link was named on purpose and is read. `leave_out` is the index's
    own folder, which is no source and not mentioned.
    """
    if not target.is_dir():
        yield _judge(name_within(root, target), target, max_bytes)
        return
    pending = [target]
    while pending:
        entry = pending.pop()
        if entry == leave_out:
            continue
        name = name_within(root, entry)
        if entry != target and (reason := _closed(root, entry)):
            yield Unread(name, reason)
        elif entry.is_dir():
            try:
                names = os.listdir(entry)
            except OSError as error:
                yield Unread(name, refusal(error), failed=True)
            else:
                pending.extend(entry / child for child in sorted(names, reverse=True))
        else:
            yield _judge(name, entry, max_bytes)


def refusal(error: OSError) -> str:
    """Say that the system refused a file, in its words."""
    return f"cannot be read: {error.strerror or error}"


def _closed(root: Path, entry: Path) -> str | None:
    """Say why an entry met on the way is not looked into, if it is not."""
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink():
        try:
            aim = entry.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
            return "a link that leads nowhere"
        if not aim.is_relative_to(root):
            return "a link that leaves the folder"
        if aim.is_dir():
            return "a link to a folder that is read itself"
    return None


def _judge(path: str, location: Path, max_bytes: int) -> SourceFile | Unread:
    """Look at a file's kind, extension and size."""
    try:
        status = location.stat()
    except OSError as error:
        return Unread(path, refusal(error), failed=True)
    if not stat.S_ISREG(status.st_mode):
        return Unread(path, "not a regular file")
    try:
        format = format_of(path)
    except ArticleError as error:
        return Unread(path, str(error))
    if remedy := format.remedy():
        return Unread(path, remedy, failed=True)
    if status.st_size > max_bytes:
        return Unread(
            path,
            f"larger than the limit: {status.st_size:,} bytes, {max_bytes:,} allowed (--max-bytes)",
        )
    return SourceFile(path, location, status.st_size)


def name_within(root: Path, entry: Path) -> str:
    """Return an entry's name relative to its root, with forward slashes."""
    return entry.relative_to(root).as_posix()
