"""Text columns: the distinct values, and for each document the number of its value.

A multi-valued column has a run of value numbers for each document. A single-valued column with only
one distinct value stores no numbers.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice

from nutgraf_index.core.buffers import zeros
from nutgraf_index.segment.file import SegmentFile
from nutgraf_index.segment.lookup import Lookup

__all__ = ["TextColumn"]

_MOST_CACHED = 1 << 14  # distinct values of a column whose texts are cached: hits share them


class TextColumn:
    """Reads a text column that a `TextColumnWriter` wrote.

    Args:
        file: the segment's file.
        name: the column's name.
        doc_count: the number of documents at the column's level.
        multi_valued: whether a document has any number of texts, rather than one.

    Attributes:
        constant: the value of all documents: the only distinct text, or () if no document has a
            text; None if the documents may differ.
    """

    def __init__(self, file: SegmentFile, name: str, doc_count: int, *, multi_valued: bool) -> None:
        self._file = file
        self._name = name
        self._values = file.column(f"{name}.values")
        self._ends = file.column(f"{name}.value_ends")
        self._numbers = file.column(f"{name}.numbers")
        self._first = file.column(f"{name}.first") if multi_valued else None
        self._texts: dict[int, str] = {}
        self.constant: str | tuple[str, ...] | None = None
        count = doc_count
        if self._first is not None:
            count = self._first.item(doc_count) if len(self._first) == doc_count + 1 else -1
            self.constant = None if count else ()
        elif len(self._ends) == 2 and not len(self._numbers):
            self.constant, count = self._text(0), 0
        if len(self._numbers) != count:
            raise file.damage(f"the column {name} has too few or too many values")

    @property
    def read(self) -> "Callable[[int], str | tuple[str, ...]]":
        """The method that returns a document's value: `text`, or `texts` if multi-valued."""
        return self.text if self._first is None else self.texts

    def text(self, doc_id: int) -> str:
        """Return the text of a document in a single-valued column."""
        if self.constant is not None:
            return str(self.constant)
        number = self._numbers.item(doc_id)
        text = self._texts.get(number)
        return self._text(number) if text is None else text

    def texts(self, doc_id: int) -> tuple[str, ...]:
        """Return the texts of a document in a multi-valued column."""
        assert self._first is not None
        start, stop = self._first.item(doc_id), self._first.item(doc_id + 1)
        return tuple(map(self._text, self._numbers.view(start, stop)))

    def look_up(self, lookup: Lookup, name: str, by: str) -> None:
        """Add the steps to `lookup` that find the text of each document; row `by` has the doc ids.

        In a multi-valued column the steps find the bounds of each document's run, for `runs`.
        """
        if self.constant is not None:
            lookup.give(name, self.constant)
        elif self._first is not None:
            lookup.take(f"{name} start", f"{self._name}.first", by)
            lookup.take(f"{name} stop", f"{self._name}.first", by, 1)
        else:
            lookup.take(f"_{name} number", f"{self._name}.numbers", by)
            lookup.text(name, f"{self._name}.value_ends", f"{self._name}.values", f"_{name} number")

    def runs(self, starts: Sequence[int], stops: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the texts of documents in a multi-valued column.

        A document's value numbers are the items `[start, stop)` of the array `numbers`.
        """
        if starts == stops:
            return [()] * len(starts)
        if max(stops) > len(self._numbers):
            raise self._file.damage(f"a run ends at {max(stops)} of {len(self._numbers)} values")
        runs = [*zip(starts, stops, strict=True)]
        indexes = [index for start, stop in runs for index in range(start, stop)]
        texts = iter(self._lookup.execute(indexes)["text"] if indexes else ())
        return [tuple(islice(texts, stop - start)) for start, stop in runs]

    @cached_property
    def _lookup(self) -> Lookup:
        lookup = Lookup(self._file, "index", zeros("I", 0))
        lookup.take("_number", f"{self._name}.numbers", "index")
        lookup.text("text", f"{self._name}.value_ends", f"{self._name}.values", "_number")
        return lookup

    def _text(self, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            start, stop = self._ends.item(number), self._ends.item(number + 1)
            text = str(self._values.view(start, stop), "utf-8", "surrogatepass")
            if len(self._ends) <= _MOST_CACHED:
                self._texts[number] = text
        return text
