"""Hits for reading on a terminal: a block for each hit, wrapped to the width of the terminal."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from nutgraf.output.control_characters import visible
from nutgraf.output.style import (
    CITATION,
    FAINT,
    STRONG,
    HitWithContext,
    Style,
    location,
    marked,
    marked_words,
    paint,
)
from nutgraf.ranking.annotations import NearDuplicates
from nutgraf.results.hits import Hit
from nutgraf_index.names import printable

__all__ = ["article_lines", "columns", "hit_lines"]

_INDENT = "  "
_CITED = 3  # near-duplicates whose citations are shown
_LONG = 900  # characters: for longer passages the snippet is shown


def hit_lines(hits: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield a block of lines for each hit, separated by empty lines."""
    for i, group in enumerate(hits):
        if i:
            yield ""
        yield from _block(group, style)


def article_lines(passages: Sequence[Hit], style: Style) -> Iterator[str]:
    """Yield the lines of a whole article, given its passages."""
    first = passages[0]
    yield _headline(first, style, first.place, ", ".join(first.authors), first.source)
    for hit in passages:
        yield ""
        yield from _wrapped(hit, style)
        yield _INDENT + _cited(hit, style.color)


def _block(group: HitWithContext, style: Style) -> Iterator[str]:
    """Yield the lines of a hit: title, wrapped passages, citation, and its annotations."""
    yield _headline(group.hit, style)
    if group.hit.heading:
        yield _INDENT + paint(visible(group.hit.heading), FAINT, style.color)
    for hit in group.before:
        yield from _wrapped(hit, style, faint=True)
    yield from _wrapped(group.hit, style, cut=len(group.hit.text) > _LONG)
    for hit in group.after:
        yield from _wrapped(hit, style, faint=True)
    yield _INDENT + _cited(group.hit, style.color)
    if group.hit.more:
        more = f"and {group.hit.more:,} more in this article"
        yield _INDENT + paint(more, FAINT, style.color)
    if group.hit.near_duplicates.count:
        yield _INDENT + paint(
            visible(_near_duplicates(group.hit.near_duplicates)), FAINT, style.color
        )
    if group.hit.missing:
        missing = f"lacks: {', '.join(group.hit.missing)}"
        yield _INDENT + paint(visible(missing), FAINT, style.color)
    for line in group.hit.explanation.lines() if group.hit.explanation else ():
        yield _INDENT + paint(visible(line), FAINT, style.color)


def _near_duplicates(duplicates: NearDuplicates) -> str:
    """Return a line with the first citations of near-duplicates and the number of the rest."""
    shown = ", ".join(duplicates.citations[:_CITED])
    more = duplicates.count - len(duplicates.citations[:_CITED])
    return f"also {shown}" + (f" and {more:,} more" if more else "")


def _headline(hit: Hit, style: Style, *more: str) -> str:
    """Return the title or path in bold, the date, the texts `more`, and the score."""
    name = hit.title or printable(location(hit, style.folder))
    parts = [hit.date, *more, f"score {hit.score:.2f}" if hit.score else ""]
    painted = marked(name, hit.title_spans, style.color, base=STRONG)
    return " · ".join([painted, *(visible(part) for part in parts if part)])


def _wrapped(hit: Hit, style: Style, *, faint: bool = False, cut: bool = False) -> Iterator[str]:
    """Yield the lines of a passage, or with `cut` of its snippet, broken between words."""
    faint = faint and style.color
    line, used = "", 0
    text, spans = _snippet(hit) if cut else (hit.text, hit.spans)
    for word in marked_words(text, spans, style.color and not faint):
        width = columns(word)
        if line and used + 1 + width > style.width - len(_INDENT):
            yield _INDENT + paint(line, FAINT, faint)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + width) if line else (word, width)
    yield _INDENT + paint(line, FAINT, faint)


def _snippet(hit: Hit) -> tuple[str, list[tuple[int, int]]]:
    """Return the snippet of a passage, with ellipses, and the spans in it."""
    start, end = hit.snippet
    before, after = "… " if start else "", " …" if end < len(hit.text) else ""
    shift = len(before) - start
    spans = [
        (max(first, start) + shift, min(last, end) + shift)
        for first, last in hit.spans
        if first < end and last > start
    ]
    return f"{before}{hit.text[start:end]}{after}", spans


def _cited(hit: Hit, color: bool) -> str:
    """Return the citation of a hit; with `color`, as a hyperlink to the file (OSC 8)."""
    citation = visible(hit.citation)
    if not color:
        return citation
    painted = paint(citation, CITATION, color)
    if not os.path.isabs(hit.path):
        return painted
    from pathlib import Path  # slow to import, and never needed in a pipe

    return f"\x1b]8;;{Path(hit.path).as_uri()}\x1b\\{painted}\x1b]8;;\x1b\\"


def columns(text: str) -> int:
    """Return the number of terminal columns of a text: 2 for wide characters, 0 for accents."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
