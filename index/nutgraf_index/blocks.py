"""Lines and blocks: the plain values that layout, markdown and passages hand each other."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

__all__ = ["BREAK", "Block", "Kind", "Line", "block_of", "lines"]

# A line break counted once where a converter has doubled the carriage return.
BREAK = re.compile(r"\r{0,2}\n|\r")


class Line(NamedTuple):
    """A line of a text without its break.

    `start` and `end` leave out white space at both ends; `indent` counts the characters of it
    before `start`. A blank line has `start == end`.
    """

    start: int
    end: int
    indent: int
    text: str


class Kind(Enum):
    """What the layout alone says of a block."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    HIDDEN = "hidden"  # front matter, comments: in the file, but not for the reader


class Block(NamedTuple):
    """A stretch `[start, end)` of a text that the layout sets apart, markers left out.

    `level` is a heading's depth from 1, otherwise 0.
    """

    start: int
    end: int
    kind: Kind
    level: int = 0


def lines(text: str) -> Iterator[Line]:
    r"""Yield the lines of a text; breaks are ``\n``, ``\r\n`` and a lone ``\r``."""
    position = 0
    for match in BREAK.finditer(text):
        yield _line(text, position, match.start())
        position = match.end()
    yield _line(text, position, len(text))


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    bare = raw.lstrip()
    indent = len(raw) - len(bare)
    bare = bare.rstrip()
    return Line(start + indent, start + indent + len(bare), indent, bare)


def block_of(group: list[Line], kind: Kind = Kind.PARAGRAPH, marker: int = 0) -> Block:
    """Make one block of successive lines, less the first `marker` characters."""
    return Block(group[0].start + marker, group[-1].end, kind)
