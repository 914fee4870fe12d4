"""Pointers: what leads from a passage back into its page."""

from typing import Any
from urllib.parse import unquote

import pytest

from nutgraf.results.pointer import pages_text, pointed, pointer

LONG = (
    "The harbour board has voted to close the old pier, which storms had broken, and to let "
    "boats land at the mill until a new one stands in the spring of next year."
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"path": "/a.txt"}, ""),
        ({}, ""),
        ({"path": "/a.pdf", "page": 12}, "#page=12"),
        ({"path": "/a.pdf", "page": 12, "url": "https://e.org/a.pdf"}, "#page=12"),
        ({"path": "/a.HTML"}, "#:~:text=Two%20otters%20swim."),
        ({"path": "/a.txt", "url": "https://e.org"}, "#:~:text=Two%20otters%20swim."),
        ({"path": "/a.txt", "url": "ftp://e.org"}, ""),
        ({"path": "/a.htm", "element": "p3"}, "#p3:~:text=Two%20otters%20swim."),
        ({"path": "/a.epub", "element": "text/one.xhtml#p 3"}, "#text/one.xhtml%23p%203"),
        ({"path": "/a.epub", "element": "c1/é"}, "#c1/%C3%A9"),
    ],
)
def test_what_a_pointer_names(values: dict[str, Any], expected: str) -> None:
    known = {"page": 0, "element": "", "path": "", "url": "", **values}
    assert pointer("Two otters swim.", **known) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b-c & d", "a%2C%20b%2Dc%20%26%20d"),
        ("two  blanks", "two%20blanks"),
        (LONG, "The%20harbour%20board%20has%20voted,the%20spring%20of%20next%20year."),
        ("One line\nand another", "One%20line,and%20another"),
        ("x" * 70 + " " + "y" * 70, "x" * 60 + "," + "y" * 60),
        ("\ud800", "%3F"),
    ],
)
def test_a_text_fragment(text: str, expected: str) -> None:
    assert pointer(text, 0, "", "a.html", "") == f"#:~:text={expected}"


def test_a_script_without_spaces_is_cut_at_its_clauses() -> None:
    text = "港は来年の春まで閉鎖される、" + "と委員会は述べた" * 9 + "。船は水車小屋に着く。"
    start, end = unquote(pointer(text, 0, "", "a.html", "").partition("=")[2]).split(",")
    assert (start, end) == ("港は来年の春まで閉鎖される、", "船は水車小屋に着く。")


def test_the_ends_of_a_long_passage_do_not_overlap() -> None:
    text = "a" * 45 + " " + "b" * 40
    assert pointer(text, 0, "", "a.html", "") == "#:~:text=" + text[:60].replace(" ", "%20")


def test_an_address_with_a_pointer() -> None:
    assert pointed("https://e.org/a", "") == "https://e.org/a"
    assert pointed("https://e.org/a#b", "") == "https://e.org/a#b"
    assert pointed("https://e.org/a", "#b:~:text=c") == "https://e.org/a#b:~:text=c"
    assert pointed("https://e.org/a#x:~:text=y", "#b:~:text=c") == "https://e.org/a#x:~:text=c"
    assert pointed("file:///a.pdf", "#page=4") == "file:///a.pdf#page=4"


def test_pages_in_citations() -> None:
    assert [pages_text(*one) for one in ((0, 0), (4, 4), (4, 6))] == ["", "p. 4", "pp. 4–6"]
