"""What the passages of an article say of it, by their roles."""

import pytest

from nutgraf_index.model import Passage, Role
from nutgraf_index.passages.completion.completion import Completion, completion_of
from nutgraf_index.passages.newsroom import newsroom_of

ENGLISH = newsroom_of("en")
LEAD = "The harbour board voted on Tuesday to close the old pier."
BODY = "Ferries will call at Brunnvik until June."


def told(*passages: tuple[str, str]) -> Completion:
    """Return what passages say, given as roles and texts."""
    start = 0
    made = []
    for number, (role, text) in enumerate(passages, start=1):
        made.append(Passage(number, Role(role), "", start, start + len(text), number, text))
        start += len(text) + 2
    return completion_of(made, ENGLISH)


def test_wire_copy() -> None:
    done = told(
        ("note", "BC-PIER-CLOSING-PNS"),
        ("headline", "PIER CLOSES AT LINDHOLM"),
        ("byline", "By MAJA ORLO"),
        ("byline", "Port Post Writer"),
        ("credit", "c.2021 Lindholm Post"),
        ("lead", f"LINDHOLM, Sweden (AP) _ {LEAD}"),
        ("body", BODY),
    )
    assert done == Completion(
        "PIER CLOSES AT LINDHOLM", ("MAJA ORLO",), "LINDHOLM, Sweden", "AP", ""
    )


@pytest.mark.parametrize(
    ("byline", "authors", "source", "date"),
    [
        ("By Maja Orlo", ("Maja Orlo",), "", ""),
        ("by\nMaja Orlo", ("Maja Orlo",), "", ""),
        ("Maja Orlo", ("Maja Orlo",), "", ""),
        ("MAJA ORLO, FUTURISM", ("MAJA ORLO",), "FUTURISM", ""),
        ("By Maja Orlo,\nPort News", ("Maja Orlo",), "Port News", ""),
        ("By Maja Orlo - 11/19/19 06:56 AM EST", ("Maja Orlo",), "", "2019-11-19"),
        ("By Maja Orlo On 11/19/19 at 4:00 PM EST", ("Maja Orlo",), "", "2019-11-19"),
        ("Posted by Maja Orlo on March 4, 2021", ("Maja Orlo",), "", "2021-03-04"),
        ("Port News wire services", (), "Port News wire services", ""),
        ("PortNow August 08, 2018", (), "PortNow", "2018-08-08"),
        ("Maja Orlo March 4, 2021", ("Maja Orlo",), "", "2021-03-04"),
        ("[Maja Orlo](/people/maja)[Follow](/follow)", ("Maja Orlo",), "", ""),
        ("Maja Orlo Staff Writer", ("Maja Orlo",), "", ""),
        ("Maja Orlo, Health reporter", ("Maja Orlo",), "", ""),
        ("Maja Orlo in Lindholm", ("Maja Orlo",), "", ""),
        ("MAJA ORLO AND BO EK", ("MAJA ORLO", "BO EK"), "", ""),
        ("Maja Orlo & Bo Ek", ("Maja Orlo", "Bo Ek"), "", ""),
        ("Maja Orlo / Special to The Post", ("Maja Orlo",), "The Post", ""),
        ("Maja Orlo, PA", ("Maja Orlo",), "PA", ""),
        ("By Maja Orlo\nBBC News, Lindholm", ("Maja Orlo",), "BBC News", ""),
        ("March 4, 2021 | Maja Orlo", ("Maja Orlo",), "", "2021-03-04"),
        ("By Post Staff | March 4, 2021", (), "Post", "2021-03-04"),
        ("Sports Desk", (), "", ""),
        ("Staff", (), "", ""),
        ("Enlarge Image", (), "", ""),
    ],
)
def test_bylines(byline: str, authors: tuple[str, ...], source: str, date: str) -> None:
    done = told(("headline", "Pier closes"), ("byline", byline), ("lead", LEAD), ("body", BODY))
    assert done == Completion("Pier closes", authors, "", source, date)


@pytest.mark.parametrize(
    ("note", "date"),
    [
        ("June 3, 2026", "2026-06-03"),
        ("Published 9:00 a.m. ET March 4, 2021", "2021-03-04"),
        ("Monday, January 31, 2022", "2022-01-31"),
        ("3 March 2021", "2021-03-03"),
        ("2021-03-04T09:00", "2021-03-04"),
        ("2021-03-04 21:21:50", "2021-03-04"),
        ("04 MAR 2021 | 10:15", "2021-03-04"),
        ("Posted: March 4, 2021", "2021-03-04"),
        ("First published on March 4, 2021", "2021-03-04"),
        ("Published Thu, Mar 4 2021\n4:29 AM EST", "2021-03-04"),
        ("March 4, 2021, Thursday, Port County Edition", "2021-03-04"),
        ("March 4, 2021 at 2:26 PM EST - Updated March 5 at 4:46 PM", "2021-03-04"),
        ("Date: March 4, 2021", "2021-03-04"),
        ("Release Date: March 4, 2021", "2021-03-04"),
        ("Posted on Mar 4, 2021 in News", "2021-03-04"),
        ("Posted at 9:00 AM, Mar 4, 2021 and last updated 10:00 AM, Mar 5, 2021", "2021-03-04"),
        ("Article published on March 4, 2021", "2021-03-04"),
        ("FOR IMMEDIATE RELEASE: March 4, 2021", "2021-03-04"),
        ("MARCH 4, 2021 / 9:00 AM / 2 YEARS AGO", "2021-03-04"),
        ("2021.03.04", "2021-03-04"),
        ("04/03/2021", ""),
        ("Updated 9:14 AM EST, Fri March 5, 2021", ""),
        ("Updated 0339 GMT (1139 HKT) March 5, 2021", ""),
        ("LOAD-DATE: March 5, 2021", ""),
        ("AP-NY-03-04-21 1708EDT", ""),
        ("131137 GMT Mar 4", ""),
        ("March 4", ""),
        ("August 26,27. & 28", ""),
        ("On March 4, 2021, the board closed the pier.", ""),
        ("For release after March 5, 2021", ""),
    ],
)
def test_dates(note: str, date: str) -> None:
    done = told(("headline", "Pier closes"), ("note", note), ("lead", LEAD), ("body", BODY))
    assert done.date == date


def test_the_date_of_an_article_goes_before_the_day_of_its_page() -> None:
    page, printed = ("note", "Wed, Nov 20, 2019"), ("note", "November 13, 2019")
    head = ("headline", "Pier closes")
    lead = ("lead", LEAD)
    assert told(page, head, lead).date == "2019-11-20"
    assert told(page, head, printed, lead).date == "2019-11-13"
    assert told(page, head, ("byline", "By Maja Orlo On 11/13/19"), lead).date == "2019-11-13"
    assert told(page, ("note", "Published November 13, 2019"), head, lead).date == "2019-11-13"


@pytest.mark.parametrize(
    ("end", "source"),
    [
        ("Reuter", "Reuters"),
        ("REUTER", "Reuters"),
        ("(AFP)", "AFP"),
        ("-- Bernama", "Bernama"),
        ("SOURCE:\nPort News", "Port News"),
        ("Copyright 2021 The Lindholm Post", ""),
        ("Story Filed By Port Newspapers", ""),
        ("Source: https://post.example/pier", ""),
    ],
)
def test_the_source_at_the_end(end: str, source: str) -> None:
    passages = [("headline", "Pier closes"), ("lead", LEAD), ("body", BODY)]
    assert told(*passages, ("credit", end)).source == source
    assert told(*passages, ("credit", end), ("furniture", "Share")).source == source


def test_the_agency_in_the_last_line_of_a_wrapped_paragraph() -> None:
    assert told(("lead", LEAD), ("body", f"{BODY}\n Reuter")).source == "Reuters"
    assert told(("lead", LEAD), ("body", BODY), ("body", "Reuter")).source == "Reuters"
    assert told(("lead", LEAD), ("body", BODY)).source == ""


def test_the_dateline_names_the_source_before_the_byline() -> None:
    byline = ("byline", "By Maja Orlo, The Lindholm Post")
    assert told(byline, ("lead", f"Lindholm (dpa) - {LEAD}")).source == "dpa"
    assert told(byline, ("lead", LEAD)).source == "The Lindholm Post"


@pytest.mark.parametrize("signature", ["– Maja Orlo", "MAJA ORLO", "By Maja Orlo"])
def test_a_signature_below_the_story(signature: str) -> None:
    done = told(("lead", LEAD), ("body", BODY), ("byline", signature), ("furniture", "Share"))
    assert [name.casefold() for name in done.authors] == ["maja orlo"]


def test_a_byline_above_the_story_goes_before_one_below() -> None:
    done = told(
        ("byline", "By Maja Orlo"),
        ("lead", LEAD),
        ("body", BODY),
        ("byline", "Bo Ek"),
        ("byline", "Port Sports Writer"),
    )
    assert (done.authors, done.source) == (("Maja Orlo",), "")


def test_a_byline_within_a_note_of_several_lines() -> None:
    note = "(For use by clients)\nBy MAJA ORLO\nc.2021 Lindholm Post"
    assert told(("note", note), ("lead", LEAD)).authors == ("MAJA ORLO",)


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ("BRUNNVIK, South Africa", "BRUNNVIK, South Africa"),
        ("LOS ANGELES", "LOS ANGELES"),
        ("DATELINE: LINDHOLM", "LINDHOLM"),
        ("POLITICS", ""),
        ("Location: ZOOM, with a link for members", ""),
    ],
)
def test_a_place_alone_above_the_lead(note: str, place: str) -> None:
    assert told(("headline", "Pier closes"), ("note", note), ("lead", LEAD)).place == place


def test_a_place_that_other_notes_follow_is_an_address() -> None:
    address = [("note", "Port Hotel"), ("note", "Marlborough, Massachusetts")]
    assert told(*address, ("note", "https://port.example"), ("lead", LEAD)).place == ""


def test_the_first_of_several_datelines() -> None:
    done = told(("lead", LEAD), ("body", f"LINDHOLM — {LEAD}"), ("body", f"BRUNNVIK — {BODY}"))
    assert done.place == "LINDHOLM"


def test_a_label_or_a_link_is_no_name() -> None:
    done = told(("headline", "Pier closes"), ("furniture", "Author"), ("lead", LEAD))
    assert done.authors == ()


def test_a_dateline_in_a_line_of_its_own() -> None:
    line = "LINDHOLM, Sweden - March 4, 2021 / Port Agency /"
    done = told(("headline", "Pier closes"), ("lead", line), ("body", BODY))
    assert (done.place, done.source, done.date) == ("LINDHOLM, Sweden", "Port Agency", "2021-03-04")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{LEAD}\n819\nMonday, 3 May 2021\n{BODY}", "2021-05-03"),
        (f"{LEAD}\n9\nth\nMay 2021\n{BODY}", "2021-05-09"),
        (f"LINDHOLM, SWEDEN, MONDAY, MAY 3, 1916.\n{BODY}", "1916-05-03"),
        (f"3 May 2021\n{LEAD * 9}\n3 May 2021\n{BODY}", "2021-05-03"),
        (f"3 May 2021\n{LEAD * 9}\n4 May 2021\n{BODY}", ""),
        (f"Pier shut\n3 May 2021\nFerries\n3 May 2021\n{BODY}", ""),  # a row of stories
        (f"{LEAD} It was\nclosed on 3 May 2021\n{BODY}", ""),
    ],
)
def test_the_day_that_stands_alone_in_lines_of_the_text(text: str, date: str) -> None:
    assert ENGLISH.imprints.day_of_lines(text) == date


@pytest.mark.parametrize(
    ("lead", "authors"),
    [
        (f"By Maja Orlo: {LEAD}", ("Maja Orlo",)),
        (f"By Maja Orlo and Bo Ek: {LEAD}", ("Maja Orlo", "Bo Ek")),
        ("By noon: the harbour board had voted.", ()),
        ("By the numbers: 23 berths, 120 boats.", ()),
        ("By Tuesday: The board had voted.", ()),
    ],
)
def test_a_byline_at_the_head_of_the_lead(lead: str, authors: tuple[str, ...]) -> None:
    assert told(("headline", "Pier closes"), ("lead", lead)).authors == authors


def test_a_signature_with_a_dash_below_the_story_of_a_page() -> None:
    done = told(("lead", LEAD), ("body", BODY), ("furniture", "– Maja Orlo"))
    assert done.authors == ("Maja Orlo",)
    done = told(("lead", LEAD), ("body", BODY), ("furniture", "Maja Orlo"))
    assert done.authors == ()


def test_dates_that_a_page_prints_twice_without_space() -> None:
    done = told(("byline", "by M.O. Orlo  Apr. 26, 2022Apr. 26, 2022"), ("lead", LEAD))
    assert (done.authors, done.date) == (("M.O. Orlo",), "2022-04-26")


def test_a_house_may_be_a_group() -> None:
    done = told(("byline", "By Maja Orlo, North Lindholm Media Group"), ("lead", LEAD))
    assert (done.authors, done.source) == (("Maja Orlo",), "North Lindholm Media Group")
