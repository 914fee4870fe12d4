"""What can be written in a query: one table for the parser, the help, the README and notices."""

from enum import Enum
from typing import NamedTuple

from nutgraf_index.model import Role

__all__ = ["FIELDS", "FORMS", "Field", "Takes", "syntax_help"]


class Takes(Enum):
    """What kind of value a field takes."""

    WORDS = "words"
    NAME = "a name, whole"
    ROLE = "a role"
    DATE = "a date or range"
    PATH = "a path"


class Field(NamedTuple):
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
        Field(
            "date",
            Takes.DATE,
            "a day, month, year or range, or a time until today: "
            'yesterday, "last week", "last 7 days"',
            "date:2019..2020-01",
        ),
        Field("title", Takes.WORDS, "words of the article's title", "title:lighthouse"),
        Field("heading", Takes.WORDS, "words of the subhead it stands under", "heading:tension"),
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

# The other forms of the syntax, each by an example, and what passages it finds.
FORMS = {
    "ballistic missiles": "with any of the words; more and rarer ones rank first",
    "+iraq drone": "with iraq; drone lifts them",
    "iraq -drone": "with iraq and without drone",
    "iraq AND (iran OR syria) NOT drone": "as the operators say, which are in capitals",
    "abdul-mahdi": "with the two parts in a row, or as one word; mahdi finds them too",
    '"coalition forces"': "with the words in a row",
    '"forces in iraq"~3': "with the words in this order, at most 3 others among them",
    "iran NEAR/5 iraq": "with both in either order, at most 5 other words between them",
    'iran ADJ/5 (iraq OR "united states")': "with one after the other, at most 5 between them",
    "missil* wom?n": "with words like these: * is any characters, ? is one",
    "missle~ misles~2": "with words that differ by 1 character, by 2 at most",
    "=US": "with the word as written: its case, accents and ending",
    "iraq^2 drone": "as without it, but iraq counts twice in the ranking",
}


def syntax_help() -> list[tuple[str, str]]:
    """Return examples of the forms and the fields with what they do, for tables of help."""
    return [*FORMS.items(), *((field.example, field.about) for field in FIELDS.values())]
