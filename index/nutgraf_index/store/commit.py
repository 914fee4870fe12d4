"""Which segments are the index: commits, each all or nothing.

    nutgraf.json       the mark of an index: the number of the commit that stands
    commit-N.json      the files of commit N, with their sizes
    XXXXXXXX.seg .del  segments, and which of a segment's articles are deleted

No file is changed once written but the mark, which is replaced. The commit before the one that
stands is kept, with its files. Marks and commits are a line of JSON and its CRC-32. They name their
format, by its number and a digest of what decides how bytes are read.
"""

import json
import re
import zlib
from typing import Any, NamedTuple

from nutgraf_index.analysis.languages.registry import DEFAULT, LANGUAGES
from nutgraf_index.errors import (
    ArgumentError,
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
    "MARK",
    "Commit",
    "Entry",
    "clean",
    "current",
    "empty",
    "is_commit",
    "is_ours",
    "load",
    "new_name",
    "numbers",
    "publish",
    "read_commit",
    "read_mark",
    "write_mark",
]

MARK = "nutgraf.json"
_MARK_OF_FORMAT_1 = b'{"index": "nutgraf", "format": 1}\n'  # it had no checksum
# Compiled when first used: what is read is told by its name in the commit.
_COMMIT = r"commit-(\d{1,15})\.json"
_DATA = r"([0-9a-f]{8,12})\.(?:seg|del)"
_OURS = rf"({_COMMIT}|{_DATA}|nutgraf\.json)(\.new)?"
_LOCKS = ("write.lock", "writer.json")


class Entry(NamedTuple):
    """A segment of a commit: its file and that of its deletions, "" for none.

    Sizes and checksums tell them from other files of the same name, such as a commit that was
    rolled back has left, or another index in the same folder.
    """

    segment: str
    size: int
    check: int
    deleted: str = ""
    deleted_size: int = 0
    deleted_check: int = 0

    def files(self) -> list[tuple[str, Written]]:
        """Return its one or two files."""
        found = [(self.segment, Written(self.size, self.check))]
        if self.deleted:
            found.append((self.deleted, Written(self.deleted_size, self.deleted_check)))
        return found


class Commit(NamedTuple):
    """A state of the index, whose articles are in the language of a code.

    `format` is number and layout of the format it was read in; what is written is of this one.
    """

    number: int = 0
    entries: tuple[Entry, ...] = ()
    language: str = DEFAULT
    format: tuple[int, str] = CURRENT

    def files(self) -> set[str]:
        """Return the names of all its files."""
        return {
            _commit_name(self.number),
            *(entry.segment for entry in self.entries),
            *(entry.deleted for entry in self.entries if entry.deleted),
        }

    def bytes(self) -> int:
        """Return the size of all its files."""
        sizes = (entry.size + entry.deleted_size for entry in self.entries)
        return len(_written(self)) + sum(sizes)


def empty(language: str | None) -> Commit:
    """Return the first commit of an index, in the default language if none is given.

    Raises `ArgumentError` for a language that is not known.
    """
    if language not in (None, *LANGUAGES):
        raise ArgumentError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return Commit(language=language or DEFAULT)


def is_ours(name: str) -> bool:
    """Whether a file of that name is, or was left by, an index."""
    return name in _LOCKS or re.fullmatch(_OURS, name) is not None


def is_commit(name: str) -> bool:
    """Whether a file of that name is a commit, but the first, which is empty."""
    match = re.fullmatch(_COMMIT, name)
    return match is not None and int(match[1]) > 0


def current(folder: Directory, format: tuple[int, str] = CURRENT) -> Commit:
    """Return the commit that stands, if it is of a format.

    Raises `IndexNotFound`, `IndexFormatError`, `IndexDamaged`, `IndexUnusable`.
    """
    number = read_mark(folder, format)
    while True:
        try:
            return read_commit(folder, number, format)
        except IndexDamaged:
            overtaken, number = number, read_mark(folder, format)
            if number == overtaken:  # else two commits came by since the mark was read
                raise


def read_mark(folder: Directory, format: tuple[int, str] = CURRENT) -> int:
    """Return the number of the commit that stands. Raises as `current` does."""
    try:
        data = bytes(folder.read(MARK))
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(folder) from None
    except OSError as error:
        raise IndexUnusable(
            f"the index {folder.where} cannot be read: {error.strerror or error}"
        ) from error
    mark = _parse(folder, MARK, data, format)
    if not isinstance(mark.get("commit"), int):
        raise _damage(folder, MARK, "it names no commit")
    return int(mark["commit"])


def _missing(folder: Directory) -> IndexUnusable:
    try:
        names = folder.names()
    except OSError:
        names = []
    if any(map(is_commit, names)):
        return _damage(folder, MARK, "it is missing")
    return IndexNotFound(
        f"there is no index in {folder.where}; "
        f"`nutgraf index PATH… --index {folder.where}` makes one"
    )


def numbers(folder: Directory) -> list[int]:
    """Return the numbers of the commits that are in a folder."""
    return [int(match[1]) for name in folder.names() if (match := re.fullmatch(_COMMIT, name))]


def read_commit(folder: Directory, number: int, format: tuple[int, str] = CURRENT) -> Commit:
    """Return a commit by its number. Raises `IndexDamaged`, `IndexFormatError`."""
    name = _commit_name(number)
    try:
        data = bytes(folder.read(name))
    except OSError as error:
        raise _damage(folder, name, f"it cannot be read ({error.strerror or error})") from error
    known = _parse(folder, name, data, format)
    try:
        entries = tuple(Entry(**entry) for entry in known["entries"])
        for entry in entries:
            for file in (entry.segment, entry.deleted or entry.segment):
                if not re.fullmatch(_DATA, file):
                    raise ValueError(f"a file {file!r}")
        if known["number"] != number:
            raise ValueError(f"it is commit {known['number']!r}")
        language = str(known["language"])
    except (KeyError, TypeError, ValueError) as error:
        raise _damage(folder, name, f"it cannot be read ({error})") from error
    if language not in LANGUAGES:
        raise IndexFormatError(
            f"the index {folder.where} is in the language {language!r}, and this nutgraf knows "
            f"{', '.join(LANGUAGES)}: use the nutgraf that made it, or remove the folder and index "
            "the articles again"
        )
    return Commit(number, entries, language, format)


def _parse(folder: Directory, name: str, data: bytes, format: tuple[int, str]) -> dict[str, Any]:
    """Return what a mark or commit of a format says. Raises `IndexDamaged`, `IndexFormatError`."""
    line, _, check = data.partition(b"\n")
    try:
        known = json.loads(line)
        if not isinstance(known, dict):
            raise ValueError("it is no object")
    except (ValueError, RecursionError) as error:
        raise _damage(folder, name, f"it cannot be read ({error})") from error
    if check != b"%08x\n" % zlib.crc32(line) and data != _MARK_OF_FORMAT_1:
        raise _damage(folder, name, "its checksum does not hold")
    found = known.get("format", f"before {FORMAT}"), known.get("layout")
    if found != format:
        way_out = "use the nutgraf that made it, or remove the folder and index the articles again"
        of_another = " of another layout" if found[0] in (FORMAT, PREVIOUS[0]) else ""
        if found == PREVIOUS:
            of_another = ""
            way_out = (
                f"`nutgraf rebuild --index {folder.where}`, in Python `Index.rebuild`, makes it "
                "one of that format, with all its articles"
            )
        raise IndexFormatError(
            f"the index {folder.where} has format {found[0]!r}{of_another}, and this nutgraf reads "
            f"format {FORMAT}: {way_out}"
        )
    return known


def _dump(known: dict[str, Any]) -> bytes:
    line = json.dumps({"index": "nutgraf", "format": FORMAT, "layout": LAYOUT, **known}).encode()
    return line + b"\n%08x\n" % zlib.crc32(line)


def publish(folder: Directory, commit: Commit) -> None:
    """Make a commit the one that stands. Its segments are on the disk already."""
    try:
        folder.publish(_commit_name(commit.number), _written(commit))
    except Unconfirmed as error:  # the mark does not lead to it yet
        raise OSError(error.errno, error.strerror) from error
    write_mark(folder, commit.number)


def _written(commit: Commit) -> bytes:
    entries = [entry._asdict() for entry in commit.entries]
    return _dump({"number": commit.number, "language": commit.language, "entries": entries})


def write_mark(folder: Directory, number: int) -> None:
    """Make the commit of a number the one that stands."""
    folder.publish(MARK, _dump({"commit": number}))


def load(folder: Directory, name: str, written: Written) -> SegmentFile:
    """Open a segment or a file of deletions.

    Raises `FileNotFoundError`, which is no damage if another commit stands by now, and
    `IndexDamaged`.
    """
    try:
        data = folder.read(name)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _damage(folder, name, f"it cannot be read ({error.strerror or error})") from error
    if len(data) != written.size:
        raise _damage(folder, name, f"it has {len(data)} bytes, and {written.size} were written")
    segment = SegmentFile(data, folder.where, name)
    if segment.written != written:
        raise _damage(folder, name, "it is another file than was written")
    return segment


def clean(folder: Directory, commit: Commit) -> None:
    """Remove what neither a commit nor the one before it needs: leftovers of crashes too."""
    needed = commit.files() | {MARK}
    if commit.number:
        before = _commit_name(commit.number - 1)
        if before in folder.names():
            try:
                needed |= read_commit(folder, commit.number - 1, commit.format).files()
            except IndexFormatError:
                pass  # the index was rebuilt from it, and nothing can return to it
            except IndexUnusable:
                needed.add(before)  # `verify` tells of it
    for name in folder.names():
        if re.fullmatch(_OURS, name) and name not in needed:
            folder.remove(name)


def new_name(folder: Directory, taken: set[str], ending: str) -> str:
    """Return a name for a new file, one that neither stands in the folder nor is taken."""
    numbers = [
        int(match[1], 16) for name in {*folder.names(), *taken} if (match := re.match(_DATA, name))
    ]
    return f"{max(numbers, default=0) + 1:08x}.{ending}"


def _commit_name(number: int) -> str:
    return f"commit-{number}.json"


def _damage(folder: Directory, name: str, problem: str) -> IndexDamaged:
    return IndexDamaged.of(folder.where, name, problem)
