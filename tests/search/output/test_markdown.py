"""Markdown: quotations for notes, in which no text becomes markup."""

from dataclasses import replace

import pytest

from made_hits import PIPE, alone, hit_of
from nutgraf import Hit
from nutgraf.output.markdown import answer_lines, hit_lines
from nutgraf.output.style import Answer, HitWithContext


def quoted(hit: Hit) -> list[str]:
    return [*hit_lines(alone(hit), PIPE)]


def test_a_hit_is_a_quotation_with_its_citation() -> None:
    hit = hit_of(
        "Two otters\nand an otter swim.",
        title="On otters",
        authors=("Ann Lee",),
        source="AP",
        date="2020-01-12",
        url="https://example.org/a(b)?c=d e&f=[1]",
    )
    assert quoted(hit) == [
        "> Two **otters** and an **otter** swim.",
        ">",
        "> — [memo\\#1](https://example.org/a%28b%29?c=d%20e&f=%5B1%5D"
        "#:~:text=Two%20otters,and%20an%20otter%20swim.), *On otters*, Ann Lee, AP, 2020-01-12",
    ]


def test_a_page_is_told_and_linked() -> None:
    hit = replace(hit_of("An otter."), path="/a (b).pdf", page=4, page_end=5)
    assert quoted(hit)[-1] == "> — [memo\\#1](file:///a%20%28b%29.pdf#page=4), pp. 4–5"
    hit = replace(hit, path="/a.zip!b.pdf", page_end=4)
    assert quoted(hit)[-1] == "> — [memo\\#1](file:///a.zip%21b.pdf), p. 4"


def test_neighbours_stand_in_the_quotation_without_bold() -> None:
    hit, other = hit_of("An otter."), hit_of("An otter.")
    assert [*hit_lines([HitWithContext(hit, [other], [other]), *alone(hit)], PIPE)] == [
        "> An otter.",
        ">",
        "> An **otter**.",
        ">",
        "> An otter.",
        ">",
        "> — memo\\#1",
        "",
        "> An **otter**.",
        ">",
        "> — memo\\#1",
    ]


def test_queries_are_headings() -> None:
    answers = [Answer("otter*\n# x", 1, alone(hit_of("An otter."))), Answer("<b>", 1, [])]
    assert [*answer_lines(answers, PIPE)] == [
        "## otter\\* \\# x",
        "",
        "> An **otter**.",
        ">",
        "> — memo\\#1",
        "",
        "## \\<b\\>",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("####### An otter", "\\#" * 7 + " An **otter**"),
        ("-An otter", "\\-An **otter**"),
        ("1. An otter", "1\\. An **otter**"),
        ("12) An otter", "12\\) An **otter**"),
        ("> otter", "\\> **otter**"),
        ("1 otter", "1 **otter**"),
        ("*otter* _b_ `c` ~~d~~", "\\***otter**\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"),
        ("otter <script>&lt;", "**otter** \\<script\\>\\&lt;"),
        ("otter ![x](y) [[z]] [^1]", "**otter** !\\[x\\](y) \\[\\[z\\]\\] \\[\\^1\\]"),
        ("otter | $x$ ==y== %%z%% \\", "**otter** \\| \\$x\\$ \\=\\=y\\=\\= \\%\\%z\\%\\% \\\\"),
        ("otter http://a.b www.c.d e@f.g", "**otter** http\\://a.b www\\.c.d e\\@f.g"),
        ("otter\0 \x1b[31m\ttab", "**otter**␀ ␛\\[31m tab"),
    ],
)
def test_no_text_is_markup(text: str, shown: str) -> None:
    hit = hit_of(f"A.\n\n{text}")  # so that the text is no headline
    assert quoted(hit)[0] == f"> {shown}"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http//x", "//x", "["])
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    assert quoted(hit_of("An otter.", url=url))[-1] == "> — memo\\#1"


def test_a_file_is_a_link_without_signs_of_markdown() -> None:
    hit = hit_of("An otter.", path="/a b/(c)[d]<e>.txt")
    assert quoted(hit)[-1] == "> — [memo\\#1](file:///a%20b/%28c%29%5Bd%5D%3Ce%3E.txt)"


def test_signs_beside_letters_are_bold_too() -> None:
    hit = hit_of("Pay x$5 y now.", query='"$5"')
    start = hit.spans[0][0]
    assert hit.text[start : start + 2] in ("$5", "5 ")
    assert quoted(hit)[0] in ("> Pay x\\$**5** y now.", "> Pay x<b>\\$5</b> y now.")
