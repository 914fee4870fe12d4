"""The words of one field's units, in the order of the text, turned into postings lists.

How often each term occurs is counted as the words come; then they are read again, as often as
memory asks for, and each occurrence is written to its place.
"""

import contextlib
from array import array
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from nutgraf_index import core
from nutgraf_index.analysis.batch_tokenizer import Words
from nutgraf_index.arrays import Array
from nutgraf_index.segment.file import SegmentWriter, Spool
from nutgraf_index.segment.writing.postings import Packed, PostingsWriter, ranges
from nutgraf_index.segment.writing.postings_arrays import Postings, forms_of, position_widths

__all__ = ["Inverter", "Vocabulary"]

_Done = TypeVar("_Done")
_THREADS = 2  # that invert a range each: their loops do not hold the interpreter
_POSTING, _OCCURRENCE = 8, 6  # bytes of each while its range of terms is inverted


class Vocabulary:
    """The words of a segment, and their terms, numbered as they come; word and term 0 are none."""

    def __init__(self) -> None:
        self.words, self.terms = [""], [""]
        self.term_of = array("I", [0])
        self._word_numbers, self._term_numbers = {"": 0}, {"": 0}
        self._known: dict[bytes, Array] = {}  # by lexicon, the number here of each number there

    def numbers_of(self, words: Words) -> Array:
        """Return the number of each word; the first is none."""
        known = self._known.get(words.lexicon, np.zeros(0, np.uint32))
        most = int(words.numbers.max()) + 1
        if most > len(known):
            known = np.append(known, np.zeros(2 * most - len(known), np.uint32))
            self._known[words.lexicon] = known
        numbers = known[words.numbers]
        new = np.flatnonzero(numbers[1:] == 0) + 1
        numbers[new] = known[words.numbers[new]] = [
            self._number_of(*words.at(index)) for index in new.tolist()
        ]
        return numbers

    def _number_of(self, word: str, term: str) -> int:
        number = self._word_numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
            of_term = self._term_numbers.setdefault(term, len(self.terms))
            if of_term == len(self.terms):
                self.terms.append(term)
            self.term_of.append(of_term)
        return number

    def end(self) -> None:
        """Free the lookup tables, which only further words would need."""
        self._word_numbers, self._term_numbers, self._known = {}, {}, {}

    def sorted(self, numbers: list[int]) -> list[int]:
        """Return the numbers of words in the order of their terms, then their own."""
        words, terms, term_of = self.words, self.terms, self.term_of
        return sorted(numbers, key=lambda number: (terms[term_of[number]], words[number]))


class Inverter:
    """Takes a field's words unit by unit, and writes their postings lists."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tokens = Spool("<u4")
        self._units = 0
        self._sizes = [np.zeros(0, np.uint32)]  # of each unit, gaps counted,
        self._lengths = [np.zeros(0, np.uint32)]  # and without them
        self._words = np.zeros(0, np.int64)  # occurrences of each word,
        self._last = np.zeros(0, np.int64)  # and of each term: the last unit,
        self._postings = np.zeros(0, np.int64)  # and the number of units

    def add(self, tokens: Array, sizes: Array) -> None:
        """Add the numbers of words, 0 for a gap, and how many of them each unit has."""
        tokens, terms = tokens.astype(np.uint32, copy=False), len(self._vocabulary.terms)
        self._words = _grown(self._words, len(self._vocabulary.words), 0)
        self._last = _grown(self._last, terms, -1)
        self._postings = _grown(self._postings, terms, 0)
        lengths = np.empty(len(sizes), np.uint32)
        core.building.count_postings(
            tokens.data,
            sizes.astype(np.int64, copy=False).data,
            self._units,
            memoryview(self._vocabulary.term_of),
            self._words.data,
            self._last.data,
            self._postings.data,
            lengths.data,
        )
        self._units += len(sizes)
        self._tokens.append(tokens)
        self._sizes.append(sizes.astype(np.uint32))
        self._lengths.append(lengths)

    def write(self, name: str, memory: int, out: SegmentWriter) -> dict[str, int]:
        """Invert the field and write it with about `memory` bytes; return its facts."""
        vocabulary, term_of = self._vocabulary, np.array(self._vocabulary.term_of, np.int64)
        numbers = np.array(vocabulary.sorted(np.flatnonzero(self._words).tolist()), np.int64)
        begins = np.diff(term_of[numbers], prepend=-1) != 0  # the first word of a term
        rows = np.cumsum(begins) - 1
        firsts = np.flatnonzero(begins)
        row_of = np.full(len(term_of), -1, np.int64)
        row_of[numbers] = rows
        form_of = np.zeros(len(term_of), np.uint16)
        form_of[numbers] = forms_of(rows)
        terms = term_of[numbers[firsts]]
        sizes, lengths = np.concatenate(self._sizes), np.concatenate(self._lengths)
        spare = int((position_widths(sizes, 0) - position_widths(lengths, 0)).max(initial=0))
        writer = PostingsWriter(lengths, analysed=True, spare=spare)
        postings = self._postings[terms]
        occurrences = np.add.reduceat(self._words[numbers], firsts)

        def packed(first: int, last: int) -> list[tuple[Array, Packed]]:
            some = slice(first, last)
            return writer.packed(
                self._inverted(sizes, row_of, form_of, first, postings[some], occurrences[some])
            )

        costs = _POSTING * postings + _OCCURRENCE * occurrences
        term_ranges = list(ranges(costs, memory // (_THREADS + 1)))
        with contextlib.closing(_by_threads(packed, term_ranges)) as made:
            for parts in made:
                writer.take(parts)
        words = [vocabulary.words[number] for number in numbers.tolist()]
        in_order = sorted(range(len(words)), key=words.__getitem__)
        return writer.write(
            name,
            [_encoded(vocabulary.terms[term]) for term in terms.tolist()],
            [_encoded(words[at]) for at in in_order],
            rows[in_order],
            out,
        )

    def _inverted(
        self,
        sizes: Array,
        row_of: Array,
        form_of: Array,
        first: int,
        postings: Array,
        occurrences: Array,
    ) -> Postings:
        """Return the postings of terms `[first, first + len(postings))`, whose counts are known.

        `row_of` and `form_of` have the term and the form of each word.
        """
        row_of = row_of - first
        row_of[(row_of < 0) | (row_of > len(postings))] = len(postings)  # is in no row
        row_of = row_of.astype(np.uint32)
        lists = Postings.empty(postings, occurrences)
        cursor = np.zeros(2, np.int64)
        rows = np.full((len(postings), 4), -1, np.int64)  # each within a line of the cache
        rows[:, 1], rows[:, 2] = (np.cumsum(one) - one for one in (postings, occurrences))
        for tokens in self._tokens.pieces():
            core.building.fill_postings(
                memoryview(tokens).cast("I"),
                sizes.data,
                cursor.data,
                row_of.data,
                form_of.data,
                rows.data,
                lists.docs.data,
                lists.freqs.data,
                lists.positions.data,
                lists.forms.data,
            )
        return lists


def _by_threads(
    work: Callable[[int, int], _Done], ranges: list[tuple[int, int]]
) -> Generator[_Done, None, None]:
    """Yield what is made of each range, in order; some threads work ahead."""
    if len(ranges) == 1:
        yield work(*ranges[0])
        return
    pool = ThreadPoolExecutor(_THREADS)
    pending: deque[Future[_Done]] = deque()
    try:
        for term_range in ranges:
            pending.append(pool.submit(work, *term_range))
            if len(pending) > _THREADS:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:  # an error need not wait for ranges that nobody takes
        pool.shutdown(cancel_futures=True)


def _grown(values: Array, size: int, value: int) -> Array:
    """Return an array of at least a size, what is new set to a value."""
    if len(values) >= size:
        return values
    return np.append(values, np.full(size - len(values), value, np.int64))


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
