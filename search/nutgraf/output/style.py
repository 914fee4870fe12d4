"""The style of the output, colours for text, and hits with neighbouring passages."""

import os
import re
from collections.abc import Iterable, Sequence
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
    "flowed",
    "location",
    "marked",
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


def flowed(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    r"""Return a text with single blanks for its white space, and its spans in the new text.

    Spans are half-open and sorted. A span with white space becomes one for each of its words.

    >>> flowed("an  otter\nswims", [(4, 9)])
    ('an otter swims', [(3, 8)])
    """
    chunks: list[str] = []
    moved: list[tuple[int, int]] = []
    pending = iter(spans)
    span = next(pending, None)
    length = 0
    for chunk in re.finditer(r"\S+", text):
        shift = length - chunk.start()
        while span is not None and span[0] < chunk.end():
            start, end = max(span[0], chunk.start()), min(span[1], chunk.end())
            moved += [(start + shift, end + shift)] * (start < end)
            if span[1] > chunk.end():
                break  # the rest of the span is in later chunks
            span = next(pending, None)
        chunks.append(chunk[0])
        length += len(chunk[0]) + 1
    return " ".join(chunks), moved


def marked(text: str, spans: Iterable[tuple[int, int]], color: bool) -> str:
    """Return a text with its spans in the colour of matches."""
    parts, last = [], 0
    for start, end in spans:
        parts += [visible(text[last:start]), paint(visible(text[start:end]), MATCH, color)]
        last = end
    return "".join([*parts, visible(text[last:])])


def paint(text: str, code: str, color: bool) -> str:
    """Return a text with an escape code around it, if `color` is true."""
    return f"{code}{text}{_OFF}" if color and code and text else text
