"""The sorted terms of a field in a segment, found exactly, by prefix or by range."""

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.segment.file import SegmentFile

__all__ = ["TermDictionaries", "TermDictionary", "close_texts", "encoded"]

_SMALL = 1 << 10  # terms of a dictionary that is copied to a `dict`


def encoded(text: str) -> bytes:
    """Return a text as a term; it may have surrogates, as names of files do that are no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


class TermDictionary:
    """Reads a term dictionary. Terms are UTF-8, and numbered from 0 in the order of their bytes.

    A dictionary of words may have a word several times, once for each of its terms.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self._text = file.column(f"{name}.terms")
        self._ends = file.column(f"{name}.ends")
        if not len(self._ends):
            raise file.damage(f"{name} has no offsets of terms")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.slice(0, len(self)))

    def __getitem__(self, number: int) -> bytes:
        start, stop = self._ends.view(number, number + 2)
        return self._text.view(start, stop).tobytes()

    def slice(self, start: int, stop: int) -> list[bytes]:
        """Return the terms whose numbers are `[start, stop)`."""
        ends = self._ends.view(start, stop + 1).tolist()
        text = self._text.view(ends[0], ends[-1]).tobytes()
        if sorted(ends) != ends:  # else the terms could be larger than the file
            raise self._file.damage(f"{self._name} has terms that overlap")
        cuts = [end - ends[0] for end in ends]
        return [text[a:b] for a, b in pairwise(cuts)]

    def at_least(self, term: bytes) -> int:
        """Return the number of the first term not below `term`, or `len(self)` if there is none."""
        number: int = core.terms.at_least(*self.sorted, memoryview(term))
        return number

    def find(self, term: bytes) -> int:
        """Return the number of a term, or -1 if it is not in the dictionary."""
        if self._numbers is not None:
            return self._numbers.get(term, -1)
        number: int = core.terms.find(*self.sorted, memoryview(term))
        return number

    def all_of(self, term: bytes) -> range:
        """Return the range of the numbers of a term, empty if it is not in the dictionary."""
        first = self.at_least(term)
        last = first
        while last < len(self) and self[last] == term:
            last += 1
        return range(first, last)

    @cached_property
    def _numbers(self) -> dict[bytes, int] | None:
        """The number of each term; None for a large dictionary, which the core searches instead."""
        if len(self) > _SMALL:
            return None
        return {term: number for number, term in enumerate(self)}

    @cached_property
    def sorted(self) -> tuple[Numbers, Numbers]:
        """The concatenated n terms and their n + 1 offsets, for the core."""
        ends = self._ends.view()
        if ends.format != "I":
            raise self._file.damage(f"{self._name} has more than 4 GiB of terms")
        if not core.bitmaps.ascend(ends, 0):  # else terms could be larger than the file
            raise self._file.damage(f"{self._name} has terms that overlap")
        return self._text.view(), ends

    @property
    def layout(self) -> tuple[int, int, int, int]:
        """The bytes of the file that are terms, and the 32-bit words that are their offsets.

        Two ranges `[start, stop)`, as `core.terms.Dictionaries` takes them.
        """
        text, ends = self.sorted  # checks them
        (start, _, _), (bytes_before, size, _) = self._text.layout, self._ends.layout
        first = bytes_before // size
        return start, start + len(text), first, first + len(ends)

    def beginning(self, prefix: bytes) -> range:
        """Return the range of the numbers of the terms that begin with `prefix`."""
        # The first string after all these terms: the prefix without its trailing bytes 0xff, with 1
        # added to its last byte.
        after = prefix.rstrip(b"\xff")
        start = self.at_least(prefix)
        if not after:
            return range(start, len(self))
        return range(start, self.at_least(after[:-1] + bytes([after[-1] + 1])))


class TermDictionaries:
    """The dictionaries of several fields of a file, in which a term is found at once."""

    def __init__(self, file: SegmentFile, dictionaries: Sequence[TermDictionary]) -> None:
        layouts = array("q", [number for one in dictionaries for number in one.layout])
        self._dictionaries = core.terms.Dictionaries(file.data, file.words, layouts)
        self._none = bytes(8 * len(dictionaries))

    def find(self, term: bytes) -> list[int]:
        """Return the number of a term in each dictionary, -1 where it is not."""
        numbers = array("q", self._none)
        core.terms.find_each(self._dictionaries, memoryview(term), numbers)
        return numbers.tolist()


def close_texts(texts: Sequence[str], word: str, edits: int) -> list[int]:
    """Return the indexes of the texts within an edit distance of a word; see `core.terms.within`.

    The texts may be in any order.
    """
    terms = [*map(encoded, texts)]
    offsets = uints(accumulate(map(len, terms), initial=0))
    out = zeros("I", len(terms))
    data = memoryview(b"".join(terms))
    count = core.terms.within(data, offsets, 0, len(terms), uints(map(ord, word)), edits, out)
    return out[:count].tolist()
