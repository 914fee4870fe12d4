"""Sorted strings in a segment: found exactly, by what they begin with, and by range."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.segment.file import SegmentFile

__all__ = ["TermDictionary"]

_FEW = 1 << 10  # terms of a dictionary that is looked up as one of Python's


class TermDictionary:
    """Reads a written term dictionary. Terms are UTF-8, numbered in the order of their bytes."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self._text = file.column(f"{name}.terms")
        self._ends = file.column(f"{name}.ends")
        if not len(self._ends):
            raise file.damage(f"{name} has more or fewer terms than it says")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.slice(0, len(self)))

    def __getitem__(self, number: int) -> bytes:
        start, stop = self._ends.view(number, number + 2)
        return self._text.view(start, stop).tobytes()

    def slice(self, start: int, stop: int) -> list[bytes]:
        """Return the terms of numbers `[start, stop)`."""
        ends = self._ends.view(start, stop + 1).tolist()
        text = self._text.view(ends[0], ends[-1]).tobytes()
        if sorted(ends) != ends:  # lest copies of the same are made
            raise self._file.damage(f"{self._name} has terms that overlap")
        cuts = [end - ends[0] for end in ends]
        return [text[a:b] for a, b in pairwise(cuts)]

    def at_least(self, term: bytes) -> int:
        """Return the number of the first term that does not come before one."""
        return core.terms.at_least(*self.sorted, memoryview(term))

    def find(self, term: bytes) -> int:
        """Return a term's number, or -1."""
        if self._numbers is not None:
            return self._numbers.get(term, -1)
        return core.terms.find(*self.sorted, memoryview(term))

    @cached_property
    def _numbers(self) -> dict[bytes, int] | None:
        """The number of each term; None for more than a few, which are looked up in place."""
        if len(self) > _FEW:
            return None
        return {term: number for number, term in enumerate(self)}

    @cached_property
    def sorted(self) -> tuple[Numbers, Numbers]:
        """The terms one after the other, and where each ends after the one before; for the core."""
        ends = self._ends.view()
        if ends.itemsize > 4:
            raise self._file.damage(f"{self._name} has terms of 4 GiB")
        if not core.bitmaps.ascend(ends, 0):  # lest the same is looked through again
            raise self._file.damage(f"{self._name} has terms that overlap")
        return self._text.view(), ends

    def beginning(self, prefix: bytes) -> range:
        """Return the numbers of the terms that begin so."""
        after = prefix.rstrip(b"\xff")
        start = self.at_least(prefix)
        if not after:
            return range(start, len(self))
        return range(start, self.at_least(after[:-1] + bytes([after[-1] + 1])))
