"""Dates as articles give them."""

import pytest

from nutgraf_index.dates import iso_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020", "2020"),
        ("2020-1", "2020-01"),
        ("2020-01-12", "2020-01-12"),
        ("2020-01-12T09:30:00Z", "2020-01-12"),
        ("2020/1/2", "2020-01-02"),
        ("20200112", "2020-01-12"),
        ("Jan. 12, 2020", "2020-01-12"),
        ("January 2020", "2020-01"),
        ("12 January 2020", "2020-01-12"),
        ("3rd Sept. 1999", "1999-09-03"),
        ("Sun, 12 Jan 2020 09:30:00 +0300", "2020-01-12"),
        ("10/01/2020", None),
        ("2020-13", None),
        ("2020-02-30", None),
        ("Foo 12, 2020", None),
        ("yesterday", None),
        ("Marathon 2020", None),
        ("Maybe 5, 2020", None),
        ("Mon, 1 Jan 99999999999999999999 10:00:00 +0000", None),
        ("", None),
    ],
)
def test_dates_of_articles(text: str, date: str | None) -> None:
    assert iso_date(text) == date
