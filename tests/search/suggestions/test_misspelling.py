"""How likely one word was meant for another."""

import pytest

from english import ENGLISH
from nutgraf.suggestions.misspelling import edit_cost, sound


def test_slips_of_hand_and_ear_cost_less() -> None:
    assert edit_cost("otter", "otter", ENGLISH.language) == 0
    for likely, unlikely in [
        (("ottwr", "otter"), ("ottkr", "otter")),  # a key beside
        (("oter", "otter"), ("otte", "otter")),  # a double letter
        (("recieve", "receive"), ("rezeive", "receive")),  # two changed round
        (("seperate", "separate"), ("sepprate", "separate")),  # a vowel
        (("fysics", "physics"), ("kysics", "physics")),  # the same sound
        (("ottem", "otter"), ("mtter", "otter")),  # the first letter is known
    ]:
        assert edit_cost(*likely, ENGLISH.language) < edit_cost(*unlikely, ENGLISH.language), likely


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("knight", "nite"),
        ("phone", "fone"),
        ("physics", "fisiks"),
        ("school", "skool"),
        ("nation", "nashon"),
        ("quick", "kwik"),
        ("bridge", "brij"),
        ("xylophone", "zilofone"),
    ],
)
def test_words_that_sound_the_same(one: str, other: str) -> None:
    assert sound(one, ENGLISH.language) == sound(other, ENGLISH.language)


def test_words_that_sound_different() -> None:
    assert (
        len(
            {
                sound(word, ENGLISH.language)
                for word in ("otter", "iraq", "missile", "fence", "river")
            }
        )
        == 5
    )
