"""Where leaves stand in the documents of one field: rows of words, and parts near each other."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, cut, room
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = [
    "Choice",
    "Occurrences",
    "choice_of_term",
    "choice_of_words",
    "documents_of",
    "phrase",
]


class Choice(NamedTuple):
    """The words that may stand at one position of a leaf, as `core.positions.holding` takes them.

    They are lists of terms, and the forms of these that are meant.
    """

    rows: Numbers
    forms: Numbers


def choice_of_words(postings: PostingsReader, words: Iterable[int]) -> Choice:
    """Return the choice of some words, by their numbers in the dictionary."""
    by_term: dict[int, list[int]] = {}
    for word in words:
        by_term.setdefault(int(postings.stems[word]), []).append(int(postings.form_of_word[word]))
    rows, forms = array("q"), bytearray()
    for term, chosen in by_term.items():
        begin, count = len(forms), int(postings.form_counts[term])
        if len(chosen) == count:
            begin = -1
        else:
            forms += bytes(count)
            for form in chosen:
                forms[begin + form] = 1
        rows.extend((*postings.row(term), begin))
    return Choice(memoryview(rows), memoryview(forms))


def choice_of_term(postings: PostingsReader, term: int) -> Choice:
    """Return the choice of all words of a term; of none, if its number is -1."""
    row = (*postings.row(term), -1) if term >= 0 else ()
    return Choice(memoryview(array("q", row)), memoryview(b""))


def phrase(postings: PostingsReader, terms: Sequence[int]) -> Numbers:
    """Return the documents where terms, by their numbers, stand in a row; none if one is -1."""
    if min(terms) < 0:
        return room("I", 0)
    rows = array("q", (number for term in terms for number in postings.row(term)))
    docs = room("I", min(map(postings.count, terms)))
    return cut(docs, core.positions.phrase(postings.lists, memoryview(rows), docs))


def documents_of(postings: PostingsReader, leaf: Sequence[Choice]) -> Bitmap:
    """Return the documents that have a word of each choice of a leaf, wherever they stand."""
    found = Bitmap.full(postings.units)
    for choice in leaf:
        bits = Bitmap(postings.units)
        core.positions.holding(postings.lists, *choice, bits.words)
        found &= bits
    return found


class Occurrences:
    """Where leaves stand, in the documents of a field that have a leaf of each part.

    A leaf is choices that stand in a row; a part is some leaves, by their numbers.
    """

    def __init__(
        self,
        postings: PostingsReader,
        leaves: Sequence[Sequence[Choice]],
        parts: Sequence[Sequence[int]],
    ) -> None:
        self._parts = parts
        self._lengths = [len(leaf) for leaf in leaves]
        self._firsts = [0, *accumulate(self._lengths)]  # choices before each leaf
        having = [documents_of(postings, leaf) for leaf in leaves]
        holding = Bitmap.full(postings.units)
        for part in parts:
            of_part = Bitmap(postings.units)
            for leaf in part:
                of_part |= having[leaf]
            holding &= of_part
        self.docs = holding.numbers()
        self._read(postings, list(chain(*leaves)))

    def _read(self, postings: PostingsReader, choices: Sequence[Choice]) -> None:
        """Read where words stand, and leave where leaves begin."""
        size, end = 2 * len(self.docs), 0
        self._ranges = room("q", size * len(choices))
        of_choices = [self._ranges[size * at : size * (at + 1)] for at in range(len(choices))]
        positions = room("I", 0)
        for choice, ranges in zip(choices, of_choices, strict=True):
            end = core.positions.read(postings.lists, *choice, self.docs, end, ranges, positions)
        self._positions = room("I", end)
        for choice, ranges in zip(choices, of_choices, strict=True):
            core.positions.read(postings.lists, *choice, self.docs, -1, ranges, self._positions)
        for first, last in pairwise(self._firsts):
            row = self._ranges[size * first : size * last]
            core.positions.join(self._positions, row, len(self.docs))

    def units_of(self, leaf: int) -> list[int]:
        """Return the documents that have a leaf, of those that have one of each part."""
        return [self.docs[at] for at in self._having(leaf)]

    def _having(self, leaf: int) -> list[int]:
        first = 2 * len(self.docs) * self._firsts[leaf]
        ranges = self._ranges[first : first + 2 * len(self.docs)].tolist()
        edges = enumerate(zip(ranges[::2], ranges[1::2], strict=True))
        return [at for at, (begin, end) in edges if begin < end]

    def keep(self, leaf: int, kept: Callable[[list[int]], list[int]]) -> None:
        """Leave of where a leaf begins in each of its documents, in order, what `kept` returns."""
        for at in self._having(leaf):
            stop = 2 * (len(self.docs) * self._firsts[leaf] + at) + 1
            begin, end = self._ranges[stop - 1], self._ranges[stop]
            starts = kept(self._positions[begin:end].tolist())
            self._ranges[stop] = begin + len(starts)
            for number, start in enumerate(starts, begin):
                self._positions[number] = start

    def near(self, slop: int, *, ordered: bool) -> Numbers:
        """Return the documents with an arrangement of all parts with a slack of at most `slop`."""
        leaves = array("q")
        for number, part in enumerate(self._parts):
            for leaf in part:
                leaves.extend((self._firsts[leaf], self._lengths[leaf], number))
        docs = room("I", len(self.docs))
        number = core.positions.near(
            self._positions,
            self._ranges,
            memoryview(leaves),
            len(self._parts),
            slop,
            ordered,
            self.docs,
            docs,
        )
        return cut(docs, number)
