"""Several segments to one, without what is deleted: on arrays, a range of terms at a time.

Numbers of units go up from segment to segment, so that the lists of a term, one after the other
in the order of the segments, are the list of the whole.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nutgraf_index.arrays import Array, expand, narrow, offsets, typed
from nutgraf_index.fields import FIELDS, MULTI_VALUED, NUMBERS, RECORDS, TEXT_COLUMNS, Level
from nutgraf_index.indexing.batch import COMPRESSIONS
from nutgraf_index.segment.columns import TextColumnWriter
from nutgraf_index.segment.file import SegmentWriter, Written
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.postings_writer import PostingsWriter, length_facts, ranges, stable_order
from nutgraf_index.segment.stored_blocks import StoredBlocksWriter
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["merge"]

_TEXTS = 1 << 12  # copied together
_BYTES_EACH = 160  # memory for one occurrence of a word while it is merged


def merge(readers: list[SegmentReader], out: SegmentWriter, *, memory: int) -> Written:
    """Write one segment that holds what is live in several; return what was written.

    `memory` is how many bytes to take for it, as far as the longest list allows.
    """
    kept = {level: [_kept(reader, level) for reader in readers] for level in Level}
    for name, level in RECORDS.items():
        _merge_records(name, readers, kept[level], out)
    for level in (Level.SECTION, Level.ARTICLE):
        counts = [
            np.diff(reader.firsts(level))[units]
            for reader, units in zip(readers, kept[level], strict=True)
        ]
        out.add(f"{level.value}.first", offsets(np.concatenate(counts)))
    for name, level in TEXT_COLUMNS.items():
        column = TextColumnWriter(multi_valued=name in MULTI_VALUED)
        for reader, units in zip(readers, kept[level], strict=True):
            for at in range(0, len(units), _TEXTS):
                column.add([*map(reader.texts_of(name).read, units[at : at + _TEXTS].tolist())])
            _let_go([reader])
        column.write(name, out)
    for name, (level, kind) in NUMBERS.items():
        parts = [
            reader.file.column(name).all()[units]
            for reader, units in zip(readers, kept[level], strict=True)
        ]
        out.add(name, typed(np.concatenate(parts), kind))
    facts = {level.value: sum(map(len, kept[level])) for level in Level}
    for name in FIELDS:
        facts |= _Fields(name, readers, kept[FIELDS[name].level], memory).write(out)
    return out.finish(facts)


def _kept(reader: SegmentReader, level: Level) -> Array:
    """Return the numbers of the units that are live."""
    live = reader.live_units(level)
    return np.arange(reader.counts[level]) if live is None else np.flatnonzero(live)


def _merge_records(
    name: str, readers: list[SegmentReader], kept: list[Array], out: SegmentWriter
) -> None:
    blocks = StoredBlocksWriter(COMPRESSIONS[name])
    lengths = [np.zeros(1, np.int64)]
    for reader, units in zip(readers, kept, strict=True):
        ends = reader.file.column(f"{name}.at").all().astype(np.int64)
        lengths.append(np.diff(ends)[units])
        if len(units):
            cuts = np.flatnonzero(np.diff(units) != 1) + 1  # runs of units side by side
            for run in np.split(units, cuts):
                blocks.copy(reader.blocks(name), int(ends[run[0]]), int(ends[run[-1] + 1]))
        _let_go([reader])
    blocks.write(name, out)
    out.add(f"{name}.at", narrow(np.cumsum(np.concatenate(lengths))))


def _let_go(readers: list[SegmentReader]) -> None:
    """Let go what was read, so that a merge takes no more memory for a larger index."""
    for reader in readers:
        reader.file.let_go()


class _Part(NamedTuple):
    """A segment's lists of the field that is merged."""

    field: PostingsReader
    renumbered: Array  # the new number of each unit, -1 for those deleted
    terms: Array  # the new number of each term
    forms: Array  # the new form of each word, in the order of terms and forms
    first_form: Array  # the place there of each term's first word


class _Fields:
    """One field of several segments."""

    def __init__(
        self,
        name: str,
        readers: list[SegmentReader],
        kept: list[Array],
        memory: int,
    ) -> None:
        self.name = name
        self.analysed = FIELDS[name].analysed
        self.readers = readers
        self.kept = kept
        self.units = sum(map(len, kept))
        self.most = max(memory // _BYTES_EACH, 1 << 16)
        fields = [reader.field(name) for reader in readers]
        self.terms, self.of_terms = _united([f.terms.slice(0, len(f.terms)) for f in fields])
        self.words: list[bytes] = []
        self.stems = np.zeros(0, np.int64)
        forms = [(np.zeros(0, np.int64), np.zeros(0, np.int64)) for _ in fields]
        if self.analysed:
            forms = self._united_forms(fields)
        base = 0
        self.parts = []
        for field, units, terms, (form, first) in zip(
            fields, kept, self.of_terms, forms, strict=True
        ):
            renumbered = np.full(field.units, -1, np.int64)
            renumbered[units] = np.arange(base, base + len(units))
            base += len(units)
            self.parts.append(_Part(field, renumbered, terms, form, first))

    def _united_forms(self, fields: list[PostingsReader]) -> list[tuple[Array, Array]]:
        self.words, of_words = _united([f.words.slice(0, len(f.words)) for f in fields])
        self.stems = np.zeros(len(self.words), np.int64)
        for field, words, terms in zip(fields, of_words, self.of_terms, strict=True):
            self.stems[words] = terms[field.stems]
        counts = np.bincount(self.stems, minlength=len(self.terms))
        order = np.argsort(self.stems, kind="stable")
        form = np.empty(len(order), np.int64)
        form[order] = np.arange(len(order)) - (np.cumsum(counts) - counts)[self.stems[order]]
        self.form_kind = "<u1" if not len(counts) or counts.max() <= 1 << 8 else "<u2"
        found = []
        for field, words in zip(fields, of_words, strict=True):
            first = np.cumsum(field.form_counts) - field.form_counts
            table = np.empty(len(words), np.int64)
            table[first[field.stems] + field.form_of_word] = form[words]
            found.append((table, first))
        return found

    def write(self, out: SegmentWriter) -> dict[str, int]:
        """Write the field; return its facts."""
        lengths = np.zeros(0, "<u1")
        if self.analysed:
            columns = (reader.file.column(f"{self.name}.lengths") for reader in self.readers)
            lengths = narrow(
                np.concatenate(
                    [column.all()[units] for column, units in zip(columns, self.kept, strict=True)]
                )
            )
        writer = PostingsWriter(self.units, self._kinds() if self.analysed else None)
        here = np.zeros(len(self.terms), bool)  # terms that something live has
        for first, last in self._ranges():
            counts, lists = self._range(first, last)
            here[first:last] = counts > 0
            writer.add(counts[counts > 0], lengths, *lists)
            _let_go(self.readers)
        terms = [term for term, kept in zip(self.terms, here.tolist(), strict=True) if kept]
        number = np.cumsum(here) - 1
        words = [
            word for word, kept in zip(self.words, here[self.stems].tolist(), strict=True) if kept
        ]
        writer.write(self.name, terms, words, number[self.stems[here[self.stems]]], out)
        if not self.analysed:
            return {}
        out.add(f"{self.name}.lengths", lengths)
        return length_facts(self.name, lengths)

    def _kinds(self) -> tuple[str, str]:
        positions = {part.field.position_kind() for part in self.parts}
        # Far positions kept apart may be of any length.
        return positions.pop() if len(positions) == 1 else "<u4", self.form_kind

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """Cut the terms into ranges of a number of occurrences that memory allows."""
        totals = np.zeros(len(self.terms), np.int64)
        for part in self.parts:
            totals[part.terms] += np.diff(part.field.weights())
        return ranges(totals, self.most)

    def _range(self, first: int, last: int) -> tuple[Array, tuple[Array, ...]]:
        """Return how many units each of some terms has, and their joined lists."""
        joined = [self._of_part(part, first, last) for part in self.parts]
        numbers = np.concatenate([part[0] for part in joined])
        order = stable_order(numbers, last - first)
        counts = np.bincount(numbers, minlength=last - first)
        units = np.concatenate([part[1] for part in joined])[order]
        if not self.analysed:
            return counts, (units,)
        frequencies = np.concatenate([part[2] for part in joined])
        starts = np.cumsum(frequencies, dtype=np.int64) - frequencies
        places = expand(starts[order], frequencies[order].astype(np.int64))
        positions, forms = (np.concatenate([part[at] for part in joined])[places] for at in (3, 4))
        return counts, (units, frequencies[order], positions, forms)

    def _of_part(self, part: _Part, first: int, last: int) -> tuple[Array, ...]:
        """Return what a segment has of a range of terms, deleted units left out.

        The terms' numbers less `first`, units and frequencies of each list's entries, and
        positions and forms of each occurrence.
        """
        field = part.field
        a, b = part.terms.searchsorted([first, last]).tolist()
        numbers = np.repeat(part.terms[a:b] - first, np.diff(field.ends(a, b)))
        units = part.renumbered[field.bulk(a, b)]
        keep = units >= 0
        if not self.analysed:
            return numbers[keep], units[keep]
        frequencies = field.bulk_frequencies(a, b)
        positions, forms = field.positions(a, b), field.forms(a, b)
        terms = np.repeat(np.repeat(np.arange(a, b), np.diff(field.ends(a, b))), frequencies)
        forms = part.forms[part.first_form[terms] + forms]
        if keep.all():
            return numbers, units, frequencies, positions, forms
        every = np.repeat(keep, frequencies)
        return numbers[keep], units[keep], frequencies[keep], positions[every], forms[every]


def _united(lists: list[list[bytes]]) -> tuple[list[bytes], list[Array]]:
    """Return the sorted union of sorted lists, and the places there of each one's items."""
    union = sorted(set().union(*lists))
    place = {item: number for number, item in enumerate(union)}
    return union, [
        np.fromiter(map(place.__getitem__, items), np.int64, len(items)) for items in lists
    ]
