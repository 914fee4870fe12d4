"""What the nodes of a query contribute in one segment: passages with scores.

The lists of single words are read as far as they are needed; other parts are worked out in full.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from nutgraf.ranking import bound
from nutgraf.rows import Documents, Mask, distinct, look_up
from nutgraf_index.inverted import BLOCK, Inverted
from nutgraf_index.levels import Level
from nutgraf_index.view import View

__all__ = ["NOTHING", "Context", "Either", "Found", "Part", "Scores", "Term"]

Scores = npt.NDArray[np.float64]


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
        held, places = look_up(self.documents, documents)
        scores = np.zeros(len(documents))
        scores[held] = self.values[places]
        return scores

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return look_up(self.documents, documents)[0]

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

    def __init__(
        self, lists: Inverted, number: int, worth: float, damping: Scores, average: float
    ) -> None:
        self._field = lists
        self._number = number
        self._worth = worth
        self._damping = damping
        self._average = average
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
        return look_up(self.documents, documents)

    def _most(self) -> float:
        """Return a bound of what its frequency and a passage's length make of its worth."""
        blocks = self._field.bounds(self._number)
        return 1.0 if blocks is None else float(bound(*blocks, self._average).max())

    def blocks(self) -> Scores | None:
        """Return a bound for each `BLOCK` of its passages; None for a short list."""
        blocks = self._field.bounds(self._number)
        return None if blocks is None else self._worth * bound(*blocks, self._average)

    def some(self, blocks: npt.NDArray[np.int64]) -> tuple[Documents, Scores]:
        """Return the passages of some blocks, and their scores."""
        places = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        places = places[places < self.count]
        documents = self.documents[places]
        return documents, self._scored(self._field.frequencies(self._number)[places], documents)

    def _scored(self, frequencies: npt.NDArray[np.uint8], documents: Documents) -> Scores:
        often = frequencies.astype(np.float64)
        damped = self._damping[documents]
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


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0))
