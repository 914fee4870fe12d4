"""Bylines, dates and papers under a headline, in any order and with lines that nobody knows."""

import pytest

from nutgraf import Article, Role, split
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.split import complete

IMPRINTS = newsroom_of("en").imprints
STORY = (
    "The harbour board voted on Tuesday to close the old pier, its chair said.\n\n"
    "Ferries will call at Brunnvik until the work is done in June next year, he said."
)
MAJA = ("Maja Orlo",)
POST = "The Lindholm Post"


def told(text: str, format: str = "text") -> tuple[Article, list[Role]]:
    article = Article(id="a", text=text, format=format)
    passages = split(article)
    assert all(text[one.start : one.end] == one.text for one in passages)
    return complete(article, passages), [one.role for one in passages]


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize(
    ("lines", "authors", "source", "date"),
    [
        (f"By Maja Orlo\nMarch 4, 2021\n{POST}", MAJA, POST, "2021-03-04"),
        ("By Maja Orlo | March 4, 2021 | 9:00 am", MAJA, "", "2021-03-04"),
        # "on" before a date is no end of a name.
        ("By BEN OLSON March 4, 2021", ("BEN OLSON",), "", "2021-03-04"),
        ("By BEN OLSON\nMarch 4, 2021", ("BEN OLSON",), "", "2021-03-04"),
        ("By Ben Olson on March 4, 2021", ("Ben Olson",), "", "2021-03-04"),
        ("March 4, 2021", (), "", "2021-03-04"),
        (f"{POST}, March 4, 2021", (), POST, "2021-03-04"),
        (f"{POST}\nMarch 4, 2021", (), POST, "2021-03-04"),
        ("Published 9:00 a.m. ET March 4, 2021", (), "", "2021-03-04"),
        ("Thursday 4 March 2021 09.00 GMT", (), "", "2021-03-04"),
        ("Published Thu, March 4 20212:23 PM EDT", (), "", "2021-03-04"),
        ("Maja Orlo\nThursday 4 March 2021 09.00 GMT", MAJA, "", "2021-03-04"),
        ("Published March 4, 2021 | Updated March 5, 2021", (), "", "2021-03-04"),
        ("Updated: March 5, 2021 at 9 am\nPublished: March 4, 2021", (), "", "2021-03-04"),
        ("Updated 9:14 AM EST, Fri March 5, 2021", (), "", ""),
        ("By Maja Orlo, our woman at the harbour of Lindholm\nMay 4, 2021", MAJA, "", "2021-05-04"),
        ("By maja orlo, our woman at the harbour!\nMarch 4, 2021", (), "", "2021-03-04"),
        ("by staff & wire reports / March 4, 2021", (), "", "2021-03-04"),
        ("Posted on March 4, 2021 by Maja Orlo", MAJA, "", "2021-03-04"),
        ("By Maja Orlo / March 4, 2021 / 9:00 AM / CBS News", MAJA, "CBS News", "2021-03-04"),
        (f"By Ann Lee and Bo Ek, {POST}, May 4, 2021", ("Ann Lee", "Bo Ek"), POST, "2021-05-04"),
        ("By MAJA ORLO\nAssociated Press Writer", ("MAJA ORLO",), "Associated Press", ""),
        ("By Maja Orlo\nStaff writer\nmaja@post.example", MAJA, "", ""),
        (f"Maja Orlo | {POST}", MAJA, POST, ""),
        ("Written by Maja Orlo", MAJA, "", ""),
        (f"By: Maja Orlo\nDate: 4 March 2021\nSource: {POST}", MAJA, POST, "2021-03-04"),
        ("Lindholm, March 4, 2021", (), "", "2021-03-04"),
        ("March 4, 2021 9:00 AM GMT | Reuters", (), "Reuters", "2021-03-04"),
        ("By [Maja Orlo](https://post.example/maja), 4 March 2021", MAJA, "", "2021-03-04"),
    ],
)  # fmt: skip
def test_under_a_headline(
    lines: str, authors: tuple[str, ...], source: str, date: str, format: str
) -> None:
    for head in ("Pier closes at Lindholm\n", "Pier closes at Lindholm\n\n"):
        marked = f"# {head.strip()}\n\n" if format == "markdown" else head
        article, roles = told(f"{marked}{lines}\n\n{STORY}", format)
        assert article.title == "Pier closes at Lindholm"
        assert (article.authors, article.source, article.date) == (authors, source, date)
        assert roles[0] is Role.HEADLINE
        assert set(roles[1:-2]) <= {Role.BYLINE, Role.NOTE}
        assert roles[-2:] == [Role.LEAD, Role.BODY]


def test_a_paper_and_a_date_above_the_headline() -> None:
    article, roles = told(f"{POST}\nMarch 4, 2021\nPier closes\nBy Maja Orlo\n\n{STORY}")
    assert (article.title, article.source, article.date) == ("Pier closes", POST, "2021-03-04")
    assert roles[:3] == [Role.NOTE, Role.HEADLINE, Role.BYLINE]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_a_name_and_a_date_in_blocks_of_their_own(format: str) -> None:
    marker = "# " if format == "markdown" else ""
    article, roles = told(f"{marker}Pier closes\n\nMaja Orlo\n\n4 March 2021\n\n{STORY}", format)
    assert (article.title, article.authors, article.date) == ("Pier closes", MAJA, "2021-03-04")
    assert roles[:4] == [Role.HEADLINE, Role.BYLINE, Role.NOTE, Role.LEAD]


def test_a_headline_of_two_lines_stays_whole() -> None:
    article, _ = told(f"BOARD VOTES TO CLOSE\nTHE OLD PIER\nBy Maja Orlo\nMarch 4, 2021\n\n{STORY}")
    assert article.title == "BOARD VOTES TO CLOSE THE OLD PIER"
    assert (article.authors, article.date) == (MAJA, "2021-03-04")


@pytest.mark.parametrize(
    "text",
    [
        "Board to vote again on March 4, 2021",
        "Harbour Board Minutes March 4, 2021",
        "The pier was closed on March 4, 2021, and nobody was asked.",
        "The board voted.",
        "By the river",
        "Lindholm",
        "9:00 am",
        POST,
        "",
    ],
)
def test_no_imprints(text: str) -> None:
    assert IMPRINTS.read(text) is None


def test_a_headline_with_a_date_is_no_imprint_at_the_top() -> None:
    article, roles = told(f"Council Minutes, March 4, 2021\n\n{STORY}")
    assert roles[0] is Role.HEADLINE
    assert article.date == ""


def test_a_sentence_that_is_wrapped_before_a_date_is_whole() -> None:
    text = f"In a long vote on the old pier that was closed until\nMarch 4, 2021\n\n{STORY}"
    assert split(Article(id="a", text=text))[0].text.endswith("March 4, 2021")


def test_what_a_program_adds_has_the_properties_in_its_text() -> None:
    text = f"---\ntitle: Pier\ndate: 2021-03-04\ntags: [a]\nauthor: Bo Ek\n---\n{STORY}"
    article = Article(id="a", text=text, format="markdown", authors="Someone Else")
    done = complete(article, split(article))
    assert (done.title, done.date, done.authors) == ("Pier", "2021-03-04", ("Someone Else",))
    assert done.metadata == {"tags": ["a"]}


@pytest.mark.parametrize(
    ("known", "date"),
    [
        ({"path": "2000-04-28-pier.md"}, "2000-04-28"),
        ({"url": "https://post.example/2000/04/28/pier"}, "2000-04-28"),
        ({"path": "2000-04-28-pier.md", "date": "1999"}, "1999"),
        ({"path": "2000-04-28-pier.md", "line": 1}, ""),
    ],
)
def test_the_day_in_a_name_or_an_address_is_the_last_resort(
    known: dict[str, str], date: str
) -> None:
    article = Article(id="a", text=STORY, **known)  # type: ignore[arg-type]
    assert complete(article, split(article)).date == date


@pytest.mark.parametrize(
    "title", ["Pier closes for good", "Board says pier is shut", "Pier at last"]
)
@pytest.mark.parametrize("byline", ["", "By Maja Orlo\n", "By Maja Orlo, Staff Writer\n"])
def test_a_date_under_a_headline_that_ends_with_a_short_word(title: str, byline: str) -> None:
    article, roles = told(f"{title}\nMarch 4, 2021\n{byline}\n{STORY}")
    assert (article.title, article.date) == (title, "2021-03-04")
    assert article.authors == (MAJA if byline else ())
    assert roles[:2] == [Role.HEADLINE, Role.NOTE]


def test_a_title_with_a_number_of_four_digits_has_no_date() -> None:
    article, _ = told(f"Flight 1234 lands at 5 in 1999 pieces\n\nBy Maja Orlo\n\n{STORY}")
    assert (article.title, article.date) == ("Flight 1234 lands at 5 in 1999 pieces", "")
