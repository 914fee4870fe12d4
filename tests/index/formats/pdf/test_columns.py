"""The reading order of pages with columns, titles above them, large letters and long addresses."""

import textwrap

import pytest

from made_pdfs import lines, pdf
from nutgraf import split
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import MarkedArticle, Passage

HARBOUR = (
    "the harbour board has voted to close the old pier, which the storms of the winter had broken "
    "in many places, and to let boats land at the mill until spring comes and the work is done by "
    "the men of the port, who have waited for the stone since the last days of the old year."
)
MILL = (
    "owners of the mill said that they had not been asked about the boats and that there was no "
    "room for any of them beside the old wheel and the weir below it, where the water is deep in "
    "every season and no boat has ever been hurt, as the pilots of the port have said for years."
)
WEIR = (
    "nobody in the town knows who built the weir, or when, though the stones at its foot are older "
    "than the church, and the names that are cut into them belong to families that left long ago "
    "and never came back to see what the river had made of their work in all that time."
)
LEFTS = (60, 300)


def column(text: str, left: float, top: float, *, width: int = 44, begin: str = "") -> str:
    """Return the drawing of a text wrapped into lines of a column."""
    return lines(textwrap.wrap(begin + text, width), left=left, top=top, size=9, pitch=11)


def found(*pages: str) -> list[Passage]:
    (article,) = read_articles("a.pdf", pdf(pages))
    assert isinstance(article, MarkedArticle), article
    return split(article)


def texts(*pages: str) -> list[str]:
    return [passage.text for passage in found(*pages)]


def test_a_title_above_columns_parts_what_is_above_from_what_is_below() -> None:
    """It is no wider than the first column, so that no white but that of its row tells of it."""
    page = "\n".join(
        (
            column(HARBOUR, LEFTS[0], 80, begin="First "),
            column(MILL, LEFTS[1], 80, begin="Second "),
            lines(["Of the weir"], left=LEFTS[0], top=200, size=18, font="F2"),
            column(WEIR, LEFTS[0], 230, begin="Third "),
            column(HARBOUR, LEFTS[1], 230, begin="Fourth "),
        )
    )
    assert [text.split()[0] for text in texts(page)] == ["First", "Second", "Of", "Third", "Fourth"]


def test_a_title_in_a_column_parts_that_column_only() -> None:
    page = "\n".join(
        (
            column(HARBOUR, LEFTS[0], 80, begin="First "),
            lines(["Of the weir"], left=LEFTS[0], top=180, size=12, font="F2"),
            column(WEIR, LEFTS[0], 200, begin="Second "),
            column(f"{MILL} {HARBOUR} {MILL}", LEFTS[1], 80, begin="Third "),
        )
    )
    assert [text.split()[0] for text in texts(page)] == ["First", "Of", "Second", "Third"]


def test_an_address_wider_than_its_column_does_not_end_the_columns() -> None:
    address = "https://example.org/reports/of-the-harbour-board/on-the-closing-of-the-old-pier.html"
    left = textwrap.wrap(f"First {HARBOUR}", 44)
    page = "\n".join(
        (
            lines([*left[:3], address, *left[3:]], left=LEFTS[0], top=80, size=9, pitch=11),
            column(f"{MILL} {WEIR}", LEFTS[1], 80, begin="Second "),
        )
    )
    first, second = texts(page)
    assert first == f"First {HARBOUR}".replace(left[3], f"{address} {left[3]}", 1)
    assert second == f"Second {MILL} {WEIR}"


def test_an_address_over_the_end_of_a_line_is_whole() -> None:
    page = lines(
        [
            "The report of the board on the pier is at https://example.org/pier-",
            "and-mill/report?",
            "page=4 and whoever wants to read it may ask for it in the town hall.",
        ]
    )
    assert "at https://example.org/pier-and-mill/report?page=4 and" in texts(page)[0]


def test_a_quote_that_hangs_out_of_its_column_does_not_end_it() -> None:
    right = textwrap.wrap(f"Second {MILL}", 44)
    page = "\n".join(
        (
            column(HARBOUR, LEFTS[0], 80, begin="First "),
            lines(right[:3], left=LEFTS[1], top=80, size=9, pitch=11),
            lines([f'"{right[3]}"'], left=LEFTS[1] - 4, top=113, size=9),
            lines(right[4:], left=LEFTS[1], top=124, size=9, pitch=11),
        )
    )
    assert [text.split()[0] for text in texts(page)] == ["First", "Second"]


def test_two_lines_in_the_columns_of_the_page_before_are_columns() -> None:
    first = "\n".join(
        (
            column(HARBOUR, LEFTS[0], 80, begin="First "),
            column(MILL, LEFTS[1], 80, begin="Second "),
        )
    )
    words = WEIR.split()
    second = "\n".join(
        (
            column(" ".join(words[:15]), LEFTS[0], 80, begin="Third "),
            column(" ".join(words[15:30]), LEFTS[1], 80),
        )
    )
    assert texts(first, second)[2:] == [f"Third {' '.join(words[:30])}"]


# Widths of the letters of Helvetica, in thousandths of its size.
WIDTHS = dict.fromkeys("abdeghnopqu", 556) | dict.fromkeys("cksvxyz", 500)
WIDTHS |= {"f": 278, "i": 222, "j": 222, "l": 222, "m": 833, "r": 333, "t": 278, "w": 722}


def test_wide_blanks_below_each_other_are_no_white_between_columns() -> None:
    """The second halves of three justified lines happen to begin below each other."""
    rows = [
        "nobody knows owners think",
        "masons built beside waters",
        "church stones washed rivers",
    ]
    drawn = []
    for row, text in enumerate(rows):
        first, second, third, fourth = text.split()
        ends = [sum(WIDTHS[letter] for letter in word) / 100 for word in (first, second, third)]
        gap = (150 - 60 - ends[0] - ends[1]) / 2
        lefts = (60, 60 + ends[0] + gap, 150, 150 + ends[2] + gap)
        drawn += [
            lines([word], left=left, top=80 + 12 * row)
            for word, left in zip((first, second, third, fourth), lefts, strict=True)
        ]
    page = "\n".join([*drawn, lines(["and it was done."], left=60, top=116)])
    assert texts(page) == [" ".join([*rows, "and it was done."])]


@pytest.mark.parametrize(
    ("initial", "rest", "elsewhere", "begins"),
    [
        ("T", "he harbour", "", "The harbour"),
        ("A", "harbour", "It is a harbour.", "A harbour"),
        ("A", "nother harbour", "", "Another harbour"),
        ('"T', "he harbour", "", '"The harbour'),
    ],
)
def test_a_large_first_letter(initial: str, rest: str, elsewhere: str, begins: str) -> None:
    body = textwrap.wrap(f"{rest} {HARBOUR[12:]}", 60)
    page = "\n".join(
        (
            lines([initial], left=66, top=100, size=27),
            lines(body[:2], left=96, top=89, size=9, pitch=11),
            lines(body[2:], left=60, top=111, size=9, pitch=11),
            lines([elsewhere], left=60, top=300, size=9),
        )
    )
    assert texts(page)[0] == f"{begins} {HARBOUR[12:]}"


def test_a_first_line_of_small_capitals_is_of_its_paragraph() -> None:
    body = textwrap.wrap(HARBOUR, 60)
    page = "\n".join(
        (
            lines(["The"], left=60, top=80, size=10),
            lines([body[0][4:].upper()], left=80, top=80, size=7),
            lines(body[1:], left=60, top=92, size=10),
        )
    )
    assert texts(page) == [f"The {body[0][4:].upper()} {' '.join(body[1:])}"]


def test_words_that_are_drawn_twice_are_read_once() -> None:
    body = textwrap.wrap(HARBOUR, 60)
    assert texts(f"{lines(body)}\n{lines(body, left=70.8, top=80.6)}") == [HARBOUR]


def test_first_lines_that_are_most_lines_have_an_indent_too() -> None:
    body = textwrap.wrap(f"The {HARBOUR[4:]}", 60)
    short = [f"Nobody knows the {noun} of the weir in the old town at all." for noun in "abcdef"]
    page = "\n".join(
        (
            lines(body[:1], left=72),
            lines(body[1:], left=60, top=92),
            lines(short, left=72, top=80 + 12 * len(body)),
            lines([short[0]], left=72, top=80 + 12 * (len(body) + 6)),
            lines(["and in the new one."], left=60, top=80 + 12 * (len(body) + 7)),
        )
    )
    assert texts(page)[1:7] == short
