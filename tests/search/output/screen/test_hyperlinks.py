"""Formats of hyperlinks, and the links that they make."""

import re
import socket
from dataclasses import replace

import pytest

from nutgraf import Index, search
from nutgraf.output.screen.hyperlinks import FORMATS, format_of, hyperlink
from nutgraf_index.errors import ArgumentError
from places import TOP


@pytest.mark.parametrize("name", FORMATS)
def test_every_named_format_makes_a_link(name: str, sample: Index) -> None:
    hit = replace(search("otters", sample)[0], path="/a b/c.txt", line=7)
    link = hyperlink(hit, format_of(name))
    assert bool(link) == (name != "none")
    assert "{" not in link
    assert " " not in link
    assert not link or "/a%20b/c.txt" in link
    assert FORMATS[name] in ("", format_of(FORMATS[name] or "none"))
    if "{line}" in FORMATS[name]:
        assert "7" in link
    if "{host}" in FORMATS[name]:
        assert link.startswith(f"file://{socket.gethostname()}/a%20b/c.txt")


def test_the_link_of_a_member_is_that_of_its_archive(sample: Index) -> None:
    hit = replace(search("otters", sample)[0], path="/a b/dump.tar.gz!2020/c.html", page=4)
    assert hyperlink(hit, "default") == "file:///a%20b/dump.tar.gz"


def test_a_link_leads_to_the_page_or_the_text(sample: Index) -> None:
    hit = replace(search("otters", sample)[0], path="/a.pdf", page=4, page_end=5)
    assert hyperlink(hit, "default") == "file:///a.pdf#page=4"
    assert hyperlink(hit, format_of("x://{path}?p={page}")) == "x:///a.pdf?p=4"
    hit = replace(hit, path="/a.html", page=0, element="p é", text="Otters are-back.")
    text = "#p%20%C3%A9:~:text=Otters%20are%2Dback."
    assert hyperlink(hit, "default") == f"file:///a.html{text}"
    assert hyperlink(hit, format_of("x:{path}:{page}{pointer}")) == f"x:/a.html:1{text}"
    assert hyperlink(replace(hit, path="/a.txt", element=""), "default") == "file:///a.txt"


@pytest.mark.parametrize(
    ("format", "message"),
    [
        ("vscod", "'vscod' is neither a format of hyperlinks nor begins with a scheme"),
        ("", "neither a format"),
        ("{path}", "neither a format"),
        ("x://{file}", "{file} is no variable of hyperlinks; they are {path}, {line}, {column}"),
        ("x://{}", "{} is no variable"),
        ("x://{path", "a brace of 'x://{path' has no partner"),
        ("x://path}{path}", "has no partner"),
        ("x://", "'x://' does not say which file to open: add {path}"),
        ("x://{line}", "add {path}"),
        ("x://{path}:{column}", "has {column} without {line}"),
        ("x://{path}\x1b\\", "has characters that a URL may not have"),
        ("x://{path} {line}", "write them as %20"),
    ],
)
def test_a_format_is_checked(format: str, message: str) -> None:
    with pytest.raises(ArgumentError) as raised:
        format_of(format)
    assert message in str(raised.value)


def test_the_docs_name_every_format() -> None:
    page = (TOP / "docs" / "command-line.md").read_text("utf-8")
    section = page.partition("### Links\n")[2].partition("###")[0]
    assert {f"`{name}`" for name in FORMATS} <= {*re.findall(r"`[^`]+`", section)}
