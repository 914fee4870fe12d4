"""Datelines: where, when and for which agency a report was filed, at the head of its lead."""

import re
from typing import NamedTuple

from nutgraf_index.dates import iso_date
from nutgraf_index.passages.bylines import AGENCIES

__all__ = ["Dateline", "read_date_line", "read_dateline"]

_MONTH = (
    r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DATE = rf"{_WEEKDAY}(?P<date>(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)\.?"
_UPPER_WORD = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’/\-])+"
_PLACE_CAPS = rf"{_UPPER_WORD}(?:\s+(?:{_UPPER_WORD}|de|do|di|la|al|d['’]{_UPPER_WORD}))*"
_PLACE_ANY = r"[^\W\d_a-z][\w.'’/\-]*(?:\s+[^\W\d_a-z][\w.'’/\-]*){0,3}"
_REGION = r"(?:,\s+(?:[^\W\d_][\w.'’\-]*)(?:\s+[^\W\d_][\w.'’\-]*){0,2})"
_DASH = r"\s*(?:--?|[–—―_])\s+|\s*[–—―]\s*"
_SOURCE = r"\(\s*(?P<source>[^()\n]{2,60}?)\s*\)\.?"
_DATELINES = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        # ISTANBUL (AA) -        LONDON, Feb 1 (Reuters) -        Paris (AFP) –
        rf"(?P<place>{_PLACE_CAPS}{_REGION}??|{_PLACE_ANY}{_REGION}??)(?:,?\s+{_DATE})?,?\s*{_SOURCE}"
        rf"(?:{_DASH})",
        # WASHINGTON, Jan. 3 —   BEIRUT, Lebanon, June 2.
        rf"(?P<place>{_PLACE_CAPS}{_REGION}??),\s+{_DATE}(?:{_DASH}|(?<=\.)\s+)(?P<source>)",
        # WASHINGTON —           KHAN YOUNIS, Gaza Strip --
        rf"(?P<place>{_PLACE_CAPS}{_REGION}?)(?:\s*--\s+|\s*[–—―]\s*)(?P<source>)(?P<date>)",
    )
)
# Capitals before a dash that are no place.
_NO_PLACE = frozenset(
    "aids analysis breaking correction exclusive explainer live nato note ok opinion tv update "
    "video watch who wto imf un eu us usa uk".split()
)
_ASIDE = re.compile(r"[a-z][^.!?]*\s(?:--|[–—―])\s")  # "NATO — the alliance — will"
_WORDS_IN_A_SOURCE = 3
# A line of its own that says when or how a story was published.
_DATE_LINE = re.compile(
    r"(?:(?:first |originally |last )?(?:published|updated|posted|filed)(?: on| at)?:?\s+"
    r"|date:\s+)?"
    rf"{_WEEKDAY}(?P<date>[^\n]{{4,40}}?)"
    r"(?:[,;|]?\s+(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?$",
    re.IGNORECASE,
)
_HOME = 200  # characters within which a dateline stands
# What they all begin with: two capitals, or a capital and an agency somewhere.
_CAPITALS = re.compile(r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’/\-]|[^(]*\()")


class Dateline(NamedTuple):
    """Where and when a report was filed and by which agency, as far as it says.

    `date` is ISO 8601 and empty unless the year was given; `end` is where the story's words begin.
    """

    place: str
    date: str
    source: str
    end: int


def read_dateline(text: str) -> Dateline | None:
    """Read the dateline at the head of a lead; None if there is none.

    >>> read_dateline("LONDON, Feb 1 (Reuters) - Shares rose.")
    Dateline(place='LONDON', date='', source='Reuters', end=26)
    """
    head = text[:_HOME]
    if not _CAPITALS.match(head):
        return None
    for pattern in _DATELINES:
        match = pattern.match(head)
        if match is None or match.end() >= len(text):
            continue
        place, source = " ".join(match["place"].split()), match["source"]
        date = iso_date(" ".join((match["date"] or "").split()).rstrip(".")) or ""
        if _is_place(place, source) and not (
            not (source or match["date"]) and _ASIDE.match(head, match.end())
        ):
            return Dateline(place, date, source, match.end())
    return None


def _is_place(place: str, source: str) -> bool:
    if source.casefold() in AGENCIES:
        return True
    return (
        place.partition(",")[0].isupper()
        and place.casefold() not in _NO_PLACE
        and ":" not in source
        and len(source.split()) <= _WORDS_IN_A_SOURCE
    )


def read_date_line(text: str) -> str | None:
    """Read a line that only says when a story was published, as ISO 8601; None for others.

    >>> read_date_line("Published: January 8, 2020")
    '2020-01-08'
    """
    text = text.strip("*_ \t")
    match = _DATE_LINE.match(text) if len(text) <= 80 else None
    date = iso_date(match["date"]) if match else None
    return date if date and len(date) == len("2020-01-08") else None
