"""Positions of terms: phrases, NEAR, and the shares of neighbouring terms for proximity.

Postings lists are read as `postings.py` packs them. Up to 128 documents at a time are intersected
with one list after the other. The cursor of a list only moves forward, from block to block and in
a block. Occurrences are decoded only for documents that are in all lists.

A list is a row of numbers in `rows`: where it begins in the two streams of words of its field, its
number of postings, its first row in the table of blocks, and how many rows it has, 0 for a list of
one block. Impossible values raise IndexError, by a bounds check or explicitly.
"""

from __future__ import annotations

import cython

__all__ = ["FieldPostings", "gather", "holding", "join", "near", "phrase", "read"]

_BLOCK = cython.declare(cython.longlong, 128)  # postings
_ROW = cython.declare(cython.longlong, 5)  # numbers of a block in the table
_LIST = cython.declare(cython.longlong, 5)  # numbers of a list in `rows`
_ONE = cython.declare(cython.ulonglong, 1)
_FAR = cython.declare(cython.longlong, 1 << 60)  # words: a slack that nothing has

# The scratch has the documents that are left, the slot of each among those loaded, and the cursors.
_LEFT = cython.declare(cython.longlong, 128)
_CURSORS = cython.declare(cython.longlong, 256)
# A cursor: the numbers of its list; its block and how many postings that has, the first of these
# whose occurrences were not passed and the bit at which they begin, the bit of the frequencies, and
# widths; the place of the term in a phrase; and in a document the start of the next position, how
# many more there are, and the last that was read.
_IN_BLOCK = cython.declare(cython.longlong, 5)
_SIZE = cython.declare(cython.longlong, 6)
_PASSED = cython.declare(cython.longlong, 7)
_BIT = cython.declare(cython.longlong, 8)
_FREQ_BIT = cython.declare(cython.longlong, 9)
_FREQ_WIDTH = cython.declare(cython.longlong, 10)
_FORM_WIDTH = cython.declare(cython.longlong, 11)
_PLACE = cython.declare(cython.longlong, 12)
_AT = cython.declare(cython.longlong, 13)
_MORE = cython.declare(cython.longlong, 14)
_POSITION = cython.declare(cython.longlong, 15)
# For each document that was taken and is in the list the start of its occurrences, which is their
# first bit and two widths, and its frequency; for each posting of the block its document and bit.
_DOCS = cython.declare(cython.longlong, 16)
_STARTS = cython.declare(cython.longlong, 16 + 128)
_FREQS = cython.declare(cython.longlong, 16 + 256)
_BITS = cython.declare(cython.longlong, 16 + 384)
_CURSOR = cython.declare(cython.longlong, 16 + 512)


def _room(count: int) -> memoryview[int]:
    return memoryview(bytearray(8 * count)).cast("q")


@cython.cclass
class FieldPostings:
    """The postings lists of a field.

    Args:
        doc_words, occurrence_words: the two streams of words
        block_rows: the table of blocks, flat
        widths: bits of a position in each document
        limit: how many documents there are
    """

    doc_words: cython.const[cython.uint][::1]
    occurrence_words: cython.const[cython.uint][::1]
    block_rows: cython.const[cython.uint][::1]
    widths: cython.const[cython.uchar][::1]
    limit: cython.longlong

    def __init__(
        self,
        doc_words: cython.const[cython.uint][::1],
        occurrence_words: cython.const[cython.uint][::1],
        block_rows: cython.const[cython.uint][::1],
        widths: cython.const[cython.uchar][::1],
        limit: cython.longlong,
    ) -> None:
        self.doc_words = doc_words
        self.occurrence_words = occurrence_words
        self.block_rows = block_rows
        self.widths = widths
        self.limit = limit


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(-1)
def _two_words(words: cython.const[cython.uint][::1], bit: cython.size_t) -> cython.ulonglong:
    """Return the bits from one on that are in its word and the next: 33 of them, or more."""
    word: cython.size_t = bit >> 5
    both: cython.ulonglong = words[word] | (cython.cast(cython.ulonglong, words[word + 1]) << 32)
    return both >> (bit & 31)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(-1)
def _get(
    words: cython.const[cython.uint][::1], bit: cython.size_t, width: cython.size_t
) -> cython.longlong:
    """Return the number of `width` bits, 32 at most, from a bit on."""
    return _two_words(words, bit) & ((_ONE << width) - 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _open_block(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
    block: cython.longlong,
) -> cython.longlong:
    """Decode the documents of a block of a cursor's list; return how many these are."""
    words: cython.const[cython.uint][::1] = field.doc_words
    docs: cython.size_t = cursor + _DOCS
    word: cython.longlong = scratch[cursor]
    doc: cython.ulonglong = 0
    row: cython.longlong = (scratch[cursor + 3] + block) * _ROW
    start: cython.longlong = scratch[cursor + 1]
    size: cython.size_t = min(scratch[cursor + 2] - block * _BLOCK, _BLOCK)
    if scratch[cursor + 4]:
        word += field.block_rows[row + 1]
        start += field.block_rows[row + 2]
        if block:
            doc = field.block_rows[row - _ROW] + cython.cast(cython.ulonglong, 1)
    width: cython.size_t = _get(words, word << 5, 6)
    scratch[cursor + _FREQ_WIDTH] = _get(words, (word << 5) + 6, 6)
    scratch[cursor + _FORM_WIDTH] = _get(field.occurrence_words, start << 5, 6)
    if width > 32 or scratch[cursor + _FREQ_WIDTH] > 32 or scratch[cursor + _FORM_WIDTH] > 16:
        return -2
    bit: cython.size_t = (word << 5) + 12
    mask: cython.ulonglong = (_ONE << width) - 1
    i: cython.size_t = 0
    # As many gaps are taken together as are whole in two words, wherever the first begins.
    if width <= 8:
        while i + 4 <= size:
            both: cython.ulonglong = _two_words(words, bit)
            doc += both & mask
            scratch[docs + i] = doc
            both >>= width
            doc += (both & mask) + 1
            scratch[docs + i + 1] = doc
            both >>= width
            doc += (both & mask) + 1
            scratch[docs + i + 2] = doc
            both >>= width
            doc += (both & mask) + 1
            scratch[docs + i + 3] = doc
            doc += 1
            bit += 4 * width
            i += 4
    while i < size:
        doc += _two_words(words, bit) & mask
        scratch[docs + i] = doc
        doc += 1
        bit += width
        i += 1
    if doc > cython.cast(cython.ulonglong, field.limit):
        return -2
    for i in range(size, _BLOCK):
        scratch[docs + i] = _FAR
    scratch[cursor + _IN_BLOCK] = block
    scratch[cursor + _SIZE] = size
    scratch[cursor + _PASSED] = 0
    scratch[cursor + _BIT] = (start << 5) + 6
    scratch[cursor + _FREQ_BIT] = bit
    return size


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _locate(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
    first: cython.size_t,
    last: cython.size_t,
) -> cython.longlong:
    """Compute where the occurrences of the documents `[first, last)` of those left begin.

    The documents are in the block of the cursor. `_STARTS` has the index of each one's posting in
    the block, which is replaced by the start of its occurrences.
    """
    i: cython.size_t
    words: cython.const[cython.uint][::1] = field.doc_words
    widths: cython.const[cython.uchar][::1] = field.widths
    posting: cython.size_t = scratch[cursor + _PASSED]
    stop: cython.size_t = scratch[cursor + _STARTS + scratch[_LEFT + last - 1]] + 1
    docs: cython.size_t = cursor + _DOCS
    bits: cython.size_t = cursor + _BITS
    bit: cython.longlong = scratch[cursor + _BIT]
    form_width: cython.longlong = scratch[cursor + _FORM_WIDTH]
    most: cython.longlong = 32 * field.occurrence_words.shape[0]
    freq_width: cython.size_t = scratch[cursor + _FREQ_WIDTH]
    base: cython.size_t = scratch[cursor + _FREQ_BIT]
    freq_bit: cython.size_t = base + posting * freq_width
    mask: cython.ulonglong = (_ONE << freq_width) - 1
    left: cython.size_t = _LEFT
    starts: cython.size_t = cursor + _STARTS
    freqs: cython.size_t = cursor + _FREQS
    if freq_width <= 8:
        while posting + 4 <= stop:
            both: cython.ulonglong = _two_words(words, freq_bit)
            scratch[bits + posting] = bit
            bit += (widths[scratch[docs + posting]] + form_width) * ((both & mask) + 1)
            both >>= freq_width
            scratch[bits + posting + 1] = bit
            bit += (widths[scratch[docs + posting + 1]] + form_width) * ((both & mask) + 1)
            both >>= freq_width
            scratch[bits + posting + 2] = bit
            bit += (widths[scratch[docs + posting + 2]] + form_width) * ((both & mask) + 1)
            both >>= freq_width
            scratch[bits + posting + 3] = bit
            bit += (widths[scratch[docs + posting + 3]] + form_width) * ((both & mask) + 1)
            freq_bit += 4 * freq_width
            posting += 4
    while posting < stop:
        freq: cython.longlong = _get(words, freq_bit, freq_width) + 1
        scratch[bits + posting] = bit
        bit += (widths[scratch[docs + posting]] + form_width) * freq
        freq_bit += freq_width
        posting += 1
    scratch[cursor + _PASSED] = posting
    scratch[cursor + _BIT] = bit
    for i in range(first, last):
        slot: cython.size_t = scratch[left + i]
        posting = scratch[starts + slot]
        freq = _get(words, base + posting * freq_width, freq_width) + 1
        width: cython.longlong = widths[scratch[docs + posting]]
        bit = scratch[bits + posting]
        # No document has more positions than fit into their width, or into the stream.
        if width > 31 or (freq - 1) >> width or bit + (width + form_width) * freq > most:
            return -2
        scratch[starts + slot] = (bit << 12) | (width << 6) | form_width
        scratch[freqs + slot] = freq
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _intersect(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
    count: cython.longlong,
) -> cython.longlong:
    """Intersect the first `count` documents of the scratch with the list of a cursor.

    Return how many documents are left. `_STARTS` and `_FREQS` of the cursor are set for these.
    """
    i: cython.size_t = 0
    number: cython.size_t = 0
    total: cython.size_t = count if scratch[cursor + 2] else 0
    docs: cython.size_t = cursor + _DOCS
    starts: cython.size_t = cursor + _STARTS
    left: cython.size_t = _LEFT
    table: cython.longlong = scratch[cursor + 3]
    blocks: cython.longlong = scratch[cursor + 4]
    while i < total:
        doc: cython.longlong = scratch[i]
        size: cython.size_t = scratch[cursor + _SIZE]
        if size == 0 or scratch[docs + size - 1] < doc:
            # The first block after the present one whose last document is not before.
            low: cython.longlong = scratch[cursor + _IN_BLOCK] + 1
            if low >= max(blocks, 1):
                break
            if blocks and field.block_rows[(table + low) * _ROW] < doc:
                step: cython.longlong = 1
                while low + step < blocks and field.block_rows[(table + low + step) * _ROW] < doc:
                    low += step
                    step += step
                high: cython.longlong = min(low + step, blocks)
                low += 1
                while low < high:
                    middle: cython.longlong = (low + high) >> 1
                    if field.block_rows[(table + middle) * _ROW] < doc:
                        low = middle + 1
                    else:
                        high = middle
                if low >= blocks:
                    break
            opened: cython.longlong = _open_block(field, scratch, cursor, low)
            if opened < 0:
                return -2
            continue
        first: cython.size_t = number
        last: cython.longlong = scratch[docs + size - 1]
        while i < total:
            doc = scratch[i]
            if doc > last:
                break
            # Binary search without branches, which could not be predicted.
            at: cython.size_t = docs
            at += (scratch[at + 63] < doc) << 6
            at += (scratch[at + 31] < doc) << 5
            at += (scratch[at + 15] < doc) << 4
            at += (scratch[at + 7] < doc) << 3
            at += (scratch[at + 3] < doc) << 2
            at += (scratch[at + 1] < doc) << 1
            at += scratch[at] < doc
            slot: cython.size_t = scratch[left + i]
            scratch[number] = doc
            scratch[left + number] = slot
            scratch[starts + slot] = at - docs
            number += scratch[at] == doc
            i += 1
        if number > first and _locate(field, scratch, cursor, first, number) < 0:
            return -2
    return number


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _reset(
    rows: cython.const[cython.longlong][::1],
    first: cython.longlong,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
) -> cython.longlong:
    """Set a cursor before the first block of a list."""
    i: cython.longlong
    for i in range(_LIST):
        if rows[first + i] < 0:
            return -2
        scratch[cursor + i] = rows[first + i]
    if scratch[cursor + 4] and scratch[cursor + 4] != (scratch[cursor + 2] + _BLOCK - 1) // _BLOCK:
        return -2
    if not scratch[cursor + 4] and scratch[cursor + 2] > _BLOCK:
        return -2
    scratch[cursor + _IN_BLOCK] = -1
    scratch[cursor + _SIZE] = 0
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _first_position(
    scratch: cython.longlong[::1], cursor: cython.size_t, slot: cython.size_t
) -> cython.longlong:
    """Set a cursor before its first position in a document of the scratch."""
    scratch[cursor + _AT] = scratch[cursor + _STARTS + slot]
    scratch[cursor + _MORE] = scratch[cursor + _FREQS + slot]
    scratch[cursor + _POSITION] = -_FAR
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _next_position(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
) -> cython.longlong:
    """Read the next position of a cursor in its document; `_FAR` after the last."""
    start: cython.longlong = scratch[cursor + _AT]
    width: cython.longlong = (start >> 6) & 63
    if scratch[cursor + _MORE] > 0:
        scratch[cursor + _POSITION] = _get(field.occurrence_words, start >> 12, width)
        scratch[cursor + _AT] = start + ((width + (start & 63)) << 12)
        scratch[cursor + _MORE] -= 1
    else:
        scratch[cursor + _POSITION] = _FAR
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _in_a_row(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    terms: cython.size_t,
    count: cython.size_t,
) -> cython.longlong:
    """Keep those of the first `count` documents where the terms of all cursors stand in a row.

    Return how many documents are left. Positions are decoded only as far as is needed.
    """
    i: cython.size_t
    number: cython.size_t = 0
    words: cython.const[cython.uint][::1] = field.occurrence_words
    one: cython.size_t = _CURSORS
    other: cython.size_t = one + _CURSOR
    last: cython.size_t = one + terms * _CURSOR
    ahead: cython.longlong = scratch[other + _PLACE] - scratch[one + _PLACE]
    wanted: cython.longlong
    left: cython.size_t = _LEFT
    starts: cython.size_t = one + _STARTS
    freqs: cython.size_t = one + _FREQS
    other_starts: cython.size_t = other + _STARTS
    other_freqs: cython.size_t = other + _FREQS
    third: cython.size_t = other + _CURSOR
    for i in range(count):
        slot: cython.size_t = scratch[left + i]
        start: cython.longlong = scratch[starts + slot]
        bit: cython.size_t = start >> 12
        step: cython.longlong = ((start >> 6) & 63) + (start & 63)
        mask: cython.ulonglong = (_ONE << ((start >> 6) & 63)) - 1
        more: cython.longlong = scratch[freqs + slot]
        start = scratch[other_starts + slot]
        other_bit: cython.size_t = start >> 12
        other_step: cython.longlong = ((start >> 6) & 63) + (start & 63)
        other_more: cython.longlong = scratch[other_freqs + slot]
        cursor: cython.size_t = third
        while cursor < last:
            _first_position(scratch, cursor, slot)
            cursor += _CURSOR
        # The positions of the two rarest terms are merged; only a match and the end are branches.
        while more > 0 and other_more > 0:
            position: cython.longlong = (_two_words(words, bit) & mask) + ahead
            other_position: cython.longlong = _two_words(words, other_bit) & mask
            if position == other_position:
                cursor = third
                while cursor < last:
                    wanted = other_position + scratch[cursor + _PLACE] - scratch[other + _PLACE]
                    while scratch[cursor + _POSITION] < wanted:
                        _next_position(field, scratch, cursor)
                    if scratch[cursor + _POSITION] != wanted:
                        break
                    cursor += _CURSOR
                if cursor == last:
                    scratch[number] = scratch[i]
                    scratch[left + number] = slot
                    number += 1
                    break
            behind: cython.longlong = (position - other_position) >> 63  # -1 or 0
            more += behind
            bit += step & behind
            behind = -1 - behind
            other_more += behind
            other_bit += other_step & behind
    return number


def phrase(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents where terms stand in a row; return how many these are.

    Args:
        rows: the list of each term, in the order of the phrase
        out: as long as the shortest list
    """
    terms: cython.longlong = rows.shape[0] // _LIST
    scratch: cython.longlong[::1] = _room(_CURSORS + terms * _CURSOR)
    i: cython.longlong
    block: cython.longlong
    total: cython.longlong = 0
    left: cython.size_t = _LEFT
    docs: cython.size_t = _CURSORS + _DOCS
    starts: cython.size_t = _CURSORS + _STARTS
    failed: cython.bint = terms == 0
    with cython.nogil:
        # The rarest first: each is set up at its rank, and those that are less rare move on.
        for i in range(terms):
            k: cython.longlong = 0
            for block in range(terms):
                number: cython.longlong = rows[block * _LIST + 2]
                k += number < rows[i * _LIST + 2] or (number == rows[i * _LIST + 2] and block < i)
            cursor: cython.longlong = _CURSORS + k * _CURSOR
            if _reset(rows, i * _LIST, scratch, cursor) < 0:
                failed = True
                break
            scratch[cursor + _PLACE] = i
        blocks: cython.longlong = 0 if failed else (scratch[_CURSORS + 2] + _BLOCK - 1) // _BLOCK
        for block in range(blocks):
            number = _open_block(field, scratch, _CURSORS, block)
            for i in range(number):
                scratch[i] = scratch[docs + i]
                scratch[left + i] = i
                scratch[starts + i] = i
            for k in range(1, terms):
                if number <= 0:
                    break
                cursor = _CURSORS + k * _CURSOR
                number = _intersect(field, scratch, cursor, number)
            if number > 0 and terms > 1:
                k = _locate(field, scratch, _CURSORS, 0, number)
                number = -2 if k < 0 else _in_a_row(field, scratch, terms, number)
            if number < 0:
                failed = True
                break
            for i in range(number):
                out[total] = scratch[i]
                total += 1
    if failed:
        raise IndexError("a list has numbers that fit nothing")
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _load(
    docs: cython.const[cython.uint][::1],
    first: cython.longlong,
    scratch: cython.longlong[::1],
) -> cython.longlong:
    """Copy up to 128 documents from `docs[first]` on to the scratch; return how many these are."""
    i: cython.longlong
    size: cython.longlong = min(docs.shape[0] - first, _BLOCK)
    for i in range(size):
        scratch[i] = docs[first + i]
        scratch[_LEFT + i] = i
    return size


def gather(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    shares: cython.const[cython.double][::1],
    most_gap: cython.longlong,
    out: cython.double[::1],
) -> int:
    """Add what terms gather from each other in some documents; return how many cells are above 0.

    Two positions `gap` apart, with none of the terms between them, give both their terms
    `shares[gap, one, other]`; the one is the earlier.

    Args:
        rows: the list of each term; of no postings for one that is not in the field
        docs: the documents, ascending
        shares: by gap up to `most_gap`, and two terms
        out: by term and document; changed
    """
    terms: cython.longlong = rows.shape[0] // _LIST
    count: cython.longlong = docs.shape[0]
    scratch: cython.longlong[::1] = _room(_CURSORS + terms * _CURSOR)
    i: cython.longlong
    first: cython.longlong
    term: cython.longlong
    other: cython.longlong
    position: cython.longlong
    last: cython.longlong
    number: cython.longlong = 0
    share: cython.double
    failed: cython.bint = False
    with cython.nogil:
        for term in range(terms):
            if _reset(rows, term * _LIST, scratch, _CURSORS + term * _CURSOR) < 0:
                failed = True
        for first in range(0, count, 128):
            size: cython.longlong = 0
            for term in range(terms):
                cursor: cython.longlong = _CURSORS + term * _CURSOR
                size = _load(docs, first, scratch)
                for i in range(size):
                    scratch[cursor + _FREQS + i] = 0
                k: cython.longlong = _intersect(field, scratch, cursor, size)
                failed = failed or k < 0
            if failed:
                break
            for i in range(size):
                for term in range(terms):
                    _first_position(scratch, _CURSORS + term * _CURSOR, i)
                    _next_position(field, scratch, _CURSORS + term * _CURSOR)
                other, last = -1, 0
                while True:
                    term, position = -1, _FAR
                    for k in range(terms):
                        if scratch[_CURSORS + k * _CURSOR + _POSITION] < position:
                            term, position = k, scratch[_CURSORS + k * _CURSOR + _POSITION]
                    if term < 0:
                        break
                    _next_position(field, scratch, _CURSORS + term * _CURSOR)
                    if other >= 0 and 0 < position - last <= most_gap:
                        share = shares[((position - last) * terms + other) * terms + term]
                        out[other * count + first + i] += share
                        out[term * count + first + i] += share
                    other, last = term, position
        for i in range(out.shape[0]):
            number += out[i] > 0
    if failed:
        raise IndexError("a list has numbers that fit nothing")
    return number


def holding(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    forms: cython.const[cython.uchar][::1],
    bits: cython.ulonglong[::1],
) -> None:
    """Set the bits of the documents that have any of some words.

    Args:
        rows: the list of each term with such words, and where its forms begin in `forms`, -1 if
            all its words are such
        forms: for each form of these terms whether it is one of the words
        bits: for the documents
    """
    scratch: cython.longlong[::1] = _room(_CURSORS + _CURSOR)
    row: cython.longlong
    i: cython.longlong
    block: cython.longlong
    failed: cython.bint = False
    with cython.nogil:
        for row in range(rows.shape[0] // (_LIST + 1)):
            if failed or _reset(rows, row * (_LIST + 1), scratch, _CURSORS) < 0:
                failed = True
                break
            first: cython.longlong = rows[row * (_LIST + 1) + _LIST]
            for block in range((scratch[_CURSORS + 2] + _BLOCK - 1) // _BLOCK):
                size: cython.longlong = _open_block(field, scratch, _CURSORS, block)
                if size < 0:
                    failed = True
                    break
                if first < 0:
                    for i in range(size):
                        doc: cython.longlong = scratch[_CURSORS + _DOCS + i]
                        bits[doc >> 6] |= _ONE << (doc & 63)
                    continue
                for i in range(size):
                    scratch[_LEFT + i] = i
                    scratch[_CURSORS + _STARTS + i] = i
                if _locate(field, scratch, _CURSORS, 0, size) < 0:
                    failed = True
                    break
                for i in range(size):
                    doc = scratch[_CURSORS + _DOCS + i]
                    step: cython.longlong = scratch[_CURSORS + _STARTS + i]
                    bit: cython.longlong = (step >> 12) + ((step >> 6) & 63)
                    step = ((step >> 6) & 63) + (step & 63)
                    end: cython.longlong = bit + step * scratch[_CURSORS + _FREQS + i]
                    if not step:
                        step, end = 1, bit + 1
                    while bit < end:
                        if forms[
                            first
                            + _get(field.occurrence_words, bit, scratch[_CURSORS + _FORM_WIDTH])
                        ]:
                            bits[doc >> 6] |= _ONE << (doc & 63)
                            break
                        bit += step
    if failed:
        raise IndexError("a list has numbers that fit nothing")


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _sort(
    positions: cython.uint[::1], begin: cython.longlong, end: cython.longlong
) -> cython.longlong:
    """Sort positions `[begin, end)` by Shell's method.

    With gaps by which no order takes long (Knuth, The Art of Computer Programming, 5.2.1).
    """
    gap: cython.longlong = 1
    i: cython.longlong
    while gap < (end - begin) // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(begin + gap, end):
            position: cython.uint = positions[i]
            k: cython.longlong = i
            while k >= begin + gap and positions[k - gap] > position:
                positions[k] = positions[k - gap]
                k -= gap
            positions[k] = position
        gap //= 3
    return 0


def read(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    forms: cython.const[cython.uchar][::1],
    docs: cython.const[cython.uint][::1],
    begin: cython.longlong,
    ranges: cython.longlong[::1],
    positions: cython.uint[::1],
) -> int:
    """Read where any of some words stands in some documents.

    It is called twice: first for the room that positions need, with the index of the first for
    `begin`, and then with -1 to read them.

    Args:
        rows, forms: the lists of the words; see `holding`
        docs: the documents, ascending
        begin: where the room of the first document begins, or -1
        ranges: all 0; to take where the positions of each document begin and end; changed
        positions: to take them, ascending in a document

    Returns:
        where the room of the last document ends
    """
    scratch: cython.longlong[::1] = _room(_CURSORS + _CURSOR)
    measured: cython.bint = begin < 0
    # No more than have a bit each, and such as need none: those alone in a document.
    most: cython.longlong = begin + 32 * field.occurrence_words.shape[0] + docs.shape[0]
    row: cython.longlong
    i: cython.longlong
    first: cython.longlong
    bit: cython.longlong
    width: cython.longlong
    failed: cython.bint = False
    with cython.nogil:
        for row in range(rows.shape[0] // (_LIST + 1)):
            if failed or _reset(rows, row * (_LIST + 1), scratch, _CURSORS) < 0:
                failed = True
                break
            form: cython.longlong = rows[row * (_LIST + 1) + _LIST]
            for first in range(0, docs.shape[0], 128):
                number: cython.longlong = _load(docs, first, scratch)
                number = _intersect(field, scratch, _CURSORS, number)
                if number < 0:
                    failed = True
                    break
                for i in range(number):
                    slot: cython.longlong = scratch[_LEFT + i]
                    more: cython.longlong = scratch[_CURSORS + _FREQS + slot]
                    end: cython.longlong = ranges[2 * (first + slot) + 1]
                    if not measured:
                        ranges[2 * (first + slot) + 1] = end + more
                        continue
                    start: cython.longlong = scratch[_CURSORS + _STARTS + slot]
                    bit, width = start >> 12, (start >> 6) & 63
                    while more > 0:
                        if (
                            form < 0
                            or forms[form + _get(field.occurrence_words, bit + width, start & 63)]
                        ):
                            positions[end] = _get(field.occurrence_words, bit, width)
                            end += 1
                        bit += width + (start & 63)
                        more -= 1
                    ranges[2 * (first + slot) + 1] = end
        for i in range(docs.shape[0]):
            number = ranges[2 * i + 1]
            if measured:
                _sort(positions, ranges[2 * i], number)
                continue
            # Two words have no position in common.
            failed = failed or number > (_ONE << (field.widths[docs[i]] & 31))
            ranges[2 * i] = ranges[2 * i + 1] = begin
            begin += number
        failed = failed or (not measured and begin > most)
    if failed:
        raise IndexError("a list has numbers that fit nothing")
    return begin


def join(positions: cython.uint[::1], ranges: cython.longlong[::1], count: cython.longlong) -> None:
    """Leave of the positions of a first word those where a row of words begins.

    Args:
        positions: of all words; changed
        ranges: for each word of the row and each of `count` documents where its positions begin and
            end; those of the first word are changed
    """
    doc: cython.longlong
    word: cython.longlong
    i: cython.longlong
    begin: cython.longlong
    end: cython.longlong
    stop: cython.longlong
    with cython.nogil:
        for doc in range(count):
            begin, end = ranges[2 * doc], ranges[2 * doc + 1]
            for word in range(1, ranges.shape[0] // (2 * count)):
                i, stop = begin, end
                end = begin
                k: cython.longlong = ranges[2 * (word * count + doc)]
                while i < stop and k < ranges[2 * (word * count + doc) + 1]:
                    if positions[i] + word == positions[k]:
                        positions[end] = positions[i]
                        end += 1
                        i += 1
                        k += 1
                    elif positions[i] + word < positions[k]:
                        i += 1
                    else:
                        k += 1
            ranges[2 * doc + 1] = end


def near(
    positions: cython.const[cython.uint][::1],
    ranges: cython.const[cython.longlong][::1],
    leaves: cython.const[cython.longlong][::1],
    parts: cython.longlong,
    slop: cython.longlong,
    ordered: cython.bint,
    docs: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents where parts stand near each other; return how many these are.

    Each document is gone through once, occurrence by occurrence. Of the arrangements of some parts
    that have ended, the one whose slack less its end is the least is the best, whatever follows.

    Args:
        positions: where the occurrences of all leaves begin
        ranges: for each word and each document where its positions begin and end
        leaves: of each leaf the number of its first word, how many words it has, and its part
        parts: of which one occurrence each makes an arrangement; in any order 8 at most
        slop: most words, from the first to the last of an arrangement, that are none of its parts'
        ordered: whether the parts stand in order
        docs: the documents, ascending
        out: as long as `docs`
    """
    count: cython.longlong = docs.shape[0]
    number: cython.longlong = leaves.shape[0] // 3
    states: cython.longlong = parts + 1 if ordered else 1 << min(parts, 16)
    longest: cython.longlong = 1
    ring: cython.longlong = 2
    total: cython.longlong = 0
    doc: cython.longlong
    leaf: cython.longlong
    state: cython.longlong
    position: cython.longlong
    now: cython.longlong
    place: cython.longlong
    chosen: cython.longlong
    at: cython.longlong
    found: cython.bint
    with cython.nogil:
        for leaf in range(number):
            longest = max(longest, leaves[3 * leaf + 1])
        while ring <= longest:
            ring += ring
    # Where each leaf is read; the best of each state; and the best of each that end later, by the
    # last bits of where they end.
    work: cython.longlong[::1] = _room(number + states * (1 + ring))
    with cython.nogil:
        best: cython.longlong = number
        for doc in range(count):
            for leaf in range(number):
                work[leaf] = ranges[2 * (leaves[3 * leaf] * count + doc)]
            for at in range(best, work.shape[0]):
                work[at] = _FAR
            found, now = False, 0
            while not found:
                chosen, position = -1, _FAR
                for leaf in range(number):
                    at = work[leaf]
                    if (
                        at < ranges[2 * (leaves[3 * leaf] * count + doc) + 1]
                        and positions[at] < position
                    ):
                        chosen, position = leaf, positions[at]
                if chosen < 0:
                    break
                work[chosen] += 1
                for place in range(now + 1, min(position, now + longest) + 1):
                    at = best + states * (1 + (place & (ring - 1)))
                    for state in range(states):
                        if work[at + state] < _FAR:
                            work[best + state] = min(work[best + state], work[at + state])
                            work[at + state] = _FAR
                now = position
                part: cython.longlong = leaves[3 * chosen + 2]
                end: cython.longlong = position + leaves[3 * chosen + 1]
                at = best + states * (1 + (end & (ring - 1)))
                for state in range(part if ordered else 0, part + 1 if ordered else states):
                    if not ordered and (state >> part) & 1:
                        continue
                    slack: cython.longlong = work[best + state] + position if state else 0
                    if slack <= slop:
                        after: cython.longlong = state + 1 if ordered else state + (1 << part)
                        work[at + after] = min(work[at + after], slack - end)
                        found = found or after == states - 1
            if found:
                out[total] = docs[doc]
                total += 1
    return total
