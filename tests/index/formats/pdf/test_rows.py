"""Tables, forms and footers of PDFs: rows, cells, and lines that look like them."""

from collections.abc import Sequence

from made_pdfs import lines, pdf
from nutgraf import split
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import MarkedArticle, Passage

TEXT = [
    "The harbour board has voted to close the old pier, which the storms",
    "of the winter had broken in many places, and to let boats land at the",
    "mill until spring.",
]


def found(*pages: str) -> list[Passage]:
    (article,) = read_articles("a.pdf", pdf(pages))
    assert isinstance(article, MarkedArticle), article
    return split(article)


def table(
    rows: Sequence[Sequence[str]], lefts: Sequence[float], *, top: float = 150, font: str = "F1"
) -> str:
    return "\n".join(
        lines([cell], left=left, top=top + 14 * at, font=font)
        for at, row in enumerate(rows)
        for left, cell in zip(lefts, row, strict=True)
        if cell
    )


def rows(page: str) -> list[str]:
    return [one.text for one in found(page) if one.role == "list"]


def test_cells_close_to_each_other_are_told_by_the_other_rows() -> None:
    """The cells of the second and third column are a blank apart."""
    cells = [[f"Pier {name}", f"{n},087,948", f"{n},022,490"] for n, name in enumerate("abcdef", 1)]
    page = lines(TEXT) + "\n" + table(cells, (70, 200, 252))
    assert rows(page) == ["\t".join(row) for row in cells]


def test_rows_of_short_texts_are_no_columns() -> None:
    cells = [
        ["President of the club", "Ann Marsh, of the mill"],
        ["Treasurer of the club", "Ben Stone, of the weir"],
        ["Secretary of the club", "Cid Rivers, of the pier"],
        ["Director of the club", "Dora Lake, of the port"],
    ]
    assert rows(lines(TEXT) + "\n" + table(cells, (70, 250))) == ["\t".join(row) for row in cells]


def test_a_line_between_rows_is_a_row() -> None:
    cells = [["Mill", "12", "40"], ["Of stone", "", ""], ["Weir", "15", "41"], ["Pier", "16", "4"]]
    expected = ["Mill\t12\t40", "Of stone", "Weir\t15\t41", "Pier\t16\t4"]
    assert rows(lines(TEXT) + "\n" + table(cells, (70, 250, 400))) == expected


def test_justified_lines_with_wide_blanks_are_no_rows() -> None:
    page = "\n".join(
        (
            lines(TEXT[:1], top=80),
            table([["They", "have", "stone"], ["and", "long", "beams"]], (70, 120, 170), top=92),
            lines(["in the yard of the port, as everybody in the town knows by now, and"], top=118),
        )
    )
    assert not rows(page)


def test_bold_lines_below_each_other_are_no_headings() -> None:
    bold = [f"{place} at the harbour" for place in ("Mill", "Weir", "Pier", "Dock", "Lock")]
    page = lines(TEXT) + "\n" + lines(bold, top=150, pitch=30, font="F2")
    assert not [one for one in found(page) if one.role == "subhead"]


def test_a_sentence_that_begins_with_a_table_is_no_caption() -> None:
    page = lines(["Table 2 compares the boats that landed at the mill and at the old pier"])
    page += "\n" + lines(["in every year since the storm."], top=92)
    (passage,) = found(page)
    assert passage.role != "caption"


def test_the_raised_number_of_a_note_stands_in_its_line() -> None:
    page = "\n".join(
        (
            lines(TEXT),
            lines(["4"], top=696, size=6),
            lines(
                ["The board met in the old town hall, below the church."], left=76, top=700, size=9
            ),
        )
    )
    assert [(one.role, one.text) for one in found(page)][1:] == [
        ("note", "4 The board met in the old town hall, below the church.")
    ]


def test_footers_of_two_pages_are_furniture_if_they_count_them() -> None:
    pages = [
        lines(TEXT) + "\n" + lines([f"Case 21-2728, Page {number} of 2"], top=800)
        for number in (1, 2)
    ]
    assert [one.role for one in found(*pages)] == ["lead", "furniture", "body", "furniture"]
    same = [lines(TEXT) + "\n" + lines([f"Signed by {name}"], top=800) for name in ("Ann", "Ben")]
    assert "furniture" not in [one.role for one in found(*same)]


def test_page_numbers_of_many_digits_are_furniture() -> None:
    pages = [
        lines([*TEXT[at:], *TEXT[:at]]) + "\n" + lines([f"{47698 + at}"], top=800)
        for at in range(3)
    ]
    numbers = [one for one in found(*pages) if one.text.isdecimal()]
    assert [one.role for one in numbers] == ["furniture"] * 3


def test_short_lines_below_the_text_are_a_list_and_none_is_a_headline() -> None:
    names = ["Ann Marsh", "Mill House", "12 Weir Lane", "Old Port", "Ben Stone", "Pier House"]
    page = lines(TEXT) + "\n" + lines(names, top=150, pitch=30)
    assert [one.role for one in found(page)] == ["lead", *["list"] * len(names)]
    assert "list" not in [one.role for one in found(lines(names[:4], pitch=30))]
