"""Sorted terms, one after the other in UTF-8: found by halving, by a pattern, and by edits.

Term `i` is `text[ends[i] : ends[i + 1]]`. Surrogates are encoded as other characters are.
"""

from __future__ import annotations

import cython

__all__ = ["at_least", "docs_of_form", "find", "like", "number_forms", "within"]

_STAR = cython.declare(cython.uchar, 0x2A)
_QUESTION_MARK = cython.declare(cython.uchar, 0x3F)
_FAR = cython.declare(cython.longlong, 1 << 30)  # edits


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _size(byte: cython.uchar) -> cython.longlong:
    """Return of how many bytes the character is that a byte begins."""
    if byte < 0x80:
        return 1
    if byte < 0xE0:
        return 2
    return 3 if byte < 0xF0 else 4


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
    while low < high:
        middle: cython.longlong = (low + high) >> 1
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

    Terms are sorted by their bytes.
    """
    with cython.nogil:
        low: cython.longlong = _at_least(text, ends, term)
    return low


def find(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> int:
    """Return the index of a term, or -1; see `at_least`."""
    with cython.nogil:
        low: cython.longlong = _at_least(text, ends, term)
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
    i: cython.longlong
    with cython.nogil:
        for i in range(docs.shape[0]):
            end: cython.longlong = at + freqs[i]
            while at < end and forms[at] != form:
                at += 1
            if at < end:
                made[found] = docs[i]
                found += 1
                at = end
    return found


def like(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    first: cython.longlong,
    last: cython.longlong,
    pattern: cython.const[cython.uchar][::1],
    out: cython.uint[::1],
) -> int:
    """Write the indexes of the terms `[first, last)` like a pattern; return how many these are.

    In the pattern, in UTF-8 as well, `*` is any characters and `?` is one. After a `*` the rest up
    to the next is found where it stands first; only the last `*` takes more, if it must.
    """
    size: cython.longlong = pattern.shape[0]
    term: cython.longlong
    i: cython.longlong
    stop: cython.longlong
    at: cython.longlong
    star: cython.longlong
    taken: cython.longlong
    number: cython.longlong = 0
    with cython.nogil:
        for term in range(first, last):
            i, stop = ends[term], ends[term + 1]
            at, star, taken = 0, -1, i
            while True:
                if at < size and pattern[at] == _STAR:
                    at += 1
                    star, taken = at, i
                elif i >= stop or star == size:
                    break
                elif at < size and pattern[at] == _QUESTION_MARK:
                    at += 1
                    i += _size(text[i])
                elif at < size and pattern[at] == text[i]:
                    at += 1
                    i += 1
                elif star < 0:
                    at = -1
                    break
                else:
                    taken += _size(text[taken])
                    at, i = star, taken
            if at == size:
                out[number] = term
                number += 1
    return number


def within(
    text: cython.const[cython.uchar][::1],
    ends: cython.const[cython.uint][::1],
    first: cython.longlong,
    last: cython.longlong,
    word: cython.const[cython.uint][::1],
    edits: cython.longlong,
    out: cython.uint[::1],
) -> int:
    """Write the indexes of the terms `[first, last)` that at most so many edits make of a word.

    An edit adds, drops or changes a character, or swaps two neighbours, and no character is edited
    twice: optimal string alignment. What the beginning of a term costs is worked out once for
    all neighbours that begin so.

    Args:
        word: its characters
        edits: from 0
        out: as many as there are terms

    Returns:
        how many terms these are
    """
    size: cython.longlong = word.shape[0]
    width: cython.longlong = 2 * edits + 3
    # A row for each number of characters of a term: the costs to make of these the first
    # characters of the word, from `edits` fewer to `edits` more, between two that are too dear.
    rows: cython.longlong[::1] = memoryview(bytearray(8 * (size + edits + 1) * width)).cast("q")
    characters: cython.uint[::1] = memoryview(bytearray(4 * (size + edits + 1))).cast("I")
    term: cython.longlong
    i: cython.longlong
    stop: cython.longlong
    least: cython.longlong
    before: cython.longlong
    known: cython.longlong = 0
    hopeless: cython.longlong = _FAR
    number: cython.longlong = 0
    with cython.nogil:
        for i in range(rows.shape[0]):
            rows[i] = _FAR
        for i in range(min(edits, size) + 1):
            rows[1 + edits + i] = i
        for term in range(first, last):
            i, stop = ends[term], ends[term + 1]
            fits: cython.bint = stop - i >= size - edits
            depth: cython.longlong = 0
            while fits and i < stop:
                if depth >= size + edits:
                    fits = False
                    break
                character: cython.uint = text[i]
                k: cython.longlong = _size(text[i])
                if k > 1:
                    character &= 0xFF >> (k + 1)
                i += 1
                while k > 1:
                    character = (character << 6) | (text[i] & 0x3F)
                    i += 1
                    k -= 1
                depth += 1
                if depth <= known and characters[depth - 1] == character:
                    fits = depth < hopeless
                    continue
                characters[depth - 1] = character
                known, hopeless = depth, _FAR
                least = before = _FAR
                for k in range(max(0, edits - depth), min(2 * edits, size - depth + edits) + 1):
                    column: cython.longlong = depth - edits + k
                    cell: cython.longlong = depth * width + 1 + k
                    cost: cython.longlong = rows[cell - width + 1] + 1
                    cost = min(cost, rows[cell - 1] + 1)
                    if column:
                        cost = min(cost, rows[cell - width] + (word[column - 1] != character))
                    if (
                        depth > 1
                        and column > 1
                        and word[column - 2] == character
                        and word[column - 1] == characters[depth - 2]
                    ):
                        cost = min(cost, rows[cell - 2 * width] + 1)
                    rows[cell] = cost
                    least = min(least, cost)
                for k in range(1, width - 1):
                    before = min(before, rows[(depth - 1) * width + k])
                if least > edits and before >= edits:
                    hopeless = depth
                    fits = False
            column = size - depth + edits
            if fits and 0 <= column <= 2 * edits and rows[depth * width + 1 + column] <= edits:
                out[number] = term
                number += 1
    return number
