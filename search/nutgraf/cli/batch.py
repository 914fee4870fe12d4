"""Many queries from a file: read, answered one by one, shown as JSON Lines or CSV."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from nutgraf.cli import console
from nutgraf.output.control_characters import visible
from nutgraf_index.errors import QueryError, SourceError

if TYPE_CHECKING:
    from nutgraf.options import SearchOptions
    from nutgraf.results.hits import Results
    from nutgraf.searcher import Searcher

__all__ = ["COLUMNS", "Line", "is_csv", "read_queries", "run"]

COLUMNS = ("query", "rank", "citation", "score", "text")
COLUMN = "query"  # of a CSV file, unless another is named


class Line(NamedTuple):
    """A query and the line it begins on, from 1; `problem` is why there is none, or empty."""

    number: int
    query: str
    problem: str = ""


def is_csv(name: str, column: str | None) -> bool:
    """Whether a file of queries is CSV: its name or a column that is asked for says so."""
    return column is not None or Path(name).suffix.lower() == ".csv"


def read_queries(source: IO[bytes], name: str, column: str | None = None) -> Iterator[Line]:
    """Yield the queries of a file in UTF-8: one a line, or those of a column of CSV.

    Blank ones are left out. Raises `SourceError` if it cannot be read, or has no such column.
    """
    text = io.TextIOWrapper(source, "utf-8-sig", "surrogateescape", newline="")
    try:
        if is_csv(name, column):
            yield from _of_column(text, name, column or COLUMN)
        else:
            for number, line in enumerate(text, 1):
                yield from _checked(number, line)
    except OSError as error:
        raise SourceError(f"cannot read the queries in {name}: {error.strerror}") from error
    finally:
        text.detach()


def _of_column(text: Iterable[str], name: str, column: str) -> Iterator[Line]:
    rows = csv.reader(text, strict=True)
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise SourceError(f"{name} is not CSV: its first line: {error}") from error
    if column not in header:
        known = ", ".join(map(repr, header)) or "none"
        raise SourceError(f"{name} has no column {column!r}; its columns are {known}")
    at = header.index(column)
    while True:
        number = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Line(number, "", f"it is not CSV: {error}")
            continue
        if row is None:
            return
        if row and len(row) <= at:
            yield Line(number, "", f"it has no column {column!r}")
        elif row:
            yield from _checked(number, row[at])


def _checked(number: int, query: str) -> Iterator[Line]:
    """Yield a query, or what is wrong with its bytes; nothing for a blank one."""
    query = query.strip()
    if any("\ud800" <= sign <= "\udfff" for sign in query):
        yield Line(number, "", "it is not UTF-8")
    elif query:
        yield Line(number, query)


def run(
    searcher: "Searcher",
    lines: Iterable[Line],
    options: "SearchOptions",
    *,
    as_csv: bool,
    quiet: bool,
) -> int:
    """Print the hits of all queries; what fails is told on stderr, and does not stop the rest.

    Return the exit status: 2 if a line failed, otherwise 0 if any query found something, 1 if none.
    """
    failed = found = False

    def printed() -> Iterator[str]:
        nonlocal failed, found
        if as_csv:
            yield _as_csv(COLUMNS)
        for line in lines:
            results = _answer(searcher, line, options)
            if isinstance(results, str):
                failed = True
                console.say(f"line {line.number}: {results}")
            else:
                found = found or bool(results.total)
                if not quiet:
                    console.tell_diagnostics(results, f"line {line.number}: ")
                yield from _records(line.query, results, options.offset, as_csv)

    if quiet:
        for _ in printed():
            pass
    else:
        console.print_lines(printed())
    return 2 if failed else 0 if found else 1


def _answer(searcher: "Searcher", line: Line, options: "SearchOptions") -> "Results | str":
    """Return what a line's query finds, or what is wrong with it."""
    if line.problem:
        return line.problem
    try:
        return searcher.search(line.query, **options.keywords())
    except QueryError as error:
        from nutgraf.output.terminal import describe_query_error

        return describe_query_error(error, line.query)


def _records(query: str, results: "Results", offset: int, as_csv: bool) -> Iterator[str]:
    from nutgraf.output.terminal import as_json

    for rank, hit in enumerate(results, offset + 1):
        values = (query, rank, hit.citation, hit.score, hit.text)
        if as_csv:
            yield _as_csv(values)
        else:
            record = dict(zip(COLUMNS, values, strict=True))
            yield as_json(record, ascii_only=console.ascii_only())


def _as_csv(values: Iterable[object]) -> str:
    """Return a record of CSV; on a terminal with signs for what would steer it."""
    if sys.stdout.isatty():
        values = [visible(str(value)) for value in values]
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()
