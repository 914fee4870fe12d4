"""The roles of an article's blocks: headline, byline, lead, body and so on.

The zones are found first, from the form of all blocks; then each zone decides its blocks. All rules
ask what a block does for the reader: words are those of the table of shapes of a language.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.newsroom import Newsroom
from nutgraf_index.passages.roles.draft import STATED_ROLES, Draft
from nutgraf_index.passages.roles.forms import PHONE, Form, bare
from nutgraf_index.passages.roles.head import decide_head
from nutgraf_index.passages.roles.lead import is_about_author
from nutgraf_index.passages.roles.story.results import mark_topics
from nutgraf_index.passages.roles.story.story import decide_story
from nutgraf_index.passages.roles.story.titles import mark_last_titles
from nutgraf_index.passages.roles.zones import Zones, zones_of

__all__ = ["Decision", "decide"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_HEADINGS = (_TITLE, _HEADING)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS_IN_LINKED = 4  # of a title under a label, among menus
_NEAR_STORY, _NEAR_RELATED = 12, 16  # blocks below it
_LINES_OF_CONTACT = 4  # below the name
_CONTACT = re.compile(r"\S@\S+\.\w|\d{3}[ .)-]{1,2}\d{3}")
_LINKS_AT_END = 2
_RANKS = frozenset(("1", "1.", "#1"))
_MOST_TITLES = 25  # of other stories below one label of a page
_MOST_LINKS = 8  # more are what the text is about
_LINES_OF_INDEX = 4  # at the end
_LINES_BELOW_PICTURE = 2
_WORDS_IN_CAPTION = 10
_MAY_BE_CAPTION = (Role.HEADLINE, Role.SUBHEAD, Role.NOTE, Role.FURNITURE, Role.BODY)
_BRACKETS = "]("
_QUOTES = '"“”«»'
_MOST_ITALICS, _LEAST_STORY = 3, 3  # paragraphs
_NAMES_IN_CREDIT = 3
_MOST_WRITERS = 3  # paragraphs at the end that may be about them
_NEAR_ITALICS = 2  # blocks: an answer and the next question
_STOPS = frozenset(".,:;!?")
# From end to end, and no quotation: that is of the story. "*Ferries* came before *Piers*" has words
# between its italics.
_ITALICS = re.compile(
    r"([_*])(?!\1)(?![\"'“‘])"
    r"(?!.*?[^\s_*]\1(?=[\s,;:.!?])(?!\s*(?:<br ?/?>)?\s*\1))"
    r".{40,}(?<!\1)\1",
    re.DOTALL,
)
_NEAR_PROSE = 2  # blocks between paragraphs
_LONGEST_TEASER = 320  # characters of a paragraph below the title of another story
_WORDS_IN_SENTENCE = 12
_ENDS = (".", "!", "?")
_AFTER_STOP = "*_)\"'”’» "


class Decision(NamedTuple):
    """The roles of an article's blocks.

    Attributes:
        roles: the role of each block.
        tail: the first block after the story; no heading reaches beyond it.
    """

    roles: list[Role]
    tail: int


def decide(
    kinds: Sequence[BlockKind],
    texts: Sequence[str],
    newsroom: Newsroom,
    *,
    markdown: bool,
    title: str,
) -> Decision:
    """Return the role of each block, and where the story ends.

    Exactly one block is the lead, unless all are hidden. Time is linear in the text.

    Args:
        kinds: the kind of each block.
        texts: the text of each block.
        newsroom: the readers of the article's language.
        markdown: whether the text is Markdown, whose headings are marked.
        title: the article's title; empty if it is unknown.
    """
    draft = Draft(kinds, texts, newsroom, markdown=markdown, title=title)
    zones = zones_of(draft)
    draft.story = range(zones.lead + 1, zones.tail)
    decide_head(draft, zones)
    decide_story(draft, zones)
    _decide_tail(draft, zones)
    mark_topics(draft, zones)
    _mark_captions(draft, zones)
    _mark_last_label(draft, zones)
    _mark_below_pictures(draft, zones)
    _mark_last_links(draft, zones)
    _mark_last_italics(draft, zones)
    mark_last_titles(draft, zones)
    _mark_writers(draft, zones)
    if Role.LEAD not in draft.roles and HIDDEN_ROLES.issuperset(draft.roles):
        draft.set(_lead_of_notes(draft), Role.LEAD)
    return Decision(draft.roles, zones.tail)


def _decide_tail(draft: Draft, zones: Zones) -> None:
    """Decide the roles of the blocks after the story."""
    size = len(draft)
    start = max(zones.tail, zones.lead + 1)
    has_page = zones.has_footer
    is_open: Role | None = None
    rows = 0  # blocks below the label that is open
    for index in range(start, size):
        kind, form, text = draft.kinds[index], draft.forms[index], draft.texts[index]
        shape = draft.shape(index, Zone.TAIL)
        rows = rows + 1 if is_open else 0
        if has_page and is_open is Role.RELATED and index not in draft.shapes:
            # A line in capitals is the label of another row, and so many titles have another one.
            is_open = None if text.isupper() or rows > _MOST_TITLES else is_open
        if shape is None and has_page and index < start + _NEAR_STORY and form is _PROSE:
            # Many blocks of the page may stand below a sentence about the writer.
            shapes = draft.newsroom.shapes.of(text)
            shape = next((one for one in shapes if Zone.TAIL in one.zones), None)
        if has_page and form is _MARK and is_open is Role.RELATED and text in _RANKS:
            # The most read stories have a number each.
            is_open = Role.FURNITURE
            if draft.roles[index - 1] is Role.RELATED:
                draft.set(index - 1, is_open)
        if kind in STATED_ROLES:
            draft.set(index, STATED_ROLES[kind])
        elif index in draft.pictures:
            draft.set(index, Role.CAPTION)
        elif form is _ADDRESS and (kind is _ITEM or not has_page) and _is_led(draft, index):
            is_list = (
                draft.roles[index - 1] is Role.LIST
                or _ADDRESS in draft.forms[index + 1 : index + 2]
            )
            draft.set(index, Role.LIST if is_list else Role.BODY)
        elif draft.is_page_line(index):
            draft.set(index, Role.NOTE)
        elif draft.is_mail and draft.is_of_sender(index):
            draft.set(index, Role.BYLINE)
        elif draft.is_desk(index) or (
            has_page
            and index in draft.dated_rows
            and (shape is None or shape.role is Role.NOTE)
            and is_open is not Role.RELATED
        ):
            draft.set(index, Role.FURNITURE)
        elif (
            is_open is Role.NOTE
            and shape
            and shape.role is Role.FURNITURE
            and (not has_page or (draft.roles[index - 1] is Role.NOTE and PHONE.search(text)))
        ):
            draft.set(index, Role.NOTE)  # the number or address of a contact
        elif shape and (
            not has_page
            or shape.role in (Role.CAPTION, Role.CREDIT, Role.RELATED)
            or (shape.role is Role.NOTE and shape.opens)
            or len(text.split()) >= _WORDS_IN_LINKED
        ):
            # Far below the story, other stories are those of the page.
            is_far = has_page and shape.role is Role.RELATED and index - start > _NEAR_RELATED
            role = Role.FURNITURE if is_far else shape.role
            draft.set(index, role)
            opens = shape.opens and _is_label(draft, index)
            if role is Role.NOTE and draft.has_many(index):
                opens = False
            is_open = role if opens else None
        elif draft.is_index(index) and index > size - _LINES_OF_INDEX:
            draft.set(index, Role.NOTE)
        elif form in (_MARK, _ADDRESS):
            is_empty = index in draft.links and index not in draft.pictures
            draft.set(index, Role.FURNITURE if is_empty else is_open or Role.FURNITURE)
        elif (
            is_open
            and draft.is_line(index)
            and (
                not has_page
                or len(text.split()) >= _WORDS_IN_LINKED
                or (is_open is draft.roles[index - 1] is Role.NOTE and _is_contact(draft, index))
            )
        ):
            draft.set(index, is_open)
        elif index == size - 1 and not has_page and draft.newsroom.bylines.read(text):
            draft.set(index, Role.BYLINE)
        elif has_page and (
            form is not _PROSE or _is_teaser(draft, index) or _is_in_frame(draft, start, index)
        ):
            draft.set(index, Role.FURNITURE)
        elif kind in _HEADINGS:
            draft.set(index, Role.SUBHEAD)
        elif kind is _ITEM:
            draft.set(index, Role.LIST)
        else:
            draft.set(index, Role.BODY)
            is_open = None


def _is_teaser(draft: Draft, index: int) -> bool:
    """Return whether a paragraph below the story of a page sums up another one, or has no sentence.

    The title of the other story stands right above it; else a sentence is of this story.
    """
    text, above = draft.texts[index], index - 1
    if len(text) > _LONGEST_TEASER or index in draft.opened:
        return len(text) <= _LONGEST_TEASER
    end = text.rstrip(_AFTER_STOP)
    is_cut = not end.endswith(_ENDS) or end.endswith("...")
    return (
        is_cut
        or len(text.split()) < _WORDS_IN_SENTENCE
        or (
            draft.is_line(above)
            and not draft.is_furniture(above)
            and len(draft.texts[above].split()) >= _WORDS_IN_LINKED
        )
    )


def _is_in_frame(draft: Draft, start: int, index: int) -> bool:
    """Return whether a paragraph below the story of a page is far from it, among short lines."""
    around = (
        draft.forms[index - _NEAR_PROSE : index] + draft.forms[index + 1 : index + 1 + _NEAR_PROSE]
    )
    return index - start >= _NEAR_STORY and _PROSE not in around


def _is_label(draft: Draft, index: int) -> bool:
    """Return whether a block is nothing but a label: "WATCH: Ferries leave" has its title."""
    text = bare(draft.texts[index])
    return ":" not in text[:-1] or len(text.partition(":")[2].split()) < _WORDS_IN_LINKED


def _is_led(draft: Draft, index: int) -> bool:
    """Return whether a sentence with a colon, or an address that it leads, is above an address."""
    above = index - 1
    if draft.forms[above] is _ADDRESS:
        return draft.roles[above] is Role.LIST
    return draft.roles[above] in (Role.BODY, Role.LEAD) and draft.texts[above].endswith(":")


def _mark_last_links(draft: Draft, zones: Zones) -> None:
    """Decide that links alone at the end of a text of Markdown, without a heading, are furniture.

    "Original release", "Short version" and the like: a feed adds them.
    """
    if not draft.linked:
        return
    found: list[int] = []
    has_words = False  # whether words among them say that they are furniture
    for index in range(len(draft) - 1, zones.lead, -1):
        role = draft.roles[index]
        if index in draft.pictures or draft.forms[index] is _MARK or role is Role.FURNITURE:
            has_words = has_words or index in draft.shapes
            continue
        is_linked = index in draft.links or (draft.is_line(index) and index in draft.linked)
        if not is_linked or role in (Role.CREDIT, Role.RELATED):
            break
        found.append(index)
    above = found[-1] - 1 if found else 0
    if not _LINKS_AT_END <= len(found) <= _MOST_LINKS or draft.roles[above] in (
        Role.SUBHEAD,
        Role.RELATED,
    ):
        return
    if draft.texts[above].endswith(":") or (
        _ITEM in map(draft.kinds.__getitem__, found) and not has_words
    ):
        return
    for index in found:
        draft.set(index, Role.FURNITURE)


def _mark_last_italics(draft: Draft, zones: Zones) -> None:
    """Decide that a paragraph in italics at the end of a text of Markdown is a note.

    It tells of the writer, or of a series: "_Maja Orlo sails the ferries of Lindholm._" So it has a
    name, or the words of a note. One that names several persons is a credit.
    """
    if not draft.markdown:
        return
    found: list[int] = []
    for index in range(len(draft) - 1, zones.lead, -1):
        if draft.roles[index] in HIDDEN_ROLES or draft.forms[index] is _MARK:
            continue
        if (
            draft.roles[index] is not Role.BODY
            or draft.kinds[index] is not _PARAGRAPH
            or not _ITALICS.fullmatch(draft.texts[index])
            or not (_has_name(draft.texts[index]) or draft.shape(index, Zone.TAIL))
        ):
            break
        found.append(index)
    first = min(found, default=len(draft))
    if any(_is_in_italics(draft, i) for i in range(max(zones.lead, first - _NEAR_ITALICS), first)):
        return  # an answer or a quotation goes on
    story = sum(1 for index in range(zones.lead, len(draft)) if draft.is_prose(index))
    if len(found) <= _MOST_ITALICS and story - len(found) >= _LEAST_STORY:
        is_name = draft.newsroom.imprints.is_name
        for index in found:
            pieces = draft.texts[index].replace("\n", " ").split(",")
            names = sum(is_name(piece.strip()) for piece in pieces)
            draft.set(index, Role.CREDIT if names >= _NAMES_IN_CREDIT else Role.NOTE)


def _mark_writers(draft: Draft, zones: Zones) -> None:
    """Decide that last paragraphs that begin with the name of an author are notes on writers."""
    if not zones.authors:
        return
    prose = 0
    for index in range(len(draft) - 1, zones.lead, -1):
        if draft.roles[index] is not Role.BODY or not draft.is_prose(index):
            continue
        prose += 1
        if is_about_author(draft, index, zones.imprints):
            draft.set(index, Role.NOTE)
        elif prose >= _MOST_WRITERS:
            break


def _is_in_italics(draft: Draft, index: int) -> bool:
    """Return whether a paragraph of the story is in italics, which may be a quotation."""
    text = draft.texts[index]
    return (
        draft.roles[index] is Role.BODY
        and draft.is_prose(index)
        and text[0] in "_*"
        and text[-1] == text[0] != text[1]
    )


def _has_name(text: str) -> bool:
    """Return whether a word with a capital stands within a sentence."""
    return any(
        (before[-1].isalnum() or before[-1] in ",;") and word[0].isupper() and word[1:2].islower()
        for before, word in pairwise(text.split())
    )


def _lead_of_notes(draft: Draft) -> int:
    """Return the block that stands for the story of an article without any: its first sentence."""
    shown = [i for i, kind in enumerate(draft.kinds) if kind is not _HIDDEN] or range(len(draft))
    notes = [i for i in shown if draft.roles[i] is Role.NOTE] or shown
    return next((i for i in notes if draft.forms[i] is _PROSE), notes[0])


def _mark_last_label(draft: Draft, zones: Zones) -> None:
    """Decide that a label at the end of a text, with nothing below it, is furniture."""
    last = len(draft) - 1
    text = bare(draft.texts[last])
    if (
        last > zones.lead
        and text.endswith(":")
        and len(text.split()) < _WORDS_IN_LINKED
        and draft.roles[last] in (Role.BODY, Role.SUBHEAD)
    ):
        draft.set(last, Role.FURNITURE)


def _mark_captions(draft: Draft, zones: Zones) -> None:
    """Decide that what stands right above the credit of a picture is its caption."""
    likely = (Role.BODY, Role.HEADLINE, Role.SUBHEAD)
    for below in draft.shapes:
        index = below - 1
        if (
            index >= 0
            and below < zones.tail
            and draft.roles[below] in (Role.CREDIT, Role.CAPTION)
            and draft.roles[index] in likely
            and draft.kinds[index] is _PARAGRAPH
            and index not in draft.titles
            and draft.texts[index][-1] != ":"
            and draft.is_captioned(index)
            and (
                index < zones.lead
                or draft.is_line(index)
                or draft.texts[index][-1].isalnum()
                or (_YEAR.search(draft.texts[index]) and draft.roles[below + 1] is Role.BODY)
                or _is_in_gallery(draft, index)
                or (draft.counts[draft.texts[index]] > 1 and not _has_quotes(draft, index))
            )
        ):
            draft.set(index, Role.CAPTION)


def _mark_below_pictures(draft: Draft, zones: Zones) -> None:
    """Decide that a short line right below a picture of Markdown is its caption, or its credit."""
    for picture in sorted(draft.pictures):
        if not zones.headline <= picture < zones.tail:
            continue
        index = picture + 1
        for below in range(index, min(index + _LINES_BELOW_PICTURE, len(draft))):
            text = draft.texts[below]
            words = text.split()
            if (
                draft.roles[below] not in _MAY_BE_CAPTION
                or draft.kinds[below] is not _PARAGRAPH
                or draft.is_title(below)
                or below in draft.shapes
                or below in draft.linked
                or _BRACKETS in text
                or len(words) > _WORDS_IN_CAPTION
                or text[-1] in ",:"  # "Dear captains,", "It writes:"
                or (draft.forms[below] is not _LINE and len(words) > 1)
            ):
                break
            is_credit = below == index and all(word[0].isupper() for word in words)
            is_credit = is_credit and len(words) <= _WORDS_IN_LINKED and text[-1] not in _STOPS
            draft.set(below, Role.CREDIT if is_credit else Role.CAPTION)


def _is_in_gallery(draft: Draft, index: int) -> bool:
    """Return whether a paragraph is one of several that stand between the credits of pictures."""
    return any(
        0 <= other < len(draft)
        and draft.roles[other] is Role.CREDIT
        and draft.texts[other] != draft.texts[index + 1]
        for other in (index - 1, index + 3)
    ) and not _has_quotes(draft, index)


def _has_quotes(draft: Draft, index: int) -> bool:
    return any(map(draft.texts[index].__contains__, _QUOTES))


def _is_contact(draft: Draft, index: int) -> bool:
    """Return whether a telephone number or a mail address stands near below a line."""
    below = draft.texts[index + 1 : index + 1 + _LINES_OF_CONTACT]
    return any(map(_CONTACT.search, below))
