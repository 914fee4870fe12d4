"""The register of a query text: keywords, prose, or too long to be certain."""

import re
from typing import Literal

__all__ = ["Register", "function_words", "register_of"]

Register = Literal["keywords", "uncertain", "prose"]

_MOST_KEYWORDS = 8  # words of a short query without operators in capitals
_FEW = 4  # words of a query that may have a function word
_SENTENCE = r"""(?x)
    \n
    |^\s*[#]+\s                        # a heading
    |(?<!\.)[^\W\d_]{2}[.;:]["”’)]*\s  # a sentence or a clause ends within the text
    |[?!]["”’)]*\s+[A-Z]
    |\w[–—](?:[\s,.]|$)               # the second dash of a pair
    |[–—](?i:and|or|not|but)\b
    |(?<!\.)[^\W\d_]{2}[\])_]*[.?…]["”’)]*\s*$
    """
_OPERATOR = r"(?<!\S)\(*(?:AND|OR|NOT|ANDNOT|(?:NEAR|ADJ|PRE|WITHIN|W)/\d+)(?!\S)"
# Words of the syntax of other products do not show that a text is a sentence.
_OPERATOR_WORDS = frozenset(("and", "or", "not", "but", "within"))
_DASHES = "–—"
_EDGES = f"\"'“”‘’().,;?!{_DASHES}"


def register_of(text: str, stop_words: frozenset[str]) -> Register:
    """Return the register of a query text.

    Prose has the punctuation of a sentence, several function words, a function word after a dash,
    or begins with a function word. Keywords are at most 8 words, or joined by operators in
    capitals. Other texts are uncertain.

    >>> register_of("iraq !drone", frozenset()), register_of("Iraq signed. It flew.", frozenset())
    ('keywords', 'prose')
    """
    text = re.sub(r'"[^"]*"|“[^”]*”', "QUOTED" if text.isupper() else "quoted", text)
    words = text.split()
    if re.search(_SENTENCE, text):
        return "prose"
    if len(words) > 2 and words[-1].endswith("!") and text != text.lower():
        return "prose"
    function = function_words(words, stop_words)
    if len(function) > 1 or (function and function[0] == 0 and len(words) > 2):
        return "prose"
    if any(words[i][0] in _DASHES for i in function):
        return "prose"
    if len(words) > (_FEW if function else _MOST_KEYWORDS):
        has_operators = not text.isupper() and re.search(_OPERATOR, text)
        return "keywords" if has_operators else "uncertain"
    return "keywords"


def function_words(words: list[str], stop_words: frozenset[str]) -> list[int]:
    """Return the indices of stop words other than and, or and not; at most two of them.

    A word in capitals is an operator or an acronym such as IT, unless all words are in capitals.
    """
    indices: list[int] = []
    in_capitals = " ".join(words).isupper()
    for i, word in enumerate(words):
        bare = word.strip(_EDGES)
        if bare.isupper() and len(bare) > 1 and not in_capitals:
            continue
        plain = bare.lower()
        if plain in stop_words and plain not in _OPERATOR_WORDS:
            indices.append(i)
            if len(indices) > 1:
                break
    return indices
