"""Dates of articles as ISO 8601 text, as precise as they are known: a year, a month or a day.

The texts sort in the order of the dates; a year or a month sorts before its first day.
"""

import datetime
import re
from functools import lru_cache

from nutgraf_index.analysis.languages.registry import month_numbers
from nutgraf_index.arguments import whole_number

__all__ = ["date_text", "iso_date"]

# Compiled on first use: a search parses no dates of articles.
_TIME = r"(?:[Tt ].*|Z|[+-]\d\d:?\d\d)?"  # of day, or a time zone alone
_ISO = rf"(?s)(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}}){_TIME})?)?"
_SLASHED = r"(?s)(\d{4})/(\d{1,2})/(\d{1,2})(?:[T ].*)?"
_COMPACT = r"(?s)(\d{4})(\d{2})(\d{2})(?:T.*)?"
_MONTH_FIRST = r"([^\W\d_]{3,})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
_DAY_FIRST = (
    r"(\d{1,2})(?:st|nd|rd|th|er|[.º])?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:del?\s+)?(\d{4})"
    r"(?:\s*(?:г\.?|года|r\.?|roku))?"
)


@lru_cache(maxsize=1 << 12)  # an article has its date checked again, and others have it too
def iso_date(text: str) -> str | None:
    """Parse a date; return `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or None if `text` is not a date.

    The time of day is dropped. A form such as 10/01/2020 returns None: the order of day and month
    would be a guess.

    >>> iso_date("Jan. 12, 2020"), iso_date("2020-1"), iso_date("2020-01-12T09:30Z")
    ('2020-01-12', '2020-01', '2020-01-12')
    """
    text = text.strip()
    for pattern in (_ISO, _SLASHED, _COMPACT):
        if match := re.fullmatch(pattern, text):
            return _iso_format(*match.groups())
    if match := re.fullmatch(_MONTH_FIRST, text):
        month, day, year = match.groups()
        return _iso_format(year, _month_number(month), day)
    if match := re.fullmatch(_DAY_FIRST, text):
        day, month, year = match.groups()
        return _iso_format(year, _month_number(month), day)
    from email.utils import parsedate_to_datetime  # slow to import and seldom needed

    try:  # RFC 2822, as in mail and feeds
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def date_text(value: object) -> str | None:
    """Return a date as ISO 8601 text; None for any other value.

    The value is a `datetime.date`, a `datetime.datetime`, a text that `iso_date` reads, or the
    whole number of such a text. A time of day is dropped with its time zone: the day is that of
    the clock that the time was read from.

    >>> date_text(datetime.datetime(2020, 1, 12, 23, 30)), date_text(2020), date_text("soon")
    ('2020-01-12', '2020', None)
    """
    if isinstance(value, datetime.date):
        # The NaT of pandas is a datetime that differs from itself.
        return value.isoformat()[:10] if value == value else None
    number = whole_number(value)
    if number is not None:
        value = str(number)
    return iso_date(value) if isinstance(value, str) else None


def _month_number(name: str) -> str:
    """Return the number of the month whose name begins with `name`; "0" if there is none."""
    for month, number in month_numbers():
        if month.startswith(name.lower()):
            return str(number)
    return "0"


def _iso_format(year: str, month: str | None, day: str | None) -> str | None:
    """Return the date as precise as its parts; None if the calendar has no such date."""
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]
