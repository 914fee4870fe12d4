"""Sorted strings in a segment: found exactly, by what they begin with, and by range."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from nutgraf_index import core
from nutgraf_index.arrays import offsets
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.errors import IndexWriteError
from nutgraf_index.segment.file import SegmentFile, SegmentWriter

__all__ = ["TermDictionary", "write_term_dictionary"]


def write_term_dictionary(name: str, terms: Sequence[bytes], out: SegmentWriter) -> None:
    """Write terms, sorted and each once, under a name."""
    ends = offsets(np.fromiter(map(len, terms), "<u8", len(terms)))
    if ends.dtype.itemsize > 4:
        raise IndexWriteError(
            f"the words of {name} take more than 4 GiB: index with less memory, so that there are "
            "more segments"
        )
    out.add(f"{name}.terms", np.frombuffer(b"".join(terms), "<u1"))
    out.add(f"{name}.ends", ends)


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
        start, stop = self._ends.item(number), self._ends.item(number + 1)
        return self._text.slice(start, stop).tobytes()

    def slice(self, start: int, stop: int) -> list[bytes]:
        """Return the terms of numbers `[start, stop)`."""
        ends = self._ends.slice(start, stop + 1).tolist()
        text = self._text.slice(ends[0], ends[-1]).tobytes()
        cuts = [end - ends[0] for end in ends]
        return [text[a:b] for a, b in pairwise(cuts)]

    def at_least(self, term: bytes) -> int:
        """Return the number of the first term that does not come before one."""
        return core.terms.at_least(*self.sorted, memoryview(term))

    def find(self, term: bytes) -> int:
        """Return a term's number, or -1."""
        number = self.at_least(term)
        return number if number < len(self) and self[number] == term else -1

    @cached_property
    def sorted(self) -> tuple[Numbers, Numbers]:
        """The terms one after the other, and where each ends after the one before; for the core."""
        ends = self._ends.all()
        if ends.dtype.itemsize > 4:
            raise self._file.damage(f"{self._name} has terms of 4 GiB")
        return self._text.all().data, ends.data

    def beginning(self, prefix: bytes) -> range:
        """Return the numbers of the terms that begin so."""
        after = prefix.rstrip(b"\xff")
        start = self.at_least(prefix)
        if not after:
            return range(start, len(self))
        return range(start, self.at_least(after[:-1] + bytes([after[-1] + 1])))
