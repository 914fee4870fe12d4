"""Stored fields of many documents at once: a plan of array accesses that the core executes."""

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, zeros
from nutgraf_index.segment.file import CHECK_SHIFT, SegmentFile

__all__ = ["Lookup"]

_NO_ARRAY = 0, 0, 0


class Lookup:
    """A plan that finds the stored values of documents, step by step, in the arrays of a segment.

    A step computes a row of numbers, one for each document, from earlier rows. Each row has a name;
    `execute` returns the rows, except the input and rows whose names begin with an underscore.

    Args:
        file: the segment's file.
        input_name: the name of the input row, such as the doc ids.
        extra: an array that is not in the file, for `pick`.
    """

    def __init__(self, file: SegmentFile, input_name: str, extra: Numbers) -> None:
        self._file = file
        self._input_name = input_name
        self._extra = extra
        self._steps: list[tuple[int, str, str, str | int, tuple[int, int, int]]] = []
        self._texts: list[str] = []
        self._constants: dict[str, Any] = {}

    def take(self, name: str, column: str, by: str, more: int = 0) -> None:
        """Add the step `name = column[by + more]`."""
        self._steps.append((core.stored.TAKE, name, by, more, self._layout(column)))

    def find(self, name: str, column: str, by: str) -> None:
        """Add a step: `name` is the last index of an ascending array with a value of at most `by`.

        If there is none, it is the length of the array. The blocks that the search reads are not
        checked, so the caller must check that the index is right.
        """
        self._steps.append((core.stored.FIND, name, by, 0, self._layout(column)))

    def pick(self, name: str, by: str) -> None:
        """Add the step `name = extra[by]`."""
        self._steps.append((core.stored.PICK, name, by, 0, _NO_ARRAY))

    def add(self, name: str, row: str, addend: str, times: int = 1, more: int = 0) -> None:
        """Add the step `name = row + times * addend + more`."""
        self._steps.append((core.stored.ADD, name, row, addend, (times, more, 0)))

    def span(self, name: str, start: str, stop: str, column: str) -> None:
        """Add a step: the range of the bytes of `column[start:stop]` in the file, checked.

        The rows `name` + " from" and `name` + " to" have the offsets where the bytes begin and end.
        """
        layout = self._layout(column)
        self._steps.append((core.stored.SPAN, f"{name} from", start, stop, layout))

    def give(self, name: str, value: object) -> None:
        """Add a row with the same value for all documents."""
        self._constants[name] = value

    def text(self, name: str, ends: str, texts: str, by: str) -> None:
        """Add the steps that read text number `by` of the array `texts`; `ends` has the offsets."""
        start, stop = f"_{name} start", f"_{name} stop"
        self.take(start, ends, by)
        self.take(stop, ends, by, 1)
        self.span(name, start, stop, texts)
        self._texts.append(name)

    def _layout(self, column: str) -> tuple[int, int, int]:
        return self._file.column(column).layout

    @cached_property
    def _plan(self) -> tuple[Numbers, int, list[str]]:
        """The encoded steps, the number of hidden rows, and the names of the returned rows."""
        names: list[str] = []
        for kind, name, *_ in self._steps:
            names += (name, f"{name[:-4]}to") if kind == core.stored.SPAN else (name,)
        returned = [name for name in names if not name.startswith("_")]
        hidden = [self._input_name, *(name for name in names if name.startswith("_"))]
        rows = {name: row for row, name in enumerate(hidden + returned)}
        steps = array("q")
        for kind, name, by, more, layout in self._steps:
            operand = rows[more] if isinstance(more, str) else more
            steps.extend((kind, rows[name], rows[by], operand, *layout))
        shape = len(self._steps), core.stored.STEP
        return memoryview(steps).cast("B").cast("q", shape), len(hidden), returned

    def execute(self, inputs: Sequence[int]) -> dict[str, Sequence[Any]]:
        """Execute the plan on an input row; return each row by its name."""
        steps, hidden, returned = self._plan
        file, size, count, step = self._file, hidden + len(returned), len(inputs), 0
        rows: Any = zeros("q", size * count)
        rows[:count] = array("q", inputs)
        matrix, unchecked = rows.cast("B").cast("q", (size, count)), zeros("I", count)
        arguments = file.data, file.checked, CHECK_SHIFT, steps, self._extra
        while (step := core.stored.execute(*arguments, step, matrix, unchecked)) < len(steps):
            file.check_blocks(unchecked)
        by_row = zip(*[iter(rows[hidden * count :].tolist())] * count, strict=True)
        values: dict[str, Sequence[Any]] = dict(zip(returned, by_row, strict=True))
        data: Any = file.data.obj  # bytes or mmap, whose slices are bytes
        for name in self._texts:
            spans = zip(values[f"{name} from"], values[f"{name} to"], strict=True)
            values[name] = [
                data[start:stop].decode("utf-8", "surrogatepass") for start, stop in spans
            ]
        for name, value in self._constants.items():
            values[name] = [value] * count
        return values
