"""Titles: headlines as printed, without labels, marks and houses."""

import pytest

from nutgraf_index.passages.newsroom import newsroom_of
from quick import within

TITLES = newsroom_of("en").titles
HEADLINE = "Pier closes at Lindholm"


@pytest.mark.parametrize(
    "printed",
    [
        "Pier closes at Lindholm",
        "Pier closes\n  at Lindholm",
        "HEADLINE: Pier closes at Lindholm",
        "**Pier closes at Lindholm**",
        "[Pier closes at Lindholm](https://post.example/pier)",
        "^Pier closes at Lindholm<",
        "Pier closes at Lindholm =",
        "Pier closes at Lindholm | The Post",
        "Pier closes at Lindholm | News | Port Today",
        "Pier closes at Lindholm - The Lindholm Post",
        "Pier closes at Lindholm - Reuters",
        "Pier closes at Lindholm -- CNN",
        "Pier closes at Lindholm — Port World News",
        "Pier closes at Lindholm - portpost.example.com",
        "Pier closes at Lindholm - Port County District Attorney",
        "Pier closes at Lindholm - The Port District Attorney's Office",
        "Pier closes at Lindholm – DA NewsCenter",
    ],
)
def test_the_headline_as_printed(printed: str) -> None:
    assert TITLES.read([printed]) == HEADLINE
    assert TITLES.read([printed, "Nobody was asked, the captains say"]) == HEADLINE


@pytest.mark.parametrize(
    "printed",
    [
        "MEDIA ADVISORY - People v. Ek, part 6",
        "Pier closes - and nobody was asked",
        "Ferries 3 - 2 Trawlers",
        "Pier closes – Board says no",
        "Pier: the end",
        "Post | The Post",
    ],
)
def test_other_dashes_and_bars_are_part_of_the_headline(printed: str) -> None:
    assert TITLES.read([printed]) == printed


def test_a_headline_that_stands_alone_below_shows_where_the_house_begins() -> None:
    assert TITLES.read([f"{HEADLINE} - Brunnvik Ahoy", HEADLINE]) == HEADLINE


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Pier closes", True),
        ("PIER closes!", True),
        ("Pier closes | The Post", True),
        ("Pier closes / News : the Brunnvik Evening Post", True),
        ("The Post – Pier closes", True),
        ("Pier closes - what the board of the ferries said of it", False),
        ("Pier closes the Post", False),
        ("Pier closes-The Post", False),
        ("Pier opens | Pier", False),
        ("Pier closes | ", True),
        ("***", False),
        ("*** | ***", False),
    ],
)
def test_headlines_that_differ_by_the_house_are_the_same(other: str, *, expected: bool) -> None:
    assert TITLES.are_same("Pier closes", other) == expected
    assert TITLES.are_same(other, "Pier closes") == expected


def test_long_texts_are_not_compared_as_headlines() -> None:
    long = "Pier closes " * 20
    assert TITLES.are_same(long, f"{long}| The Post")
    assert not TITLES.are_same(f"{long}indeed", f"{long}indeed | The Post")


def test_headlines_without_words_are_not_the_same() -> None:
    assert not TITLES.are_same("***", "***")


def test_the_headline_of_a_page_may_have_other_words_than_its_title() -> None:
    page = "Pier closing leaves Lindholm ferries stranded - CNN"
    printed = "Where Lindholm's ferries go after the pier closing"
    assert TITLES.read([page, printed]) == printed
    assert TITLES.read([page, "Captains: nobody asked us"]) == page.removesuffix(" - CNN")


def test_of_two_headlines_with_one_meaning_the_later_one_is_printed() -> None:
    first = "Board orders 30 new ferries, talks of plans"
    second = "Board orders 30 new ferries in a vote, with talks of further plans"
    assert TITLES.read([first, second]) == second
    assert TITLES.read([first, f"{second}."]) == first


@pytest.mark.parametrize("headlines", [[], [""], ["  "]])
def test_no_title(headlines: list[str]) -> None:
    assert TITLES.read(headlines) == ""


@pytest.mark.parametrize("unit", ["| A ", "- Post ", "[a](", "**", "a: "])
def test_hostile_headlines_take_no_time(unit: str) -> None:
    with within(1):
        TITLES.read([unit * 500, unit * 499])


@pytest.mark.parametrize(
    ("headlines", "title"),
    [
        # the wire's header, the desk's word, a line said twice, a speaker
        (
            ["w14 &Cx1f; wstm-\nu i &Cx13; BC-Pier 06-04 0211\nBC-Pier, 2nd-Ld\nPier closes"],
            "Pier closes",
        ),
        (["usa\nPier Closes at Lindholm"], "Pier Closes at Lindholm"),
        (["ORAL QUESTIONS\nORAL QUESTIONS"], "ORAL QUESTIONS"),
        (["Debates Question 6\nQuestion 6\nMS. ORLO:"], "Question 6"),
        (["PIER CLOSES\nAT LINDHOLM"], "PIER CLOSES AT LINDHOLM"),
        # a kicker, and a headline that ends as one does
        (["PHOTO ESSAY;", "AN OLD PIER OPENS ITS DOORS"], "AN OLD PIER OPENS ITS DOORS"),
        (["COUNTY ROUNDUP: CITYWIDE;", "PIER CLOSES"], "PIER CLOSES"),
        (["LINDHOLM NEEDS TO KEEP ITS PIER;", "FERRIES"], "LINDHOLM NEEDS TO KEEP ITS PIER;"),
        (["PIER CLOSES;"], "PIER CLOSES;"),
    ],
)
def test_lines_that_are_no_part_of_the_title(headlines: list[str], title: str) -> None:
    assert newsroom_of("en").titles.read(headlines) == title


def test_a_deck_right_below_the_headline_is_no_second_form_of_it() -> None:
    lines = [
        "How small ports thrive in a hard market",
        "How small ports stay ahead in a hard market",
    ]
    titles = newsroom_of("en").titles
    assert titles.read(lines, {1}) == lines[0]
    assert titles.read(lines) == lines[1]  # the headline of a page, below its menus
