"""Compounds: hyphenated words of two parts, and words that a line end breaks, as one word each."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from nutgraf_index.analysis.analyzer import HYPHENS, Analyzer, Token
from nutgraf_index.analysis.reading import read

__all__ = ["BREAK", "Compound", "compounds", "compounds_as_read", "is_broken"]

# The end of a line after a hyphen, with the indent or the signs of a quoted mail in the next line.
BREAK = r"[ \t]*(?:\r\n?|\n)[ \t>]*"
_ANDS = frozenset("&＆﹠")
_SEPARATE, _HYPHENATED, _BROKEN, _GLUED = range(4)  # how two tokens in a row are written


class Compound(NamedTuple):
    """Several tokens as one word.

    Attributes:
        position: the position of the first token.
        length: the number of its tokens.
        word: the folded word that they are together.
        term: the term of this word.
    """

    position: int
    length: int
    word: str
    term: str


def compounds(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    r"""Return the compounds of a text. `tokens` are the tokens of the text.

    A line end after a hyphen, before a lower-case letter, breaks a word: its parts are a compound.
    So are the two parts of a hyphenated word, each of which a line end may break.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text = "An anti-war e-mail, state-of-the-art, counter-ter-\nror"
    >>> english = analyzer_of("en")
    >>> [compound.term for compound in compounds(text, english.tokens(text), english)]
    ['antiwar', 'email', 'terror', 'counterterror']
    """
    plain = read(text)
    if plain is not text:
        tokens = analyzer.tokens_as_read(plain)
    return compounds_as_read(plain, tokens, analyzer)


def compounds_as_read(plain: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the compounds of a text that was read already; see `reading.read`."""
    if len(tokens) < 2 or HYPHENS.isdisjoint(plain):
        return []
    ties = [_tie(plain, left, right, analyzer) for left, right in pairwise(tokens)]
    found: list[Compound] = []
    for is_tied, run in groupby(enumerate(ties), key=lambda tie: tie[1] != _SEPARATE):
        gaps = [*run] if is_tied else []
        kinds = {kind for _, kind in gaps}
        if not gaps or _GLUED in kinds:  # a number and its unit, or characters without spaces
            continue
        first, stop = gaps[0][0], gaps[-1][0] + 2
        hyphens = [position + 1 for position, kind in gaps if kind == _HYPHENATED]
        parts = [*pairwise([first, *hyphens, stop])]
        wholes = [(start, end) for start, end in parts if end - start > 1]
        if len(parts) == 2:  # words of three parts or more have no compound
            wholes.append((first, stop))
        for start, end in wholes:
            joined = analyzer.one_term([token.word for token in tokens[start:end]])
            if joined is not None:
                found.append(Compound(start, end - start, *joined))
    return found


def is_broken(text: str, left: Token, right: Token, analyzer: Analyzer) -> bool:
    """Return whether a line end breaks the word of two tokens in a row."""
    return _tie(text, left, right, analyzer) == _BROKEN


def _tie(text: str, left: Token, right: Token, analyzer: Analyzer) -> int:
    """Return how two tokens in a row are written."""
    gap = text[left.end : right.start]
    if {text[left.start], text[right.start]} & _ANDS:
        return _SEPARATE
    if not gap:
        return _GLUED
    if gap in HYPHENS:
        return _HYPHENATED
    if (
        gap[0] in HYPHENS
        and text[left.end - 1].isalpha()
        and text[right.start].islower()
        and re.fullmatch(BREAK, gap[1:])
        and right.word not in analyzer.language.after_hyphens
    ):
        return _BROKEN
    return _SEPARATE
