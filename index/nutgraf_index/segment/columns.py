"""Text columns: the distinct values, and per document the number of its value.

A multi-valued column has a run of numbers per document. Any other column with only one distinct
value stores no numbers.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice

from nutgraf_index.core.buffers import room
from nutgraf_index.segment.file import SegmentFile
from nutgraf_index.segment.lookup import Lookup

__all__ = ["TextColumn"]

_KEPT = 1 << 14  # values of a column that keeps those it has read: hits share them


class TextColumn:
    """Reads what a `TextColumnWriter` wrote for a number of units.

    `constant` is the value of all units, where none has another; None where that is not told.
    """

    def __init__(self, file: SegmentFile, name: str, units: int, *, multi_valued: bool) -> None:
        self._file = file
        self._name = name
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

    def look_up(self, lookup: Lookup, name: str, by: str) -> None:
        """Have a lookup find the text of each unit; of a multi-valued column see `runs`."""
        if self.constant is not None:
            lookup.give(name, self.constant)
        elif self._first is not None:
            lookup.take(f"{name} start", f"{self._name}.first", by)
            lookup.take(f"{name} stop", f"{self._name}.first", by, 1)
        else:
            lookup.take(f"_{name} number", f"{self._name}.numbers", by)
            lookup.text(name, f"{self._name}.value_ends", f"{self._name}.values", f"_{name} number")

    def runs(self, starts: Sequence[int], stops: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the texts of units of a multi-valued column, whose numbers are `[start, stop)`."""
        if starts == stops:
            return [()] * len(starts)
        if max(stops) > len(self._numbers):
            raise self._file.damage(f"a range to {max(stops)} of {len(self._numbers)} values")
        pairs = [*zip(starts, stops, strict=True)]
        places = [place for start, stop in pairs for place in range(start, stop)]
        texts = iter(self._lookup.follow(places)["text"] if places else ())
        return [tuple(islice(texts, stop - start)) for start, stop in pairs]

    @cached_property
    def _lookup(self) -> Lookup:
        lookup = Lookup(self._file, "place", room("I", 0))
        lookup.take("_number", f"{self._name}.numbers", "place")
        lookup.text("text", f"{self._name}.value_ends", f"{self._name}.values", "_number")
        return lookup

    def _text(self, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            start, stop = self._ends.item(number), self._ends.item(number + 1)
            text = str(self._values.view(start, stop), "utf-8", "surrogatepass")
            if len(self._ends) <= _KEPT:
                self._texts[number] = text
        return text
