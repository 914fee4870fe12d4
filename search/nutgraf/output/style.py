"""The style of the output, colours for text, and hits with neighbouring passages."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nutgraf.output.control_characters import visible
from nutgraf.results.hits import Hit

__all__ = [
    "CITATION",
    "FAINT",
    "LINE",
    "MATCH",
    "PATH",
    "STRONG",
    "Answer",
    "HitWithContext",
    "Style",
    "location",
    "marked",
    "marked_words",
    "paint",
]

MATCH = "\x1b[1;31m"
STRONG = "\x1b[1m"
FAINT = "\x1b[2m"
PATH = "\x1b[35m"
LINE = "\x1b[32m"
CITATION = "\x1b[36m"
_OFF = "\x1b[0m"


class HitWithContext(NamedTuple):
    """A hit with the passages to show before and after it, and its number on a terminal, or 0."""

    hit: Hit
    before: Sequence[Hit] = ()
    after: Sequence[Hit] = ()
    number: int = 0


class Answer(NamedTuple):
    """The hits of a query; `first` is the rank of the first hit, from 1."""

    query: str
    first: int
    hits: Sequence[HitWithContext]


class Style(NamedTuple):
    """The style in which hits are shown.

    With `terminal`, text is wrapped to `width` columns; otherwise each hit is one line, and with
    `null` the path ends with a NUL character. Paths within `folder` are shown relative to it. With
    `ascii_only`, JSON escapes all characters outside ASCII. With `together`, hits of one article
    that follow each other stand under one heading. `links` is a name or a format of hyperlinks.
    With `context`, records have the passages around a hit. With `raw_csv`, cells of CSV are written
    as they are.
    """

    terminal: bool
    color: bool
    width: int
    folder: str
    null: bool = False
    ascii_only: bool = False
    together: bool = True
    links: str = "default"
    context: bool = False
    raw_csv: bool = False

    @property
    def isolates(self) -> bool:
        """Whether right-to-left texts are isolated: on a terminal, if it shows Unicode."""
        return self.terminal and not self.ascii_only


def location(hit: Hit, folder: str) -> str:
    """Return a hit's path, relative if it is in `folder`; the article's id if there is no path."""
    if not hit.path:
        return hit.article
    within = os.path.join(folder, "")
    if not hit.path.startswith(within):
        return hit.path
    return os.path.normpath(hit.path[len(within) :])


def marked_words(text: str, spans: Iterable[tuple[int, int]], color: bool) -> Iterator[str]:
    """Yield the chunks of a text between white space, with the spans of matches marked.

    Spans must be sorted. A span with white space is marked in each of its chunks.
    """
    pending = iter(spans)
    span = next(pending, None)
    for chunk in re.finditer(r"\S+", text):
        inside = []
        while span is not None and span[0] < chunk.end():
            first, last = max(span[0], chunk.start()), min(span[1], chunk.end())
            inside += [(first - chunk.start(), last - chunk.start())] * (first < last)
            if span[1] > chunk.end():
                break  # the rest of the span is in later chunks
            span = next(pending, None)
        yield marked(chunk[0], inside, color)


def marked(text: str, spans: Iterable[tuple[int, int]], color: bool, *, base: str = "") -> str:
    """Return a text with its spans in the colour of matches, and the rest in `base`."""
    parts, last = [], 0
    for start, end in spans:
        parts.append(paint(visible(text[last:start]), base, color))
        parts.append(paint(visible(text[start:end]), MATCH, color))
        last = end
    return "".join([*parts, paint(visible(text[last:]), base, color)])


def paint(text: str, code: str, color: bool) -> str:
    """Return a text with an escape code around it, if `color` is true."""
    return f"{code}{text}{_OFF}" if color and code and text else text
