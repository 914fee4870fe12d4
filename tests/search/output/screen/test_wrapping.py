"""Widths of texts in columns, and lines."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.output.screen.wrapping import columns, line_spans
from nutgraf.output.style import flowed


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("otter", 5),
        ("\x1b[1;31motter\x1b[0m", 5),
        ("é", 1),
        ("e\u0301\u0323", 1),
        ("東京", 4),
        ("Ａ", 2),
        ("ｱ", 1),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),  # the same, in parts
        ("👍", 2),
        ("👍🏽", 4),  # as on a terminal that does not join the two
        ("👩\u200d👧", 4),
        ("🇩🇪", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("a\u200bb", 2),
        ("\u00ad", 1),
        ("\u2067שלום\u2069", 4),
        ("\u061ca\U000e0041", 1),
        ("سَلَام", 4),
        ("เป็น", 3),
        ("हिन्दी", 5),  # with two vowel signs that stand beside
        ("1\ufe0f\u20e3", 2),
    ],
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("an otter swims", 8, ["an otter", "swims"]),
        ("an otter swims", 80, ["an otter swims"]),
        ("see https://example.org/otter now", 10, ["see", "https://ex", "ample.org/", "otter now"]),
        ("カワウソは戻った。", 8, ["カワウソ", "は戻っ", "た。"]),
        ("the 東京 news", 6, ["the 東", "京", "news"]),
        ("ab東", 1, ["a", "b", "東"]),
        ("e\u0301" * 4, 2, ["e\u0301" * 2] * 2),
        ("👩\u200d👧👩\u200d👧", 5, ["👩\u200d👧"] * 2),
        ("🇩🇪🇫🇷🇩🇪", 4, ["🇩🇪🇫🇷", "🇩🇪"]),
        ("**東京**の", 4, ["**東", "京**", "の"]),
        ("彼は「今日」と", 6, ["彼は", "「今", "日」と"]),
        ("彼は（東京）、", 8, ["彼は（東", "京）、"]),
        ("中国“首都”是", 6, ["中国", "“首都”", "是"]),
        ("それ…でょ", 6, ["それ…", "でょ"]),
        ("(Tokyo)、東", 9, ["(Tokyo)、", "東"]),
        ("the Tokyo、x", 9, ["the", "Tokyo、x"]),
        ("ภาษาไทยเป็น", 6, ["ภาษาไท", "ยเป็น"]),
        ("แม่น้ำ", 2, ["แม่", "น้ำ"]),
        ("အရှေ့တောင်", 5, ["အရှေ့", "တောင်"]),
        ("ប្រទេស", 4, ["ប្រទេ", "ស"]),
        ("སྐྱ་རྒྱལ་", 4, ["སྐྱ་", "རྒྱལ་"]),
        ("हिन्दी", 3, ["हि", "न्दी"]),
        ("한국어는 공용어", 8, ["한국어는", "공용어"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in line_spans(text, width)] == lines


ALPHABET = st.sampled_from(
    "「」（)ไทเก็ำ\u1039က်្ཀ་שा\u094dक\u2067ab  c\u0301東。京 👍👩\u200d\ufe0f🇩🇪🏽*한\u1161ｱ"
)


@given(st.text(ALPHABET, max_size=60), st.integers(2, 12))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int) -> None:
    text, _ = flowed(text, ())
    lines = [text[start:end] for start, end in line_spans(text, width)]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert sum(map(width_of, line)) <= width, line
        assert line == line.strip()


def width_of(sign: str) -> int:
    """Return the width of a character on a terminal that joins none."""
    if unicodedata.category(sign) in ("Mn", "Cf") or sign == "\u1161":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def test_spans_move_with_the_text() -> None:
    text = "  an  otter\n\tswims\x01otter "
    spans = [(6, 11), (13, 18), (19, 24)]
    assert [text[start:end] for start, end in spans] == ["otter", "swims", "otter"]
    flow, moved = flowed(text, spans)
    assert flow == "an otter swims\x01otter"
    assert [flow[start:end] for start, end in moved] == ["otter", "swims", "otter"]
