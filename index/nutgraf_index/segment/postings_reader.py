"""The inverted lists of one field in a segment: for each term its units, frequencies, positions.

Units are what the field belongs to: passages, sections or articles, numbered in the segment from
0. Frequent terms keep their units as bits; others the low 16 bits of each, in runs that share the
rest (Chambi et al., Better bitmap performance with Roaring bitmaps, 2016). For every 128 units of
a long list stand the two numbers that bound any BM25 score in it.
"""

from functools import cached_property

import numpy as np

from nutgraf_index.arrays import Array, expand, kind_of
from nutgraf_index.cache import Cache
from nutgraf_index.segment.file import Column, SegmentFile
from nutgraf_index.segment.frequencies import STEP, FrequencySums
from nutgraf_index.segment.stored_blocks import StoredBlocks
from nutgraf_index.segment.term_dictionary import TermDictionary

__all__ = ["BOUND_BLOCK", "LONG", "RUN", "WORD", "PostingsReader"]

BOUND_BLOCK = 128  # units under one bound
LONG = 512  # units from which a list has bounds
RUN = 1 << 16  # units whose numbers share their high bits
WORD = 64  # bits
_STRETCH = 6  # bits of an occurrence's number that are left out where few are looked for
_SPREAD = 1 << 26  # bytes of spread frequencies kept of one field,
_SPREAD_ROWS = 16  # and terms, at least
_LISTED = 32  # lists kept as numbers, of one field,
_LISTED_UNITS = 1 << 16  # if they are no longer


class PostingsReader:
    """Reads the postings lists of one field; `units` is how many units the segment has."""

    def __init__(self, file: SegmentFile, name: str, units: int, *, analysed: bool) -> None:
        self._file = file
        self._name = name
        self.units = units
        self.terms = TermDictionary(file, name)
        self._low = file.column(f"{name}.low")
        self.analysed = analysed
        self._spread: Cache[int, FrequencySums] = Cache(
            _SPREAD, lambda sums: sums.values.nbytes, least=_SPREAD_ROWS
        )
        self._listed: Cache[int, Array] = Cache(_LISTED)

    def count(self, term: int) -> int:
        """Return how many units a term stands in, deleted ones included."""
        return int(self._at.item(term + 1) - self._at.item(term))

    def doc_ids(self, term: int) -> Array:
        """Return the units of a term, ascending; not to be written to.

        The lists last asked for are kept: one search asks for a list more than once.
        """
        units = self._listed.get(term)
        if units is None:
            units = self._list(term)
            units.flags.writeable = False
            if len(units) <= _LISTED_UNITS:
                self._listed.put(term, units)
        return units

    def _list(self, term: int) -> Array:
        start, stop = self._low_at.item(term), self._low_at.item(term + 1)
        if start == stop:
            return self._bit_list(term)
        low = self._low.slice(start, stop)
        if self.units <= RUN:
            return low.astype(np.int64)
        first, last = self._run_at.item(term), self._run_at.item(term + 1)
        high, lengths = self._runs
        units: Array = high[first:last].repeat(lengths[first:last])
        units += low
        return units

    def first_units(self) -> Array:
        """Return the first unit of each term, for a field where each term has only one."""
        if len(self._low) != len(self.terms):
            raise self._file.damage(f"{self._name} has terms of several units")
        units = self._low.all().astype(np.int64)
        if self.units > RUN:
            units += self._column("run_high").all().astype(np.int64) << 16
        if len(units) and units.max() >= self.units:
            raise self._file.damage(f"{self._name} has a unit beyond the last")
        return units

    def is_dense(self, term: int) -> bool:
        """Whether a term's units are kept as bits."""
        return bool(self._low_at.item(term) == self._low_at.item(term + 1))

    def bits(self, term: int) -> Array:
        """Return the units of a dense term as bits, the lowest first, 64 a word."""
        words = -(-self.units // WORD)
        row = self._row(term)
        return self._column("bits").slice(row * words * 8, (row + 1) * words * 8)

    def mask(self, term: int) -> Array:
        """Return the units of a dense term as a mask of all units."""
        row = self._spread.get(term)
        if row is not None:
            held: Array = row.values[: self.units] != 0
            return held
        return np.unpackbits(self.bits(term), bitorder="little")[: self.units].view(bool)

    def spread(self, term: int) -> Array:
        """Return how often a dense term stands in each unit of the segment, 0 where it does not.

        The rows last asked for are kept: such terms are few, and in many queries.
        """
        return self._counted(term).values[: self.units]

    def _counted(self, term: int) -> FrequencySums:
        row = self._spread.get(term)
        if row is None:
            frequencies = self.frequencies(term)
            values = np.zeros(-(-self.units // STEP) * STEP, frequencies.dtype)
            values[self._bit_list(term)] = frequencies
            row = self._spread.put(term, FrequencySums(values))
        return row

    def frequencies(self, term: int) -> Array:
        """Return how often a term stands in each unit of its list."""
        return self._frequencies.slice(self._at.item(term), self._at.item(term + 1))

    def positions(self, term: int, last: int | None = None) -> Array:
        """Return where a term stands in its units, one unit after the other.

        With `last` those of all terms from it to before that one.
        """
        column = self._positions
        start, stop = self._occurrences(term, last)
        positions = column.slice(start, stop).astype(np.int64)
        if column.dtype.itemsize == 1 and len(self._far):
            first, last = self._far.searchsorted(np.array([start, stop], self._far.dtype)).tolist()
            high = self._column("far_high").slice(first, last).astype(np.int64)
            positions[self._far[first:last] - self._far.dtype.type(start)] += high << 8
        return positions

    def stands(self, term: int, units: Array) -> tuple[Array, Array, Array]:
        """Return in which of some units a term stands, by their places among them.

        And how often it does, and the number of its first occurrence there. Units are sorted.
        """
        first = self._position_at.item(term)
        if self.is_dense(term):
            row = self._counted(term)
            often = row.values.take(units)
            held = often.nonzero()[0]
            return held, often[held], row.before(units[held]) + first
        listed, frequencies = self.doc_ids(term), self.frequencies(term)
        places = listed.searchsorted(units)
        held = (listed.take(places, mode="clip") == units).nonzero()[0]
        if not len(held):
            return held, held, held
        places = places[held]
        start, last = places.item(0), places.item(-1)
        between = np.add.reduceat(frequencies[: last + 1], places, dtype=np.int64)
        starts = between.cumsum() - between
        starts += first + np.add.reduce(frequencies[:start], dtype=np.int64)
        return held, frequencies.take(places), starts

    def positions_of(self, starts: Array, often: Array) -> Array:
        """Return where terms stand by the numbers of their occurrences: ranges, one after another.

        Range `i` has `often[i]` occurrences from `starts[i]` on.
        """
        places = expand(starts, often)
        positions = self._positions.take(places).astype(np.int64)
        if self._positions.dtype.itemsize == 1 and len(self._far):
            at = self._may_be_far.take(places >> _STRETCH).nonzero()[0]
            if len(at):
                far = self._far.searchsorted(places[at].astype(self._far.dtype))
                held = self._far.take(far, mode="clip") == places[at]
                high = self._column("far_high").take(far[held]).astype(np.int64)
                positions[at[held]] += high << 8
        return positions

    @cached_property
    def _may_be_far(self) -> Array:
        """Which stretches of occurrences have any that are far in their units: few have."""
        may = np.zeros((len(self._positions) >> _STRETCH) + 1, bool)
        may[self._far >> self._far.dtype.type(_STRETCH)] = True
        return may

    def _occurrences(self, term: int, last: int | None) -> tuple[int, int]:
        ends = self._position_at
        return ends.item(term), ends.item(term + 1 if last is None else last)

    def forms(self, term: int, last: int | None = None) -> Array:
        """Return which of the term's words each occurrence is, as `positions` does."""
        start, stop = self._occurrences(term, last)
        kind = self.form_kind
        return np.frombuffer(
            self._form_blocks.read(start * kind.itemsize, stop * kind.itemsize), kind
        )

    def blocks(self, term: int) -> tuple[int, int]:
        """Return which blocks a list has, first and after the last; none if it is short."""
        return self._block_at.item(term), self._block_at.item(term + 1)

    def bounds(self) -> tuple[Array, Array]:
        """Return two numbers for each `BOUND_BLOCK` of all lists of `LONG` units or more.

        The greatest frequency in it, and the least whole part of length by frequency.
        """
        most, least = self._column("block_most").all(), self._column("block_least").all()
        if not most.all():
            raise self._file.damage(f"{self._name} has a block of words that stand nowhere")
        return most, least

    @cached_property
    def words(self) -> TermDictionary:
        """The words that have this field's terms as their stems."""
        return TermDictionary(self._file, f"{self._name}.words")

    @cached_property
    def stems(self) -> Array:
        """The term's number for each word."""
        stems = self._column("words.stems").all()
        if len(stems) != len(self.words) or (len(stems) and stems.max() >= len(self.terms)):
            raise self._file.damage(f"{self._name} has words of unknown stems")
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
        return (self._position_at if self.analysed else self._at).astype(np.int64)

    def bulk(self, first: int, last: int) -> Array:
        """Return the units of terms `[first, last)`, one list after the other."""
        ends = self.ends(first, last)
        low_ends = self._low_at[first : last + 1].astype(np.int64)
        low = self._low.slice(low_ends[0], low_ends[-1])
        if self.units > RUN and len(low):
            run, stop = self._run_at.item(first), self._run_at.item(last)
            high, lengths = self._runs
            low = high[run:stop].repeat(lengths[run:stop]) + low
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

    def position_kind(self) -> str:
        """Return the type that positions are kept in."""
        return kind_of(self._positions.dtype)

    # Where each term's part of an array begins: read in full, for every search needs them.

    @cached_property
    def _at(self) -> Array:
        return self._ends("at")

    @cached_property
    def _low_at(self) -> Array:
        return self._ends("low_at")

    @cached_property
    def _run_at(self) -> Array:
        return self._ends("run_at")

    @cached_property
    def _runs(self) -> tuple[Array, Array]:
        """The high bits of each run, and how many units it has."""
        high = self._column("run_high").all().astype(np.int64) << 16
        return high, np.diff(self._column("run_first").all(), append=len(self._low)).astype(
            np.int64
        )

    @cached_property
    def _block_at(self) -> Array:
        return self._ends("block_at")

    @cached_property
    def _position_at(self) -> Array:
        return self._ends("position_at")

    def _ends(self, name: str) -> Array:
        ends = self._column(name).all()
        if len(ends) != len(self.terms) + 1:
            raise self._file.damage(f"{self._name}.{name} has another length than it says")
        return ends

    @cached_property
    def _frequencies(self) -> Column:
        return self._column("frequencies")

    @cached_property
    def _positions(self) -> Column:
        return self._column("positions")

    @cached_property
    def _form_blocks(self) -> StoredBlocks:
        return StoredBlocks(self._file, f"{self._name}.forms")

    @cached_property
    def _far(self) -> Array:
        return self._column("far").all()

    @cached_property
    def _dense(self) -> Array:
        return self._column("dense").all()

    def _row(self, term: int) -> int:
        row = int(self._dense.searchsorted(term))
        if row == len(self._dense) or self._dense[row] != term:
            raise self._file.damage(f"{self._name} {term} has no units")
        return row

    def _bit_list(self, term: int) -> Array:
        units = np.flatnonzero(self.mask(term))
        if len(units) != self.count(term):
            raise self._file.damage(f"{self._name} {term} has more or fewer units than it says")
        return units

    def _column(self, name: str) -> Column:
        return self._file.column(f"{self._name}.{name}")
