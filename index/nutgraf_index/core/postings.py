"""Encoding of postings lists: binary packing in blocks of 128 postings.

The doc ids of a block are stored as gaps. Every gap of a block has as many bits as the largest gap
needs, and every frequency as many as the greatest frequency needs (Lemire and Boytsov, Decoding
Billions of Integers per Second through Vectorization, 2015, there with SIMD instructions). A
postings list is a sequence of blocks in two streams of 32-bit words. All blocks but the last have
128 postings. A block begins at a word boundary. In the document stream it is

    6 bits: bits per gap · 6 bits: bits per frequency · the gaps · the frequencies less 1

where a gap is a doc id less the doc id before it in the list, less 1. In the occurrence stream a
block is

    6 bits: bits per form · for each occurrence its position, in `widths[doc id]` bits, and its form

The form of an occurrence is the number of its word among the words that are stemmed to the same
term. A stream ends with two words of padding, since a value is read from two words, and a value of
0 bits may begin at the end. Postings lists of consecutive terms are adjacent.

A list of more than one block has a row of `ROW` numbers per block in the block table: its last doc
id; its first word in the document and in the occurrence stream, relative to the list; its greatest
frequency; and its least `length // frequency`. The last two give the block's max score.

Impossible values raise IndexError, by a bounds check or explicitly.
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
    "short_lengths",
    "widths",
]

BLOCK = 128  # postings per block
ROW = 5  # numbers per block in the block table

_BLOCK = cython.declare(cython.longlong, BLOCK)
_ROW = cython.declare(cython.longlong, ROW)
_WORD = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ALL = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)


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
def _put(
    words: cython.uint[::1], bit: cython.longlong, width: cython.longlong, value: cython.ulonglong
) -> cython.longlong:
    """Write a value of `width` bits, at most 32, over zeros; return the bit after it."""
    word: cython.longlong = bit >> 5
    shift: cython.longlong = bit & 31
    words[word] |= (value << shift) & _WORD
    if shift + width > 32:
        words[word + 1] |= value >> (32 - shift)
    return bit + width


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bit_width(value: cython.ulonglong) -> cython.longlong:
    """Return the number of bits that `value` needs.

    A loop over the bits would take twice as long, since processors cannot predict where it ends.
    """
    width: cython.longlong = 32 if value >> 32 else 0
    width += 16 if value >> (width + 16) else 0
    width += 8 if value >> (width + 8) else 0
    width += 4 if value >> (width + 4) else 0
    width += 2 if value >> (width + 2) else 0
    width += 1 if value >> (width + 1) else 0
    return width + 1 if value else 0


def widths(
    lengths: cython.const[cython.uint][::1], spare: cython.longlong, widths: cython.uchar[::1]
) -> None:
    """Write the number of bits of a position in each document, at most 31.

    Args:
        lengths: the length of the field in each document, in tokens
        spare: bits in addition to what the length needs, since gaps raise positions
        widths: room for one number per document; output
    """
    i: cython.longlong
    with cython.nogil:
        for i in range(lengths.shape[0]):
            widths[i] = 0
            if lengths[i]:
                widths[i] = _bit_width(lengths[i] - 1)
            widths[i] = min(widths[i] + spare, 31)


def short_lengths(lengths: cython.const[cython.uint][::1], out: cython.uchar[::1]) -> None:
    """Write lengths in bytes: 255 for a length of 255 or more.

    Args:
        lengths: the length of the field in each document
        out: room for one number per document; output
    """
    i: cython.longlong
    with cython.nogil:
        for i in range(lengths.shape[0]):
            out[i] = min(lengths[i], 255)


def first_rows(
    starts: cython.const[cython.uint][::1],
    size: cython.longlong,
    limit: cython.longlong,
    rows: cython.uint[::1],
) -> None:
    """Write the first row of each term in the block table, then the number of rows.

    Args:
        starts: the offset of each term's first posting, then the number of postings; `size` 32-bit
            words each
        size: 1, or 2 for numbers of 64 bits, the lower word first
        limit: the greatest possible number of postings of a term
        rows: room for the numbers of all terms, or of the first terms only; output
    """
    term: cython.longlong
    total: cython.longlong = 0
    start: cython.longlong
    end: cython.longlong = 0
    failed: cython.bint = False
    with cython.nogil:
        for term in range(rows.shape[0]):
            start, end = end, starts[size * term]
            if size > 1:
                end |= cython.cast(cython.ulonglong, starts[size * term + 1] & 0x7FFF_FFFF) << 32
            count: cython.longlong = end - start
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
    """Encode the postings lists of consecutive terms; return the number of rows in the block table.

    Args:
        counts: the number of postings of each term
        docs: the doc id of each posting, ascending within a term
        freqs: the frequency of each posting, from 1; empty for a field without occurrences
        positions: the position of each occurrence, ascending within a posting
        forms: the form of each occurrence
        widths: bits of a position in each document of the segment
        lengths: the length of the field in each document of the segment, in tokens
        doc_words: zeros, room for the document stream; output
        occurrence_words: zeros, room for the occurrence stream; output
        sizes: for each term its words in the document and in the occurrence stream; output
        blocks: room for the block table; output
    """
    term: cython.longlong
    i: cython.longlong
    k: cython.longlong
    first: cython.longlong = 0
    previous: cython.longlong
    bits: cython.ulonglong
    max_freq: cython.ulonglong
    min_ratio: cython.ulonglong
    doc_word: cython.longlong = 0
    first_doc_word: cython.longlong
    occurrence: cython.longlong = 0
    end: cython.longlong
    occurrence_word: cython.longlong = 0
    first_occurrence_word: cython.longlong
    block: cython.longlong = 0
    analysed: cython.bint = freqs.shape[0] > 0
    failed: cython.bint = False
    with cython.nogil:
        for term in range(counts.shape[0]):
            if failed:
                break
            remaining: cython.longlong = counts[term]
            has_rows: cython.bint = remaining > _BLOCK
            last: cython.longlong = -1
            first_doc_word, first_occurrence_word = doc_word, occurrence_word
            while remaining > 0:
                stop: cython.longlong = first + min(remaining, _BLOCK)
                bits, previous = 0, last
                for i in range(first, stop):
                    bits |= cython.cast(cython.ulonglong, docs[i] - previous - 1)
                    previous = docs[i]
                gap_width: cython.longlong = _bit_width(bits)
                if gap_width > 32:
                    failed = True
                    break
                bits, max_freq, min_ratio = 0, 0, _WORD
                if analysed:
                    for i in range(first, stop):
                        bits |= freqs[i] - 1
                        max_freq = max(max_freq, freqs[i])
                        ratio: cython.ulonglong = lengths[docs[i]] // freqs[i]
                        min_ratio = min(min_ratio, ratio)
                freq_width: cython.longlong = _bit_width(bits)
                if has_rows:
                    blocks[block, 0] = previous
                    blocks[block, 1] = doc_word - first_doc_word
                    blocks[block, 2] = occurrence_word - first_occurrence_word
                    blocks[block, 3] = max_freq
                    blocks[block, 4] = min_ratio
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
                    form_width: cython.longlong = _bit_width(bits)
                    bit = _put(occurrence_words, occurrence_word << 5, 6, form_width)
                    for i in range(first, stop):
                        width: cython.longlong = widths[docs[i]]
                        for k in range(occurrence, occurrence + freqs[i]):
                            bit = _put(occurrence_words, bit, width, positions[k])
                            bit = _put(occurrence_words, bit, form_width, forms[k])
                        occurrence += freqs[i]
                    occurrence_word = (bit + 31) >> 5
                remaining -= stop - first
                first = stop
            sizes[term, 0] = doc_word - first_doc_word
            sizes[term, 1] = occurrence_word - first_occurrence_word
    if failed:
        raise IndexError("the doc ids of a term do not ascend")
    return block


@cython.cfunc
@cython.nogil
def decode_docs(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    last: cython.longlong,
    limit: cython.longlong,
    numbers: Number[::1],  # type: ignore[name-defined]  # noqa: F821
    first: cython.size_t,
    size: cython.longlong,
) -> cython.longlong:
    """Decode the doc ids of a block; return the first bit of its frequencies.

    Args:
        words: the document stream
        word: the first word of the block
        last: the doc id before the block, or -1
        limit: the number of documents; a doc id of `limit` or more raises IndexError
        numbers: room for the doc ids from `first` on; output
        first: an index in `numbers`
        size: the number of postings of the block
    """
    width: cython.size_t = words[word] & 63
    mask: cython.ulonglong = (_ONE << width) - 1
    bit: cython.size_t = (word << 5) + 12
    i: cython.size_t = first
    stop: cython.size_t = first + size
    gaps: cython.ulonglong
    if size > 0 and width <= 32 and (words[word] >> 6) & 63 <= 32:
        # Four gaps of at most 8 bits, or two of 16, are whole in two words, wherever they begin.
        while width <= 8 and i + 4 <= stop:
            gaps = _load_bits(words, bit)
            last += (gaps & mask) + 1
            numbers[i] = last & _WORD
            gaps >>= width
            last += (gaps & mask) + 1
            numbers[i + 1] = last & _WORD
            gaps >>= width
            last += (gaps & mask) + 1
            numbers[i + 2] = last & _WORD
            gaps >>= width
            last += (gaps & mask) + 1
            numbers[i + 3] = last & _WORD
            bit += 4 * width
            i += 4
        while width <= 16 and i + 2 <= stop:
            gaps = _load_bits(words, bit)
            last += (gaps & mask) + 1
            numbers[i] = last & _WORD
            gaps >>= width
            last += (gaps & mask) + 1
            numbers[i + 1] = last & _WORD
            bit += 2 * width
            i += 2
        while i < stop:
            last += (_load_bits(words, bit) & mask) + 1
            numbers[i] = last & _WORD
            bit += width
            i += 1
    if i < stop or last >= limit or size <= 0:
        with cython.gil:
            raise IndexError("a doc id is out of range")
    return bit


@cython.cfunc
@cython.nogil
def decode_freqs(
    words: cython.const[cython.uint][::1],
    bit: cython.size_t,
    width: cython.size_t,
    numbers: Number[::1],  # type: ignore[name-defined]  # noqa: F821
    first: cython.size_t,
    size: cython.size_t,
) -> cython.longlong:
    """Decode frequencies of `width` bits, from `bit` on; return the bit after them.

    Args:
        words: the document stream
        bit, width: see above
        numbers: room for the frequencies from `first` on; output
        first: an index in `numbers`
        size: the number of frequencies
    """
    i: cython.size_t = first
    stop: cython.size_t = first + size
    mask: cython.ulonglong = (_ONE << width) - 1
    while width <= 8 and i + 4 <= stop:
        freqs: cython.ulonglong = _load_bits(words, bit)
        numbers[i] = (freqs & mask) + 1
        freqs >>= width
        numbers[i + 1] = (freqs & mask) + 1
        freqs >>= width
        numbers[i + 2] = (freqs & mask) + 1
        freqs >>= width
        numbers[i + 3] = (freqs & mask) + 1
        bit += 4 * width
        i += 4
    while i < stop:
        numbers[i] = ((_load_bits(words, bit) & mask) + 1) & _WORD
        bit += width
        i += 1
    return bit


def decode(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    counts: cython.const[cython.longlong][::1],
    limit: cython.longlong,
    docs: cython.uint[::1],
    freqs: cython.uint[::1],
) -> int:
    """Decode the postings of consecutive terms; return the word after them.

    Args:
        words: the document stream
        word: the first word of the first term
        counts: the number of postings of each term
        limit: the number of documents; a doc id of `limit` or more raises IndexError
        docs: room for the doc id of each posting; output
        freqs: room for the frequency of each posting, or empty to leave them out; output
    """
    term: cython.longlong
    first: cython.longlong = 0
    remaining: cython.longlong
    last: cython.longlong
    with cython.nogil:
        for term in range(counts.shape[0]):
            remaining, last = counts[term], -1
            while remaining > 0:
                size: cython.longlong = min(remaining, _BLOCK)
                width: cython.longlong = (words[word] >> 6) & 63
                bit: cython.longlong = decode_docs(words, word, last, limit, docs, first, size)
                if freqs.shape[0]:
                    decode_freqs(words, bit, width, freqs, first, size)
                word = (bit + width * size + 31) >> 5
                last = docs[first + size - 1]
                remaining -= size
                first += size
    return word


@cython.cfunc
@cython.nogil
def gallop_blocks(
    rows: cython.const[cython.uint][::1],
    first: cython.longlong,
    block: cython.longlong,
    blocks: cython.longlong,
    doc: cython.longlong,
) -> cython.longlong:
    """Return the first block from `block` on whose last doc id is at least `doc`, by galloping.

    Return `blocks`, the number of blocks, if there is none. `first` is the row of the list's first
    block.
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
def _per_load(width: cython.size_t) -> cython.size_t:
    """Return the number of values of `width` bits that `_load_bits` always returns whole."""
    return 33 // width if width else _BLOCK


def mark(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    count: cython.longlong,
    limit: cython.ulonglong,
    bits: cython.ulonglong[::1],
    twice: cython.ulonglong[::1],
) -> None:
    """Set the bits of the doc ids of a postings list.

    Args:
        words: the document stream
        word: the first word of the list
        count: the number of its postings
        limit: the number of documents
        bits: a bitmap; in and out
        twice: a bitmap that gains the documents whose bits were set before, or empty; in and out
    """
    doc: cython.ulonglong = 0
    track_twice: cython.bint = twice.shape[0] > 0
    with cython.nogil:
        while count > 0:
            size: cython.size_t = min(count, _BLOCK)
            width: cython.size_t = words[word] & 63
            if width > 32:
                break
            per_load: cython.size_t = _per_load(width)
            mask: cython.ulonglong = (_ONE << width) - 1
            bit: cython.size_t = (word << 5) + 12
            i: cython.size_t = 0
            while i < size:
                gaps: cython.ulonglong = _load_bits(words, bit)
                bit += per_load * width
                end: cython.size_t = min(i + per_load, size)
                while i < end:
                    doc += gaps & mask
                    doc_bit: cython.ulonglong = _ONE << (doc & 63)
                    if track_twice:
                        twice[doc >> 6] |= bits[doc >> 6] & doc_bit
                    bits[doc >> 6] |= doc_bit
                    doc += 1
                    gaps >>= width
                    i += 1
            word += (43 + (width + ((words[word] >> 6) & 63)) * size) >> 5
            count -= size
    if count > 0 or doc > limit:
        raise IndexError("a doc id is out of range")


def intersect(
    words: cython.const[cython.uint][::1],
    word: cython.longlong,
    count: cython.longlong,
    limit: cython.longlong,
    rows: cython.const[cython.uint][::1],
    first_block: cython.longlong,
    blocks: cython.longlong,
    targets: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the intersection of sorted doc ids and a postings list; return its size.

    The block table is searched by galloping for the block that may have the next doc id. Blocks
    that cannot have a doc id of `targets` are not decoded.

    Args:
        words: the document stream
        word: the first word of the list
        count: the number of its postings
        limit: the number of documents
        rows: the block table
        first_block, blocks: the row of the list's first block, and the number of its rows: 0 for a
            list that has no rows, whose blocks are decoded one after the other
        targets: doc ids, ascending
        out: room for len(targets) doc ids; may be `targets` itself; output
    """
    doc: cython.ulonglong = 0
    last: cython.ulonglong = limit
    index: cython.longlong = 0
    written: cython.longlong = 0
    block: cython.longlong = 0
    start: cython.longlong = word
    failed: cython.bint = limit < 0
    with cython.nogil:
        while index < targets.shape[0] and not failed:
            target: cython.ulonglong = targets[index]
            if blocks:
                block = gallop_blocks(rows, first_block, block, blocks, target)
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
            per_load: cython.size_t = _per_load(width)
            mask: cython.ulonglong = (_ONE << width) - 1
            bit: cython.size_t = (word << 5) + 12
            i: cython.size_t = 0
            while i < size:
                gaps: cython.ulonglong = _load_bits(words, bit)
                bit += per_load * width
                end: cython.size_t = min(i + per_load, size)
                while i < end:
                    doc += gaps & mask
                    if doc >= target:
                        failed |= doc >= cython.cast(cython.ulonglong, limit)
                        while target < doc:
                            index += 1
                            target = targets[index] if index < targets.shape[0] else _ALL
                        out[written] = target & _WORD
                        written += target == doc
                        index += target == doc
                        target = targets[index] if index < targets.shape[0] else _ALL
                        if target > last:
                            i = end = size
                            break
                    doc += 1
                    gaps >>= width
                    i += 1
            word += (43 + (width + ((words[word] >> 6) & 63)) * size) >> 5
            block += 1
    if failed:
        raise IndexError("a doc id is out of range")
    return written


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
    """Decode the occurrences of consecutive terms; return the word after them.

    Args:
        words: the occurrence stream
        word: the first word of the first term
        counts: the number of postings of each term
        docs, freqs: the doc id and the frequency of each posting, as `decode` wrote them
        widths: bits of a position in each document of the segment
        positions: room for the position of each occurrence; output
        forms: room for the form of each occurrence, or empty to leave them out; output
    """
    term: cython.longlong
    i: cython.longlong
    first: cython.longlong = 0
    occurrence: cython.longlong = 0
    with_forms: cython.bint = forms.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            remaining: cython.longlong = counts[term]
            while remaining > 0:
                stop: cython.longlong = first + min(remaining, _BLOCK)
                bit: cython.longlong = word << 5
                form_width: cython.longlong = _get(words, bit, 6)
                bit += 6
                for i in range(first, stop):
                    width: cython.longlong = widths[docs[i]] & 31
                    end: cython.longlong = occurrence + freqs[i]
                    while occurrence < end:
                        positions[occurrence] = _get(words, bit, width)
                        bit += width
                        if with_forms:
                            forms[occurrence] = _get(words, bit, form_width) & 0xFFFF
                        bit += form_width
                        occurrence += 1
                word = (bit + 31) >> 5
                remaining -= stop - first
                first = stop
    return word
