"""Many queries from a file: read, answered one by one, printed in a form for programs."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from nutgraf.cli import console
from nutgraf_index.errors import QueryError, SourceError

if TYPE_CHECKING:
    from nutgraf.options import SearchOptions
    from nutgraf.output.registry import Output
    from nutgraf.output.style import Style
    from nutgraf.results.hits import Results
    from nutgraf.searcher import Searcher

__all__ = ["QueryLine", "read_queries", "run"]

COLUMN = "query"  # of a CSV file, unless another is named


class QueryLine(NamedTuple):
    """A query and the line it begins on, from 1; `problem` is why there is none, or empty."""

    number: int
    query: str
    problem: str = ""


def _is_csv(name: str, column: str | None) -> bool:
    """Whether a file of queries is CSV: its name or a column that is asked for says so."""
    return column is not None or Path(name).suffix.lower() == ".csv"


def read_queries(source: IO[bytes], name: str, column: str | None = None) -> Iterator[QueryLine]:
    """Yield the queries of a file in UTF-8: one a line, or those of a column of CSV.

    Blank ones are left out. Raises `SourceError` if it cannot be read, or has no such column.
    """
    text = io.TextIOWrapper(source, "utf-8-sig", "surrogateescape", newline="")
    try:
        if _is_csv(name, column):
            yield from _of_column(text, name, column or COLUMN)
        else:
            for number, line in enumerate(text, 1):
                yield from _checked(number, line)
    except OSError as error:
        raise SourceError(f"cannot read the queries in {name}: {error.strerror}") from error
    finally:
        text.detach()


def _of_column(text: Iterable[str], name: str, column: str) -> Iterator[QueryLine]:
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
            yield QueryLine(number, "", f"it is not CSV: {error}")
            continue
        if row is None:
            return
        if row and len(row) <= at:
            yield QueryLine(number, "", f"it has no column {column!r}")
        elif row:
            yield from _checked(number, row[at])


def _checked(number: int, query: str) -> Iterator[QueryLine]:
    """Yield a query, or what is wrong with its bytes; nothing for a blank one."""
    query = query.strip()
    if any("\ud800" <= sign <= "\udfff" for sign in query):
        yield QueryLine(number, "", "it is not UTF-8")
    elif query:
        yield QueryLine(number, query)


def run(
    searcher: "Searcher",
    lines: Iterable[QueryLine],
    options: "SearchOptions",
    output: "Output",
    style: "Style",
    *,
    quiet: bool,
) -> int:
    """Print the hits of all queries; what fails is told on stderr, and does not stop the rest.

    Return the exit status: 2 if a line failed, otherwise 0 if any query found something, 1 if none.
    """
    failed = found = False

    def answers() -> "Iterator[tuple[str, int, Results]]":
        nonlocal failed, found
        for line in lines:
            try:
                if line.problem:
                    raise SourceError(line.problem)
                results = searcher.search(line.query, **options.keywords())
            except (QueryError, SourceError) as error:
                failed = True
                console.say(f"line {line.number}: {describe_error(error, line.query)}")
                continue
            found = found or bool(results.total)
            if not quiet:
                console.tell_diagnostics(results, f"line {line.number}: ")
            yield line.query, options.offset + 1, results

    from nutgraf.output.messages import describe_error

    assert output.answers is not None
    printed = output.answers(answers(), style)
    if quiet:
        for _ in printed:
            pass
    else:
        console.print_lines(printed)
    return 2 if failed else 0 if found else 1
