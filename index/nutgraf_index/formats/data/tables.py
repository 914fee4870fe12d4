"""Tables: each row is an article, and the first row names the columns, by the keys of articles."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.data.file_dates import file_date_order
from nutgraf_index.formats.decoding.encodings import decode_in_pieces
from nutgraf_index.formats.decoding.large_file import DamagedError, LargeFile
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.names import counted
from nutgraf_index.properties.keys import article_of, has_text, is_article, property_of

__all__ = ["read"]

_DELIMITERS = ",\t;|"
_SNIFFED = 1 << 16  # characters
_SNIFFED_ROWS = 50
_LONGEST_FIELD = 1 << 26  # characters
_MOST_NAMES = 12  # of columns, in a message
_LONGEST_NAME = 30  # characters of a name in a message
_UNNAMED = re.compile(r"|unnamed: \d+", re.IGNORECASE)  # the row numbers that programs write
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # the first line of a table for Excel


class _Dialect(NamedTuple):
    """How the fields of a table are separated.

    Attributes:
        delimiter: the sign between fields.
        escape: the sign before a quotation mark in a quoted field; empty if the mark is doubled.
    """

    delimiter: str
    escape: str

    def rows(self, lines: Iterator[str]) -> Any:
        """Return a reader of rows."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            escapechar=self.escape or None,
            doublequote=not self.escape,
        )


def read(
    path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a table; one without an id gets the number of its row.

    A row has the line that it begins in. A row with another number of fields than the table has
    columns is a fault. Raises `ArticleError` for binary data, an empty file, and a table without a
    column of text, `SourceError` for a large file that changes while it is read.
    """
    pieces, encoding = decode_in_pieces(data, options.encoding)
    order = options.date_order or file_date_order(data, encoding)
    del data
    head = ""
    try:
        while len(head) < _SNIFFED and (piece := next(pieces, None)) is not None:
            head += piece
    except DamagedError as error:  # it is damaged behind the rows of the head
        pieces = _raised(error)
    if not head or head.isspace():
        raise ArticleError("empty")
    line = 1
    separator = _SEPARATOR.match(head)
    if separator:
        head, line = head[separator.end() :], 2
    dialect = _sniffed(head[:_SNIFFED], separator[1] if separator else "", path)
    if csv.field_size_limit() < _LONGEST_FIELD:
        csv.field_size_limit(_LONGEST_FIELD)
    end = "\r" if "\r" in head and "\n" not in head else "\n"
    rows = dialect.rows(_lines(chain([head], pieces), end))
    try:
        columns = next(([*map(str.strip, row)] for row in rows if any(map(str.strip, row))), [])
    except csv.Error as error:
        raise ArticleError(f"not a table: {error}") from None
    while columns and not columns[-1]:
        columns.pop()
    values = dict.fromkeys(columns, "a text")
    if not (has_text(values) or is_article(values)):
        names = ", ".join(name[:_LONGEST_NAME] for name in columns[:_MOST_NAMES]) + (
            ", …" if len(columns) > _MOST_NAMES else ""
        )
        raise ArticleError(f"no column of text in it: its columns are {names}")
    number = 0
    while True:
        begin = line + rows.line_num
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Fault(f"not a table: {error}", begin)
            continue
        if row is None:
            return
        if not any(row):
            continue
        number += 1
        try:
            yield article_of(
                _values(columns, row),
                path=path,
                line=begin,
                encoding=encoding,
                date_order=order,
                number=str(number),
                now=options.now,
            )
        except ArticleError as error:
            yield Fault.of(error, begin)


def _raised(error: ArticleError) -> Iterator[str]:
    raise error
    yield ""


def _values(columns: list[str], row: list[str]) -> dict[str, object]:
    """Return the fields of a row by column, without blank ones. Raises `ArticleError`."""
    if len(row) != len(columns) and (len(row) < len(columns) or any(row[len(columns) :])):
        raise ArticleError(
            f"another number of fields: {counted(len(row), 'field')} in "
            f"{counted(len(columns), 'column')}"
        )
    values: dict[str, object] = {}
    for name, field in zip(columns, row, strict=False):
        if field and not field.isspace() and not _UNNAMED.fullmatch(name):
            values[name if name not in values else f"{name} (2)"] = field
    return values


def _sniffed(head: str, delimiter: str, path: str) -> _Dialect:
    """Return the dialect of a table, by its first rows.

    The delimiter is the one that gives the most columns whose names are known, of these the one
    that most rows have as often as the first row.
    """
    escape = "\\" if head.count('\\"') > head.count('""') else ""
    if delimiter:
        return _Dialect(delimiter, escape)
    choices = [_Dialect(sign, escape) for sign in _DELIMITERS]
    if path.lower().endswith((".tsv", ".tab")):
        choices.sort(key=lambda one: one.delimiter != "\t")
    return max(choices, key=lambda one: _fitness(head, one))


def _fitness(head: str, dialect: _Dialect) -> tuple[int, float, int]:
    try:
        rows = [*islice(dialect.rows(_lines(iter([head]))), _SNIFFED_ROWS)]
    except csv.Error:
        return (-1, 0.0, 0)
    rows = [row for row in rows if row]
    if not rows:
        return (-1, 0.0, 0)
    known = len({property_of(name.strip()) for name in rows[0]} - {""})
    sizes = Counter(len(row) for row in rows[:-1] or rows)  # the last one may be cut
    return known, sizes[len(rows[0])] / sizes.total(), len(rows[0])


def _lines(pieces: Iterator[str], end: str = "\n") -> Iterator[str]:
    """Yield the lines of a text in pieces, each with its line break, which is `end`."""
    unfinished = ""
    for piece in pieces:
        *whole, unfinished = (unfinished + piece).split(end)
        for line in whole:
            yield line + end
    if unfinished:
        yield unfinished
