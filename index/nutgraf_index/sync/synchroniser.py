"""Makes an index agree with files and folders: adds, updates and removes their articles."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from nutgraf_index.formats.encodings import is_guess
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.large_file import DIGEST_SIZE, LARGE, LargeFile
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.sync.files import ArticleFile, SkippedEntry, describe_os_error, find_files
from nutgraf_index.sync.reading import Reading
from nutgraf_index.sync.report import Guess, Progress, Skip, SyncReport
from nutgraf_index.sync.roots import SyncTarget, root_path

__all__ = ["digest_of", "synchronise"]

_PROGRESS_EVERY = 256  # articles of one file between two reports of progress
FileKey = tuple[str, str]  # name of a root, and path of a file in that root


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


def synchronise(
    writer: Writer,
    targets: list[SyncTarget],
    *,
    home: str | None,
    max_bytes: int,
    index_folder: str | None,
    progress: Progress | None,
    encoding: str = "",
) -> SyncReport:
    """Let the writer add, replace and delete articles until the index agrees with the targets.

    Commits nothing. `home` is the folder that names of roots are relative to, None for an index in
    memory; `index_folder` is not searched for files. `encoding` is the encoding of the files that
    do not declare theirs, or "" to have it guessed.
    """
    folder = Path(index_folder) if index_folder else None
    entries = {
        (target.root_name, entry.path): entry
        for target in targets
        for entry in find_files(target.root, target.path, max_bytes=max_bytes, index_folder=folder)
    }
    sync = _Synchroniser(writer, [target.path for target in targets], home, entries, encoding)
    total = sum(entry.size for entry in entries.values() if isinstance(entry, ArticleFile))
    done = 0

    def report_progress(path: str, characters: int) -> None:
        if progress is not None:
            progress(done + characters, total, path)

    for key, entry in entries.items():
        report_progress(entry.path, 0)
        if isinstance(entry, SkippedEntry):
            sync.skipped.append(Skip(entry.path, entry.reason))
        else:
            sync.read(key, entry, report_progress)
            done += entry.size
    report_progress("", 0)
    sync.delete_vanished()
    return sync.report()


class _Synchroniser:
    """The state of one sync: which file owns each id, and the changes so far.

    If several files have an article of the same id, the first file in walking order owns the id.
    So the result does not depend on which file was indexed first.
    """

    def __init__(
        self,
        writer: Writer,
        targets: list[Path],
        home: str | None,
        entries: Mapping[FileKey, ArticleFile | SkippedEntry],
        encoding: str,
    ) -> None:
        self.writer = writer
        self.stored_files = {(file.root, file.path): file for file in writer.snapshot.files()}
        self.targets = targets
        self.home = home
        self.encoding = encoding
        self.guessed: list[Guess] = []
        self.entry_count = len(entries)
        self.readable = {key for key, entry in entries.items() if isinstance(entry, ArticleFile)}
        # Files and folders that cannot be read at present keep their articles.
        self.unreadable = {
            key
            for key, entry in entries.items()
            if isinstance(entry, SkippedEntry) and entry.failed
        }
        self.owners: dict[str, tuple[str, str]] = {}  # id → name of a root, `path:line` in it
        self.moved: set[FileKey] = set()  # files outside the targets that owned an id and are gone
        self.stale: set[str] = set()  # ids to delete unless a file of this sync owns them
        self.skipped: list[Skip] = []
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.indexed = 0

    def read(self, key: FileKey, file: ArticleFile, report: Callable[[str, int], None]) -> None:
        """Read one file, and add or replace its articles.

        `report(path, characters)` is called with the number of characters read so far.
        """
        root, path = key
        data: bytes | LargeFile
        try:
            if file.size >= LARGE and format_of(path).in_chunks:
                data = LargeFile(file.location)
            else:
                data = file.location.read_bytes()
        except OSError as error:
            self.skipped.append(Skip(path, describe_os_error(error)))
            self.unreadable.add(key)
            self.readable.discard(key)
            return
        digest = _digest(data) if isinstance(data, bytes) else data.digest
        stored_file = self.stored_files.get(key)
        stored = {item.article.id: item for item in self.writer.snapshot.articles_of(*key)}
        if (
            stored_file is not None
            and (reading := Reading.of(stored_file.digest)).digest == digest
            and self._holds(reading, stored_file)
            and not stored_file.refused
            and self.owners.keys().isdisjoint(stored)
        ):
            for id, item in stored.items():
                self.owners[id] = (root, _location(path, item.article.line))
            self.unchanged.extend(stored)
            self._count_file(path, len(stored), stored_file.faults, reading)
            return
        self.stale.update(stored)
        entries = read_articles(path, data, self.encoding)
        large = None if isinstance(data, bytes) else data
        del data  # so that the reader can free the bytes after decoding them
        articles = characters = 0
        encoding = ""
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
            encoding = entry.encoding
            if owner := self._other_owner(entry.id, key):
                refused.append(entry.id)
                faults.append(Fault(f"its id {entry.id!r} is already taken by {owner}", entry.line))
            else:
                self.owners[entry.id] = (root, _location(path, entry.line))
                self._put(entry, root, stored.get(entry.id))
        if len(refused) == articles and not whole_file:
            faults.append(Fault("every article in it has an id that is already taken"))
        if large is not None:
            digest = large.digest  # of the bytes read: the file may have grown since
        reading = self._reading(digest, encoding)
        new_file = StoredFile(root, path, str(reading), tuple(faults), tuple(refused))
        if new_file != stored_file:
            self.writer.put_file(new_file)
        self._count_file(path, articles - len(refused), faults, reading)

    def _reading(self, digest: str, encoding: str) -> Reading:
        """Return how a file was read, from the encoding of its articles; "" if it has none."""
        guessed = bool(encoding) and is_guess(encoding, self.encoding)
        if not encoding and self.encoding:
            return Reading("")  # perhaps it gives articles in another encoding
        given = encoding == self.encoding and bool(encoding)
        return Reading(digest, encoding if guessed or given else "", guessed)

    def _holds(self, reading: Reading, file: StoredFile) -> bool:
        """Return whether a file of the same bytes need not be read again in a given encoding."""
        skipped = any(not line for _, line in file.faults)
        return reading.holds(self.encoding) and not (skipped and self.encoding)

    def delete_vanished(self) -> None:
        """Delete the articles of missing files, and articles that their files no longer have."""
        for key in self.stored_files:
            if key in self.moved or (key not in self.readable and self._is_missing(key)):
                self.stale.update(
                    stored.article.id for stored in self.writer.snapshot.articles_of(*key)
                )
                self.writer.drop_file(*key)
        self.stale.difference_update(self.owners)
        for id in self.stale:
            self.writer.drop_article(id)

    def report(self) -> SyncReport:
        """Return the report of this sync."""
        return SyncReport(
            found=self.entry_count,
            indexed=self.indexed,
            added=tuple(sorted(self.added)),
            updated=tuple(sorted(self.updated)),
            unchanged=tuple(sorted(self.unchanged)),
            removed=tuple(sorted(self.stale)),
            skipped=tuple(self.skipped),
            guessed=tuple(self.guessed),
        )

    def _put(self, article: Article, root: str, stored: StoredArticle | None) -> None:
        """Add or replace an article unless the stored article has the same digest."""
        digest = digest_of(article)
        if stored is not None and stored.digest == digest:
            self.unchanged.append(article.id)
            return
        replaces = self.writer.snapshot.find(article.id) is not None
        (self.updated if replaces else self.added).append(article.id)
        self.writer.put_article(article, root, digest)

    def _count_file(
        self, path: str, articles: int, faults: Iterable[tuple[str, int]], reading: Reading
    ) -> None:
        """Count a file as indexed if it gave articles; report its faults and a guessed encoding."""
        self.indexed += articles > 0
        if reading.guessed:
            self.guessed.append(Guess(path, reading.encoding))
        self.skipped.extend(Skip(path, reason, line) for reason, line in faults)

    def _other_owner(self, id: str, key: FileKey) -> str | None:
        """Describe the owner of an id for a message; return None if the file `key` may take it."""
        if id in self.owners:
            return self._describe(*self.owners[id], seen_from=key[0])
        stored = self.writer.snapshot.article(id)
        if stored is None:
            return None
        if not stored.root:
            return "an article that a program added"
        owner = (stored.root, stored.article.path)
        if owner == key or owner in self.readable or self._is_missing(owner):
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

    def _is_missing(self, key: FileKey) -> bool:
        """Return whether a file that this sync did not list is in a target that it could read."""
        root, path = key
        is_unreadable = any(
            root == entry_root and (path == entry or entry == "." or path.startswith(f"{entry}/"))
            for entry_root, entry in self.unreadable
        )
        return not is_unreadable and any(map(self._full_path(key).is_relative_to, self.targets))

    def _full_path(self, key: FileKey) -> Path:
        root, path = key
        return root_path(root, self.home) / path


def _location(path: str, line: int) -> str:
    """Return `path:line`, or the path alone if line is 0."""
    return f"{path}:{line}" if line else path
