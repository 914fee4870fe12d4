import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import analyse
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.folding import fold

ENGLISH = analyzer_of("en")


def terms(text: str) -> list[str]:
    return [token.term for token in analyse(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MISSILES", "missile"),
        ("planned", "planning"),
        ("running", "runs"),
        ("Élysée", "Elysee"),
        ("e\u0301te\u0301", "été"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "Diyarbakir"),
        ("Łódź", "Lodz"),
        ("U.S.", "US"),
        ("U.S", "us"),
        ("p.m.", "pm"),
        ("Iran's", "Iran"),
        ("Iran’s", "Iran"),
        ("U.S.'s", "US"),
        ("don’t", "don't"),
        ("Sana’a", "Sanaa"),
        ("1,000,000", "1000000"),
        ("مُحَمَّد", "محمد"),
        ("ＡＢＣ", "abc"),
        ("don´t", "don't"),
        ("Qurʾan", "Qur'an"),
        ("한국어", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"),
        ("\u095b", "\u091c\u093c"),
    ],
)
def test_two_spellings_of_one_word(one: str, other: str) -> None:
    assert terms(one) == terms(other)
    assert len(terms(one)) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("we'll", "well"), ("can't", "cant"), ("2.5", "25"), ("ガ", "カ")]
)
def test_two_words(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Abdul-Mahdi", ["abdul", "mahdi"]),
        ("U.S.-led", ["us", "led"]),
        ("**bold** _it_ x_y", ["bold", "it", "x", "y"]),
        ("the U.S. and 2.5 per cent", ["the", "us", "and", "2.5", "per", "cent"]),
        ("iPhone™ Iran² H₂O", ["iphone", "tm", "iran", "2", "h2o"]),
        ("3½ hours", ["3", "1", "2", "hours"]),
        ("東京 라면", ["東", "京", "라면"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("🚀 … — !", []),
        ("a\x00b \ud800c", ["a", "b", "c"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [token.word for token in analyse(text)] == words


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("İstanbul’da Straße, the ﬁne U.S.", ["İstanbul’da", "Straße", "the", "ﬁne", "U.S."]),
        ("ßß İİ x", ["ßß", "İİ", "x"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("Iraq's “Iraq’s”", ["Iraq", "Iraq"]),
        ("soft\u00adhyphen", ["soft\u00adhyphen"]),
    ],
)
def test_offsets_are_those_of_the_original(text: str, marked: list[str]) -> None:
    assert [text[token.start : token.end] for token in analyse(text)] == marked


def test_folding_can_change_the_length() -> None:
    assert fold("ﬁ ß İ") == "fi ss i"


def test_ascii_is_folded_alike_whatever_stands_beside_it() -> None:
    ascii = "".join(map(chr, range(128)))
    assert fold(ascii) == ascii.lower()
    assert terms("don`t stop") == terms("don`t stop é")[:-1]


def test_long_words_stay_apart_in_a_bounded_length() -> None:
    one, other = terms("x" * 100_000 + " " + "x" * 99_999 + "y")
    assert one != other
    assert len(one) < 200


MARKS = ["é", "e\u0301", "\u0301", "\u200b", "ﬁ", "K", "-", "'", "U.S.", "n't", "'s", "’s"]
SPACES = [" ", "\n", "\u00a0", "\u1680", "\x1c", "\x85", "\u2028", "\u3000"]
PIECES = st.sampled_from([*MARKS, *SPACES, "1,000", ".5", "a", "B", "7"])


@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_words_are_those_of_the_tokens(text: str) -> None:
    for _ in range(2):  # as they were found, and as they are kept
        assert ENGLISH.words(text) == [token.word for token in ENGLISH.tokens(text)]
