"""The top k documents of a query by BM25F, and the scores of given documents.

The score of a document is the sum of its term scores. The score of a term is

    weight * x / (x + 1), rounded to a multiple of the grid

where x is the sum of the normalised frequencies of the term in the document's text, in its title
and in its heading (Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted
Fields, 2004). A normalised frequency is the frequency divided by the length norm,

    k1 * (1 - b + b * length / average length)

The top k are found by block-max MaxScore (Turtle and Flood, Query Evaluation: Strategies and
Optimizations, 1995; Ding and Suel, Faster Top-k Document Retrieval Using Block-Max Indexes, 2011).
The caller gives the set of matching documents; no other document is scored. The doc ids are divided
into windows, in which no postings list has more than one block, and no range of documents under a
title or heading begins or ends. The threshold is the worst score in the heap of the top k, once the
heap is full. A window is skipped if the sum of its max scores is below the threshold. In any other
window the lists are ordered by block max. The lists of the lowest block maxes are not essential as
long as these maxes, with the max scores of titles and headings, sum up to less than the threshold:
a document in no other list cannot enter the heap. The documents of the essential lists are the
candidates. The frequencies of a candidate in the lists of lower block max are looked up, the
highest block max first, until its upper bound is below the threshold. If titles and headings alone
may reach the threshold, all matching documents of the window are candidates.

Of a query of many terms nearly all lists are essential. Then nothing is skipped. The documents of a
list are scored one by one. For a bitmap, the scores are added up term at a time, in windows of a
fixed number of documents, as Lucene's BooleanScorer does.

Impossible values raise IndexError, by a bounds check or explicitly.
"""

from __future__ import annotations

from typing import TypeAlias

import cython
from cython.cimports.nutgraf_index.core.postings import (
    decode_docs,
    decode_freqs,
    gallop_blocks,
)

__all__ = [
    "COUNTED",
    "PACKED",
    "SCORED",
    "TermPostings",
    "Terms",
    "Texts",
    "Titles",
    "add_evidence",
    "add_occurrences",
    "add_shares",
    "article_lengths",
    "article_postings",
    "best_of_articles",
    "capped_sums",
    "first_cited",
    "first_visible_docs",
    "of_one_title",
    "opening_docs",
    "rank_docs",
    "rescoring_scores",
    "score_docs",
    "select_openings",
    "title_ranges",
    "top_k",
    "with_value",
]

PACKED, COUNTED, SCORED = range(3)  # kinds of terms: see `TermPostings`

_BLOCK = cython.declare(cython.longlong, 128)  # postings per block
_ROW = cython.declare(cython.longlong, 5)  # numbers per block in the block table; see `postings.py`
_WORD = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ALL = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)
# A factor that lowers a threshold by more than the rounding error of an upper bound.
_MARGIN = cython.declare(cython.double, 1 - 1e-9)

_FAR = cython.declare(cython.double, 1e300)  # more than any normalised frequency

_MANY = cython.declare(cython.longlong, 16)  # terms; with more, all matching documents are scored
_LONG = cython.declare(cython.longlong, 1 << 16)  # postings; for more, `top_k` gives up the GIL
_SPAN = cython.declare(cython.longlong, 4096)  # documents of a window in which all are scored

# Two of the three kinds of terms.
_PACKED = cython.declare(cython.longlong, 0)
_SCORED = cython.declare(cython.longlong, 2)


def _uints(count: int) -> memoryview[int]:
    return memoryview(bytearray(4 * count)).cast("I")


def _doubles(count: int) -> memoryview[float]:
    return memoryview(bytearray(8 * count)).cast("d")


_NO_UINTS = cython.declare("const unsigned int[::1]", _uints(0))
_NO_DOUBLES = cython.declare("const double[::1]", _doubles(0))

# Doc ids or ranges, and a value for each.
_Listed: TypeAlias = "tuple[memoryview[int], memoryview[float]] | None"


@cython.cclass
class Texts:
    """The texts of a segment that are scored: of its passages, or of its articles as a whole.

    Args:
        words: the document stream
        blocks: its block table, flat
        lengths: the length of each document's text, in words
        short_lengths: the same in bytes, 255 for longer texts: nearly all lengths are read from
            these, of which four times as many stay in a cache of the processor
        model: k1; 1 - b; b; the average length; and the number whose addition and subtraction
            rounds a score to a multiple of the grid
        firsts: the first doc id of each article, then the number of documents
        rank: the rank of each article by id; empty if articles are in that order
    """

    words: cython.const[cython.uint][::1]
    blocks: cython.const[cython.uint][::1]
    lengths: cython.const[cython.uint][::1]
    short_lengths: cython.const[cython.uchar][::1]
    model: cython.const[cython.double][::1]
    firsts: cython.const[cython.uint][::1]
    rank: cython.const[cython.uint][::1]

    def __init__(
        self,
        words: cython.const[cython.uint][::1],
        blocks: cython.const[cython.uint][::1],
        lengths: cython.const[cython.uint][::1],
        short_lengths: cython.const[cython.uchar][::1],
        model: cython.const[cython.double][::1],
        firsts: cython.const[cython.uint][::1],
        rank: cython.const[cython.uint][::1],
    ) -> None:
        self.words = words
        self.blocks = blocks
        self.lengths = lengths
        self.short_lengths = short_lengths
        self.model = model
        self.firsts = firsts
        self.rank = rank


@cython.cclass
class Titles:
    """The titles of a segment's articles, or the headings of its sections.

    Args:
        lengths: the length of the title or heading of each article or section, in words
        model: as in `Texts`, of titles or headings
        boost: the factor of the normalised frequency for an opening
        firsts: the first doc id of each article or section, then the number of documents
        openings: for each article the number of its opening, from 1, or 0 if it has none; empty for
            headings
        headed: a bitmap of the articles or sections that count; empty for all
    """

    lengths: cython.const[cython.uint][::1]
    model: cython.const[cython.double][::1]
    boost: cython.double
    firsts: cython.const[cython.uint][::1]
    openings: cython.const[cython.uint][::1]
    headed: cython.const[cython.ulonglong][::1]

    def __init__(
        self,
        lengths: cython.const[cython.uint][::1],
        model: cython.const[cython.double][::1],
        boost: cython.double,
        firsts: cython.const[cython.uint][::1],
        openings: cython.const[cython.uint][::1],
        headed: cython.const[cython.ulonglong][::1],
    ) -> None:
        self.lengths = lengths
        self.model = model
        self.boost = boost
        self.firsts = firsts
        self.openings = openings
        self.headed = headed


@cython.cclass
class TermPostings:
    """The postings list of a term in texts, and the documents under titles and headings with it.

    A term is of a kind: `PACKED` has an encoded list in `Texts.words`; `COUNTED` has doc ids and
    frequencies; `SCORED` has doc ids and scores, and no titles or headings. A range is the
    documents under a title or heading that contains the term.

    Args:
        kind: its kind
        start, size, first_block, block_count: of an encoded list its first word, its number of
            postings, the first row of its blocks, and the number of rows
        listed: of any other list the doc ids, ascending, and their frequencies or scores
        titles, headings: the first doc id of each range and the doc id after its last, flat; and
            the normalised frequency in the title or heading of each range. None if there is none
    """

    kind: cython.longlong
    start: cython.longlong
    size: cython.longlong
    first_block: cython.longlong
    block_count: cython.longlong
    docs: cython.const[cython.uint][::1]
    values: cython.const[cython.double][::1]
    titles: cython.const[cython.uint][::1]
    title_values: cython.const[cython.double][::1]
    headings: cython.const[cython.uint][::1]
    heading_values: cython.const[cython.double][::1]

    def __init__(
        self,
        kind: cython.longlong,
        start: cython.longlong,
        size: cython.longlong,
        first_block: cython.longlong,
        block_count: cython.longlong,
        listed: _Listed = None,
        titles: _Listed = None,
        headings: _Listed = None,
    ) -> None:
        self.kind = kind
        self.start = start
        self.first_block = first_block
        self.block_count = block_count
        # The views of no numbers are made once: to make one takes .3 µs.
        self.docs = self.titles = self.headings = _NO_UINTS
        self.values = self.title_values = self.heading_values = _NO_DOUBLES
        if listed is not None:
            self.docs, self.values = listed
        if titles is not None:
            self.titles, self.title_values = titles
        if headings is not None:
            self.headings, self.heading_values = headings
        self.size = size if kind == _PACKED else self.docs.shape[0]


@cython.cclass
class Terms:
    """The terms of a query in a segment, and a cursor on the postings list of each term.

    The functions below call the terms `q`, and a term's index `i`.

    Args:
        texts: the texts that are scored
        postings: the `TermPostings` of each term
        weights: the weight of each term: the upper bound of its score
        hints: the number of terms, the last ones, that add to scores in rescoring alone; only
            `rescoring_scores` reads them
    """

    words: cython.const[cython.uint][::1]
    blocks: cython.const[cython.uint][::1]
    lengths: cython.const[cython.uint][::1]
    short_lengths: cython.const[cython.uchar][::1]
    model: cython.const[cython.double][::1]
    firsts: cython.const[cython.uint][::1]
    rank: cython.const[cython.uint][::1]
    weights: cython.double[::1]
    # The ranges of all terms, and the postings of all lists that are not encoded.
    ranges: cython.uint[::1]
    range_values: cython.double[::1]
    plain_docs: cython.uint[::1]
    plain_values: cython.double[::1]
    # The kind of each term; the first word of its list, or the index of its first posting in
    # `plain_docs`; and further attributes of `TermPostings`.
    kind: cython.longlong[::1]
    start: cython.longlong[::1]
    size: cython.longlong[::1]
    first_block: cython.longlong[::1]
    block_count: cython.longlong[::1]
    first_range: cython.longlong[::1]  # 2 * i: of titles, 2 * i + 1: of headings
    range_end: cython.longlong[::1]
    # The cursor of each term: the current block and its last doc id; the decoded block, its number
    # of postings, the index of the cursor in it, the first bit of its frequencies, the bits per
    # frequency, and whether they are decoded; the next title range and the next heading range.
    block: cython.longlong[::1]
    last_doc: cython.longlong[::1]
    decoded_block: cython.longlong[::1]
    decoded_size: cython.longlong[::1]
    index: cython.longlong[::1]
    freq_bit: cython.longlong[::1]
    freq_width: cython.longlong[::1]
    has_freqs: cython.longlong[::1]
    next_range: cython.longlong[::1]
    order: cython.longlong[::1]  # term indexes, ascending by `block_max`
    # Max scores of each term: by the text in its current block, by titles and headings in the
    # window, by both; and the greatest frequency in the block, 0 if it is unknown.
    block_max: cython.double[::1]
    range_max: cython.double[::1]
    window_max: cython.double[::1]
    max_freq: cython.double[::1]
    docs: cython.uint[::1]  # 128 numbers per term: the doc ids of its decoded block
    freqs: cython.uint[::1]
    count: cython.longlong  # of the terms before the hints
    hints: cython.longlong
    limit: cython.longlong

    def __init__(
        self,
        texts: Texts,
        postings: list[TermPostings],
        weights: list[float],
        hints: cython.longlong,
    ) -> None:
        term: TermPostings
        i: cython.longlong
        count: cython.longlong = len(weights)
        listed: cython.longlong = 0  # the number of postings that are not encoded
        ranges: cython.longlong = 0
        for i in range(count):
            term = postings[i]
            listed += term.docs.shape[0]
            ranges += term.title_values.shape[0] + term.heading_values.shape[0]
        self.words = texts.words
        self.blocks = texts.blocks
        self.lengths = texts.lengths
        self.short_lengths = texts.short_lengths
        self.model = texts.model
        self.firsts = texts.firsts
        self.rank = texts.rank
        self.count = count - hints
        self.hints = hints
        self.limit = texts.lengths.shape[0]
        numbers: cython.longlong[::1] = memoryview(bytearray(8 * 20 * count)).cast("q")
        self.kind = numbers[0 * count : 1 * count]
        self.start = numbers[1 * count : 2 * count]
        self.size = numbers[2 * count : 3 * count]
        self.first_block = numbers[3 * count : 4 * count]
        self.block_count = numbers[4 * count : 5 * count]
        self.block = numbers[5 * count : 6 * count]
        self.last_doc = numbers[6 * count : 7 * count]
        self.decoded_block = numbers[7 * count : 8 * count]
        self.decoded_size = numbers[8 * count : 9 * count]
        self.index = numbers[9 * count : 10 * count]
        self.freq_bit = numbers[10 * count : 11 * count]
        self.freq_width = numbers[11 * count : 12 * count]
        self.has_freqs = numbers[12 * count : 13 * count]
        self.order = numbers[13 * count : 14 * count]
        self.first_range = numbers[14 * count : 16 * count]
        self.next_range = numbers[16 * count : 18 * count]
        self.range_end = numbers[18 * count : 20 * count]
        scores: cython.double[::1] = _doubles(5 * count + listed + ranges)
        self.block_max = scores[0 * count : 1 * count]
        self.range_max = scores[1 * count : 2 * count]
        self.window_max = scores[2 * count : 3 * count]
        self.max_freq = scores[3 * count : 4 * count]
        self.weights = scores[4 * count : 5 * count]
        self.plain_values = scores[5 * count : 5 * count + listed]
        self.range_values = scores[5 * count + listed :]
        docs: cython.uint[::1] = _uints(256 * count + listed + 2 * ranges)
        self.docs = docs[: 128 * count]
        self.freqs = docs[128 * count : 256 * count]
        self.plain_docs = docs[256 * count : 256 * count + listed]
        self.ranges = docs[256 * count + listed :]
        listed = ranges = 0
        for i in range(count):
            term = postings[i]
            self.weights[i] = weights[i]
            self.kind[i] = term.kind
            self.start[i] = term.start if term.kind == _PACKED else listed
            self.size[i] = term.size
            self.first_block[i] = term.first_block
            self.block_count[i] = term.block_count
            _copy_uints(term.docs, self.plain_docs, listed)
            listed = _copy_doubles(term.values, self.plain_values, listed)
            self.first_range[2 * i] = ranges
            _copy_uints(term.titles, self.ranges, 2 * ranges)
            ranges = _copy_doubles(term.title_values, self.range_values, ranges)
            self.range_end[2 * i] = self.first_range[2 * i + 1] = ranges
            _copy_uints(term.headings, self.ranges, 2 * ranges)
            ranges = _copy_doubles(term.heading_values, self.range_values, ranges)
            self.range_end[2 * i + 1] = ranges


@cython.cfunc
@cython.nogil
def _copy_uints(
    source: cython.const[cython.uint][::1], target: cython.uint[::1], first: cython.longlong
) -> cython.int:
    """Copy numbers to `target`, from index `first` on."""
    i: cython.longlong
    for i in range(source.shape[0]):
        target[first + i] = source[i]
    return 0


@cython.cfunc
@cython.nogil
def _copy_doubles(
    source: cython.const[cython.double][::1], target: cython.double[::1], first: cython.longlong
) -> cython.longlong:
    """Copy numbers to `target`, from index `first` on; return the index after them."""
    i: cython.longlong
    for i in range(source.shape[0]):
        target[first + i] = source[i]
    return first + source.shape[0]


@cython.cfunc
@cython.nogil
def _reset_cursors(q: Terms) -> cython.longlong:
    """Set all cursors before the first document; return the number of postings."""
    i: cython.longlong
    postings: cython.longlong = 0
    for i in range(q.count + q.hints):
        q.next_range[2 * i] = q.first_range[2 * i]
        q.next_range[2 * i + 1] = q.first_range[2 * i + 1]
        q.block[i] = q.last_doc[i] = q.decoded_block[i] = -1
        q.index[i] = 0
        postings += max(q.size[i], 0)
    return postings


@cython.cfunc
@cython.nogil
def _advance_block(q: Terms, i: cython.longlong, doc: cython.longlong) -> cython.int:
    """Move a term's cursor to the first block whose last doc id is at least `doc`.

    Set its last doc id and its block max; past the last block set the limit and 0. The block is
    found by galloping over the block table, and is not decoded: the shallow pointer movement of
    Ding and Suel.
    """
    blocks: cython.longlong = q.block_count[i]
    base: cython.longlong = q.first_block[i] * _ROW
    low: cython.longlong = q.block[i] + 1
    q.block_max[i] = q.weights[i]
    if q.kind[i] != _PACKED or not blocks:
        # A list of one block has no row in the block table.
        if low == 0 and q.size[i] > 0:
            q.block[i] = 0
            if q.kind[i] == _PACKED:
                _decode_docs(q, i)
                q.last_doc[i] = q.docs[i * _BLOCK + q.decoded_size[i] - 1]
            else:
                q.last_doc[i] = q.plain_docs[q.start[i] + q.size[i] - 1]
            if q.last_doc[i] >= doc:
                return 0
        low = blocks = 1
    elif low < blocks:
        low = gallop_blocks(q.blocks, q.first_block[i], low, blocks, doc)
    if low >= blocks:
        q.block[i] = blocks
        q.last_doc[i] = q.limit
        q.block_max[i] = 0
        return 0
    q.block[i] = low
    q.last_doc[i] = q.blocks[base + low * _ROW]
    max_freq: cython.longlong = q.blocks[base + low * _ROW + 3]
    q.max_freq[i] = max_freq
    if max_freq:
        # The score of a document with the greatest frequency and the least length / frequency.
        q.block_max[i] = q.weights[i] / (
            1
            + q.model[0]
            * (q.model[1] / max_freq + q.model[2] / q.model[3] * q.blocks[base + low * _ROW + 4])
        )
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
def _load_bits(words: cython.const[cython.uint][::1], bit: cython.size_t) -> cython.ulonglong:
    """Return the bits from `bit` to the end of the next word: 33 bits or more."""
    word: cython.size_t = bit >> 5
    pair: cython.ulonglong = words[word] | (cython.cast(cython.ulonglong, words[word + 1]) << 32)
    return pair >> (bit & 31)


@cython.cfunc
@cython.nogil
def _decode_docs(q: Terms, i: cython.longlong) -> cython.int:
    """Decode the doc ids of a term's current block."""
    block: cython.longlong = q.block[i]
    size: cython.longlong = min(q.size[i] - block * _BLOCK, _BLOCK)
    word: cython.longlong = q.start[i]
    last: cython.longlong = -1
    if q.block_count[i]:
        word += q.blocks[(q.first_block[i] + block) * _ROW + 1]
        if block:
            last = q.blocks[(q.first_block[i] + block - 1) * _ROW]
    q.freq_width[i] = (q.words[word] >> 6) & 63
    q.freq_bit[i] = decode_docs(q.words, word, last, q.limit, q.docs, i * _BLOCK, size)
    q.has_freqs[i] = 0
    q.decoded_block[i] = block
    q.decoded_size[i] = size
    q.index[i] = 0
    return 0


@cython.cfunc
@cython.nogil
def _decode_freqs(q: Terms, i: cython.longlong) -> cython.int:
    """Decode the frequencies of a term's decoded block, unless they are decoded."""
    if not q.has_freqs[i]:
        size: cython.longlong = q.decoded_size[i]
        decode_freqs(q.words, q.freq_bit[i], q.freq_width[i], q.freqs, i * _BLOCK, size)
        q.has_freqs[i] = 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
def _freq(q: Terms, i: cython.longlong) -> cython.double:
    """Return the frequency at the cursor in a term's decoded block; no other is decoded."""
    width: cython.size_t = q.freq_width[i]
    bit: cython.size_t = q.freq_bit[i] + q.index[i] * width
    return ((_load_bits(q.words, bit) & ((_ONE << width) - 1)) + 1) & _WORD


@cython.cfunc
@cython.nogil
def _gallop(
    docs: cython.const[cython.uint][::1],
    index: cython.longlong,
    stop: cython.longlong,
    doc: cython.longlong,
) -> cython.longlong:
    """Return the first index in `[index, stop)` whose doc id is at least `doc`, by galloping.

    Return `stop` if there is none. The doc ids ascend.
    """
    step: cython.longlong = 1
    if index >= stop or docs[index] >= doc:
        return index
    while index + step < stop and docs[index + step] < doc:
        index += step
        step += step
    while step:  # halve the steps
        if index + step < stop and docs[index + step] < doc:
            index += step
        step >>= 1
    return index + 1


@cython.cfunc
@cython.nogil
def _advance(q: Terms, i: cython.longlong, doc: cython.longlong) -> cython.longlong:
    """Move a term's cursor to its first doc id that is at least `doc`; return it, or the limit.

    Within the current block the cursor may also move back.
    """
    if q.last_doc[i] < doc:
        _advance_block(q, i, doc)
    if q.last_doc[i] >= q.limit:
        return q.limit
    if q.kind[i] == _PACKED:
        if q.decoded_block[i] != q.block[i]:
            _decode_docs(q, i)
        first: cython.longlong = i * _BLOCK
        index: cython.longlong = first + q.index[i]
        stop: cython.longlong = first + q.decoded_size[i]
        if index > first and q.docs[index - 1] >= doc:
            index = first
        while index + 8 <= stop and q.docs[index + 7] < doc:
            index += 8
        while index < stop and q.docs[index] < doc:
            index += 1
        q.index[i] = index - first
        return q.docs[index] if index < stop else q.limit
    first = q.start[i]
    index = first + q.index[i]
    stop = first + q.size[i]
    if index > first and q.plain_docs[index - 1] >= doc:
        index = first
    index = _gallop(q.plain_docs, index, stop, doc)
    q.index[i] = index - first
    return q.plain_docs[index] if index < stop else q.limit


@cython.cfunc
@cython.nogil
def _range_value(q: Terms, k: cython.longlong, doc: cython.longlong) -> cython.double:
    """Return the normalised frequency in the title or heading of a document, or 0.

    `k` is a cursor on ranges: `2 * i` for the titles of term i, `2 * i + 1` for its headings. The
    range is found by galloping.
    """
    index: cython.longlong = q.next_range[k]
    stop: cython.longlong = q.range_end[k]
    if index < stop and q.ranges[2 * index + 1] <= doc:
        # Find the first range that ends after the document.
        step: cython.longlong = 1
        while index + step < stop and q.ranges[2 * (index + step) + 1] <= doc:
            index += step
            step += step
        while step:
            if index + step < stop and q.ranges[2 * (index + step) + 1] <= doc:
                index += step
            step >>= 1
        index += 1
        q.next_range[k] = index
    return q.range_values[index] if index < stop and q.ranges[2 * index] <= doc else 0


@cython.cfunc
@cython.inline
@cython.nogil
def _length(q: Terms, doc: cython.longlong) -> cython.longlong:
    """Return the length of a document's text."""
    length: cython.longlong = q.short_lengths[doc]
    return q.lengths[doc] if length == 255 else length


@cython.cfunc
@cython.inline
@cython.nogil
def _length_norm(q: Terms, doc: cython.longlong) -> cython.double:
    """Return the length norm of a document's text."""
    return q.model[0] * (q.model[1] + q.model[2] * (_length(q, doc) / q.model[3]))


@cython.cfunc
@cython.inline
@cython.nogil
def _saturated_score(
    q: Terms, i: cython.longlong, doc: cython.longlong, x: cython.double
) -> cython.double:
    """Return the score of a term in a document.

    `x` is the normalised frequency in the text, to which the normalised frequencies in title and
    heading are added.
    """
    k: cython.longlong
    for k in range(2 * i, 2 * i + 2):
        if q.next_range[k] < q.range_end[k]:
            x += _range_value(q, k, doc)
    if x == 0:
        return 0
    x = x / (x + 1) * q.weights[i]
    return (x + q.model[4]) - q.model[4]


@cython.cfunc
@cython.nogil
def _term_score(
    q: Terms, i: cython.longlong, doc: cython.longlong, norm: cython.double
) -> cython.double:
    """Return the score of a term in a document; `norm` is the length norm of its text."""
    x: cython.double = 0
    if _advance(q, i, doc) == doc:
        if q.kind[i] == _PACKED:
            x = _freq(q, i) / norm
        else:
            x = q.plain_values[q.start[i] + q.index[i]]
            if q.kind[i] == _SCORED:
                return x
            x = x / norm
    return _saturated_score(q, i, doc, x)


@cython.cfunc
@cython.nogil
def _score(q: Terms, doc: cython.longlong) -> cython.double:
    """Return the score of a document."""
    i: cython.longlong
    norm: cython.double = _length_norm(q, doc)
    score: cython.double = 0
    for i in range(q.count):
        score += _term_score(q, i, doc, norm)
    return score


def score_docs(q: Terms, docs: cython.const[cython.uint][::1]) -> memoryview[float]:
    """Return the score of each of the ascending documents."""
    k: cython.longlong
    out = _doubles(docs.shape[0])
    scores: cython.double[::1] = out
    with cython.nogil:
        _reset_cursors(q)
        for k in range(docs.shape[0]):
            scores[k] = _score(q, docs[k])
    return out


@cython.cfunc
@cython.nogil
def _article_of(firsts: cython.const[cython.uint][::1], doc: cython.longlong) -> cython.longlong:
    """Return the number of a document's article, by binary search.

    `firsts` has the first doc id of each article, then the number of documents.
    """
    low: cython.longlong = 0
    high: cython.longlong = firsts.shape[0] - 1
    while low + 1 < high:
        middle: cython.longlong = (low + high) >> 1
        if firsts[middle] <= doc:
            low = middle
        else:
            high = middle
    return low


@cython.cclass
class _Heap:
    """The top k documents so far: a binary heap with the worst document at the root.

    For its attributes see also `top_k`.
    """

    docs: cython.uint[::1]
    scores: cython.double[::1]
    matching: cython.const[cython.ulonglong][::1]
    twice: cython.const[cython.ulonglong][::1]
    firsts: cython.const[cython.uint][::1]
    rank: cython.const[cython.uint][::1]
    size: cython.longlong
    capacity: cython.longlong
    threshold: cython.double  # the least score that can enter the heap
    min_bound: cython.double  # a candidate with a lower upper bound cannot enter; above 0
    rounding: cython.double  # the greatest rounding error of an upper bound
    exact_below: cython.double  # scores below it are the same in any order of addition


@cython.cfunc
@cython.nogil
def _worse(
    heap: _Heap,
    score_1: cython.double,
    doc_1: cython.longlong,
    score_2: cython.double,
    doc_2: cython.longlong,
) -> cython.int:
    """Return whether the first of two documents ranks after the second.

    The order is by score, descending, and equal scores by citation: by the rank of the article,
    then by doc id.
    """
    if score_1 != score_2:
        return score_1 < score_2
    if heap.rank.shape[0]:
        rank_1: cython.longlong = heap.rank[_article_of(heap.firsts, doc_1)]
        rank_2: cython.longlong = heap.rank[_article_of(heap.firsts, doc_2)]
        if rank_1 != rank_2:
            return rank_1 > rank_2
    return doc_1 > doc_2


@cython.cfunc
@cython.nogil
def _sift_down(
    heap: _Heap, size: cython.longlong, score: cython.double, doc: cython.longlong
) -> cython.int:
    """Replace the root of a heap of `size` documents by a document, and sift it down."""
    parent: cython.longlong = 0
    child: cython.longlong = 1
    while child < size:
        if child + 1 < size and _worse(
            heap, heap.scores[child + 1], heap.docs[child + 1], heap.scores[child], heap.docs[child]
        ):
            child += 1
        if not _worse(heap, heap.scores[child], heap.docs[child], score, doc):
            break
        heap.scores[parent] = heap.scores[child]
        heap.docs[parent] = heap.docs[child]
        parent = child
        child = 2 * parent + 1
    heap.scores[parent] = score
    heap.docs[parent] = doc
    return 0


@cython.cfunc
@cython.nogil
def _sift_up(heap: _Heap, score: cython.double, doc: cython.longlong) -> cython.int:
    """Add a document to the end of a heap that is not full, and sift it up."""
    child: cython.longlong = heap.size
    heap.size += 1
    while child:
        parent: cython.longlong = (child - 1) >> 1
        if not _worse(heap, score, doc, heap.scores[parent], heap.docs[parent]):
            break
        heap.scores[child] = heap.scores[parent]
        heap.docs[child] = heap.docs[parent]
        child = parent
    heap.scores[child] = score
    heap.docs[child] = doc
    return 0


@cython.cfunc
@cython.nogil
def _sort(heap: _Heap) -> cython.int:
    """Sort the documents of a heap, the best first: the root, the worst, goes to the end."""
    i: cython.longlong
    for i in range(heap.size - 1, 0, -1):
        score: cython.double = heap.scores[i]
        doc: cython.longlong = heap.docs[i]
        heap.scores[i] = heap.scores[0]
        heap.docs[i] = heap.docs[0]
        _sift_down(heap, i, score, doc)
    return 0


def rank_docs(texts: Texts, docs: cython.uint[::1], scores: cython.double[::1]) -> None:
    """Sort documents with scores, the best first. Equal scores are ordered by citation.

    Args:
        texts: the texts
        docs, scores: doc ids and their scores; in and out
    """
    heap: _Heap = _Heap()
    heap.docs = docs
    heap.scores = scores
    heap.firsts = texts.firsts
    heap.rank = texts.rank
    heap.size = 0
    i: cython.longlong
    with cython.nogil:
        for i in range(docs.shape[0]):
            _sift_up(heap, scores[i], docs[i])
        _sort(heap)


@cython.cfunc
@cython.nogil
def _push(heap: _Heap, score: cython.double, doc: cython.longlong) -> cython.int:
    """Add a document with a score above 0 to the heap if it is among the top k so far."""
    if score < heap.threshold or score == 0:
        return 0
    if heap.size == heap.capacity:
        if _worse(heap, score, doc, heap.scores[0], heap.docs[0]):
            return 0
        _sift_down(heap, heap.size, score, doc)
    else:
        _sift_up(heap, score, doc)
    if heap.size == heap.capacity and heap.scores[0] > heap.threshold:
        heap.threshold = heap.scores[0]
        heap.min_bound = max(heap.min_bound, heap.threshold * _MARGIN - heap.rounding)
    return 0


@cython.cfunc
@cython.nogil
def _next_doc(
    bits: cython.const[cython.ulonglong][::1], doc: cython.longlong, limit: cython.longlong
) -> cython.longlong:
    """Return the first doc id of a bitmap that is at least `doc`, or the limit."""
    i: cython.longlong = doc >> 6
    if doc >= limit:
        return limit
    word: cython.ulonglong = bits[i] & cython.cast(cython.ulonglong, _ALL << (doc & 63))
    while not word:
        i += 1
        if i >= bits.shape[0]:
            return limit
        word = bits[i]
    doc = i << 6
    while not word & 0xFF:
        word >>= 8
        doc += 8
    while not word & 1:
        word >>= 1
        doc += 1
    return doc


@cython.cfunc
@cython.inline
@cython.nogil
def _range_edge(q: Terms, k: cython.longlong, doc: cython.longlong) -> cython.longlong:
    """Return the last doc id of the range that contains `doc`.

    If no range contains it, return the doc id before the next range, or the limit if there is no
    next range. `k` is a cursor on ranges; see `_range_value`.
    """
    index: cython.longlong = q.next_range[k]
    if index == q.range_end[k]:
        return q.limit
    if q.ranges[2 * index] <= doc:
        return cython.cast(cython.ulonglong, q.ranges[2 * index + 1]) - 1
    return cython.cast(cython.ulonglong, q.ranges[2 * index]) - 1


@cython.cfunc
@cython.nogil
def _next_window(q: Terms, doc: cython.longlong) -> cython.longlong:
    """Set the max scores of the terms in the window that begins at `doc`; return its last doc id.

    Order the terms by block max, ascending.
    """
    j: cython.longlong
    i: cython.longlong
    end: cython.longlong = q.limit - 1
    for i in range(q.count):
        if q.last_doc[i] < doc:
            _advance_block(q, i, doc)
        end = min(end, q.last_doc[i])
        x: cython.double = 0
        for j in range(2 * i, 2 * i + 2):
            if q.next_range[j] < q.range_end[j]:
                x += _range_value(q, j, doc)
                end = min(end, _range_edge(q, j, doc))
        q.range_max[i] = x / (x + 1) * q.weights[i]
        q.window_max[i] = min(q.weights[i], q.block_max[i] + q.range_max[i])
        j = i
        while j and q.block_max[q.order[j - 1]] > q.block_max[i]:
            q.order[j] = q.order[j - 1]
            j -= 1
        q.order[j] = i
    return max(end, doc)


@cython.cfunc
@cython.inline
@cython.nogil
def _text_max(q: Terms, i: cython.longlong, norm: cython.double) -> cython.double:
    """Return the max score by the text in a term's current block, for a length norm."""
    max_freq: cython.double = q.max_freq[i]
    return q.weights[i] * max_freq / (max_freq + norm) if max_freq else q.block_max[i]


@cython.cfunc
@cython.nogil
def _score_document(
    q: Terms,
    heap: _Heap,
    doc: cython.longlong,
    range_max: cython.double,
    list_index: cython.longlong,
    value: cython.double,
) -> cython.int:
    """Score a candidate and push it to the heap; give up once its upper bound is too low.

    Args:
        q, heap: the terms and the heap
        doc: the candidate
        range_max: the max score by titles and headings in the window
        list_index: the index in `q.order` of the list that the candidate is from; `q.count` if it
            may be in any list. A candidate that a later list in `q.order` has too is skipped: it
            was scored with that list
        value: the frequency, or score, of the candidate in its list
    """
    j: cython.longlong
    score: cython.double = 0
    unscored_max: cython.double = range_max
    norm: cython.double = _length_norm(q, doc)
    for j in range(list_index):
        unscored_max += _text_max(q, q.order[j], norm)
    if list_index < q.count:
        i: cython.longlong = q.order[list_index]
        score = value if q.kind[i] == _SCORED else _saturated_score(q, i, doc, value / norm)
    for j in range(list_index - 1, -1, -1):
        if score + unscored_max < heap.min_bound:
            return 0
        i = q.order[j]
        unscored_max -= _text_max(q, i, norm)
        score += _term_score(q, i, doc, norm)
    if score + unscored_max < heap.min_bound:
        return 0
    for j in range(list_index + 1, q.count):
        i = q.order[j]
        if _advance(q, i, doc) == doc:
            return 0
        score += _saturated_score(q, i, doc, 0)
    if score >= heap.exact_below:
        score = 0
        for i in range(q.count):
            score += _term_score(q, i, doc, norm)
    return _push(heap, score, doc)


@cython.cfunc
@cython.nogil
def _score_postings(
    q: Terms,
    heap: _Heap,
    list_index: cython.longlong,
    doc: cython.longlong,
    end: cython.longlong,
    lower_max: cython.double,
    range_max: cython.double,
) -> cython.int:
    """Score the candidates of an essential list.

    Args:
        q, heap: the terms and the heap
        list_index: the index of the list in `q.order`
        doc, end: the first and the last doc id to score
        lower_max: the max score by the lists of lower block max, and by titles and headings
        range_max: the max score by titles and headings in the window
    """
    i: cython.longlong = q.order[list_index]
    encoded: cython.bint = q.kind[i] == _PACKED
    scored: cython.bint = q.kind[i] == _SCORED
    weight: cython.double = q.weights[i]
    flat: cython.double = q.model[0] * q.model[1]
    slope: cython.double = q.model[0] * q.model[2] / q.model[3]
    j: cython.longlong
    value: cython.double
    min_value: cython.double = 0  # the least normalised frequency, or score, of a candidate
    min_solo: cython.double = 0  # the same for a document in no other list
    min_bound: cython.double = -1
    tracked: cython.bint = heap.twice.shape[0] > 0
    if _advance(q, i, doc) > end:
        return 0
    index: cython.longlong = q.index[i]
    if encoded:
        _decode_freqs(q, i)
        index += i * _BLOCK
        stop: cython.longlong = i * _BLOCK + q.decoded_size[i]
    else:
        stop = q.start[i] + q.size[i]
        index += q.start[i]
    while index < stop:
        if heap.min_bound != min_bound:
            min_bound = heap.min_bound
            min_value = _min_value(min_bound - lower_max, weight, scored)
            min_solo = _min_value(min_bound - range_max, weight, scored) if tracked else min_value
        if encoded:
            doc, value = q.docs[index], q.freqs[index]
        else:
            doc, value = q.plain_docs[index], q.plain_values[index]
        if doc > end:
            break
        index += 1
        solo: cython.bint = tracked and not heap.twice[doc >> 6] >> (doc & 63) & 1
        least: cython.double = min_solo if solo else min_value
        # No norm is less than that of an empty document: most candidates need no length.
        if value < least * (1 if scored else flat):
            continue
        if not heap.matching[doc >> 6] >> (doc & 63) & 1:
            continue
        norm: cython.double = 1 if scored else flat + slope * _length(q, doc)
        if value < least * norm:
            continue
        if not (solo or scored):
            # The document's length norm gives tighter max scores of the lists of lower block max.
            bound: cython.double = range_max + weight * value / (value + norm)
            for j in range(list_index):
                bound += _text_max(q, q.order[j], norm)
            if bound < min_bound * _MARGIN:
                continue
        _score_document(q, heap, doc, range_max, list_index, value)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _min_value(score: cython.double, weight: cython.double, scored: cython.bint) -> cython.double:
    """Return the normalised frequency at which a term scores `score`; `score` itself if `scored`.

    The result is lowered by a margin for rounding errors.
    """
    if score > 0 and not scored:
        if score >= weight:
            return _FAR
        score = score / (weight - score)
    return score * _MARGIN


@cython.cclass
class _Window:
    """Scratch for the documents of a window that are all scored; see `_score_window`."""

    scores: cython.double[::1]
    norms: cython.double[::1]  # length norms, or 0 where none was needed yet
    values: cython.double[::1]  # normalised frequencies of the current term
    having: cython.uint[::1]  # indexes of the documents that have the current term

    def __init__(self, size: cython.longlong) -> None:
        numbers: cython.double[::1] = _doubles(3 * size)
        self.scores = numbers[:size]
        self.norms = numbers[size : 2 * size]
        self.values = numbers[2 * size :]
        self.having = _uints(size)


@cython.cfunc
@cython.nogil
def _add_term(
    q: Terms,
    i: cython.longlong,
    matching: cython.const[cython.ulonglong][::1],
    window: _Window,
    base: cython.longlong,
    end: cython.longlong,
) -> cython.int:
    """Add the scores of a term to those of the matching documents from `base` to before `end`."""
    encoded: cython.bint = q.kind[i] == _PACKED
    count: cython.longlong = 0
    k: cython.longlong
    at: cython.longlong
    value: cython.double
    doc: cython.longlong = _advance(q, i, base)
    while doc < end:
        index: cython.longlong = q.start[i] + q.index[i]
        stop: cython.longlong = q.start[i] + q.size[i]
        if encoded:
            _decode_freqs(q, i)
            index = i * _BLOCK + q.index[i]
            stop = i * _BLOCK + q.decoded_size[i]
        while index < stop:
            doc = q.docs[index] if encoded else q.plain_docs[index]
            if doc >= end:
                break
            at = doc - base
            value = q.freqs[index] if encoded else q.plain_values[index]
            index += 1
            if not matching[doc >> 6] >> (doc & 63) & 1:
                continue
            if q.kind[i] == _SCORED:
                window.scores[at] += value
                continue
            if window.norms[at] == 0:
                window.norms[at] = _length_norm(q, doc)
            window.values[at] = value / window.norms[at]
            window.having[count] = at
            count += 1
        if index == stop:
            doc = _advance(q, i, doc + 1)
    for k in range(2 * i, 2 * i + 2):
        while q.next_range[k] < q.range_end[k] and q.ranges[2 * q.next_range[k]] < end:
            index = q.next_range[k]
            for doc in range(max(q.ranges[2 * index], base), min(q.ranges[2 * index + 1], end)):
                if matching[doc >> 6] >> (doc & 63) & 1:
                    if window.values[doc - base] == 0:
                        window.having[count] = doc - base
                        count += 1
                    window.values[doc - base] += q.range_values[index]
            if q.ranges[2 * index + 1] > end:
                break
            q.next_range[k] += 1
    for k in range(count):
        at = window.having[k]
        value = window.values[at]
        value = value / (value + 1) * q.weights[i]
        window.scores[at] += (value + q.model[4]) - q.model[4]
        window.values[at] = 0
    return 0


@cython.cfunc
@cython.nogil
def _score_window(q: Terms, heap: _Heap, window: _Window, base: cython.longlong) -> cython.longlong:
    """Score the matching documents of a window that begins at `base`, and push them to the heap.

    Return the first matching document after the window, or the limit. The scores are added up term
    at a time, so that the time is linear in the postings.
    """
    i: cython.longlong
    doc: cython.longlong = base
    end: cython.longlong = min(base + window.scores.shape[0], q.limit)
    for i in range(q.count):
        _add_term(q, i, heap.matching, window, base, end)
    while doc < end:
        _push(heap, window.scores[doc - base], doc)
        window.scores[doc - base] = window.norms[doc - base] = 0
        doc = _next_doc(heap.matching, doc + 1, q.limit)
    return doc


@cython.cfunc
@cython.nogil
def _rank(
    q: Terms, heap: _Heap, docs: cython.const[cython.uint][::1], window: _Window
) -> cython.int:
    """Write the top k documents to the heap, the best first.

    Args:
        q, docs: as in `top_k`; the cursors of the terms are before the first document
        heap: an empty heap
        window: scratch for many terms; empty if the terms are few
    """
    i: cython.longlong
    is_list: cython.bint = docs.shape[0] > 0
    index: cython.longlong = 0
    doc: cython.longlong = 0
    window_max: cython.double  # the max score of the window
    lower_max: cython.double  # the max score by titles, headings and lists not traversed yet
    range_max: cython.double  # the max score by titles and headings
    if not heap.capacity:
        doc = q.limit
    elif q.count > _MANY:
        for index in range(docs.shape[0]):
            _push(heap, _score(q, docs[index]), docs[index])
        doc = q.limit if is_list else _next_doc(heap.matching, 0, q.limit)
        while doc < q.limit:
            doc = _score_window(q, heap, window, doc)
    while doc < q.limit:
        end: cython.longlong = _next_window(q, doc)
        window_max, range_max, lower_max = 0, 0, 0
        for i in range(q.count):
            window_max += q.window_max[i]
            range_max += q.range_max[i]
            lower_max += q.block_max[i]
        if window_max >= heap.min_bound:
            if is_list or range_max >= heap.min_bound:
                # Every matching document is a candidate, until the threshold rises.
                min_bound: cython.double = heap.min_bound
                while min_bound == heap.min_bound:
                    if is_list:
                        index = _gallop(docs, index, docs.shape[0], doc)
                        doc = docs[index] if index < docs.shape[0] else q.limit
                    else:
                        doc = _next_doc(heap.matching, doc, q.limit)
                    if doc > end:
                        break
                    _score_document(q, heap, doc, range_max, q.count, 0)
                    doc += 1
                if doc <= end:
                    continue
                end = doc - 1
            else:
                # Traverse the essential lists, the highest block max first.
                lower_max += range_max
                for i in range(q.count - 1, -1, -1):
                    if lower_max < heap.min_bound:
                        break
                    lower_max -= q.block_max[q.order[i]]
                    _score_postings(q, heap, i, doc, end, lower_max, range_max)
        doc = end + 1
        if is_list:
            index = _gallop(docs, index, docs.shape[0], doc)
            doc = docs[index] if index < docs.shape[0] else q.limit
    return _sort(heap)


def top_k(
    q: Terms,
    docs: cython.const[cython.uint][::1],
    matching: cython.const[cython.ulonglong][::1],
    twice: cython.const[cython.ulonglong][::1],
    threshold: cython.double,
    grid: cython.double,
    k: cython.longlong,
) -> tuple[memoryview[int], memoryview[float]]:
    """Return the top k documents with a score above 0, the best first, and their scores.

    Equal scores are ordered by citation.

    Args:
        q: the terms
        docs: the matching doc ids, ascending; empty if they are given as a bitmap
        matching: a bitmap of the matching documents; empty if they are given as doc ids
        twice: a bitmap of all documents that may be in several lists; empty if unknown
        threshold: the least score of a document that is returned
        grid: all scores are multiples of it
        k: the greatest number of documents that are returned
    """
    best_docs, best_scores = _uints(k), _doubles(k)
    heap: _Heap = _Heap()
    heap.docs = best_docs
    heap.scores = best_scores
    heap.matching = matching
    heap.twice = twice
    heap.firsts = q.firsts
    heap.rank = q.rank
    heap.size = 0
    heap.capacity = k
    heap.threshold = threshold
    heap.rounding = grid * (q.count + 1)
    heap.exact_below = grid * 2.0**53
    heap.min_bound = max(threshold * _MARGIN - heap.rounding, grid / 2)
    window: _Window = _Window(_SPAN if q.count > _MANY and not docs.shape[0] else 0)
    postings: cython.longlong = _reset_cursors(q)
    if docs.shape[0]:
        postings = min(postings, docs.shape[0] * q.count)
    if postings > _LONG:
        with cython.nogil:
            _rank(q, heap, docs, window)
    else:
        _rank(q, heap, docs, window)
    return best_docs[: heap.size], best_scores[: heap.size]


@cython.cfunc
@cython.nogil
def _score_best(
    q: Terms, doc: cython.longlong, k: cython.longlong, scores: cython.double[::1]
) -> cython.double:
    """Return the score of a document; write its missing score and weight, and its hint score.

    `k` is the index of the document in the rows of `scores`: see `rescoring_scores`.
    """
    i: cython.longlong
    count: cython.longlong = scores.shape[0] >> 2
    norm: cython.double = _length_norm(q, doc)
    x: cython.double = 1 / norm
    score: cython.double = 0
    for i in range(q.count):
        added: cython.double = _term_score(q, i, doc, norm)
        score += added
        if added == 0 and q.kind[i] != _SCORED:
            added = x / (x + 1) * q.weights[i]
            scores[k] += (added + q.model[4]) - q.model[4]
            scores[count + k] += (q.weights[i] + q.model[4]) - q.model[4]
    for i in range(q.count, q.count + q.hints):
        scores[2 * count + k] += _term_score(q, i, doc, norm)
    return score


def rescoring_scores(
    q: Terms,
    docs: cython.const[cython.uint][::1],
    matching_docs: cython.const[cython.uint][::1],
    matching: cython.const[cython.ulonglong][::1],
    reach: cython.longlong,
) -> tuple[memoryview[int], memoryview[float]]:
    """Return what a query's terms give to the rescoring of the best documents.

    A document lacks a term that adds nothing to its score. Its missing score is what these terms
    would add if each stood once in the text, and its missing weight is their weight; both are sums
    of multiples of the grid. Terms with precomputed scores are left out.

    The neighbours of a document are the matching documents at most `reach` before or after it in
    the same article. The best neighbour has the highest score, and is the first of equal scores.
    The documents and their neighbours are scored in ascending order, each once, so that each block
    of a postings list is decoded once.

    Args:
        q: the terms
        docs: distinct doc ids, ascending
        matching_docs: the matching doc ids, ascending; empty if they are given as a bitmap
        matching: a bitmap of the matching documents; empty if they are given as doc ids
        reach: the greatest distance from a document, in documents

    Returns:
        the best neighbour of each document, or the document itself if there is none; and 4 rows of
        a number per document, flat: the missing score, the missing weight, the score of the hints,
        and the score of the best neighbour, or 0 if there is none
    """
    count: cython.longlong = docs.shape[0]
    k: cython.longlong
    i: cython.longlong
    doc: cython.longlong
    stop: cython.longlong
    index: cython.longlong = 0
    own: cython.longlong = 0  # the next of the documents
    first: cython.longlong = 0  # the first document that has a neighbour from here on
    next_doc: cython.longlong = 0
    best_neighbours, evidence = _uints(count), _doubles(4 * count)
    neighbours: cython.uint[::1] = best_neighbours
    scores: cython.double[::1] = evidence
    with cython.nogil:
        _reset_cursors(q)
        for k in range(count):
            neighbours[k] = docs[k]
        for k in range(count):
            article: cython.longlong = _article_of(q.firsts, docs[k])
            start: cython.longlong = q.firsts[article]
            stop = min(q.firsts[article + 1], docs[k] + reach + 1)
            while docs[first] < start:
                first += 1
            for doc in range(max(start, docs[k] - reach, next_doc), stop):
                next_doc = doc + 1
                matches: cython.bint
                if matching_docs.shape[0]:
                    index = _gallop(matching_docs, index, matching_docs.shape[0], doc)
                    matches = index < matching_docs.shape[0] and matching_docs[index] == doc
                else:
                    matches = matching[doc >> 6] >> (doc & 63) & 1
                if own < count and docs[own] == doc:
                    score: cython.double = _score_best(q, doc, own, scores)
                    own += 1
                elif matches:
                    score = _score(q, doc)
                if not matches:
                    continue
                while docs[first] + reach < doc:
                    first += 1
                i = first
                while i < count and docs[i] <= doc + reach and docs[i] < q.firsts[article + 1]:
                    if docs[i] != doc and score > scores[3 * count + i]:
                        neighbours[i] = doc
                        scores[3 * count + i] = score
                    i += 1
    return best_neighbours, evidence


def add_evidence(
    texts: Texts,
    docs: cython.const[cython.uint][::1],
    weights: cython.const[cython.double][::1],
    openings: cython.const[cython.uint][::1],
    title_gains: cython.const[cython.double][::1],
    evidence: cython.const[cython.double][::1],
    share: cython.double,
    gains: cython.double[::1],
    scores: cython.double[::1],
) -> None:
    """Add to the scores of documents what rescoring gives them; turn gains into proximity scores.

    A proximity score is `weight * gain / (gain + length norm)`, rounded to the grid: the gain
    saturates as a frequency does (Büttcher, Clarke and Lushman; see `positions.add_gains`). The
    proximity scores of a document together add its missing score at most, unless that is 0. The
    score of the hints, and a share of the score of the best neighbour, are added as well.

    Args:
        texts: the texts
        docs: doc ids
        weights: the upper bound of each term's proximity score
        openings: the indexes in `docs` of the documents that gain by the titles of their articles
        title_gains: by term and document of `openings`, flat: the gains in titles
        evidence: the scores that `rescoring_scores` writes
        share: the factor of the score of the best neighbour
        gains: by term and document, flat: the gains in texts; then the proximity scores; in and out
        scores: the score of each document; in and out
    """
    term: cython.longlong
    k: cython.longlong
    count: cython.longlong = docs.shape[0]
    model: cython.const[cython.double][::1] = texts.model
    with cython.nogil:
        for term in range(weights.shape[0]):
            for k in range(openings.shape[0]):
                gains[term * count + openings[k]] += title_gains[term * openings.shape[0] + k]
        for k in range(count):
            length: cython.double = texts.lengths[docs[k]]
            norm: cython.double = model[0] * (model[1] + model[2] * (length / model[3]))
            total: cython.double = 0
            for term in range(weights.shape[0]):
                x: cython.double = gains[term * count + k]
                if x:
                    x = weights[term] * x / (x + norm)
                    x = (x + model[4]) - model[4]
                    gains[term * count + k] = x
                    total += x
            if evidence[k] and total > evidence[k]:
                total = evidence[k]
            scores[k] += total
            scores[k] += (share * evidence[3 * count + k] + model[4]) - model[4]
            scores[k] += evidence[2 * count + k]


def title_ranges(
    titles: Titles,
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
) -> tuple[memoryview[int], memoryview[float]]:
    """Return the ranges of documents under the titles or headings with a term, and their values.

    The opening of an article is the passage that a match in the title counts for most, so the range
    of the article is split there. Adjacent ranges of the same value are joined.

    Args:
        titles: the titles or headings
        docs: the articles or sections whose title or heading has the term, ascending
        freqs: the frequency of the term in each of them

    Returns:
        the first doc id of each range and the doc id after its last, flat; and the normalised
        frequency of each range
    """
    most: cython.longlong = docs.shape[0] * (3 if titles.openings.shape[0] else 1)
    bounds, frequencies = _uints(2 * most), _doubles(most)
    count: cython.longlong = _write_ranges(titles, docs, freqs, bounds, frequencies)
    return bounds[: 2 * count], frequencies[:count]


@cython.cfunc
@cython.nogil
def _write_ranges(
    titles: Titles,
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    ranges: cython.uint[::1],
    values: cython.double[::1],
) -> cython.longlong:
    """Write the ranges and their values, see `title_ranges`; return their number."""
    k: cython.longlong
    part: cython.longlong
    stop: cython.longlong
    count: cython.longlong = 0
    x: cython.double
    value: cython.double
    model: cython.const[cython.double][::1] = titles.model
    for k in range(docs.shape[0]):
        title: cython.longlong = docs[k]
        if titles.headed.shape[0] and not titles.headed[title >> 6] >> (title & 63) & 1:
            continue
        x = freqs[k] / (model[0] * (model[1] + model[2] * (titles.lengths[title] / model[3])))
        opening: cython.longlong = -1
        if titles.openings.shape[0] and titles.openings[title]:
            opening = titles.firsts[title] + titles.openings[title] - 1
        start: cython.longlong = titles.firsts[title]
        # The documents before the opening, the opening, and the documents after it.
        for part in range(3):
            stop, value = titles.firsts[title + 1], x
            if opening >= 0 and part < 2:
                stop = min(stop, opening + part)
                if part == 1:
                    value = x * titles.boost
            if start < stop:
                if count and ranges[2 * count - 1] == start and values[count - 1] == value:
                    ranges[2 * count - 1] = stop
                else:
                    ranges[2 * count] = start
                    ranges[2 * count + 1] = stop
                    values[count] = value
                    count += 1
                start = stop
    return count


@cython.ccall
@cython.nogil
def add_occurrences(
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    extra_docs: cython.const[cython.uint][::1],
    extra_freqs: cython.const[cython.double][::1],
    out_docs: cython.uint[::1],
    out_freqs: cython.double[::1],
) -> cython.longlong:
    """Add occurrences in `extra_docs` to a postings list; return the list's new size.

    Args:
        docs, freqs: the doc ids of the list, ascending, and its frequencies
        extra_docs, extra_freqs: the doc ids with more occurrences, ascending, and what is added
        out_docs, out_freqs: room for the doc ids, ascending, and the frequencies; output
    """
    i: cython.longlong = 0
    j: cython.longlong = 0
    written: cython.longlong = 0
    while i < docs.shape[0] or j < extra_docs.shape[0]:
        if j == extra_docs.shape[0] or (i < docs.shape[0] and docs[i] < extra_docs[j]):
            out_docs[written] = docs[i]
            out_freqs[written] = freqs[i]
            i += 1
        else:
            out_docs[written] = extra_docs[j]
            out_freqs[written] = extra_freqs[j]
            if i < docs.shape[0] and docs[i] == extra_docs[j]:
                out_freqs[written] += freqs[i]
                i += 1
            j += 1
        written += 1
    return written


@cython.ccall
@cython.nogil
def opening_docs(
    articles: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the doc ids of the openings of articles; return their number.

    Args:
        articles: numbers of articles
        firsts, openings: as in `Titles`
        out: room for len(articles) doc ids; output
    """
    k: cython.longlong
    written: cython.longlong = 0
    for k in range(articles.shape[0]):
        if openings[articles[k]]:
            out[written] = firsts[articles[k]] + openings[articles[k]] - 1
            written += 1
    return written


@cython.ccall
@cython.nogil
def select_openings(
    docs: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    indexes: cython.uint[::1],
    articles: cython.uint[::1],
) -> cython.longlong:
    """Find the documents that are the openings of their articles; return their number.

    Args:
        docs: doc ids, ascending
        firsts, openings: as in `Titles`
        indexes: room for the index in `docs` of each opening; output
        articles: room for the article of each opening; output
    """
    k: cython.longlong
    written: cython.longlong = 0
    for k in range(docs.shape[0]):
        article: cython.longlong = _article_of(firsts, docs[k])
        if openings[article] and firsts[article] + openings[article] - 1 == docs[k]:
            indexes[written] = k
            articles[written] = article
            written += 1
    return written


@cython.ccall
@cython.nogil
def with_value(
    docs: cython.const[cython.uint][::1],
    values: cython.const[cython.uint][::1],
    value: cython.uint,
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the documents that have a value; return their number.

    Args:
        docs: doc ids
        values: the value of each document
        out: room for len(docs) doc ids; output
    """
    k: cython.longlong
    written: cython.longlong = 0
    for k in range(docs.shape[0]):
        if values[docs[k]] == value:
            out[written] = docs[k]
            written += 1
    return written


@cython.ccall
@cython.nogil
def of_one_title(
    docs: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    prints: cython.const[cython.uint][::1],
    title: cython.uint,
    is_opening: cython.bint,
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the documents that another one may be a near-duplicate of; return their number.

    If either of two documents is the opening of its article, their articles must have one title.

    Args:
        docs: doc ids, ascending
        firsts, openings: as in `Titles`
        prints: the print of each article's title
        title: the print of the title of the other document's article
        is_opening: whether the other document is the opening of its article
        out: room for len(docs) doc ids; output
    """
    k: cython.longlong
    written: cython.longlong = 0
    for k in range(docs.shape[0]):
        article: cython.longlong = _article_of(firsts, docs[k])
        opens: cython.bint = (
            openings[article] != 0 and firsts[article] + openings[article] - 1 == docs[k]
        )
        if prints[article] == title or not (opens or is_opening):
            out[written] = docs[k]
            written += 1
    return written


def article_lengths(
    lengths: cython.const[cython.uint][::1],
    visible: cython.const[cython.ulonglong][::1],
    firsts: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> None:
    """Write the number of words of each article: of its visible documents.

    Args:
        lengths: the length of each document's text, in words
        visible: a bitmap of the documents that count; empty for all
        firsts: the first doc id of each article, then the number of documents
        out: room for one number per article; output
    """
    article: cython.longlong
    doc: cython.longlong
    with cython.nogil:
        for article in range(firsts.shape[0] - 1):
            words: cython.ulonglong = 0
            for doc in range(firsts[article], firsts[article + 1]):
                if not visible.shape[0] or visible[doc >> 6] >> (doc & 63) & 1:
                    words += lengths[doc]
            out[article] = min(words, _WORD) & _WORD


def article_postings(
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.double][::1],
    visible: cython.const[cython.ulonglong][::1],
    firsts: cython.const[cython.uint][::1],
    articles: cython.uint[::1],
    article_freqs: cython.double[::1],
) -> int:
    """Add up a postings list of documents to one of articles; return the new list's size.

    Args:
        docs, freqs: the doc ids of the list, ascending, and its frequencies
        visible: a bitmap of the documents that count; empty for all
        firsts: the first doc id of each article, then the number of documents
        articles, article_freqs: room for the articles of these documents, ascending, and the sum
            of the frequencies in each; output
    """
    k: cython.longlong
    article: cython.longlong = -1
    end: cython.longlong = 0
    written: cython.longlong = 0
    with cython.nogil:
        for k in range(docs.shape[0]):
            doc: cython.longlong = docs[k]
            if visible.shape[0] and not visible[doc >> 6] >> (doc & 63) & 1:
                continue
            if doc >= end:
                article = _gallop(firsts, article + 1, firsts.shape[0], doc + 1) - 1
                end = firsts[article + 1]
                articles[written] = article
                article_freqs[written] = 0
                written += 1
            article_freqs[written - 1] += freqs[k]
    return written


def first_visible_docs(
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    visible: cython.const[cython.ulonglong][::1],
    out: cython.uint[::1],
) -> None:
    """Write the opening of each article; of an article without one, its first visible document.

    Args:
        firsts, openings: as in `Titles`
        visible: a bitmap of the documents; empty for all
        out: room for one doc id per article; the number of documents for an article that has
            neither; output
    """
    article: cython.longlong
    doc: cython.longlong
    with cython.nogil:
        for article in range(firsts.shape[0] - 1):
            doc = firsts[article]
            if openings[article]:
                doc += openings[article] - 1
            elif visible.shape[0]:
                doc = _next_doc(visible, doc, firsts[article + 1])
            out[article] = doc if doc < firsts[article + 1] else firsts[firsts.shape[0] - 1]


def best_of_articles(
    docs: cython.const[cython.uint][::1],
    scores: cython.const[cython.double][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    best_docs: cython.uint[::1],
    best_scores: cython.double[::1],
    opening_scores: cython.double[::1],
    articles: cython.uint[::1],
) -> int:
    """Find the best document of each article, the first of equal scores; return their number.

    Args:
        docs, scores: doc ids, ascending, and their scores
        firsts: the first doc id of each article, then the number of documents
        openings: the doc id of each article's opening, or another number if it has none
        best_docs, best_scores: room for the best document of each article, ascending, and its
            score; output
        opening_scores: room for the score of the opening of each of these articles, or 0 if it is
            not among the documents; output
        articles: room for the number of each of these articles; output
    """
    k: cython.longlong
    article: cython.longlong = -1
    end: cython.longlong = 0
    written: cython.longlong = 0
    with cython.nogil:
        for k in range(docs.shape[0]):
            doc: cython.longlong = docs[k]
            if doc >= end:
                article = _gallop(firsts, article + 1, firsts.shape[0], doc + 1) - 1
                end = firsts[article + 1]
                best_docs[written] = docs[k]
                best_scores[written] = scores[k]
                opening_scores[written] = 0
                articles[written] = article
                written += 1
            elif scores[k] > best_scores[written - 1]:
                best_docs[written - 1] = docs[k]
                best_scores[written - 1] = scores[k]
            if openings[article] == docs[k]:
                opening_scores[written - 1] = scores[k]
    return written


def add_shares(
    added: cython.const[cython.double][::1],
    share: cython.double,
    rounding: cython.double,
    scores: cython.double[::1],
) -> None:
    """Add a share of other scores to scores, rounded to the grid.

    Args:
        added: the other scores
        share: the factor of each
        rounding: the number whose addition and subtraction rounds to a multiple of the grid
        scores: as many scores; in and out
    """
    k: cython.longlong
    with cython.nogil:
        for k in range(scores.shape[0]):
            scores[k] += (share * added[k] + rounding) - rounding


def capped_sums(
    values: cython.const[cython.double][::1],
    ends: cython.const[cython.uint][::1],
    most: cython.double,
    sums: cython.double[::1],
) -> None:
    """Add up the values of consecutive groups in each row, at most `most` for a group.

    Args:
        values: rows of ends[-1] values, flat
        ends: the end of each group in a row, ascending
        most: the greatest sum of a group
        sums: by row and group, flat; output
    """
    groups: cython.longlong = ends.shape[0]
    length: cython.longlong = ends[groups - 1] if groups else 0
    row: cython.longlong
    group: cython.longlong
    i: cython.longlong
    with cython.nogil:
        for row in range(sums.shape[0] // max(groups, 1)):
            i = row * length
            for group in range(groups):
                total: cython.double = 0
                while i < row * length + ends[group]:
                    total += values[i]
                    i += 1
                sums[row * groups + group] = min(total, most)


def first_cited(
    docs: cython.const[cython.uint][::1],
    matching: cython.const[cython.ulonglong][::1],
    firsts: cython.const[cython.uint][::1],
    order: cython.const[cython.uint][::1],
    excluded: cython.const[cython.uint][::1],
    seen: cython.ulonglong[::1],
    out: cython.uint[::1],
) -> int:
    """Write the matching documents that come first by citation; return their number.

    Args:
        docs, matching, firsts: as in `top_k`
        order: the articles in the order of their ids; empty if articles are in that order
        excluded: doc ids to leave out
        seen: zeros, a bitmap; scratch
        out: room for the doc ids; writing ends when it is full; output
    """
    i: cython.longlong
    index: cython.longlong = 0
    doc: cython.longlong
    end: cython.longlong
    written: cython.longlong = 0
    is_list: cython.bint = docs.shape[0] > 0
    with cython.nogil:
        for i in range(excluded.shape[0]):
            seen[excluded[i] >> 6] |= _ONE << (excluded[i] & 63)
        for i in range(firsts.shape[0] - 1):
            article: cython.longlong = order[i] if order.shape[0] else i
            doc, end = firsts[article], firsts[article + 1]
            while doc < end and written < out.shape[0]:
                if is_list:
                    if order.shape[0]:
                        index = 0
                    index = _gallop(docs, index, docs.shape[0], doc)
                    doc = docs[index] if index < docs.shape[0] else end
                else:
                    doc = _next_doc(matching, doc, end)
                if doc < end and not seen[doc >> 6] >> (doc & 63) & 1:
                    out[written] = doc
                    written += 1
                doc += 1
            if written == out.shape[0]:
                break
    return written
