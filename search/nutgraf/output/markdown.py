"""Hits as Markdown, to be pasted into notes: block quotes with citations.

All signs of Markdown in texts are escaped, so that no text becomes markup.
"""

import os
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from nutgraf.output.control_characters import visible
from nutgraf.output.screen.direction import isolate_of, isolated
from nutgraf.output.style import Answer, HitWithContext, Style
from nutgraf.query.language_tags import unordered
from nutgraf.results.hits import Hit
from nutgraf.results.pointer import pages_text, pointed
from nutgraf_index.names import archive_of, printable

__all__ = ["answer_lines", "hit_lines"]

# The signs of CommonMark, GitHub's Markdown, and Obsidian's tags, comments, marks and blocks.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$^=&%]")
_AT_START = re.compile(r"[-+:]|\d{1,9}(?=[.)])")  # of a list, or of a definition
_AUTOLINK = re.compile(r"(?i)(?<=\bwww)\.|(?<=[a-z]):(?=//|\S)|@")
_URL_SIGNS = ":/?#@!$&'*+,;=%~"


def hit_lines(hits: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield a block quote for each hit, with the matches in bold, separated by empty lines."""
    for i, group in enumerate(hits):
        if i:
            yield ""
        for hit in (*group.before, group.hit, *group.after):
            yield f"> {_text(hit, bold=hit is group.hit)}"
            yield ">"
        yield f"> {_source(group.hit)}"


def answer_lines(answers: Iterable[Answer], style: Style) -> Iterator[str]:
    """Yield for each query a heading and its hits."""
    for i, answer in enumerate(answers):
        if i:
            yield ""
        yield f"## {_escaped(_line(answer.query))}"
        if answer.hits:
            yield ""
        yield from hit_lines(answer.hits, style)


def _line(text: str) -> str:
    """Return a text as one line."""
    return visible(" ".join(text.split()))


def _name(text: str, language: str = "") -> str:
    """Return a title or name, isolated if it has right-to-left letters: it keeps its place then."""
    line = unordered(_line(text))
    return isolated(_escaped(line), isolate_of(line, language))


def _escaped(text: str) -> str:
    """Return a text in which no sign is one of Markdown."""
    return _AUTOLINK.sub(r"\\\g<0>", _SIGNS.sub(r"\\\g<0>", text))


def _text(hit: Hit, *, bold: bool) -> str:
    """Return the text of a passage on one line, with its matches in bold."""
    parts, last = [], 0
    for start, end in _merged(hit.spans) if bold else ():
        before, after = hit.text[start - 1 : start], hit.text[end : end + 1]
        parts.append(_escaped(_plain(hit.text[last:start])))
        match = _escaped(_plain(hit.text[start:end]))
        # Stars are no emphasis between a letter and a sign.
        stars = not (_joins(before, hit.text[start]) or _joins(after, hit.text[end - 1]))
        parts.append(f"**{match}**" if stars else f"<b>{match}</b>")
        last = end
    text = " ".join("".join([*parts, _escaped(_plain(hit.text[last:]))]).split())
    if start_sign := _AT_START.match(text):
        at = start_sign.end() if text[0].isdigit() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _plain(text: str) -> str:
    """Return a text with control characters visible, and line breaks as blanks."""
    return visible(re.sub(r"\s", " ", text))


def _joins(outside: str, inside: str) -> bool:
    return bool(outside) and not outside.isspace() and not inside.isalnum()


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those that touch each other as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _source(hit: Hit) -> str:
    """Return the citation of a hit as a link, with its title, authors, source, date and pages."""
    citation = _escaped(_line(printable(hit.citation)))
    link = _link(hit)
    cited = f"[{citation}]({link})" if link else citation
    title = f"*{title}*" if (title := _name(hit.title, hit.language)) else ""
    names = (_name(name) for name in (*hit.authors, hit.source))
    pages = pages_text(hit.page, hit.page_end)
    parts = [title, *names, *map(_escaped, map(_line, (hit.date, pages)))]
    return ", ".join([f"— {cited}", *filter(None, parts)])


def _link(hit: Hit) -> str:
    """Return the address of an article on the web, or of its file; empty if it has neither."""
    try:
        is_web = urlsplit(hit.url).scheme in ("http", "https")
    except ValueError:
        is_web = False
    if is_web:
        return pointed(quote(hit.url.strip(), safe=_URL_SIGNS, errors="replace"), hit.pointer)
    if not os.path.isabs(hit.path):
        return ""
    from pathlib import Path  # slow to import, and never needed for web addresses

    uri = re.sub(r"[()]", lambda sign: f"%{ord(sign[0]):02X}", Path(hit.path).as_uri())
    return pointed(uri, "" if archive_of(hit.path) else hit.pointer)
