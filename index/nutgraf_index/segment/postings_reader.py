"""The inverted index of one field in a segment: the postings list of each term.

The documents are passages, sections, articles or files, by the field's level; doc ids start at 0 in
each segment. `core/postings.py` describes the encoding, `writing/postings.py` the arrays.
"""

from array import array
from functools import cached_property

from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, zeros
from nutgraf_index.segment.file import Column, SegmentFile
from nutgraf_index.segment.term_dictionary import TermDictionary

__all__ = ["BLOCK", "ROW", "PostingsList", "PostingsReader"]

BLOCK, ROW = core.postings.BLOCK, core.postings.ROW
_ALLOWED_KINDS = {  # the types that an array may have
    **dict.fromkeys(("docs", "occurrences", "blocks", "words.stems"), ("<u4",)),
    **dict.fromkeys(("at", "doc_at", "occurrence_at"), ("<u4", "<u8")),
}
_WIDEST_POSITION = 31  # bits
_BITMAPS = 1 << 26  # bytes of cached bitmaps per field: dense terms are in many queries
_MIN_BITMAPS = 16  # bitmaps that are cached whatever their size
_DENSE_FREQ = 512  # least document frequency of a dense term
_DENSE_SHARE = 16  # a dense term is in more than 1 of 16 documents
_NO_FREQS = zeros("I", 0)


class PostingsList:
    """The postings list of a term in a field.

    Attributes:
        doc_row: its location, for the core; see `PostingsReader.doc_row`
        doc_freq: the number of its documents, deleted ones included
    """

    __slots__ = ("_reader", "_row", "_term", "doc_freq", "doc_row")

    def __init__(self, reader: "PostingsReader", term: int) -> None:
        self._reader = reader
        self._term = term
        self.doc_row = reader.doc_row(term)
        self.doc_freq = self.doc_row[1]
        self._row: tuple[int, int, int, int, int] | None = None

    @property
    def row(self) -> tuple[int, int, int, int, int]:
        """Its location, for the core; the checksums of its occurrences are checked, too.

        As in `doc_row`, but the second item is the index of the first 32-bit word in
        `occurrence_words`, and the other items follow it.
        """
        if self._row is None:
            reader, term, row = self._reader, self._term, self.doc_row
            doc_word, count, first, blocks = row
            occurrence_word = reader.occurrence_word(term, term + 1) if reader.analysed else 0
            self._row = doc_word, occurrence_word, count, first, blocks
        return self._row

    def doc_ids(self) -> Numbers:
        """Return its doc ids, ascending."""
        return self._decode(freqs=False)[0]

    def postings(self) -> tuple[Numbers, Numbers]:
        """Return its doc ids, ascending, and the frequency in each document."""
        return self._decode(freqs=True)

    def _decode(self, *, freqs: bool) -> tuple[Numbers, Numbers]:
        reader, (word, count, _, _) = self._reader, self.doc_row
        postings = zeros("I", count), zeros("I", count) if freqs else _NO_FREQS
        counts = array("q", (count,))
        core.postings.decode(reader.doc_words, word, counts, reader.doc_count, *postings)
        return postings

    @property
    def is_dense(self) -> bool:
        """Whether the term is in so many documents that its bitmap is cached."""
        doc_freq = self.doc_freq
        return doc_freq >= _DENSE_FREQ and doc_freq * _DENSE_SHARE > self._reader.doc_count

    def bitmap(self) -> Bitmap:
        """Return the set of its doc ids, cached for dense terms; it must not be changed."""
        bitmap = self._reader.bitmaps.get(self._term)
        if bitmap is None:
            bitmap = Bitmap(self._reader.doc_count)
            self._mark(bitmap, NO_BITS)
            if self.is_dense:
                self._reader.bitmaps.put(self._term, bitmap)
        return bitmap

    def mark(self, documents: Bitmap, twice: Bitmap | None = None) -> None:
        """Add its doc ids to `documents`; add doc ids that were there already to `twice`."""
        if self.is_dense:
            documents.unite(self.bitmap(), twice)
        else:
            self._mark(documents, NO_BITS if twice is None else twice.words)

    def _mark(self, documents: Bitmap, twice: Numbers) -> None:
        reader, (word, count, _, _) = self._reader, self.doc_row
        core.postings.mark(reader.doc_words, word, count, reader.doc_count, documents.words, twice)

    def intersect(self, documents: Numbers) -> Numbers:
        """Return the doc ids of `documents`, ascending, that are in the list."""
        if self.is_dense:
            return self.bitmap().among(documents)
        reader, doc_ids = self._reader, zeros("I", len(documents))
        word, count, first, blocks = self.doc_row
        words, rows, limit = reader.doc_words, reader.block_rows, reader.doc_count
        size = core.postings.intersect(
            words, word, count, limit, rows, first, blocks, documents, doc_ids
        )
        return doc_ids[:size]


class PostingsReader:
    """Reads the postings lists of a field; `doc_count` is the number of documents at its level.

    `bitmaps` caches the sets of documents of dense terms; see `PostingsList`.
    """

    def __init__(self, file: SegmentFile, name: str, doc_count: int, *, analysed: bool) -> None:
        self._file = file
        self._name = name
        self.doc_count = doc_count
        self.terms = TermDictionary(file, name)
        self.analysed = analysed
        self.bitmaps: Cache[int, Bitmap] = Cache(
            _BITMAPS, lambda bitmap: bitmap.words.nbytes, min_values=_MIN_BITMAPS
        )

    def doc_freq(self, term: int) -> int:
        """Return the document frequency of a term, deleted documents included."""
        count: int = self.posting_offsets[term + 1] - self.posting_offsets[term]
        if not 0 <= count <= self.doc_count:
            raise self._file.damage(f"{self._name} has a term with more documents than there are")
        return count

    def doc_row(self, term: int) -> tuple[int, int, int, int]:
        """Check the checksums of a term's doc ids; return their location, for the core.

        The location is the index of their first 32-bit word in `doc_words`, the document frequency,
        the index of their first row in `block_rows`, and the number of rows: 0 if the list is one
        block or the field is not analysed.
        """
        first = blocks = 0
        if self.analysed:
            first = self._block_at[term]
            blocks = self._block_at[term + 1] - first
        return self._doc_word(term, term + 1), self.doc_freq(term), first, blocks

    def row(self, term: int) -> tuple[int, int, int, int, int]:
        """Return the location of a term's postings list; see `PostingsList.row`."""
        return PostingsList(self, term).row

    def _doc_word(self, first: int, last: int) -> int:
        """Check the doc ids of terms `[first, last)`; return where they begin, in words."""
        word: int = self._doc_at[first]
        self._docs.span(word, self._doc_at[last])
        return word

    def occurrence_word(self, first: int, last: int) -> int:
        """Check the occurrences of terms `[first, last)`; return where they begin, in words."""
        word: int = self._occurrence_at[first]
        self._occurrences.span(word, self._occurrence_at[last])
        return word

    def doc_ids(self, term: int) -> Numbers:
        """Return the doc ids of a term, ascending."""
        return PostingsList(self, term).doc_ids()

    def postings(self, term: int) -> tuple[Numbers, Numbers]:
        """Return the doc ids of a term, ascending, and its frequency in each document."""
        return PostingsList(self, term).postings()

    def decode(
        self, first: int, counts: "Numbers | array[int]", docs: Numbers, freqs: Numbers
    ) -> None:
        """Decode the postings of consecutive terms; see `core.postings.decode`."""
        word = self._doc_word(first, first + len(counts))
        core.postings.decode(self.doc_words, word, memoryview(counts), self.doc_count, docs, freqs)

    def sole_doc_ids(self) -> Numbers:
        """Return the only doc id of each term, for a field whose terms are in one document each."""
        docs, rows = zeros("I", len(self.terms)), zeros("I", len(self.posting_offsets))
        if self.posting_offsets[-1] != len(docs):
            raise self._file.damage(f"{self._name} has a term in several documents")
        # This also checks that each term has one document.
        core.postings.first_rows(*_as_words(self.posting_offsets), 1, rows)
        self.decode(0, array("q", [1]) * len(docs), docs, docs[:0])
        return docs

    def docs_of_word(self, word: int) -> Numbers:
        """Return the doc ids of an unstemmed word, which is given by its number in `words`."""
        term = self.stems[word]
        if self.form_counts[term] == 1:
            return self.doc_ids(term)
        # The form is stored with each occurrence: the number of its word among the term's words.
        docs, freqs = self.postings(term)
        total = sum(freqs)
        # Limits the allocation: an occurrence takes a bit, unless it is the only one of a document.
        if total > 32 * len(self.occurrence_words) + len(docs):
            raise self._file.damage(f"{self._name} has more occurrences than its file has room for")
        forms, ids = zeros("H", total), zeros("I", len(docs))
        core.postings.decode_occurrences(
            self.occurrence_words,
            self.occurrence_word(term, term + 1),
            array("q", [len(docs)]),
            docs,
            freqs,
            self.widths,
            zeros("I", total),
            forms,
        )
        return ids[: core.terms.docs_of_form(docs, freqs, forms, self.form_of_word[word], ids)]

    def release(self) -> None:
        """Release the memory of the mapped file; see `SegmentFile.release`."""
        self._file.release()

    @cached_property
    def words(self) -> TermDictionary:
        """The dictionary of the field's words: folded, not stemmed."""
        return TermDictionary(self._file, f"{self._name}.words")

    @cached_property
    def stems(self) -> Numbers:
        """For each word the number of its term."""
        stems = self.column("words.stems").view()
        if len(stems) != len(self.words):
            raise self._file.damage(f"{self._name} has words without terms")
        return stems

    @cached_property
    def _forms(self) -> tuple[Numbers, Numbers]:
        forms, counts = zeros("I", len(self.stems)), zeros("I", len(self.terms))
        core.terms.number_forms(self.stems, counts, forms)
        return forms, counts

    @property
    def form_of_word(self) -> Numbers:
        """For each word its form: its number among the words of its term, from 0."""
        return self._forms[0]

    @property
    def form_counts(self) -> Numbers:
        """For each term the number of its words."""
        return self._forms[1]

    @cached_property
    def posting_offsets(self) -> Numbers:
        """The offset of each term's first posting in the field, then the number of postings."""
        at = self._ends("at")
        if not self.analysed:  # in analysed fields `_block_at` checks the offsets
            core.postings.first_rows(*_as_words(at), self.doc_count, zeros("I", len(at)))
        if at[-1] > BLOCK * len(self._docs):  # else terms could share postings
            raise self._file.damage(f"{self._name} has more postings than its file has room for")
        return at

    @cached_property
    def lengths(self) -> Numbers:
        """The length of the field in each document, in words."""
        lengths = self.column("lengths").uints()
        if len(lengths) != self.doc_count:
            raise self._file.damage(f"{self._name}.lengths has too few or too many values")
        return lengths

    @cached_property
    def short_lengths(self) -> Numbers:
        """The lengths in bytes, 255 for longer documents, for `core.scoring.Terms`."""
        short = zeros("B", self.doc_count)
        core.postings.short_lengths(self.lengths, short)
        return short

    @cached_property
    def spare(self) -> int:
        """Bits of a position in addition to the bits that the length of the document needs.

        0 for a field without gaps.
        """
        spare = self._file.facts.get(f"{self._name}.spare", 0)
        if not 0 <= spare <= _WIDEST_POSITION:
            raise self._file.damage(f"{self._name} has positions of {spare} spare bits")
        return spare

    @cached_property
    def widths(self) -> Numbers:
        """The width of a position in each document, in bits."""
        widths = zeros("B", self.doc_count)
        core.postings.widths(self.lengths, self.spare, widths)
        return widths

    @cached_property
    def doc_words(self) -> Numbers:
        """The document stream of `core/postings.py`, unchecked: `doc_row` checks a term's part."""
        return self._docs.unchecked

    @cached_property
    def occurrence_words(self) -> Numbers:
        """The occurrence stream of `core/postings.py`, unchecked: `row` checks a term's part."""
        return self._occurrences.unchecked

    @cached_property
    def block_rows(self) -> Numbers:
        """The block table of the lists of several blocks; see `core/postings.py`."""
        return self.column("blocks").view()

    @cached_property
    def field_postings(self) -> core.positions.FieldPostings:
        """The postings lists, for `core.positions`."""
        return core.positions.FieldPostings(
            self.doc_words, self.occurrence_words, self.block_rows, self.widths, self.doc_count
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
        """The first row of each term in `block_rows`, then the number of rows."""
        rows = zeros("I", len(self.terms) + 1)
        core.postings.first_rows(*_as_words(self.posting_offsets), self.doc_count, rows)
        return rows

    def _ends(self, name: str) -> Numbers:
        ends = self.column(name).view()
        if len(ends) != len(self.terms) + 1:
            raise self._file.damage(f"{self._name}.{name} has too few or too many values")
        return ends

    def column(self, name: str) -> Column:
        """Return an array of the field by its name. Raises `IndexDamaged` if its type is wrong."""
        column = self._file.column(f"{self._name}.{name}")
        if column.kind not in _ALLOWED_KINDS.get(name, (column.kind,)):
            raise self._file.damage(f"{self._name}.{name} has the type {column.kind!r}")
        return column


def _as_words(numbers: Numbers) -> tuple[Numbers, int]:
    """Return numbers of 4 or 8 bytes as 32-bit words, and how many 32-bit words a number has."""
    return numbers.cast("B").cast("I"), numbers.itemsize // 4
