"""File records: what an index knows of the files it was synced with, and the cache of it.

The cache is a file beside the commits of an index. It repeats the file records of one commit in a
form that is fast to read, and adds the state that each file had when its digest was computed. So a
sync of unchanged files reads neither the files nor the segments. A cache that is missing, damaged,
of another commit or of another index is no error: the records are then read from the segments, and
a cached state counts only if the digest beside it is that of the record.
"""

import json
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from nutgraf_index.fields import Level
from nutgraf_index.model import HIDDEN_ROLES
from nutgraf_index.names import file_id
from nutgraf_index.segment.stored_fields import ROLES, StoredFile
from nutgraf_index.store.commit import FILE_CACHE
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.snapshot import Snapshot
from nutgraf_index.sync.files import FileState
from nutgraf_index.sync.options import Reading

__all__ = ["UNKNOWN", "FileKey", "FileRecord", "FileRecords", "articles_by_file", "load_records"]

FileKey = tuple[str, str]  # name of a root, and path of a file in that root
UNKNOWN: FileState = (-1, 0, 0, 0)  # no file has this state
_DOUBT = 2_000_000_000  # nanoseconds: the coarsest resolution of file times, that of FAT
_VERSION = 2
_HIDDEN = frozenset(number for number, role in enumerate(ROLES) if role in HIDDEN_ROLES)
_LIMIT = 1 << 63  # of the numbers of a state
_STRUCTURE_ERRORS = (ValueError, TypeError, LookupError, OverflowError, RecursionError)


# How many articles lack a date, a title, an author, a passage that is not hidden by its role.
Lacking = tuple[int, int, int, int]


class FileRecord(NamedTuple):
    """What is known of a synced file.

    Attributes:
        stored: its record in the index.
        ids: the ids of its articles.
        lacking: how many of its articles lack a date, a title, an author, a passage that is not
            hidden by its role.
        state: its state when the digest was computed, or `UNKNOWN`.
    """

    stored: StoredFile
    ids: tuple[str, ...] = ()
    lacking: Lacking = (0, 0, 0, 0)
    state: FileState = UNKNOWN


class FileRecords:
    """The file records of a commit, in columns; the row of a file is its number.

    Attributes:
        commit: the identity of the commit.
        checked: when the check of the files began, in nanoseconds since the epoch. A file that was
            changed later, or shortly before, may have changed again without a new state.
        mounts: folders that were on another device than the folder around them.
        numbers: the number of each file.
        digests: the digests of the stored records.
        faults: for the files that have faults, their faults.
        refused: for the files that have refused ids, these ids.
        home: the folder that contains the folder of the index, on which ids of files depend.
        id_ends: the offsets of the ids of the articles of each file in `all_ids`.
        misnamed: for the files that are to get another id (see `names.file_id`), the stored id.
    """

    def __init__(
        self, commit: str, checked: int, mounts: Iterable[FileKey], home: str | None
    ) -> None:
        self.commit = commit
        self.checked = checked
        self.mounts = list(mounts)
        self.numbers: dict[FileKey, int] = {}
        self.digests: list[str] = []
        self.faults: dict[int, tuple[tuple[str, int], ...]] = {}
        self.refused: dict[int, tuple[str, ...]] = {}
        self.home = home
        self.misnamed: dict[int, str] = {}
        self._ids: list[str] = []
        self.id_ends = array("Q", [0])
        self._lacking = tuple(array("Q") for _ in range(4))
        self._states = tuple(array("q") for _ in UNKNOWN)

    def add(self, record: FileRecord) -> None:
        """Add the record of a file that has none yet."""
        stored = record.stored
        number = self.numbers[stored.root, stored.path] = len(self.digests)
        self.digests.append(stored.digest)
        if stored.faults:
            self.faults[number] = stored.faults
        if stored.refused:
            self.refused[number] = stored.refused
        if stored.id != file_id(stored.root, stored.path, self.home):
            self.misnamed[number] = stored.id
        self._ids += record.ids
        self.id_ends.append(len(self._ids))
        for column, count in zip(self._lacking, record.lacking, strict=True):
            column.append(count)
        state = record.state if all(abs(part) < _LIMIT for part in record.state) else UNKNOWN
        for column, part in zip(self._states, state, strict=True):
            column.append(part)

    def record(self, key: FileKey) -> FileRecord | None:
        """Return the record of a file, or None. A state in doubt is `UNKNOWN`."""
        number = self.numbers.get(key)
        if number is None:
            return None
        stored = self.stored(number, key)
        lacking: Any = tuple(column[number] for column in self._lacking)
        state: Any = tuple(column[number] for column in self._states)
        if not self.is_same(number, state):
            state = UNKNOWN
        return FileRecord(stored, tuple(self.ids(number)), lacking, state)

    def stored(self, number: int, key: FileKey) -> StoredFile:
        """Return the stored record of a file, given by its number and key."""
        faults, refused = self.faults.get(number, ()), self.refused.get(number, ())
        id = self.misnamed.get(number)
        if id is None:
            id = file_id(*key, self.home)
        return StoredFile(*key, self.digests[number], faults, refused, id)

    def ids(self, number: int) -> list[str]:
        """Return the ids of the articles of a file."""
        return self._ids[self.id_ends[number] : self.id_ends[number + 1]]

    def has_articles(self, number: int) -> bool:
        """Return whether a file has an article."""
        return self.id_ends[number] < self.id_ends[number + 1]

    def all_ids(self) -> list[str]:
        """Return the ids of the articles of all files."""
        return self._ids

    def lacking(self, number: int) -> tuple[int, ...]:
        """Return how many articles of a file lack a property; see `FileRecord`."""
        return tuple(column[number] for column in self._lacking)

    def all_lacking(self) -> tuple[int, ...]:
        """Return how many articles of all files lack a property; see `FileRecord`."""
        return tuple(map(sum, self._lacking))

    def is_same(self, number: int, state: FileState) -> bool:
        """Return whether a file's state is the recorded one, and so are certainly its bytes.

        As in git, a file that had changed when the check began, or less than the resolution of
        file times before, is in doubt: it may have changed again in the same instant.
        """
        sizes, modified, changed, inodes = self._states
        return (
            modified[number] == state[1]
            and sizes[number] == state[0]
            and changed[number] == state[2]
            and inodes[number] == state[3]
            and max(state[1], state[2]) < self.checked - _DOUBT
        )

    def certain_states(self) -> list[FileState]:
        """Return the state of each file by its number; `UNKNOWN` if it is in doubt or is no use.

        It is of no use if the file is to be read again whatever its state.
        """
        limit = self.checked - _DOUBT
        rows: list[Any] = [
            row if row[1] < limit and row[2] < limit else UNKNOWN
            for row in zip(*self._states, strict=True)
        ]
        for number in (*self.refused, *self.misnamed):
            rows[number] = UNKNOWN
        for number, digest in enumerate(self.digests):
            if not digest or (";" in digest and Reading.of(digest).again):
                rows[number] = UNKNOWN
        return rows

    def is_certain(self, key: FileKey, state: FileState) -> bool:
        """Return whether a file has a record, and `is_same` holds for its state."""
        number = self.numbers.get(key)
        return number is not None and self.is_same(number, state)

    def dump(self) -> bytes:
        """Encode the records, with a checksum."""
        keys = [*self.numbers]
        roots = {root: number for number, root in enumerate(dict.fromkeys(key[0] for key in keys))}
        columns = [
            array("Q", [roots[root] for root, _ in keys]),
            *self._states,
            self.id_ends,
            *self._lacking,
        ]
        texts = {
            "roots": [*roots],
            "mounts": self.mounts,
            "paths": [path for _, path in keys],
            "ids": self._ids,
            "digests": self.digests,
            "faults": [*self.faults.items()],
            "refused": [*self.refused.items()],
            "misnamed": [*self.misnamed.items()],
        }
        head = {
            "version": _VERSION,
            "order": sys.byteorder,
            "commit": self.commit,
            "home": self.home,
            "checked": self.checked,
            "files": len(keys),
        }
        lines = b"\n".join(json.dumps(part).encode() for part in (head, *texts.values()))
        data = b"\n".join((lines, b"".join(column.tobytes() for column in columns)))
        return b"%08x\n" % zlib.crc32(data) + data

    @classmethod
    def parse(cls, data: bytes) -> "FileRecords | None":
        """Decode records; None if they are damaged, or written on a machine of another kind."""
        check, _, data = data.partition(b"\n")
        if check != b"%08x" % zlib.crc32(data):
            return None
        try:
            return cls._parse(data)
        except _STRUCTURE_ERRORS:
            return None

    @classmethod
    def _parse(cls, data: bytes) -> "FileRecords":
        *lines, numbers = data.split(b"\n", 9)
        head, roots, mounts, paths, ids, digests, faults, refused, misnamed = map(json.loads, lines)
        if (head["version"], head["order"]) != (_VERSION, sys.byteorder):
            raise ValueError("another version")
        records = cls(head["commit"], head["checked"], map(tuple, mounts), head["home"])
        count, types = head["files"], {type(head["checked"])}
        records._ids, records.digests = ids, digests
        records.faults = {n: tuple((reason, line) for reason, line in all) for n, all in faults}
        records.refused = {n: tuple(all) for n, all in refused}
        records.misnamed = dict(misnamed)
        kinds = [("Q", count), *[("q", count)] * 4, ("Q", count + 1), *[("Q", count)] * 4]
        columns, at = [], 0
        for kind, length in kinds:
            column = array(kind)
            column.frombytes(numbers[at : at + 8 * length])
            at += 8 * length
            columns.append(column)
        root_numbers, *states, records.id_ends = columns[:6]
        records._states, records._lacking = tuple(states), tuple(columns[6:])
        keys = zip(map(roots.__getitem__, root_numbers), paths, strict=True)
        records.numbers = dict(zip(keys, range(count), strict=True))
        texts = {type(head["commit"]), *map(type, records.misnamed.values())}
        texts |= {*map(type, paths), *map(type, ids), *map(type, digests)}
        if (
            at != len(numbers)
            or not len(records.numbers) == len(digests) == count
            or records.id_ends[-1] != len(ids)
            or texts - {str}
            or types - {int}
        ):
            raise ValueError("impossible numbers")
        return records


def load_records(directory: Directory, snapshot: Snapshot) -> tuple[FileRecords, bool]:
    """Return the file records of a snapshot, and whether they are from the cache.

    Records from the segments get the cached states of the files whose digests are the same.
    """
    cached = None
    with suppress(OSError):
        cached = FileRecords.parse(bytes(directory.read(FILE_CACHE)))
    identity = snapshot.commit.identity
    home = directory.home
    if cached is not None and (cached.commit, cached.home) == (identity, home):
        return cached, True
    checked, mounts = (cached.checked, cached.mounts) if cached else (0, ())
    records = FileRecords(identity, checked, mounts, home)
    articles = articles_by_file(snapshot)
    for stored in snapshot.files():
        key = stored.root, stored.path
        known = cached.record(key) if cached else None
        same = known is not None and known.stored.digest == stored.digest
        state = known.state if known and same else UNKNOWN
        records.add(FileRecord(stored, *articles.get(key, ((), (0, 0, 0, 0))), state))
    return records, False


def articles_by_file(
    snapshot: Snapshot, wanted: Container[FileKey] | None = None
) -> dict[FileKey, tuple[tuple[str, ...], Lacking]]:
    """Return the ids of each file's articles, and how many lack a property; see `FileRecord`.

    Reads whole columns, without an object for each article. `wanted` has the files to return; None
    means all.
    """
    rows: defaultdict[FileKey, list[Any]] = defaultdict(lambda: [[], 0, 0, 0, 0])
    for reader in snapshot.readers:
        root, path, title = (
            reader.text_column(name).text for name in ("root", "article.path", "article.title")
        )
        authors = reader.text_column("article.authors").texts
        unsigned = reader.text_column("article.authors").constant == ()
        roles = reader.roles
        terms = reader.field("article").terms
        ids, ranks, days = terms.slice(0, len(terms)), reader.id_ranks, reader.days
        for article in reader.live_numbers(Level.ARTICLE):
            key = root(article), path(article)
            if not key[0] or (wanted is not None and key not in wanted):
                continue
            row = rows[key]
            row[0].append(reader.decode(ids[ranks[article]]))
            row[1] += not days[article]
            row[2] += not title(article)
            row[3] += unsigned or not authors(article)
            passages = reader.passages_of(article)
            row[4] += _HIDDEN.issuperset(roles[passages.start : passages.stop])
    return {key: (tuple(ids), (a, b, c, d)) for key, (ids, a, b, c, d) in rows.items()}
