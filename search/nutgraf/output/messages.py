"""Reports, statistics and diagnostics as sentences."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nutgraf.output.control_characters import visible
from nutgraf.query.lexer import Diagnostic
from nutgraf.results.hits import Results
from nutgraf_index.errors import NutgrafError, QueryError
from nutgraf_index.names import printable

if TYPE_CHECKING:
    from nutgraf_index.sync.report import Stats, SyncReport

__all__ = [
    "counted",
    "describe_counts",
    "describe_diagnostics",
    "describe_error",
    "describe_report",
    "describe_stats",
]


def describe_report(report: "SyncReport", *, skips: int | None = None) -> Iterator[str]:
    """Yield lines that tell what a sync did, and the first `skips` it left out; None: all."""
    counts = [
        f"{len(ids)} {name}"
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
        yield f"{len(report.skipped) - len(shown)} {more}skipped (nutgraf index -v lists them)"


def describe_stats(stats: "Stats") -> Iterator[str]:
    """Yield lines that tell what an index holds."""
    yield f"index     {stats.location} (format {stats.format}, {stats.bytes:,} bytes)"
    yield f"articles  {stats.articles:,}"
    yield f"passages  {stats.passages:,}"
    yield f"files     {stats.files:,}"
    for root in stats.roots:
        yield f"folder    {visible(root)}"
    yield f"core      {'compiled' if stats.compiled else 'not compiled, so slow'}"


def describe_diagnostics(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what of a query was not taken as typed."""
    for notice in diagnostics:
        hint = f" Did you mean {notice.suggestion}?" if notice.suggestion else ""
        yield f"{notice.message}{hint}"


def describe_counts(results: Results) -> Iterator[str]:
    """Yield how many passages each word of a query finds alone, where one finds none."""
    counts = results.counts
    if 0 in counts.values() and [*counts] != [results.query]:
        yield "alone: " + ", ".join(f"{leaf} {count:,}" for leaf, count in counts.items())


def describe_error(error: NutgrafError, query: str) -> str:
    """Return an error's message, and if it is one of the query the place marked under it."""
    if not isinstance(error, QueryError) or len(query) > 200:
        return str(error)
    from nutgraf.output.terminal import columns  # not needed to search

    shown = visible(query)
    marks = " " * columns(shown[: error.start]) + "^" * columns(shown[error.start : error.end])
    return f"{error}\n  {shown}\n  {marks}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
