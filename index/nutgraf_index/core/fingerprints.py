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

__all__ = ["fingerprints", "pairs", "shared", "sort", "take"]

_FACTOR = cython.declare(cython.ulonglong, 0x9E37_79B9_7F4A_7C15)  # 2**64 / golden ratio, odd
_MIXER = cython.declare(cython.ulonglong, 0xD6E8_FEB8_6659_FD93)
_LOW = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)


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
    sharing: cython.ulonglong[::1],
) -> None:
    """Write the index of fingerprints by a radix sort of two passes, half of a MinHash each.

    Args:
        prints: the fingerprint of each text
        bits: bits per MinHash
        keys: room for two rows of keys, one per text in each; output
        scratch: room for one row of keys; scratch
        counts: room for `2 << (bits + 1 >> 1)` numbers; scratch
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
            for i in range(2 * buckets):
                counts[i] = 0
            for i in range(texts):
                minhash: cython.ulonglong = (prints[i] >> shift) & mask
                counts[minhash & (buckets - 1)] += 1
                counts[buckets + (minhash >> digit_bits)] += 1
            low_start = high_start = 0
            for i in range(buckets):
                count: cython.uint = counts[i]
                counts[i] = low_start
                low_start += count
                count = counts[buckets + i]
                counts[buckets + i] = high_start
                high_start += count
            for i in range(texts):
                minhash = (prints[i] >> shift) & mask
                index: cython.longlong = minhash & (buckets - 1)
                scratch[counts[index]] = (minhash << 32) | i
                counts[index] += 1
            for i in range(texts):
                index = buckets + (scratch[i] >> (32 + digit_bits))
                keys[first + counts[index]] = scratch[i]
                counts[index] += 1
            for i in range(first + 1, first + texts):
                if keys[i] >> 32 == keys[i - 1] >> 32:
                    for index in range(i - 1, i + 1):
                        text: cython.ulonglong = keys[index] & _LOW
                        sharing[text >> 6] |= _ONE << (text & 63)


def take(
    prints: cython.const[cython.ulonglong][::1],
    lengths: cython.const[cython.uint][::1],
    numbers: cython.const[cython.longlong][::1],
    out_prints: cython.ulonglong[::1],
    out_lengths: cython.uint[::1],
) -> None:
    """Copy the fingerprints and lengths of a segment's texts to arrays for several segments.

    Args:
        prints, lengths: the fingerprint and the length in words of each text of the segment
        numbers: for each text to copy its number in the segment, or -1 if it is in another segment
        out_prints, out_lengths: room for len(numbers) numbers; unchanged where the number is -1;
            output
    """
    i: cython.longlong
    with cython.nogil:
        for i in range(numbers.shape[0]):
            if numbers[i] >= 0:
                out_prints[i] = prints[numbers[i]]
                out_lengths[i] = lengths[numbers[i]]


def pairs(
    query_prints: cython.const[cython.ulonglong][::1],
    query_lengths: cython.const[cython.uint][::1],
    numbers: cython.const[cython.longlong][::1],
    prints: cython.const[cython.ulonglong][::1],
    lengths: cython.const[cython.uint][::1],
    bits: cython.longlong,
    keys: cython.const[cython.ulonglong][::1],
    sharing: cython.const[cython.ulonglong][::1],
    excluded: cython.const[cython.ulonglong][::1],
    overlap: cython.longlong,
    similarity: cython.double,
    query_indexes: cython.uint[::1],
    candidates: cython.uint[::1],
) -> tuple[int, int]:
    """Write the pairs of a query text and a text of the segment that share a MinHash.

    Texts whose numbers of shingles differ too much for the similarity are left out.

    Args:
        query_prints, query_lengths: the fingerprint of each query text, 0 for a text without words,
            and its length in words
        numbers: the number of each query text in the segment, or -1 if it is in another segment
        prints, lengths: the fingerprint and the length in words of each text of the segment
        bits: bits per MinHash
        keys, sharing: the index and the bitmap that `sort` wrote
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
    texts: cython.longlong = prints.shape[0]
    i: cython.longlong
    row: cython.longlong
    high: cython.longlong
    row_end: cython.longlong
    written: cython.longlong = 0
    done: cython.longlong = 0
    mask: cython.ulonglong = (_ONE << bits) - 1
    full: cython.bint = False
    with cython.nogil:
        for i in range(query_prints.shape[0]):
            complete: cython.longlong = written
            done = i
            if query_prints[i] == 0:
                continue
            if numbers[i] >= 0 and not (sharing[numbers[i] >> 6] >> (numbers[i] & 63)) & 1:
                continue
            shingles: cython.longlong = max(query_lengths[i] - overlap, 1)
            for row in range(2):
                shift: cython.longlong = 64 - (row + 1) * bits
                minhash: cython.ulonglong = (query_prints[i] >> shift) & mask
                low: cython.longlong = row * texts
                row_end = high = low + texts
                while low < high:
                    middle: cython.longlong = (low + high) >> 1
                    if keys[middle] >> 32 < minhash:
                        low = middle + 1
                    else:
                        high = middle
                while low < row_end and keys[low] >> 32 == minhash and not full:
                    candidate: cython.longlong = keys[low] & _LOW
                    low += 1
                    if candidate == numbers[i]:
                        continue
                    # A text that shares both MinHashes is a candidate of the first row.
                    if row and prints[candidate] >> (64 - bits) == query_prints[i] >> (64 - bits):
                        continue
                    candidate_shingles: cython.longlong = max(lengths[candidate] - overlap, 1)
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


def shared(
    words: cython.const[cython.uint][::1],
    other_words: cython.const[cython.uint][::1],
    size: cython.longlong,
    counts: cython.uint[::1],
    table: cython.uint[::1],
) -> int:
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
    with cython.nogil:
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
