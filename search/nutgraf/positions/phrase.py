"""Sorted numbers as sets, and words in a row by the places where they stand.

A place is a unit and a position as one number, so that the places after some are these plus one.
"""

import threading
from functools import reduce

import numpy as np
import numpy.typing as npt

from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.writing.postings_arrays import find, positions_of, read

__all__ = [
    "POSITION_BITS",
    "DocIds",
    "Mask",
    "PositionKeys",
    "distinct",
    "look_up",
    "phrase",
    "phrase_of_choices",
    "phrase_positions",
    "union",
]

DocIds = npt.NDArray[np.int64]  # numbers of passages or other units, ascending and each once
PositionKeys = npt.NDArray[np.int64]
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


def phrase(postings: PostingsReader, terms: list[int]) -> DocIds:
    """Return the units where terms, by their numbers, stand in a row."""
    return distinct(phrase_positions(postings, terms) >> POSITION_BITS)


def phrase_positions(postings: PostingsReader, terms: list[int]) -> PositionKeys:
    """Return where rows of terms begin; nowhere if the number of one is -1."""
    places = np.zeros(0, np.int64) if min(terms) < 0 else None
    for term in sorted(dict.fromkeys(terms), key=postings.count) if places is None else ():
        found = _places(postings, term, places)
        for at in (at for at, one in enumerate(terms) if one == term):
            places = found - at if places is None else _both(places, found - at)
    assert places is not None
    return places


def phrase_of_choices(postings: PostingsReader, choices: list[DocIds]) -> PositionKeys:
    """Return where rows begin that have one of some words, by their numbers, at each place."""
    if not all(map(len, choices)):
        return np.zeros(0, np.int64)
    rows = [np.sort(_occurrences(postings, words)) - at for at, words in enumerate(choices)]
    return reduce(_both, sorted(rows, key=len))


def _both(one: PositionKeys, other: PositionKeys) -> PositionKeys:
    """Return the numbers that are in both, each of which is sorted and has them once."""
    few, many = sorted((one, other), key=len)
    if len(few) * _FEW < len(many):
        return few[look_up(many, few)[0]]
    joined = np.concatenate([few, many])
    joined.sort(kind="stable")  # which merges what is sorted in two parts
    both: PositionKeys = joined[:-1][joined[:-1] == joined[1:]]
    return both


def _places(postings: PostingsReader, term: int, within: PositionKeys | None) -> PositionKeys:
    """Return where a term stands: unit and position as one number, sorted.

    With the places of another only those in its units, if these are few.
    """
    if within is None or len(within) > postings.count(term):
        lists = read(postings, term, term + 1)
        return _keys(lists.docs.repeat(lists.freqs), lists.positions)
    units = distinct(within >> POSITION_BITS)
    held, freqs, starts = find(postings, term, units)
    return _keys(units[held].repeat(freqs), positions_of(postings, starts, freqs))


def _keys(units: npt.NDArray[np.int_], positions: npt.NDArray[np.int_]) -> PositionKeys:
    """Return units and positions as one number each."""
    keys: PositionKeys = units.astype(np.int64) << POSITION_BITS
    keys += positions
    return keys


def _occurrences(postings: PostingsReader, words: DocIds) -> PositionKeys:
    """Return where any of some words stands: unit and position as one number, unsorted."""
    stems = np.asarray(postings.stems)[words].astype(np.int64)
    forms = np.asarray(postings.form_of_word)[words]
    form_counts = np.asarray(postings.form_counts).astype(np.int64)
    found = [np.zeros(0, np.int64)]
    terms = distinct(np.sort(stems))
    for run in np.split(terms, np.flatnonzero(np.diff(terms) != 1) + 1) if len(terms) else ():
        first, last = int(run[0]), int(run[-1]) + 1
        lists = read(postings, first, last)
        keys = _keys(lists.docs.repeat(lists.freqs), lists.positions)
        inside = (stems >= first) & (stems < last)
        if np.count_nonzero(inside) < form_counts[first:last].sum():
            # Some words of these stems are not among them: their occurrences are left out.
            owners = np.arange(last - first).repeat(lists.counts).repeat(lists.freqs)
            offsets = np.cumsum(form_counts[first:last]) - form_counts[first:last]
            wanted = np.zeros(int(form_counts[first:last].sum()), bool)
            wanted[offsets[stems[inside] - first] + forms[inside]] = True
            keys = keys[wanted[offsets[owners] + lists.forms]]
        found.append(keys)
    return np.concatenate(found)
