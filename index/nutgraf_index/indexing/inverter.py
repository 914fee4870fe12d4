"""The words of one field's units, in the order of the text, inverted by sorting.

An occurrence is a key of 64 bits: term, unit, position, form; these sorted are the lists. Keys are
made of a range of terms at a time, as many as memory allows; what is read again for each range
are the words' numbers, which wait in a file.
"""

import numpy as np

from nutgraf_index.arrays import Array, kind_of, narrow
from nutgraf_index.segment.file import SegmentWriter, Spool
from nutgraf_index.segment.postings_writer import PostingsWriter, position_kind, ranges

__all__ = ["Inverter"]

_BITS = 64  # of a key
_BYTES_EACH = 20  # memory taken by an occurrence while its range of terms is inverted
_AT_ONCE = 1 << 18  # occurrences turned into lists together: what the processor's cache holds


class Inverter:
    """Takes a field's words unit by unit, and writes their inverted lists."""

    def __init__(self) -> None:
        self._tokens = Spool("<u4")
        self._lengths: list[Array] = [np.zeros(0, np.int32)]  # of each unit, gaps counted,
        self._gaps: list[Array] = [np.zeros(0, np.int32)]  # and how many these are
        self._counts = np.zeros(1, np.int64)  # occurrences of each word; the first is the gap

    def add(self, tokens: Array, lengths: Array) -> None:
        """Add the numbers of words, 0 for a gap, and how many of them each unit has."""
        self._tokens.append(tokens)
        self._lengths.append(lengths.astype(np.int32))
        counts = np.bincount(tokens, minlength=len(self._counts))
        gaps = np.zeros(len(lengths), np.int32)
        if len(tokens) and counts[0]:
            units = np.repeat(np.arange(len(lengths)), lengths)
            gaps = np.bincount(units[tokens == 0], minlength=len(lengths)).astype(np.int32)
        self._gaps.append(gaps)
        counts[: len(self._counts)] += self._counts
        self._counts = counts

    def write(
        self, name: str, words: list[tuple[str, str]], memory: int, out: SegmentWriter
    ) -> Array:
        """Invert the field, write it, and return how many words each unit has.

        `words` has the word and the stem of each number.
        """
        every = np.concatenate(self._lengths)
        lengths = narrow(every - np.concatenate(self._gaps))
        present = np.flatnonzero(self._counts[1:]) + 1
        spelled = sorted([(words[n][1], words[n][0], n) for n in present.tolist()])
        terms: list[str] = []
        term_of = np.full(len(self._counts), -1, np.int32)
        form_of = np.zeros(len(self._counts), np.int32)
        form = 0
        for stem, _, number in spelled:
            form += 1
            if not terms or terms[-1] != stem:
                terms.append(stem)
                form = 0
            term_of[number], form_of[number] = len(terms) - 1, form
        form_of = narrow(form_of)
        order = [number for _, _, number in spelled]
        firsts = np.flatnonzero(form_of[order] == 0)
        sizes = np.add.reduceat(self._counts[order], firsts) if terms else np.zeros(0, np.int64)
        keys = _Keys(every, sizes, term_of, form_of)
        writer = PostingsWriter(len(every), (position_kind(every), kind_of(form_of.dtype)))
        for first, last in ranges(sizes, memory // _BYTES_EACH, most=keys.terms_at_once):
            made = keys.sorted_of(self._tokens, first, last)
            done = 0
            for a, b in ranges(sizes[first:last], _AT_ONCE):
                some = made[done : done + int(sizes[first + a : first + b].sum())]
                done += len(some)
                numbers, units, frequencies, positions, forms = keys.read(some)
                counts = np.bincount(numbers - a, minlength=b - a)
                writer.add(counts, lengths, units, frequencies, positions, forms)
        by_word = sorted([(word, int(term_of[number])) for _, word, number in spelled])
        stems = np.array([term for _, term in by_word], "<u4")
        writer.write(name, _encoded(terms), _encoded([word for word, _ in by_word]), stems, out)
        out.add(f"{name}.lengths", lengths)
        return lengths


class _Keys:
    """Makes keys of a field's words, and reads them.

    `lengths` is how many words each unit has, `sizes` how often each term occurs; `term_of` and
    `form_of` have the term and the form of each word's number.
    """

    def __init__(self, lengths: Array, sizes: Array, term_of: Array, form_of: Array) -> None:
        self._starts = np.append(0, np.cumsum(lengths, dtype=np.int64))
        self._sizes = sizes  # occurrences of each term
        self._term_of = term_of
        self._form_kind = form_of.dtype
        self._form_bits = _bits(form_of)
        self._position_bits = _bits(lengths)
        self._place_bits = _bits(np.array([len(lengths)])) + self._position_bits
        # Where unit and position do not fit, an occurrence's number in the field tells both.
        self._fit = self._place_bits + self._form_bits + _bits(np.array([len(sizes)])) <= _BITS
        if not self._fit:
            self._place_bits = _bits(self._starts[-1:])
        self.terms_at_once = 1 << max(_BITS - self._place_bits - self._form_bits, 0)
        self._form_of = form_of

    def sorted_of(self, tokens: Spool, first: int, last: int) -> Array:
        """Return the sorted keys of terms `[first, last)`, as numbered from `first`."""
        keys = np.empty(self._sizes[first:last].sum(), np.uint64)
        here = (self._term_of >= first) & (self._term_of < last)  # words
        heads = (self._term_of - first).astype(np.uint64) << np.uint64(self._place_bits)
        heads = (heads << np.uint64(self._form_bits)) | self._form_of
        at = filled = 0
        for numbers in tokens.arrays():
            places = self._places(at, len(numbers))
            at += len(numbers)
            if not here[1:].all() or not numbers.all():  # the first is the gap
                wanted = here[numbers]
                numbers, places = numbers[wanted], places[wanted]
            made = keys[filled : filled + len(numbers)]
            np.take(heads, numbers, out=made, mode="clip")  # as given, would copy
            made |= places
            filled += len(made)
        keys.sort()
        return keys

    def _places(self, start: int, count: int) -> Array:
        """Return the places of some occurrences, one after the other, where a key has them."""
        numbers = np.arange(start, start + count) << self._form_bits
        if self._fit:
            first = int(self._starts.searchsorted(start, "right")) - 1
            last = int(self._starts.searchsorted(start + count))
            bases = (np.arange(first, last) << self._position_bits) - self._starts[first:last]
            counts = np.diff(self._starts[first : last + 1].clip(start, start + count))
            numbers += np.repeat(bases << self._form_bits, counts)
        return numbers.view(np.uint64)

    def read(self, keys: Array) -> tuple[Array, ...]:
        """Return the terms, units and frequencies of lists; positions and forms of occurrences."""
        forms = (keys & np.uint64((1 << self._form_bits) - 1)).astype(self._form_kind)
        places = keys >> np.uint64(self._form_bits)
        starts = np.ones(len(keys), bool)
        positions: Array
        units: Array
        if self._fit:
            positions = places.astype(np.uint32) & np.uint32((1 << self._position_bits) - 1)
            lists = places >> np.uint64(self._position_bits)
            starts[1:] = lists[1:] != lists[:-1]
            at = np.flatnonzero(starts)
            lists = lists[at]
            unit_bits = self._place_bits - self._position_bits
            terms = (lists >> np.uint64(unit_bits)).astype(np.int32)
            units = lists.astype(np.uint32) & np.uint32((1 << unit_bits) - 1)
        else:
            terms = (places >> np.uint64(self._place_bits)).astype(np.int32)
            places = (places & np.uint64((1 << self._place_bits) - 1)).view(np.int64)
            units = self._starts.searchsorted(places, "right") - 1
            positions = places - self._starts[units]
            starts[1:] = (terms[1:] != terms[:-1]) | (units[1:] != units[:-1])
            at = np.flatnonzero(starts)
            terms, units = terms[at], units[at]
        frequencies = narrow(np.diff(at, append=len(keys)))
        return terms, units.astype(np.int32), frequencies, positions.astype(np.int32), forms


def _bits(values: Array) -> int:
    """Return how many bits hold each of some values, 0 or more."""
    return int(values.max()).bit_length() if len(values) else 0


def _encoded(words: list[str]) -> list[bytes]:
    return [word.encode("utf-8", "surrogatepass") for word in words]
