"""A Whoosh index and reader over a snapshot: Whoosh's own queries run on them.

This is slower than nutgraf's own search. It serves tests, and Whoosh queries that nutgraf's query
language cannot express. A document is a passage; its number is valid for one snapshot only.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from math import inf
from operator import attrgetter
from typing import Any

import numpy as np
from whoosh.index import Index
from whoosh.matching.mcore import ListMatcher, Matcher
from whoosh.query.spans import Span
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.writing import IndexWriter

from nutgraf_index.analysis.query_analyzer import part_of, term_in
from nutgraf_index.arrays import Array
from nutgraf_index.fields import FIELDS, PROPERTIES, Kind, Level
from nutgraf_index.model import Role
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.writing.postings_arrays import read_postings
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot
from nutgraf_index.whoosh_adapter.schema import schema

__all__ = ["Reader", "WhooshIndex"]

_WORDS = "words"
_STORED = [
    (field, attrgetter(field.attribute))
    for field in PROPERTIES
    if field.kind is not Kind.COMPOUNDS and field.level is not Level.FILE
]


class WhooshIndex(Index):
    """A Whoosh index over the current commit.

    `snapshot` opens the current commit; `writer` opens a Whoosh writer, or is None for an index
    that is only read.
    """

    def __init__(
        self, snapshot: Callable[[], Snapshot], writer: Callable[[], IndexWriter] | None = None
    ) -> None:
        self.schema = schema(snapshot().analyzer)
        self._snapshot = snapshot
        self._writer = writer

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:
        """Return a reader of the current commit."""
        return Reader(self._snapshot())

    def writer(self, **_: Any) -> IndexWriter:
        """Return a writer, which holds the write lock until it commits or cancels."""
        if self._writer is None:
            raise NotImplementedError("this index is read-only; open it with `Index.as_whoosh`")
        return self._writer()

    def is_empty(self) -> bool:
        """Return whether the index has no live passage."""
        return self.doc_count() == 0

    def doc_count_all(self) -> int:
        """Return the number of passages, deleted ones included."""
        return self.reader().doc_count_all()

    def doc_count(self) -> int:
        """Return the number of live passages."""
        return self.reader().doc_count()


class Reader(IndexReader):
    """A Whoosh reader over all segments of a snapshot.

    A term of a query to an index of several languages is its terms in each language, joined. Each
    segment looks up the part of its language; see `QueryAnalyzer`.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._analyzer = snapshot.analyzer
        self.schema = schema(self._analyzer)
        self._snapshot = snapshot
        self._lengths: dict[str, Array] = {}

    def __contains__(self, term: tuple[str, Any]) -> bool:
        field, text = term
        if field not in self.schema or field not in (*FIELDS, _WORDS):
            return False
        key = self._text_to_bytes(field, text)
        return any(self._number(reader, field, key) >= 0 for reader in self._snapshot.readers)

    def generation(self) -> int:
        """Return the number of the commit."""
        return self._snapshot.commit.number

    def indexed_field_names(self) -> Iterable[str]:
        """Return the names of the fields that have terms."""
        return [name for name in self.schema.names() if name in (*FIELDS, _WORDS)]

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield the live terms of all fields as (field, term), sorted."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the live terms from (`fieldname`, `prefix`) on as (field, term), sorted."""
        for name in sorted(self.indexed_field_names()):
            if name >= fieldname:
                first = prefix if name == fieldname else b""
                terms = (self._terms_in(reader, name, first) for reader in self._snapshot.readers)
                for term, _ in groupby(heapq.merge(*terms)):
                    if self.doc_frequency(name, term):  # 0 if all documents are deleted
                        yield name, term

    def _terms_in(self, reader: SegmentReader, field: str, first: bytes) -> Iterator[bytes]:
        terms = self._terms(reader, field)
        for start in range(terms.at_least(first), len(terms), 1024):
            yield from terms.slice(start, min(start + 1024, len(terms)))

    def term_info(self, fieldname: str, text: Any) -> TermInfo:
        """Return the statistics of a term over its live passages."""
        postings = self._postings(fieldname, text)
        lengths = self._lengths_of(fieldname)[postings.passages] if postings.passages else [0]
        return TermInfo(
            weight=sum(postings.freqs),
            df=len(postings.passages),
            minlength=int(min(lengths)),
            maxlength=int(max(lengths)),
            maxweight=max(postings.freqs, default=0),
            minid=postings.passages[0] if postings.passages else None,
            maxid=postings.passages[-1] if postings.passages else 0,
        )

    def has_deletions(self) -> bool:
        """Return whether a segment has deleted passages."""
        return any(reader.live is not None for reader in self._snapshot.readers)

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a passage is deleted."""
        if docnum >= self._snapshot.passages:  # Whoosh asks for document 0 of an empty index
            return True
        reader, doc_id = self._snapshot.reader_of(docnum)
        return reader.live is not None and doc_id not in reader.live

    def doc_count_all(self) -> int:
        """Return the number of passages, deleted ones included."""
        return self._snapshot.passages

    def doc_count(self) -> int:
        """Return the number of live passages."""
        return self._snapshot.count(Level.PASSAGE)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a passage and of its article."""
        article, passage = self._snapshot.passage(docnum)
        return {
            field.name: _whoosh_value(get(article if field.level is Level.ARTICLE else passage))
            for field, get in _STORED
        }

    def frequency(self, fieldname: str, text: Any) -> int:
        """Return the number of occurrences of a term in all live passages."""
        return int(sum(self._postings(fieldname, text).freqs)) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: Any) -> int:
        """Return the number of live passages with a term."""
        return len(self._postings(fieldname, text).passages) if (fieldname, text) in self else 0

    def field_length(self, fieldname: str) -> int:
        """Return the sum of the field's lengths in words over the live passages."""
        lengths = self._lengths_of(fieldname)
        return int(sum(lengths[list(self.all_doc_ids())]))

    def min_field_length(self, fieldname: str) -> int:
        """Return the least length in words of a field in any passage."""
        return int(min(self._lengths_of(fieldname), default=0))

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length in words of a field in any passage."""
        return int(max(self._lengths_of(fieldname), default=0))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length in words of a field in a passage, or `default` for a length of 0."""
        return int(self._lengths_of(fieldname)[docnum]) or default

    def postings(self, fieldname: str, text: Any, scorer: Any = None, **_: Any) -> Matcher:
        """Return the matcher of a term. Raises `TermNotFound`."""
        if (fieldname, text) not in self:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        postings = self._postings(fieldname, text)
        return _Matcher(  # type: ignore[no-untyped-call]
            postings.passages,
            postings.freqs,
            postings.positions,
            self.schema[fieldname].format,
            scorer,
            term=(fieldname, self._text_to_bytes(fieldname, text)),
        )

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Return False: the index has no term vectors."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Matcher:
        """Raise `KeyError`: the index has no term vectors."""
        raise KeyError(f"no term vector of {fieldname} for passage {docnum}")

    def _terms(self, reader: SegmentReader, name: str) -> Any:
        return reader.field("text").words if name == _WORDS else reader.field(name).terms

    def _postings(self, name: str, text: Any) -> "_Postings":
        key = self._text_to_bytes(name, text)
        postings = _Postings()
        for reader in self._snapshot.readers:
            numbers = [self._number(reader, name, key)]
            if name == _WORDS:  # a word has a number for each of its terms
                numbers = [*self._terms(reader, name).all_of(key)]
            postings.add(reader, name, [number for number in numbers if number >= 0])
        return postings

    def _number(self, reader: SegmentReader, name: str, key: bytes) -> int:
        """Return the number of a term, or of the part of it in the segment's language; or -1."""
        if b"\x1f" in key:
            part = part_of(reader.analyzer, self._analyzer)
            key = term_in(key.decode("utf-8", "surrogatepass"), part).encode(
                "utf-8", "surrogatepass"
            )
        number: int = self._terms(reader, name).find(key)
        return number

    def _lengths_of(self, name: str) -> Array:
        """Return the length of a field in each passage; 1 if the field is not analysed."""
        if name not in self._lengths:
            all_lengths = [np.zeros(0, np.int64)]
            source = "text" if name == _WORDS else name
            for reader in self._snapshot.readers:
                if FIELDS[source].analysed:
                    lengths = np.asarray(reader.field(source).lengths)
                    level = FIELDS[source].level
                    if level is not Level.PASSAGE:
                        lengths = np.repeat(
                            lengths, np.diff(np.asarray(reader.first_passages(level)))
                        )
                    all_lengths.append(lengths)
                else:
                    all_lengths.append(np.ones(reader.passages, np.int64))
            self._lengths[name] = np.concatenate(all_lengths)
        return self._lengths[name]


def _whoosh_value(value: Any) -> Any:
    """Return a property's value for a Whoosh document: authors as lines, a role as text."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return value.value if isinstance(value, Role) else value


class _Postings:
    """The live postings of a term, with passages numbered in the snapshot."""

    def __init__(self) -> None:
        self.passages: list[int] = []
        self.freqs: list[float] = []
        self.positions: list[list[int]] = []

    def add(self, reader: SegmentReader, name: str, terms: list[int]) -> None:
        """Append a segment's live postings of a term, given by its numbers in the field `name`."""
        level = FIELDS["text" if name == _WORDS else name].level
        field = reader.field("text" if name == _WORDS else name)
        by_doc: dict[int, list[int]] = {}
        for term in terms:
            form = None
            if name == _WORDS:
                term, form = field.stems[term], field.form_of_word[term]
            docs, doc_positions = _positions_by_doc(field, term, form)
            for doc, positions in zip(docs.tolist(), doc_positions, strict=True):
                by_doc[doc] = sorted((*by_doc.get(doc, ()), *positions))
        for doc, positions in sorted(by_doc.items()):
            passages = [doc, doc + 1]
            if level is not Level.PASSAGE:
                passages = reader.first_passages(level)[doc : doc + 2].tolist()
            for passage in range(*passages):
                if reader.live is None or passage in reader.live:
                    self.passages.append(passage + reader.base)
                    self.freqs.append(float(len(positions)))
                    self.positions.append(positions)


def _positions_by_doc(
    field: PostingsReader, term: int, form: int | None
) -> tuple[Array, list[list[int]]]:
    """Return the documents with a term, and its positions in each.

    With `form`, only occurrences of that form of the term count. A term of a field that is not
    analysed has position 0.
    """
    postings = read_postings(field, term, term + 1)
    if not field.analysed:
        return postings.docs, [[0]] * len(postings.docs)
    doc_of, positions = np.repeat(postings.docs, postings.freqs), postings.positions
    if form is not None:
        has_form = postings.forms == form
        doc_of, positions = doc_of[has_form], positions[has_form]
    docs, firsts = np.unique(doc_of, return_index=True)
    return docs, [run.tolist() for run in np.split(positions, firsts[1:])] if len(docs) else []


class _Matcher(ListMatcher):
    """A Whoosh matcher over lists of passages and positions."""

    def id(self) -> int:
        """Return the current passage; at the end the last, because Whoosh's `AndNot` asks there."""
        return int(self._ids[min(self._i, len(self._ids) - 1)])

    def supports(self, astype: str) -> bool:
        """Return whether `value_as` can give a kind of value."""
        return astype in ("positions", "frequency", "weight")

    def value_as(self, astype: str) -> Any:
        """Return the positions of the term in the passage, or their number."""
        positions = self._values[self._i]
        return positions if astype == "positions" else len(positions)

    def supports_block_quality(self) -> bool:
        """Return False: Whoosh's collectors must not skip blocks by their maximum scores."""
        return False

    def max_quality(self) -> float:
        """Return infinity: Whoosh's collectors must not leave the matcher out by its best score."""
        return inf

    def spans(self) -> list[Span]:
        """Return the positions as Whoosh spans."""
        return [Span(position) for position in self._values[self._i]]

    def copy(self) -> Matcher:
        """Return a matcher in the same state."""
        copied: _Matcher = super().copy()  # type: ignore[no-untyped-call]
        copied._term = self._term  # which Whoosh leaves out
        return copied
