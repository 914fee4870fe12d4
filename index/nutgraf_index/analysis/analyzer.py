"""Text to terms with offsets: the one analyser for writing, querying and highlighting.

A word is folded (case, accents, compatibility forms, apostrophes), then spelt as in America and
stemmed (Snowball English, in C by PyStemmer). Folding can change a text's length; offsets stay
those of the original.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from nutgraf_index.analysis.languages.english import american, american_stems

__all__ = ["PLAIN", "Token", "analyse", "analyse_plain", "fold", "words"]


class Token(NamedTuple):
    """One word of a text; its position is its index in the list `analyse` returns.

    `word` is the folded form, `term` its stem: what the index holds. `[start, end)` are
    characters of the original text.
    """

    word: str
    term: str
    start: int
    end: int


_Edges = list[tuple[int, int]]  # of what folded characters came from

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
_MARKS_ARE_LETTERS = re.compile(
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
    if character in _FOLDS or _MARKS_ARE_LETTERS.match(character):
        return _FOLDS.get(character, character)
    parts = [
        part
        for part in unicodedata.normalize("NFKD", character)
        if unicodedata.category(part) not in _DROPPED or _MARKS_ARE_LETTERS.match(part)
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

# One token each: scripts written without spaces, where a query becomes a phrase of characters.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3041-\u30fa\u30fc-\u30ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ANY_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_]|[\u0900-\u0963\u0966-\u0df3])"


def _pattern(letter: str, alone: str) -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<acronym>(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])(?:\.(?![^\W_]))?(?:'s(?![^\W_]))?)
        |(?P<number>(?<![^\W_])\d+(?:,\d{{3}})*(?:\.\d+)+(?![^\W_])
                   |(?<![^\W_])\d{{1,3}}(?:,\d{{3}})+(?![^\W_]))
        {alone}
        |{letter}+(?:'{letter}+)*""",
        re.VERBOSE,
    )


_ASCII_WORD = _pattern("[a-z0-9]", "")


@cache  # slow to compile, and not needed for ASCII
def _any_word() -> re.Pattern[str]:
    return _pattern(_ANY_LETTER, f"|[{_UNSPACED}]")


# Other inner apostrophes go, so that Sana'a is Sanaa; these would make another word (we'll).
_CONTRACTION = re.compile(r"(?:n't|'(?:ll|re|ve|d|m))$")
PLAIN = 64  # characters of the longest word that is stemmed
_LONGEST_TERM = 128


def fold(text: str) -> str:
    """Return a text as folded for comparison: case, accents and compatibility forms gone.

    >>> fold("Łódź, İstanbul’da ﬁne Straße")
    "lodz, istanbul'da fine strasse"
    """
    return _composed(text).translate(_TABLE)


def analyse(text: str) -> list[Token]:
    """Return the words of a text, in order. Time is linear in the text.

    U.S. is one word "us"; a possessive 's is dropped and not part of the token; the parts of
    a hyphenated word are words of their own, next to each other.

    >>> [token.term for token in analyse("Iran's U.S.-led missiles")]
    ['iran', 'us', 'led', 'missil']
    """
    edges, found = _words(text)
    if edges is None:
        return [Token(*_term(word), start, end) for word, start, end in found]
    return [Token(*_term(word), edges[start][0], edges[end - 1][1]) for word, start, end in found]


def words(text: str) -> list[str]:
    """Return the words of a text as `analyse` folds them, in order."""
    return [_kept(word) for word, _, _ in _words(text)[1]]


def _words(text: str) -> tuple[_Edges | None, Iterator[tuple[str, int, int]]]:
    """Return the folded words of a text and where each stands in the text folded.

    And what each folded character came from; see `_folded`.
    """
    folded, edges = _folded(text)
    pattern = _ASCII_WORD if folded.isascii() else _any_word()
    return edges, map(_word, pattern.finditer(folded))


def _word(match: re.Match[str]) -> tuple[str, int, int]:
    word = match[0]
    start, end = match.span()
    if match.lastgroup is not None or "'" in word:
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        word = _joined(word, match.lastgroup)
    return word, start, end


def analyse_plain(words: list[str]) -> list[str]:
    """Return the term of each word, the only one that `analyse` finds in it.

    Words have up to `PLAIN` small letters and digits of ASCII and nothing else.
    """
    stems, american_of = _stemmer().stemWords([american(word) for word in words]), _stems()
    return [american_of.get(stem, stem) for stem in stems]


def _joined(word: str, kind: str | None) -> str:
    """Return a word without the signs within it: dots of U.S., commas of 1,000, apostrophes."""
    if kind == "acronym":
        return word.replace(".", "")
    if kind == "number":
        return word.replace(",", "")
    return word if _CONTRACTION.search(word) else word.replace("'", "")


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _folded(text: str) -> tuple[str, _Edges | None]:
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
    edges: _Edges = []
    for cluster in re.finditer(f".[{_FOLLOWING}]*", text, re.DOTALL):
        folded = fold(cluster[0])
        pieces.append(folded)
        edges += [cluster.span()] * len(folded)
    return "".join(pieces), edges


def _kept(word: str) -> str:
    """Return a folded word, shortened if it is very long."""
    if len(word) <= _LONGEST_TERM:
        return word
    import hashlib  # slow to import and seldom needed

    # Equal words stay equal and different ones different, in a bounded length.
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
    return word[:_LONGEST_TERM] + digest.hexdigest()


_local = threading.local()  # a stemmer keeps state: one for each thread


@lru_cache(maxsize=200_000)
def _term(word: str) -> tuple[str, str]:
    """Return a folded word as kept, and its stem."""
    word = _kept(word)
    if len(word) > PLAIN:
        return word, word
    stem = _stemmer().stemWord(american(word))
    return word, _stems().get(stem, stem)


@cache
def _stems() -> dict[str, str]:
    """Return the stems that are others in America."""
    return american_stems(_stemmer().stemWord)


def _stemmer() -> "Stemmer.Stemmer":
    if not hasattr(_local, "stemmer"):
        # Without a memory of its own, whose upkeep takes ten times as long as to stem.
        _local.stemmer = Stemmer.Stemmer("english", 0)
    stemmer: Stemmer.Stemmer = _local.stemmer
    return stemmer
