"""The terms of a query in the segments of a snapshot, and what all of them say of a term."""

from array import array
from collections.abc import Sequence
from functools import cached_property

from nutgraf.matching.documents import (
    NO_DOCUMENTS,
    FoundDocuments,
    ListDocuments,
    merged,
)
from nutgraf.matching.windows import Windows
from nutgraf.positions.leaf_positions import LeafPositions
from nutgraf.query.tree import MultiTerm
from nutgraf.scoring.bm25f import OPENING, OTHER_FIELDS, idf, model
from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Bitmap, Numbers, room, uints
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Role
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["SegmentPostings", "SegmentTerm", "SnapshotPostings"]

_COMPOUND = {"text": "compound", "title": "compound_title"}
_PACKED, _COUNTED = 0, 1  # kinds of terms: see `core.scoring.Terms`
_NO_POSTINGS = NO_DOCUMENTS, NO_DOCUMENTS
_NO_RANGES = room("I", 0), room("d", 0)
_KEPT = 1 << 23  # titles and headings kept of the terms last asked for

Row = tuple[int, int, int, int, int]  # of a list: see `PostingsReader.row`
Ranges = tuple[Numbers, Numbers]  # documents under titles or headings, and what a term has there


class SegmentTerm:
    """A term in a segment.

    With `joined` it may be written in two parts with a hyphen between.
    """

    __slots__ = ("_ranges", "_segment", "documents", "number", "own", "row", "titles")

    def __init__(self, segment: "SegmentPostings", term: str, *, joined: bool) -> None:
        self._segment = segment
        self._ranges: tuple[Ranges, Ranges] | None = None
        #: Its number in the term dictionary of texts, or -1.
        self.number = number = segment.number("text", term)
        parts = segment.joined("text", term) if joined else NO_DOCUMENTS
        #: The titles and headings that it stands in, and how often.
        self.titles = {field: segment.postings(field, term) for field in OTHER_FIELDS}
        if joined and len(titled := segment.joined("title", term)):
            every, often = _with_more(*self.titles["title"], titled)
            self.titles["title"] = every, uints(map(int, often))
        alone = segment.answering(self.titles["title"][0])
        #: What begins its row in `core.scoring.Terms`: kind, where its postings begin, how many
        #: these are, and its blocks.
        self.row: Row
        #: Its documents, and how often it stands in each, where these had to be worked out.
        self.own: tuple[Numbers, Numbers] | None = None
        #: The documents that match: where it stands in the text, and those that answer for titles.
        self.documents: FoundDocuments | ListDocuments
        text = segment.reader.field("text")
        if number >= 0 and not len(parts):
            self.row = _PACKED, *text.doc_row(number)
            self.documents = ListDocuments(text, number, alone)
        else:
            self.own = _with_more(*segment.postings("text", term), parts)
            self.row = _COUNTED, 0, len(self.own[0]), 0, 0
            self.documents = FoundDocuments(merged((self.own[0], alone)))

    def texts(self) -> Numbers:
        """Return the passages in whose texts it stands."""
        if self.own is not None:
            return self.own[0]
        return self._segment.reader.field("text").docs(self.number)

    @property
    def count(self) -> int:
        """In how many texts it stands, deleted ones included."""
        return self.row[2]

    @property
    def ranges(self) -> tuple[Ranges, Ranges]:
        """The passages under titles, and under headings, with what it has there."""
        if self._ranges is None:
            title, heading = (
                self._segment.ranges(field, *self.titles[field]) for field in OTHER_FIELDS
            )
            self._ranges = title, heading
        return self._ranges

    @property
    def weight(self) -> int:
        """How many titles and headings are kept for it, and texts where it was worked out."""
        own = 0 if self.own is None else len(self.own[0])
        return 1 + own + sum(len(units) for units, _ in self.titles.values())


class SegmentPostings:
    """The postings of one segment, with the statistics of the whole snapshot."""

    def __init__(self, reader: SegmentReader, postings: "SnapshotPostings") -> None:
        self.reader = reader
        self._postings = postings
        self.analyzer = postings.analyzer
        self.occurrences = LeafPositions(reader, postings.analyzer)
        self._masks: dict[frozenset[Role], Bitmap | None] = {}
        self._windows: Cache[int, Windows] = Cache(2)
        self._terms: Cache[tuple[str, bool], SegmentTerm] = Cache(_KEPT, lambda term: term.weight)

    def term(self, term: str, *, joined: bool = False) -> SegmentTerm:
        """Return a term; with `joined` it may be written in two parts with a hyphen between."""
        found = self._terms.get((term, joined))
        if found is None:
            if joined and max(self.number(name, term) for name in _COMPOUND.values()) < 0:
                found = self.term(term)
            else:
                found = SegmentTerm(self, term, joined=joined)
            self._terms.put((term, joined), found)
        return found

    def row(self, field: str, term: str) -> "Row | None":
        """Return the row of a term's postings list in a field; None if the field lacks the term.

        See `PostingsReader.row`.
        """
        known = self._terms.get((term, True)) or self.term(term)
        if field == "text":
            number = known.number
        else:
            number = self.number(field, term) if len(known.titles[field][0]) else -1
        return self.reader.field(field).row(number) if number >= 0 else None

    def joined(self, field: str, term: str) -> Numbers:
        """Return the texts or titles with a term written in two parts with a hyphen between."""
        number = self.number(_COMPOUND[field], term)
        return NO_DOCUMENTS if number < 0 else self.reader.field(_COMPOUND[field]).docs(number)

    def postings(self, field: str, term: str) -> tuple[Numbers, Numbers]:
        """Return the units of a field with a term, and how often it stands in each."""
        number = self.number(field, term)
        return _NO_POSTINGS if number < 0 else self.reader.field(field).postings(number)

    def ranges(self, field: str, units: Numbers, freqs: Numbers) -> Ranges:
        """Return what a term has for the documents under the titles or headings it stands in."""
        if not len(units):
            return _NO_RANGES
        titled = field == "title"
        most = len(units) * (3 if titled else 1)
        spans, values = room("I", 2 * most), room("d", most)
        found = core.scoring.title_ranges(
            units,
            freqs,
            self.reader.field(field).lengths,
            self._postings.model(field),
            OPENING,
            self.reader.firsts(FIELDS[field].level),
            self.reader.openings if titled else NO_DOCUMENTS,
            spans,
            values,
        )
        return spans[: 2 * found], values[:found]

    @cached_property
    def text(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """What scores of terms are worked out from: see `ScoredTerms`."""
        text = self.reader.field("text")
        return text.doc_words, text.block_rows, text.lengths, self._postings.model("text")

    @cached_property
    def lengths(self) -> Numbers:
        """How many words each passage's text has."""
        return self.reader.field("text").lengths

    @cached_property
    def rank(self) -> Numbers:
        """The place of each article in the order of ids; empty if it is that of the articles."""
        rank = self.reader.rank
        in_order = rank == memoryview(array("I", range(len(rank))))
        return NO_DOCUMENTS if in_order else rank

    @cached_property
    def by_id(self) -> Numbers:
        """The articles in the order of ids; empty if they are in it."""
        articles = room("I", len(self.rank))
        for article, place in enumerate(self.rank):
            articles[place] = article
        return articles

    def idf(self, term: str) -> float:
        """Return the idf of a term in all segments."""
        return self._postings.idf(term)

    def number(self, field: str, term: str) -> int:
        """Return the number of a term in a field, or -1."""
        return self.reader.field(field).terms.find(term.encode())

    def phrase(self, field: str, terms: Sequence[str]) -> Numbers:
        """Return the units of a field where terms stand in a row."""
        numbers = [self.number(field, term) for term in terms]
        if min(numbers) < 0:
            return NO_DOCUMENTS
        if len(numbers) == 1:
            return self.reader.field(field).docs(numbers[0])
        return self.occurrences.phrase(field, numbers)

    def answering(self, articles: Numbers) -> Numbers:
        """Return the passages that answer for the titles of some articles."""
        if not len(articles):
            return articles
        out = room("I", len(articles))
        firsts, openings = self.reader.firsts(Level.ARTICLE), self.reader.openings
        return out[: core.scoring.opening_docs(articles, firsts, openings, out)]

    def is_opening(self, document: int) -> bool:
        """Whether a passage answers for its article's title."""
        article = self.reader.unit_at(Level.ARTICLE, document)
        number = self.reader.openings[article]
        return bool(number) and self.reader.firsts(Level.ARTICLE)[article] + number - 1 == document

    def windows(self, size: int) -> Windows:
        """Return the stretches of some neighbouring passages; the sizes last asked for are kept."""
        windows = self._windows.get(size)
        if windows is None:
            windows = self._windows.put(size, Windows(self.reader.firsts(Level.ARTICLE), size))
        return windows

    def visible(self, hidden: frozenset[Role]) -> Bitmap | None:
        """Return the live passages of other roles; None if that is all there are."""
        if hidden not in self._masks:
            live = self.reader.live
            mask = Bitmap.full(self.reader.passages) if live is None else live.copy()
            roles = self.reader.field("role")
            for role in hidden:
                number = roles.terms.find(role.value.encode())
                if number >= 0:
                    mask -= Bitmap.of(self.reader.passages, roles.docs(number))
            self._masks[hidden] = None if len(mask) == self.reader.passages else mask
        return self._masks[hidden]


def _with_more(docs: Numbers, freqs: Numbers, more: Numbers) -> tuple[Numbers, Numbers]:
    """Return where a term stands and how often, if in some documents it stands once more."""
    size = len(docs) + len(more)
    every, often = room("I", size), room("d", size)
    found = core.scoring.add_occurrences(docs, freqs, more, every, often)
    return every[:found], often[:found]


class SnapshotPostings:
    """A snapshot's segments for searching, and what all of them together say of a term."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.analyzer = snapshot.analyzer
        self.segments = [SegmentPostings(reader, self) for reader in snapshot.readers]
        self._idfs: dict[str, float] = {}
        self._models: dict[str, Numbers] = {}

    def model(self, field: str) -> Numbers:
        """Return the constants by which frequencies in a field are weighed."""
        if field not in self._models:
            self._models[field] = model(field, self.snapshot.average_length(field))
        return self._models[field]

    def idf(self, term: str) -> float:
        """Return the idf of a term: by the texts it stands in, or else by the titles."""
        if term not in self._idfs:
            self._idfs[term] = idf(self.doc_freq(term), self.snapshot.count(Level.PASSAGE))
        return self._idfs[term]

    def doc_freq(self, term: str) -> int:
        """Return in how many texts a term stands, as one or in two parts with a hyphen between.

        In how many titles, if it is in no text.
        """
        texts = titles = 0
        for segment in self.segments:
            found, reader = segment.term(term, joined=True), segment.reader
            titled = found.titles["title"][0]
            if reader.live is None:
                texts += found.count
                titles += len(titled)
            else:
                texts += len(reader.live.among(found.texts()))
                live = reader.live_units(Level.ARTICLE)
                titles += len(titled if live is None else live.among(titled))
        return texts or titles

    def idf_of_any(self, leaf: MultiTerm) -> float:
        """Return the idf in the text of all together that a leaf stands for."""
        found = 0
        for segment in self.segments:
            documents = segment.occurrences.units("text", leaf)
            live = segment.reader.live
            found += len(documents if live is None else live.among(documents))
        return idf(found, self.snapshot.count(Level.PASSAGE))
