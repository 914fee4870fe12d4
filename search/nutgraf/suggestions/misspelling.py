"""How likely a word was mistyped as another: by slips of the hand, and of the ear. Pure."""

import re
from functools import cache, lru_cache

from nutgraf.positions.edit_distance import distance
from nutgraf_index.analysis.languages.language import Language

__all__ = ["slip", "sound"]

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # each row lies half a key right of the one above
_VOWELS = frozenset("aeiouy")
# What one slip costs, in those of a letter changed for any other.
_NEXT_KEY = 0.75
_VOWEL = 0.7  # for another vowel
_ALIKE = 0.75  # a consonant for one that sounds like it
_SWAPPED = 0.7
_DOUBLED = 0.5  # a letter doubled or not
_UNHEARD = 0.8  # an e, h or vowel beside a vowel left out or put in
_FIRST = 0.4  # more, where a word begins: people know how it does
_SAME_SOUND = 0.4  # less, for a word that sounds the same

_ALIKE_LETTERS = frozenset(
    frozenset(pair) for pair in ("ck", "cs", "sz", "fv", "mn", "gj", "dt", "bp", "kq", "vw", "sx")
)


def _next_keys() -> frozenset[frozenset[str]]:
    pairs: set[frozenset[str]] = set()
    for at, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            below = _ROWS[at + 1] if at + 1 < len(_ROWS) else ""
            near = row[place + 1 : place + 2] + below[max(place - 1, 0) : place + 1]
            pairs.update(frozenset((key, other)) for other in near)
    return frozenset(pairs)


_NEXT_KEYS = _next_keys()


def slip(typed: str, word: str, language: Language) -> float:
    """Return what it costs to mistype a folded word as another; 0 if it is the same.

    The cheapest way from one to the other by optimal string alignment, where a letter added,
    dropped or changed costs 1 at most, and less where hand or ear easily err.

    >>> from nutgraf_index.analysis.languages.english import ENGLISH
    >>> slip("missle", "missile", ENGLISH) < slip("missle", "hassle", ENGLISH)
    True
    """
    dropped, added = ([_missing(text, at) for at in range(len(text))] for text in (typed, word))

    def changed(at: int, to: int) -> float:
        return _changed(typed[at], word[to]) + (0.0 if at and to else _FIRST)

    cost = distance(typed, word, dropped, added, changed, _SWAPPED)
    alike = sound(typed, language) == sound(word, language)
    return max(cost - _SAME_SOUND if alike else cost, 0.0)


def _changed(one: str, other: str) -> float:
    if one in _VOWELS and other in _VOWELS:
        return _VOWEL
    pair = frozenset((one, other))
    if pair in _ALIKE_LETTERS:
        return _ALIKE
    return _NEXT_KEY if pair in _NEXT_KEYS else 1.0


def _missing(word: str, at: int) -> float:
    """Return what it costs to leave out a letter of a word, or to put it in."""
    letter = word[at]
    if at and letter == word[at - 1]:
        return _DOUBLED
    if at and (letter in "eh" or (letter in _VOWELS and word[at - 1] in _VOWELS)):
        return _UNHEARD
    return 1.0 if at else 1.0 + _FIRST


@cache
def _rules(language: Language) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), by) for pattern, by in language.sounds]


@lru_cache(maxsize=4096)
def sound(word: str, language: Language) -> str:
    """Return a key that words which sound alike in a language have in common.

    >>> from nutgraf_index.analysis.languages.english import ENGLISH
    >>> key = {word: sound(word, ENGLISH) for word in ("missle", "missile", "fone", "phone")}
    >>> key["missle"] == key["missile"], key["fone"] == key["phone"]
    (True, True)
    """
    for pattern, by in _rules(language):
        word = pattern.sub(by, word)
    return word
