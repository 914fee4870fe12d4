"""Hits to text: for a terminal, for a pipe, as JSON Lines. Pure: nothing is printed here."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nutgraf.output.control_characters import visible
from nutgraf.query.parser import Diagnostic
from nutgraf.ranking.annotations import NearDuplicates
from nutgraf.results.hits import Hit, Results
from nutgraf_index.errors import QueryError
from nutgraf_index.names import printable

if TYPE_CHECKING:
    from nutgraf_index.index import Stats
    from nutgraf_index.sync.report import SyncReport

__all__ = [
    "HitWithContext",
    "Style",
    "article_lines",
    "as_json",
    "counted",
    "describe_counts",
    "describe_diagnostics",
    "describe_query_error",
    "describe_report",
    "describe_stats",
    "hit_lines",
    "place_of",
]

_MATCH = "\x1b[1;31m"
_STRONG = "\x1b[1m"
_FAINT = "\x1b[2m"
_PATH = "\x1b[35m"
_LINE = "\x1b[32m"
_MARK = "\x1b[36m"
_OFF = "\x1b[0m"
_INDENT = "  "
_CITED = 3  # whose citations are shown
_LONG = 900  # characters; of a longer passage the best is shown


class HitWithContext(NamedTuple):
    """A hit, and the passages around it that are to be shown with it."""

    hit: Hit
    before: Sequence[Hit] = ()
    after: Sequence[Hit] = ()


class Style(NamedTuple):
    """How to show hits.

    `terminal`: for a person to read, wrapped to `width` columns; otherwise a record a line, with
    a NUL after the path if `null`. `folder` is where paths are told from.
    """

    terminal: bool
    color: bool
    width: int
    folder: Path
    null: bool = False


def hit_lines(groups: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield the lines that show hits, each with the passages around it."""
    for at, group in enumerate(groups):
        if style.terminal:
            if at:
                yield ""
            yield from _block(group, style)
        else:
            if at and (group.before or group.after):
                yield _paint("--", _MARK, style.color)
            yield from _records(group, style)


def article_lines(passages: Sequence[Hit], style: Style) -> Iterator[str]:
    """Yield the lines that show a whole article."""
    if not style.terminal:
        yield from hit_lines(map(HitWithContext, passages), style)
        return
    first = passages[0]
    yield _headline(first, style, first.place, ", ".join(first.authors), first.source)
    for hit in passages:
        yield ""
        yield from _wrapped(hit, style)
        yield _INDENT + _cited(hit, style.color)


def _block(group: HitWithContext, style: Style) -> Iterator[str]:
    """Yield a hit as a person reads it: heading line, wrapped passage, citation."""
    yield _headline(group.hit, style)
    if group.hit.heading:
        yield _INDENT + _paint(visible(group.hit.heading), _FAINT, style.color)
    for hit in group.before:
        yield from _wrapped(hit, style, faint=True)
    yield from _wrapped(group.hit, style, cut=len(group.hit.text) > _LONG)
    for hit in group.after:
        yield from _wrapped(hit, style, faint=True)
    yield _INDENT + _cited(group.hit, style.color)
    if group.hit.more:
        more = f"and {group.hit.more:,} more in this article"
        yield _INDENT + _paint(more, _FAINT, style.color)
    if group.hit.near_duplicates.count:
        yield _INDENT + _paint(
            visible(_near_duplicates(group.hit.near_duplicates)), _FAINT, style.color
        )
    if group.hit.missing:
        missing = f"lacks: {', '.join(group.hit.missing)}"
        yield _INDENT + _paint(visible(missing), _FAINT, style.color)
    for line in group.hit.explanation.lines() if group.hit.explanation else ():
        yield _INDENT + _paint(visible(line), _FAINT, style.color)


def _near_duplicates(found: NearDuplicates) -> str:
    """Tell where else a passage stands."""
    shown = ", ".join(found.citations[:_CITED])
    more = found.count - len(found.citations[:_CITED])
    return f"also {shown}" + (f" and {more:,} more" if more else "")


def _headline(hit: Hit, style: Style, *more: str) -> str:
    """Return the title or path in bold, the date, what else is given, and the score if any."""
    name = hit.title or printable(place_of(hit, style.folder))
    known = [hit.date, *more, f"score {hit.score:.2f}" if hit.score else ""]
    painted = _marked(name, hit.title_spans, style.color, base=_STRONG)
    return " · ".join([painted, *(visible(part) for part in known if part)])


def _records(group: HitWithContext, style: Style) -> Iterator[str]:
    """Yield a hit as grep would, `path:line:text` on one line; neighbours have `-` for `:`."""
    for hit in (*group.before, group.hit, *group.after):
        mark = _paint(":" if hit is group.hit else "-", _MARK, style.color)
        path = _paint(visible(printable(place_of(hit, style.folder))), _PATH, style.color)
        line = _paint(str(hit.line), _LINE, style.color)
        text = " ".join(_words(hit.text, hit.spans, style.color))
        yield f"{path}{chr(0) if style.null else mark}{line}{mark}{text}"


def as_json(record: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    """Return a record as one line of JSON."""
    return json.dumps(record, ensure_ascii=ascii_only)


def place_of(hit: Hit, folder: Path) -> str:
    """Return where a hit stands: its file, relative to a folder if it is within, or its id."""
    if not hit.path:
        return hit.article
    path = Path(hit.path)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else hit.path


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


def describe_query_error(error: QueryError, query: str) -> str:
    """Return an error's message, and under it the query with the place marked."""
    if len(query) > 200:
        return str(error)
    shown = visible(query)
    marks = " " * _columns(shown[: error.start]) + "^" * _columns(shown[error.start : error.end])
    return f"{error}\n  {shown}\n  {marks}"


def _wrapped(hit: Hit, style: Style, *, faint: bool = False, cut: bool = False) -> Iterator[str]:
    """Yield a passage's lines, or those of the best of it, broken between words."""
    faint = faint and style.color
    line, used = "", 0
    text, spans = _snippet(hit) if cut else (hit.text, hit.spans)
    for word in _words(text, spans, style.color and not faint):
        columns = _columns(word)
        if line and used + 1 + columns > style.width - len(_INDENT):
            yield _INDENT + _paint(line, _FAINT, faint)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + columns) if line else (word, columns)
    yield _INDENT + _paint(line, _FAINT, faint)


def _snippet(hit: Hit) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of a passage that shows most of the match, and the spans in it."""
    start, end = hit.snippet
    before, after = "… " if start else "", " …" if end < len(hit.text) else ""
    moved = len(before) - start
    spans = [
        (max(first, start) + moved, min(last, end) + moved)
        for first, last in hit.spans
        if first < end and last > start
    ]
    return f"{before}{hit.text[start:end]}{after}", spans


def _words(text: str, spans: Iterable[tuple[int, int]], color: bool) -> Iterator[str]:
    """Yield what stands between white space, with the marks of matches.

    No match goes over white space: one begins and ends within what is yielded.
    """
    pending = iter(spans)
    span = next(pending, None)
    for chunk in re.finditer(r"\S+", text):
        inside = []
        while span is not None and span[0] < chunk.end():
            inside.append((span[0] - chunk.start(), span[1] - chunk.start()))
            span = next(pending, None)
        yield _marked(chunk[0], inside, color)


def _marked(text: str, spans: Iterable[tuple[int, int]], color: bool, *, base: str = "") -> str:
    """Paint the matches in a text, and the rest as `base` says."""
    parts, at = [], 0
    for start, end in spans:
        parts.append(_paint(visible(text[at:start]), base, color))
        parts.append(_paint(visible(text[start:end]), _MATCH, color))
        at = end
    return "".join([*parts, _paint(visible(text[at:]), base, color)])


def _cited(hit: Hit, color: bool) -> str:
    """Return the citation; where the terminal shows colours, as a link to the file."""
    citation = visible(hit.citation)
    if not color:
        return citation
    painted = _paint(citation, _MARK, color)
    if not Path(hit.path).is_absolute():
        return painted
    return f"\x1b]8;;{Path(hit.path).as_uri()}\x1b\\{painted}\x1b]8;;\x1b\\"


def _paint(text: str, code: str, color: bool) -> str:
    return f"{code}{text}{_OFF}" if color and code and text else text


def _columns(text: str) -> int:
    """Count the columns a text takes on a terminal; wide characters take two, marks none."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def counted(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
