"""Bylines, the lines under them, and signatures."""

import pytest

from nutgraf_index.passages.newsroom import newsroom_of
from quick import within

ENGLISH = newsroom_of("en")
BYLINES = ENGLISH.bylines
MAJA = ("Maja Orlo",)
BOTH = ("Maja Orlo", "Bo Ek")


@pytest.mark.parametrize(
    ("text", "authors", "source"),
    [
        ("By Idris Okuducu", ("Idris Okuducu",), ""),
        (
            "BY JANE ROE and JOHN DOE, Associated Press",
            ("JANE ROE", "JOHN DOE"),
            "Associated Press",
        ),
        ("By Reuters", (), "Reuters"),
        ("By Robert F. Kennedy, Jr.", ("Robert F. Kennedy, Jr.",), ""),
        ("By Jane Roe, The Washington Post", ("Jane Roe",), "The Washington Post"),
        ("By Jane Roe, Baghdad", ("Jane Roe",), ""),
        ("By Jane Roe, AFP, in Paris", ("Jane Roe",), "AFP"),
        ("By JANE ROE and JOHN DOE Associated Press", ("JANE ROE", "JOHN DOE"), "Associated Press"),
        ("By Ahmed el-Sayed", ("Ahmed el-Sayed",), ""),
        ("By Our Correspondent", (), ""),
        ("By Jane Roe, Staff Writer", ("Jane Roe",), ""),
        ("By Ludwig van Beethoven in Vienna", ("Ludwig van Beethoven",), ""),
        ("**By Adel Abdul-Mahdi**", ("Adel Abdul-Mahdi",), ""),
        # houses
        ("By Maja Orlo, Associated Press", MAJA, "Associated Press"),
        ("By The Associated Press", (), "Associated Press"),
        ("By Port News", (), "Port News"),
        ("By Maja Orlo | The Lindholm Post", MAJA, "The Lindholm Post"),
        ("By Maja Orlo/Lindholm Post", MAJA, "Lindholm Post"),
        ("By Maja Orlo of The Post", MAJA, "The Post"),
        ("By Maja Orlo for The Lindholm Post", MAJA, "The Lindholm Post"),
        ("By Maja Orlo (Reuters)", MAJA, "Reuters"),
        ("By Maja Orlo and Bo Ek, Reuters Health", BOTH, "Reuters Health"),
        ("By Maja Orlo, Port Post Staff Writer", MAJA, "Port Post"),
        ("By Maja Orlo, BBC political correspondent", MAJA, "BBC"),
        ("By Maja Orlo, BBC News, Washington", MAJA, "BBC News"),
        ("By MAJA ORLO, TIMES STAFF WRITER", ("MAJA ORLO",), "TIMES"),
        ("By\nMaja Orlo\n| Port News", MAJA, "Port News"),
        ("By Maja Orlo Daily Mail Reporter", MAJA, "Daily Mail"),
        ("By Maja Orlo Associated Press Writer", MAJA, "Associated Press"),
        ("BY MAJA ORLO Observer staff reporter", ("MAJA ORLO",), "Observer"),
        ("By Maja Orlo Health reporter, BBC News", MAJA, "BBC News"),
        ("By MAJA ORLO FOR THE POST", ("MAJA ORLO",), "THE POST"),
        ("By Maja Orlo and Bo Ek, Of The Post", BOTH, "The Post"),
        ("By Maja Orlo, Lindholm Tribune-Herald", MAJA, "Lindholm Tribune-Herald"),
        ("By Professor Maja Orlo, Port University", ("Professor Maja Orlo",), ""),
        ("By Maja Orlo and Bo Ek\nAssociated Press Writers", BOTH, "Associated Press"),
        # mail, others, places, jobs, degrees
        ("By Maja Orlo maja@post.example", MAJA, ""),
        ("By Maja Orlo <maja@post.example>", MAJA, ""),
        ("By Maja Orlo, @majaorlo", MAJA, ""),
        ("By Maja Orlo, Bo Ek and 2 others", BOTH, ""),
        ("By Maja Orlo and three others", MAJA, ""),
        ("By Maja Orlo in Brunnvik", MAJA, ""),
        ("By Maja Orlo, New York", MAJA, ""),
        ("By Maja Orlo, MD", MAJA, ""),
        ("By Maja Orlo - Staff Writer", MAJA, ""),
        ("Analysis by Port North reporter Maja Orlo", MAJA, ""),
        ("By MAJA ORLO with BO A. EK Jr.", ("MAJA ORLO", "BO A. EK Jr."), ""),
        ("By the Editorial Board", (), ""),
        # other openings
        ("Written by Maja Orlo", MAJA, ""),
        ("Words by Maja Orlo", MAJA, ""),
        ("Story by Maja Orlo", MAJA, ""),
        ("Posted by Maja Orlo", MAJA, ""),
        ("words written by [Maja Orlo](/people/maja)", MAJA, ""),
        ("BYLINE: MAJA ORLO", ("MAJA ORLO",), ""),
        ("By: Maja Orlo", MAJA, ""),
        # marks of agencies
        ("^By MAJA ORLO=", ("MAJA ORLO",), ""),
        ("&UR; By MAJA ORLO &QC;", ("MAJA ORLO",), ""),
        ("By Maja Orlo, The Lindholm Post =", MAJA, "The Lindholm Post"),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], source: str) -> None:
    assert BYLINES.read(text) == (authors, source)


@pytest.mark.parametrize(
    "text",
    [
        "By the time he came",
        "By now.",
        "Bystanders Said So",
        "By 2030",
        "By Tuesday",
        "By Noon Tuesday",
        "By Age",
        "By then, the board had voted",
        "By Popular Demand",
        "By The Numbers",
        "By Any Means Necessary",
        "By Design: The Pier",
        "Reporting by Maja Orlo",
        "Photo by Maja Orlo",
        "Edited by Maja Orlo",
        "written by Chief Justice Orlo.",
        "by which the rebate fell short of what producers claim",
        "By Maja Orlo\nThe harbour board voted on Tuesday.",
        "by",
        "",
    ],
)
def test_no_bylines(text: str) -> None:
    assert BYLINES.read(text) is None


def test_a_byline_amid_wrapped_lines_stands_alone() -> None:
    assert BYLINES.is_byline("By Jane Roe")
    assert not BYLINES.is_byline("by Jane Roe")
    assert not BYLINES.is_byline("By Jane Roe and")


@pytest.mark.parametrize(
    ("line", "house"),
    [
        ("Associated Press Writer", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("^Associated Press=", "Associated Press"),
        ("Port Post Staff Writer", "Port Post"),
        ("Port Times Staff Writers", "Port Times"),
        ("AP Economics Writer", "AP"),
        ("HNN Staff", "HNN"),
        ("Globe Staff", "Globe"),
        ("Special to the Post", "the Post"),
        ("Special to The Lindholm Post", "The Lindholm Post"),
        ("For The Lindholm Post", "The Lindholm Post"),
        ("Of The Post Staff", "The Post"),
        ("Political correspondent, BBC News", "BBC News"),
        ("BBC News political correspondent", "BBC News"),
        ("Editor, Lindholm Post", "Lindholm Post"),
        ("N.Y. Times News Service", "N.Y. Times News Service"),
        ("Staff writer", ""),
        ("News Editor", ""),
        ("Washington Bureau Chief", ""),
        ("maja@post.example", ""),
        ("@majaorlo", ""),
        ("The board voted on Tuesday to close the pier.", None),
        ("Reporters walk out of Lindholm meeting", None),
        ("Harbour board votes", None),
        ("c.1998 Lindholm Post", None),
        ("MEDIA ADVISORY", None),
        ("Press Conference", None),
        ("Maja Orlo", None),
        ("", None),
    ],
)
def test_the_line_under_a_byline(line: str, house: str | None) -> None:
    assert BYLINES.houses.second_line(line) == house
    assert BYLINES.is_second_line(line) == (house is not None)


@pytest.mark.parametrize(
    ("line", "authors", "source"),
    [
        ("— Maja Orlo", MAJA, ""),
        ("-- Maja Orlo, Port Post", MAJA, "Port Post"),
        ("Maja Orlo, Port Post", MAJA, "Port Post"),
        ("Maja Orlo | The Post", MAJA, "The Post"),
        ("Maja Orlo/AP", MAJA, "AP"),
        ("MAJA ORLO, FUTURISM", ("MAJA ORLO",), "FUTURISM"),
        ("—Maja Orlo, Bo Ek and Ann Lee", (*BOTH, "Ann Lee"), ""),
        ("—Maja Orlo, Bo Ek, Ann Lee", (*BOTH, "Ann Lee"), ""),
        ("— Maja Orlo, Port Economics", MAJA, ""),
        ("_ By Maja Orlo", MAJA, ""),
    ],
)
def test_signatures(line: str, authors: tuple[str, ...], source: str) -> None:
    assert BYLINES.signature(line) == (authors, source)


@pytest.mark.parametrize(
    "line",
    [
        "Maja Orlo",
        "GUN DEBATE",
        "Read More",
        "END OF STORY",
        "X X X",
        "-- Staff",
        "— The End",
        "LINDHOLM, Sweden",
        "Maja Orlo is a writer at The Post",
        "— New York",
        "— ",
        "",
    ],
)
def test_no_signatures(line: str) -> None:
    assert BYLINES.signature(line) is None


def test_a_name_alone_is_a_signature_where_one_is_expected() -> None:
    assert BYLINES.signature("MAJA ORLO", named=True) == (("MAJA ORLO",), "")
    assert BYLINES.signature("END OF STORY", named=True) is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Reuter", "Reuters"),
        ("REUTER", "Reuters"),
        ("AP", "AP"),
        ("(AFP)", "AFP"),
        ("-- Bernama", "Bernama"),
        ("Reuters/Bernama", "Reuters/Bernama"),
        ("AP-NY-06-04-98", ""),
        ("Press", ""),
        ("Reuters said so", ""),
        ("", ""),
    ],
)
def test_the_bare_name_of_an_agency(line: str, agency: str) -> None:
    assert BYLINES.houses.agency(line) == agency


@pytest.mark.parametrize(
    "unit", ["By A ", "A, ", "and ", "A/", "[a](", "^ ", "&a;", "Post of ", "\n", "    | a: "]
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    with within(1):
        for text in (unit * 60, f"By {unit * 60}", f"— {unit * 30}", f"Byline: A{unit * 18} | 1"):
            BYLINES.read(text)
            BYLINES.signature(text)
            BYLINES.houses.second_line(text)
            BYLINES.houses.agency(text)


@pytest.mark.parametrize(
    ("text", "is_byline"),
    [
        ("Maja Orlo Education editor", True),
        ("Maja Orlo     9 Hrs Ago", True),
        ("Maja Orlo   Send an email  20 hours ago\n184  2 minute read", True),
        ("Maja Orlo2 hours ago", True),
        ("Maja Orlo   7 hours", True),
        ("Maja Orlo@MajaOrlo", True),
        ("Maja Orlo@portpost", False),
        ("byMaja Orlo", True),
        ("byways Orlo", False),
        ("Maja OrloPort Editor", True),
        ("Maja OrloThe Lindholm Post", True),
        ("Maja Orlo BuzzFeed News", False),
        ("Harbour Talks  3 days of silence", False),
        ("Ann McDonald", False),
        ("Maja Orlo 7 hours", False),
        ("Maja Orlo", False),
        ("Port Editors Meet in Lindholm", False),
        ("Reporters Walk Out", False),
        ("Chief Orlo Quits", False),
        ("Port Orlo Meets Police Chief", False),
        ("Lindholm Judge Rules That the Court May Hear a Reporter", False),
        ("Pier Closed 9 Hours Ago", False),
        ("The pier closed 20 hours ago", False),
        ("Ferries stop as editors strike", False),
    ],
)
def test_a_line_without_by_that_names_the_writer(text: str, is_byline: bool) -> None:
    assert BYLINES.names_writer(text) is is_byline


def test_an_agency_may_stand_after_a_name() -> None:
    byline = BYLINES.signature("Maja Orlo and AP", named=True)
    assert byline is not None
    assert (byline.authors, byline.source) == (("Maja Orlo",), "AP")
    assert BYLINES.signature("Reuters and AP", named=True) is None


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("By Ian MacGregor Staff Writer", "Ian MacGregor"),
        ("By Emma FitzGerald Health Reporter", "Emma FitzGerald"),
        ("By Kees VanDyke Sports Editor", "Kees VanDyke"),
        ("By Maja Orlo BuzzFeed News Reporter", "Maja Orlo"),
        ("By Maja Orlo HuffPost Reporter", "Maja Orlo"),
        ("By Maja B. OrloPort Editor", "Maja B. Orlo"),
    ],
)
def test_a_capital_within_a_name_or_house_begins_no_job(text: str, author: str) -> None:
    byline = BYLINES.read(text)
    assert byline is not None
    assert byline.authors == (author,)


@pytest.mark.parametrize("blank", [" ", "\t", "\u2003"])
def test_a_signature_with_many_blanks_takes_no_time(blank: str) -> None:
    with within(1):
        assert BYLINES.signature(f"Maja Orlo{blank * 50_000}x", named=True) is None
