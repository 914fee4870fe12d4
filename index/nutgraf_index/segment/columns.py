"""Text columns: the distinct values, and per document the number of its value.

A multi-valued column has a run of numbers per document. Any other column with only one distinct
value stores no numbers.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from nutgraf_index.arrays import Array, narrow, offsets
from nutgraf_index.segment.file import SegmentFile, SegmentWriter, Spool

__all__ = ["TextColumn", "TextColumnWriter"]

_DISTINCT = 1 << 14  # values told apart while a column is written: later ones may stand twice
_KEPT = 1 << 14  # values of a column that keeps those it has read: hits share them


class TextColumnWriter:
    """Takes the values of a column's units, and writes them."""

    def __init__(self, *, multi_valued: bool) -> None:
        self._counts: list[Array] | None = [np.zeros(0, np.int64)] if multi_valued else None
        self._number_of: dict[str, int] = {}
        self._values = Spool("<u1")
        self._lengths = [np.zeros(0, np.int64)]
        self._distinct = 0
        self._numbers = [np.zeros(0, np.int64)]

    def add(self, values: Sequence[Any]) -> None:
        """Add the text of each unit, or in a multi-valued column its texts."""
        texts: Iterable[str] = values
        if self._counts is not None:
            self._counts.append(np.fromiter(map(len, values), np.int64, len(values)))
            texts = chain.from_iterable(values)
        numbers: list[int] = []
        fresh: list[bytes] = []
        for text in texts:
            number = self._number_of.get(text)
            if number is None:
                number = self._distinct + len(fresh)
                fresh.append(text.encode("utf-8", "surrogatepass"))
                if number < _DISTINCT:
                    self._number_of[text] = number
            numbers.append(number)
        self._distinct += len(fresh)
        self._values.append(np.frombuffer(b"".join(fresh), "<u1"))
        self._lengths.append(np.fromiter(map(len, fresh), np.int64, len(fresh)))
        self._numbers.append(narrow(np.array(numbers, np.int64)))

    def write(self, name: str, out: SegmentWriter) -> None:
        """Write the column under a name."""
        out.add(f"{name}.values", self._values)
        out.add(f"{name}.value_ends", narrow(offsets(np.concatenate(self._lengths))))
        numbers = np.concatenate(self._numbers)
        if self._counts is not None:
            out.add(f"{name}.first", narrow(offsets(np.concatenate(self._counts))))
        elif self._distinct == 1:
            numbers = numbers[:0]
        out.add(f"{name}.numbers", narrow(numbers))


class TextColumn:
    """Reads what a `TextColumnWriter` wrote for a number of units."""

    def __init__(self, file: SegmentFile, name: str, units: int, *, multi_valued: bool) -> None:
        self._values = file.column(f"{name}.values")
        self._ends = file.column(f"{name}.value_ends")
        self._numbers = file.column(f"{name}.numbers")
        self._first = file.column(f"{name}.first") if multi_valued else None
        self._texts: dict[int, str] = {}
        count = units
        if self._first is not None:
            count = self._first.item(units) if len(self._first) == units + 1 else -1
        self._is_constant = not multi_valued and len(self._ends) == 2 and not len(self._numbers)
        if len(self._numbers) != count and not self._is_constant:
            raise file.damage(f"{name} has values of more or fewer units than there are")

    @property
    def read(self) -> "Callable[[int], str | tuple[str, ...]]":
        """What returns the text of a unit, or its texts."""
        return self.text if self._first is None else self.texts

    def text(self, unit: int) -> str:
        """Return the text of a unit."""
        return self._text(0 if self._is_constant else self._numbers.item(unit))

    def texts(self, unit: int) -> tuple[str, ...]:
        """Return the texts of a unit of a multi-valued column."""
        assert self._first is not None
        start, stop = self._first.item(unit), self._first.item(unit + 1)
        return tuple(map(self._text, self._numbers.slice(start, stop).tolist()))

    def _text(self, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            start, stop = self._ends.item(number), self._ends.item(number + 1)
            text = str(self._values.slice(start, stop).data, "utf-8", "surrogatepass")
            if len(self._ends) <= _KEPT:
                self._texts[number] = text
        return text
