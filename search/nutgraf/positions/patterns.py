"""Words like a pattern of `*` and `?`, and words a few edits from another. Pure."""

import fnmatch
import re
from collections.abc import Callable
from functools import lru_cache

__all__ = ["like", "within"]


@lru_cache(maxsize=1024)
def like(pattern: str) -> Callable[[str], object]:
    """Return what tells whether all of a word or path is like a pattern.

    `*` is any characters, `?` one, and nothing else is a sign. Time is linear in the word:
    what a `*` took is not taken back.

    >>> bool(like("wom?n")("women")), bool(like("mis*le")("missiles"))
    (True, False)
    """
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match


def within(word: str, other: str, most: int) -> bool:
    """Whether at most `most` edits, 1 or 2, make one word of another.

    An edit adds, drops or changes a character, or swaps two neighbours, and no character is
    edited twice (optimal string alignment, as in Lucene's fuzzy queries).

    >>> within("missle", "missile", 1), within("misisle", "missile", 1), within("ab", "ba", 1)
    (True, True, True)
    """
    if abs(len(word) - len(other)) > most:
        return False
    if word == other:
        return True
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, character in enumerate(word):
        earlier, before = before, row
        row = [at + 1]
        for to, wanted in enumerate(other):
            edits = before[to] + (character != wanted)
            if before[to + 1] < edits:
                edits = before[to + 1] + 1
            if row[to] < edits:
                edits = row[to] + 1
            if at and to and character == other[to - 1] and word[at - 1] == wanted:
                edits = min(edits, earlier[to - 1] + 1)
            row.append(edits)
        if min(row) > most and min(before) >= most:
            return False
    return row[-1] <= most
