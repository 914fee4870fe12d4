"""What is stored of many units at once: the core goes from array to array of a segment."""

from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, room
from nutgraf_index.segment.file import CHECK_SHIFT, SegmentFile

__all__ = ["Lookup"]


class Lookup:
    """Steps by which something is found out of units, each called by the name of what it gives.

    `given` are the names of what is told of each unit to begin with. It is not told again, nor
    what has a name that begins with an underscore.
    """

    def __init__(self, file: SegmentFile, *given: str) -> None:
        self._file = file
        self._given = given
        self._steps: list[tuple[int, str, str, str | int, str]] = []
        self._texts: list[str] = []
        self._constants: dict[str, Any] = {}

    def take(self, name: str, column: str, by: str, more: int = 0) -> None:
        """Take the number of an array at the place `by`, or so many more."""
        self._steps.append((core.stored.TAKE, name, by, more, column))

    def find(self, name: str, column: str, by: str) -> None:
        """Find the last place of an ascending array with a number up to `by`.

        It has to be looked at whether there is: not all that was compared was checked.
        """
        self._steps.append((core.stored.FIND, name, by, 0, column))

    def add(self, name: str, one: str, other: str) -> None:
        """Add two numbers."""
        self._steps.append((core.stored.ADD, name, one, other, ""))

    def span(self, name: str, start: str, stop: str, column: str) -> None:
        """Find the first of the bytes of the file where a range of an array is, and that after.

        All of them are checked. They are called `name` with "from" and "to".
        """
        self._steps.append((core.stored.SPAN, f"{name} from", start, stop, column))

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

    @cached_property
    def _plan(self) -> tuple[Numbers, int, list[str]]:
        """The steps for the core, how many rows are not told, and the names of the others."""
        names: list[str] = []
        for kind, name, *_ in self._steps:
            names += (name, f"{name[:-4]}to") if kind == core.stored.SPAN else (name,)
        told = [name for name in names if not name.startswith("_")]
        hidden = [*self._given, *(name for name in names if name.startswith("_"))]
        rows = {name: row for row, name in enumerate(hidden + told)}
        steps = array("q")
        for kind, name, by, more, column in self._steps:
            place = self._file.column(column).place if column else (0, 0, 0)
            other = rows[more] if isinstance(more, str) else more
            steps.extend((kind, rows[name], rows[by], other, *place))
        shape = len(self._steps), core.stored.STEP
        return memoryview(steps).cast("B").cast("q", shape), len(hidden), told

    def follow(self, *given: Sequence[int]) -> dict[str, Sequence[Any]]:
        """Return by its name what is found of each unit."""
        steps, hidden, told = self._plan
        file, count = self._file, len(given[0])
        rows: Any = room("q", (hidden + len(told)) * count)
        rows[: len(given) * count] = array("q", chain(*given))
        shaped, unchecked = rows.cast("B").cast("q", (hidden + len(told), count)), room("I", count)
        data, checked, step, follow = file.data, file.checked, 0, core.stored.follow
        while (step := follow(data, checked, CHECK_SHIFT, steps, step, shaped, unchecked)) < len(
            steps
        ):
            file.check_blocks(unchecked)
        by_row = zip(*[iter(rows[hidden * count :].tolist())] * count, strict=True)
        found: dict[str, Sequence[Any]] = dict(zip(told, by_row, strict=True))
        for name in self._texts:
            spans = zip(found[f"{name} from"], found[f"{name} to"], strict=True)
            found[name] = [str(data[start:stop], "utf-8", "surrogatepass") for start, stop in spans]
        for name, value in self._constants.items():
            found[name] = [value] * count
        return found
