"""What is shown, how it is to look, and marks and colours for it."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nutgraf.output.control_characters import visible
from nutgraf.results.hits import Hit, Results

__all__ = [
    "CITATION",
    "FAINT",
    "LINE",
    "PATH",
    "RECORD",
    "STRONG",
    "HitWithContext",
    "Style",
    "location",
    "marked",
    "marked_words",
    "paint",
    "records",
]

_MATCH = "\x1b[1;31m"
STRONG = "\x1b[1m"
FAINT = "\x1b[2m"
PATH = "\x1b[35m"
LINE = "\x1b[32m"
CITATION = "\x1b[36m"
_OFF = "\x1b[0m"
RECORD = ("query", "rank", "citation", "score", "text")


class HitWithContext(NamedTuple):
    """A hit, and the passages around it that are to be shown with it."""

    hit: Hit
    before: Sequence[Hit] = ()
    after: Sequence[Hit] = ()


class Style(NamedTuple):
    """How to show hits.

    `terminal`: for a person to read, wrapped to `width` columns; otherwise a record a line, with
    a NUL after the path if `null`. `folder` is where paths are told from;
    `ascii_only` that not all of Unicode can be printed.
    """

    terminal: bool
    color: bool
    width: int
    folder: str
    null: bool = False
    ascii_only: bool = False


def location(hit: Hit, folder: str) -> str:
    """Return where a hit stands: its file, relative to a folder if it is within, or its id."""
    if not hit.path:
        return hit.article
    within = os.path.join(folder, "")
    if not hit.path.startswith(within):
        return hit.path
    return os.path.normpath(hit.path[len(within) :])


def marked_words(text: str, spans: Iterable[tuple[int, int]], color: bool) -> Iterator[str]:
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
        yield marked(chunk[0], inside, color)


def marked(text: str, spans: Iterable[tuple[int, int]], color: bool, *, base: str = "") -> str:
    """Paint the matches in a text, and the rest as `base` says."""
    parts, at = [], 0
    for start, end in spans:
        parts.append(paint(visible(text[at:start]), base, color))
        parts.append(paint(visible(text[start:end]), _MATCH, color))
        at = end
    return "".join([*parts, paint(visible(text[at:]), base, color)])


def paint(text: str, code: str, color: bool) -> str:
    """Return a text in a colour or weight, if there are colours."""
    return f"{code}{text}{_OFF}" if color and code and text else text


def records(answers: Iterable[tuple[str, int, Results]]) -> Iterator[dict[str, object]]:
    """Yield a record for each hit of many queries: of each query, its first rank and results."""
    for query, first, results in answers:
        for rank, hit in enumerate(results, first):
            values = (query, rank, hit.citation, hit.score, hit.text)
            yield dict(zip(RECORD, values, strict=True))
