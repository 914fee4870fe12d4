"""Edit distances with a cost for each edit. Pure.

An edit adds, drops or changes a character, or swaps two neighbours; no character is edited twice.
This is optimal string alignment, as in Lucene's fuzzy queries.
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
    """Return the lowest cost of the edits that turn `word` into `other`.

    Takes time proportional to the product of the lengths.

    Args:
        dropped: cost of dropping each character of `word`
        added: cost of adding each character of `other`
        changed: returns the cost of changing character i of `word` to character j of `other`
        swapped: cost of swapping two neighbours
        most: for a distance above `most`, any number above `most` may be returned
    """
    before: list[float] = []
    row = [0.0]
    for cost in added:
        row.append(row[-1] + cost)
    for i, character in enumerate(word):
        earlier, before = before, row
        row = [before[0] + dropped[i]]
        for j, target in enumerate(other):
            cost = before[j] if character == target else before[j] + changed(i, j)
            if before[j + 1] + dropped[i] < cost:
                cost = before[j + 1] + dropped[i]
            if row[j] + added[j] < cost:
                cost = row[j] + added[j]
            if i and j and character == other[j - 1] and word[i - 1] == target:
                cost = min(cost, earlier[j - 1] + swapped)
            row.append(cost)
        if min(row) > most and min(before) >= most:
            return math.inf
    return row[-1]


def within(word: str, other: str, most: int) -> bool:
    """Whether at most `most` edits, 1 or 2, turn `word` into `other`.

    >>> within("missle", "missile", 1), within("misisle", "missile", 1), within("ab", "ba", 1)
    (True, True, True)
    """
    if abs(len(word) - len(other)) > most:
        return False
    ones = (1,) * max(len(word), len(other))
    return distance(word, other, ones, ones[: len(other)], lambda i, j: 1, 1, most) <= most
