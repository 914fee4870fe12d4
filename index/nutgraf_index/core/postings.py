"""Postings lists as bits: blocks of 128, their numbers in as many bits as the largest needs.

A list is a run of blocks, each of 128 postings but the last, in two streams of words of 32 bits. A
block begins at a word. In the stream of documents it has

    6 bits: width of a gap · 6 bits: width of a frequency · the gaps · the frequencies less 1

where a gap is a document less the one before it in the list, less 1. In the stream of occurrences

    6 bits: width of a form · for each occurrence its position, in `widths[document]` bits, and form

A stream ends with two words of padding: a number is read from two words, and one of no bits may
begin at the end. Lists of consecutive terms follow each other. Impossible values raise
IndexError, by a bounds check or explicitly.
"""

from __future__ import annotations

import cython

__all__ = [
    "BLOCK",
    "ROW",
    "decode",
    "decode_occurrences",
    "encode",
    "first_rows",
    "intersect",
    "mark",
    "widths",
]

BLOCK = 128  # postings
ROW = 5  # numbers that are stored of a block of a list of several

_BLOCK = cython.declare(cython.longlong, BLOCK)
_ROW = cython.declare(cython.longlong, ROW)
_WORD = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ALL = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _two_words(words: cython.const[cython.uint][::1], bit: cython.size_t) -> cython.ulonglong:
    """Return the bits from one on that are in its word and the next: 33 of them, or more."""
    word: cython.size_t = bit >> 5
    both: cython.ulonglong = words[word] | (cython.cast(cython.ulonglong, words[word + 1]) << 32)
    return both >> (bit & 31)


@cython.cfunc
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
def _put(
    words: cython.uint[::1], bit: cython.longlong, width: cython.longlong, value: cython.ulonglong
) -> cython.longlong:
    """Write a number of `width` bits, 32 at most, to words that are 0 there; return its end."""
    word: cython.longlong = bit >> 5
    shift: cython.longlong = bit & 31
    words[word] |= (value << shift) & _WORD
    if shift + width > 32:
        words[word + 1] |= value >> (32 - shift)
    return bit + width


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _width(value: cython.ulonglong) -> cython.longlong:
    """Return the number of bits that `value` needs."""
    width: cython.longlong = 0
    while value:
        value >>= 1
        width += 1
    return width


def widths(
    lengths: cython.const[cython.uint][::1], spare: cython.longlong, widths: cython.uchar[::1]
) -> None:
    """Write how many bits a position has in each document: what its length asks for, and `spare`.

    But 31 at most.
    """
    i: cython.longlong
    with cython.nogil:
        for i in range(lengths.shape[0]):
            widths[i] = 0
            if lengths[i]:
                widths[i] = _width(lengths[i] - 1)
            widths[i] = min(widths[i] + spare, 31)


def first_rows(
    at: cython.const[cython.uint][::1],
    size: cython.longlong,
    limit: cython.longlong,
    rows: cython.uint[::1],
) -> None:
    """Write how many rows of blocks there are before those of each term, and in all.

    Args:
        at: how many postings there are before each term, and in all, in `size` words each
        limit: the most postings that a term may have
        rows: to take the numbers, as far as it goes
    """
    term: cython.longlong
    total: cython.longlong = 0
    before: cython.longlong
    end: cython.longlong = 0
    failed: cython.bint = False
    with cython.nogil:
        for term in range(rows.shape[0]):
            before, end = end, at[size * term]
            if size > 1:
                end |= cython.cast(cython.ulonglong, at[size * term + 1] & 0x7FFF_FFFF) << 32
            count: cython.longlong = end - before
            failed = failed or count < 0 or count > limit
            if count > _BLOCK:
                total += (count + _BLOCK - 1) // _BLOCK
            rows[term] = total & _WORD
    if failed:
        raise IndexError("a term has more documents than there are")


def encode(
    counts: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    positions: cython.const[cython.uint][::1],
    forms: cython.const[cython.ushort][::1],
    widths: cython.const[cython.uchar][::1],
    lengths: cython.const[cython.uint][::1],
    doc_words: cython.uint[::1],
    occurrence_words: cython.uint[::1],
    sizes: cython.longlong[:, ::1],
    blocks: cython.uint[:, ::1],
) -> int:
    """Write the postings of consecutive terms; return how many blocks have a row in `blocks`.

    Args:
        counts: how many postings each term has
        docs: the documents of all terms, ascending within a term
        freqs: the frequency of each posting, at least 1; empty for a field without occurrences
        positions: of all occurrences, ascending within a posting
        forms: of all occurrences
        widths: bits of a position, for each document of the segment
        lengths: of the field in each document of the segment
        doc_words: the stream of documents, all 0
        occurrence_words: the stream of occurrences, all 0
        sizes: output; words per term in each of the two streams
        blocks: to take, for each block of the terms that have more than one: its last document,
            the words before it of its term in the two streams, its greatest frequency, and its
            least whole part of length by frequency
    """
    term: cython.longlong
    i: cython.longlong
    k: cython.longlong
    first: cython.longlong = 0
    previous: cython.longlong
    bits: cython.ulonglong
    most: cython.ulonglong
    least: cython.ulonglong
    doc_word: cython.longlong = 0
    doc_first: cython.longlong
    occurrence: cython.longlong = 0
    end: cython.longlong
    occurrence_word: cython.longlong = 0
    occurrence_first: cython.longlong
    block: cython.longlong = 0
    analysed: cython.bint = freqs.shape[0] > 0
    failed: cython.bint = False
    with cython.nogil:
        for term in range(counts.shape[0]):
            if failed:
                break
            left: cython.longlong = counts[term]
            many: cython.bint = left > _BLOCK
            last: cython.longlong = -1
            doc_first, occurrence_first = doc_word, occurrence_word
            while left > 0:
                stop: cython.longlong = first + min(left, _BLOCK)
                bits, previous = 0, last
                for i in range(first, stop):
                    bits |= cython.cast(cython.ulonglong, docs[i] - previous - 1)
                    previous = docs[i]
                gap_width: cython.longlong = _width(bits)
                if gap_width > 32:
                    failed = True
                    break
                bits, most, least = 0, 0, _WORD
                if analysed:
                    for i in range(first, stop):
                        bits |= freqs[i] - 1
                        most = max(most, freqs[i])
                        norm: cython.ulonglong = lengths[docs[i]] // freqs[i]
                        least = min(least, norm)
                freq_width: cython.longlong = _width(bits)
                if many:
                    blocks[block, 0] = previous
                    blocks[block, 1] = doc_word - doc_first
                    blocks[block, 2] = occurrence_word - occurrence_first
                    blocks[block, 3] = most
                    blocks[block, 4] = least
                    block += 1
                bit: cython.longlong = doc_word << 5
                bit = _put(doc_words, bit, 6, gap_width)
                bit = _put(doc_words, bit, 6, freq_width)
                for i in range(first, stop):
                    bit = _put(doc_words, bit, gap_width, docs[i] - last - 1)
                    last = docs[i]
                if analysed:
                    for i in range(first, stop):
                        bit = _put(doc_words, bit, freq_width, freqs[i] - 1)
                doc_word = (bit + 31) >> 5
                if analysed:
                    bits, end = 0, occurrence
                    for i in range(first, stop):
                        end += freqs[i]
                    for k in range(occurrence, end):
                        bits |= forms[k]
                    form_width: cython.longlong = _width(bits)
                    bit = _put(occurrence_words, occurrence_word << 5, 6, form_width)
                    for i in range(first, stop):
                        width: cython.longlong = widths[docs[i]]
                        for k in range(occurrence, occurrence + freqs[i]):
                            bit = _put(occurrence_words, bit, width, positions[k])
                            bit = _put(occurrence_words, bit, form_width, forms[k])
                        occurrence += freqs[i]
                    occurrence_word = (bit + 31) >> 5
                left -= stop - first
                first = stop
            sizes[term, 0] = doc_word - doc_first
            sizes[term, 1] = occurrence_word - occurrence_first
    if failed:
        raise IndexError("documents that do not ascend")
    return block


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _unpack(
    words: cython.const[cython.uint][::1],
    bit: cython.size_t,
    width: cython.size_t,
    added: cython.ulonglong,
    carried: cython.ulonglong,
    numbers: cython.uint[::1],
    first: cython.size_t,
    stop: cython.size_t,
) -> cython.longlong:
    """Read the numbers of a block, of `width` bits, from a bit on, to `[first, stop)` of an array.

    To each is added `added`, which then grows: to 1 more than the sum if all bits of `carried` are
    set, as for documents, and else to 1. Return it.
    """
    i: cython.size_t = first
    mask: cython.ulonglong = (_ONE << width) - 1
    if width <= 8:
        while i + 4 <= stop:
            both: cython.ulonglong = _two_words(words, bit)
            added += both & mask
            numbers[i] = added & _WORD
            both >>= width
            added = (added & carried) + 1 + (both & mask)
            numbers[i + 1] = added & _WORD
            both >>= width
            added = (added & carried) + 1 + (both & mask)
            numbers[i + 2] = added & _WORD
            both >>= width
            added = (added & carried) + 1 + (both & mask)
            numbers[i + 3] = added & _WORD
            added = (added & carried) + 1
            bit += 4 * width
            i += 4
    if width <= 16:
        while i + 2 <= stop:
            both = _two_words(words, bit)
            added += both & mask
            numbers[i] = added & _WORD
            both >>= width
            added = (added & carried) + 1 + (both & mask)
            numbers[i + 1] = added & _WORD
            added = (added & carried) + 1
            bit += 2 * width
            i += 2
    while i < stop:
        added += _two_words(words, bit) & mask
        numbers[i] = added & _WORD
        added = (added & carried) + 1
        bit += width
        i += 1
    return added


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _decode_block(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    last: cython.longlong,
    limit: cython.longlong,
    docs: cython.uint[::1],
    freqs: cython.uint[::1],
    first: cython.longlong,
    stop: cython.longlong,
) -> cython.longlong:
    """Read a block to `[first, stop)` of two arrays, `last` being the document before it.

    Return the word after it, or -2 if a document is not below `limit`.
    """
    bit: cython.longlong = (word << 5) + 12
    gap_width: cython.longlong = words[word] & 63
    freq_width: cython.longlong = (words[word] >> 6) & 63
    if gap_width > 32 or freq_width > 32:
        return -2
    if _unpack(words, bit, gap_width, last + 1, _ALL, docs, first, stop) > limit:
        return -2
    bit += gap_width * (stop - first)
    if freqs.shape[0]:
        _unpack(words, bit, freq_width, 1, 0, freqs, first, stop)
    bit += freq_width * (stop - first)
    return (bit + 31) >> 5


def decode(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    counts: cython.const[cython.longlong][::1],
    limit: cython.longlong,
    docs: cython.uint[::1],
    freqs: cython.uint[::1],
) -> int:
    """Read the postings of consecutive terms, which begin at a word; return the word after them.

    Args:
        counts: how many postings each term has
        limit: number of documents in the segment; every decoded document must be smaller
        docs: to take the documents of all terms
        freqs: to take their frequencies; empty if they are not wanted
    """
    term: cython.longlong
    first: cython.longlong = 0
    left: cython.longlong
    last: cython.longlong
    with cython.nogil:
        for term in range(counts.shape[0]):
            left, last = counts[term], -1
            while left > 0 and word >= 0:
                stop: cython.longlong = first + min(left, _BLOCK)
                word = _decode_block(words, word, last, limit, docs, freqs, first, stop)
                last = docs[stop - 1]
                left -= stop - first
                first = stop
    if word < 0:
        raise IndexError("a document is beyond the last")
    return word


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _block_of(
    rows: cython.const[cython.uint][::1],
    first: cython.longlong,
    block: cython.longlong,
    blocks: cython.longlong,
    doc: cython.ulonglong,
) -> cython.longlong:
    """Return the first block from one on whose last document is not before `doc`, by galloping.

    It is `blocks` if there is none. `first` is the row of the first block of the list.
    """
    step: cython.longlong = 1
    high: cython.longlong = block
    while high < blocks and rows[(first + high) * _ROW] < doc:
        block = high + 1
        high += step
        step += step
    high = min(high, blocks)
    while block < high:
        middle: cython.longlong = (block + high) >> 1
        if rows[(first + middle) * _ROW] < doc:
            block = middle + 1
        else:
            high = middle
    return block


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _together(width: cython.size_t) -> cython.size_t:
    """Return how many numbers of some bits are whole in two words, wherever the first begins."""
    return 33 // width if width else _BLOCK


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _mark(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    count: cython.longlong,
    limit: cython.ulonglong,
    bits: cython.ulonglong[::1],
    twice: cython.ulonglong[::1],
) -> cython.longlong:
    """Set the bits of the documents of a list; return -2 for one not below `limit`."""
    doc: cython.ulonglong = 0
    counting: cython.bint = twice.shape[0] > 0
    while count > 0:
        size: cython.size_t = min(count, _BLOCK)
        width: cython.size_t = words[word] & 63
        if width > 32:
            return -2
        together: cython.size_t = _together(width)
        mask: cython.ulonglong = (_ONE << width) - 1
        bit: cython.size_t = (word << 5) + 12
        i: cython.size_t = 0
        while i < size:
            both: cython.ulonglong = _two_words(words, bit)
            bit += together * width
            end: cython.size_t = min(i + together, size)
            while i < end:
                doc += both & mask
                one: cython.ulonglong = _ONE << (doc & 63)
                if counting:
                    twice[doc >> 6] |= bits[doc >> 6] & one
                bits[doc >> 6] |= one
                doc += 1
                both >>= width
                i += 1
        word += (43 + (width + ((words[word] >> 6) & 63)) * size) >> 5
        count -= size
    return 0 if doc <= limit else -2


def mark(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    count: cython.longlong,
    limit: cython.longlong,
    bits: cython.ulonglong[::1],
    twice: cython.ulonglong[::1],
) -> None:
    """Set the bits of the documents of a list, which has `count` of them and begins at a word.

    And in `twice`, unless it is empty, those that were set.
    """
    with cython.nogil:
        count = _mark(words, word, count, limit, bits, twice)
    if count < 0:
        raise IndexError("a document is beyond the last")


def intersect(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    count: cython.longlong,
    limit: cython.longlong,
    rows: cython.const[cython.uint][::1],
    first_block: cython.longlong,
    blocks: cython.longlong,
    wanted: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write those of some documents that are in a list; return how many these are.

    Args:
        words: the stream of documents
        word: where the list begins in it
        count: how many documents it has
        limit: number of documents in the segment
        rows: the rows of blocks, as `encode` wrote them
        first_block, blocks: the row of its first block, and how many it has there: without any its
            blocks are read one after the other
        wanted: the documents to look up, ascending
        out: to take those that the list has; may be `wanted` itself
    """
    doc: cython.ulonglong = 0
    last: cython.ulonglong = limit
    at: cython.longlong = 0
    number: cython.longlong = 0
    block: cython.longlong = 0
    start: cython.longlong = word
    failed: cython.bint = limit < 0
    with cython.nogil:
        while at < wanted.shape[0] and not failed:
            target: cython.ulonglong = wanted[at]
            if blocks:
                block = _block_of(rows, first_block, block, blocks, target)
                if block == blocks:
                    break
                last = rows[(first_block + block) * _ROW]
                word = start + rows[(first_block + block) * _ROW + 1]
                doc = 0
                if block:
                    doc = rows[(first_block + block - 1) * _ROW] + _ONE
            if block * _BLOCK >= count:
                break
            size: cython.size_t = min(count - block * _BLOCK, _BLOCK)
            width: cython.size_t = words[word] & 63
            if width > 32:
                failed = True
                break
            together: cython.size_t = _together(width)
            mask: cython.ulonglong = (_ONE << width) - 1
            bit: cython.size_t = (word << 5) + 12
            i: cython.size_t = 0
            while i < size:
                both: cython.ulonglong = _two_words(words, bit)
                bit += together * width
                end: cython.size_t = min(i + together, size)
                while i < end:
                    doc += both & mask
                    if doc >= target:
                        failed |= doc >= cython.cast(cython.ulonglong, limit)
                        while target < doc:
                            at += 1
                            target = wanted[at] if at < wanted.shape[0] else _ALL
                        out[number] = target & _WORD
                        number += target == doc
                        at += target == doc
                        target = wanted[at] if at < wanted.shape[0] else _ALL
                        if target > last:
                            i = end = size
                            break
                    doc += 1
                    both >>= width
                    i += 1
            word += (43 + (width + ((words[word] >> 6) & 63)) * size) >> 5
            block += 1
    if failed:
        raise IndexError("a document is beyond the last")
    return number


def decode_occurrences(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    counts: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    widths: cython.const[cython.uchar][::1],
    positions: cython.uint[::1],
    forms: cython.ushort[::1],
) -> int:
    """Read the occurrences of consecutive terms, as `decode` does their postings.

    Args:
        docs: the documents of all terms, as `decode` gave them
        freqs: their frequencies
        widths: bits of a position, for each document of the segment
        positions: to take the position of each occurrence
        forms: to take its form; empty if they are not wanted
    """
    term: cython.longlong
    i: cython.longlong
    first: cython.longlong = 0
    occurrence: cython.longlong = 0
    wanted: cython.bint = forms.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            left: cython.longlong = counts[term]
            while left > 0:
                stop: cython.longlong = first + min(left, _BLOCK)
                bit: cython.longlong = word << 5
                form_width: cython.longlong = _get(words, bit, 6)
                bit += 6
                for i in range(first, stop):
                    width: cython.longlong = widths[docs[i]] & 31
                    end: cython.longlong = occurrence + freqs[i]
                    while occurrence < end:
                        positions[occurrence] = _get(words, bit, width)
                        bit += width
                        if wanted:
                            forms[occurrence] = _get(words, bit, form_width) & 0xFFFF
                        bit += form_width
                        occurrence += 1
                word = (bit + 31) >> 5
                left -= stop - first
                first = stop
    return word
