"""The fingerprints of a segment's passages, sorted so that those that share a hash are found."""

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, room
from nutgraf_index.segment.fingerprints import HASH_BITS, LIKENESS, SHINGLE

__all__ = ["Asked", "FingerprintIndex"]

_ROOM = (1 << 8, 1 << 14)  # pairs looked for at once: first few, since there are seldom any


class Asked:
    """The fingerprints and the lengths of passages of several segments."""

    def __init__(self, count: int) -> None:
        self.prints, self.lengths = room("Q", count), room("I", count)


class FingerprintIndex:
    """Fingerprints, and which passages share a hash in them. `lengths` are those of the texts."""

    def __init__(self, prints: Numbers, lengths: Numbers) -> None:
        self.prints, self.lengths = prints, lengths
        self._keys = room("Q", 2 * len(prints))
        self._shared = Bitmap(len(prints))
        core.fingerprints.sort(
            prints,
            HASH_BITS,
            self._keys,
            room("Q", len(prints)),
            room("I", 4 << (HASH_BITS + 1 >> 1)),
            self._shared.words,
        )

    def take(self, own: Numbers, asked: Asked) -> None:
        """Fill in what is asked of passages of this segment: the others have number -1."""
        core.fingerprints.take(self.prints, self.lengths, own, asked.prints, asked.lengths)

    def pairs(
        self, asked: Asked, own: Numbers, excluded: Bitmap | None
    ) -> tuple[Numbers, Numbers, int]:
        """Return which passages may be near-duplicates of those asked, and are not excluded.

        For each pair the index of the asked passage, ascending, and the number of the other one;
        and for how many of the asked that is all: not for all where there are many pairs, but for
        one at least.
        """
        size = _ROOM[0]
        while True:
            which, others = room("I", size), room("I", size)
            number, done = core.fingerprints.pairs(
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
                LIKENESS,
                which,
                others,
            )
            if done == len(own) or (done and size >= _ROOM[1]):
                return which[:number], others[:number], done
            size = max(2 * size, _ROOM[1])
