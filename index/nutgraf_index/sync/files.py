"""Walk a folder: list the files to read, in a fixed order, and the skipped entries with reasons."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.registry import format_of

__all__ = ["ArticleFile", "SkippedEntry", "describe_os_error", "find_files"]


class ArticleFile(NamedTuple):
    """A file to read.

    `path` is relative to the root, with forward slashes; `location` is the full path; `size` is in
    bytes.
    """

    path: str
    location: Path
    size: int = 0


class SkippedEntry(NamedTuple):
    """A file or folder that is not read, and the reason.

    `failed` is true if the system refused to read the entry or the reader of its format is not
    installed: the next sync may be able to read it.
    """

    path: str
    reason: str
    failed: bool = False


def find_files(
    root: Path, target: Path, *, max_bytes: int, index_folder: Path | None = None
) -> Iterator[ArticleFile | SkippedEntry]:
    """Walk `target`, a file or folder within `root`, in the order of names; yield each entry once.

    Hidden entries, links to folders or out of the root, entries that are not regular files, files
    with unknown extensions and files of more than `max_bytes` bytes are skipped with a reason. The
    target itself was named on purpose, so it is read even if it is hidden or a link. The
    `index_folder` is neither walked nor yielded.
    """
    if not target.is_dir():
        yield _check_file(target.relative_to(root).as_posix(), target, max_bytes)
        return
    pending = [target]
    while pending:
        entry = pending.pop()
        if entry == index_folder:
            continue
        path = entry.relative_to(root).as_posix()
        if entry != target and (reason := _reason_to_skip(root, entry)):
            yield SkippedEntry(path, reason)
        elif entry.is_dir():
            try:
                names = os.listdir(entry)
            except OSError as error:
                yield SkippedEntry(path, describe_os_error(error), failed=True)
            else:
                pending.extend(entry / child for child in sorted(names, reverse=True))
        else:
            yield _check_file(path, entry, max_bytes)


def describe_os_error(error: OSError) -> str:
    """Return the system's error as a reason to skip an entry."""
    return f"cannot be read: {error.strerror or error}"


def _reason_to_skip(root: Path, entry: Path) -> str | None:
    """Return the reason to skip a hidden entry or a link, or None for any other entry."""
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink():
        try:
            link_target = entry.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
            return "a link that leads nowhere"
        if not link_target.is_relative_to(root):
            return "a link that leaves the folder"
        if link_target.is_dir():
            return "a link to a folder that is read itself"
    return None


def _check_file(path: str, location: Path, max_bytes: int) -> ArticleFile | SkippedEntry:
    """Return an entry as a file to read, or as a skipped entry if it cannot or may not be read."""
    try:
        status = location.stat()
    except OSError as error:
        return SkippedEntry(path, describe_os_error(error), failed=True)
    if not stat.S_ISREG(status.st_mode):
        return SkippedEntry(path, "not a regular file")
    try:
        format = format_of(path)
    except ArticleError as error:
        return SkippedEntry(path, str(error))
    if remedy := format.remedy():
        return SkippedEntry(path, remedy, failed=True)
    if status.st_size > max_bytes:
        return SkippedEntry(
            path,
            f"larger than the limit: {status.st_size:,} bytes, {max_bytes:,} allowed (--max-bytes)",
        )
    return ArticleFile(path, location, status.st_size)
