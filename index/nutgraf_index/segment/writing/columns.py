"""Writes text columns; `segment/columns.py` describes and reads them."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from nutgraf_index.arrays import Array, narrow, offsets
from nutgraf_index.segment.file import SegmentWriter, Spool

__all__ = ["TextColumnWriter"]

_MOST_DISTINCT = 1 << 14  # values that are deduplicated; later values may be written twice


class TextColumnWriter:
    """Collects the values of a column in the order of its documents, and writes the column."""

    def __init__(self, *, multi_valued: bool) -> None:
        self._counts: list[Array] | None = [np.zeros(0, np.int64)] if multi_valued else None
        self._number_of: dict[str, int] = {}
        self._values = Spool("<u1")
        self._lengths = [np.zeros(0, np.int64)]
        self._distinct = 0
        self._numbers = [np.zeros(0, np.int64)]

    def add(self, values: Sequence[Any]) -> None:
        """Append the text of each document; in a multi-valued column, the texts of each."""
        texts: Iterable[str] = values
        if self._counts is not None:
            self._counts.append(np.fromiter(map(len, values), np.int64, len(values)))
            texts = chain.from_iterable(values)
        numbers: list[int] = []
        new_values: list[bytes] = []
        for text in texts:
            number = self._number_of.get(text)
            if number is None:
                number = self._distinct + len(new_values)
                new_values.append(text.encode("utf-8", "surrogatepass"))
                if number < _MOST_DISTINCT:
                    self._number_of[text] = number
            numbers.append(number)
        self._distinct += len(new_values)
        self._values.append(b"".join(new_values))
        self._lengths.append(np.fromiter(map(len, new_values), np.int64, len(new_values)))
        self._numbers.append(narrow(np.array(numbers, np.int64)))

    def write(self, name: str, out: SegmentWriter) -> None:
        """Write the column's arrays under names that begin with `name`."""
        out.add(f"{name}.values", self._values)
        out.add(f"{name}.value_ends", narrow(offsets(np.concatenate(self._lengths))))
        numbers = np.concatenate(self._numbers)
        if self._counts is not None:
            out.add(f"{name}.first", narrow(offsets(np.concatenate(self._counts))))
        elif self._distinct == 1:
            numbers = numbers[:0]
        out.add(f"{name}.numbers", narrow(numbers))
