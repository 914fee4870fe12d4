"""Dates of articles, as ISO 8601 text cut to what is known: a year, a month or a day.

Such texts sort as the dates do; a date that is only a year or a month sorts as its first day.
"""

import datetime
import re

from nutgraf_index.analysis.languages.registry import month_numbers

__all__ = ["iso_date"]

# Compiled when first used: a search reads no date.
_ISO = r"(?s)(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?"
_SLASHED = r"(?s)(\d{4})/(\d{1,2})/(\d{1,2})(?:[T ].*)?"
_COMPACT = r"(?s)(\d{4})(\d{2})(\d{2})(?:T.*)?"
_MONTH_FIRST = r"([^\W\d_]{3,})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
_DAY_FIRST = r"(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]{3,})\.?,?\s+(\d{4})"


def iso_date(text: str) -> str | None:
    """Return the date `text` names as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None if it names none.

    A time of day is dropped. Forms such as 10/01/2020, whose order of day and month is a
    guess, name no date here.

    >>> iso_date("Jan. 12, 2020"), iso_date("2020-1"), iso_date("2020-01-12T09:30Z")
    ('2020-01-12', '2020-01', '2020-01-12')
    """
    text = text.strip()
    for form in (_ISO, _SLASHED, _COMPACT):
        if match := re.fullmatch(form, text):
            return _checked(*match.groups())
    if match := re.fullmatch(_MONTH_FIRST, text):
        month, day, year = match.groups()
        return _checked(year, _month(month), day)
    if match := re.fullmatch(_DAY_FIRST, text):
        day, month, year = match.groups()
        return _checked(year, _month(month), day)
    from email.utils import parsedate_to_datetime  # slow to import and seldom needed

    try:  # RFC 2822, as in mail and feeds
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _month(name: str) -> str:
    """Return the number of a month by its name or at least three letters of it, else "0"."""
    for month, number in month_numbers():
        if month.startswith(name.lower()):
            return str(number)
    return "0"


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    """Join the parts given if the calendar has such a date."""
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]
