"""The roles of runs of lines between paragraphs: subheads, items without a mark, signatures."""

import re

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import LONG_CAPITALS, Draft
from nutgraf_index.passages.roles.forms import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    PHONE,
    Form,
    bare,
    is_post,
    is_speech,
)
from nutgraf_index.passages.roles.story.titles import leads_away, role_of_rows
from nutgraf_index.passages.roles.subheads import (
    heads_list,
    is_bare_label,
    is_bold_label,
    is_picture_credit,
    is_portrait,
    is_subhead,
)
from nutgraf_index.passages.roles.zones import Zones
from nutgraf_index.passages.traits import Sign

__all__ = ["decide_lines", "run_end"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_LONGEST_ITEM = 140
_LONGEST_LED = 320  # below a line with a colon
_LINES_IN_LIST = 3
_HEADINGS_IN_PRINT = 3
_LETTERS_IN_HEADING = 6
_SMALL_WORDS = 4  # of a paragraph that ends in another column
_WRITTEN = 0.7  # share of letters in a line of a heading
_SAID = (",”", ',"', "!”", '!"')  # before who says so
_NO_TITLE_ENDS = frozenset(".!,;:")
_OPEN_ENDS = frozenset(",;-–—&")
_WORDS_IN_FRAME = 3
_WORDS_IN_CAPITALS = 4
_OFTEN = 4  # times a line that is no name
_LONGEST_RUN = 40  # lines whose words are looked at
_LINES_OF_SIGNATURE = 4
_WORDS_IN_OFFICE = 8
_WORDS_IN_GREETING = 4  # "Sincerely,"
_BLANKS_IN_SUBHEAD = 2  # between its words
_DASH_ITEM = "_ "
_POST_DASHES = "-–—"
_DIGIT, _COLON = int(Sign.DIGIT), int(Sign.COLON)
_CAPITAL_LABEL = re.compile(r"[^\W\d_a-z][^\Wa-z]*(?:[ -][^\Wa-z]+){0,4}: \S")
_LETTERHEAD_MARKS = re.compile(r" [•·|∙●▪\uf0b7] ")
_PIECES_OF_LETTERHEAD = 3
_GLUED_LABEL = re.compile(r"([^\W\d_][^:.!\n]{1,60}[^\W\d]):[^\W\d_a-z][^\W\d]*\b[^:]*[^:.,;\s]$")


def run_end(draft: Draft, start: int, tail: int) -> int:
    """Return the index after a run of lines that no shape explains."""
    kinds, forms, shapes = draft.kinds, draft.forms, draft.shapes
    end = start + 1
    while (
        end < tail
        and (forms[end] is _LINE or forms[end] is _QUESTION)
        and kinds[end] is _PARAGRAPH
        and end not in shapes
    ):
        end += 1
    return end


def decide_lines(draft: Draft, zones: Zones, authors: frozenset[str], start: int, end: int) -> None:
    """Decide the roles of a run of lines, in which dates and signatures part other lines.

    `authors` are the authors that the head names, with folded case.
    """
    if draft.is_printed:
        _decide_printed(draft, zones, start, end)
        return
    if end - start > _LONGEST_RUN:  # a table, or verse
        draft.roles[start:end] = [Role.LIST] * (end - start)
        return
    first = start
    has_repeats = bool(draft.often)
    is_mail = draft.is_mail
    may_sign = authors or has_repeats or is_mail
    by, signs = draft.newsroom.bylines.capital_by, draft.traits.signs
    for index in range(start, end):
        text = draft.texts[index]
        if (  # nearly all
            not may_sign
            and draft.forms[index] is _LINE
            and not signs[index] & _DIGIT
            and text[0] not in _POST_DASHES
            and not text.startswith(by)
        ):
            continue
        role = Role.NOTE if draft.is_date(index) else None
        is_question = draft.forms[index] is _QUESTION
        if is_question and index > start and _parts_list(draft, zones, index, end):
            role = Role.SUBHEAD
        if (
            (text.startswith(by) and _is_byline_of_part(draft, index))
            or (authors and _is_signature(draft, authors, index))
            or (is_mail and draft.is_of_sender(index))
        ):
            role = Role.BYLINE
        if is_post(text):
            role = Role.BODY
        elif has_repeats and _speaks(draft, index, zones.tail):
            role = Role.CREDIT if _is_of_pictures(draft, index) else Role.SUBHEAD
        elif has_repeats and is_question and _speaks(draft, index - 1, zones.tail):
            role = Role.BODY
        if role is None and has_repeats and _is_of_frame(draft, zones, index):
            role = Role.FURNITURE
        if role:
            if first < index:
                _decide_run(draft, zones, first, index)
            draft.set(index, role)
            if role is Role.BODY and index > start and is_post(text):
                draft.set(index - 1, Role.BODY)  # the post itself
            first = index + 1
    if first < end:
        _decide_run(draft, zones, first, end)


def _decide_printed(draft: Draft, zones: Zones, start: int, end: int) -> None:
    """Decide the roles of lines between the paragraphs of a printed page.

    Right above a paragraph stand its headings, and perhaps the agency. The other lines are those of
    adverts, and what OCR made of pictures and rules.
    """
    below = end
    while below < zones.tail and below < end + 2 and draft.shape(below, Zone.STORY):
        below += 1  # the agency
    heads = below < zones.tail and draft.is_prose(below)
    for index in range(end - 1, start - 1, -1):
        text = draft.texts[index]
        letters = sum(map(str.isalpha, text))
        if heads and index == end - 1 and (text[0] == "(" or text[-1] == ")"):
            draft.set(index, Role.BYLINE)
        elif (
            heads
            and end - index <= _HEADINGS_IN_PRINT
            and letters >= _LETTERS_IN_HEADING
            and letters >= _WRITTEN * len(text)
            and text[-1] not in _OPEN_ENDS
        ):
            draft.set(index, Role.SUBHEAD)
        else:
            heads = False
            is_cut = "\n" in text and draft.traits.small_words[index] >= _SMALL_WORDS
            role = Role.NOTE if draft.is_date(index) else Role.FURNITURE
            draft.set(index, Role.BODY if is_cut else role)


def _speaks(draft: Draft, index: int, tail: int) -> bool:
    """Return whether a line is a name that stands above several paragraphs: who says them.

    Transcripts print such names in small letters, too.
    """
    text = draft.texts[index]
    return (
        text in draft.often
        and index + 1 < tail
        and (draft.is_prose(index + 1) or draft.forms[index + 1] is _QUESTION)
        and draft.newsroom.imprints.is_name(text.title() if text.islower() else text)
    )


def _is_of_pictures(draft: Draft, index: int) -> bool:
    """Return whether a name stands above paragraphs as the credit of pictures, and nobody speaks.

    It is the only name that stands so, and nothing is asked between.
    """
    return draft.names_over_text == 1 and not draft.asks and draft.texts[index] != draft.texts[0]


def _is_of_frame(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line of some words stands often in the text, or thrice and beside itself."""
    text = draft.texts[index]
    return (
        text in draft.often
        and len(text.split()) >= _WORDS_IN_FRAME
        and (
            text in (draft.texts[index - 1], *draft.texts[index + 1 : index + 2])
            or (
                (zones.is_page or (draft.is_furniture(index + 1) and text[-1] != ":"))
                and draft.often[text] >= _OFTEN
                and not draft.newsroom.imprints.is_name(text)
            )
        )
    )


def _is_byline_of_part(draft: Draft, index: int) -> bool:
    """Return whether a line says who wrote the part below it: "By Maja Orlo, Port News"."""
    byline = draft.newsroom.bylines.read(draft.texts[index])
    return byline is not None and any(" " in name for name in byline.authors)


def _parts_list(draft: Draft, zones: Zones, index: int, end: int) -> bool:
    """Return whether a question among lines heads those after it, or the paragraph after them."""
    forms = draft.forms
    if forms[index - 1] is _QUESTION or draft.has_speakers:
        return False
    if index + 1 == end:
        return end < zones.tail and draft.is_prose(end)
    return end - index > 2 and _QUESTION not in forms[index + 1 : index + 3]


def _is_signature(draft: Draft, authors: frozenset[str], index: int) -> bool:
    """Return whether a line below the story names its author, or the job of one named above it.

    `authors` are the authors of the head, with folded case.
    """
    text = draft.texts[index].casefold()
    if text in authors:
        return True
    return (
        draft.roles[index - 1] is Role.BYLINE
        and draft.newsroom.imprints.read(draft.texts[index], above=Imprint()) is not None
    )


def _signature(draft: Draft, start: int, end: int) -> int | None:
    """Return the line where the name of who signs begins, in the last lines of a text.

    Below it stands an office, or above it "Sincerely,".
    """
    is_name, texts = draft.newsroom.imprints.is_name, draft.texts
    is_greeted = texts[start].endswith(",") and len(texts[start].split()) <= _WORDS_IN_GREETING
    first = start + is_greeted
    size = end - first
    if end < len(draft) or not (2 - is_greeted) <= size <= _LINES_OF_SIGNATURE:
        return None
    if draft.roles[start - 1] not in (Role.BODY, Role.LEAD) or texts[start - 1][-1] == ":":
        return None
    others = texts[first + 1 : end]
    if not is_name(texts[first]) or any(map(str.isdigit, "".join(others))):
        return None
    # Several names, one a line, are a list.
    is_list = len(others) > 1 and is_name(others[0])
    is_short = all(len(line.split()) <= _WORDS_IN_OFFICE for line in others)
    return first if is_short and not is_list else None


def _decide_run(draft: Draft, zones: Zones, start: int, end: int) -> None:
    """Decide the roles of a run of lines: subheads, items without a mark, or parts of the story."""
    texts = draft.texts
    above = bare(texts[start - 1])
    is_led = above.endswith(":")
    under_subhead = draft.roles[start - 1] is Role.SUBHEAD
    if texts[start].startswith(_DASH_ITEM):
        for index in range(start, end):
            draft.set(index, Role.LIST)
        return
    first = start
    if draft.has_speakers and any(is_speech(texts[index]) for index in range(start, end)):
        for index in range(start, end):
            draft.set(index, Role.BODY)
        return
    signed = _signature(draft, start, end)
    if signed is not None:
        for index in range(signed, end):
            draft.set(index, Role.BYLINE)
        return
    may_head = end - start > _LINES_IN_LIST and not is_led and not under_subhead
    if may_head and heads_list(draft, start, end):
        leads = _leads_items(draft, start)
        draft.set(start, Role.BODY if leads else Role.SUBHEAD)
        is_led, first = leads, start + 1
    if draft.has_speakers and not is_led and not under_subhead:
        for index in range(first, end):
            may_head = texts[index].isupper() or _stands_among_labels(draft, index, end)
            heads = may_head and is_subhead(draft, zones, index, end)
            draft.set(index, Role.SUBHEAD if heads else Role.BODY)
        return
    if _are_labelled_links(draft, zones, first, end):
        for index in range(first, end):
            draft.set(index, Role.RELATED)
        return
    sizes, signs, is_page = draft.traits.sizes, draft.traits.signs, zones.is_page
    rows = [
        index
        for index in range(first, end)
        if (
            (is_page and index in draft.links)
            or sizes[index] >= LONG_CAPITALS
            or signs[index] & _COLON
        )
        and _is_link(draft, zones, index)
    ]
    longest = _LONGEST_LED if is_led and not draft.markdown else _LONGEST_ITEM
    if (
        end - first >= _LINES_IN_LIST
        and 2 * len(rows) < end - first
        and max(map(len, texts[first:end])) <= longest
    ):
        is_of_page = is_page and not (is_led or under_subhead or first > start)
        role = role_of_rows(draft, first, end) if is_of_page else Role.LIST
        draft.roles[first:end] = [role] * (end - first)
        # The last line may head the paragraph after the list.
        return
    for index in range(first, end):
        if is_picture_credit(draft, texts[index]):
            draft.set(index, Role.CREDIT)
        elif _is_letterhead(texts[index]):
            draft.set(index, Role.FURNITURE)
        elif is_portrait(draft, index) or _lacks_credit(draft, index):
            draft.set(index, Role.CAPTION)
        elif index in rows:
            draft.set(index, Role.RELATED)
        elif (not is_led and is_subhead(draft, zones, index, end)) or (
            draft.markdown and is_bold_label(draft, index)
        ):
            is_title = zones.has_menu and zones.has_footer and leads_away(draft, index)
            draft.set(index, Role.RELATED if is_title else Role.SUBHEAD)
        else:
            draft.set(index, Role.BODY)


def _lacks_credit(draft: Draft, index: int) -> bool:
    """Return whether the credit in brackets of a caption stands in the lines below it.

    "The pier in winter (", "Image:", "Getty Images)". A statement of a program goes on otherwise.
    """
    text = draft.texts[index]
    return (
        text.endswith(" (")
        and text[:-2].rstrip()[-1:].isalnum()
        and any(
            below[-1] == ")" and "(" not in below and draft.is_line(near)
            for near, below in enumerate(draft.texts[index + 1 : index + 3], index + 1)
        )
    )


def _stands_among_labels(draft: Draft, index: int, end: int) -> bool:
    """Return whether a line alone stands among labels of which hardly one stands again.

    "Ferries and their captains" heads what is told of each harbour; speakers take turns.
    """
    return (
        draft.hardly_speaks
        and index + 1 == end
        and draft.is_prose(index - 1)
        and draft.texts[index].count(" ") >= _BLANKS_IN_SUBHEAD
        and not draft.is_mail
    )


def _leads_items(draft: Draft, index: int) -> bool:
    """Return whether a line begins a sentence that the lines below end: "The bids include:"."""
    text = bare(draft.texts[index])
    return text[-1] == ":" and not text.isupper() and not is_bare_label(draft, text, index + 1)


def _is_letterhead(text: str) -> bool:
    """Return whether a line is the address of a house: "Pier 12 • Lindholm • 555 123-4567".

    Its telephone number is a piece of its own: "Doors open at 7 • Call 555 123-4567" is text.
    """
    pieces = _LETTERHEAD_MARKS.split(text)
    figures = sum([any(map(str.isdigit, piece)) for piece in pieces])
    return (
        len(pieces) >= _PIECES_OF_LETTERHEAD and figures >= 2 and any(map(PHONE.fullmatch, pieces))
    )


def _are_labelled_links(draft: Draft, zones: Zones, start: int, end: int) -> bool:
    """Return whether lines with labels in capitals stand beside one that leads to another story.

    "VIDEO: Ferries leave the pier" says so; "AT SEA: The life of captains" does beside it.
    """
    return (
        all(":" in text and _CAPITAL_LABEL.match(text) for text in draft.texts[start:end])
        and not draft.has_speakers
        and any(
            _CAPITAL_LABEL.match(draft.texts[near])
            and (shape := draft.shape(near, Zone.STORY))
            and shape.role is Role.RELATED
            for near in (start - 1, end)
            if zones.lead < near < zones.tail
        )
    )


def _is_link(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line between paragraphs is the title of another story.

    It is a link of a page, has as many words in capitals as a headline, or a label that was another
    element of the page: "Harbour vote:Who paid for the pier".
    """
    text = draft.texts[index]
    if draft.forms[index] is not _LINE or draft.has_speakers:
        return False
    if index in draft.links and zones.is_page:
        return True
    if len(text) >= LONG_CAPITALS and text.isupper() and not draft.is_in_capitals:
        is_said = text[0] in OPENING_QUOTES and (
            text[-1] in CLOSING_QUOTES or any(map(text.__contains__, _SAID))
        )
        is_title = text[-1] not in _NO_TITLE_ENDS and not is_said
        is_between = draft.is_prose(index - 1) or index - 1 in draft.shapes
        words = text.split()
        codes = sum(1 for word in words if any(map(str.isdigit, word)))
        is_of_words = len(words) >= _WORDS_IN_CAPITALS and 2 * codes < len(words)
        return is_title and is_between and is_of_words and not draft.has_capital_subheads
    label = _GLUED_LABEL.match(text) if ":" in text else None
    return (
        label is not None
        and len(text[label.end(1) :].split()) >= _WORDS_IN_FRAME
        and not draft.newsroom.imprints.is_name(label[1])
    )
