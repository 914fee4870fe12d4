"""MinHash fingerprints of texts, and pairs of texts that share a MinHash.

The shingles of a text are its sequences of n consecutive words. The MinHash of a text is the least
hash of its shingles. Two texts have the same MinHash with a probability equal to the resemblance of
their sets of shingles (Broder, On the Resemblance and Containment of Documents, 1997). A
fingerprint has two MinHashes by two hash functions, and a hash of the whole text.

An index over the fingerprints has two rows of sorted keys, one for each of the two MinHashes. A key
is the MinHash, then the number of the text in the lower 32 bits.
"""

from __future__ import annotations

import cython

__all__ = [
    "Index",
    "candidate_lines",
    "common_words",
    "count_articles",
    "fill_cells",
    "fingerprints",
    "gather",
    "hidden_lines",
    "pairs",
    "sections_under",
    "shared",
    "shared_lines",
    "sort",
]

_FACTOR = cython.declare(cython.ulonglong, 0x9E37_79B9_7F4A_7C15)  # 2**64 / golden ratio, odd
_MIXER = cython.declare(cython.ulonglong, 0xD6E8_FEB8_6659_FD93)
_LOW = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)
_BLANK = cython.declare(cython.size_t, 0x20)
_APOSTROPHE = cython.declare(cython.size_t, 0x27)
_FULL_STOP = cython.declare(cython.size_t, 0x2E)
# The bits of the bytes ! " ( ) , - : ; ?
_SIGNS = cython.declare(cython.ulonglong, 0x8C00_3306_0000_0000)


def fingerprints(
    tokens: cython.const[cython.uint][::1],
    lengths: cython.const[cython.longlong][::1],
    hashes: cython.const[cython.uint][::1],
    size: cython.longlong,
    bits: cython.longlong,
    out: cython.ulonglong[::1],
) -> None:
    """Compute one 64-bit MinHash fingerprint per text; 0 for a text without words.

    From the highest bit a fingerprint has the low `bits` bits of each of the two MinHashes, then
    `64 - 2 * bits` bits of a hash of the whole text, made from the sum of its shingles' hashes. The
    hash of a shingle is a polynomial of its words' hashes, updated from one shingle to the next
    (Karp and Rabin, Efficient Randomized Pattern-Matching Algorithms, 1987), and mixed; its upper
    and its lower 32 bits are the values of the two hash functions. A text of fewer words than a
    shingle is one shingle.

    Args:
        tokens: the word number of each token
        lengths: the number of tokens of each text
        hashes: the hash of each word number
        size: words per shingle
        bits: bits per MinHash
        out: room for one fingerprint per text; output
    """
    text: cython.Py_ssize_t
    i: cython.Py_ssize_t
    _i: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    oldest_factor: cython.ulonglong = 1  # the factor of the word before a shingle
    rolling: cython.ulonglong
    min_upper: cython.ulonglong
    min_lower: cython.ulonglong
    total: cython.ulonglong
    mask: cython.ulonglong = (cython.cast(cython.ulonglong, 1) << bits) - 1
    with cython.nogil:
        for _i in range(size):
            oldest_factor = cython.cast(cython.ulonglong, oldest_factor * _FACTOR)
        for text in range(lengths.shape[0]):
            end: cython.Py_ssize_t = first + lengths[text]
            rolling = total = 0
            min_upper = min_lower = _LOW
            for i in range(first, end):
                rolling = cython.cast(cython.ulonglong, rolling * _FACTOR + hashes[tokens[i]])
                if i >= first + size:
                    mixed: cython.ulonglong = hashes[tokens[i - size]]
                    rolling = cython.cast(cython.ulonglong, rolling - mixed * oldest_factor)
                elif i + 1 < first + size and i + 1 < end:
                    continue
                mixed = rolling ^ (rolling >> 32)
                mixed = cython.cast(cython.ulonglong, mixed * _MIXER)
                mixed ^= mixed >> 32
                min_upper = min(min_upper, mixed >> 32)
                min_lower = min(min_lower, mixed & _LOW)
                total = cython.cast(cython.ulonglong, total + mixed)
            if first < end:
                # The low bits of the MinHashes: the high bits of a minimum are mostly 0.
                total = cython.cast(cython.ulonglong, total * _MIXER)
                min_upper = ((min_upper & mask) << bits) | (min_lower & mask)
                min_upper = cython.cast(cython.ulonglong, min_upper << (64 - 2 * bits))
                out[text] = min_upper | (total >> (2 * bits))
            else:
                out[text] = 0
            first = end


def sort(
    prints: cython.const[cython.ulonglong][::1],
    bits: cython.longlong,
    keys: cython.ulonglong[::1],
    scratch: cython.ulonglong[::1],
    counts: cython.uint[::1],
    ends: cython.uint[::1],
    sharing: cython.ulonglong[::1],
) -> None:
    """Write the index of fingerprints by a radix sort of two passes, half of a MinHash each.

    Args:
        prints: the fingerprint of each text
        bits: bits per MinHash
        keys: room for two rows of keys, one per text in each; output
        scratch: room for one row of keys; scratch
        counts: room for `1 << (bits + 1 >> 1)` numbers; scratch
        ends: zeros, twice as many as `counts` has numbers; for each row and each value of a
            MinHash's upper half the end of the keys with this or a lower value in the row, flat;
            output
        sharing: a bitmap that gains the texts that share a MinHash with another text; in and out
    """
    texts: cython.longlong = prints.shape[0]
    digit_bits: cython.longlong = (bits + 1) >> 1
    buckets: cython.longlong = 1 << digit_bits
    row: cython.longlong
    i: cython.longlong
    low_start: cython.uint
    high_start: cython.uint
    mask: cython.ulonglong = (_ONE << bits) - 1
    with cython.nogil:
        for row in range(2):
            first: cython.longlong = row * texts
            shift: cython.longlong = 64 - (row + 1) * bits
            upper: cython.longlong = row * buckets
            for i in range(buckets):
                counts[i] = 0
            for i in range(texts):
                minhash: cython.ulonglong = (prints[i] >> shift) & mask
                counts[minhash & (buckets - 1)] += 1
                ends[upper + (minhash >> digit_bits)] += 1
            low_start = high_start = 0
            for i in range(buckets):
                count: cython.uint = counts[i]
                counts[i] = low_start
                low_start += count
                count = ends[upper + i]
                ends[upper + i] = high_start
                high_start += count
            for i in range(texts):
                minhash = (prints[i] >> shift) & mask
                index: cython.longlong = minhash & (buckets - 1)
                scratch[counts[index]] = (minhash << 32) | i
                counts[index] += 1
            for i in range(texts):
                index = upper + (scratch[i] >> (32 + digit_bits))
                keys[first + ends[index]] = scratch[i]
                ends[index] += 1
            for i in range(first + 1, first + texts):
                if keys[i] >> 32 == keys[i - 1] >> 32:
                    for index in range(i - 1, i + 1):
                        text: cython.ulonglong = keys[index] & _LOW
                        sharing[text >> 6] |= _ONE << (text & 63)


@cython.cclass
class Index:
    """The index of a segment's fingerprints.

    Args:
        prints, lengths: the fingerprint and the length in words of each text of the segment
        bits: bits per MinHash
        keys, ends, sharing: the keys, their table and the bitmap that `sort` wrote
    """

    prints: cython.const[cython.ulonglong][::1]
    lengths: cython.const[cython.uint][::1]
    bits: cython.longlong
    keys: cython.const[cython.ulonglong][::1]
    ends: cython.const[cython.uint][::1]
    sharing: cython.const[cython.ulonglong][::1]

    def __init__(
        self,
        prints: cython.const[cython.ulonglong][::1],
        lengths: cython.const[cython.uint][::1],
        bits: cython.longlong,
        keys: cython.const[cython.ulonglong][::1],
        ends: cython.const[cython.uint][::1],
        sharing: cython.const[cython.ulonglong][::1],
    ) -> None:
        self.prints = prints
        self.lengths = lengths
        self.bits = bits
        self.keys = keys
        self.ends = ends
        self.sharing = sharing


@cython.ccall
@cython.nogil
@cython.exceptval(-1)
def gather(
    index: Index,
    numbers: cython.const[cython.longlong][::1],
    prints: cython.ulonglong[::1],
    lengths: cython.uint[::1],
) -> cython.int:
    """Write the fingerprints and lengths of texts of the segment.

    Args:
        index: the index of the segment
        numbers: the number of each text in the segment, or -1 if it is in another segment
        prints, lengths: room for one number per text; those of other segments stay; in and out
    """
    i: cython.longlong
    for i in range(numbers.shape[0]):
        if numbers[i] >= 0:
            prints[i] = index.prints[numbers[i]]
            lengths[i] = index.lengths[numbers[i]]
    return 0


@cython.ccall
@cython.nogil
def pairs(
    index: Index,
    query_prints: cython.const[cython.ulonglong][::1],
    query_lengths: cython.const[cython.uint][::1],
    numbers: cython.const[cython.longlong][::1],
    excluded: cython.const[cython.ulonglong][::1],
    overlap: cython.longlong,
    similarity: cython.double,
    query_indexes: cython.uint[::1],
    candidates: cython.uint[::1],
) -> tuple[cython.longlong, cython.longlong]:
    """Write the pairs of a query text and a text of the segment that share a MinHash.

    Texts whose numbers of shingles differ too much for the similarity are left out.

    Args:
        index: the index of the segment
        query_prints, query_lengths: the fingerprint of each query text, 0 for a text without words,
            and its length in words
        numbers: the number of each query text in the segment, or -1 if it is in another segment
        excluded: a bitmap of texts to leave out, or empty
        overlap: words that consecutive shingles share: a text has `length - overlap` shingles, at
            least 1
        similarity: the least ratio of the numbers of shingles of the shorter and of the longer text
        query_indexes: room for the index of the query text of each pair, ascending; output
        candidates: room for the number of the segment's text in each pair; output

    Returns:
        The number of pairs, and the number of query texts whose pairs were all written: all, unless
        the room is full.
    """
    texts: cython.longlong = index.prints.shape[0]
    bits: cython.longlong = index.bits
    i: cython.longlong
    row: cython.longlong
    high: cython.longlong
    row_end: cython.longlong
    written: cython.longlong = 0
    done: cython.longlong = 0
    digit_bits: cython.longlong = (bits + 1) >> 1
    mask: cython.ulonglong = (_ONE << bits) - 1
    full: cython.bint = False
    for i in range(query_prints.shape[0]):
        complete: cython.longlong = written
        done = i
        if query_prints[i] == 0:
            continue
        if numbers[i] >= 0 and not (index.sharing[numbers[i] >> 6] >> (numbers[i] & 63)) & 1:
            continue
        shingles: cython.longlong = max(query_lengths[i] - overlap, 1)
        for row in range(2):
            shift: cython.longlong = 64 - (row + 1) * bits
            minhash: cython.ulonglong = (query_prints[i] >> shift) & mask
            first: cython.longlong = row * texts
            upper: cython.longlong = row * (index.ends.shape[0] >> 1) + (minhash >> digit_bits)
            low: cython.longlong = first + (index.ends[upper - 1] if minhash >> digit_bits else 0)
            row_end = high = first + index.ends[upper]
            while low < high:
                middle: cython.longlong = (low + high) >> 1
                if index.keys[middle] >> 32 < minhash:
                    low = middle + 1
                else:
                    high = middle
            while low < row_end and index.keys[low] >> 32 == minhash and not full:
                candidate: cython.longlong = index.keys[low] & _LOW
                low += 1
                if candidate == numbers[i]:
                    continue
                # A text that shares both MinHashes is a candidate of the first row.
                if row and index.prints[candidate] >> (64 - bits) == query_prints[i] >> (64 - bits):
                    continue
                candidate_shingles: cython.longlong = max(index.lengths[candidate] - overlap, 1)
                min_shingles: cython.double = similarity * max(shingles, candidate_shingles)
                if min(shingles, candidate_shingles) < min_shingles:
                    continue
                if excluded.shape[0] and (excluded[candidate >> 6] >> (candidate & 63)) & 1:
                    continue
                if written == query_indexes.shape[0]:
                    full = True
                else:
                    query_indexes[written] = i
                    candidates[written] = candidate
                    written += 1
        if full:
            written = complete
            break
    return written, done if full else query_prints.shape[0]


@cython.cfunc
@cython.nogil
@cython.exceptval(-2)
def _slot(
    words: cython.const[cython.uint][::1],
    text: cython.const[cython.uint][::1],
    start: cython.longlong,
    size: cython.longlong,
    table: cython.const[cython.uint][::1],
) -> cython.longlong:
    """Return the slot of a shingle in a hash table with linear probing.

    Return a free slot if the table does not have the shingle, or -1 if no slot is free. The shingle
    is `text[start:start + size]`. Slot i has the shingle that begins at index `table[i] - 1` of
    `words`; a free slot has 0.
    """
    i: cython.longlong
    probe: cython.longlong
    slots: cython.longlong = table.shape[0]
    hashed: cython.ulonglong = 0
    for i in range(start, start + size):
        hashed = cython.cast(cython.ulonglong, (hashed ^ text[i]) * _FACTOR)
        hashed ^= hashed >> 32
    for probe in range(slots):
        slot: cython.longlong = (hashed + probe) % slots
        if not table[slot]:
            return slot
        entry: cython.longlong = table[slot] - 1
        same: cython.bint = True
        for i in range(size):
            same = same and words[entry + i] == text[start + i]
        if same:
            return slot
    return -1


@cython.ccall
@cython.nogil
def shared(
    words: cython.const[cython.uint][::1],
    other_words: cython.const[cython.uint][::1],
    size: cython.longlong,
    counts: cython.uint[::1],
    table: cython.uint[::1],
) -> cython.longlong:
    """Return the number of shingles that two texts share.

    A shingle counts as often as it occurs in both texts: the size of the intersection of two
    multisets.

    Args:
        words, other_words: the word numbers of the two texts
        size: words per shingle
        counts: zeros, one for each shingle of `words`; scratch
        table: zeros, more of them than `words` has shingles; scratch
    """
    i: cython.longlong
    shared_count: cython.longlong = 0
    for i in range(words.shape[0] - size + 1):
        slot: cython.longlong = _slot(words, words, i, size, table)
        if not table[slot]:
            table[slot] = i + 1
        counts[table[slot] - 1] += 1
    for i in range(other_words.shape[0] - size + 1):
        slot = _slot(words, other_words, i, size, table)
        if table[slot] and counts[table[slot] - 1]:
            counts[table[slot] - 1] -= 1
            shared_count += 1
    return shared_count


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_letter(byte: cython.size_t) -> cython.bint:
    return 97 <= (byte | 32) <= 122


@cython.cfunc
@cython.nogil
def _count_standing(
    data: cython.const[cython.uchar][::1], cells: cython.uint[::1], common: cython.uint[::1]
) -> cython.longlong:
    """Return the number of the standing words of a text; see `common_words`.

    If `common` is empty, count them in the cells; else take them out of the cells, and add to its
    number those that were there.
    """
    i: cython.longlong = 0
    size: cython.longlong = data.shape[0]
    counted: cython.longlong = 0
    mask: cython.ulonglong = cells.shape[0] - 1
    while i < size:
        start: cython.longlong = i
        standing: cython.bint = True
        in_word: cython.bint = False
        while i < size and data[i] > _BLANK:
            byte: cython.size_t = data[i]
            i += 1
            if _is_letter(byte):
                in_word = True
                continue
            if byte in (_FULL_STOP, _APOSTROPHE):
                standing = standing and not (in_word and i < size and _is_letter(data[i]))
            elif byte > 63 or not (_SIGNS >> byte) & 1:
                standing = False
                if byte in (0x26, 0x3C):
                    return 0
                if byte == 0xAD and i > 1 and data[i - 2] == 0xC2:
                    return 0
            in_word = False
        hashed: cython.ulonglong = 0
        while standing and start < i:
            if _is_letter(data[start]):
                hashed = cython.cast(cython.ulonglong, (hashed ^ (data[start] | 32)) * _FACTOR)
                if start + 1 == i or not _is_letter(data[start + 1]):
                    counted += 1
                    hashed = (hashed >> 32) & mask
                    if common.shape[0] == 0:
                        cells[hashed] += 1
                    elif cells[hashed]:
                        cells[hashed] -= 1
                        common[0] += 1
                    hashed = 0
            start += 1
        i += 1
    return counted


@cython.ccall
@cython.nogil
def common_words(
    text: cython.const[cython.uchar][::1],
    other: cython.const[cython.uchar][::1],
    cells: cython.uint[::1],
    common: cython.uint[::1],
) -> tuple[cython.longlong, cython.longlong]:
    """Count the words that stand alone in the bytes of two texts, and those of both texts.

    A standing word is a run of letters of ASCII, in a chunk between blanks that has no other
    characters but hyphens, quotation marks, brackets and stops, without a full stop or an
    apostrophe between letters. In every language it is a word of its text, whatever is around the
    chunk. A text has none if it has one of the signs & < or a soft hyphen: entities, tags and
    broken words may change how the chunks after them are read.

    Words are compared by hashes, so that the number of common words may be too high, but not too
    low.

    Args:
        text, other: the texts, in UTF-8
        cells: zeros, as many as a power of two; scratch
        common: zero; becomes the number of standing words in common: the size of the intersection
            of two multisets; in and out

    Returns:
        The number of standing words of each text.
    """
    counted: cython.longlong = _count_standing(text, cells, common[:0])
    return counted, _count_standing(other, cells, common)


@cython.cfunc
@cython.nogil
@cython.exceptval(-2)
def _key_slot(
    fingerprint: cython.ulonglong, keys: cython.const[cython.ulonglong][::1]
) -> cython.longlong:
    """Return the slot of a fingerprint in a hash table with linear probing, or a free slot.

    A free slot has 0. Return -1 if the table is full and does not have the fingerprint.
    """
    probe: cython.longlong
    slots: cython.longlong = keys.shape[0]
    hashed: cython.ulonglong = cython.cast(cython.ulonglong, fingerprint * _FACTOR)
    hashed ^= hashed >> 32
    for probe in range(slots):
        slot: cython.longlong = (hashed + probe) % slots
        if keys[slot] == fingerprint or not keys[slot]:
            return slot
    return -1


def fill_cells(
    prints: cython.const[cython.ulonglong][::1],
    short: cython.const[cython.uchar][::1],
    live: cython.const[cython.ulonglong][::1],
    least: cython.longlong,
    cells: cython.uchar[::1],
) -> int:
    """Count the live short lines of a segment in cells, by their fingerprints.

    The count in a cell is that of all lines whose fingerprints fall into it, at most 255: at least
    the number of articles that have any of these lines.

    Args:
        prints: the fingerprint of each text
        short: for each text 0 if it is no short line
        live: a bitmap of the live texts, or empty if all are
        least: the count from which lines are candidates
        cells: the counts so far, as many as a power of two; in and out

    Returns:
        The number of lines by which the candidates have become more.
    """
    i: cython.longlong
    candidates: cython.longlong = 0
    mask: cython.ulonglong = cells.shape[0] - 1
    with cython.nogil:
        for i in range(short.shape[0]):
            if not short[i] or (live.shape[0] and not (live[i >> 6] >> (i & 63)) & 1):
                continue
            cell: cython.ulonglong = (prints[i] ^ (prints[i] >> 32)) & mask
            count: cython.longlong = cells[cell]
            if count + 1 == least:
                candidates += least
            elif count + 1 > least:
                candidates += 1
            if count < 255:
                cells[cell] = count + 1
    return candidates


def candidate_lines(
    prints: cython.const[cython.ulonglong][::1],
    short: cython.const[cython.uchar][::1],
    live: cython.const[cython.ulonglong][::1],
    least: cython.longlong,
    cells: cython.const[cython.uchar][::1],
    docs: cython.uint[::1],
) -> int:
    """Write the live short lines of a segment that may be shared; return their number.

    Args:
        prints, short, live, least, cells: as in `fill_cells`, with the cells of all segments
        docs: room for the numbers of the texts, ascending; output
    """
    i: cython.longlong
    written: cython.longlong = 0
    mask: cython.ulonglong = cells.shape[0] - 1
    with cython.nogil:
        for i in range(short.shape[0]):
            if not short[i] or cells[(prints[i] ^ (prints[i] >> 32)) & mask] < least:
                continue
            if not live.shape[0] or (live[i >> 6] >> (i & 63)) & 1:
                docs[written] = i
                written += 1
    return written


def count_articles(
    prints: cython.const[cython.ulonglong][::1],
    docs: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    base: cython.longlong,
    used: cython.longlong,
    keys: cython.ulonglong[::1],
    counts: cython.uint[::1],
    lasts: cython.longlong[::1],
) -> int:
    """Count the articles of a segment that have each candidate line.

    Args:
        prints: the fingerprint of each text
        docs: the candidate lines, ascending
        firsts: the first text of each article, then the number of texts
        base: the number of articles in the segments before
        used: the number of slots that are not free
        keys: the fingerprints of the candidates in a hash table, 0 in free slots; in and out
        counts: the number of articles of each slot; in and out
        lasts: the number from 1 of the last article that each slot counted; in and out

    Returns:
        The number of slots that are not free; -1 if more than half of them would be.
    """
    article: cython.longlong = 0
    i: cython.longlong
    with cython.nogil:
        for i in range(docs.shape[0]):
            while firsts[article + 1] <= docs[i]:
                article += 1
            slot: cython.longlong = _key_slot(prints[docs[i]], keys)
            if not keys[slot]:
                used += 1
                if 2 * used > keys.shape[0]:
                    used = -1
                    break
                keys[slot] = prints[docs[i]]
            if lasts[slot] != base + article + 1:
                lasts[slot] = base + article + 1
                counts[slot] += 1
    return used


def shared_lines(
    prints: cython.const[cython.ulonglong][::1],
    least: cython.longlong,
    keys: cython.const[cython.ulonglong][::1],
    counts: cython.const[cython.uint][::1],
    docs: cython.uint[::1],
) -> int:
    """Leave only the candidate lines of a segment that enough articles have; return their number.

    Args:
        prints: the fingerprint of each text
        least: the number of articles from which on a line is shared
        keys, counts: as `count_articles` left them for all segments
        docs: the candidate lines, ascending; in and out
    """
    i: cython.longlong
    written: cython.longlong = 0
    with cython.nogil:
        for i in range(docs.shape[0]):
            slot: cython.longlong = _key_slot(prints[docs[i]], keys)
            if keys[slot] == prints[docs[i]] and counts[slot] >= least:
                docs[written] = docs[i]
                written += 1
    return written


def hidden_lines(
    docs: cython.const[cython.uint][::1],
    short: cython.const[cython.uchar][::1],
    roles: cython.const[cython.uchar][::1],
    uses: cython.const[cython.uchar][::1],
    firsts: cython.const[cython.uint][::1],
    openings: cython.uint[::1],
    out: cython.uint[::1],
) -> int:
    """Write the lines that are hidden; return their number.

    Hidden is a line without a sentence whose role allows it, unless nothing else of its article is
    visible. An opening that is hidden is replaced by the first visible text of a story.

    Args:
        docs: the lines that enough articles have, ascending
        short: for each text 2 if it is a short line without a sentence
        roles: the role of each text
        uses: for each role the sum of 1 if its texts are visible, 2 if its lines may be hidden, and
            4 if its texts may be openings
        firsts: the first text of each article, then the number of texts
        openings: the number from 1 of each article's opening, 0 for none; in and out
        out: room for len(docs) numbers; output
    """
    first: cython.longlong = 0
    article: cython.longlong = 0
    i: cython.longlong
    written: cython.longlong = 0
    with cython.nogil:
        while first < docs.shape[0]:
            while firsts[article + 1] <= docs[first]:
                article += 1
            start: cython.longlong = firsts[article]
            stop: cython.longlong = firsts[article + 1]
            next_first: cython.longlong = first
            before: cython.longlong = written
            visible: cython.longlong = 0
            while next_first < docs.shape[0] and docs[next_first] < stop:
                i = docs[next_first]
                if short[i] == 2 and uses[roles[i]] & 2:
                    out[written] = i
                    written += 1
                next_first += 1
            first = next_first
            if written == before:
                continue
            for i in range(start, stop):
                visible += uses[roles[i]] & 1
            if visible == written - before:
                written = before
                continue
            if not openings[article]:
                continue
            opening: cython.longlong = start + openings[article] - 1
            hidden: cython.longlong = before
            while hidden < written and out[hidden] != opening:
                hidden += 1
            if hidden == written:
                continue
            openings[article] = 0
            hidden = before
            for i in range(start, stop):
                if hidden < written and out[hidden] == i:
                    hidden += 1
                elif uses[roles[i]] & 4:
                    openings[article] = i - start + 1
                    break
                elif uses[roles[i]] & 1 and not openings[article]:
                    openings[article] = i - start + 1
    return written


def sections_under(
    docs: cython.const[cython.uint][::1],
    roles: cython.const[cython.uchar][::1],
    subhead: cython.longlong,
    firsts: cython.const[cython.uint][::1],
    lengths: cython.const[cython.uint][::1],
    sections: cython.const[cython.uint][::1],
    section_lengths: cython.const[cython.uint][::1],
    out: cython.ulonglong[::1],
) -> None:
    """Mark the sections that stand under given subheads.

    A section under a subhead whose heading has another length has another heading.

    Args:
        docs: texts, ascending; those with another role than `subhead` are passed over
        roles: the role of each text
        subhead: the role of subheads
        firsts: the first text of each article, then the number of texts
        lengths: the length in words of each text
        sections: the first text of each section, then the number of texts
        section_lengths: the length in words of each section's heading
        out: a bitmap that gains the sections; in and out
    """
    number: cython.longlong
    i: cython.longlong
    article: cython.longlong = 0
    section: cython.longlong = 0
    with cython.nogil:
        for number in range(docs.shape[0]):
            if roles[docs[number]] != subhead:
                continue
            while firsts[article + 1] <= docs[number]:
                article += 1
            while section < sections.shape[0] - 1 and sections[section] <= docs[number]:
                section += 1
            for i in range(docs[number] + 1, firsts[article + 1]):
                if roles[i] == subhead:
                    break
                if section < sections.shape[0] - 1 and sections[section] == i:
                    if section_lengths[section] == lengths[docs[number]]:
                        out[section >> 6] |= _ONE << (section & 63)
                    section += 1
