"""Passages that say the same: the rule, by their words, and fingerprints by which they are found.

Two passages are near-duplicates if their shingles, that is all that stands in three words in a row,
are alike to nine tenths (Broder, On the Resemblance and Containment of Documents, 1997; each
shingle counts as often as it stands there, so that repeats count). A fingerprint is one number a
passage: from all its runs of six words the two least of two hashes, which passages that are alike
mostly share, and a hash of the whole.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from nutgraf_index.arrays import Array

__all__ = ["fingerprints", "hashes_of", "is_near_duplicate", "may_be_near_duplicates"]

SHINGLE = 3  # words
LIKENESS = 0.9  # of near-duplicates: what both have of all that either has

_HASH_BITS = 26  # of each of the two least hashes in a fingerprint; the rest are of the whole
_HASH = np.uint64((1 << _HASH_BITS) - 1)
_WHOLE_BITS = 64 - 2 * _HASH_BITS
_SHIFTS = np.array([[64 - _HASH_BITS], [_WHOLE_BITS]], np.uint64)  # where they stand in it
_SECOND = np.array([[0], [1 << _HASH_BITS]], np.uint64)
_RUN = 6  # words hashed together: more than a shingle has, lest half the archive share one
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)  # odd, without a pattern
_MIXER = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_PIECE = 1 << 15  # words hashed at once, to stay in the processor's cache


def is_near_duplicate(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two passages are near-duplicates, by their folded words: none that has none."""
    one, other = _shingles(words), _shingles(others)
    both = (one & other).total()
    return both > 0 and both >= LIKENESS * (one.total() + other.total() - both)


def may_be_near_duplicates(lengths: Array, others: Array) -> Array:
    """Return which passages can be near-duplicates of others, as a mask, by lengths in words."""
    own, other = (np.maximum(one.astype(np.int64) - SHINGLE + 1, 1) for one in (lengths, others))
    mask: Array = np.minimum(own, other) >= LIKENESS * np.maximum(own, other)
    return mask


def _shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[at:] for at in range(SHINGLE)), strict=False))


def fingerprints(hashes: Array, lengths: Array) -> Array:
    """Return the fingerprint of each passage, given the hashes of all words and how many each has.

    Of 64 bits, from the highest: the first hash, the second, the whole. 0 for one without words.
    """
    found = np.zeros(len(lengths), np.uint64)
    ends = np.cumsum(lengths)
    first = 0
    while first < len(lengths):
        start = int(ends[first] - lengths[first])
        last = max(int(ends.searchsorted(start + _PIECE, "right")), first + 1)
        some = np.flatnonzero(lengths[first:last]) + first
        if len(some):
            found[some] = _fingerprints(hashes[start : int(ends[last - 1])], lengths[some])
        first = last
    return found


def _fingerprints(words: Array, lengths: Array) -> Array:
    """Return the fingerprints of passages that all have words.

    Blanks follow each, so that none of its runs reaches into the next.
    """
    blanks = _RUN
    starts = np.cumsum(lengths) - lengths + blanks * np.arange(len(lengths))
    runs = np.zeros(len(words) + blanks * len(lengths), np.uint64)
    runs[np.arange(len(words)) + blanks * np.arange(len(lengths)).repeat(lengths)] = words
    pairs = runs[:-1] * _FACTORS[0] + runs[1:]
    runs = (pairs[:-4] * _FACTORS[1] + pairs[2:-2]) * _FACTORS[1] + pairs[4:]
    runs ^= runs >> _HALF
    runs *= _MIXER
    runs ^= runs >> _HALF
    # What reaches into blanks is no run, unless it is all there is.
    ends = starts + np.maximum(lengths - _RUN + 1, 1)
    edges = np.stack([starts, ends], axis=1).ravel()
    # The low bits of the least hashes: the high ones are small for all.
    halves = ((runs >> _HALF).astype(np.uint32), runs.astype(np.uint32))
    least = np.stack([np.minimum.reduceat(half, edges)[::2] for half in halves])
    one, other = (least.astype(np.uint64) & _HASH) << _SHIFTS
    whole = np.add.reduceat(runs, edges)[::2] * _MIXER
    prints: Array = one | other | whole >> np.uint64(64 - _WHOLE_BITS)
    return prints


def hashes_of(prints: Array) -> Array:
    """Return the hashes in each fingerprint: a row of the first, and one of the second.

    No first one is as large as any second.
    """
    hashes: Array = prints >> _SHIFTS & _HASH | _SECOND
    return hashes
