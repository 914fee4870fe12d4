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

__all__ = ["BLOCK", "decode", "decode_occurrences", "encode"]

BLOCK = 128  # postings

_BLOCK = cython.declare(cython.longlong, BLOCK)
_WORD = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _get(
    words: cython.const[cython.uint][::1], bit: cython.longlong, width: cython.longlong
) -> cython.longlong:
    """Return the number of `width` bits, 32 at most, from a bit on."""
    word: cython.longlong = bit >> 5
    both: cython.ulonglong = words[word] | (cython.cast(cython.ulonglong, words[word + 1]) << 32)
    return (both >> (bit & 31)) & ((_ONE << width) - 1)


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
    left: cython.longlong
    last: cython.longlong
    previous: cython.longlong
    stop: cython.longlong
    gap_width: cython.longlong
    freq_width: cython.longlong
    form_width: cython.longlong
    width: cython.longlong
    bits: cython.ulonglong
    most: cython.ulonglong
    least: cython.ulonglong
    norm: cython.ulonglong
    bit: cython.longlong
    doc_word: cython.longlong = 0
    doc_first: cython.longlong
    occurrence: cython.longlong = 0
    end: cython.longlong
    occurrence_word: cython.longlong = 0
    occurrence_first: cython.longlong
    block: cython.longlong = 0
    many: cython.bint
    analysed: cython.bint = freqs.shape[0] > 0
    failed: cython.bint = False
    with cython.nogil:
        for term in range(counts.shape[0]):
            if failed:
                break
            left = counts[term]
            many = left > _BLOCK
            last = -1
            doc_first, occurrence_first = doc_word, occurrence_word
            while left > 0:
                stop = first + min(left, _BLOCK)
                bits, previous = 0, last
                for i in range(first, stop):
                    bits |= cython.cast(cython.ulonglong, docs[i] - previous - 1)
                    previous = docs[i]
                gap_width = _width(bits)
                if gap_width > 32:
                    failed = True
                    break
                bits, most, least = 0, 0, _WORD
                if analysed:
                    for i in range(first, stop):
                        bits |= freqs[i] - 1
                        most = max(most, freqs[i])
                        norm = lengths[docs[i]] // freqs[i]
                        least = min(least, norm)
                freq_width = _width(bits)
                if many:
                    blocks[block, 0] = previous
                    blocks[block, 1] = doc_word - doc_first
                    blocks[block, 2] = occurrence_word - occurrence_first
                    blocks[block, 3] = most
                    blocks[block, 4] = least
                    block += 1
                bit = doc_word << 5
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
                    form_width = _width(bits)
                    bit = _put(occurrence_words, occurrence_word << 5, 6, form_width)
                    for i in range(first, stop):
                        width = widths[docs[i]]
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
    i: cython.longlong
    bit: cython.longlong = word << 5
    gap_width: cython.longlong = _get(words, bit, 6)
    freq_width: cython.longlong = _get(words, bit + 6, 6)
    if gap_width > 32 or freq_width > 32:
        return -2
    bit += 12
    for i in range(first, stop):
        last += _get(words, bit, gap_width) + 1
        if last >= limit:
            return -2
        docs[i] = last
        bit += gap_width
    if freqs.shape[0]:
        for i in range(first, stop):
            freqs[i] = (_get(words, bit, freq_width) + 1) & _WORD
            bit += freq_width
    else:
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
    stop: cython.longlong
    with cython.nogil:
        for term in range(counts.shape[0]):
            left, last = counts[term], -1
            while left > 0 and word >= 0:
                stop = first + min(left, _BLOCK)
                word = _decode_block(words, word, last, limit, docs, freqs, first, stop)
                last = docs[stop - 1]
                left -= stop - first
                first = stop
    if word < 0:
        raise IndexError("a document is beyond the last")
    return word


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
    left: cython.longlong
    stop: cython.longlong
    width: cython.longlong
    form_width: cython.longlong
    occurrence: cython.longlong = 0
    end: cython.longlong
    bit: cython.longlong
    wanted: cython.bint = forms.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            left = counts[term]
            while left > 0:
                stop = first + min(left, _BLOCK)
                bit = word << 5
                form_width = _get(words, bit, 6)
                bit += 6
                for i in range(first, stop):
                    width = widths[docs[i]] & 31
                    end = occurrence + freqs[i]
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
