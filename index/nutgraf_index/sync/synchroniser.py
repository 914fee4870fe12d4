"""Makes an index agree with files and folders: adds, updates and removes their articles."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.large_file import DIGEST_SIZE, LARGE, LargeFile
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.names import root_folder
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile, dump_metadata
from nutgraf_index.store.snapshot import Snapshot
from nutgraf_index.sync.file_records import FileKey, FileRecord, articles_by_file
from nutgraf_index.sync.files import ArticleFile, SkippedEntry, describe_os_error
from nutgraf_index.sync.report import Progress, Skip, SyncReport
from nutgraf_index.sync.survey import Survey, total_lacking

__all__ = ["Rehearsal", "digest_of", "synchronise"]

_PROGRESS_EVERY = 256  # articles of one file between two reports of progress
_WRITING = 4  # to write and merge segments counts as much as to read a quarter of the files


def digest_of(article: Article) -> str:
    """Return a digest of all properties of an article, before `complete` fills in any."""
    # Most of an article is its text, and `repr` of the text would take longer than the digest.
    # The length in front marks the end of the text.
    digest = hashlib.blake2b(b"%d " % len(article.text), digest_size=DIGEST_SIZE)
    digest.update(article.text.encode("utf-8", "surrogatepass"))
    digest.update(repr(_ALL_BUT_TEXT(article)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


_ALL_BUT_TEXT = attrgetter(*(field.name for field in fields(Article) if field.name != "text"))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).hexdigest()


class Rehearsal:
    """A writer that writes nothing, for a dry run."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def put_article(self, article: Article, root: str, digest: str, *, source: str = "") -> None:
        """Raise `ArticleError` for an article that a writer would refuse."""
        dump_metadata(article)

    def drop_article(self, id: str) -> None:
        """Do nothing."""

    def put_file(self, file: StoredFile) -> None:
        """Do nothing."""

    def drop_file(self, root: str, path: str) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""


def synchronise(
    survey: Survey,
    new_snapshot: Callable[[], Snapshot],
    new_writer: Callable[[Snapshot], Writer | Rehearsal],
    *,
    commit_every: int | None = None,
    commit_every_seconds: float | None = None,
    progress: Progress | None = None,
) -> SyncReport:
    """Make the index agree with the files of a survey, commit the changes, and report them.

    `new_snapshot` opens the current commit, whose write lock the caller must hold, and `new_writer`
    returns a writer for it. A `Rehearsal` commits nothing. The other arguments are those of
    `Index.sync`.
    """
    sync = _Synchroniser(survey, new_writer(new_snapshot()))
    entries = survey.entries
    total = sum(entry.size for entry in entries.values() if isinstance(entry, ArticleFile))
    all_work = total + total // _WRITING + 1
    done = since_commit = 0
    committed = time.monotonic()

    def report_progress(path: str, characters: int) -> None:
        if progress is not None:
            progress(done + characters, all_work, path)

    def report_writing(share: float, what: str) -> None:
        if progress is not None:
            progress(done + int(share * (all_work - done - 1)), all_work, what)

    try:
        for key, entry in [*entries.items()]:
            report_progress(entry.path, 0)
            if isinstance(entry, SkippedEntry):
                sync.skipped.append(Skip(entry.path, entry.reason))
                continue
            if sync.read(key, entry, report_progress):
                since_commit += entry.size
            done += entry.size
            seconds = time.monotonic() - committed
            is_due = (commit_every is not None and since_commit >= commit_every) or (
                commit_every_seconds is not None and seconds >= commit_every_seconds
            )
            if is_due and since_commit and isinstance(sync.writer, Writer):
                sync.writer.commit(lambda _, what: report_progress(what, 0))
                sync.writer = new_writer(new_snapshot())
                since_commit, committed = 0, time.monotonic()
        sync.delete_vanished()
        if isinstance(sync.writer, Writer):
            sync.writer.commit(report_writing)
    except BaseException:
        sync.writer.cancel()
        raise
    report = sync.finish(None if isinstance(sync.writer, Rehearsal) else new_snapshot())
    if progress is not None:
        progress(all_work, all_work, "")
    return report


class _Synchroniser:
    """The state of one sync: which file owns each id, and the changes so far.

    If several files have an article of the same id, the first file in walking order owns the id.
    So the result does not depend on which file was indexed first.
    """

    def __init__(self, survey: Survey, writer: Writer | Rehearsal) -> None:
        self.survey = survey
        self.writer = writer
        self.records = survey.records
        entries = survey.entries.items()
        self.readable = {key for key, entry in entries if isinstance(entry, ArticleFile)}
        # By id, the file that owns it and the line there; None for the line of the stored article.
        self.owners: dict[str, tuple[FileKey, int | None]] = {}
        self.moved: set[FileKey] = set()  # files outside the targets that owned an id and are gone
        self.stale: set[str] = set()  # ids to delete unless a file of this sync owns them
        self.excluded: set[str] = set()  # the stale ids of files that ignore rules leave out
        self.changed: dict[FileKey, StoredFile] = {}  # the new records of files
        self.dropped: set[FileKey] = set()  # files whose records are gone
        self.skipped: list[Skip] = []
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.indexed = 0

    def read(self, key: FileKey, file: ArticleFile, report: Callable[[str, int], None]) -> bool:
        """Read a file unless it is unchanged, and add or replace its articles.

        Return whether its articles were read. `report(path, characters)` is called with the number
        of characters read so far.
        """
        root, path = key
        if self._is_unchanged(key, file):
            return False
        data: bytes | LargeFile
        try:
            if file.size >= LARGE and format_of(path).in_chunks:
                data = LargeFile(Path(file.location))
            else:
                data = _read_bytes(file.location)
        except OSError as error:
            reason = describe_os_error(error)
            self.skipped.append(Skip(path, reason))
            self.survey.entries[key] = SkippedEntry(path, reason, failed=True)
            self.survey.unreadable.append(key)
            self.readable.discard(key)
            return False
        digest = _digest(data) if isinstance(data, bytes) else data.digest
        number = self.records.numbers.get(key)
        stored_digest = "" if number is None else self.records.digests[number]
        source = self.survey.options.source_of(self.survey.name_of(key), stored_digest)
        if stored_digest == _stamp(digest, source) and self._is_unchanged(key, file, digest):
            return False
        stored = {item.article.id: item for item in self.writer.snapshot.articles_of(*key)}
        self.stale.update(stored)
        entries = read_articles(path, data)
        large = None if isinstance(data, bytes) else data
        del data  # so that the reader can free the bytes after decoding them
        articles = characters = 0
        whole_file = True
        refused: list[str] = []
        faults: list[Fault] = []
        for entry in entries:
            if isinstance(entry, Fault):
                faults.append(entry)
                continue
            if articles % _PROGRESS_EVERY == 0:
                report(path, min(characters, file.size))
            articles += 1
            characters += len(entry.text)
            whole_file = not entry.line
            if owner := self._other_owner(entry.id, key):
                refused.append(entry.id)
                faults.append(Fault(f"its id {entry.id!r} is already taken by {owner}", entry.line))
            else:
                self.owners[entry.id] = key, entry.line
                self._put(entry, root, stored.get(entry.id), source)
        if len(refused) == articles and not whole_file:
            faults.append(Fault("every article in it has an id that is already taken"))
        if large is not None:
            digest = large.digest  # of the bytes read: the file may have grown since
        new_file = StoredFile(root, path, _stamp(digest, source), tuple(faults), tuple(refused))
        if number is None or new_file != self.records.stored(number, key):
            self.writer.put_file(new_file)
        self.changed[key] = new_file
        self._count_file(path, articles - len(refused), faults)
        return True

    def _is_unchanged(self, key: FileKey, file: ArticleFile, digest: str = "") -> bool:
        """Count a file as unchanged if its state, or its digest if given, is the recorded one."""
        if not self.survey.is_unchanged(key, file, digest):
            return False
        number = self.records.numbers[key]
        ids = self.records.ids(number)
        if not self.owners.keys().isdisjoint(ids):
            return False
        self.owners.update(dict.fromkeys(ids, (key, None)))
        self.unchanged.extend(ids)
        self._count_file(key[1], len(ids), self.records.faults.get(number, ()))
        return True

    def delete_vanished(self) -> None:
        """Delete the articles of missing files, and articles that their files no longer have."""
        is_missing, is_ignored = self.survey.is_missing, self.survey.is_ignored
        for key, number in self.records.numbers.items():
            if key in self.moved or (key not in self.readable and is_missing(key)):
                ids = self.records.ids(number)
                self.stale.update(ids)
                if is_ignored(key):
                    self.excluded.update(ids)
                self.dropped.add(key)
                self.writer.drop_file(*key)
        self.stale.difference_update(self.owners)
        for id in self.stale:
            self.writer.drop_article(id)

    def finish(self, snapshot: Snapshot | None) -> SyncReport:
        """Return the report of this sync; write the cache of `snapshot`, the new commit, if given.

        Without a snapshot it was a dry run.
        """
        records = self.records
        if snapshot is not None:
            articles = articles_by_file(snapshot, self.changed)
            none = (), (0, 0, 0)
            changed = {
                key: FileRecord(stored, *articles.get(key, none))
                for key, stored in self.changed.items()
            }
            records = self.survey.new_records(snapshot.commit.identity, changed, self.dropped)
            self.survey.keep(records)
        counted = self.readable if snapshot else self.readable - self.changed.keys()
        numbers = [records.numbers[key] for key in counted if key in records.numbers]
        lacking = total_lacking(map(records.lacking, numbers))
        return SyncReport(
            found=len(self.survey.entries),
            indexed=self.indexed,
            added=tuple(sorted(self.added)),
            updated=tuple(sorted(self.updated)),
            unchanged=tuple(sorted(self.unchanged)),
            removed=tuple(sorted(self.stale)),
            skipped=tuple(self.skipped),
            excluded=tuple(sorted(self.stale & self.excluded)),
            **self.survey.findings(lacking),
        )

    def _put(self, article: Article, root: str, stored: StoredArticle | None, source: str) -> None:
        """Add or replace an article unless the stored article has the same digest.

        `source` is the source of an article if neither it nor its text names one.
        """
        digest = digest_of(article)
        if source and not article.source:
            digest = digest_of(replace(article, source=source))
        if stored is not None and stored.digest == digest:
            self.unchanged.append(article.id)
            return
        replaces = self.writer.snapshot.find(article.id) is not None
        (self.updated if replaces else self.added).append(article.id)
        self.writer.put_article(article, root, digest, source=source)

    def _count_file(self, path: str, articles: int, faults: Iterable[tuple[str, int]]) -> None:
        """Count a file as indexed if it gave articles, and report its faults as skipped lines."""
        self.indexed += articles > 0
        self.skipped.extend(Skip(path, reason, line) for reason, line in faults)

    def _other_owner(self, id: str, key: FileKey) -> str | None:
        """Describe the owner of an id for a message; return None if the file `key` may take it."""
        if id in self.owners:
            owner, line = self.owners[id]
            if line is None and (known := self.writer.snapshot.article(id)):
                line = known.article.line
            location = _location(owner[1], line or 0)
            return self._describe(owner[0], location, seen_from=key[0])
        stored = self.writer.snapshot.article(id)
        if stored is None:
            return None
        if not stored.root:
            return "an article that a program added"
        owner = (stored.root, stored.article.path)
        if owner == key or owner in self.readable or self.survey.is_missing(owner):
            return None
        if not os.path.lexists(self._full_path(owner)):
            self.moved.add(owner)  # its folder was moved or renamed, perhaps into a target
            return None
        location = _location(owner[1], stored.article.line)
        return self._describe(stored.root, location, seen_from=key[0])

    def _describe(self, root: str, location: str, *, seen_from: str) -> str:
        """Return an article's location, and a remedy if its root is not `seen_from`."""
        if root == seen_from:
            return location
        full = self._full_path((root, location))
        return f"{full} (index a folder that contains both, so that their ids differ)"

    def _full_path(self, key: FileKey) -> str:
        root, path = key
        return os.path.join(root_folder(root, self.survey.place.home), path)


def _read_bytes(location: str) -> bytes:
    """Return the bytes of a file."""
    with open(location, "rb") as file:
        return file.read()


def _stamp(digest: str, source: str) -> str:
    """Return what the record of a file stores as its digest: also the source its path gave."""
    return f"{digest} {source}" if source else digest


def _location(path: str, line: int) -> str:
    """Return `path:line`, or the path alone if line is 0."""
    return f"{path}:{line}" if line else path
