"""Queries that neighbouring passages answer together, in one segment.

A query is asked of units, which are stretches of passages of one article: a leaf is true in a unit
if one of its passages has it, a filter chooses the passages that are asked, and what is joined is
joined as ever. In a unit for which the query is true, the hits are the passages that have words of
it; where it is true without any, those that meet its conditions. In units of one passage that is
what matches anyway.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np

from nutgraf.filters import Filters
from nutgraf.parts import Part, Scores
from nutgraf.rows import Documents, Mask
from nutgraf.tree import Boost, Filter, Group, Leaf, Near, Node
from nutgraf.weighting import Weighting
from nutgraf_index.errors import ArgumentError
from nutgraf_index.levels import Level
from nutgraf_index.view import View

__all__ = ["Together", "Units", "read_scope"]

_WINDOW = re.compile(r"window:([1-9][0-9]{0,17})", re.ASCII)


def read_scope(scope: str) -> int:
    """Return how many neighbouring passages answer together: 1 is each alone.

    Of an article with fewer all do. Raises `ArgumentError` for what is no scope.

    >>> read_scope("window:3")
    3
    """
    if scope == "passage":
        return 1
    if scope == "article":
        return sys.maxsize
    window = _WINDOW.fullmatch(scope) if isinstance(scope, str) else None
    if window is None:
        raise ArgumentError(
            'scope must be "passage", "article" or "window:N" with a whole number N, 1 or more, '
            f"not {scope!r}"
        )
    return int(window[1])


class Units:
    """The stretches of `size` neighbouring passages, or of all passages of a shorter article."""

    def __init__(self, view: View, size: int) -> None:
        passages = np.arange(view.passages, dtype=np.int64)
        size = min(size, view.passages)
        firsts = view.firsts(Level.ARTICLE)
        last = view.spread(Level.ARTICLE, firsts[1:])
        begins = view.spread(Level.ARTICLE, firsts[:-1]) == passages
        self.starts = np.flatnonzero(begins | (passages + size <= last))
        self.ends = np.minimum(self.starts + size, last[self.starts])
        self._passages = view.passages

    def having(self, passages: Mask) -> Mask:
        """Return the units that have any of some passages."""
        before = np.zeros(self._passages + 1, np.int64)
        passages.cumsum(out=before[1:])
        having: Mask = before[self.ends] > before[self.starts]
        return having

    def passages(self, units: Mask) -> Mask:
        """Return the passages that are in any of some units."""
        edges = np.zeros(self._passages + 1, np.int64)
        np.add.at(edges, self.starts[units], 1)
        np.add.at(edges, self.ends[units], -1)
        inside: Mask = edges.cumsum()[:-1] > 0
        return inside


@dataclass(slots=True, eq=False)
class _Answer:
    """What was found of a node: the units in which it is true, and the passages it is about.

    These are those that have a leaf or meet a filter, or of a group those that it was asked of.
    """

    node: Node
    true: Mask
    passages: Mask
    part: Part | None = None
    weight: float = 1.0
    asked: "tuple[_Answer, ...]" = ()


@dataclass(slots=True, eq=False)
class _Word:
    """A leaf that takes part: where it may score, and where it makes the query true."""

    node: Leaf | Near
    weight: float
    part: Part
    scored: Mask
    marked: Mask


class Together:
    """A query's answer in units: `hits` are the passages, as a mask.

    `part` gives what a node that is no group gives to single passages; `eligible` are the passages
    that may match.
    """

    def __init__(
        self,
        tree: Group,
        units: Units,
        eligible: Mask,
        filters: Filters,
        weighting: Weighting,
        part: Callable[[Node, float], Part],
    ) -> None:
        self._units = units
        self._filters = filters
        self._weighting = weighting
        self._part = part
        self._words: list[_Word] = []
        self._conditions: list[tuple[Mask, Mask]] = []  # passages, and the units they make true
        self._worded = np.zeros(len(units.starts), bool)
        answer = self._ask(tree, eligible, 1.0)
        self._reach(answer, answer.true, eligible)
        self.hits = reduce(or_, (word.marked for word in self._words), np.zeros_like(eligible))
        for passages, true in self._conditions:
            self.hits |= passages & units.passages(true & ~self._worded)

    def scores(self, documents: Documents) -> Scores:
        """Return what the words give to some passages, where what they are said in is true."""
        scores = np.zeros(len(documents))
        for word in self._words:
            scores += word.part.scores_at(documents) * word.scored[documents]
        return scores

    def asked(self, document: int) -> list[tuple[Node, float]]:
        """Return the words that give to a passage if it has them, with their weights."""
        return [(word.node, word.weight) for word in self._words if word.scored[document]]

    def words_of(self, document: int) -> Group | None:
        """Return the words by which a passage is a hit, as a choice; None if by none."""
        found = tuple(word.node for word in self._words if word.marked[document])
        return Group(should=found) if found else None

    def _ask(self, node: Node, within: Mask, weight: float) -> _Answer:
        """Find out where a node is true, as far as the passages go that it is asked of."""
        if isinstance(node, Boost):
            return self._ask(node.node, within, weight * node.factor)
        if isinstance(node, Group):
            return self._ask_group(node, within, weight)
        if isinstance(node, Filter):
            passages = self._filters.mask(node) & within
            return _Answer(node, self._units.having(passages), passages)
        part = self._part(node, weight)
        passages = np.zeros_like(within)
        part.mark(passages.view(np.uint8), 1)
        passages &= within
        return _Answer(node, self._units.having(passages), passages, part, weight)

    def _ask_group(self, group: Group, within: Mask, weight: float) -> _Answer:
        for condition in group.filters:
            within = within & self._filters.mask(condition)
        must, should = (
            [self._ask(node, within, weight * own) for node, own in self._weighting.weigh(nodes)]
            for nodes in (group.must, group.should)
        )
        true = self._units.having(within)
        for answer in must:
            true &= answer.true
        if should and not must:
            true &= reduce(or_, (answer.true for answer in should))
        for node in group.exclude:
            true &= ~self._ask(node, within, 0.0).true
        return _Answer(group, true, within, asked=(*must, *should))

    def _reach(self, answer: _Answer, units: Mask, within: Mask) -> None:
        """Gather what makes the query true, from what is true in units that it makes true.

        `within` are the passages that the group was asked of in which it stands.
        """
        true = units & answer.true
        if answer.part is not None:
            assert isinstance(answer.node, Leaf | Near)
            self._worded |= true
            marked = answer.passages & self._units.passages(true)
            scored = within & self._units.passages(units)
            self._words.append(_Word(answer.node, answer.weight, answer.part, scored, marked))
        elif not answer.asked:
            self._conditions.append((answer.passages, true))
        for asked in answer.asked:
            self._reach(asked, true, answer.passages)
