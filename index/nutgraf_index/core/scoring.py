"""The top k documents of a query, and the scores of given documents.

The score of a document is the sum of the scores of the query's terms in it. The score of a term is

    weight * x / (x + 1), rounded to a multiple of the grid

where `x` is its frequency in the text divided by the document's length norm, plus the same quotient
of the title and of the heading that the document stands under. The top k are found by block-max
MaxScore (Turtle and Flood, Query Evaluation: Strategies and Optimizations, 1995; Ding and Suel,
Faster Top-k Document Retrieval Using Block-Max Indexes, 2011). The documents are divided into
windows, in which no postings list has more than one block and no title or heading begins or ends.
A window is skipped if the sum of its block maxima is below the threshold, which is the worst score
in the full heap. In another window the lists are read in the order of their block maxima, the
highest first, until the maxima of the rest are together below the threshold.

Impossible numbers raise IndexError, by a bounds check or explicitly.
"""

from __future__ import annotations

import cython

__all__ = [
    "TERM",
    "Terms",
    "answering",
    "around",
    "first_cited",
    "openings_among",
    "proximity",
    "scores_at",
    "title_ranges",
    "top_k",
    "with_more",
]

TERM = 9  # numbers of a term: see `Terms`

_BLOCK = cython.declare(cython.longlong, 128)
_ROW = cython.declare(cython.longlong, 5)  # numbers of a block; see `postings.encode`
_WORD = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ALL = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)
# Of a score: wider than the error that rounding makes in a bound.
_MARGIN = cython.declare(cython.double, 1 - 1e-9)

_FAR = cython.declare(cython.double, 1e300)  # more than any frequency

# Kinds of terms, of three: see `Terms`.
_PACKED = cython.declare(cython.longlong, 0)
_SCORED = cython.declare(cython.longlong, 2)


@cython.cclass
class Terms:
    """The terms of a query in a segment, each with a cursor on its postings.

    Args:
        words: the stream of documents of the text; see `postings.encode`
        blocks: the rows of its blocks, flat
        lengths: of the text of each document, in words
        model: k1, 1 - b, b, average length, and what a score is rounded by: added, and taken away
        rows: `TERM` numbers a term, flat: its kind; where its postings begin; how many these are;
            the first row of its blocks and how many it has; the ranges [first, last) of its titles
            and of its headings. A term of kind 0 has its postings in `words`; one of kind 1 has
            documents and frequencies in `own_docs` and `own_values`; what has kind 2 has documents
            there and what it gives to each, and nothing else
        weights: of each term: what it gives at most
        spans: of titles and headings, the first document under each and the one after the last
        values: what the term has in each, to be added to `x`
    """

    words: cython.const[cython.uint][::1]
    blocks: cython.const[cython.uint][::1]
    lengths: cython.const[cython.uint][::1]
    model: cython.const[cython.double][::1]
    rows: cython.const[cython.longlong][::1]
    weights: cython.const[cython.double][::1]
    spans: cython.const[cython.uint][::1]
    values: cython.const[cython.double][::1]
    own_docs: cython.const[cython.uint][::1]
    own_values: cython.const[cython.double][::1]
    # The columns of `rows`.
    kind: cython.longlong[::1]
    start: cython.longlong[::1]
    size: cython.longlong[::1]
    first_block: cython.longlong[::1]
    block_count: cython.longlong[::1]
    span_end: cython.longlong[::1]  # of the titles and of the headings of each term
    # The cursor of each term: its block and the last document of that; the block that was decoded,
    # its number of postings, the place of the cursor in it, the bit where its frequencies begin
    # (-1 if they are decoded) and their width; the next title and the next heading.
    block: cython.longlong[::1]
    last: cython.longlong[::1]
    decoded: cython.longlong[::1]
    postings: cython.longlong[::1]
    place: cython.longlong[::1]
    freq_bit: cython.longlong[::1]
    freq_width: cython.longlong[::1]
    span: cython.longlong[::1]
    order: cython.longlong[::1]  # of terms, by `block_max`
    # Upper bounds of each term's score: by the text in its block, by titles and headings in the
    # window, by both; and the greatest frequency in its block, 0 if that is not known.
    block_max: cython.double[::1]
    title_max: cython.double[::1]
    window_max: cython.double[::1]
    max_freq: cython.double[::1]
    docs: cython.uint[::1]
    freqs: cython.uint[::1]
    count: cython.longlong
    limit: cython.longlong

    def __init__(
        self,
        words: cython.const[cython.uint][::1],
        blocks: cython.const[cython.uint][::1],
        lengths: cython.const[cython.uint][::1],
        model: cython.const[cython.double][::1],
        rows: cython.const[cython.longlong][::1],
        weights: cython.const[cython.double][::1],
        spans: cython.const[cython.uint][::1],
        values: cython.const[cython.double][::1],
        own_docs: cython.const[cython.uint][::1],
        own_values: cython.const[cython.double][::1],
    ) -> None:
        count: cython.Py_ssize_t = weights.shape[0]
        self.words = words
        self.blocks = blocks
        self.lengths = lengths
        self.model = model
        self.rows = rows
        self.weights = weights
        self.spans = spans
        self.values = values
        self.own_docs = own_docs
        self.own_values = own_values
        self.count = count
        self.limit = lengths.shape[0]
        numbers: cython.longlong[::1] = memoryview(bytearray(8 * 17 * count)).cast("q")
        bounds: cython.double[::1] = memoryview(bytearray(8 * 4 * count)).cast("d")
        self.kind = numbers[0 * count : 1 * count]
        self.start = numbers[1 * count : 2 * count]
        self.size = numbers[2 * count : 3 * count]
        self.first_block = numbers[3 * count : 4 * count]
        self.block_count = numbers[4 * count : 5 * count]
        self.block = numbers[5 * count : 6 * count]
        self.last = numbers[6 * count : 7 * count]
        self.decoded = numbers[7 * count : 8 * count]
        self.postings = numbers[8 * count : 9 * count]
        self.place = numbers[9 * count : 10 * count]
        self.freq_bit = numbers[10 * count : 11 * count]
        self.freq_width = numbers[11 * count : 12 * count]
        self.order = numbers[12 * count : 13 * count]
        self.span = numbers[13 * count : 15 * count]
        self.span_end = numbers[15 * count : 17 * count]
        self.block_max = bounds[0 * count : 1 * count]
        self.title_max = bounds[1 * count : 2 * count]
        self.window_max = bounds[2 * count : 3 * count]
        self.max_freq = bounds[3 * count : 4 * count]
        self.docs = memoryview(bytearray(4 * 128 * count)).cast("I")
        self.freqs = memoryview(bytearray(4 * 128 * count)).cast("I")


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _fail() -> cython.int:
    with cython.gil:
        raise IndexError("a document is beyond the last")


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _reset(q: Terms) -> cython.int:
    """Set all cursors before the first document."""
    i: cython.longlong
    row: cython.longlong = 0
    for i in range(q.count):
        q.kind[i] = q.rows[row]
        q.start[i] = q.rows[row + 1]
        q.size[i] = q.rows[row + 2]
        q.first_block[i] = q.rows[row + 3]
        q.block_count[i] = q.rows[row + 4]
        q.span[2 * i] = q.rows[row + 5]
        q.span_end[2 * i] = q.rows[row + 6]
        q.span[2 * i + 1] = q.rows[row + 7]
        q.span_end[2 * i + 1] = q.rows[row + 8]
        q.block[i] = q.last[i] = q.decoded[i] = -1
        q.place[i] = 0
        row += 9
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _advance_block(q: Terms, i: cython.longlong, doc: cython.longlong) -> cython.int:
    """Move a term's cursor to the first block whose last document is not before `doc`.

    Its last document and its maximum score are set, and nothing is decoded. Past the last block
    they are the limit and 0.
    """
    blocks: cython.longlong = q.block_count[i]
    first: cython.longlong = q.first_block[i] * _ROW
    low: cython.longlong = q.block[i] + 1
    step: cython.longlong = 1
    q.block_max[i] = q.weights[i]
    if q.kind[i] != _PACKED or not blocks:
        # One block, whose last document no row tells.
        if low == 0 and q.size[i] > 0:
            q.block[i] = 0
            if q.kind[i] == _PACKED:
                _decode(q, i)
                q.last[i] = q.docs[i * _BLOCK + q.postings[i] - 1]
            else:
                q.last[i] = q.own_docs[q.start[i] + q.size[i] - 1]
            if q.last[i] >= doc:
                return 0
        low = blocks = 1
    elif low < blocks and q.blocks[first + low * _ROW] < doc:
        while low + step < blocks and q.blocks[first + (low + step) * _ROW] < doc:
            low += step
            step += step
        high: cython.longlong = min(low + step, blocks)
        low += 1
        while low < high:
            middle: cython.longlong = (low + high) >> 1
            if q.blocks[first + middle * _ROW] < doc:
                low = middle + 1
            else:
                high = middle
    if low >= blocks:
        q.block[i] = blocks
        q.last[i] = q.limit
        q.block_max[i] = 0
        return 0
    q.block[i] = low
    q.last[i] = q.blocks[first + low * _ROW]
    max_freq: cython.longlong = q.blocks[first + low * _ROW + 3]
    q.max_freq[i] = max_freq
    if max_freq:
        # As if one document had both the greatest frequency and the least length by frequency.
        q.block_max[i] = q.weights[i] / (
            1
            + q.model[0]
            * (q.model[1] / max_freq + q.model[2] / q.model[3] * q.blocks[first + low * _ROW + 4])
        )
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _decode(q: Terms, i: cython.longlong) -> cython.int:
    """Unpack the documents of a term's present block."""
    block: cython.longlong = q.block[i]
    size: cython.longlong = min(q.size[i] - block * _BLOCK, _BLOCK)
    word: cython.longlong = q.start[i]
    last: cython.longlong = -1
    bits: cython.ulonglong
    left: cython.longlong
    j: cython.longlong
    to: cython.longlong = i * _BLOCK
    if q.block_count[i]:
        word += q.blocks[(q.first_block[i] + block) * _ROW + 1]
        if block:
            last = q.blocks[(q.first_block[i] + block - 1) * _ROW]
    header: cython.ulonglong = q.words[word]
    width: cython.longlong = header & 63
    q.freq_width[i] = (header >> 6) & 63
    if width > 32 or q.freq_width[i] > 32 or size <= 0:
        _fail()
    q.freq_bit[i] = (word << 5) + 12 + width * size
    mask: cython.ulonglong = (_ONE << width) - 1
    bits, left = header >> 12, 20
    for j in range(to, to + size):
        if left < width:
            word += 1
            bits |= cython.cast(cython.ulonglong, q.words[word]) << left
            left += 32
        last += (bits & mask) + 1
        q.docs[j] = last & _WORD
        bits >>= width
        left -= width
    if last >= q.limit:
        _fail()
    q.decoded[i] = block
    q.postings[i] = size
    q.place[i] = 0
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _decode_freqs(q: Terms, i: cython.longlong) -> cython.int:
    """Unpack the frequencies of the block of a term that was decoded last."""
    bit: cython.longlong = q.freq_bit[i]
    width: cython.longlong = q.freq_width[i]
    word: cython.longlong = bit >> 5
    left: cython.longlong = 32 - (bit & 31)
    bits: cython.ulonglong = q.words[word] >> (bit & 31)
    mask: cython.ulonglong = (_ONE << width) - 1
    j: cython.longlong
    to: cython.longlong = i * _BLOCK
    for j in range(to, to + q.postings[i]):
        if left < width:
            word += 1
            bits |= cython.cast(cython.ulonglong, q.words[word]) << left
            left += 32
        q.freqs[j] = ((bits & mask) + 1) & _WORD
        bits >>= width
        left -= width
    q.freq_bit[i] = -1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _first_from(
    docs: cython.const[cython.uint][::1],
    place: cython.longlong,
    stop: cython.longlong,
    doc: cython.longlong,
) -> cython.longlong:
    """Return the first place in `[place, stop)` of a document not before `doc`, by galloping.

    Or `stop` if there is none. The documents there ascend.
    """
    step: cython.longlong = 1
    if place >= stop or docs[place] >= doc:
        return place
    while place + step < stop and docs[place + step] < doc:
        place += step
        step += step
    while step:  # halving what was gone too far
        if place + step < stop and docs[place + step] < doc:
            place += step
        step >>= 1
    return place + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _advance(q: Terms, i: cython.longlong, doc: cython.longlong) -> cython.longlong:
    """Move a term's cursor to its first document that is not before `doc`, and return that.

    Return the limit if there is none. In the present block the cursor may also move back.
    """
    if q.last[i] < doc:
        _advance_block(q, i, doc)
    if q.last[i] >= q.limit:
        return q.limit
    if q.kind[i] == _PACKED:
        if q.decoded[i] != q.block[i]:
            _decode(q, i)
        base: cython.longlong = i * _BLOCK
        place: cython.longlong = base + q.place[i]
        size: cython.longlong = base + q.postings[i]
        if place > base and q.docs[place - 1] >= doc:
            place = base
        while place + 8 <= size and q.docs[place + 7] < doc:
            place += 8
        while place < size and q.docs[place] < doc:
            place += 1
        q.place[i] = place - base
        return q.docs[place] if place < size else q.limit
    base = q.start[i]
    place = base + q.place[i]
    size = base + q.size[i]
    if place > base and q.own_docs[place - 1] >= doc:
        place = base
    place = _first_from(q.own_docs, place, size, doc)
    q.place[i] = place - base
    return q.own_docs[place] if place < size else q.limit


@cython.cfunc
@cython.nogil
@cython.exceptval(-1.0)
def _under(q: Terms, k: cython.longlong, doc: cython.longlong) -> cython.double:
    """Return the `values` of a term for the title or heading that a document stands under, or 0.

    Term `i` has the cursor `2 * i` on titles, and `2 * i + 1` on headings.
    """
    place: cython.longlong = q.span[k]
    stop: cython.longlong = q.span_end[k]
    if place < stop and q.spans[2 * place + 1] <= doc:
        # The first that ends after the document, by galloping.
        step: cython.longlong = 1
        while place + step < stop and q.spans[2 * (place + step) + 1] <= doc:
            place += step
            step += step
        while step:
            if place + step < stop and q.spans[2 * (place + step) + 1] <= doc:
                place += step
            step >>= 1
        place += 1
        q.span[k] = place
    return q.values[place] if place < stop and q.spans[2 * place] <= doc else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(-1.0)
def _length_norm(q: Terms, doc: cython.longlong) -> cython.double:
    """Return the length norm of a document."""
    return q.model[0] * (q.model[1] + q.model[2] * (q.lengths[doc] / q.model[3]))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(-1.0)
def _saturated(
    q: Terms, i: cython.longlong, doc: cython.longlong, x: cython.double
) -> cython.double:
    """Return the score of a term; `x` is its frequency in the text divided by the length norm."""
    k: cython.longlong
    for k in range(2 * i, 2 * i + 2):
        if q.span[k] < q.span_end[k]:
            x += _under(q, k, doc)
    if x == 0:
        return 0
    x = x / (x + 1) * q.weights[i]
    return (x + q.model[4]) - q.model[4]


@cython.cfunc
@cython.nogil
@cython.exceptval(-1.0)
def _term_score(
    q: Terms, i: cython.longlong, doc: cython.longlong, norm: cython.double
) -> cython.double:
    """Return the score of a term in a document; its length norm is given."""
    x: cython.double = 0
    if _advance(q, i, doc) == doc:
        if q.kind[i] == _PACKED:
            if q.freq_bit[i] >= 0:
                _decode_freqs(q, i)
            x = q.freqs[i * _BLOCK + q.place[i]] / norm
        else:
            x = q.own_values[q.start[i] + q.place[i]]
            if q.kind[i] == _SCORED:
                return x
            x = x / norm
    return _saturated(q, i, doc, x)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1.0)
def _score(q: Terms, doc: cython.longlong) -> cython.double:
    """Return the score of a document."""
    i: cython.longlong
    norm: cython.double = _length_norm(q, doc)
    score: cython.double = 0
    for i in range(q.count):
        score += _term_score(q, i, doc, norm)
    return score


def scores_at(q: Terms, docs: cython.const[cython.uint][::1], scores: cython.double[::1]) -> None:
    """Write the scores of documents, which ascend."""
    at: cython.longlong
    with cython.nogil:
        _reset(q)
        for at in range(docs.shape[0]):
            scores[at] = _score(q, docs[at])


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _unit_of(firsts: cython.const[cython.uint][::1], doc: cython.longlong) -> cython.longlong:
    """Return the unit that has a document, by the first document of each and the last one's end."""
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
    """The best documents so far, with the worst of them at the root."""

    docs: cython.uint[::1]
    scores: cython.double[::1]
    matching: cython.const[cython.ulonglong][::1]
    twice: cython.const[cython.ulonglong][::1]
    firsts: cython.const[cython.uint][::1]
    rank: cython.const[cython.uint][::1]
    size: cython.longlong
    room: cython.longlong
    threshold: cython.double  # least score of a document that is taken
    min_bound: cython.double  # that a document must reach to be scored; more than 0
    rounding: cython.double  # of a bound
    exact: cython.double  # below this, sums are the same in any order

    def __init__(
        self,
        docs: cython.uint[::1],
        scores: cython.double[::1],
        matching: cython.const[cython.ulonglong][::1],
        twice: cython.const[cython.ulonglong][::1],
        firsts: cython.const[cython.uint][::1],
        rank: cython.const[cython.uint][::1],
        threshold: cython.double,
        grid: cython.double,
        rounding: cython.double,
        exact: cython.double,
    ) -> None:
        self.docs = docs
        self.scores = scores
        self.matching = matching
        self.twice = twice
        self.firsts = firsts
        self.rank = rank
        self.size = 0
        self.room = docs.shape[0]
        self.threshold = threshold
        self.rounding = rounding
        self.exact = exact
        self.min_bound = max(threshold * _MARGIN - rounding, grid / 2)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _worse(
    heap: _Heap,
    score: cython.double,
    doc: cython.longlong,
    other_score: cython.double,
    other: cython.longlong,
) -> cython.int:
    """Whether a document comes after another: by score, and equal ones by citation."""
    if score != other_score:
        return score < other_score
    if heap.rank.shape[0]:
        place: cython.longlong = heap.rank[_unit_of(heap.firsts, doc)]
        other_place: cython.longlong = heap.rank[_unit_of(heap.firsts, other)]
        if place != other_place:
            return place > other_place
    return doc > other


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _sift(
    heap: _Heap, size: cython.longlong, score: cython.double, doc: cython.longlong
) -> cython.int:
    """Put a document in the place of the first of a heap."""
    at: cython.longlong = 0
    child: cython.longlong = 1
    while child < size:
        if child + 1 < size and _worse(
            heap, heap.scores[child + 1], heap.docs[child + 1], heap.scores[child], heap.docs[child]
        ):
            child += 1
        if not _worse(heap, heap.scores[child], heap.docs[child], score, doc):
            break
        heap.scores[at] = heap.scores[child]
        heap.docs[at] = heap.docs[child]
        at = child
        child = 2 * at + 1
    heap.scores[at] = score
    heap.docs[at] = doc
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _push(heap: _Heap, score: cython.double, doc: cython.longlong) -> cython.int:
    """Take a document with a score above 0 if it is among the best so far."""
    if score < heap.threshold or score == 0:
        return 0
    if heap.size == heap.room:
        if _worse(heap, score, doc, heap.scores[0], heap.docs[0]):
            return 0
        _sift(heap, heap.size, score, doc)
    else:
        at: cython.longlong = heap.size
        heap.size += 1
        while at:
            above: cython.longlong = (at - 1) >> 1
            if not _worse(heap, score, doc, heap.scores[above], heap.docs[above]):
                break
            heap.scores[at] = heap.scores[above]
            heap.docs[at] = heap.docs[above]
            at = above
        heap.scores[at] = score
        heap.docs[at] = doc
    if heap.size == heap.room and heap.scores[0] > heap.threshold:
        heap.threshold = heap.scores[0]
        heap.min_bound = max(heap.min_bound, heap.threshold * _MARGIN - heap.rounding)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _next_bit(
    bits: cython.const[cython.ulonglong][::1], doc: cython.longlong, limit: cython.longlong
) -> cython.longlong:
    """Return the first document from one on whose bit is set, or the limit."""
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
@cython.exceptval(-1)
def _edge(q: Terms, k: cython.longlong, doc: cython.longlong) -> cython.longlong:
    """Return the last document from one on under the same title or heading, or under none."""
    place: cython.longlong = q.span[k]
    if place == q.span_end[k]:
        return q.limit
    if q.spans[2 * place] <= doc:
        return cython.cast(cython.ulonglong, q.spans[2 * place + 1]) - 1
    return cython.cast(cython.ulonglong, q.spans[2 * place]) - 1


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _window(q: Terms, doc: cython.longlong) -> cython.longlong:
    """Set the upper bounds of all terms from `doc` on; return the last document of the window.

    The terms are ordered by the maxima of their blocks.
    """
    j: cython.longlong
    i: cython.longlong
    end: cython.longlong = q.limit - 1
    for i in range(q.count):
        if q.last[i] < doc:
            _advance_block(q, i, doc)
        end = min(end, q.last[i])
        x: cython.double = 0
        for j in range(2 * i, 2 * i + 2):
            if q.span[j] < q.span_end[j]:
                x += _under(q, j, doc)
                end = min(end, _edge(q, j, doc))
        q.title_max[i] = x / (x + 1) * q.weights[i]
        q.window_max[i] = min(q.weights[i], q.block_max[i] + q.title_max[i])
        j = i
        while j and q.block_max[q.order[j - 1]] > q.block_max[i]:
            q.order[j] = q.order[j - 1]
            j -= 1
        q.order[j] = i
    return max(end, doc)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(-1.0)
def _max_score(q: Terms, i: cython.longlong, norm: cython.double) -> cython.double:
    """Return the maximum score by the text in a term's block, for a length norm."""
    max_freq: cython.double = q.max_freq[i]
    return q.weights[i] * max_freq / (max_freq + norm) if max_freq else q.block_max[i]


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _score_document(
    q: Terms,
    heap: _Heap,
    doc: cython.longlong,
    titles: cython.double,
    done: cython.longlong,
    value: cython.double,
) -> cython.int:
    """Score a document as far as its bound reaches the heap, and push it.

    Args:
        titles: upper bound of the scores by titles and headings
        done: the place in the order of the term whose list has the document. A document that a
            list of a later place has too was scored before, and is left out. With `q.count` the
            document may be in any list.
        value: frequency or score of the document in that list
    """
    at: cython.longlong
    score: cython.double = 0
    rest: cython.double = titles
    norm: cython.double = _length_norm(q, doc)
    for at in range(done):
        rest += _max_score(q, q.order[at], norm)
    if done < q.count:
        i: cython.longlong = q.order[done]
        score = value if q.kind[i] == _SCORED else _saturated(q, i, doc, value / norm)
    for at in range(done - 1, -1, -1):
        if score + rest < heap.min_bound:
            return 0
        i = q.order[at]
        rest -= _max_score(q, i, norm)
        score += _term_score(q, i, doc, norm)
    if score + rest < heap.min_bound:
        return 0
    for at in range(done + 1, q.count):
        i = q.order[at]
        if _advance(q, i, doc) == doc:
            return 0
        score += _saturated(q, i, doc, 0)
    if score >= heap.exact:
        score = 0
        for i in range(q.count):
            score += _term_score(q, i, doc, norm)
    return _push(heap, score, doc)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _score_list(
    q: Terms,
    heap: _Heap,
    at: cython.longlong,
    doc: cython.longlong,
    end: cython.longlong,
    rest: cython.double,
    titles: cython.double,
) -> cython.int:
    """Score the documents `[doc, end]` in the list of the term at place `at` of the order.

    Those in the list of a later place were scored before. `rest` is the upper bound of the scores
    of the earlier places, titles and headings; `titles` is the part of titles and headings.
    """
    i: cython.longlong = q.order[at]
    packed: cython.bint = q.kind[i] == _PACKED
    scored: cython.bint = q.kind[i] == _SCORED
    weight: cython.double = q.weights[i]
    flat: cython.double = q.model[0] * q.model[1]
    slope: cython.double = q.model[0] * q.model[2] / q.model[3]
    other: cython.longlong
    value: cython.double
    wanted: cython.double = 0  # of a frequency by the length norm, or of a score,
    alone: cython.double = 0  # and of one without others
    min_bound: cython.double = -1
    counted: cython.bint = heap.twice.shape[0] > 0
    if _advance(q, i, doc) > end:
        return 0
    place: cython.longlong = q.place[i]
    if packed:
        if q.freq_bit[i] >= 0:
            _decode_freqs(q, i)
        place += i * _BLOCK
        size: cython.longlong = i * _BLOCK + q.postings[i]
    else:
        size = q.start[i] + q.size[i]
        place += q.start[i]
    while place < size:
        if heap.min_bound != min_bound:
            min_bound = heap.min_bound
            wanted = _wanted(min_bound - rest, weight, scored)
            alone = _wanted(min_bound - titles, weight, scored) if counted else wanted
        if packed:
            doc, value = q.docs[place], q.freqs[place]
        else:
            doc, value = q.own_docs[place], q.own_values[place]
        if doc > end:
            break
        place += 1
        norm: cython.double = 1 if scored else flat + slope * q.lengths[doc]
        if value < wanted * norm:
            continue
        if counted and not heap.twice[doc >> 6] >> (doc & 63) & 1:
            if value < alone * norm:
                continue
        elif not scored:
            # By its own length others give less than by the least one of their blocks.
            bound: cython.double = titles + weight * value / (value + norm)
            for other in range(at):
                bound += _max_score(q, q.order[other], norm)
            if bound < min_bound * _MARGIN:
                continue
        if heap.matching[doc >> 6] >> (doc & 63) & 1:
            _score_document(q, heap, doc, titles, at, value)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _wanted(least: cython.double, weight: cython.double, scored: cython.bint) -> cython.double:
    """Return the frequency by the length norm, or the score, that gives at least so much."""
    if least > 0 and not scored:
        if least >= weight:
            return _FAR
        least = least / (weight - least)
    return least * _MARGIN


def top_k(
    q: Terms,
    docs: cython.const[cython.uint][::1],
    matching: cython.const[cython.ulonglong][::1],
    twice: cython.const[cython.ulonglong][::1],
    firsts: cython.const[cython.uint][::1],
    rank: cython.const[cython.uint][::1],
    threshold: cython.double,
    grid: cython.double,
    best_docs: cython.uint[::1],
    best_scores: cython.double[::1],
) -> int:
    """Find the best documents with a score above 0 of those that match, as many as there is room.

    Return how many were found; those come in order, the best first, equal ones by citation.

    Args:
        docs: the documents that match, ascending; empty if `matching` has them
        matching: the documents that match, as bits
        twice: all documents that may be in the lists of several terms; empty if that is not known
        firsts: the first document of each article, and the number of documents
        rank: the place of each article in the order of ids; empty if that is the order of articles
        threshold: those with a lower score are not wanted
        grid: what scores are multiples of
        best_docs: to take the best
        best_scores: to take their scores
    """
    heap: _Heap = _Heap(
        best_docs,
        best_scores,
        matching,
        twice,
        firsts,
        rank,
        threshold,
        grid,
        grid * (q.count + 1),
        grid * 2.0**53,
    )
    i: cython.longlong
    listed: cython.bint = docs.shape[0] > 0
    at: cython.longlong = 0
    doc: cython.longlong = 0
    every: cython.double  # what all terms give at most,
    rest: cython.double  # and of that what titles and headings give, and terms not gone through
    titles: cython.double
    score: cython.double
    with cython.nogil:
        _reset(q)
        if not heap.room:
            doc = q.limit
        while doc < q.limit:
            end: cython.longlong = _window(q, doc)
            every, titles, rest = 0, 0, 0
            for i in range(q.count):
                every += q.window_max[i]
                titles += q.title_max[i]
                rest += q.block_max[i]
            if every >= heap.min_bound:
                if listed or titles >= heap.min_bound:
                    # All that match are judged, until fewer may be enough.
                    min_bound: cython.double = heap.min_bound
                    while min_bound == heap.min_bound:
                        if listed:
                            at = _first_from(docs, at, docs.shape[0], doc)
                            doc = docs[at] if at < docs.shape[0] else q.limit
                        else:
                            doc = _next_bit(matching, doc, q.limit)
                        if doc > end:
                            break
                        _score_document(q, heap, doc, titles, q.count, 0)
                        doc += 1
                    if doc <= end:
                        continue
                    end = doc - 1
                else:
                    # The documents of the terms with the highest bounds, then what only others
                    # have, as long as these may give enough.
                    rest += titles
                    for i in range(q.count - 1, -1, -1):
                        if rest < heap.min_bound:
                            break
                        rest -= q.block_max[q.order[i]]
                        _score_list(q, heap, i, doc, end, rest, titles)
            doc = end + 1
            if listed:
                at = _first_from(docs, at, docs.shape[0], doc)
                doc = docs[at] if at < docs.shape[0] else q.limit
        # The worst are put to the end, one after the other.
        for i in range(heap.size - 1, 0, -1):
            score, doc = heap.scores[i], heap.docs[i]
            heap.scores[i] = heap.scores[0]
            heap.docs[i] = heap.docs[0]
            _sift(heap, i, score, doc)
    return heap.size


def around(
    q: Terms,
    docs: cython.const[cython.uint][::1],
    listed: cython.const[cython.uint][::1],
    matching: cython.const[cython.ulonglong][::1],
    firsts: cython.const[cython.uint][::1],
    reach: cython.longlong,
    near: cython.uint[::1],
    near_scores: cython.double[::1],
    others: cython.uint[::1],
    scores: cython.double[::1],
    share: cython.double,
    sums: cython.double[::1],
) -> None:
    """Find the best match around each document, the first of equal ones, and add its context score.

    Args:
        docs: the documents, ascending
        listed: the documents that match, ascending; empty if `matching` has them
        matching: the documents that match, as bits
        firsts: the first document of each article, and the number of documents
        reach: how far before and after a document of the same article may be
        near, near_scores: room for 2 * reach of each document
        others: to take the best match around each; any document where none matches
        scores: to take its score, 0 where none matches
        share: the context score is this share of that score, rounded as scores are
        sums: the score of each document, to add the context score to
    """
    at: cython.longlong
    i: cython.longlong
    other: cython.longlong
    stop: cython.longlong
    place: cython.longlong = 0
    number: cython.longlong = 0
    begin: cython.longlong = 0
    last: cython.longlong = -1
    with cython.nogil:
        _reset(q)
        for at in range(docs.shape[0]):
            doc: cython.longlong = docs[at]
            unit: cython.longlong = _unit_of(firsts, doc)
            other, stop = firsts[unit], firsts[unit + 1]
            other, stop = max(other, doc - reach), min(stop, doc + reach + 1)
            # What stands around more than one is scored once.
            for i in range(max(other, last + 1), stop):
                last = i
                if listed.shape[0]:
                    place = _first_from(listed, place, listed.shape[0], i)
                    if place == listed.shape[0] or listed[place] != i:
                        continue
                elif not matching[i >> 6] >> (i & 63) & 1:
                    continue
                near[number] = i
                near_scores[number] = _score(q, i)
                number += 1
            while begin < number and near[begin] < other:
                begin += 1
            others[at] = doc
            scores[at] = 0
            for i in range(begin, number):
                if near[i] != doc and near_scores[i] > scores[at]:
                    others[at] = near[i]
                    scores[at] = near_scores[i]
            sums[at] += (share * scores[at] + q.model[4]) - q.model[4]


def proximity(
    lengths: cython.const[cython.uint][::1],
    model: cython.const[cython.double][::1],
    docs: cython.const[cython.uint][::1],
    weights: cython.const[cython.double][::1],
    gathered: cython.double[::1],
    scores: cython.double[::1],
) -> None:
    """Turn what terms gather from their neighbours in some documents into scores, and add these up.

    Args:
        lengths, model: see `Terms`
        docs: the documents
        weights: of each term: what it gains at most
        gathered: of each term for each document; to take what it gains
        scores: to add the sums of all terms to
    """
    term: cython.longlong
    at: cython.longlong
    place: cython.longlong = 0
    with cython.nogil:
        for term in range(weights.shape[0]):
            for at in range(docs.shape[0]):
                x: cython.double = gathered[place]
                if x:
                    x = (
                        weights[term]
                        * x
                        / (x + model[0] * (model[1] + model[2] * (lengths[docs[at]] / model[3])))
                    )
                    x = (x + model[4]) - model[4]
                    gathered[place] = x
                    scores[at] += x
                place += 1


def title_ranges(
    units: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    lengths: cython.const[cython.uint][::1],
    model: cython.const[cython.double][::1],
    lift: cython.double,
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    spans: cython.uint[::1],
    values: cython.double[::1],
) -> int:
    """Write what a term in titles or headings has for the documents under them; return the ranges.

    Args:
        units: the titles with the term, ascending
        freqs: how often it stands in each
        lengths: of all titles, in words
        model: as in `Terms`, of titles
        lift: how many times as much it is for the document that answers for a title
        firsts: the first document under each title, and the number of documents
        openings: which document under each title answers for it, from 1; 0 for none. Empty if
            none does anywhere
        spans: to take the first document of each range and the one after the last
        values: to take the frequency by the length norm of each range
    """
    at: cython.longlong
    part: cython.longlong
    stop: cython.longlong
    number: cython.longlong = 0
    x: cython.double
    value: cython.double
    with cython.nogil:
        for at in range(units.shape[0]):
            unit: cython.longlong = units[at]
            x = freqs[at] / (model[0] * (model[1] + model[2] * (lengths[unit] / model[3])))
            opening: cython.longlong = -1
            if openings.shape[0] and openings[unit]:
                opening = firsts[unit] + openings[unit] - 1
            start: cython.longlong = firsts[unit]
            # Before the opening, it, and after it.
            for part in range(3):
                stop, value = firsts[unit + 1], x
                if opening >= 0 and part < 2:
                    stop = min(stop, opening + part)
                    if part == 1:
                        value = x * lift
                if start < stop:
                    if number and spans[2 * number - 1] == start and values[number - 1] == value:
                        spans[2 * number - 1] = stop
                    else:
                        spans[2 * number] = start
                        spans[2 * number + 1] = stop
                        values[number] = value
                        number += 1
                    start = stop
    return number


def with_more(
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    more: cython.const[cython.uint][::1],
    every: cython.uint[::1],
    often: cython.double[::1],
) -> int:
    """Join the documents of a list with some in which its term stands once more.

    Return how many documents these are.

    Args:
        docs, freqs: the list
        more: the documents in which the term stands once more, ascending
        every: to take the documents of both, ascending
        often: to take how often the term stands in each
    """
    i: cython.longlong = 0
    j: cython.longlong = 0
    number: cython.longlong = 0
    with cython.nogil:
        while i < docs.shape[0] or j < more.shape[0]:
            if j == more.shape[0] or (i < docs.shape[0] and docs[i] < more[j]):
                every[number] = docs[i]
                often[number] = freqs[i]
                i += 1
            else:
                every[number] = more[j]
                often[number] = 1
                if i < docs.shape[0] and docs[i] == more[j]:
                    often[number] += freqs[i]
                    i += 1
                j += 1
            number += 1
    return number


def answering(
    units: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents that answer for some titles; return how many do; see `title_ranges`."""
    at: cython.longlong
    number: cython.longlong = 0
    with cython.nogil:
        for at in range(units.shape[0]):
            if openings[units[at]]:
                out[number] = firsts[units[at]] + openings[units[at]] - 1
                number += 1
    return number


def openings_among(
    docs: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.const[cython.uint][::1],
    places: cython.uint[::1],
    units: cython.uint[::1],
) -> int:
    """Find which of some documents answer for their titles; return how many do.

    Args:
        docs: the documents, ascending
        firsts, openings: see `title_ranges`
        places: to take where each is in `docs`
        units: to take its title
    """
    at: cython.longlong
    number: cython.longlong = 0
    with cython.nogil:
        for at in range(docs.shape[0]):
            unit: cython.longlong = _unit_of(firsts, docs[at])
            if openings[unit] and firsts[unit] + openings[unit] - 1 == docs[at]:
                places[number] = at
                units[number] = unit
                number += 1
    return number


def first_cited(
    docs: cython.const[cython.uint][::1],
    matching: cython.const[cython.ulonglong][::1],
    firsts: cython.const[cython.uint][::1],
    order: cython.const[cython.uint][::1],
    taken: cython.const[cython.uint][::1],
    seen: cython.ulonglong[::1],
    out: cython.uint[::1],
) -> int:
    """Write the documents that match and were not taken, by citation; return how many there are.

    No more than there is room for.

    Args:
        docs, matching, firsts: see `top_k`
        order: the articles in the order of ids; empty if they are in it
        taken: the documents that were taken
        seen: room for a bit of each document
        out: to take the documents
    """
    i: cython.longlong
    at: cython.longlong = 0
    doc: cython.longlong
    limit: cython.longlong
    number: cython.longlong = 0
    listed: cython.bint = docs.shape[0] > 0
    with cython.nogil:
        for i in range(taken.shape[0]):
            seen[taken[i] >> 6] |= _ONE << (taken[i] & 63)
        for i in range(firsts.shape[0] - 1):
            unit: cython.longlong = order[i] if order.shape[0] else i
            doc, limit = firsts[unit], firsts[unit + 1]
            while doc < limit and number < out.shape[0]:
                if listed:
                    if order.shape[0]:
                        at = 0
                    at = _first_from(docs, at, docs.shape[0], doc)
                    doc = docs[at] if at < docs.shape[0] else limit
                else:
                    doc = _next_bit(matching, doc, limit)
                if doc < limit and not seen[doc >> 6] >> (doc & 63) & 1:
                    out[number] = doc
                    number += 1
                doc += 1
            if number == out.shape[0]:
                break
    return number
