"""The one table of what is known of articles and passages: stored, indexed, asked for and shown.

Splitting, building, merging, the segment reader, Whoosh's schema, the filters of a query, hits and
the completion of names all read it. A *section* is a run of an article's passages under one
heading. What an article or a section says is kept once, not with each of its passages; a query for
it finds all of them.
"""

import sys
from enum import Enum
from typing import NamedTuple

from nutgraf_index.model import Article, Role

__all__ = [
    "ARTICLE_PROPERTIES",
    "FIELDS",
    "FORMAT",
    "MULTI_VALUED",
    "NUMBERS",
    "PROPERTIES",
    "RECORDS",
    "TEXTS",
    "TEXT_COLUMNS",
    "Field",
    "Kind",
    "Level",
    "Takes",
]

# Raised whenever an index written before would be read wrongly, analysis included.
FORMAT = 9


class Level(Enum):
    """What is numbered in a segment, each from 0."""

    PASSAGE = "passage"
    SECTION = "section"
    ARTICLE = "article"
    FILE = "file"  # what `sync` remembers of one; no query reaches it

    __hash__ = object.__hash__  # an enum's own is a function of Python's, and every look-up asks


class Kind(Enum):
    """How a property is indexed."""

    TERMS = "terms"  # analysed, with positions
    MULTI_VALUED = "multi-valued"  # several texts, the terms of each, with gaps between
    VALUE = "value"  # whole, as it is
    NAME = "name"  # whole, as it can be printed
    COMPOUNDS = "compounds"  # the terms of its words of two parts, each written as one
    STORED = "stored"  # not at all


class Takes(Enum):
    """What kind of value a query's filter by a field takes."""

    WORDS = "words"  # of a field of terms
    NAME = "a name, whole"
    ROLE = "a role"
    DATE = "a date or range"
    PATH = "a path"


class Field(NamedTuple):
    """A property of what is numbered at a level, and what is done with it.

    `name` is what a query calls it, and Whoosh's schema. `attribute` is where it comes from: an
    attribute of `Passage`, or of `StoredArticle` at the level of articles. A query can filter by it
    if it `takes` a value; `about` and `example` are for tables of help. The values of a `completed`
    field complete a query's last word.
    """

    name: str
    level: Level
    kind: Kind
    attribute: str
    takes: Takes | None = None
    about: str = ""
    example: str = ""
    completed: bool = False

    @property
    def analysed(self) -> bool:
        """Whether it is indexed by terms with positions, and has a length."""
        return self.kind in (Kind.TERMS, Kind.MULTI_VALUED)


_DATES = 'a day, month, year or range, or a time until today: yesterday, "last week", "last 7 days"'
_ROLES = "what the passage is: " + ", ".join(role.value for role in Role)

# In the order of tables of help.
# fmt: off
PROPERTIES = (
    Field("text", Level.PASSAGE, Kind.TERMS, "text"),
    Field("by", Level.ARTICLE, Kind.MULTI_VALUED, "article.authors",
          Takes.WORDS, "an author of the article", 'by:"Idris Okuducu"', completed=True),
    Field("place", Level.ARTICLE, Kind.TERMS, "article.place",
          Takes.WORDS, "where it was filed", "place:istanbul", completed=True),
    Field("source", Level.ARTICLE, Kind.TERMS, "article.source",
          Takes.WORDS, "the agency or paper", "source:reuters", completed=True),
    Field("date", Level.ARTICLE, Kind.VALUE, "article.date",
          Takes.DATE, _DATES, "date:2019..2020-01"),
    Field("title", Level.ARTICLE, Kind.TERMS, "article.title",
          Takes.WORDS, "words of the article's title", "title:lighthouse"),
    Field("heading", Level.SECTION, Kind.TERMS, "heading",
          Takes.WORDS, "words of the subhead it stands under", "heading:tension"),
    Field("role", Level.PASSAGE, Kind.VALUE, "role",
          Takes.ROLE, _ROLES, "role:credit"),
    Field("article", Level.ARTICLE, Kind.NAME, "article.id",
          Takes.NAME, "the article of this id", "article:iraq-us-call.txt"),
    Field("path", Level.ARTICLE, Kind.NAME, "article.path",
          Takes.PATH, "a file, a folder, or a pattern with * and ?", "path:2020/*.md"),
    Field("url", Level.ARTICLE, Kind.STORED, "article.url"),
    Field("article_line", Level.ARTICLE, Kind.STORED, "article.line"),
    Field("format", Level.ARTICLE, Kind.STORED, "article.format"),
    Field("encoding", Level.ARTICLE, Kind.STORED, "article.encoding"),
    Field("metadata", Level.ARTICLE, Kind.STORED, "article.metadata"),
    Field("root", Level.ARTICLE, Kind.VALUE, "root"),
    Field("number", Level.PASSAGE, Kind.STORED, "number"),
    Field("start", Level.PASSAGE, Kind.STORED, "start"),
    Field("end", Level.PASSAGE, Kind.STORED, "end"),
    Field("line", Level.PASSAGE, Kind.STORED, "line"),
    Field("compound", Level.PASSAGE, Kind.COMPOUNDS, "text"),
    Field("compound_title", Level.ARTICLE, Kind.COMPOUNDS, "article.title"),
    Field("file", Level.FILE, Kind.VALUE, "key"),
)
# fmt: on

FIELDS = {field.name: field for field in PROPERTIES if field.kind is not Kind.STORED}

# All but the text of an article, which its passages hold.
ARTICLE_PROPERTIES: dict[str, Field] = {
    # As names in a program's text are: calls with such keywords take half the time.
    sys.intern(field.attribute.removeprefix("article.")): field
    for field in PROPERTIES
    if field.attribute.startswith("article.") and field.kind is not Kind.COMPOUNDS
}

# Those that are texts, and those that are whole numbers.
_TYPES = {name: Article.__dataclass_fields__[name].type for name in ARTICLE_PROPERTIES}
TEXTS = [name for name, of in _TYPES.items() if of is str]
_WHOLE_NUMBERS = [name for name, of in _TYPES.items() if of is int]

# What is stored beside the postings: a record each in compressed blocks; a text each, or several;
# numbers, each array in the smallest type that holds all, or in the one named here.
RECORDS = {"passages": Level.PASSAGE, "metadata": Level.ARTICLE, "files": Level.FILE}
MULTI_VALUED = {f.attribute for f in ARTICLE_PROPERTIES.values() if f.kind is Kind.MULTI_VALUED}
TEXT_COLUMNS = {
    # The term dictionary has the ids.
    **{f"article.{name}": Level.ARTICLE for name in TEXTS if name != "id"},
    **dict.fromkeys(sorted(MULTI_VALUED), Level.ARTICLE),
    "root": Level.ARTICLE,
    "digest": Level.ARTICLE,
    "tail": Level.ARTICLE,  # the article's text after its last passage
    "heading": Level.SECTION,
}
NUMBERS = {
    **{f"article.{name}": (Level.ARTICLE, "") for name in _WHOLE_NUMBERS},
    "article.opening": (Level.ARTICLE, "<u4"),
    "article.day": (Level.ARTICLE, "<u4"),
    "passage.role": (Level.PASSAGE, ""),
    "passage.line": (Level.PASSAGE, ""),  # less that of its article's first line
    "passage.gap": (Level.PASSAGE, ""),  # bytes before its text in its record
    "passage.wide": (Level.PASSAGE, ""),  # how many more bytes than characters are before it
    "passage.fingerprint": (Level.PASSAGE, "<u8"),
}
