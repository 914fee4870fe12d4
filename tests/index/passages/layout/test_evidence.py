"""Each piece of evidence is measured on the smallest text that has it, and on one that has not."""

import pytest

from nutgraf_index.passages.layout import evidence
from nutgraf_index.passages.layout.blocks import Lines
from nutgraf_index.passages.layout.evidence import EVIDENCE, Breaks, are_wrapped
from nutgraf_index.passages.layout.sentences import sentences_of

WRAPPED = (
    "The animals had vanished from all but two rivers by the autumn of\n"
    "that year. Pesticides that thinned the eggs of birds of prey also\n"
    "left females barren, and wetlands were drained for the farms and\n"
    "for the new road along the upper valley."
)
A_LINE_EACH = "The board has met.\nThe pier is old.\nNobody came.\nIt rained all day."
TABLE = "Net 807 vs 858\nAssets 51 mln\nA\nDeposits 47\nB\nLoans 299 mln\nC\nRevenues 81 mln"
VERSE = "O stay, said she,\nThe night is long,\nAnd far the sea,\nAnd near the song;"


def breaks_of(text: str) -> Breaks:
    """Return all breaks between the lines of a text that are not blank."""
    lines = Lines(text)
    numbers = [
        number
        for number in range(1, len(lines.texts))
        if lines.texts[number] and lines.texts[number - 1]
    ]
    return Breaks(lines, numbers, text.count("\n\n") + 1, sentences_of("en"))


@pytest.mark.parametrize(
    ("name", "text", "measure"),
    [
        ("small_letters", WRAPPED, 1.0),
        ("small_letters", A_LINE_EACH, -0.45),
        ("small_letters", "all is small\nhere and also\nhere but it is\nno evidence", 0.0),
        ("small_letters", "東京は雨\n大阪は晴\n京都は雪", 0.0),
        ("small_letters", "Menu\nget help\nReport it\nlog in here\nSearch", -0.45),
        ("long_lines", WRAPPED, 0.0),
        ("long_lines", f"{'A word ' * 30}\n{'Two of ' * 40}\nThree", -1.0),
        ("long_lines", "\n".join(["It is filled to the width " * 5] * 7), 0.0),
        ("blank_lines", WRAPPED, 0.0),
        ("blank_lines", f"{WRAPPED}\n\n{WRAPPED}", 1.0),
        ("wider_lines", f"Pier\nclosed\n\n{'It was so. ' * 20}", -1.0),
        ("wider_lines", f"{'It was so. ' * 3}\nnot\n\n{'It was so. ' * 4}", 0.0),
        ("wider_lines", f"Pier\nclosed\n\n{WRAPPED}", 0.0),
        ("open_ends", VERSE, 1.0),
        ("open_ends", A_LINE_EACH, 0.0),
        ("commas", "In a vote\n, the board\nclosed it.", -1.0),
        ("commas", WRAPPED, 0.0),
        ("broken_words", "The harbour board voted to close the har-\nbour on Tuesday.", 1.0),
        ("broken_words", "The board of Lindholm-\nBrunnvik has voted.", 0.0),
        ("ends_of_sentences", A_LINE_EACH, -1.0),
        ("ends_of_sentences", WRAPPED, 0.15),
        ("ends_of_sentences", f"{WRAPPED}\n\n{WRAPPED}", 0.25),
        ("ends_of_sentences", "Pier\nclosed", 0.05),
        ("ends_of_sentences", "The chair, Mr.\nEk, met J.\nOrlo and Dr.\nLee there", 0.15),
        ("common_width", WRAPPED, 1.0),
        ("common_width", "A\nThe board has met today.\nB\nThe board has met today.\nC\nD", -0.2),
    ],
)
def test_a_piece_of_evidence(name: str, text: str, measure: float) -> None:
    assert getattr(evidence, name)(breaks_of(text)) == pytest.approx(measure)


@pytest.mark.parametrize("text", [WRAPPED, A_LINE_EACH, TABLE, VERSE, "a\n,\n-\n\nB\n." * 9])
def test_measures_stay_within_their_bounds(text: str) -> None:
    for piece in EVIDENCE:
        assert piece.least <= piece.measure(breaks_of(text)) <= piece.most
        assert -1 <= piece.least < piece.most <= 1


def test_each_piece_is_asked_for() -> None:
    named = {"small_letters", "long_lines", "blank_lines", "open_ends", "commas", "broken_words"}
    assert {piece.measure.__name__ for piece in EVIDENCE} == named | {
        *("ends_of_sentences", "common_width", "wider_lines")
    }


@pytest.mark.parametrize("text", [WRAPPED, f"{WRAPPED}\n\n{WRAPPED}", f"{VERSE}\n\n{VERSE}"])
def test_wrapped_lines(text: str) -> None:
    assert are_wrapped(breaks_of(text))


@pytest.mark.parametrize("text", [A_LINE_EACH, TABLE])
def test_lines_that_are_paragraphs(text: str) -> None:
    assert not are_wrapped(breaks_of(text))


def test_the_answer_is_that_of_all_evidence() -> None:
    """Measures that cannot change the answer are left out; the sum has the same sign."""
    for text in (WRAPPED, A_LINE_EACH, TABLE, VERSE, f"{TABLE}\n\n{TABLE}", f"{TABLE}\n{WRAPPED}"):
        breaks = breaks_of(text)
        proof = min(1.0, len(breaks.numbers) / 5)
        total = sum(
            piece.weight * (proof if piece.proven else 1) * piece.measure(breaks)
            for piece in EVIDENCE
        )
        assert are_wrapped(breaks) == (total > 0)
