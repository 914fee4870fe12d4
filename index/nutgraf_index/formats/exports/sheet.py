"""The rows of an export, and the articles that runs of rows are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from nutgraf_index.formats.exports.values import date_in, doubtful_date
from nutgraf_index.formats.format import AS_FOUND, ReadOptions
from nutgraf_index.model import Mark, MarkedArticle, Role
from nutgraf_index.names import printable
from nutgraf_index.properties.written_dates import majority_order

__all__ = [
    "TOP",
    "Origin",
    "Sheet",
    "article_of_rows",
    "edge_words",
    "runs",
    "sheet_of_paragraphs",
    "sheet_of_text",
]

# Characters at the top of a text that have some label if it is an export. To search all of every
# plain text for labels would take longer than to tell its paragraphs.
TOP = 1500
# As `passages.blocks.with_plain_breaks` counts lines.
_LINE = re.compile(r"[^\r\n]*(?:\r\r\n|\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text and its rows: the lines of a text file, or the paragraphs of a document.

    Attributes:
        text: the whole text.
        rows: the text of each row, without white space at its ends; empty for a blank row.
        starts: the offset of each row's text.
        lines: the line of `text`, from 1, in which each row starts.
        kinds: what a document says of some rows: "headline" or "author", by row.
    """

    text: str
    rows: list[str]
    starts: list[int]
    lines: list[int]
    kinds: Mapping[int, str] = field(default_factory=dict)

    def end(self, row: int) -> int:
        """Return the offset after a row's text."""
        return self.starts[row] + len(self.rows[row])


class Origin(NamedTuple):
    """Where an export was read from: path and encoding of the file, and what the caller says."""

    path: str
    encoding: str
    options: ReadOptions = AS_FOUND


def sheet_of_text(text: str) -> Sheet:
    r"""Return the lines of a text as rows.

    >>> sheet_of_text("a\r\n\n b ").rows, sheet_of_text("a\r\n\n b ").starts
    (['a', '', 'b'], [0, 3, 5])
    """
    rows, starts = [], []
    for line in _LINE.finditer(text):
        row = line[0].strip()
        rows.append(row)
        starts.append(line.start() + (len(line[0]) - len(line[0].lstrip()) if row else 0))
        if not line[0].endswith(("\r", "\n")):
            break
    return Sheet(text, rows, starts, list(range(1, len(rows) + 1)))


def sheet_of_paragraphs(paragraphs: Iterable[str], kinds: Mapping[int, str] | None = None) -> Sheet:
    r"""Return a text made of paragraphs with blank lines between them, and the paragraphs as rows.

    >>> sheet_of_paragraphs(["a", "", "b\nc"]).text
    'a\n\nb\nc'
    """
    pieces: list[str] = []
    rows, starts, lines = [], [], []
    offset, line = 0, 1
    for paragraph in paragraphs:
        row = paragraph.strip()
        rows.append(row)
        starts.append(offset)
        lines.append(line)
        if row:
            pieces.append(row)
            offset += len(row) + 2
            line += row.count("\n") + 2
    return Sheet("\n\n".join(pieces), rows, starts, lines, kinds or {})


@lru_cache(maxsize=1)  # for the layouts, each of which looks at the words
def edge_words(head: str, within: int) -> frozenset[str]:
    r"""Return the first and the last word of each line that begins within the first characters.

    >>> sorted(edge_words("3 of 9 DOCUMENTS\n\nThe Post", 99))
    ['3', 'DOCUMENTS', 'Post', 'The']
    """
    lines = head[:within].split("\n")
    firsts = [words[0] for line in lines if (words := line.split(None, 1))]
    return frozenset([*firsts, *[words[-1] for line in lines if (words := line.rsplit(None, 1))]])


def article_of_rows(
    sheet: Sheet,
    rows: range,
    marks: Iterable[tuple[int, int, Role]],
    properties: Mapping[str, Any],
    origin: Origin,
) -> MarkedArticle | None:
    """Return the article that a run of rows is; None if all are blank.

    Args:
        sheet: the rows of the whole export.
        rows: the article's rows.
        marks: offsets in the sheet's text, in order, of the passages whose roles are known.
        properties: the article's properties but text, path, line and encoding. The date is that
            of a text which may say more. The metadata may have the language.
        origin: where the export was read from.
    """
    written = [row for row in rows if sheet.rows[row]]
    if not written:
        return None
    start, end = sheet.starts[written[0]], sheet.end(written[-1])
    values = dict(properties)
    metadata = dict(values.get("metadata", {}))
    values |= {"language": metadata.pop("language", ""), "metadata": metadata}
    values["date"], doubtful = _date(sheet, values.get("date", ""), origin)
    if doubtful:
        metadata["date"] = doubtful
    return MarkedArticle(
        id=printable(values.pop("id", "")).strip() or str(sheet.lines[written[0]]),
        text=sheet.text[start:end],
        path=origin.path,
        line=sheet.lines[written[0]],
        encoding=origin.encoding,
        marks=tuple(_apart(marks, start, end)),
        **values,
    )


def _date(sheet: Sheet, text: str, origin: Origin) -> tuple[str, str]:
    """Return the date in a text; if its day and month could be either, that date as written."""
    doubtful = doubtful_date(text)
    if not doubtful:
        return date_in(text), ""
    order = origin.options.date_order or majority_order([sheet.text])
    return (date_in(text, order), "") if order else ("", doubtful)


def _apart(marks: Iterable[tuple[int, int, Role]], start: int, end: int) -> Iterator[Mark]:
    """Yield the marks within a span, as offsets from its start, without those that overlap."""
    free = start
    for first, last, role in sorted(marks):
        if free <= first < last <= end:
            yield Mark(first - start, last - start, role)
            free = last


def runs(rows: Sequence[str], between: range) -> list[range]:
    """Return the runs of rows that are not blank."""
    found: list[range] = []
    for row in between:
        if rows[row]:
            if found and found[-1].stop == row:
                found[-1] = range(found[-1].start, row + 1)
            else:
                found.append(range(row, row + 1))
    return found
