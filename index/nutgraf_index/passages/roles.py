"""What each block of an article is: headline, byline, lead, body and so on."""

from collections.abc import Mapping, Sequence

from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.passages.blocks import BlockKind
from nutgraf_index.passages.newsroom import Newsroom

__all__ = ["roles_of"]


# Python 3.11 takes as long to look up a member of an enum as to call a function.
_HEADLINE, _BYLINE, _LEAD, _BODY, _SUBHEAD, _LIST, _NOTE, *_ = Role
_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN = BlockKind
_PROSE = (_BODY, _LIST)
_HEADINGS = (_TITLE, _HEADING)

_LONGEST_HEADLINE = 160
_LONGEST_SUBHEAD = 80
_LONGEST_IN_HEAD = 300  # decks and key points are short
_BLOCKS_IN_HEAD = 10
_SENTENCES_IN_HEAD = 1  # a deck; two of them are a story already
_LINES_IN_HEADLINE = 3
_OPENING_QUOTES = "\"'“‘«"
_CLOSING_QUOTES = "\"'”’»"
_CLOSED = frozenset(".,;:!…。！，、；：।،؛")
_QUESTION = "?？؟"


def roles_of(
    kinds: Sequence[BlockKind],
    texts: Sequence[str],
    newsroom: Newsroom,
    *,
    markdown: bool,
    title: str,
) -> list[Role]:
    """Return the role of each block; `texts` are their words, `title` the title if known.

    The head comes first (headline, deck, byline, date) if a byline or a dateline tells where it
    ends, or in Markdown a heading of the first level.
    """
    found = newsroom.furniture.roles(texts)
    head = _head_end(kinds, texts, found, newsroom)
    last = len(kinds) - 1
    roles = [_BODY] * len(kinds)
    # All others are body passages, as nearly all are.
    asked = {last, *found, *range(min(head, last) + 1)}
    if kinds.count(_PARAGRAPH) < len(kinds):
        asked.update([at for at, kind in enumerate(kinds) if kind is not _PARAGRAPH])
    headed = False
    for at in sorted(asked):
        kind, words = kinds[at], texts[at]
        if kind in _HEADINGS:
            role = _SUBHEAD if headed or kind is not _TITLE else _HEADLINE
        else:
            in_head = at < head or at == last
            role = _by_words(kind, words, found.get(at), newsroom if in_head else None)
            if at < head and role is _BODY:
                role = _in_head(words, newsroom, markdown=markdown)
            elif at == head and not (markdown or headed) and role in _PROSE:
                role = _HEADLINE if _is_headline(texts[at : at + 2], title) else role
        headed = headed or role is _HEADLINE
        roles[at] = role
    if not markdown and last > 1:
        for at in _subheads(kinds, texts, roles, start=head):
            roles[at] = _SUBHEAD
    _mark_lead(roles, texts)
    if HIDDEN_ROLES.issuperset(roles):  # a story that begins with a note is a story
        roles = [
            _LEAD if role is _NOTE and kind is not _HIDDEN else role
            for kind, role in zip(kinds, roles, strict=True)
        ]
    return roles


def _head_end(
    kinds: Sequence[BlockKind],
    texts: Sequence[str],
    found: Mapping[int, Role],
    newsroom: Newsroom,
) -> int:
    """Return how many blocks stand before the story, by its dateline or byline; 0 if not told."""
    end = sentences = 0
    for at, words in enumerate(texts[:_BLOCKS_IN_HEAD]):
        if newsroom.datelines.read(words):
            return at
        if kinds[at] is _HIDDEN or at in found:
            continue
        if newsroom.bylines.read(words) or (
            not sentences and newsroom.datelines.read_date_line(words)
        ):
            end = at + 1
        elif not _is_display(words, _LONGEST_IN_HEAD):
            sentences += 1
        if sentences > _SENTENCES_IN_HEAD or len(words) > _LONGEST_IN_HEAD:
            break
    # With no story after it, the byline signs a brief at its end.
    return 0 if all(at in found for at in range(end, len(texts))) else end


def _by_words(kind: BlockKind, words: str, found: Role | None, head: Newsroom | None) -> Role:
    """Return the role of a block; `head` reads bylines where the block is in the head."""
    if kind is _HIDDEN:
        return _NOTE
    if head and head.bylines.read(words):
        return _BYLINE
    return found or (_LIST if kind is _ITEM else _BODY)


def _in_head(words: str, newsroom: Newsroom, *, markdown: bool) -> Role:
    """Tell headline and decks from lines that say when and for whom."""
    about = words.strip("*_ \t").casefold()
    signed = about.startswith(newsroom.head_notes)
    if newsroom.datelines.read_date_line(words) or (
        signed and _is_display(words, _LONGEST_SUBHEAD)
    ):
        return _NOTE
    return _BODY if markdown else _HEADLINE


def _is_headline(texts: Sequence[str], title: str) -> bool:
    """Whether a plain text's first block is its headline though no byline or dateline follows."""
    if title:
        folded, last = title.casefold(), texts[0][-1].casefold()
        return folded.endswith(last) and " ".join(texts[0].split()).casefold() == folded
    return (
        len(texts) > 1
        and _is_display(texts[0], _LONGEST_HEADLINE)
        and not _is_display(texts[1], _LONGEST_HEADLINE)
    )


def _subheads(
    kinds: Sequence[BlockKind], texts: Sequence[str], roles: Sequence[Role], *, start: int
) -> list[int]:
    """Return where short lines between paragraphs head what follows.

    A bulleted line with a bulleted neighbour is a list instead; a question asks for a second one,
    since stories ask questions too.
    """
    first = next((at for at in range(start, len(roles)) if roles[at] is _BODY), len(roles))
    short = [
        at
        for at, words in enumerate(texts)
        if len(words) <= _LONGEST_SUBHEAD
        and words[-1] not in _CLOSED
        and not (words[-1] in _CLOSING_QUOTES and words[0] in _OPENING_QUOTES)
    ]
    found = [
        at
        for at in short
        if first < at < len(roles) - 1
        and _is_display(texts[at], _LONGEST_SUBHEAD)
        and not _is_display(texts[at + 1], _LONGEST_SUBHEAD)
        and roles[at] in _PROSE
        and roles[at + 1] in _PROSE
        and "\n" not in texts[at]
    ]
    questions = sum(map(_is_question, texts)) if found else 0

    def is_other(at: int) -> bool:
        item = kinds[at] is _ITEM
        listed = item and _ITEM in (kinds[at - 1], kinds[at + 1])
        return listed or (_is_question(texts[at]) and (item or questions < 2))

    return [at for at in found if not is_other(at)]


def _is_display(words: str, longest: int) -> bool:
    """Whether words read as a headline or subhead: short, and no end of a sentence."""
    if len(words) > longest or words[-1] in _CLOSED or words[0].islower():
        return False
    if words[-1] in _CLOSING_QUOTES and (
        words[0] in _OPENING_QUOTES or (words.rstrip(_CLOSING_QUOTES)[-1:] or ".") in _CLOSED
    ):
        return False
    return words.count("\n") + words.count("\r") < _LINES_IN_HEADLINE


def _is_question(words: str) -> bool:
    return words[-1] in _QUESTION and _is_display(words, _LONGEST_SUBHEAD)


def _mark_lead(roles: list[Role], texts: Sequence[str]) -> None:
    """Make the first body passage the lead; a picture is none."""
    for at, role in enumerate(roles):
        if role is _BODY and not texts[at].startswith("!["):
            roles[at] = _LEAD
            return
