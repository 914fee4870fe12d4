"""A member of an archive: its path, and its bytes or the reason that it is skipped."""

import re
from collections.abc import Callable, Container
from typing import IO, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.limits import MEMBERS, Budget
from nutgraf_index.names import archive_of, pages_of_folder, printable

__all__ = [
    "MEMBERS",
    "NOT_REGULAR",
    "REPLACED",
    "TOO_MANY",
    "Member",
    "member_name",
    "part_of_page",
    "read_bounded",
]

NOT_REGULAR = "not a regular file"
REPLACED = "a later member has the same path"
TOO_MANY = f"more than {MEMBERS:,} members: the others are not read"
_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")
_FOLDER_END = re.compile("/")
_PIECE = 1 << 18  # bytes


def part_of_page(path: str, names: Container[str]) -> str:
    """Return the reason to skip a member that a browser saved with a web page; "" for none.

    `names` are the paths of all members: the page is one of them, beside the folder of its parts.
    """
    for match in _FOLDER_END.finditer(path):
        for page in pages_of_folder(path[: match.start()]):
            if page in names:
                return f"parts of a saved page: {printable(page.rpartition('/')[2])}"
    return ""


class Member(NamedTuple):
    """A member of an archive.

    Attributes:
        name: its path in the archive; empty for the archive itself, if it is damaged.
        fault: the reason that it cannot be read; empty if `read` reads it.
        read: returns its bytes. Raises `ArticleError` if they are damaged or too many. It is to be
            called before the next member is taken, or not at all.
    """

    name: str
    fault: str = ""
    read: Callable[[], bytes] = bytes


def member_name(name: str) -> str:
    """Return the path of a member with single slashes and without `.` in it.

    Raises `ArticleError`, whose message is the reason to skip the member, for a path that leads out
    of the archive or could be mistaken for that of another file.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if _ABSOLUTE.match(name) or ".." in parts or not parts:
        raise ArticleError("its path leads out of the archive")
    if "\0" in name:
        raise ArticleError("its path has a NUL character")
    path = "/".join(parts)
    if archive_of(path):
        raise ArticleError("its path looks like that of a member of an archive")
    return path


def read_bounded(file: IO[bytes], size: int, budget: Budget, *, is_packed: bool) -> bytes:
    """Return the bytes of a member that says to have `size` bytes.

    Those of an archive that is compressed as a whole are not counted here (`is_packed` is false).
    Raises `ArticleError` if they are too many, whatever the member says.
    """
    budget.check(size)
    pieces = []
    count = 0
    while piece := file.read(_PIECE):
        count += len(piece)
        budget.check(count, at_least=True)
        if is_packed:
            budget.spend(len(piece))
        pieces.append(piece)
    return b"".join(pieces)
