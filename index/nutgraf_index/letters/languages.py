"""The table of languages by which the encoding of a text is guessed."""

import math
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

__all__ = ["EDGE", "LanguageLetters", "languages"]

EDGE = "_"  # the beginning or the end of a word, in a pair
_RARE = 1e-6  # probability of a letter that the language does not have
_IDEOGRAPHS = 3000  # characters of an East Asian language that the table leaves out, about
_BY_PAIR = 0.85  # share of the pair in the probability of a letter; the rest is by the letter alone
_ENDS = 0.03  # probability that a word ends after a letter, apart from what the pairs say
_COMMON = 0.05  # probability of the most common word; the nth has an nth of it, by Zipf's law


class LanguageLetters:
    """A language of the table.

    Attributes:
        code: the code of ISO 639-1, with the script where a language has several; "xx" for the
            languages that the table lacks.
        name: the English name.
        encodings: the encodings of its texts, as Python names them, the most usual first.
        words: the logarithm of the probability of each common word, in lower case.
    """

    def __init__(self, paragraph: str) -> None:
        heading, *lines = re.split(r"\n(?! )", paragraph.strip())
        self.code: str
        self.name: str
        self.code, _, self.name = heading.removeprefix("[").partition("] ")
        rows = {key: values for key, *values in map(str.split, lines)}
        self.encodings = tuple(rows["encodings"])
        self.words = {
            word: math.log(_COMMON / rank) for rank, word in enumerate(rows.get("words", ()), 1)
        }
        self._letters = {entry[0]: int(entry[1:]) / 1e5 for entry in rows["letters"]}
        self._pairs = {entry[:2]: int(entry[2:]) / 1e3 for entry in rows.get("pairs", ())}
        self._logarithms: dict[str, float] = {}
        self._rest = max(1.0 - sum(self._letters.values()), 0.0) / _IDEOGRAPHS

    def letter(self, letter: str) -> float:
        """Return the logarithm of the probability of a letter, in lower case."""
        probability = self._letters.get(letter)
        if probability is None and "\u3400" <= letter < "\ud800":  # an ideograph, or Hangul
            probability = self._rest
        return math.log((probability or 0.0) + _RARE)

    def of_pairs(self, pairs: Iterable[str]) -> float:
        """Return the logarithm of the probability of each second letter after the first, summed."""
        logarithms = self._logarithms
        total = 0.0
        for pair in pairs:
            logarithm = logarithms.get(pair)
            if logarithm is None:
                logarithm = logarithms[pair] = self._of_pair(pair)
            total += logarithm
        return total

    def _of_pair(self, pair: str) -> float:
        if not self._pairs:
            return 0.0 if pair[1] == EDGE else self.letter(pair[1])
        probability = self._pairs.get(pair, 0.0)
        if pair[1] == EDGE:
            return math.log(_BY_PAIR * probability + _ENDS)
        alone = self._letters.get(pair[1], 0.0)
        if pair.isascii():  # the table has no such pairs
            return math.log(alone + _RARE)
        return math.log(_BY_PAIR * probability + (1 - _BY_PAIR) * alone + _RARE)


@cache
def languages() -> tuple[LanguageLetters, ...]:
    """Return the languages of the table."""
    table = files(__package__).joinpath("languages.txt").read_text("utf-8")
    return tuple(map(LanguageLetters, table.strip().split("\n\n")))
