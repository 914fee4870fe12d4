"""Tells the titles of other stories, by words that the story has or has not."""

import re
from collections.abc import Iterable, Sequence

from nutgraf_index.model import Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.forms import OPENING_QUOTES, Form, words_of
from nutgraf_index.passages.roles.pages import share_of_stems
from nutgraf_index.passages.roles.subheads import is_bare_label
from nutgraf_index.passages.roles.zones import Zones

__all__ = ["are_links", "leads_away", "mark_last_titles", "role_of_rows"]

_WORDS_IN_TITLE = 7  # more than a subhead has mostly
_WORDS_IN_ROW = 5  # more than an entry of a menu has mostly
_LABEL_OR_FIGURE = re.compile(r"\d|\w: ")
_PARAGRAPHS_UNDER_SUBHEAD = 2
_SHARE_OF_STORY = 0.15
_LEAST_STEMS = 12  # words of the paragraphs
_MOST_ROWS = 12
_LEAST_TITLES = 3
_OPEN = (Role.BODY, Role.SUBHEAD, Role.LIST)


def leads_away(draft: Draft, index: int) -> bool:
    """Return whether a line between paragraphs of a page is the title of another story.

    It is one line, as long as a title, and the paragraphs below it have none of its words.
    """
    text = draft.texts[index]
    return (
        not draft.markdown
        and draft.forms[index] is Form.LINE
        and "\n" not in text
        and len(text.split()) >= _WORDS_IN_TITLE
        and text[-1].isalnum()
        and not draft.has_speakers
        and draft.is_prose(index - 1)
        and _have_other_words(
            draft,
            [index],
            draft.stems_of_prose(range(index + 1, len(draft)), _PARAGRAPHS_UNDER_SUBHEAD),
        )
    )


def are_links(draft: Draft, start: int, end: int) -> bool:
    """Return whether lines below "Read more" are titles of other stories, and no subhead.

    A line alone below it heads the paragraphs below, as in digests whose items each end with such
    a label, unless it is as long as a title and they have hardly a word of it.
    """
    return end - start > 1 or (
        end > start
        and len(draft.texts[start].split()) >= _WORDS_IN_TITLE
        and _have_other_words(
            draft, [start], draft.stems_of_prose(range(end, len(draft)), _PARAGRAPHS_UNDER_SUBHEAD)
        )
    )


def role_of_rows(draft: Draft, start: int, end: int) -> Role:
    """Return the role of lines between paragraphs of a page: titles, entries of a menu, or items.

    Titles of other stories and entries of menus have hardly a word of the story. Entries are
    shorter.
    """
    texts = draft.texts[start:end]
    is_likely = len(texts) <= _MOST_ROWS and _may_be_titles(texts)
    if not (is_likely and _have_other_words(draft, range(start, end), draft.first_words)):
        return Role.LIST
    words = draft.traits.words[start:end]
    if min(words) >= _WORDS_IN_TITLE:
        return Role.RELATED
    return Role.FURNITURE if sum(words) < _WORDS_IN_ROW * len(texts) else Role.LIST


def mark_last_titles(draft: Draft, zones: Zones) -> None:
    """Decide that lines at the end of a text lead to other stories if they are titles of these.

    Each is as long as a title, but for labels. So they are hardly ingredients or verses. A line may
    lead to them only as a label.
    """
    if draft.markdown or draft.has_speakers:
        return
    found: list[int] = []
    titles: list[int] = []
    for index in range(len(draft) - 1, zones.lead, -1):
        text = draft.texts[index]
        if (
            not draft.is_line(index)
            or draft.kinds[index] is not BlockKind.PARAGRAPH
            or draft.roles[index] not in _OPEN
        ):
            break
        if text[-1] != ":":
            titles.append(index)
        elif not is_bare_label(draft, text, index + 1):
            return  # "The winners are:"
        found.append(index)
    if (
        _LEAST_TITLES <= len(titles) <= len(found) <= _MOST_ROWS
        and all(len(draft.texts[index].split()) >= _WORDS_IN_TITLE for index in titles)
        and _may_be_titles([draft.texts[index] for index in titles])
        and _have_other_words(draft, titles, draft.first_words)
    ):
        for index in found:
            draft.set(index, Role.RELATED)


def _may_be_titles(texts: Sequence[str]) -> bool:
    """Return whether lines begin with a capital, a number or a quotation mark each.

    Lines that have a label or a figure each are results or a programme.
    """
    return all(
        not text[0].islower() and (text[0].isalnum() or text[0] in OPENING_QUOTES) for text in texts
    ) and not all(map(_LABEL_OR_FIGURE.search, texts))


def _have_other_words(draft: Draft, lines: Iterable[int], stems: frozenset[str]) -> bool:
    """Return whether some lines have hardly a word of paragraphs with such stems."""
    words = [word for index in lines for word in words_of(draft.texts[index])]
    return len(stems) >= _LEAST_STEMS and share_of_stems(draft, words, stems) <= _SHARE_OF_STORY
