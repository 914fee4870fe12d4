"""What an archive is made of: articles, their passages, and what a passage can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

__all__ = ["HIDDEN_ROLES", "Article", "Passage", "Role", "Subtree"]


class Role(StrEnum):
    """What a passage is in its article.

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

    __hash__ = str.__hash__  # that of the text it equals; an enum's own is far slower


# Kept and citable, but found only by a query that asks for the role.
HIDDEN_ROLES = frozenset({Role.BYLINE, Role.NOTE, Role.CREDIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text with an id, and what is known of it.

    `date` is ISO 8601 (a year, month or day). `format` is "text" or "markdown". `path` names
    the file relative to the root it was read from, empty for articles made by a program.
    `line` is the line of its file that holds the whole article, as in JSON Lines; 0 where the
    article is the file. `metadata` keeps what the file said beyond these.

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
    """One paragraph of an article: `text == article.text[start:end]`.

    `number` counts all blocks from 1, `line` is where the passage starts in its file, from 1;
    `heading` is the subhead it stands under, empty before the first.

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
    """A file or folder of the index: `path` within a root, the whole root where empty."""

    root_name: str
    path: str
