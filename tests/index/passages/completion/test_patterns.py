"""Patterns that are written to be found fast, against the plain ones that say the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.passages import datelines
from nutgraf_index.passages.completion import imprints
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.roles import draft, head
from nutgraf_index.passages.traits import SEEN

ENGLISH = newsroom_of("en")
WORDS = (
    "1 2 20 1999 4th ٤ ٢٠٢٠ x Jan March Lindholm LINDHOLM, (AP) /Reuters/ | · - -- – — _ ~ . : , [ "
    "by By hours ago"
)
PIECES = st.sampled_from([*WORDS.split(), " ", "  ", "\n", "\t", " \n ", "\n\n"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)
PLAIN_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?,?\s+(?:[^\W\d]\w+\.?,?\s+)?(?:1[789]|20)\d\d\b")
PLAIN_CLOSE = re.compile(r"[(\[/:–—―−]|-[-A-Z\"“'‘]|[\s.][-_~](?:\s|$)|\d\.\s")
PLAIN_BREAK = re.compile(r"\n[ \t]*(?=[:,(/–—])|(?<=,)[ \t]*\n[ \t]*")


@given(TEXTS)
def test_a_year_or_a_bar_is_found(text: str) -> None:
    plain = re.search(r"\d{4}|[|•·∙]", text)
    assert bool(imprints._YEAR_OR_BAR.search(text)) == bool(plain)


@given(TEXTS)
def test_the_day_of_an_edition_is_found(text: str) -> None:
    assert bool(head._DAY.search(text)) == bool(PLAIN_DAY.search(text))


@given(TEXTS)
def test_what_closes_a_dateline_is_found(text: str) -> None:
    assert datelines._may_end(text) == bool(PLAIN_CLOSE.search(text))


@given(TEXTS)
def test_the_breaks_within_a_dateline_are_those_of_one_pattern(text: str) -> None:
    plain = PLAIN_BREAK.sub(lambda match: " " * len(match[0]), text)
    before_sign, after_comma = datelines._BROKEN
    fast = after_comma.sub(lambda match: "," + " " * (len(match[0]) - 1), text)
    assert before_sign.sub(lambda match: " " * len(match[0]), fast) == plain


@given(TEXTS, st.sampled_from(["", "By Maja Orlo", "*by*", "\n* by", "Written by", "Date: x"]))
def test_a_hint_of_an_imprint_is_found_in_any_line(text: str, end: str) -> None:
    hint = re.compile(rf"(?:^|\n){ENGLISH.imprints._hint.pattern}", re.IGNORECASE)
    assert ENGLISH.imprints._has_hint(text + end) == bool(hint.search(text + end))


@given(TEXTS, st.sampled_from(["", "LINDHOLM (AP) - The", "Lindholm, Sweden: The", "(AP) The"]))
def test_a_block_with_a_dateline_has_a_sign_of_one(text: str, start: str) -> None:
    text = (start + text).strip()
    if text and len(text) <= SEEN and ENGLISH.datelines.read(text):
        signs = ENGLISH.shapes.describer.traits([text]).signs[0]
        assert signs & draft._WITHIN_DATELINE, text


@pytest.mark.parametrize(
    ("text", "is_read"), [("LINDHOLM (AP) - The pier closed.", True), ("Pier closed", False)]
)
def test_a_draft_reads_the_dateline_of_a_block(text: str, is_read: bool) -> None:
    paragraph = BlockKind.PARAGRAPH
    one = draft.Draft([paragraph], [text], ENGLISH, markdown=False, title="")
    assert (one.dateline(0) is not None) == is_read
