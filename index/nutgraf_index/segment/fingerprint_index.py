"""The index of a segment's fingerprints, which finds passages that share a hash."""

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, zeros
from nutgraf_index.segment.fingerprints import HASH_BITS, SHINGLE, SIMILARITY

__all__ = ["FingerprintIndex", "FingerprintQuery"]

_CAPACITY = (1 << 8, 1 << 14)  # room for pairs in the first call of the core, and in the next


class FingerprintQuery:
    """The fingerprints and lengths of the passages whose near-duplicates are looked for.

    The passages may be of several segments; `FingerprintIndex.take` fills in those of one segment.

    Attributes:
        prints: the fingerprint of each passage.
        lengths: the length of each passage in words.
    """

    def __init__(self, count: int) -> None:
        self.prints, self.lengths = zeros("Q", count), zeros("I", count)


class FingerprintIndex:
    """The fingerprints of a segment, sorted by each of their two hashes.

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

    def take(self, own: Numbers, asked: FingerprintQuery) -> None:
        """Fill in the fingerprints and lengths of the passages of `asked` that are in this segment.

        Args:
            own: the doc id of each passage of `asked`; -1 if it is in another segment.
            asked: receives the values.
        """
        core.fingerprints.take(self.prints, self.lengths, own, asked.prints, asked.lengths)

    def pairs(
        self, asked: FingerprintQuery, own: Numbers, excluded: Bitmap | None
    ) -> tuple[Numbers, Numbers, int]:
        """Return pairs of passages that may be near-duplicates: they share a hash.

        Args:
            asked: the passages whose near-duplicates are looked for.
            own: the doc id of each passage of `asked`; -1 if it is in another segment.
            excluded: doc ids that are not returned.

        Returns:
            For each pair the index of a passage of `asked`, ascending, and a doc id of this
            segment; and for how many passages of `asked` all pairs were returned: at least one,
            and fewer than all if there are many pairs.
        """
        capacity = _CAPACITY[0]
        while True:
            indexes, doc_ids = zeros("I", capacity), zeros("I", capacity)
            count, done = core.fingerprints.pairs(
                asked.prints,
                asked.lengths,
                own,
                self.prints,
                self.lengths,
                HASH_BITS,
                self._keys,
                self._shared.words,
                self._keys[:0] if excluded is None else excluded.words,
                SHINGLE - 1,
                SIMILARITY,
                indexes,
                doc_ids,
            )
            if done == len(own) or (done and capacity >= _CAPACITY[1]):
                return indexes[:count], doc_ids[:count], done
            capacity = max(2 * capacity, _CAPACITY[1])
