"""Words of two parts with a hyphen between, as the one word they may be written as. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from nutgraf_index.analysis.analyzer import HYPHENS, Analyzer, Token

__all__ = ["compounds"]


def compounds(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[tuple[int, str]]:
    """Return where a text has words of two parts with a hyphen between, and their terms as one.

    `tokens` are the text's words; the position is that of the first part.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text, english = "An anti-war e-mail, state-of-the-art", analyzer_of("en")
    >>> compounds(text, english.tokens(text), english)
    [(1, 'antiwar'), (3, 'email')]
    """
    if len(tokens) < 2 or HYPHENS.isdisjoint(text):
        return []
    tied = [text[left.end : right.start] in HYPHENS for left, right in pairwise(tokens)]
    # Of more parts than two, none are taken for a word.
    alone = [
        at
        for at, here in enumerate(tied)
        if here and not any(tied[max(at - 1, 0) : at]) and not any(tied[at + 1 : at + 2])
    ]
    found = [(at, analyzer.one_term([tokens[at].word, tokens[at + 1].word])) for at in alone]
    return [(at, whole[1]) for at, whole in found if whole is not None]
