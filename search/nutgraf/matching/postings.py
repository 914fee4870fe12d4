"""The terms of a query in the segments of a snapshot, and what all of them say of a term."""

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from nutgraf.matching.documents import (
    NO_DOCUMENTS,
    FoundDocuments,
    ListDocuments,
    merged,
)
from nutgraf.matching.windows import Windows
from nutgraf.positions.leaf_positions import LeafPositions
from nutgraf.query.tree import MultiTerm
from nutgraf.scoring.bm25f import OPENING, idf, model
from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Bitmap, Numbers, room
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Role
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["SegmentPostings", "SegmentTerm", "SnapshotPostings"]

_COMPOUND = {"text": "compound", "title": "compound_title"}
_PACKED, _COUNTED = 0, 1  # kinds of terms: see `core.scoring.Terms`
_NO_RANGES = room("I", 0), room("d", 0)
_KEPT = 1 << 23  # titles and headings kept of the terms last asked for

Ranges = tuple[Numbers, Numbers]  # documents under titles or headings, and what a term has there


class SegmentTerm(NamedTuple):
    """A term in a segment.

    `row` begins its row in `core.scoring.Terms`: kind, where its postings begin, how many, and
    its blocks. `own` are its documents and frequencies where these had to be worked out. `ranges`
    are those of titles and of headings. `documents` are those that match: where it stands in the
    text, and the one that answers for a title with it.
    """

    row: tuple[int, int, int, int, int]
    own: tuple[Numbers, Numbers] | None
    ranges: tuple[Ranges, Ranges]
    documents: FoundDocuments | ListDocuments

    @property
    def weight(self) -> int:
        """How much is kept for it."""
        return (
            1 + sum(len(values) for _, values in self.ranges) + len(self.own[0] if self.own else ())
        )


class SegmentPostings:
    """The postings of one segment, with the statistics of the whole snapshot."""

    def __init__(self, reader: SegmentReader, postings: "SnapshotPostings") -> None:
        self.reader = reader
        self._postings = postings
        self.analyzer = postings.analyzer
        self.occurrences = LeafPositions(reader, postings.analyzer)
        self._numbers: Cache[tuple[str, str], int] = Cache(4096)
        self._masks: dict[frozenset[Role], Bitmap | None] = {}
        self._windows: Cache[int, Windows] = Cache(2)
        self._terms: Cache[tuple[str, bool], SegmentTerm] = Cache(_KEPT, lambda term: term.weight)

    def term(self, term: str, *, joined: bool = False) -> SegmentTerm:
        """Return a term; with `joined` it may be written in two parts with a hyphen between."""
        joined = joined and any(self.number(name, term) >= 0 for name in _COMPOUND.values())
        found = self._terms.get((term, joined))
        return found or self._terms.put((term, joined), self._term(term, joined=joined))

    def _term(self, term: str, *, joined: bool) -> SegmentTerm:
        text = self.reader.field("text")
        number = self.number("text", term)
        parts = self.joined("text", term) if joined else NO_DOCUMENTS
        titles = self._titles(term, self.joined("title", term) if joined else NO_DOCUMENTS)
        ranges = titles[1], self._ranges("heading", *self._units("heading", term))
        alone = self.answering(titles[0])
        if number >= 0 and not len(parts):
            doc_word, _, count, first_block, blocks = text.row(number)
            row = _PACKED, doc_word, count, first_block, blocks
            return SegmentTerm(row, None, ranges, ListDocuments(text, number, alone))
        docs, freqs = text.postings(number) if number >= 0 else (NO_DOCUMENTS, NO_DOCUMENTS)
        own = _with_more(docs, freqs, parts)
        documents = FoundDocuments(merged((own[0], alone)))
        return SegmentTerm((_COUNTED, 0, len(own[0]), 0, 0), own, ranges, documents)

    def joined(self, field: str, term: str) -> Numbers:
        """Return the texts or titles with a term written in two parts with a hyphen between."""
        return self._units(_COMPOUND[field], term)[0]

    def _titles(self, term: str, parts: Numbers) -> tuple[Numbers, Ranges]:
        """Return the titles with a term, once more in `parts`, and their ranges."""
        units, freqs = self._units("title", term)
        every, often = _with_more(units, freqs, parts)
        return every, self._ranges("title", every, often)

    def _units(self, field: str, term: str) -> tuple[Numbers, Numbers]:
        """Return the units of a field with a term, and how often it stands in each."""
        number = self.number(field, term)
        if number < 0:
            return NO_DOCUMENTS, NO_DOCUMENTS
        postings = self.reader.field(field)
        return (
            postings.postings(number)
            if postings.analysed
            else (postings.docs(number), NO_DOCUMENTS)
        )

    def _ranges(self, field: str, units: Numbers, freqs: Numbers) -> Ranges:
        """Return what a term has for the documents under the titles or headings it stands in."""
        if not len(units):
            return _NO_RANGES
        if freqs.format != "d":
            freqs = _with_more(units, freqs, NO_DOCUMENTS)[1]
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
        """Return the number of a term in a field, or -1; asked for more than once for a query."""
        number = self._numbers.get((field, term))
        if number is None:
            number = self.reader.field(field).terms.find(term.encode())
            self._numbers.put((field, term), number)
        return number

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
        return out[: core.scoring.answering(articles, firsts, openings, out)]

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
    found = core.scoring.with_more(docs, freqs, more, every, often)
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
        return self._doc_freq("text", term) or self._doc_freq("title", term)

    def _doc_freq(self, field: str, term: str) -> int:
        """Return how many live units of a field have a term."""
        found = 0
        for one in self.segments:
            number = one.number(field, term)
            postings, live = one.reader.field(field), one.reader.live_units(FIELDS[field].level)
            joined = one.joined(field, term)
            if len(joined) or (live is not None and number >= 0):
                units = Bitmap.of(postings.units, joined)
                if number >= 0:
                    postings.mark(number, units)
                if live is not None:
                    units &= live
                found += len(units)
            elif number >= 0:
                found += postings.count(number)
        return found

    def idf_of_any(self, leaf: MultiTerm) -> float:
        """Return the idf in the text of all together that a leaf stands for."""
        found = 0
        for segment in self.segments:
            documents = segment.occurrences.units("text", leaf)
            live = segment.reader.live
            found += len(documents if live is None else live.among(documents))
        return idf(found, self.snapshot.count(Level.PASSAGE))
