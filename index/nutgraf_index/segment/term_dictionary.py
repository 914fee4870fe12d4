"""Sorted strings in a segment: found exactly, by what they begin with, and by range."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from nutgraf_index.arrays import Array, offsets
from nutgraf_index.segment.file import Column, SegmentFile, SegmentWriter

__all__ = ["TermDictionary", "write_term_dictionary"]

_FEW = 1 << 12  # terms that are looked up in a dictionary
_KEY = 8  # leading bytes of a term, as one number, for a search without Python's steps


def write_term_dictionary(name: str, terms: Sequence[bytes], out: SegmentWriter) -> None:
    """Write terms, sorted and each once, under a name."""
    out.add(f"{name}.terms", np.frombuffer(b"".join(terms), "<u1"))
    out.add(f"{name}.ends", offsets(np.fromiter(map(len, terms), "<u8", len(terms))))
    keys = np.array(terms, f"S{_KEY}") if terms else np.zeros(0, f"S{_KEY}")
    out.add(f"{name}.keys", keys.view(">u8").astype("<u8"))


class TermDictionary:
    """Reads a written term dictionary. Terms are UTF-8, numbered in the order of their bytes."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._text: Column = file.column(f"{name}.terms")
        self._ends = file.column(f"{name}.ends")
        self._keys = file.column(f"{name}.keys")
        if len(self._ends) != len(self._keys) + 1:
            raise file.damage(f"{name} has more or fewer terms than it says")

    def __len__(self) -> int:
        return len(self._keys)

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
        first, last = self._alike(term)
        return bisect_left(self, term, first, last)

    def find(self, term: bytes) -> int:
        """Return a term's number, or -1."""
        if self._numbers is not None:
            return self._numbers.get(term, -1)
        first, last = self._alike(term)
        if last - first > 1:
            first = bisect_left(self, term, first, last)
        if first == last:
            return -1
        if len(term) <= _KEY:  # the key says all of it but how many NULs it ends in
            start, stop = self._ends.slice(first, first + 2).tolist()
            return first if stop - start == len(term) else -1
        return first if self[first] == term else -1

    def _alike(self, term: bytes) -> tuple[int, int]:
        """Return the numbers, first and after the last, of terms with the same first bytes."""
        key = np.uint64(int.from_bytes(term[:_KEY].ljust(_KEY, b"\0"), "big"))
        keys = self._sorted_keys
        first = int(keys.searchsorted(key))
        if first == len(keys) or keys[first] != key:
            return first, first
        if first + 1 < len(keys) and keys[first + 1] != key:
            return first, first + 1
        return first, int(keys.searchsorted(key, "right"))

    @cached_property
    def _sorted_keys(self) -> Array:
        return self._keys.all()

    @cached_property
    def _numbers(self) -> dict[bytes, int] | None:
        """All terms, where they are few: those of titles and headings mostly are."""
        return {term: at for at, term in enumerate(self)} if len(self) <= _FEW else None

    def beginning(self, prefix: bytes) -> range:
        """Return the numbers of the terms that begin so."""
        after = prefix.rstrip(b"\xff")
        start = self.at_least(prefix)
        if not after:
            return range(start, len(self))
        return range(start, self.at_least(after[:-1] + bytes([after[-1] + 1])))
