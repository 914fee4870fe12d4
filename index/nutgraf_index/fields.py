"""The table of properties: how each is stored, indexed, filtered and shown.

Splitting, building, merging, the segment reader, Whoosh's schema, query filters, hits and the
completion of names all read it. A *section* is a run of an article's passages under one heading.
A property of an article or a section is stored once, not with each of its passages; a query that
matches the property finds all passages of the article or section.
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

# Incremented whenever the code would misread an older index, or analyses text differently.
FORMAT = 14


class Level(Enum):
    """The kinds of documents that a segment numbers, each kind from 0."""

    PASSAGE = "passage"
    SECTION = "section"
    ARTICLE = "article"
    FILE = "file"  # the record that `sync` keeps of a file; never searched

    __hash__ = object.__hash__  # the hash of `Enum` is a Python function, and slow


class Kind(Enum):
    """How a property is indexed."""

    TERMS = "terms"  # analysed, with positions
    MULTI_VALUED = "multi-valued"  # several texts, analysed, with gaps between their positions
    VALUE = "value"  # the whole value as one term
    NAME = "name"  # the whole value, made printable, as one term
    COMPOUNDS = (
        "compounds"  # further words of a text: antiwar for "anti-war", ivoire for "d'Ivoire"
    )
    STORED = "stored"  # not indexed


class Takes(Enum):
    """The kind of value that the filter of a field takes in a query."""

    WORDS = "words"  # of an analysed field
    NAME = "a name, whole"
    ROLE = "a role"
    DATE = "a date or range"
    PATH = "a path"
    LANGUAGE = "a language"


class Field(NamedTuple):
    """A property of passages, sections, articles or files, and its uses.

    Attributes:
        name: the field's name in queries and in Whoosh's schema.
        level: the kind of documents that have the property.
        kind: how it is indexed.
        attribute: where its value comes from: an attribute of `Passage`, or of `StoredArticle` at
            the level of articles.
        takes: the kind of value that its filter takes; None if queries cannot filter by it.
        about: the description in tables of help.
        example: the example in tables of help.
        completed: whether its values complete the last word of a query.
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
        """Whether the field is indexed as terms with positions, and each document has a length."""
        return self.kind in (Kind.TERMS, Kind.MULTI_VALUED)


_DATES = 'a day, month, year or range, or a relative date: yesterday, "last week", "last 7 days"'
_ROLES = "what the passage is: " + ", ".join(role.value for role in Role)

# In the order in which tables of help list them.
# fmt: off
PROPERTIES = (
    Field("text", Level.PASSAGE, Kind.TERMS, "text"),
    Field("by", Level.ARTICLE, Kind.MULTI_VALUED, "article.authors",
          Takes.WORDS, "an author of the article", 'by:"Idris Okuducu"', completed=True),
    Field("place", Level.ARTICLE, Kind.TERMS, "article.place",
          Takes.WORDS, "where it was filed", "place:istanbul", completed=True),
    Field("source", Level.ARTICLE, Kind.TERMS, "article.source",
          Takes.WORDS, "the agency or paper", "source:reuters", completed=True),
    Field("language", Level.ARTICLE, Kind.VALUE, "article.language",
          Takes.LANGUAGE, "the language of the article", "language:de"),
    Field("date", Level.ARTICLE, Kind.VALUE, "article.date",
          Takes.DATE, _DATES, "date:2019..2020-01"),
    Field("title", Level.ARTICLE, Kind.TERMS, "article.title",
          Takes.WORDS, "words of the article's title", "title:lighthouse"),
    Field("heading", Level.SECTION, Kind.TERMS, "heading",
          Takes.WORDS, "words of the subhead it stands under", "heading:tension"),
    Field("role", Level.PASSAGE, Kind.VALUE, "role",
          Takes.ROLE, _ROLES, "role:credit"),
    Field("article", Level.ARTICLE, Kind.NAME, "article.id",
          Takes.NAME, "the article of this id, or of this file", "article:data/iraq-us-call.txt"),
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

# By attribute of `Article`. Its text is not among them: the passages store it.
ARTICLE_PROPERTIES: dict[str, Field] = {
    # Interned, as names in source code are: calls with such keywords take half the time.
    sys.intern(field.attribute.removeprefix("article.")): field
    for field in PROPERTIES
    if field.attribute.startswith("article.") and field.kind is not Kind.COMPOUNDS
}

# The properties that are texts, and the properties that are whole numbers.
_TYPES = {name: Article.__dataclass_fields__[name].type for name in ARTICLE_PROPERTIES}
TEXTS = [name for name, type_ in _TYPES.items() if type_ is str]
_WHOLE_NUMBERS = [name for name, type_ in _TYPES.items() if type_ is int]

# The stored fields. RECORDS are bytes in compressed blocks; TEXT_COLUMNS have a text for each
# document, or several (MULTI_VALUED); NUMBERS have a number for each document, in the type named
# here or, if it is empty, in the smallest type that holds all numbers of the segment.
RECORDS = {
    "passages": Level.PASSAGE,
    "metadata": Level.ARTICLE,
    "anchors": Level.ARTICLE,
    "files": Level.FILE,
}
MULTI_VALUED = {f.attribute for f in ARTICLE_PROPERTIES.values() if f.kind is Kind.MULTI_VALUED}
TEXT_COLUMNS = {
    # The term dictionary of the field `article` stores the ids.
    **{f"article.{name}": Level.ARTICLE for name in TEXTS if name != "id"},
    **dict.fromkeys(sorted(MULTI_VALUED), Level.ARTICLE),
    "root": Level.ARTICLE,
    "digest": Level.ARTICLE,
    "tail": Level.ARTICLE,  # the article's text after its last passage
    "heading": Level.SECTION,
}
NUMBERS = {
    **{f"article.{name}": (Level.ARTICLE, "") for name in _WHOLE_NUMBERS},
    "article.opening": (Level.ARTICLE, "<u4"),  # see `stored_fields.opening`
    "article.title_print": (Level.ARTICLE, "<u4"),  # see `fingerprints.title_print`
    "article.day": (Level.ARTICLE, "<u4"),
    "passage.role": (Level.PASSAGE, "<u1"),
    "passage.short": (Level.PASSAGE, "<u1"),  # see `stored_fields.Short`
    "passage.line": (Level.PASSAGE, ""),  # relative to its article's first line
    "passage.gap": (Level.PASSAGE, ""),  # bytes of its record before its text
    "passage.wide": (Level.PASSAGE, ""),  # bytes minus characters of the article's text before it
    "passage.fingerprint": (Level.PASSAGE, "<u8"),
}
