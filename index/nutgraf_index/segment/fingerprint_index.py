"""The index of a segment's fingerprints, which finds passages that share a MinHash."""

from array import array

from nutgraf_index import core
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, zeros
from nutgraf_index.segment.fingerprints import HASH_BITS, SHINGLE, SIMILARITY

__all__ = ["FingerprintIndex"]

_CAPACITY = (1 << 8, 1 << 14)  # room for pairs in the first call of the core, and in the second


class FingerprintIndex:
    """The fingerprints of a segment, sorted by each of their two MinHashes.

    Args:
        prints: the fingerprint of each passage of the segment.
        lengths: the length of each passage in words.
    """

    def __init__(self, prints: Numbers, lengths: Numbers) -> None:
        self.prints, self.lengths = prints, lengths
        halves = 1 << (HASH_BITS + 1 >> 1)
        keys, ends = zeros("Q", 2 * len(prints)), zeros("I", 2 * halves)
        shared = Bitmap(len(prints)).words
        scratch = zeros("Q", len(prints)), zeros("I", halves)
        core.fingerprints.sort(prints, HASH_BITS, keys, *scratch, ends, shared)
        self._index = core.fingerprints.Index(prints, lengths, HASH_BITS, keys, ends, shared)

    def gather(self, doc_ids: "array[int]", prints: "array[int]", lengths: "array[int]") -> None:
        """Write the fingerprints of passages of this segment, and their lengths in words.

        Args:
            doc_ids: the doc id of each passage; -1 if it is in another segment.
            prints, lengths: room for a number a passage; those of other segments stay.
        """
        core.fingerprints.gather(self._index, doc_ids, prints, lengths)

    def pairs(
        self,
        prints: "array[int]",
        lengths: "array[int]",
        doc_ids: "array[int]",
        excluded: Bitmap | None,
    ) -> tuple[list[int], list[int], int]:
        """Return pairs of passages that may be near-duplicates: they share a MinHash.

        Args:
            prints, lengths: the fingerprints of the passages whose near-duplicates are sought, of
                any segment, and their lengths in words.
            doc_ids: the doc id of each of these passages; -1 if it is in another segment.
            excluded: doc ids that are not returned.

        Returns:
            For each pair the index of one of these passages, ascending; for each pair the doc id of
            a passage of this segment; and the number of these passages whose pairs were all
            returned: at least one, and fewer than all if there are many pairs.
        """
        capacity = _CAPACITY[0]
        taken = NO_BITS if excluded is None else excluded.words
        while True:
            indexes, candidates = zeros("I", capacity), zeros("I", capacity)
            room = SHINGLE - 1, SIMILARITY, indexes, candidates
            count, done = core.fingerprints.pairs(
                self._index, prints, lengths, doc_ids, taken, *room
            )
            if done == len(doc_ids) or (done and capacity >= _CAPACITY[1]):
                return indexes[:count].tolist(), candidates[:count].tolist(), done
            capacity = max(2 * capacity, _CAPACITY[1])
