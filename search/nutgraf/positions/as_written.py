"""Which occurrences of words in a row are written as a query has them: the text tells."""

import re

from nutgraf.query.leaves import written
from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["AsWritten", "spellings"]

# Signs beside a word that leave no doubt where it begins and ends.
_BEFORE = r'[^\s("\[“—–-]'
_AFTER = r"""(?=[.,;:!?)"'\]”’…-]*(?:\s|\Z)|[—–-])"""
_SIMPLE = re.compile(r"[A-Za-z0-9]{1,64}(?:'[A-Za-z]{1,64})?")
_BETWEEN = "[ -]"
_KELVIN = "K"  # for which a sign of its own may stand in a text


class AsWritten:
    """Words in a row as written: `forms` are what `leaf.written` returns.

    A text is cut into its words, which takes fifty times as long as to read it, only if it leaves
    a doubt.
    """

    def __init__(self, forms: list[str], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._forms = forms
        self._pieces = {piece for form in forms for piece in form.split("'")}
        self._literal = all(form.isascii() and _KELVIN not in form for form in forms)
        self._clear = _clear(forms, 0) if all(map(_SIMPLE.fullmatch, forms)) else None
        self._any_case = _clear(forms, re.IGNORECASE) if self._clear else None

    def among(self, text: str, positions: list[int]) -> list[int]:
        """Return at which positions of a text they stand so, of all where they do when folded."""
        if (self._literal or text.isascii()) and not all(piece in text for piece in self._pieces):
            return []
        if self._clear and self._any_case:
            # Every match is an occurrence: as many as the index has are all of them.
            if len(self._clear.findall(text)) == len(positions):
                return positions
            seen = self._any_case.findall(text)
            if len(seen) == len(positions):
                return [
                    position
                    for position, form in zip(positions, seen, strict=True)
                    if re.split(_BETWEEN, form.replace("’", "'")) == self._forms
                ]
        known, count = written(text, self._analyzer), len(self._forms)
        return [at for at in positions if known[at : at + count] == self._forms]


def spellings(word: str, text: str, analyzer: Analyzer) -> list[str]:
    """Return how a folded word is written in a text: where it stands clear, or else anywhere."""
    found = _clear([word], re.IGNORECASE).findall(text) if _SIMPLE.fullmatch(word) else []
    return found or [text[one.start : one.end] for one in analyzer.tokens(text) if one.word == word]


def _clear(forms: list[str], flags: int) -> re.Pattern[str]:
    """Return what finds forms where plain signs around them leave no doubt that they are words.

    The form comes first, for which a search is quick; then what must have stood before it.
    """
    words = _BETWEEN.join(form.replace("'", "['’]") for form in forms)
    begun = rf"(?:(?<!{_BEFORE}{words})|(?<=\s['‘]{words}))"
    return re.compile(words + begun + _AFTER, flags | re.ASCII)
