"""The zones of an article: the head above the story, the story, and the tail below it."""

from typing import NamedTuple

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.forms import Form
from nutgraf_index.passages.roles.lead import lead_of, may_lead
from nutgraf_index.passages.roles.pages import (
    comments_after,
    footer_after,
    headline_above,
    is_breadcrumb,
    is_menu,
    is_paragraph,
    may_be_page,
    menu_after,
    paragraph_above,
    resumed_end,
    story_of_page,
)

__all__ = ["Zones", "zones_of"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_MENU = 4  # short lines between two titles make a page
_FAR_BELOW_TITLE = 60  # blocks between the headline of a page and its story
_LONGEST_TAIL = 60
_PROSE_SHARE = 0.7  # of lines between the headline and the story
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
        return tuple([name for imprint in self.imprints.values() for name in imprint.authors])


def zones_of(draft: Draft) -> Zones:
    """Return the zones of an article."""
    titles = sorted(draft.titles)
    size = len(draft)
    headline, start, end = 0, 0, size
    first = 0
    has_menu = has_footer = False
    if may_be_page(draft, titles):
        first, end = story_of_page(draft)
        end = resumed_end(draft, first, end)
        headline, above = _headline_of(draft, titles, first)
        if (early := paragraph_above(draft, headline, first)) < headline:
            first = early  # no menu has paragraphs
            headline, above = _headline_of(draft, titles, first)
        has_menu = is_menu(draft, 0, headline) or is_menu(
            draft, headline + 1, first, by_links=False
        )
        if has_menu or (above and above[-1] > 0):
            start = above[-1] + 1 if above else headline
        else:
            headline = 0
        footer = footer_after(draft, first, end)
        has_footer = footer is not None
        end = size if footer is None else footer
    lead, imprints = lead_of(draft, start, end, is_page=has_menu)
    if has_menu and lead < first and not draft.dateline(lead):
        # Videos and offers with titles of other stories may stand between headline and story.
        lines = sum(1 for index in range(lead + 1, first) if draft.forms[index] is _LINE)
        if lines >= _MENU and lines > _PROSE_SHARE * (first - lead):
            lead = next((i for i in range(first, end) if may_lead(draft, i)), lead)
    if draft.furniture and (label := comments_after(draft, lead, end)) < end:
        end, has_footer = label, True
    tail = _tail(draft, lead, end, is_page=has_footer)
    return Zones(headline, lead, tail, imprints, has_menu, has_footer)


def _headline_of(draft: Draft, titles: list[int], first: int) -> tuple[int, list[int]]:
    """Return the headline of a page whose story begins with a block, and the titles above it."""
    above = [
        index
        for index in titles
        if index <= first <= index + _FAR_BELOW_TITLE and not is_breadcrumb(draft, index)
    ]
    if len(above) > 1 and above[0] == 0:
        above = above[1:]
    return above[0] if above else headline_above(draft, first), above


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
            menu_after(draft, start),
        )
        # Short lines with a paragraph below them, above the furniture, are of the story.
        furniture = next((i for i in range(tail, size) if _is_of_page(draft, i)), size)
        tail = max((i + 1 for i in range(tail, furniture) if is_paragraph(draft, i)), default=tail)
        while tail > start and draft.kinds[tail - 1] is _HEADING:
            tail -= 1  # it heads a row of the page
    last = tail
    for index in range(tail - 1, max(lead, tail - _LONGEST_TAIL), -1):
        if (
            (draft.shape(index, Zone.TAIL) and not draft.is_labelled_often(index))
            or draft.forms[index] in (_MARK, _ADDRESS)
            or draft.is_index(index)
            or draft.is_page_line(index)
            or draft.is_desk(index)
        ):
            last = index
        elif draft.forms[index] is _PROSE or draft.kinds[index] is not _PARAGRAPH:
            break
    middle = (lead + size) // 2
    ends = [i for i in draft.odd if middle <= i < last and draft.texts[i] in _END_MARKS]
    return next((i for i in ends if draft.forms[i] is not _PROSE), last)


def _is_of_page(draft: Draft, index: int) -> bool:
    """Return whether a block below the story of a page belongs to the page."""
    return (
        draft.forms[index] in (_MARK, _ADDRESS)
        or index in draft.links
        or draft.is_furniture(index)
        or draft.is_title(index)
        or draft.shape(index, Zone.TAIL) is not None
    )
