"""Bylines."""

import pytest

from nutgraf_index.passages.newsroom import newsroom_of

ENGLISH = newsroom_of("en")


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
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], source: str) -> None:
    assert ENGLISH.bylines.read(text) == (authors, source)


@pytest.mark.parametrize(
    "text",
    [
        "By the time he came",
        "By now.",
        "Bystanders Said So",
        "By 2030",
        "By Tuesday",
        "By Age",
        "by",
        "",
    ],
)
def test_no_bylines(text: str) -> None:
    assert ENGLISH.bylines.read(text) is None


def test_a_byline_amid_wrapped_lines_stands_alone() -> None:
    assert ENGLISH.bylines.is_byline("By Jane Roe")
    assert not ENGLISH.bylines.is_byline("by Jane Roe")
    assert not ENGLISH.bylines.is_byline("By Jane Roe and")
