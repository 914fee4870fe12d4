"""Near-duplicate passages: the rule that defines them, and the fingerprints that find candidates.

A shingle is three consecutive words; a shorter passage is one shingle. Two passages are
near-duplicates if the Jaccard similarity of their multisets of shingles is at least 0.9 (Broder, On
the Resemblance and Containment of Documents, 1997). A fingerprint is a number of 64 bits: a MinHash
of each of two hash functions over all runs of six words, 26 bits each, and 12 bits of a hash of the
whole passage. Near-duplicates mostly share a MinHash.

The print of a title is a hash of all its words in their order, without the name of the house.
Passages that represent titles of other prints are no near-duplicates, and a query whose words have
the print of a title is that title, word by word.
"""

from collections.abc import Sequence

from nutgraf_index import core
from nutgraf_index.analysis.words import word_hash
from nutgraf_index.core.buffers import Numbers, zeros

__all__ = [
    "HASH_BITS",
    "SHINGLE",
    "SIMILARITY",
    "fingerprints",
    "is_near_duplicate",
    "may_be_near_duplicates",
    "title_print",
]

SHINGLE = 3  # words
SIMILARITY = 0.9  # least Jaccard similarity of near-duplicates
HASH_BITS = 26  # bits of each MinHash in a fingerprint; the rest is a hash of the whole passage

_CELLS = 1 << 10  # hashes of words that are told apart
_RUN = 6  # words hashed together; with runs of three, half the passages would share a MinHash


def may_be_near_duplicates(texts: tuple[bytes, bytes], words: tuple[int, int]) -> bool:
    """Return whether two passages may be near-duplicates, without an analysis of their texts.

    It is true for all near-duplicates, and false for most passages that share a sentence.

    Args:
        texts: the bytes of the passages.
        words: the number of words of each.
    """
    text, other = memoryview(texts[0]), memoryview(texts[1])
    common = zeros("I", 1)
    standing = core.fingerprints.common_words(text, other, zeros("I", _CELLS), common)
    # A word is in at most as many shingles as a shingle has words. So two passages share at most as
    # many shingles as words. Each word that does not stand alone may be a word of the other.
    shared: int = common[0] + sum(words) - sum(standing)
    shingles = sum(max(count - SHINGLE + 1, 1) for count in words)
    return shared >= SIMILARITY * (shingles - shared)


def is_near_duplicate(words: Numbers, other_words: Numbers) -> bool:
    """Return whether two passages, given by the numbers of their folded words, are near-duplicates.

    A passage without words has no near-duplicates.
    """
    size = min(SHINGLE, len(words))
    if not size or size != min(SHINGLE, len(other_words)):
        return False
    count, other_count = len(words) - size + 1, len(other_words) - size + 1
    table = zeros("I", 2 * count)
    shared: int = core.fingerprints.shared(words, other_words, size, zeros("I", count), table)
    return shared >= SIMILARITY * (count + other_count - shared)


def fingerprints(tokens: Numbers, lengths: Numbers, hashes: Numbers) -> Numbers:
    """Return the fingerprint of each passage, a number of 64 bits; 0 for a passage without words.

    Args:
        tokens: the word numbers of all passages, one passage after the other.
        lengths: the number of words of each passage.
        hashes: the hash of each word, by its number.
    """
    prints = zeros("Q", len(lengths))
    core.fingerprints.fingerprints(tokens, lengths, hashes, _RUN, HASH_BITS, prints)
    return prints


def title_print(words: Sequence[str]) -> int:
    """Return the print of a title without the name of a house, given by its folded words.

    It is a number of 32 bits, and 0 for a title without words.
    """
    return word_hash(" ".join(words)) if words else 0
