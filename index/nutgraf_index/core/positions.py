"""Loops over positions: phrases, NEAR, proximity, and the positions of words.

Postings lists are encoded as in `postings.py`. A batch of up to 128 candidate documents is
intersected with one list after the other, the shortest first (small versus small: Culpepper and
Moffat, Efficient Set Intersection for Inverted Indexing, 2010). Each list has a cursor, which only
moves forward and gallops over the block table. Occurrences are decoded only in documents that are
in all lists.

A list is given as a row of numbers: its first word in the document stream, its first word in the
occurrence stream, its number of postings, its first row in the block table, and its number of rows
there, 0 for a list of one block. Impossible values raise IndexError, by a bounds check or
explicitly.
"""

from __future__ import annotations

import cython
from cython.cimports.nutgraf_index.core.postings import decode_docs, gallop_blocks

__all__ = [
    "FieldPostings",
    "add_gains",
    "docs_with_words",
    "join",
    "mark_within",
    "near",
    "phrase",
    "read",
]

_BLOCK = cython.declare(cython.longlong, 128)  # postings per block
_ROW = cython.declare(cython.longlong, 5)  # numbers per block in the block table
_TERM = cython.declare(cython.longlong, 5)  # numbers of a term's list in `rows`
_ONE = cython.declare(cython.ulonglong, 1)
_FAR = cython.declare(cython.longlong, 1 << 60)  # greater than any position, doc id or slack

# The scratch has up to 128 candidate documents, the slot of each (its index in the batch before any
# intersection removed candidates), and the cursors.
_SLOTS = cython.declare(cython.longlong, 128)
_CURSORS = cython.declare(cython.longlong, 256)
# A cursor has the row of its list; its current block, the number of postings there, the first of
# them whose occurrences are not located yet, and their first bit; the first bit of the frequencies,
# the bits per frequency and per form; the position of its term in the phrase; and in the current
# document the start of the next occurrence, the number of occurrences not read yet, and the
# position that was read last.
_CURRENT_BLOCK = cython.declare(cython.longlong, 5)
_BLOCK_SIZE = cython.declare(cython.longlong, 6)
_NEXT_POSTING = cython.declare(cython.longlong, 7)
_NEXT_BIT = cython.declare(cython.longlong, 8)
_FREQ_BIT = cython.declare(cython.longlong, 9)
_FREQ_WIDTH = cython.declare(cython.longlong, 10)
_FORM_WIDTH = cython.declare(cython.longlong, 11)
_INDEX = cython.declare(cython.longlong, 12)
_NEXT_START = cython.declare(cython.longlong, 13)
_REMAINING = cython.declare(cython.longlong, 14)
_POSITION = cython.declare(cython.longlong, 15)
# Four arrays of 128 follow: the doc id of each posting of the block; the start of the occurrences
# in the candidate of each slot (first bit << 12 | bits per position << 6 | bits per form); its
# frequency; and the first bit of the occurrences of each posting.
_BLOCK_DOCS = cython.declare(cython.longlong, 16)
_STARTS = cython.declare(cython.longlong, 16 + 128)
_FREQS = cython.declare(cython.longlong, 16 + 256)
_BLOCK_BITS = cython.declare(cython.longlong, 16 + 384)
_STRIDE = cython.declare(cython.longlong, 16 + 512)  # numbers per cursor


def _zeros(count: int) -> memoryview[int]:
    return memoryview(bytearray(8 * count)).cast("q")


@cython.cclass
class FieldPostings:
    """The postings lists of a field.

    Args:
        doc_words, occurrence_words: the document stream and the occurrence stream
        block_rows: the block table, flat; see `postings.py`
        widths: bits of a position in each document
        limit: the number of documents
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
def _load_bits(words: cython.const[cython.uint][::1], bit: cython.size_t) -> cython.ulonglong:
    """Return the bits from `bit` to the end of the next word: 33 bits or more."""
    word: cython.size_t = bit >> 5
    pair: cython.ulonglong = words[word] | (cython.cast(cython.ulonglong, words[word + 1]) << 32)
    return pair >> (bit & 31)


@cython.cfunc
@cython.inline
@cython.nogil
def _get(
    words: cython.const[cython.uint][::1], bit: cython.size_t, width: cython.size_t
) -> cython.longlong:
    """Return the value of `width` bits, at most 32, that begins at `bit`."""
    return _load_bits(words, bit) & ((_ONE << width) - 1)


@cython.cfunc
@cython.nogil
def _fail() -> cython.int:
    """Raise IndexError for a list that no index has."""
    with cython.gil:
        raise IndexError("a postings list has impossible values")


@cython.cfunc
@cython.nogil
def _open_block(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
    block: cython.longlong,
) -> cython.longlong:
    """Decode the doc ids of a block of a cursor's list; return their number."""
    docs: cython.size_t = cursor + _BLOCK_DOCS
    word: cython.longlong = scratch[cursor]
    last: cython.longlong = -1
    row: cython.longlong = (scratch[cursor + 3] + block) * _ROW
    start: cython.longlong = scratch[cursor + 1]
    size: cython.longlong = min(scratch[cursor + 2] - block * _BLOCK, _BLOCK)
    i: cython.longlong
    if scratch[cursor + 4]:
        word += field.block_rows[row + 1]
        start += field.block_rows[row + 2]
        if block:
            last = field.block_rows[row - _ROW]
    scratch[cursor + _FREQ_WIDTH] = (field.doc_words[word] >> 6) & 63
    scratch[cursor + _FORM_WIDTH] = _get(field.occurrence_words, start << 5, 6)
    if scratch[cursor + _FORM_WIDTH] > 16:
        _fail()
    scratch[cursor + _FREQ_BIT] = decode_docs(
        field.doc_words, word, last, field.limit, scratch, docs, size
    )
    for i in range(size, _BLOCK):
        scratch[docs + i] = _FAR
    scratch[cursor + _CURRENT_BLOCK] = block
    scratch[cursor + _BLOCK_SIZE] = size
    scratch[cursor + _NEXT_POSTING] = 0
    scratch[cursor + _NEXT_BIT] = (start << 5) + 6
    return size


@cython.cfunc
@cython.nogil
def _locate_occurrences(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
    first: cython.size_t,
    last: cython.size_t,
) -> cython.longlong:
    """Compute the starts of the occurrences in the candidates `[first, last)`.

    The candidates are in the cursor's current block. Before the call `_STARTS` has the index of
    each candidate's posting in that block; the call replaces it by the start, and sets `_FREQS`.
    """
    i: cython.size_t
    words: cython.const[cython.uint][::1] = field.doc_words
    widths: cython.const[cython.uchar][::1] = field.widths
    posting: cython.size_t = scratch[cursor + _NEXT_POSTING]
    stop: cython.size_t = scratch[cursor + _STARTS + scratch[_SLOTS + last - 1]] + 1
    docs: cython.size_t = cursor + _BLOCK_DOCS
    bits: cython.size_t = cursor + _BLOCK_BITS
    bit: cython.longlong = scratch[cursor + _NEXT_BIT]
    form_width: cython.longlong = scratch[cursor + _FORM_WIDTH]
    stream_bits: cython.longlong = 32 * field.occurrence_words.shape[0]
    freq_width: cython.size_t = scratch[cursor + _FREQ_WIDTH]
    first_freq_bit: cython.size_t = scratch[cursor + _FREQ_BIT]
    freq_bit: cython.size_t = first_freq_bit + posting * freq_width
    mask: cython.ulonglong = (_ONE << freq_width) - 1
    slots: cython.size_t = _SLOTS
    starts: cython.size_t = cursor + _STARTS
    freqs: cython.size_t = cursor + _FREQS
    if freq_width <= 8:
        while posting + 4 <= stop:
            packed_freqs: cython.ulonglong = _load_bits(words, freq_bit)
            scratch[bits + posting] = bit
            bit += (widths[scratch[docs + posting]] + form_width) * ((packed_freqs & mask) + 1)
            packed_freqs >>= freq_width
            scratch[bits + posting + 1] = bit
            bit += (widths[scratch[docs + posting + 1]] + form_width) * ((packed_freqs & mask) + 1)
            packed_freqs >>= freq_width
            scratch[bits + posting + 2] = bit
            bit += (widths[scratch[docs + posting + 2]] + form_width) * ((packed_freqs & mask) + 1)
            packed_freqs >>= freq_width
            scratch[bits + posting + 3] = bit
            bit += (widths[scratch[docs + posting + 3]] + form_width) * ((packed_freqs & mask) + 1)
            freq_bit += 4 * freq_width
            posting += 4
    while posting < stop:
        freq: cython.longlong = _get(words, freq_bit, freq_width) + 1
        scratch[bits + posting] = bit
        bit += (widths[scratch[docs + posting]] + form_width) * freq
        freq_bit += freq_width
        posting += 1
    scratch[cursor + _NEXT_POSTING] = posting
    scratch[cursor + _NEXT_BIT] = bit
    for i in range(first, last):
        slot: cython.size_t = scratch[slots + i]
        posting = scratch[starts + slot]
        freq = _get(words, first_freq_bit + posting * freq_width, freq_width) + 1
        width: cython.longlong = widths[scratch[docs + posting]]
        bit = scratch[bits + posting]
        # The positions of a document are distinct, so that their width limits their number.
        if width > 31 or (freq - 1) >> width or bit + (width + form_width) * freq > stream_bits:
            _fail()
        scratch[starts + slot] = (bit << 12) | (width << 6) | form_width
        scratch[freqs + slot] = freq
    return 0


@cython.cfunc
@cython.nogil
def _intersect(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
    count: cython.longlong,
) -> cython.longlong:
    """Intersect the first `count` candidates with a cursor's list; return the number that remain.

    The next block is found by galloping over the block table, a doc id in the block by binary
    search. `_STARTS` and `_FREQS` are set for the remaining candidates.
    """
    i: cython.size_t = 0
    written: cython.size_t = 0
    candidates: cython.size_t = count if scratch[cursor + 2] else 0
    docs: cython.size_t = cursor + _BLOCK_DOCS
    starts: cython.size_t = cursor + _STARTS
    slots: cython.size_t = _SLOTS
    table: cython.longlong = scratch[cursor + 3]
    blocks: cython.longlong = scratch[cursor + 4]
    while i < candidates:
        doc: cython.longlong = scratch[i]
        size: cython.size_t = scratch[cursor + _BLOCK_SIZE]
        if size == 0 or scratch[docs + size - 1] < doc:
            # Find the first block after the current one whose last doc id is at least `doc`.
            low: cython.longlong = scratch[cursor + _CURRENT_BLOCK] + 1
            if low >= max(blocks, 1):
                break
            if blocks:
                low = gallop_blocks(field.block_rows, table, low, blocks, doc)
                if low == blocks:
                    break
            _open_block(field, scratch, cursor, low)
            continue
        first: cython.size_t = written
        last: cython.longlong = scratch[docs + size - 1]
        while i < candidates:
            doc = scratch[i]
            if doc > last:
                break
            # Binary search without branches, since they could not be predicted.
            index: cython.size_t = docs
            index += (scratch[index + 63] < doc) << 6
            index += (scratch[index + 31] < doc) << 5
            index += (scratch[index + 15] < doc) << 4
            index += (scratch[index + 7] < doc) << 3
            index += (scratch[index + 3] < doc) << 2
            index += (scratch[index + 1] < doc) << 1
            index += scratch[index] < doc
            slot: cython.size_t = scratch[slots + i]
            scratch[written] = doc
            scratch[slots + written] = slot
            scratch[starts + slot] = index - docs
            written += scratch[index] == doc
            i += 1
        if written > first:
            _locate_occurrences(field, scratch, cursor, first, written)
    return written


@cython.cfunc
@cython.nogil
def _reset_cursor(
    rows: cython.const[cython.longlong][::1],
    first: cython.longlong,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
) -> cython.longlong:
    """Set a cursor before the first block of a list."""
    i: cython.longlong
    blocks: cython.longlong = (rows[first + 2] + _BLOCK - 1) // _BLOCK
    for i in range(_TERM):
        if rows[first + i] < 0:
            _fail()
        scratch[cursor + i] = rows[first + i]
    if rows[first + 4] != blocks and (rows[first + 4] or blocks > 1):
        _fail()
    scratch[cursor + _CURRENT_BLOCK] = -1
    scratch[cursor + _BLOCK_SIZE] = 0
    return 0


@cython.cfunc
@cython.nogil
def _reset_position(
    scratch: cython.longlong[::1], cursor: cython.size_t, slot: cython.size_t
) -> cython.longlong:
    """Set a cursor before the first position in the candidate of a slot."""
    scratch[cursor + _NEXT_START] = scratch[cursor + _STARTS + slot]
    scratch[cursor + _REMAINING] = scratch[cursor + _FREQS + slot]
    scratch[cursor + _POSITION] = -_FAR
    return 0


@cython.cfunc
@cython.nogil
def _next_position(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    cursor: cython.size_t,
) -> cython.longlong:
    """Read the next position of a cursor in its document, or set `_FAR` after the last."""
    start: cython.longlong = scratch[cursor + _NEXT_START]
    width: cython.longlong = (start >> 6) & 63
    if scratch[cursor + _REMAINING] > 0:
        scratch[cursor + _POSITION] = _get(field.occurrence_words, start >> 12, width)
        scratch[cursor + _NEXT_START] = start + ((width + (start & 63)) << 12)
        scratch[cursor + _REMAINING] -= 1
    else:
        scratch[cursor + _POSITION] = _FAR
    return 0


@cython.cfunc
@cython.nogil
def _match_phrase(
    field: FieldPostings,
    scratch: cython.longlong[::1],
    terms: cython.size_t,
    count: cython.size_t,
) -> cython.longlong:
    """Keep the candidates, of the first `count`, in which the phrase occurs; return their number.

    The positions of the two rarest terms are merged. The positions of the other terms are decoded
    only up to a match of these two.
    """
    i: cython.size_t
    written: cython.size_t = 0
    words: cython.const[cython.uint][::1] = field.occurrence_words
    rarest: cython.size_t = _CURSORS
    second: cython.size_t = rarest + _STRIDE
    last: cython.size_t = rarest + terms * _STRIDE
    shift: cython.longlong = scratch[second + _INDEX] - scratch[rarest + _INDEX]
    target: cython.longlong
    slots: cython.size_t = _SLOTS
    starts: cython.size_t = rarest + _STARTS
    freqs: cython.size_t = rarest + _FREQS
    second_starts: cython.size_t = second + _STARTS
    second_freqs: cython.size_t = second + _FREQS
    third: cython.size_t = second + _STRIDE
    for i in range(count):
        slot: cython.size_t = scratch[slots + i]
        start: cython.longlong = scratch[starts + slot]
        bit: cython.size_t = start >> 12
        step: cython.longlong = ((start >> 6) & 63) + (start & 63)
        mask: cython.ulonglong = (_ONE << ((start >> 6) & 63)) - 1
        remaining: cython.longlong = scratch[freqs + slot]
        start = scratch[second_starts + slot]
        second_bit: cython.size_t = start >> 12
        second_step: cython.longlong = ((start >> 6) & 63) + (start & 63)
        second_remaining: cython.longlong = scratch[second_freqs + slot]
        cursor: cython.size_t = third
        while cursor < last:
            _reset_position(scratch, cursor, slot)
            cursor += _STRIDE
        # The merge branches only at a match and at the end.
        while remaining > 0 and second_remaining > 0:
            position: cython.longlong = (_load_bits(words, bit) & mask) + shift
            second_position: cython.longlong = _load_bits(words, second_bit) & mask
            if position == second_position:
                cursor = third
                while cursor < last:
                    target = second_position + scratch[cursor + _INDEX] - scratch[second + _INDEX]
                    while scratch[cursor + _POSITION] < target:
                        _next_position(field, scratch, cursor)
                    if scratch[cursor + _POSITION] != target:
                        break
                    cursor += _STRIDE
                if cursor == last:
                    scratch[written] = scratch[i]
                    scratch[slots + written] = slot
                    written += 1
                    break
            behind: cython.longlong = (position - second_position) >> 63  # -1 if less, else 0
            remaining += behind
            bit += step & behind
            behind = -1 - behind
            second_remaining += behind
            second_bit += second_step & behind
    return written


@cython.cfunc
@cython.nogil
def _load_docs(
    docs: cython.const[cython.uint][::1],
    first: cython.longlong,
    scratch: cython.longlong[::1],
) -> cython.longlong:
    """Load up to 128 doc ids from `docs[first]` on as candidates; return their number."""
    i: cython.longlong
    size: cython.longlong = min(docs.shape[0] - first, _BLOCK)
    for i in range(size):
        scratch[i] = docs[first + i]
        scratch[_SLOTS + i] = i
    return size


def phrase(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    distances: cython.const[cython.longlong][::1],
    among: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents with a phrase: terms at given distances; return their number.

    Args:
        field: the postings lists
        rows: the row of each term's list, in the order of the phrase
        distances: the position of each term in the phrase, ascending
        among: doc ids, ascending, of which only those with the phrase are written; empty for all
        out: room for the doc ids of `among`, or of the shortest list; the documents ascend; output
    """
    terms: cython.longlong = rows.shape[0] // _TERM
    scratch: cython.longlong[::1] = _zeros(_CURSORS + terms * _STRIDE)
    i: cython.longlong
    k: cython.longlong
    written: cython.longlong = 0
    slots: cython.size_t = _SLOTS
    docs: cython.size_t = _CURSORS + _BLOCK_DOCS
    starts: cython.size_t = _CURSORS + _STARTS
    with cython.nogil:
        if not terms:
            _fail()
        # Sort the cursors by document frequency, ascending.
        for i in range(terms):
            rank: cython.longlong = 0
            for k in range(terms):
                count: cython.longlong = rows[k * _TERM + 2]
                rank += count < rows[i * _TERM + 2] or (count == rows[i * _TERM + 2] and k < i)
            cursor: cython.longlong = _CURSORS + rank * _STRIDE
            _reset_cursor(rows, i * _TERM, scratch, cursor)
            scratch[cursor + _INDEX] = distances[i]
        candidates: cython.longlong = among.shape[0] if among.shape[0] else scratch[_CURSORS + 2]
        for k in range((candidates + _BLOCK - 1) // _BLOCK):
            if among.shape[0]:
                count = _load_docs(among, k * _BLOCK, scratch)
                count = _intersect(field, scratch, _CURSORS, count)
            else:
                count = _open_block(field, scratch, _CURSORS, k)
                for i in range(count):
                    scratch[i] = scratch[docs + i]
                    scratch[slots + i] = i
                    scratch[starts + i] = i
            for rank in range(1, terms):
                if not count:
                    break
                count = _intersect(field, scratch, _CURSORS + rank * _STRIDE, count)
                # Few documents have the rarest two side by side: those with the two that are in the
                # lists of all terms are the last whose positions are read.
                if rank == 1 and count:
                    if not among.shape[0]:
                        _locate_occurrences(field, scratch, _CURSORS, 0, count)
                    count = _match_phrase(field, scratch, 2, count)
            if count and terms > 2:
                count = _match_phrase(field, scratch, terms, count)
            for i in range(count):
                out[written] = scratch[i]
                written += 1
    return written


def add_gains(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    query: cython.const[cython.longlong][::1],
    max_distance: cython.longlong,
    docs: cython.const[cython.uint][::1],
    accumulators: cython.double[::1],
) -> int:
    """Add the proximity of terms to accumulators; return the number of accumulators above 0.

    Occurrences of all terms are read in the order of their positions. Two consecutive occurrences,
    at a distance of d tokens, of two terms whose least distance in the query is q, add 1 / q / d to
    the accumulators of both terms (the accumulators of Büttcher, Clarke and Lushman, Term Proximity
    Scoring for Ad-Hoc Retrieval on Very Large Text Collections, 2006).

    Args:
        field: the postings lists
        rows: the row of each term's list; without postings if the field lacks the term
        query: the numbers of the terms in the order of the query; -1 separates terms that are no
            neighbours
        max_distance: the greatest distance that counts, in tokens of the document and in terms of
            the query
        docs: doc ids, ascending
        accumulators: by term and document, flat; in and out
    """
    terms: cython.longlong = rows.shape[0] // _TERM
    count: cython.longlong = docs.shape[0]
    pairs: cython.longlong = 0
    # For each two terms their least distance in the query; 0 if they are no neighbours.
    distances: cython.longlong[::1] = _zeros(terms * terms)
    scratch: cython.longlong[::1] = _zeros(_CURSORS + terms * _STRIDE)
    i: cython.longlong
    k: cython.longlong
    first: cython.longlong
    term: cython.longlong
    left: cython.longlong
    position: cython.longlong
    left_position: cython.longlong
    positive: cython.longlong = 0
    share: cython.double
    with cython.nogil:
        for i in range(query.shape[0]):
            for first in range(i + 1, min(i + 1 + max_distance, query.shape[0])):
                left, term = query[i], query[first]
                if left < 0 or term < 0:
                    break
                # No term is beside itself, nor beside a term that the field lacks.
                if left == term or not (rows[left * _TERM + 2] and rows[term * _TERM + 2]):
                    continue
                cell: cython.longlong = left * terms + term
                if not distances[cell] or first - i < distances[cell]:
                    distances[cell] = distances[term * terms + left] = first - i
                pairs += 1
        for term in range(terms):
            _reset_cursor(rows, term * _TERM, scratch, _CURSORS + term * _STRIDE)
        for first in range(0, count if pairs else 0, 128):
            size: cython.longlong = 0
            for term in range(terms):
                cursor: cython.longlong = _CURSORS + term * _STRIDE
                size = _load_docs(docs, first, scratch)
                for i in range(size):
                    scratch[cursor + _FREQS + i] = 0
                _intersect(field, scratch, cursor, size)
            for i in range(size):
                for term in range(terms):
                    _reset_position(scratch, _CURSORS + term * _STRIDE, i)
                    _next_position(field, scratch, _CURSORS + term * _STRIDE)
                left, left_position = -1, 0
                while True:
                    term, position = -1, _FAR
                    for k in range(terms):
                        if scratch[_CURSORS + k * _STRIDE + _POSITION] < position:
                            term, position = k, scratch[_CURSORS + k * _STRIDE + _POSITION]
                    if term < 0:
                        break
                    _next_position(field, scratch, _CURSORS + term * _STRIDE)
                    cell = left * terms + term
                    if (
                        left >= 0
                        and 0 < position - left_position <= max_distance
                        and distances[cell]
                    ):
                        share = 1.0 / distances[cell] / (position - left_position)
                        accumulators[left * count + first + i] += share
                        accumulators[term * count + first + i] += share
                    left, left_position = term, position
        for i in range(accumulators.shape[0]):
            positive += accumulators[i] > 0
    return positive


def docs_with_words(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    forms: cython.const[cython.uchar][::1],
    bits: cython.ulonglong[::1],
) -> None:
    """Set the bits of the documents that contain any of the given words.

    Args:
        field: the postings lists
        rows: for each term of the given words the row of its list, then the index of its forms in
            `forms`, or -1 if all its forms are given words
        forms: for each form of these terms, whether it is a given word
        bits: a bitmap of documents; in and out
    """
    scratch: cython.longlong[::1] = _zeros(_CURSORS + _STRIDE)
    row: cython.longlong
    i: cython.longlong
    block: cython.longlong
    with cython.nogil:
        for row in range(rows.shape[0] // (_TERM + 1)):
            _reset_cursor(rows, row * (_TERM + 1), scratch, _CURSORS)
            first: cython.longlong = rows[row * (_TERM + 1) + _TERM]
            for block in range((scratch[_CURSORS + 2] + _BLOCK - 1) // _BLOCK):
                size: cython.longlong = _open_block(field, scratch, _CURSORS, block)
                if first < 0:
                    for i in range(size):
                        doc: cython.longlong = scratch[_CURSORS + _BLOCK_DOCS + i]
                        bits[doc >> 6] |= _ONE << (doc & 63)
                    continue
                for i in range(size):
                    scratch[_SLOTS + i] = i
                    scratch[_CURSORS + _STARTS + i] = i
                _locate_occurrences(field, scratch, _CURSORS, 0, size)
                for i in range(size):
                    doc = scratch[_CURSORS + _BLOCK_DOCS + i]
                    start: cython.longlong = scratch[_CURSORS + _STARTS + i]
                    bit: cython.longlong = (start >> 12) + ((start >> 6) & 63)
                    step: cython.longlong = ((start >> 6) & 63) + (start & 63)
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


@cython.cfunc
@cython.nogil
def _sort(
    positions: cython.uint[::1], begin: cython.longlong, end: cython.longlong
) -> cython.longlong:
    """Sort `positions[begin:end]` by Shellsort.

    With the increments 1, 4, 13, 40 and so on no input is slow (Knuth, The Art of Computer
    Programming, volume 3, 5.2.1).
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
    """Read the positions of the given words in documents, in two calls.

    In the first call `begin` is the index in `positions` for the first position; the call returns
    the end of the room that the positions need. In the second call `begin` is -1, and the positions
    are read.

    Args:
        field: the postings lists
        rows, forms: the words; see `docs_with_words`
        docs: doc ids, ascending
        begin: an index in `positions`, or -1
        ranges: zeros before the first call; after the second the positions of document i are
            `positions[ranges[2 * i]:ranges[2 * i + 1]]`, ascending; in and out
        positions: room for the positions of all documents, unused in the first call; output
    """
    scratch: cython.longlong[::1] = _zeros(_CURSORS + _STRIDE)
    reading: cython.bint = begin < 0
    # An occurrence takes a bit or more, unless it is the only one of its document.
    max_end: cython.longlong = begin + 32 * field.occurrence_words.shape[0] + docs.shape[0]
    row: cython.longlong
    i: cython.longlong
    first: cython.longlong
    bit: cython.longlong
    width: cython.longlong
    failed: cython.bint = False
    with cython.nogil:
        for row in range(rows.shape[0] // (_TERM + 1)):
            _reset_cursor(rows, row * (_TERM + 1), scratch, _CURSORS)
            form: cython.longlong = rows[row * (_TERM + 1) + _TERM]
            for first in range(0, docs.shape[0], 128):
                count: cython.longlong = _load_docs(docs, first, scratch)
                count = _intersect(field, scratch, _CURSORS, count)
                for i in range(count):
                    slot: cython.longlong = scratch[_SLOTS + i]
                    remaining: cython.longlong = scratch[_CURSORS + _FREQS + slot]
                    end: cython.longlong = ranges[2 * (first + slot) + 1]
                    if not reading:
                        ranges[2 * (first + slot) + 1] = end + remaining
                        continue
                    start: cython.longlong = scratch[_CURSORS + _STARTS + slot]
                    bit, width = start >> 12, (start >> 6) & 63
                    while remaining > 0:
                        if (
                            form < 0
                            or forms[form + _get(field.occurrence_words, bit + width, start & 63)]
                        ):
                            positions[end] = _get(field.occurrence_words, bit, width)
                            end += 1
                        bit += width + (start & 63)
                        remaining -= 1
                    ranges[2 * (first + slot) + 1] = end
        for i in range(docs.shape[0]):
            count = ranges[2 * i + 1]
            if reading:
                _sort(positions, ranges[2 * i], count)
                continue
            # The positions of a document are distinct, so that their width limits their number.
            failed = failed or count > (_ONE << (field.widths[docs[i]] & 31))
            ranges[2 * i] = ranges[2 * i + 1] = begin
            begin += count
        if failed or (not reading and begin > max_end):
            _fail()
    return begin


def join(
    positions: cython.uint[::1],
    ranges: cython.longlong[::1],
    distances: cython.const[cython.longlong][::1],
    count: cython.longlong,
) -> None:
    """Keep the positions of a phrase's first word at which the phrase occurs.

    Args:
        positions: the positions of all words; in and out
        ranges: for each word of the phrase and each of `count` documents the begin and the end of
            its positions, flat; the ends of the first word are changed; in and out
        distances: the position of each word in the phrase, ascending from 0
        count: the number of documents
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
                distance: cython.longlong = distances[word]
                j: cython.longlong = ranges[2 * (word * count + doc)]
                while i < stop and j < ranges[2 * (word * count + doc) + 1]:
                    if positions[i] + distance == positions[j]:
                        positions[end] = positions[i]
                        end += 1
                        i += 1
                        j += 1
                    elif positions[i] + distance < positions[j]:
                        i += 1
                    else:
                        j += 1
            ranges[2 * doc + 1] = end


def mark_within(
    field: FieldPostings,
    rows: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    limits: cython.const[cython.uint][::1],
    marks: cython.double[::1],
) -> None:
    """Mark the terms that stand in the first words of documents.

    Raises `IndexError` for postings lists with impossible values.

    Args:
        field: the postings lists
        rows: the row of each term's list; without postings if the field lacks the term
        docs: doc ids, ascending
        limits: for each document the number of its first words
        marks: by term and document, flat: 1 for a term among the first words of the document; in
            and out
    """
    count: cython.longlong = docs.shape[0]
    scratch: cython.longlong[::1] = _zeros(_CURSORS + _STRIDE)
    first: cython.longlong
    term: cython.longlong
    i: cython.longlong
    with cython.nogil:
        for term in range(rows.shape[0] // _TERM):
            _reset_cursor(rows, term * _TERM, scratch, _CURSORS)
            for first in range(0, count, 128):
                size: cython.longlong = _load_docs(docs, first, scratch)
                size = _intersect(field, scratch, _CURSORS, size)
                for i in range(size):
                    slot: cython.longlong = scratch[_SLOTS + i]
                    _reset_position(scratch, _CURSORS, slot)
                    _next_position(field, scratch, _CURSORS)
                    if scratch[_CURSORS + _POSITION] < limits[first + slot]:
                        marks[term * count + first + slot] = 1


def near(
    positions: cython.const[cython.uint][::1],
    ranges: cython.const[cython.longlong][::1],
    leaves: cython.const[cython.longlong][::1],
    operands: cython.longlong,
    slop: cython.longlong,
    ordered: cython.bint,
    docs: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents in which operands occur near each other; return their number.

    An operand has alternatives, its leaves: words or phrases. An arrangement has one occurrence of
    each operand, and no two overlap. Its slack is the number of tokens within it that belong to
    no occurrence; the slack must be at most `slop`.

    Each document is read once, in the order of positions (dynamic programming). A state is the set
    of operands that occurred, or their number if `ordered`. Of all partial arrangements in a state,
    the one with the least `slack - end` is the best, whatever follows, where `end` is the position
    after its last token; only this value is kept for each state.

    Args:
        positions: the positions at which the leaves begin
        ranges: for each word and each document the begin and the end of its positions, flat
        leaves: three numbers per leaf: its first word, the number of positions that it covers, and
            its operand, flat
        operands: the number of operands, at most 8 unless `ordered`
        slop: the greatest slack, in tokens
        ordered: whether the operands must occur in order
        docs: doc ids, ascending
        out: room for len(docs) doc ids; output
    """
    count: cython.longlong = docs.shape[0]
    leaf_count: cython.longlong = leaves.shape[0] // 3
    states: cython.longlong = operands + 1 if ordered else 1 << min(operands, 16)
    longest: cython.longlong = 1
    ring_size: cython.longlong = 2
    written: cython.longlong = 0
    doc: cython.longlong
    leaf: cython.longlong
    state: cython.longlong
    position: cython.longlong
    previous: cython.longlong
    end_position: cython.longlong
    next_leaf: cython.longlong
    index: cython.longlong
    matched: cython.bint
    with cython.nogil:
        for leaf in range(leaf_count):
            longest = max(longest, leaves[3 * leaf + 1])
        while ring_size <= longest:
            ring_size += ring_size
    # The index of each leaf's next position; the best value of each state; and a ring of the best
    # values of arrangements that end later, by the lowest bits of their end.
    work: cython.longlong[::1] = _zeros(leaf_count + states * (1 + ring_size))
    with cython.nogil:
        best: cython.longlong = leaf_count
        for doc in range(count):
            for leaf in range(leaf_count):
                work[leaf] = ranges[2 * (leaves[3 * leaf] * count + doc)]
            for index in range(best, work.shape[0]):
                work[index] = _FAR
            matched, previous = False, 0
            while not matched:
                next_leaf, position = -1, _FAR
                for leaf in range(leaf_count):
                    index = work[leaf]
                    if (
                        index < ranges[2 * (leaves[3 * leaf] * count + doc) + 1]
                        and positions[index] < position
                    ):
                        next_leaf, position = leaf, positions[index]
                if next_leaf < 0:
                    break
                work[next_leaf] += 1
                for end_position in range(previous + 1, min(position, previous + longest) + 1):
                    index = best + states * (1 + (end_position & (ring_size - 1)))
                    for state in range(states):
                        if work[index + state] < _FAR:
                            work[best + state] = min(work[best + state], work[index + state])
                            work[index + state] = _FAR
                previous = position
                operand: cython.longlong = leaves[3 * next_leaf + 2]
                end: cython.longlong = position + leaves[3 * next_leaf + 1]
                index = best + states * (1 + (end & (ring_size - 1)))
                for state in range(operand if ordered else 0, operand + 1 if ordered else states):
                    if not ordered and (state >> operand) & 1:
                        continue
                    slack: cython.longlong = work[best + state] + position if state else 0
                    if slack <= slop:
                        reached: cython.longlong = state + 1 if ordered else state + (1 << operand)
                        work[index + reached] = min(work[index + reached], slack - end)
                        matched = matched or reached == states - 1
            if matched:
                out[written] = docs[doc]
                written += 1
    return written
