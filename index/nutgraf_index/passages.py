"""`Article`, `Passage`, and `split`, which makes the second from the first. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from nutgraf_index.blocks import Block, Kind
from nutgraf_index.layout import plain_blocks
from nutgraf_index.markdown import markdown_blocks
from nutgraf_index.wire import apparatus, read_byline, read_dateline

__all__ = ["SILENT_ROLES", "Article", "Passage", "Role", "complete", "split"]

# A block longer than this is cut at sentence ends: nobody reads or cites 50 MB as a paragraph.
# The longest paragraphs of nineteenth-century novels stay whole.
_LONGEST_PASSAGE = 20_000
_SENTENCE_GAP = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|(?<=[。！？])")
_WHITE_SPACE = re.compile(r"\s+")
_WRITTEN = re.compile(r"\S")
_LONGEST_HEADLINE = 160
_LONGEST_SUBHEAD = 80


class Role(str, Enum):
    """What a passage is in its article."""

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


# Kept and citable, but found only by a query that asks for the role.
SILENT_ROLES = frozenset({Role.BYLINE, Role.NOTE, Role.CREDIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text with an id, and what is known of it.

    `date` is ISO 8601 (a year, month or day). `format` is "text" or "markdown". `path` names
    the file relative to the root it was read from, empty for articles made by a program.
    `line` is the line of its file that holds the whole article, as in JSON Lines; 0 where the
    article is the file. `metadata` keeps what the file said beyond these.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph of an article: `text == article.text[start:end]`.

    `number` counts all blocks from 1, `line` is where the passage starts in its file, from 1;
    `heading` is the subhead it stands under, empty before the first.
    """

    number: int
    role: Role
    heading: str
    start: int
    end: int
    line: int
    text: str


def split(article: Article) -> list[Passage]:
    """Split an article into its passages, in reading order.

    Only white space and markers (bullets, Markdown's `#`, `>` and rules) are left out. An
    article whose text is only white space has no passages. Time is linear in the text.
    """
    markdown = article.format == "markdown"
    text = article.text
    blocks = list(_cut(text, (markdown_blocks if markdown else plain_blocks)(text)))
    roles = (_markdown_roles if markdown else _plain_roles)(article, blocks)
    roles = _with_lead(roles)
    passages: list[Passage] = []
    heading = ""
    line, counted = 1, 0
    for number, (block, role) in enumerate(zip(blocks, roles, strict=True), start=1):
        line += len(re.findall(r"\r\n|\n|\r", text[counted : block.start]))
        counted = block.start
        words = text[block.start : block.end]
        passages.append(
            Passage(
                number=number,
                role=role,
                heading="" if role in _OUTSIDE_HEADINGS else heading,
                start=block.start,
                end=block.end,
                line=article.line or line,
                text=words,
            )
        )
        if role is Role.SUBHEAD:
            heading = " ".join(words.split())
    return passages


_OUTSIDE_HEADINGS = SILENT_ROLES | {Role.HEADLINE, Role.SUBHEAD, Role.CORRECTION, Role.RELATED}


def complete(article: Article, passages: Iterable[Passage]) -> Article:
    """Fill in what the file did not say of the article and its passages tell.

    The headline gives the title, the byline the authors, the dateline place, date and source.
    """
    title, authors, date = article.title, article.authors, article.date
    place, source = article.place, article.source
    for passage in passages:
        if passage.role is Role.HEADLINE:
            title = title or " ".join(passage.text.split())
        elif passage.role is Role.BYLINE and (byline := read_byline(passage.text)):
            authors = authors or byline.authors
            source = source or byline.source
        elif passage.role is Role.LEAD:
            if dateline := read_dateline(passage.text):
                place = place or dateline.place
                date = date or dateline.date
                source = source or dateline.source
            break
    return replace(article, title=title, authors=authors, date=date, place=place, source=source)


def _cut(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut blocks of more than `_LONGEST_PASSAGE` characters at sentence ends."""
    for block in blocks:
        start = block.start
        while block.end - start > _LONGEST_PASSAGE:
            cut, resume = _cutting_point(text, start, start + _LONGEST_PASSAGE)
            yield block._replace(start=start, end=cut)
            start = resume
        yield block._replace(start=start)


def _cutting_point(text: str, start: int, limit: int) -> tuple[int, int]:
    """Return where a piece ends and the next begins: a sentence end, a space, or the limit."""
    for gap in (_SENTENCE_GAP, _WHITE_SPACE):
        last = None
        for match in gap.finditer(text, start + _LONGEST_PASSAGE // 2, limit):
            last = match
        if last is not None:
            piece = text[start : last.end()].rstrip()
            written = _WRITTEN.search(text, last.end())
            return start + len(piece), written.start() if written else last.end()
    return limit, limit


def _markdown_roles(article: Article, blocks: list[Block]) -> list[Role]:
    roles: list[Role] = []
    for block in blocks:
        words = article.text[block.start : block.end]
        if block.kind is Kind.HIDDEN:
            roles.append(Role.NOTE)
        elif block.kind is Kind.HEADING:
            first = block.level == 1 and Role.HEADLINE not in roles
            roles.append(Role.HEADLINE if first else Role.SUBHEAD)
        else:
            roles.append(_role_by_words(words, block, before_story=Role.BODY not in roles))
    return roles


def _plain_roles(article: Article, blocks: list[Block]) -> list[Role]:
    roles: list[Role] = []
    for at, block in enumerate(blocks):
        words = article.text[block.start : block.end]
        role = _role_by_words(words, block, before_story=Role.BODY not in roles)
        if role in (Role.BODY, Role.LIST) and _is_headline(article, blocks, at):
            role = Role.HEADLINE
        elif role in (Role.BODY, Role.LIST) and _is_subhead(article, blocks, at, roles):
            role = Role.SUBHEAD
        roles.append(role)
    return roles


def _role_by_words(words: str, block: Block, *, before_story: bool) -> Role:
    if before_story and read_byline(words):
        return Role.BYLINE
    if found := apparatus(words):
        return Role(found)
    return Role.LIST if block.kind is Kind.ITEM else Role.BODY


def _with_lead(roles: list[Role]) -> list[Role]:
    """Make the first body passage the lead."""
    first = roles.index(Role.BODY) if Role.BODY in roles else len(roles)
    return [Role.LEAD if at == first else role for at, role in enumerate(roles)]


def _is_headline(article: Article, blocks: list[Block], at: int) -> bool:
    """Whether a plain text's first block is its headline."""
    if at or len(blocks) < 2:
        return False
    words = article.text[blocks[0].start : blocks[0].end]
    if article.title:
        return " ".join(words.split()).casefold() == article.title.casefold()
    after = article.text[blocks[1].start : blocks[1].end]
    return _is_display(words, _LONGEST_HEADLINE) and (
        read_byline(after) is not None
        or read_dateline(after) is not None
        or not _is_display(after, _LONGEST_HEADLINE)
    )


def _is_subhead(article: Article, blocks: list[Block], at: int, roles: list[Role]) -> bool:
    """Whether a short line between paragraphs heads what follows.

    A bulleted line with a bulleted neighbour is a list instead.
    """
    if Role.BODY not in roles or at + 1 == len(blocks):
        return False
    block, after = blocks[at], blocks[at + 1]
    if block.kind is Kind.ITEM and Kind.ITEM in (blocks[at - 1].kind, after.kind):
        return False
    words = article.text[block.start : block.end]
    following = article.text[after.start : after.end]
    return (
        _is_display(words, _LONGEST_SUBHEAD)
        and not _is_display(following, _LONGEST_SUBHEAD)
        and apparatus(following) is None
    )


def _is_display(words: str, longest: int) -> bool:
    """Whether words read as a headline or subhead: one short line that ends no sentence."""
    return (
        len(words) <= longest
        and "\n" not in words
        and "\r" not in words
        and (words[0].isupper() or words[0].isdigit() or words[0] in "\"'“‘")
        and words[-1] not in ".,;:!…\"'”’"
    )
