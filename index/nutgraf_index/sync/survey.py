"""Survey what a sync has to do: which files are there, and which are certainly unchanged.

A survey reads no segment if the cache of file records is up to date, and changes nothing. If it
finds all files unchanged, it gives the report of the sync.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from nutgraf_index.formats.containers.limits import TOO_LARGE, describe_limit
from nutgraf_index.formats.decoding.beginning import BEGINNING
from nutgraf_index.formats.decoding.large_file import LargeFile, digest_of_bytes
from nutgraf_index.formats.format import Reason
from nutgraf_index.formats.registry import is_outdated
from nutgraf_index.names import (
    archive_of,
    is_within,
    member_path,
    printable,
    root_folder,
)
from nutgraf_index.store.commit import FILE_CACHE
from nutgraf_index.store.directory import Directory, DiskDirectory
from nutgraf_index.store.snapshot import Snapshot
from nutgraf_index.sync.file_records import (
    UNKNOWN,
    FileKey,
    FileRecord,
    FileRecords,
    load_records,
)
from nutgraf_index.sync.files import (
    ArticleFile,
    FileState,
    Kinds,
    SkippedEntry,
    list_files,
)
from nutgraf_index.sync.ignore_rules import NO_RULES, IgnoreRules
from nutgraf_index.sync.options import Reading, SyncOptions
from nutgraf_index.sync.report import Guess, Progress, Skip, SyncReport
from nutgraf_index.sync.roots import SyncTarget, sync_targets

__all__ = [
    "IGNORED",
    "IGNORED_MEMBER",
    "UNREAD",
    "Survey",
    "Tally",
    "articles_by_format",
    "by_number",
    "read_beginning",
    "total_lacking",
]

UNREAD = "-"  # the digest of a member of an archive whose path says that it is not read
PARTIAL = "^"  # begins the digest of the beginning of a file that is of no format
IGNORED = "ignored"  # the reason to skip a member that ignore rules leave out
IGNORED_MEMBER = ((IGNORED, 0),)  # its faults
_PARTS = re.compile(r"[/!]")


class Survey:
    """The files of a sync's targets, and what the index knows of them.

    Attributes:
        home: the folder that the names of roots start at; see `Directory`.
        records: the file records of the snapshot.
        entries: the files to read and the skipped entries, in walking order.
        ignored: the entries that ignore rules leave out; a folder ends with a slash.
        emptied: the folders that had articles and now have no file; their articles are kept.
        members: the keys of the file records of the members of each archive.
    """

    def __init__(
        self,
        directory: Directory,
        snapshot: Snapshot,
        paths: Iterable[str | os.PathLike[str]],
        options: SyncOptions,
    ) -> None:
        self.home = directory.home
        self.options = options
        self.snapshot = snapshot
        self._directory = directory
        self.records, self._is_cached = load_records(directory, snapshot)
        self._started = time.time_ns()
        known_roots = {root for root, _ in self.records.numbers}
        self.targets: list[SyncTarget] = sync_targets(paths, known_roots, self.home)
        self.entries: dict[FileKey, ArticleFile | SkippedEntry] = {}
        self.ignored: set[FileKey] = set()
        self.emptied: list[FileKey] = []
        self.mounts: set[FileKey] = set()  # of the targets, and those to be remembered
        self._digests: dict[FileKey, str] = {}  # of files whose state does not tell
        self._prefixes: dict[str, list[str]] = {}
        self._rules: dict[FileKey, IgnoreRules] = {}  # for the members of archives
        self.kinds = Kinds()
        self.members: dict[FileKey, list[FileKey]] = {}
        for key in self.records.numbers:
            if "!" in key[1] and (archive := archive_of(key[1])):
                self.members.setdefault((key[0], archive), []).append(key)
        index_folder = None
        if isinstance(directory, DiskDirectory):
            index_folder = os.path.realpath(directory.path)
        for target in self.targets:
            name = target.root_name
            listing = list_files(
                target.root,
                target.path,
                max_bytes=options.max_bytes,
                index_folder=index_folder,
                rules=options.rules,
            )
            self.entries.update(((name, entry.path), entry) for entry in listing.entries)
            self.ignored.update((name, path) for path in listing.ignored)
            self.mounts.update((name, path) for path in listing.mounts)
            self._rules.update(((name, path), rules) for path, rules in listing.rules.items())
            if listing.empty and not options.prune:
                path = os.path.relpath(target.path, target.root).replace(os.sep, "/")
                self.emptied.append((name, "" if path == "." else path))
        self._keep_unmounted()
        self.emptied = [folder for folder in self.emptied if self.count_within(folder)]

    def _keep_unmounted(self) -> None:
        """Find folders that were mounted when they were read, and are now empty or gone.

        Adds to `emptied`, and to `mounts` the folders that are still to be remembered.
        """
        for mount in [mount for mount in self.records.mounts if mount not in self.mounts]:
            if not self.is_covered(mount):
                self.mounts.add(mount)
            elif not self.options.prune and not any(
                within(key, mount) for key in (*self.entries, *self.ignored)
            ):
                self.mounts.add(mount)
                self.emptied.append(mount)

    def count_within(self, folder: FileKey) -> int:
        """Return how many articles files within a folder have; the path of a root is ""."""
        records = self.records
        return sum(
            len(records.ids(number))
            for key, number in records.numbers.items()
            if within(key, folder)
        )

    def is_covered(self, key: FileKey) -> bool:
        """Return whether a file of a known root is a target, or within a target."""
        root, path = key
        if root not in self._prefixes:
            self._prefixes[root] = [*self._prefixes_in(root)]
        return any(within((root, path), (root, prefix)) for prefix in self._prefixes[root])

    def _prefixes_in(self, root: str) -> Iterator[str]:
        """Yield the paths of the targets relative to a root; "" if all of the root is covered."""
        folder = root_folder(root, self.home)
        for target in self.targets:
            path = os.fspath(target.path)
            if is_inside(folder, path):
                yield ""
            elif is_inside(path, folder):
                yield os.path.relpath(path, folder).replace(os.sep, "/")

    def name_of(self, key: FileKey) -> str:
        """Return the path of a file relative to the folder of the index, or its full path."""
        return os.path.normpath(os.path.join(*key)).replace(os.sep, "/")

    @cached_property
    def unreadable(self) -> list[FileKey]:
        """The files and folders that cannot be read at present, and so keep their articles."""
        failed = [
            (root, "" if path == "." else path)
            for (root, path), entry in self.entries.items()
            if isinstance(entry, SkippedEntry) and entry.failed
        ]
        return failed + self.emptied

    def is_missing(self, key: FileKey) -> bool:
        """Return whether a file that is not to be read is in a target that could be read."""
        return self.is_covered(key) and not any(within(key, entry) for entry in self.unreadable)

    def is_ignored(self, key: FileKey) -> bool:
        """Return whether ignore rules leave out a file, or a folder that it is in."""
        root, path = key
        parts = path.split("/")
        if (archive := archive_of(path)) and (root, archive) in self.ignored:
            return True
        folders = ("/".join(parts[:end]) + "/" for end in range(1, len(parts)))
        return key in self.ignored or any((root, folder) in self.ignored for folder in folders)

    def exists(self, key: FileKey) -> bool:
        """Return whether there is a file or folder of this name, or the archive that it is in."""
        root, path = key
        return os.path.lexists(os.path.join(root_folder(root, self.home), archive_of(path) or path))

    def is_held(self, key: FileKey) -> bool:
        """Return whether a file is a member of an archive that is to be read."""
        root, path = key
        archive = archive_of(path) if self.members else ""
        return bool(archive) and isinstance(self.entries.get((root, archive)), ArticleFile)

    def reason_to_skip(self, archive: FileKey, name: str) -> str:
        """Return why a member of an archive is not to be read, by its path in it; "" if it is."""
        path = archive[1]
        parts = _PARTS.split(name)
        if any(part.startswith(".") and part not in (".", "..") for part in parts) or (
            parts[0] == "__MACOSX"
        ):
            return "hidden"
        rules = self._rules.get(archive, self.options.rules)
        if rules is not NO_RULES:  # as in a folder of the name of the archive
            parts = path.split("/") + parts
            ends = range(path.count("/") + 1, len(parts))
            folders = (f"{'/'.join(parts[:end])}/" for end in ends)
            if rules.ignores("/".join(parts)) or any(map(rules.ignores, folders)):
                return IGNORED
        return self.kinds.of(member_path(path, name)).reason

    def misnamed_others(self) -> Iterator[FileKey]:
        """Yield the files that are to get another id and are not to be read.

        Only a file that is gone keeps an id that it had in another place of the index.
        """
        misnamed = self.records.misnamed
        for key, number in self.records.numbers.items() if misnamed else ():
            if (
                number in misnamed
                and not isinstance(self.entries.get(key), ArticleFile)
                and not self.is_missing(key)
                and (not misnamed[number] or self.exists(key))
            ):
                yield key

    def is_unchanged(self, key: FileKey, file: ArticleFile, digest: str = "") -> bool:
        """Return whether the record of a file is certainly that of its present bytes.

        Its state tells, or the digest of its bytes, which is given or was computed by `is_current`.
        """
        records = self.records
        number = records.numbers.get(key)
        if number is None or not self.is_settled(key):
            return False
        return (
            records.is_same(number, file.state)
            or Reading.of(records.digests[number]).digest == (digest or self._digests.get(key))
        ) and all(map(self.is_settled, self.members.get(key, ())))

    def is_settled(self, key: FileKey) -> bool:
        """Return whether the record of a file would be the same if the same bytes were read."""
        records = self.records
        number = records.numbers[key]
        if number in records.refused or number in records.misnamed:
            return False
        reading = Reading.of(records.digests[number])
        all_faults = records.faults.get(number, ())
        if not reading.digest or any(self._is_obsolete(reason) for reason, _ in all_faults):
            return False
        faults = [reason for reason, line in all_faults if not line]
        if archive := archive_of(key[1]):
            name = key[1][len(member_path(archive, "")) :]
            skipped = self.reason_to_skip((key[0], archive), name)
            if reading.digest == UNREAD:
                return faults == [skipped]
            if skipped:
                return False
        return self.options.holds(self.name_of(key), reading, skipped=bool(faults))

    def _is_obsolete(self, reason: str) -> bool:
        """Return whether a file was skipped for another limit of its size than today's.

        Or for want of an extra that is installed now.
        """
        limit = describe_limit(self.options.max_bytes)
        is_other_limit = Reason.of_stored(reason).kind == TOO_LARGE and limit not in reason
        return is_other_limit or is_outdated(reason)

    def is_current(self, progress: Progress | None) -> bool:
        """Return whether the index agrees with the files, as far as the file records tell.

        Files of which only the digest can tell are read.
        """
        numbers, refused = self.records.numbers, self.records.refused
        misnamed, keep_readings = self.records.misnamed, self.options.keep_readings
        states = self.records.certain_states()
        for faulty, faults in self.records.faults.items():
            if any(self._is_obsolete(reason) for reason, _ in faults):
                states[faulty] = UNKNOWN
        doubtful = []
        known = 0
        for key, file in self.entries.items():
            if isinstance(file, SkippedEntry):
                continue
            number = numbers.get(key)
            if number is None or number in refused or number in misnamed:
                return False
            known += 1
            is_same = keep_readings and states[number] == file.state
            if self.members and (members := self.members.get(key)):
                known += len(members)
                if not all(map(self.is_settled, members)):
                    return False
            if not (is_same or self.is_unchanged(key, file)):
                doubtful.append((key, file))
        if known < len(numbers):
            entries = self.entries
            others = (key for key in numbers if not isinstance(entries.get(key), ArticleFile))
            if any(self.is_missing(key) and not self.is_held(key) for key in others):
                return False
        if any(self.misnamed_others()):
            return False
        done, total = 0, sum(file.size for _, file in doubtful)
        for key, file in doubtful:
            if progress is not None:
                progress(done, total, file.path)
            read = Reading.of(self.records.digests[self.records.numbers[key]])
            is_whole = not read.digest.startswith(PARTIAL)
            digest_of = _digest_of_file if is_whole else _digest_of_beginning
            self._digests[key] = digest_of(file.location)
            if not self.is_unchanged(key, file):
                return False
            done += file.size
        return True

    def report(self) -> SyncReport:
        """Return the report of a sync that finds all files unchanged."""
        records = self.records
        tally = Tally(len(self.entries))
        numbers = []
        for key, entry in self.entries.items():
            if isinstance(entry, SkippedEntry):
                tally.skipped.append(Skip(entry.path, entry.reason))
                continue
            kind = self.kinds.of(entry.path)
            files = [key]
            if kind.archive:
                files += self.members.get(key, ())
                tally.found += len(records.faults.get(records.numbers[key], ())) + len(files) - 2
            for file in files:
                number = records.numbers[file]
                numbers.append(number)
                digest = records.digests[number]
                faults = records.faults.get(number, ())
                if faults or "?" in digest or ";" in digest or "@" in digest:
                    tally.add(file[1], faults, Reading.of(digest))
        if len(numbers) == len(records.numbers):
            ids: list[str] = [*records.all_ids()]
            lacking = records.all_lacking()
        else:
            ids = [id for number in numbers for id in records.ids(number)]
            lacking = total_lacking(map(records.lacking, numbers))
        ids.sort()
        return SyncReport(
            indexed=sum(map(records.has_articles, numbers)),
            unchanged=tuple(ids),
            formats=articles_by_format(records, numbers, self.kinds),
            **self.findings(lacking, tally),
        )

    def findings(self, lacking: Iterable[int], tally: "Tally") -> dict[str, Any]:
        """Return the fields of a report that do not depend on what was changed."""
        no_date, no_title, no_author, hidden = lacking
        return {
            "found": tally.found - tally.ignored,
            "skipped": tuple(tally.skipped),
            "guessed": tuple(tally.guessed),
            "doubtful": tuple(tally.doubtful),
            "recognised": tuple(tally.recognised),
            "ignored": len(self.ignored) + tally.ignored,
            "emptied": tuple(
                (printable(root_folder(os.path.join(root, path), self.home)), count)
                for root, path in self.emptied
                if (count := self.count_within((root, path)))
            ),
            "without_date": no_date,
            "without_title": no_title,
            "without_author": no_author,
            "hidden": hidden,
        }

    def new_records(
        self,
        identity: str,
        changed: dict[FileKey, FileRecord],
        dropped: set[FileKey],
    ) -> FileRecords:
        """Return the file records after this sync.

        `changed` has the new records of files, without their states, and `dropped` the files whose
        records are gone.
        """
        checked = min(self._started, time.time_ns())
        records = FileRecords(identity, checked, sorted(self.mounts), self.home)
        for key in self.records.numbers:
            if key not in changed and key not in dropped:
                known = self.records.record(key)
                assert known is not None
                records.add(known._replace(state=self._state(key, known.state)))
        for key, record in changed.items():
            known = self.records.record(key)
            records.add(record._replace(state=self._state(key, known.state if known else UNKNOWN)))
        return records

    def _state(self, key: FileKey, default: FileState) -> FileState:
        entry = self.entries.get(key)
        return entry.state if isinstance(entry, ArticleFile) else default

    def keep(self, records: FileRecords) -> None:
        """Write the cache of file records if it would spare the next sync anything.

        The system may refuse: then the next sync reads more.
        """
        old = self.records
        if (
            not self._is_cached
            or records.commit != old.commit
            or records.mounts != sorted(old.mounts)
            or any(
                records.is_certain(key, entry.state) and not old.is_certain(key, entry.state)
                for key, entry in self.entries.items()
                if isinstance(entry, ArticleFile)
            )
        ):
            with suppress(OSError):
                self._directory.publish(FILE_CACHE, records.dump())

    def refresh(self) -> None:
        """Write the cache anew if files were read, or if it is of another commit."""
        if self._digests or not self._is_cached or {*self.records.mounts} != self.mounts:
            self.keep(self.new_records(self.snapshot.commit.identity, {}, set()))


class Tally:
    """What a report says of files, whether they were read or are unchanged.

    `found` is the number of the files, and `ignored` that of the members of archives among them
    that ignore rules leave out. The others are the fields of the report.
    """

    def __init__(self, found: int) -> None:
        self.found = found
        self.ignored = 0
        self.skipped: list[Skip] = []
        self.guessed: list[Guess] = []
        self.doubtful: list[tuple[str, int]] = []
        self.recognised: list[tuple[str, str]] = []

    def add(self, path: str, faults: Iterable[tuple[str, int]], reading: Reading) -> None:
        """Count the faults of a file, and what was guessed of it."""
        if faults == IGNORED_MEMBER:
            self.ignored += 1
            return
        if reading.guessed:
            self.guessed.append(Guess(path, reading.encoding))
        if reading.doubtful:
            self.doubtful.append((path, reading.doubtful))
        if reading.format:
            self.recognised.append((path, reading.format))
        self.skipped.extend(Skip.of_stored(path, reason, line) for reason, line in faults)


def articles_by_format(
    records: FileRecords, numbers: Iterable[int] | None = None, kinds: Kinds | None = None
) -> dict[str, int]:
    """Return the numbers of articles of files by format, the highest first.

    `numbers` are those of the files, by default of all.
    """
    of = (kinds or Kinds()).of
    ends, digests = records.id_ends, records.digests
    formats: Counter[str] = Counter()
    files = [path for _, path in records.numbers]
    for number in range(len(files)) if numbers is None else numbers:
        count = ends[number + 1] - ends[number]
        digest = digests[number]
        name = Reading.of(digest).format if "@" in digest else ""
        formats[name or of(files[number]).format] += count
    return by_number(formats)


def by_number(formats: Counter[str]) -> dict[str, int]:
    """Return the numbers of articles by format that are not 0, the highest first."""
    return {name: count for name, count in formats.most_common() if count}


def total_lacking(counts: Iterable[Iterable[int]]) -> tuple[int, ...]:
    """Add up how many articles lack a property; see `FileRecord`."""
    return tuple(map(sum, zip((0, 0, 0, 0), *counts, strict=True)))


def within(key: FileKey, folder: FileKey) -> bool:
    """Return whether a path is a file or folder, or within it; the path of a root is ""."""
    (root, path), (other, prefix) = key, folder
    return root == other and is_within(path, prefix)


def is_inside(path: str, folder: str) -> bool:
    """Return whether a full path is a folder, or within it."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def _digest_of_file(location: str) -> str:
    """Return the digest of the bytes of a file; empty if it cannot be read."""
    try:
        return LargeFile(Path(location)).digest
    except OSError:
        return ""


def _digest_of_beginning(location: str) -> str:
    """Return the digest of the beginning of a file; empty if it cannot be read."""
    try:
        return read_beginning(location)[1]
    except OSError:
        return ""


def read_beginning(location: str) -> tuple[bytes, str]:
    """Return the bytes by which the format of a file is recognised, and their digest."""
    with open(location, "rb") as file:
        head = file.read(BEGINNING)
    return head, f"{PARTIAL}{digest_of_bytes(head)}"
