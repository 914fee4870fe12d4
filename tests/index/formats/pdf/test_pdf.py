"""PDFs: the text in reading order, and what its stretches are."""

import datetime
import json
import random
from pathlib import Path
from typing import Any

import pytest

from command import Run
from made_pdfs import lines, pdf, picture, turned
from nutgraf import split
from nutgraf_index.formats import format
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.pdf.characters import open_pdf, read_pages
from nutgraf_index.formats.pdf.information import properties_of
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article, MarkedArticle, Passage
from nutgraf_index.segment.stored_fields import dump_anchors, place_of
from scale import rounds

PIER = [
    "The harbour board has voted to close the old pier, which the storms",
    "of the winter had broken in many places, and to let boats land at the",
    "mill until spring.",
]
MILL = [
    "Owners of the mill said that they had not been asked about the boats",
    "and that there was no room for any of them beside the old wheel and",
    "the weir below it.",
]
WEIR = [
    "Below the weir the river is deep enough for boats in every season, as",
    "the pilots of the port have said for years, and nobody has ever been",
    "hurt in it.",
]


def read(*pages: str, **values: Any) -> MarkedArticle:
    (article,) = read_articles("a/b.pdf", pdf(pages, **values))
    assert isinstance(article, MarkedArticle), article
    return article


def passages(*pages: str, **values: Any) -> list[Passage]:
    return split(read(*pages, **values))


def texts(*pages: str, **values: Any) -> list[str]:
    return [passage.text for passage in passages(*pages, **values)]


def faults(data: bytes, options: ReadOptions = AS_FOUND) -> list[Fault]:
    found = [*read_articles("b.pdf", data, options)]
    assert all(isinstance(one, Fault) for one in found)
    return found  # type: ignore[return-value]


def whole(*paragraphs: list[str]) -> list[str]:
    return [" ".join(paragraph) for paragraph in paragraphs]


# Paragraphs


def test_a_gap_parts_paragraphs() -> None:
    page = "\n".join(lines(one, top=80 + 48 * at) for at, one in enumerate((PIER, MILL, WEIR)))
    assert texts(page) == whole(PIER, MILL, WEIR)


def test_a_short_last_line_parts_paragraphs() -> None:
    assert texts(lines([*PIER, *MILL, *WEIR])) == whole(PIER, MILL, WEIR)


def test_an_indent_parts_paragraphs_also_after_a_full_line() -> None:
    full = [*PIER[:2], "mill, where no boat had landed since the flood, until next spring."]
    page = "\n".join(
        lines(one[:1], left=84, top=80 + 36 * at) + "\n" + lines(one[1:], top=92 + 36 * at)
        for at, one in enumerate((full, MILL, WEIR))
    )
    assert texts(page) == whole(full, MILL, WEIR)


def test_columns_are_read_one_after_the_other() -> None:
    def column(left: float, *blocks: list[str]) -> str:
        # The columns are drawn line by line, across the page.
        return "\n".join(
            lines([line], left=left, top=top, size=5)
            for block, first in zip(blocks, (100, 150), strict=True)
            for top, line in zip(range(first, 999, 7), block, strict=False)
        )

    two = [column(60, PIER, MILL), column(260, WEIR, PIER)]
    assert texts("\n".join(two)) == whole(PIER, MILL, WEIR, PIER)
    pairs = zip(*(one.split("\n") for one in two), strict=True)
    assert texts("\n".join("\n".join(pair) for pair in pairs)) == whole(PIER, MILL, WEIR, PIER)
    three = "\n".join([*two, column(440, MILL, WEIR)])
    title = "The pier, the mill and the weir of the old port of Varn"
    found = texts(three + "\n" + lines([title], top=60, size=18))
    assert found == [title, *whole(PIER, MILL, WEIR, PIER, MILL, WEIR)]


def test_a_paragraph_over_a_page_break_is_one_passage() -> None:
    first = lines(MILL) + "\n" + lines(PIER[:2], top=130)
    second = lines([PIER[2], *WEIR])
    article = read(first, second)
    found = split(article)
    assert [one.text for one in found] == whole(MILL, PIER, WEIR)
    places = [place_of(article.anchors, one.start, one.end)[:2] for one in found]
    assert places == [(1, 1), (1, 2), (2, 2)]
    assert article.text[article.anchors[1].start :].startswith("mill until spring.")


def test_a_note_and_a_page_number_between_the_halves_of_a_paragraph() -> None:
    def page(number: int, *drawn: str) -> str:
        head = lines([f"REPORT OF THE PORT, PART {number}"], top=40, size=8)
        return "\n".join((head, *drawn, lines([f"- {number} -"], left=290, top=800)))

    note = lines(["1 Minutes of the board, 12 January."], top=700, size=7)
    article = read(
        page(1, lines(MILL), lines(PIER[:2], top=130), note),
        page(2, lines([PIER[2], *WEIR])),
        page(3, lines(MILL)),
    )
    found = [
        (place_of(article.anchors, p.start, p.end)[:2], p.role, p.text) for p in split(article)
    ]
    mill, pier, weir = whole(MILL, PIER, WEIR)
    assert found == [
        ((1, 1), "furniture", "REPORT OF THE PORT, PART 1"),
        ((1, 1), "lead", mill),
        ((1, 2), "body", pier),
        ((1, 1), "note", "1 Minutes of the board, 12 January."),
        ((1, 1), "furniture", "- 1 -"),
        ((2, 2), "furniture", "REPORT OF THE PORT, PART 2"),
        ((2, 2), "body", weir),
        ((2, 2), "furniture", "- 2 -"),
        ((3, 3), "furniture", "REPORT OF THE PORT, PART 3"),
        ((3, 3), "body", mill),
        ((3, 3), "furniture", "- 3 -"),
    ]


def test_a_line_of_two_pages_and_a_number_of_a_table_are_no_furniture() -> None:
    numbers = ["35", "14", "63"]
    pages = [
        lines(["A head", *text, number])
        for text, number in zip((PIER, MILL, WEIR), numbers, strict=True)
    ]
    assert {one.text: one.role for one in passages(*pages[:2])}["A head"] != "furniture"
    roles = {one.text: one.role for one in passages(*pages)}
    assert roles["A head"] == "furniture"
    article = read(*pages)
    stated = {article.text[mark.start : mark.end] for mark in article.marks if mark.role}
    assert "A head" in stated
    assert stated.isdisjoint(numbers)


def test_a_quotation_is_one_passage_between_its_neighbours() -> None:
    quoted = [
        "We put them in a room where they could see neither boats",
        "nor pier, and",
        "waited.",
    ]
    page = "\n".join((lines(PIER, top=80), lines(quoted, left=100, top=116), lines(MILL, top=152)))
    assert texts(page) == whole(PIER, quoted, MILL)


def test_lines_that_end_at_the_right_margin_only() -> None:
    right = {"i": 2.22, "l": 2.22, " ": 2.78}  # the widths of letters in points; of others 5.56
    words = [*PIER, *MILL, *WEIR]
    page = "\n".join(
        lines([text], left=480 - sum(right.get(letter, 5.2) for letter in text), top=top)
        for top, text in zip((80, 92, 104, 128, 140, 152, 176, 188, 200), words, strict=True)
    )
    assert texts(page) == whole(PIER, MILL, WEIR)


# Hyphens


@pytest.mark.parametrize(
    ("broken", "elsewhere", "joined"),
    [
        ("ballis\xad|tic", "", "ballistic"),  # a soft hyphen
        ("ballis-|tic", "ballistic", "ballistic"),
        ("well-|known", "well-known", "well-known"),
        ("Franco-|German", "", "Franco-\nGerman"),  # nothing tells
        ("Franco-|German", "Franco-German", "Franco-German"),
        ("1990-|1995", "", "1990-\n1995"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(broken: str, elsewhere: str, joined: str) -> None:
    first, second = broken.split("|")
    page = lines(
        [
            f"The board of the port was told of a long report of {elsewhere} things {first}",
            f"{second} that no one had read in all the years since it was written and",
            "printed.",
        ]
    )
    (text,) = texts(page)
    assert f" {joined} that no one" in text


def test_a_hyphen_that_the_library_marks_is_that_of_a_broken_word() -> None:
    line = "of the winter of that year had broken, in a most unusual demon-"
    page = lines([PIER[0], line, "stration."])
    assert texts(page)[0].endswith("demonstration.")


# Roles


def test_headings_by_font() -> None:
    page = "\n".join(
        (
            lines(["The pier is closed"], top=60, size=22, font="F2"),
            lines(PIER, top=100),
            lines(["What comes next"], top=160, font="F2"),
            lines(MILL, top=176),
        )
    )
    assert [(one.role, one.heading, one.text) for one in passages(page)] == [
        ("headline", "", "The pier is closed"),
        ("lead", "", " ".join(PIER)),
        ("subhead", "", "What comes next"),
        ("body", "What comes next", " ".join(MILL)),
    ]


def test_items_captions_and_raised_numbers() -> None:
    page = "\n".join(
        (
            lines(["They want:"], top=60),
            lines(["\x95 a new pier of stone,"], left=80, top=74),
            lines(["\x95 boats."], left=80, top=86),
            lines(["The pier in winter"], top=318, size=8),
            picture(70, 110, 300, 200),
            lines([PIER[0]], top=350),
            lines(["4"], left=372, top=346, size=6),
            lines(PIER[1:], top=362),
        )
    )
    found = [(one.role, one.text) for one in passages(page)]
    assert found[1:4] == [
        ("list", "a new pier of stone,"),
        ("list", "boats."),
        ("caption", "The pier in winter"),
    ]
    assert found[4][1].startswith(f"{PIER[0]} 4 {PIER[1]}")


def test_each_row_of_a_table_is_a_passage() -> None:
    rows = [("Pier", "1,200", "4"), ("Old mill", "300", "12"), ("Weir", "15", "1,500")]
    table = "\n".join(
        lines([cell], left=left, top=150 + 14 * at)
        for at, row in enumerate(rows)
        for left, cell in zip((70, 250, 400), row, strict=True)
    )
    found = texts(lines(PIER) + "\n" + table)
    assert found == [" ".join(PIER), "Pier\t1,200\t4", "Old mill\t300\t12", "Weir\t15\t1,500"]


@pytest.mark.parametrize("number", [0x110000, 0xE0E0E0, 0xFFFFFFFF])
def test_a_number_that_is_no_character_is_left_out(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A font may say that its letters are any numbers."""
    import pypdfium2.raw

    whole = pypdfium2.raw.FPDFText_GetUnicode

    def of_page(page: Any, index: int) -> int:
        code = whole(page, index)
        return number if code == ord("z") else int(code)

    monkeypatch.setattr(pypdfium2.raw, "FPDFText_GetUnicode", of_page)
    (page,) = read_pages(open_pdf(pdf([lines(["An zotter swims z here."])])))
    assert [word.text for word in page.words] == ["An", "otter", "swims", "here."]


def test_turned_pages_and_turned_text() -> None:
    stamp = turned("arXiv of the port", left=30, top=500)
    assert [(one.role, one.text) for one in passages(lines(PIER) + "\n" + stamp)] == [
        ("lead", " ".join(PIER)),
        ("furniture", "arXiv of the port"),
    ]
    page = "\n".join(turned(line, left=80 + 12 * at, top=700) for at, line in enumerate(PIER))
    assert texts(page, rotation=90) == whole(PIER)


def test_numbers_of_lines_are_furniture() -> None:
    words = [*PIER, *MILL, *WEIR, *PIER]
    numbers = [str(number) for number in range(1, len(words) + 1)]
    found = passages(lines(words) + "\n" + lines(numbers, left=30))
    assert [one.text for one in found[:-1]] == whole(PIER, MILL, WEIR, PIER)
    assert (found[-1].role, found[-1].text) == ("furniture", " ".join(numbers))


# Properties


def test_properties_of_the_document() -> None:
    information = {
        "Title": "The end of the pier",
        "Author": "Ann Lee and Bo Ek",
        "CreationDate": "D:20200112103000Z",
    }
    article = read(lines(PIER), information=information)
    assert (article.title, article.authors, article.date) == (
        "The end of the pier",
        ("Ann Lee", "Bo Ek"),
        "2020-01-12",
    )
    assert article.metadata == {"pages": 1}


@pytest.mark.parametrize(
    ("information", "expected"),
    [
        ({"Title": "Microsoft Word - pier.doc"}, {}),
        ({"Title": "untitled"}, {}),
        ({"Title": "report_final-3"}, {}),
        ({"Title": "pier.indd"}, {}),
        ({"Title": "Document1"}, {}),
        ({"Title": "  "}, {}),
        ({"Title": "\ufffd\ufffd\ufffd"}, {}),
        ({"Title": "Otters"}, {"title": "Otters"}),
        ({"Title": "Budget 2020: a plan"}, {"title": "Budget 2020: a plan"}),
        ({"Author": "jlee"}, {}),
        ({"Author": "Administrator"}, {}),
        ({"Author": "Microsoft Office User"}, {}),
        ({"Author": "Ann Lee"}, {"authors": ("Ann Lee",)}),
        ({"CreationDate": "D:19700101000000"}, {}),
        ({"CreationDate": "D:20990101000000"}, {}),
        ({"CreationDate": "D:202001"}, {"date": "2020-01"}),
        ({"CreationDate": "D:20209912"}, {"date": "2020"}),
        ({"CreationDate": "yesterday"}, {}),
    ],
)
def test_only_sane_properties_are_taken(
    information: dict[str, str], expected: dict[str, Any]
) -> None:
    assert properties_of(information, 2021) == expected


def test_a_date_after_the_present_is_none() -> None:
    data = pdf([lines(PIER)], information={"CreationDate": "D:20200112"})
    past = ReadOptions(now=datetime.datetime(2019, 1, 1, tzinfo=datetime.UTC))
    (article,) = read_articles("b.pdf", data, past)
    assert isinstance(article, Article)
    assert article.date == ""


# What cannot be read


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" ", "empty"),
        (b"An otter.", "no PDF: it does not begin as one"),
        (b"%PDF-1.4\nAn otter.", "a damaged PDF, or none"),
        (pdf([]), "a damaged PDF, or none"),
        (pdf([lines(PIER)], encrypted=True), "encrypted: it opens with a password only"),
        (pdf([""]), "no text in it"),
        (
            pdf([picture(20, 20, 500, 700)] * 2 + [""]),
            "no text layer: 2 scanned pages; a program for OCR, such as ocrmypdf, adds one",
        ),
    ],
)
def test_the_reason_why_a_pdf_is_skipped(data: bytes, reason: str) -> None:
    assert faults(data) == [Fault(reason)]


def test_the_reason_is_not_that_of_the_file_before() -> None:
    """A PDF without pages counted as encrypted where an encrypted one was read before."""
    encrypted, none = pdf([lines(PIER)], encrypted=True), pdf([])
    for data in (encrypted, none, b"%PDF-1.4\nAn otter.", encrypted, none):
        told = "encrypted: it opens with a password only"
        assert faults(data) == [Fault(told if data is encrypted else "a damaged PDF, or none")]


def test_too_many_pages() -> None:
    data = pdf([lines(PIER)] * 4)
    reason = "more pages than the limit: 4 pages, 3 allowed (--max-pages)"
    assert faults(data, ReadOptions(max_pages=3)) == [Fault(reason, again=True)]
    assert [*read_articles("b.pdf", data, ReadOptions(max_pages=4))]


def test_the_extra_is_named_once_with_the_number_of_files(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(pdf([lines(PIER)]))
    with monkeypatch.context() as patch:
        patch.setattr(format, "find_spec", lambda name: None)
        told = run("index", ".").stderr
    assert "skipped 2 files: reading PDF needs pip install 'nutgraf[pdf]'" in told
    assert "2 added" in run("index", ".").stderr


def test_pages_without_a_text_layer_are_told() -> None:
    data = pdf([lines(PIER), picture(20, 20, 500, 700), lines(MILL)])
    article, fault = read_articles("b.pdf", data)
    assert isinstance(article, Article)
    assert article.metadata == {"pages": 3, "pages_without_text": [2]}
    assert fault == Fault("no text layer on 1 page of 3", 1)


# Through the command line


def test_a_pdf_in_an_archive_of_articles(tmp_path: Path, run: Run) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf([lines(MILL), lines(PIER)]))
    (tmp_path / "locked.pdf").write_bytes(pdf([lines(PIER)], encrypted=True))
    (tmp_path / "long.pdf").write_bytes(pdf([lines(PIER)] * 3))
    done = run("index", ".", "--max-pages", "2", "-v")
    assert done.returncode == 0, done.stderr
    assert "skipped locked.pdf: encrypted: it opens with a password only" in done.stderr
    assert "skipped long.pdf: more pages than the limit: 3 pages, 2 allowed" in done.stderr
    assert "articles by format: PDF 1" in done.stderr
    hit = json.loads(run("search", "storms", "--json").stdout)
    assert (hit["citation"], hit["page"], hit["page_end"]) == ("report.pdf#2", 2, 2)
    assert (hit["pointer"], hit["text"]) == ("#page=2", " ".join(PIER))
    shown = run("search", "storms", "--color", "always", "--format", "terminal").stdout
    assert f"file://{tmp_path}/report.pdf#page=2\x1b\\" in shown
    assert " · p. 2" in shown
    row = run("search", "storms", "--format", "csv").stdout.splitlines()[1]
    assert ",2,,#page=2," in row
    assert run("verify").returncode == 0
    again = run("index", ".", "--max-pages", "3")
    assert "1 added" in again.stderr


def test_max_pages_is_checked(tmp_path: Path, run: Run) -> None:
    wrong = run("index", ".", "--max-pages", "0")
    assert wrong.returncode == 2
    assert "--max-pages" in wrong.stderr


# Hostile files


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file of which some bytes are changed, left out or repeated."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(out))
        kind = chance.randrange(4)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.randint(1, 40)]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randint(1, 200)]
        else:
            out[at : at + 3] = b"%d" % chance.randrange(10_000)
        if not out:
            return b""
    return bytes(out[: chance.randint(len(out) // 2, len(out))] if chance.random() < 0.2 else out)


def test_a_mutated_pdf_costs_itself_only() -> None:
    chance = random.Random(23)
    sources = [
        pdf([lines(PIER), lines(MILL) + picture(70, 300, 200, 100)], information={"Title": "Pier"}),
        pdf([turned("The weir", left=80, top=500), lines(WEIR, size=30)], rotation=90),
    ]
    read_ones = 0
    for number in range(rounds(12)):
        for entry in read_articles("b.pdf", mutated(sources[number % 2], chance)):
            if isinstance(entry, Fault):
                assert entry.reason
                continue
            read_ones += 1
            dump_anchors(entry)
            for passage in split(entry):
                assert entry.text[passage.start : passage.end] == passage.text
    assert read_ones
    assert texts(lines(PIER)) == whole(PIER)
