"""Compounds: words that are indexed beside the words of a text.

A hyphenated word of two parts is also one word, and so is a word that a line end breaks. The part
of a word after an elided article, as in L'Oréal, is also a word.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from nutgraf_index.analysis.analyzer import Analyzer, Token
from nutgraf_index.analysis.folding import APOSTROPHES, fold
from nutgraf_index.analysis.reading import read
from nutgraf_index.analysis.words import HYPHENS

__all__ = ["BREAK", "Compound", "compounds", "compounds_as_read", "is_broken"]

# The end of a line after a hyphen, with the indent or the signs of a quoted mail in the next line.
BREAK = r"[ \t]*(?:\r\n?|\n)[ \t>]*"
_ANDS = frozenset("&＆﹠")
_SEPARATE, _HYPHENATED, _BROKEN, _GLUED = range(4)  # how two tokens in a row are written
_SHORTEST = 3  # letters after an elided article
_APOSTROPHE = f"[{''.join(APOSTROPHES)}]"


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
    r"""Return the compounds of a text. `tokens` are the tokens of the text.

    A line end after a hyphen, before a lower-case letter, breaks a word: its parts are a compound.
    So are the two parts of a hyphenated word, each of which a line end may break. The part of a
    word after an elided article is a compound of one token.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text = "An anti-war e-mail, state-of-the-art, counter-ter-\nror, Côte d'Ivoire"
    >>> english = analyzer_of("en")
    >>> [compound.term for compound in compounds(text, english.tokens(text), english)]
    ['antiwar', 'email', 'terror', 'counterterror', 'ivoir']
    """
    plain = read(text)
    if plain is not text:
        tokens = analyzer.tokens_as_read(plain)
    return compounds_as_read(plain, tokens, analyzer)


def compounds_as_read(plain: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the compounds of a text that was read already; see `reading.read`."""
    return [*_joined(plain, tokens, analyzer), *_after_elisions(plain, tokens, analyzer)]


def _joined(plain: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the hyphenated and the broken words as one word each."""
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
            joined = analyzer.one_term([analyzer.form(plain, token) for token in tokens[start:end]])
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


def _after_elisions(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> list[Compound]:
    """Return the parts of words after an elided article."""
    elision = analyzer.elision
    if elision is None or APOSTROPHES.isdisjoint(text):
        return []
    found: list[Compound] = []
    seen: set[int] = set()  # a word has its compound, or none, whichever apostrophe is looked at
    starts = [token.start for token in tokens]
    for apostrophe in re.finditer(_APOSTROPHE, text):
        position = bisect(starts, apostrophe.start()) - 1
        if position in seen or position < 0 or apostrophe.start() >= tokens[position].end:
            continue
        seen.add(position)
        folded = fold(text[starts[position] : tokens[position].end])
        article = elision.match(folded)
        rest = folded[article.end() :].replace("'", "") if article else ""
        if len(rest) >= _SHORTEST and (word_and_term := analyzer.one_term([rest])):
            found.append(Compound(position, 1, *word_and_term))
    return found
