"""The index as Whoosh sees it: any query of Whoosh's runs on it, with its own matchers.

This is the slow way round, for what has no place in nutgraf's own query language, and for tests.
A document is a passage; its number is only good for one snapshot.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from whoosh.index import Index
from whoosh.matching.mcore import ListMatcher, Matcher
from whoosh.query.spans import Span
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.writing import IndexWriter

from nutgraf_index.arrays import Array
from nutgraf_index.fields import FIELDS, PROPERTIES, Kind, Level
from nutgraf_index.model import Role
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.writing.postings_arrays import read
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
    """The index as Whoosh's: `searcher()`, `reader()` and, where it can be written, `writer()`."""

    def __init__(
        self, snapshot: Callable[[], Snapshot], writer: Callable[[], IndexWriter] | None = None
    ) -> None:
        self.schema = schema(snapshot().analyzer)
        self._snapshot = snapshot
        self._writer = writer

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:
        """Return a reader of the newest commit."""
        return Reader(self._snapshot())

    def writer(self, **_: Any) -> IndexWriter:
        """Return a writer, which holds the lock until it commits or cancels."""
        if self._writer is None:
            raise NotImplementedError("this index is only read")
        return self._writer()

    def is_empty(self) -> bool:
        """Whether there is no passage."""
        return self.doc_count() == 0

    def doc_count_all(self) -> int:
        """Return the number of passages, deleted ones included."""
        return self.reader().doc_count_all()

    def doc_count(self) -> int:
        """Return the number of passages."""
        return self.reader().doc_count()


class Reader(IndexReader):
    """Whoosh's reader over a snapshot: one for all its segments."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.schema = schema(snapshot.analyzer)
        self._snapshot = snapshot
        self._lengths: dict[str, Array] = {}

    def __contains__(self, term: tuple[str, Any]) -> bool:
        field, text = term
        if field not in self.schema or field not in (*FIELDS, _WORDS):
            return False
        wanted = self._text_to_bytes(field, text)
        return any(
            self._terms(reader, field).find(wanted) >= 0 for reader in self._snapshot.readers
        )

    def generation(self) -> int:
        """Return the number of the commit."""
        return self._snapshot.commit.number

    def indexed_field_names(self) -> Iterable[str]:
        """Return the names of the fields that have terms."""
        return [name for name in self.schema.names() if name in (*FIELDS, _WORDS)]

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms, field by field, each in order."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from one on, to the end of the last field."""
        for name in sorted(self.indexed_field_names()):
            if name >= fieldname:
                first = prefix if name == fieldname else b""
                of_segments = (self._in(reader, name, first) for reader in self._snapshot.readers)
                for term, _ in groupby(heapq.merge(*of_segments)):
                    if self.doc_frequency(name, term):  # all of it may be deleted
                        yield name, term

    def _in(self, reader: SegmentReader, field: str, first: bytes) -> Iterator[bytes]:
        terms = self._terms(reader, field)
        for at in range(terms.at_least(first), len(terms), 1024):
            yield from terms.slice(at, min(at + 1024, len(terms)))

    def term_info(self, fieldname: str, text: Any) -> TermInfo:
        """Return the numbers of a term."""
        lists = self._lists(fieldname, text)
        lengths = self._length_of(fieldname)[lists.ids] if lists.ids else [0]
        return TermInfo(
            weight=sum(lists.weights),
            df=len(lists.ids),
            minlength=int(min(lengths)),
            maxlength=int(max(lengths)),
            maxweight=max(lists.weights, default=0),
            minid=lists.ids[0] if lists.ids else None,
            maxid=lists.ids[-1] if lists.ids else 0,
        )

    def has_deletions(self) -> bool:
        """Whether a passage is deleted but still there."""
        return any(reader.live is not None for reader in self._snapshot.readers)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a passage is deleted."""
        if docnum >= self._snapshot.passages:  # Whoosh asks for 0 where there is none
            return True
        reader, number = self._snapshot.reader_of(docnum)
        return reader.live is not None and number not in reader.live

    def doc_count_all(self) -> int:
        """Return the number of passages, deleted ones included."""
        return self._snapshot.passages

    def doc_count(self) -> int:
        """Return the number of passages."""
        return self._snapshot.count(Level.PASSAGE)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the fields of a passage, with those of its article."""
        record, passage = self._snapshot.passage(docnum)
        return {
            field.name: _written(of(record if field.level is Level.ARTICLE else passage))
            for field, of in _STORED
        }

    def frequency(self, fieldname: str, text: Any) -> int:
        """Return how often a term stands in all passages."""
        return int(sum(self._lists(fieldname, text).weights)) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: Any) -> int:
        """Return in how many passages a term stands."""
        return len(self._lists(fieldname, text).ids) if (fieldname, text) in self else 0

    def field_length(self, fieldname: str) -> int:
        """Return the number of words of a field in all passages."""
        lengths = self._length_of(fieldname)
        return int(sum(lengths[list(self.all_doc_ids())]))

    def min_field_length(self, fieldname: str) -> int:
        """Return the number of words of the shortest passage, section or title."""
        return int(min(self._length_of(fieldname), default=0))

    def max_field_length(self, fieldname: str) -> int:
        """Return the number of words of the longest."""
        return int(max(self._length_of(fieldname), default=0))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of words of a field of a passage."""
        return int(self._length_of(fieldname)[docnum]) or default

    def postings(self, fieldname: str, text: Any, scorer: Any = None, **_: Any) -> Matcher:
        """Return the matcher of a term. Raises `TermNotFound`."""
        if (fieldname, text) not in self:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        lists = self._lists(fieldname, text)
        return _matcher(
            lists.ids,
            lists.weights,
            lists.positions,
            self.schema[fieldname].format,
            scorer,
            0,
            None,
            (fieldname, self._text_to_bytes(fieldname, text)),
        )

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether there is a term vector: there is none."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Matcher:
        """Return a term vector. Raises `KeyError`: there is none."""
        raise KeyError(f"no term vector of {fieldname} for passage {docnum}")

    def _terms(self, reader: SegmentReader, name: str) -> Any:
        return reader.field("text").words if name == _WORDS else reader.field(name).terms

    def _lists(self, name: str, text: Any) -> "_Lists":
        wanted = self._text_to_bytes(name, text)
        lists = _Lists()
        for reader in self._snapshot.readers:
            term = self._terms(reader, name).find(wanted)
            if term >= 0:
                lists.add(reader, name, term)
        return lists

    def _length_of(self, name: str) -> Array:
        if name not in self._lengths:
            parts = [np.zeros(0, np.int64)]
            source = "text" if name == _WORDS else name
            for reader in self._snapshot.readers:
                if FIELDS[source].analysed:
                    lengths = np.asarray(reader.field(source).lengths)
                    level = FIELDS[source].level
                    if level is not Level.PASSAGE:
                        lengths = np.repeat(lengths, np.diff(np.asarray(reader.firsts(level))))
                    parts.append(lengths)
                else:
                    parts.append(np.ones(reader.passages, np.int64))
            self._lengths[name] = np.concatenate(parts)
        return self._lengths[name]


def _written(value: Any) -> Any:
    """Return a property's value as Whoosh's documents have it: names a line each."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return value.value if isinstance(value, Role) else value


class _Lists:
    """A term's live passages, with how often and where it stands in each."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.weights: list[float] = []
        self.positions: list[list[int]] = []

    def add(self, reader: SegmentReader, name: str, term: int) -> None:
        """Add those of a segment."""
        level, form = FIELDS["text" if name == _WORDS else name].level, None
        field = reader.field("text" if name == _WORDS else name)
        if name == _WORDS:
            term, form = field.stems[term], field.form_of_word[term]
        units, places = _placed(field, term, form)
        for unit, positions in zip(units.tolist(), places, strict=True):
            passages = [unit, unit + 1]
            if level is not Level.PASSAGE:
                passages = reader.firsts(level)[unit : unit + 2].tolist()
            for passage in range(*passages):
                if reader.live is None or passage in reader.live:
                    self.ids.append(passage + reader.base)
                    self.weights.append(float(len(positions)))
                    self.positions.append(positions)


def _placed(field: PostingsReader, term: int, form: int | None) -> tuple[Array, list[list[int]]]:
    """Return a term's units and its positions in each; with a form only of that word.

    A whole value stands at 0.
    """
    lists = read(field, term, term + 1)
    if not field.analysed:
        return lists.docs, [[0]] * len(lists.docs)
    owner, positions = np.repeat(lists.docs, lists.freqs), lists.positions
    if form is not None:
        kept = lists.forms == form
        owner, positions = owner[kept], positions[kept]
    units, firsts = np.unique(owner, return_index=True)
    return units, [part.tolist() for part in np.split(positions, firsts[1:])] if len(units) else []


class _Matcher(ListMatcher):
    """A list of passages whose values are positions, decoded already."""

    def id(self) -> int:
        """Return the passage; beyond the end the last, for Whoosh's `AndNot` asks there too."""
        return int(self._ids[min(self._i, len(self._ids) - 1)])

    def supports(self, astype: str) -> bool:
        """Whether values can be had so."""
        return astype in ("positions", "frequency", "weight")

    def value_as(self, astype: str) -> Any:
        """Return where, or how often, the term stands in the passage."""
        positions = self._values[self._i]
        return positions if astype == "positions" else len(positions)

    def supports_block_quality(self) -> bool:
        """Whether lists can be skipped by their bounds: Whoosh is not asked to."""
        return False

    def spans(self) -> list[Span]:
        """Return the positions as Whoosh's spans."""
        return [Span(position) for position in self._values[self._i]]

    def copy(self) -> Matcher:
        """Return a matcher at the same place."""
        return _matcher(
            self._ids,
            self._weights,
            self._values,
            self._format,
            self._scorer,
            self._i,
            None,
            self._term,
        )


def _matcher(*values: Any) -> Matcher:
    *most, term = values
    made: Matcher = _Matcher(*most, term=term)  # type: ignore[no-untyped-call, misc]
    return made
