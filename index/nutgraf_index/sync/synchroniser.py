"""Makes an index agree with files and folders: adds, updates and removes their articles."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.large_file import DIGEST_SIZE, LARGE, LargeFile
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.indexing.renaming import new_id, rename_articles
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.names import article_id, file_id
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.sync.files import ArticleFile, SkippedEntry, describe_os_error, find_files
from nutgraf_index.sync.report import Progress, Skip, SyncReport
from nutgraf_index.sync.roots import SyncTarget, root_path

__all__ = ["digest_of", "synchronise"]

_PROGRESS_EVERY = 256  # articles of one file between two reports of progress
FileKey = tuple[str, str]  # name of a root, and path of a file in that root


def digest_of(article: Article) -> str:
    """Return a digest of an article's properties but its id, before `complete` fills in any."""
    # Most of an article is its text, and `repr` of the text would take longer than the digest.
    # The length in front marks the end of the text.
    digest = hashlib.blake2b(b"%d " % len(article.text), digest_size=DIGEST_SIZE)
    digest.update(article.text.encode("utf-8", "surrogatepass"))
    digest.update(repr(_OTHER_PROPERTIES(article)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


_OTHER_PROPERTIES = attrgetter(
    *(field.name for field in fields(Article) if field.name not in ("id", "text"))
)


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
) -> SyncReport:
    """Let the writer add, replace and delete articles until the index agrees with the targets.

    Commits nothing. `home` is the folder that names of roots are relative to, None for an index in
    memory; `index_folder` is not searched for files.
    """
    folder = Path(index_folder) if index_folder else None
    entries = {
        (target.root_name, entry.path): entry
        for target in targets
        for entry in find_files(target.root, target.path, max_bytes=max_bytes, index_folder=folder)
    }
    sync = _Synchroniser(writer, [target.path for target in targets], home, entries)
    sync.rename_others()
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
    """The state of one sync: the ids that its files have, and the changes so far."""

    def __init__(
        self,
        writer: Writer,
        targets: list[Path],
        home: str | None,
        entries: Mapping[FileKey, ArticleFile | SkippedEntry],
    ) -> None:
        self.writer = writer
        self.stored_files = {(file.root, file.path): file for file in writer.snapshot.files()}
        self.targets = targets
        self.home = home
        self.entry_count = len(entries)
        self.readable = {key for key, entry in entries.items() if isinstance(entry, ArticleFile)}
        # Files and folders that cannot be read at present keep their articles.
        self.unreadable = {
            key
            for key, entry in entries.items()
            if isinstance(entry, SkippedEntry) and entry.failed
        }
        self.ids: set[str] = set()  # of the articles that the files of this sync have
        self.moved: set[FileKey] = set()  # files outside the targets that had an id and are gone
        self.stale: set[str] = set()  # ids to delete unless a file of this sync has them
        self.renamed: dict[str, str] = {}  # old id → new id
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
        id = file_id(root, path, self.home)
        several = format_of(path).several
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
            if stored_file := self.stored_files.get(key):
                self._rename(stored_file, id)
            return
        digest = _digest(data) if isinstance(data, bytes) else data.digest
        stored_file = self.stored_files.get(key)
        articles_before = self.writer.snapshot.articles_of(*key)
        ids_before = [item.article.id for item in articles_before]
        if (
            stored_file is not None
            and stored_file.id == id
            and stored_file.digest == digest
            and not stored_file.refused
        ):
            self.ids.update(ids_before)
            self.unchanged.extend(ids_before)
            self._count_file(path, len(ids_before), stored_file.faults)
            return
        self.stale.update(ids_before)
        stored = {
            new_id(item.article, stored_file, id) if stored_file else item.article.id: item
            for item in articles_before
        }
        entries = read_articles(path, data)
        large = None if isinstance(data, bytes) else data
        del data  # so that the reader can free the bytes after decoding them
        articles = characters = 0
        refused: list[str] = []
        ids: set[str] = set()
        faults: list[Fault] = []
        for entry in entries:
            if isinstance(entry, Fault):
                faults.append(entry)
                continue
            if articles % _PROGRESS_EVERY == 0:
                report(path, min(characters, file.size))
            articles += 1
            characters += len(entry.text)
            entry = replace(entry, id=_unused(article_id(id, entry.id if several else ""), ids))
            ids.add(entry.id)
            if self._is_taken(entry.id, key):
                refused.append(entry.id)
                reason = f"its id {entry.id!r} is already taken by an article that a program added"
                faults.append(Fault(reason, entry.line))
            else:
                self.ids.add(entry.id)
                self._put(entry, root, stored.get(entry.id))
        if len(refused) == articles and several and articles:
            faults.append(Fault("every article in it has an id that is already taken"))
        if large is not None:
            digest = large.digest  # of the bytes read: the file may have grown since
        new_file = StoredFile(root, path, digest, tuple(faults), tuple(refused), id)
        if new_file != stored_file:
            self.writer.put_file(new_file)
        self._count_file(path, articles - len(refused), faults)

    def delete_vanished(self) -> None:
        """Delete the articles of missing files, and articles that their files no longer have."""
        for key in self.stored_files:
            if key in self.moved or (key not in self.readable and self._is_missing(key)):
                self.stale.update(
                    stored.article.id for stored in self.writer.snapshot.articles_of(*key)
                )
                self.writer.drop_file(*key)
        self.stale -= self.ids
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
            removed=tuple(sorted(self.stale - self.renamed.keys())),
            renamed=tuple(sorted(self.renamed.items())),
            skipped=tuple(self.skipped),
        )

    def _put(self, article: Article, root: str, stored: StoredArticle | None) -> None:
        """Add or replace an article unless the stored article has the same id and digest."""
        digest = digest_of(article)
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
        self.writer.put_article(article, root, digest)

    def _count_file(self, path: str, articles: int, faults: Iterable[tuple[str, int]]) -> None:
        """Count a file as indexed if it gave articles, and report its faults as skipped lines."""
        self.indexed += articles > 0
        self.skipped.extend(Skip(path, reason, line) for reason, line in faults)

    def rename_others(self) -> None:
        """Rename the articles of the files that this sync does not read, where ids differ today.

        So no other file has an id that a file of this sync is to get. Only a file that is gone
        keeps an id that it had in another place of the index.
        """
        for key, file in self.stored_files.items():
            id = file_id(*key, self.home)
            if file.id == id or key in self.readable or self._is_missing(key):
                continue
            if not file.id or os.path.lexists(self._full_path(key)):
                self._rename(file, id)

    def _rename(self, file: StoredFile, id: str) -> None:
        if file.id != id:
            self.renamed.update(rename_articles(self.writer, file, id))

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
            or self._is_missing(other)
            or os.path.lexists(self._full_path(other))
        ):
            self.moved.add(other)  # its folder was moved with the index, perhaps into a target
        return False

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


def _unused(id: str, ids: set[str]) -> str:
    """Return an id, with `!` and a number after it if `ids` has it."""
    new, number = id, 1
    while new in ids:
        number += 1
        new = f"{id}!{number}"
    return new
