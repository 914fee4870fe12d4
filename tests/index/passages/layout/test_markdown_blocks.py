"""The kinds of Markdown blocks, each with the smallest text that has it."""

import random

import pytest

from linear import is_linear
from nutgraf import Article, split
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.layout.markdown import markdown_blocks
from scale import rounds, size


def kinds(text: str) -> list[tuple[str, str]]:
    """Return the name of the kind and the text of each block."""
    starts, ends, kinds, numbers = markdown_blocks(text)
    assert [text.count("\n", 0, start) for start in starts] == list(numbers)
    return [
        (kind.name.lower(), text[start:end])
        for start, end, kind in zip(starts, ends, kinds, strict=True)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "![The pier](pier.jpg)",
        '![](pier_(1).jpg "Pier")',
        "![Pier][p]",
        "![Pier](a.jpg){: .wide}",
        "[![Pier](a.jpg)](b.html)",
        "![A](a.jpg) ![B](b.jpg)",
    ],
)
def test_images_alone_on_a_line(line: str) -> None:
    assert kinds(f"{line}\n\nThe board voted.") == [
        ("image", line),
        ("paragraph", "The board voted."),
    ]
    assert kinds(f"The board voted.\n{line}") == [
        ("paragraph", "The board voted."),
        ("image", line),
    ]


@pytest.mark.parametrize(
    "caption",
    ["*The pier in winter*", "_Pier. Bo Vik_", "(Pier by Bo Vik)", "<small>The pier</small>"],
)
def test_a_caption_right_below_an_image(caption: str) -> None:
    assert kinds(f"![](a.jpg)\n{caption}\nThe board voted.") == [
        ("image", "![](a.jpg)"),
        ("caption", caption),
        ("paragraph", "The board voted."),
    ]
    assert kinds(f"{caption}\nThe board voted.") != []
    assert "caption" not in dict(kinds(f"{caption}\n\nThe board voted."))


@pytest.mark.parametrize("line", ["An ![icon](a.png) in a line", "![not closed](a.png", "![]"])
def test_an_image_in_a_sentence_is_no_image_block(line: str) -> None:
    assert "paragraph" in dict(kinds(line)) or line == "![]"


@pytest.mark.parametrize(
    "tag",
    [
        "{% include pier.html %}",
        '{% include pier.html\n   src="a.png" %}',
        "{{< youtube abc >}}",
        "{{% notice %}}",
        "{{ content }}",
        "{: .class #id}",
        "{:toc}",
        "{.wide}",
        "[TOC]",
        "[[_TOC_]]",
        "::: note",
    ],
)
def test_tags_of_site_generators(tag: str) -> None:
    assert kinds(f"The board voted.\n{tag}\n\nIt rained.") == [
        ("paragraph", "The board voted."),
        ("tag", tag),
        ("paragraph", "It rained."),
    ]


@pytest.mark.parametrize("line", ["{% include is how", "{not a tag}", "{{ never closed", "{"])
def test_a_brace_alone_makes_no_tag(line: str) -> None:
    assert kinds(f"{line}\n\nIt rained.") == [("paragraph", line), ("paragraph", "It rained.")]


def test_tables() -> None:
    assert kinds("Before it.\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |\n\nAfter it.") == [
        ("paragraph", "Before it."),
        ("row", "| A | B |\n|---|--:|"),
        ("row", "| 1 | 2 |"),
        ("row", "| 3 | 4 |"),
        ("paragraph", "After it."),
    ]
    assert kinds("A | B\n--|--\n1 | 2") == [("row", "A | B\n--|--"), ("row", "1 | 2")]
    assert kinds("| 1 | 2 |\n| 3 | 4 |") == [("row", "| 1 | 2 |"), ("row", "| 3 | 4 |")]
    wrapped = "A | B\n--|--\n1 | 2\nthree,\nfour | 5\n6 | 7"
    assert kinds(wrapped) == [
        ("row", "A | B\n--|--"),
        ("row", "1 | 2"),
        ("paragraph", "three,"),
        ("row", "four | 5"),
        ("row", "6 | 7"),
    ]
    assert kinds("Either | or\nis no table.") == [("paragraph", "Either | or\nis no table.")]


def test_blocks_of_html() -> None:
    assert kinds('<div class="a">\nThe *board*\n</div>\n\nIt rained.') == [
        ("html", '<div class="a">\nThe *board*\n</div>'),
        ("paragraph", "It rained."),
    ]
    assert kinds("<script>\na();\n\nb();\n</script>\nIt rained.") == [
        ("html", "<script>\na();\n\nb();\n</script>"),
        ("paragraph", "It rained."),
    ]
    assert kinds("<script>\na();\n\nIt rained.") == [
        ("html", "<script>\na();"),
        ("paragraph", "It rained."),
    ]
    assert kinds("<b>Bold</b> words begin it.") == [("paragraph", "<b>Bold</b> words begin it.")]


def test_definition_lists() -> None:
    assert kinds("Pier\n: A place to land.\n: A wall.\n\nQuay\n\n:   Another\n    place.") == [
        ("term", "Pier"),
        ("description", "A place to land."),
        ("description", "A wall."),
        ("term", "Quay"),
        ("description", "Another\n    place."),
    ]
    assert kinds(": no term") == [("paragraph", ": no term")]


def test_footnotes_and_link_definitions() -> None:
    assert kinds('The board[^1] voted.\n\n[^1]: The old\n    one.\n[a]: http://a.example "T"') == [
        ("paragraph", "The board[^1] voted."),
        ("footnote", "[^1]: The old\n    one."),
        ("hidden", '[a]: http://a.example "T"'),
    ]


@pytest.mark.parametrize("end", ["!", "...", "?", ".", ":"])
def test_a_heading_is_one_whatever_it_ends_with(end: str) -> None:
    assert kinds(f"# Ferry date decided{end}\n\nIt rained.")[0] == (
        "title",
        f"Ferry date decided{end}",
    )


def test_a_heading_that_html2text_has_wrapped() -> None:
    first = "HR Innovation at the Harbour Board: What the Captains Want and What They"
    assert kinds(f"# {first}\nNeed\n\nIt rained.")[0] == ("title", f"{first}\nNeed")
    link = "[Maja Orlo](https://lindholm.example/captains/maja-\norlo)"
    assert kinds(f"## {link}\n\nIt rained.")[0] == ("heading", link)
    assert kinds("## Short\nIt rained.") == [("heading", "Short"), ("paragraph", "It rained.")]


def test_code() -> None:
    assert kinds("```\na = 1\n```") == [("code", "```\na = 1\n```")]


PIECES = [
    *("\n", "\n", "\n\n", "  \n", " ", "    ", "# ", "> ", "- ", "1. ", "***", "---", "===", "```"),
    *("<!--", "-->", "<div>", "</div>", "<script>", "</script>", "<b>", "![", "](", ")", "[", "]"),
    *("{%", "%}", "{{", "}}", "{:", "}", "|", "|--|", ": ", ":::", "[^1]:", "[a]: b", "*x*", "(x)"),
    *("The board", "word", "İ", "東京", "\ud800"),
]


def test_no_character_is_lost_or_twice_whatever_the_text() -> None:
    rng = random.Random(22)
    left_out = frozenset(" \t\n#>*+-_=:")
    for _ in range(rounds(1000)):
        text = "".join(rng.choices(PIECES, k=rng.randint(0, 30)))
        starts, ends, found, _ = markdown_blocks(text)
        resume = 0
        for start, end in zip(starts, ends, strict=True):
            assert resume <= start < end
            assert left_out.issuperset(text[resume:start]), (text, text[resume:start])
            resume = end
        assert left_out.issuperset(text[resume:]), (text, text[resume:])
        assert set(found) <= set(BlockKind)


@pytest.mark.parametrize(
    "unit",
    [
        *("![", "![](", "![]((", "[![a](b)](c) ", "{% x\n", "{{", "| a ", "|\n", "|--", ": a\n"),
        *(
            "<script>\n",
            "<div>\n",
            "<a",
            "a\n: b\n\n",
            "[^1]: a\n",
            "*a",
            "(",
            "# a ](\n",
            "<small>",
        ),
    ],
)
@pytest.mark.parametrize("start", ["", "![](a)\n"])
def test_time_is_linear_in_the_text(unit: str, start: str) -> None:
    assert is_linear(
        lambda count: split(Article(id="a", text=start + unit * count, format="markdown")),
        size(3_000, 40_000),
    )
