"""What `date:` takes: a day, month or year, or a range of them, either end open."""

import calendar

from nutgraf_index.dates import iso_date

__all__ = ["DATE_FORMS", "date_range"]

DATE_FORMS = "2020-01-12, 2020-01, 2020, 2019..2020-01, 2019.. or ..2019"


def date_range(value: str) -> tuple[str, str] | None:
    """Return the first and the last day a value covers, as ISO 8601; None if it is no date.

    An open end is an empty text. Both ends of a range are included.

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


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :]


def _last_day(date: str) -> str:
    if len(date) == 10:
        return date
    year, month = int(date[:4]), int(date[5:7] or 12)
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
