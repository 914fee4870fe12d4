"""Sorted terms, one after the other as bytes: found by halving."""

from __future__ import annotations

import cython

__all__ = ["at_least"]


def at_least(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> int:
    """Return the index of the first term that is not less than `term`, or the number of terms.

    Term `i` is `text[ends[i] : ends[i + 1]]`. Terms are sorted.
    """
    low: cython.longlong = 0
    high: cython.longlong = ends.shape[0] - 1
    middle: cython.longlong
    i: cython.longlong
    start: cython.longlong
    size: cython.longlong
    both: cython.longlong
    before: cython.bint
    with cython.nogil:
        while low < high:
            middle = (low + high) >> 1
            start = ends[middle]
            size = ends[middle + 1] - start
            both = min(size, term.shape[0])
            before = size < term.shape[0]
            for i in range(both):
                if text[start + i] != term[i]:
                    before = text[start + i] < term[i]
                    break
            if before:
                low = middle + 1
            else:
                high = middle
    return low
