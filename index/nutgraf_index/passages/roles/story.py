"""The roles of the blocks of the story: body, subheads, lists, and what stands between."""

import re

from nutgraf_index.analysis.languages.shape import Role, Shape, Zone
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.layout.blocks import BlockKind, Sign
from nutgraf_index.passages.roles.draft import STATED_ROLES, Draft
from nutgraf_index.passages.roles.forms import (
    CLOSING_QUOTES,
    Form,
    bare,
    is_number,
    is_speech,
)
from nutgraf_index.passages.roles.subheads import (
    heads_list,
    is_picture_credit,
    is_portrait,
    is_subhead,
)
from nutgraf_index.passages.roles.zones import Zones

__all__ = ["decide_story"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_HEADINGS = (_TITLE, _HEADING)
_LONGEST_SUBHEAD = 90  # characters
_LONGEST_ITEM = 140
_LONG_CAPITALS = 40
_LINES_IN_LIST = 3
_HEADER = 5  # lines of a page's header above or below its number
_PAGE = re.compile(r"[^\W\d]+ \d{1,4}")
_MOST_LINES = 0.8
_LONGEST_RUN = 40  # lines whose words are looked at
_WORDS_IN_LABEL = 5
_NUMBER = re.compile(r"\(?\d{1,2}[.)][ \t\u00a0]")
_YEAR = re.compile(r"(?:1[789]|20)\d\d")
_SITES_NAMED = ("http:", "https:", "www.", ".com", ".org", ".net", ".gov", ".edu", ".co.", "doi")
_LEAST_WORKS = 2
_LONGEST_WORK = 400  # characters of a reference, with authors, title and address
_MOST_WORKS = 200
_SITES = 0.3  # the share of works with an address
_LONGEST_RESULT = 200  # characters
_COLON = int(Sign.COLON)
_LONGEST_RESULT_LABEL = 50
_LINES_OF_SIGNATURE = 4
_WORDS_IN_OFFICE = 8
_WORDS_IN_GREETING = 4  # "Sincerely,"
_DASH_ITEM = "_ "
_LABELS_BELOW = frozenset(
    ("read more", "read article", "read story", "read full story", "read now")
)


def decide_story(draft: Draft, zones: Zones) -> None:
    """Decide the roles of the blocks after the lead, up to the tail."""
    if zones.lead >= len(draft):
        return
    draft.set(zones.lead, Role.LEAD)
    kinds, forms, shapes, texts = draft.kinds, draft.forms, draft.shapes, draft.texts
    # Nearly all blocks are prose, and body.
    odd = [
        index
        for index in range(zones.lead + 1, zones.tail)
        if forms[index] is not _PROSE
        or kinds[index] is not _PARAGRAPH
        or index in shapes
        or texts[index].startswith(_DASH_ITEM)
    ]
    decided = zones.lead + 1  # the first block whose role is open
    opened: Role | None = None  # the role of a label above, whose lines follow
    numbers: list[int] = []
    for index in odd:
        if index < decided:
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
        elif form is _ADDRESS and kind is _PARAGRAPH:
            is_handle = texts[index][0] == "@"
            draft.set(index, opened or (Role.FURNITURE if is_handle else Role.BODY))
        elif opened is Role.NOTE and shape and shape.role is Role.FURNITURE:
            draft.set(index, Role.NOTE)  # the number or address of a contact
        elif shape and _is_label_below(draft, index):
            draft.set(index - 1, Role.RELATED)
            draft.set(index, Role.RELATED)
        elif shape and not _goes_before(draft, zones, index, shape):
            draft.set(index, shape.role)
            opened = shape.role if shape.opens and _ends_as_label(draft, index) else None
        elif zones.is_page and kind is _PARAGRAPH and draft.is_page_word(index):
            draft.set(index, Role.FURNITURE)
        elif kind in _HEADINGS:
            draft.set(index, Role.SUBHEAD)
            opened = None
        elif index == len(draft) - 1 and (
            draft.newsroom.bylines.read(texts[index]) or _is_dashed_name(draft, index)
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
            draft.set(index, Role.FURNITURE)
            if is_number(texts[index]):
                numbers.append(index)
        elif index == len(draft) - 1 and index in draft.links and len(texts[index].split()) <= 2:
            draft.set(index, Role.FURNITURE)
        elif form is _PROSE and not texts[index].startswith(_DASH_ITEM):
            opened = None
        else:
            decided = _run_end(draft, index, zones.tail)
            _decide_lines(draft, zones, index, decided)
            opened = None
    for index in numbers:
        _decide_number(draft, zones, index)
    _mark_references(draft, zones)
    _mark_results(draft, zones)


def _decide_number(draft: Draft, zones: Zones, index: int) -> None:
    """Decide whether a number is that of a page, with the lines of its header, or of a table."""
    start, end = index, index + 1
    while start - 1 > zones.lead and _may_be_header(draft, start - 1) and index - start < _HEADER:
        start -= 1
    while end < zones.tail and _may_be_header(draft, end) and end - index <= _HEADER:
        end += 1
    lines = [near for near in range(start, end) if draft.forms[near] is _LINE]
    told = [i for i in lines if _PAGE.fullmatch(draft.texts[i]) or draft.is_date(i)]
    if told:
        # Beyond the number and what has the page or the date, the text goes on.
        for near in lines:
            if min(*told, index) <= near <= max(*told, index):
                draft.set(near, Role.FURNITURE)
    elif len(lines) >= 2 and end - start > _LINES_IN_LIST:
        draft.set(index, Role.LIST)


def _may_be_header(draft: Draft, index: int) -> bool:
    return (
        draft.forms[index] in (_LINE, _MARK)
        and draft.kinds[index] is _PARAGRAPH
        and len(draft.texts[index].split()) <= _WORDS_IN_LABEL
    )


def _mark_references(draft: Draft, zones: Zones) -> None:
    """Decide that the works under a last short heading, with years and addresses, are notes."""
    if Role.SUBHEAD not in draft.roles:
        return
    last = len(draft) - 1 - draft.roles[::-1].index(Role.SUBHEAD)
    works = range(last + 1, zones.tail)
    if (
        not _LEAST_WORKS <= len(works) <= _MOST_WORKS
        or len(draft.texts[last].split()) > _WORDS_IN_LABEL
    ):
        return
    texts = [draft.texts[index] for index in works]
    if max(map(len, texts)) > _LONGEST_WORK:  # a paragraph about a house, or of the story
        return
    sites = [any(part in text for part in _SITES_NAMED) for text in texts]
    years = [_YEAR.search(text) is not None for text in texts]
    cited = sum(site or year for site, year in zip(sites, years, strict=True))
    if sum(sites) >= _SITES * len(works) and cited >= _MOST_LINES * len(works):
        for index in works:
            if draft.roles[index] in (Role.BODY, Role.LIST):
                draft.set(index, Role.NOTE)


def _mark_results(draft: Draft, zones: Zones) -> None:
    """Decide that blocks with a label each, and names or figures after it, are a list of results.

    Speakers say sentences after their labels, and speak again.
    """
    start = None
    rows = zip(draft.traits.signs, draft.traits.sizes, strict=True)
    likely = {
        index
        for index, (signs, size) in enumerate(rows)
        if signs & _COLON and size <= _LONGEST_RESULT
    }
    if len(likely) < _LINES_IN_LIST:
        return
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
        and text[-1].isalnum()
        and "? " in text
        and ". " not in text
    )


def _is_label_below(draft: Draft, index: int) -> bool:
    """Return whether a block is a label below the title of another story, before a paragraph."""
    above = index - 1
    return (
        bare(draft.texts[index]).casefold() in _LABELS_BELOW
        and draft.kinds[above] is _PARAGRAPH
        and draft.roles[above] in (Role.BODY, Role.SUBHEAD, Role.RELATED)
        and len(draft.texts[above]) <= _LONGEST_ITEM
        and (draft.is_line(above) or draft.texts[above][-1].isalnum())
        and (index + 1 >= len(draft) or draft.forms[index + 1] is _PROSE)
    )


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


def _is_dashed_name(draft: Draft, index: int) -> bool:
    """Return whether a line is a dash and a name, which signs a text unless it quotes somebody."""
    text = draft.texts[index]
    name = text.lstrip("-–— ")
    above = draft.texts[index - 1]
    return (
        name != text and above[-1] not in CLOSING_QUOTES and draft.newsroom.imprints.is_name(name)
    )


def _ends_as_label(draft: Draft, index: int) -> bool:
    """Return whether nothing but a label is in a block, so that its lines follow."""
    text = bare(draft.texts[index])
    return text.endswith((":", "»", ">")) or len(text.split()) <= _WORDS_IN_LABEL


def _heads_paragraphs(draft: Draft, index: int, tail: int) -> bool:
    """Return whether a numbered line heads paragraphs of its own."""
    text = draft.texts[index]
    return (
        len(text) <= _LONGEST_SUBHEAD
        and draft.forms[index] is not _PROSE
        and _NUMBER.match(text) is not None
        and index + 1 < tail
        and draft.is_prose(index + 1)
        and draft.kinds[index - 1] is not _ITEM
        and not draft.texts[index - 1].endswith(":")
    )


def _stands_alone(draft: Draft, zones: Zones, index: int) -> bool:
    """Return whether a bulleted line stands alone between paragraphs, as some subheads do."""
    around = draft.kinds[index - 1 : index + 2]
    return (
        around == [_PARAGRAPH, _ITEM, _PARAGRAPH]
        and draft.forms[index] is _LINE
        and is_subhead(draft, zones, index, index + 1)
    )


def _run_end(draft: Draft, start: int, tail: int) -> int:
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


def _decide_lines(draft: Draft, zones: Zones, start: int, end: int) -> None:
    """Decide the roles of a run of lines, in which dates and signatures part other lines."""
    if end - start > _LONGEST_RUN:  # a table, or verse
        draft.roles[start:end] = [Role.LIST] * (end - start)
        return
    first = start
    authors = frozenset(map(str.casefold, zones.authors)) if zones.imprints else frozenset()
    for index in range(start, end):
        role = Role.NOTE if draft.is_date(index) else None
        if (
            index > start
            and draft.forms[index] is _QUESTION
            and _parts_list(draft, zones, index, end)
        ):
            role = Role.SUBHEAD
        if authors and _is_signature(draft, authors, index):
            role = Role.BYLINE
        if role:
            if first < index:
                _decide_run(draft, zones, first, index)
            draft.set(index, role)
            first = index + 1
    if first < end:
        _decide_run(draft, zones, first, end)


def _parts_list(draft: Draft, zones: Zones, index: int, end: int) -> bool:
    """Return whether a question among lines heads those after it, or the paragraph after them."""
    forms = draft.forms
    if forms[index - 1] is _QUESTION or draft.has_speakers:
        return False
    if index + 1 == end:
        return end < zones.tail and draft.is_prose(end)
    return end - index > 2 and _QUESTION not in forms[index + 1 : index + 3]


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
        draft.set(start, Role.SUBHEAD)
        first = start + 1
    if draft.has_speakers and not is_led and not under_subhead:
        for index in range(first, end):
            heads = texts[index].isupper() and is_subhead(draft, zones, index, end)
            draft.set(index, Role.SUBHEAD if heads else Role.BODY)
        return
    if end - first >= _LINES_IN_LIST and all(
        len(texts[index]) <= _LONGEST_ITEM for index in range(first, end)
    ):
        for index in range(first, end):
            draft.set(index, Role.LIST)
        # The last line may head the paragraph after the list.
        return
    for index in range(first, end):
        if is_picture_credit(texts[index]):
            draft.set(index, Role.CREDIT)
        elif is_portrait(draft, index):
            draft.set(index, Role.CAPTION)
        elif zones.is_page and _is_link(draft, index):
            draft.set(index, Role.RELATED)
        elif not is_led and is_subhead(draft, zones, index, end):
            draft.set(index, Role.SUBHEAD)
        else:
            draft.set(index, Role.BODY)


def _is_link(draft: Draft, index: int) -> bool:
    """Return whether a line between the paragraphs of a page is the title of another story."""
    text = draft.texts[index]
    if draft.forms[index] is not _LINE:
        return False
    return index in draft.links or (len(text) >= _LONG_CAPITALS and text.isupper())
