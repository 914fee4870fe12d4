"""Where passages begin on a printed page, read by OCR. All texts are invented."""

import pytest

from nutgraf_index.passages.layout.plain import plain_blocks
from nutgraf_index.passages.layout.recognition import printed
from nutgraf_index.passages.layout.recognition.printed import EVIDENCE, PrintedBreak
from nutgraf_index.passages.layout.sentences import sentences_of
from nutgraf_index.passages.newsroom import newsroom_of

PAGE = [
    "VOL. XXI. NO. 41",
    "Price: 4 Cents",
    "BOARD VOTES TO CLOSE\nTHE OLD PIER",
    "Lindholm, Minn., Feb. 16.--The har\nbour board has voted to close the\n"
    "old pier, its chair said today. The\nboard met for seven hours, and all of\n"
    "the captains were heard.",
    "There are 23 berths at the pier, and\nthe board has no money for the re\npair of it.",
    ".,- '; i",
    "EK & SONS",
    "Ropes, Oars and Sails\nof All Kinds",
    "Brunnvik, Feb. 16. A ferry ran on a\nrock near the lighthouse at dawn,\n"
    "and its passengers were taken off by\ntwo trawlers. Nobody was hurt, said\n"
    "Captain Orlo, who has been at the\nwheel of the ferry for thirty years.",
    "The captain could not say what had\ncaused it. The sea was calm and the\n"
    "light was burning, and the ferry had\nbeen looked at only in the spring.",
    "NEW PIER IS PLANNED",
    "A new pier is planned in the harbour\nof Brunnvik, where the water is deep\n"
    "enough for the largest of the ships\nthat call at the coast.",
]


def blocks(text: str) -> list[str]:
    starts, ends, _, _ = plain_blocks(text, sentences_of("en"), newsroom_of("en").bylines.lines)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def test_a_page_of_columns_without_blank_lines() -> None:
    assert blocks("\n".join(PAGE)) == PAGE


def test_a_page_keeps_all_characters_and_breaks_no_sentence() -> None:
    found = blocks("\n".join(PAGE * 3))
    assert "\n".join(found) == "\n".join(PAGE * 3)
    assert not any(one[0].islower() for one in found)


def test_few_lines_and_wide_lines_are_no_page() -> None:
    short = "\n".join(PAGE[3:5])
    assert blocks(short) == PAGE[3:5]
    wide = "\n".join(
        ["The harbour board has voted to close the old pier, its chair has said, and\nit was so."]
        * 20
    )
    assert len(blocks(wide)) == 20


def one(above: str, text: str, following: str = "", column: int = 0) -> PrintedBreak:
    return PrintedBreak.of(above, text, following, column, sentences_of("en"))


@pytest.mark.parametrize(
    ("name", "found", "other"),
    [
        ("ends_sentence", one("It is over.", "The"), one("The chair, Mr.", "Ek")),
        (
            "ends_sentence",
            one("It is over.", "The", column=11),
            one("It is over.", "The", column=11)._replace(by_chance=True),
        ),
        ("goes_on", one("The pier of", "Lindholm"), one("The pier", "Lindholm")),
        ("goes_on", one("The old pier,", "Lindholm"), one("The old pier", "Lindholm")),
        ("begins_with_dateline", one("A", "Lindholm, Jan. 3. The"), one("A", "Monday, October 3")),
        ("begins_with_dateline", one("A", "Oslo, Minn., May 3--A"), one("A", "The board met. 3.")),
        ("is_bracketed", one("(By Port Press)", "The"), one("(By", "Port Press)")),
        ("is_bracketed", one("The ship was", "(Continued on page 2)"), one("The", "(ship)")),
        ("changes_capitals", one("PIER CLOSES", "The board"), one("PIER CLOSES", "AT LAST")),
        ("keeps_capitals", one("PIER CLOSES", "AT LAST"), one("PIER CLOSES", "The board")),
        ("keeps_title", one("Pier Closes", "At Last"), one("Pier Closes", "The board met")),
        ("has_noise", one(".,- '; i", "The board"), one("The board", "Of the pier")),
        ("is_within_sentence", one("closed the", "Pier"), one("Closed the", "Pier")),
        (
            "goes_on_below",
            one("closed the pier", "Lindholm has", "of old", 16),
            one("closed the pier", "Lindholm has", "Of old", 16),
        ),
        ("has_no_column", one("A", "B"), one("A", "B", column=30)),
        ("is_short", one("A pier", "B", column=30), one("A pier of Lindholm", "B", column=30)),
        ("changes_width", one("A pier", "The board has met"), one("A board", "A pier")),
    ],
)
def test_a_piece_of_evidence(name: str, found: PrintedBreak, other: PrintedBreak) -> None:
    assert getattr(printed, name)(found)
    assert not getattr(printed, name)(other)


def test_each_piece_is_asked_for() -> None:
    names = {piece.is_found.__name__ for piece in EVIDENCE}
    assert names == {
        *("ends_sentence", "goes_on", "begins_with_dateline", "changes_capitals"),
        *("keeps_capitals", "keeps_title", "has_noise", "is_within_sentence", "goes_on_below"),
        *("has_no_column", "is_short", "changes_width", "is_bracketed"),
    }
