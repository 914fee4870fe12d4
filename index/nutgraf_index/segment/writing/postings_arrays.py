"""Decoded postings as arrays, for building, merging, verifying and the Whoosh adapter."""

from typing import NamedTuple

import numpy as np

from nutgraf_index import core
from nutgraf_index.arrays import Array
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = [
    "Postings",
    "doc_freqs_of",
    "forms_of",
    "position_widths",
    "read_postings",
]

_NO_NUMBERS = np.zeros(0, np.uint32)
_NO_FORMS = np.zeros(0, np.uint16)


class Postings(NamedTuple):
    """The postings lists of consecutive terms, one after the other.

    Attributes:
        counts: the document frequency of each term.
        docs: the doc id of each posting, ascending for each term.
        freqs: the term frequency of each posting.
        positions: the position of each occurrence, ascending for each posting.
        forms: the form of each occurrence: the number of its word among the words of its term.
    """

    counts: Array
    docs: Array
    freqs: Array = _NO_NUMBERS
    positions: Array = _NO_NUMBERS
    forms: Array = _NO_FORMS

    @classmethod
    def empty(cls, counts: Array, occurrences: Array) -> "Postings":
        """Return unfilled arrays for terms with these numbers of postings and occurrences."""
        size, total = int(counts.sum()), int(occurrences.sum())
        docs, freqs = np.empty(size, np.uint32), np.empty(size if total else 0, np.uint32)
        return cls(counts, docs, freqs, np.empty(total, np.uint32), np.empty(total, np.uint16))


def doc_freqs_of(field: PostingsReader) -> Array:
    """Return the document frequency of each term of a field."""
    return np.diff(np.asarray(field.posting_offsets).astype(np.int64))


def read_postings(
    field: PostingsReader, first: int, last: int, *, occurrences: bool = True
) -> Postings:
    """Decode the postings of terms `[first, last)` of a field."""
    counts = np.diff(np.asarray(field.posting_offsets[first : last + 1]).astype(np.int64))
    docs = np.empty(int(counts.sum()), np.uint32)
    freqs = np.empty(len(docs) if field.analysed else 0, np.uint32)
    field.decode(first, counts.data, docs.data, freqs.data)
    if not (occurrences and field.analysed):
        return Postings(counts, docs, freqs)
    words = field.occurrence_words
    total = int(freqs.sum(dtype=np.int64))
    if total > 32 * len(words) + len(docs):  # limits the allocation
        raise IndexError("more occurrences than the file has room for")
    positions, forms = np.empty(total, np.uint32), np.empty(total, np.uint16)
    core.postings.decode_occurrences(
        words,
        field.occurrence_word(first, last),
        counts.data,
        docs.data,
        freqs.data,
        field.widths,
        positions.data,
        forms.data,
    )
    return Postings(counts, docs, freqs, positions, forms)


def forms_of(stems: Array) -> Array:
    """Return the form of each word: its number among the words of its term, from 0.

    `stems` has for each word the number of its term.
    """
    stems = stems.astype(np.uint32)
    forms = np.empty(len(stems), np.uint32)
    counts = np.zeros(int(stems.max(initial=0)) + 1, np.uint32)
    core.terms.number_forms(stems.data, counts.data, forms.data)
    return forms


def position_widths(lengths: Array, spare: int) -> Array:
    """Return the bits of a position in documents of these lengths; see `core.postings.widths`."""
    widths = np.empty(len(lengths), np.uint8)
    core.postings.widths(lengths.astype(np.uint32, copy=False).data, spare, widths.data)
    return widths
