"""Compounds: hyphenated words of two parts, indexed also as one word."""

from collections.abc import Sequence
from itertools import pairwise

from nutgraf_index.analysis.analyzer import HYPHENS, Analyzer, Token

__all__ = ["compounds"]


def compounds(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[tuple[int, str]]:
    """Return the compounds of a text: the position of the first part, and the term of the whole.

    `tokens` are the tokens of the text.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text, english = "An anti-war e-mail, state-of-the-art", analyzer_of("en")
    >>> compounds(text, english.tokens(text), english)
    [(1, 'antiwar'), (3, 'email')]
    """
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
    return [(i, word_and_term[1]) for i, word_and_term in joined if word_and_term is not None]
