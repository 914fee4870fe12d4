"""Sorted numbers as sets."""

import threading

import numpy as np
import numpy.typing as npt

__all__ = [
    "POSITION_BITS",
    "DocIds",
    "Mask",
    "distinct",
    "look_up",
    "union",
]

DocIds = npt.NDArray[np.int64]  # numbers of passages or other units, ascending and each once
Mask = npt.NDArray[np.bool_]
POSITION_BITS = 32
_FEW = 8  # times as long: a list in which another's items are looked up, rather than merged
_MANY = 2048  # numbers from which a search for each takes longer than to go through all

_local = threading.local()


def look_up(
    sorted_in: npt.NDArray[np.int_], wanted: npt.NDArray[np.int_]
) -> tuple[Mask, npt.NDArray[np.signedinteger]]:
    """Return which of some sorted numbers are among other ones, and the places of these there.

    The places of the others are any, even one beyond the last.
    """
    if not len(sorted_in):
        return np.zeros(len(wanted), bool), np.zeros(len(wanted), np.int64)
    places: npt.NDArray[np.signedinteger]
    if len(wanted) > _MANY and len(wanted) * _FEW > len(sorted_in):
        # Every number's place is written where the number says, and read back.
        scratch = _scratch(int(max(sorted_in[-1], wanted.max())) + 1)
        scratch[sorted_in] = np.arange(len(sorted_in), dtype=np.int32)
        places = scratch[wanted]
    else:
        places = sorted_in.searchsorted(wanted)
    return sorted_in.take(places, mode="clip") == wanted, places


def _scratch(size: int) -> npt.NDArray[np.int32]:
    """Return numbers that are this thread's, and hold anything from 0."""
    if getattr(_local, "size", -1) < size:
        _local.size, _local.numbers = size, np.zeros(size, np.int32)
    numbers: npt.NDArray[np.int32] = _local.numbers
    return numbers


def distinct(numbers: npt.NDArray[np.int64]) -> DocIds:
    """Return sorted numbers each once."""
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first]


def union(one: DocIds, other: DocIds) -> DocIds:
    """Return the numbers that are among some or among others."""
    if not len(other):
        return one
    return distinct(np.sort(np.concatenate([one, other]), kind="stable"))
