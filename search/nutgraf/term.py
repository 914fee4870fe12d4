"""The words of a query in one segment: their lists, and what titles and headings add."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nutgraf.parts import NOTHING, Found, Scores, sum_at, summed, worth_of
from nutgraf.ranking import bound, saturated
from nutgraf.rows import Documents, Mask, look_up
from nutgraf_index.inverted import BLOCK, Inverted

__all__ = ["Compound", "Context", "Over", "Term", "Weights"]

_FEW_RANGES = 512  # of passages, which are marked one by one


class Over(NamedTuple):
    """Where a word stands in titles, or in headings.

    `units` says for each passage which it is under, `often` for each how often the word stands
    there, in parts of the damping of a text; `found` are those where it does, and `ranges` the
    passages under them, as first ones and those after the last.
    """

    units: Documents
    often: Scores
    found: Documents
    ranges: tuple[Documents, Documents]

    def mark(self, mask: Mask) -> None:
        """Set a mask for all passages under them."""
        starts, stops = self.ranges
        if len(starts) <= _FEW_RANGES:
            for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
                mask[start:stop] = True
        else:
            turns = np.zeros(len(mask) + 1, np.int8)
            turns[starts] += 1  # each begins once, and ends where the next may begin
            turns[stops] -= 1
            mask |= np.cumsum(turns[:-1], dtype=np.int8).view(bool)


class Weights:
    """What a segment says of the words in its passages' texts whichever word it is.

    `damping` is what a frequency is weighed against in each passage; `bounds` is what a word gives
    to any passage of a block at most, were it worth 1.
    """

    def __init__(self, lists: Inverted, damping: Scores, average: float) -> None:
        self.lists = lists
        self.damping = damping
        self.bounds = bound(*lists.bounds(), average)


class Term:
    """The list of one word in the text, and what its title and heading add to a passage.

    `number` is -1 for a word that stands in no text. `openings` are passages that match because
    they answer for their article's title, and do not have the word in their own text. What stands
    over the text gives something to passages that do not match as well.
    """

    beyond = 0.0

    def __init__(
        self,
        weights: Weights,
        number: int,
        worth: float,
        titled: Mapping[str, Over],
        openings: Found,
    ) -> None:
        self.worth = worth
        self.titled = titled
        self.over = [self] if titled else []
        self._openings = openings
        self._field = weights.lists
        self._number = number
        self._damping = weights.damping
        self._listed = self._field.count(number) if number >= 0 else 0
        self.count = self._listed + openings.count
        self._dense = number >= 0 and self._field.is_dense(number)
        first, last = self._field.blocks(number) if number >= 0 else (0, 0)
        self._bounds = weights.bounds[first:last]
        most = float(self._bounds.max()) if last > first else 1.0
        self.bound = worth * most if number >= 0 else 0.0

    @cached_property
    def _documents(self) -> Documents:
        return self._field.lists(self._number) if self._number >= 0 else NOTHING.documents

    @cached_property
    def _frequencies(self) -> npt.NDArray[np.uint8]:
        return self._field.frequencies(self._number) if self._number >= 0 else np.zeros(0, np.uint8)

    @cached_property
    def documents(self) -> Documents:
        """Its passages."""
        return np.sort(self.listed) if self._openings.count else self._documents

    @cached_property
    def listed(self) -> Documents:
        """Its passages in the order of its list."""
        if not self._openings.count:
            return self._documents
        return np.concatenate([self._documents, self._openings.documents])

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those over and in which it does not stand."""
        if not self.worth:
            return np.zeros(len(documents))
        if self._dense:
            return self._scored_under(self._field.spread(self._number)[documents], documents)
        if not self._listed:
            return self._scored_under(np.zeros(len(documents), np.uint8), documents)
        held, places = look_up(self._documents, documents)
        # Where it is not held the frequency is 0.
        return self._scored_under(self._frequencies.take(places, mode="clip") * held, documents)

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        held: Mask
        if self._dense:
            held = self._field.spread(self._number)[documents] != 0
        else:
            held = look_up(self._documents, documents)[0]
        return held | self._openings.has(documents) if self._openings.count else held

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        if self._dense:
            mask |= self._field.mask(self._number)
        else:
            mask[self._documents] = True
        self._openings.mark(mask)

    def reaching(self, limit: float) -> Documents | None:
        """Return the places in its list whose score by the text may reach a limit; None for all.

        And those of openings.
        """
        if limit <= 0 or not (len(self._bounds) and self.worth):
            return None
        chosen = np.flatnonzero(self._bounds >= limit / self.worth)
        if 2 * len(chosen) > len(self._bounds):
            return None
        places = (chosen[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        places = places[places < self._listed]
        if not self._openings.count:
            return places
        return np.concatenate([places, np.arange(self._listed, self.count)])

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        frequencies = self._frequencies
        if self._openings.count:
            frequencies = np.concatenate([frequencies, np.zeros(self._openings.count, np.uint8)])
        documents = self.listed
        if places is not None:
            frequencies, documents = frequencies[places], documents[places]
        return self._scored(frequencies, self._damping[documents])

    def _scored_under(self, frequencies: npt.NDArray[np.uint8], documents: Documents) -> Scores:
        """Return the scores of passages with what stands over them."""
        damped = self._damping[documents]
        if not self.titled:
            return self._scored(frequencies, damped)
        often = summed([over.often[over.units[documents]] for over in self.titled.values()])
        often *= damped
        often += frequencies
        return self._scored(often, damped)

    def _scored(self, often: Scores | npt.NDArray[np.uint8], damping: Scores) -> Scores:
        damping += often
        scores: Scores = often / damping
        scores *= self.worth
        return scores


class Compound:
    """A word of several parts: where these stand in a row it matches, but each of them counts."""

    bound = 0.0

    def __init__(self, row: Documents, terms: Sequence[Term]) -> None:
        self.worth = worth_of(terms)
        self.beyond = sum(term.bound for term in terms)
        self.over = [term for term in terms if term.over]
        self.documents = self.listed = row
        self.count = len(row)
        self._row = Found(row, np.zeros(len(row)), 0)
        self._terms = terms

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that do not have any of its parts."""
        return sum_at(self._terms, documents)

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return self._row.has(documents)

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        self._row.mark(mask)

    def reaching(self, limit: float) -> Documents | None:
        """Return None: it has no bounds but one."""
        return None

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        return self.scores_at(self.listed if places is None else self.listed[places])


class Context:
    """The most that titles and headings can add to the scores of the passages under them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        added: dict[str, tuple[Documents, Scores]] = {}
        self._over = [over for term in terms for over in term.titled.values()]
        for term in terms:
            for field, over in term.titled.items():
                if field not in added:
                    added[field] = over.units, np.zeros(len(over.often))
                added[field][1][over.found] += term.worth * saturated(over.often[over.found])
        self._added = list(added.values())

    def mark(self, mask: Mask) -> bool:
        """Set a mask for the passages under them; tell whether there are any."""
        for over in self._over:
            over.mark(mask)
        return bool(self._over)

    def scores_at(self, documents: Documents) -> Scores:
        """Return the most that they add to some passages under them."""
        return summed([values[units[documents]] for units, values in self._added])
