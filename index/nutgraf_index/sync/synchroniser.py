"""Makes an index agree with files and folders: adds, updates and removes their articles."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.archives import archive_members
from nutgraf_index.formats.containers.members import REPLACED
from nutgraf_index.formats.decoding.beginning import beginning
from nutgraf_index.formats.decoding.encodings import is_guess
from nutgraf_index.formats.decoding.large_file import DIGEST_SIZE, LARGE, LargeFile, digest_of_bytes
from nutgraf_index.formats.format import Fault, Reason
from nutgraf_index.formats.registry import format_of
from nutgraf_index.indexing.renaming import new_ids, rename_articles
from nutgraf_index.indexing.workers import Processes
from nutgraf_index.indexing.writer import Rehearsal, Writer
from nutgraf_index.model import Article, MarkedArticle, with_values
from nutgraf_index.names import (
    archive_of,
    article_id,
    file_id,
    is_archive,
    member_path,
    unused_id,
)
from nutgraf_index.properties.keys import has_doubtful_date
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.store.snapshot import Snapshot
from nutgraf_index.sync.file_records import FileKey, FileRecord, articles_by_file
from nutgraf_index.sync.files import ArticleFile, SkippedEntry, describe_os_error
from nutgraf_index.sync.options import Reading
from nutgraf_index.sync.reading.ahead import ReadAhead
from nutgraf_index.sync.reading.contents import bytes_of, contents_of
from nutgraf_index.sync.report import Progress, Skip, SyncReport
from nutgraf_index.sync.survey import (
    IGNORED_MEMBER,
    UNREAD,
    Survey,
    Tally,
    by_number,
    read_beginning,
    total_lacking,
)

__all__ = ["digest_of", "synchronise"]

_PROGRESS_EVERY = 256  # articles of one file between two reports of progress
_PACKED = 4  # the bytes of a member that count as one byte of its archive, for the progress
_WRITING = 4  # to write and merge segments counts as much as to read a quarter of the files


def digest_of(article: Article) -> str:
    """Return a digest of an article's properties but its id, before `complete` fills in any."""
    # Most of an article is its text, and `repr` of the text would take longer than the digest.
    # The length in front marks the end of the text.
    digest = hashlib.blake2b(b"%d " % len(article.text), digest_size=DIGEST_SIZE)
    digest.update(article.text.encode("utf-8", "surrogatepass"))
    digest.update(repr(_OTHER_PROPERTIES(article)).encode("utf-8", "surrogatepass"))
    if isinstance(article, MarkedArticle) and article.anchors:
        digest.update(repr((article.marks, article.anchors)).encode("utf-8", "surrogatepass"))
    if article.language:  # older formats had none, and their digests are kept
        digest.update(article.language.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


_OTHER_PROPERTIES = attrgetter(
    *(field.name for field in fields(Article) if field.name not in ("id", "text", "language"))
)


def synchronise(
    survey: Survey,
    new_snapshot: Callable[[], Snapshot],
    new_writer: Callable[[Snapshot], Writer | Rehearsal],
    processes: Processes,
    *,
    commit_every: int | None = None,
    commit_every_seconds: float | None = None,
    progress: Progress | None,
) -> SyncReport:
    """Make the index agree with the files of a survey, commit the changes, and report them.

    `new_snapshot` opens the current commit, whose write lock the caller must hold, and `new_writer`
    returns a writer for it. A `Rehearsal` commits nothing. `processes` read files ahead, and
    the caller ends them. The other arguments are those of `Index.sync`.
    """
    sync = _Synchroniser(survey, new_writer(new_snapshot()), ReadAhead(survey, processes))
    entries = survey.entries
    total = sum(entry.size for entry in entries.values() if isinstance(entry, ArticleFile))
    all_work = total + total // _WRITING + 1
    done = since_commit = 0
    committed = time.monotonic()

    def report_progress(path: str, characters: int) -> None:
        if progress is not None:
            progress(done + sync.ahead.bytes_read + characters, all_work, path)

    def report_writing(share: float, what: str) -> None:
        if progress is not None:
            progress(done + int(share * (all_work - done - 1)), all_work, what)

    try:
        sync.rename_others()
        for key, entry in [*entries.items()]:
            report_progress(entry.path, 0)
            if isinstance(entry, SkippedEntry):
                sync.tally.skipped.append(Skip(entry.path, entry.reason))
                continue
            if sync.read(key, entry, report_progress):
                since_commit += entry.size
            sync.ahead.leave(key)
            done += entry.size
            seconds = time.monotonic() - committed
            is_due = (commit_every is not None and since_commit >= commit_every) or (
                commit_every_seconds is not None and seconds >= commit_every_seconds
            )
            # A file may get the id that another file had. So all are renamed in one commit.
            may_commit = since_commit and not sync.records.misnamed
            if is_due and may_commit and isinstance(sync.writer, Writer):
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
    """The state of one sync: the ids that its files have, and the changes so far."""

    def __init__(self, survey: Survey, writer: Writer | Rehearsal, ahead: ReadAhead) -> None:
        self.survey = survey
        self.writer = writer
        self.ahead = ahead
        self.records = survey.records
        entries = survey.entries.items()
        self.readable = {key for key, entry in entries if isinstance(entry, ArticleFile)}
        self.ids: set[str] = set()  # of the articles that the files of this sync have
        self.moved: set[FileKey] = set()  # files outside the targets that had an id and are gone
        self.stale: set[str] = set()  # ids that a file had before; another file may have them now
        self.excluded: set[str] = set()  # the stale ids of files that ignore rules leave out
        self.renamed: dict[str, str] = {}  # old id → new id
        self.changed: dict[FileKey, StoredFile] = {}  # the new records of files
        self.dropped: set[FileKey] = set()  # files whose records are gone
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.indexed = 0
        self.tally = Tally(len(entries))
        self.formats: Counter[str] = Counter()  # articles by the name of their format

    def read(self, key: FileKey, file: ArticleFile, report: Callable[[str, int], None]) -> bool:
        """Read a file unless it is unchanged, and add or replace its articles.

        Return whether its articles were read. `report(path, characters)` is called with the number
        of characters read so far.
        """
        path = key[1]
        if self._is_unchanged(key, file):
            return False
        data: bytes | LargeFile
        try:
            if not self.survey.kinds.of(path).extension and self._is_of_no_format(key, file):
                return True
            if file.size >= LARGE and (is_archive(path) or self._is_in_chunks(key, file)):
                data = LargeFile(Path(file.location))
            else:
                data = bytes_of(file.location)
        except OSError as error:
            reason = describe_os_error(error)
            self.tally.skipped.append(Skip(path, reason))
            self.survey.entries[key] = SkippedEntry(path, reason, failed=True)
            self.survey.unreadable.append(key)
            self.readable.discard(key)
            self._rename(key)
            return False
        digest = digest_of_bytes(data) if isinstance(data, bytes) else data.digest
        if self._is_unchanged(key, file, digest):
            return False
        if is_archive(path):
            self._read_archive(key, file.size, data, digest, report)
        else:
            self._read_articles(key, file.size, data, digest, report)
        return True

    def _is_in_chunks(self, key: FileKey, file: ArticleFile) -> bool:
        """Return whether the reader of a file takes it in chunks. Raises `OSError`."""
        head, _ = read_beginning(file.location)
        return format_of(key[1], beginning(head, self.survey.options.encoding)).in_chunks

    def _is_of_no_format(self, key: FileKey, file: ArticleFile) -> bool:
        """Return whether the beginning of a file without extension is of no format, and record it.

        So 64 KiB of a binary file are read. Raises `OSError`.
        """
        head, digest = read_beginning(file.location)
        try:
            format_of(key[1], beginning(head, self.survey.options.encoding))
        except ArticleError as error:
            faults = ((str(error), 0),)
        else:
            return False
        if not self._is_unchanged(key, file, digest):
            self._drop_articles(key, ())
            self._put_faults(key, digest, faults)
            self._count_file(key[1], 0, faults, Reading(digest))
        return True

    def _read_archive(
        self,
        key: FileKey,
        size: int,
        data: bytes | LargeFile,
        digest: str,
        report: Callable[[str, int], None],
    ) -> None:
        """Read the members of an archive, and add or replace their articles.

        The record of the archive itself has what is wrong with it, or with members whose path
        another member has.
        """
        root, path = key
        survey = self.survey
        faults: list[tuple[str, int]] = []
        seen: set[FileKey] = set()
        done = 0

        def reason_to_skip(name: str) -> str:
            return survey.reason_to_skip(key, name)

        for member in archive_members(path, data, survey.options.max_bytes, reason_to_skip):
            inner = root, member_path(path, member.name)
            if not member.name or member.fault == REPLACED or inner in seen:
                name = f": {member.name}" if member.name else ""
                faults.append((f"{member.fault or REPLACED}{name}", 0))
                continue
            seen.add(inner)
            report(inner[1], min(done, size))
            skipped = reason_to_skip(member.name)
            if skipped or member.fault:
                self._skip_member(inner, skipped or member.fault, UNREAD if skipped else digest)
                continue
            try:
                content = member.read()
            except ArticleError as error:
                self._skip_member(inner, Reason.of_error(error), digest)
                continue
            done += len(content) // _PACKED
            of_member = digest_of_bytes(content)
            number = self.records.numbers.get(inner)
            if (
                number is not None
                and Reading.of(self.records.digests[number]).digest == of_member
                and survey.is_settled(inner)
            ):
                self._keep(inner)
            else:
                self._read_articles(inner, 0, content, of_member, lambda _path, _characters: None)
            self.readable.add(inner)
        self._put_faults(key, digest, tuple(faults))
        self.tally.found += len(faults) + len(seen) - 1
        self.tally.skipped.extend(Skip.of_stored(path, reason, line) for reason, line in faults)

    def _skip_member(self, key: FileKey, reason: str, digest: str) -> None:
        """Record that a member of an archive is not read, and drop the articles that it had."""
        ids = self._drop_articles(key, ())
        faults = ((Reason(reason).stored, 0),)
        if faults == IGNORED_MEMBER:
            self.excluded.update(ids)
        self._put_faults(key, digest, faults)
        self.readable.add(key)
        self._count_file(key[1], 0, faults, Reading(digest))

    def _put_faults(self, key: FileKey, digest: str, faults: tuple[tuple[str, int], ...]) -> None:
        """Write the record of an archive, or of a member that is not read."""
        survey = self.survey
        source = survey.options.source_of(survey.name_of(key), self._reading_before(key))
        reading = Reading(digest, source=source)
        self._put_file(StoredFile(*key, str(reading), faults, (), file_id(*key, survey.home)))

    def _reading_before(self, key: FileKey) -> Reading:
        """Return how a file was read before."""
        number = self.records.numbers.get(key)
        return Reading.of("" if number is None else self.records.digests[number])

    def _put_file(self, file: StoredFile) -> None:
        """Write the record of a file unless it is the one before."""
        key = file.root, file.path
        number = self.records.numbers.get(key)
        if number is None or file != self.records.stored(number, key):
            self.writer.put_file(file)
        self.changed[key] = file

    def _read_articles(
        self,
        key: FileKey,
        size: int,
        data: bytes | LargeFile,
        digest: str,
        report: Callable[[str, int], None],
    ) -> None:
        """Read a file that is not an archive, and add or replace its articles."""
        root, path = key
        number = self.records.numbers.get(key)
        stored_file = None if number is None else self.records.stored(number, key)
        before = self._reading_before(key)
        options = self.survey.options
        source = options.source_of(self.survey.name_of(key), before)
        id = file_id(root, path, self.survey.home)
        items = self.writer.snapshot.articles_of(*key)
        stored_articles = [item.article for item in items]
        if stored_file:
            stored_ids = new_ids(stored_articles, stored_file, id)
        else:
            stored_ids = [article.id for article in stored_articles]
        stored = dict(zip(stored_ids, items, strict=True))
        read_options = options.read_options(digest, before)
        given, order = read_options.encoding, read_options.date_order
        language = options.language or before.language
        large = None if isinstance(data, bytes) else data
        ahead = self.ahead.take(key, digest, read_options, lambda: report(path, 0))
        format, several, entries = ahead or contents_of(
            path, data, read_options, is_unpacked=bool(archive_of(path))
        )
        counted = 0 if ahead else size  # the progress has what was read ahead
        del data  # so that the reader can free the bytes after decoding them
        articles = characters = doubtful = 0
        encoding = ""
        ids: set[str] = set()
        refused: list[str] = []
        faults: list[Fault] = []
        for entry in entries:
            if isinstance(entry, Fault):
                faults.append(entry)
                continue
            if articles % _PROGRESS_EVERY == 0:
                report(path, min(characters, counted))
            articles += 1
            characters += len(entry.text)
            encoding = entry.encoding
            doubtful += not entry.date and has_doubtful_date(entry.metadata)
            entry = with_values(
                entry,
                id=unused_id(article_id(id, entry.id if several else ""), ids),
                language=entry.language or language,
            )
            ids.add(entry.id)
            if self._is_taken(entry.id, key):
                refused.append(entry.id)
                reason = f"its id {entry.id!r} is already taken by an article that a program added"
                faults.append(Fault(Reason(reason, kind="its id is already taken"), entry.line))
            else:
                self._put(entry, root, stored.get(entry.id), source)
        self.ids |= ids.difference(refused)
        self._drop_articles(key, ids)
        if len(refused) == articles and several and articles:
            faults.append(Fault("every article in it has an id that is already taken"))
        if large is not None:
            digest = large.digest  # of the bytes read: the file may have grown since
        again = any(fault.again for fault in faults)
        reading = _reading(digest, encoding, given, source, again)
        reading = reading._replace(date_order=order, doubtful=doubtful, language=language)
        if format and format != self.survey.kinds.of(path).format:
            reading = reading._replace(format=format)
        reasons = tuple((Reason(fault.reason).stored, fault.line) for fault in faults)
        self._put_file(StoredFile(root, path, str(reading), reasons, tuple(refused), id))
        self._count_file(path, articles - len(refused), reasons, reading)

    def _is_unchanged(self, key: FileKey, file: ArticleFile, digest: str = "") -> bool:
        """Count a file as unchanged if its state, or its digest if given, is the recorded one."""
        if not self.survey.is_unchanged(key, file, digest):
            return False
        self._keep(key)
        members = self.survey.members.get(key, ())
        for member in members:
            self._keep(member)
        self.readable.update(members)
        if is_archive(key[1]):
            faults = self.records.faults.get(self.records.numbers[key], ())
            self.tally.found += len(faults) + len(members) - 1
        return True

    def _keep(self, key: FileKey) -> None:
        """Count a file as unchanged."""
        number = self.records.numbers[key]
        ids = self.records.ids(number)
        self.ids.update(ids)
        self.unchanged.extend(ids)
        reading = Reading.of(self.records.digests[number])
        self._count_file(key[1], len(ids), self.records.faults.get(number, ()), reading)

    def delete_vanished(self) -> None:
        """Delete the articles of missing files."""
        is_missing, is_ignored = self.survey.is_missing, self.survey.is_ignored
        for key in self.records.numbers:
            if key in self.moved or (key not in self.readable and is_missing(key)):
                ids = self._drop_articles(key, ())
                if is_ignored(key):
                    self.excluded.update(ids)
                self.dropped.add(key)
                self.writer.drop_file(*key)

    def _drop_articles(self, key: FileKey, kept: Container[str]) -> list[str]:
        """Delete the stored articles of a file but those with the ids `kept`; return their ids."""
        dropped = []
        for reader, number in self.writer.snapshot.find_articles(*key):
            id = reader.id_of(number)
            if id not in kept:
                self.writer.drop_number(reader, number)
                dropped.append(id)
        self.stale.update(dropped)
        return dropped

    def finish(self, snapshot: Snapshot | None) -> SyncReport:
        """Return the report of this sync; write the cache of `snapshot`, the new commit, if given.

        Without a snapshot it was a dry run.
        """
        records = self.records
        if snapshot is not None:
            articles = articles_by_file(snapshot, self.changed)
            none = (), (0, 0, 0, 0)
            changed = {
                key: FileRecord(stored, *articles.get(key, none))
                for key, stored in self.changed.items()
            }
            records = self.survey.new_records(snapshot.commit.identity, changed, self.dropped)
            self.survey.keep(records)
        counted = self.readable if snapshot else self.readable - self.changed.keys()
        numbers = [records.numbers[key] for key in counted if key in records.numbers]
        lacking = total_lacking(map(records.lacking, numbers))
        removed = self.stale - self.ids - self.renamed.keys()
        return SyncReport(
            indexed=self.indexed,
            added=tuple(sorted(self.added)),
            updated=tuple(sorted(self.updated)),
            unchanged=tuple(sorted(self.unchanged)),
            removed=tuple(sorted(removed)),
            renamed=tuple(sorted(self.renamed.items())),
            excluded=tuple(sorted(removed & self.excluded)),
            formats=by_number(self.formats),
            **self.survey.findings(lacking, self.tally),
        )

    def _put(self, article: Article, root: str, stored: StoredArticle | None, source: str) -> None:
        """Add or replace an article unless the stored article has the same id and digest.

        `source` is the source of an article if neither it nor its text names one.
        """
        digest = digest_of(article)
        if source and not article.source:
            digest = digest_of(replace(article, source=source))
        if stored is None:
            replaces = self.writer.snapshot.find(article.id) is not None
            (self.updated if replaces else self.added).append(article.id)
        elif stored.article.id != article.id:
            self.renamed[stored.article.id] = article.id
        elif stored.digest != digest:
            self.updated.append(article.id)
        else:
            self.unchanged.append(article.id)
            return
        self.writer.put_article(article, root, digest, source=source)

    def _count_file(
        self, path: str, articles: int, faults: Iterable[tuple[str, int]], reading: Reading
    ) -> None:
        """Count a file as indexed if it gave articles; report its faults and a guessed encoding."""
        self.indexed += articles > 0
        self.formats[reading.format or self.survey.kinds.of(path).format] += articles
        self.tally.add(path, faults, reading)

    def rename_others(self) -> None:
        """Rename the articles of the files that this sync does not read, where ids differ today.

        So no other file has an id that a file of this sync is to get.
        """
        for key in self.survey.misnamed_others():
            self._rename(key)

    def _rename(self, key: FileKey) -> None:
        """Rename the articles of a file that is not read, if its id differs today."""
        number = self.records.numbers.get(key)
        if number in self.records.misnamed:
            file = self.records.stored(number, key)
            id = file_id(*key, self.survey.home)
            self.changed[key], ids = rename_articles(self.writer, file, id)
            self.renamed.update(ids)

    def _is_taken(self, id: str, key: FileKey) -> bool:
        """Return whether an article that a program added has an id of the file `key`."""
        stored = self.writer.snapshot.article(id)
        if stored is None:
            return False
        if not stored.root:
            return True
        other = (stored.root, stored.article.path)
        if not (
            other == key
            or other in self.readable
            or self.survey.is_missing(other)
            or self.survey.exists(other)
        ):
            self.moved.add(other)  # its folder was moved with the index, perhaps into a target
        return False


def _reading(digest: str, encoding: str, given: str, source: str, again: bool) -> Reading:
    """Return how a file was read, from the encoding of its articles; "" if it has none.

    `again` is as in `Reading`: then articles may come that have the `given` encoding.
    """
    if again:
        encoding = encoding or given
    if given and not encoding:
        return Reading("")  # perhaps it gives articles in another encoding
    guessed = bool(encoding) and is_guess(encoding, given)
    is_given = bool(encoding) and encoding == given
    encoding = encoding if guessed or is_given else ""
    return Reading(digest, encoding, guessed, source, again=again)
