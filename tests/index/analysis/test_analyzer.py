import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import analyse
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.compounds import compounds
from nutgraf_index.analysis.folding import fold
from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.analysis.reading import is_plain, read, read_with_edges
from quick import within
from scale import size

ENGLISH = analyzer_of("en")
CHINESE = analyzer_of("zh")


def terms(text: str) -> list[str]:
    return [token.term for token in analyse(text)]


@pytest.mark.parametrize(
    ("language", "stop_word", "words"),
    [
        ("en", "or", ["Orly"]),
        ("en", "will", ["willing", "willed", "wills"]),
        ("en", "be", ["beings"]),
        ("en", "down", ["Downing"]),
        ("en", "does", ["Doe"]),
        ("de", "manche", ["Manchester"]),
        ("es", "sido", ["sida"]),
        ("es", "que", ["Queen"]),
        ("fr", "ton", ["tonne", "tonnes"]),
    ],
)
def test_words_stemmed_as_a_stop_word_are_apart(
    language: str, stop_word: str, words: list[str]
) -> None:
    """They have one term, whether words are stemmed one by one or many at once."""
    analyzer = analyzer_of(language)
    (term,) = analyzer.terms(stop_word)
    assert analyzer.is_stop_word(stop_word)
    assert {analyzer.terms(word) for word in words} == {(f"{term}·",)}
    many = [stop_word, *map(str.lower, words)]
    assert analyzer.stems(many) == [term, *[f"{term}·" for _ in words]]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_stop_words_have_terms_of_their_own(language: str) -> None:
    analyzer = analyzer_of(language)
    terms = [analyzer.terms(word) for word in analyzer.language.stop_words]
    assert not [term for term in terms if "·" in "".join(term)]


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
        ("1,00,000", "100000"),
        ("1'000’000", "1000000"),
        ("1\u00a0000\u00a0000", "1000000"),
        ("1\u202f000", "1,000"),
        ("1,000th", "1000th"),
        ("５００", "500"),
        ("6:30", "6.30"),
        ("inter*nal*ly", "internally"),
        ("**b**old", "bold"),
        ("un<em class='x'>believ</em>able", "unbelievable"),
        ("H<sub>2</sub>O", "H2O"),
        ("wo<wbr/>rd", "word"),
        ("caf&eacute;", "café"),
        ("caf&#233;", "caf&amp;#xE9;"),
        ("don&rsquo;t", "don't"),
        ("gov\u00ad\n  ernment", "government"),
        ("gov&shy;ernment", "government"),
        ("a\u200d\u200c\u2060\ufeffb", "ab"),
        ("http://www.t.co/AbC", "t.co/abc"),
        ("مُحَمَّد", "محمد"),
        ("ＡＢＣ", "abc"),
        ("don´t", "don't"),
        ("Qurʾan", "Qur'an"),
        ("한", "\u1112\u1161\u11ab"),
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
        ("東京 라면", ["東京", "京", "라면", "면"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("🚀 … — !", []),
        ("$1.5m £3.2bn 2.5km", ["1.5", "m", "3.2", "bn", "2.5", "km"]),
        ("10km 3GB 90min 40C", ["10", "km", "3", "gb", "90", "min", "40", "c"]),
        ("6.30pm 6:30 p.m. 6p.m.", ["6.30", "pm", "6.30", "pm", "6", "pm"]),
        ("500g 5g 100metres", ["500", "g", "5g", "100", "metres"]),
        ("100km/h 10-12km", ["100", "km", "h", "10", "12", "km"]),
        ("USD1.5bn EUR20 Rs1,500", ["usd", "1.5", "bn", "eur", "20", "rs", "1500"]),
        ("DKK1 EUR5m Rs500", ["dkk1", "eur", "5", "m", "rs500"]),
        ("1st 1990s 5G 4K 5k 10s 5p", ["1st", "1990s", "5g", "4k", "5k", "10s", "5p"]),
        ("B2B H1N1 3D 2x4 F16 747s mp3", ["b2b", "h1n1", "3d", "2x4", "f16", "747s", "mp3"]),
        ("6ft 6ft2 5in m2 10m2", ["6", "ft", "6ft2", "5in", "m2", "10", "m2"]),
        ("9/11 24/7 3-2 1/2 -5 .5 5.", ["9", "11", "24", "7", "3", "2", "1", "2", "5", "5", "5"]),
        ("1.234,56 3,5 1.000.000", ["1.234", "56", "3", "5", "1.000.000"]),
        ("192.168.1.1 1.2.3 12.01.2020", ["192.168.1.1", "1.2.3", "12.01.2020"]),
        ("2020-01-12 1:30:45 5'10", ["2020", "01", "12", "1", "30", "45", "5", "10"]),
        ("2020\u00a0500 12:5", ["2020", "500", "12", "5"]),
        ("AT&T R&D ＆ Q&amp;A", [*"at and t r and d and q and a".split()]),
        ("f*ck 2*3*4 *b* snake\\_case", ["f", "ck", "2", "3", "4", "b", "snake", "case"]),
        ("&foo; &copy &lt;b&gt;", ["and", "foo", "and", "copy", "b"]),
        ("a\u200bb", ["a", "b"]),
        ("gov-\nernment", ["gov", "ernment"]),
        ("https://e.org/a-1?b=2&c=3", ["https", "e", "org", "a", "1", "b", "2", "c", "3"]),
        ("(https://e.org/?utm_a=x&fbclid=y).", ["https", "e", "org", "0httputmaxfbclidy0"]),
        ("seepic.twitter.com/Ab bit.ly/x.", ["see", "0httppictwittercomab0", "0httpbitlyx0"]),
        ("at.co/x notbit.ly/x him@t.co", [*"at co x notbit ly x him t co".split()]),
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
        ("AT&amp;T", ["AT", "&amp;", "T"]),
        ("so inter*nal*ly **b**old", ["so", "inter*nal*ly", "**b**old"]),
        ("a caf&eacute;, x", ["a", "caf&eacute;", "x"]),
        ("a gov\u00ad\r\n ernment.", ["a", "gov\u00ad\r\n ernment"]),
        ("x https://t.co/Ab.", ["x", "https://t.co/Ab"]),
        ("at 6:30pm", ["at", "6:30", "pm"]),
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


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("gov-\nernment", ["govern"]),
        ("gov\u2010 \r\n\t ernment", ["govern"]),
        ("> gov-\r> ernment", ["govern"]),
        ("in-\nter-\nnational", ["internat"]),
        ("counter-terror-\nism", ["terror", "counterterror"]),
        ("anti-war", ["antiwar"]),
        ("state-of-the-art, 10-\n20, 10-20, 10-km, 100m-high", []),
        ("Iran-\nIraq, pre-\nand post-war", ["postwar"]),
        ("gov -\nernment, gov-\n\nernment", []),
    ],
)
def test_words_that_are_one_word(text: str, joined: list[str]) -> None:
    assert [one.term for one in compounds(text, analyse(text), ENGLISH)] == joined


@within(size(2, 5))
def test_the_time_is_linear() -> None:
    many = size(2_500, 5_000)
    for part in ("1,234,", "&amp;", "*a", "<b>", "1.", "1:11", "t.co/a/", "?utm_a=x&", "-\n", "東"):
        analyse(part * many + "x" + "</b>" * many)
    for part in ("घ\u094d", "க", "l'"):
        text = part * many
        tokens = analyzer_of("fr").tokens(text)
        compounds(text, tokens, analyzer_of("fr"))


MARKS = [
    "é",
    "e\u0301",
    "\u0301",
    "\u200b",
    "ﬁ",
    "K",
    "-",
    "'",
    "U.S.",
    "n't",
    "'s",
    "’s",
    "&amp;",
    "*",
    "5km",
]
SPACES = [" ", "\n", "\u00a0", "\u1680", "\x1c", "\x85", "\u2028", "\u3000"]
PIECES = st.sampled_from([*MARKS, *SPACES, "1,000", ".5", "a", "B", "7"])


@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_words_are_those_of_the_tokens(text: str) -> None:
    for _ in range(2):  # as they were found, and as they are kept
        assert ENGLISH.words(text) == [token.word for token in ENGLISH.tokens(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("٢٠٢٤ २०२४ ๒๐๒๔ ２０２４ 𝟐𝟎𝟐𝟒", ["2024"] * 5),
        ("३.५ ٣٫٥ 1٬234", ["3.5", "3.5", "1234"]),
        ("يحيى یحیی", ["يحيي", "يحيي"]),
        ("كتاب کتاب", ["كتاب", "كتاب"]),
        ("מנכ״ל ג׳ירפה", ["מנכל", "גירפה"]),
        ("क्ष\u200dत्र कोयल।", ["क्षत्र", "कोयल"]),
        ("ދިވެހި", ["ދިވެހި"]),
        ("ガギ ｶﾞｷﾞ", ["ガギ", "ギ", "ガギ", "ギ"]),
    ],
)
def test_scripts(text: str, words: list[str]) -> None:
    assert [token.word for token in ENGLISH.tokens(text)] == words


def test_a_word_of_a_query_is_analysed_once() -> None:
    asked = ENGLISH.asked("Missiles")
    assert ENGLISH.asked("Missiles") is asked
    assert ENGLISH.row("Missiles") is asked.row
    assert (asked.span, asked.terms, asked.weighted_terms) == (1, ("missil",), ("missil",))
    assert (asked.lone_word, asked.is_stop_word) == ("missiles", False)


@pytest.mark.parametrize(
    ("text", "span", "terms", "weighted", "lone", "is_stop"),
    [
        ("The", 1, ("the",), ("the",), "the", True),
        ("https", 1, ("https",), ("https",), "https", True),
        ("U.S.", 1, ("us",), ("us",), "", False),
        ("the otters", 2, ("the", "otter"), ("otter",), "", False),
        ("of the", 2, ("of", "the"), ("of", "the"), "", False),
        ("e-mails", 2, ("e", "mail"), ("e", "mail"), "", False),
        ("--", 0, (), (), "", False),
    ],
)
def test_words_of_queries(
    text: str,
    span: int,
    terms: tuple[str, ...],
    weighted: tuple[str, ...],
    lone: str,
    *,
    is_stop: bool,
) -> None:
    asked = ENGLISH.asked(text)
    assert (asked.span, asked.terms, asked.weighted_terms) == (span, terms, weighted)
    assert (asked.lone_word, asked.is_stop_word) == (lone, is_stop)


def test_a_gram_of_a_query_is_a_lone_word() -> None:
    assert CHINESE.asked("污染")[:1] == (2,)
    lone_words = [CHINESE.asked(text).lone_word for text in ("污染", "水污染", "水")]
    assert lone_words == ["污染", "", "水"]


@given(st.text("abcXYZ \u00df\u00e9"))
def test_words_between_blanks_are_those_of_any_text(text: str) -> None:
    spans = [(match[0], *match.span()) for match in re.finditer(r"\S+", text)]
    words = [(token.word, token.start, token.end) for token in ENGLISH.tokens(text)]
    assert words == [(fold(word), start, end) for word, start, end in spans]


@given(st.text("abcXYZ 019"))
def test_plain_texts_are_read_as_they_are(text: str) -> None:
    assert is_plain(text) == bool(text.strip())
    assert read(text) == text
    assert read_with_edges(text) == (text, None)
