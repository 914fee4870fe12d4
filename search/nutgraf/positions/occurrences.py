"""Positions of leaves in the documents of a field, for phrases and NEAR."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, copy_first, zeros
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = [
    "Choice",
    "Occurrences",
    "choice_of_prefix",
    "choice_of_term",
    "choice_of_words",
    "documents_of",
    "phrase",
]


class Choice(NamedTuple):
    """The words of a field that match a word of a leaf, as arguments of `core.positions`.

    `rows` has a row for each term: its postings list and the offset of its flags in `forms`, -1 if
    all its word forms match. `forms` has a byte for each word form of a term: 1 if it matches.
    """

    rows: Numbers
    forms: Numbers


def choice_of_words(postings: PostingsReader, words: Iterable[int]) -> Choice:
    """Return the choice of words, given by their numbers in the dictionary of words."""
    by_term: dict[int, list[int]] = {}
    for word in words:
        by_term.setdefault(int(postings.stems[word]), []).append(int(postings.form_of_word[word]))
    rows, forms = array("q"), bytearray()
    for term, matching in by_term.items():
        offset, count = len(forms), int(postings.form_counts[term])
        if len(matching) == count:
            offset = -1
        else:
            forms += bytes(count)
            for form in matching:
                forms[offset + form] = 1
        rows.extend((*postings.row(term), offset))
    return Choice(memoryview(rows), memoryview(forms))


def choice_of_prefix(postings: PostingsReader, prefix: bytes) -> Choice:
    """Return the choice of all words of the terms that begin with a prefix."""
    rows = array("q")
    for term in postings.terms.beginning(prefix):
        rows.extend((*postings.row(term), -1))
    return Choice(memoryview(rows), memoryview(b""))


def choice_of_term(postings: PostingsReader, term: int) -> Choice:
    """Return the choice of all words of a term; an empty choice if the term number is -1."""
    row = (*postings.row(term), -1) if term >= 0 else ()
    return Choice(memoryview(array("q", row)), memoryview(b""))


def phrase(
    postings: PostingsReader,
    terms: Sequence[int],
    distances: Sequence[int],
    among: Numbers | None = None,
) -> Numbers:
    """Return the documents that have terms at given distances from the first, ascending from 0.

    Return no documents if a term number is -1.

    Args:
        among: doc ids, ascending: other documents may be left out; None for all
    """
    if min(terms) < 0:
        return zeros("I", 0)
    rows = array("q", (number for term in terms for number in postings.row(term)))
    fewest = min(map(postings.doc_freq, terms))
    if among is None or len(among) >= fewest:
        among = zeros("I", 0)
    elif not len(among):
        return among
    docs = zeros("I", len(among) or fewest)
    found = core.positions.phrase(postings.field_postings, rows, array("q", distances), among, docs)
    return copy_first(docs, found)


def documents_of(postings: PostingsReader, leaf: Sequence[Choice]) -> Bitmap:
    """Return the documents that have a word of each choice of a leaf, at any positions."""
    doc_ids = Bitmap.full(postings.doc_count)
    for choice in leaf:
        bits = Bitmap(postings.doc_count)
        core.positions.docs_with_words(postings.field_postings, *choice, bits.words)
        doc_ids &= bits
    return doc_ids


class Occurrences:
    """The occurrences of leaves in the documents of a field that have a leaf of each part.

    Args:
        leaves: each leaf as the choices of its words
        layouts: for each leaf the position of each word in the leaf, ascending from 0, and then the
            number of positions that the leaf covers
        parts: each part of a NEAR node as the indexes of its leaves
    """

    def __init__(
        self,
        postings: PostingsReader,
        leaves: Sequence[Sequence[Choice]],
        layouts: Sequence[Sequence[int]],
        parts: Sequence[Sequence[int]],
    ) -> None:
        self._parts = parts
        self._layouts = layouts
        self._firsts = [0, *accumulate(map(len, leaves))]  # the number of choices before each leaf
        by_leaf = [documents_of(postings, leaf) for leaf in leaves]
        all_parts = Bitmap.full(postings.doc_count)
        for part in parts:
            any_leaf = Bitmap(postings.doc_count)
            for leaf in part:
                any_leaf |= by_leaf[leaf]
            all_parts &= any_leaf
        self.docs = all_parts.numbers()
        self._read(postings, list(chain(*leaves)))

    def _read(self, postings: PostingsReader, choices: Sequence[Choice]) -> None:
        """Read the positions of all choices, then keep the positions at which leaves begin.

        `_ranges` has, for each choice and document, the range of its positions in `_positions`.
        """
        size, end = 2 * len(self.docs), 0
        self._ranges = zeros("q", size * len(choices))
        by_choice = [self._ranges[size * i : size * (i + 1)] for i in range(len(choices))]
        positions = zeros("I", 0)
        for choice, ranges in zip(choices, by_choice, strict=True):
            end = core.positions.read(
                postings.field_postings, *choice, self.docs, end, ranges, positions
            )
        self._positions = zeros("I", end)
        for choice, ranges in zip(choices, by_choice, strict=True):
            core.positions.read(
                postings.field_postings, *choice, self.docs, -1, ranges, self._positions
            )
        for (first, last), layout in zip(pairwise(self._firsts), self._layouts, strict=True):
            row = self._ranges[size * first : size * last]
            distances = memoryview(array("q", layout))
            core.positions.join(self._positions, row, distances, len(self.docs))

    def docs_with(self, leaf: int) -> list[int]:
        """Return the documents of `docs` that have a leaf."""
        return [self.docs[i] for i in self._indexes_with(leaf)]

    def _indexes_with(self, leaf: int) -> list[int]:
        """Return the indexes in `docs` of the documents that have a leaf."""
        first = 2 * len(self.docs) * self._firsts[leaf]
        ranges = self._ranges[first : first + 2 * len(self.docs)].tolist()
        edges = enumerate(zip(ranges[::2], ranges[1::2], strict=True))
        return [i for i, (begin, end) in edges if begin < end]

    def keep(self, leaf: int, choose: Callable[[list[int]], list[int]]) -> None:
        """Replace the positions at which a leaf begins by the positions that `choose` returns.

        `choose` is called once for each document that has the leaf, in their order.
        """
        for i in self._indexes_with(leaf):
            stop = 2 * (len(self.docs) * self._firsts[leaf] + i) + 1
            begin, end = self._ranges[stop - 1], self._ranges[stop]
            starts = choose(self._positions[begin:end].tolist())
            self._ranges[stop] = begin + len(starts)
            for index, start in enumerate(starts, begin):
                self._positions[index] = start

    def near(self, slop: int, *, ordered: bool) -> Numbers:
        """Return the documents where all parts stand with at most `slop` other words between them.

        If `ordered`, the parts stand in their order. Parts do not share words.
        """
        leaves = array("q")
        for number, part in enumerate(self._parts):
            for leaf in part:
                leaves.extend((self._firsts[leaf], self._layouts[leaf][-1], number))
        docs = zeros("I", len(self.docs))
        count = core.positions.near(
            self._positions,
            self._ranges,
            memoryview(leaves),
            len(self._parts),
            slop,
            ordered,
            self.docs,
            docs,
        )
        return copy_first(docs, count)
