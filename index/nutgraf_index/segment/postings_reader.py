"""The inverted index of one field in a segment: for each term its documents, and where it stands.

Documents are what the field belongs to: passages, sections or articles, numbered in the segment
from 0. `core/postings.py` says how lists are packed, `postings_writer.py` what arrays there are.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from nutgraf_index import core
from nutgraf_index.arrays import Array
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.segment.file import Column, SegmentFile
from nutgraf_index.segment.term_dictionary import TermDictionary

__all__ = ["BLOCK", "ROW", "Postings", "PostingsReader", "blocks_of", "forms_of", "position_widths"]

BLOCK = core.postings.BLOCK
ROW = 5  # numbers stored of a block
_WIDEST = 31  # bits of a position
_SPREAD = 1 << 26  # bytes of spread frequencies kept of one field,
_SPREAD_ROWS = 16  # and terms, at least
_LISTED = 32  # lists kept of one field,
_LISTED_DOCUMENTS = 1 << 16  # if they are no longer
_FREQUENT = 512  # documents of a dense term, at least,
_SHARE = 16  # which is in more than 1 of 16 documents
_NONE = np.zeros(0, np.uint32)
_NO_FORMS = np.zeros(0, np.uint16)


class Postings(NamedTuple):
    """The postings of consecutive terms, one list after the other.

    `counts` is how many documents each term has, `docs` and `freqs` are of each posting,
    `positions` and `forms`, which of the term's words it is, of each occurrence.
    """

    counts: Array
    docs: Array
    freqs: Array = _NONE
    positions: Array = _NONE
    forms: Array = _NO_FORMS

    @classmethod
    def empty(cls, counts: Array, occurrences: Array) -> "Postings":
        """Return room for the postings of terms that have so many postings and occurrences."""
        size, total = int(counts.sum()), int(occurrences.sum())
        docs, freqs = np.empty(size, np.uint32), np.empty(size if total else 0, np.uint32)
        return cls(counts, docs, freqs, np.empty(total, np.uint32), np.empty(total, np.uint16))


class PostingsReader:
    """Reads the postings lists of one field; `units` is how many documents the segment has."""

    def __init__(self, file: SegmentFile, name: str, units: int, *, analysed: bool) -> None:
        self._file = file
        self._name = name
        self.units = units
        self.terms = TermDictionary(file, name)
        self.analysed = analysed
        self._spread: Cache[int, Array] = Cache(_SPREAD, lambda row: row.nbytes, least=_SPREAD_ROWS)
        self._listed: Cache[int, Postings] = Cache(_LISTED)

    def count(self, term: int) -> int:
        """Return how many documents a term stands in, deleted ones included."""
        return int(self.at.item(term + 1)) - int(self.at.item(term))

    def doc_ids(self, term: int) -> Array:
        """Return the documents of a term, ascending; not to be written to."""
        return self._list(term).docs

    def frequencies(self, term: int) -> Array:
        """Return how often a term stands in each document of its list."""
        return self._list(term).freqs

    def _list(self, term: int) -> Postings:
        """Return a list without occurrences; the lists last asked for are kept."""
        postings = self._listed.get(term)
        if postings is None:
            counts, docs, freqs = self._decoded(term, np.array([self.count(term)], np.int64))
            postings = Postings(counts, docs.astype(np.int64), freqs)
            postings.docs.flags.writeable = False
            if len(docs) <= _LISTED_DOCUMENTS:
                self._listed.put(term, postings)
        return postings

    def _decoded(self, first: int, counts: Array) -> tuple[Array, Array, Array]:
        """Return counts, documents and frequencies of consecutive terms."""
        docs = np.empty(int(counts.sum()), np.uint32)
        freqs = np.empty(len(docs) if self.analysed else 0, np.uint32)
        word = int(self._doc_at.item(first))
        core.postings.decode(self._docs.data, word, counts.data, self.units, docs.data, freqs.data)
        return counts, docs, freqs

    def read(self, first: int, last: int, *, occurrences: bool = True) -> Postings:
        """Return the postings of terms `[first, last)`, read anew."""
        counts = np.diff(self.at[first : last + 1].astype(np.int64))
        counts, docs, freqs = self._decoded(first, counts)
        if not (occurrences and self.analysed):
            return Postings(counts, docs, freqs)
        words = self._occurrences
        total = int(freqs.sum(dtype=np.int64))
        if total > 32 * len(words) + len(docs):  # lest room is made for more
            raise self._file.damage(f"{self._name} has more occurrences than are written")
        positions, forms = np.empty(total, np.uint32), np.empty(total, np.uint16)
        core.postings.decode_occurrences(
            words.data,
            int(self._occurrence_at.item(first)),
            counts.data,
            docs.data,
            freqs.data,
            self.widths,
            positions.data,
            forms.data,
        )
        return Postings(counts, docs, freqs, positions, forms)

    def let_go(self) -> None:
        """Let what was read of the segment leave memory; it comes back when asked for."""
        self._file.let_go()

    def first_units(self) -> Array:
        """Return the document of each term, for a field where each term has only one."""
        if int(self.at[-1]) != len(self.terms) or len(self.at) != len(np.unique(self.at)):
            raise self._file.damage(f"{self._name} has terms of several documents")
        return self.read(0, len(self.terms)).docs.astype(np.int64)

    def is_dense(self, term: int) -> bool:
        """Whether a term is in so many documents that its frequencies are kept spread."""
        count = self.count(term)
        return count >= _FREQUENT and count * _SHARE > self.units

    def spread(self, term: int) -> Array:
        """Return how often a dense term stands in each document, 0 where it does not.

        The rows last asked for are kept: such terms are few, and in many queries.
        """
        row = self._spread.get(term)
        if row is None:
            postings = self.read(term, term + 1, occurrences=False)
            most = int(postings.freqs.max(initial=0))
            row = np.zeros(self.units, np.uint8 if most < 1 << 8 else np.uint32)
            row[postings.docs] = postings.freqs
            self._spread.put(term, row)
        return row

    def blocks(self, term: int) -> tuple[int, int]:
        """Return the half-open range of rows in `bounds` that belong to a term's list.

        It is empty for a list of one block.
        """
        return int(self._block_at.item(term)), int(self._block_at.item(term + 1))

    def row(self, term: int) -> tuple[int, int, int, int, int]:
        """Return what the core must know of a list.

        Where it begins in the two streams, how many documents it has, its first row in the table of
        blocks, and how many rows it has: none if it is of one block.
        """
        first, last = self.blocks(term)
        starts = int(self._doc_at.item(term)), int(self._occurrence_at.item(term))
        return *starts, self.count(term), first, last - first

    @cached_property
    def doc_words(self) -> Numbers:
        """The stream of documents."""
        return self._docs.data

    @cached_property
    def occurrence_words(self) -> Numbers:
        """The stream of occurrences."""
        return self._occurrences.data

    @cached_property
    def block_rows(self) -> Numbers:
        """The table of blocks, `ROW` numbers each."""
        return self._column("blocks").all().data

    def bounds(self) -> tuple[Array, Array]:
        """Return the highest frequency and the lowest floor(length / frequency) of each block.

        Lists of one block are left out.
        """
        most, least = self._blocks[:, 3:].T
        if not most.all():
            raise self._file.damage(f"{self._name} has a block of words that stand nowhere")
        return most, least

    @cached_property
    def words(self) -> TermDictionary:
        """The words that have this field's terms as their stems."""
        return TermDictionary(self._file, f"{self._name}.words")

    @cached_property
    def stems(self) -> Array:
        """The term's number for each word."""
        stems = self._column("words.stems").all()
        if len(stems) != len(self.words) or (len(stems) and stems.max() >= len(self.terms)):
            raise self._file.damage(f"{self._name} has words of unknown stems")
        return stems

    @cached_property
    def form_counts(self) -> Array:
        """How many words each term has."""
        return np.bincount(self.stems, minlength=len(self.terms)).astype(np.int64)

    @cached_property
    def form_of_word(self) -> Array:
        """The number of each word among those of its term."""
        return forms_of(self.stems)

    @cached_property
    def at(self) -> Array:
        """How many postings there are before each term, and in all."""
        return self._ends("at")

    @cached_property
    def lengths(self) -> Array:
        """How many words the field has in each document."""
        lengths = self._column("lengths").all()
        if len(lengths) != self.units:
            raise self._file.damage(f"{self._name}.lengths has another length than it says")
        return lengths

    @cached_property
    def spare(self) -> int:
        """Extra bits of a position, for fields whose positions count gaps."""
        spare = self._file.facts.get(f"{self._name}.spare", 0)
        if not 0 <= spare <= _WIDEST:
            raise self._file.damage(f"{self._name} has positions that cannot be")
        return spare

    @cached_property
    def widths(self) -> Numbers:
        """How many bits a position has in each document."""
        return position_widths(self.lengths, self.spare).data

    @cached_property
    def _doc_at(self) -> Array:
        return self._ends("doc_at")

    @cached_property
    def _occurrence_at(self) -> Array:
        return self._ends("occurrence_at")

    @cached_property
    def _docs(self) -> Array:
        return self._column("docs").all()

    @cached_property
    def _occurrences(self) -> Array:
        return self._column("occurrences").all()

    @cached_property
    def _block_at(self) -> Array:
        blocks = blocks_of(np.diff(self.at.astype(np.int64)))
        return np.append(0, np.cumsum(blocks * (blocks > 1)))

    @cached_property
    def _blocks(self) -> Array:
        """The row of each block of the lists that have several; see `core.postings.encode`."""
        return self._column("blocks").all().reshape(-1, ROW)

    def _ends(self, name: str) -> Array:
        ends = self._column(name).all()
        if len(ends) != len(self.terms) + 1:
            raise self._file.damage(f"{self._name}.{name} has another length than it says")
        return ends

    def _column(self, name: str) -> Column:
        return self._file.column(f"{self._name}.{name}")


def forms_of(stems: Array) -> Array:
    """Return the number of each word among those of its term; `stems` has the term of each."""
    order, counts = np.argsort(stems, kind="stable"), np.bincount(stems)
    forms = np.empty(len(stems), np.int64)
    forms[order] = np.arange(len(stems)) - (np.cumsum(counts) - counts)[stems[order]]
    return forms


def blocks_of(counts: Array) -> Array:
    """Return how many blocks the list of each term has, by its number of documents."""
    blocks: Array = -(-counts // BLOCK)
    return blocks


def position_widths(lengths: Array, spare: int) -> Array:
    """Return how many bits a position has in documents of some lengths, with `spare` more."""
    bits = np.searchsorted(1 << np.arange(_WIDEST, dtype=np.int64), lengths)
    return np.minimum(bits + spare, _WIDEST).astype(np.uint8)
