"""The postings of query terms in each segment of a snapshot, with statistics over its language."""

import copy
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from nutgraf.matching.doc_id_sets import (
    NO_DOC_IDS,
    NO_POSTINGS,
    ArrayDocIdSet,
    PostingsDocIdSet,
    union,
)
from nutgraf.matching.shared_lines import SharedLines, shared_lines
from nutgraf.query.tree import Leaf, Words, Written
from nutgraf.scoring.bm25f import (
    PART_OF_COMPOUND,
    TITLE_LIFT,
    collection_size,
    idf,
    model,
)
from nutgraf_index import core
from nutgraf_index.analysis.query_analyzer import part_of, term_in
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, uints, zeros
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.segment.postings_reader import PostingsList
from nutgraf_index.segment.term_dictionary import TermDictionaries, encoded
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

if TYPE_CHECKING:  # imported on first use: a query of words needs no positions to match
    from nutgraf.matching.scope import Windows
    from nutgraf.positions.compounding import Compounds
    from nutgraf.positions.leaf_positions import LeafPositions

__all__ = [
    "LanguageStatistics",
    "Ranges",
    "SegmentPostings",
    "SegmentTerm",
    "SnapshotPostings",
    "weight_of",
]

_COMPOUND_FIELDS = {"text": "compound", "title": "compound_title"}
_NOT_THERE = NO_DOC_IDS, NO_DOC_IDS
_CACHED_POSTINGS = 1 << 22  # of the terms used last, and of those with compounds, in memory
_LEAST_CACHED = 1 << 16  # of a segment, however few of the passages it has
_OF_TERM = 256  # postings, of 12 bytes each, that take as much memory as a term without any
_CACHED_NAMES = 64  # of articles
_CACHED_LEARNT = 4096  # words

Row = tuple[int, int, int, int, int]  # of a postings list: see `PostingsReader.row`
Postings = tuple[Numbers, Numbers]  # ascending doc ids, and a freq for each
Ranges = tuple[Numbers, Numbers]  # of passages, and a value for each: see `SegmentPostings.ranges`


class TermNumbers(NamedTuple):
    """The numbers of a term in the term dictionaries of a segment; -1 where it is not."""

    text: int
    title: int
    heading: int
    compound: int
    compound_title: int


class SegmentTerm:
    """A term in a segment; see `SegmentPostings.term`.

    Args:
        numbers: its numbers in the term dictionaries
        further: for text and title, its further postings; see `SegmentPostings.further`
    """

    __slots__ = (
        "_counted",
        "count",
        "doc_ids",
        "is_in_compounds",
        "numbers",
        "postings",
        "scoring",
        "size",
        "titles",
    )

    def __init__(
        self, segment: "SegmentPostings", numbers: TermNumbers, further: Mapping[str, Postings]
    ) -> None:
        self.numbers = numbers
        #: Whether a word of the term is written as a compound somewhere: "e-mail" for "email".
        self.is_in_compounds = numbers.compound >= 0 or numbers.compound_title >= 0
        #: The articles that have the term in their titles, and its freqs.
        self.titles = segment.postings_of("title", numbers.title)
        if "title" in further:
            articles, freqs = _with_more(*self.titles, *further["title"])
            self.titles = articles, uints(map(int, freqs))
        of_title = of_heading = None
        openings = NO_DOC_IDS
        if len(self.titles[0]):
            of_title = segment.ranges("title", *self.titles)
            openings = segment.answering(self.titles[0])
        if numbers.heading >= 0:
            of_heading = segment.ranges("heading", *segment.postings_of("heading", numbers.heading))
        #: Its postings list in texts; None if no text has it.
        self.postings: PostingsList | None = None
        if numbers.text >= 0:
            self.postings = PostingsList(segment.reader.field("text"), numbers.text)
        #: The passages that match: passages with the term in their texts, and opening passages of
        #: articles with the term in their titles.
        self.doc_ids: ArrayDocIdSet | PostingsDocIdSet
        #: The number of its postings and ranges in memory.
        self.size = sum([len(one[1]) for one in (self.titles, of_title, of_heading) if one])
        self._counted: Postings | None = None  # its postings, if they differ from the list
        row = core.scoring.COUNTED, 0, 0, 0, 0
        if self.postings is not None and "text" not in further:
            row = core.scoring.PACKED, *self.postings.doc_row
            self.doc_ids = PostingsDocIdSet(self.postings, openings)
            #: The number of passages that have the term in their texts, deleted ones included.
            self.count = self.postings.doc_freq
        else:
            more = further.get("text", NO_POSTINGS)
            self._counted = _with_more(*segment.postings_of("text", numbers.text), *more)
            self.doc_ids = ArrayDocIdSet(union((self._counted[0], openings)))
            self.count = len(self._counted[0])
            self.size += self.count
        #: Its postings list, and its titles and headings, for `ScoredTerms`.
        self.scoring = core.scoring.TermPostings(*row, self._counted, of_title, of_heading)

    def text_doc_ids(self) -> Numbers:
        """Return the passages that have the term in their texts."""
        if self._counted is not None:
            return self._counted[0]
        assert self.postings is not None  # else its postings are counted
        return self.postings.doc_ids()

    def text_postings(self) -> Postings:
        """Return the passages that have the term in their texts, and its freqs of 8 bytes each."""
        if self._counted is not None:
            return self._counted
        assert self.postings is not None
        return _with_more(*self.postings.postings(), *NO_POSTINGS)


class _Sized(Protocol):
    @property
    def size(self) -> int: ...


def weight_of(term: _Sized) -> int:
    """Return the weight of a term in a cache: the number of postings that take as much memory."""
    return _OF_TERM + term.size


class SegmentPostings:
    """The postings of one segment.

    Attributes:
        analyzer: the analyser of the segment's language, for its texts and for queries.
        statistics: those of the segment's language in the whole snapshot.
    """

    def __init__(
        self,
        reader: SegmentReader,
        postings: "SnapshotPostings",
        statistics: "LanguageStatistics",
    ) -> None:
        self.reader = reader
        self._postings = postings
        self.snapshot = postings.snapshot
        self.analyzer = reader.analyzer
        self.statistics = statistics
        self._part = part_of(self.analyzer, postings.analyzer)
        self._visible: dict[frozenset[Role], Bitmap | None] = {}
        self._windows: Cache[int, Windows] = Cache(2)
        self._titles: dict[str, core.scoring.Titles] = {}
        # Of the memory for all segments, each has a share by its passages: many small segments
        # would else take as much as many large ones, for words that hardly any of them has.
        passages = sum(one.passages for one in postings.snapshot.readers)
        share = reader.passages / passages if passages else 1
        cached = max(int(share * _CACHED_POSTINGS), _LEAST_CACHED)
        self._terms: Cache[str, SegmentTerm] = Cache(cached, weight_of)
        self._joined_terms: Cache[str, SegmentTerm] = Cache(cached, weight_of)

    def term(self, term: str, *, joined: bool = False) -> SegmentTerm:
        """Return a term of the segment, cached.

        Args:
            joined: whether the term is also found where its word is a compound ("e-mail" for
                "email", "d'Ivoire" for "ivoire"; see `analysis.compounds`) or a part of a compound
                ("Dampfschiff" for "Schiff"; see `positions.compounding`)
        """
        alone = self._terms.get(term)
        if alone is None:
            # Of a query term for several languages, the part for the segment's is looked up.
            numbers = TermNumbers._make(self._dictionaries.find(self.own(term).encode()))
            alone = self._terms.put(term, SegmentTerm(self, numbers, {}))
        if not joined or (self.statistics.compounds is None and not alone.is_in_compounds):
            return alone
        return self._joined_terms.get(term) or self._joined_terms.put(
            term, self._joined(alone, term)
        )

    @cached_property
    def _dictionaries(self) -> TermDictionaries:
        fields = [self.reader.field(field) for field in TermNumbers._fields]
        return TermDictionaries(self.reader.file, [field.terms for field in fields])

    def _joined(self, alone: SegmentTerm, term: str) -> SegmentTerm:
        """Return a term with its further postings, if it has any; see `further`."""
        further = {field: self.further(field, term) for field in _COMPOUND_FIELDS}
        further = {field: postings for field, postings in further.items() if len(postings[0])}
        return SegmentTerm(self, alone.numbers, further) if further else alone

    @cached_property
    def positions(self) -> "LeafPositions":
        """Finds the documents that phrases, patterns and NEAR match."""
        from nutgraf.positions.leaf_positions import LeafPositions

        return LeafPositions(self.reader, self.analyzer)

    @property
    def part(self) -> Snapshot:
        """The snapshot of the index that has the segment."""
        return self._postings.snapshot.part_of(self.reader)

    def row(self, field: str, term: SegmentTerm) -> Row | None:
        """Return the row of a term's postings list in a field; None if the field lacks the term.

        See `PostingsReader.row`.
        """
        if field == "text":
            return None if term.postings is None else term.postings.row
        number: int = getattr(term.numbers, field)
        return self.reader.field(field).row(number) if number >= 0 else None

    def further(self, field: str, term: str) -> Postings:
        """Return the doc ids of a field with a term in compounds, and what they add to its freq.

        The word of the term is a compound there, or a part of one; see `term`.
        """
        compound = _COMPOUND_FIELDS[field]
        number: int = getattr(self.term(term).numbers, compound)
        wholes = NO_DOC_IDS if number < 0 else self.reader.field(compound).doc_ids(number)
        parts, share = self._with_part(field, term), PART_OF_COMPOUND if field == "text" else 1.0
        if not (len(wholes) and len(parts)):
            doc_ids, freq = (parts, share) if len(parts) else (wholes, 1.0)
            return doc_ids, memoryview(array("d", [freq]) * len(doc_ids))
        of_wholes, of_parts = frozenset(wholes), frozenset(parts)
        doc_ids = union((wholes, parts))
        freqs = ((doc_id in of_wholes) + share * (doc_id in of_parts) for doc_id in doc_ids)
        return doc_ids, memoryview(array("d", freqs))

    def _with_part(self, field: str, term: str) -> Numbers:
        """Return the doc ids of a field that have a compound with a term as a part."""
        if (compounds := self.statistics.compounds) is None:
            return NO_DOC_IDS
        dictionary = self.positions.dictionary(field)
        return compounds.doc_ids(self.reader.field(field), dictionary, self.own(term))

    def compounds_of(self, term: str) -> frozenset[str]:
        """Return the folded words of texts and titles that are compounds with a term as a part."""
        if (compounds := self.statistics.compounds) is None:
            return frozenset()
        own, dictionary = self.own(term), self.positions.dictionary
        words = (
            compounds.words(self.reader.field(field), dictionary(field), own)
            for field in _COMPOUND_FIELDS
        )
        return frozenset().union(*words)

    def postings(self, field: str, term: str) -> Postings:
        """Return the postings of a term in a text, title or heading; see `postings_of`."""
        return self.postings_of(field, getattr(self.term(term).numbers, field))

    def postings_of(self, field: str, number: int) -> Postings:
        """Return the postings of a term in a field, those in headings that are shared lines too.

        Args:
            number: that of the term in the field's dictionary, or -1
        """
        return self.reader.field(field).postings(number) if number >= 0 else _NOT_THERE

    @property
    def shared_lines(self) -> SharedLines | None:
        """The shared lines of the segment; None if it has none."""
        return self._postings.shared_lines[self]

    @property
    def headed_sections(self) -> Bitmap | None:
        """The sections whose heading is no shared line; None for all."""
        shared = self.shared_lines
        return None if shared is None else shared.headed

    def has_shared_heading(self, doc_id: int) -> bool:
        """Return whether the heading of a passage is a shared line."""
        headed = self.headed_sections
        return headed is not None and self.reader.doc_at(Level.SECTION, doc_id) not in headed

    def headed(self, field: str, doc_ids: Numbers) -> Numbers:
        """Return the documents of a field without the sections whose heading is a shared line."""
        if field != "heading" or (headed := self.headed_sections) is None:
            return doc_ids
        return headed.among(doc_ids)

    @property
    def openings(self) -> Numbers:
        """For each article, the number of its opening, as in `SegmentReader.openings`.

        A shared line that is hidden is no opening: the next passage of the story is.
        """
        shared = self.shared_lines
        return self.reader.openings if shared is None else shared.openings

    def ranges(self, field: str, doc_ids: Numbers, freqs: Numbers) -> Ranges:
        """Return the ranges of passages under titles or headings with a term, and their values.

        Shared lines are no headings.

        Args:
            field: "title" or "heading"
            doc_ids, freqs: the term's postings in the field

        Returns:
            two numbers for each range, `[start, stop)`, ascending; and one value for each range,
            which is added to the term's freq / length norm in the text. See
            `core.scoring.title_ranges`.
        """
        if field not in self._titles:
            self._titles[field] = self._titles_of(field)
        return core.scoring.title_ranges(self._titles[field], doc_ids, freqs)

    def _titles_of(self, field: str) -> core.scoring.Titles:
        """Return the titles or headings of the segment, for the core."""
        openings, headed = NO_DOC_IDS, NO_BITS
        if field == "title":
            openings = self.openings
        elif self.headed_sections is not None:
            headed = self.headed_sections.words
        return core.scoring.Titles(
            self.reader.field(field).lengths,
            self.statistics.model(field),
            TITLE_LIFT,
            self.reader.first_passages(FIELDS[field].level),
            openings,
            headed,
        )

    @cached_property
    def texts(self) -> core.scoring.Texts:
        """The texts of the passages, and their scoring model, for `ScoredTerms`."""
        text = self.reader.field("text")
        return core.scoring.Texts(
            text.doc_words,
            text.block_rows,
            text.lengths,
            text.short_lengths,
            self.statistics.model("text"),
            self.reader.first_passages(Level.ARTICLE),
            self.rank,
        )

    @cached_property
    def lengths(self) -> Numbers:
        """The length of each passage's text, in words."""
        return self.reader.field("text").lengths

    @cached_property
    def rank(self) -> Numbers:
        """The rank of each article by id; empty if articles are stored in the order of ids."""
        rank = self.reader.id_ranks
        return NO_DOC_IDS if core.bitmaps.ascend(rank, 1) else rank

    @cached_property
    def by_id(self) -> Numbers:
        """The articles in the order of ids; empty if they are stored in this order."""
        articles = zeros("I", len(self.rank))
        core.bitmaps.inverse(self.rank, articles)
        return articles

    def number(self, field: str, term: str) -> int:
        """Return the number of a term in the term dictionary of a field, or -1.

        Of a query term for several languages, the part for the segment's language is looked up.
        """
        return self.reader.field(field).terms.find(self.own(term).encode())

    def phrase(self, field: str, text: str) -> Numbers:
        """Return the doc ids of a field that have the words of a text as a phrase."""
        asked = self.analyzer.asked(text)
        if asked.sole_term is not None:
            return self.in_a_row(field, [asked.sole_term])
        if not asked.row:
            return NO_DOC_IDS
        return self.headed(field, self.positions.doc_ids(field, Words(text, quoted=True)))

    def in_a_row(self, field: str, terms: Sequence[str]) -> Numbers:
        """Return the doc ids of a field that have terms at consecutive positions."""
        numbers = [self.number(field, term) for term in terms]
        if min(numbers) < 0:
            return NO_DOC_IDS
        if len(numbers) == 1:
            return self.headed(field, self.reader.field(field).doc_ids(numbers[0]))
        return self.headed(field, self.positions.phrase(field, numbers, range(len(numbers))))

    def docs_of_word(self, field: str, word: str) -> Numbers:
        """Return the doc ids of a field that have a folded word, whatever its term."""
        postings = self.reader.field(field)
        numbers = postings.words.all_of(encoded(word))
        lists = [postings.docs_of_word(number) for number in numbers]
        return union(lists) if lists else NO_DOC_IDS

    def first_cited(self, doc_ids: Numbers, most: int) -> Numbers:
        """Return the first `most` of ascending passages by citation."""
        first, seen = zeros("I", min(most, len(doc_ids))), Bitmap(self.reader.passages).words
        firsts = self.reader.first_passages(Level.ARTICLE)
        count = core.scoring.first_cited(
            doc_ids, NO_BITS, firsts, self.by_id, NO_DOC_IDS, seen, first
        )
        return first[:count]

    def own(self, term: str) -> str:
        """Return the part of a query term for the segment's language."""
        return term_in(term, self._part)

    def articles_named(self, name: str) -> Numbers:
        """Return the numbers of the articles of this segment that a name denotes."""
        found = self._postings.articles_named(name)
        return uints(sorted(number for reader, number in found if reader is self.reader))

    def answering(self, articles: Numbers) -> Numbers:
        """Return the opening passages of articles: the passages that represent their titles."""
        if not len(articles):
            return articles
        out = zeros("I", len(articles))
        firsts, openings = self.reader.first_passages(Level.ARTICLE), self.openings
        return out[: core.scoring.opening_docs(articles, firsts, openings, out)]

    def is_opening(self, doc_id: int) -> bool:
        """Return whether a passage is the opening passage of its article."""
        return self.title_of(doc_id)[1]

    def title_of(self, doc_id: int) -> tuple[int, bool]:
        """Return the print of the title of a passage's article, and whether it represents it."""
        reader = self.reader
        article = reader.doc_at(Level.ARTICLE, doc_id)
        number, first = self.openings[article], reader.first_passages(Level.ARTICLE)[article]
        return reader.title_prints[article], bool(number) and first + number - 1 == doc_id

    def of_one_title(self, doc_ids: Sequence[int], title: int, *, is_opening: bool) -> list[int]:
        """Return the passages that may be near-duplicates of one with this `title_of`.

        If either of two passages represents its title, the titles must have the same words.
        """
        out = zeros("I", len(doc_ids))
        firsts, prints = self.reader.first_passages(Level.ARTICLE), self.reader.title_prints
        count = core.scoring.of_one_title(
            uints(doc_ids), firsts, self.openings, prints, title, is_opening, out
        )
        return out[:count].tolist()

    def windows(self, size: int) -> "Windows":
        """Return the windows of `size` passages; the two sizes used last are cached."""
        windows = self._windows.get(size)
        if windows is None:
            from nutgraf.matching.scope import Windows

            windows = self._windows.put(
                size, Windows(self.reader.first_passages(Level.ARTICLE), size)
            )
        return windows

    def visible(self, named: frozenset[Role] = frozenset()) -> Bitmap | None:
        """Return the passages that are not deleted and not hidden; None for all.

        A passage is hidden by its role or as a shared line, unless its role is among the `named`.
        """
        if named not in self._visible:
            live, shared = self.reader.live, self.shared_lines
            visible = Bitmap.full(self.reader.passages) if live is None else live.copy()
            for role in HIDDEN_ROLES - named:
                visible -= self._with_role(role)
            if shared is not None:
                hidden = shared.hidden.copy()
                for role in named:
                    hidden -= self._with_role(role)
                visible -= hidden
            self._visible[named] = None if len(visible) == self.reader.passages else visible
        return self._visible[named]

    def visible_among(self, doc_ids: Numbers, field: str = "text") -> Numbers:
        """Return which of a field's documents, ascending, are live; and passages, `visible` too."""
        if field != "text":
            return self.reader.live_among(FIELDS[field].level, doc_ids)
        visible = self.visible()
        return doc_ids if visible is None else visible.among(doc_ids)

    @property
    def hiding_roles(self) -> Iterator[Role]:
        """The roles of which shared lines are hidden."""
        shared = self.shared_lines
        if shared is not None and len(shared.hidden):
            for role in Role:
                lines = self._with_role(role)
                lines &= shared.hidden
                if len(lines):
                    yield role

    def _with_role(self, role: Role) -> Bitmap:
        """Return the passages of a role, deleted ones included."""
        roles = self.reader.field("role")
        number = roles.terms.find(role.value.encode())
        doc_ids = roles.doc_ids(number) if number >= 0 else NO_DOC_IDS
        return Bitmap.of(self.reader.passages, doc_ids)


def _with_more(
    doc_ids: Numbers, freqs: Numbers, more: Numbers, more_freqs: Numbers
) -> tuple[Numbers, Numbers]:
    """Return postings with the freq of each document of `more` raised."""
    size = len(doc_ids) + len(more)
    all_doc_ids, all_freqs = zeros("I", size), zeros("d", size)
    count = core.scoring.add_occurrences(doc_ids, freqs, more, more_freqs, all_doc_ids, all_freqs)
    return all_doc_ids[:count], all_freqs[:count]


class LanguageStatistics:
    """The statistics of one language: over all of its segments in the snapshot."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self._snapshot = snapshot
        self._language = language
        self._segments: list[SegmentPostings] = []
        self._doc_freqs: dict[str, int] = {}
        self._idfs: dict[str, float] = {}
        self._leaf_doc_freqs: dict[Leaf, int] = {}
        self._models: dict[str, Numbers] = {}

    def add(self, segment: SegmentPostings) -> None:
        """Add a segment of the language."""
        self._segments.append(segment)

    @cached_property
    def compounds(self) -> "Compounds | None":
        """The compounds of the language; None for a language without compounds."""
        analyzer = self._segments[0].analyzer
        rules = analyzer.language.compounding
        if rules is None:
            return None
        from nutgraf.positions.compounding import Compounds

        def stands(term: str) -> bool:
            return self._count_of(encoded(term)) >= rules.fewest

        return Compounds(rules, analyzer, stands)

    def _count_of(self, term: bytes) -> int:
        """Return the number of live passages that have a term in their texts as a word."""
        readers = [segment.reader for segment in self._segments]
        return sum(
            reader.live_doc_freq(reader.field("text").terms.find(term)) for reader in readers
        )

    @cached_property
    def passages(self) -> int:
        """The N of the idf, see `bm25f.collection_size`."""
        own = sum(one.reader.live_count(Level.PASSAGE) for one in self._segments)
        return collection_size(own, self._snapshot.count(Level.PASSAGE))

    def model(self, field: str) -> Numbers:
        """Return the constants of BM25F for a field; see `bm25f.model`."""
        if field not in self._models:
            self._models[field] = model(self.average_length(field))
        return self._models[field]

    def average_length(self, field: str) -> float:
        """Return the average length of a field, in words, without headings that are shared lines.

        See `Snapshot.average_length`.
        """
        if field != "heading" or all(one.headed_sections is None for one in self._segments):
            return self._snapshot.average_length(field, self._language)
        words = squares = 0
        for segment in self._segments:
            live, headed = segment.reader.live_docs(Level.SECTION), segment.headed_sections
            counted = Bitmap.full(segment.reader.counts[Level.SECTION])
            for sections in (live, headed):
                if sections is not None:
                    counted &= sections
            tally = core.bitmaps.tally(counted.words, segment.reader.field(field).lengths)
            words, squares = words + tally[0], squares + tally[1]
        return squares / words if words else 1.0

    def idf(self, term: str) -> float:
        """Return the idf of a term; see `doc_freq`."""
        if term not in self._idfs:
            self._idfs[term] = idf(self.doc_freq(term), self.passages)
        return self._idfs[term]

    def doc_freq(self, term: str) -> int:
        """Return the number of passages with a term in their texts, in compounds too.

        If no text has the term, return the number of titles with it.
        """
        doc_freq = self._doc_freqs.get(term)
        if doc_freq is None:
            texts, titles = self.counts(term)
            doc_freq = self._doc_freqs[term] = texts or titles
        return doc_freq

    def counts(self, term: str) -> tuple[int, int]:
        """Return the numbers of live passages and of live articles with a term, in compounds too.

        The passages have the term in their texts, the articles in their titles.
        """
        texts = titles = 0
        for segment in self._segments:
            segment_term, reader = segment.term(term, joined=True), segment.reader
            live = reader.live
            texts += (
                segment_term.count if live is None else len(live.among(segment_term.text_doc_ids()))
            )
            titles += len(reader.live_among(Level.ARTICLE, segment_term.titles[0]))
        return texts, titles

    def idf_of_any(self, leaf: Leaf) -> float:
        """Return the idf of a leaf, as if all words that match the leaf were one term."""
        return idf(self.leaf_doc_freq(leaf), self.passages)

    def leaf_doc_freq(self, leaf: Leaf) -> int:
        """Return the number of passages whose texts a leaf matches.

        If the stored text decides where the leaf matches, and no text does, return the number of
        titles that it matches.
        """
        if leaf not in self._leaf_doc_freqs:
            doc_freq = self._matching(leaf, "text")
            if not doc_freq and isinstance(leaf, Written):
                doc_freq = self._matching(leaf, "title")
            self._leaf_doc_freqs[leaf] = doc_freq
        return self._leaf_doc_freqs[leaf]

    def _matching(self, leaf: Leaf, field: str) -> int:
        """Return the number of live documents of a field that a leaf matches."""
        count = 0
        for segment in self._segments:
            doc_ids = segment.positions.doc_ids(field, leaf)
            count += len(segment.reader.live_among(FIELDS[field].level, doc_ids))
        return count

    def term_idfs(self, leaf: Leaf, terms: Sequence[str]) -> list[float]:
        """Return the idf of each term of a leaf that is not a pattern or fuzzy word.

        A word as written or with a sign weighs by the passages that have it so. The idfs of several
        such words are raised so that their sum is the idf of the leaf, if they have a smaller sum.
        """
        idfs = [*map(self.idf, terms)]
        if isinstance(leaf, Written) and (total := sum(idfs)):
            whole = self.idf_of_any(leaf)
            if len(idfs) == 1:
                return [whole]
            if whole > total:
                return [one * whole / total for one in idfs]
        return idfs


class SnapshotPostings:
    """The postings of all segments of a snapshot, and the statistics of each language.

    `analyzer` is that of the query, see `asked_in`.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.analyzer = snapshot.analyzer
        #: The code of the language whose passages score more; None for all alike.
        self.preferred: str | None = None
        self.statistics: dict[str, LanguageStatistics] = {}
        self.segments = [self._segment(reader) for reader in snapshot.readers]
        self._named: Cache[str, list[tuple[SegmentReader, int]]] = Cache(_CACHED_NAMES)
        #: The postings of articles that `articles/postings` made, by the hidden roles they show.
        self.articles: dict[frozenset[Role], Any] = {}
        self._learnt: Cache[tuple[str, ...], tuple[str, ...]] = Cache(_CACHED_LEARNT)

    def asked_in(self, language: str, *, is_preferred: bool = False) -> "SnapshotPostings":
        """Return these postings for queries in a language, given by its code.

        If it `is_preferred`, passages in other languages score less; see `OTHER_LANGUAGE`.
        """
        asked = copy.copy(self)  # the segments and their caches are shared
        asked.analyzer = self.snapshot.analyzer_for(language)
        asked.preferred = language if is_preferred else None
        return asked

    def learnt(self, learn: Callable[..., tuple[str, ...]], *words: str) -> tuple[str, ...]:
        """Return what `rewriting` learns of words in the language of the query, cached."""
        key = learn.__name__, self.analyzer.language.code, *words
        known = self._learnt.get(key)
        return self._learnt.put(key, learn(*words)) if known is None else known

    def _segment(self, reader: SegmentReader) -> SegmentPostings:
        statistics = self.statistics.get(reader.language)
        if statistics is None:
            statistics = LanguageStatistics(self.snapshot, reader.language)
            self.statistics[reader.language] = statistics
        segment = SegmentPostings(reader, self, statistics)
        statistics.add(segment)
        return segment

    def segment_of(self, reader: SegmentReader) -> SegmentPostings:
        """Return the postings of a segment of the snapshot."""
        return self.segments[self.snapshot.readers.index(reader)]

    @property
    def hiding_roles(self) -> frozenset[Role]:
        """The roles of which passages are hidden: by the role, or as shared lines."""
        shared = (role for segment in self.segments for role in segment.hiding_roles)
        return HIDDEN_ROLES.union(shared)

    @cached_property
    def shared_lines(self) -> dict[SegmentPostings, SharedLines | None]:
        """The shared lines of each segment: they are found once, by the counts of all segments."""
        found = shared_lines(self.snapshot.readers)
        return dict(zip(self.segments, found, strict=True))

    def articles_named(self, name: str) -> list[tuple[SegmentReader, int]]:
        """Return the articles that a name denotes, cached; see `citations.articles_named`."""
        found = self._named.get(name)
        if found is None:
            from nutgraf_index.sync.citations import articles_named  # few queries name an article

            found = self._named.put(name, articles_named(name, self.snapshot))
        return found

    def doc_freq(self, term: str) -> int:
        """Return the number of passages with a query term in their texts, in compounds too.

        The term is looked up in each language. If no text has it, return the number of titles with
        it.
        """
        counts = [one.counts(term) for one in self.statistics.values()]
        return sum(texts for texts, _ in counts) or sum(titles for _, titles in counts)

    def leaf_doc_freq(self, leaf: Leaf) -> int:
        """Return the number of passages whose texts a leaf matches, in all languages."""
        return sum(one.leaf_doc_freq(leaf) for one in self.statistics.values())
