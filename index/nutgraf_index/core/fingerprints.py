"""The fingerprints of texts: the least hashes of their runs of words, and a hash of the whole.

And which texts share a hash: a table has for each of the two least hashes a row of keys, a hash and
below it 32 bits of a text's number, ascending.
"""

from __future__ import annotations

import cython

__all__ = ["fingerprints", "pairs", "shared", "sort", "take"]

_FACTOR = cython.declare(cython.ulonglong, 0x9E37_79B9_7F4A_7C15)  # odd, without a pattern
_MIXER = cython.declare(cython.ulonglong, 0xD6E8_FEB8_6659_FD93)
_LOW = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_ONE = cython.declare(cython.ulonglong, 1)


def fingerprints(
    tokens: cython.const[cython.uint][::1],
    lengths: cython.const[cython.longlong][::1],
    hashes: cython.const[cython.uint][::1],
    run: cython.longlong,
    bits: cython.longlong,
    prints: cython.ulonglong[::1],
) -> None:
    """Compute one 64-bit MinHash fingerprint per text; 0 for a text without words.

    From the highest: the low bits of the least of two hashes of all runs of words, then bits of the
    sum of all. A text of fewer words than a run has is one run.

    Args:
        tokens: the word of each token
        lengths: how many tokens each text has
        hashes: the hash of each word
        run: how many words are hashed together
        bits: how many there are of each least hash
        prints: to take the fingerprint of each text
    """
    text: cython.Py_ssize_t
    at: cython.Py_ssize_t
    _at: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    leaving: cython.ulonglong = 1  # the factor of the word that leaves a run
    words: cython.ulonglong
    least: cython.ulonglong
    other: cython.ulonglong
    whole: cython.ulonglong
    mask: cython.ulonglong = (cython.cast(cython.ulonglong, 1) << bits) - 1
    with cython.nogil:
        for _at in range(run):
            leaving = cython.cast(cython.ulonglong, leaving * _FACTOR)
        for text in range(lengths.shape[0]):
            end: cython.Py_ssize_t = first + lengths[text]
            words = whole = 0
            least = other = _LOW
            for at in range(first, end):
                words = cython.cast(cython.ulonglong, words * _FACTOR + hashes[tokens[at]])
                if at >= first + run:
                    mixed: cython.ulonglong = hashes[tokens[at - run]]
                    words = cython.cast(cython.ulonglong, words - mixed * leaving)
                elif at + 1 < first + run and at + 1 < end:
                    continue
                mixed = words ^ (words >> 32)
                mixed = cython.cast(cython.ulonglong, mixed * _MIXER)
                mixed ^= mixed >> 32
                least = min(least, mixed >> 32)
                other = min(other, mixed & _LOW)
                whole = cython.cast(cython.ulonglong, whole + mixed)
            if first < end:
                # The low bits of the least hashes: the high ones are small for all.
                whole = cython.cast(cython.ulonglong, whole * _MIXER)
                least = ((least & mask) << bits) | (other & mask)
                least = cython.cast(cython.ulonglong, least << (64 - 2 * bits))
                prints[text] = least | (whole >> (2 * bits))
            else:
                prints[text] = 0
            first = end


def sort(
    prints: cython.const[cython.ulonglong][::1],
    bits: cython.longlong,
    keys: cython.ulonglong[::1],
    scratch: cython.ulonglong[::1],
    counts: cython.uint[::1],
    shared: cython.ulonglong[::1],
) -> None:
    """Write the table of some fingerprints, sorted by half of the bits of a hash at a time.

    Args:
        prints: the fingerprint of each text
        bits: how many there are of each least hash
        keys: to take the two rows of the table
        scratch: room for a row
        counts: room for two numbers for each half of a hash: `4 << bits / 2`, rounded up
        shared: a bitmap, to set the texts that share a hash with another
    """
    texts: cython.longlong = prints.shape[0]
    half: cython.longlong = (bits + 1) >> 1
    halves: cython.longlong = 1 << half
    row: cython.longlong
    i: cython.longlong
    before: cython.uint
    other: cython.uint
    mask: cython.ulonglong = (_ONE << bits) - 1
    with cython.nogil:
        for row in range(2):
            first: cython.longlong = row * texts
            shift: cython.longlong = 64 - (row + 1) * bits
            for i in range(2 * halves):
                counts[i] = 0
            for i in range(texts):
                found: cython.ulonglong = (prints[i] >> shift) & mask
                counts[found & (halves - 1)] += 1
                counts[halves + (found >> half)] += 1
            before = other = 0
            for i in range(halves):
                total: cython.uint = counts[i]
                counts[i] = before
                before += total
                total = counts[halves + i]
                counts[halves + i] = other
                other += total
            for i in range(texts):
                found = (prints[i] >> shift) & mask
                digit: cython.longlong = found & (halves - 1)
                scratch[counts[digit]] = (found << 32) | i
                counts[digit] += 1
            for i in range(texts):
                digit = halves + (scratch[i] >> (32 + half))
                keys[first + counts[digit]] = scratch[i]
                counts[digit] += 1
            for i in range(first + 1, first + texts):
                if keys[i] >> 32 == keys[i - 1] >> 32:
                    for digit in range(i - 1, i + 1):
                        found = keys[digit] & _LOW
                        shared[found >> 6] |= _ONE << (found & 63)


def take(
    prints: cython.const[cython.ulonglong][::1],
    lengths: cython.const[cython.uint][::1],
    own: cython.const[cython.longlong][::1],
    of_own: cython.ulonglong[::1],
    lengths_of_own: cython.uint[::1],
) -> None:
    """Write the fingerprints and lengths of some texts, but not for those of number -1."""
    i: cython.longlong
    with cython.nogil:
        for i in range(own.shape[0]):
            if own[i] >= 0:
                of_own[i] = prints[own[i]]
                lengths_of_own[i] = lengths[own[i]]


def pairs(
    asked: cython.const[cython.ulonglong][::1],
    asked_lengths: cython.const[cython.uint][::1],
    own: cython.const[cython.longlong][::1],
    prints: cython.const[cython.ulonglong][::1],
    lengths: cython.const[cython.uint][::1],
    bits: cython.longlong,
    keys: cython.const[cython.ulonglong][::1],
    shared: cython.const[cython.ulonglong][::1],
    excluded: cython.const[cython.ulonglong][::1],
    shorter: cython.longlong,
    likeness: cython.double,
    which: cython.uint[::1],
    others: cython.uint[::1],
) -> tuple[int, int]:
    """Write which texts share a hash with some that are asked for, and are about as long.

    Return how many pairs these are, and for how many of the asked all were written: fewer than all
    where there was no room for the next.

    Args:
        asked, asked_lengths: the fingerprints of the texts that are asked for, 0 for a text without
            words, and their lengths in words
        own: their numbers, -1 for those of other segments
        prints, lengths: those of all texts
        bits: how many there are of each least hash
        keys, shared: as `sort` wrote them
        excluded: a bitmap of texts that are left out; may be empty
        shorter: how many shingles a text has less than words; it has one at least
        likeness: the least share that the shingles of the shorter text are of those of the longer
        which: to take the index of the asked text of each pair, ascending
        others: to take the other text
    """
    texts: cython.longlong = prints.shape[0]
    i: cython.longlong
    row: cython.longlong
    high: cython.longlong
    end: cython.longlong
    number: cython.longlong = 0
    done: cython.longlong = 0
    mask: cython.ulonglong = (_ONE << bits) - 1
    full: cython.bint = False
    with cython.nogil:
        for i in range(asked.shape[0]):
            before: cython.longlong = number
            done = i
            if asked[i] == 0:
                continue
            if own[i] >= 0 and not (shared[own[i] >> 6] >> (own[i] & 63)) & 1:
                continue
            size: cython.longlong = max(asked_lengths[i] - shorter, 1)
            for row in range(2):
                shift: cython.longlong = 64 - (row + 1) * bits
                found: cython.ulonglong = (asked[i] >> shift) & mask
                low: cython.longlong = row * texts
                end = high = low + texts
                while low < high:
                    middle: cython.longlong = (low + high) >> 1
                    if keys[middle] >> 32 < found:
                        low = middle + 1
                    else:
                        high = middle
                while low < end and keys[low] >> 32 == found and not full:
                    other: cython.longlong = keys[low] & _LOW
                    low += 1
                    if other == own[i]:
                        continue
                    # One that shares both is in the row before.
                    if row and prints[other] >> (64 - bits) == asked[i] >> (64 - bits):
                        continue
                    of_other: cython.longlong = max(lengths[other] - shorter, 1)
                    least: cython.double = likeness * max(size, of_other)
                    if min(size, of_other) < least:
                        continue
                    if excluded.shape[0] and (excluded[other >> 6] >> (other & 63)) & 1:
                        continue
                    if number == which.shape[0]:
                        full = True
                    else:
                        which[number] = i
                        others[number] = other
                        number += 1
            if full:
                number = before
                break
    return number, done if full else asked.shape[0]


@cython.cfunc
@cython.nogil
@cython.exceptval(-2)
def _slot(
    words: cython.const[cython.uint][::1],
    others: cython.const[cython.uint][::1],
    start: cython.longlong,
    size: cython.longlong,
    table: cython.const[cython.uint][::1],
) -> cython.longlong:
    """Return the slot of the hash table with the shingle `others[start:][:size]`, or a free slot.

    Or -1 where the table is full. The shingle of slot `i` is `words[table[i] - 1:][:size]`; a free
    slot has 0.
    """
    i: cython.longlong
    step: cython.longlong
    slots: cython.longlong = table.shape[0]
    hashed: cython.ulonglong = 0
    for i in range(start, start + size):
        hashed = cython.cast(cython.ulonglong, (hashed ^ others[i]) * _FACTOR)
        hashed ^= hashed >> 32
    for step in range(slots):
        slot: cython.longlong = (hashed + step) % slots
        if not table[slot]:
            return slot
        first: cython.longlong = table[slot] - 1
        same: cython.bint = True
        for i in range(size):
            same = same and words[first + i] == others[start + i]
        if same:
            return slot
    return -1


def shared(
    words: cython.const[cython.uint][::1],
    others: cython.const[cython.uint][::1],
    size: cython.longlong,
    counts: cython.uint[::1],
    table: cython.uint[::1],
) -> int:
    """Return how many shingles two texts have in common, each as often as it stands in both.

    Args:
        words, others: the texts, as numbers of their words
        size: words of a shingle
        counts: scratch, all 0: a number for each shingle of `words`
        table: scratch, all 0: a hash table with more slots than `words` has shingles
    """
    i: cython.longlong
    common: cython.longlong = 0
    with cython.nogil:
        for i in range(words.shape[0] - size + 1):
            slot: cython.longlong = _slot(words, words, i, size, table)
            if not table[slot]:
                table[slot] = i + 1
            counts[table[slot] - 1] += 1
        for i in range(others.shape[0] - size + 1):
            slot = _slot(words, others, i, size, table)
            if table[slot] and counts[table[slot] - 1]:
                counts[table[slot] - 1] -= 1
                common += 1
    return common
