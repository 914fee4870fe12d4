"""Words of the parts of a NEAR node, for highlighting. Pure.

An arrangement has one occurrence of each part; occurrences do not share words. Its slack is the
number of words between its first and last word that belong to no occurrence. An occurrence is in
an arrangement with a slack of at most `slop` if the least slack before it and the least slack after
it add up to at most `slop`. One pass over the occurrences in each direction finds both. A pass
takes time linear in the occurrences; if the parts are not ordered, also in the sets of parts.
"""

from collections.abc import Iterator, Sequence

__all__ = ["Occurrence", "near"]

Occurrence = tuple[int, int]  # the positions of a part's words, half-open
_FAR = 1 << 60  # words: above any slack


def near(parts: Sequence[Sequence[Occurrence]], slop: int, *, ordered: bool) -> set[int]:
    """Return the positions of the words of all arrangements with a slack of at most `slop`.

    Args:
        parts: the occurrences of each part, sorted
        slop: maximum slack in words
        ordered: whether the parts must stand in the given order

    >>> sorted(near([[(0, 1), (7, 8)], [(2, 3)]], 4, ordered=False))
    [0, 2, 7]
    """
    positions: set[int] = set()
    for (start, end), slack in (_in_order if ordered else _in_any_order)(parts, slop):
        if slack <= slop:
            positions.update(range(start, end))
    return positions


def _in_order(parts: Sequence[Sequence[Occurrence]], _: int) -> Iterator[tuple[Occurrence, int]]:
    """Yield each occurrence with the least slack of the arrangements that have it."""
    mirrored = [sorted((-end, -start) for start, end in part) for part in reversed(parts)]
    for part, before, after in zip(
        parts, _slacks_in_order(parts), reversed(_slacks_in_order(mirrored)), strict=True
    ):
        for start, end in part:
            yield (start, end), before[start, end] + after[-end, -start]


def _slacks_in_order(parts: Sequence[Sequence[Occurrence]]) -> list[dict[Occurrence, int]]:
    """Return for each part the least slack before each of its occurrences."""
    slacks = [dict.fromkeys(parts[0], 0)]
    for part in parts[1:]:
        ends = sorted((end, slack - end) for (_, end), slack in slacks[-1].items())
        ends.append((_FAR, 0))
        best, i = _FAR, 0
        row = {}
        for start, end in part:
            while ends[i][0] <= start:
                best = min(best, ends[i][1])
                i += 1
            row[start, end] = best + start
        slacks.append(row)
    return slacks


_Event = tuple[int, int, int]  # the positions of an occurrence, and its part as a bit


def _in_any_order(
    parts: Sequence[Sequence[Occurrence]], slop: int
) -> Iterator[tuple[Occurrence, int]]:
    """Yield each occurrence with the least slack of the arrangements that have it.

    A slack above `slop` may be yielded as any number above `slop`.
    """
    # Equal parts stand in the given order, so that their other orders are not tried.
    equal: dict[tuple[Occurrence, ...], int] = {}
    earlier: dict[int, int] = {}
    for number, part in enumerate(map(tuple, parts)):
        earlier[1 << number] = equal.get(part, 0)
        equal[part] = 1 << number
    later = {first: bit for bit, first in earlier.items()}
    events = [(*pair, 1 << number) for number, part in enumerate(parts) for pair in part]
    lowers = _slacks(events, slop, earlier)
    uppers = _slacks([(-end, -start, bit) for start, end, bit in events], slop, later)
    everything = (1 << len(parts)) - 1
    for (start, end, bit), lower, upper in zip(events, lowers, uppers, strict=True):
        rest = everything ^ bit
        slacks = (slack + upper.get(rest ^ before, _FAR) for before, slack in lower.items())
        yield (start, end), min(slacks, default=_FAR)


def _slacks(events: list[_Event], slop: int, needs: dict[int, int]) -> list[dict[int, int]]:
    """Return for each occurrence the least slack before it, by the set of parts before it.

    Sets of parts are bits. `needs` has, for a part, the part that must stand before it.
    """
    slacks: list[dict[int, int]] = [{} for _ in events]
    best: dict[int, int] = {}  # by set of parts: the least slack minus the position where it ends
    ends: dict[int, list[tuple[int, int]]] = {}  # by position: the sets of parts that end there
    order = sorted(range(len(events)), key=events.__getitem__)
    position = events[order[0]][0] if order else 0
    for number in order:
        start, end, bit = events[number]
        while position < start:
            position += 1
            for parts, slack in ends.pop(position, ()):
                best[parts] = min(slack, best.get(parts, slack))
        needed = needs.get(bit, 0)
        lower = slacks[number]
        if not needed:
            lower[0] = 0
        for parts, slack in best.items():
            if slack + start <= slop and not parts & bit and parts & needed == needed:
                lower[parts] = slack + start
        for parts, slack in lower.items():
            ends.setdefault(end, []).append((parts | bit, slack - end))
    return slacks
