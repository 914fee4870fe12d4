"""CSV and TSV: what a spreadsheet reads, and what it must not run."""

import csv
import io
from collections.abc import Iterator

import pytest

from made_hits import PIPE, alone, hit_of
from nutgraf import Hit
from nutgraf.output.csv_rows import (
    COLUMNS,
    csv_answers,
    csv_records,
    tsv_answers,
    tsv_records,
)
from nutgraf.output.style import Answer, HitWithContext


def answer(hit: Hit) -> Iterator[Answer]:
    yield Answer("otter", 3, alone(hit))


def test_the_columns_of_a_hit() -> None:
    hit = hit_of(
        'Otters, "they" say.',
        title="On otters",
        date="2020-01-12",
        authors=("Ann Lee", "Bo Ek"),
        source="AP",
        place="OSLO",
        path="a/b.txt",
        url="https://example.org/1",
    )
    header, *rows = csv.reader(io.StringIO("\n".join(csv_answers(answer(hit), PIPE))))
    assert header == [*COLUMNS]
    assert header == [
        *"query rank score citation title date authors source place".split(),
        *"language path line".split(),
        *"page url pointer text".split(),
    ]
    (row,) = rows
    assert row[:7] == ["otter", "3", str(hit.score), "memo#1", "On otters", "2020-01-12", row[6]]
    assert row[6] == "Ann Lee; Bo Ek"
    assert row[7:12] == ["AP", "OSLO", "en", "a/b.txt", "1"]
    pointer = "#:~:text=Otters%2C%20%22they%22%20say."
    assert row[12:] == ["", "https://example.org/1", pointer, 'Otters, "they" say.']


def test_passages_around_a_hit_are_columns_if_asked_for() -> None:
    hit, other = hit_of("An otter."), hit_of("=An otter.")
    group = HitWithContext(hit, [hit, other], [])
    style = PIPE._replace(context=True)
    lines = [*csv_answers([Answer("otter", 1, [group])], style)]
    header, row = csv.reader(io.StringIO("\n".join(lines), newline=""))
    assert header == [*COLUMNS, "before", "after"]
    assert row[-2:] == ["An otter.\n\n=An otter.", ""]


def cell(text: str, style: object = PIPE) -> str:
    _, row = csv.reader(io.StringIO("\n".join(csv_records([{"a": text}], style)), newline=""))  # type: ignore[arg-type]
    return row[0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "－a",
        "＠a",
        "＋a",
        "-",
        "--5",
    ],
)
def test_no_cell_begins_with_a_formula_unless_raw(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell(text, PIPE._replace(raw_csv=True)) == text


@pytest.mark.parametrize(
    "text", ["-5", "+3.14", "-0.5", "2020-01-12", "a=b", "'=1", " =1", "", "otters – 5", "–5"]
)
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_numbers_are_numbers() -> None:
    assert [*csv_records([{"a": -1.5, "b": 0, "c": "-1.5"}], PIPE)] == ["a,b,c", "-1.5,0,-1.5"]


def test_a_formula_as_query_title_or_path_is_none() -> None:
    hit = hit_of("An otter.", title="=HYPERLINK(1)", path="-a.txt", source="@b")
    (_, row) = csv.reader(csv_answers([Answer("-drone +otter", 1, alone(hit))], PIPE))
    cells = dict(zip(COLUMNS, row, strict=True))
    assert cells["query"] == "'-drone +otter"
    assert cells["title"] == "'=HYPERLINK(1)"
    assert (cells["path"], cells["source"]) == ("'-a.txt", "'@b")


HOSTILE = "An otter\0 \x1b[31mred\x1b[0m | `x` \\ \t tab\r\nline \x85 \x7f \ufeff"


def test_control_characters_are_made_visible_unless_raw() -> None:
    assert cell(HOSTILE) == "An otter␀ ␛[31mred␛[0m | `x` \\ \t tab\r\nline \ufffd ␡ \ufeff"
    assert cell(HOSTILE, PIPE._replace(raw_csv=True)) == HOSTILE
    assert "\x1b" not in cell(HOSTILE, PIPE._replace(raw_csv=True, terminal=True))


def test_tsv_has_a_line_for_each_record_and_no_quotes() -> None:
    records = [{"a": 'say "x"\tand\nmore \\n\r', "b": 5}, {"a": "=1", "b": -5}]
    assert [*tsv_records(records, PIPE)] == [
        "a\tb",
        'say "x"\\tand\\nmore \\\\n\\r\t5',
        "'=1\t-5",
    ]
    lines = [*tsv_answers([Answer("a\tb\n=c", 1, alone(hit_of(HOSTILE)))], PIPE)]
    assert [line.count("\t") for line in lines] == [len(COLUMNS) - 1] * 2
    assert lines[1].startswith("a\\tb\\n=c\t1\t")


def test_without_hits_there_is_a_header() -> None:
    assert [*csv_answers([], PIPE)] == [",".join(COLUMNS)]
    assert [*tsv_answers([Answer("otter", 1, [])], PIPE)] == ["\t".join(COLUMNS)]
