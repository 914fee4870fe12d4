"""Occurrences of words that the stored text spells like the query."""

import re

from nutgraf.query.leaves import written_as_read
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.reading import read

__all__ = ["AsWritten", "spellings"]

# Characters around a word that show where the word begins and ends, without tokenizing.
_BEFORE = r'[^\s("\[“—–-]'
_AFTER = r"""(?=[.,;:!?)"'\]”’…-]*(?:\s|\Z)|[—–-])"""
_SIMPLE = re.compile(r"[A-Za-z0-9]{1,64}(?:'[A-Za-z]{1,64})?")
_BETWEEN = "[ -]"
_KELVIN = "K"  # also the NFC form of the Kelvin sign, which is not ASCII


class AsWritten:
    """Finds words in a row as written; `forms` are the words, as `leaves.written` returns them.

    Tokenizing a text takes fifty times as long as reading it, so it is done only where regular
    expressions cannot decide.
    """

    def __init__(self, forms: list[str], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._forms = forms
        self._pieces = {piece for form in forms for piece in form.split("'")}
        self._literal = all(form.isascii() and _KELVIN not in form for form in forms)
        self._clear = _clear(forms, 0) if all(map(_SIMPLE.fullmatch, forms)) else None
        self._any_case = _clear(forms, re.IGNORECASE) if self._clear else None

    def among(self, text: str, positions: list[int]) -> list[int]:
        """Return the positions at which the words stand as written.

        `positions` are all positions in `text` at which the folded words stand in a row, ascending.
        """
        text = read(text)
        if (self._literal or text.isascii()) and not all(piece in text for piece in self._pieces):
            return []
        if self._clear and self._any_case:
            # Each match is at one of the positions: if the numbers are equal, all positions match.
            if len(self._clear.findall(text)) == len(positions):
                return positions
            matches = self._any_case.findall(text)
            if len(matches) == len(positions):
                return [
                    position
                    for position, form in zip(positions, matches, strict=True)
                    if re.split(_BETWEEN, form.replace("’", "'")) == self._forms
                ]
        words, count = written_as_read(text, self._analyzer), len(self._forms)
        return [start for start in positions if words[start : start + count] == self._forms]


def spellings(word: str, text: str, analyzer: Analyzer) -> list[str]:
    """Return the spellings of a folded word in a text, one for each occurrence found.

    The text is tokenized only if a regular expression finds no occurrence.
    """
    text = read(text)
    forms = _clear([word], re.IGNORECASE).findall(text) if _SIMPLE.fullmatch(word) else []
    tokens = () if forms else analyzer.tokens_as_read(text)
    return forms or [text[token.start : token.end] for token in tokens if token.word == word]


def _clear(forms: list[str], flags: int) -> re.Pattern[str]:
    """Return a regular expression for forms in a row that punctuation or blanks surround.

    It begins with the forms, because literal prefixes make a search fast; a look-behind then checks
    the character before them.
    """
    words = _BETWEEN.join(form.replace("'", "['’]") for form in forms)
    before = rf"(?:(?<!{_BEFORE}{words})|(?<=\s['‘]{words}))"
    return re.compile(words + before + _AFTER, flags | re.ASCII)
