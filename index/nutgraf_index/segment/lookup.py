"""Stored fields of many documents at once: a plan of array accesses that the core executes."""

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, zeros
from nutgraf_index.segment.file import CHECK_SHIFT, SegmentFile

__all__ = ["Lookup", "Rows"]

_NO_ARRAY = 0, 0, 0
_NO_BYTES = zeros("B", 0)


class Rows:
    """The rows that a lookup found, a value for each document: `rows[name]` is a list.

    They are in memory of their own, not in the file.

    Args:
        numbers: the rows of numbers, one after the other.
        count: the number of documents.
        rows: the number of each row, by its name. A row of texts is two rows of numbers: the
            offsets in `texts` at which they begin, and at which they end.
        texts: all texts, one after the other.
        first_text: the number of the first row of texts.
        constants: the values of rows with the same value for all documents.
    """

    __slots__ = ("_constants", "_count", "_first_text", "_numbers", "_rows", "_texts")

    def __init__(
        self,
        numbers: "array[int]",
        count: int,
        rows: Mapping[str, int],
        texts: str,
        first_text: int,
        constants: Mapping[str, Any],
    ) -> None:
        self._numbers = numbers
        self._count = count
        self._rows = rows
        self._texts = texts
        self._first_text = first_text
        self._constants = constants

    def __getitem__(self, name: str) -> list[Any]:
        row, count = self._rows.get(name), self._count
        if row is None:
            return [self._constants[name]] * count
        start, stop = row * count, (row + 1) * count
        values = self._numbers[start:stop].tolist()
        if row < self._first_text:
            return values
        texts, spans = self._texts, zip(values, self._numbers[stop : stop + count], strict=True)
        return [texts[start:stop] for start, stop in spans]


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

    def take(self, name: str, column: str, by: str, more: int = 0, below: int = 0) -> None:
        """Add the step `name = column[by + more]`; all numbers must be below `below`, unless 0."""
        self._steps.append((core.stored.TAKE, name, by, more, self._layout(column)))
        if below:
            self._steps.append((core.stored.BELOW, name, name, below, _NO_ARRAY))

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
    def _plan(self) -> tuple[core.stored.Plan, int, int, dict[str, int]]:
        """The steps for the core, the first row of texts, the number of rows, `rows` of `Rows`."""
        names: dict[str, None] = {self._input_name: None}
        of_texts: dict[str, None] = {}
        for kind, name, *_ in self._steps:
            pair = (name, f"{name[:-4]}to") if kind == core.stored.SPAN else (name,)
            is_text = name.removesuffix(" from") in self._texts
            (of_texts if is_text else names).update(dict.fromkeys(pair))
        rows = {name: row for row, name in enumerate([*names, *of_texts])}
        steps = array("q")
        for kind, name, by, more, layout in self._steps:
            operand = rows[more] if isinstance(more, str) else more
            steps.extend((kind, rows[name], rows[by], operand, *layout))
        shape = len(self._steps), core.stored.STEP
        file, encoded = self._file, memoryview(steps).cast("B").cast("q", shape)
        plan = core.stored.Plan(
            file.data, file.words, file.checked, CHECK_SHIFT, encoded, self._extra
        )
        returned = {name: rows[name] for name in [*names][1:] if not name.startswith("_")}
        returned |= {name: rows[f"{name} from"] for name in self._texts}
        return plan, len(names), len(rows), returned

    def execute(self, inputs: Sequence[int]) -> Rows:
        """Execute the plan on an input row; return the rows."""
        plan, first_text, size, rows = self._plan
        count, step = len(inputs), 0
        numbers, unchecked = array("q", inputs) * size, zeros("I", 2 * count)
        while (step := core.stored.execute(plan, step, numbers, unchecked)) < len(self._steps):
            self._file.check_blocks(unchecked)
        texts = ""
        if self._texts:
            room = bytearray(core.stored.copy(plan, numbers, first_text, count, _NO_BYTES))
            core.stored.copy(plan, numbers, first_text, count, room)
            texts = room.decode("utf-8", "surrogatepass")
        return Rows(numbers, count, rows, texts, first_text, self._constants)
