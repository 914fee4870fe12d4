"""Writes the postings of one field in a segment.

terms, ends            the term dictionary: the terms, concatenated, and their offsets
at                     the offset of each term's first posting, then the number of postings
docs, occurrences      the document stream and the occurrence stream of `core/postings.py`
doc_at, occurrence_at  the offset of each term in the two streams, in 32-bit words
blocks                 the block table of the lists of several blocks
lengths                the length of each document in words
words, words.stems     the dictionary of the words before stemming, and the term of each
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nutgraf_index import core
from nutgraf_index.arrays import Array, narrow, offsets
from nutgraf_index.core.postings import BLOCK, ROW
from nutgraf_index.errors import IndexWriteError
from nutgraf_index.segment.file import SegmentWriter, Spool
from nutgraf_index.segment.writing.postings_arrays import Postings, position_widths

__all__ = ["Packed", "PostingsWriter", "length_facts", "pack", "ranges"]

_AT_ONCE = 1 << 18  # postings encoded in one call: they fit into the processor's cache


class Packed(NamedTuple):
    """The encoded postings of consecutive terms.

    Attributes:
        docs: the document stream, in 32-bit words.
        occurrences: the occurrence stream, in 32-bit words.
        sizes: for each term the number of its 32-bit words in each stream, of shape (terms, 2).
        blocks: the block table of the lists of several blocks; see `core/postings.py`.
    """

    docs: Array
    occurrences: Array
    sizes: Array
    blocks: Array


def pack(postings: Postings, widths: Array, lengths: Array) -> Packed:
    """Encode postings.

    Args:
        postings: the postings of consecutive terms.
        widths: the width of a position in each document of the segment, in bits.
        lengths: the length of each document of the segment, in words.
    """
    counts, docs, freqs, positions, forms = postings
    blocks = -(-counts // BLOCK)
    count = int(blocks.sum())
    # Each block has a header and is padded to whole 32-bit words: at most 2 more.
    doc_bits = _bits(docs) + _bits(freqs)
    doc_words = np.zeros((len(docs) * doc_bits >> 5) + 2 * count + 1, np.uint32)
    occurrence_bits = _bits(forms) + int(widths.max(initial=0))
    occurrence_words = np.zeros((len(positions) * occurrence_bits >> 5) + 2 * count + 1, np.uint32)
    sizes = np.zeros((len(counts), 2), np.int64)
    block_rows = np.zeros((int(blocks[blocks > 1].sum()), ROW), np.uint32)
    core.postings.encode(
        counts.data,
        docs.data,
        freqs.data,
        positions.data,
        forms.data,
        widths.data,
        lengths.data,
        doc_words.data,
        occurrence_words.data,
        sizes.data,
        block_rows.data,
    )
    doc_end, occurrence_end = sizes.sum(axis=0).tolist()
    return Packed(doc_words[:doc_end], occurrence_words[:occurrence_end], sizes, block_rows)


class PostingsWriter:
    """Collects the postings lists of a field, in the order of its terms, and writes them.

    Args:
        lengths: the length of each document in words.
        analysed: whether the field has positions, lengths and words.
        spare: bits of a position in addition to the bits that the length of the document needs; 0
            for a field without gaps.
    """

    def __init__(self, lengths: Array, *, analysed: bool, spare: int = 0) -> None:
        self._lengths = lengths
        self._long_lengths = lengths.astype(np.uint32)
        self._widths = position_widths(lengths, spare)
        self._spare = spare
        self._analysed = analysed
        self._counts = [np.zeros(0, np.int64)]
        self._sizes = [np.zeros((0, 2), np.int64)]
        self._docs, self._occurrences, self._blocks = (Spool("<u4") for _ in range(3))

    def add(self, postings: Postings) -> None:
        """Encode and append the postings of the next terms."""
        self.take(self.packed(postings))

    def packed(self, postings: Postings) -> list[tuple[Array, Packed]]:
        """Encode postings in parts, each with its document frequencies; safe in any thread."""
        return [
            (part.counts, pack(part, self._widths, self._long_lengths))
            for part in _parts_of(postings)
        ]

    def take(self, parts: list[tuple[Array, Packed]]) -> None:
        """Append the encoded postings of the next terms."""
        for counts, packed in parts:
            self._counts.append(counts)
            self._sizes.append(packed.sizes)
            self._docs.append(packed.docs)
            self._occurrences.append(packed.occurrences)
            self._blocks.append(packed.blocks.ravel())

    def write(
        self, name: str, terms: list[bytes], words: list[bytes], stems: Array, out: SegmentWriter
    ) -> dict[str, int]:
        """Write the field's arrays, and return its facts for the directory.

        Args:
            name: the field's name.
            terms: the field's terms, sorted.
            words: the field's words before stemming, sorted; empty if it is not analysed.
            stems: for each word the number of its term.
            out: writes the arrays.
        """
        _write_terms(name, terms, out)
        out.add(f"{name}.at", offsets(np.concatenate(self._counts)))
        padding = np.zeros(2, np.uint32)
        sizes = np.concatenate(self._sizes)
        self._docs.append(padding)
        out.add(f"{name}.docs", self._docs)
        out.add(f"{name}.doc_at", offsets(sizes[:, 0]))
        if not self._analysed:
            return {}
        self._occurrences.append(padding)
        out.add(f"{name}.occurrences", self._occurrences)
        out.add(f"{name}.occurrence_at", offsets(sizes[:, 1]))
        out.add(f"{name}.blocks", self._blocks)
        out.add(f"{name}.lengths", narrow(self._lengths))
        _write_terms(f"{name}.words", words, out)
        out.add(f"{name}.words.stems", stems.astype("<u4"))
        return {**length_facts(name, self._lengths), f"{name}.spare": self._spare}


def length_facts(name: str, lengths: Array) -> dict[str, int]:
    """Return the facts of a field: the sum of its lengths, and the sum of their squares."""
    wide = lengths.astype(np.uint64)
    return {f"{name}.words": int(wide.sum()), f"{name}.squares": int((wide * wide).sum())}


def _parts_of(postings: Postings) -> Iterator[Postings]:
    """Yield postings in parts of at most `_AT_ONCE` postings. A longer list is its own part."""
    counts, docs, freqs, positions, forms = postings
    doc = occurrence = 0
    for first, last in ranges(counts, _AT_ONCE):
        doc_end = doc + int(counts[first:last].sum())
        end = occurrence + int(freqs[doc:doc_end].sum(dtype=np.int64))
        yield Postings(
            counts[first:last],
            docs[doc:doc_end],
            freqs[doc:doc_end],
            positions[occurrence:end],
            forms[occurrence:end],
        )
        doc, occurrence = doc_end, end


def ranges(sizes: Array, limit: int) -> Iterator[tuple[int, int]]:
    """Yield ranges `[first, last)` of items whose sizes sum to at most `limit`.

    A larger item is a range of its own.
    """
    ends = np.cumsum(sizes)
    first = 0
    while first < len(ends):
        max_end = ends[first] - sizes[first] + limit
        last = max(first + 1, int(ends.searchsorted(max_end, "right")))
        yield first, last
        first = last


def _write_terms(name: str, terms: Sequence[bytes], out: SegmentWriter) -> None:
    """Write the dictionary of sorted, distinct terms under a name."""
    ends = offsets(np.fromiter(map(len, terms), "<u8", len(terms)))
    if ends.dtype.itemsize > 4:
        raise IndexWriteError(
            f"the terms of {name} take more than 4 GiB: index with less memory, so that there are "
            "more segments"
        )
    out.add(f"{name}.terms", np.frombuffer(b"".join(terms), "<u1"))
    out.add(f"{name}.ends", ends)


def _bits(values: Array) -> int:
    """Return the number of bits that the largest value needs."""
    return int(values.max(initial=0)).bit_length()
