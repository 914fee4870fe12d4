"""Names of files, escaped for printing and indexing; paths of roots; ids of articles; counts.

The id of a file is its path from the folder that holds the index. An id depends on nothing else, so
no two files share one.
"""

import contextlib
import os
import re
from collections.abc import Container
from functools import lru_cache

__all__ = ["article_id", "counted", "file_id", "printable", "root_folder", "unused_id"]

_SURROGATE = re.compile("[\ud800-\udfff]")
# In the path of a file, an exclamation mark that could be taken for the one of `article_id`.
_MARK_AFTER_EXTENSION = re.compile(r"(?<=\.)(\w+)!")


def printable(name: str) -> str:
    r"""Return a name whose lone surrogates are escaped, as in ``caf\xe9.txt``."""
    return _SURROGATE.sub(_escape, name)


def counted(count: int, noun: str) -> str:
    """Return a count and a noun, in the plural unless the count is 1."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def root_folder(root: str, home: str | None) -> str:
    """Return the path of a root.

    A relative root starts at `home`, the folder that contains the folder of the index.
    """
    return os.path.normpath(os.path.join(home or "", root))


def file_id(root: str, path: str, home: str | None) -> str:
    r"""Return the id of a file: its path from `home`, with forward slashes.

    The id has `../` for a file outside `home`. It is the full path for an index in memory, which
    has no `home`, and for a file on another drive. Different files have different ids: backslashes
    of names are doubled, since one stands before each escaped character, and an exclamation mark
    after an extension is escaped, as in ``old.jsonl\!1.txt``.

    Args:
        root: the name of the file's root; see `root_folder`
        path: the path of the file in its root, with forward slashes
        home: the folder that contains the folder of the index; None for an index in memory

    >>> file_id("data", "2020/memo.txt", "/home/ann"), file_id("/srv", "memo.txt", "/home/ann")
    ('data/2020/memo.txt', '../../srv/memo.txt')
    """
    id = _prefix(root, home) + path.replace("\\", "\\\\")
    return printable(_MARK_AFTER_EXTENSION.sub(r"\1\\!", id) if "!" in id else id)


def article_id(file_id: str, own: str) -> str:
    """Return the id of an article of a file.

    `own` is the id or number that a file of several articles gives it; empty if the file is the
    article.
    """
    return f"{file_id}!{own}" if own else file_id


def unused_id(id: str, ids: Container[str]) -> str:
    """Return an id, with `!` and a number after it if `ids` has it."""
    new, number = id, 1
    while new in ids:
        number += 1
        new = f"{id}!{number}"
    return new


@lru_cache(maxsize=1 << 10)
def _prefix(root: str, home: str | None) -> str:
    """Return the part of the ids of a root's files before their paths."""
    folder = root_folder(root, home)
    if home is not None:
        with contextlib.suppress(ValueError):  # on another drive
            folder = os.path.relpath(folder, home)
    if folder == os.curdir:
        return ""
    folder = folder.replace("\\", "\\\\") if os.sep == "/" else folder.replace(os.sep, "/")
    return folder.rstrip("/") + "/"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    # Python decodes a byte of a file name that is not UTF-8, 80 to ff, as a surrogate dc80 to dcff.
    return rf"\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else rf"\u{code:04x}"
