"""Writes the postings of one field in a segment; `postings_reader` says what they look like."""

from collections.abc import Iterator

import numpy as np

from nutgraf_index.arrays import Array, expand, kind_of, narrow, offsets
from nutgraf_index.segment.file import SegmentWriter, Spool
from nutgraf_index.segment.postings_reader import BOUND_BLOCK, LONG, RUN, WORD
from nutgraf_index.segment.stored_blocks import Compression, StoredBlocksWriter
from nutgraf_index.segment.term_dictionary import write_term_dictionary

__all__ = [
    "PostingsWriter",
    "block_bounds",
    "blocks_of",
    "length_facts",
    "position_kind",
    "ranges",
    "stable_order",
]

_FREQUENT = 512  # units from which a list may be kept as bits,
_SHARE = 16  # if it has more than 1 of 16 units: then bits are smaller, and sooner read
_FORMS = Compression(1 << 14)


class PostingsWriter:
    """Takes the lists of a field's terms, in the order of the terms, and writes them.

    `kinds` are the types for positions and forms; None where the field has none.
    Positions of one byte keep what is beyond it apart: see `position_kind`.
    """

    def __init__(self, units: int, kinds: tuple[str, str] | None) -> None:
        self._units = units
        self._analysed = kinds is not None
        self._counts: list[Array] = []
        self._occurrences: list[Array] = []
        self._run_counts: list[Array] = []
        self._dense: list[int] = []
        self._terms = 0
        self._low, self._run_first, self._run_high = Spool("<u2"), Spool("<u4"), Spool("<u2")
        self._bits = Spool("<u1")
        self._block_most, self._block_least = Spool("<u4"), Spool("<u4")
        if kinds is not None:
            self._frequencies, self._positions = Spool("<u1"), Spool(kinds[0])
            self._far, self._far_high = Spool("<u4"), Spool("<u2")
            self._form_kind = kinds[1]
            self._forms = StoredBlocksWriter(_FORMS)

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
            if (kind := kind_of(narrow(frequencies).dtype)) > self._frequencies.kind:
                self._frequencies.widen(kind)
            self._frequencies.append(frequencies)
            self._add_positions(positions)
            self._forms.append(np.ascontiguousarray(forms, self._form_kind).tobytes())
            self._occurrences.append(_sums(frequencies, counts))
            most, least = block_bounds(counts, units, frequencies, lengths)
            self._block_most.append(most)
            self._block_least.append(least)

    def _add_positions(self, positions: Array) -> None:
        if self._positions.kind == "<u1":
            far = np.flatnonzero(positions >> 8)
            self._far.append(far + self._positions.length)
            self._far_high.append(positions[far] >> 8)
            positions = positions & 0xFF
        self._positions.append(positions)

    def _add_bits(self, units: Array) -> None:
        row = np.zeros(-(-self._units // WORD) * WORD, bool)
        row[units] = True
        self._bits.append(np.packbits(row, bitorder="little"))

    def _add_runs(self, terms: Array, units: Array, count: int) -> None:
        if self._units > RUN:
            high = units >> 16
            first = np.ones(len(units), bool)
            first[1:] = (terms[1:] != terms[:-1]) | (high[1:] != high[:-1])
            self._run_first.append(np.flatnonzero(first) + self._low.length)
            self._run_high.append(high[first])
            self._run_counts.append(np.bincount(terms[first], minlength=count))
        self._low.append(units & (RUN - 1))

    def write(
        self, name: str, terms: list[bytes], words: list[bytes], stems: Array, out: SegmentWriter
    ) -> None:
        """Write all under the field's name; `stems` has the term's number for each word."""
        write_term_dictionary(name, terms, out)
        counts = np.concatenate([np.zeros(0, np.int64), *self._counts])
        out.add(f"{name}.at", offsets(counts))
        out.add(f"{name}.low", self._low)
        out.add(f"{name}.dense", np.array(self._dense, "<u4"))
        out.add(f"{name}.bits", self._bits)
        thin = counts.copy()
        thin[self._dense] = 0
        out.add(f"{name}.low_at", offsets(thin))
        if self._units > RUN:
            runs = np.concatenate([np.zeros(0, np.int64), *self._run_counts])
            out.add(f"{name}.run_at", offsets(runs))
            out.add(f"{name}.run_first", self._run_first)
            out.add(f"{name}.run_high", self._run_high)
        if self._analysed:
            occurrences = np.concatenate([np.zeros(0, np.int64), *self._occurrences])
            out.add(f"{name}.position_at", offsets(occurrences))
            out.add(f"{name}.frequencies", self._frequencies)
            out.add(f"{name}.positions", self._positions)
            out.add(f"{name}.far", self._far)
            out.add(f"{name}.far_high", self._far_high)
            out.add(f"{name}.block_most", self._block_most)
            out.add(f"{name}.block_least", self._block_least)
            out.add(f"{name}.block_at", offsets(blocks_of(counts)))
            write_term_dictionary(f"{name}.words", words, out)
            out.add(f"{name}.words.stems", stems.astype("<u4"))
            self._forms.write(f"{name}.forms", out)


def block_bounds(
    counts: Array, units: Array, frequencies: Array, lengths: Array
) -> tuple[Array, Array]:
    """Return the greatest frequency in each block of the lists of `LONG` units or more.

    And the least whole part of length by frequency: together they bound any BM25 score there.
    """
    blocks = blocks_of(counts)
    starts = np.repeat(np.cumsum(counts) - counts, blocks)
    starts += BOUND_BLOCK * expand(np.zeros(len(blocks), np.int64), blocks)
    stops = np.minimum(starts + BOUND_BLOCK, np.repeat(np.cumsum(counts), blocks))
    # reduceat of [start, stop) pairs; the value after the last is that of none.
    cuts = np.column_stack([starts, stops]).ravel()
    most = np.maximum.reduceat(np.append(frequencies, 0), cuts)[::2]
    least = np.minimum.reduceat(np.append(lengths[units] // frequencies, 0), cuts)[::2]
    return most, least


def blocks_of(counts: Array) -> Array:
    """Return how many blocks with bounds the list of each term has, by its number of units."""
    blocks: Array = np.where(counts < LONG, 0, -(-counts // BOUND_BLOCK))
    return blocks


def position_kind(lengths: Array) -> str:
    """Return the type to keep positions in, in units of such lengths.

    Most passages are short: then a byte for each, and the few far ones in full beside, take half.
    Such a far one costs six bytes more, and is found by its number, of four bytes.
    """
    most = int(lengths.max()) if len(lengths) else 0
    far = int(np.maximum(lengths - (1 << 8), 0).sum(dtype=np.int64))
    every = int(lengths.sum(dtype=np.int64))
    if not far or (far * 6 < every < 1 << 32 and most <= 1 << 24):
        return "<u1"
    return "<u2" if most <= 1 << 16 else "<u4"


def length_facts(name: str, lengths: Array) -> dict[str, int]:
    """Return how many words a field has in all, and units with any."""
    words = int(lengths.sum(dtype=np.int64))
    return {f"{name}.words": words, f"{name}.units": int(np.count_nonzero(lengths))}


def ranges(sizes: Array, upto: int, *, most: int = 1 << 62) -> Iterator[tuple[int, int]]:
    """Cut items into ranges of `upto` in all, or of one larger item, and of `most` items."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(ends):
        limit = ends[first] - sizes[first] + upto
        last = max(first + 1, int(ends.searchsorted(limit, "right")))
        last = min(last, first + most)
        yield first, last
        first = last


def stable_order(numbers: Array, count: int) -> Array:
    """Return the order that sorts numbers below `count` and keeps equal ones as they stand.

    NumPy sorts numbers of 16 bits by their digits, far faster than longer ones by comparing.
    """
    if count <= 1 << 16:
        return np.argsort(numbers.astype(np.uint16), kind="stable")
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)[order]
    return order[np.argsort(high, kind="stable")]


def _sums(values: Array, counts: Array) -> Array:
    """Return the sum of the values of each group."""
    before = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=before[1:])
    ends = np.cumsum(counts)
    sums: Array = before[ends] - before[ends - counts]
    return sums
