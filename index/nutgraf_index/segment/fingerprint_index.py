"""The index of a segment's fingerprints, which finds passages that share a MinHash."""

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, zeros
from nutgraf_index.segment.fingerprints import HASH_BITS, SHINGLE, SIMILARITY

__all__ = ["FingerprintIndex", "FingerprintQuery"]

_CAPACITY = (1 << 8, 1 << 14)  # room for pairs in the first call of the core, and in the second


class FingerprintQuery:
    """The fingerprints and lengths of the passages whose near-duplicates are sought.

    The passages may be of several segments; `FingerprintIndex.take` fills in one segment's values.

    Attributes:
        prints: the fingerprint of each passage.
        lengths: the length of each passage in words.
    """

    def __init__(self, count: int) -> None:
        self.prints, self.lengths = zeros("Q", count), zeros("I", count)


class FingerprintIndex:
    """The fingerprints of a segment, sorted by each of their two MinHashes.

    Args:
        prints: the fingerprint of each passage of the segment.
        lengths: the length of each passage in words.
    """

    def __init__(self, prints: Numbers, lengths: Numbers) -> None:
        self.prints, self.lengths = prints, lengths
        self._keys = zeros("Q", 2 * len(prints))
        self._shared = Bitmap(len(prints))
        core.fingerprints.sort(
            prints,
            HASH_BITS,
            self._keys,
            zeros("Q", len(prints)),
            zeros("I", 4 << (HASH_BITS + 1 >> 1)),
            self._shared.words,
        )

    def take(self, doc_ids: Numbers, query: FingerprintQuery) -> None:
        """Fill in the fingerprints and lengths of the passages of `query` that are in this segment.

        Args:
            doc_ids: the doc id of each passage of `query`; -1 if it is in another segment.
            query: receives the values.
        """
        core.fingerprints.take(self.prints, self.lengths, doc_ids, query.prints, query.lengths)

    def pairs(
        self, query: FingerprintQuery, doc_ids: Numbers, excluded: Bitmap | None
    ) -> tuple[Numbers, Numbers, int]:
        """Return pairs of passages that may be near-duplicates: they share a MinHash.

        Args:
            query: the passages whose near-duplicates are sought.
            doc_ids: the doc id of each passage of `query`; -1 if it is in another segment.
            excluded: doc ids that are not returned.

        Returns:
            For each pair the index of a passage of `query`, ascending; for each pair the doc id of
            a passage of this segment; and the number of passages of `query` whose pairs were all
            returned: at least one, and fewer than all if there are many pairs.
        """
        capacity = _CAPACITY[0]
        while True:
            indexes, candidates = zeros("I", capacity), zeros("I", capacity)
            count, done = core.fingerprints.pairs(
                query.prints,
                query.lengths,
                doc_ids,
                self.prints,
                self.lengths,
                HASH_BITS,
                self._keys,
                self._shared.words,
                self._keys[:0] if excluded is None else excluded.words,
                SHINGLE - 1,
                SIMILARITY,
                indexes,
                candidates,
            )
            if done == len(doc_ids) or (done and capacity >= _CAPACITY[1]):
                return indexes[:count], candidates[:count], done
            capacity = max(2 * capacity, _CAPACITY[1])
