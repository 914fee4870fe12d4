"""Messages: reports, statistics, diagnostics, counts and errors as lines of text."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nutgraf.output.control_characters import visible
from nutgraf.query.lexer import Diagnostic
from nutgraf.results.hits import Results, Suggestion
from nutgraf_index.errors import NutgrafError, QueryError
from nutgraf_index.names import counted, printable

if TYPE_CHECKING:
    from nutgraf_index.sync.report import Stats, SyncReport

__all__ = [
    "counted",
    "describe_counts",
    "describe_diagnostics",
    "describe_error",
    "describe_report",
    "describe_spelling",
    "describe_stats",
]


def describe_report(report: "SyncReport", *, skips: int | None = None) -> Iterator[str]:
    """Yield the lines of a sync's report, with at most `skips` skipped files; None for all."""
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
    """Yield the lines of an index's statistics."""
    yield f"index     {stats.location} (format {stats.format}, {stats.bytes:,} bytes)"
    yield f"articles  {stats.articles:,}"
    yield f"passages  {stats.passages:,}"
    yield f"files     {stats.files:,}"
    for root in stats.roots:
        yield f"folder    {visible(root)}"
    yield f"core      {'compiled' if stats.compiled else 'not compiled, so slow'}"


def describe_diagnostics(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield the message of each diagnostic, with its suggestion unless the message has it."""
    for diagnostic in diagnostics:
        suggestion = diagnostic.suggestion
        needed = suggestion and suggestion not in diagnostic.message
        yield f"{diagnostic.message} Did you mean {suggestion}?" if needed else diagnostic.message


def describe_counts(results: Results) -> Iterator[str]:
    """Yield a line with the number of passages that each word finds, if a word finds none."""
    counts = results.counts
    if 0 in counts.values() and [*counts] != [results.query]:
        yield "found by each alone: " + ", ".join(
            f"{leaf} {count:,}" for leaf, count in counts.items()
        )


def describe_spelling(suggestion: Suggestion) -> str:
    """Return in how many passages the words stand that a suggestion corrects."""
    where = [
        f"in {counted(count, _counted_by(word))}" if count else f"in no {_counted_by(word)}"
        for word, count in suggestion.words.items()
    ]
    (first, *others), (place, *places) = suggestion.words, where
    more = "".join(f", {word} {other}" for word, other in zip(others, places, strict=True))
    return f"{first} stands {place}{more}; did you mean"


def _counted_by(word: str) -> str:
    return "article" if ":" in word else "passage"


def describe_error(error: NutgrafError, query: str) -> str:
    """Return an error's message; for an error in the query, also the query with a mark under it."""
    if not isinstance(error, QueryError) or len(query) > 200:
        return str(error)
    from nutgraf.output.screen.wrapping import columns  # a search must not wait for this import

    shown = visible(query)
    marks = " " * columns(shown[: error.start]) + "^" * columns(shown[error.start : error.end])
    return f"{error}\n  {shown}\n  {marks}"
