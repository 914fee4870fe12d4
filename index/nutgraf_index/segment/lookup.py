"""Stored fields of many documents at once: a plan of array accesses that the core executes."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, zeros
from nutgraf_index.segment.file import CHECK_SHIFT, SegmentFile

__all__ = ["Lookup", "Rows"]

_NO_ARRAY = 0, 0, 0
_NO_BYTES = zeros("B", 0)


@dataclass(slots=True, eq=False)
class Rows:
    """The rows that a lookup found, a value for each document: `rows[name]` is a list.

    They are in memory of their own, not in the file. Texts are decoded when they are asked for.

    Args:
        numbers: the rows of numbers, one after the other.
        count: the number of documents.
        rows: the number of each row of numbers, by its name.
        texts: the bytes of all texts.
        text_rows: for each row of texts, the number of the row of the offsets in `texts` at which
            they begin; the next row has the offsets at which they end.
        constants: the values of rows with the same value for all documents.
    """

    _numbers: Numbers
    _count: int
    _rows: Mapping[str, int]
    _texts: bytes
    _text_rows: Mapping[str, int]
    _constants: Mapping[str, Any]

    def __getitem__(self, name: str) -> list[Any]:
        if name in self._rows:
            return self._row(self._rows[name])
        if name not in self._text_rows:
            return [self._constants[name]] * self._count
        row, texts = self._text_rows[name], self._texts
        spans = zip(self._row(row), self._row(row + 1), strict=True)
        return [texts[start:stop].decode("utf-8", "surrogatepass") for start, stop in spans]

    def _row(self, row: int) -> list[int]:
        return self._numbers[row * self._count : (row + 1) * self._count].tolist()


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
    def _plan(self) -> tuple[Numbers, int, int, dict[str, int], dict[str, int]]:
        """The encoded steps, and the layout of the rows.

        The layout is the number of rows before those of texts, the number of all rows, and `rows`
        and `text_rows` of `Rows`.
        """
        names: list[str] = [self._input_name]
        of_texts: list[str] = []
        for kind, name, *_ in self._steps:
            pair = (name, f"{name[:-4]}to") if kind == core.stored.SPAN else (name,)
            (of_texts if name[: -len(" from")] in self._texts else names).extend(pair)
        rows = {name: row for row, name in enumerate(names + of_texts)}
        steps = array("q")
        for kind, name, by, more, layout in self._steps:
            operand = rows[more] if isinstance(more, str) else more
            steps.extend((kind, rows[name], rows[by], operand, *layout))
        shape = len(self._steps), core.stored.STEP
        plan = memoryview(steps).cast("B").cast("q", shape)
        returned = {name: rows[name] for name in names[1:] if not name.startswith("_")}
        text_rows = {name: rows[f"{name} from"] for name in self._texts}
        return plan, len(names), len(rows), returned, text_rows

    def execute(self, inputs: Sequence[int]) -> Rows:
        """Execute the plan on an input row; return the rows."""
        steps, first_text, size, rows, text_rows = self._plan
        file, count, step = self._file, len(inputs), 0
        numbers: Any = zeros("q", size * count)
        numbers[:count] = array("q", inputs)
        matrix, unchecked = numbers.cast("B").cast("q", (size, count)), zeros("I", count)
        arguments = file.data, file.checked, CHECK_SHIFT, steps, self._extra
        while (step := core.stored.execute(*arguments, step, matrix, unchecked)) < len(steps):
            file.check_blocks(unchecked)
        texts = b""
        if self._texts and count:
            room = zeros("B", core.stored.copy(file.data, matrix, first_text, _NO_BYTES))
            core.stored.copy(file.data, matrix, first_text, room)
            texts = room.tobytes()
            texts.decode("utf-8", "surrogatepass")  # an error is raised here, not on first access
        return Rows(numbers, count, rows, texts, text_rows, self._constants)
