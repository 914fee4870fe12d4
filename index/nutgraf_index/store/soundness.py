"""Checks that every number stored in a segment is one that a writer could have written.

Checksums detect accidental damage, but a malicious index can have correct checksums and impossible
numbers. Readers check numbers where that is cheap. This module checks all numbers, when reading
fails nevertheless and when an index is verified.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from zstandard import ZstdError

from nutgraf_index.arrays import Array, offsets
from nutgraf_index.fields import FIELDS, MULTI_VALUED, RECORDS, TEXT_COLUMNS, Kind, Level
from nutgraf_index.model import Role
from nutgraf_index.segment.file import Column, SegmentFile, SegmentWriter, Spool
from nutgraf_index.segment.stored_fields import Short, load_anchors, load_file, load_metadata
from nutgraf_index.segment.writing.postings import PostingsWriter, ranges
from nutgraf_index.segment.writing.postings_arrays import read_postings
from nutgraf_index.segment.writing.stored_blocks import Compression, Compressor
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["check_bounds"]

_CHUNK = 1 << 20  # postings checked at a time


def check_bounds(reader: SegmentReader) -> None:
    """Raise `IndexDamaged`, which names file and array, if a segment has impossible numbers."""
    checker = _BoundsChecker(reader)
    for name, level in RECORDS.items():
        checker.check_stored_fields(name, level)
    for name, level in TEXT_COLUMNS.items():
        checker.check_texts(name, level)
    checker.check_passages()
    for name in FIELDS:
        checker.check_postings(name)
    checker.check_articles()


class _ComparingWriter(SegmentWriter):
    """A segment writer that compares arrays with the arrays of an existing segment.

    Raises `IndexDamaged` for the first array that differs.
    """

    def __init__(self, segment: SegmentFile) -> None:
        self._segment = segment

    def add(self, name: str, values: Any) -> None:
        """Compare an array with the array of that name in the segment."""
        column, start = self._segment.column(name), 0
        equal = len(column) == (values.length if isinstance(values, Spool) else len(values))
        chunks: Iterable[Any] = [values]
        if isinstance(values, Spool):
            chunks = (np.frombuffer(piece, values.kind) for piece in values.pieces())
        for chunk in chunks if equal else ():
            equal = equal and np.array_equal(column.view(start, start + len(chunk)), chunk)
            start += len(chunk)
        if not equal:
            raise self._segment.damage(f"{name} has impossible numbers")


class _BoundsChecker:
    """Checks the numbers of one segment. Methods raise `IndexDamaged`.

    The methods rely on each other's checks: call them in the order of `check_bounds`.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._file = reader.file

    def check_stored_fields(self, name: str, level: Level) -> None:
        """Check that all stored fields under a name of `RECORDS` can be read."""
        size = self._check_blocks(name)
        least = int(name == "passages")  # metadata and files may be empty
        ends = self._offsets(f"{name}.at", self._reader.counts[level], size, least=least)
        if name == "passages":  # `check_passages` reads them
            return
        for data in self._reader.blocks(name).read_each(pairwise(ends.tolist())):
            try:
                _LOADERS[name](data)
            except Exception as error:
                raise self._file.damage(f"a record of {name} cannot be read: {error}") from error

    def check_texts(self, name: str, level: Level) -> None:
        """Check a column of texts."""
        count = len(self._column(f"{name}.value_ends")) - 1
        size = len(self._column(f"{name}.values"))
        ends = self._offsets(f"{name}.value_ends", count, size, least=0).tolist()
        values = self._column(f"{name}.values").view().tobytes()
        try:
            for start, stop in pairwise(ends):
                values[start:stop].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._file.damage(f"{name}.values cannot be read: {error}") from error
        numbers = self._numbers(f"{name}.numbers")
        self._require(f"{name}.numbers", (numbers >= 0) & (numbers < count))
        if name in MULTI_VALUED:
            self._offsets(f"{name}.first", self._reader.counts[level], len(numbers), least=0)
        self._reader.text_column(name)

    def check_passages(self) -> None:
        """Check the stored text and the numbers of every passage."""
        ends, gaps = self._numbers("passages.at"), self._numbers("passage.gap")
        self._require("passage.gap", (gaps >= 0) & (gaps < np.diff(ends)))
        records = self._reader.blocks("passages").read_each(pairwise(ends.tolist()))
        excess = []  # bytes minus characters of each passage's gap and of each passage's text
        for record, gap in zip(records, gaps.tolist(), strict=True):
            try:
                texts = [self._reader.decode(data) for data in (record[:gap], record[gap:])]
            except UnicodeDecodeError as error:
                raise self._file.damage(f"a record of passages cannot be read: {error}") from error
            excess += [gap - len(texts[0]), len(record) - gap - len(texts[1])]
        excess_before = np.cumsum([0, *excess])
        self._reader.first_passages(Level.SECTION)  # raises for impossible numbers
        firsts = np.asarray(self._reader.first_passages(Level.ARTICLE))
        article_of = np.repeat(np.arange(len(firsts) - 1), np.diff(firsts))
        # "passage.wide": bytes minus characters from the article's start to the passage's text.
        wide = excess_before[1::2] - excess_before[2 * firsts[article_of]]
        self._require("passage.wide", self._numbers("passage.wide") == wide)
        roles, lines = self._numbers("passage.role"), self._numbers("passage.line")
        self._require("passage.role", (roles >= 0) & (roles < len(Role)))
        shorts = self._numbers("passage.short")
        self._require("passage.short", (shorts >= 0) & (shorts < len(Short)))
        starts = ends[:-1] - ends[firsts[article_of]] + gaps - wide
        self._require("passage.line", (lines >= 0) & (lines <= starts))
        descends = np.diff(lines) < 0
        self._require("passage.line", ~descends | (np.diff(article_of) > 0))

    def check_articles(self) -> None:
        """Check the numbers of every article."""
        passage_counts = np.diff(np.asarray(self._reader.first_passages(Level.ARTICLE)))
        self._require("article.opening", self._numbers("article.opening") <= passage_counts)
        days = np.unique(self._numbers("article.day")).tolist()
        self._require("article.day", all(map(_is_day, days)))
        ids = self._reader.field("article").terms
        lines = self._numbers("article.line")
        self._require("article.line", (lines >= 0) & (lines < 1 << 31))
        self._require("article.terms", len(ids) == self._reader.counts[Level.ARTICLE])
        self._check_anchors()

    def _check_anchors(self) -> None:
        """Check that no article has an anchor behind its text, whose characters are in bytes."""
        firsts = np.asarray(self._reader.first_passages(Level.ARTICLE))
        ends, tail = self._numbers("passages.at"), self._reader.text_column("tail").text
        for article in np.flatnonzero(np.diff(self._numbers("anchors.at"))).tolist():
            size = ends[firsts[article + 1]] - ends[firsts[article]] + len(tail(article))
            self._require("anchors", self._reader.anchors(article)[-1].start < size)

    def check_postings(self, name: str) -> None:
        """Check the inverted index of a field: writing it again must give the same arrays."""
        self._check_terms(name)
        field, kind = self._reader.field(name), FIELDS[name].kind
        doc_freqs = np.diff(self._offsets(f"{name}.at", len(field.terms)))
        # `read_postings` allocates room for all postings that these numbers state.
        self._require(f"{name}.at", doc_freqs <= field.doc_count)
        lengths, words, stems = np.zeros(field.doc_count, np.uint32), [], np.zeros(0, np.int64)
        if field.analysed:
            words = self._check_terms(f"{name}.words", strictly=False)
            lengths, stems = np.asarray(field.lengths), np.asarray(field.stems)
            # A word that is there several times has several terms.
            pairs = pairwise(zip(words, stems.tolist(), strict=True))
            self._require(f"{name}.words", all(pair < after for pair, after in pairs))
            self._require(f"{name}.words.stems", stems < len(field.terms))
        writer = PostingsWriter(lengths, analysed=field.analysed, spare=field.spare)
        form_counts = np.asarray(field.form_counts if field.analysed else [])
        totals = np.zeros(field.doc_count)  # for each document, the sum of its terms' frequencies
        for first, last in ranges(doc_freqs, _CHUNK):
            try:
                postings = read_postings(field, first, last)
            except (IndexError, MemoryError) as error:
                raise self._file.damage(f"{name}.docs cannot be read: {error}") from error
            docs, freqs = postings.docs, postings.freqs
            totals += np.bincount(docs, freqs if field.analysed else None, field.doc_count)
            if field.analysed:
                self._require(f"{name}.docs", freqs > 0)
                # Positions in a multi-valued field count the gaps between its values, too.
                limit = lengths[docs].repeat(freqs) if kind is Kind.TERMS else 1 << 32
                self._ascend(f"{name}.occurrences", postings.positions, offsets(freqs)[:-1], limit)
                terms = np.arange(first, last).repeat(postings.counts).repeat(freqs)
                self._require(f"{name}.occurrences", postings.forms < form_counts[terms])
            writer.add(postings)
        if field.analysed or kind is not Kind.COMPOUNDS:
            self._require(f"{name}.docs", totals == lengths if field.analysed else totals <= 1)
        facts = writer.write(name, list(field.terms), words, stems, _ComparingWriter(self._file))
        self._require(f"{name}.lengths", facts.items() <= self._file.facts.items())

    def _check_terms(self, name: str, *, strictly: bool = True) -> list[bytes]:
        """Check a term dictionary: terms ascend and are UTF-8; return the terms."""
        count = len(self._column(f"{name}.ends")) - 1
        ends = self._offsets(f"{name}.ends", count, len(self._column(f"{name}.terms"))).tolist()
        text = self._column(f"{name}.terms").view().tobytes()
        terms = [text[start:stop] for start, stop in pairwise(ends)]
        self._require(f"{name}.terms", terms == sorted(set(terms) if strictly else terms))
        try:
            b"\n".join(terms).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._file.damage(f"{name}.terms cannot be read: {error}") from error
        return terms

    def _check_blocks(self, name: str) -> int:
        """Check the offsets and dictionaries of stored blocks; return their uncompressed size."""
        count = len(self._column(f"{name}.ends")) - 1
        self._offsets(f"{name}.ends", count, len(self._column(f"{name}.data")))
        dictionary_count = len(self._ascending(f"{name}.dictionary_from", count))
        size = len(self._column(f"{name}.dictionaries"))
        self._offsets(f"{name}.dictionary_ends", dictionary_count, size, least=0)
        try:
            for dictionary in self._reader.blocks(name).dictionaries:
                Compressor(Compression(1), dictionary)  # as a merge does
        except ZstdError as error:
            raise self._file.damage(f"{name} has an impossible dictionary") from error
        return int(self._offsets(f"{name}.raw_ends", count)[-1])

    # The kinds of bounds

    def _require(self, name: str, within_bounds: Any) -> None:
        """Raise `IndexDamaged` unless all numbers of an array are within bounds."""
        if not np.all(within_bounds):
            raise self._file.damage(f"{name} has numbers out of bounds")

    def _column(self, name: str) -> Column:
        return self._file.column(name)

    def _numbers(self, name: str) -> Array:
        """Return an array as signed 64-bit numbers; numbers of 2**63 or more become negative."""
        return np.asarray(self._column(name).view()).astype(np.int64)

    def _offsets(self, name: str, count: int, end: int | None = None, *, least: int = 1) -> Array:
        """Return the checked `count + 1` offsets of consecutive runs.

        The first run must begin at 0, the last end at `end` (if given), and each run have at least
        `least` items.
        """
        ends = self._numbers(name)
        self._require(name, 0 < len(ends) == count + 1 and ends[0] == 0 and end in (None, ends[-1]))
        self._require(name, np.diff(ends) >= least)
        return ends

    def _ascending(self, name: str, limit: int) -> Array:
        """Return an array whose numbers must be 0 or more, ascend strictly and be below a limit."""
        values = self._numbers(name)
        self._ascend(name, values, np.zeros(0, np.int64), limit)
        return values

    def _ascend(self, name: str, values: Array, firsts: Array, limit: "int | Array") -> None:
        """Check runs of numbers: each ascends strictly from 0 or more and stays below a limit.

        A run begins at each index in `firsts`; `limit` is one number, or an array with a limit for
        each value.
        """
        steps = np.diff(values, prepend=-1)
        steps[firsts] = 1
        self._require(name, (values >= 0) & (values < limit) & (steps > 0))


def _is_day(number: int) -> bool:
    """Whether a number YYYYMMDD is a day of the calendar, or 0 for no day."""
    year, month_and_day = divmod(number, 10_000)
    try:
        date(year, *divmod(month_and_day, 100))
    except ValueError:
        return not number
    return True


_LOADERS: dict[str, Callable[[bytes], object]] = {
    "metadata": lambda data: data and load_metadata(data),
    "anchors": lambda data: data and load_anchors(data),
    "files": load_file,
}
