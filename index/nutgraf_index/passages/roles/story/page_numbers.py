"""Tells the numbers of pages, with the lines of their headers, from the numbers of tables."""

import re

from nutgraf_index.model import Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.forms import Form
from nutgraf_index.passages.roles.zones import Zones

__all__ = ["decide_number"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_LINES_IN_LIST = 3
_HEADER = 5  # lines of a page's header above or below its number
_PAGE = re.compile(r"[^\W\d]+ \d{1,4}")
_WORDS_IN_LABEL = 5


def decide_number(draft: Draft, zones: Zones, index: int) -> None:
    """Decide whether a number is that of a page, with the lines of its header, or of a table."""
    start, end = index, index + 1
    while start - 1 > zones.lead and _may_be_header(draft, start - 1) and index - start < _HEADER:
        start -= 1
    while end < zones.tail and _may_be_header(draft, end) and end - index <= _HEADER:
        end += 1
    lines = [near for near in range(start, end) if draft.forms[near] is _LINE]
    marks = [i for i in lines if _PAGE.fullmatch(draft.texts[i]) or draft.is_date(i)]
    if marks:
        # Beyond the number and what has the page or the date, the text goes on.
        for near in lines:
            if min(*marks, index) <= near <= max(*marks, index):
                draft.set(near, Role.FURNITURE)
    elif len(lines) >= 2 and end - start > _LINES_IN_LIST:
        draft.set(index, Role.LIST)


def _may_be_header(draft: Draft, index: int) -> bool:
    return (
        draft.forms[index] in (_LINE, _MARK)
        and draft.kinds[index] is _PARAGRAPH
        and len(draft.texts[index].split()) <= _WORDS_IN_LABEL
    )
