"""Fingerprints of passages, and the rule for near-duplicates."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies import likeness
from nutgraf import Article, Index
from nutgraf_index import core
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.segment.fingerprints import fingerprints, may_be_near_duplicates, title_print
from nutgraf_index.segment.fingerprints import is_near_duplicate as numbers_are_near_duplicate


def numbered(*texts: list[str]) -> list[Numbers]:
    numbers: dict[str, int] = {}
    return [uints(numbers.setdefault(word, len(numbers)) for word in text) for text in texts]


def is_near_duplicate(words: list[str], others: list[str]) -> bool:
    return numbers_are_near_duplicate(*numbered(words, others))


@pytest.mark.parametrize("seed", range(20))
def test_near_duplicates_are_judged_as_by_counting(seed: int) -> None:
    pick = random.Random(seed)
    for _ in range(200):
        words = [f"w{pick.randrange(2 + seed * 3)}" for _ in range(pick.randrange(60))]
        other = [*words]
        for _ in range(pick.randrange(4)):
            at = pick.randrange(len(other) + 1)
            other[at : at + pick.randrange(2)] = [f"w{pick.randrange(70)}"] * pick.randrange(3)
        alike = bool(words and other) and likeness(words, other) >= 0.9
        assert is_near_duplicate(words, other) == is_near_duplicate(other, words) == alike


def test_what_is_told_of_a_likeness() -> None:
    # 60 words; one changed within leaves 55 of 61 runs of three, and two that are not side by
    # side 52 of 64.
    words = [f"w{number}" for number in range(60)]
    other, two = [*words], [*words]
    other[30] = two[30] = two[10] = "x"
    assert likeness(words, other) == pytest.approx(55 / 61)
    assert likeness(words, two) == pytest.approx(52 / 64)
    assert (is_near_duplicate(words, other), is_near_duplicate(words, two)) == (True, False)
    assert is_near_duplicate(words, [*words])
    for short in (["a"], ["a", "b"]):
        assert is_near_duplicate(short, short)
        assert not is_near_duplicate(short, [*short, "c"])
    assert not is_near_duplicate([], [])
    assert not is_near_duplicate(["a"] * 5, ["a"] * 30)  # repeats count


@pytest.mark.parametrize(
    ("changed", "shortest"), [([29], 59), ([20, 60], 116), ([-1], 21), ([0], 21)]
)
def test_how_long_a_passage_must_be_to_hide_a_change(changed: list[int], shortest: int) -> None:
    for length in (shortest - 1, shortest, shortest + 1):
        words = [f"w{number}" for number in range(length)]
        other = [*words]
        for at in changed:
            other[at] = f"x{at}"
        assert is_near_duplicate(words, other) == (length >= shortest)


PIECES = st.sampled_from(
    [
        *("otters", "swim", "The", "the", "port", "a", "s", "I", "HILL", "Sana", "exam", "ple"),
        *(
            " ",
            " ",
            " ",
            "\n",
            "\t",
            ", ",
            ". ",
            "; ",
            ": ",
            "-",
            "--",
            "'",
            "’",
            '"',
            "(",
            ")",
            "!",
        ),
        *(
            ".",
            ",",
            "?",
            "U.S.",
            "p.m.",
            "Ph.D. ",
            "don't",
            "otter's",
            "l'",
            "F-16s",
            "10km",
            "1,000",
        ),
        *("&amp;", "& ", "*", "*tt*", "~~", "<b>", "</b>", "<wbr>", "\u00ad", "\u00ad\n", "-\n"),
        *(
            "https://t.co/",
            "www.",
            "?utm_source=x",
            "6:",
            "30",
            "\u202f000",
            "_",
            "/",
            "é",
            "\u0301",
        ),
        *(
            "水污染",
            "중",
            "ก",
            "ı",
            "İ",
            "\u200b",
            "\xa0",
            "½",
            "™",
            "\x01",
            "\x1f",
            "\x7f",
            "\ud800",
        ),
    ]
)
PASSAGES = st.lists(PIECES, max_size=30).map("".join)


@given(PASSAGES, PASSAGES, st.sampled_from(["en", "fr", "tr", "it", "zh"]))
def test_no_near_duplicates_are_told_apart_by_their_bytes(
    text: str, other: str, language: str
) -> None:
    for one, two in ((text, other), (text, text + other), (f"{text} {other}", f"{other} {text}")):
        words = [analyzer_of(language).words(each) for each in (one, two)]
        encoded = one.encode("utf-8", "surrogatepass"), two.encode("utf-8", "surrogatepass")
        first, second = memoryview(encoded[0]), memoryview(encoded[1])
        common = zeros("I", 1)
        counts = core.fingerprints.common_words(first, second, zeros("I", 1 << 12), common)
        in_both = (Counter(words[0]) & Counter(words[1])).total()
        assert in_both <= common[0] + sum(map(len, words)) - sum(counts)
        if is_near_duplicate(*words):
            assert may_be_near_duplicates(encoded, (len(words[0]), len(words[1])))


def test_passages_that_share_a_sentence_are_told_apart_by_their_bytes() -> None:
    shared = "Keepers count otters at the weir each spring, as they did before the mill closed."
    text = f"{shared} The harbour froze in 1962; nobody's boat left until the ice had gone."
    other = f"Two schools raised money for a new holt. {shared} Volunteers dug it in one day."
    words = [analyzer_of("en").words(one) for one in (text, other)]
    lengths = len(words[0]), len(words[1])
    assert not is_near_duplicate(*words)
    assert not may_be_near_duplicates((text.encode(), other.encode()), lengths)
    assert may_be_near_duplicates((text.encode(), f"{text}!".encode()), (lengths[0], lengths[0]))
    # Entities are read otherwise than they are written, so that the words are compared.
    signs = f"{text} &amp;".encode(), f"{other} &amp;".encode()
    assert may_be_near_duplicates(signs, lengths)


@pytest.mark.parametrize("lengths", [[0], [1, 0, 5], [6, 7, 1], [40_000, 3, 0, 40_000]])
def test_a_sketch_is_that_of_its_passage_alone(lengths: list[int]) -> None:
    pick = random.Random(1)
    words = [[pick.randrange(1000) for _ in range(length)] for length in lengths]
    hashes = np.array([pick.randrange(1 << 32) for _ in range(1000)], np.uint32)
    together, alone = (
        [
            print
            for some in passages
            for print in fingerprints(
                np.array([word for one in some for word in one], np.uint32).data,
                np.array([len(one) for one in some]).data,
                hashes.data,
            ).tolist()
        ]
        for passages in ([words], [[one] for one in words])
    )
    assert together == alone
    assert [bool(sketch) for sketch in alone] == [length > 0 for length in lengths]
    assert len(set(alone)) == len({tuple(one) for one in words})


def test_the_print_of_a_title_is_that_of_its_words_in_their_order() -> None:
    words = analyzer_of("en").words
    titles = [
        "Otters return",
        "OTTERS — return!",
        "Otters return | The Post",
        "Return otters",
        "Otters return | the pier",  # no name of a house
        "Otter returns",
        "",
        "…",
        " ".join(f"word{number}" for number in range(300)),
        " ".join(f"word{number}" for number in (*range(298), 299, 298)),
    ]
    with Index.in_memory() as index:
        articles = [
            Article(id=f"{number:02}", title=title, text="Nobody was hurt.", language="en")
            for number, title in enumerate(titles)
        ]
        index.add(articles[:3])
        index.add(articles[3:])
        index.compact()
        (reader,) = index.snapshot().readers
        prints = reader.file.column("article.title_print").view().tolist()
    same = prints[0]
    assert prints[:3] == [same] * 3
    assert prints[6:8] == [0, 0]
    assert len({*prints}) == len(titles) - 3
    assert title_print(words("otters return")) == same
    assert title_print([]) == 0
    assert [title_print(words(title)) for title in titles[3:]] == prints[3:]
