"""Numbers in buffers, for the core: what is read of an index, and room for what is worked out."""

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from nutgraf_index import core

__all__ = ["NO_BITS", "Bitmap", "Numbers", "cut", "joined", "room", "uints", "widened"]

# Of numbers: the arrays of an index, and what the core takes and fills.
if TYPE_CHECKING:
    Numbers: TypeAlias = memoryview[Any]
else:
    Numbers = memoryview

_SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8, "q": 8, "d": 8}


def room(kind: str, count: int) -> Numbers:
    """Return room for so many numbers of a kind, as the `array` module names it, all 0."""
    bits: Any = memoryview(bytearray(_SIZES[kind] * count))
    made: Numbers = bits.cast(kind)
    return made


def uints(numbers: Iterable[int]) -> Numbers:
    """Return whole numbers from 0 to 2**32 - 1 as a buffer."""
    return memoryview(array("I", numbers))


def cut(numbers: Numbers, count: int) -> Numbers:
    """Return a copy of the first numbers, which lets go of the room of the others."""
    bits: Any = memoryview(numbers[:count].tobytes())
    made: Numbers = bits.cast(numbers.format)
    return made


def joined(parts: Sequence[Numbers], kind: str) -> Numbers:
    """Return buffers of a kind one after the other."""
    if len(parts) == 1:
        return parts[0]
    bits: Any = memoryview(b"".join(parts))
    made: Numbers = bits.cast(kind)
    return made


def widened(numbers: Numbers) -> Numbers:
    """Return whole numbers of up to 4 bytes as numbers of 4; those that are so already as given."""
    if numbers.itemsize == 4:
        return numbers
    made = room("I", len(numbers))
    core.bitmaps.widen(numbers.cast("B"), numbers.itemsize, made)
    return made


NO_BITS = room("Q", 0)


class Bitmap:
    """A set of numbers from 0 to `size` - 1. `words` are its bits, for the core."""

    __slots__ = ("size", "words")

    def __init__(self, size: int, words: Numbers | None = None) -> None:
        self.size = size
        self.words = room("Q", (size + 63) >> 6) if words is None else words

    @classmethod
    def full(cls, size: int) -> "Bitmap":
        """Return the set of all."""
        made = cls(size)
        core.bitmaps.fill(made.words, 0, size)
        return made

    @classmethod
    def of(cls, size: int, numbers: Numbers | Iterable[int]) -> "Bitmap":
        """Return the set of some numbers: a buffer of them with 4 bytes each, or any."""
        made = cls(size)
        made.add(numbers if isinstance(numbers, memoryview) else uints(numbers))
        return made

    def add(self, numbers: Numbers, twice: "Bitmap | None" = None) -> None:
        """Add some numbers of 4 bytes each, and those that were there to `twice`.

        Raises `IndexError` for one beyond the last.
        """
        core.bitmaps.set_docs(self.words, numbers, NO_BITS if twice is None else twice.words)

    def unite(self, other: "Bitmap", twice: "Bitmap | None" = None) -> None:
        """Add the numbers of another set, and those that were there to `twice`."""
        core.bitmaps.unite(self.words, other.words, NO_BITS if twice is None else twice.words)

    def copy(self) -> "Bitmap":
        """Return another set of the same."""
        return Bitmap(self.size, memoryview(bytearray(self.words)).cast("Q"))

    def __ior__(self, other: "Bitmap") -> "Bitmap":
        self.unite(other)
        return self

    def __iand__(self, other: "Bitmap") -> "Bitmap":
        core.bitmaps.intersect(self.words, other.words)
        return self

    def __isub__(self, other: "Bitmap") -> "Bitmap":
        core.bitmaps.subtract(self.words, other.words)
        return self

    def __contains__(self, number: int) -> bool:
        return bool(self.words[number >> 6] >> (number & 63) & 1)

    def __len__(self) -> int:
        return core.bitmaps.count(self.words)

    def numbers(self) -> Numbers:
        """Return its numbers, ascending, 4 bytes each."""
        made = room("I", len(self))
        core.bitmaps.docs_of(self.words, made)
        return made

    def among(self, numbers: Numbers) -> Numbers:
        """Return those of some numbers of 4 bytes each that are in the set."""
        made = room("I", len(numbers))
        return made[: core.bitmaps.kept(self.words, numbers, made)]

    def spread(self, starts: Numbers, stops: Numbers, size: int) -> "Bitmap":
        """Return, of `size` documents, those of the units that are in this set.

        Unit `u` has the documents `[starts[u], stops[u])`.
        """
        made = Bitmap(size)
        core.bitmaps.spread(self.words, starts, stops, made.words)
        return made

    def touched(self, starts: Numbers, stops: Numbers) -> "Bitmap":
        """Return the units that have a document of this set; see `spread`. Starts ascend."""
        made = Bitmap(len(starts))
        core.bitmaps.touched(self.words, starts, stops, made.words)
        return made
