"""The inverted index of one field in a segment: for each term its documents, and where it stands.

Documents are what the field belongs to: passages, sections or articles, numbered in the segment
from 0. `core/postings.py` says how lists are packed, `writing/postings.py` what arrays there are.
"""

from array import array
from functools import cached_property

from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, room, widened
from nutgraf_index.segment.file import Column, SegmentFile
from nutgraf_index.segment.term_dictionary import TermDictionary

__all__ = ["BLOCK", "ROW", "PostingsReader"]

BLOCK, ROW = core.postings.BLOCK, core.postings.ROW
_WIDEST = 31  # bits of a position
_ROWS = 1 << 12  # terms of which it is kept where their lists are
_BITMAPS = 1 << 26  # bytes of bitmaps kept of one field,
_BITMAPS_LEAST = 16  # and bitmaps, at least
_FREQUENT = 512  # documents of a dense term, at least,
_SHARE = 16  # which is in more than 1 of 16 documents


class PostingsReader:
    """Reads the postings lists of one field; `units` is how many documents the segment has."""

    def __init__(self, file: SegmentFile, name: str, units: int, *, analysed: bool) -> None:
        self._file = file
        self._name = name
        self.units = units
        self.terms = TermDictionary(file, name)
        self.analysed = analysed
        self._doc_rows: Cache[int, tuple[int, int, int, int]] = Cache(_ROWS)
        self._rows: Cache[int, tuple[int, int, int, int, int]] = Cache(_ROWS)
        self._bitmaps: Cache[int, Bitmap] = Cache(
            _BITMAPS, lambda bitmap: bitmap.words.nbytes, least=_BITMAPS_LEAST
        )

    def count(self, term: int) -> int:
        """Return how many documents a term stands in, deleted ones included."""
        count: int = self.at[term + 1] - self.at[term]
        if not 0 <= count <= self.units:
            raise self._file.damage(f"{self._name} has terms in more documents than there are")
        return count

    def doc_row(self, term: int) -> tuple[int, int, int, int]:
        """Return where a term's documents are, for the core; they are checked.

        Their first word in `doc_words`, how many these are, their first row in `block_rows` and how
        many they have there: none if they are one block, or the field is not analysed.
        """
        row = self._doc_rows.get(term)
        if row is None:
            first = blocks = 0
            if self.analysed:
                first = self._block_at[term]
                blocks = self._block_at[term + 1] - first
            row = self._doc_word(term, term + 1), self.count(term), first, blocks
            self._doc_rows.put(term, row)
        return row

    def row(self, term: int) -> tuple[int, int, int, int, int]:
        """Return where a term's list is, for the core; it is checked.

        As `doc_row`, with its first word in `occurrence_words` after that in `doc_words`.
        """
        row = self._rows.get(term)
        if row is None:
            doc_word, count, first, blocks = self.doc_row(term)
            occurrence_word = self.occurrence_word(term, term + 1) if self.analysed else 0
            row = self._rows.put(term, (doc_word, occurrence_word, count, first, blocks))
        return row

    def _doc_word(self, first: int, last: int) -> int:
        """Return the word of `doc_words` at which terms `[first, last)` begin, and check these."""
        word: int = self._doc_at[first]
        self._docs.view(word, self._doc_at[last])
        return word

    def occurrence_word(self, first: int, last: int) -> int:
        """Return the word of `occurrence_words` at which terms begin, and check these."""
        word: int = self._occurrence_at[first]
        self._occurrences.view(word, self._occurrence_at[last])
        return word

    def docs(self, term: int) -> Numbers:
        """Return the documents of a term, ascending."""
        return self._decoded(term, 0)[0]

    def postings(self, term: int) -> tuple[Numbers, Numbers]:
        """Return the documents of a term, and how often it stands in each."""
        return self._decoded(term, 1)

    def _decoded(self, term: int, freqs: int) -> tuple[Numbers, Numbers]:
        word, count, _, _ = self.doc_row(term)
        made = room("I", count), room("I", count * freqs)
        core.postings.decode(self.doc_words, word, array("q", (count,)), self.units, *made)
        return made

    def decode(
        self, first: int, counts: "Numbers | array[int]", docs: Numbers, freqs: Numbers
    ) -> None:
        """Read the postings of consecutive terms; see `core.postings.decode`."""
        word = self._doc_word(first, first + len(counts))
        core.postings.decode(self.doc_words, word, memoryview(counts), self.units, docs, freqs)

    def is_dense(self, term: int) -> bool:
        """Whether a term is in so many documents that its bitmap is kept."""
        count = self.doc_row(term)[1]
        return count >= _FREQUENT and count * _SHARE > self.units

    def bitmap(self, term: int) -> Bitmap:
        """Return the documents of a term as a set that is not to be changed.

        Of dense terms those last asked for are kept: such terms are few, and in many queries.
        """
        bitmap = self._bitmaps.get(term)
        if bitmap is None:
            bitmap = Bitmap(self.units)
            self._mark(term, bitmap, NO_BITS)
            if self.is_dense(term):
                self._bitmaps.put(term, bitmap)
        return bitmap

    def mark(self, term: int, documents: Bitmap, twice: Bitmap | None = None) -> None:
        """Add the documents of a term to a set, and those that were there to `twice`."""
        if self.is_dense(term):
            documents.unite(self.bitmap(term), twice)
        else:
            self._mark(term, documents, NO_BITS if twice is None else twice.words)

    def _mark(self, term: int, documents: Bitmap, twice: Numbers) -> None:
        word, count, _, _ = self.doc_row(term)
        core.postings.mark(self.doc_words, word, count, self.units, documents.words, twice)

    def kept(self, term: int, documents: Numbers) -> Numbers:
        """Return those of some documents, which ascend, that a term stands in."""
        if self.is_dense(term):
            return self.bitmap(term).among(documents)
        out = room("I", len(documents))
        doc_word, count, first, blocks = self.doc_row(term)
        found = core.postings.intersect(
            self.doc_words,
            doc_word,
            count,
            self.units,
            self.block_rows,
            first,
            blocks,
            documents,
            out,
        )
        return out[:found]

    def first_units(self) -> Numbers:
        """Return the document of each term, for a field where each term has only one."""
        docs, rows = room("I", len(self.terms)), room("I", len(self.at))
        if self.at[-1] != len(docs):
            raise self._file.damage(f"{self._name} has terms of several documents")
        core.postings.first_rows(*_halves(self.at), 1, rows)  # which checks that each has one
        self.decode(0, array("q", [1]) * len(docs), docs, docs[:0])
        return docs

    def docs_of_word(self, word: int) -> Numbers:
        """Return the documents that a word stands in, by its number among the words."""
        term = self.stems[word]
        if self.form_counts[term] == 1:
            return self.docs(term)
        # Which of its forms a term has is told for each time it stands in a document.
        docs, freqs = self.postings(term)
        total = sum(freqs)
        # Lest room is made for more. One alone in its document may need no bits.
        if total > 32 * len(self.occurrence_words) + len(docs):
            raise self._file.damage(f"{self._name} has more occurrences than are written")
        forms, made = room("H", total), room("I", len(docs))
        core.postings.decode_occurrences(
            self.occurrence_words,
            self.occurrence_word(term, term + 1),
            array("q", [len(docs)]),
            docs,
            freqs,
            self.widths,
            room("I", total),
            forms,
        )
        return made[: core.terms.docs_of_form(docs, freqs, forms, self.form_of_word[word], made)]

    def let_go(self) -> None:
        """Let what was read of the segment leave memory; it comes back when asked for."""
        self._file.let_go()

    @cached_property
    def words(self) -> TermDictionary:
        """The words that have this field's terms as their stems."""
        return TermDictionary(self._file, f"{self._name}.words")

    @cached_property
    def stems(self) -> Numbers:
        """The term's number for each word."""
        stems = self.column("words.stems").view()
        if len(stems) != len(self.words):
            raise self._file.damage(f"{self._name} has words of unknown stems")
        return stems

    @cached_property
    def _forms(self) -> tuple[Numbers, Numbers]:
        forms, counts = room("I", len(self.stems)), room("I", len(self.terms))
        core.terms.number_forms(self.stems, counts, forms)
        return forms, counts

    @property
    def form_of_word(self) -> Numbers:
        """The number of each word among those of its term."""
        return self._forms[0]

    @property
    def form_counts(self) -> Numbers:
        """How many words each term has."""
        return self._forms[1]

    @cached_property
    def at(self) -> Numbers:
        """How many postings there are before each term, and in all."""
        return self._ends("at")

    @cached_property
    def lengths(self) -> Numbers:
        """How many words the field has in each document."""
        lengths = self.column("lengths").view()
        if len(lengths) != self.units or lengths.itemsize > 4:
            raise self._file.damage(f"{self._name}.lengths has another length than it says")
        return widened(lengths)

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
        widths = room("B", self.units)
        core.postings.widths(self.lengths, self.spare, widths)
        return widths

    @cached_property
    def doc_words(self) -> Numbers:
        """The stream of documents of `core/postings.py`; `row` checks what it is asked of."""
        return self._docs.unchecked

    @cached_property
    def occurrence_words(self) -> Numbers:
        """The stream of occurrences of `core/postings.py`; `row` checks what it is asked of."""
        return self._occurrences.unchecked

    @cached_property
    def block_rows(self) -> Numbers:
        """The rows of the blocks of lists that have several, `ROW` numbers each, one after another.

        `core.postings.encode` says what they are.
        """
        return self.column("blocks").view()

    @cached_property
    def lists(self) -> core.positions.FieldPostings:
        """The postings lists, for `core.positions`."""
        return core.positions.FieldPostings(
            self.doc_words, self.occurrence_words, self.block_rows, self.widths, self.units
        )

    @cached_property
    def _docs(self) -> Column:
        return self.column("docs")

    @cached_property
    def _occurrences(self) -> Column:
        return self.column("occurrences")

    @cached_property
    def _doc_at(self) -> Numbers:
        return self._ends("doc_at")

    @cached_property
    def _occurrence_at(self) -> Numbers:
        return self._ends("occurrence_at")

    @cached_property
    def _block_at(self) -> Numbers:
        """How many rows there are before those of each term, and in all."""
        rows = room("I", len(self.terms) + 1)
        core.postings.first_rows(*_halves(self.at), self.units, rows)
        return rows

    def _ends(self, name: str) -> Numbers:
        ends = self.column(name).view()
        if len(ends) != len(self.terms) + 1:
            raise self._file.damage(f"{self._name}.{name} has another length than it says")
        return ends

    def column(self, name: str) -> Column:
        """Return one of the field's arrays."""
        return self._file.column(f"{self._name}.{name}")


def _halves(numbers: Numbers) -> tuple[Numbers, int]:
    """Return numbers of 4 or 8 bytes in words of 4, and how many of these a number has."""
    return numbers.cast("B").cast("I"), numbers.itemsize // 4
