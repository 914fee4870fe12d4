"""Ranges of dates in queries, and relative dates."""

import datetime

import pytest

from nutgraf.query.date_ranges import absolute, date_range


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2020-01-10", ("2020-01-10", "2020-01-10")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2019", ("2019-01-01", "2019-12-31")),
        ("2019..2020-01", ("2019-01-01", "2020-01-31")),
        ("2019..", ("2019-01-01", "")),
        ("..2019-06", ("", "2019-06-30")),
        ("..", None),
        ("2020..2019", None),
        ("soon", None),
        ("2019..soon", None),
    ],
)
def test_ranges_of_queries(value: str, bounds: tuple[str, str] | None) -> None:
    assert date_range(value) == bounds


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("today", "2020-03-31"),
        ("Yesterday", "2020-03-30"),
        ("this week", "2020-03-30..2020-04-05"),
        ("last  week", "2020-03-23..2020-03-29"),
        ("this month", "2020-03-01..2020-03-31"),
        ("last month", "2020-02-01..2020-02-29"),
        ("this-year", "2020-01-01..2020-12-31"),
        ("last_year", "2019-01-01..2019-12-31"),
        ("last 1 day", "2020-03-31"),
        ("last 7 days", "2020-03-25..2020-03-31"),
        ("past 2 weeks", "2020-03-18..2020-03-31"),
        ("last 1 month", "2020-03-01..2020-03-31"),
        ("last 13 months", "2019-03-01..2020-03-31"),
        ("last 2 years", "2018-04-01..2020-03-31"),
        ("last month..", "2020-02-01.."),
        ("..yesterday", "..2020-03-30"),
        ("2019..today", "2019..2020-03-31"),
        ("last year..last month", "2019-01-01..2020-02-29"),
        ("2019..2020-01", "2019..2020-01"),
        ("last 0 days", "last 0 days"),
        ("last 999999 years", "last 999999 years"),
        ("yesterdayish", "yesterdayish"),
    ],
)
def test_days_by_the_clock(value: str, days: str) -> None:
    assert absolute(value, lambda: datetime.date(2020, 3, 31)) == days
    understood = date_range(days)
    assert understood is None or understood[1] == "" or understood[0] <= understood[1]


def test_the_clock_is_asked_only_where_it_matters() -> None:
    def stopped() -> datetime.date:
        raise AssertionError("the clock was asked")

    assert absolute("2019..2020-01", stopped) == "2019..2020-01"
