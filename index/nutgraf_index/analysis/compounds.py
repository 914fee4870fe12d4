"""Compounds: words that are indexed beside the words of a text.

A hyphenated word of two parts is also one word. The part of a word after an elided article, as in
L'Oréal, is also a word.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nutgraf_index.analysis.analyzer import HYPHENS, Analyzer, Token
from nutgraf_index.analysis.folding import APOSTROPHES, fold

__all__ = ["Compound", "compounds"]

_SHORTEST = 3  # letters after an elided article
_APOSTROPHE = re.compile(f"[{''.join(APOSTROPHES)}]")


class Compound(NamedTuple):
    """A further word of one token or of several tokens.

    Attributes:
        position: the position of the first token.
        length: the number of the tokens.
        word: the folded word.
        term: the term of the word.
    """

    position: int
    length: int
    word: str
    term: str


def compounds(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the compounds of a text. `tokens` are the tokens of the text.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text, english = "An anti-war e-mail, state-of-the-art, of Côte d'Ivoire", analyzer_of("en")
    >>> [compound.term for compound in compounds(text, english.tokens(text), english)]
    ['antiwar', 'email', 'ivoir']
    """
    return [*_hyphenated(text, tokens, analyzer), *_after_elisions(text, tokens, analyzer)]


def _hyphenated(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the hyphenated words of two parts as one word each."""
    if len(tokens) < 2 or HYPHENS.isdisjoint(text):
        return []
    tied = [text[left.end : right.start] in HYPHENS for left, right in pairwise(tokens)]
    # Words of three parts or more have no compounds.
    pairs = [
        i
        for i, is_tied in enumerate(tied)
        if is_tied and not any(tied[max(i - 1, 0) : i]) and not any(tied[i + 1 : i + 2])
    ]
    joined = [(i, analyzer.one_term([tokens[i].word, tokens[i + 1].word])) for i in pairs]
    return [Compound(i, 2, *word_and_term) for i, word_and_term in joined if word_and_term]


def _after_elisions(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the parts of words after an elided article."""
    elision = analyzer.elision
    if elision is None or APOSTROPHES.isdisjoint(text):
        return []
    found: dict[int, Compound] = {}
    starts = [token.start for token in tokens]
    for apostrophe in _APOSTROPHE.finditer(text):
        position = bisect(starts, apostrophe.start()) - 1
        if position in found or position < 0 or apostrophe.start() >= tokens[position].end:
            continue
        folded = fold(text[starts[position] : tokens[position].end])
        article = elision.match(folded)
        rest = folded[article.end() :].replace("'", "") if article else ""
        if len(rest) >= _SHORTEST and (word_and_term := analyzer.one_term([rest])):
            found[position] = Compound(position, 1, *word_and_term)
    return [*found.values()]
