"""The fields of an index, and what each belongs to.

A *section* is a run of an article's passages under one heading. What an article or a section says
is kept once, not with each of its passages; a query for it finds all of them.
"""

from enum import Enum
from typing import NamedTuple

__all__ = ["FIELDS", "FORMAT", "Field", "Level"]

# Raised whenever an index written before would be read wrongly, analysis included.
FORMAT = 7


class Level(Enum):
    """What is numbered in a segment, each from 0."""

    PASSAGE = "passage"
    SECTION = "section"
    ARTICLE = "article"
    FILE = "file"  # what `sync` remembers of one; no query reaches it

    __hash__ = object.__hash__  # an enum's own is a function of Python's, and every look-up asks


class Field(NamedTuple):
    """A field: `analysed` into words with positions, or kept as the one value it is.

    Or as the `several` that it is, with a blank between any two.
    """

    level: Level
    analysed: bool
    multi_valued: bool = False


FIELDS = {
    "text": Field(Level.PASSAGE, True),
    "heading": Field(Level.SECTION, True),
    "title": Field(Level.ARTICLE, True),
    "by": Field(Level.ARTICLE, True),
    "place": Field(Level.ARTICLE, True),
    "source": Field(Level.ARTICLE, True),
    # The words of two parts with a hyphen between, in text or title, as their terms written as one.
    "joined": Field(Level.PASSAGE, False, multi_valued=True),
    "joined_title": Field(Level.ARTICLE, False, multi_valued=True),
    "role": Field(Level.PASSAGE, False),
    "article": Field(Level.ARTICLE, False),
    "date": Field(Level.ARTICLE, False),
    "path": Field(Level.ARTICLE, False),
    "root": Field(Level.ARTICLE, False),
    "file": Field(Level.FILE, False),
}
