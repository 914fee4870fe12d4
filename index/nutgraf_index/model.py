"""Articles, their passages, and the roles of passages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

__all__ = ["HIDDEN_ROLES", "Article", "Passage", "Role", "Subtree"]


class Role(StrEnum):
    """The role of a passage in its article.

    Queries filter by it (`role:lead`). A byline, note or credit is found only by a query that
    names its role.

    - HEADLINE: the headline; in plain text also a deck, a short line between headline and story.
    - BYLINE: who wrote the article.
    - LEAD: the first paragraph of the story.
    - BODY: any other paragraph.
    - SUBHEAD: the heading of the passages after it.
    - LIST: an item of a list.
    - NOTE: an editor's note, a date line, front matter, a comment.
    - CORRECTION: a correction or clarification.
    - CREDIT: who reported, edited or photographed; copyright.
    - RELATED: a link to another article.

    >>> from nutgraf import Article, Role, split
    >>> [passage.role for passage in split(Article(id="memo", text="By Ann Lee"))]
    [<Role.BYLINE: 'byline'>]
    >>> Role("byline") == "byline"
    True
    """

    HEADLINE = "headline"
    BYLINE = "byline"
    LEAD = "lead"
    BODY = "body"
    SUBHEAD = "subhead"
    LIST = "list"
    NOTE = "note"
    CORRECTION = "correction"
    CREDIT = "credit"
    RELATED = "related"

    __hash__ = str.__hash__  # a role equals its text; the hash of `Enum` is far slower


# Stored and citable, but searched only by a query that names the role.
HIDDEN_ROLES = frozenset({Role.BYLINE, Role.NOTE, Role.CREDIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text with an id and its properties; an unknown property is empty.

    Attributes:
        id: unique in an index, without white space at its ends.
        text: the whole text, which passages refer to by character offsets.
        title: the headline.
        authors: the names of the authors, in order.
        date: ISO 8601: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        place: the place the article was filed from.
        source: the agency or newspaper.
        url: the address of the article on the web.
        path: the article's file, relative to the root it was read from; empty if a program made
            the article.
        line: the line of the file, from 1, that is the whole article (JSON Lines); 0 if the whole
            file is the article.
        format: "text" or "markdown"; it decides how the text is split into passages.
        encoding: the encoding of the file; empty if a program made the article.
        metadata: further properties of any name, as JSON values.

    >>> from nutgraf import Article
    >>> article = Article(id="memo", text="Otters are back.", date="2020-01-10")
    >>> article.date, article.title
    ('2020-01-10', '')
    """

    id: str
    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    place: str = ""
    source: str = ""
    url: str = ""
    path: str = ""
    line: int = 0
    format: str = "text"
    encoding: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Passage(NamedTuple):
    """One paragraph of an article.

    Attributes:
        number: 1 for the article's first passage, in reading order; every block counts.
        role: the passage's role in the article.
        heading: the subhead it stands under; empty before the first subhead.
        start: the offset of its first character in the article's text.
        end: the offset after its last character.
        line: the line of the file, from 1, in which it starts.
        text: its text, `article.text[start:end]`.

    >>> from nutgraf import Article, split
    >>> article = Article(id="memo", text="  Otters are back.")
    >>> (passage,) = split(article)
    >>> passage.number, passage.start, article.text[passage.start : passage.end]
    (1, 2, 'Otters are back.')
    """

    number: int
    role: Role
    heading: str
    start: int
    end: int
    line: int
    text: str


class Subtree(NamedTuple):
    """An indexed file or folder: its path relative to a root, empty for the whole root."""

    root_name: str
    path: str
