"""The roles of passages, and the shapes by which their words tell them."""

from enum import StrEnum
from typing import NamedTuple

__all__ = ["ANYWHERE", "HIDDEN_ROLES", "Role", "Shape", "Zone"]


class Role(StrEnum):
    r"""The role of a passage in its article.

    Queries filter by it (`role:lead`). A byline, a note, a credit, a link to another article and
    furniture are found only by a query that names their role.

    - HEADLINE: the headline; in plain text also a deck, a short line between headline and story.
    - BYLINE: who wrote the article.
    - LEAD: the first paragraph of the story.
    - BODY: any other paragraph.
    - SUBHEAD: the heading of the passages after it.
    - LIST: an item of a list.
    - NOTE: an editor's note, a date line, front matter, a header block, a comment.
    - CORRECTION: a correction or clarification.
    - CREDIT: who reported, edited or photographed; copyright.
    - RELATED: a link to another article.
    - CAPTION: the description of a picture, chart or video.
    - FURNITURE: what belongs to the page and not to the article, such as adverts and menus.

    >>> from nutgraf import Article, Role, split
    >>> memo = Article(id="memo", text="By Ann Lee\n\nOtters are back.")
    >>> [passage.role for passage in split(memo)]
    [<Role.BYLINE: 'byline'>, <Role.LEAD: 'lead'>]
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
    CAPTION = "caption"
    FURNITURE = "furniture"

    __hash__ = str.__hash__  # a role equals its text; the hash of `Enum` is far slower


# Stored and citable, but searched only by a query that names the role.
HIDDEN_ROLES = frozenset({Role.BYLINE, Role.NOTE, Role.CREDIT, Role.RELATED, Role.FURNITURE})


class Zone(StrEnum):
    """A part of an article: above its story, the story, or after it."""

    HEAD = "head"
    STORY = "story"
    TAIL = "tail"


ANYWHERE = tuple(Zone)


class Shape(NamedTuple):
    """A row of the table of shapes: how a passage of a role may read, from end to end.

    A passage is compared without emphasis, addresses of links, and the brackets and bullets around
    it; white space counts as one blank, and quotation marks are straight. Case is ignored, except
    where a pattern says otherwise.

    `begins`, `ends` and `within` are plain texts in lower case, parted by bars. Few passages have
    such a text, so nearly all are dismissed without a regular expression. A row has one of the
    three, or is `named`, which may have `within`, too; the rows without any are for short lines
    that begin with no letter.

    Attributes:
        role: the role of a passage of this shape.
        pattern: a regular expression for what follows `begins`, or stands before `ends`, or for the
            whole passage if the row has neither. Closing punctuation may follow. `{name}` stands
            for a name, `{fullname}` for one of two words or more, `{names}` for several, `{agency}`
            for the name of an agency.
        example: an invented passage of this shape.
        begins: the words that open the passage.
        ends: the words that close it.
        within: texts of which one is somewhere in it; each costs time in every article, unless the
            passage begins with a full name.
        named: whether it begins with a full name. Such a passage is looked for only among the first
            and the last blocks of an article.
        newcomer: whether no other paragraph of the article has the name that it begins with.
        zones: where in an article such a passage may stand.
        longest: the most characters of such a passage.
        opens: whether the lines after it belong to it, such as the titles under "Read more:".
        names_only: whether it has no other words than names and `NewsroomWords.credit_words`.
        marked: whether it stands in brackets or in emphasis, from end to end.
    """

    role: Role
    pattern: str
    example: str
    begins: str = ""
    ends: str = ""
    within: str = ""
    named: bool = False
    newcomer: bool = False
    zones: tuple[Zone, ...] = ANYWHERE
    longest: int = 400
    opens: bool = False
    names_only: bool = False
    marked: bool = False
