"""The inverted lists of one field in a segment: for each term its units, frequencies, positions.

Units are what the field belongs to: passages, sections or articles, numbered in the segment from
0. Frequent terms keep their units as bits; others the low 16 bits of each, in runs that share the
rest (Chambi et al., Better bitmap performance with Roaring bitmaps, 2016). For every 128 units of
a long list stand the two numbers that bound any BM25 score in it.
"""

from functools import cached_property

import numpy as np

from nutgraf_index.packed import Packed, PackedWriter
from nutgraf_index.segment import Array, Column, Segment, SegmentWriter, Spool, kind_of
from nutgraf_index.terms import Terms, write_terms

__all__ = ["BLOCK", "LONG", "Inverted", "InvertedWriter", "expand", "position_kind"]

BLOCK = 128  # units under one bound
LONG = 512  # units from which a list has bounds
_FREQUENT = 512  # units from which a list may be kept as bits,
_SHARE = 8  # if it has more than 1 of 8 units: then bits are smaller, and not much slower to read
_RUN = 1 << 16
_WORD = 64
_FORMS_BLOCK = 1 << 14
_ONES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(1).astype(np.uint8)


def expand(starts: Array, counts: Array) -> Array:
    """Return the numbers of ranges one after the other: `starts[i]` and `counts[i]` in all."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Array = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers


class InvertedWriter:
    """Takes the lists of a field's terms, in the order of the terms, and writes them.

    `kinds` are the types for frequencies, positions and forms; None where the field has none.
    Positions of one byte keep what is beyond it apart: see `position_kind`.
    """

    def __init__(self, units: int, kinds: tuple[str, str, str] | None) -> None:
        self._units = units
        self._analysed = kinds is not None
        self._counts: list[Array] = []
        self._occurrences: list[Array] = []
        self._run_counts: list[Array] = []
        self._dense: list[int] = []
        self._terms = 0
        self._low, self._run_first, self._run_high = Spool("<u2"), Spool("<u4"), Spool("<u2")
        self._bits, self._ranks, self._bases = Spool("<u1"), Spool("<u2"), Spool("<u4")
        self._block_most, self._block_least = Spool("<u4"), Spool("<u4")
        if kinds is not None:
            self._frequencies, self._positions = Spool(kinds[0]), Spool(kinds[1])
            self._far, self._far_high = Spool("<u4"), Spool("<u2")
            self._form_kind = kinds[2]
            self._forms = PackedWriter(_FORMS_BLOCK)

    def add(
        self,
        counts: Array,
        lengths: Array,
        units: Array,
        frequencies: Array | None = None,
        positions: Array | None = None,
        forms: Array | None = None,
    ) -> None:
        """Add the lists of the next terms.

        `counts` is how many units each has, `lengths` the field's length in each unit of the
        segment; `units` and `frequencies` are those of all lists, one after the other,
        `positions` and `forms` those of each occurrence.
        """
        counts = counts.astype(np.int64)
        dense = (counts >= _FREQUENT) & (counts * _SHARE > self._units)
        ends = np.cumsum(counts)
        for term in np.flatnonzero(dense).tolist():
            self._add_bits(units[ends[term] - counts[term] : ends[term]])
        self._dense.extend((np.flatnonzero(dense) + self._terms).tolist())
        thin = ~np.repeat(dense, counts)
        self._add_runs(np.repeat(np.arange(len(counts)), counts)[thin], units[thin], len(counts))
        self._counts.append(counts)
        self._terms += len(counts)
        if self._analysed:
            assert frequencies is not None
            assert positions is not None
            assert forms is not None
            self._frequencies.append(frequencies)
            self._add_positions(positions)
            self._forms.append(np.ascontiguousarray(forms, self._form_kind).tobytes())
            self._occurrences.append(_sums(frequencies, counts))
            self._add_bounds(counts, ends, units, frequencies, lengths)

    def _add_positions(self, positions: Array) -> None:
        if self._positions.kind == "<u1":
            far = np.flatnonzero(positions >> 8)
            self._far.append(far + self._positions.length)
            self._far_high.append(positions[far] >> 8)
            positions = positions & 0xFF
        self._positions.append(positions)

    def _add_bits(self, units: Array) -> None:
        words = -(-self._units // _WORD)
        row = np.zeros(words * _WORD, bool)
        row[units] = True
        self._bits.append(np.packbits(row, bitorder="little"))
        before = np.zeros(words + 1, np.int64)
        np.cumsum(row.reshape(-1, _WORD).sum(1), out=before[1:])
        bases = before[: -1 : _RUN // _WORD]
        self._bases.append(bases)
        self._ranks.append(before[:-1] - np.repeat(bases, _RUN // _WORD)[:words])

    def _add_runs(self, terms: Array, units: Array, count: int) -> None:
        if self._units > _RUN:
            high = units >> 16
            first = np.ones(len(units), bool)
            first[1:] = (terms[1:] != terms[:-1]) | (high[1:] != high[:-1])
            self._run_first.append(np.flatnonzero(first) + self._low.length)
            self._run_high.append(high[first])
            self._run_counts.append(np.bincount(terms[first], minlength=count))
        self._low.append(units & (_RUN - 1))

    def _add_bounds(
        self, counts: Array, ends: Array, units: Array, frequencies: Array, lengths: Array
    ) -> None:
        long = counts >= LONG
        blocks = -(-counts[long] // BLOCK)
        if not len(blocks):
            return
        starts = np.repeat((ends - counts)[long], blocks) + BLOCK * expand(
            np.zeros(len(blocks), np.int64), blocks
        )
        stops = np.minimum(starts + BLOCK, np.repeat(ends[long], blocks))
        cuts = np.column_stack([starts, np.minimum(stops, len(units) - 1)]).ravel()
        least = lengths[units] // frequencies
        # reduceat of [start, stop) pairs; one that ends with the array has its last value apart.
        most = np.maximum.reduceat(frequencies, cuts)[::2]
        low = np.minimum.reduceat(least, cuts)[::2]
        if stops[-1] == len(units):
            most[-1] = frequencies[starts[-1] :].max()
            low[-1] = least[starts[-1] :].min()
        self._block_most.append(most)
        self._block_least.append(low)

    def write(
        self, name: str, terms: list[bytes], words: list[bytes], stems: Array, out: SegmentWriter
    ) -> None:
        """Write all under the field's name; `stems` has the term's number for each word."""
        write_terms(name, terms, out)
        counts = np.concatenate([np.zeros(0, np.int64), *self._counts])
        out.add(f"{name}.at", _ends(counts))
        out.add(f"{name}.low", self._low)
        out.add(f"{name}.dense", np.array(self._dense, "<u4"))
        out.add(f"{name}.bits", self._bits)
        out.add(f"{name}.ranks", self._ranks)
        out.add(f"{name}.bases", self._bases)
        thin = counts.copy()
        thin[self._dense] = 0
        out.add(f"{name}.low_at", _ends(thin))
        if self._units > _RUN:
            runs = np.concatenate([np.zeros(0, np.int64), *self._run_counts])
            out.add(f"{name}.run_at", _ends(runs))
            out.add(f"{name}.run_first", self._run_first)
            out.add(f"{name}.run_high", self._run_high)
        if self._analysed:
            occurrences = np.concatenate([np.zeros(0, np.int64), *self._occurrences])
            out.add(f"{name}.position_at", _ends(occurrences))
            out.add(f"{name}.frequencies", self._frequencies)
            out.add(f"{name}.positions", self._positions)
            out.add(f"{name}.far", self._far)
            out.add(f"{name}.far_high", self._far_high)
            out.add(f"{name}.block_most", self._block_most)
            out.add(f"{name}.block_least", self._block_least)
            out.add(f"{name}.block_at", _ends(np.where(counts < LONG, 0, -(-counts // BLOCK))))
            write_terms(f"{name}.words", words, out)
            out.add(f"{name}.words.stems", stems.astype("<u4"))
            self._forms.write(f"{name}.forms", out)


def position_kind(positions: Array) -> str:
    """Return the type to keep positions in.

    Most passages are short: then a byte for each, and the few far ones in full beside, take half.
    Such a far one costs six bytes more, and is found by its number, of four bytes.
    """
    far = np.count_nonzero(positions >> 8)
    if not far or (far * 6 < len(positions) < 1 << 32 and positions.max() < 1 << 24):
        return "<u1"
    return "<u2" if positions.max() < 1 << 16 else "<u4"


def _ends(counts: Array) -> Array:
    """Return where each begins and the last ends, if they stand one after the other."""
    ends = np.zeros(len(counts) + 1, "<u8")
    np.cumsum(counts, out=ends[1:])
    return ends.astype("<u4") if ends[-1] < 1 << 32 else ends


def _sums(values: Array, counts: Array) -> Array:
    """Return the sum of the values of each group."""
    before = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=before[1:])
    ends = np.cumsum(counts)
    sums: Array = before[ends] - before[ends - counts]
    return sums


class Inverted:
    """Reads the lists of one field; `units` is how many units the segment has."""

    def __init__(self, segment: Segment, name: str, units: int, *, analysed: bool) -> None:
        self._segment = segment
        self._name = name
        self.units = units
        self.terms = Terms(segment, name)
        self._low = segment.column(f"{name}.low")
        self._analysed = analysed

    def count(self, term: int) -> int:
        """Return how many units a term stands in, deleted ones included."""
        return int(self._at[term + 1]) - int(self._at[term])

    def lists(self, term: int) -> Array:
        """Return the units of a term, ascending."""
        start, stop = int(self._low_at[term]), int(self._low_at[term + 1])
        if start == stop:
            return self._bit_list(term)
        low = self._low.slice(start, stop)
        if self.units <= _RUN:
            units = low.astype(np.int64)
        else:
            runs = self._column("run_at").slice(term, term + 2).tolist()
            high = self._column("run_high").slice(*runs).astype(np.int64) << 16
            if len(high) == 1:
                units = low + high[0]
            else:
                first = self._column("run_first").slice(*runs).astype(np.int64)
                lengths = np.diff(np.append(first, stop))
                if first[0] != start or lengths.min() <= 0:
                    raise self._segment.damage(f"the runs of {self._name} {term}")
                units = np.repeat(high, lengths) + low
        if units.max() >= self.units:
            raise self._segment.damage(f"{self._name} {term} has a unit beyond the last")
        return units

    def first_units(self) -> Array:
        """Return the first unit of each term, for a field where each term has only one."""
        if len(self._low) != len(self.terms):
            raise self._segment.damage(f"{self._name} has terms of several units")
        units = self._low.all().astype(np.int64)
        if self.units > _RUN:
            units += self._column("run_high").all().astype(np.int64) << 16
        if len(units) and units.max() >= self.units:
            raise self._segment.damage(f"{self._name} has a unit beyond the last")
        return units

    def is_dense(self, term: int) -> bool:
        """Whether a term's units are kept as bits."""
        return bool(self._low_at[term] == self._low_at[term + 1])

    def bits(self, term: int) -> Array:
        """Return the units of a dense term as bits, the lowest first, 64 a word."""
        words = -(-self.units // _WORD)
        row = self._row(term)
        return self._column("bits").slice(row * words * 8, (row + 1) * words * 8)

    def mask(self, term: int) -> Array:
        """Return the units of a dense term as a mask of all units."""
        return np.unpackbits(self.bits(term), bitorder="little")[: self.units].view(bool)

    def find(self, term: int, wanted: Array) -> tuple[Array, Array]:
        """Look up some units in a term's list.

        Returns which of them (as a mask) are in it, and for each of these its place in the list.
        """
        if not self.is_dense(term):
            units = self.lists(term)
            places = units.searchsorted(wanted)
            places[places == len(units)] = 0
            held = units[places] == wanted
            return held, places[held]
        bits = self.bits(term)
        held = (bits[wanted >> 3] >> (wanted & 7).astype(np.uint8)) & 1 == 1
        found = wanted[held]
        words, row = -(-self.units // _WORD), self._row(term)
        parts = -(-words * _WORD // _RUN)
        ranks = self._column("ranks").slice(row * words, (row + 1) * words)
        bases = self._column("bases").slice(row * parts, (row + 1) * parts)
        masks = np.left_shift(np.uint64(1), (found & (_WORD - 1)).astype(np.uint64)) - np.uint64(1)
        before = bits.view("<u8")[found >> 6] & masks
        ones = _ONES[before.astype("<u8").view(np.uint8).reshape(-1, 8)].sum(1, dtype=np.int64)
        return held, ones + ranks[found >> 6] + bases[found >> 16]

    def frequencies(self, term: int) -> Array:
        """Return how often a term stands in each unit of its list."""
        return self._frequencies.slice(self._at[term], self._at[term + 1])

    def positions(self, term: int, last: int | None = None) -> Array:
        """Return where a term stands in its units, one unit after the other.

        With `last` those of all terms from it to before that one.
        """
        column = self._column("positions")
        start, stop = self._occurrences(term, last)
        positions = column.slice(start, stop).astype(np.int64)
        if column.dtype.itemsize == 1 and len(self._far):
            first, last = self._far.searchsorted(np.array([start, stop], self._far.dtype)).tolist()
            high = self._column("far_high").slice(first, last).astype(np.int64)
            positions[self._far[first:last] - self._far.dtype.type(start)] += high << 8
        return positions

    def _occurrences(self, term: int, last: int | None) -> tuple[int, int]:
        ends = self._position_at
        return int(ends[term]), int(ends[term + 1 if last is None else last])

    def forms(self, term: int, last: int | None = None) -> Array:
        """Return which of the term's words each occurrence is, as `positions` does."""
        start, stop = self._occurrences(term, last)
        kind = self.form_kind
        return np.frombuffer(
            self._packed_forms.read(start * kind.itemsize, stop * kind.itemsize), kind
        )

    def bounds(self, term: int) -> tuple[Array, Array] | None:
        """Return two numbers for each `BLOCK` of a list; None if it has fewer than `LONG` units.

        The greatest frequency in it, and the least whole part of length by frequency.
        """
        if self.count(term) < LONG:
            return None
        blocks = self._column("block_at").slice(term, term + 2).tolist()
        return self._column("block_most").slice(*blocks), self._column("block_least").slice(*blocks)

    @cached_property
    def words(self) -> Terms:
        """The words that have this field's terms as their stems."""
        return Terms(self._segment, f"{self._name}.words")

    @cached_property
    def stems(self) -> Array:
        """The term's number for each word."""
        stems = self._column("words.stems").all()
        if len(stems) != len(self.words) or (len(stems) and stems.max() >= len(self.terms)):
            raise self._segment.damage(f"{self._name} has words of unknown stems")
        return stems

    @cached_property
    def form_counts(self) -> Array:
        """How many words each term has."""
        return np.bincount(self.stems, minlength=len(self.terms))

    @cached_property
    def form_of_word(self) -> Array:
        """The number of each word among those of its term."""
        order = np.argsort(self.stems, kind="stable")
        first = np.cumsum(self.form_counts) - self.form_counts
        forms = np.empty(len(order), np.int64)
        forms[order] = np.arange(len(order)) - first[self.stems[order]]
        return forms

    @cached_property
    def form_kind(self) -> np.dtype:
        """The type of a form's number."""
        most = int(self.form_counts.max()) if len(self.form_counts) else 0
        return np.dtype("<u1" if most <= 1 << 8 else "<u2")

    def ends(self, first: int, last: int) -> Array:
        """Return where the lists of terms `[first, last)` begin, and the last ends."""
        return self._at[first : last + 1].astype(np.int64)

    def weights(self) -> Array:
        """Return where each term's occurrences begin and the last's end; or its units'."""
        return (self._position_at if self._analysed else self._at).astype(np.int64)

    def bulk(self, first: int, last: int) -> Array:
        """Return the units of terms `[first, last)`, one list after the other."""
        ends = self.ends(first, last)
        low_ends = self._low_at[first : last + 1].astype(np.int64)
        low = self._low.slice(low_ends[0], low_ends[-1])
        if self.units > _RUN and len(low):
            runs = self._column("run_at").slice(first, last + 1)
            starts = self._column("run_first").slice(runs[0], runs[-1]).astype(np.int64)
            high = self._column("run_high").slice(runs[0], runs[-1]).astype(np.int64) << 16
            low = np.repeat(high, np.diff(starts, append=low_ends[-1])) + low
        counts = np.diff(ends)
        dense = np.flatnonzero(np.diff(low_ends) != counts)
        if not len(dense):
            return low.astype(np.int64)
        units = np.empty(ends[-1] - ends[0], np.int64)
        thin = np.ones(len(units), bool)
        for term in dense.tolist():
            start, stop = (ends[term : term + 2] - ends[0]).tolist()
            units[start:stop] = self._bit_list(first + term)
            thin[start:stop] = False
        units[thin] = low
        return units

    def bulk_frequencies(self, first: int, last: int) -> Array:
        """Return the frequencies of terms `[first, last)`, one list after the other."""
        return self._frequencies.slice(self._at[first], self._at[last])

    def kinds(self) -> tuple[str, str]:
        """Return the types that frequencies and positions are kept in."""
        frequencies, positions = self._column("frequencies").dtype, self._column("positions").dtype
        return kind_of(frequencies), kind_of(positions)

    # Where each term's part of an array begins: read in full, for every search needs them.

    @cached_property
    def _at(self) -> Array:
        return self._ends("at")

    @cached_property
    def _low_at(self) -> Array:
        return self._ends("low_at")

    @cached_property
    def _position_at(self) -> Array:
        return self._ends("position_at")

    def _ends(self, name: str) -> Array:
        ends = self._column(name).all()
        if len(ends) != len(self.terms) + 1:
            raise self._segment.damage(f"{self._name}.{name} has another length than it says")
        return ends

    @cached_property
    def _frequencies(self) -> Column:
        return self._column("frequencies")

    @cached_property
    def _packed_forms(self) -> Packed:
        return Packed(self._segment, f"{self._name}.forms")

    @cached_property
    def _far(self) -> Array:
        return self._column("far").all()

    @cached_property
    def _dense(self) -> Array:
        return self._column("dense").all()

    def _row(self, term: int) -> int:
        row = int(self._dense.searchsorted(term))
        if row == len(self._dense) or self._dense[row] != term:
            raise self._segment.damage(f"{self._name} {term} has no units")
        return row

    def _bit_list(self, term: int) -> Array:
        units = np.flatnonzero(self.mask(term))
        if len(units) != self.count(term):
            raise self._segment.damage(f"{self._name} {term} has more or fewer units than it says")
        return units

    def _column(self, name: str) -> Column:
        return self._segment.column(f"{self._name}.{name}")
