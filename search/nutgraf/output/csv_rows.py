"""Hits as CSV, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator

from nutgraf.output.control_characters import visible
from nutgraf.output.style import RECORD, Style, records
from nutgraf.results.hits import Results

__all__ = ["answer_lines"]


def answer_lines(answers: Iterable[tuple[str, int, Results]], style: Style) -> Iterator[str]:
    """Yield a header and a CSV record for each hit of many queries; see `style.records`."""
    yield _row(RECORD, style)
    for record in records(answers):
        yield _row(record.values(), style)


def _row(values: Iterable[object], style: Style) -> str:
    """Return a CSV record; control characters are made visible for a terminal."""
    if style.terminal:
        values = [visible(str(value)) for value in values]
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()
