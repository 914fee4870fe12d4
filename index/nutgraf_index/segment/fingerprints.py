"""Passages that say the same: the rule, by their words, and fingerprints by which they are found.

Two passages are near-duplicates if their shingles, that is all that stands in three words in a row,
are alike to nine tenths (Broder, On the Resemblance and Containment of Documents, 1997; each
shingle counts as often as it stands there, so that repeats count). A fingerprint is one number a
passage: from all its runs of six words the two least of two hashes, which passages that are alike
mostly share, and a hash of the whole.
"""

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, room

__all__ = ["HASH_BITS", "LIKENESS", "SHINGLE", "fingerprints", "is_near_duplicate"]

SHINGLE = 3  # words
LIKENESS = 0.9  # of near-duplicates: what both have of all that either has
HASH_BITS = 26  # of each of the two least hashes in a fingerprint; the rest are of the whole

_RUN = 6  # words hashed together: more than a shingle has, lest half the archive share one


def is_near_duplicate(words: Numbers, others: Numbers) -> bool:
    """Return whether two passages are near-duplicates, by numbers of their folded words.

    Passages without words never are. A passage of fewer words than a shingle has is one shingle.
    """
    size = min(SHINGLE, len(words))
    if not size or size != min(SHINGLE, len(others)):
        return False
    total, of_others = len(words) - size + 1, len(others) - size + 1
    table = room("I", 2 * total)
    both = core.fingerprints.shared(words, others, size, room("I", total), table)
    return both >= LIKENESS * (total + of_others - both)


def fingerprints(tokens: Numbers, lengths: Numbers, hashes: Numbers) -> Numbers:
    """Return the fingerprint of each passage, of 64 bits; 0 for a passage without words.

    Args:
        tokens: numbers of the passages' words.
        lengths: how many words each passage has.
        hashes: the hash of each number's word.
    """
    prints = room("Q", len(lengths))
    core.fingerprints.fingerprints(tokens, lengths, hashes, _RUN, HASH_BITS, prints)
    return prints
