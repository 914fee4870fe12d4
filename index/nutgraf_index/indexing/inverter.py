"""The inverter: builds the inverted index of one analysed field.

The first pass over the tokens counts the postings and occurrences of each term. Further passes,
as many as the memory limit requires, each fill the postings of a range of terms.
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

_Result = TypeVar("_Result")
_THREADS = 2  # each inverts a range of terms; the loops of the core release the GIL
_POSTING, _OCCURRENCE = 8, 6  # bytes of memory each while its range of terms is inverted


class Vocabulary:
    """The words of a segment and their terms, numbered in the order of arrival.

    Number 0 is the gap between the values of a multi-valued field, for words and for terms.
    `term_of` has the number of each word's term. A word that has two terms has two numbers: folded
    words may be of different words in the text.
    """

    def __init__(self) -> None:
        self.words, self.terms = [""], [""]
        self.term_of = array("I", [0])
        self._word_numbers, self._term_numbers = {("", ""): 0}, {"": 0}
        # For each lexicon of a tokenizer, the number in this vocabulary of each word, 0 if unknown.
        self._translations: dict[bytes, Array] = {}

    def numbers_of(self, words: Words) -> Array:
        """Return the number of each word of a batch, whose first word is the gap; add new words."""
        translation = self._translations.get(words.lexicon, np.zeros(0, np.uint32))
        size = int(words.numbers.max()) + 1
        if size > len(translation):
            translation = np.append(translation, np.zeros(2 * size - len(translation), np.uint32))
            self._translations[words.lexicon] = translation
        numbers = translation[words.numbers]
        new = np.flatnonzero(numbers[1:] == 0) + 1
        numbers[new] = translation[words.numbers[new]] = [
            self._number_of(*words.at(index)) for index in new.tolist()
        ]
        return numbers

    def _number_of(self, word: str, term: str) -> int:
        number = self._word_numbers.setdefault((word, term), len(self.words))
        if number == len(self.words):
            self.words.append(word)
            term_number = self._term_numbers.setdefault(term, len(self.terms))
            if term_number == len(self.terms):
                self.terms.append(term)
            self.term_of.append(term_number)
        return number

    def close(self) -> None:
        """Free the lookup tables; no more words can be added."""
        self._word_numbers, self._term_numbers, self._translations = {}, {}, {}


class Inverter:
    """Takes the tokens of one field, document by document, and writes its inverted index."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tokens = Spool("<u4")
        self._docs = 0
        self._sizes = [np.zeros(0, np.uint32)]  # tokens of each document with gaps
        self._lengths = [np.zeros(0, np.uint32)]  # tokens of each document without gaps
        self._word_freqs = np.zeros(0, np.int64)  # occurrences of each word
        self._last_docs = np.zeros(0, np.int64)  # last document of each term, -1 for none
        self._doc_freqs = np.zeros(0, np.int64)  # documents of each term

    def add(self, tokens: Array, sizes: Array) -> None:
        """Add the tokens of documents.

        `tokens` has word numbers of the vocabulary, 0 for a gap; `sizes` has the number of tokens
        of each document, gaps included.
        """
        tokens, terms = tokens.astype(np.uint32, copy=False), len(self._vocabulary.terms)
        self._word_freqs = _extended(self._word_freqs, len(self._vocabulary.words), 0)
        self._last_docs = _extended(self._last_docs, terms, -1)
        self._doc_freqs = _extended(self._doc_freqs, terms, 0)
        lengths = np.empty(len(sizes), np.uint32)
        core.building.count_postings(
            tokens.data,
            sizes.astype(np.int64, copy=False).data,
            self._docs,
            memoryview(self._vocabulary.term_of),
            self._word_freqs.data,
            self._last_docs.data,
            self._doc_freqs.data,
            lengths.data,
        )
        self._docs += len(sizes)
        self._tokens.append(tokens)
        self._sizes.append(sizes.astype(np.uint32))
        self._lengths.append(lengths)

    def write(self, name: str, memory: int, out: SegmentWriter) -> dict[str, int]:
        """Write the inverted index under the field's name; return the field's facts.

        `memory` is the limit of memory in bytes; a term that needs more may exceed it.
        """
        vocabulary, term_of = self._vocabulary, np.array(self._vocabulary.term_of, np.int64)
        used = np.flatnonzero(self._word_freqs)
        terms = _sorted(np.flatnonzero(self._doc_freqs), vocabulary.terms)
        row_of_term = np.zeros(len(vocabulary.terms), np.int64)  # the row of a term is its rank
        row_of_term[terms] = np.arange(len(terms))
        by_term = used[np.argsort(row_of_term[term_of[used]], kind="stable")]
        by_word = _sorted(by_term, vocabulary.words)
        stems = row_of_term[term_of[by_word]]
        numbers = by_word[np.argsort(stems, kind="stable")]  # by their terms, then by the words
        rows = row_of_term[term_of[numbers]]
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        row_of = np.full(len(term_of), -1, np.int64)
        row_of[numbers] = rows
        form_of = np.zeros(len(term_of), np.uint16)
        form_of[numbers] = forms_of(rows)
        sizes, lengths = np.concatenate(self._sizes), np.concatenate(self._lengths)
        spare = int((position_widths(sizes, 0) - position_widths(lengths, 0)).max(initial=0))
        writer = PostingsWriter(lengths, analysed=True, spare=spare)
        doc_freqs = self._doc_freqs[terms]
        total_freqs = np.add.reduceat(self._word_freqs[numbers], firsts)

        def packed(first: int, last: int) -> list[tuple[Array, Packed]]:
            terms = slice(first, last)
            return writer.packed(
                self._invert(sizes, row_of, form_of, first, doc_freqs[terms], total_freqs[terms])
            )

        costs = _POSTING * doc_freqs + _OCCURRENCE * total_freqs
        term_ranges = list(ranges(costs, memory // (_THREADS + 1)))
        with contextlib.closing(_by_threads(packed, term_ranges)) as packed_ranges:
            for parts in packed_ranges:
                writer.take(parts)
        return writer.write(
            name,
            [_encode(vocabulary.terms[term]) for term in terms.tolist()],
            [_encode(vocabulary.words[number]) for number in by_word.tolist()],
            stems,
            out,
        )

    def _invert(
        self,
        sizes: Array,
        row_of: Array,
        form_of: Array,
        first: int,
        doc_freqs: Array,
        total_freqs: Array,
    ) -> Postings:
        """Return the postings of the terms in rows `[first, first + len(doc_freqs))`.

        `row_of` and `form_of` have the row of each word's term and the form of each word; `sizes`
        has the number of tokens of each document; `doc_freqs` and `total_freqs` have the numbers of
        postings and of occurrences of each term.
        """
        row_of = row_of - first
        row_of[(row_of < 0) | (row_of > len(doc_freqs))] = len(doc_freqs)  # outside the range
        row_of = row_of.astype(np.uint32)
        postings = Postings.empty(doc_freqs, total_freqs)
        cursor = np.zeros(2, np.int64)
        # Four numbers a row, of which three are used: a row stays within one cache line.
        rows = np.full((len(doc_freqs), 4), -1, np.int64)
        rows[:, 1], rows[:, 2] = (np.cumsum(n) - n for n in (doc_freqs, total_freqs))
        for tokens in self._tokens.pieces():
            core.building.fill_postings(
                memoryview(tokens).cast("I"),
                sizes.data,
                cursor.data,
                row_of.data,
                form_of.data,
                rows.data,
                postings.docs.data,
                postings.freqs.data,
                postings.positions.data,
                postings.forms.data,
            )
        return postings


def _sorted(numbers: Array, texts: list[str]) -> Array:
    """Return numbers in the order of the texts that they number; equal texts stay in order."""
    return np.array(sorted(numbers.tolist(), key=texts.__getitem__), np.int64)


def _by_threads(
    function: Callable[[int, int], _Result], ranges: list[tuple[int, int]]
) -> Generator[_Result, None, None]:
    """Yield the function's result for each range, in order, computed ahead by threads."""
    if len(ranges) == 1:
        yield function(*ranges[0])
        return
    pool = ThreadPoolExecutor(_THREADS)
    pending: deque[Future[_Result]] = deque()
    try:
        for term_range in ranges:
            pending.append(pool.submit(function, *term_range))
            if len(pending) > _THREADS:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:  # after an error, skip the ranges that have not started
        pool.shutdown(cancel_futures=True)


def _extended(values: Array, size: int, value: int) -> Array:
    """Return an array extended to at least `size` numbers; each new number is `value`."""
    if len(values) >= size:
        return values
    return np.append(values, np.full(size - len(values), value, np.int64))


def _encode(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
