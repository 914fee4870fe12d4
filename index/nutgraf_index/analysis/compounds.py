"""Words of two parts with a hyphen between, as the one word they may be written as. Pure."""

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import pairwise

from nutgraf_index.analysis.analyzer import HYPHENS, Analyzer, Token

__all__ = ["compound_terms", "compounds"]

_AROUND_WORDS = "'\"“”‘’.,;:!?()[]_*"
_KEPT = 64  # characters of a stretch that is remembered: few are longer
_NONE: frozenset[str] = frozenset()
_TWO_WORDS = re.compile("[A-Za-z0-9]+-[A-Za-z0-9]+")


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


def compound_terms(text: str, analyzer: Analyzer) -> Set[str]:
    """Return the terms that `compounds` finds in a text."""
    if not text.isascii():
        text = text.replace("\u2010", "-").replace("\u2011", "-")
    if "-" not in text:
        return _NONE
    found: set[str] = set()
    # A blank, and two hyphens, ends a word on either side: what is between is the same by itself.
    text = text.replace("--", " ")
    at = text.find("-")
    while at >= 0:
        start, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
        stretch = text[start:end] if end > 0 else text[start:]
        stretch = stretch.strip(_AROUND_WORDS)
        terms = _known if len(stretch) <= _KEPT else _terms
        found.update(terms(stretch, analyzer))
        at = text.find("-", end) if end > 0 else -1
    return found


def _terms(stretch: str, analyzer: Analyzer) -> tuple[str, ...]:
    if _TWO_WORDS.fullmatch(stretch):  # most are: sooner told than by what is said of any
        whole = stretch.lower().replace("-", "")
        return () if whole.isdigit() else (analyzer.tokens(whole)[0].term,)
    return tuple(term for _, term in compounds(stretch, analyzer.tokens(stretch), analyzer))


_known = lru_cache(maxsize=1 << 15)(_terms)
