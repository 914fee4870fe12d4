"""The fields a query can filter by: one table for the parser, the help and the README."""

from dataclasses import dataclass
from enum import Enum

from nutgraf_index.model import Role

__all__ = ["FIELDS", "Field", "Takes", "field_help"]


class Takes(Enum):
    """What kind of value a field takes."""

    WORDS = "words"
    NAME = "a name, whole"
    ROLE = "a role"
    DATE = "a date or range"
    PATH = "a path"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what it filters, and an example of its use."""

    name: str
    takes: Takes
    about: str
    example: str


FIELDS = {
    field.name: field
    for field in (
        Field("by", Takes.WORDS, "an author of the article", 'by:"Idris Okuducu"'),
        Field("place", Takes.WORDS, "where it was filed", "place:istanbul"),
        Field("source", Takes.WORDS, "the agency or paper", "source:reuters"),
        Field("date", Takes.DATE, "a day, month, year or range", "date:2019..2020-01"),
        Field("title", Takes.WORDS, "words of the article's title", "title:lighthouse"),
        Field(
            "role",
            Takes.ROLE,
            "what the passage is: " + ", ".join(role.value for role in Role),
            "role:credit",
        ),
        Field("article", Takes.NAME, "the article of this id", "article:iraq-us-call.txt"),
        Field("path", Takes.PATH, "a file, a folder, or a pattern with * and ?", "path:2020/*.md"),
    )
}


def field_help() -> list[tuple[str, str]]:
    """Return each field's example and what it filters, for tables of help."""
    return [(field.example, field.about) for field in FIELDS.values()]
