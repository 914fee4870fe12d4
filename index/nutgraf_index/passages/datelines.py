"""Datelines: the place, date and agency of a report, at the head of its lead."""

import re
from typing import NamedTuple

from nutgraf_index.analysis.languages.language import NewsroomWords
from nutgraf_index.dates import iso_date
from nutgraf_index.passages.bylines import AGENCIES

__all__ = ["Dateline", "Datelines"]

_UPPER_WORD = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’/\-])+"
_PLACE_CAPS = rf"{_UPPER_WORD}(?:\s+(?:{_UPPER_WORD}|de|do|di|la|al|d['’]{_UPPER_WORD}))*"
_PLACE_ANY = r"[^\W\d_a-z][\w.'’/\-]*(?:\s+[^\W\d_a-z][\w.'’/\-]*){0,3}"
_REGION = r"(?:,\s+(?:[^\W\d_][\w.'’\-]*)(?:\s+[^\W\d_][\w.'’\-]*){0,2})"
_DASH = r"\s*(?:--?|[–—―_])\s+|\s*[–—―]\s*"
_SOURCE = r"\(\s*(?P<source>[^()\n]{2,60}?)\s*\)\.?"
_ASIDE = re.compile(r"[a-z][^.!?]*\s(?:--|[–—―])\s")  # "NATO — the alliance — will"
_WORDS_IN_A_SOURCE = 3
_LONGEST_DATELINE = 200  # characters
# How every dateline begins: with two capitals, or with a capital and, later, a bracket.
_CAPITALS = re.compile(r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’/\-]|[^(]*\()")


class Dateline(NamedTuple):
    """The parts of a dateline; a part that is missing is empty.

    Attributes:
        place: the place where the report was filed.
        date: ISO 8601; empty also if the dateline has no year.
        source: the agency.
        end: the offset of the first character after the dateline.
    """

    place: str
    date: str
    source: str
    end: int


class Datelines:
    """Reads the datelines of a language, and date lines: lines with a date of publication only."""

    def __init__(self, words: NewsroomWords) -> None:
        weekday = rf"(?:{words.weekday},?\s+)?"
        month = words.dateline_month
        date = (
            rf"{weekday}(?P<date>(?:{month}\s+\d{{1,2}}|\d{{1,2}}\s+{month})(?:,?\s+\d{{4}})?)\.?"
        )
        self._datelines = [
            re.compile(pattern, re.DOTALL)
            for pattern in (
                # ISTANBUL (AA) -      LONDON, Feb 1 (Reuters) -      Paris (AFP) –
                rf"(?P<place>{_PLACE_CAPS}{_REGION}??|{_PLACE_ANY}{_REGION}??)"
                rf"(?:,?\s+{date})?,?\s*{_SOURCE}(?:{_DASH})",
                # WASHINGTON, Jan. 3 —   BEIRUT, Lebanon, June 2.
                rf"(?P<place>{_PLACE_CAPS}{_REGION}??),\s+{date}"
                rf"(?:{_DASH}|(?<=\.)\s+)(?P<source>)",
                # WASHINGTON —           KHAN YOUNIS, Gaza Strip --
                rf"(?P<place>{_PLACE_CAPS}{_REGION}?)(?:\s*--\s+|\s*[–—―]\s*)"
                "(?P<source>)(?P<date>)",
            )
        ]
        self._date_line = re.compile(
            rf"(?:{words.published}|{words.updated})?{weekday}(?P<date>[^\n]{{4,40}}?)"
            rf"(?:[,;|]?\s+(?:{words.at}\s+)?\d{{1,2}}[:.]\d\d.{{0,20}})?$",
            re.IGNORECASE,
        )
        self._not_places = words.not_places

    def read(self, text: str) -> Dateline | None:
        """Read the dateline at the head of a lead; None if it has none.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> Datelines(ENGLISH.newsroom).read("LONDON, Feb 1 (Reuters) - Shares rose.")
        Dateline(place='LONDON', date='', source='Reuters', end=26)
        """
        head = text[:_LONGEST_DATELINE]
        if not _CAPITALS.match(head):
            return None
        for pattern in self._datelines:
            match = pattern.match(head)
            if match is None or match.end() >= len(text):
                continue
            place, source = " ".join(match["place"].split()), match["source"]
            date = iso_date(" ".join((match["date"] or "").split()).rstrip(".")) or ""
            if self._is_place(place, source) and not (
                not (source or match["date"]) and _ASIDE.match(head, match.end())
            ):
                return Dateline(place, date, source, match.end())
        return None

    def _is_place(self, place: str, source: str) -> bool:
        if source.casefold() in AGENCIES:
            return True
        return (
            place.partition(",")[0].isupper()
            and place.casefold() not in self._not_places
            and ":" not in source
            and len(source.split()) <= _WORDS_IN_A_SOURCE
        )

    def read_date_line(self, text: str) -> str | None:
        """Read a date line; return `YYYY-MM-DD`, or None for any other line.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> Datelines(ENGLISH.newsroom).read_date_line("Published: January 8, 2020")
        '2020-01-08'
        """
        text = text.strip("*_ \t")
        match = self._date_line.match(text) if len(text) <= 80 else None
        date = iso_date(match["date"]) if match else None
        return date if date and len(date) == len("2020-01-08") else None
