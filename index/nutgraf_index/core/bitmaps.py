"""Sets of documents as bitmaps and as sorted lists of doc ids.

Document `d` is bit `d & 63` of word `d >> 6`. A bitmap of n documents has (n + 63) >> 6 words; the
bits from n on are 0. A doc id out of range raises IndexError by a bounds check.
"""

from __future__ import annotations

import cython

__all__ = [
    "ascend",
    "between",
    "count",
    "count_between",
    "docs_of",
    "fill",
    "filter_docs",
    "intersect",
    "intersect_docs",
    "inverse",
    "least",
    "set_docs",
    "spread",
    "subtract",
    "tally",
    "touched",
    "unite",
    "unite_docs",
    "widen",
    "windows",
]

_ALL = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)  # a word of set bits
_ONE = cython.declare(cython.ulonglong, 1)
_PAIRS = cython.declare(cython.ulonglong, 0x5555_5555_5555_5555)
_FOURS = cython.declare(cython.ulonglong, 0x3333_3333_3333_3333)
_EIGHTS = cython.declare(cython.ulonglong, 0x0F0F_0F0F_0F0F_0F0F)
_SUMS = cython.declare(cython.ulonglong, 0x0101_0101_0101_0101)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _popcount(word: cython.ulonglong) -> cython.longlong:
    """Return the number of set bits in a word.

    The bits are added in parallel, in groups of 2, 4 and 8 (Warren, Hacker's Delight, 5-1).
    """
    word = word - ((word >> 1) & _PAIRS)
    word = (word & _FOURS) + ((word >> 2) & _FOURS)
    word = (word + (word >> 4)) & _EIGHTS
    return cython.cast(cython.ulonglong, word * _SUMS) >> 56


@cython.cfunc
@cython.nogil
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


@cython.ccall
@cython.nogil
def unite(
    bits: cython.ulonglong[::1],
    added: cython.const[cython.ulonglong][::1],
    twice: cython.ulonglong[::1],
) -> cython.void:
    """Set the bits that are set in `added`: the union of two sets.

    Args:
        bits: a bitmap; in and out
        added: a bitmap of the same length
        twice: a bitmap that gains the documents in both sets, or empty; in and out
    """
    i: cython.longlong
    track_twice: cython.bint = twice.shape[0] > 0
    if track_twice:
        for i in range(bits.shape[0]):
            twice[i] |= bits[i] & added[i]
    for i in range(bits.shape[0]):
        bits[i] |= added[i]


@cython.ccall
@cython.nogil
def intersect(
    bits: cython.ulonglong[::1], mask: cython.const[cython.ulonglong][::1]
) -> cython.void:
    """Clear the bits that are not set in `mask`: the intersection of two sets.

    Args:
        bits: a bitmap; in and out
        mask: a bitmap of the same length
    """
    i: cython.longlong
    for i in range(bits.shape[0]):
        bits[i] &= mask[i]


@cython.ccall
@cython.nogil
def subtract(
    bits: cython.ulonglong[::1], removed: cython.const[cython.ulonglong][::1]
) -> cython.void:
    """Clear the bits that are set in `removed`: the difference of two sets.

    Args:
        bits: a bitmap; in and out
        removed: a bitmap of the same length
    """
    i: cython.longlong
    for i in range(bits.shape[0]):
        bits[i] &= removed[i] ^ _ALL


@cython.ccall
@cython.nogil
def count(bits: cython.const[cython.ulonglong][::1]) -> cython.longlong:
    """Return the number of set bits."""
    i: cython.longlong
    total: cython.longlong = 0
    for i in range(bits.shape[0]):
        total += _popcount(bits[i])
    return total


@cython.ccall
@cython.nogil
def count_between(
    bits: cython.const[cython.ulonglong][::1], start: cython.longlong, stop: cython.longlong
) -> cython.longlong:
    """Return the number of set bits in `[start, stop)`."""
    i: cython.longlong
    total: cython.longlong = 0
    first: cython.longlong = start >> 6
    last: cython.longlong = (stop - 1) >> 6
    for i in range(first, last + 1 if start < stop else first):
        word: cython.ulonglong = bits[i]
        if i == first:
            word &= cython.cast(cython.ulonglong, _ALL << (start & 63))
        if i == last:
            word &= _ALL >> (63 - ((stop - 1) & 63))
        total += _popcount(word)
    return total


@cython.ccall
@cython.nogil
def set_docs(
    bits: cython.ulonglong[::1],
    docs: cython.const[cython.uint][::1],
    twice: cython.ulonglong[::1],
) -> cython.void:
    """Set the bits of documents.

    Args:
        bits: a bitmap; in and out
        docs: doc ids, in any order
        twice: a bitmap that gains the documents whose bits were set before, or empty; in and out
    """
    i: cython.longlong
    track_twice: cython.bint = twice.shape[0] > 0
    for i in range(docs.shape[0]):
        bit: cython.ulonglong = _ONE << (docs[i] & 63)
        if track_twice:
            twice[docs[i] >> 6] |= bits[docs[i] >> 6] & bit
        bits[docs[i] >> 6] |= bit


@cython.ccall
@cython.nogil
def docs_of(bits: cython.const[cython.ulonglong][::1], docs: cython.uint[::1]) -> cython.longlong:
    """Write the doc ids of a bitmap; return their number.

    Args:
        bits: a bitmap
        docs: room for the doc ids, which ascend; output
    """
    i: cython.longlong
    written: cython.longlong = 0
    for i in range(bits.shape[0]):
        word: cython.ulonglong = bits[i]
        while word:
            docs[written] = (i << 6) + _popcount((word - 1) & (word ^ _ALL))
            written += 1
            word &= word - 1
    return written


@cython.ccall
@cython.nogil
def filter_docs(
    bits: cython.const[cython.ulonglong][::1],
    docs: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the doc ids whose bits are set; return their number.

    Args:
        bits: a bitmap
        docs: doc ids
        out: room for len(docs) numbers, in the order of `docs`; may be `docs` itself; output
    """
    i: cython.longlong
    written: cython.longlong = 0
    for i in range(docs.shape[0]):
        out[written] = docs[i]
        written += (bits[docs[i] >> 6] >> (docs[i] & 63)) & 1
    return written


def tally(
    bits: cython.const[cython.ulonglong][::1], values: cython.const[cython.uint][::1]
) -> tuple[int, int]:
    """Return the sum of the values of the documents in a bitmap, and the sum of their squares.

    Args:
        bits: a bitmap
        values: a value for each document, below 2³²; the sums are modulo 2⁶⁴
    """
    i: cython.longlong
    value: cython.ulonglong
    total: cython.ulonglong = 0
    squares: cython.ulonglong = 0
    with cython.nogil:
        for i in range(values.shape[0]):
            if (bits[i >> 6] >> (i & 63)) & 1:
                value = values[i]
                total += value
                squares += value * value
    return total, squares


@cython.ccall
@cython.nogil
def least(
    bits: cython.const[cython.ulonglong][::1], values: cython.const[cython.uint][::1]
) -> cython.uint:
    """Return the least value above 0 of the documents in a bitmap; 0 if there is none.

    Args:
        bits: a bitmap, or empty for all documents
        values: a value for each document
    """
    i: cython.longlong
    found: cython.uint = 0
    for i in range(values.shape[0]):
        if bits.shape[0] and not (bits[i >> 6] >> (i & 63)) & 1:
            continue
        if values[i] and (not found or values[i] < found):
            found = values[i]
    return found


@cython.ccall
@cython.nogil
def fill(bits: cython.ulonglong[::1], start: cython.longlong, stop: cython.longlong) -> cython.void:
    """Set the bits `[start, stop)`."""
    _fill(bits, start, stop)


@cython.ccall
@cython.nogil
def spread(
    groups: cython.const[cython.ulonglong][::1],
    starts: cython.const[cython.uint][::1],
    stops: cython.const[cython.uint][::1],
    bits: cython.ulonglong[::1],
) -> cython.void:
    """Set the bits of the documents of each group in a bitmap of groups.

    Args:
        groups: a bitmap of groups, such as articles or windows
        starts, stops: the doc ids of group g are `[starts[g], stops[g])`
        bits: a bitmap of documents; in and out
    """
    i: cython.longlong
    start: cython.longlong = 0  # of the documents of groups that meet or overlap
    stop: cython.longlong = 0
    for i in range(groups.shape[0]):
        word: cython.ulonglong = groups[i]
        while word:
            group: cython.longlong = (i << 6) + _popcount((word - 1) & (word ^ _ALL))
            if not start <= starts[group] <= stop:
                _fill(bits, start, stop)
                start, stop = starts[group], stops[group]
            stop = max(stop, stops[group])
            word &= word - 1
    _fill(bits, start, stop)


@cython.ccall
@cython.nogil
def touched(
    bits: cython.const[cython.ulonglong][::1],
    starts: cython.const[cython.uint][::1],
    stops: cython.const[cython.uint][::1],
    groups: cython.ulonglong[::1],
) -> cython.void:
    """Set the bits of the groups that have a document in a bitmap.

    Args:
        bits: a bitmap of documents
        starts, stops: the doc ids of group g are `[starts[g], stops[g])`; both ascend
        groups: a bitmap of groups; in and out
    """
    group: cython.longlong = 0
    count: cython.longlong = starts.shape[0]
    i: cython.longlong = 0
    doc: cython.longlong = -1
    while group < count:
        if doc < starts[group]:  # find the next document of the bitmap
            doc = starts[group]
            i = doc >> 6
            if i >= bits.shape[0]:
                break
            word: cython.ulonglong = bits[i] & cython.cast(cython.ulonglong, _ALL << (doc & 63))
            while not word and i + 1 < bits.shape[0]:
                i += 1
                word = bits[i]
            if not word:
                break
            doc = (i << 6) + _popcount((word - 1) & (word ^ _ALL))
        if doc < stops[group]:
            groups[group >> 6] |= _ONE << (group & 63)
            group += 1
            continue
        # Gallop to the first group that ends behind the document.
        step: cython.longlong = 1
        while group + step < count and stops[group + step] <= doc:
            group += step
            step += step
        high: cython.longlong = min(group + step, count)
        group += 1
        while group < high:
            middle: cython.longlong = (group + high) >> 1
            if stops[middle] <= doc:
                group = middle + 1
            else:
                high = middle


@cython.ccall
@cython.nogil
def widen(
    data: cython.const[cython.uchar][::1], size: cython.longlong, out: cython.uint[::1]
) -> cython.void:
    """Copy unsigned integers, and widen them to 4 bytes each.

    Args:
        data: little-endian integers
        size: bytes per integer, 1 or 2
        out: room for the integers; output
    """
    i: cython.longlong
    if size == 1:
        for i in range(out.shape[0]):
            out[i] = data[i]
    else:
        for i in range(out.shape[0]):
            out[i] = data[2 * i] | (data[2 * i + 1] << 8)


@cython.ccall
@cython.nogil
def between(
    values: cython.const[cython.uint][::1],
    low: cython.longlong,
    high: cython.longlong,
    bits: cython.ulonglong[::1],
) -> cython.void:
    """Set the bits of the documents whose value is in `[low, high]`.

    Args:
        values: a value for each document
        low, high: the least and the greatest value
        bits: a bitmap; in and out
    """
    i: cython.longlong
    for i in range(values.shape[0]):
        if low <= values[i] and values[i] <= high:
            bits[i >> 6] |= _ONE << (i & 63)


@cython.ccall
@cython.nogil
def intersect_docs(
    docs: cython.const[cython.uint][::1],
    longer: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the intersection of two sorted lists of doc ids by galloping; return its size.

    For each document of the first list, the index into the second list advances by steps of 1, 2, 4
    and so on while the doc ids there are less, and then by halved steps (Bentley and Yao, An Almost
    Optimal Algorithm for Unbounded Searching, 1976).

    Args:
        docs: doc ids, ascending; faster if it is the shorter list
        longer: doc ids, ascending
        out: room for the shorter list; output
    """
    i: cython.longlong
    j: cython.longlong = 0
    written: cython.longlong = 0
    for i in range(docs.shape[0]):
        step: cython.longlong = 1
        while j + step < longer.shape[0] and longer[j + step] < docs[i]:
            j += step
            step += step
        while step:
            if j + step < longer.shape[0] and longer[j + step] < docs[i]:
                j += step
            step >>= 1
        if j < longer.shape[0] and longer[j] < docs[i]:
            j += 1
        if j == longer.shape[0]:
            break
        if longer[j] == docs[i]:
            out[written] = docs[i]
            written += 1
    return written


@cython.ccall
@cython.nogil
def unite_docs(
    left: cython.const[cython.uint][::1],
    right: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the union of two sorted lists of doc ids; return its size.

    Args:
        left, right: doc ids, ascending
        out: room for both lists; output
    """
    i: cython.longlong = 0
    j: cython.longlong = 0
    written: cython.longlong = 0
    while i < left.shape[0] or j < right.shape[0]:
        if j == right.shape[0] or (i < left.shape[0] and left[i] < right[j]):
            out[written] = left[i]
            i += 1
        else:
            if i < left.shape[0] and left[i] == right[j]:
                i += 1
            out[written] = right[j]
            j += 1
        written += 1
    return written


@cython.ccall
@cython.nogil
def windows(
    firsts: cython.const[cython.uint][::1],
    size: cython.longlong,
    starts: cython.uint[::1],
    stops: cython.uint[::1],
) -> cython.longlong:
    """Write the windows of neighbouring documents within each article; return their number.

    An article of n documents has n - size + 1 windows, each of `size` documents. An article with
    fewer than `size` documents is one window.

    Args:
        firsts: the first doc id of each article, then the number of documents
        size: documents per window, from 1
        starts, stops: room for one number per document: window w is `[starts[w], stops[w])`; output
    """
    article: cython.longlong
    written: cython.longlong = 0
    for article in range(firsts.shape[0] - 1):
        start: cython.longlong = firsts[article]
        while start < firsts[article + 1] and (
            start == firsts[article] or start + size <= firsts[article + 1]
        ):
            starts[written] = start
            stops[written] = min(start + size, firsts[article + 1])
            written += 1
            start += 1
    return written


@cython.ccall
@cython.nogil
def ascend(numbers: cython.const[cython.uint][::1], min_step: cython.longlong) -> cython.bint:
    """Return whether each number exceeds the number before it by at least `min_step`.

    Args:
        numbers: any numbers
        min_step: 1 for strictly ascending numbers, 0 for numbers that may repeat
    """
    i: cython.longlong
    ascending: cython.bint = True
    for i in range(1, numbers.shape[0]):
        previous: cython.longlong = numbers[i - 1]
        if numbers[i] < previous + min_step:
            ascending = False
            break
    return ascending


@cython.ccall
@cython.nogil
def inverse(permutation: cython.const[cython.uint][::1], out: cython.uint[::1]) -> cython.void:
    """Write the inverse of a permutation: `out[permutation[i]]` is i.

    Args:
        permutation: each number from 0 to n - 1 once
        out: room for n numbers; output
    """
    i: cython.longlong
    for i in range(permutation.shape[0]):
        out[permutation[i]] = i
