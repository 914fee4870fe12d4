"""Sets of documents of a segment: a postings list, documents that were found, or bits."""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, room
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = ["NO_DOCUMENTS", "BitDocuments", "Documents", "FoundDocuments", "ListDocuments", "merged"]

NO_DOCUMENTS = room("I", 0)


class Documents(Protocol):
    """A set of documents."""

    @property
    def count(self) -> int:
        """The number of documents, or more: one in both a text and a title may count twice."""

    def mark(self, bits: Bitmap, twice: Bitmap | None = None) -> None:
        """Add its documents to a set, and those that were there to `twice`."""

    def kept(self, documents: Numbers) -> Numbers:
        """Return those of some documents, which ascend, that are in the set."""

    def documents(self) -> Numbers:
        """Return its documents, ascending."""

    def matching(self) -> Numbers | Bitmap:
        """Return its documents, ascending, or as bits, whichever is there."""


class FoundDocuments:
    """Documents that were found."""

    def __init__(self, documents: Numbers) -> None:
        self.count = len(documents)
        self._documents = documents

    def mark(self, bits: Bitmap, twice: Bitmap | None = None) -> None:
        """Add its documents to a set, and those that were there to `twice`."""
        bits.add(self._documents, twice)

    def kept(self, documents: Numbers) -> Numbers:
        """Return those of some documents, which ascend, that are in the set."""
        few, many = sorted((documents, self._documents), key=len)
        out = room("I", len(few))
        return out[: core.bitmaps.intersect_docs(few, many, out)]

    def documents(self) -> Numbers:
        """Return its documents, ascending."""
        return self._documents

    matching = documents


class BitDocuments:
    """Documents as bits."""

    def __init__(self, bits: Bitmap) -> None:
        self.bits = bits

    @cached_property
    def count(self) -> int:
        """How many these are."""
        return len(self.bits)

    def mark(self, bits: Bitmap, twice: Bitmap | None = None) -> None:
        """Add its documents to a set, and those that were there to `twice`."""
        bits.unite(self.bits, twice)

    def kept(self, documents: Numbers) -> Numbers:
        """Return those of some documents, which ascend, that are in the set."""
        return self.bits.among(documents)

    def documents(self) -> Numbers:
        """Return its documents, ascending."""
        return self.bits.numbers()

    def matching(self) -> Bitmap:
        """Return its documents as bits."""
        return self.bits


class ListDocuments:
    """The documents of a term's postings list, and `more` that match without being in it."""

    def __init__(self, postings: PostingsReader, term: int, more: Numbers = NO_DOCUMENTS) -> None:
        self._postings = postings
        self._term = term
        self._more = FoundDocuments(more)
        self.count = postings.count(term) + len(more)

    def mark(self, bits: Bitmap, twice: Bitmap | None = None) -> None:
        """Add its documents to a set, and those that were there to `twice`."""
        self._postings.mark(self._term, bits, twice)
        if self._more.count:
            self._more.mark(bits, twice)

    def kept(self, documents: Numbers) -> Numbers:
        """Return those of some documents, which ascend, that are in the set."""
        listed = self._postings.kept(self._term, documents)
        if not self._more.count:
            return listed
        return merged((listed, self._more.kept(documents)))

    def documents(self) -> Numbers:
        """Return its documents, ascending."""
        return merged((self._postings.docs(self._term), self._more.documents()))

    def matching(self) -> Numbers | Bitmap:
        """Return its documents, ascending, or as bits if they are many."""
        if self._more.count or not self._postings.is_dense(self._term):
            return self.documents()
        return self._postings.bitmap(self._term)


def merged(parts: Sequence[Numbers]) -> Numbers:
    """Return the documents that are in any of some buffers, ascending."""
    first, *more = parts
    for part in more:
        if not len(part):
            continue
        if not len(first):
            first = part
            continue
        out = room("I", len(first) + len(part))
        first = out[: core.bitmaps.unite_docs(first, part, out)]
    return first
