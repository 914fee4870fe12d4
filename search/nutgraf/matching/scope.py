"""Queries that neighbouring passages answer together, in one segment.

A query is asked of units, which are stretches of passages of one article: a leaf is true in a unit
if one of its passages has it, a filter chooses the passages that are asked, and what is joined is
joined as ever. In a unit for which the query is true, the hits are the passages that have words of
it; where it is true without any, those that meet its conditions. In units of one passage that is
what matches anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np

from nutgraf.matching.filters import Filters
from nutgraf.matching.scorer import NO_DOCS, Scorer, Scores
from nutgraf.matching.windows import Windows
from nutgraf.positions.phrase import DocIds, Mask, look_up
from nutgraf.query.tree import Boost, Filter, Group, Leaf, Near, Node
from nutgraf.scoring.query_weights import QueryWeights

__all__ = ["WindowedQuery"]


@dataclass(slots=True, eq=False)
class _Answer:
    """What was found of a node: the units in which it is true, and the passages it is about.

    These are those that have a leaf or meet a filter. `within` are those that a group was asked of.
    """

    node: Node
    true: Mask
    documents: DocIds
    scorer: Scorer | None = None
    boost: float = 1.0
    asked: "tuple[_Answer, ...]" = ()
    within: Mask | None = None


@dataclass(slots=True, eq=False)
class _Word:
    """A leaf that takes part: where it may score, and where it makes the query true."""

    node: Leaf | Near
    boost: float
    scorer: Scorer
    scored: Mask
    marked: DocIds


class WindowedQuery:
    """A query's answer in units: `hits` are the passages, as a mask.

    `part` gives what a node that is no group gives to single passages; `eligible` are the passages
    that may match.
    """

    def __init__(
        self,
        tree: Group,
        units: Windows,
        eligible: Mask,
        filters: Filters,
        query_weights: QueryWeights,
        scorer: Callable[[Node, float], Scorer],
    ) -> None:
        self._units = units
        self._filters = filters
        self._query_weights = query_weights
        self._scorer = scorer
        self._words: list[_Word] = []
        self._conditions: list[tuple[DocIds, Mask]] = []  # and the units they make true
        self._worded = np.zeros(len(units), bool)
        answer = self._ask(tree, eligible, 1.0)
        self._reach(answer, answer.true, eligible & units.passages(answer.true))
        self.hits = np.zeros_like(eligible)
        for word in self._words:
            self.hits[word.marked] = True
        for documents, true in self._conditions:
            self.hits[self._in(true & ~self._worded, documents)] = True

    def scores(self, documents: DocIds) -> Scores:
        """Return what the words give to some passages, where what they are said in is true."""
        scores = np.zeros(len(documents))
        for word in self._words:
            scores += word.scorer.scores_at(documents) * word.scored[documents]
        return scores

    def boosts(self, document: int) -> list[tuple[Node, float]]:
        """Return the words that give to a passage if it has them, with their weights."""
        return [(word.node, word.boost) for word in self._words if word.scored[document]]

    def words_of(self, document: int) -> Group | None:
        """Return the words by which a passage is a hit, as a choice; None if by none."""
        one = np.array([document])
        found = tuple(word.node for word in self._words if look_up(word.marked, one)[0][0])
        return Group(should=found) if found else None

    def _ask(self, node: Node, within: Mask, boost: float) -> _Answer:
        """Find out where a node is true, as far as the passages go that it is asked of."""
        if isinstance(node, Boost):
            return self._ask(node.node, within, boost * node.factor)
        if isinstance(node, Group):
            return self._ask_group(node, within, boost)
        if isinstance(node, Filter):
            documents = np.flatnonzero(self._filters.mask(node) & within)
            return _Answer(node, self._units.having(documents), documents)
        scorer = self._scorer(node, boost)
        mask = np.zeros_like(within)
        scorer.mark(mask.view(np.uint8), 1)
        documents = np.flatnonzero(mask & within)
        return _Answer(node, self._units.having(documents), documents, scorer, boost)

    def _ask_group(self, group: Group, within: Mask, boost: float) -> _Answer:
        for condition in group.filters:
            within = within & self._filters.mask(condition)
        must, should = (
            [self._ask(node, within, boost * own) for node, own in self._query_weights.weigh(nodes)]
            for nodes in (group.must, group.should)
        )
        documents = NO_DOCS.documents
        if must:
            true = reduce(and_, (answer.true for answer in must))
        elif should:
            true = reduce(or_, (answer.true for answer in should))
        else:
            documents = np.flatnonzero(within)
            true = self._units.having(documents)
        for node in group.exclude:
            true = true & ~self._ask(node, within, 0.0).true
        return _Answer(group, true, documents, asked=(*must, *should), within=within)

    def _reach(self, answer: _Answer, units: Mask, scored: Mask) -> None:
        """Gather what makes the query true, from what is true in units that it makes true.

        `scored` are the passages in these that the group was asked of in which it stands.
        """
        true = units & answer.true
        if answer.scorer is not None:
            assert isinstance(answer.node, Leaf | Near)
            self._worded |= true
            marked = self._in(true, answer.documents)
            self._words.append(_Word(answer.node, answer.boost, answer.scorer, scored, marked))
        elif not answer.asked:
            self._conditions.append((answer.documents, true))
        else:
            assert answer.within is not None
            scored = answer.within & self._units.passages(true)
            for asked in answer.asked:
                self._reach(asked, true, scored)

    def _in(self, units: Mask, documents: DocIds) -> DocIds:
        """Return those of some passages that are in any of some units."""
        return documents[self._units.passages(units)[documents]]
