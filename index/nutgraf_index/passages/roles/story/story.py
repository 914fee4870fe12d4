"""The roles of the blocks of the story: body, subheads, lists, and what stands between."""

import re

from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import STATED_ROLES, Draft
from nutgraf_index.passages.roles.forms import CLOSING_QUOTES, Form, bare, is_number, is_post
from nutgraf_index.passages.roles.story.lines import decide_lines, run_end
from nutgraf_index.passages.roles.story.page_numbers import decide_number
from nutgraf_index.passages.roles.story.results import (
    mark_dashes,
    mark_linked,
    mark_pictures,
    mark_repeated,
    mark_results,
)
from nutgraf_index.passages.roles.story.titles import are_links
from nutgraf_index.passages.roles.story.works import mark_works
from nutgraf_index.passages.roles.subheads import is_subhead
from nutgraf_index.passages.roles.zones import Zones
from nutgraf_index.passages.traits import Sign

__all__ = ["decide_story"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_HEADINGS = (_TITLE, _HEADING)
_LONGEST_SUBHEAD = 90  # characters
_LONGEST_ITEM = 140
_WORDS_IN_LABEL = 5
_NUMBER = re.compile(r"\(?\d{1,2}[.)][ \t\u00a0]")
_NEAR_HEAD = 8  # blocks between a numbered line and the next
_NUMBERED_HEADS = 2
_ABOVE_LONGER = 1.5  # times the line
_DASH_ITEM, _DASH = "_ ", int(Sign.DASH)
_NOT_POSTED = (Role.SUBHEAD, Role.RELATED, Role.LIST)  # what a post may look like


def decide_story(draft: Draft, zones: Zones) -> None:
    """Decide the roles of the blocks after the lead, up to the tail."""
    if zones.lead >= len(draft):
        return
    draft.set(zones.lead, Role.LEAD)
    kinds, forms, shapes, texts = draft.kinds, draft.forms, draft.shapes, draft.texts
    odd = {*draft.odd, *shapes}  # nearly all other blocks are body
    if draft.traits.heads[-1] & _DASH:
        odd.update([index for index, text in enumerate(texts) if text.startswith(_DASH_ITEM)])
    decided = zones.lead + 1  # the first block whose role is open
    opened: Role | None = None  # the role of a label above, whose lines follow
    authors = frozenset(map(str.casefold, zones.authors))
    is_page = zones.is_page
    numbers: list[int] = []
    for index in sorted(odd):
        if index < decided or index >= zones.tail:
            continue
        while opened and decided < index and _is_title_of(draft, decided, opened):
            draft.set(decided, opened)
            decided += 1
        if index > decided:
            opened = None
        kind, form = kinds[index], forms[index]
        shape = draft.shape(index, Zone.STORY) if index in shapes else None
        decided = index + 1
        if kind in STATED_ROLES:
            draft.set(index, STATED_ROLES[kind])
        elif index in draft.pictures:
            draft.set(index, Role.CAPTION)
        elif is_post(texts[index]):
            draft.set(index, Role.BODY)
            if draft.roles[index - 1] in _NOT_POSTED and kinds[index - 1] is _PARAGRAPH:
                draft.set(index - 1, Role.BODY)
        elif form is _ADDRESS and kind is _PARAGRAPH:
            is_handle = texts[index][0] == "@"
            draft.set(index, opened or (Role.FURNITURE if is_handle else Role.BODY))
        elif opened is Role.NOTE and shape and shape.role is Role.FURNITURE:
            draft.set(index, Role.NOTE)  # the number or address of a contact
        elif shape and _is_label_below(draft, index):
            draft.set(index - 1, Role.RELATED)
            draft.set(index, Role.RELATED)
        elif shape and _is_label_above(draft, zones, index):
            opened = Role.RELATED
            draft.set(index, opened)
        elif shape and shape.role is Role.CREDIT and _is_above_dateline(draft, index):
            draft.set(index, Role.BYLINE)  # the agency of the dispatch below it
        elif shape and not _goes_before(draft, zones, index, shape):
            draft.set(index, shape.role)
            opened = shape.role if draft.opens(index, shape, is_page=is_page) else None
        elif (index in draft.tags and not opened) or (
            is_page and kind is _PARAGRAPH and draft.is_page_word(index)
        ):
            draft.set(index, Role.FURNITURE)
        elif kind in _HEADINGS:
            draft.set(index, Role.SUBHEAD)
            opened = None
        elif index == zones.tail - 1 and (
            (index not in draft.links and draft.newsroom.bylines.read(texts[index]))
            or (form is not _PROSE and index not in draft.links and _is_posted(draft, index))
            or _is_dashed_name(draft, index)
        ):
            draft.set(index, Role.BYLINE)
        elif opened and (form is not _PROSE or kind is _ITEM):
            draft.set(index, opened)
        elif kind is _ITEM:
            heads = _heads_paragraphs(draft, index, zones.tail) or _stands_alone(
                draft, zones, index
            )
            draft.set(index, Role.SUBHEAD if heads else Role.LIST)
            opened = None
        elif form is _MARK:
            is_shown = texts[index][0] == "<" and texts[index - 1][-1] == ":"
            draft.set(index, Role.BODY if is_shown else Role.FURNITURE)
            if is_number(texts[index]):
                numbers.append(index)
        elif index == len(draft) - 1 and index in draft.links and len(texts[index].split()) <= 2:
            draft.set(index, Role.FURNITURE)
        elif form is _PROSE and not texts[index].startswith(_DASH_ITEM):
            opened = None
        else:
            decided = run_end(draft, index, zones.tail)
            decide_lines(draft, zones, authors, index, decided)
            opened = None
    while opened and decided < zones.tail and _is_title_of(draft, decided, opened):
        draft.set(decided, opened)
        decided += 1
    for index in numbers:
        decide_number(draft, zones, index)
    mark_works(draft, zones)
    mark_dashes(draft, zones)
    mark_linked(draft, zones)
    mark_pictures(draft, zones)
    mark_results(draft, zones)
    mark_repeated(draft, zones)


def _is_above_dateline(draft: Draft, index: int) -> bool:
    """Return whether a line without a year stands right above a paragraph with a dateline."""
    below = index + 1
    return (
        below < len(draft)
        and len(draft.texts[index].split()) <= _WORDS_IN_LABEL
        and not any(map(str.isdigit, draft.texts[index]))
        and draft.is_prose(below)
        and (draft.is_printed or draft.newsroom.datelines.read(draft.texts[below]) is not None)
    )


def _goes_before(draft: Draft, zones: Zones, index: int, shape: Shape) -> bool:
    """Return whether what a file states of a block goes before what its words look like.

    A heading or an item of a list may have the words of a menu: "Upcoming events", "home page".
    """
    if shape.role is Role.RELATED and draft.forms[index] is _PROSE:
        text = draft.texts[index]  # "Read more about her captain below."
        return text[-1] == "." and ":" not in text and index not in draft.linked
    if draft.kinds[index] in _HEADINGS:
        return shape.role in (Role.FURNITURE, Role.NOTE) and not zones.is_page
    around = draft.kinds[index - 1 : index + 2]
    if (
        around[:2] == [_ITEM, _ITEM]
        and not zones.is_page
        and draft.roles[index - 1] is Role.LIST
        and (around[2:] != [_ITEM] or index + 1 not in draft.shapes)
    ):
        return True
    return (
        draft.kinds[index] is _ITEM
        and around.count(_ITEM) > 1
        and shape.role is Role.FURNITURE
        and len(draft.texts[index].split()) <= _WORDS_IN_LABEL
        and not (draft.is_furniture(index - 1) and draft.is_furniture(index + 1))
    )


def _is_title_of(draft: Draft, index: int, opened: Role) -> bool:
    """Return whether a question with its answer under a label is the title of another story."""
    text = draft.texts[index]
    return (
        opened is Role.RELATED
        and len(text) <= _LONGEST_ITEM
        and ((text[-1].isalnum() and "? " in text) or text[-1] == "!")
        and ". " not in text
    )


def _is_label_below(draft: Draft, index: int) -> bool:
    """Return whether a block is a label below the title of another story, before a paragraph."""
    above = index - 1
    return (
        bare(draft.texts[index]).casefold() in draft.newsroom.labels_below
        and draft.kinds[above] is _PARAGRAPH
        and draft.roles[above] in (Role.BODY, Role.SUBHEAD, Role.RELATED)
        and len(draft.texts[above]) <= _LONGEST_ITEM
        and (draft.is_line(above) or draft.texts[above][-1].isalnum())
        and (index + 1 >= len(draft) or draft.forms[index + 1] is _PROSE)
    )


def _is_label_above(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a label between paragraphs has a few titles of other stories below it."""
    if bare(draft.texts[index]).casefold() not in draft.newsroom.labels_below:
        return False
    end = index + 1
    while (
        end < zones.tail
        and draft.is_line(end)
        and end not in draft.shapes
        and len(draft.texts[end].split()) > _WORDS_IN_LABEL
    ):
        end += 1
    return (
        (draft.is_prose(index - 1) or draft.is_furniture(index - 1))
        and end - index <= _NEAR_HEAD
        and end < zones.tail
        and (draft.is_prose(end) or draft.is_furniture(end))
        and are_links(draft, index + 1, end)
    )


def _is_posted(draft: Draft, index: int) -> bool:
    """Return whether a line below a text says who posted it: "Posted by Maja Orlo at 9:50 AM"."""
    imprint = draft.imprint(index)
    return bool(imprint and imprint.authors)


def _is_dashed_name(draft: Draft, index: int) -> bool:
    """Return whether a line is a dash and a name, which signs a text unless it quotes somebody."""
    text = draft.texts[index]
    name = text.lstrip("-–— ")
    above = draft.texts[index - 1]
    return (
        name != text and above[-1] not in CLOSING_QUOTES and draft.newsroom.imprints.is_name(name)
    )


def _heads_paragraphs(draft: Draft, index: int, tail: int) -> bool:
    """Return whether a numbered line heads paragraphs of its own."""
    text = draft.texts[index]
    return (
        len(text) <= _LONGEST_SUBHEAD
        and _NUMBER.match(text) is not None
        and (draft.forms[index] is not _PROSE or _is_numbered_head(draft, index))
        and index + 1 < tail
        and draft.is_prose(index + 1)
        and draft.kinds[index - 1] is not _ITEM
        and not draft.texts[index - 1].endswith(":")
    )


def _is_numbered_head(draft: Draft, index: int) -> bool:
    """Return whether a numbered sentence has a longer paragraph below it, and so has the next one.

    "4. Ask the captain." is one of several; an item of a list may have a paragraph below the list.
    """
    near = [
        other
        for other in range(max(index - _NEAR_HEAD, 1), min(index + _NEAR_HEAD + 1, len(draft) - 1))
        if draft.kinds[other] is _ITEM
        and _NUMBER.match(draft.texts[other])
        and draft.is_prose(other + 1)
        and draft.kinds[other - 1] is not _ITEM
        and len(draft.texts[other + 1]) > _ABOVE_LONGER * len(draft.texts[other])
    ]
    return len(near) >= _NUMBERED_HEADS and index in near


def _stands_alone(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a bulleted line stands alone between paragraphs, as some subheads do."""
    around = draft.kinds[index - 1 : index + 2]
    return (
        around == [_PARAGRAPH, _ITEM, _PARAGRAPH]
        and draft.forms[index] is _LINE
        and is_subhead(draft, zones, index, index + 1)
    )
