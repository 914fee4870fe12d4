"""Letters folded for comparison: case, accents and compatibility forms gone.

Folding can change a text's length; offsets stay those of the original.
"""

import re
import unicodedata

__all__ = ["Edges", "fold", "folded"]

Edges = list[tuple[int, int]]  # of what folded characters came from

# Letters that Unicode does not decompose though readers type them without their stroke or
# ligature, and the signs people put for an apostrophe.
_FOLDS = {
    **dict.fromkeys("’‘‛ʼʻʾʿ′ʹ＇´", "'"),
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŧ": "t",
    "ŋ": "n",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ĸ": "k",
    "ſ": "s",
}
# Blocks where marks are vowels, not accents: Indic, Thai, Lao, Tibetan, Myanmar, Khmer, kana.
_MARKS_ARE_LETTERS = (  # compiled when first used: English has none
    "[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3099\u309a]"
)
_DROPPED = ("Mn", "Me", "Cf")
_TATWEEL = "\u0640"


class _FoldTable(dict[int, str]):
    """Folding one character, computed when first seen; a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _FOLDS or re.match(_MARKS_ARE_LETTERS, character):
        return _FOLDS.get(character, character)
    parts = [
        part
        for part in unicodedata.normalize("NFKD", character)
        if unicodedata.category(part) not in _DROPPED or re.match(_MARKS_ARE_LETTERS, part)
    ]
    folded = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    folded = "".join(_FOLDS.get(part, part) for part in folded if part != _TATWEEL)
    # A footnote's number or a trade mark is no part of the word before it, nor ½ of 3½.
    kind = unicodedata.decomposition(character).partition(">")[0]
    if kind == "<fraction" or (kind == "<super" and not folded.isalpha()) or character in "™℠":
        return f" {folded} "
    return folded


_TABLE = _FoldTable()
# What follows a character and is nothing without it: accents, vowel signs, the parts of a Korean
# syllable, joiners.
_FOLLOWING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u093c\u09bc\u09be\u09d7\u0a3c\u0abc"
    "\u0b3c\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf"
    "\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u200c\u200d\u2060"
)


def fold(text: str) -> str:
    """Return a text as folded for comparison: case, accents and compatibility forms gone.

    >>> fold("Łódź, İstanbul’da ﬁne Straße")
    "lodz, istanbul'da fine strasse"
    """
    return _composed(text).translate(_TABLE)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def folded(text: str) -> tuple[str, Edges | None]:
    """Fold a text, and tell for each folded character the original ones it came from.

    None where each came from the one in its place.
    """
    if text.isascii():
        return text.lower(), None
    if unicodedata.is_normalized("NFC", text) and all(
        len(_TABLE[ord(character)]) == 1 for character in set(text)
    ):
        return text.translate(_TABLE), None
    pieces: list[str] = []
    edges: Edges = []
    for cluster in re.finditer(f".[{_FOLLOWING}]*", text, re.DOTALL):
        folded = fold(cluster[0])
        pieces.append(folded)
        edges += [cluster.span()] * len(folded)
    return "".join(pieces), edges
