"""What is stored of many units at once: the core goes from array to array of a segment."""

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, room
from nutgraf_index.segment.file import CHECK_SHIFT, SegmentFile

__all__ = ["Lookup"]

_NOWHERE = 0, 0, 0


class Lookup:
    """Steps by which something is found out of units, each called by the name of what it gives.

    `given` is the name of what is told of each unit to begin with. It is not told again, nor what
    has a name that begins with an underscore. `beside` are numbers that are not in the file.
    """

    def __init__(self, file: SegmentFile, given: str, beside: Numbers) -> None:
        self._file = file
        self._given = given
        self._beside = beside
        self._steps: list[tuple[int, str, str, str | int, tuple[int, int, int]]] = []
        self._texts: list[str] = []
        self._constants: dict[str, Any] = {}

    def take(self, name: str, column: str, by: str, more: int = 0) -> None:
        """Take the number of an array at the place `by`, or so many more."""
        self._steps.append((core.stored.TAKE, name, by, more, self._place(column)))

    def find(self, name: str, column: str, by: str) -> None:
        """Find the last place of an ascending array with a number up to `by`.

        It has to be looked at whether there is: not all that was compared was checked.
        """
        self._steps.append((core.stored.FIND, name, by, 0, self._place(column)))

    def pick(self, name: str, by: str) -> None:
        """Take the number of `beside` at the place `by`."""
        self._steps.append((core.stored.PICK, name, by, 0, _NOWHERE))

    def add(self, name: str, one: str, other: str, times: int = 1, more: int = 0) -> None:
        """Add to a number another, so many times, and a constant."""
        self._steps.append((core.stored.ADD, name, one, other, (times, more, 0)))

    def span(self, name: str, start: str, stop: str, column: str) -> None:
        """Find the first of the bytes of the file where a range of an array is, and that after.

        All of them are checked. They are called `name` with "from" and "to".
        """
        place = self._place(column)
        self._steps.append((core.stored.SPAN, f"{name} from", start, stop, place))

    def give(self, name: str, value: object) -> None:
        """Give a value that all units have."""
        self._constants[name] = value

    def text(self, name: str, ends: str, texts: str, by: str) -> None:
        """Read the text that begins and ends in an array where another says."""
        start, stop = f"_{name} start", f"_{name} stop"
        self.take(start, ends, by)
        self.take(stop, ends, by, 1)
        self.span(name, start, stop, texts)
        self._texts.append(name)

    def _place(self, column: str) -> tuple[int, int, int]:
        return self._file.column(column).place

    @cached_property
    def _plan(self) -> tuple[Numbers, int, list[str]]:
        """The steps for the core, how many rows are not told, and the names of the others."""
        names: list[str] = []
        for kind, name, *_ in self._steps:
            names += (name, f"{name[:-4]}to") if kind == core.stored.SPAN else (name,)
        told = [name for name in names if not name.startswith("_")]
        hidden = [self._given, *(name for name in names if name.startswith("_"))]
        rows = {name: row for row, name in enumerate(hidden + told)}
        steps = array("q")
        for kind, name, by, more, place in self._steps:
            other = rows[more] if isinstance(more, str) else more
            steps.extend((kind, rows[name], rows[by], other, *place))
        shape = len(self._steps), core.stored.STEP
        return memoryview(steps).cast("B").cast("q", shape), len(hidden), told

    def follow(self, given: Sequence[int]) -> dict[str, Sequence[Any]]:
        """Return by its name what is found of each unit."""
        steps, hidden, told = self._plan
        file, size, count, step = self._file, hidden + len(told), len(given), 0
        rows: Any = room("q", size * count)
        rows[:count] = array("q", given)
        shaped, unchecked = rows.cast("B").cast("q", (size, count)), room("I", count)
        asked = file.data, file.checked, CHECK_SHIFT, steps, self._beside
        while (step := core.stored.follow(*asked, step, shaped, unchecked)) < len(steps):
            file.check_blocks(unchecked)
        by_row = zip(*[iter(rows[hidden * count :].tolist())] * count, strict=True)
        found: dict[str, Sequence[Any]] = dict(zip(told, by_row, strict=True))
        data: Any = file.data.obj  # whose slices are bytes
        for name in self._texts:
            spans = zip(found[f"{name} from"], found[f"{name} to"], strict=True)
            found[name] = [
                data[start:stop].decode("utf-8", "surrogatepass") for start, stop in spans
            ]
        for name, value in self._constants.items():
            found[name] = [value] * count
        return found
