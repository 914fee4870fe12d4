"""Hits for reading on a terminal, wrapped to its width, the hits of an article under one heading.

A number stands in the margin of a hit, and a bar in the margin of its context.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nutgraf.output.control_characters import visible
from nutgraf.output.screen.direction import isolate_of, isolated, isolated_words
from nutgraf.output.screen.hyperlinks import hyperlink
from nutgraf.output.screen.wrapping import columns, line_spans
from nutgraf.output.style import (
    CITATION,
    FAINT,
    LINE,
    MATCH,
    STRONG,
    HitWithContext,
    Style,
    flowed,
    location,
    paint,
)
from nutgraf.query.language_tags import unordered
from nutgraf.results.breaks import joined
from nutgraf.results.hits import Hit
from nutgraf.results.pointer import pages_text
from nutgraf_index.names import printable

__all__ = ["article_lines", "by_article", "hit_lines"]

_CITED = 3  # near-duplicates whose citations are shown
_LONG = 900  # characters: for longer passages the snippet is shown
_LEAST = 20  # columns that the indentation of an explanation leaves
_TITLES = ("headline", "subhead")

_SURROGATE = re.compile("[\ud800-\udfff]")  # the terminal would get an escape of six characters

_Spans = Iterable[tuple[int, int]]
_Run = tuple[int, int, str, str]  # offsets in the text of several parts, colour, hyperlink


class _Part(NamedTuple):
    """A text in one colour with a hyperlink, and the spans of matches in it.

    `language` is the tag of the language of a text of an article. It is None for names, citations
    and words of nutgraf, in which only the right-to-left words are isolated.
    """

    text: str
    code: str = ""
    spans: _Spans = ()
    link: str = ""
    language: str | None = None


class _Margin(NamedTuple):
    """What stands left of the first line of a text, and of its other lines."""

    first: str
    rest: str


_NO_MARGIN = _Margin("", "")


def by_article(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits with those of each article together, the articles in the order of first hits."""
    articles: dict[str, list[Hit]] = {}
    for hit in hits:
        articles.setdefault(hit.article, []).append(hit)
    return [*itertools.chain.from_iterable(articles.values())]


def hit_lines(hits: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield the lines of hits, with an empty line between them.

    With `style.together`, hits of one article that follow each other have one heading. Under the
    last hit of an article stands how many more passages of the article match, if that is known.
    """
    groups = [*hits]
    shown = Counter(map(_article, groups))
    left = shown.copy()
    digits = max((len(str(group.number)) for group in groups if group.number), default=0)
    for i, (_, same) in enumerate(itertools.groupby(groups, _article if style.together else id)):
        if i:
            yield ""
        members = [*same]
        title_spans = next(
            (group.hit.title_spans for group in members if group.hit.title_spans), ()
        )
        yield from _heading(members[0].hit, style, title_spans)
        subhead = ""
        for group in members:
            if group is not members[0]:
                yield ""
            article = _article(group)
            left[article] -= 1
            more = 0 if left[article] else max(0, group.hit.more + 1 - shown[article])
            yield from _block(group, style, digits, more, known=subhead)
            subhead = group.hit.heading


def _article(group: HitWithContext) -> str:
    return group.hit.article


def article_lines(passages: Sequence[Hit], style: Style) -> Iterator[str]:
    """Yield the lines of a whole article, with the number of each passage in the margin."""
    first = passages[0]
    yield from _heading(first, style, (), first.place, ", ".join(first.authors), first.source)
    if first.title:
        yield from _wrapped([_Part(first.article, CITATION, (), _link(first, style))], style)
    digits = len(str(passages[-1].number))
    for hit in passages:
        number = paint(f"{hit.number:>{digits}}", LINE, style.color)
        margin = _Margin(_linked(number, _link(hit, style)) + "  ", " " * (digits + 2))
        yield ""
        code = STRONG if hit.role in _TITLES else ""
        yield from _wrapped([_passage(hit, code)], style, margin)


def _block(
    group: HitWithContext, style: Style, digits: int, more: int, *, known: str
) -> Iterator[str]:
    """Yield the lines of a hit: context, passage, citation, and annotations.

    Its subhead is left out if it is the `known` one or stands among the passages before. `more` is
    the number of passages of its article that match and are not shown.
    """
    hit = group.hit
    number = paint(f"{group.number:>{digits}}. ", LINE, style.color) if group.number else "  "
    indent = " " * columns(number)
    bar = paint(" " * digits + ("| " if style.ascii_only else "│ "), FAINT, style.color)
    beside = _Margin(bar, bar)
    under = _Margin(indent, indent)
    if hit.heading not in ("", known, *(passage.text for passage in group.before)):
        heading = _Part(hit.heading, FAINT, language=hit.language)
        yield from _wrapped([heading], style, beside)
    for passage in group.before:
        yield from _wrapped([_passage(passage, FAINT)], style, beside)
    part = _snippet(hit, style) if len(hit.text) > _LONG else _passage(hit, "", hit.spans)
    yield from _wrapped([part], style, _Margin(number, indent))
    for passage in group.after:
        yield from _wrapped([_passage(passage, FAINT)], style, beside)
    cited = [_Part(hit.citation, CITATION, (), _link(hit, style))]
    if pages := pages_text(hit.page, hit.page_end):
        dash = pages.replace("–", "-") if style.ascii_only else pages
        cited.append(_Part(f"{_separator(style)}{dash}"))
    if hit.score:
        cited.append(_Part(f"{_separator(style)}score {hit.score:.2f}", FAINT))
    yield from _wrapped(cited, style, under)
    for annotation in _annotations(hit, more):
        yield from _wrapped([_Part(annotation, FAINT)], style, under)
    for line in hit.explanation.lines() if hit.explanation else ():
        room = max(0, style.width - len(indent) - _LEAST)
        depth = len(line) - len(line.lstrip())
        first, rest = (indent + " " * min(room, deep) for deep in (depth, depth + 2))
        yield from _wrapped([_Part(line, FAINT)], style, _Margin(first, rest))


def _annotations(hit: Hit, more: int) -> Iterator[str]:
    """Yield the lines on other passages, near-duplicates and words that the hit lacks."""
    if more:
        yield f"and {more:,} more in this article"
    if hit.near_duplicates.count:
        yield _near_duplicates(hit)
    if hit.missing:
        yield f"lacks: {', '.join(hit.missing)}"


def _near_duplicates(hit: Hit) -> str:
    """Return a line with the first citations of near-duplicates and the number of the rest."""
    cited = hit.near_duplicates.citations[:_CITED]
    more = hit.near_duplicates.count - len(cited)
    return f"also {', '.join(cited)}" + (f" and {more:,} more" if more else "")


def _heading(hit: Hit, style: Style, spans: _Spans, *more: str) -> Iterator[str]:
    """Yield the lines of a heading: the title or path in bold, the date, and the texts `more`."""
    name = hit.title or printable(location(hit, style.folder))
    language = hit.language if hit.title else None
    parts = [_Part(name, STRONG, spans if hit.title else (), language=language)]
    for text in (hit.date, *more):
        if text:
            parts.append(_Part(f"{_separator(style)}{text}"))
    return _wrapped(parts, style)


def _separator(style: Style) -> str:
    return " - " if style.ascii_only else " · "


def _passage(hit: Hit, code: str, spans: _Spans = ()) -> _Part:
    """Return the text of a passage, with words joined that line ends break."""
    text, spans = joined(hit.text, spans, hit.breaks)
    return _Part(text, code, spans, language=hit.language)


def _snippet(hit: Hit, style: Style) -> _Part:
    """Return the snippet of a passage, with ellipses, and the spans in it."""
    start, end = hit.snippet
    dots = "..." if style.ascii_only else "…"
    before, after = f"{dots} " if start else "", f" {dots}" if end < len(hit.text) else ""
    text, spans = joined(hit.text, hit.spans, hit.breaks, start, end)
    shift = len(before)
    spans = [(a + shift, b + shift) for a, b in spans]
    return _Part(f"{before}{text}{after}", "", spans, language=hit.language)


def _wrapped(parts: Iterable[_Part], style: Style, margin: _Margin = _NO_MARGIN) -> Iterator[str]:
    """Yield the lines of a text, given by its parts, beside a margin.

    On a terminal without colours, matches stand between `**`.
    """
    text = ""
    runs: list[_Run] = []
    isolates: list[tuple[str, list[_Run]]] = []
    for part in parts:
        part, isolate = _in_order(part, style)
        flow, spans = flowed(part.text, part.spans)
        blank = " " if part.text[:1].isspace() and text else ""
        if style.terminal and not style.color:
            flow, spans = _starred(flow, spans), []
        first_run = len(runs)
        last = len(text)
        start = last + len(blank)
        text += blank + flow
        for first, end in spans:
            runs.append((last, start + first, part.code, part.link))
            runs.append((start + first, start + end, MATCH, part.link))
            last = start + end
        runs.append((last, len(text), part.code, part.link))
        isolates.append((isolate, runs[first_run:]))
    text = visible(_SURROGATE.sub("\ufffd", text))
    before = margin.first
    for first, end in line_spans(text, max(1, style.width - columns(margin.rest))):
        shown = []
        for isolate, parted in isolates:
            pieces = [
                _linked(paint(text[max(start, first) : min(stop, end)], code, style.color), link)
                for start, stop, code, link in parted
                if start < end and stop > first
            ]
            shown.append(isolated("".join(pieces), isolate))
        yield before + "".join(shown)
        before = margin.rest


def _in_order(part: _Part, style: Style) -> tuple[_Part, str]:
    """Return a part that can reorder nothing beside it on a terminal, and what opens its isolate.

    A pipe gets each text as it is.
    """
    if part.text.isascii() or not style.isolates:
        return part, ""
    if part.language is None:
        return part._replace(text=isolated_words(part.text)), ""
    text = unordered(part.text)
    return part._replace(text=text), isolate_of(text, part.language)


def _starred(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text with `**` around its spans."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], f"**{text[start:end]}**"]
        last = end
    return "".join([*pieces, text[last:]])


def _link(hit: Hit, style: Style) -> str:
    """Return the hyperlink to a hit; empty without colours, which are the only escapes then."""
    return hyperlink(hit, style.links) if style.color else ""


def _linked(text: str, link: str) -> str:
    """Return a text as a hyperlink (OSC 8)."""
    return f"\x1b]8;;{link}\x1b\\{text}\x1b]8;;\x1b\\" if link and text else text
