"""Dates as files state them."""

import datetime

import pytest

from nutgraf_index.properties.written_dates import majority_order, read_moment


@pytest.mark.parametrize(
    ("value", "date"),
    [
        *(
            (text, "2021-03-04")
            for text in (
                "2021-03-04", "2021-03-04T09:00:00.123+01:00", "2021-03-04 09:00:00",
                "2021-03-04T09:00Z", "2021-03-04Z", "2021-03-04 9:00 PM", "20210304",
                "20210304T091500Z", "20210304091500", "202103040900", "2021/03/04",
                "2021/3/4 10:20", "2021.03.04", "04.03.2021", "4.3.2021, 09:30 Uhr",
                "Thu, 04 Mar 2021", "Thu, 04 Mar 2021 09:00:00 +0000", "Thursday 4 March 2021",
                "Thu Mar 04 2021 09:00:00 GMT+0100 (Central European Standard Time)",
                "Thu Mar  4 09:00:00 2021", "Thu Mar 04 09:00:00 +0000 2021",
                "March 4th, 2021 at 9:00 am ET", "Mar. 4, 2021", "MARCH 4, 2021", "4 March 2021",
                "4th of March, 2021", "04-Mar-2021", "04-MAR-2021 09:00:12.25", "2021 March 4",
                "Mar 4 2021  9:00AM", "Fri 04 Mar 2021 21.37 GMT", "09:00, 4 March 2021",
                "March 4, 2021 noon EST", "Published: Mar 4, 2021, 9:00 AM EST",
                "Posted on March 4, 2021", "Updated 9:02 a.m. March 4, 2021",
                "Last updated on 4 March 2021 at 10.30pm",
                "Published March 4, 2021 Updated March 6, 2021", "March 4, 2021 - 6:01 PM EDT",
                "4. März 2021", "25.03.2021"[2:] and "4 mars 2021", "jeudi 4 mars 2021",
                "4 de marzo de 2021", "4 marzo 2021", "4 maart 2021", "4 марта 2021",
                "2021年3月4日", "04-MAR-2021 00:02:59.13\x05\x05\x05RM",
                1614848400, 1614848400.0, "1614848400", 1614848400000, "1614848400000", 20210304,
                datetime.date(2021, 3, 4), datetime.datetime(2021, 3, 4, 23, 30),
            )
        ),
        ("1er janvier 2020", "2020-01-01"),
        ("25. Mai 2015 Montag", "2015-05-25"),
        ("May 25, 2015 Monday", "2015-05-25"),
        ("25/12/2020", "2020-12-25"),
        ("12/25/2020", "2020-12-25"),
        ("04/04/2021", "2021-04-04"),
        ("03.25.2021", "2021-03-25"),
        ("12/31/2020 11:59 PM", "2020-12-31"),
        ("Tue, 12 Jan 93 09:30:00 GMT", "1993-01-12"),
        ("Sun, 12 Jan 20 09:30:00 GMT", "2020-01-12"),
        ("March 2021", "2021-03"),
        ("03/2021", "2021-03"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        (2021, "2021"),
    ],
)  # fmt: skip
def test_a_day_without_doubt_is_read(value: object, date: str) -> None:
    moment = read_moment(value)
    assert moment is not None
    assert (moment.date, moment.other) == (date, "")


@pytest.mark.parametrize(
    "value",
    [
        "", "yesterday", "2 hours ago", "Marathon 2020", "Maybe 5, 2020", "March 3-5, 2021",
        "2021-02-30", "20211304", "4/3/21", "Tue, 5 Foo 93", "Wed, 12 Jan 93 25 09:30",
        "Mar-21", "Jan 5", "1999-2000", "10:30", "Wednesday", "192.168.1.1", "5 2021",
        "2020-03-04 - 2020-03-05", "31/02/2020", "0000-00-00", "00/00/0000", 7, 1e300,
        float("nan"), float("inf"), True, None, [], "x" * 10_000, "9" * 5000, -1614848400,
    ],
)  # fmt: skip
def test_no_day_is_guessed(value: object) -> None:
    assert read_moment(value) is None


def test_times_and_zones() -> None:
    for text, time, zone in (
        ("2021-03-04T09:05:07Z", (9, 5, 7), 0),
        ("2021-03-04T09:05+0530", (9, 5), 330),
        ("March 4, 2021, 9:05 pm EST", (21, 5), -300),
        ("March 4, 2021 12:05 am PT", (0, 5), -480),
        ("4 March 2021 9.05 BST", (9, 5), 60),
        ("March 4, 2021 9 a.m.", (9,), None),
        ("March 4, 2021 9:05 IST", (9, 5), None),  # of India, Israel or Ireland
    ):
        moment = read_moment(text)
        assert moment is not None, text
        assert (moment.date, moment.time, moment.zone) == (
            "2021-03-04",
            datetime.time(*(*time, 0)[:3]),
            zone,
        ), text


def test_the_latest_time_that_a_text_can_mean() -> None:
    for text, latest in (
        ("2021-03-04T09:00Z", "2021-03-04T09:00"),
        ("2021-03-04T09:00+02:00", "2021-03-04T07:00"),
        ("2021-03-04T09:00", "2021-03-04T21:00"),
        ("2021-03-04", "2021-03-04T12:00"),
        ("2021-03", "2021-03-01T12:00"),
        ("04/03/2021", "2021-04-03T12:00"),
    ):
        moment = read_moment(text)
        assert moment is not None
        assert f"{moment.latest():%Y-%m-%dT%H:%M}" == latest
    moment = read_moment("9999-12-31T23:00-12:00")
    assert moment is not None
    assert moment.latest().year == 9999


def test_an_order_that_nothing_tells() -> None:
    for text in ("04/03/2021", "4-3-2021", "Posted 04/03/2021 9:00 PM"):
        moment = read_moment(text)
        assert moment is not None
        assert (moment.date, moment.other) == ("", "2021-04-03 2021-03-04")
        for order, date in (("dmy", "2021-03-04"), ("mdy", "2021-04-03")):
            told = read_moment(text, order)
            assert told is not None
            assert (told.date, told.other) == (date, "")


def test_the_majority_tells_the_order() -> None:
    assert majority_order(["04/03/2021 25/12/2020", "26-12-2020", "12/27/2020"]) == "dmy"
    assert majority_order(["12/27/2020"]) == "mdy"
    assert majority_order(["12/27/2020 27/12/2020 44/55/2020 2020/12/27"]) == ""
