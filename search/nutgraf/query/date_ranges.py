"""Values of the `date:` filter: a day, month or year, or a range that may be open at one end.

Comparisons and intervals of other products, as in `>=2019` and `[2019 TO 2020]`, become ranges.
Relative dates such as "last week" become absolute dates when the query is parsed. Durations such as
`30d` are numbers of days.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from nutgraf_index.dates import iso_date

__all__ = ["DATE_FORMS", "absolute", "date_range", "days_in", "is_relative"]

DATE_FORMS = (
    "2020-01-12, 2020-01, 2020, 2019..2020-01, 2019.., ..2019, today, yesterday, "
    '"this week", "last month" or "last 7 days"'
)
_RELATIVE = (
    r"(?P<day>today|yesterday)|(?P<which>this|last) (?P<period>week|month|year)"
    r"|(?:last|past) (?P<count>\d{1,6}) (?P<unit>day|week|month|year)s?"
)
_DURATION = r"(?P<count>\d{1,6}) ?(?P<unit>[dwmy]|(?:day|week|month|year)s?)"
_UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}

_OTHER_SIGNS = ("<", ">", "=", "[", "{")
_COMPARED = r"(?s)(?P<sign>[<>]=?|=)(?P<than>.+)"
_INTERVAL = r"(?s)(?P<open>[\[{])(?P<first>.+)\s(?i:TO)\s(?P<last>.+)(?P<close>[\]}])"


@lru_cache(maxsize=1 << 8)  # the parser checks a range that each segment looks up
def date_range(value: str) -> tuple[str, str] | None:
    """Return the first and the last day of a `date:` value, both included, as ISO 8601 dates.

    An open end is an empty string. Return None if the value is not a date or range, or if the
    range ends before it begins.

    >>> date_range("2019..2020-02"), date_range("..2019")
    (('2019-01-01', '2020-02-29'), ('', '2019-12-31'))
    """
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    start, end = iso_date(first), iso_date(last)
    if (first.strip() and start is None) or (last.strip() and end is None):
        return None
    if start is None and end is None:
        return None
    bounds = (_first_day(start) if start else "", _last_day(end) if end else "")
    return None if bounds[1] and bounds[0] > bounds[1] else bounds


def absolute(value: str, clock: Callable[[], date]) -> str:
    """Return a `date:` value with its relative dates replaced by absolute dates.

    `clock` returns today's date. Weeks begin on Monday. "last week" is the week before the
    current week; "last 7 days" ends today. A comparison or an interval becomes a range.

    >>> absolute("last-week", lambda: date(2020, 1, 10)), absolute(">2019", date.today)
    ('2019-12-30..2020-01-05', '2020-01-01..')
    """
    if value[:1] in _OTHER_SIGNS:
        return _compared(value, clock)
    first, dots, last = value.partition("..")
    earliest, latest = _relative(first, clock), _relative(last if dots else first, clock)
    if earliest is None and latest is None:
        return value
    start = earliest[0].isoformat() if earliest else first
    end = latest[1].isoformat() if latest else last
    return start if start == end else f"{start}..{end}"


def is_relative(text: str) -> bool:
    """Return whether a text is a relative date, such as `yesterday` or `last week`."""
    return _relative(text, date.today) is not None


def days_in(duration: str) -> int | None:
    """Return the number of days of a duration; None if the text is not a duration.

    A month has 30 days, a year 365.

    >>> days_in("30d"), days_in("6 months"), days_in("1y"), days_in("soon")
    (30, 180, 365, None)
    """
    match = re.fullmatch(_DURATION, duration.strip().lower())
    return int(match["count"]) * _UNIT_DAYS[match["unit"][0]] if match else None


def _compared(value: str, clock: Callable[[], date]) -> str:
    """Return the range of a comparison or an interval; the value itself if it has no meaning."""
    if match := re.fullmatch(_COMPARED, value):
        sign = match["sign"]
        if sign == "=":
            return _bound(match["than"], sign, clock) or value
        bound = _bound(match["than"], sign, clock)
        first, last = (bound, "") if sign[0] == ">" else ("", bound)
    elif match := re.fullmatch(_INTERVAL, value):
        first = _bound(match["first"], ">=" if match["open"] == "[" else ">", clock)
        last = _bound(match["last"], "<=" if match["close"] == "]" else "<", clock)
    else:
        return value
    return value if first is None or last is None else f"{first}..{last}"


def _bound(text: str, sign: str, clock: Callable[[], date]) -> str | None:
    """Return the first or last date of a range: `text` itself, the day after it or before it.

    Return "" for `*`, which is an open end, and None if `text` is no date.
    """
    text = text.strip()
    if text == "*":
        return ""
    value = text if text[:1] in _OTHER_SIGNS else absolute(text, clock)
    bounds = date_range(value)
    if bounds is None:
        return None
    if "=" in sign:
        return value if ".." not in value or sign == "=" else bounds[sign == "<="]
    day = bounds[sign == ">"]
    try:
        return (date.fromisoformat(day) + timedelta(days=1 if sign == ">" else -1)).isoformat()
    except (OverflowError, ValueError):  # beyond the calendar, or an open end
        return None


def _relative(text: str, clock: Callable[[], date]) -> tuple[date, date] | None:
    """Return the first and last day of a relative date; None if the text is not a relative date."""
    text = text.strip().lower()
    if not text[:1].isalpha():
        return None
    match = re.fullmatch(_RELATIVE, re.sub(r"[\s_-]+", " ", text))
    if match is None:
        return None
    today = clock()
    try:
        if match["day"]:
            day = today - timedelta(days=match["day"] == "yesterday")
            return day, day
        if match["period"]:
            first, last = _period(match["period"], today)
            if match["which"] == "last":
                first, last = _period(match["period"], first - timedelta(days=1))
            return first, last
        return _before(today, match["unit"], int(match["count"])), today
    except (OverflowError, ValueError):  # before the year 1
        return None


def _period(unit: str, day: date) -> tuple[date, date]:
    """Return the first and last day of the week, month or year that contains a day."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    iso = day.isoformat()[: 7 if unit == "month" else 4]
    return date.fromisoformat(_first_day(iso)), date.fromisoformat(_last_day(iso))


def _before(today: date, unit: str, count: int) -> date:
    """Return the first day of `count` days, weeks, months or years that end today."""
    if count == 0:
        raise ValueError("no days")
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1) - 1)
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, _days_in(year, month + 1))) + timedelta(days=1)


def _first_day(iso: str) -> str:
    return iso + "-01-01"[len(iso) - 4 :]


def _last_day(iso: str) -> str:
    if len(iso) == 10:
        return iso
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    return f"{year:04}-{month:02}-{_days_in(year, month):02}"


def _days_in(year: int, month: int) -> int:
    import calendar  # slow to import and seldom needed

    return calendar.monthrange(year, month)[1]
