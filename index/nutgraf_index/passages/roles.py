"""The roles of an article's blocks: headline, byline, lead, body and so on."""

import re
from collections.abc import Mapping, Sequence

from nutgraf_index.analysis.languages.shape import Shape, Zone
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.passages.blocks import BlockKind
from nutgraf_index.passages.newsroom import Newsroom

__all__ = ["roles_of"]


# In Python 3.11 access to a member of an enum costs as much as a function call.
_HEADLINE, _BYLINE, _LEAD, _BODY, _SUBHEAD, _LIST, _NOTE, *_ = Role
_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN = BlockKind
_PROSE = (_BODY, _LIST)
_HEADINGS = (_TITLE, _HEADING)

_LONGEST_HEADLINE = 160  # characters
_LONGEST_SUBHEAD = 80
_LONGEST_IN_HEAD = 300  # characters; decks and key points are short
_BLOCKS_IN_HEAD = 10
_SENTENCES_IN_HEAD = 1  # blocks of prose: one is a deck, two are the story
_LINES_IN_HEADLINE = 3
_WORDS_IN_COMMON = 3  # of a title and a heading that goes on, or leaves off
_WORD = re.compile(r"\w+")
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
    """Return the role of each block.

    The blocks before the story are the head: headline, deck, byline, date. It ends at a dateline,
    or after a byline or date line; without these, an article has no head. In Markdown, the first
    heading of the first level is the headline; but below the head, if the title is known, only if
    it has the words of the title.

    Args:
        kinds: the kind of each block.
        texts: the text of each block.
        newsroom: the readers of the article's language.
        markdown: whether the text is Markdown, whose headings are marked.
        title: the article's title; empty if it is unknown.
    """
    shapes = newsroom.shapes.find(texts)
    furniture = {index: shape.role for index in shapes if (shape := _of_story(shapes[index]))}
    head_end, imprints = _head(kinds, texts, furniture, newsroom)
    last = len(kinds) - 1
    roles = [_BODY] * len(kinds)
    # Nearly all blocks are body; only these may have another role.
    candidates = {last, *furniture, *range(min(head_end, last) + 1)}
    if kinds.count(_PARAGRAPH) < len(kinds):
        candidates.update([index for index, kind in enumerate(kinds) if kind is not _PARAGRAPH])
    has_headline = False
    for index in sorted(candidates):
        kind, text = kinds[index], texts[index]
        if kind in _HEADINGS:
            is_first = kind is _TITLE and not has_headline
            is_headline = is_first and (index < head_end or _is_title(text, title))
            role = _HEADLINE if is_headline else _SUBHEAD
        else:
            role = furniture.get(index) or (_LIST if kind is _ITEM else _BODY)
            if kind is _HIDDEN:
                role = _NOTE
            elif index < head_end:
                role = imprints.get(index, role)
            elif index == last and newsroom.bylines.read(text):
                role = _BYLINE
            if index < head_end and role is _BODY:
                role = _in_head(text, newsroom, markdown=markdown)
            elif index == head_end and not (markdown or has_headline) and role in _PROSE:
                role = _HEADLINE if _is_headline(texts[index : index + 2], title) else role
        has_headline = has_headline or role is _HEADLINE
        roles[index] = role
    if not markdown and last > 1:
        for index in _subheads(kinds, texts, roles, start=head_end):
            roles[index] = _SUBHEAD
    _mark_lead(roles, texts)
    if HIDDEN_ROLES.issuperset(roles):  # an article of notes only: its notes are the story
        only_hidden = kinds.count(_HIDDEN) == len(kinds)
        roles = [
            _LEAD if role is _NOTE and (only_hidden or kind is not _HIDDEN) else role
            for kind, role in zip(kinds, roles, strict=True)
        ]
    return roles


def _head(
    kinds: Sequence[BlockKind],
    texts: Sequence[str],
    furniture: Mapping[int, Role],
    newsroom: Newsroom,
) -> tuple[int, dict[int, Role]]:
    """Return the number of blocks in the head, 0 for no head, and the roles of its imprints."""
    end = sentences = 0
    imprints: dict[int, Role] = {}
    opens, above = True, None
    for index, text in enumerate(texts[:_BLOCKS_IN_HEAD]):
        if newsroom.datelines.read(text):
            return index, imprints
        if kinds[index] is _HIDDEN:
            continue
        if len(text) > _LONGEST_IN_HEAD:
            if index not in furniture:
                break
            continue
        imprint = newsroom.imprints.read(text, opens=opens, above=above)
        opens, above = False, imprint
        if imprint and kinds[index] not in _HEADINGS:
            imprints[index] = _BYLINE if imprint.is_byline else _NOTE
            if imprint.date and index > 1 and newsroom.imprints.is_name(texts[index - 1]):
                imprints.setdefault(index - 1, _BYLINE)
        if imprint and (imprint.is_byline or not sentences):
            end = index + 1
        elif index in furniture:
            continue
        elif not (_is_display(text, _LONGEST_IN_HEAD) or _is_short(text)):
            sentences += 1
        if sentences > _SENTENCES_IN_HEAD:
            break
    # A byline without a story after it is the signature below a brief.
    is_story = any(index not in furniture for index in range(end, len(texts)))
    return end if is_story else 0, imprints


def _of_story(shapes: Sequence[Shape]) -> Shape | None:
    """Return the first shape that may stand anywhere; None without any."""
    return next((shape for shape in shapes if len(shape.zones) == len(Zone)), None)


def _in_head(text: str, newsroom: Newsroom, *, markdown: bool) -> Role:
    """Return the role of a block in the head: a note if it begins like a note.

    Otherwise it is headline or deck: in plain text a headline, in Markdown body.
    """
    in_head = [shape for shape in newsroom.shapes.of(text) if Zone.HEAD in shape.zones]
    if (
        in_head
        and in_head[0].role in (_BYLINE, _NOTE)
        and (_is_display(text, _LONGEST_SUBHEAD) or _is_short(text))
    ):
        return in_head[0].role
    return _BODY if markdown else _HEADLINE


def _is_title(text: str, title: str) -> bool:
    """Return whether a heading has the words of a title that is known, or begins with them."""
    if not title:
        return True
    known, words = _WORD.findall(title.casefold()), _WORD.findall(text.casefold())
    shorter = min(len(known), len(words))
    return known[:shorter] == words[:shorter] and (
        len(known) == len(words) or shorter >= _WORDS_IN_COMMON
    )


def _is_headline(texts: Sequence[str], title: str) -> bool:
    """Return whether the first block of a plain text without a head is its headline.

    `texts` are the first block and, if there is one, the second.
    """
    if title:
        folded, last_letter = title.casefold(), texts[0][-1].casefold()
        return folded.endswith(last_letter) and " ".join(texts[0].split()).casefold() == folded
    return (
        len(texts) > 1
        and _is_display(texts[0], _LONGEST_HEADLINE)
        and not _is_display(texts[1], _LONGEST_HEADLINE)
    )


def _subheads(
    kinds: Sequence[BlockKind], texts: Sequence[str], roles: Sequence[Role], *, start: int
) -> list[int]:
    """Return the indexes of subheads: short lines between paragraphs, after the first paragraph.

    A bulleted line beside a bulleted line is an item of a list. A single question is body, since
    stories ask questions; two or more may be subheads.
    """
    first = next((index for index in range(start, len(roles)) if roles[index] is _BODY), len(roles))
    short = [
        index
        for index, text in enumerate(texts)
        if len(text) <= _LONGEST_SUBHEAD
        and text[-1] not in _CLOSED
        and not (text[-1] in _CLOSING_QUOTES and text[0] in _OPENING_QUOTES)
    ]
    candidates = [
        index
        for index in short
        if first < index < len(roles) - 1
        and _is_display(texts[index], _LONGEST_SUBHEAD)
        and not _is_display(texts[index + 1], _LONGEST_SUBHEAD)
        and roles[index] in _PROSE
        and roles[index + 1] in _PROSE
        and "\n" not in texts[index]
    ]
    questions = sum(map(_is_question, texts)) if candidates else 0

    def is_prose(index: int) -> bool:
        is_item = kinds[index] is _ITEM
        in_list = is_item and _ITEM in (kinds[index - 1], kinds[index + 1])
        return in_list or (_is_question(texts[index]) and (is_item or questions < 2))

    return [index for index in candidates if not is_prose(index)]


def _is_display(text: str, longest: int) -> bool:
    """Return whether a text looks like a headline or subhead: short, and not ending a sentence."""
    if len(text) > longest or text[-1] in _CLOSED or text[0].islower():
        return False
    if text[-1] in _CLOSING_QUOTES and (
        text[0] in _OPENING_QUOTES or (text.rstrip(_CLOSING_QUOTES)[-1:] or ".") in _CLOSED
    ):
        return False
    return text.count("\n") + text.count("\r") < _LINES_IN_HEADLINE


def _is_short(text: str) -> bool:
    """Return whether a text is a line that no full stop ends."""
    return len(text) <= _LONGEST_SUBHEAD and text[-1] not in ".。…" and "\n" not in text


def _is_question(text: str) -> bool:
    return text[-1] in _QUESTION and _is_display(text, _LONGEST_SUBHEAD)


def _mark_lead(roles: list[Role], texts: Sequence[str]) -> None:
    """Give the role of lead to the first body passage that is not a picture."""
    for index, role in enumerate(roles):
        if role is _BODY and not texts[index].startswith("!["):
            roles[index] = _LEAD
            return
