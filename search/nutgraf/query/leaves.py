"""The text of a word or a row of words in a query, to a leaf of the tree. Pure.

What is made is settled: its text is cut to its words, and read again it is the same leaf.
"""

import re
import unicodedata

from nutgraf.query.tree import Exact, Fuzzy, Pattern, Words
from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["exact_of", "fuzzy_of", "pattern_of", "words_of", "written"]

# Letters of no living script, which stand for the signs while a pattern is cut into words.
_STANDS_FOR = {"*": "\ua78f", "?": "\ua7f7"}
_TO_LETTERS = str.maketrans(_STANDS_FOR)
_TO_SIGNS = str.maketrans({letter: sign for sign, letter in _STANDS_FOR.items()})
_ADDRESS = r"(?i)://|[@=&]|\Awww\."


def words_of(text: str, analyzer: Analyzer, *, quoted: bool = False) -> Words | None:
    """Return the words of a text; None if there are none."""
    settled = _settled(text, analyzer)
    return Words(settled, quoted) if settled else None


def exact_of(text: str, analyzer: Analyzer) -> Exact | None:
    """Return the words of a text to be found as they are written; None if there are none."""
    settled = _settled(text, analyzer)
    return Exact(settled) if settled else None


def written(text: str, analyzer: Analyzer) -> list[str]:
    """Return the words of a text as they are written; apostrophes are all one.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> written("Élysée’s U.S. aides don’t", analyzer_of("en"))
    ['Élysée', 'U.S.', 'aides', "don't"]
    """
    forms = [text[token.start : token.end] for token in analyzer.tokens(text)]
    return [unicodedata.normalize("NFC", form).replace("’", "'") for form in forms]


def fuzzy_of(text: str, edits: int, analyzer: Analyzer) -> Fuzzy | None:
    """Return the words of a text to be found with some edits; None if they cannot be."""
    words = analyzer.words(text)
    joined = "-".join(words)
    return Fuzzy(joined, edits) if words and analyzer.words(joined) == words else None


def pattern_of(text: str, analyzer: Analyzer) -> Pattern | None:
    """Return the pattern that a text with `*` or `?` is; None if it is none.

    A `?` that ends a word is a question mark, a sign that stands by no letter is none, nor is
    one in a web address, and two stars are Markdown's.
    """
    words = None if "**" in text or re.search(_ADDRESS, text) else _pattern_words(text, analyzer)
    if not words or not any("*" in word or "?" in word for word in words):
        return None
    joined = "-".join(words)
    return Pattern(joined) if _pattern_words(joined, analyzer) == words else None


def _settled(text: str, analyzer: Analyzer) -> str:
    """Return a text from its first word to its last, with single blanks; empty if it has none."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.split())
    tokens = analyzer.tokens(text)
    if not tokens:
        return ""
    start, end = tokens[0].start, tokens[-1].end
    cut = text[start:end]
    if len(cut) != len(text) and analyzer.words(cut) != [token.word for token in tokens]:
        cut = text
    return " ".join(cut.split())


def _pattern_words(text: str, analyzer: Analyzer) -> list[str] | None:
    """Return the pattern of each word of a text; None if one has no letter."""
    end = len(text)
    while end and not _ends_word(text[end - 1]):
        end -= 1
    begun = text[:end].removesuffix("*")
    tokens = analyzer.tokens(begun.translate(_TO_LETTERS))
    # Without the apostrophe that was between them two stars are one.
    words = [re.sub(r"\*+", "*", token.word.translate(_TO_SIGNS)) for token in tokens]
    if not all(word.strip("*?") for word in words):
        return None
    if len(begun) < end:
        if not tokens or tokens[-1].end < len(begun):
            return None
        words[-1] += "*"
    return words


def _ends_word(character: str) -> bool:
    return character == "*" or character.isalnum() or unicodedata.category(character)[0] == "M"
