"""Buffers of numbers for the core: arrays of an index, and memory for results."""

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from nutgraf_index import core

__all__ = ["NO_BITS", "Bitmap", "Numbers", "copy_first", "uints", "widen", "zeros"]

# A view of numbers of one type: an array of an index, or an input or output of the core.
if TYPE_CHECKING:
    Numbers: TypeAlias = memoryview[Any]
else:
    Numbers = memoryview

_SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8, "q": 8, "d": 8}


def zeros(kind: str, count: int) -> Numbers:
    """Return a buffer of `count` zeros. `kind` is a type code of the `array` module."""
    data: Any = memoryview(bytearray(_SIZES[kind] * count))
    numbers: Numbers = data.cast(kind)
    return numbers


def uints(numbers: Iterable[int]) -> Numbers:
    """Return whole numbers from 0 to 2**32 - 1 as a buffer of 4 bytes each."""
    return memoryview(array("I", numbers))


def copy_first(numbers: Numbers, count: int) -> Numbers:
    """Return a copy of the first `count` numbers, so that the memory of the buffer can be freed."""
    data: Any = memoryview(numbers[:count].tobytes())
    first: Numbers = data.cast(numbers.format)
    return first


def widen(numbers: Numbers) -> Numbers:
    """Return unsigned integers as 4 bytes each. A buffer that has 4 bytes each is not copied."""
    if numbers.itemsize == 4:
        return numbers
    wide = zeros("I", len(numbers))
    core.bitmaps.widen(numbers.cast("B"), numbers.itemsize, wide)
    return wide


NO_BITS = zeros("Q", 0)


class Bitmap:
    """A set of whole numbers from 0 to `size` - 1. `words` is the bitmap that the core takes."""

    __slots__ = ("size", "words")

    def __init__(self, size: int, words: Numbers | None = None) -> None:
        self.size = size
        self.words = zeros("Q", (size + 63) >> 6) if words is None else words

    @classmethod
    def full(cls, size: int) -> "Bitmap":
        """Return the set of all numbers."""
        bitmap = cls(size)
        core.bitmaps.fill(bitmap.words, 0, size)
        return bitmap

    @classmethod
    def of(cls, size: int, numbers: Numbers | Iterable[int]) -> "Bitmap":
        """Return the set of the given numbers; a buffer of them must have 4 bytes each."""
        bitmap = cls(size)
        bitmap.add(numbers if isinstance(numbers, memoryview) else uints(numbers))
        return bitmap

    def add(self, numbers: Numbers, twice: "Bitmap | None" = None) -> None:
        """Add numbers of 4 bytes each, and to `twice` the numbers that are in this set already.

        Raises `IndexError` for a number beyond the bitmap's last word.
        """
        core.bitmaps.set_docs(self.words, numbers, NO_BITS if twice is None else twice.words)

    def unite(self, added: "Bitmap", twice: "Bitmap | None" = None) -> None:
        """Add the numbers of `added`, and to `twice` the numbers that are in both sets."""
        core.bitmaps.unite(self.words, added.words, NO_BITS if twice is None else twice.words)

    def copy(self) -> "Bitmap":
        """Return a copy of the set."""
        return Bitmap(self.size, memoryview(bytearray(self.words)).cast("Q"))

    def __ior__(self, added: "Bitmap") -> "Bitmap":
        self.unite(added)
        return self

    def __iand__(self, mask: "Bitmap") -> "Bitmap":
        core.bitmaps.intersect(self.words, mask.words)
        return self

    def __isub__(self, removed: "Bitmap") -> "Bitmap":
        core.bitmaps.subtract(self.words, removed.words)
        return self

    def __contains__(self, number: int) -> bool:
        return bool(self.words[number >> 6] >> (number & 63) & 1)

    def __len__(self) -> int:
        return core.bitmaps.count(self.words)

    def count(self, start: int, stop: int) -> int:
        """Return how many numbers of the set are in `[start, stop)`."""
        return core.bitmaps.count_between(self.words, start, stop)

    def numbers(self) -> Numbers:
        """Return the numbers of the set, ascending, 4 bytes each."""
        members = zeros("I", len(self))
        core.bitmaps.docs_of(self.words, members)
        return members

    def among(self, numbers: Numbers) -> Numbers:
        """Return the given numbers, 4 bytes each, that are in the set; their order is kept."""
        members = zeros("I", len(numbers))
        return members[: core.bitmaps.filter_docs(self.words, numbers, members)]

    def spread(self, starts: Numbers, stops: Numbers, size: int) -> "Bitmap":
        """Return the documents of the groups in this set.

        Args:
            starts, stops: the doc ids of group g are `[starts[g], stops[g])`
            size: number of documents
        """
        documents = Bitmap(size)
        core.bitmaps.spread(self.words, starts, stops, documents.words)
        return documents

    def touched(self, starts: Numbers, stops: Numbers) -> "Bitmap":
        """Return the groups that have a document in this set.

        Args:
            starts, stops: the doc ids of group g are `[starts[g], stops[g])`; both ascend
        """
        groups = Bitmap(len(starts))
        core.bitmaps.touched(self.words, starts, stops, groups.words)
        return groups
