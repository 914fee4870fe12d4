"""Commits: each names the segments of one state of the index, and is published all or nothing.

    nutgraf.json       the mark of an index: the number of the current commit
    commit-N.json      the files of commit N, with their sizes and checksums
    XXXXXXXX.seg       a segment
    XXXXXXXX.del       the deletions of a segment
    XXXXXXXX.syn       the synonyms that are kept with the index
    files.cache        the states of synced files; no part of a commit (`sync/file_records.py`)

A file never changes once it is written, except the mark, which is replaced. The previous commit is
kept with its files. The mark and each commit are a line of JSON followed by its CRC-32. They state
the format of the index: its number, and the digest of its layout (`layout.py`).
"""

import errno
import json
import re
import zlib
from typing import Any, NamedTuple

from nutgraf_index.analysis.languages.registry import LANGUAGES, checked_code
from nutgraf_index.errors import (
    IndexDamaged,
    IndexFormatError,
    IndexNotFound,
    IndexUnusable,
)
from nutgraf_index.fields import FORMAT
from nutgraf_index.segment.file import SegmentFile, Written
from nutgraf_index.store.directory import Directory, Unconfirmed
from nutgraf_index.store.layout import CURRENT, LAYOUT, PREVIOUS

__all__ = [
    "FILE_CACHE",
    "MARK",
    "Commit",
    "Entry",
    "clean",
    "current",
    "empty",
    "is_commit",
    "is_index_file",
    "load",
    "new_name",
    "numbers",
    "publish",
    "read_commit",
    "read_mark",
    "write_mark",
]

MARK = "nutgraf.json"
FILE_CACHE = "files.cache"  # what `sync` remembers of files; it may be removed at any time
_FORMAT_1_MARK = b'{"index": "nutgraf", "format": 1}\n'  # format 1 had no checksum
# Texts, not compiled patterns: a search compiles none of them.
_COMMIT = r"commit-(\d{1,15})\.json"
_DATA = r"([0-9a-f]{8,12})\.(?:seg|del|syn)"
_INDEX_FILE = rf"({_COMMIT}|{_DATA}|nutgraf\.json)(\.new)?|files\.cache\.new"
# Errors that say nothing of a file, with the way out.
_HANDLES = "close searchers and other files, or raise the limit of open files (`ulimit -n`)"
_REFUSALS = {
    errno.EACCES: "let this user read it",
    errno.EPERM: "let this user read it",
    errno.EMFILE: _HANDLES,
    errno.ENFILE: _HANDLES,
    errno.ENOMEM: "free memory, and try again",
}
_BESIDE = ("write.lock", "writer.json", FILE_CACHE)  # files that are in no commit


class Entry(NamedTuple):
    """A segment of a commit: the names, sizes and checksums of its one or two files.

    `deleted` is the file of the segment's deletions, "" if nothing is deleted. `language` is the
    code of the language in which the segment's texts are analysed, "" for a file of another kind.
    Sizes and checksums detect a different file of the same name, left by a commit that was rolled
    back or by another index.
    """

    segment: str
    size: int
    check: int
    deleted: str = ""
    deleted_size: int = 0
    deleted_check: int = 0
    language: str = ""

    def files(self) -> list[tuple[str, Written]]:
        """Return the name, size and checksum of the segment and of its deletions, if any."""
        files = [(self.segment, Written(self.size, self.check))]
        if self.deleted:
            files.append((self.deleted, Written(self.deleted_size, self.deleted_check)))
        return files


class Commit(NamedTuple):
    """A state of the index: its segments, and the language of its articles.

    `language` is the code of the language of articles that state none; "" if it is detected.
    `synonyms` is the file of the synonyms that are kept with the index, if there are any. `format`
    is the format number and layout digest that the commit was read with. A commit is always written
    in the current format.
    """

    number: int = 0
    entries: tuple[Entry, ...] = ()
    language: str = ""
    format: tuple[int, str] = CURRENT
    synonyms: Entry | None = None

    def files(self) -> set[str]:
        """Return the names of the commit file and of the files of its segments."""
        return {
            _commit_name(self.number),
            *(name for entry in self._all_entries for name, _ in entry.files()),
        }

    @property
    def _all_entries(self) -> tuple[Entry, ...]:
        return self.entries if self.synonyms is None else (*self.entries, self.synonyms)

    @property
    def identity(self) -> str:
        """The number and a checksum of the commit: another commit of the same number differs."""
        return f"{self.number}-{zlib.crc32(_dump_commit(self)):08x}"

    def bytes(self) -> int:
        """Return the total size in bytes of the commit's files."""
        sizes = (entry.size + entry.deleted_size for entry in self._all_entries)
        return len(_dump_commit(self)) + sum(sizes)


def empty(language: str | None) -> Commit:
    """Return the empty first commit of an index; None detects the language of each article.

    Raises `ArgumentError` for an unknown language.
    """
    return Commit(language=checked_code(language))


def is_index_file(name: str) -> bool:
    """Return whether an index uses files of this name, leftovers of a crash included."""
    return name in _BESIDE or re.fullmatch(_INDEX_FILE, name) is not None


def is_commit(name: str) -> bool:
    """Return whether a file is a commit, by its name. The empty first commit, 0, does not count."""
    match = re.fullmatch(_COMMIT, name)
    return match is not None and int(match[1]) > 0


def _is_data(name: str) -> bool:
    """Return whether a name is of the form `_DATA`, without a pattern: every search asks it."""
    number, _, kind = name.partition(".")
    is_number = 8 <= len(number) <= 12 and not number.strip("0123456789abcdef")
    return is_number and kind in ("seg", "del", "syn")


def current(directory: Directory, format: tuple[int, str] = CURRENT) -> Commit:
    """Return the current commit.

    `format` is the format number and layout digest that the index must have. Raises
    `IndexNotFound`, `IndexFormatError`, `IndexDamaged`, and `IndexUnusable` where the system
    refuses to read.
    """
    number = read_mark(directory, format)
    while True:
        try:
            return read_commit(directory, number, format)
        except IndexDamaged:
            previous, number = number, read_mark(directory, format)
            if number == previous:  # else a newer commit has replaced this one: read the newer one
                raise


def read_mark(directory: Directory, format: tuple[int, str] = CURRENT) -> int:
    """Return the number of the current commit. Raises the errors that `current` raises."""
    try:
        data = bytes(directory.read(MARK))
    except (FileNotFoundError, NotADirectoryError):
        raise _missing_mark(directory) from None
    except OSError as error:
        if error.errno in _REFUSALS:
            raise _unread(directory, MARK, error) from error
        raise IndexUnusable(
            f"the index {directory.where} cannot be read: {error.strerror or error}"
        ) from error
    mark = _parse(directory, MARK, data, format)
    if not isinstance(mark.get("commit"), int):
        raise _damage(directory, MARK, "it names no commit")
    return int(mark["commit"])


def _missing_mark(directory: Directory) -> IndexUnusable:
    """Return the error for a missing mark: damage if there are commits, else `IndexNotFound`."""
    try:
        names = directory.names()
    except OSError:
        names = []
    if any(map(is_commit, names)):
        return _damage(directory, MARK, "it is missing")
    return IndexNotFound(
        f"there is no index in {directory.where}; "
        f"`nutgraf index PATH… --index {_typed(directory)}` makes one"
    )


def _unread(directory: Directory, name: str, error: OSError) -> IndexUnusable:
    """Return the error for a file that was not read: damage, unless the system refused to read."""
    problem = error.strerror or str(error)
    if (remedy := _REFUSALS.get(error.errno or 0)) is None:
        return _damage(directory, name, f"it cannot be read ({problem})")
    return IndexUnusable(f"the index {directory.where} cannot be read: {name}: {problem}: {remedy}")


def _typed(directory: Directory) -> str:
    """Return the folder of an index as an argument of a command to type."""
    import shlex  # slow to import, and needed only for errors

    return shlex.quote(directory.where)


def numbers(directory: Directory) -> list[int]:
    """Return the numbers of all commit files in a directory, in any order."""
    return [int(match[1]) for name in directory.names() if (match := re.fullmatch(_COMMIT, name))]


def read_commit(directory: Directory, number: int, format: tuple[int, str] = CURRENT) -> Commit:
    """Return the commit with a number.

    Raises `IndexDamaged`, `IndexFormatError`, and `IndexUnusable` where the system refuses to read.
    """
    name = _commit_name(number)
    try:
        data = bytes(directory.read(name))
    except OSError as error:
        raise _unread(directory, name, error) from error
    content = _parse(directory, name, data, format)
    try:
        entries = tuple(Entry(**entry) for entry in content["entries"])
        kept = content.get("synonyms")  # a commit without synonyms does not have the key
        synonyms = None if kept is None else Entry(**kept)
        for entry in entries if synonyms is None else (*entries, synonyms):
            for file in (entry.segment, entry.deleted or entry.segment):
                if not _is_data(file):
                    raise ValueError(f"it names the file {file!r}")
        if content["number"] != number:
            raise ValueError(f"it is commit {content['number']!r}")
        languages = [content["language"], *(entry.language for entry in entries)]
        if not all(isinstance(code, str) for code in languages):
            raise ValueError("a language is not a text")
        if format == CURRENT and not all(entry.language for entry in entries):
            raise ValueError("a segment has no language")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damage(directory, name, f"it cannot be read ({error})") from error
    unknown = [code for code in languages if code and code not in LANGUAGES]
    if unknown:
        raise IndexFormatError(
            f"the index {directory.where} is in the language {unknown[0]!r}, and this nutgraf "
            f"knows {', '.join(LANGUAGES)}: use the nutgraf that made it, or remove the folder and "
            "index the articles again"
        )
    return Commit(number, entries, languages[0], format, synonyms)


def _parse(directory: Directory, name: str, data: bytes, format: tuple[int, str]) -> dict[str, Any]:
    """Return the content of a mark or commit, which must have the given format.

    Raises `IndexDamaged`, `IndexFormatError`.
    """
    line, _, check = data.partition(b"\n")
    try:
        content = json.loads(line)
        if not isinstance(content, dict):
            raise ValueError("it is not a JSON object")
    except (ValueError, RecursionError) as error:
        raise _damage(directory, name, f"it cannot be read ({error})") from error
    if check != b"%08x\n" % zlib.crc32(line) and data != _FORMAT_1_MARK:
        raise _damage(directory, name, "its checksum is wrong")
    stated = content.get("format", f"before {FORMAT}"), content.get("layout")
    if stated != format:
        remedy = "use the nutgraf that made it, or remove the folder and index the articles again"
        layout = " with another layout" if stated[0] in (FORMAT, PREVIOUS[0]) else ""
        if stated == PREVIOUS:
            layout = ""
            remedy = (
                f"convert it with `nutgraf rebuild --index {_typed(directory)}` (in Python, "
                "`Index.rebuild`), which keeps all its articles"
            )
        raise IndexFormatError(
            f"the index {directory.where} has format {stated[0]!r}{layout}, and this nutgraf reads "
            f"format {FORMAT}: {remedy}"
        )
    return content


def _dump(content: dict[str, Any]) -> bytes:
    """Return a mark or commit as bytes, with format and checksum; the inverse of `_parse`."""
    line = json.dumps({"index": "nutgraf", "format": FORMAT, "layout": LAYOUT, **content}).encode()
    return line + b"\n%08x\n" % zlib.crc32(line)


def publish(directory: Directory, commit: Commit) -> None:
    """Write a commit and make it the current commit. Its segments must be on the disk already."""
    try:
        directory.publish(_commit_name(commit.number), _dump_commit(commit))
    except Unconfirmed as error:  # the mark still names the commit before
        raise OSError(error.errno, error.strerror) from error
    write_mark(directory, commit.number)


def _dump_commit(commit: Commit) -> bytes:
    entries = [entry._asdict() for entry in commit.entries]
    content = {"number": commit.number, "language": commit.language, "entries": entries}
    if commit.synonyms is not None:
        content["synonyms"] = commit.synonyms._asdict()
    return _dump(content)


def write_mark(directory: Directory, number: int) -> None:
    """Make an existing commit, given by its number, the current commit."""
    directory.publish(MARK, _dump({"commit": number}))


def load(directory: Directory, name: str, written: Written) -> SegmentFile:
    """Open a segment or a file of deletions whose size and checksum a commit states.

    Raises `IndexDamaged`; `IndexUnusable` where the system refuses to read; `FileNotFoundError` for
    a missing file, which is not damage if a newer commit has become the current one.
    """
    try:
        data = directory.read(name)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unread(directory, name, error) from error
    if len(data) != written.size:
        raise _damage(directory, name, f"it has {len(data)} bytes instead of {written.size}")
    segment = SegmentFile(data, directory.where, name)
    if segment.written != written:
        raise _damage(directory, name, "it is not the file that was written")
    return segment


def clean(directory: Directory, commit: Commit) -> None:
    """Remove all index files except the files of a commit and of the commit before it."""
    needed = commit.files() | {MARK}
    if commit.number:
        previous = _commit_name(commit.number - 1)
        if previous in directory.names():
            try:
                needed |= read_commit(directory, commit.number - 1, commit.format).files()
            except IndexFormatError:
                pass  # a rebuild replaced it: `rollback` cannot return to it
            except IndexDamaged:
                needed.add(previous)  # a damaged commit is left for inspection
            except IndexUnusable:
                return  # the system does not read it now: the next commit removes what is left
    for name in directory.names():
        if re.fullmatch(_INDEX_FILE, name) and name not in needed:
            directory.remove(name)


def new_name(directory: Directory, taken: set[str], ending: str) -> str:
    """Return an unused file name with an ending: "seg", "del" or "syn".

    `taken` are reserved names.
    """
    names = {*directory.names(), *taken}
    numbers = [int(match[1], 16) for name in names if (match := re.match(_DATA, name))]
    return f"{max(numbers, default=0) + 1:08x}.{ending}"


def _commit_name(number: int) -> str:
    return f"commit-{number}.json"


def _damage(directory: Directory, name: str, problem: str) -> IndexDamaged:
    return IndexDamaged.of(directory.where, name, problem)
