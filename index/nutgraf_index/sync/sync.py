"""Bring an index up to date with files and folders: what came, changed, stayed and went."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.sync.files import SourceFile, Unread, find_files, refusal
from nutgraf_index.sync.report import Progress, Skip, SyncReport
from nutgraf_index.sync.roots import SyncTarget, root_path

__all__ = ["digest_of", "put", "synchronise"]

_TOLD = 256  # articles of one file between two words of progress
Key = tuple[str, str]  # a file: the name of its root, and its path within


def put(writer: Writer, article: Article, root: str = "") -> None:
    """Put an article with its digest."""
    writer.put_article(article, root, digest_of(article))


def digest_of(article: Article) -> str:
    """Return a digest of all that is in an article, as it was read."""
    # The text is most of it and not escaped, which would take longer than the digest; its length
    # tells where it ends.
    whole = f"{len(article.text)} {article.text}{_ALL_BUT_TEXT(article)!r}"
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_ALL_BUT_TEXT = attrgetter(*(field.name for field in fields(Article) if field.name != "text"))


def synchronise(
    writer: Writer,
    sources: list[SyncTarget],
    *,
    home: Path | None,
    max_bytes: int,
    leave_out: Path | None,
    progress: Progress | None,
) -> SyncReport:
    """Put and drop what makes the index agree with the sources; commit nothing."""
    entries: dict[Key, SourceFile | Unread] = {}
    for source in sources:
        found = find_files(source.root, source.target, max_bytes=max_bytes, leave_out=leave_out)
        entries.update(((source.root_name, entry.path), entry) for entry in found)
    sync = _Sync(writer, sources, home, entries)
    sizes = [entry.size if isinstance(entry, SourceFile) else 0 for entry in entries.values()]
    total, before = sum(sizes), 0
    for ((root, path), entry), size in zip(entries.items(), sizes, strict=True):

        def tell(share: float, *, before: int = before, size: int = size, path: str = path) -> None:
            if progress is not None:
                progress(before + int(share * size), total, path)

        tell(0)
        if isinstance(entry, Unread):
            sync.skipped.append(Skip(path, entry.reason))
        else:
            sync.read((root, path), entry.location, tell)
        before += size
    if progress is not None:
        progress(total, total, "")
    sync.forget_vanished()
    return sync.report(len(entries))


class _Sync:
    """The state of one sync: which ids are taken, and what was done.

    An id belongs to the first file in walking order that has it, so that the outcome is the
    same whichever file came to the index first.
    """

    def __init__(
        self,
        writer: Writer,
        sources: list[SyncTarget],
        home: Path | None,
        entries: dict[Key, SourceFile | Unread],
    ) -> None:
        self.writer = writer
        self.remembered = {(file.root, file.path): file for file in writer.snapshot.files()}
        self.targets = [source.target for source in sources]
        self.home = home
        self.readable = {key for key, entry in entries.items() if isinstance(entry, SourceFile)}
        # What the system refuses to show keeps its articles.
        self.withheld = {
            key for key, entry in entries.items() if isinstance(entry, Unread) and entry.failed
        }
        self.taken: dict[str, tuple[str, str]] = {}  # id → root, and where it stands within
        self.lost: set[Key] = set()  # files that are gone, as the holders of ids they had
        self.stale: set[str] = set()  # ids to drop unless some file takes them
        self.skipped: list[Skip] = []
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged: list[str] = []
        self.indexed = 0

    def read(self, key: Key, location: Path, tell: Callable[[float], None]) -> None:
        """Bring the articles of one file up to date, and tell which share of it is done."""
        root, path = key
        try:
            data = location.read_bytes()
        except OSError as error:
            self.skipped.append(Skip(path, refusal(error)))
            self.withheld.add(key)
            self.readable.discard(key)
            return
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        known = self.remembered.get(key)
        before = {record.article.id: record for record in self.writer.snapshot.articles_of(*key)}
        if (
            known is not None
            and known.digest == digest
            and not known.refused
            and self.taken.keys().isdisjoint(before)
        ):
            for id, record in before.items():
                self.taken[id] = (root, _place(path, record.article.line))
            self.unchanged.extend(before)
            self._count(path, len(before), known.faults)
            return
        self.stale.update(before)
        size, done = max(len(data), 1), 0
        contents = read_articles(path, data)
        del data  # which they hold as long as they need it
        articles = 0
        whole_file = True
        refused: list[str] = []
        faults: list[Fault] = []
        for found in contents:
            if isinstance(found, Fault):
                faults.append(found)
                continue
            if articles % _TOLD == 0:
                tell(done / size)
            articles += 1
            done += len(found.text)
            whole_file = not found.line
            if holder := self._holder(found.id, key):
                refused.append(found.id)
                faults.append(Fault(f"its id {found.id!r} is that of {holder}", found.line))
            else:
                self.taken[found.id] = (root, _place(path, found.line))
                self._put(found, root, before.get(found.id))
        if len(refused) == articles and not whole_file:
            faults.append(Fault("no article of its own in it"))
        file = StoredFile(
            root,
            path,
            digest,
            tuple((fault.reason, fault.line) for fault in faults),
            tuple(refused),
        )
        if file != known:
            self.writer.put_file(file)
        self._count(path, articles - len(refused), file.faults)

    def forget_vanished(self) -> None:
        """Drop what came from files that are gone, and ids no file has any more."""
        for key in self.remembered:
            if key in self.lost or (key not in self.readable and self._is_gone(key)):
                self.stale.update(
                    record.article.id for record in self.writer.snapshot.articles_of(*key)
                )
                self.writer.drop_file(*key)
        self.stale.difference_update(self.taken)
        for id in self.stale:
            self.writer.drop_article(id)

    def _put(self, article: Article, root: str, before: StoredArticle | None) -> None:
        if before is not None and before.digest == digest_of(article):
            self.unchanged.append(article.id)
            return
        replaced = self.writer.snapshot.find(article.id) is not None
        (self.updated if replaced else self.added).append(article.id)
        put(self.writer, article, root)

    def _count(self, path: str, articles: int, faults: Iterable[tuple[str, int]]) -> None:
        self.indexed += articles > 0
        self.skipped.extend(Skip(path, reason, line) for reason, line in faults)

    def _holder(self, id: str, key: Key) -> str | None:
        """Say which other source an id belongs to, if it does."""
        if id in self.taken:
            return self._named(*self.taken[id], beside=key[0])
        record = self.writer.snapshot.article(id)
        if record is None:
            return None
        if not record.root:
            return "an article that a program added"
        owner = (record.root, record.article.path)
        if owner == key or owner in self.readable or self._is_gone(owner):
            return None
        if not os.path.lexists(root_path(record.root, self.home) / owner[1]):
            self.lost.add(owner)  # its folder was moved or renamed, perhaps to where we are
            return None
        return self._named(record.root, _place(owner[1], record.article.line), beside=key[0])

    def _named(self, root: str, place: str, *, beside: str) -> str:
        """Name a holder of an id; with the way out where the roots have a name in common."""
        if root == beside:
            return place
        full = root_path(root, self.home) / place
        return f"{full} (index a folder that holds both to tell them apart)"

    def _is_gone(self, key: Key) -> bool:
        """Whether a file that is not readable now should have been met, and was not withheld."""
        root, path = key
        location = root_path(root, self.home) / path
        withheld = any(
            root == other and (path == shut or shut == "." or path.startswith(f"{shut}/"))
            for other, shut in self.withheld
        )
        return not withheld and any(location.is_relative_to(target) for target in self.targets)

    def report(self, found: int) -> SyncReport:
        """Sum up."""
        return SyncReport(
            found=found,
            indexed=self.indexed,
            added=tuple(sorted(self.added)),
            updated=tuple(sorted(self.updated)),
            unchanged=tuple(sorted(self.unchanged)),
            removed=tuple(sorted(self.stale)),
            skipped=tuple(self.skipped),
        )


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path
