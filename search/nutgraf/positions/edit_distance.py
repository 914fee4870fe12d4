"""Edits that make one word of another, each at a cost. Pure.

An edit adds, drops or changes a character, or swaps two neighbours, and no character is edited
twice: optimal string alignment, as in Lucene's fuzzy queries.
"""

import math
from collections.abc import Callable, Sequence

__all__ = ["distance", "within"]


def distance(
    word: str,
    other: str,
    dropped: Sequence[float],
    added: Sequence[float],
    changed: Callable[[int, int], float],
    swapped: float,
    most: float = math.inf,
) -> float:
    """Return the least cost of the edits that make `other` of `word`; anything above `most`.

    `dropped[i]` is what it costs to drop character i of `word`, `added[j]` to add character j of
    `other`, `changed(i, j)` to change the one to the other, `swapped` to swap two neighbours. Time
    is that of the product of the lengths.
    """
    before: list[float] = []
    row = [0.0]
    for cost in added:
        row.append(row[-1] + cost)
    for i, character in enumerate(word):
        earlier, before = before, row
        row = [before[0] + dropped[i]]
        for j, wanted in enumerate(other):
            cost = before[j] if character == wanted else before[j] + changed(i, j)
            if before[j + 1] + dropped[i] < cost:
                cost = before[j + 1] + dropped[i]
            if row[j] + added[j] < cost:
                cost = row[j] + added[j]
            if i and j and character == other[j - 1] and word[i - 1] == wanted:
                cost = min(cost, earlier[j - 1] + swapped)
            row.append(cost)
        if min(row) > most and min(before) >= most:
            return math.inf
    return row[-1]


def within(word: str, other: str, most: int) -> bool:
    """Whether at most `most` edits, 1 or 2, make one word of another.

    >>> within("missle", "missile", 1), within("misisle", "missile", 1), within("ab", "ba", 1)
    (True, True, True)
    """
    if abs(len(word) - len(other)) > most:
        return False
    ones = (1,) * max(len(word), len(other))
    return distance(word, other, ones, ones[: len(other)], lambda i, j: 1, 1, most) <= most
