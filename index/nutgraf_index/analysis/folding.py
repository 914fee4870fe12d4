"""Folding of characters for comparison: removes case, accents and compatibility forms.

Folding can change the length of a text; `folded` maps offsets back to the original text.
"""

import re
import unicodedata

__all__ = ["APOSTROPHES", "Edges", "fold", "folded"]

Edges = list[tuple[int, int]]  # for each folded character its span in the original text

APOSTROPHES = frozenset("'’‘‛ʼʻʾʿ′ʹ＇´")  # and the signs that people type for an apostrophe
# Letters that Unicode does not decompose, although readers type them without stroke or ligature;
# and apostrophes.
_FOLDS = {
    **dict.fromkeys(APOSTROPHES, "'"),
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
    "\u200b": " ",  # the place where a line may end between two words
    # Signs within words and numbers of Hebrew and Arabic, and letters that the languages of the
    # Arabic script write in several ways.
    "\u05f3": "",
    "\u05f4": "",
    "\u066b": ".",
    **dict.fromkeys("ىیۍې", "ي"),
    **dict.fromkeys("ةہەۀۂۃ", "ه"),
    "ک": "ك",
    "ٱ": "ا",
}
# Scripts whose marks are vowels, not accents: Indic, Thai, Lao, Tibetan, Myanmar, Khmer, kana.
_MARKS_ARE_LETTERS = (  # compiled on first use: English has no such marks
    "[\u07a6-\u07b0\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3099\u309a]"
)
_DROPPED = ("Mn", "Me", "Cf")
_TATWEEL = "\u0640"


class _FoldTable(dict[int, str]):
    """A table for `str.translate` that folds a character on first use."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if character in _FOLDS or re.match(_MARKS_ARE_LETTERS, character):
        return _FOLDS.get(character, character)
    parts = [
        part
        for part in unicodedata.normalize("NFKD", character)
        if unicodedata.category(part) not in _DROPPED or re.match(_MARKS_ARE_LETTERS, part)
    ]
    folded = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    folded = "".join(_FOLDS.get(part, part) for part in folded if part != _TATWEEL)
    # The number of a footnote, ™, and the ½ of 3½ are not part of the word before them.
    kind = unicodedata.decomposition(character).partition(">")[0]
    if kind == "<fraction" or (kind == "<super" and not folded.isalpha()) or character in "™℠":
        return f" {folded} "
    return folded


_TABLE = _FoldTable({code: chr(code).lower() for code in range(128)})
# Characters that combine with the one before them: accents, vowel signs, the parts of a Korean
# syllable, joiners.
_FOLLOWING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u093c\u09bc\u09be\u09d7\u0a3c\u0abc"
    "\u0b3c\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf"
    "\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u200c\u200d\u2060\uff9e\uff9f"
)
_VOICED = "\uff9e\uff9f"  # the marks of half-width kana, which fold to parts of one character


def fold(text: str) -> str:
    """Return a text folded for comparison, without case, accents and compatibility forms.

    >>> fold("Łódź, İstanbul’da ﬁne Straße")
    "lodz, istanbul'da fine strasse"
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFC", text).translate(_TABLE)
    return folded if _unvoiced(text) else unicodedata.normalize("NFC", folded)


def _unvoiced(text: str) -> bool:
    return not any(mark in text for mark in _VOICED)


def folded(text: str) -> tuple[str, Edges | None]:
    """Return a folded text, and for each of its characters the span in the original text.

    The spans are None if each character folds to one at the same offset.
    """
    if text.isascii():
        return text.lower(), None
    if (
        unicodedata.is_normalized("NFC", text)
        and all(len(_TABLE[ord(character)]) == 1 for character in set(text))
        and _unvoiced(text)
    ):
        return text.translate(_TABLE), None
    pieces: list[str] = []
    edges: Edges = []
    for cluster in re.finditer(f".[{_FOLLOWING}]*", text, re.DOTALL):
        piece = fold(cluster[0])
        pieces.append(piece)
        edges += [cluster.span()] * len(piece)
    return "".join(pieces), edges
