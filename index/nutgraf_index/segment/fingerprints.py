"""Near-duplicate passages: the rule that defines them, and the fingerprints that find candidates.

A shingle is three consecutive words; a shorter passage is one shingle. Two passages are
near-duplicates if the Jaccard similarity of their multisets of shingles is at least 0.9 (Broder, On
the Resemblance and Containment of Documents, 1997). A fingerprint is a number of 64 bits: a MinHash
of each of two hash functions over all runs of six words, 26 bits each, and 12 bits of a hash of the
whole passage. Near-duplicates mostly share a MinHash.
"""

from collections import Counter
from collections.abc import Sequence

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, room

__all__ = ["HASH_BITS", "SHINGLE", "SIMILARITY", "fingerprints", "is_near_duplicate"]

SHINGLE = 3  # words
SIMILARITY = 0.9  # least Jaccard similarity of near-duplicates
HASH_BITS = 26  # bits of each MinHash in a fingerprint; the rest is a hash of the whole passage

_RUN = 6  # words hashed together; with runs of three, half the archive would share a hash


def is_near_duplicate(words: Sequence[str], other_words: Sequence[str]) -> bool:
    """Return whether two passages, given by their folded words, are near-duplicates.

    A passage without words has no near-duplicates.
    """
    shingles, other_shingles = _shingles(words), _shingles(other_words)
    shared = (shingles & other_shingles).total()
    total = shingles.total() + other_shingles.total() - shared
    return shared > 0 and shared >= SIMILARITY * total


def _shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def fingerprints(tokens: Numbers, lengths: Numbers, hashes: Numbers) -> Numbers:
    """Return the fingerprint of each passage, a number of 64 bits; 0 for a passage without words.

    Args:
        tokens: the word numbers of all passages, one passage after the other.
        lengths: the number of words of each passage.
        hashes: the hash of each word, by its number.
    """
    prints = room("Q", len(lengths))
    core.fingerprints.fingerprints(tokens, lengths, hashes, _RUN, HASH_BITS, prints)
    return prints
