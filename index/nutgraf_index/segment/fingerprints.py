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

from nutgraf_index import core
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


def fingerprints(tokens: Array, lengths: Array, hashes: Array) -> Array:
    """Return the fingerprint of each passage, of 64 bits; 0 for a passage without words.

    Args:
        tokens: numbers of the passages' words.
        lengths: how many words each passage has.
        hashes: the hash of each number's word.
    """
    prints = np.zeros(len(lengths), np.uint64)
    core.fingerprints.fingerprints(
        tokens.data, lengths.data, hashes.data, _RUN, _HASH_BITS, prints.data
    )
    return prints


def hashes_of(prints: Array) -> Array:
    """Return the hashes in each fingerprint: a row of the first, and one of the second.

    No first one is as large as any second.
    """
    hashes: Array = prints >> _SHIFTS & _HASH | _SECOND
    return hashes
