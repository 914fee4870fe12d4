"""Make an index agree with files and folders: add, update and drop their articles."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.large_file import DIGEST_SIZE, LARGE, LargeFile
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.sync.files import ArticleFile, SkippedEntry, describe_os_error, find_files
from nutgraf_index.sync.report import Progress, Skip, SyncReport
from nutgraf_index.sync.roots import SyncTarget, root_path

__all__ = ["digest_of", "synchronise"]

_PROGRESS_EVERY = 256  # articles of one file
FileKey = tuple[str, str]  # the name of a root, and the path of a file within it


def digest_of(article: Article) -> str:
    """Return a digest of all properties of an article, as it was read."""
    # The text is most of it; escaping it would take longer than the digest. Its length tells
    # where it ends.
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
) -> SyncReport:
    """Put and drop articles until the index agrees with the targets. Commits nothing.

    `home` is the folder that names of roots are relative to; None for an index in memory.
    """
    own = Path(index_folder) if index_folder else None
    entries = {
        (target.root_name, entry.path): entry
        for target in targets
        for entry in find_files(target.root, target.path, max_bytes=max_bytes, index_folder=own)
    }
    sync = _Synchroniser(writer, [target.path for target in targets], home, entries)
    total = sum(entry.size for entry in entries.values() if isinstance(entry, ArticleFile))
    done = 0

    def tell(path: str, characters: int) -> None:
        if progress is not None:
            progress(done + characters, total, path)

    for key, entry in entries.items():
        tell(entry.path, 0)
        if isinstance(entry, SkippedEntry):
            sync.skipped.append(Skip(entry.path, entry.reason))
        else:
            sync.read(key, entry, tell)
            done += entry.size
    tell("", 0)
    sync.drop_vanished()
    return sync.report()


class _Synchroniser:
    """The state of one sync: which file each id belongs to, and what was done.

    An id belongs to the first file in walking order that has it, so that the outcome is the
    same whichever file was indexed first.
    """

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
        self.found = len(entries)
        self.readable = {key for key, entry in entries.items() if isinstance(entry, ArticleFile)}
        # Files that cannot be read now keep their articles.
        self.withheld = {
            key
            for key, entry in entries.items()
            if isinstance(entry, SkippedEntry) and entry.failed
        }
        self.owners: dict[str, tuple[str, str]] = {}  # id → name of a root, `path:line` within
        self.moved: set[FileKey] = set()  # files that are gone, found as the owners of ids
        self.stale: set[str] = set()  # ids to drop unless a file is found to have them
        self.skipped: list[Skip] = []
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.indexed = 0

    def read(self, key: FileKey, file: ArticleFile, tell: Callable[[str, int], None]) -> None:
        """Bring the articles of one file up to date; `tell` how many characters are read."""
        root, path = key
        data: bytes | LargeFile
        try:
            if file.size >= LARGE and format_of(path).in_chunks:
                data = LargeFile(file.location)
            else:
                data = file.location.read_bytes()
        except OSError as error:
            self.skipped.append(Skip(path, describe_os_error(error)))
            self.withheld.add(key)
            self.readable.discard(key)
            return
        digest = _digest(data) if isinstance(data, bytes) else data.digest
        stored_file = self.stored_files.get(key)
        stored = {record.article.id: record for record in self.writer.snapshot.articles_of(*key)}
        if (
            stored_file is not None
            and stored_file.digest == digest
            and not stored_file.refused
            and self.owners.keys().isdisjoint(stored)
        ):
            for id, record in stored.items():
                self.owners[id] = (root, _location(path, record.article.line))
            self.unchanged.extend(stored)
            self._count(path, len(stored), stored_file.faults)
            return
        self.stale.update(stored)
        entries = read_articles(path, data)
        large = None if isinstance(data, bytes) else data
        del data  # the reader frees it once it is decoded
        articles = characters = 0
        whole_file = True
        refused: list[str] = []
        faults: list[Fault] = []
        for entry in entries:
            if isinstance(entry, Fault):
                faults.append(entry)
                continue
            if articles % _PROGRESS_EVERY == 0:
                tell(path, min(characters, file.size))
            articles += 1
            characters += len(entry.text)
            whole_file = not entry.line
            if owner := self._other_owner(entry.id, key):
                refused.append(entry.id)
                faults.append(Fault(f"its id {entry.id!r} is that of {owner}", entry.line))
            else:
                self.owners[entry.id] = (root, _location(path, entry.line))
                self._put(entry, root, stored.get(entry.id))
        if len(refused) == articles and not whole_file:
            faults.append(Fault("no article of its own in it"))
        if large is not None:
            digest = large.digest  # of what was read: it may be longer by now
        new_file = StoredFile(root, path, digest, tuple(faults), tuple(refused))
        if new_file != stored_file:
            self.writer.put_file(new_file)
        self._count(path, articles - len(refused), faults)

    def drop_vanished(self) -> None:
        """Drop the articles of files that are gone, and ids that no file has any more."""
        for key in self.stored_files:
            if key in self.moved or (key not in self.readable and self._is_gone(key)):
                self.stale.update(
                    record.article.id for record in self.writer.snapshot.articles_of(*key)
                )
                self.writer.drop_file(*key)
        self.stale.difference_update(self.owners)
        for id in self.stale:
            self.writer.drop_article(id)

    def report(self) -> SyncReport:
        """Return what was found and done."""
        return SyncReport(
            found=self.found,
            indexed=self.indexed,
            added=tuple(sorted(self.added)),
            updated=tuple(sorted(self.updated)),
            unchanged=tuple(sorted(self.unchanged)),
            removed=tuple(sorted(self.stale)),
            skipped=tuple(self.skipped),
        )

    def _put(self, article: Article, root: str, stored: StoredArticle | None) -> None:
        digest = digest_of(article)
        if stored is not None and stored.digest == digest:
            self.unchanged.append(article.id)
            return
        replaces = self.writer.snapshot.find(article.id) is not None
        (self.updated if replaces else self.added).append(article.id)
        self.writer.put_article(article, root, digest)

    def _count(self, path: str, articles: int, faults: Iterable[tuple[str, int]]) -> None:
        self.indexed += articles > 0
        self.skipped.extend(Skip(path, reason, line) for reason, line in faults)

    def _other_owner(self, id: str, key: FileKey) -> str | None:
        """Return a description of the file or program, not the file `key`, that has an id."""
        if id in self.owners:
            return self._described(*self.owners[id], seen_from=key[0])
        record = self.writer.snapshot.article(id)
        if record is None:
            return None
        if not record.root:
            return "an article that a program added"
        owner = (record.root, record.article.path)
        if owner == key or owner in self.readable or self._is_gone(owner):
            return None
        if not os.path.lexists(self._full_path(owner)):
            self.moved.add(owner)  # its folder was moved or renamed, perhaps to a target
            return None
        location = _location(owner[1], record.article.line)
        return self._described(record.root, location, seen_from=key[0])

    def _described(self, root: str, location: str, *, seen_from: str) -> str:
        """Return the location of an article, with its root and the way out if that is another."""
        if root == seen_from:
            return location
        full = self._full_path((root, location))
        return f"{full} (index a folder that holds both to tell them apart)"

    def _is_gone(self, key: FileKey) -> bool:
        """Return whether a file that is not readable should have been found in the targets."""
        root, path = key
        withheld = any(
            root == other and (path == shut or shut == "." or path.startswith(f"{shut}/"))
            for other, shut in self.withheld
        )
        return not withheld and any(map(self._full_path(key).is_relative_to, self.targets))

    def _full_path(self, key: FileKey) -> Path:
        root, path = key
        return root_path(root, self.home) / path


def _location(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path
