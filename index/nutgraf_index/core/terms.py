"""Sorted terms, one after the other as bytes: found by halving."""

from __future__ import annotations

import cython

__all__ = ["at_least", "docs_of_form", "find", "number_forms"]


@cython.cfunc
@cython.nogil
@cython.exceptval(-2)
def _compared(
    text: cython.const[cython.uchar][::1],
    start: cython.size_t,
    stop: cython.size_t,
    term: cython.const[cython.uchar][::1],
) -> cython.int:
    """Return -1, 0 or 1 as `text[start:stop]` comes before `term`, is the same or comes after."""
    i: cython.size_t = 0
    size: cython.size_t = term.shape[0]
    while i < size and start < stop:
        if text[start] != term[i]:
            return 1 if text[start] > term[i] else -1
        i += 1
        start += 1
    if i < size:
        return -1
    return 1 if start < stop else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _at_least(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> cython.longlong:
    low: cython.longlong = 0
    high: cython.longlong = ends.shape[0] - 1
    middle: cython.longlong
    while low < high:
        middle = (low + high) >> 1
        if _compared(text, ends[middle], ends[middle + 1], term) < 0:
            low = middle + 1
        else:
            high = middle
    return low


def at_least(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> int:
    """Return the index of the first term that is not less than `term`, or the number of terms.

    Term `i` is `text[ends[i] : ends[i + 1]]`. Terms are sorted.
    """
    low: cython.longlong
    with cython.nogil:
        low = _at_least(text, ends, term)
    return low


def find(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> int:
    """Return the index of a term, or -1; see `at_least`."""
    low: cython.longlong
    with cython.nogil:
        low = _at_least(text, ends, term)
        if low + 1 >= ends.shape[0] or _compared(text, ends[low], ends[low + 1], term):
            low = -1
    return low


def number_forms(
    stems: cython.const[cython.uint][::1],
    counts: cython.uint[::1],
    forms: cython.uint[::1],
) -> None:
    """Number the words of each term from 0, in their order.

    Args:
        stems: the term of each word
        counts: how many words each term has, all 0; changed
        forms: to take the number of each word
    """
    word: cython.longlong
    with cython.nogil:
        for word in range(stems.shape[0]):
            forms[word] = counts[stems[word]]
            counts[stems[word]] += 1


def docs_of_form(
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    forms: cython.const[cython.ushort][::1],
    form: cython.longlong,
    made: cython.uint[::1],
) -> int:
    """Find the documents in which a term stands in one of its forms; return how many there are.

    Args:
        docs: the documents of the term
        freqs: how often it stands in each
        forms: the form of each occurrence, document by document
        form: the form that is wanted
        made: to take the documents, with room for all
    """
    found: cython.longlong = 0
    at: cython.longlong = 0
    end: cython.longlong
    i: cython.longlong
    with cython.nogil:
        for i in range(docs.shape[0]):
            end = at + freqs[i]
            while at < end and forms[at] != form:
                at += 1
            if at < end:
                made[found] = docs[i]
                found += 1
                at = end
    return found
