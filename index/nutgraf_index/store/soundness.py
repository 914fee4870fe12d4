"""Checks that every number stored in a segment is one that a writer can have written.

A checksum tells that a file is what was written; an index made to do harm can still hold numbers
that fit nothing. What is read is checked where that costs nothing. Where reading fails all the
same, and when an index is verified, everything is checked.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from zstandard import ZstdError

from nutgraf_index.arrays import Array, offsets
from nutgraf_index.fields import FIELDS, MULTI_VALUED, RECORDS, TEXT_COLUMNS, Kind, Level
from nutgraf_index.model import Role
from nutgraf_index.segment.file import Column, SegmentFile, SegmentWriter, Spool
from nutgraf_index.segment.stored_fields import load_file, load_metadata
from nutgraf_index.segment.writing.postings import PostingsWriter, ranges
from nutgraf_index.segment.writing.postings_arrays import read
from nutgraf_index.segment.writing.stored_blocks import Compression, Compressor
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["check_bounds"]

_AT_ONCE = 1 << 20  # occurrences checked together
_LAST_DAY = 9999_12_31


def check_bounds(reader: SegmentReader) -> None:
    """Raise `IndexDamaged`, naming file and array, if numbers of a segment fit nothing."""
    bounds = _Bounds(reader)
    for name, level in RECORDS.items():
        bounds.check_records(name, level)
    for name, level in TEXT_COLUMNS.items():
        bounds.check_texts(name, level)
    bounds.check_passages()
    for name in FIELDS:
        bounds.check_postings(name)
    bounds.check_articles()


class _Same(SegmentWriter):
    """A segment writer that compares instead of writing.

    It raises `IndexDamaged` for the first array that differs.
    """

    def __init__(self, file: SegmentFile) -> None:
        self._of = file

    def add(self, name: str, values: Any) -> None:
        """Compare an array to that of the segment."""
        column, start = self._of.column(name), 0
        same = len(column) == (values.length if isinstance(values, Spool) else len(values))
        parts: Iterable[Any] = [values]
        if isinstance(values, Spool):
            parts = (np.frombuffer(piece, values.kind) for piece in values.pieces())
        for part in parts if same else ():
            same = same and np.array_equal(column.view(start, start + len(part)), part)
            start += len(part)
        if not same:
            raise self._of.damage(f"{name} has numbers that fit nothing")


class _Bounds:
    """The bounds of one segment. Methods raise `IndexDamaged`.

    What is checked later relies on what was checked before.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._file = reader.file

    def check_records(self, name: str, level: Level) -> None:
        """Check that the records of a level can be read."""
        size = self._check_blocks(name)
        least = int(name == "passages")  # the others may be empty
        ends = self._offsets(f"{name}.at", self._reader.counts[level], size, least=least)
        if name == "passages":  # read with their numbers
            return
        for data in self._reader.blocks(name).read_each(pairwise(ends.tolist())):
            try:
                _LOADS[name](data)
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
        self._hold(f"{name}.numbers", (numbers >= 0) & (numbers < count))
        if name in MULTI_VALUED:
            units = self._reader.counts[level]
            self._offsets(f"{name}.first", units, len(numbers), least=0)
        self._reader.texts_of(name)

    def check_passages(self) -> None:
        """Check the numbers that passages have, by their records."""
        ends, gaps = self._numbers("passages.at"), self._numbers("passage.gap")
        self._hold("passage.gap", (gaps >= 0) & (gaps < np.diff(ends)))
        records = self._reader.blocks("passages").read_each(pairwise(ends.tolist()))
        wide = []  # how many more bytes than characters are in each gap and each text
        for record, gap in zip(records, gaps.tolist(), strict=True):
            try:
                parts = [self._reader.decode(part) for part in (record[:gap], record[gap:])]
            except UnicodeDecodeError as error:
                raise self._file.damage(
                    f"a record of passages cannot be read, or its gap: {error}"
                ) from error
            wide += [gap - len(parts[0]), len(record) - gap - len(parts[1])]
        before = np.cumsum([0, *wide])
        self._reader.firsts(Level.SECTION)  # has its bounds checked
        first = np.asarray(self._reader.firsts(Level.ARTICLE))
        article_of = np.repeat(np.arange(len(first) - 1), np.diff(first))
        right = before[1::2] - before[2 * first[article_of]]
        self._hold("passage.wide", self._numbers("passage.wide") == right)
        roles, lines = self._numbers("passage.role"), self._numbers("passage.line")
        self._hold("passage.role", (roles >= 0) & (roles < len(Role)))
        starts = ends[:-1] - ends[first[article_of]] + gaps - right
        whole = self._numbers("article.line")[article_of] == 0
        self._hold("passage.line", (lines >= 0) & (lines <= starts * whole))
        falls = np.diff(lines) < 0
        self._hold("passage.line", ~falls | (np.diff(article_of) > 0))

    def check_articles(self) -> None:
        """Check the numbers that articles have."""
        passages = np.diff(np.asarray(self._reader.firsts(Level.ARTICLE)))
        self._hold("article.opening", self._numbers("article.opening") <= passages)
        self._hold("article.day", self._numbers("article.day") <= _LAST_DAY)
        ids = self._reader.field("article").terms
        lines = self._numbers("article.line")
        self._hold("article.line", (lines >= 0) & (lines < 1 << 31))
        self._hold("article.terms", len(ids) == self._reader.counts[Level.ARTICLE])

    def check_postings(self, name: str) -> None:
        """Check the inverted index of a field: written again it must be the same."""
        self._check_terms(name)
        field, kind = self._reader.field(name), FIELDS[name].kind
        counts = np.diff(self._offsets(f"{name}.at", len(field.terms)))
        self._hold(f"{name}.at", counts <= field.units)  # lest room is made for more
        lengths, words, stems = np.zeros(field.units, np.uint32), [], np.zeros(0, np.int64)
        if field.analysed:
            self._check_terms(f"{name}.words")
            lengths, words = np.asarray(field.lengths), list(field.words)
            stems = np.asarray(field.stems)
            self._hold(f"{name}.words.stems", stems < len(field.terms))
        writer = PostingsWriter(lengths, analysed=field.analysed, spare=field.spare)
        form_counts = np.asarray(field.form_counts if field.analysed else [])
        found = np.zeros(field.units)  # how often any term stands in each document
        for first, last in ranges(counts, _AT_ONCE):
            try:
                lists = read(field, first, last)
            except (IndexError, MemoryError) as error:
                raise self._file.damage(f"{name}.docs cannot be read: {error}") from error
            found += np.bincount(lists.docs, lists.freqs if field.analysed else None, field.units)
            if field.analysed:
                self._hold(f"{name}.docs", lists.freqs > 0)
                # Beside its words a document may have gaps, if it has several values.
                limit = lengths[lists.docs].repeat(lists.freqs) if kind is Kind.TERMS else 1 << 32
                starts = offsets(lists.freqs)[:-1]
                self._ascend(f"{name}.occurrences", lists.positions, starts, limit)
                terms = np.arange(first, last).repeat(lists.counts).repeat(lists.freqs)
                self._hold(f"{name}.occurrences", lists.forms < form_counts[terms])
            writer.add(lists)
        if field.analysed or kind is not Kind.COMPOUNDS:
            self._hold(f"{name}.docs", found == lengths if field.analysed else found <= 1)
        facts = writer.write(name, list(field.terms), words, stems, _Same(self._file))
        self._hold(f"{name}.lengths", facts.items() <= self._file.facts.items())

    def _check_terms(self, name: str) -> None:
        """Check a dictionary of terms."""
        count = len(self._column(f"{name}.ends")) - 1
        ends = self._offsets(f"{name}.ends", count, len(self._column(f"{name}.terms"))).tolist()
        text = self._column(f"{name}.terms").view().tobytes()
        terms = [text[start:stop] for start, stop in pairwise(ends)]
        self._hold(f"{name}.terms", all(term < after for term, after in pairwise(terms)))
        try:
            b"\n".join(terms).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._file.damage(f"{name}.terms cannot be read: {error}") from error

    def _check_blocks(self, name: str) -> int:
        """Check where stored blocks are; return how many bytes they hold."""
        count = len(self._column(f"{name}.ends")) - 1
        self._offsets(f"{name}.ends", count, len(self._column(f"{name}.data")))
        used = len(self._increasing(f"{name}.dictionary_from", count))
        size = len(self._column(f"{name}.dictionaries"))
        self._offsets(f"{name}.dictionary_ends", used, size, least=0)
        try:
            for dictionary in self._reader.blocks(name).dictionaries:
                Compressor(Compression(1), dictionary)  # as a merge would
        except ZstdError as error:
            raise self._file.damage(f"{name} has a dictionary that cannot be") from error
        return int(self._offsets(f"{name}.raw_ends", count)[-1])

    # The kinds of bounds

    def _hold(self, name: str, holds: Any) -> None:
        """Raise `IndexDamaged` unless all numbers of an array are within bounds."""
        if not np.all(holds):
            raise self._file.damage(f"{name} has numbers out of bounds")

    def _column(self, name: str) -> Column:
        return self._file.column(name)

    def _numbers(self, name: str) -> Array:
        """Return an array; a number of more than 63 bits is negative then."""
        return np.asarray(self._column(name).view()).astype(np.int64)

    def _offsets(self, name: str, count: int, end: int | None = None, *, least: int = 1) -> Array:
        """Return the offsets of `count` runs of at least `least` each, the last to end at `end`."""
        ends = self._numbers(name)
        self._hold(name, 0 < len(ends) == count + 1 and ends[0] == 0 and end in (None, ends[-1]))
        self._hold(name, np.diff(ends) >= least)
        return ends

    def _increasing(self, name: str, limit: int) -> Array:
        """Return an array that ascends below a limit."""
        values = self._numbers(name)
        self._ascend(name, values, np.zeros(0, np.int64), limit)
        return values

    def _ascend(self, name: str, values: Array, firsts: Array, limit: "int | Array") -> None:
        """Check that values ascend from 0 or more, anew at some places, and below a limit."""
        steps = np.diff(values, prepend=-1)
        steps[firsts] = 1
        self._hold(name, (values >= 0) & (values < limit) & (steps > 0))


_LOADS: dict[str, Callable[[bytes], object]] = {
    "metadata": lambda data: data and load_metadata(data),
    "files": load_file,
}
