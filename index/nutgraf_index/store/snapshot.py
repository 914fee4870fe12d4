"""Snapshots: a commit open for reading, with the articles, passages and files of its segments.

A snapshot never changes, whatever writers do later, and any number of threads may read it.
"""

import os
import reprlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from nutgraf_index import core
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.languages.registry import DEFAULT
from nutgraf_index.analysis.query_analyzer import query_analyzer_of
from nutgraf_index.analysis.synonym_rules import SynonymRules
from nutgraf_index.errors import (
    ArgumentError,
    IndexDamaged,
    IndexUnusable,
    NotIndexedError,
    NutgrafError,
)
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Article, Passage
from nutgraf_index.names import counted, printable, root_folder
from nutgraf_index.segment.file import SegmentFile
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile, file_key
from nutgraf_index.segment.term_dictionary import encoded
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit, Entry
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.segment_reader import Deletions, SegmentReader

__all__ = [
    "Snapshot",
    "checked",
    "joined",
    "open_reader",
    "open_snapshot",
    "read_synonyms_file",
]

_TRIES = 20  # how often opening may start over with a newer commit


def open_snapshot(directory: Directory, old: "Snapshot | None" = None) -> "Snapshot":
    """Open the current commit. Segments that an `old` snapshot has open are reused.

    Raises the errors that `commit.current` raises.
    """
    commit = commits.current(directory)
    for _ in range(_TRIES):
        if old is not None and old.commit == commit and not old.closed:
            return old
        try:
            return Snapshot(directory, commit, old)
        except FileNotFoundError as error:
            newer = commits.current(directory)
            if newer.number == commit.number:
                name = os.path.basename(error.filename or str(error))
                raise IndexDamaged.of(directory.where, name, "it is missing") from error
            commit = newer
    raise IndexUnusable(f"the index {directory.where} changes too fast to be opened: try again")


class Snapshot:
    """One commit, open for reading.

    Its passages are numbered from 0 across all segments, deleted ones included; `passages` is the
    number of passages. The numbers are valid for this snapshot only.
    """

    def __init__(self, directory: Directory, commit: Commit, old: "Snapshot | None" = None) -> None:
        self.where = directory.where
        self._directory = directory
        self._root_folders: dict[str, str] = {}  # by name of the root, ending with a separator
        self.commit = commit
        self.closed = False
        reusable = {} if old is None else dict(zip(old.commit.entries, old.readers, strict=True))
        readers: list[SegmentReader] = []
        base = 0
        for entry in commit.entries:
            reader = reusable.get(entry)
            if reader is None or reader.base != base:
                reader = open_reader(directory, entry, base)
            readers.append(reader)
            base += reader.passages
        self.readers: tuple[SegmentReader, ...] = tuple(readers)
        self.passages = base
        # Opened now, since a later commit may remove the file; read when a query needs it.
        self._synonyms_file: SegmentFile | None = None
        if commit.synonyms is not None:
            if old is not None and old.commit.synonyms == commit.synonyms:
                self._synonyms_file = old._synonyms_file
            else:
                self._synonyms_file = commits.load(directory, *commit.synonyms.files()[0])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages of the live passages, that of the most passages first."""
        return tuple(self.by_language(Level.PASSAGE)) or (self._empty_language,)

    @cached_property
    def first_day(self) -> int:
        """The earliest day of a live article, as the number YYYYMMDD; 0 if none has a date."""
        return min(filter(None, [reader.first_day for reader in self.readers]), default=0)

    @property
    def _empty_language(self) -> str:
        """The code of the language in which queries are read while there is no passage."""
        return self.commit.language or DEFAULT

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyser of queries: that of the language, or of all languages if there are several.

        Texts of articles are analysed by the analyser of their segment.
        """
        return self.analyzer_for(self.languages[0])

    def analyzer_for(self, language: str) -> Analyzer:
        """Return the analyser of queries in a language, given by its code."""
        return query_analyzer_of(language, self.languages)

    @property
    def parts(self) -> "tuple[Snapshot, ...]":
        """The snapshots of single commits that this snapshot consists of."""
        return (self,)

    @cached_property
    def synonyms(self) -> SynonymRules:
        """The synonyms that are kept with the index."""
        file = self._synonyms_file
        return SynonymRules(()) if file is None else read_synonyms_file(file)

    @property
    def home(self) -> str | None:
        """The folder that the names of roots are relative to; see `Directory`."""
        return self._directory.home

    def part_of(self, reader: SegmentReader) -> "Snapshot":
        """Return the part that has a segment."""
        return self

    def location(self, reader: SegmentReader) -> str:
        """Return where the index is that has a segment; no two indexes are at one location."""
        return self.where

    def resolve(self, root: str, path: str) -> str:
        """Return the full path of a file from the name of its root and its path in that root."""
        if not root:
            return path
        if root not in self._root_folders:
            self._root_folders[root] = os.path.join(root_folder(root, self.home), "")
        return self._root_folders[root] + path

    def qualified(self, reader: SegmentReader, id: str) -> str:
        """Return the id by which an article of a segment is found in the whole snapshot."""
        return id

    def close(self) -> None:
        """Release the segment files, which are closed once no reader uses them."""
        self.closed = True
        self.readers = ()

    def count(self, level: Level) -> int:
        """Return the number of live documents of a level: passages, sections, articles or files."""
        return self._counts[level]

    @property
    def described(self) -> str:
        """The numbers of articles and passages, in words."""
        articles, passages = (self.count(level) for level in (Level.ARTICLE, Level.PASSAGE))
        return f"{counted(articles, 'article')}, {counted(passages, 'passage')}"

    @cached_property
    def _counts(self) -> dict[Level, int]:
        return {level: sum(reader.live_count(level) for reader in self.readers) for level in Level}

    def average_length(self, field: str, language: str) -> float:
        """Return the average length of a field, in words, over the live documents.

        It is the mean over all words of the length of the text that a word stands in: the sum of
        the squares of the lengths by the sum of the lengths. So an archive of paragraphs does not
        get a lower average by its many headlines, captions and lines of dialogue, which have few
        of its words.

        Only segments of the language of a code count. Return 1.0 if no document has a word.
        """
        if (field, language) not in self._averages:
            words = squares = 0
            for reader in self.readers:
                if reader.language != language:
                    continue
                live = reader.live_docs(FIELDS[field].level)
                if live is None:
                    facts = reader.file.facts
                    sums = facts.get(f"{field}.words", 0), facts.get(f"{field}.squares", 0)
                    if not 0 <= sums[0] <= sums[1] <= sums[0] ** 2:
                        raise reader.file.damage(f"{field} has an impossible sum of lengths")
                else:
                    sums = core.bitmaps.tally(live.words, reader.field(field).lengths)
                words += sums[0]
                squares += sums[1]
            self._averages[field, language] = squares / words if words else 1.0
        return self._averages[field, language]

    @cached_property
    def _averages(self) -> dict[tuple[str, str], float]:
        return {}

    def reader_of(self, passage: int) -> tuple[SegmentReader, int]:
        """Return the segment of a passage of this snapshot, and the passage's doc id there.

        Raises `IndexError` if there is no passage of that number.
        """
        for reader in self.readers:
            if reader.base <= passage < reader.base + reader.passages:
                return reader, passage - reader.base
        raise IndexError(passage)

    def passage(self, number: int) -> tuple[StoredArticle, Passage]:
        """Return the article and the passage of a passage number of this snapshot."""
        reader, doc_id = self.reader_of(number)
        ((article, passage),) = reader.passages_at([doc_id])
        return reader.article(article), passage

    def passages_of(self, id: str) -> list[Passage]:
        """Return the passages of an article in reading order; an empty list for an unknown id."""
        location = self.find(id)
        if location is None:
            return []
        reader, article = location
        return [passage for _, passage in reader.passages_at(reader.passages_of(article))]

    def find(self, id: str) -> tuple[SegmentReader, int] | None:
        """Return the segment of a live article and its number there, or None for an unknown id.

        Raises `ArgumentError` for an id that is not a text.
        """
        if not isinstance(id, str):
            raise ArgumentError(f"an article's id must be a text, not {reprlib.repr(id)}")
        for reader in self.readers:
            article = reader.find_article(id)
            if article >= 0:
                return reader, article
        return None

    def article(self, id: str) -> StoredArticle | None:
        """Return an article without its text, or None for an unknown id."""
        location = self.find(id)
        return location and location[0].article(location[1])

    def by_language(self, level: Level) -> dict[str, int]:
        """Return the number of live documents of a level by language code, the highest first."""
        documents: Counter[str] = Counter()
        for reader in self.readers:
            documents[reader.language] += reader.live_count(level)
        counts = sorted((-count, code) for code, count in documents.items() if count)
        return {code: -count for count, code in counts}

    def articles(self) -> Iterator[StoredArticle]:
        """Yield all live articles without their texts, segment by segment."""
        return (reader.article(number) for reader, number in self._live_docs(Level.ARTICLE))

    def whole_articles(self) -> Iterator[Article]:
        """Yield all live articles with their texts, in the order of their ids."""
        import heapq  # searches do not need it

        readers = self.readers
        with checked(readers):
            for _, _, reader, number in heapq.merge(*map(_by_id, range(len(readers)), readers)):
                yield reader.whole_article(number)

    def articles_of(self, root: str, path: str) -> list[StoredArticle]:
        """Return the live articles that were read from a file."""
        return [reader.article(number) for reader, number in self.find_articles(root, path)]

    def find_articles(self, root: str, path: str) -> list[tuple[SegmentReader, int]]:
        """Return the segment and number of each live article that was read from a file."""
        articles = []
        for reader in self.readers:
            roots, paths = reader.text_column("root"), reader.text_column("article.path")
            for number in reader.find_docs("path", printable(path)):
                if roots.text(number) == root and paths.text(number) == path:
                    articles.append((reader, number))
        return articles

    def roots(self) -> list[str]:
        """Return the sorted names of roots. A root whose articles are all deleted may be listed."""
        terms = {root for reader in self.readers for root in reader.field("root").terms}
        return sorted(root.decode("utf-8", "surrogatepass") for root in terms)

    def synced_roots(self) -> list[str]:
        """Return the sorted names of the roots of synced files, without reading all files.

        A root is left out if its name has a line break and begins with that of another root.
        """
        roots: set[str] = set()
        for reader in self.readers:
            field, live = reader.field("file"), reader.live_docs(Level.FILE)
            number = 0
            while number < len(field.terms):
                # The key of a file begins with its root and a line break: see `file_key`.
                root = reader.stored_file(field.doc_ids(number)[0]).root
                after = encoded(f"{root}\v")
                count = range(len(field.terms))
                # Few terms are read: a search in all of them would check all their bytes first.
                stop = bisect_left(count, after, number + 1, key=field.terms.__getitem__)
                keys = range(number, stop)
                if live is None or any(len(live.among(field.doc_ids(key))) for key in keys):
                    roots.add(root)
                number = stop
        return sorted(roots)

    def files(self) -> Iterator[StoredFile]:
        """Yield all synced files."""
        return (reader.stored_file(number) for reader, number in self._live_docs(Level.FILE))

    def _live_docs(self, level: Level) -> Iterator[tuple[SegmentReader, int]]:
        """Yield the segment and number of each live document of a level."""
        for reader in self.readers:
            yield from ((reader, number) for number in reader.live_numbers(level))

    def find_file(self, root: str, path: str) -> tuple[SegmentReader, int] | None:
        """Return the segment of a synced file and its number there, or None for an unknown file."""
        for reader in self.readers:
            for number in reader.find_docs("file", file_key(root, path)):
                if reader.stored_file(number).path == path:  # its key may be that of another file
                    return reader, number
        return None


class _Joined(Snapshot):
    """The snapshots of several indexes as one, with the segments of all.

    Only the statistics, the segments and the ids of articles are those of all; passages have no
    numbers across the indexes, and there is no commit.
    """

    def __init__(self, parts: Sequence[Snapshot]) -> None:
        self._parts = tuple(parts)
        places = [part.where for part in parts]
        # Indexes in memory have no folders to tell them apart.
        self._names = [
            f"{place} {number}" if places.count(place) > 1 else place
            for number, place in enumerate(places, 1)
        ]
        self.where = " and ".join(self._names)
        self.closed = False
        self.readers = tuple(reader for part in parts for reader in part.readers)
        self.passages = sum(part.passages for part in parts)
        self._part_of = {reader: at for at, part in enumerate(parts) for reader in part.readers}

    @property
    def _empty_language(self) -> str:
        return self._parts[0]._empty_language

    @property
    def parts(self) -> tuple[Snapshot, ...]:
        """The snapshots of the indexes, in the order in which they were given."""
        return self._parts

    @cached_property
    def synonyms(self) -> SynonymRules:
        """The synonyms that are kept with any of the indexes."""
        return SynonymRules(tuple(rule for part in self._parts for rule in part.synonyms.rules))

    def part_of(self, reader: SegmentReader) -> Snapshot:
        """Return the snapshot of the index that has a segment."""
        return self._parts[self._part_of[reader]]

    def location(self, reader: SegmentReader) -> str:
        """Return where the index is that has a segment; no two indexes are at one location."""
        return self._names[self._part_of[reader]]

    def qualified(self, reader: SegmentReader, id: str) -> str:
        """Return an article's id, after the location of its index if another one has the id too."""
        at = self._part_of[reader]
        others = (part for number, part in enumerate(self._parts) if number != at)
        if any(part.find(id) for part in others):
            return f"{self.location(reader)}:{id}"
        return id

    def find(self, id: str) -> tuple[SegmentReader, int] | None:
        """Return the segment of a live article and its number there, or None for an unknown id.

        Raises `NotIndexedError` for an id that several indexes have, and `ArgumentError` for an id
        that is not a text.
        """
        found = {
            name: location
            for name, part in zip(self._names, self._parts, strict=True)
            if (location := part.find(id))
        }
        if len(found) > 1:
            choices = " or ".join(repr(f"{name}:{id}") for name in found)
            raise NotIndexedError(f"{len(found)} indexes have an article {id!r}: write {choices}")
        for name, part in zip(self._names, self._parts, strict=True):
            if not found and id.startswith(f"{name}:"):
                return part.find(id.removeprefix(f"{name}:"))
        return next(iter(found.values()), None)


def joined(parts: Sequence[Snapshot]) -> Snapshot:
    """Return the snapshots of one or several indexes as one snapshot.

    Raises `ArgumentError` if an index is given twice.
    """
    if len(parts) == 1:
        return parts[0]
    keys: set[object] = set()
    for part in parts:
        key = os.path.realpath(part.where) if part.home else part
        if key in keys:
            raise ArgumentError(f"the index {part.where} is given twice: give it once")
        keys.add(key)
    return _Joined(parts)


def _by_id(segment: int, reader: SegmentReader) -> Iterator[tuple[str, int, SegmentReader, int]]:
    """Yield the id, the segment's number, the segment and the number of each live article."""
    deleted = {*reader.deleted.articles}
    ranks = reader.id_ranks
    for number in sorted(range(len(ranks)), key=ranks.__getitem__):
        if number not in deleted:
            yield reader.id_of(number), segment, reader, number


class checked:  # noqa: N801
    """On an unexpected error, raise `IndexDamaged` if a segment is damaged, else the error itself.

    Segments are checked only after an error, and each segment once.
    """

    def __init__(self, readers: Iterable[SegmentReader]) -> None:
        self._readers = readers

    def __enter__(self) -> None:
        """Begin the work on the segments."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Check the segments after an unexpected error."""
        if not isinstance(error, Exception) or isinstance(error, NutgrafError | OSError):
            return
        from nutgraf_index.store.soundness import check_bounds  # imports NumPy: only on an error

        for reader in self._readers:
            if not reader.is_sound:
                check_bounds(reader)
                reader.is_sound = True


def open_reader(directory: Directory, entry: Entry, base: int) -> SegmentReader:
    """Open a segment of a commit. Raises `FileNotFoundError`, `IndexDamaged`.

    `base` is the number that the segment's first passage has in the snapshot.
    """
    file, *deletion_files = (commits.load(directory, *written) for written in entry.files())
    deleted = _read_deletions(deletion_files[0]) if deletion_files else None
    return SegmentReader(entry.segment, file, deleted, base, entry.language)


def read_synonyms_file(file: SegmentFile) -> SynonymRules:
    """Return the synonyms of a file that is kept with an index. Raises `IndexDamaged`."""
    try:
        return SynonymRules.load(file.column("rules").view().tobytes())
    except ValueError as error:
        raise file.damage(f"its synonyms cannot be read ({error})") from error


def _read_deletions(file: SegmentFile) -> Deletions:
    deleted = Deletions(*(file.column(name).uints() for name in ("articles", "files")))
    if not all(core.bitmaps.ascend(numbers, 1) for numbers in deleted):
        raise file.damage("the numbers of deleted articles or files do not ascend")
    return deleted
