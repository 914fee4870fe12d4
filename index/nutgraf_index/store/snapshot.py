"""A commit as it is read: articles, passages and files across its segments.

A snapshot does not change, whatever writers do later, and any number of threads may read it.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from functools import cached_property

from nutgraf_index import core
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.errors import ArgumentError, IndexDamaged, IndexUnusable, NutgrafError
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Passage
from nutgraf_index.names import printable
from nutgraf_index.segment.file import SegmentFile
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile, file_key
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit, Entry
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.segment_reader import Deletions, SegmentReader

__all__ = ["Snapshot", "checked", "open_reader", "open_snapshot"]

_TRIES = 20  # commits that may overtake an opening


def open_snapshot(folder: Directory, before: "Snapshot | None" = None) -> "Snapshot":
    """Open the commit that stands; what it shares with a snapshot open before is not read again.

    Raises `IndexDamaged`, and what `commit.current` does.
    """
    commit = commits.current(folder)
    for _ in range(_TRIES):
        if before is not None and before.commit == commit and not before.closed:
            return before
        try:
            return Snapshot(folder, commit, before)
        except FileNotFoundError as error:
            newer = commits.current(folder)
            if newer.number == commit.number:
                name = os.path.basename(error.filename or str(error))
                raise IndexDamaged.of(folder.where, name, "it is missing") from error
            commit = newer
    raise IndexUnusable(f"the index {folder.where} is rewritten faster than it can be opened")


class Snapshot:
    """One commit, open for reading."""

    def __init__(self, folder: Directory, commit: Commit, before: "Snapshot | None" = None) -> None:
        self.where = folder.where
        self.analyzer = analyzer_of(commit.language)
        self.commit = commit
        self.closed = False
        known = (
            {} if before is None else dict(zip(before.commit.entries, before.readers, strict=True))
        )
        readers: list[SegmentReader] = []
        base = 0
        for entry in commit.entries:
            reader = known.get(entry)
            if reader is None or reader.base != base:
                reader = open_reader(folder, entry, base)
            readers.append(reader)
            base += reader.passages
        self.readers: tuple[SegmentReader, ...] = tuple(readers)
        self.passages = base  # deleted ones included: documents are numbered below it

    def close(self) -> None:
        """Let go of the files, as soon as nobody reads in them any more."""
        self.closed = True
        self.readers = ()

    def count(self, level: Level) -> int:
        """Return how many units there are, deleted ones left out."""
        return self._counts[level]

    @cached_property
    def _counts(self) -> dict[Level, int]:
        return {level: sum(reader.live_count(level) for reader in self.readers) for level in Level}

    def average_length(self, field: str) -> float:
        """Return the mean number of words of a field, over the units that have any."""
        if field not in self._averages:
            words = units = 0
            for reader in self.readers:
                live = reader.live_units(FIELDS[field].level)
                if live is None:
                    facts = reader.file.facts
                    of_segment = [facts.get(f"{field}.{fact}", 0) for fact in ("words", "units")]
                    if not of_segment[0] >= of_segment[1] >= 0:  # each of the units has a word
                        raise reader.file.damage(f"{field} has more units than words")
                    words += of_segment[0]
                    units += of_segment[1]
                else:
                    of_live = core.bitmaps.tally(live.words, reader.field(field).lengths)
                    words += of_live[0]
                    units += of_live[1]
            self._averages[field] = words / units if units else 1.0
        return self._averages[field]

    @cached_property
    def _averages(self) -> dict[str, float]:
        return {}

    def reader_of(self, document: int) -> tuple[SegmentReader, int]:
        """Return the segment of a document, and its number there."""
        for reader in self.readers:
            if reader.base <= document < reader.base + reader.passages:
                return reader, document - reader.base
        raise IndexError(document)

    def passage(self, document: int) -> tuple[StoredArticle, Passage]:
        """Return the passage of a document number, and its article."""
        reader, number = self.reader_of(document)
        ((article, passage),) = reader.passages_at([number])
        return reader.article(article), passage

    def passages_of(self, id: str) -> list[Passage]:
        """Return the passages of an article in reading order; none for an unknown id."""
        found = self.find(id)
        if found is None:
            return []
        reader, article = found
        return [passage for _, passage in reader.passages_at(reader.passages_of(article))]

    def find(self, id: str) -> tuple[SegmentReader, int] | None:
        """Return where an article is, or None."""
        if not isinstance(id, str):
            raise ArgumentError(f"an article's id is a text, not {id!r}")
        for reader in self.readers:
            article = reader.find_article(id)
            if article >= 0:
                return reader, article
        return None

    def article(self, id: str) -> StoredArticle | None:
        """Return what is known of an article, or None."""
        found = self.find(id)
        return found and found[0].article(found[1])

    def articles(self) -> Iterator[StoredArticle]:
        """Yield all articles, in no particular order."""
        return (reader.article(number) for reader, number in self._live(Level.ARTICLE))

    def articles_of(self, root: str, path: str) -> list[StoredArticle]:
        """Return the articles that came from a file."""
        found = []
        for reader in self.readers:
            for number in reader.find_units("path", printable(path)):
                record = reader.article(number)
                if record.root == root and record.article.path == path:
                    found.append(record)
        return found

    def roots(self) -> list[str]:
        """Return the names of the roots that articles came by, and perhaps some that are gone."""
        found = {root for reader in self.readers for root in reader.field("root").terms}
        return sorted(root.decode("utf-8", "surrogatepass") for root in found)

    def files(self) -> Iterator[StoredFile]:
        """Yield what is remembered of each file."""
        return (reader.file_record(number) for reader, number in self._live(Level.FILE))

    def _live(self, level: Level) -> Iterator[tuple[SegmentReader, int]]:
        """Yield what is not deleted of a level, by segment and number."""
        for reader in self.readers:
            yield from ((reader, number) for number in reader.live_numbers(level))

    def count_files(self) -> int:
        """Return how many files have an article in the index."""
        return len({(one.root, one.article.path) for one in self.articles() if one.root})

    def find_file(self, root: str, path: str) -> tuple[SegmentReader, int] | None:
        """Return where the record of a file is, or None."""
        for reader in self.readers:
            found = reader.find_units("file", file_key(root, path))
            if len(found):
                return reader, found[0]
        return None


@contextlib.contextmanager
def checked(readers: Iterable[SegmentReader]) -> Iterator[None]:
    """Raise `IndexDamaged` for an error if a segment is not sound; otherwise it passes on.

    Each reader is checked once, and only when there is an error.
    """
    try:
        yield
    except (NutgrafError, OSError):
        raise
    except Exception:
        from nutgraf_index.store.soundness import check_bounds  # what reading does not need

        for reader in readers:
            if not reader.is_sound:
                check_bounds(reader)
                reader.is_sound = True
        raise


def open_reader(folder: Directory, entry: Entry, base: int) -> SegmentReader:
    """Open a segment of a commit. Raises `FileNotFoundError`, `IndexDamaged`."""
    file, *more = (commits.load(folder, *written) for written in entry.files())
    deleted = _deletions(more[0]) if more else None
    return SegmentReader(entry.segment, file, deleted, base)


def _deletions(file: SegmentFile) -> Deletions:
    deleted = Deletions(*(file.column(name).uints() for name in ("articles", "files")))
    if not all(core.bitmaps.ascend(numbers, 1) for numbers in deleted):
        raise file.damage("the numbers of what is deleted do not ascend")
    return deleted
