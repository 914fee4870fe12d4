"""The cost of mistyping a word as another: by keyboard neighbours, letters and sound. Pure."""

import re
from functools import cache, lru_cache

from nutgraf.positions.edit_distance import distance
from nutgraf_index.analysis.languages.language import Language

__all__ = ["edit_cost", "sound"]

# Each row lies half a key to the right of the row above.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
# Costs of edits. Any other change, addition or deletion of a letter costs 1.
_NEXT_KEY = 0.75  # changed to the letter of a neighbouring key
_VOWEL = 0.7  # a vowel changed to another vowel
_ALIKE = 0.75  # a consonant changed to a consonant of similar sound
_SWAPPED = 0.7  # two neighbours swapped
_DOUBLED = 0.5  # a letter doubled, or a double letter written once
_UNHEARD = 0.8  # e, h, or a vowel beside a vowel added or dropped
_FIRST = 0.4  # added to the cost at the first letter, which is seldom mistyped
_SAME_SOUND = 0.4  # subtracted for words of the same sound

_ALIKE_LETTERS = frozenset(
    frozenset(pair) for pair in ("ck", "cs", "sz", "fv", "mn", "gj", "dt", "bp", "kq", "vw", "sx")
)


def _next_keys() -> frozenset[frozenset[str]]:
    pairs: set[frozenset[str]] = set()
    for i, row in enumerate(_ROWS):
        for j, key in enumerate(row):
            below = _ROWS[i + 1] if i + 1 < len(_ROWS) else ""
            neighbours = row[j + 1 : j + 2] + below[max(j - 1, 0) : j + 1]
            pairs.update(frozenset((key, neighbour)) for neighbour in neighbours)
    return frozenset(pairs)


_NEXT_KEYS = _next_keys()


def edit_cost(typed: str, word: str, language: Language) -> float:
    """Return the cost of the edits that turn the folded `word` into `typed`; 0 for equal words.

    The cost is the lowest by optimal string alignment. An edit costs at most 1, or 1.4 at the first
    letter; frequent mistakes cost less.

    >>> from nutgraf_index.analysis.languages.english import ENGLISH
    >>> edit_cost("missle", "missile", ENGLISH) < edit_cost("missle", "hassle", ENGLISH)
    True
    """
    dropped, added = ([_dropped(text, i) for i in range(len(text))] for text in (typed, word))

    def changed(i: int, j: int) -> float:
        return _changed(typed[i], word[j]) + (0.0 if i and j else _FIRST)

    cost = distance(typed, word, dropped, added, changed, _SWAPPED)
    alike = sound(typed, language) == sound(word, language)
    return max(cost - _SAME_SOUND if alike else cost, 0.0)


def _changed(letter: str, new: str) -> float:
    """Return the cost of changing a letter to another."""
    if letter in _VOWELS and new in _VOWELS:
        return _VOWEL
    pair = frozenset((letter, new))
    if pair in _ALIKE_LETTERS:
        return _ALIKE
    return _NEXT_KEY if pair in _NEXT_KEYS else 1.0


def _dropped(word: str, i: int) -> float:
    """Return the cost of dropping letter `i` of a word, or of adding it."""
    letter = word[i]
    if i and letter == word[i - 1]:
        return _DOUBLED
    if i and (letter in "eh" or (letter in _VOWELS and word[i - 1] in _VOWELS)):
        return _UNHEARD
    return 1.0 if i else 1.0 + _FIRST


@cache
def _rules(language: Language) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), replacement) for pattern, replacement in language.sounds]


@lru_cache(maxsize=4096)
def sound(word: str, language: Language) -> str:
    """Return a phonetic key: words that sound alike in a language have the same key.

    >>> from nutgraf_index.analysis.languages.english import ENGLISH
    >>> sound("missle", ENGLISH) == sound("missile", ENGLISH)
    True
    """
    for pattern, replacement in _rules(language):
        word = pattern.sub(replacement, word)
    return word
