"""The zones of an article: the head above the story, the story, and the tail below it.

A page that was saved with its menus is told from other texts by its lines. In a page, the story is
the run of blocks with the most prose and the fewest lines: the maximum subsequence of their scores
(Pasternack and Roth, Extracting article text from the web with maximum subsequence segmentation,
2009).
"""

from typing import NamedTuple

from nutgraf_index.analysis.languages.shape import Role, Zone
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.completion.imprints import Imprint
from nutgraf_index.passages.roles.draft import NEVER_LEAD, STATED_ROLES, Draft
from nutgraf_index.passages.roles.forms import Form, is_speech

__all__ = ["Zones", "is_breadcrumb", "zones_of"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_FURNITURE_IN_PAGE = 3  # blocks that say so make a page
_MENU = 4  # short lines between two titles make a page
_WORDS_IN_ENTRY = 3
_WORDS_IN_ROW = 6  # of the title of another story
_LONGEST_TRAIL = 10  # blocks of a breadcrumb, with the marks between its entries
_ENTRIES_IN_TRAIL = 3
_NEAR_SPEECH = 4  # blocks between two that begin with a label in capitals
_FAR_BELOW_TITLE = 60  # blocks between the headline of a page and its story
_BLOCKS_WITH_DATELINE = 14
_ABOVE_IMPRINT = 4
_LONGEST_DECK = 320  # characters
_LONGEST_SCORED = 400
_BLOCKS_ABOVE_BYLINE = 5
_LINKS_IN_PAGE = 5  # blocks of nothing else above the headline or the story
_MOST_HIGHLIGHTS = 8
_LONG_HIGHLIGHT = 100  # characters
_LONGEST_TAIL = 60
_PROSE_SHARE = 0.7  # of lines between the headline and the story
_LEAST_OF_PAGE = 3  # blocks above a headline or below a story
# Shares of blocks, as in pages and newsletters of some twenty houses.
_SHARE_IN_MENU = 0.15  # furniture
_LINKS_IN_MENU = 0.5
_ENTRIES_IN_MENU = 0.65
_SHARE_IN_FOOTER = 0.25
_PROSE_IN_FOOTER = 0.2
_ENTRIES_IN_FOOTER = 0.8
_LEAST_MENU = 15  # entries above all prose, one of which says so, make a page
_END_MARKS = frozenset(("#", "-30-", "-0-", "30", "-ends-", "-ENDS-", "--30--", "# # #", "###"))


class Zones(NamedTuple):
    """Where the zones of an article are, as indexes of blocks.

    Attributes:
        headline: the headline above the story in a page, 0 in other texts.
        lead: the first block of the story; the number of blocks if there is none.
        tail: the first block after the story.
        imprints: the bylines and date lines of the head.
        has_menu: whether menus stand above the headline.
        has_footer: whether menus, links and footers stand below the story.
    """

    headline: int
    lead: int
    tail: int
    imprints: dict[int, Imprint]
    has_menu: bool
    has_footer: bool

    @property
    def is_page(self) -> bool:
        """Whether the text is a page that was saved with its menus."""
        return self.has_menu or self.has_footer

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors that the bylines of the head name."""
        return tuple(name for imprint in self.imprints.values() for name in imprint.authors)


def zones_of(draft: Draft) -> Zones:
    """Return the zones of an article."""
    titles = sorted(draft.titles)
    size = len(draft)
    headline, start, end = 0, 0, size
    first = 0
    has_menu = has_footer = False
    if _may_be_page(draft, titles):
        first, end = _story_of_page(draft)
        above = [
            index
            for index in titles
            if index <= first <= index + _FAR_BELOW_TITLE and not is_breadcrumb(draft, index)
        ]
        if len(above) > 1 and above[0] == 0:
            above = above[1:]
        headline = above[0] if above else _headline_above(draft, first)
        has_menu = _is_menu(draft, 0, headline)
        if has_menu or (above and above[-1] > 0):
            start = above[-1] + 1 if above else headline
        else:
            headline = 0
        has_footer = _is_footer(draft, end)
        if not has_footer:
            end = size
    lead, imprints = _lead(draft, start, end, is_page=has_menu)
    if has_menu and lead < first:
        # Videos and offers with titles of other stories may stand between headline and story.
        lines = sum(1 for index in range(lead + 1, first) if draft.forms[index] is _LINE)
        if lines >= _MENU and lines > _PROSE_SHARE * (first - lead):
            lead = next((i for i in range(first, end) if _may_lead(draft, i)), lead)
    tail = _tail(draft, lead, end, is_page=has_footer)
    return Zones(headline, lead, tail, imprints, has_menu, has_footer)


def _shares(draft: Draft, start: int, end: int) -> tuple[float, float, float]:
    """Return the shares of blocks that are furniture, entries of menus or links, and prose."""
    size = end - start
    blocks = range(start, end)
    furniture = sum(1 for i in blocks if i in draft.furniture)
    entries = sum(1 for i in blocks if _is_entry(draft, i))
    prose = sum(1 for i in blocks if draft.forms[i] is _PROSE)
    return furniture / size, entries / size, prose / size


def _is_menu(draft: Draft, start: int, end: int) -> bool:
    """Return whether the blocks above a headline are menus, by the shares of what they are."""
    if end - start < _LEAST_OF_PAGE:
        return False
    furniture, entries, _ = _shares(draft, start, end)
    links = sum(1 for index in range(start, end) if index in draft.links)
    is_told = furniture >= _SHARE_IN_MENU or links >= _LINKS_IN_MENU * (end - start)
    return is_told and entries >= _ENTRIES_IN_MENU


def _is_footer(draft: Draft, start: int) -> bool:
    """Return whether the blocks below the story are menus, links and footers."""
    if len(draft) - start < _LEAST_OF_PAGE:
        return False
    furniture, entries, prose = _shares(draft, start, len(draft))
    if furniture >= _SHARE_IN_FOOTER:
        return prose <= _PROSE_IN_FOOTER
    return furniture >= _SHARE_IN_MENU and entries >= _ENTRIES_IN_FOOTER


def _may_be_page(draft: Draft, titles: list[int]) -> bool:
    """Return whether a text may be a page with its menus: a cheap test that most texts fail."""
    furniture = len(draft.furniture)
    if furniture >= _FURNITURE_IN_PAGE:
        return True
    if draft.links and _TITLE in draft.kinds:
        first = max(draft.kinds.index(_TITLE), _first_prose(draft))
    else:
        first = _first_prose(draft)
    if sum(1 for i in draft.links if i < first and i not in draft.pictures) >= _LINKS_IN_PAGE:
        return True
    if furniture and _menu_after(draft, 0, _LEAST_MENU) < _first_prose(draft):
        return True
    if len(titles) < 2:
        return False
    between = range(titles[0] + 1, titles[-1])
    return sum(1 for index in between if _is_entry(draft, index)) >= _MENU


def _is_entry(draft: Draft, index: int) -> bool:
    """Return whether a block may be an entry of a menu."""
    return index in draft.links or (
        draft.forms[index] is not _PROSE
        and draft.kinds[index] in (_PARAGRAPH, _ITEM)
        and len(draft.texts[index].split()) <= _WORDS_IN_ENTRY
    )


def _first_prose(draft: Draft) -> int:
    return next((i for i in range(len(draft)) if draft.is_prose(i)), len(draft))


def _menu_after(draft: Draft, start: int, least: int = _MENU) -> int:
    """Return the first block, from `start`, of a run of at least so many entries of menus."""
    first = None
    for index in range(start, len(draft)):
        if not _is_entry(draft, index):
            first = None
            continue
        first = index if first is None else first
        if index - first + 1 >= least:
            return first
    return len(draft)


def _headline_above(draft: Draft, start: int) -> int:
    """Return the headline of a page that repeats no title, above a block; the block without any.

    It is the nearest line of some words above the byline or date, or right above the story.
    """
    heads = range(start, max(start - _FAR_BELOW_TITLE, -1), -1)
    title = next((index for index in heads if draft.kinds[index] is _TITLE), None)
    if title is not None:
        return title
    for index in heads[1:]:
        if not _may_be_headline(draft, index):
            continue
        below = range(index + 1, min(index + 1 + _ABOVE_IMPRINT, start))
        for near in below:
            imprint = draft.imprint(near)
            is_row = (
                near + 1 < start
                and _may_be_headline(draft, near + 1)
                and len(draft.texts[near + 1].split()) >= _WORDS_IN_ROW
            )
            if imprint and (imprint.is_byline or (imprint.date and not is_row)):
                return index
    nearest = heads[1 : _ABOVE_IMPRINT + 1]
    return next((index for index in nearest if _may_be_headline(draft, index)), start)


def _may_be_headline(draft: Draft, index: int) -> bool:
    return (
        draft.is_line(index)
        and draft.kinds[index] is not _ITEM
        and len(draft.texts[index].split()) > _WORDS_IN_ENTRY
        and index not in draft.shapes
        and index not in draft.links
    )


def _score(draft: Draft, index: int) -> float:
    """Return how far a block speaks for the story (more than 0) or for the page around it."""
    if draft.is_furniture(index):
        return -2.0
    if index in draft.pictures:
        return 0.0
    if index in draft.links:
        return -1.0
    if draft.kinds[index] is not _PARAGRAPH:
        return 0.0
    form = draft.forms[index]
    if form is _PROSE:
        return 0.5 + min(len(draft.texts[index]), _LONGEST_SCORED) / 100
    return -0.3 if form is _QUESTION else -1.0


def _story_of_page(draft: Draft) -> tuple[int, int]:
    """Return the first block of the maximum subsequence of scores, and the block after its last."""
    best, best_start, best_end = 0.0, 0, len(draft)
    total, start = 0.0, 0
    for index in range(len(draft)):
        if total <= 0:
            total, start = 0.0, index
        total += _score(draft, index)
        if total > best:
            best, best_start, best_end = total, start, index + 1
    return best_start, best_end


def is_breadcrumb(draft: Draft, index: int) -> bool:
    """Return whether a title ends a row that leads to it from the home page, or opens no story."""
    if index + 1 < len(draft) and draft.is_title(index + 1):
        return True
    entries = 0
    for above in range(index - 1, max(index - _LONGEST_TRAIL, -1), -1):
        if draft.is_home(above):
            return True
        entries += draft.forms[above] is not _MARK
        if entries > _ENTRIES_IN_TRAIL or len(draft.texts[above].split()) > 2:
            return False
    return False


def _may_lead(draft: Draft, index: int) -> bool:
    """Return whether a block may be the first prose of the story, by what it says itself."""
    opens = index == 0 and draft.forms[0] is _QUESTION and draft.kinds[0] is _PARAGRAPH
    if opens and draft.title and len(draft.texts[0].split()) > _WORDS_IN_ENTRY:
        return 0 not in draft.titles
    if not draft.is_prose(index):
        if draft.forms[index] is not _LINE or draft.kinds[index] is not _PARAGRAPH:
            return False
        below = index + 1
        goes_on = (
            below < len(draft)
            and draft.texts[below][0].islower()
            and draft.forms[below] is _PROSE
            and len(draft.texts[index].split()) > _WORDS_IN_ENTRY
        )
        others = range(below, min(index + _NEAR_SPEECH, len(draft)))
        speaks = index and is_speech(draft.texts[index])
        # A label in a line of its own names who speaks; "EXCLUSIVE: ..." may be a headline.
        if speaks and ":\n" not in draft.texts[index]:
            speaks = any(is_speech(draft.texts[other]) for other in others)
        if not (goes_on or speaks):
            return False
    shape = draft.shape(index, Zone.HEAD)
    if draft.is_title(index):
        return False
    # A sentence may begin with "By".
    if shape is not None and shape.role in NEVER_LEAD and shape.role is not Role.BYLINE:
        return False
    return not (draft.is_captioned(index) and draft.is_prose(index + 2))


def _lead(draft: Draft, start: int, end: int, *, is_page: bool) -> tuple[int, dict[int, Imprint]]:
    """Return the index of the lead, and the imprints above it."""
    imprints: dict[int, Imprint] = {}
    newsroom, texts = draft.newsroom, draft.texts
    prose: list[int] = []
    above: Imprint | None = None
    opens = True
    listed = 0
    for index in range(start, end):
        if draft.kinds[index] in STATED_ROLES:
            continue
        shape = draft.shape(index, Zone.HEAD)
        if (
            index < start + _BLOCKS_WITH_DATELINE
            and draft.forms[index] not in (_MARK, _ADDRESS)
            and not (shape and shape.role in NEVER_LEAD)
            and not draft.is_title(index)
            and newsroom.datelines.read(texts[index])
        ):
            return index, imprints
        imprint = None
        if draft.kinds[index] is _PARAGRAPH or draft.kinds[index] is _ITEM:
            imprint = draft.imprint(index, opens=opens, above=above)
        if imprint and (
            (draft.is_title(index) and draft.title and not imprint.is_byline)
            or (
                draft.forms[index] is _PROSE
                and imprint.is_byline
                and not imprint.authors
                and "\n" not in texts[index]
            )
        ):
            imprint = None
        opens, above = False, imprint
        if shape and shape.role is Role.LIST and shape.opens:
            listed = _highlights_end(draft, index + 1, end)
        if imprint and draft.forms[index] not in (_MARK, _ADDRESS):
            imprints[index] = imprint
        elif index >= listed and _may_lead(draft, index):
            prose.append(index)
        if len(prose) == (3 if is_page else 2) or (
            prose and index > prose[0] + _BLOCKS_ABOVE_BYLINE
        ):
            break
    if not prose:
        return _lead_without_prose(draft, start, end, imprints), imprints
    first = prose[0]
    # A short sentence between the headline and the byline is a deck.
    is_deck = (
        first > start
        and len(texts[first]) <= _LONGEST_DECK
        and any(
            (imprint.is_byline or is_page) and first < index <= first + _BLOCKS_ABOVE_BYLINE
            for index, imprint in imprints.items()
        )
    )
    if is_deck:
        after = max(index for index in imprints)
        second = next((i for i in range(after + 1, end) if _may_lead(draft, i)), None)
        if second is not None:
            return second, imprints
    return first, {index: imprint for index, imprint in imprints.items() if index < first}


def _highlights_end(draft: Draft, start: int, end: int) -> int:
    """Return the first block after the sentences under a label such as "Story highlights".

    They are shorter than the lead, which may be anything after a dateline.
    """
    longest = 0
    for index in range(start, min(start + _MOST_HIGHLIGHTS, end)):
        text = draft.texts[index]
        if draft.newsroom.datelines.read(text) or (longest and len(text) > 1.2 * longest):
            return index
        if draft.is_prose(index):
            longest = max(longest, len(text), _LONG_HIGHLIGHT)
    return start


def _lead_without_prose(draft: Draft, start: int, end: int, imprints: dict[int, Imprint]) -> int:
    """Return the lead of a text without running text: its first line below the headline."""
    candidates = [
        index
        for index in range(start, end)
        if draft.kinds[index] not in (_TITLE, _HEADING)
        and STATED_ROLES.get(draft.kinds[index]) in (None, Role.LIST, Role.BODY)
        and index not in imprints
        and not ((shape := draft.shape(index, Zone.HEAD)) and shape.role in NEVER_LEAD)
    ]
    worded = [index for index in candidates if draft.forms[index] not in (_MARK, _ADDRESS)]
    prose = [index for index in worded if draft.forms[index] is _PROSE]
    if prose:
        return prose[0]
    if not worded:
        return candidates[0] if candidates else len(draft)
    has_headline = any(draft.kinds[index] in (_TITLE, _HEADING) for index in range(worded[0]))
    if len(worded) > 1 and not has_headline and (draft.is_title(worded[0]) or not draft.title):
        return worded[1]
    return worded[0]


def _tail(draft: Draft, lead: int, end: int, *, is_page: bool) -> int:
    """Return the first block of the tail.

    The tail of a page begins with the first block after its story that belongs to the page. The
    tail of any text has the blocks at its end that a shape explains, and what follows an end mark.
    """
    size = len(draft)
    tail = size
    if is_page and end < size:
        start = max(end, lead + 1)
        tail = min(
            next((i for i in range(start, size) if _is_of_page(draft, i)), size),
            _menu_after(draft, start),
        )
    last = tail
    for index in range(tail - 1, max(lead, tail - _LONGEST_TAIL), -1):
        if (
            draft.shape(index, Zone.TAIL)
            or draft.forms[index] in (_MARK, _ADDRESS)
            or draft.is_index(index)
        ):
            last = index
        elif draft.forms[index] is _PROSE or draft.kinds[index] is not _PARAGRAPH:
            break
    middle = (lead + size) // 2
    forms, texts = draft.forms, draft.texts
    ends = (i for i in range(middle, last) if forms[i] is not _PROSE and texts[i] in _END_MARKS)
    return next(ends, last)


def _is_of_page(draft: Draft, index: int) -> bool:
    """Return whether a block below the story of a page belongs to the page."""
    return (
        draft.forms[index] in (_MARK, _ADDRESS)
        or index in draft.links
        or draft.is_furniture(index)
        or draft.is_title(index)
        or draft.shape(index, Zone.TAIL) is not None
    )
