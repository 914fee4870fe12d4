"""The words of a query in the segments of a snapshot, and what all of them say of a word."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from nutgraf.matching.scorer import NO_DOCS, DocScores, FieldOccurrences, Scores
from nutgraf.matching.term_scorer import TermScorer, TextNorms, with_compounds
from nutgraf.matching.windows import Windows
from nutgraf.positions.leaf_positions import LeafPositions
from nutgraf.positions.phrase import DocIds, Mask, look_up, union
from nutgraf.query.tree import MultiTerm
from nutgraf.scoring.bm25f import OPENING, OTHER_FIELDS, idf, length_norm, saturated
from nutgraf_index.cache import Cache
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Role
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["UNDATED", "SegmentPostings", "SnapshotPostings"]

UNDATED = 99_999_999  # after every day
_COMPOUND = {"text": "compound", "title": "compound_title"}
_NONE = NO_DOCS.documents


_Titled = tuple[dict[str, FieldOccurrences], DocScores]


def _units(titled: _Titled) -> int:
    """Return how many titles and headings are kept for a word, and one more."""
    return 1 + sum(len(field.freqs) for field in titled[0].values())


class SegmentPostings:
    """The postings of one segment, with the statistics of the whole snapshot."""

    def __init__(self, reader: SegmentReader, postings: "SnapshotPostings") -> None:
        self.reader = reader
        self._postings = postings
        self.analyzer = postings.analyzer
        self.occurrences = LeafPositions(reader, postings.analyzer)
        self._numbers: Cache[tuple[str, str], int] = Cache(4096)
        self._masks: dict[frozenset[Role], Mask | None] = {}
        self._titled: Cache[tuple[str, bool], _Titled] = Cache(1 << 22, _units)
        self._windows: Cache[int, Windows] = Cache(2)

    def term(self, term: str, boost: float = 1.0, *, joined: bool = False) -> TermScorer:
        """Return the part of a word; of one without weight it only tells where it stands.

        With `joined` it may be written in two parts with a hyphen between.
        """
        weight = boost * self.idf(term)
        joined = joined and any(self.number(name, term) >= 0 for name in _COMPOUND.values())
        over, openings = self._other_fields(term, joined=joined)
        also = self.joined("text", term) if joined else _NONE
        number = self.number("text", term)
        return TermScorer(self._weights, number, weight, over if weight else {}, openings, also)

    def joined(self, field: str, term: str) -> DocIds:
        """Return the texts or titles with a word written in two parts with a hyphen between."""
        name = _COMPOUND[field]
        number = self.number(name, term)
        return self.reader.field(name).doc_ids(number) if number >= 0 else _NONE

    @cached_property
    def _weights(self) -> TextNorms:
        average = self._postings.snapshot.average_length("text")
        return TextNorms(self.reader.field("text"), self.length_norm, average)

    @cached_property
    def length_norm(self) -> Scores:
        """What a word's frequency in a passage's text is weighed against."""
        return self._length_norm_of("text")

    @cached_property
    def lengths(self) -> DocIds:
        """How many words each passage's text has."""
        lengths: DocIds = self.reader.field("text").lengths
        return lengths

    @cached_property
    def days(self) -> DocIds:
        """The first day of each article's date as a number in their order; those without last."""
        days = self.reader.file.column("article.day").all().astype(np.int64)
        return np.where(days == 0, UNDATED, days)

    def idf(self, term: str) -> float:
        """Return the idf of a word in all segments."""
        return self._postings.idf(term)

    def number(self, field: str, term: str) -> int:
        """Return the number of a term in a field, or -1; asked for more than once for a query."""
        number = self._numbers.get((field, term))
        if number is None:
            number = self.reader.field(field).terms.find(term.encode())
            self._numbers.put((field, term), number)
        return number

    def phrase(self, field: str, terms: Sequence[str]) -> DocIds:
        """Return the units of a field where terms stand in a row."""
        numbers = [self.number(field, term) for term in terms]
        if min(numbers) < 0:
            return NO_DOCS.documents
        if len(numbers) == 1:
            return self.reader.field(field).doc_ids(numbers[0])
        return np.asarray(self.occurrences.phrase(field, numbers)).astype(np.int64)

    def _other_fields(self, term: str, *, joined: bool) -> _Titled:
        """Return where a word stands in titles and headings; see `term`.

        And the passages that match for their title alone.
        """
        titled = self._titled.get((term, joined))
        if titled is None:
            also = self.joined("title", term) if joined else _NONE
            found = (
                (field, self._over(field, term, also if field == "title" else _NONE))
                for field in OTHER_FIELDS
            )
            over = {field: one for field, one in found if one is not None}
            openings = NO_DOCS
            if "title" in over:
                number = self.number("text", term)
                alone = self.openings(union(self.phrase("title", [term]), also))
                if number >= 0:
                    alone = alone[~look_up(self.phrase("text", [term]), alone)[0]]
                if joined:
                    alone = alone[~look_up(self.joined("text", term), alone)[0]]
                openings = DocScores(alone, np.zeros(len(alone)), 0)
            titled = self._titled.put((term, joined), (over, openings))
        return titled

    def _over(self, field: str, term: str, also: DocIds) -> FieldOccurrences | None:
        """Return where a word stands in titles or headings, once more in `also`; None if not."""
        number = self.number(field, term)
        if number < 0 and not len(also):
            return None
        units, found = _NONE, np.zeros(0, np.uint8)
        if number >= 0:
            postings = self.reader.field(field)
            units, found = postings.doc_ids(number), postings.frequencies(number)
        units, found = with_compounds(units, found, also)
        freqs = found / self._length_norms[field].take(units)
        firsts = self.reader.firsts(FIELDS[field].level)
        starts = firsts.take(units)
        counts = firsts.take(units + 1) - starts
        most = saturated(freqs)
        if field == "title":
            # Of each article first its other passages, then the one that answers for its title.
            most = saturated(OPENING * freqs)
            units = (2 * units[:, None] + np.arange(2)).ravel()
            freqs = (freqs[:, None] * np.array([1.0, OPENING])).ravel()
        under = self._under_title if field == "title" else self._sections
        return FieldOccurrences(under, units, freqs, starts, counts, most)

    @cached_property
    def _length_norms(self) -> dict[str, Scores]:
        """What a word's frequency in each title and heading is weighed against."""
        return {field: self._length_norm_of(field) for field in OTHER_FIELDS}

    def _length_norm_of(self, field: str) -> Scores:
        lengths = self.reader.field(field).lengths.astype(np.int64)
        return length_norm(field, lengths, self._postings.snapshot.average_length(field))

    @cached_property
    def _sections(self) -> DocIds:
        """The number of each passage's section."""
        units: DocIds = self.reader.spread(
            Level.SECTION, np.arange(self.reader.counts[Level.SECTION])
        )
        return units

    @cached_property
    def _under_title(self) -> DocIds:
        """Twice the number of each passage's article, and one more if it answers for its title."""
        units = 2 * self.reader.spread(Level.ARTICLE, np.arange(self.reader.counts[Level.ARTICLE]))
        openings = self._opening_of
        units[openings[openings >= 0]] += 1
        return units

    def openings(self, articles: DocIds) -> DocIds:
        """Return the passages that answer for the titles of some articles."""
        if not len(articles):
            return articles
        openings = self._opening_of[articles]
        return openings[openings >= 0]

    def answering(self, documents: DocIds, articles: DocIds) -> Mask:
        """Return which of some passages answer for the titles of their articles."""
        answering: Mask = self._opening_of[articles] == documents
        return answering

    def is_opening(self, document: int) -> bool:
        """Whether a passage answers for its article's title."""
        article = self.reader.unit_at(Level.ARTICLE, document)
        return bool(self._opening_of.item(article) == document)

    @cached_property
    def _opening_of(self) -> DocIds:
        """The passage that answers for each article's title, -1 for none."""
        numbers = self.reader.file.column("article.opening").all().astype(np.int64)
        firsts = self.reader.firsts(Level.ARTICLE)[:-1]
        return np.where(numbers > 0, firsts + numbers - 1, -1)

    def role(self, role: Role) -> DocIds:
        """Return the passages of a role."""
        postings = self.reader.field("role")
        number = postings.terms.find(role.value.encode())
        return postings.doc_ids(number) if number >= 0 else NO_DOCS.documents

    def visible(self, quiet: frozenset[Role]) -> Mask | None:
        """Return the live passages of other roles, as a mask; None if that is all there are."""
        if quiet not in self._masks:
            mask = (
                np.ones(self.reader.passages, bool)
                if self.reader.live is None
                else self.reader.live
            )
            mask = mask.copy()
            for role in quiet:
                mask[self.role(role)] = False
            self._masks[quiet] = None if mask.all() else mask
        return self._masks[quiet]

    def units(self, size: int) -> Windows:
        """Return the stretches of some neighbouring passages; the sizes last asked for are kept."""
        windows = self._windows.get(size)
        if windows is None:
            windows = self._windows.put(size, Windows(self.reader, size))
        return windows


class SnapshotPostings:
    """A snapshot's segments for searching, and what all of them together say of a word."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.analyzer = snapshot.analyzer
        self.segments = [SegmentPostings(reader, self) for reader in snapshot.readers]
        self._idfs: dict[str, float] = {}

    def idf(self, term: str) -> float:
        """Return the idf of a word: by the texts it stands in, or else by the titles."""
        if term not in self._idfs:
            self._idfs[term] = idf(self.found(term), self.snapshot.count(Level.PASSAGE))
        return self._idfs[term]

    def found(self, term: str) -> int:
        """Return in how many texts a word stands, as one or in two parts with a hyphen between.

        In how many titles, if it is in no text.
        """
        return self._count("text", term) or self._count("title", term)

    def _count(self, field: str, term: str) -> int:
        """Return how many live units of a field have a word."""
        found = 0
        for one in self.segments:
            number = one.number(field, term)
            postings, live = one.reader.field(field), one.reader.live_units(FIELDS[field].level)
            joined = one.joined(field, term)
            if len(joined) or (live is not None and number >= 0):
                units = postings.doc_ids(number) if number >= 0 else _NONE
                units = union(units, joined)
                found += len(units) if live is None else int(np.count_nonzero(live[units]))
            elif number >= 0:
                found += postings.count(number)
        return found

    def idf_of_any(self, leaf: MultiTerm) -> float:
        """Return the idf in the text of all together that a leaf stands for."""
        found = 0
        for segment in self.segments:
            documents = np.asarray(segment.occurrences.units("text", leaf))
            live = segment.reader.live
            found += len(documents) if live is None else int(np.count_nonzero(live[documents]))
        return idf(found, self.snapshot.count(Level.PASSAGE))
