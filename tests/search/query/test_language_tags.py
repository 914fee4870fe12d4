"""Tags of languages, and the directions of texts."""

import pytest

from nutgraf.query.language_tags import direction_of, html_tag, unordered

HEBREW = "\u05e9\u05dc\u05d5\u05dd"
ARABIC = "\u0633\u0644\u0627\u0645"


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        (HEBREW, "", "rtl"),
        (ARABIC, "ar", "rtl"),
        (f"IBM: {HEBREW}", "he", "rtl"),
        (f"IBM: {ARABIC}", "fa-IR", "rtl"),
        (f"IBM: {ARABIC}", "ur", "rtl"),
        (f"IBM: {HEBREW}", "Yiddish", "rtl"),
        (f"IBM: {ARABIC}", "az-Arab", "rtl"),
        (f"IBM: {HEBREW}", "az-Latn-AZ", "ltr"),
        (f"IBM: {HEBREW}", "", "ltr"),
        (f"IBM: {HEBREW}", "und", "ltr"),
        (f"{HEBREW} (IBM)", "", "rtl"),
        (f"{HEBREW} (IBM)", "en", "ltr"),
        (HEBREW, "en", "rtl"),  # a quotation
        ("IBM said so.", "he", "ltr"),
        ("\u6771\u4eac", "ja", "ltr"),
        ("1921.", "he", "auto"),
        ("", "", "auto"),
    ],
)
def test_the_direction_of_a_text(text: str, language: str, direction: str) -> None:
    assert direction_of(text, language) == direction


def test_a_tag_of_html_is_one_or_empty() -> None:
    names = ["German", "he_IL", "zh-hant-tw", "und", "", 'x" onclick="', "old norse"]
    assert [html_tag(name) for name in names] == ["de", "he-IL", "zh-Hant-TW", "", "", "", ""]


def test_no_bidirectional_control_is_left() -> None:
    controls = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    assert len(unordered(controls)) == len(controls)
    assert {*unordered(controls)} == {*"\u200e\u200f\u2060\ufffd"}
    assert unordered(f"{HEBREW}\u200f \u061c") == f"{HEBREW}\u200f \u061c"  # marks are harmless
