"""Segment readers: the postings, columns, stored fields and deletions of one segment.

A segment numbers the documents of each level (passages, sections, articles, files) from 0. The
number of a passage is its doc id. A deleted document keeps its number until the segment is merged;
all other documents are live.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from nutgraf_index import core
from nutgraf_index.analysis.analyzer import Analyzer, analyzer_of
from nutgraf_index.analysis.languages.registry import DEFAULT
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, zeros
from nutgraf_index.errors import ArticleError
from nutgraf_index.fields import (
    ARTICLE_PROPERTIES,
    FIELDS,
    MULTI_VALUED,
    NUMBERS,
    RECORDS,
    TEXT_COLUMNS,
    Kind,
    Level,
)
from nutgraf_index.model import Anchor, Article, MarkedArticle, Passage
from nutgraf_index.segment.columns import TextColumn
from nutgraf_index.segment.file import SegmentFile
from nutgraf_index.segment.fingerprint_index import FingerprintIndex
from nutgraf_index.segment.lookup import Lookup, Rows
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.stored_blocks import StoredBlocks
from nutgraf_index.segment.stored_fields import (
    ROLES,
    StoredArticle,
    StoredFile,
    load_anchors,
    load_file,
    load_metadata,
    load_text,
    place_of,
)
from nutgraf_index.segment.term_dictionary import encoded

__all__ = ["Deletions", "SegmentReader", "StoredPassages"]


class Deletions(NamedTuple):
    """The numbers of the deleted articles and files of a segment, in ascending order."""

    articles: Numbers = zeros("I", 0)
    files: Numbers = zeros("I", 0)


# Rows that make a `Block`.
_BLOCK = itemgetter("block", "raw_start", "raw_end", "packed from", "packed to")
_WHERE = ("page", "page_end", "element")  # the values of `place_of`
_LINES = 1 << 31  # above the line of an article, and the lines from there to a passage
_PASSAGE_GROUPS = (Level.SECTION, Level.ARTICLE)


class StoredPassages:
    """The stored fields of passages and of their articles: `stored[name]` has one value a passage.

    The names are those of the fields of `Passage`, the keys of `ARTICLE_PROPERTIES`, "root",
    "article" and "section_number" (their numbers), "opening" (see `SegmentReader.openings`), and
    "page", "page_end" and "element" (see `place_of`). Nothing refers to the file: what few callers
    need is decoded when it is asked for, and cannot be damaged.
    """

    __slots__ = ("_read", "_rows")

    def __init__(self, rows: Rows, read: Mapping[str, Sequence[Any]]) -> None:
        self._rows = rows
        self._read = read

    def __getitem__(self, name: str) -> Sequence[Any]:
        rows = self._rows
        if name in self._read:
            return self._read[name]
        if name == "role":
            return [ROLES[role] for role in rows["role"]]
        if name == "line":
            # Stored relative to the article's line; an article line of 0 is 1.
            lines = zip(rows["passage_line"], rows["line"], strict=True)
            return [line + (article_line or 1) for line, article_line in lines]
        if name == "end":
            starts = zip(rows["start"], self._read["text"], strict=True)
            return [start + len(text) for start, text in starts]
        return rows[name]


class SegmentReader:
    """Reads a segment and its deletions.

    `base` is the number that the segment's first passage has in the snapshot. `language` is the
    code of the language in which its texts are analysed. `counts` is the number of documents of
    each level, and `passages` the number of passages; both include deleted documents.
    """

    def __init__(
        self,
        name: str,
        file: SegmentFile,
        deleted: Deletions | None,
        base: int,
        language: str = DEFAULT,
    ) -> None:
        self.name = name
        self.language = language
        self.file = file
        self.base = base
        self.deleted = deleted or Deletions()
        self.is_sound = False  # set once all numbers are checked against their bounds
        self.counts = {level: file.facts.get(level.value, -1) for level in Level}
        self.passages = self.counts[Level.PASSAGE]
        self._fields: dict[str, PostingsReader] = {}
        self._firsts: dict[Level, Numbers] = {}
        self._live_docs: dict[Level, Bitmap | None] = {}
        self._stores: dict[str, StoredBlocks] = {}
        self._columns: dict[str, TextColumn] = {}
        # Buffers are allocated by these counts, so the counts must match the file's arrays.
        lengths = {f"{name}.at": self.counts[level] + 1 for name, level in RECORDS.items()}
        lengths |= {f"{level.value}.first": self.counts[level] + 1 for level in _PASSAGE_GROUPS}
        lengths |= {name: self.counts[level] for name, (level, _) in NUMBERS.items()}
        for name, length in lengths.items():
            if len(file.column(name)) != length:
                raise file.damage(f"{name} does not have its stated length")
        for name, (_, kind) in NUMBERS.items():
            if file.column(name).kind != kind and kind:
                raise file.damage(f"{name} has numbers of another type than {kind}")
        self._stored_ends = {name: file.column(f"{name}.at").item for name in RECORDS}
        for numbers, level in (
            (self.deleted.articles, Level.ARTICLE),
            (self.deleted.files, Level.FILE),
        ):
            if len(numbers) and numbers[-1] >= self.counts[level]:
                raise file.damage(f"the number of a deleted {level.value} is too large")

    @property
    def analyzer(self) -> Analyzer:
        """The analyser of the segment's language."""
        return analyzer_of(self.language)

    def field(self, name: str) -> PostingsReader:
        """Return the reader of a field's postings."""
        if name not in self._fields:
            field = FIELDS[name]
            self._fields[name] = PostingsReader(
                self.file, name, self.counts[field.level], analysed=field.analysed
            )
        return self._fields[name]

    def first_passages(self, level: Level) -> Numbers:
        """Return the first passage of each article or section, followed by the passage count.

        The passages of article or section `i` are `range(firsts[i], firsts[i + 1])`.
        """
        firsts = self._firsts.get(level)
        if firsts is None:
            firsts = self.file.column(f"{level.value}.first").uints()
            # A section has at least one passage; an article may have none.
            min_passages = int(level is Level.SECTION)
            ascend = core.bitmaps.ascend(firsts, min_passages)
            if firsts[0] or firsts[-1] != self.passages or not ascend:
                raise self.file.damage(f"{level.value}.first has numbers out of bounds")
            self._firsts[level] = firsts
        return firsts

    def doc_at(self, level: Level, passage: int) -> int:
        """Return the number of the document of a level that contains a passage."""
        if level is Level.PASSAGE:
            return passage
        return bisect_right(self.first_passages(level), passage) - 1

    def passages_in(self, level: Level, docs: Bitmap) -> Bitmap:
        """Return the passages that the given documents of a level contain."""
        if level is Level.PASSAGE:
            return docs
        firsts = self.first_passages(level)
        return docs.spread(firsts[:-1], firsts[1:], self.passages)

    @property
    def live(self) -> Bitmap | None:
        """The live passages; None if no passage is deleted."""
        return self.live_docs(Level.PASSAGE)

    def live_docs(self, level: Level) -> Bitmap | None:
        """Return the live documents of a level; None if none is deleted."""
        if level not in self._live_docs:
            self._live_docs[level] = self._live(level)
        return self._live_docs[level]

    def live_count(self, level: Level) -> int:
        """Return the number of live documents of a level."""
        live = self.live_docs(level)
        return self.counts[level] if live is None else len(live)

    def live_numbers(self, level: Level) -> Numbers:
        """Return the numbers of the live documents of a level, in ascending order."""
        live = self.live_docs(level)
        return (Bitmap.full(self.counts[level]) if live is None else live).numbers()

    def live_among(self, level: Level, docs: Numbers) -> Numbers:
        """Return which documents of a level, given by ascending numbers, are live."""
        live = self.live_docs(level)
        return docs if live is None else live.among(docs)

    def live_doc_freq(self, term: int) -> int:
        """Return the number of live passages that have a term in their texts.

        The term is given by its number in the term dictionary, -1 if it is not there.
        """
        if term < 0:
            return 0
        text, live = self.field("text"), self.live
        return text.doc_freq(term) if live is None else len(live.among(text.doc_ids(term)))

    def _live(self, level: Level) -> Bitmap | None:
        if level is Level.SECTION:
            live, firsts = self.live, self.first_passages(level)
            return None if live is None else live.touched(firsts[:-1], firsts[1:])
        deleted = self.deleted.files if level is Level.FILE else self.deleted.articles
        if not len(deleted):
            return None
        owner = Level.FILE if level is Level.FILE else Level.ARTICLE
        live = Bitmap.full(self.counts[owner])
        live -= Bitmap.of(self.counts[owner], deleted)
        return self.passages_in(owner, live) if level is Level.PASSAGE else live

    @cached_property
    def id_ranks(self) -> Numbers:
        """For each article, the rank of its id among the sorted ids of the segment, from 0."""
        count = self.counts[Level.ARTICLE]
        field = self.field("article")
        if len(field.terms) != count:
            raise self.file.damage("it has two articles of the same id, or an article without id")
        # Each id is a term with one posting: the article of the id.
        rank = zeros("I", count)
        core.bitmaps.inverse(field.sole_doc_ids(), rank)
        return rank

    @cached_property
    def days(self) -> Numbers:
        """For each article, the first day of its date as the number YYYYMMDD; 0 for no date."""
        return self.file.column("article.day").uints()

    @property
    def first_day(self) -> int:
        """The earliest of the `days` of live articles; 0 if none has a date."""
        live = self.live_docs(Level.ARTICLE)
        day: int = core.bitmaps.least(NO_BITS if live is None else live.words, self.days)
        return day

    @cached_property
    def roles(self) -> Numbers:
        """For each passage, the number of its role in `ROLES`."""
        return self.file.column("passage.role").view()

    @cached_property
    def openings(self) -> Numbers:
        """For each article, the number of its opening, from 1; 0 if it has none.

        The opening is the passage that a match in the title counts for; see `opening`.
        """
        return self.file.column("article.opening").uints()

    @cached_property
    def title_prints(self) -> Numbers:
        """For each article, the print of its title; see `fingerprints.title_print`."""
        return self.file.column("article.title_print").uints()

    @cached_property
    def fingerprints(self) -> FingerprintIndex:
        """The index of the passages' fingerprints, which finds near-duplicates."""
        prints = self.file.column("passage.fingerprint").view()
        return FingerprintIndex(prints, self.field("text").lengths)

    def id_of(self, article: int) -> str:
        """Return the id of an article."""
        return self.decode(self.field("article").terms[self.id_ranks[article]])

    def find_article(self, id: str) -> int:
        """Return the number of the live article with an id, or -1 if there is none."""
        articles = self.find_docs("article", id)
        return articles[0] if len(articles) else -1

    def find_docs(self, name: str, value: str) -> Numbers:
        """Return the live documents that have exactly this value in a field."""
        field = self.field(name)
        term = field.terms.find(encoded(value))
        if term < 0:
            return zeros("I", 0)
        return self.live_among(FIELDS[name].level, field.doc_ids(term))

    def passages_at(self, doc_ids: Sequence[int]) -> list[tuple[int, Passage]]:
        """Return the pair (number of the article, passage) for each doc id."""
        if not len(doc_ids):
            return []
        stored = self.stored(doc_ids)
        passages = map(Passage, *(stored[name] for name in Passage._fields))
        return [*zip(stored["article"], passages, strict=True)]

    def stored(self, doc_ids: Sequence[int]) -> "StoredPassages":
        """Return the stored fields of one passage or more, and of their articles."""
        rows = self._passage_lookup.execute(doc_ids)
        blocks = zip(*_BLOCK(rows), strict=True)
        texts = self.blocks("passages").texts(rows["text_start"], rows["text_end"], blocks)
        articles = rows["article"]
        read = {"text": texts, "article": articles, **self._beside(rows, articles)}
        if self._has_anchors:
            anchors = {article: self.anchors(article) for article in {*articles}}
            spans = zip(articles, rows["start"], texts, strict=True)
            places = (
                place_of(anchors[article], start, start + len(text))
                for article, start, text in spans
            )
            read |= zip(_WHERE, zip(*places, strict=True), strict=True)
        return StoredPassages(rows, read)

    @cached_property
    def _passage_lookup(self) -> Lookup:
        """The lookup of the stored fields of passages and of their articles."""
        lookup = Lookup(self.file, "document", self.id_ranks)
        for level in _PASSAGE_GROUPS:
            self.first_passages(level)  # raises `IndexDamaged` for impossible numbers
        lookup.find("article", "article.first", "document")
        lookup.find("section_number", "section.first", "document")
        lookup.take("_first", "article.first", "article")
        lookup.add("number", "document", "_first", -1, 1)
        lookup.take("role", "passage.role", "document", below=len(ROLES))
        lookup.take("passage_line", "passage.line", "document", below=_LINES)
        lookup.take("_gap", "passage.gap", "document")
        lookup.take("_wide", "passage.wide", "document")
        lookup.take("opening", "article.opening", "article")
        self.text_column("heading").look_up(lookup, "heading", "section_number")
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
        if not self._has_anchors:
            for name, value in zip(_WHERE, place_of((), 0, 0), strict=True):
                lookup.give(name, value)
        self._look_up_articles(lookup)
        return lookup

    def passage(self, doc_id: int) -> Passage:
        """Return the passage of a doc id."""
        return self.passages_at([doc_id])[0][1]

    def text(self, doc_id: int) -> str:
        """Return the text of a passage."""
        gap = self.file.column("passage.gap").item(doc_id)
        return load_text(self._stored_bytes("passages", doc_id), gap)

    def texts(self, doc_ids: Iterable[int]) -> Iterator[str]:
        """Yield the texts of passages, whose doc ids must ascend."""
        doc_ids = [*doc_ids]
        gaps = map(self.file.column("passage.gap").item, doc_ids)
        return map(load_text, self.stored_passages(doc_ids), gaps)

    def possible_texts(
        self, doc_ids: Numbers, is_possible: Callable[[bytes], bool]
    ) -> Iterator[tuple[int, str]]:
        """Yield passages with their texts, without most of those that are not possible.

        The doc ids must ascend. `is_possible` is true for the bytes of a text, or of more texts, if
        it is true for a part of them.
        """
        if not len(doc_ids):
            return
        first = doc_ids[0]
        ends = self.file.column("passages.at").view(first, doc_ids[-1] + 2)
        ranges = ((ends[doc - first], ends[doc - first + 1]) for doc in doc_ids)
        records = self.blocks("passages").read_possible(ranges, is_possible)
        gap = self.file.column("passage.gap").item
        for doc_id, record in zip(doc_ids, records, strict=True):
            if record:
                yield doc_id, load_text(record, gap(doc_id))

    def texts_of(self, field: str, doc_ids: Sequence[int]) -> Iterator[str]:
        """Yield the texts of an analysed field, for its documents, whose numbers must ascend."""
        if field == "text":
            return self.texts(doc_ids)
        column = self.text_column(FIELDS[field].attribute)
        if FIELDS[field].kind is Kind.MULTI_VALUED:
            return map("\n".join, map(column.texts, doc_ids))
        return map(column.text, doc_ids)

    @cached_property
    def _article_lookup(self) -> Lookup:
        """The lookup of the stored fields of articles."""
        lookup = Lookup(self.file, "article", self.id_ranks)
        self._look_up_articles(lookup)
        return lookup

    def _look_up_articles(self, lookup: Lookup) -> None:
        lookup.pick("_rank", "article")
        lookup.text("id", "article.ends", "article.terms", "_rank")
        for name, field in (*ARTICLE_PROPERTIES.items(), ("root", FIELDS["root"])):
            if field.attribute in TEXT_COLUMNS:
                self.text_column(field.attribute).look_up(lookup, name, "article")
            elif field.attribute in NUMBERS:
                lookup.take(name, field.attribute, "article", below=_LINES)

    def _beside(self, rows: Rows, articles: Sequence[int]) -> dict[str, Sequence[Any]]:
        """Return the fields of articles that a lookup does not read: lists of texts, metadata."""
        read: dict[str, Sequence[Any]] = {
            name: column.runs(rows[f"{name} start"], rows[f"{name} stop"])
            for name, column in self._lists.items()
        }
        read["metadata"] = (
            [*map(self._metadata, articles)] if self._has_metadata else [{} for _ in articles]
        )
        return read

    @cached_property
    def _lists(self) -> dict[str, TextColumn]:
        """The columns of properties that are lists of texts, if an article has any, by name."""
        columns = {name.removeprefix("article."): self.text_column(name) for name in MULTI_VALUED}
        return {name: column for name, column in columns.items() if column.constant is None}

    def article(self, number: int) -> StoredArticle:
        """Return an article without its text."""
        return self.articles([number])[0]

    def articles(self, numbers: Sequence[int]) -> list[StoredArticle]:
        """Return articles without their texts."""
        if not len(numbers):
            return []
        rows = self._article_lookup.execute(numbers)
        read = self._beside(rows, numbers)
        digest, names = self.text_column("digest").text, [*ARTICLE_PROPERTIES]
        values = zip(*(read.get(name) or rows[name] for name in names), strict=True)
        return [
            StoredArticle(
                self._article_of(dict(zip(names, row, strict=True))),
                root,
                digest(number),
                len(self.passages_of(number)),
            )
            for number, root, row in zip(numbers, rows["root"], values, strict=True)
        ]

    def _article_of(self, values: dict[str, Any]) -> Article:
        if values["format"] != "markdown":
            values["format"] = "text"  # as which a program's article of any other format was split
        try:
            return Article(text="", **values)
        except ArticleError as error:
            raise self.file.damage(str(error)) from error

    def _metadata(self, article: int) -> dict[str, Any]:
        data = self._stored_bytes("metadata", article)
        return load_metadata(data) if data else {}

    @cached_property
    def _has_metadata(self) -> bool:
        return bool(self._stored_ends["metadata"](self.counts[Level.ARTICLE]))

    def anchors(self, article: int) -> tuple[Anchor, ...]:
        """Return the anchors of an article; see `MarkedArticle`."""
        data = self._stored_bytes("anchors", article)
        return load_anchors(data) if data else ()

    @cached_property
    def _has_anchors(self) -> bool:
        return bool(self._stored_ends["anchors"](self.counts[Level.ARTICLE]))

    def whole_article(self, number: int) -> Article:
        """Return an article with its text, and with the properties that its passages gave it.

        A rebuild to the next format will use this method.
        """
        stored = self.stored_passages(self.passages_of(number))
        text = "".join(map(self.decode, stored)) + self.text_column("tail").text(number)
        article = replace(self.article(number).article, text=text)
        if not self._has_anchors or not (anchors := self.anchors(number)):
            return article
        values = {name: getattr(article, name) for name in Article.__dataclass_fields__}
        return MarkedArticle(**values, anchors=anchors)

    def stored_file(self, number: int) -> StoredFile:
        """Return a synced file."""
        return load_file(self._stored_bytes("files", number))

    def passages_of(self, article: int) -> range:
        """Return the doc ids of an article's passages."""
        firsts = self.first_passages(Level.ARTICLE)
        return range(firsts[article], firsts[article + 1])

    def decode(self, data: bytes) -> str:
        """Return stored bytes as text."""
        return data.decode("utf-8", "surrogatepass")

    def _stored_bytes(self, name: str, number: int) -> bytes:
        """Return the bytes stored under a name of `RECORDS` for one document."""
        ends = self._stored_ends[name]
        start, stop = ends(number), ends(number + 1)
        return self.blocks(name).read(start, stop) if start != stop else b""

    def stored_passages(self, doc_ids: Iterable[int]) -> Iterator[bytes]:
        """Yield the stored bytes of passages, whose doc ids must ascend.

        The stored bytes of a passage are the article's text from the end of the previous passage to
        the end of the passage.
        """
        ends = self._stored_ends["passages"]
        ranges = ((ends(doc_id), ends(doc_id + 1)) for doc_id in doc_ids)
        return self.blocks("passages").read_each(ranges)

    def blocks(self, name: str) -> StoredBlocks:
        """Return the stored blocks under a name: "passages", "metadata" or "files"."""
        if name not in self._stores:
            self._stores[name] = StoredBlocks(self.file, name)
        return self._stores[name]

    def text_column(self, name: str) -> TextColumn:
        """Return a column of texts, by its name in `TEXT_COLUMNS`."""
        if name not in self._columns:
            self._columns[name] = TextColumn(
                self.file,
                name,
                self.counts[TEXT_COLUMNS[name]],
                multi_valued=name in MULTI_VALUED,
            )
        return self._columns[name]
