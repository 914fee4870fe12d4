"""The traits of texts, against a plain model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import uints, zeros
from nutgraf_index.passages.roles import forms
from nutgraf_index.passages.traits import (
    SEEN,
    Class,
    Describer,
    Rule,
    Sign,
    likely_table,
    signs_of,
)

TEXTS = st.lists(
    st.text(st.characters() | st.sampled_from("aB 9.:\n\"'’©—\u3000\u3001\ud800\U0001f600ǅªͅ_²"))
    | st.text("aé ", min_size=SEEN - 3, max_size=SEEN + 3),
    max_size=6,
)
SINGLE = {
    Sign.SPACE: str.isspace,
    Sign.SMALL: str.islower,
    Sign.CAPITAL: str.isupper,
    Sign.ALNUM: str.isalnum,
    Sign.DIGIT: str.isdigit,
    Sign.LETTER: lambda sign: sign.isalnum() and not sign.isdecimal(),
    Sign.NEWLINE: "\n".__eq__,
    Sign.STOP: ".".__eq__,
    Sign.COLON: ":".__eq__,
    Sign.COPYRIGHT: "©".__eq__,
    Sign.QUOTE: "\"'“”‘’«»„".__contains__,
}
traits_of = Describer().traits
LIKELY = likely_table(
    ["Read more", "Photo:", "AP", "By "], ["reserved.", ")", "here."], ["hoto by", "xaé: "]
)


def is_known(sign: str) -> bool:
    return ord(sign) <= 0x3000


def bits_of(signs: str) -> set[Sign]:
    return {
        bit for bit, has in SINGLE.items() if any(is_known(sign) and has(sign) for sign in signs)
    }


def read(bits: int) -> set[Sign]:
    return {bit for bit in SINGLE if bits & bit}


@given(TEXTS)
def test_traits_are_those_of_a_plain_model(texts: list[str]) -> None:
    traits = traits_of(texts)
    assert traits.sizes[:-1] == list(map(len, texts))
    for number, text in enumerate(texts):
        seen = text[:SEEN]
        assert read(traits.heads[number]) == bits_of(text[:1])
        assert read(traits.tails[number]) == bits_of(text[-1:])
        assert read(traits.signs[number]) == bits_of(seen)
        assert bool(traits.signs[number] & Sign.BEYOND) == any(not is_known(sign) for sign in seen)
        words = seen.split()
        assert traits.words[number] == len(words)
        small = sum(is_known(word[0]) and word[0].islower() for word in words)
        assert traits.small_words[number] == small
    for column in (*traits[1:4], traits.classes):
        union = 0
        for bits in column[:-1]:
            union |= bits
        assert column[-1] == union
    for column in traits[4:6]:
        assert column[-1] == sum(column[:-1])


@given(TEXTS)
def test_a_text_that_begins_or_ends_likely_is_never_missed(texts: list[str]) -> None:
    texts += [
        "Read more",
        "Read on",
        "Photo: x",
        "AP",
        "By é",
        "all rights reserved.",
        ")",
        "here.",
        "Photo by é",
        "xaé: a",
    ]
    signs = Describer(LIKELY).traits(texts).signs
    for text, bits in zip(texts, signs, strict=False):
        if text[:7] == "Read mo" or text[:4] == "Phot" or text[:3] == "By " or text == "AP":
            assert bits & Sign.OPENS, text
        if text[-5:] in ("rved.", "here.") or text == ")":
            assert bits & Sign.CLOSES, text
        if "hoto by" in text[:SEEN] or "xaé:" in text[:SEEN]:
            assert bits & Sign.RARE, text


def test_most_texts_neither_begin_nor_end_likely() -> None:
    texts = [f"{number} otters swam on" for number in range(1000)]
    signs = Describer(LIKELY).traits(texts).signs
    assert sum(bool(bits & (Sign.OPENS | Sign.CLOSES)) for bits in signs) < 50


@pytest.mark.parametrize("signs", ["0123456789", ")]", ":", "_", "Az", "\u4e00"])
def test_each_of_some_characters_has_a_bit_of_them(signs: str) -> None:
    assert all(traits_of([sign]).heads[0] & signs_of(signs) for sign in signs)
    assert not traits_of(["~" if signs != "_" else "x"]).heads[0] & signs_of(signs)


@pytest.mark.parametrize("data", [b"abc", "é".encode()[:1]])
def test_texts_beyond_the_data_are_an_index_error(data: bytes) -> None:
    with pytest.raises(IndexError):
        core.building.describe_texts(
            memoryview(data),
            uints([9]),
            uints([1] * 300),
            zeros("B", 1 << 18),
            zeros("I", len(Rule._fields)),
            5,
            zeros("I", 12),
        )


CLOSERS = "\"'”’»)]*_ \t"
CONDITIONS = st.builds(
    Rule,
    st.sampled_from([Class.MARKED, Class.NAMED]),
    least=st.integers(1, 5),
    most=st.integers(3, 2 * SEEN),
    words=st.integers(0, 3),
    small_words=st.integers(0, 2),
    head=st.sampled_from([0, Sign.LETTER, Sign.QUOTE | Sign.DIGIT]),
    not_head=st.sampled_from([0, Sign.SMALL]),
    tail=st.sampled_from([0, Sign.ALNUM, Sign.QUOTE | Sign.STOP]),
    closed=st.sampled_from([0, Sign.STOP]),
    not_closed=st.sampled_from([0, Sign.SMALL]),
    signs=st.sampled_from([0, Sign.QUOTE | Sign.COLON]),
    not_signs=st.sampled_from([0, Sign.DIGIT]),
    most_small=st.sampled_from([0, SEEN]),
    share=st.integers(0, 3),
)


@given(TEXTS, st.lists(CONDITIONS, max_size=3))
def test_a_text_has_the_classes_whose_rules_hold(texts: list[str], rules: list[Rule]) -> None:
    traits = Describer(rules=rules).traits(texts)
    for number, text in enumerate(texts):
        closed = traits_of([text.rstrip(CLOSERS)]).tails[0]
        told = 0
        for rule in rules:
            if (
                rule.least <= len(text) <= rule.most
                and traits.words[number] >= rule.words
                and traits.small_words[number] >= rule.small_words
                and not traits.heads[number] & rule.not_head
                and not traits.signs[number] & rule.not_signs
                and not closed & rule.not_closed
                and traits.small_words[number] <= rule.most_small
                and (
                    not rule.share
                    or traits.small_words[number] * rule.share >= traits.words[number]
                )
                and all(
                    not bits or has & bits
                    for bits, has in (
                        (rule.head, traits.heads[number]),
                        (rule.tail, traits.tails[number]),
                        (rule.closed, closed),
                        (rule.signs, traits.signs[number]),
                    )
                )
            ):
                told |= rule.kind
        assert traits.classes[number] & (Class.MARKED | Class.NAMED) == told


@pytest.mark.parametrize(
    ("text", "has_break", "has_name"),
    [
        ("And is it? No", True, False),
        ("Is it? no", False, False),
        ("It is (so.) He asked", False, False),
        ("'But is it?' (He asked)", True, False),
        ("Is it so?", False, False),
        ("Ask Mr. Orlo", False, True),
        ("Maja Orlo spoke", False, True),
        ("Maja van Orlo spoke", False, True),
        ("Maja spoke to the Orlos", False, False),
    ],
)
def test_breaks_and_names_are_signs_of_a_text(text: str, has_break: bool, has_name: bool) -> None:
    (signs, _) = traits_of([text]).signs
    assert bool(signs & Sign.BREAK) == has_break
    assert bool(signs & Sign.INITIAL) == has_name


PIECES = st.sampled_from(
    "a| |b.|o'er.|don't.|vs.|v.|Rep.|U.S.|a.m.|x_.|99.|é.|Él|É|_|’|”|(|「|。|sea!|'ab?|\"|'|.|)|\n|"
    "\t|\u3000".split("|")
)


@given(st.lists(PIECES, max_size=9), st.sampled_from([" ", "\n", ""]))
def test_a_sentence_ends_within_a_text_as_the_pattern_tells(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    (signs, _) = traits_of([text]).signs
    if not signs & Sign.BEYOND:
        assert bool(signs & Sign.BREAK) == forms._has_break(text), text
    else:  # nothing is missed
        assert signs & Sign.BREAK or not forms._has_break(text), text


WORDS = st.sampled_from(
    "Otters swim in the U.S. Inc. back. back? back! who: -- 7 (so) 'No,' \"Yes.\" 'Why?' at, Él "
    "www.a.example a@b.example (AFP) *so*".split()
)


@given(st.lists(WORDS, min_size=1, max_size=12), st.sampled_from(["", "'", '"', ".", "?'", '."']))
def test_the_class_of_a_text_is_the_form_that_its_words_tell(words: list[str], end: str) -> None:
    text = " ".join(words) + end
    small = sum(word[0].islower() for word in words)
    assert forms.forms_of([text]) == [forms._form(text, len(words), small)]
    long = f"{text} and {text} and {text}"
    words, small = long.split(), sum(word[0].islower() for word in long.split())
    assert forms.forms_of([long]) == [forms._form(long, len(words), small)]
