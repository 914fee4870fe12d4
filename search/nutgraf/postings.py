"""The words of a query in one segment: which passages they stand in, and what that is worth.

A `Part` is what a node of the query contributes: passages with scores. The lists of single words
are parts that are read as far as they are needed; other nodes are worked out in full.
"""

from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Protocol

import numpy as np
import numpy.typing as npt

from nutgraf.ranking import FIELD_WEIGHTS, bound, damping, rarity
from nutgraf_index.inverted import BLOCK, Inverted, expand
from nutgraf_index.levels import FIELDS, Level
from nutgraf_index.model import Role
from nutgraf_index.snapshot import Snapshot
from nutgraf_index.view import View

__all__ = [
    "Context",
    "Documents",
    "Either",
    "Found",
    "Lists",
    "Mask",
    "Part",
    "Postings",
    "Scores",
    "distinct",
]

Documents = npt.NDArray[np.int64]  # numbers in the segment, ascending and each once
Scores = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_POSITION_BITS = 32
_NUMBERS_KEPT = 4096


class Part(Protocol):
    """What one node gives to the passages of a segment. `bound` is the most it gives to any."""

    bound: float

    @property
    def count(self) -> int:
        """How many passages it has, deleted ones included."""

    @property
    def documents(self) -> Documents:
        """Its passages."""

    def scores(self) -> Scores:
        """Return the score of each of its passages."""

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""

    def blocks(self) -> Scores | None:
        """Return a bound for each `BLOCK` of its passages; None if it is not read in blocks."""

    def some(self, blocks: npt.NDArray[np.int64]) -> tuple[Documents, Scores]:
        """Return the passages of some blocks, and their scores."""


class _Whole:
    """A part that is not read in blocks."""

    def blocks(self) -> Scores | None:
        """Return None: there are no blocks."""
        return None

    def some(self, blocks: npt.NDArray[np.int64]) -> tuple[Documents, Scores]:
        """Return the passages of some blocks: there are none."""
        raise NotImplementedError


@dataclass
class Found(_Whole):
    """A part worked out in full."""

    documents: Documents
    values: Scores
    bound: float = field(init=False)

    def __post_init__(self) -> None:
        self.bound = float(self.values.max()) if len(self.values) else 0.0

    @property
    def count(self) -> int:
        """How many passages it has."""
        return len(self.documents)

    def scores(self) -> Scores:
        """Return the score of each of its passages."""
        return self.values

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        held, places = _look_up(self.documents, documents)
        scores = np.zeros(len(documents))
        scores[held] = self.values[places]
        return scores

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return _look_up(self.documents, documents)[0]

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        mask[self.documents] = True


class Either(_Whole):
    """A part, and passages that match as well though it gives them nothing."""

    def __init__(self, part: Part, others: Documents) -> None:
        self._part = part
        self._others = Found(others, np.zeros(len(others)))
        self.bound = part.bound
        self.count = part.count + len(others)

    @cached_property
    def documents(self) -> Documents:
        """Its passages."""
        return distinct(np.sort(np.concatenate([self._part.documents, self._others.documents])))

    def scores(self) -> Scores:
        """Return the score of each of its passages."""
        return self.scores_at(self.documents)

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        return self._part.scores_at(documents)

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return self._part.has(documents) | self._others.has(documents)

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        self._part.mark(mask)
        self._others.mark(mask)

    def apart(self) -> tuple[Part, Part]:
        """Return the part and the other passages, which together are a choice of the same."""
        return self._part, self._others


class Term:
    """The list of one word in the text."""

    def __init__(self, lists: "Lists", number: int, worth: float) -> None:
        self._lists = lists
        self._field = lists.view.field("text")
        self._number = number
        self._worth = worth
        self.count = self._field.count(number)
        self.bound = worth * self._most()

    @cached_property
    def documents(self) -> Documents:
        """Its passages."""
        return self._field.lists(self._number)

    def scores(self) -> Scores:
        """Return the score of each of its passages."""
        return self._scored(self._field.frequencies(self._number), self.documents)

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        held, places = self._find(documents)
        scores = np.zeros(len(documents))
        frequencies = self._field.frequencies(self._number)[places]
        scores[held] = self._scored(frequencies, documents[held])
        return scores

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return self._find(documents)[0]

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        if self._field.is_dense(self._number):
            np.logical_or(mask, self._field.mask(self._number), out=mask)
        else:
            mask[self.documents] = True

    def _find(self, documents: Documents) -> tuple[Mask, npt.NDArray[np.int64]]:
        if self._field.is_dense(self._number) and "documents" not in self.__dict__:
            return self._field.find(self._number, documents)
        return _look_up(self.documents, documents)

    def _most(self) -> float:
        """Return a bound of what its frequency and a passage's length make of its worth."""
        blocks = self._field.bounds(self._number)
        return 1.0 if blocks is None else float(bound(*blocks, self._lists.average).max())

    def blocks(self) -> Scores | None:
        """Return a bound for each `BLOCK` of its passages; None for a short list."""
        blocks = self._field.bounds(self._number)
        return None if blocks is None else self._worth * bound(*blocks, self._lists.average)

    def some(self, blocks: npt.NDArray[np.int64]) -> tuple[Documents, Scores]:
        """Return the passages of some blocks, and their scores."""
        places = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        places = places[places < self.count]
        documents = self.documents[places]
        return documents, self._scored(self._field.frequencies(self._number)[places], documents)

    def _scored(self, frequencies: npt.NDArray[np.uint8], documents: Documents) -> Scores:
        often = frequencies.astype(np.float64)
        damped = self._lists.damping[documents]
        damped += often
        often /= damped
        often *= self._worth
        return often


class Context:
    """What a word in titles or headings adds to the passages under them."""

    def __init__(self, view: View, level: Level, units: Documents, values: Scores) -> None:
        self._view = view
        self._level = level
        self._found = Found(units, values)
        self.bound = self._found.bound

    def scores_at(self, documents: Documents) -> Scores:
        """Return what it adds to some passages."""
        return self._found.scores_at(self._view.unit_of(self._level, documents))


class Lists:
    """The inverted lists of one segment, with the statistics of the whole snapshot."""

    def __init__(self, view: View, postings: "Postings") -> None:
        self.view = view
        self._postings = postings
        self._begun: dict[tuple[str, tuple[str, ...]], Documents] = {}
        self._damping: dict[str, Scores] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._masks: dict[frozenset[Role], Mask | None] = {}

    @property
    def average(self) -> float:
        """The mean length of a passage, in words."""
        return self._postings.snapshot.average_length("text")

    @property
    def damping(self) -> Scores:
        """What frequencies in the text are weighed against, for each passage."""
        return self._damping_of("text")

    def term(self, term: str) -> Part:
        """Return the part of a word in the text."""
        number = self.number("text", term)
        if number < 0:
            return _NOTHING
        return Term(self, number, self._postings.rarity("text", term))

    def number(self, field: str, term: str) -> int:
        """Return the number of a term in a field, or -1; asked for more than once for a query."""
        if (field, term) not in self._numbers:
            if len(self._numbers) >= _NUMBERS_KEPT:
                self._numbers.clear()
            self._numbers[field, term] = self.view.field(field).terms.find(term.encode())
        return self._numbers[field, term]

    def row(self, field: str, terms: list[str]) -> Documents:
        """Return the units of a field where terms stand in a row."""
        lists = self.view.field(field)
        numbers = [self.number(field, term) for term in terms]
        if min(numbers) < 0:
            return _NOTHING.documents
        if len(numbers) == 1:
            return lists.lists(numbers[0])
        rare_first = sorted(dict.fromkeys(numbers), key=lists.count)
        units = lists.lists(rare_first[0])
        for number in rare_first[1:]:
            units = units[lists.find(number, units)[0]]
        keys = None
        for number in rare_first:
            places = _keys(lists, number, units)
            for at in (at for at, one in enumerate(numbers) if one == number):
                keys = places - at if keys is None else keys[_look_up(places - at, keys)[0]]
        assert keys is not None
        return units[distinct(keys >> _POSITION_BITS)]

    def begun_row(self, field: str, words: list[str]) -> Documents:
        """Return the units of a field where words stand in a row, the last of them only begun."""
        key = field, tuple(words)
        if key not in self._begun:
            self._begun[key] = self._find_begun(field, words)
        return self._begun[key]

    def _find_begun(self, field: str, words: list[str]) -> Documents:
        lists = self.view.field(field)
        *before, last = (word.encode() for word in words)
        chosen = lists.words.beginning(last)
        if not before:
            return distinct(np.sort(_occurrences(lists, chosen) >> _POSITION_BITS))
        rows = []
        for at, word in enumerate(before):
            number = lists.words.find(word)
            if number < 0:
                return _NOTHING.documents
            rows.append(_occurrences(lists, range(number, number + 1)) - at)
        rows.append(np.sort(_occurrences(lists, chosen)) - len(before))
        rows.sort(key=len)
        keys = reduce(lambda some, more: some[_look_up(more, some)[0]], rows)
        return distinct(keys >> _POSITION_BITS)

    def context(self, field: str, term: str) -> Context | None:
        """Return what a word adds where it stands in titles or headings; None if nowhere."""
        number = self.number(field, term)
        if number < 0:
            return None
        lists = self.view.field(field)
        units = lists.lists(number)
        often = lists.frequencies(number).astype(np.float64)
        worth = FIELD_WEIGHTS[field] * self._postings.rarity(field, term)
        values = worth * (often / (often + self._damping_of(field)[units]))
        return Context(self.view, FIELDS[field].level, units, values)

    def openings(self, articles: Documents) -> Documents:
        """Return the passages that answer for the titles of some articles."""
        if not len(articles):
            return articles
        numbers = self.view.segment.column("article.opening").all()[articles]
        firsts = self.view.firsts(Level.ARTICLE)[articles]
        return (firsts + numbers - 1)[numbers > 0]

    def is_opening(self, document: int) -> bool:
        """Whether a passage answers for its article's title."""
        article = self.view.unit_at(Level.ARTICLE, document)
        number = self.view.segment.column("article.opening").slice(article, article + 1)[0]
        first = self.view.firsts(Level.ARTICLE)[article]
        return bool(number) and bool(first + number - 1 == document)

    def role(self, role: Role) -> Documents:
        """Return the passages of a role."""
        lists = self.view.field("role")
        number = lists.terms.find(role.value.encode())
        return lists.lists(number) if number >= 0 else _NOTHING.documents

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

    def rarity_of_begun(self, words: list[str]) -> float:
        """Return the rarity of words in a row, the last of them only begun, in the text."""
        found = 0
        for lists in self.lists:
            documents = lists.begun_row("text", words)
            live = lists.view.live
            found += len(documents) if live is None else int(np.count_nonzero(live[documents]))
        return rarity(found, self.snapshot.count(Level.PASSAGE))


_NOTHING = Found(np.zeros(0, np.int64), np.zeros(0))


def _look_up(
    sorted_in: npt.NDArray[np.int_], wanted: npt.NDArray[np.int_]
) -> tuple[Mask, npt.NDArray[np.int64]]:
    """Return which of some numbers are among sorted ones, and the places of these there."""
    if not len(sorted_in):
        return np.zeros(len(wanted), bool), np.zeros(0, np.int64)
    places = sorted_in.searchsorted(wanted)
    places[places == len(sorted_in)] = 0
    held = sorted_in[places] == wanted
    return held, places[held]


def distinct(numbers: npt.NDArray[np.int64]) -> Documents:
    """Return sorted numbers each once."""
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first]


def _keys(lists: Inverted, term: int, units: Documents) -> npt.NDArray[np.int64]:
    """Return where a term stands in some units that have it: their place among them, position."""
    frequencies = lists.frequencies(term)
    if len(units) == len(frequencies):
        owners = np.repeat(np.arange(len(units)), frequencies)
        return (owners << _POSITION_BITS) + lists.positions(term)
    places = lists.find(term, units)[1]
    starts = np.cumsum(frequencies, dtype=np.int64)[places] - frequencies[places]
    counts = frequencies[places].astype(np.int64)
    owners = np.repeat(np.arange(len(units)), counts)
    return (owners << _POSITION_BITS) + lists.positions(term)[expand(starts, counts)]


def _occurrences(lists: Inverted, words: range) -> npt.NDArray[np.int64]:
    """Return where any of some words stands: unit and position as one number, unsorted."""
    stems = lists.stems[words.start : words.stop]
    forms = lists.form_of_word[words.start : words.stop]
    found = [np.zeros(0, np.int64)]
    terms = np.unique(stems)
    for run in np.split(terms, np.flatnonzero(np.diff(terms) != 1) + 1) if len(terms) else ():
        first, last = int(run[0]), int(run[-1]) + 1
        frequencies = lists.bulk_frequencies(first, last)
        units = np.repeat(lists.bulk(first, last), frequencies).astype(np.int64)
        keys = (units << _POSITION_BITS) + lists.positions(first, last)
        inside = (stems >= first) & (stems < last)
        if np.count_nonzero(inside) < lists.form_counts[first:last].sum():
            # Some words of these stems do not begin so: their occurrences are left out.
            owners = np.repeat(
                np.repeat(np.arange(first, last), np.diff(lists.ends(first, last))), frequencies
            )
            offsets = np.cumsum(lists.form_counts[first:last]) - lists.form_counts[first:last]
            wanted = np.zeros(int(lists.form_counts[first:last].sum()), bool)
            wanted[offsets[stems[inside] - first] + forms[inside]] = True
            keys = keys[wanted[offsets[owners - first] + lists.forms(first, last)]]
        found.append(keys)
    return np.concatenate(found)
