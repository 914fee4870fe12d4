"""The register of a query text: keywords, prose, or too long to be certain."""

import re
from typing import Literal

__all__ = ["Register", "function_words", "register_of"]

Register = Literal["keywords", "uncertain", "prose"]

_MOST_KEYWORDS = 8  # words of a short query without operators in capitals
_FEW = 4  # words of a query that may have a function word
_SENTENCE = r"""(?x)
    \n
    |[^\W\d_]{2}[.;:]["”’)]*\s       # a sentence or a clause ends within the text
    |[?!]["”’)]*\s+[A-Z]
    |\w[–—](?:[\s,.]|$)              # the second dash of a pair
    |[^\W\d_]{2}[.?…]["”’)]*\s*$
    """
_OPERATOR = r"(?<!\S)\(*(?:AND|OR|NOT|ANDNOT|(?:NEAR|ADJ|PRE|WITHIN|W)/\d+)(?!\S)"
# Words of the syntax of other products do not show that a text is a sentence.
_OPERATOR_WORDS = frozenset(("and", "or", "not", "but", "within"))


def register_of(text: str, stop_words: frozenset[str]) -> Register:
    """Return the register of a query text.

    Prose has the punctuation of a sentence, several function words, or begins with one. Keywords
    are at most 8 words, or joined by operators in capitals. Other texts are uncertain.

    >>> register_of("iraq !drone", frozenset()), register_of("Iraq signed. It flew.", frozenset())
    ('keywords', 'prose')
    """
    text = re.sub(r'"[^"]*"|“[^”]*”', "quoted", text)
    words = text.split()
    if len(words) > 2 and re.search(_SENTENCE, text):
        return "prose"
    if len(words) > 2 and text.rstrip().endswith("!") and words[0][0].isupper():
        return "prose"
    function = function_words(words, stop_words)
    if len(function) > 1 or (function and function[0] == 0 and len(words) > 2):
        return "prose"
    has_operators = not text.isupper() and re.search(_OPERATOR, text)
    if len(words) > (_FEW if function else _MOST_KEYWORDS) and not has_operators:
        return "uncertain"
    return "keywords"


def function_words(words: list[str], stop_words: frozenset[str]) -> list[int]:
    """Return the indices of stop words other than and, or and not; at most two of them."""
    indices: list[int] = []
    for i, word in enumerate(words):
        if word.isupper() and len(word) > 1:  # an acronym such as IT or US, or an operator
            continue
        plain = word.lower().strip("\"'“”‘’().,;?!")
        if plain in stop_words and plain not in _OPERATOR_WORDS:
            indices.append(i)
            if len(indices) > 1:
                break
    return indices
