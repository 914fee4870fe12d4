"""One segment as a snapshot sees it: its columns, its lists, and which articles are deleted."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, room
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
from nutgraf_index.segment.lookup import Lookup
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.stored_blocks import StoredBlocks
from nutgraf_index.segment.stored_fields import (
    ROLES,
    StoredArticle,
    StoredFile,
    load_file,
    load_metadata,
    load_text,
)

__all__ = ["Deletions", "SegmentReader"]


class Deletions(NamedTuple):
    """Which articles and files of a segment are no more, by their numbers, ascending."""

    articles: Numbers = room("I", 0)
    files: Numbers = room("I", 0)


_BLOCK = ("block", "raw_start", "raw_end", "packed from", "packed to")
_PASSAGES_OF = (Level.SECTION, Level.ARTICLE)


class SegmentReader:
    """A segment and its deletions. `base` is the document number of its first passage."""

    def __init__(self, name: str, file: SegmentFile, deleted: Deletions | None, base: int) -> None:
        self.name = name
        self.file = file
        self.base = base
        self.deleted = deleted or Deletions()
        self.is_sound = False  # whether all its numbers were found to be within their bounds
        self.counts = {level: file.facts.get(level.value, -1) for level in Level}
        self.passages = self.counts[Level.PASSAGE]
        self._fields: dict[str, PostingsReader] = {}
        self._firsts: dict[Level, Numbers] = {}
        self._live_units: dict[Level, Bitmap | None] = {}
        self._stores: dict[str, StoredBlocks] = {}
        self._columns: dict[str, TextColumn] = {}
        # Arrays are made by these counts: they must be what the file has room for.
        lengths = {f"{name}.at": self.counts[level] + 1 for name, level in RECORDS.items()}
        lengths |= {f"{level.value}.first": self.counts[level] + 1 for level in _PASSAGES_OF}
        lengths |= {name: self.counts[level] for name, (level, _) in NUMBERS.items()}
        for name, length in lengths.items():
            if len(file.column(name)) != length:
                raise file.damage(f"{name} has another length than it says")
        for name, (_, kind) in NUMBERS.items():
            if file.column(name).kind != kind and kind:
                raise file.damage(f"{name} has numbers of another kind than it says")
        self._record_ends = {name: file.column(f"{name}.at").item for name in RECORDS}
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

    def firsts(self, level: Level) -> Numbers:
        """Return the first passage of each article or section, and the number of passages."""
        firsts = self._firsts.get(level)
        if firsts is None:
            firsts = self.file.column(f"{level.value}.first").uints()
            # Empty articles have no section: each section has a first passage.
            least = int(level is Level.SECTION)
            ascend = core.bitmaps.ascend(firsts, least)
            if firsts[0] or firsts[-1] != self.passages or not ascend:
                raise self.file.damage(f"the passages of its {level.value}s")
            self._firsts[level] = firsts
        return firsts

    def unit_at(self, level: Level, passage: int) -> int:
        """Return the section or article of one passage."""
        if level is Level.PASSAGE:
            return passage
        return bisect_right(self.firsts(level), passage) - 1

    def spread(self, level: Level, units: Bitmap) -> Bitmap:
        """Return the passages of some sections or articles."""
        if level is Level.PASSAGE:
            return units
        firsts = self.firsts(level)
        return units.spread(firsts[:-1], firsts[1:], self.passages)

    @property
    def live(self) -> Bitmap | None:
        """The passages that are not deleted; None if all are there."""
        return self.live_units(Level.PASSAGE)

    def live_units(self, level: Level) -> Bitmap | None:
        """Return the units of a level that are not deleted; None if all are there."""
        if level not in self._live_units:
            self._live_units[level] = self._live(level)
        return self._live_units[level]

    def live_count(self, level: Level) -> int:
        """Return how many units of a level are not deleted."""
        live = self.live_units(level)
        return self.counts[level] if live is None else len(live)

    def live_numbers(self, level: Level) -> Numbers:
        """Return the numbers of the units of a level that are not deleted."""
        live = self.live_units(level)
        return (Bitmap.full(self.counts[level]) if live is None else live).numbers()

    def _live(self, level: Level) -> Bitmap | None:
        if level is Level.SECTION:
            live, firsts = self.live, self.firsts(level)
            return None if live is None else live.touched(firsts[:-1], firsts[1:])
        gone = self.deleted.files if level is Level.FILE else self.deleted.articles
        if not len(gone):
            return None
        owner = Level.FILE if level is Level.FILE else Level.ARTICLE
        live = Bitmap.full(self.counts[owner])
        live -= Bitmap.of(self.counts[owner], gone)
        return self.spread(owner, live) if level is Level.PASSAGE else live

    @cached_property
    def rank(self) -> Numbers:
        """The place of each article among the segment's, in the order of their ids."""
        count = self.counts[Level.ARTICLE]
        field = self.field("article")
        if len(field.terms) != count:
            raise self.file.damage("it has articles of the same id, or of none")
        # Each id has one article, in a list of its own.
        rank = room("I", count)
        core.bitmaps.inverse(field.first_units(), rank)
        return rank

    @cached_property
    def days(self) -> Numbers:
        """The first day of each article's date, as a number in the order of days; 0 for none."""
        return self.file.column("article.day").uints()

    @cached_property
    def openings(self) -> Numbers:
        """The number of the passage that answers for each article's title, in it; 0 for none."""
        return self.file.column("article.opening").uints()

    @cached_property
    def fingerprints(self) -> FingerprintIndex:
        """What tells which passages may be near-duplicates."""
        prints = self.file.column("passage.fingerprint").view()
        return FingerprintIndex(prints, self.field("text").lengths)

    def id_of(self, article: int) -> str:
        """Return an article's id."""
        return self.decode(self.field("article").terms[self.rank[article]])

    def find_article(self, id: str) -> int:
        """Return the number of a live article by its id, or -1."""
        found = self.find_units("article", id)
        return found[0] if len(found) else -1

    def find_units(self, name: str, value: str) -> Numbers:
        """Return the live units whose field has exactly a value."""
        field = self.field(name)
        term = field.terms.find(value.encode("utf-8", "surrogatepass"))
        if term < 0:
            return room("I", 0)
        units = field.docs(term)
        live = self.live_units(FIELDS[name].level)
        return units if live is None else live.among(units)

    def passages_at(self, documents: Sequence[int]) -> list[tuple[int, Passage]]:
        """Return passages by their numbers in the segment, each with its article's."""
        if not len(documents):
            return []
        found = self.stored(documents)
        passages = map(Passage, *(found[name] for name in Passage._fields))
        return [*zip(found["article"], passages, strict=True)]

    def stored(self, documents: Sequence[int]) -> dict[str, Sequence[Any]]:
        """Return what is known of passages and of their articles, for each passage.

        By its name in `Passage`, or in `ARTICLE_PROPERTIES`, or `root`; `article` is the number of
        the article, and `opening` that of `openings`.
        """
        found = self._passage_lookup.follow(documents)
        blocks = zip(*(found[name] for name in _BLOCK), strict=True)
        texts = self.blocks("passages").texts(found["text_start"], found["text_end"], blocks)
        found["text"] = texts
        found["role"] = [ROLES[role] for role in found["role"]]
        # The first line of an article, where it is told, is a line of its file.
        lines = zip(found["passage_line"], found["line"], strict=True)
        found["line"] = [line + (of_article or 1) for line, of_article in lines]
        ends = zip(found["start"], texts, strict=True)
        found["end"] = [start + len(text) for start, text in ends]
        return self._with_values(found, found["article"])

    @cached_property
    def _passage_lookup(self) -> Lookup:
        """How to find what is stored of passages and their articles."""
        lookup = Lookup(self.file, "document", self.rank)
        for level in _PASSAGES_OF:
            self.firsts(level)  # which checks them
        lookup.find("article", "article.first", "document")
        lookup.find("_section", "section.first", "document")
        lookup.take("_first", "article.first", "article")
        lookup.add("number", "document", "_first", -1, 1)
        lookup.take("role", "passage.role", "document")
        lookup.take("passage_line", "passage.line", "document")
        lookup.take("_gap", "passage.gap", "document")
        lookup.take("_wide", "passage.wide", "document")
        lookup.take("opening", "article.opening", "article")
        self.texts_of("heading").look_up(lookup, "heading", "_section")
        lookup.take("_record_start", "passages.at", "document")
        lookup.take("text_end", "passages.at", "document", 1)
        lookup.take("_article_start", "passages.at", "_first")
        lookup.add("text_start", "_record_start", "_gap")
        lookup.add("_start", "text_start", "_article_start", -1)
        lookup.add("start", "_start", "_wide", -1)
        lookup.find("block", "passages.raw_ends", "text_start")
        for name, column in (("raw", "passages.raw_ends"), ("_packed", "passages.ends")):
            lookup.take(f"{name}_start", column, "block")
            lookup.take(f"{name}_end", column, "block", 1)
        lookup.span("packed", "_packed_start", "_packed_end", "passages.data")
        self._look_up_articles(lookup)
        return lookup

    def passage(self, document: int) -> Passage:
        """Return a passage by its number in the segment."""
        return self.passages_at([document])[0][1]

    def text(self, document: int) -> str:
        """Return the text of a passage."""
        gap = self.file.column("passage.gap").item(document)
        return load_text(self._stored("passages", document), gap)

    def texts(self, documents: Iterable[int]) -> Iterator[str]:
        """Return the texts of many passages, by their numbers, ascending."""
        documents = [*documents]
        gaps = map(self.file.column("passage.gap").item, documents)
        return map(load_text, self.records(documents), gaps)

    @cached_property
    def _article_lookup(self) -> Lookup:
        """How to find what is stored of articles."""
        lookup = Lookup(self.file, "article", self.rank)
        self._look_up_articles(lookup)
        return lookup

    def _look_up_articles(self, lookup: Lookup) -> None:
        lookup.pick("_rank", "article")
        lookup.text("id", "article.ends", "article.terms", "_rank")
        for name, field in (*ARTICLE_PROPERTIES.items(), ("root", FIELDS["root"])):
            if field.attribute in TEXT_COLUMNS:
                self.texts_of(field.attribute).look_up(lookup, name, "article")
            elif field.attribute in NUMBERS:
                lookup.take(name, field.attribute, "article")

    def _with_values(
        self, found: dict[str, Sequence[Any]], articles: Sequence[int]
    ) -> dict[str, Sequence[Any]]:
        """Return what was found of articles with what a lookup does not find."""
        for attribute in MULTI_VALUED:
            column, name = self.texts_of(attribute), attribute.removeprefix("article.")
            if column.constant is None:
                found[name] = column.runs(found[f"{name} start"], found[f"{name} stop"])
        found["metadata"] = (
            [*map(self._metadata, articles)] if self._has_metadata else [{} for _ in articles]
        )
        return found

    def article(self, number: int) -> StoredArticle:
        """Return what is known of an article."""
        found = self._with_values(self._article_lookup.follow([number]), [number])
        article = Article(text="", **{name: found[name][0] for name in ARTICLE_PROPERTIES})
        digest = self.texts_of("digest").text(number)
        return StoredArticle(article, found["root"][0], digest, len(self.passages_of(number)))

    def _metadata(self, article: int) -> dict[str, Any]:
        data = self._stored("metadata", article)
        return load_metadata(data) if data else {}

    @cached_property
    def _has_metadata(self) -> bool:
        return bool(self._record_ends["metadata"](self.counts[Level.ARTICLE]))

    def whole_article(self, number: int) -> Article:
        """Return an article with its text, and what `passages.split.complete` filled in.

        The next format is rebuilt from it.
        """
        records = self.records(self.passages_of(number))
        text = "".join(map(self.decode, records)) + self.texts_of("tail").text(number)
        return replace(self.article(number).article, text=text)

    def file_record(self, number: int) -> StoredFile:
        """Return what is remembered of a file."""
        return load_file(self._stored("files", number))

    def passages_of(self, article: int) -> range:
        """Return the numbers of an article's passages in the segment."""
        firsts = self.firsts(Level.ARTICLE)
        return range(firsts[article], firsts[article + 1])

    def decode(self, data: bytes) -> str:
        """Return stored bytes as the text they were."""
        return data.decode("utf-8", "surrogatepass")

    def _stored(self, name: str, number: int) -> bytes:
        ends = self._record_ends[name]
        start, stop = ends(number), ends(number + 1)
        return self.blocks(name).read(start, stop) if start != stop else b""

    def records(self, documents: Iterable[int]) -> Iterator[bytes]:
        """Yield the records of many passages, by their numbers, ascending."""
        ends = self._record_ends["passages"]
        ranges = ((ends(document), ends(document + 1)) for document in documents)
        return self.blocks("passages").read_each(ranges)

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
