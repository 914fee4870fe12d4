"""Words of two parts with a hyphen between, as the one word they may be written as. Pure."""

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from nutgraf_index.analysis.analyzer import Token, analyse

__all__ = ["HYPHENS", "as_one", "compounds", "joined"]

HYPHENS = frozenset("-\u2010\u2011")
_AROUND_WORDS = "'\"“”‘’.,;:!?()[]_*"
_KEPT = 64  # characters of a stretch that is remembered: few are longer
_NONE: frozenset[str] = frozenset()
_TWO_WORDS = re.compile("[A-Za-z0-9]+-[A-Za-z0-9]+")


def as_one(words: Iterable[str]) -> tuple[str, str] | None:
    """Return folded words written as one, and its term; None if that is a number or no word.

    >>> as_one(["e", "mails"]), as_one(["10", "12"])
    (('emails', 'email'), None)
    """
    whole = "".join(words)
    tokens = [] if whole.isdigit() else analyse(whole)
    return (whole, tokens[0].term) if len(tokens) == 1 else None


def joined(text: str, tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """Return where a text has words of two parts with a hyphen between, and their terms as one.

    `tokens` are the text's words; the place is that of the first part.

    >>> text = "An anti-war e-mail, state-of-the-art"
    >>> joined(text, analyse(text))
    [(1, 'antiwar'), (3, 'email')]
    """
    if len(tokens) < 2 or HYPHENS.isdisjoint(text):
        return []
    tied = [text[one.end : other.start] in HYPHENS for one, other in pairwise(tokens)]
    # Of more parts than two, none are taken for a word.
    alone = [
        at
        for at, here in enumerate(tied)
        if here and not any(tied[max(at - 1, 0) : at]) and not any(tied[at + 1 : at + 2])
    ]
    found = [(at, as_one([tokens[at].word, tokens[at + 1].word])) for at in alone]
    return [(at, whole[1]) for at, whole in found if whole is not None]


def compounds(text: str) -> Set[str]:
    """Return the terms that `joined` finds in a text."""
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
        found.update(_known(stretch) if len(stretch) <= _KEPT else _compounds(stretch))
        at = text.find("-", end) if end > 0 else -1
    return found


def _compounds(stretch: str) -> tuple[str, ...]:
    if _TWO_WORDS.fullmatch(stretch):  # most are: sooner told than by what is said of any
        whole = stretch.lower().replace("-", "")
        return () if whole.isdigit() else (analyse(whole)[0].term,)
    return tuple(term for _, term in joined(stretch, analyse(stretch)))


_known = lru_cache(maxsize=1 << 15)(_compounds)
