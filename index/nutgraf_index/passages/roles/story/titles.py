"""Tells the titles of other stories, by words that the story has or has not."""

from collections.abc import Iterable

from nutgraf_index.analysis.languages.shape import Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.forms import OPENING_QUOTES, Form, words_of
from nutgraf_index.passages.roles.pages import share_told
from nutgraf_index.passages.roles.zones import Zones

__all__ = ["leads_away", "mark_last_titles", "role_of_rows"]

_WORDS_IN_TITLE = 7  # more than a subhead has mostly
_WORDS_IN_ROW = 5
_PARAGRAPHS_UNDER_SUBHEAD = 2
_SHARE_TOLD = 0.15
_LEAST_TOLD = 12  # words of the paragraphs
_MOST_ROWS = 12
_LEAST_TITLES = 3
_OPEN = (Role.BODY, Role.SUBHEAD, Role.LIST)


def leads_away(draft: Draft, index: int) -> bool:
    """Return whether a line between paragraphs of a page is the title of another story.

    It is as long as a title, and the paragraphs below it have none of its words.
    """
    text = draft.texts[index]
    return (
        not draft.markdown
        and draft.forms[index] is Form.LINE
        and len(text.split()) >= _WORDS_IN_TITLE
        and text[-1].isalnum()
        and not draft.has_speakers
        and draft.is_prose(index - 1)
        and _are_told_elsewhere(
            draft,
            [index],
            draft.words_told(range(index + 1, len(draft)), _PARAGRAPHS_UNDER_SUBHEAD),
        )
    )


def role_of_rows(draft: Draft, start: int, end: int) -> Role:
    """Return the role of lines between paragraphs of a page: titles, entries of a menu, or items.

    Titles of other stories and entries of menus have hardly a word of the story.
    """
    texts = draft.texts[start:end]
    is_likely = len(texts) <= _MOST_ROWS and all(map(_may_be_title, texts))
    if not (is_likely and _are_told_elsewhere(draft, range(start, end), draft.first_words)):
        return Role.LIST
    words = sum(draft.traits.words[start:end])
    return Role.RELATED if words >= _WORDS_IN_ROW * len(texts) else Role.FURNITURE


def mark_last_titles(draft: Draft, zones: Zones) -> None:
    """Decide that lines at the end of a text lead to other stories if they are titles of these."""
    if draft.markdown or draft.has_speakers:
        return
    found: list[int] = []
    for index in range(len(draft) - 1, zones.lead, -1):
        if (
            not draft.is_line(index)
            or draft.kinds[index] is not BlockKind.PARAGRAPH
            or draft.roles[index] not in _OPEN
        ):
            break
        found.append(index)
    titles = [
        index
        for index in found
        if len(draft.texts[index].split()) >= _WORDS_IN_ROW and draft.texts[index][-1] != ":"
    ]
    if (
        _LEAST_TITLES <= len(titles) <= len(found) <= _MOST_ROWS
        and 2 * len(titles) >= len(found)
        and all(_may_be_title(draft.texts[index]) for index in found)
        and _are_told_elsewhere(draft, titles, draft.first_words)
    ):
        for index in found:
            draft.set(index, Role.RELATED)


def _may_be_title(text: str) -> bool:
    """Return whether a line begins with a capital, a number or a quotation mark."""
    return not text[0].islower() and (text[0].isalnum() or text[0] in OPENING_QUOTES)


def _are_told_elsewhere(draft: Draft, lines: Iterable[int], told: frozenset[str]) -> bool:
    """Return whether paragraphs with such words have hardly a word of some lines."""
    words = [word for index in lines for word in words_of(draft.texts[index])]
    return len(told) >= _LEAST_TOLD and share_told(draft, words, told) <= _SHARE_TOLD
