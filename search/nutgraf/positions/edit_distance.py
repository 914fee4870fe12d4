"""Edit distances with a cost for each edit. Pure.

An edit adds, drops or changes a character, or swaps two neighbours; no character is edited twice.
This is optimal string alignment, as in Lucene's fuzzy queries.
"""

import math
from collections.abc import Callable, Sequence

__all__ = ["distance", "within"]


def distance(
    word: str,
    target: str,
    dropped: Sequence[float],
    added: Sequence[float],
    changed: Callable[[int, int], float],
    swapped: float,
    most: float = math.inf,
) -> float:
    """Return the lowest cost of the edits that turn `word` into `target`.

    Takes time proportional to the product of the lengths.

    Args:
        dropped: cost of dropping each character of `word`
        added: cost of adding each character of `target`
        changed: returns the cost of changing character i of `word` to character j of `target`
        swapped: cost of swapping two neighbours
        most: limit of the search; for a distance above `most`, any number above `most` is returned
    """
    before: list[float] = []
    row = [0.0]
    for cost in added:
        row.append(row[-1] + cost)
    for i, character in enumerate(word):
        earlier, before = before, row
        row = [before[0] + dropped[i]]
        for j, letter in enumerate(target):
            cost = before[j] if character == letter else before[j] + changed(i, j)
            if before[j + 1] + dropped[i] < cost:
                cost = before[j + 1] + dropped[i]
            if row[j] + added[j] < cost:
                cost = row[j] + added[j]
            if i and j and character == target[j - 1] and word[i - 1] == letter:
                cost = min(cost, earlier[j - 1] + swapped)
            row.append(cost)
        if min(row) > most and min(before) >= most:
            return math.inf
    return row[-1]


def within(word: str, target: str, most: int) -> bool:
    """Whether at most `most` edits, 1 or 2, turn `word` into `target`.

    >>> within("missle", "missile", 1), within("misisle", "missile", 1), within("ab", "ba", 1)
    (True, True, True)
    """
    if abs(len(word) - len(target)) > most:
        return False
    ones = (1,) * max(len(word), len(target))
    return distance(word, target, ones, ones[: len(target)], lambda i, j: 1, 1, most) <= most
