"""Messages: reports, statistics, diagnostics, counts and errors as lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from nutgraf.output.control_characters import visible
from nutgraf.query.lexer import Diagnostic
from nutgraf.results.hits import Results
from nutgraf_index.errors import NutgrafError, QueryError
from nutgraf_index.names import printable

if TYPE_CHECKING:
    from nutgraf_index.sync.report import Guess, Stats, SyncReport

__all__ = [
    "counted",
    "describe_counts",
    "describe_diagnostics",
    "describe_error",
    "describe_guesses",
    "describe_report",
    "describe_stats",
]


def describe_report(report: "SyncReport", *, skips: int | None = None) -> Iterator[str]:
    """Yield the lines of a sync's report, with at most `skips` skipped files; None for all."""
    counts = [
        f"{len(ids):,} {name}"
        for name in ("added", "updated", "unchanged", "removed")
        if (ids := getattr(report, name))
    ]
    yield f"{counted(report.found, 'file')} found; articles: {', '.join(counts) or 'none'}"
    shown = report.skipped[:skips]
    for skip in shown:
        line = f":{skip.line}" if skip.line else ""
        yield f"skipped {printable(skip.path)}{line}: {skip.reason}"
    if len(shown) < len(report.skipped):
        more = "more " if shown else ""
        yield f"{len(report.skipped) - len(shown):,} {more}skipped (nutgraf index -v lists them)"


def describe_guesses(guesses: "Sequence[Guess]", *, listed: bool) -> Iterator[str]:
    """Yield a line with the number of files in each guessed encoding, and the files if `listed`."""
    if not guesses:
        return
    counts = Counter(guess.encoding for guess in guesses)
    shown = ", ".join(f"{count:,} as {encoding}" for encoding, count in counts.most_common())
    more = "" if listed else "nutgraf index -v lists them, "
    yield f"encoding guessed of {counted(len(guesses), 'file')}: {shown} ({more}--encoding sets it)"
    for guess in guesses if listed else ():
        yield f"read {printable(guess.path)} as {guess.encoding}"


def describe_stats(stats: "Stats") -> Iterator[str]:
    """Yield the lines of an index's statistics."""
    yield f"index     {stats.location} (format {stats.format}, {stats.bytes:,} bytes)"
    yield f"articles  {stats.articles:,}"
    yield f"passages  {stats.passages:,}"
    yield f"files     {stats.files:,}"
    for root in stats.roots:
        yield f"folder    {visible(root)}"
    yield f"core      {'compiled' if stats.compiled else 'not compiled, so slow'}"


def describe_diagnostics(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield the message of each diagnostic, with its suggestion."""
    for diagnostic in diagnostics:
        hint = f" Did you mean {diagnostic.suggestion}?" if diagnostic.suggestion else ""
        yield f"{diagnostic.message}{hint}"


def describe_counts(results: Results) -> Iterator[str]:
    """Yield a line with the number of passages that each word finds, if a word finds none."""
    counts = results.counts
    if 0 in counts.values() and [*counts] != [results.query]:
        yield "found by each alone: " + ", ".join(
            f"{leaf} {count:,}" for leaf, count in counts.items()
        )


def describe_error(error: NutgrafError, query: str) -> str:
    """Return an error's message; for an error in the query, also the query with a mark under it."""
    if not isinstance(error, QueryError) or len(query) > 200:
        return str(error)
    from nutgraf.output.terminal import columns  # a search must not wait for this import

    shown = visible(query)
    marks = " " * columns(shown[: error.start]) + "^" * columns(shown[error.start : error.end])
    return f"{error}\n  {shown}\n  {marks}"


def counted(count: int, noun: str) -> str:
    """Return a count and a noun, in the plural unless the count is 1."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
