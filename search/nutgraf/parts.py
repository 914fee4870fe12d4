"""What the nodes of a query contribute in one segment: passages with scores.

The lists of single words are read as far as they are needed; other parts are worked out in full.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from nutgraf.ranking import bound
from nutgraf.rows import Documents, Mask, distinct, look_up
from nutgraf_index.inverted import BLOCK, Inverted
from nutgraf_index.levels import Level
from nutgraf_index.view import View

__all__ = [
    "NOTHING",
    "Context",
    "Either",
    "Found",
    "Part",
    "Scores",
    "Term",
    "Weights",
    "sum_at",
    "total",
    "worth_of",
]

Scores = npt.NDArray[np.float64]


class Part(Protocol):
    """What one node gives to the passages of a segment.

    `worth` is what it may give at most by what all segments say of it, and `bound` what it does
    give at most in this one.
    """

    worth: float
    bound: float

    @property
    def count(self) -> int:
        """How many passages it has, deleted ones included."""

    @property
    def documents(self) -> Documents:
        """Its passages."""

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""

    def reaching(self, limit: float) -> Documents | None:
        """Return the places in its list of all whose score may reach a limit; None for all."""

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""


class Found:
    """A part worked out in full."""

    def __init__(self, documents: Documents, values: Scores, worth: float) -> None:
        self.documents = documents
        self.worth = worth
        self._values = values
        self.count = len(documents)
        self.bound = float(values.max()) if len(values) else 0.0

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        if not self.count:
            return np.zeros(len(documents))
        held, places = look_up(self.documents, documents)
        scores: Scores = self._values.take(places, mode="clip") * held
        return scores

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return look_up(self.documents, documents)[0]

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        mask[self.documents] = True

    def reaching(self, limit: float) -> Documents | None:
        """Return None: it has no bounds but one."""
        return None

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        return self._values if places is None else self._values[places]

    def kept(self, mask: Mask) -> "Found":
        """Return the part without some of its passages."""
        return Found(self.documents[mask], self._values[mask], self.worth)


class Either:
    """A part, and passages that match as well though it gives them nothing."""

    def __init__(self, part: Part, others: Documents) -> None:
        self._part = part
        self._others = Found(others, np.zeros(len(others)), 0)
        self.worth = part.worth
        self.bound = part.bound
        self.count = part.count + len(others)

    @cached_property
    def documents(self) -> Documents:
        """Its passages."""
        return distinct(np.sort(np.concatenate([self._part.documents, self._others.documents])))

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

    def reaching(self, limit: float) -> Documents | None:
        """Return None: its passages have no bounds."""
        return None

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        return self.scores_at(self.documents if places is None else self.documents[places])


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
    """The list of one word in the text."""

    def __init__(self, weights: Weights, number: int, worth: float) -> None:
        self.worth = worth
        self._field = weights.lists
        self._number = number
        self._damping = weights.damping
        self.count = self._field.count(number)
        self._dense = self._field.is_dense(number)
        first, last = self._field.blocks(number)
        self._bounds = weights.bounds[first:last]
        self.bound = worth * (float(self._bounds.max()) if last > first else 1.0)

    @cached_property
    def documents(self) -> Documents:
        """Its passages."""
        return self._field.lists(self._number)

    @cached_property
    def _frequencies(self) -> npt.NDArray[np.uint8]:
        return self._field.frequencies(self._number)

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        if self._dense:
            return self._scored(self._field.spread(self._number)[documents], documents)
        held, places = look_up(self.documents, documents)
        # Where it is not held the frequency is 0, and so is the score.
        return self._scored(self._frequencies.take(places, mode="clip") * held, documents)

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        if self._dense:
            held: Mask = self._field.spread(self._number)[documents] != 0
            return held
        return look_up(self.documents, documents)[0]

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        if self._dense:
            mask |= self._field.mask(self._number)
        else:
            mask[self.documents] = True

    def reaching(self, limit: float) -> Documents | None:
        """Return the places in its list of all whose score may reach a limit; None for all."""
        if limit <= 0 or not (len(self._bounds) and self.worth):
            return None
        chosen = np.flatnonzero(self._bounds >= limit / self.worth)
        if 2 * len(chosen) > len(self._bounds):
            return None
        places = (chosen[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        return places[places < self.count]

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        if places is None:
            return self._scored(self._frequencies, self.documents)
        return self._scored(self._frequencies[places], self.documents[places])

    def _scored(self, frequencies: npt.NDArray[np.uint8], documents: Documents) -> Scores:
        damped = self._damping[documents]
        damped += frequencies
        scores: Scores = frequencies / damped
        scores *= self.worth
        return scores


class Context:
    """What words in titles or headings add to the passages under them.

    `found` has the titles or headings of each word; `bound` is the most that all add together.
    """

    def __init__(self, view: View, level: Level, found: list[Found]) -> None:
        self._view = view
        self._level = level
        self._added = np.zeros(view.counts[level])
        for one in found:
            self._added[one.documents] += one.scores(None)
        self.bound = float(max(self._added[one.documents].max() for one in found))

    def scores_at(self, documents: Documents) -> Scores:
        """Return what they add to some passages."""
        added: Scores = self._added[self._view.unit_of(self._level, documents)]
        return added


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0), 0)


def total(parts: Sequence[Part]) -> Found:
    """Join parts, adding up the scores of a passage in the order of the parts."""
    documents = distinct(np.sort(np.concatenate([part.documents for part in parts])))
    return Found(documents, sum_at(parts, documents), worth_of(parts))


def sum_at(parts: Sequence[Part | Context], documents: Documents) -> Scores:
    """Add up the parts' scores of some passages, in the order of the parts."""
    if not (parts and len(documents)):
        return np.zeros(len(documents))
    scores = parts[0].scores_at(documents)
    for part in parts[1:]:
        scores += part.scores_at(documents)
    return scores


def worth_of(parts: Sequence[Part]) -> float:
    """Return what parts are worth together."""
    return sum(part.worth for part in parts)
