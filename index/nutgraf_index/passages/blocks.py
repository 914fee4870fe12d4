"""Lines and blocks: the plain values that layout, markdown and passages hand each other."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

__all__ = ["Block", "BlockKind", "Line", "block_of", "lines", "with_plain_breaks"]


class Line(NamedTuple):
    """A line of a text without its break.

    `start` and `end` leave out white space at both ends; `indent` counts the characters of it
    before `start`. Blank lines are all the same one, at no place.
    """

    start: int
    end: int
    indent: int
    text: str


_BLANK = Line(0, 0, 0, "")


class BlockKind(Enum):
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
    kind: BlockKind
    level: int = 0


def lines(text: str) -> Iterator[Line]:
    r"""Yield the lines of a text; breaks are ``\n``, ``\r\n`` and a lone ``\r``."""
    position = 0
    for raw in with_plain_breaks(text).split("\n"):
        if bare := raw.strip():
            indent = len(raw) - len(raw.lstrip()) if len(bare) < len(raw) else 0
            start = position + indent
            yield Line(start, start + len(bare), indent, bare)
        else:
            yield _BLANK
        position += len(raw) + 1


def with_plain_breaks(text: str) -> str:
    r"""Return a text whose breaks are all ``\n``, with every word where it was.

    What a longer break has before its ``\n`` becomes space at the end of the line. A break counts
    once where a converter has doubled the carriage return.

    >>> with_plain_breaks("a\r\nb\rc\r\r\nd")
    'a \nb\nc  \nd'
    """
    if "\r" not in text:
        return text
    return text.replace("\r\r\n", "  \n").replace("\r\n", " \n").replace("\r", "\n")


def block_of(group: list[Line], kind: BlockKind = BlockKind.PARAGRAPH, marker: int = 0) -> Block:
    """Make one block of successive lines, less the first `marker` characters."""
    return Block(group[0].start + marker, group[-1].end, kind)
