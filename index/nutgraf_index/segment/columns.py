"""Text columns: the distinct values, and per document the number of its value.

A multi-valued column has a run of numbers per document. Any other column with only one distinct
value stores no numbers.
"""

from collections.abc import Callable

from nutgraf_index.segment.file import SegmentFile

__all__ = ["TextColumn"]

_KEPT = 1 << 14  # values of a column that keeps those it has read: hits share them


class TextColumn:
    """Reads what a `TextColumnWriter` wrote for a number of units.

    `constant` is the value of all units, where none has another; None where that is not told.
    """

    def __init__(self, file: SegmentFile, name: str, units: int, *, multi_valued: bool) -> None:
        self._values = file.column(f"{name}.values")
        self._ends = file.column(f"{name}.value_ends")
        self._numbers = file.column(f"{name}.numbers")
        self._first = file.column(f"{name}.first") if multi_valued else None
        self._texts: dict[int, str] = {}
        self.constant: str | tuple[str, ...] | None = None
        count = units
        if self._first is not None:
            count = self._first.item(units) if len(self._first) == units + 1 else -1
            self.constant = None if count else ()
        elif len(self._ends) == 2 and not len(self._numbers):
            self.constant, count = self._text(0), 0
        if len(self._numbers) != count:
            raise file.damage(f"{name} has values of more or fewer units than there are")

    @property
    def read(self) -> "Callable[[int], str | tuple[str, ...]]":
        """What returns the text of a unit, or its texts."""
        return self.text if self._first is None else self.texts

    def text(self, unit: int) -> str:
        """Return the text of a unit."""
        if self.constant is not None:
            return str(self.constant)
        number = self._numbers.item(unit)
        text = self._texts.get(number)
        return self._text(number) if text is None else text

    def texts(self, unit: int) -> tuple[str, ...]:
        """Return the texts of a unit of a multi-valued column."""
        assert self._first is not None
        start, stop = self._first.item(unit), self._first.item(unit + 1)
        return tuple(map(self._text, self._numbers.view(start, stop)))

    def _text(self, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            start, stop = self._ends.item(number), self._ends.item(number + 1)
            text = str(self._values.view(start, stop), "utf-8", "surrogatepass")
            if len(self._ends) <= _KEPT:
                self._texts[number] = text
        return text
