"""The roles of the blocks above the lead: headlines, decks, bylines, notes, menus."""

import re
from collections.abc import Iterable, Set

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import STATED_ROLES, Draft
from nutgraf_index.passages.roles.forms import (
    PHONE,
    Form,
    bare,
    is_text_label,
    is_wire_code,
    words_of,
)
from nutgraf_index.passages.roles.lead import is_about_author, is_remark, stands_twice
from nutgraf_index.passages.roles.pages import is_breadcrumb, repeats, share_of_stems
from nutgraf_index.passages.roles.subheads import is_portrait
from nutgraf_index.passages.roles.zones import Zones
from nutgraf_index.passages.traits import Sign

__all__ = ["decide_head"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_HEADINGS = (_TITLE, _HEADING)
_WORDS_IN_KEYWORD = 2  # of a place or keyword alone above the lead
_WORDS_IN_DECK = 4
_BOLD = "**"
_WORDS_IN_NAME = 3
_LINES_OF_CODE = 2  # of a dispatch, at the top
_NEAR_HEADLINE = 3  # blocks above it, which may be of the article: a section, a release line
_WORDS_IN_PLACE = 5
_WORDS_IN_SENTENCE = 12
_SMALL_IN_SENTENCE = 0.6
_WORDS_IN_LONG_DECK = 8
_FIELDS = 4  # of a database, below the date
_CONTENTS = re.compile(r"(?:\.{3,}|…)\s*(?:[Pp](?:age|\.)? ?)?\d{1,3}$")
_NEAR_CONTACT = 3  # blocks between a telephone number and a line that belongs to it
_LONGEST_CONTACT = 60
_IN_CONTACT = int(Sign.DIGIT | Sign.AT | Sign.BEYOND)
_WORDS_IN_EDITION = 10
# A pattern that begins with a digit, and not with `\b`, is found fast.
_DAY = re.compile(r"\d(?<!\w\d)\d?(?:st|nd|rd|th)?,?\s+(?:[^\W\d]\w+\.?,?\s+)?(?:1[789]|20)\d\d\b")
_ABOVE_TITLE = 16  # blocks above a title that may be a house by its form, at most
_LINES_OF_LETTERHEAD = 3
_BLOCKS_WITH_LETTERHEAD = 12
_WORDS_OF_WHERE = 12
_TIME = re.compile(r"\d{1,2}[:.]\d\d ?[AaPp]\.?[Mm]\b\.?(?: [A-Z]{2,4})?$")
_VALUE = re.compile(r"\d{5,}|\d{1,4}(?:[-/.]\d{1,4}){1,3}")
# Of wrapped text: characters of its lines, and the share that a line which goes on fills.
_LINES_OF_LEAD, _SHORTEST_WIDTH, _LONGEST_WIDTH, _FILLED = 3, 50, 120, 0.7
_TRAIL_MARKS = (":", ">", "»", "›", "/", "|")
_FIGURE = re.compile(r"[^\W\d_][\w ]{1,30}: [^\W_]?\d")  # "High: 13°"
_FIGURES_IN_BOX = 2
_PARAGRAPHS = 8  # whose words the headline shares
_SHARE_OF_HEADLINE, _SHARE_OF_OTHER = 0.4, 0.1
_WORDS_IN_OTHER = 7
_PLACE = re.compile(r"[^\W\d_a-z][\w.'’ -]*,\s+[^\W\d_a-z][\w.'’ -]*$")


def decide_head(draft: Draft, zones: Zones) -> None:
    """Decide the roles of all blocks above the lead."""
    lead, is_page = zones.lead, zones.is_page
    if not lead:  # mostly
        return
    if 0 < draft.opinion <= lead:
        _decide_case(draft, lead)
        return
    contacts = _contacts(draft, zones)
    menu_end = zones.headline if zones.has_menu else 0
    for index in range(min(menu_end, lead)):
        _decide_in_menu(draft, zones, index)
    furniture_since_title = False
    # The fields of a database stand above a label such as "Body".
    label = next((i for i in range(lead - 1, -1, -1) if is_text_label(draft.texts[i])), -1)
    title = next((i for i in range(lead - 1, -1, -1) if draft.kinds[i] is _TITLE), -1)
    last_byline = max((i for i, said in zones.imprints.items() if said.is_byline), default=-1)
    is_label = draft.newsroom.bylines.is_label
    labels = {i for i in range(lead) if is_label(draft.texts[i])}
    is_open = False  # whether a line before goes on: titles under "Read more"
    has_headline = bool(draft.title)
    dateline = -1  # the last one in a block of its own
    candidates: list[int] = []
    for index in range(menu_end, lead):
        kind, form = draft.kinds[index], draft.forms[index]
        has_headline = has_headline or (index > 0 and draft.roles[index - 1] is Role.HEADLINE)
        shape = draft.shape(index, Zone.HEAD)
        imprint = zones.imprints.get(index)
        if imprint is None and (zones.has_menu or index < label) and form is not _PROSE:
            imprint = draft.imprint(index)
        if form in (_MARK, _ADDRESS):
            imprint = None
        if kind in STATED_ROLES:
            draft.set(index, STATED_ROLES[kind])
        elif form is _LINE and labels and _is_name_below_label(draft, labels, index, lead):
            draft.set(index, Role.BYLINE)
        elif _leads_to_title(draft, index):
            draft.set(index, Role.FURNITURE)
        elif draft.is_title(index):
            is_row = index > 0 and is_breadcrumb(draft, index)
            draft.set(index, Role.FURNITURE if is_row else Role.HEADLINE)
            furniture_since_title = is_open = False
        elif zones.has_menu and index == zones.headline and not shape and form is not _MARK:
            draft.set(index, Role.HEADLINE)
        elif index in contacts:
            draft.set(index, Role.NOTE)
        elif (is_page and index in draft.dated_rows) or (
            draft.is_page_word(index) and _MARK in draft.forms[index - 1 : index + 2]
        ):
            draft.set(index, Role.FURNITURE)
        elif index in draft.pictures:
            draft.set(index, Role.CAPTION)
        elif shape and not (
            imprint
            and (imprint.is_byline or shape.role is Role.NOTE or index - 1 in zones.imprints)
        ):
            draft.set(index, shape.role)
            is_open = shape.opens and (
                shape.role is not Role.RELATED or draft.opens(index, shape, is_page=is_page)
            )
            furniture_since_title = furniture_since_title or shape.role is Role.FURNITURE
        elif form is _LINE and _is_pictured(draft, candidates, index, lead):
            draft.set(index, Role.CAPTION)
            furniture_since_title = is_open = False
        elif imprint and not (candidates or draft.title) and _may_head(draft, index, imprint):
            candidates.append(index)
        elif imprint:
            draft.set(index, Role.BYLINE if imprint.is_byline else Role.NOTE)
            if imprint.date and draft.dateline(index):
                dateline = index
            above = index - 1
            if (
                imprint.date
                and above > menu_end
                and above in candidates[-1:]
                and draft.newsroom.imprints.is_name(draft.texts[above])
                and (
                    draft.roles[above - 1] is Role.HEADLINE
                    or " " in draft.texts[above - 1]
                    or any(" " in draft.texts[other] for other in candidates[:-1])
                )
                and not draft.is_of_common_words(above)
            ):
                draft.set(above, Role.BYLINE)
                candidates.remove(above)
            furniture_since_title = is_open = False
        elif form is _MARK and index <= _LINES_OF_CODE and not is_page:
            # The bare values of fields: a number of the document, a day such as 910514.
            is_value = _VALUE.fullmatch(draft.texts[index])
            draft.set(index, Role.NOTE if is_value else Role.FURNITURE)
        elif form in (_MARK, _ADDRESS) or (zones.has_menu and draft.is_page_word(index)):
            draft.set(index, Role.FURNITURE)
        elif (
            is_open
            and kind not in _HEADINGS
            and not (draft.markdown and draft.texts[index].startswith(_BOLD))  # another label
            and (draft.is_line(index) or draft.roles[index - 1] is Role.LIST)
        ):
            draft.set(index, draft.roles[index - 1])
        elif form is _LINE and draft.dateline(index):
            draft.set(index, Role.NOTE)  # in a block of its own: decks may follow
            dateline = index
        elif kind is _ITEM and dateline >= 0 and not zones.has_menu:
            draft.set(index, Role.HEADLINE)
        elif kind is _ITEM or (zones.has_menu and index in draft.links):
            may_be_menu = zones.has_menu or not draft.markdown
            is_menu = (furniture_since_title and form is not _PROSE and may_be_menu) or (
                index in draft.links and (zones.has_menu or index < title)
            )
            draft.set(index, Role.FURNITURE if is_menu else Role.LIST)
        elif is_text_label(draft.texts[index]) or (
            index <= _LINES_OF_CODE and is_wire_code(draft.texts[index])
        ):
            draft.set(index, Role.NOTE)
        elif kind in _HEADINGS:
            candidates.append(index)
        elif form is _PROSE and zones.has_menu and stands_twice(draft, index):
            draft.set(index, Role.CAPTION)
        elif form is _PROSE and (
            is_remark(draft, index) or is_about_author(draft, index, zones.imprints)
        ):
            draft.set(index, Role.NOTE)
        elif form is _PROSE:
            # Only a deck, or a paragraph above a dateline, is prose above the lead.
            is_deck = (
                index > 0 and draft.roles[index - 1] is Role.HEADLINE
            ) or index - 1 in candidates
            is_deck = is_deck or index < last_byline
            role = Role.HEADLINE if is_deck else Role.BODY
            if index < label:
                role = Role.HEADLINE if index == 0 or is_deck else Role.NOTE
            draft.set(index, role)
        elif (
            (zones.has_menu and _signs(draft, zones, index))
            or (
                (candidates or zones.has_menu or has_headline)
                and draft.newsroom.bylines.names_writer(draft.texts[index])
                # "Harbour Chart Editor" above "By Maja Orlo" is what she writes of.
                and not any(map(draft.newsroom.bylines.begins, draft.texts[index + 1 : index + 2]))
            )
            or _is_author(draft, zones, index)
            or (candidates and _is_of_agency(draft, index))
        ):
            draft.set(index, Role.BYLINE)
        elif (
            zones.has_menu
            and index != zones.headline
            and (furniture_since_title or len(draft.texts[index].split()) < _WORDS_IN_DECK)
            and not draft.goes_on_title(index)
        ):
            is_text = form is _LINE and _is_sentence(draft.texts[index])
            draft.set(index, Role.BODY if is_text else Role.FURNITURE)
        else:
            candidates.append(index)
    _decide_headlines(draft, zones, candidates)


def _decide_case(draft: Draft, lead: int) -> None:
    """Decide the roles above the opinion in a case: its parties, its judge, court and counsel."""
    parties = draft.parties()
    for index in range(lead):
        if index in parties:
            draft.set(index, Role.HEADLINE)
        elif index == draft.opinion - 1:
            draft.set(index, Role.BYLINE)
        else:
            is_mark = draft.forms[index] is _MARK
            draft.set(index, Role.FURNITURE if is_mark else Role.NOTE)


def _decide_in_menu(draft: Draft, zones: Zones, index: int) -> None:
    """Decide the role of a block above the headline of a page."""
    shape = draft.shape(index, Zone.HEAD)
    kind = draft.kinds[index]
    if kind in STATED_ROLES:
        draft.set(index, STATED_ROLES[kind])
    elif index in draft.pictures:
        draft.set(index, Role.CAPTION)
    elif index in draft.dated_rows:
        draft.set(index, Role.FURNITURE)
    elif (not shape or shape.role is Role.RELATED) and (
        (index == 0 and _may_be_title(draft, index)) or repeats(draft, zones.headline, index)
    ):
        draft.set(index, Role.HEADLINE)
    elif shape and (
        shape.role is Role.CREDIT
        or (shape.role is not Role.RELATED and len(draft.texts[index].split()) >= _WORDS_IN_DECK)
        or index >= zones.headline - _NEAR_HEADLINE
    ):
        draft.set(index, shape.role)
    elif _is_dated(draft, index) or _is_section(draft, zones, index):
        draft.set(index, Role.NOTE)
    else:
        draft.set(index, Role.FURNITURE)


def _names_section(draft: Draft, index: int, words: list[str]) -> bool:
    """Return whether a heading right above the lead is too short for a deck: "Introduction"."""
    return (
        draft.kinds[index] is _HEADING
        and len(words) <= _WORDS_IN_KEYWORD
        and index not in draft.titles
        and draft.is_prose(min(index + 1, len(draft) - 1))
    )


def _may_head(draft: Draft, index: int, imprint: Imprint) -> bool:
    """Return whether a line that may name a house, by nothing but "The", is a headline."""
    return (
        index < _ABOVE_TITLE
        and imprint == Imprint(source=imprint.source)
        and Role.HEADLINE not in draft.roles[:index]
        and not draft.newsroom.bylines.houses.has_paper(draft.texts[index])
    )


def _is_section(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line right above the headline names its section or its topic."""
    return (
        index == zones.headline - 1
        and index > 0
        and draft.forms[index] is _LINE
        and draft.kinds[index] is _PARAGRAPH
        and not draft.is_furniture(index)
        and len(draft.texts[index].split()) <= _WORDS_IN_DECK
    )


def _may_be_title(draft: Draft, index: int) -> bool:
    """Return whether the first line of a page is its title, and no row of menus."""
    text = draft.texts[index]
    is_row = index in draft.links or ">" in text or "/" in text or draft.is_date(index)
    return draft.is_title(index) or (
        len(text.split()) >= _WORDS_IN_DECK and not is_row and draft.is_line(index)
    )


def _is_dated(draft: Draft, index: int) -> bool:
    """Return whether a block above a headline is the date of a release, and of no other story."""
    if not draft.is_date(index):
        return False
    return draft.roles[index - 1] is Role.NOTE or draft.is_title(index + 1)


def _contacts(draft: Draft, zones: Zones) -> set[int]:
    """Return the lines of the head that say whom to call or write to about a release."""
    start, lead = zones.headline, zones.lead
    numbers = [
        index
        for index in range(start, lead)
        if max(map(len, draft.texts[index].split("\n"))) <= _LONGEST_CONTACT
        and index not in zones.imprints
        and draft.traits.signs[index] & _IN_CONTACT
        and PHONE.search(draft.texts[index])
    ]
    lines: set[int] = set()
    for number in numbers:
        lines.add(number)
        for index in range(number - 1, max(number - _NEAR_CONTACT, start) - 1, -1):
            if (
                draft.forms[index] is not _LINE
                or draft.kinds[index] is not _PARAGRAPH
                or index in zones.imprints
                or draft.shape(index, Zone.HEAD)
                or draft.is_title(index)
                or (
                    len(draft.texts[index].split()) > _WORDS_IN_DECK
                    and not _is_of_paper(draft.texts[index])
                )
            ):
                break
            lines.add(index)
    return lines


def _decide_headlines(draft: Draft, zones: Zones, candidates: list[int]) -> None:
    """Decide which lines above the lead are headlines and decks, and which are keywords."""
    if not candidates:
        return
    has_headline = (
        bool(draft.title)
        or any(draft.roles[index] is Role.HEADLINE for index in draft.titles if index < zones.lead)
        or any(draft.kinds[index] is _TITLE for index in candidates)
    )
    titles = [draft.texts[index] for index in candidates if not _is_of_paper(draft.texts[index])]
    longest = max((len(text.split()) for text in titles), default=0)
    letterhead = _letterhead(draft, candidates)
    figures = [index for index in candidates if _FIGURE.search(draft.texts[index])]
    others = _titles_of_others(draft, zones, candidates)
    sections = _HEADING in draft.kinds[zones.lead + 1 : zones.tail] or (
        sum(1 for index in candidates if draft.kinds[index] is _HEADING) > 1
    )
    for index in candidates:
        text = bare(draft.texts[index])
        words = text.split()
        kind = draft.kinds[index]
        is_first = index == candidates[0]
        if kind in _HEADINGS:
            below = index + 1
            is_section = (
                kind is _HEADING
                and has_headline
                and (sections or draft.kinds[below : below + 1] == [_ITEM])
                and below not in zones.imprints
                and not (index - 1 in draft.titles and len(words) >= _WORDS_IN_LONG_DECK)
                and not draft.goes_on_title(index)
            ) or (has_headline and not is_first and _names_section(draft, index, words))
            draft.set(index, Role.SUBHEAD if is_section else Role.HEADLINE)
        elif draft.goes_on_title(index):
            draft.set(index, Role.HEADLINE)
        elif _is_asked(draft, zones, index) or _heads_items(draft, zones, index):
            draft.set(index, Role.SUBHEAD)
        elif (text[-1:].isdigit() and _CONTENTS.search(text)) or (
            index in figures and len(figures) >= _FIGURES_IN_BOX
        ):
            draft.set(index, Role.LIST)
        elif _is_speaker(draft, zones, index):
            draft.set(index, Role.SUBHEAD)
        elif (len(candidates) > 1 and _is_of_paper(text)) or _names_paper(draft, index):
            draft.set(index, Role.NOTE)
        elif (
            is_first
            and len(titles) > 1
            and index not in draft.titles
            and not text.isupper()
            and all(role is Role.NOTE for role in draft.roles[:index])
            and draft.newsroom.imprints.house(text)
        ):
            draft.set(index, Role.NOTE)  # the paper, above its headline
        elif index in others:
            draft.set(index, Role.FURNITURE)
        elif index in letterhead or _is_where(draft, index, candidates):
            draft.set(index, Role.NOTE)
        elif is_portrait(draft, index):
            draft.set(index, Role.CAPTION)
        elif text.endswith((";", "!", "?")):
            draft.set(index, Role.HEADLINE)
        elif (
            len(words) <= _WORDS_IN_KEYWORD
            and (has_headline or longest > _WORDS_IN_KEYWORD)
            and not (draft.has_speakers and text.isupper())
        ) or (not is_first and len(words) <= _WORDS_IN_PLACE and _PLACE.match(text)):
            is_row = index in draft.links or (
                zones.is_page and (draft.is_page_word(index) or not is_first)
            )
            draft.set(index, Role.FURNITURE if is_row else Role.NOTE)
        elif text.endswith(":") and not is_first:
            draft.set(index, Role.BODY)
        else:
            draft.set(index, Role.HEADLINE)


def _is_of_agency(draft: Draft, index: int) -> bool:
    """Return whether a line is an agency, perhaps with a place: "AFP, LINDHOLM"."""
    agency, _, place = draft.texts[index].partition(", ")
    return bool(draft.newsroom.bylines.houses.agency(agency)) and (
        not place or (place.isupper() and len(place.split()) <= _WORDS_IN_NAME)
    )


def _signs(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a name stands beside the date of a page, without a label above it.

    A name that a byline has, or above a handle of its letters, is that of the author, too.
    """
    text = draft.texts[index]
    if not draft.newsroom.imprints.is_name(text):
        return False
    below = draft.texts[index + 1] if index + 1 < len(draft) else ""
    handle = text.replace(" ", "").casefold()
    if text in zones.authors or below.casefold().startswith(f"@{handle}"):
        return True
    if index + 2 == zones.lead and draft.newsroom.bylines.is_second_line(below):
        return not draft.is_of_common_words(index)  # above a house or job, and both above the lead
    if draft.is_furniture(index - 1):
        return False
    around = [*range(index - 2, index), *range(index + 1, min(index + 3, len(draft)))]
    return any(draft.is_date(near) for near in around)


def _is_author(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line between headline and story names the author, without "By".

    A house or a job beside the name or below it says so, or a second name. A name alone does right
    below a headline of some words, and right above the lead or the date.
    """
    text = draft.texts[index]
    if index in draft.links or draft.kinds[index] is not _PARAGRAPH or not _is_below(draft, index):
        return False
    bylines = draft.newsroom.bylines
    if draft.roles[index - 1] is Role.BYLINE:
        return bool(bylines.houses.second_line(text))
    if zones.imprints.get(index + 1) and bylines.begins(draft.texts[index + 1]):
        return False  # "Maja Orlo" above "By Bo Ek" is the headline
    if _has_title_joiner(text, bylines.joiners) or _is_wrapped(draft, zones, index - 1):
        return False
    if draft.is_of_common_words(index):
        return False
    byline = bylines.signature(text, named=True)
    if byline is None or not byline.authors:
        return False
    if not all(1 < len(name.split()) <= _WORDS_IN_NAME for name in byline.authors):
        return False
    below = index + 1
    if byline.source or len(byline.authors) > 1:
        return True
    is_above_job = below < zones.lead and bylines.is_second_line(draft.texts[below])
    is_alone = below == zones.lead or below in zones.imprints
    return is_above_job or (
        is_alone and draft.newsroom.imprints.is_name(text) and not bylines.names_office(text)
    )


def _leads_to_title(draft: Draft, index: int) -> bool:
    """Return whether a line is the trail to the title in the line below, which ends it."""
    if index + 1 >= len(draft):
        return False
    text, title = draft.texts[index], draft.texts[index + 1]
    if len(text) <= len(title) or not text.endswith(title):
        return False
    trail = text[: -len(title)].rstrip()
    marks = sum(map(trail.count, _TRAIL_MARKS))
    return trail[-1:] in _TRAIL_MARKS and (marks > 1 or trail[-1] in ">»›")


def _is_pictured(draft: Draft, candidates: list[int], index: int, lead: int) -> bool:
    """Return whether a name below the date is that of a portrait: the headline names the person.

    The byline stands above the date, or the story names the person, too.
    """
    text = draft.texts[index]
    if index == 0 or draft.roles[index - 1] not in (Role.NOTE, Role.CAPTION):
        return False
    if len(text.split()) < 2 or not draft.newsroom.imprints.is_name(text):
        return False
    surname = text.split()[-1]
    above = range(max(index - _BLOCKS_WITH_LETTERHEAD, 0), index)
    heads = [
        i
        for i in above
        if draft.roles[i] is Role.HEADLINE or i in candidates[-_BLOCKS_WITH_LETTERHEAD:]
    ]
    return any(surname in draft.texts[i] for i in heads) and surname in draft.texts[lead]


def _is_wrapped(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line fills the width of the text below, so that it goes on in the next."""
    lines = draft.texts[zones.lead].split("\n") if zones.lead < len(draft) else []
    if len(lines) < _LINES_OF_LEAD:
        return False
    width = max(map(len, lines))
    return _SHORTEST_WIDTH <= width <= _LONGEST_WIDTH and (
        _FILLED * width <= len(draft.texts[index]) <= _LONGEST_WIDTH
    )


def _has_title_joiner(text: str, joiners: Iterable[str]) -> bool:
    """Return whether "And" stands between words in title case, as in no row of names."""
    return any(f" {joiner.capitalize()} " in text for joiner in joiners)


def _is_name_below_label(draft: Draft, labels: Set[int], index: int, lead: int) -> bool:
    """Return whether a line is "Written by" with a name in the line below, or that name.

    `labels` are the lines above the lead that are such a label.
    """
    if index + 1 < lead and index in labels:
        index += 1
    elif index - 1 not in labels:
        return False
    text = draft.texts[index]
    return draft.newsroom.imprints.is_name(text) or draft.newsroom.bylines.names_writer(text)


def _is_below(draft: Draft, index: int) -> bool:
    """Return whether a headline of some words stands right above a line, or a line below one."""
    above = index - 1
    while above >= 0 and draft.roles[above] is Role.NOTE and draft.is_date(above):
        above -= 1
    if above < 0:
        return False
    return draft.roles[above] in (Role.HEADLINE, Role.BYLINE) or (
        draft.roles[above] is Role.BODY
        and draft.is_line(above)
        and len(draft.texts[above].split()) >= _WORDS_IN_DECK
    )


def _is_sentence(text: str) -> bool:
    """Return whether a line without full stop is long enough, and has enough small letters."""
    words = text.split()
    small = sum(1 for word in words if word[0].islower())
    return len(words) >= _WORDS_IN_SENTENCE and small >= _SMALL_IN_SENTENCE * len(words)


def _is_of_paper(text: str) -> bool:
    """Return whether a line has the day of an edition, or the section and page of a paper."""
    is_of_paper = _DAY.search(text) is not None or text.count(";") >= 2
    return is_of_paper and len(text.split()) <= _WORDS_IN_EDITION


def _names_paper(draft: Draft, index: int) -> bool:
    """Return whether a line below the headline names the paper, above its date and other fields."""
    if not (
        0 < index < len(draft) - 1
        and draft.roles[index + 1] is Role.NOTE
        and _DAY.search(draft.texts[index + 1]) is not None
    ):
        return False
    below = range(index + 2, min(index + 2 + _FIELDS, len(draft)))
    fields = [draft.shape(near, Zone.HEAD) for near in below]
    return sum(1 for shape in fields if shape and shape.role in (Role.NOTE, Role.CREDIT)) >= 2


def _letterhead(draft: Draft, candidates: list[int]) -> range:
    """Return the lines that name a house and its office, right above the release line."""
    for place, index in enumerate(candidates[1:_BLOCKS_WITH_LETTERHEAD], 1):
        if not draft.texts[index].isupper():
            continue
        lines = candidates[place : place + _LINES_OF_LETTERHEAD + 1]
        end = next((i for i, line in enumerate(lines, index) if i != line), index + len(lines))
        if (
            end - index <= _LINES_OF_LETTERHEAD
            and end < len(draft)
            and draft.roles[end] is Role.NOTE
            and draft.newsroom.imprints.house(draft.texts[index])
        ):
            return range(index, end)
    return range(0)


def _is_where(draft: Draft, index: int, candidates: list[int]) -> bool:
    """Return whether a line between a longer headline and a time of day says where somebody spoke.

    Transcripts print it so: "Aboard the ferry", and "9:02 a.m." below.
    """
    below = index + 1
    return (
        below < len(draft)
        and draft.roles[below] is Role.NOTE
        and _TIME.match(draft.texts[below]) is not None
        and len(draft.texts[index].split()) <= _WORDS_OF_WHERE
        and any(
            len(draft.texts[other]) > len(draft.texts[index])
            for other in (*draft.titles, *candidates[:_BLOCKS_WITH_LETTERHEAD])
            if other < index
        )
    )


def _is_asked(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a question right above the lead is the first of several that head text."""
    return (
        index == zones.lead - 1
        and index > 0
        and draft.forms[index] is _QUESTION
        and draft.roles[index - 1] in (Role.HEADLINE, Role.BYLINE, Role.NOTE)
        and _QUESTION in draft.forms[zones.lead + 1 : zones.tail]
    )


def _heads_items(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line heads the items of Markdown below it: a digest may begin with lists."""
    return (
        draft.markdown
        and not zones.has_menu
        and draft.kinds[index + 1 : index + 2] == [_ITEM]
        and (draft.kinds.index(_ITEM) < index or draft.texts[index].startswith(_BOLD))
        and index not in draft.links
    )


def _titles_of_others(draft: Draft, zones: Zones, candidates: list[int]) -> set[int]:
    """Return the lines above the lead that have no word of the story, among others that have some.

    A page has them among its menus and buttons. Between its headline and these is its deck, which
    may be in other words.
    """
    if draft.markdown or len(candidates) < 2 or draft.furniture.isdisjoint(range(zones.lead)):
        return set()
    stems = draft.stems_of_prose(range(zones.lead, len(draft)), _PARAGRAPHS)
    words = {index: words_of(draft.texts[index]) for index in candidates}
    shares = {index: share_of_stems(draft, words[index], stems) for index in candidates}
    heads = [*shares.values(), share_of_stems(draft, words_of(draft.title), stems)]
    heads += [share_of_stems(draft, words_of(draft.texts[index]), stems) for index in draft.titles]
    if max(heads) < _SHARE_OF_HEADLINE:
        return set()
    alike = [index for index in candidates if shares[index] >= _SHARE_OF_HEADLINE]
    headline = min([*alike, *draft.titles], default=zones.lead)
    button = min(filter(headline.__lt__, draft.furniture), default=headline)
    return {
        index
        for index in candidates
        if shares[index] <= _SHARE_OF_OTHER
        and len(words[index]) >= _WORDS_IN_OTHER
        and not headline < index < button
    }


def _is_speaker(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a line right above the lead says who speaks: it stands again below."""
    text = draft.texts[index]
    if index != zones.lead - 1:
        return False
    return text in draft.texts[zones.lead + 1 : zones.tail]
