"""The words of a query in the segments of a snapshot, and what all of them say of a word."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from nutgraf.occurrences import Occurrences
from nutgraf.parts import NOTHING, Context, Found, Part, Scores, Term, Weights
from nutgraf.ranking import FIELD_WEIGHTS, damping, rarity
from nutgraf.rows import Documents, Mask, row
from nutgraf.tree import Fuzzy, Pattern
from nutgraf_index.levels import FIELDS, Level
from nutgraf_index.model import Role
from nutgraf_index.snapshot import Snapshot
from nutgraf_index.view import View

__all__ = ["Lists", "Postings"]

_NUMBERS_KEPT = 4096
_CONTEXTS_KEPT = 1 << 20  # titles and headings in lists of words that are kept


class Lists:
    """The inverted lists of one segment, with the statistics of the whole snapshot."""

    def __init__(self, view: View, postings: "Postings") -> None:
        self.view = view
        self._postings = postings
        self.occurrences = Occurrences(view)
        self._damping: dict[str, Scores] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._masks: dict[frozenset[Role], Mask | None] = {}
        self._contexts: dict[tuple[str, str], Found] = {}
        self._context_units = 0

    def term(self, term: str) -> Part:
        """Return the part of a word in the text."""
        worth = self._postings.rarity("text", term)
        number = self.number("text", term)
        if number < 0:
            return Found(NOTHING.documents, np.zeros(0), worth)
        return Term(self._weights, number, worth)

    @cached_property
    def _weights(self) -> Weights:
        average = self._postings.snapshot.average_length("text")
        return Weights(self.view.field("text"), self._damping_of("text"), average)

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

    def context(self, field: str, terms: Iterable[str]) -> Context | None:
        """Return what words add where they stand in titles or headings; None if nowhere."""
        found = [one for term in terms if (one := self._in_context(field, term)).count]
        return Context(self.view, FIELDS[field].level, found) if found else None

    def _in_context(self, field: str, term: str) -> Found:
        """Return what a word gives to the titles or headings where it stands."""
        found = self._contexts.get((field, term))
        if found is None:
            number = self.number(field, term)
            found = NOTHING
            if number >= 0:
                lists = self.view.field(field)
                units, often = lists.lists(number), lists.frequencies(number)
                worth = FIELD_WEIGHTS[field] * self._postings.rarity(field, term)
                values = worth * (often / (often + self._damping_of(field)[units]))
                found = Found(units, values, worth)
            if len(self._contexts) >= _NUMBERS_KEPT or self._context_units > _CONTEXTS_KEPT:
                self._contexts.clear()
                self._context_units = 0
            self._contexts[field, term] = found
            self._context_units += found.count
        return found

    def openings(self, articles: Documents) -> Documents:
        """Return the passages that answer for the titles of some articles."""
        if not len(articles):
            return articles
        openings = self._opening_of[articles]
        return openings[openings >= 0]

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

    def _damping_of(self, field: str) -> Scores:
        if field not in self._damping:
            lengths = self.view.segment.column(f"{field}.lengths").all()
            average = self._postings.snapshot.average_length(field)
            self._damping[field] = damping(field, lengths.astype(np.int64), average)
        return self._damping[field]


class Postings:
    """A snapshot's segments for searching, and what all of them together say of a word."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.lists = [Lists(view, self) for view in snapshot.views]
        self._rarities: dict[tuple[str, str], float] = {}

    def rarity(self, field: str, term: str) -> float:
        """Return the rarity of a word in a field."""
        if (field, term) not in self._rarities:
            found = 0
            level = FIELDS[field].level
            for one in self.lists:
                number = one.number(field, term)
                if number >= 0:
                    lists, live = one.view.field(field), one.view.live_units(level)
                    found += (
                        lists.count(number)
                        if live is None
                        else int(np.count_nonzero(live[lists.lists(number)]))
                    )
            self._rarities[field, term] = rarity(found, self.snapshot.count(level))
        return self._rarities[field, term]

    def rarity_of_any(self, leaf: Pattern | Fuzzy) -> float:
        """Return the rarity in the text of all together that a leaf stands for."""
        found = 0
        for lists in self.lists:
            documents = lists.occurrences.units("text", leaf)
            live = lists.view.live
            found += len(documents) if live is None else int(np.count_nonzero(live[documents]))
        return rarity(found, self.snapshot.count(Level.PASSAGE))
