"""Searches for each query of a file; the hits are printed in an output format."""

import csv
import io
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from nutgraf.cli import console
from nutgraf_index.errors import QueryError, SourceError

if TYPE_CHECKING:
    from nutgraf.options import SearchOptions
    from nutgraf.output.registry import Output
    from nutgraf.output.style import Answer, Style
    from nutgraf.searcher import Searcher

__all__ = ["QueryLine", "read_queries", "run"]

COLUMN = "query"  # the default column of a CSV file


class QueryLine(NamedTuple):
    """A query and the number of its first line, from 1; `problem` says why it is not searched."""

    number: int
    query: str
    problem: str = ""


def read_queries(
    source: IO[bytes], name: str, column: str | None = None
) -> Generator[QueryLine, None, None]:
    """Yield the queries of a UTF-8 file, one per line or in a CSV column, without blank queries.

    Raises `SourceError` if the file cannot be read or has no such column.
    """
    text = io.TextIOWrapper(source, "utf-8-sig", "surrogateescape", newline="")
    try:
        if column is not None or Path(name).suffix.lower() == ".csv":
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
        raise SourceError(f"the first line of {name} is not CSV: {error}") from error
    if column not in header:
        columns = ", ".join(map(repr, header)) or "none"
        raise SourceError(f"{name} has no column {column!r}; its columns are {columns}")
    index = header.index(column)
    while True:
        number = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield QueryLine(number, "", f"it is not CSV: {error}")
            continue
        if row is None:
            return
        if row and len(row) <= index:
            yield QueryLine(number, "", f"it has no column {column!r}")
        elif row:
            yield from _checked(number, row[index])


def _checked(number: int, query: str) -> Iterator[QueryLine]:
    """Yield the query of a line, or its problem if it is not UTF-8; nothing for a blank line."""
    query = query.strip()
    if any("\ud800" <= character <= "\udfff" for character in query):
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
    neighbours: tuple[int, int] = (0, 0),
    quiet: bool,
) -> int:
    """Print the hits of all queries, and return the exit status.

    The status is 2 if a line failed, else 0 if a query found a passage, else 1. Errors are
    printed on stderr, and do not stop the other queries. `neighbours` are the numbers of passages
    to show before and after each hit.
    """
    from nutgraf.output.messages import counted, describe_error, describe_words
    from nutgraf.output.registry import answered
    from nutgraf.output.style import Answer, HitWithContext

    failed = found = False

    def answers() -> "Iterator[Answer]":
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
                for suggestion in results.spellings:
                    total = counted(suggestion.total, "passage")
                    reason = describe_words(suggestion)
                    console.say(f"line {line.number}: {reason}: {suggestion.query} ({total})")
            hits = [HitWithContext(hit, *searcher.neighbours(hit, *neighbours)) for hit in results]
            yield Answer(line.query, options.offset + 1, hits)

    printed = answered(output, answers(), style)
    if quiet:
        for _ in printed:
            pass
    else:
        console.print_lines(printed)
    return 2 if failed else 0 if found else 1
