"""The words of a query in the segments of a snapshot, and what all of them say of a word."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nutgraf.matching.scorer import NOTHING, Found, Scores
from nutgraf.matching.term_scorer import Over, Term, Weights, once_more
from nutgraf.matching.windows import Units
from nutgraf.positions.leaf_positions import Occurrences
from nutgraf.positions.phrase import Documents, Mask, look_up, row, union
from nutgraf.query.tree import Fuzzy, Pattern
from nutgraf.scoring.bm25f import BESIDE, OPENING, damping, rarity, saturated
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Role
from nutgraf_index.store.segment_reader import View
from nutgraf_index.store.snapshot import Snapshot

if TYPE_CHECKING:
    from nutgraf.suggestions.field_values import Values

__all__ = ["UNDATED", "Lists", "Postings"]

UNDATED = 99_999_999  # after every day
_NUMBERS_KEPT = 4096
_UNITS_KEPT = 1 << 22  # titles and headings, for each word that is kept
_JOINED = {"text": "joined", "title": "joined_title"}
_NONE = NOTHING.documents
_SIZES_KEPT = 2  # of units of neighbouring passages


class Lists:
    """The inverted lists of one segment, with the statistics of the whole snapshot."""

    def __init__(self, view: View, postings: "Postings") -> None:
        self.view = view
        self._postings = postings
        self.occurrences = Occurrences(view)
        self._numbers: dict[tuple[str, str], int] = {}
        self._masks: dict[frozenset[Role], Mask | None] = {}
        self._kept: dict[tuple[str, bool], tuple[dict[str, Over], Found]] = {}
        self._kept_units = 0
        self._units: dict[int, Units] = {}

    def term(self, term: str, weight: float = 1.0, *, joined: bool = False) -> Term:
        """Return the part of a word; of one without weight it only tells where it stands.

        With `joined` it may be written in two parts with a hyphen between.
        """
        worth = weight * self.rarity(term)
        joined = joined and any(self.number(name, term) >= 0 for name in _JOINED.values())
        over, openings = self._titled(term, joined=joined)
        also = self.joined("text", term) if joined else _NONE
        number = self.number("text", term)
        return Term(self._weights, number, worth, over if worth else {}, openings, also)

    def joined(self, field: str, term: str) -> Documents:
        """Return the texts or titles with a word written in two parts with a hyphen between."""
        name = _JOINED[field]
        number = self.number(name, term)
        return self.view.field(name).lists(number) if number >= 0 else _NONE

    @cached_property
    def _weights(self) -> Weights:
        average = self._postings.snapshot.average_length("text")
        return Weights(self.view.field("text"), self.damping, average)

    @cached_property
    def damping(self) -> Scores:
        """What a word's frequency in a passage's text is weighed against."""
        return self._damping_of("text")

    @cached_property
    def lengths(self) -> Documents:
        """How many words each passage's text has."""
        lengths: Documents = self.view.segment.column("text.lengths").all()
        return lengths

    @cached_property
    def days(self) -> Documents:
        """The first day of each article's date as a number in their order; those without last."""
        days = self.view.segment.column("article.day").all().astype(np.int64)
        return np.where(days == 0, UNDATED, days)

    def rarity(self, term: str) -> float:
        """Return the rarity of a word in all segments."""
        return self._postings.rarity(term)

    def number(self, field: str, term: str) -> int:
        """Return the number of a term in a field, or -1; asked for more than once for a query."""
        if (field, term) not in self._numbers:
            if len(self._numbers) >= _NUMBERS_KEPT:
                self._numbers.clear()
            self._numbers[field, term] = self.view.field(field).terms.find(term.encode())
        return self._numbers[field, term]

    def row(self, field: str, terms: Sequence[str]) -> Documents:
        """Return the units of a field where terms stand in a row."""
        numbers = [self.number(field, term) for term in terms]
        if min(numbers) < 0:
            return NOTHING.documents
        lists = self.view.field(field)
        return lists.lists(numbers[0]) if len(numbers) == 1 else row(lists, numbers)

    def _titled(self, term: str, *, joined: bool) -> tuple[dict[str, Over], Found]:
        """Return where a word stands in titles and headings; see `term`.

        And the passages that match for their title alone.
        """
        titled = self._kept.get((term, joined))
        if titled is None:
            also = self.joined("title", term) if joined else _NONE
            found = (
                (field, self._over(field, term, also if field == "title" else _NONE))
                for field in BESIDE
            )
            over = {field: one for field, one in found if one is not None}
            openings = NOTHING
            if "title" in over:
                number = self.number("text", term)
                alone = self.openings(union(self.row("title", [term]), also))
                if number >= 0:
                    alone = np.delete(alone, self.view.field("text").stands(number, alone)[0])
                if joined:
                    alone = alone[~look_up(self.joined("text", term), alone)[0]]
                openings = Found(alone, np.zeros(len(alone)), 0)
            if len(self._kept) >= _NUMBERS_KEPT or self._kept_units > _UNITS_KEPT:
                self._kept.clear()
                self._kept_units = 0
            titled = self._kept[term, joined] = over, openings
            self._kept_units += sum(len(one.often) for one in over.values())
        return titled

    def _over(self, field: str, term: str, also: Documents) -> Over | None:
        """Return where a word stands in titles or headings, once more in `also`; None if not."""
        number = self.number(field, term)
        if number < 0 and not len(also):
            return None
        units, found = _NONE, np.zeros(0, np.uint8)
        if number >= 0:
            lists = self.view.field(field)
            units, found = lists.lists(number), lists.frequencies(number)
        units, found = once_more(units, found, also)
        often = found / self._damping_beside[field].take(units)
        firsts = self.view.firsts(FIELDS[field].level)
        starts = firsts.take(units)
        counts = firsts.take(units + 1) - starts
        most = saturated(often)
        if field == "title":
            # Of each article first its other passages, then the one that answers for its title.
            most = saturated(OPENING * often)
            units = (2 * units[:, None] + np.arange(2)).ravel()
            often = (often[:, None] * np.array([1.0, OPENING])).ravel()
        under = self._under_title if field == "title" else self._sections
        return Over(under, units, often, starts, counts, most)

    @cached_property
    def _damping_beside(self) -> dict[str, Scores]:
        """What a word's frequency in each title and heading is weighed against."""
        return {field: self._damping_of(field) for field in BESIDE}

    def _damping_of(self, field: str) -> Scores:
        lengths = self.view.segment.column(f"{field}.lengths").all().astype(np.int64)
        return damping(field, lengths, self._postings.snapshot.average_length(field))

    @cached_property
    def _sections(self) -> Documents:
        """The number of each passage's section."""
        units: Documents = self.view.spread(
            Level.SECTION, np.arange(self.view.counts[Level.SECTION])
        )
        return units

    @cached_property
    def _under_title(self) -> Documents:
        """Twice the number of each passage's article, and one more if it answers for its title."""
        units = 2 * self.view.spread(Level.ARTICLE, np.arange(self.view.counts[Level.ARTICLE]))
        openings = self._opening_of
        units[openings[openings >= 0]] += 1
        return units

    def openings(self, articles: Documents) -> Documents:
        """Return the passages that answer for the titles of some articles."""
        if not len(articles):
            return articles
        openings = self._opening_of[articles]
        return openings[openings >= 0]

    def answering(self, documents: Documents, articles: Documents) -> Mask:
        """Return which of some passages answer for the titles of their articles."""
        answering: Mask = self._opening_of[articles] == documents
        return answering

    def is_opening(self, document: int) -> bool:
        """Whether a passage answers for its article's title."""
        article = self.view.unit_at(Level.ARTICLE, document)
        return bool(self._opening_of.item(article) == document)

    @cached_property
    def _opening_of(self) -> Documents:
        """The passage that answers for each article's title, -1 for none."""
        numbers = self.view.segment.column("article.opening").all().astype(np.int64)
        firsts = self.view.firsts(Level.ARTICLE)[:-1]
        return np.where(numbers > 0, firsts + numbers - 1, -1)

    def role(self, role: Role) -> Documents:
        """Return the passages of a role."""
        lists = self.view.field("role")
        number = lists.terms.find(role.value.encode())
        return lists.lists(number) if number >= 0 else NOTHING.documents

    def audible(self, quiet: frozenset[Role]) -> Mask | None:
        """Return the live passages of other roles, as a mask; None if that is all there are."""
        if quiet not in self._masks:
            mask = np.ones(self.view.passages, bool) if self.view.live is None else self.view.live
            mask = mask.copy()
            for role in quiet:
                mask[self.role(role)] = False
            self._masks[quiet] = None if mask.all() else mask
        return self._masks[quiet]

    def units(self, size: int) -> Units:
        """Return the stretches of some neighbouring passages; the sizes last asked for are kept."""
        units = self._units.get(size)
        if units is None:
            units = Units(self.view, size)
            if len(self._units) >= _SIZES_KEPT:
                self._units.clear()
            self._units[size] = units
        return units


class Postings:
    """A snapshot's segments for searching, and what all of them together say of a word."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.lists = [Lists(view, self) for view in snapshot.views]
        self._rarities: dict[str, float] = {}
        self._values: dict[str, Values] = {}

    def rarity(self, term: str) -> float:
        """Return the rarity of a word: by the texts it stands in, or else by the titles."""
        if term not in self._rarities:
            self._rarities[term] = rarity(self.found(term), self.snapshot.count(Level.PASSAGE))
        return self._rarities[term]

    def found(self, term: str) -> int:
        """Return in how many texts a word stands, as one or in two parts with a hyphen between.

        In how many titles, if it is in no text.
        """
        return self._count("text", term) or self._count("title", term)

    def values(self, field: str) -> "Values":
        """Return the values of a field of articles, which are gathered once."""
        if field not in self._values:
            # What most searches do not need is imported when one does.
            from nutgraf.suggestions.field_values import Values

            self._values[field] = Values(self.snapshot.views, field)
        return self._values[field]

    def _count(self, field: str, term: str) -> int:
        """Return how many live units of a field have a word."""
        found = 0
        for one in self.lists:
            number = one.number(field, term)
            lists, live = one.view.field(field), one.view.live_units(FIELDS[field].level)
            joined = one.joined(field, term)
            if len(joined) or (live is not None and number >= 0):
                units = lists.lists(number) if number >= 0 else _NONE
                units = union(units, joined)
                found += len(units) if live is None else int(np.count_nonzero(live[units]))
            elif number >= 0:
                found += lists.count(number)
        return found

    def rarity_of_any(self, leaf: Pattern | Fuzzy) -> float:
        """Return the rarity in the text of all together that a leaf stands for."""
        found = 0
        for lists in self.lists:
            documents = lists.occurrences.units("text", leaf)
            live = lists.view.live
            found += len(documents) if live is None else int(np.count_nonzero(live[documents]))
        return rarity(found, self.snapshot.count(Level.PASSAGE))
