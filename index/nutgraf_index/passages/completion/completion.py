"""What the passages of an article say of it: title, authors, place, source and date."""

from collections.abc import Sequence
from typing import NamedTuple

from nutgraf_index.model import Passage, Role
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.newsroom import Newsroom
from nutgraf_index.properties.header_block import field_of
from nutgraf_index.properties.keys import property_of

__all__ = ["Completion", "completion_of"]

_BODIES_READ = 3  # body passages searched for a dateline: it may follow a standfirst or two
_TAIL_READ = 20  # passages below the story
_LONGEST_OPENING = 100  # characters of a lead that may be a byline
_LONGEST_NOTE = 600  # characters of a note that is searched for a byline
_IMPRINTS = frozenset({Role.BYLINE, Role.NOTE, Role.CREDIT})
_STORY = frozenset({Role.LEAD, Role.BODY, Role.LIST, Role.SUBHEAD})


class Completion(NamedTuple):
    """The properties that the passages of an article give; each may be empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    place: str = ""
    source: str = ""
    date: str = ""


def completion_of(passages: Sequence[Passage], newsroom: Newsroom, *, start: int = 0) -> Completion:
    """Return the properties that the passages of an article give.

    Args:
        passages: the passages of the article, in reading order.
        newsroom: the readers of the article's language.
        start: the offset where the story is read from; passages before it are front matter.
    """
    headlines: list[str] = []
    decks: set[int] = set()
    last_headline = -1
    top, above = Imprint(), None
    place_above = place_field = bare_date = filed_date = ""
    has_date_below = False
    bodies = 0
    is_part = False  # whether a passage stands right below a subhead
    dateline = alone = None
    for passage in passages:
        role = passage.role
        if role is Role.HEADLINE:
            if last_headline == passage.number - 1:
                decks.add(len(headlines))
            headlines.append(passage.text)
            last_headline = passage.number
        elif role in (Role.LEAD, Role.BODY):
            bodies += 1
            if bodies == 1 and not top.authors:
                top = top.joined(_above_lead(passage.text, newsroom))
            if dateline := newsroom.datelines.read(passage.text):
                break
            if bodies == _BODIES_READ:
                break
        elif role in _IMPRINTS and passage.start >= start and not (is_part and bodies):
            said = _said(passage, newsroom, above, is_top=not bodies)
            if (
                said
                and said.date
                and (field := field_of(passage.text))
                and property_of(field.key) == "place"
            ):  # the day when it was filed
                filed_date = filed_date or said.date
                said = said._replace(date="")
            above = said if role is Role.BYLINE or (said and said.date) else None
            if (
                said
                and said.date
                and role is Role.NOTE
                and not newsroom.imprints.is_dated(passage.text)
            ):
                # The day of a page stands above its headline, that of the article below.
                if not bare_date or (headlines and not has_date_below):
                    bare_date, has_date_below = said.date, bool(headlines)
                said = said._replace(date="")
            top = top.joined(said) if said else top
            if role is Role.NOTE and not bodies:
                place_above, place_field = _place(passage.text, newsroom, place_field)
                alone = newsroom.datelines.read(passage.text) or alone
        is_part = role is Role.SUBHEAD
    tail = _tail(passages, newsroom)
    filed = dateline or alone or newsroom.datelines.none
    return Completion(
        title=newsroom.titles.read(headlines, decks),
        authors=top.authors or tail.authors,
        place=place_field or filed.place or place_above,
        source=filed.source or top.source or ("" if top.authors and tail.authors else tail.source),
        date=top.date or bare_date or filed_date or filed.date or tail.date,
    )


def _said(
    passage: Passage, newsroom: Newsroom, above: Imprint | None, *, is_top: bool
) -> Imprint | None:
    """Return what a byline, note or credit says; None if it says nothing of the article."""
    text, role = passage.text, passage.role
    if role is Role.CREDIT:
        return _of_source_field(text, newsroom)
    is_byline = role is Role.BYLINE
    said = newsroom.imprints.read(text, above=above, named=is_byline)
    if is_byline:
        if said is None or not (said.authors or said.source or said.date or said.updated):
            said = _of_byline(text, newsroom) or said
        return said
    if said is None and is_top and (house := newsroom.imprints.house(text)):
        return Imprint(source=house)
    if said is None and is_top and len(text) <= _LONGEST_NOTE:
        date = newsroom.imprints.read_date(text)
        lines = text.split("\n") if "\n" in text else ()
        bylines = [
            newsroom.bylines.read(line) for line in lines if newsroom.bylines.is_byline(line)
        ]
        byline = next(filter(None, bylines), None)
        if byline:
            return Imprint(byline.authors, byline.source, date, is_byline=True)
        return Imprint(date=date) if date else None
    return said


def _above_lead(text: str, newsroom: Newsroom) -> Imprint:
    """Return the byline that a lead begins with: "By Maja Orlo: The harbour board ..."."""
    byline, colon, rest = text[:_LONGEST_OPENING].partition(": ")
    if not colon or not newsroom.bylines.is_byline(byline) or not rest[:1].isupper():
        return Imprint()
    said = newsroom.bylines.read(byline)
    return Imprint(said.authors, said.source) if said else Imprint()


def _of_byline(text: str, newsroom: Newsroom) -> Imprint | None:
    """Return what a byline says that is no imprint: a name alone, a house, a job, with a date."""
    dated, rest = newsroom.imprints.dates(text)
    bylines = newsroom.bylines
    parts = [part.strip(" \t\n,;|()-–—•·") for part in rest]
    for part in parts if len(parts) > 1 else [text]:
        if byline := bylines.read(part, lenient=True) or bylines.signature(part, named=True):
            return dated.joined(Imprint(byline.authors, byline.source, is_byline=True))
        house = bylines.houses.second_line(part)
        if house or (dated.date and bylines.houses.is_new_house(part)):
            return dated.joined(Imprint(source=house or part, is_byline=True))
    return dated if dated.date else None


def _of_source_field(text: str, newsroom: Newsroom) -> Imprint | None:
    """Return the house in a line such as "SOURCE: Port News"; None for other credits."""
    field = field_of(" ".join(text.split()))
    if field is None or property_of(field.key) != "source":
        return None
    is_house = newsroom.bylines.houses.agency(field.value) or newsroom.bylines.houses.is_house(
        field.value
    )
    return Imprint(source=field.value) if is_house else None


def _place(text: str, newsroom: Newsroom, known: str) -> tuple[str, str]:
    """Return the place that a note above the lead names, alone and in a field."""
    if (field := field_of(text)) and property_of(field.key) == "place":
        # "DATELINE: Lindholm, March 4 2021"
        place = newsroom.imprints.dates(field.value)[1][0].strip(" ,")
        is_place = newsroom.datelines.read_place(place) or place.isupper()
        return "", known or (place if is_place else "")
    return newsroom.datelines.read_place(text), known


def _tail(passages: Sequence[Passage], newsroom: Newsroom) -> Imprint:
    """Return what stands below the story: a signature, an agency, a date with its label."""
    indexes = range(len(passages) - 1, -1, -1)
    last = next((index for index in indexes if passages[index].role in _STORY), -1)
    tail, above = Imprint(), None
    for passage in passages[last + 1 : last + 1 + _TAIL_READ]:
        text = passage.text
        if agency := newsroom.bylines.houses.agency(text):
            tail = tail.joined(Imprint(source=agency))
        elif passage.role in _IMPRINTS:
            is_byline = passage.role is Role.BYLINE
            is_read = is_byline or field_of(text) or newsroom.imprints.is_dated(text)
            said = _said(passage, newsroom, above, is_top=False) if is_read else None
            above = said if is_byline else None
            tail = tail.joined(said) if said else tail
        elif passage.role is Role.FURNITURE and not tail.authors and text[0] in "-–—―":
            signed = newsroom.bylines.signature(text)
            tail = tail.joined(Imprint(signed.authors, signed.source)) if signed else tail
    if last >= 0 and not tail.source:  # a passage, or the last line of a wrapped paragraph
        end = passages[last].text.rpartition("\n")[2]
        tail = tail.joined(Imprint(source=newsroom.bylines.houses.agency(end)))
    return tail
