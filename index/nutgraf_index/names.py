"""Names of files, escaped for printing and indexing; paths of roots; ids of articles; counts.

The id of a file is its path from the folder that holds the index. An id depends on nothing else, so
no two files share one. A member of an archive is a file, too: its path is that of the archive, `!`,
and its path in the archive, as in `dump.zip!2020/memo.txt`.
"""

import contextlib
import os
import re
from collections.abc import Container
from functools import lru_cache

__all__ = [
    "archive_of",
    "article_id",
    "base_name",
    "counted",
    "file_id",
    "is_archive",
    "is_within",
    "member_path",
    "on_disk",
    "pages_of_folder",
    "printable",
    "root_folder",
    "unprinted",
    "unused_id",
]

_SURROGATE = "[\ud800-\udfff]"
_BYTE = r"\\x([89a-f][0-9a-f])"  # of a name that is not UTF-8, as `printable` shows it
_ISOLATES = "[\u2066-\u2069]"  # a terminal has them around right-to-left names
# The signs that are printed for control characters; see `nutgraf.output.control_characters`.
_PICTURES = {**{0x2400 + code: code for code in range(0x20)}, 0x2421: 0x7F}
# In the path of a file, an exclamation mark that could be taken for the one of `article_id`.
_MARK_AFTER_EXTENSION = r"(?<=\.)(\w+)!"
# Browsers name the folder of a page in the language of the user.
_SAVED = (
    r"(?s:(.*[^/]))(?:[._-]files?|_fichiers|_archivos|_arquivos|_ficheiros|_bestanden|_pliki"
    r"|-Dateien|-filer)"
)
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_ARCHIVE = r"\.(?:zip|tar(?:\.(?:gz|bz2|xz|zst))?|t(?:gz|bz2?|xz|zst))"
_IS_ARCHIVE = rf"(?i)[^/]{_ARCHIVE}\Z"
_ARCHIVE_MARK = rf"(?i)[^/]{_ARCHIVE}(!)"


def pages_of_folder(folder: str) -> list[str]:
    """Return the paths of the web pages that a browser may have saved with a folder beside them.

    >>> pages_of_folder("2020/pier_files")[:2], pages_of_folder("2020/files")
    (['2020/pier.html', '2020/pier.htm'], [])
    """
    match = re.fullmatch(_SAVED, folder)
    return [f"{match[1]}{extension}" for extension in _PAGES] if match else []


def printable(name: str) -> str:
    r"""Return a name whose lone surrogates are escaped, as in ``caf\xe9.txt``."""
    return name if name.isascii() else re.sub(_SURROGATE, _escape, name)


def unprinted(name: str) -> str:
    r"""Return a name as it was before a terminal or pipe showed its control characters as signs.

    >>> unprinted("a␊b.txt")
    'a\nb.txt'
    """
    return name if name.isascii() else re.sub(_ISOLATES, "", name).translate(_PICTURES)


def on_disk(path: str) -> str:
    """Return a path as the system has it or had it, given as it is or as it is printed."""
    if os.path.lexists(path):
        return path
    named = unprinted(path)
    in_bytes = re.sub(_BYTE, lambda match: chr(0xDC00 + int(match[1], 16)), named)
    return in_bytes if os.path.lexists(in_bytes) else named


def counted(count: int, noun: str) -> str:
    """Return a count and a noun, in the plural unless the count is 1."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def root_folder(root: str, home: str | None) -> str:
    """Return the path of a root.

    A relative root starts at `home`, the folder that contains the folder of the index.
    """
    return os.path.normpath(os.path.join(home or "", root))


def is_archive(path: str) -> bool:
    """Return whether a file is an archive of other files, by its extension."""
    return re.search(_IS_ARCHIVE, path) is not None


def archive_of(path: str) -> str:
    """Return the path of the outermost archive that a file is a member of; "" if it is in none.

    >>> archive_of("2020/dump.tar.gz!inner.zip!memo.txt"), archive_of("2020/wow!/memo.txt")
    ('2020/dump.tar.gz', '')
    """
    mark = re.search(_ARCHIVE_MARK, path) if "!" in path else None
    return path[: mark.start(1)] if mark else ""


def base_name(path: str) -> str:
    """Return the name of a file without its folder, or the archive that it is in.

    >>> base_name("2020/memo.txt"), base_name("2020/dump.zip!memo.txt")
    ('memo.txt', 'memo.txt')
    """
    name = path.rpartition("/")[2]
    while archive := archive_of(name):
        name = name[len(member_path(archive, "")) :]
    return name


def member_path(archive: str, name: str) -> str:
    """Return the path of a member of an archive, from the path of the archive and its own."""
    return f"{archive}!{name}"


def is_within(path: str, folder: str) -> bool:
    """Return whether a path is that of a folder or archive, or of a file in it; "" has all."""
    return (
        not folder
        or path == folder
        or path.startswith(f"{folder}/")
        or (path.startswith(f"{folder}!") and is_archive(folder))
    )


def file_id(root: str, path: str, home: str | None) -> str:
    r"""Return the id of a file: its path from `home`, with forward slashes.

    The id has `../` for a file outside `home`. It is the full path for an index in memory, which
    has no `home`, and for a file on another drive. Different files have different ids: backslashes
    of names are doubled, since one stands before each escaped character, and an exclamation mark
    after an extension is escaped, as in ``old.jsonl\!1.txt``, but not that of an archive's member.

    Args:
        root: the name of the file's root; see `root_folder`
        path: the path of the file in its root, with forward slashes
        home: the folder that contains the folder of the index; None for an index in memory

    >>> file_id("data", "2020/memo.txt", "/home/ann"), file_id("/srv", "memo.txt", "/home/ann")
    ('data/2020/memo.txt', '../../srv/memo.txt')
    """
    id = _prefix(root, home) + path.replace("\\", "\\\\")
    return printable(_escaped(id) if "!" in id else id)


def _escaped(id: str) -> str:
    """Escape the exclamation marks after extensions, but for those between archive and member."""
    parts = []
    start = 0
    for mark in re.finditer(_ARCHIVE_MARK, id):
        parts.append(id[start : mark.start(1)])
        start = mark.end()
    parts.append(id[start:])
    return "!".join(re.sub(_MARK_AFTER_EXTENSION, r"\1\\!", part) for part in parts)


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
