"""HTML fragments of hits, for notebooks and pages. Pure.

All text is escaped. Characters that HTML cannot contain become U+FFFD. The fragments have classes
and no style, except what a notebook needs; links lead only to addresses of the web.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from nutgraf.query.language_tags import direction_of, html_tag, unordered
from nutgraf.results.breaks import joined
from nutgraf.results.pointer import pages_text, pointed

__all__ = [
    "escaped",
    "hit_fragment",
    "marked_text",
    "results_fragment",
    "snippet_text",
    "whole_text",
]

# Control characters, lone surrogates and noncharacters.
_FORBIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_LINK = r"(?i)https?://[^\s\x00-\x20]+"
_CUT = "…"  # where a snippet leaves text out
_Span = tuple[int, int]
# The dataclasses of `hits.py`, whose methods call this module.
Hit = Any
Results = Any


def escaped(text: str) -> str:
    """Return a text as HTML, for elements and for attributes in double quotes."""
    return html.escape(re.sub(_FORBIDDEN, "\ufffd", text))


def marked_text(text: str, spans: Iterable[_Span]) -> str:
    """Return a text as HTML, with its spans, which are sorted and disjoint, in `<mark>`.

    >>> marked_text("Otters & fish", [(0, 6)])
    '<mark>Otters</mark> &amp; fish'
    """
    parts, last = [], 0
    for start, end in spans:
        parts += [escaped(text[last:start]), f"<mark>{escaped(text[start:end])}</mark>"]
        last = end
    return "".join([*parts, escaped(text[last:])])


def whole_text(hit: Hit) -> str:
    """Return the text of a hit as HTML, with words joined that line ends break."""
    return marked_text(*joined(hit.text, hit.spans, hit.breaks))


def snippet_text(hit: Hit) -> str:
    """Return the snippet of a hit as HTML, with … where it leaves text out."""
    start, end = hit.snippet
    shown = marked_text(*joined(hit.text, hit.spans, hit.breaks, start, end))
    before, after = _CUT * (start > 0), _CUT * (end < len(hit.text))
    return f"{before}{shown}{after}"


def _language_of(hit: Hit, text: str) -> str:
    """Return the attributes of the language and the direction of a text of a hit's article."""
    tag = html_tag(hit.language) if text else ""
    language = f'lang="{tag}" ' if tag else ""
    return f'{language}dir="{direction_of(text, tag)}"'


def hit_fragment(hit: Hit, *, whole: bool = True) -> str:
    """Return a hit as an HTML article: title, what is known of its article, and its text."""
    title = marked_text(hit.title, hit.title_spans) or escaped(hit.article)
    if re.fullmatch(_LINK, hit.url):
        address = pointed(hit.url, hit.pointer)
        title = f'<a href="{escaped(address)}" rel="noopener noreferrer">{title}</a>'
    pages = pages_text(hit.page, hit.page_end)
    known = [*hit.authors, hit.date, hit.place, hit.source, hit.heading, hit.citation, pages]
    about = " · ".join(f"<bdi>{escaped(unordered(text))}</bdi>" for text in known if text)
    text = whole_text(hit) if whole else snippet_text(hit)
    of_title, of_text = (_language_of(hit, shown) for shown in (hit.title, hit.text))
    return "\n".join(
        (
            '<article class="nutgraf-hit">',
            f'<div class="nutgraf-title" {of_title}><strong>{title}</strong></div>',
            f'<div class="nutgraf-about"><small>{about}</small></div>',
            f'<p class="nutgraf-text" {of_text} style="white-space: pre-line">{text}</p>',
            "</article>",
        )
    )


def results_fragment(results: Results) -> str:
    """Return results as an HTML section: the count, the diagnostics, and a list of hits."""
    return "\n".join(_section(results))


def _section(results: Results) -> Iterator[str]:
    yield '<section class="nutgraf-results">'
    yield f"<p>{escaped(results.summary)}</p>"
    for diagnostic in results.diagnostics:
        yield f'<p class="nutgraf-diagnostic">{escaped(diagnostic.message)}</p>'
    if results.hits:
        yield "<ol>"
        for hit in results.hits:
            yield f"<li>{hit_fragment(hit, whole=False)}</li>"
        yield "</ol>"
    yield "</section>"
