"""Where parts stand near each other: the words of all arrangements within a distance. Pure.

An arrangement takes one occurrence of each part, no two sharing a word; its slack is how many words
from its first to its last are none of theirs. For each occurrence it is enough to know the least
slack of what can stand before it and of what can stand after it. To go once through the
occurrences by place gives both: in order, time is linear in them; in any order it is, times the
sets of parts that can come first.
"""

from collections.abc import Iterator, Sequence

__all__ = ["Occurrence", "near"]

Occurrence = tuple[int, int]  # the first place of a part's words, and that after the last
_FAR = 1 << 60  # words: a slack that nothing has


def near(parts: Sequence[Sequence[Occurrence]], slop: int, *, ordered: bool) -> set[int]:
    """Return the places of the words of all arrangements with a slack of at most `slop`.

    Occurrences are sorted. If `ordered`, parts stand in the order given. Empty if there is no
    arrangement.

    >>> sorted(near([[(0, 1), (7, 8)], [(2, 3)]], 4, ordered=False))
    [0, 2, 7]
    """
    places: set[int] = set()
    for (start, end), slack in (_in_order if ordered else _in_any_order)(parts, slop):
        if slack <= slop:
            places.update(range(start, end))
    return places


def _in_order(parts: Sequence[Sequence[Occurrence]], _: int) -> Iterator[tuple[Occurrence, int]]:
    """Yield each occurrence with the least slack of an arrangement it is in."""
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
        ended = sorted((one[1], slack - one[1]) for one, slack in slacks[-1].items())
        ended.append((_FAR, 0))
        best, at = _FAR, 0
        row = {}
        for one in part:
            while ended[at][0] <= one[0]:
                best = min(best, ended[at][1])
                at += 1
            row[one] = best + one[0]
        slacks.append(row)
    return slacks


_Event = tuple[int, int, int]  # an occurrence, and the part it is of as a bit


def _in_any_order(
    parts: Sequence[Sequence[Occurrence]], slop: int
) -> Iterator[tuple[Occurrence, int]]:
    """Yield each occurrence with the least slack of an arrangement it is in, if that is in slop."""
    # Of equal parts the first stands first: else each order of them would be tried.
    equal: dict[tuple[Occurrence, ...], int] = {}
    earlier: dict[int, int] = {}
    for number, part in enumerate(map(tuple, parts)):
        earlier[1 << number] = equal.get(part, 0)
        equal[part] = 1 << number
    later = {first: bit for bit, first in earlier.items()}
    events = [(*one, 1 << number) for number, part in enumerate(parts) for one in part]
    before = _slacks(events, slop, earlier)
    after = _slacks([(-end, -start, bit) for start, end, bit in events], slop, later)
    everything = (1 << len(parts)) - 1
    for (start, end, bit), lower, upper in zip(events, before, after, strict=True):
        rest = everything ^ bit
        slacks = (slack + upper.get(rest ^ some, _FAR) for some, slack in lower.items())
        yield (start, end), min(slacks, default=_FAR)


def _slacks(events: list[_Event], slop: int, needs: dict[int, int]) -> list[dict[int, int]]:
    """Return for each occurrence the least slack before it, by the set of parts before it.

    `needs` is a part that must be in the set, for each part that has one.
    """
    found: list[dict[int, int]] = [{} for _ in events]
    best: dict[int, int] = {}  # by set of parts: the least slack, less the place where they end
    ended: dict[int, list[tuple[int, int]]] = {}  # what becomes best at a place
    order = sorted(range(len(events)), key=events.__getitem__)
    place = events[order[0]][0] if order else 0
    for number in order:
        start, end, bit = events[number]
        while place < start:
            place += 1
            for some, slack in ended.pop(place, ()):
                best[some] = min(slack, best.get(some, slack))
        needed = needs.get(bit, 0)
        lower = found[number]
        if not needed:
            lower[0] = 0
        for some, slack in best.items():
            if slack + start <= slop and not some & bit and some & needed == needed:
                lower[some] = slack + start
        for some, slack in lower.items():
            ended.setdefault(end, []).append((some | bit, slack - end))
    return found
