"""Messages: reports, statistics, diagnostics, counts and errors as lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from nutgraf.output.control_characters import visible
from nutgraf.query.language_tags import has_right_to_left
from nutgraf.query.lexer import Diagnostic
from nutgraf.results.hits import Results, Suggestion
from nutgraf_index.errors import NutgrafError, QueryError
from nutgraf_index.names import counted, printable

if TYPE_CHECKING:
    from nutgraf_index.sync.report import Guess, Skip, Stats, SyncReport

__all__ = [
    "counted",
    "describe_counts",
    "describe_diagnostics",
    "describe_error",
    "describe_formats",
    "describe_plan",
    "describe_report",
    "describe_stats",
    "describe_words",
]


def describe_report(
    report: "SyncReport",
    *,
    verbose: bool = False,
    brief: bool = False,
    dry_run: bool = False,
    took: str = "",
) -> Iterator[str]:
    """Yield the lines of a sync's report, the summary last.

    Skipped files are counted by reason, and files of a guessed encoding by encoding; with
    `verbose`, each is listed. A `brief` report leaves out what is not news. `took` ends the
    summary.
    """
    missing, skipped = _without_missing(report.skipped)
    if verbose or len(skipped) == 1:
        yield from _list_skipped(report.skipped if verbose else skipped)
    elif skipped:
        kinds = Counter(skip.kind for skip in skipped).most_common()
        counts = [f"{count:,} {kind}" for kind, count in kinds[:_MOST_KINDS]]
        if others := sum(count for _, count in kinds[_MOST_KINDS:]):
            counts.append(f"{others:,} for other reasons")
        shown = ", ".join(counts)
        yield f"skipped {len(skipped):,}: {shown}; nutgraf index -v lists them"
    for command, formats in missing.items():
        files = counted(formats.total(), "file")
        yield f"skipped {files}: reading {' and '.join(formats)} needs {command}"
    yield from _describe_guesses(report.guessed, listed=verbose)
    for path, count in report.doubtful if verbose else ():
        yield f"dates in doubt in {_name(path)}: {counted(count, 'article')}"
    if report.doubtful:
        articles = counted(sum(count for _, count in report.doubtful), "article")
        yield (
            f"day or month may be first in dates such as 04/03/2021, which {articles} in "
            f"{counted(len(report.doubtful), 'file')} lost: --date-order dmy or mdy reads them"
        )
    for path, format in report.recognised if verbose else ():
        yield f"recognised {_name(path)} as {format}"
    if report.recognised:
        formats = Counter(format for _, format in report.recognised)
        more = "" if verbose else "; nutgraf index -v lists them"
        files = counted(len(report.recognised), "file")
        yield f"recognised {files} by content: {_by_format(dict(formats.most_common()))}{more}"
    if report.emptied:
        import shlex  # slow to import, and seldom needed
    for folder, count in report.emptied:
        yield (
            f"{folder} has no file any more, so its {counted(count, 'article')} stay in the index "
            f"in case a disk is not mounted: `nutgraf index --prune {shlex.quote(folder)}` removes "
            "them"
        )
    if report.excluded:
        articles = counted(len(report.excluded), "article")
        yield f"{articles} of ignored files {_would('removed', dry_run)}"
    lacking = [
        f"{name}: {count:,}"
        for name in ("date", "title", "author")
        if (count := getattr(report, f"without_{name}"))
    ]
    if lacking and not brief:
        yield f"articles without {', '.join(lacking)}"
    if report.hidden and not brief:
        have, them = ("has", "it") if report.hidden == 1 else ("have", "them")
        yield (
            f"{counted(report.hidden, 'article')} {have} only hidden passages, such as notes or "
            f"furniture: a query finds {them} if it names the role, as role:note does"
        )
    if verbose and report.formats:
        yield f"articles by format: {_by_format(report.formats)}"
    changes = [
        f"{len(ids):,} {_would(name, dry_run)}"
        for name in ("added", "updated", "unchanged", "removed", "renamed")
        if (ids := getattr(report, name))
    ]
    ignored = f", {report.ignored:,} ignored" if report.ignored else ""
    summary = f"{counted(report.found, 'file')} found{ignored}; articles: "
    yield f"{summary}{', '.join(changes) or 'none'}{took}"


def _without_missing(
    skipped: "Sequence[Skip]",
) -> tuple[dict[str, Counter[str]], "Sequence[Skip]"]:
    """Return the formats that lack an extra, with files, by its command; and all other skips."""
    if not skipped:
        return {}, skipped
    from nutgraf_index.formats.format import MISSING  # slow to import

    missing: dict[str, Counter[str]] = {}
    others = []
    for skip in skipped:
        if match := MISSING.match(skip.reason):
            missing.setdefault(match[2], Counter())[match[1]] += 1
        else:
            others.append(skip)
    return missing, others


def _list_skipped(skipped: "Iterable[Skip]") -> Iterator[str]:
    """Yield a line for each skipped file or line; many of one file and reason are counted."""
    for (path, kind), entries in groupby(skipped, key=lambda one: (one.path, one.kind)):
        for number, skip in enumerate(entries, 1):
            if number <= _MOST_LISTED:
                line = f":{skip.line}" if skip.line else ""
                yield f"skipped {_name(path)}{line}: {skip.reason}"
        if number > _MOST_LISTED:
            more = counted(number - _MOST_LISTED, "more line")
            yield f"skipped {more} of {_name(path)}: {kind}"


def _name(path: str) -> str:
    """Return a path as a message shows it, on one line."""
    return visible(printable(path))


def describe_formats() -> Iterator[str]:
    """Yield a line for each format: extensions, whether it can be read here, and what it is."""
    from nutgraf_index.formats.registry import FORMATS

    rows = []
    for format in FORMATS:
        extensions = ", ".join(extension or "none" for extension in format.extensions)
        state = format.remedy() and format.command
        state = state or (f"nutgraf[{format.extra}] installed" if format.extra else "built in")
        rows.append((extensions, state, f"{format.name}, {format.about}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for extensions, state, about in rows:
        yield f"{extensions:<{widths[0]}}  {state:<{widths[1]}}  {about}"


def describe_plan(report: "SyncReport") -> Iterator[str]:
    """Yield a line for each article that a dry run would change."""
    plan = {"add": report.added, "update": report.updated, "remove": report.removed}
    for change, ids in plan.items():
        for id in ids:
            yield f"{change} {visible(id)}"
    for old, new in report.renamed:
        yield f"rename {visible(old)} to {visible(new)}"


def _describe_guesses(guesses: "Sequence[Guess]", *, listed: bool) -> Iterator[str]:
    """Yield a line with the number of files in each guessed encoding, and the files if `listed`."""
    if not guesses:
        return
    for guess in guesses if listed else ():
        yield f"read {_name(guess.path)} as {guess.encoding}"
    counts = Counter(guess.encoding for guess in guesses)
    shown = ", ".join(f"{count:,} as {encoding}" for encoding, count in counts.most_common())
    more = "" if listed else "nutgraf index -v lists them, "
    yield f"encoding guessed of {counted(len(guesses), 'file')}: {shown} ({more}--encoding sets it)"


def _would(change: str, dry_run: bool) -> str:
    """Return how a change is told: `added`, or in a dry run `would be added`."""
    return f"would be {change}" if dry_run and change != "unchanged" else change


def describe_stats(stats: "Stats") -> Iterator[str]:
    """Yield the lines of an index's statistics."""
    from nutgraf_index.analysis.languages.registry import LANGUAGES  # few commands need it

    yield f"index     {stats.location} (format {stats.format}, {stats.bytes:,} bytes)"
    formats = f" ({_by_format(stats.formats)})" if len(stats.formats) > 1 else ""
    yield f"articles  {stats.articles:,}{formats}"
    if stats.languages:
        names = {LANGUAGES[code].name: count for code, count in stats.languages.items()}
        yield f"languages {_by_format(names)}"
    yield f"passages  {stats.passages:,}"
    yield f"files     {stats.files:,}"
    for root in stats.roots:
        yield f"folder    {visible(root)}"
    if stats.synonyms:
        yield f"synonyms  {counted(stats.synonyms, 'rule')}"
    yield f"core      {'compiled' if stats.compiled else 'not compiled, so slow'}"


_MOST_KINDS = 10  # reasons that are counted one by one
_MOST_LISTED = 20  # lines of a file that are listed one after the other for the same reason


def _by_format(formats: Mapping[str, int]) -> str:
    """Return the numbers of articles by format, the highest first."""
    return ", ".join(f"{name} {count:,}" for name, count in formats.items())


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


def describe_words(suggestion: Suggestion) -> str:
    """Return in how many passages the words stand that a suggestion corrects or adds."""
    if suggestion.kind == "variants":
        variants = ", ".join(
            f"{word} ({counted(count, 'passage')})" for word, count in suggestion.words.items()
        )
        return f"also written {variants}; to search for all"
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
    """Return an error's message; for an error in the query, also the query with a mark under it.

    Marks cannot stand under right-to-left text, whose columns the terminal chooses; the part of the
    query is repeated instead.
    """
    if not isinstance(error, QueryError) or len(query) > 200:
        return str(error)
    from nutgraf.output.screen.wrapping import columns  # a search must not wait for this import

    shown = visible(query)
    if has_right_to_left(query):
        return f"{error}\n  {shown}\n  here: {shown[error.start : error.end]}"
    marks = " " * columns(shown[: error.start]) + "^" * columns(shown[error.start : error.end])
    return f"{error}\n  {shown}\n  {marks}"
