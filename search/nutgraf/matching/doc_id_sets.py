"""Sets of doc ids of one segment: a postings list, an array, or a bitmap."""

from collections.abc import Sequence
from typing import Protocol

from nutgraf_index import core
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import Bitmap, Numbers, zeros
from nutgraf_index.segment.postings_reader import PostingsList

__all__ = [
    "NO_DOC_IDS",
    "NO_POSTINGS",
    "ArrayDocIdSet",
    "BitDocIdSet",
    "DocIdSet",
    "PostingsDocIdSet",
    "union",
]

NO_DOC_IDS = zeros("I", 0)
NO_POSTINGS = NO_DOC_IDS, zeros("d", 0)  # doc ids, and freqs, scores or values of 8 bytes each


class DocIdSet(Protocol):
    """A set of doc ids."""

    @property
    def count(self) -> int:
        """An upper bound of its size: a document with a term in text and title can count twice."""

    def mark(self, bits: Bitmap, repeated: Bitmap | None = None) -> None:
        """Add its doc ids to `bits`, and to `repeated` the doc ids that `bits` already had."""

    def intersect(self, doc_ids: Numbers) -> Numbers:
        """Return the ascending `doc_ids` that are in this set."""

    def doc_ids(self) -> Numbers:
        """Return its doc ids, ascending."""

    def either(self) -> Numbers | Bitmap:
        """Return its doc ids, ascending or as a bitmap, whichever costs less."""


class ArrayDocIdSet:
    """Ascending doc ids in a buffer."""

    def __init__(self, doc_ids: Numbers) -> None:
        self.count = len(doc_ids)
        self._doc_ids = doc_ids

    def mark(self, bits: Bitmap, repeated: Bitmap | None = None) -> None:
        """Add its doc ids to `bits`, and to `repeated` the doc ids that `bits` already had."""
        bits.add(self._doc_ids, repeated)

    def intersect(self, doc_ids: Numbers) -> Numbers:
        """Return the ascending `doc_ids` that are in this set."""
        shorter, longer = sorted((doc_ids, self._doc_ids), key=len)
        out = zeros("I", len(shorter))
        return out[: core.bitmaps.intersect_docs(shorter, longer, out)]

    def doc_ids(self) -> Numbers:
        """Return its doc ids, ascending."""
        return self._doc_ids

    either = doc_ids


class BitDocIdSet:
    """Doc ids as a bitmap."""

    def __init__(self, bits: Bitmap) -> None:
        self.bits = bits

    @lazy
    def count(self) -> int:
        """The number of doc ids."""
        return len(self.bits)

    def mark(self, bits: Bitmap, repeated: Bitmap | None = None) -> None:
        """Add its doc ids to `bits`, and to `repeated` the doc ids that `bits` already had."""
        bits.unite(self.bits, repeated)

    def intersect(self, doc_ids: Numbers) -> Numbers:
        """Return the ascending `doc_ids` that are in this set."""
        return self.bits.among(doc_ids)

    def doc_ids(self) -> Numbers:
        """Return its doc ids, ascending."""
        return self.bits.numbers()

    def either(self) -> Bitmap:
        """Return its doc ids as a bitmap."""
        return self.bits


class PostingsDocIdSet:
    """The doc ids of a term's postings list, and of `openings`, which match by the title."""

    def __init__(self, postings: PostingsList, openings: Numbers) -> None:
        self._postings = postings
        self._openings = openings
        self.count = postings.doc_freq + len(openings)

    def mark(self, bits: Bitmap, repeated: Bitmap | None = None) -> None:
        """Add its doc ids to `bits`, and to `repeated` the doc ids that `bits` already had."""
        self._postings.mark(bits, repeated)
        if len(self._openings):
            bits.add(self._openings, repeated)

    def intersect(self, doc_ids: Numbers) -> Numbers:
        """Return the ascending `doc_ids` that are in this set."""
        in_postings = self._postings.intersect(doc_ids)
        if not len(self._openings):
            return in_postings
        return union((in_postings, ArrayDocIdSet(self._openings).intersect(doc_ids)))

    def doc_ids(self) -> Numbers:
        """Return its doc ids, ascending."""
        return union((self._postings.doc_ids(), self._openings))

    def either(self) -> Numbers | Bitmap:
        """Return the cached bitmap of a dense term; else its doc ids, ascending."""
        if len(self._openings) or not self._postings.is_dense:
            return self.doc_ids()
        return self._postings.bitmap()


def union(parts: Sequence[Numbers]) -> Numbers:
    """Return the union of several ascending buffers of doc ids, ascending."""
    merged, *rest = parts
    for part in rest:
        if not len(part):
            continue
        if not len(merged):
            merged = part
            continue
        out = zeros("I", len(merged) + len(part))
        merged = out[: core.bitmaps.unite_docs(merged, part, out)]
    return merged
