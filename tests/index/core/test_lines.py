"""The measures of lines and the verdicts on runs, against plain models."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import uints, zeros
from nutgraf_index.passages.layout.blocks import Lines, Mark

LAST = ".!?:…。！？।؟\"'”’»」』)]*_"
CONTINUING = ",;.:)]}?!%’”"
CUT = ",;-–—&/©\u00ac\u00ad(“‘«"
HAS = {
    Mark.SPACE: str.isspace,
    Mark.SMALL: str.islower,
    Mark.CAPITAL: str.isupper,
    Mark.DIGIT: str.isdigit,
    Mark.LETTER: str.isalnum,
    Mark.OPEN: lambda sign: sign in CONTINUING or (sign in CUT and sign != "©"),
    Mark.COLON: ":".__eq__,
    Mark.LAST: LAST.__contains__,
    Mark.PLAIN: lambda sign: sign in "\"'“‘«" or (sign < "\u0600" and sign.isalpha()),
    Mark.CONTINUING: CONTINUING.__contains__,
    Mark.PAUSE: ",;-–—&".__contains__,
    Mark.CUT: CUT.__contains__,
    Mark.HYPHEN: "-\u00ac\u00ad".__contains__,
    Mark.OPENING: "\"'“‘«(".__contains__,
}
SIGNS = "aB9.:/@w,- \t\n\"'’©—\u00a0\u3000\u3001。\ud800\U0001f600ǅªͅ_²ａＡ１漢\x00\x1c\x85\u2028"
TEXTS = st.lists(
    st.text(st.characters() | st.sampled_from(SIGNS)) | st.sampled_from(["é: b", "é@b", "www.é",
        "www.a.example", "a@b", "@b", "a@", "http://a", "a: b", ": a: b", "AB ĆD", "ǅA", "x" * 32
        + ": y", "x" * 33 + ": y", "a   b", "é   b", "http://é", "a\tb", " a ", "a:  b",
    ])
).map("\n".join)  # fmt: skip


def read(bits: int) -> set[Mark]:
    return {mark for mark in HAS if bits & mark}


def marks_of(signs: str) -> set[Mark]:
    return {mark for mark, has in HAS.items() if any(map(has, signs))}


def is_address(text: str) -> bool:
    return " " not in text and ("://" in text or text.startswith("www.") or "@" in text[1:-1])


@given(TEXTS)
@example("")
@example("\n\n")
def test_measures_of_lines_are_those_of_a_plain_model(text: str) -> None:
    lines = Lines(text)
    rows = text.split("\n")
    offset = 0
    assert len(lines.offsets) == len(rows)
    for number, row in enumerate(rows):
        bare = row.strip()
        assert lines.texts[number] == bare
        assert lines.offsets[number] == offset
        assert lines.widths[number] == len(row.rstrip())
        assert lines.indents[number] == len(row.rstrip()) - len(bare)
        assert lines.openings[number] == len(bare.split(" ")[0])
        assert lines.blanks[number] == bare.count(" ")
        assert read(lines.heads[number]) == marks_of(bare[:1])
        assert read(lines.tails[number]) == marks_of(bare[-1:])
        signs = lines.signs[number]
        assert read(signs) == marks_of("".join(bare.split()))
        assert bool(signs & Mark.BLANK) == (" " in bare)
        assert bool(signs & Mark.CELLS) == ("\t" in bare or "   " in bare)
        assert bool(signs & Mark.FIELD) == (bare.find(": ", 0, 34) > 0)
        assert bool(signs & Mark.ADDRESS) == is_address(bare)
        assert bool(signs & Mark.CAPITALS) == bare.isupper()
        offset += len(row) + 1


def test_kept_lines_are_numbered_anew() -> None:
    lines = Lines("Ab\n\n cd ef\nGH")
    assert lines.have_capitals
    lines = lines.kept([2])
    assert (lines.texts, lines.offsets, lines.indents, lines.widths) == (["cd ef"], [4], [1], [6])
    assert (lines.openings, lines.blanks, lines.have_capitals) == ([2], [1], False)


def is_table(lines: Lines, first: int, last: int, short: int, *, has_width: bool) -> bool:
    """Return whether a run is a table, by the texts of its lines alone."""
    texts, widths = lines.texts[first : last + 1], lines.widths[first : last + 1]
    if len(texts) < 3:
        return False
    if texts[1][0].islower() != texts[2][0].islower() and widths[0] > 40:
        return False
    cells = ["\t" in text or "   " in text for text in texts]
    fields = [text.find(": ", 0, 34) > 0 for text in texts]
    least = 0.7 * len(texts)
    if (cells[1] or cells[2]) and sum(cells) >= least:
        return True
    if fields[1] and fields[2] and sum(fields) >= least:
        return True
    small = sum(text[0].islower() and not is_address(text) for text in texts)
    words = sum(text.count(" ") + 1 for text in texts)
    closed = sum(Mark.OPEN in marks_of(text[-1]) for text in texts)
    figures = sum(any(map(str.isdigit, text)) for text in texts)
    return (
        max(widths) <= short
        and (small in (0, len(texts)) or has_width)
        and (small in (0, len(texts)) or words < 2 * len(texts))
        and 5 * closed <= len(texts)
        and (words <= 3 * len(texts) or figures >= least)
    )


@given(
    st.lists(st.sampled_from(["Pier", "12 kr", "a b c d", "Oslo,", "x: y", "a\tb", "a@b", "AB:"])),
    st.sampled_from([3, 6, 40]),
    st.booleans(),
)
def test_verdicts_are_those_of_a_plain_model(texts: list[str], short: int, has_width: bool) -> None:
    lines = Lines("\n".join(["Zz", *texts, "Zz"]))
    runs = [(first, last) for first in range(len(texts)) for last in range(first, len(texts))]
    tables, headed = zeros("B", len(runs)), zeros("B", len(lines.texts))
    firsts, lasts = ([run[side] for run in runs] for side in (0, 1))
    core.building.judge_runs(
        uints(firsts), uints(lasts), lines.rows, short, 40, has_width, 3, 0.7, tables, headed
    )
    for (first, last), table in zip(runs, tables, strict=True):
        wanted = is_table(lines, first, last, short, has_width=has_width)
        assert table == wanted, (lines.texts[first : last + 1], short, has_width)
    for number, (text, below) in enumerate(pairwise(lines.texts)):
        may_head = not below[0].islower() and (has_width or text.isupper() or text[-1] == ":")
        is_in_run = number < len(texts) - 1
        assert headed[number] == (may_head and is_in_run), (text, below)


def test_a_line_of_ten_million_characters_is_measured() -> None:
    lines = Lines("é" + "a " * 5_000_000 if core.compiled else "é" + "a " * 5_000)
    assert lines.blanks[0] == len(lines.texts[0]) // 2 - 1
    assert lines.widths == [len(lines.texts[0])]


@pytest.mark.parametrize("data", [b"", b"\x00\n\x00", b"\xff\xff", b"a\xe2\x80", b"\x80\x80\n"])
def test_bytes_that_are_no_text_do_no_harm(data: bytes) -> None:
    table, rows = uints([0] * 128 + [2]), zeros("I", 8 * (data.count(b"\n") + 1))
    try:
        core.building.measure_lines(memoryview(data), table, 34, rows)
    except IndexError:
        assert data.endswith((b"\xff", b"\x80"))  # a character that is cut at the end


def test_what_has_no_room_is_an_error() -> None:
    table = uints([0] * 129)
    with pytest.raises(IndexError):
        core.building.measure_lines(memoryview(b"a\nb"), table, 34, zeros("I", 8))
    with pytest.raises(IndexError):
        core.building.measure_lines(memoryview(b"a"), uints([]), 34, zeros("I", 8))
    rows = Lines("A\nB\nC").rows
    for first, last, runs, room in (
        (0, 3, 1, 3),
        (3, 4, 1, 3),
        (7, 9, 1, 3),
        (3, 1 << 31, 1, 3),
        (0, 2, 0, 3),
        (0, 2, 1, 1),
    ):
        tables, headed = zeros("B", runs), zeros("B", room)
        with pytest.raises(IndexError):
            core.building.judge_runs(
                uints([first]), uints([last]), rows, 40, 40, True, 3, 0.7, tables, headed
            )
