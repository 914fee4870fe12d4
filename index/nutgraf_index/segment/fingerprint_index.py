"""The index of a segment's fingerprints, which finds passages that share a MinHash."""

from array import array

from nutgraf_index import core
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, zeros
from nutgraf_index.segment.fingerprints import HASH_BITS, SHINGLE, SIMILARITY

__all__ = ["FingerprintIndex"]

_CAPACITY = (1 << 8, 1 << 14)  # room for pairs in the second call of the core, and in the third


class FingerprintIndex:
    """The fingerprints of a segment, sorted by each of their two MinHashes.

    Args:
        prints: the fingerprint of each passage of the segment.
        lengths: the length of each passage in words.
    """

    def __init__(self, prints: Numbers, lengths: Numbers) -> None:
        self.prints, self.lengths = prints, lengths
        halves = 1 << (HASH_BITS + 1 >> 1)
        self._keys, self._ends = zeros("Q", 2 * len(prints)), zeros("I", 2 * halves)
        self._shared = Bitmap(len(prints))
        core.fingerprints.sort(
            prints,
            HASH_BITS,
            self._keys,
            zeros("Q", len(prints)),
            zeros("I", halves),
            self._ends,
            self._shared.words,
        )

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
        capacity = 0  # most passages have no near-duplicates
        while True:
            indexes, candidates = zeros("I", capacity), zeros("I", capacity)
            count, done = core.fingerprints.pairs(
                prints,
                lengths,
                doc_ids,
                self.prints,
                self.lengths,
                HASH_BITS,
                self._keys,
                self._ends,
                self._shared.words,
                NO_BITS if excluded is None else excluded.words,
                SHINGLE - 1,
                SIMILARITY,
                indexes,
                candidates,
            )
            if done == len(doc_ids) or (done and capacity >= _CAPACITY[1]):
                return indexes[:count].tolist(), candidates[:count].tolist(), done
            capacity = max(2 * capacity, _CAPACITY[1] if capacity else _CAPACITY[0])
