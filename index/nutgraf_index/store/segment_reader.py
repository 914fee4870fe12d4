"""One segment as a snapshot sees it: its columns, its lists, and which articles are deleted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from nutgraf_index.arrays import Array
from nutgraf_index.cache import Cache
from nutgraf_index.fields import (
    ARTICLE_PROPERTIES,
    FIELDS,
    MULTI_VALUED,
    NUMBERS,
    RECORDS,
    TEXT_COLUMNS,
    Level,
)
from nutgraf_index.model import Article, Passage
from nutgraf_index.segment.columns import TextColumn
from nutgraf_index.segment.file import SegmentFile
from nutgraf_index.segment.fingerprint_index import FingerprintIndex
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.stored_blocks import StoredBlocks
from nutgraf_index.segment.stored_fields import (
    PASSAGE_NUMBERS,
    ROLES,
    StoredArticle,
    StoredFile,
    load_file,
    load_metadata,
    load_text,
)

__all__ = ["Deletions", "SegmentReader"]

_CACHED = 1024  # articles kept as read


class Deletions:
    """Which articles and files of a segment are no more, by their numbers, ascending."""

    def __init__(self, articles: Array, files: Array) -> None:
        self.articles = articles
        self.files = files


_NOTHING = np.zeros(0, np.int64)
_PASSAGES_OF = (Level.SECTION, Level.ARTICLE)


class SegmentReader:
    """A segment and its deletions. `base` is the document number of its first passage."""

    def __init__(self, name: str, file: SegmentFile, deleted: Deletions | None, base: int) -> None:
        self.name = name
        self.file = file
        self.base = base
        self.deleted = deleted or Deletions(_NOTHING, _NOTHING)
        self.is_sound = False  # whether all its numbers were found to be within their bounds
        self.counts = {level: file.facts.get(level.value, -1) for level in Level}
        self.passages = self.counts[Level.PASSAGE]
        self._fields: dict[str, PostingsReader] = {}
        self._articles: Cache[int, StoredArticle] = Cache(_CACHED)
        self._unit_of: dict[Level, Array] = {}
        self._stores: dict[str, StoredBlocks] = {}
        self._columns: dict[str, TextColumn] = {}
        # Arrays are made by these counts: they must be what the file has room for.
        lengths = {f"{name}.at": self.counts[level] + 1 for name, level in RECORDS.items()}
        lengths |= {f"{level.value}.first": self.counts[level] + 1 for level in _PASSAGES_OF}
        lengths |= {name: self.counts[level] for name, (level, _) in NUMBERS.items()}
        for name, length in lengths.items():
            if len(file.column(name)) != length:
                raise file.damage(f"{name} has another length than it says")
        self._record_ends = {name: file.column(f"{name}.at").item for name in RECORDS}
        self._role, self._line, self._gap, self._wide = (
            file.column(name).item for name in PASSAGE_NUMBERS
        )
        self._article_line = file.column("article.line").item
        for numbers, level in (
            (self.deleted.articles, Level.ARTICLE),
            (self.deleted.files, Level.FILE),
        ):
            if len(numbers) and numbers[-1] >= self.counts[level]:
                raise file.damage(f"a deleted {level.value} is beyond the last")

    def field(self, name: str) -> PostingsReader:
        """Return a field's lists."""
        if name not in self._fields:
            field = FIELDS[name]
            self._fields[name] = PostingsReader(
                self.file, name, self.counts[field.level], analysed=field.analysed
            )
        return self._fields[name]

    def firsts(self, level: Level) -> Array:
        """Return the first passage of each article or section, and the number of passages."""
        return self._firsts[level]

    @cached_property
    def _firsts(self) -> dict[Level, Array]:
        found = {}
        for level in _PASSAGES_OF:
            first = self.file.column(f"{level.value}.first").all().astype(np.int64)
            # Empty articles have no section: each section has a first passage.
            least = int(level is Level.SECTION)
            if first[-1] != self.passages or first[0] or (np.diff(first) < least).any():
                raise self.file.damage(f"the passages of its {level.value}s")
            found[level] = first
        return found

    def unit_of(self, level: Level, passages: Array) -> Array:
        """Return the section or article of each of some passages."""
        return passages if level is Level.PASSAGE else self._units(level)[passages]

    def unit_at(self, level: Level, passage: int) -> int:
        """Return the section or article of one passage."""
        return int(self._units(level).item(passage))

    def _units(self, level: Level) -> Array:
        units = self._unit_of.get(level)
        if units is None:
            numbers = np.arange(self.counts[level], dtype=np.int64)
            units = self._unit_of[level] = self.spread(level, numbers)
        return units

    def spread(self, level: Level, values: Array) -> Array:
        """Return for each passage the value of its section or article."""
        if level is Level.PASSAGE:
            return values
        return np.repeat(values, np.diff(self.firsts(level)))

    @cached_property
    def live(self) -> Array | None:
        """Which passages are not deleted, as a mask; None if all are there."""
        return self._live(Level.PASSAGE)

    def live_units(self, level: Level) -> Array | None:
        """Which units of a level are not deleted, as a mask; None if all are there."""
        return self.live if level is Level.PASSAGE else self._live(level)

    def live_count(self, level: Level) -> int:
        """Return how many units of a level are not deleted."""
        live = self.live_units(level)
        return self.counts[level] if live is None else int(np.count_nonzero(live))

    def live_numbers(self, level: Level) -> Array:
        """Return the numbers of the units of a level that are not deleted."""
        live = self.live_units(level)
        return np.arange(self.counts[level]) if live is None else np.flatnonzero(live)

    def _live(self, level: Level) -> Array | None:
        gone = self.deleted.files if level is Level.FILE else self.deleted.articles
        if not len(gone):
            return None
        mask = np.ones(self.counts[Level.FILE if level is Level.FILE else Level.ARTICLE], bool)
        mask[gone] = False
        if level in (Level.ARTICLE, Level.FILE):
            return mask
        passages = self.spread(Level.ARTICLE, mask)
        if level is Level.PASSAGE:
            return passages
        return passages[self.firsts(Level.SECTION)[:-1]]

    @cached_property
    def rank(self) -> Array:
        """The place of each article among the segment's, in the order of their ids."""
        field = self.field("article")
        count = self.counts[Level.ARTICLE]
        if len(field.terms) != count:
            raise self.file.damage("it has articles of the same id, or of none")
        order = np.zeros(count, np.int64)
        order[field.first_units()] = np.arange(count)
        return order

    @cached_property
    def fingerprints(self) -> FingerprintIndex:
        """What tells which passages may be near-duplicates."""
        return FingerprintIndex(self.file.column("passage.fingerprint").all())

    def id_of(self, article: int) -> str:
        """Return an article's id."""
        return self.decode(self.field("article").terms[self.rank.item(article)])

    def find_article(self, id: str) -> int:
        """Return the number of a live article by its id, or -1."""
        found = self.find_units("article", id)
        return int(found[0]) if len(found) else -1

    def find_units(self, name: str, value: str) -> Array:
        """Return the live units whose field has exactly a value."""
        field = self.field(name)
        term = field.terms.find(value.encode("utf-8", "surrogatepass"))
        if term < 0:
            return np.zeros(0, np.int64)
        units = field.doc_ids(term)
        live = self.live_units(FIELDS[name].level)
        return units if live is None else units[live[units]]

    def passage(self, document: int, article: int) -> Passage:
        """Return a passage by its number in the segment, and its article's."""
        first = self.firsts(Level.ARTICLE).item(article)
        text, start = self.text(document), self.start(document, first)
        return Passage(
            number=document - first + 1,
            role=ROLES[self._role(document)],
            heading=self.texts_of("heading").text(self.unit_at(Level.SECTION, document)),
            start=start,
            end=start + len(text),
            line=self._line(document) + (self._article_line(article) or 1),
            text=text,
        )

    def start(self, document: int, first: int) -> int:
        """Return where a passage starts in its article, whose first passage is given."""
        ends = self._record_ends["passages"]
        return ends(document) - ends(first) + self._gap(document) - self._wide(document)

    def text(self, document: int) -> str:
        """Return the text of a passage."""
        return load_text(self._stored("passages", document), self._gap(document))

    def texts(self, documents: "Array | Sequence[int]") -> Iterator[str]:
        """Return the texts of many passages, by their numbers, ascending."""
        documents = np.asarray(documents, np.int64)
        gaps = self.file.column("passage.gap").take(documents).tolist()
        return map(load_text, self.records(documents), gaps)

    def article(self, number: int) -> StoredArticle:
        """Return what is known of an article."""
        record = self._articles.get(number)
        if record is None:
            article = object.__new__(Article)
            # As its own `__init__` does, which with a dozen keywords takes twice as long.
            for name, value in self._properties:
                object.__setattr__(article, name, value(number))
            object.__setattr__(article, "text", "")
            root, digest = (self.texts_of(name).text(number) for name in ("root", "digest"))
            record = StoredArticle(article, root, digest, len(self.passages_of(number)))
            self._articles.put(number, record)
        return record

    @cached_property
    def _properties(self) -> list[tuple[str, Callable[[int], Any]]]:
        """The names of an article's properties, and what returns their values by its number."""
        reads = {
            **{name: self.file.column(name).item for name in NUMBERS},
            **{name: self.texts_of(name).read for name in TEXT_COLUMNS},
            "article.id": self.id_of,
            "article.metadata": self._metadata,
        }
        return [(name, reads[field.attribute]) for name, field in ARTICLE_PROPERTIES.items()]

    def _metadata(self, article: int) -> dict[str, Any]:
        data = self._stored("metadata", article)
        return load_metadata(data) if data else {}

    def whole_article(self, number: int) -> Article:
        """Return an article with its text, and what `passages.split.complete` filled in.

        The next format is rebuilt from it.
        """
        records = self.records(np.array(self.passages_of(number), np.int64))
        text = "".join(map(self.decode, records)) + self.texts_of("tail").text(number)
        return replace(self.article(number).article, text=text)

    def file_record(self, number: int) -> StoredFile:
        """Return what is remembered of a file."""
        return load_file(self._stored("files", number))

    def passages_of(self, article: int) -> range:
        """Return the numbers of an article's passages in the segment."""
        first = self.firsts(Level.ARTICLE)
        return range(first.item(article), first.item(article + 1))

    def decode(self, data: bytes) -> str:
        """Return stored bytes as the text they were."""
        return data.decode("utf-8", "surrogatepass")

    def _stored(self, name: str, number: int) -> bytes:
        ends = self._record_ends[name]
        start, stop = ends(number), ends(number + 1)
        return self.blocks(name).read(start, stop) if start != stop else b""

    def records(self, documents: Array) -> Iterator[bytes]:
        """Yield the records of many passages, by their numbers, ascending."""
        ends = self.file.column("passages.at")
        starts, stops = (ends.take(at).astype(np.int64) for at in (documents, documents + 1))
        return self.blocks("passages").read_each(starts, stops)

    def blocks(self, name: str) -> StoredBlocks:
        """Return the stored blocks of all passages, metadata or files."""
        if name not in self._stores:
            self._stores[name] = StoredBlocks(self.file, name)
        return self._stores[name]

    def texts_of(self, name: str) -> TextColumn:
        """Return a column of texts."""
        if name not in self._columns:
            self._columns[name] = TextColumn(
                self.file,
                name,
                self.counts[TEXT_COLUMNS[name]],
                multi_valued=name in MULTI_VALUED,
            )
        return self._columns[name]
