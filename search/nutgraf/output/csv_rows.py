r"""Hits as CSV or TSV, for spreadsheets.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break as a formula.
So such a text gets an apostrophe in front, unless it is a number. `Style.raw_csv` leaves it out.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from nutgraf.output.control_characters import visible
from nutgraf.output.style import Answer, HitWithContext, Style
from nutgraf_index.names import printable

__all__ = ["COLUMNS", "csv_answers", "csv_records", "tsv_answers", "tsv_records"]

_OF_HIT = ("score", "citation", "title", "date", "authors", "source", "place", "language")
_OF_PLACE = ("path", "line", "page", "url", "pointer", "text")
COLUMNS = ("query", "rank", *_OF_HIT, *_OF_PLACE)
_CONTEXT = ("before", "after")  # further columns if passages around the hits are asked for
# The signs of formulas; the wide ones are taken as such where East Asian text is typed.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_UNPRINTABLE = re.compile(r"[^\t\r\n\x20-\x7e\xa0-\U0010ffff]")
_LINE_END = "\r\n"  # the writer quotes cells that have one of these characters
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def csv_answers(answers: Iterable[Answer], style: Style) -> Iterator[str]:
    """Yield a header and a CSV record for each hit; see `COLUMNS`."""
    return csv_records(_rows(answers, style), style, _columns(style))


def tsv_answers(answers: Iterable[Answer], style: Style) -> Iterator[str]:
    """Yield a header and a line of cells with tabs between for each hit; see `COLUMNS`."""
    return tsv_records(_rows(answers, style), style, _columns(style))


def csv_records(
    records: Iterable[Mapping[str, Any]], style: Style, columns: Iterable[str] = ()
) -> Iterator[str]:
    """Yield a header and a CSV record for each record; all records have the same keys."""
    for row in _cells(records, style, columns):
        out = io.StringIO()
        csv.writer(out, lineterminator=_LINE_END).writerow(row)
        yield out.getvalue().removesuffix(_LINE_END)


def tsv_records(
    records: Iterable[Mapping[str, Any]], style: Style, columns: Iterable[str] = ()
) -> Iterator[str]:
    r"""Yield a header and a line for each record, its cells with tabs between.

    Tabs, line breaks and backslashes in a cell are written as `\t`, `\n`, `\r` and `\\`.
    """
    for row in _cells(records, style, columns):
        yield "\t".join(re.sub(r"[\\\t\n\r]", lambda sign: _ESCAPES[sign[0]], cell) for cell in row)


def _columns(style: Style) -> tuple[str, ...]:
    return COLUMNS + _CONTEXT * style.context


def _rows(answers: Iterable[Answer], style: Style) -> Iterator[dict[str, Any]]:
    for answer in answers:
        for rank, group in enumerate(answer.hits, answer.first):
            hit = group.hit
            values = {name: getattr(hit, name) for name in (*_OF_HIT, *_OF_PLACE)}
            values |= {"authors": "; ".join(hit.authors), "path": printable(hit.path)}
            values["page"] = hit.page or ""
            context = _texts(group) if style.context else {}
            yield {"query": answer.query, "rank": rank, **values, **context}


def _texts(group: HitWithContext) -> dict[str, str]:
    return {
        name: "\n\n".join(hit.text for hit in hits)
        for name, hits in zip(_CONTEXT, (group.before, group.after), strict=True)
    }


def _cells(
    records: Iterable[Mapping[str, Any]], style: Style, columns: Iterable[str]
) -> Iterator[list[str]]:
    """Yield the header, `columns` or else the keys of the first record, and the other rows."""
    pending = iter(records)
    header = tuple(columns)
    if not header:
        first = next(pending, {})
        header = tuple(first)
        pending = chain([first] if first else [], pending)
    yield list(header)
    for record in pending:
        yield [_cell(record[name], style) for name in header]


def _cell(value: object, style: Style) -> str:
    """Return a cell; a text cannot be a formula, nor hold control characters, unless raw."""
    if not isinstance(value, str):
        return str(value)
    if style.terminal:
        value = visible(value)
    if style.raw_csv:
        return value
    value = _UNPRINTABLE.sub(lambda sign: visible(sign[0]), value)
    is_formula = _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_formula else value
