"""Units in which parts stand near each other: `results/near.py` for all units of a segment at once.

A place is a unit and a position as one number. Between places of different units there are more
words than any distance allows.
"""

from collections.abc import Sequence

import numpy as np

from nutgraf.positions.phrase import POSITION_BITS, DocIds, PositionKeys, distinct

__all__ = ["Stretches", "near_units"]

Stretches = tuple[PositionKeys, PositionKeys]  # where occurrences begin, and where they have ended
_Ended = tuple[PositionKeys, PositionKeys]  # where arrangements have ended, and their slack


def near_units(parts: Sequence[Stretches], slop: int, *, ordered: bool) -> DocIds:
    """Return the units with an arrangement of all parts with a slack of at most `slop`."""
    ends, _ = (_in_order if ordered else _in_any_order)(parts, slop)
    return distinct(np.sort(ends >> POSITION_BITS))


def _in_order(parts: Sequence[Stretches], slop: int) -> _Ended:
    first, *more = parts
    ended = first[1], np.zeros(len(first[1]), np.int64)
    for part in more:
        ended = _after(ended, part, slop)
    return ended


def _in_any_order(parts: Sequence[Stretches], slop: int) -> _Ended:
    """Return how arrangements of all parts end, from those of each set of parts."""
    best: list[_Ended] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for some in range(1, 1 << len(parts)):
        found = []
        for number, part in enumerate(parts):
            rest = some & ~(1 << number)
            if rest == some:
                continue
            if not rest:
                found.append((part[1], np.zeros(len(part[1]), np.int64)))
            elif len(best[rest][0]):
                found.append(_after(best[rest], part, slop))
        ends, slacks = zip(*found, strict=True) if found else ((), ())
        best.append((_joined(ends), _joined(slacks)))
    return best[-1]


def _joined(arrays: Sequence[PositionKeys]) -> PositionKeys:
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def _after(ended: _Ended, part: Stretches, slop: int) -> _Ended:
    """Add to arrangements a part that stands after them; leave out those with too much slack."""
    ends, slacks = ended
    starts, stops = part
    if not len(ends):
        return ends, slacks
    order = np.argsort(ends, kind="stable")
    ends = ends[order]
    least = np.minimum.accumulate(slacks[order] - ends)
    before = ends.searchsorted(starts, "right")
    some = np.flatnonzero(before)
    more = least[before[some] - 1] + starts[some]
    kept = more <= slop
    return stops[some[kept]], more[kept]
