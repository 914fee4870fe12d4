"""Where sentences end, and which lines go on."""

import pytest

from nutgraf_index.analysis.languages.newsroom import SentenceWords
from nutgraf_index.passages.layout.sentences import Sentences, sentences_of

english = sentences_of("en")


@pytest.mark.parametrize(
    "line",
    [
        "It is over.",
        "Is it?",
        "(It is.)",
        "“It is.”",
        "he said:",
        "It ended …",
        "終わった。",
        "*It is.*",
    ],
)
def test_a_line_that_ends_a_sentence(line: str) -> None:
    assert english.ends(line)


@pytest.mark.parametrize(
    "line",
    ["the chair, Mr.", "by J.", "on Jan.", "in the U.S.", "at 9 a.m.", "(see fig.", "in Lindholm"],
)
def test_an_abbreviation_or_an_initial_ends_no_sentence(line: str) -> None:
    assert not english.ends(line)


def test_abbreviations_are_those_of_the_language() -> None:
    german = Sentences(SentenceWords(abbreviations=frozenset({"bzw"})))
    assert not german.ends("der Hafen bzw.")
    assert german.ends("the chair, Mr.")
    assert english.ends("der Hafen bzw.")


@pytest.mark.parametrize(
    ("line", "is_unfinished"),
    [
        ("In a vote on", True),
        ("Charging Him With", True),
        ("the board’s", True),
        ("the pier", False),
    ],
)
def test_unfinished_lines(line: str, is_unfinished: bool) -> None:
    assert english.is_unfinished(line) is is_unfinished


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("Pier Closes at Lindholm", True),
        ("The Old Pier of the Harbour", True),
        ("23 Berths Are Gone", True),
        ("Pier closes at Lindholm", False),
        ("of the", False),
    ],
)
def test_titles(line: str, is_title: bool) -> None:
    assert english.is_title(line) is is_title
