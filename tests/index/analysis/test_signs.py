"""Signs that make another word of a word, and signs that mean nothing of the kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import analyse
from nutgraf_index.analysis.signs import Signs, are_the_same, signs_of


def signed(text: str) -> list[str]:
    """Return the words of a text that have signs, with them."""
    return [text[one.start : one.end] for one in signs_of(text, analyse(text)).values()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++, C# and F#.", ["C++", "C#", "F#"]),
        ("C++11 and C#7", ["C++", "C#"]),
        ("C+++ Notepad++", ["C+++", "Notepad++"]),
        ("an A+ for Google+ and 18+", ["A+", "Google+", "18+"]),
        ("(.NET) and “.com”, .docx", [".NET", ".com", ".docx"]),
        ("fell 50%, 5.5 %, 3‰, 1,000\u202f%", ["50%", "5.5 %", "3‰", "1,000\u202f%"]),
        ("20° or 5 °C", ["20°", "5 °"]),
        ("$50 or €15 or £ 3 or 50 € or 50¢", ["$50", "€15", "£ 3", "50 €", "50¢"]),
        ("US$50", ["$50"]),
        ("§230 and § 5", ["§230", "§ 5"]),
        ("#MeToo ##tag #1", ["#MeToo", "#tag", "#1"]),
        ("#covid_19", ["#covid_", "19"]),
        ("RT @ann_lee: .@bo", ["@ann_", "lee", "@bo"]),
        ("＃ｔａｇ Ｃ＋＋ C♯ ５０％ 50℃", ["＃ｔａｇ", "Ｃ＋＋", "C♯", "５０％", "50℃"]),
        ("#東京", ["#東", "京"]),
        # None of these is a sign of a word.
        ("a+b 1+1 + 5 x = -1", []),
        ("ann@example.org page#part &#39;s wom#n otter# otter$ %otter%", []),
        ("He left. Then ...and then …he. end.Next U.S. 3.5", []),
        ("a5%20b", []),
        ("pre- and post-war, Yahoo! who? *bold* ~5 AT&T", []),
    ],
)
def test_the_words_with_signs(text: str, words: list[str]) -> None:
    assert signed(text) == words


@pytest.mark.parametrize(
    ("asked", "text", "same"),
    [
        ("C++", "c++", True),
        ("C++", "C+++", False),
        ("C++", "C", False),
        ("C", "C++", False),
        ("C", "C#", False),
        ("50", "50%", True),
        ("50", "$50", True),
        ("50%", "$50%", True),
        ("50%", "50 %", True),
        ("50%", "50", False),
        ("$50", "€50", False),
        ("tag", "#tag", True),
        ("#tag", "##tag", True),
        ("#tag", "@tag", False),
        ("#tag", "#tag_two", False),
        ("#tag", "#tag-two", True),
        ("@tag_two", "@tag_two", True),
        ("net", ".NET", True),
        (".net", "net", False),
    ],
)
def test_a_word_is_the_same_with_its_signs_alone(asked: str, text: str, same: bool) -> None:
    wanted = signs_of(asked, analyse(asked)).get(0, Signs("", "", 0, 0))
    assert are_the_same(wanted.before, wanted.after, signs_of(text, analyse(text)).get(0)) is same


@given(st.lists(st.sampled_from([*"#@$€.%°+_ ab5C&", "C++", "１", "＋", "東"]), max_size=12))
def test_a_word_with_its_signs_encloses_the_word(pieces: list[str]) -> None:
    text = "".join(pieces)
    tokens = analyse(text)
    for position, signs in signs_of(text, tokens).items():
        token = tokens[position]
        assert 0 <= signs.start <= token.start < token.end <= signs.end <= len(text)
        assert signs.before or signs.after
