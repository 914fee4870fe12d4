"""Tells results and figures with a label each from what speakers say."""

import re

from nutgraf_index.model import Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.layout.rows import is_picture_sign
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.zones import Zones
from nutgraf_index.passages.traits import Sign

__all__ = [
    "mark_dashes",
    "mark_linked",
    "mark_pictures",
    "mark_repeated",
    "mark_results",
    "mark_topics",
]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_LINES_IN_LIST = 3
_LONGEST_BUTTON = 64  # characters of a sentence on it
_LONGEST_RESULT = 200  # characters
_LONGEST_RESULT_LABEL = 50
_OPEN = (Role.BODY, Role.SUBHEAD, Role.LIST)  # roles that a list may take
_LIST_DASHES = "–—"
_TOPIC = re.compile(r"#\w[\w &'’-]{1,40}")
_COLON, _DASH = int(Sign.COLON), int(Sign.DASH)
_MAY_BE_PICTURE = int(Sign.OPENING | Sign.BEYOND)  # and a hash


def mark_dashes(draft: Draft, zones: Zones) -> None:
    """Decide that blocks with a dash each, below a line that ends with a colon, are a list.

    Conversations begin with a dash as well, and no such line stands above them.
    """
    if not draft.traits.heads[-1] & _DASH:
        return
    texts, kinds = draft.texts, draft.kinds
    decided = 0
    for index in range(zones.lead + 1, zones.tail):
        dash = texts[index][0]
        if index < decided or dash not in _LIST_DASHES or not texts[index - 1].endswith(":"):
            continue
        end = index
        while (
            end < zones.tail
            and texts[end][0] == dash
            and kinds[end] is _PARAGRAPH
            and draft.roles[end] in _OPEN
        ):
            end += 1
        decided = end
        if end - index >= _LINES_IN_LIST:
            for near in range(index, end):
                draft.set(near, Role.LIST)


def mark_pictures(draft: Draft, zones: Zones) -> None:
    """Decide that three or more blocks together that begin with a picture each are a list.

    Newsletters have flags, hands and tickets for bullets. One alone stands before a heading.
    """
    if not draft.traits.heads[-1] & _MAY_BE_PICTURE or not any(map(is_picture_sign, draft.heads)):
        return
    texts, kinds, roles = draft.texts, draft.kinds, draft.roles
    start = zones.lead + 1
    for index in range(start, zones.tail + 1):
        if (
            index < zones.tail
            and is_picture_sign(texts[index][0])
            and kinds[index] is _PARAGRAPH
            and roles[index] in _OPEN
        ):
            continue
        if start < index and draft.is_line(start) and roles[start] is Role.SUBHEAD:
            start += 1  # it heads the list
        if index - start >= _LINES_IN_LIST:
            for near in range(start, index):
                draft.set(near, Role.LIST)
        start = index + 1


def mark_repeated(draft: Draft, zones: Zones) -> None:
    """Decide that a short paragraph that stands three times in the story of a page is a button."""
    if not zones.is_page or len(draft.counts) == len(draft):
        return
    for index in range(zones.lead + 1, zones.tail):
        text = draft.texts[index]
        if (
            draft.roles[index] is Role.BODY
            and draft.counts[text] >= _LINES_IN_LIST
            and len(text) <= _LONGEST_BUTTON
            and draft.is_prose(index)
            and not draft.has_speakers
        ):
            draft.set(index, Role.FURNITURE)


def mark_topics(draft: Draft, zones: Zones) -> None:
    """Decide that three or more blocks together that are a hashtag each are topics of the page."""
    if not draft.traits.heads[-1] & _MAY_BE_PICTURE or "#" not in draft.heads:
        return
    texts = draft.texts
    start = zones.lead + 1
    for index in range(start, len(draft) + 1):
        if index < len(draft) and texts[index][0] == "#" and _TOPIC.fullmatch(texts[index]):
            continue
        if index - start >= _LINES_IN_LIST:
            for near in range(start, index):
                draft.set(near, Role.FURNITURE)
        start = index + 1


def mark_linked(draft: Draft, zones: Zones) -> None:
    """Decide that paragraphs that begin with a link each, right below a heading, are a list.

    Newsletters name so what others wrote or made.
    """
    decided = 0
    for index in sorted(draft.opened):
        if index <= max(zones.lead, decided - 1) or draft.roles[index - 1] is not Role.SUBHEAD:
            continue
        end = index
        while end in draft.opened and end < zones.tail and draft.roles[end] is Role.BODY:
            end += 1
        decided = end
        if end - index >= _LINES_IN_LIST:
            for near in range(index, end):
                draft.set(near, Role.LIST)


def mark_results(draft: Draft, zones: Zones) -> None:
    """Decide that blocks with a label each, and names or figures after it, are a list of results.

    Speakers say sentences after their labels, and speak again.
    """
    if not draft.traits.signs[-1] & _COLON:
        return
    rows = zip(draft.traits.signs, draft.traits.sizes, strict=True)
    likely = {
        index
        for index, (signs, size) in enumerate(rows)
        if signs & _COLON and size <= _LONGEST_RESULT
    }
    if len(likely) < _LINES_IN_LIST:
        return
    start = None
    for index in range(zones.lead + 1, zones.tail + 1):
        if index < zones.tail and index in likely and _is_result(draft, index):
            start = index if start is None else start
            continue
        if start is not None and index - start >= _LINES_IN_LIST:
            run = range(start, index)
            labels = {draft.texts[near].partition(":")[0] for near in run}
            if len(labels) == len(run):
                for near in run:
                    draft.set(near, Role.LIST)
        start = None


def _is_result(draft: Draft, index: int) -> bool:
    text = draft.texts[index]
    if text.find(":", 0, _LONGEST_RESULT_LABEL + 1) < 0 or len(text) > _LONGEST_RESULT:
        return False
    label, _, rest = text.partition(":")
    if not text[0].isalnum() or "\n" in label:
        return False
    if draft.kinds[index] is not _PARAGRAPH or draft.roles[index] not in (Role.BODY, Role.SUBHEAD):
        return False
    words = rest.split()
    small = sum(1 for word in words if word[0].islower())
    has_figure = any(map(str.isdigit, rest)) and not rest.endswith(".")
    return bool(words) and 2 * small < len(words) and ("," in rest or has_figure)
