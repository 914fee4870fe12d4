"""Sets of documents as bits: document `d` is bit `d & 63` of word `d >> 6`.

A bit beyond the last document is never set. A number that fits nothing raises IndexError, by a
bounds check.
"""

from __future__ import annotations

import cython

__all__ = [
    "ascend",
    "between",
    "common",
    "count",
    "docs_of",
    "fill",
    "intersect",
    "kept",
    "merge",
    "places",
    "set_docs",
    "spread",
    "stretches",
    "subtract",
    "tally",
    "touched",
    "unite",
    "widen",
]

_ALL = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)
_PAIRS = cython.declare(cython.ulonglong, 0x5555_5555_5555_5555)
_FOURS = cython.declare(cython.ulonglong, 0x3333_3333_3333_3333)
_EIGHTS = cython.declare(cython.ulonglong, 0x0F0F_0F0F_0F0F_0F0F)
_SUMS = cython.declare(cython.ulonglong, 0x0101_0101_0101_0101)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _ones(word: cython.ulonglong) -> cython.longlong:
    """Return how many bits of a word are set: neighbours are added up, then pairs of them."""
    word = word - ((word >> 1) & _PAIRS)
    word = (word & _FOURS) + ((word >> 2) & _FOURS)
    word = (word + (word >> 4)) & _EIGHTS
    return cython.cast(cython.ulonglong, word * _SUMS) >> 56


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _fill(bits: cython.ulonglong[::1], start: cython.longlong, stop: cython.longlong) -> cython.int:
    """Set the bits `[start, stop)`."""
    word: cython.longlong = start >> 6
    last: cython.longlong = (stop - 1) >> 6
    if start >= stop:
        return 0
    head: cython.ulonglong = cython.cast(cython.ulonglong, _ALL << (start & 63))
    tail: cython.ulonglong = _ALL >> (63 - ((stop - 1) & 63))
    if word == last:
        bits[word] |= head & tail
        return 0
    bits[word] |= head
    word += 1
    while word < last:
        bits[word] = _ALL
        word += 1
    bits[last] |= tail
    return 0


def unite(
    bits: cython.ulonglong[::1],
    other: cython.const[cython.ulonglong][::1],
    twice: cython.ulonglong[::1],
) -> None:
    """Set the bits that are set in `other`, which is as long.

    And in `twice`, unless it is empty, those that are set in both.
    """
    i: cython.longlong
    counting: cython.bint = twice.shape[0] > 0
    with cython.nogil:
        if counting:
            for i in range(bits.shape[0]):
                twice[i] |= bits[i] & other[i]
        for i in range(bits.shape[0]):
            bits[i] |= other[i]


def intersect(bits: cython.ulonglong[::1], other: cython.const[cython.ulonglong][::1]) -> None:
    """Clear the bits that are not set in `other`."""
    i: cython.longlong
    with cython.nogil:
        for i in range(bits.shape[0]):
            bits[i] &= other[i]


def subtract(bits: cython.ulonglong[::1], other: cython.const[cython.ulonglong][::1]) -> None:
    """Clear the bits that are set in `other`."""
    i: cython.longlong
    with cython.nogil:
        for i in range(bits.shape[0]):
            bits[i] &= other[i] ^ _ALL


def count(bits: cython.const[cython.ulonglong][::1]) -> int:
    """Return how many bits are set."""
    i: cython.longlong
    total: cython.longlong = 0
    with cython.nogil:
        for i in range(bits.shape[0]):
            total += _ones(bits[i])
    return total


def set_docs(
    bits: cython.ulonglong[::1],
    docs: cython.const[cython.uint][::1],
    twice: cython.ulonglong[::1],
) -> None:
    """Set the bits of some documents; and in `twice`, unless it is empty, those that were set."""
    i: cython.longlong
    counting: cython.bint = twice.shape[0] > 0
    with cython.nogil:
        for i in range(docs.shape[0]):
            one: cython.ulonglong = _ONE << (docs[i] & 63)
            if counting:
                twice[docs[i] >> 6] |= bits[docs[i] >> 6] & one
            bits[docs[i] >> 6] |= one


def docs_of(bits: cython.const[cython.ulonglong][::1], docs: cython.uint[::1]) -> int:
    """Write the documents whose bits are set, ascending; return how many these are."""
    i: cython.longlong
    number: cython.longlong = 0
    with cython.nogil:
        for i in range(bits.shape[0]):
            word: cython.ulonglong = bits[i]
            while word:
                docs[number] = (i << 6) + _ones((word - 1) & (word ^ _ALL))
                number += 1
                word &= word - 1
    return number


def kept(
    bits: cython.const[cython.ulonglong][::1],
    docs: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write those of some documents whose bits are set; return how many these are.

    `out` is as long as `docs`, and may be `docs` itself.
    """
    i: cython.longlong
    number: cython.longlong = 0
    with cython.nogil:
        for i in range(docs.shape[0]):
            out[number] = docs[i]
            number += (bits[docs[i] >> 6] >> (docs[i] & 63)) & 1
    return number


def tally(
    bits: cython.const[cython.ulonglong][::1], numbers: cython.const[cython.uint][::1]
) -> tuple[int, int]:
    """Return the sum of the numbers of all documents whose bits are set.

    And how many of these are not 0.
    """
    i: cython.longlong
    total: cython.longlong = 0
    some: cython.longlong = 0
    with cython.nogil:
        for i in range(numbers.shape[0]):
            if numbers[i] and (bits[i >> 6] >> (i & 63)) & 1:
                total += numbers[i]
                some += 1
    return total, some


def fill(bits: cython.ulonglong[::1], start: cython.longlong, stop: cython.longlong) -> None:
    """Set the bits `[start, stop)`."""
    with cython.nogil:
        _fill(bits, start, stop)


def spread(
    units: cython.const[cython.ulonglong][::1],
    starts: cython.const[cython.uint][::1],
    stops: cython.const[cython.uint][::1],
    bits: cython.ulonglong[::1],
) -> None:
    """Set the bits of all documents `[starts[u], stops[u])` of the units `u` that are set."""
    i: cython.longlong
    with cython.nogil:
        for i in range(units.shape[0]):
            word: cython.ulonglong = units[i]
            while word:
                unit: cython.longlong = (i << 6) + _ones((word - 1) & (word ^ _ALL))
                _fill(bits, starts[unit], stops[unit])
                word &= word - 1


def touched(
    bits: cython.const[cython.ulonglong][::1],
    starts: cython.const[cython.uint][::1],
    stops: cython.const[cython.uint][::1],
    units: cython.ulonglong[::1],
) -> None:
    """Set the units `u` of which a document of `[starts[u], stops[u])` is set; starts ascend."""
    unit: cython.longlong
    i: cython.longlong = 0
    doc: cython.longlong = -1
    with cython.nogil:
        for unit in range(starts.shape[0]):
            if doc < starts[unit]:  # the first document from there on
                doc = starts[unit]
                i = doc >> 6
                if i >= bits.shape[0]:
                    break
                word: cython.ulonglong = bits[i] & cython.cast(cython.ulonglong, _ALL << (doc & 63))
                while not word and i + 1 < bits.shape[0]:
                    i += 1
                    word = bits[i]
                if not word:
                    break
                doc = (i << 6) + _ones((word - 1) & (word ^ _ALL))
            if doc < stops[unit]:
                units[unit >> 6] |= _ONE << (unit & 63)


def widen(
    data: cython.const[cython.uchar][::1], size: cython.longlong, out: cython.uint[::1]
) -> None:
    """Copy whole numbers of 1 or 2 bytes each to `out`."""
    i: cython.longlong
    with cython.nogil:
        if size == 1:
            for i in range(out.shape[0]):
                out[i] = data[i]
        else:
            for i in range(out.shape[0]):
                out[i] = data[2 * i] | (data[2 * i + 1] << 8)


def between(
    values: cython.const[cython.uint][::1],
    least: cython.longlong,
    most: cython.longlong,
    bits: cython.ulonglong[::1],
) -> None:
    """Set the bits of the units with a value from `least` to `most`."""
    i: cython.longlong
    with cython.nogil:
        for i in range(values.shape[0]):
            if least <= values[i] and values[i] <= most:
                bits[i >> 6] |= _ONE << (i & 63)


def common(
    docs: cython.const[cython.uint][::1],
    others: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents that are in two lists, which ascend; return how many these are."""
    i: cython.longlong
    j: cython.longlong = 0
    number: cython.longlong = 0
    with cython.nogil:
        for i in range(docs.shape[0]):
            step: cython.longlong = 1
            while j + step < others.shape[0] and others[j + step] < docs[i]:
                j += step
                step += step
            while step:
                if j + step < others.shape[0] and others[j + step] < docs[i]:
                    j += step
                step >>= 1
            if j < others.shape[0] and others[j] < docs[i]:
                j += 1
            if j == others.shape[0]:
                break
            if others[j] == docs[i]:
                out[number] = docs[i]
                number += 1
    return number


def merge(
    docs: cython.const[cython.uint][::1],
    others: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents that are in either of two lists, which ascend; return how many."""
    i: cython.longlong = 0
    j: cython.longlong = 0
    number: cython.longlong = 0
    with cython.nogil:
        while i < docs.shape[0] or j < others.shape[0]:
            if j == others.shape[0] or (i < docs.shape[0] and docs[i] < others[j]):
                out[number] = docs[i]
                i += 1
            else:
                if i < docs.shape[0] and docs[i] == others[j]:
                    i += 1
                out[number] = others[j]
                j += 1
            number += 1
    return number


def stretches(
    firsts: cython.const[cython.uint][::1],
    size: cython.longlong,
    starts: cython.uint[::1],
    stops: cython.uint[::1],
) -> int:
    """Write where the stretches of `size` documents of a unit begin and end; return how many.

    Of a unit with fewer it is the whole. `firsts` are the first documents of the units, and the
    number of documents.
    """
    unit: cython.longlong
    number: cython.longlong = 0
    with cython.nogil:
        for unit in range(firsts.shape[0] - 1):
            start: cython.longlong = firsts[unit]
            while start < firsts[unit + 1] and (
                start == firsts[unit] or start + size <= firsts[unit + 1]
            ):
                starts[number] = start
                stops[number] = min(start + size, firsts[unit + 1])
                number += 1
                start += 1
    return number


def ascend(numbers: cython.const[cython.uint][::1], least: cython.longlong) -> bool:
    """Return whether each number is at least so much more than the one before."""
    i: cython.longlong
    done: cython.bint = True
    with cython.nogil:
        for i in range(1, numbers.shape[0]):
            before: cython.longlong = numbers[i - 1]
            if numbers[i] < before + least:
                done = False
                break
    return done


def places(numbers: cython.const[cython.uint][::1], out: cython.uint[::1]) -> None:
    """Write where each number stands, for as many different ones as there are."""
    i: cython.longlong
    with cython.nogil:
        for i in range(numbers.shape[0]):
            out[numbers[i]] = i
