"""Queries that neighbouring passages answer together, in one segment.

A query is asked of units, which are stretches of passages of one article: a leaf is true in a unit
if one of its passages has it, a filter chooses the passages that are asked, and what is joined is
joined as ever. In a unit for which the query is true, the hits are the passages that have words of
it; where it is true without any, those that meet its conditions. In units of one passage that is
what matches anyway.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nutgraf.matching.documents import Documents
from nutgraf.matching.filters import Filters
from nutgraf.matching.windows import Windows
from nutgraf.query.tree import Boost, Filter, Group, Leaf, Near, Node
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.core.buffers import Bitmap, Numbers

__all__ = ["WindowedQuery"]


@dataclass(slots=True, eq=False)
class _Answer:
    """What was found of a node: the units in which it is true, and the passages it is about.

    These are those that have a leaf or meet a filter. `within` are those that a group was asked of.
    """

    node: Node
    true: Bitmap
    documents: Bitmap
    boost: float = 1.0
    asked: "tuple[_Answer, ...]" = ()
    within: Bitmap | None = None


@dataclass(slots=True, eq=False)
class _Word:
    """A leaf that takes part: where it may score, and where it makes the query true."""

    node: Leaf | Near
    boost: float
    scored: Bitmap
    marked: Bitmap


class WindowedQuery:
    """A query's answer in units: `hits` are the passages.

    `documents` gives the passages for which a node is true that is no group; `eligible` are the
    passages that may match.
    """

    def __init__(
        self,
        tree: Group,
        units: Windows,
        eligible: Bitmap,
        filters: Filters,
        query_weights: QueryWeights,
        documents: Callable[[Node], Documents],
    ) -> None:
        self._units = units
        self._filters = filters
        self._query_weights = query_weights
        self._documents = documents
        self.words: list[_Word] = []
        self._conditions: list[tuple[Bitmap, Bitmap]] = []  # and the units they make true
        self._worded = Bitmap(len(units))
        answer = self._ask(tree, eligible, 1.0)
        self._reach(answer, answer.true, _both(eligible, units.passages(answer.true)))
        self.hits = Bitmap(eligible.size)
        for word in self.words:
            self.hits |= word.marked
        for passages, true in self._conditions:
            rest = true.copy()
            rest -= self._worded
            self.hits |= _both(passages, units.passages(rest))

    def scored(self) -> Iterator[tuple[Node, float, Numbers]]:
        """Yield each word, its weight, and the hits to which it gives if they have it."""
        for word in self.words:
            yield word.node, word.boost, _both(word.scored, self.hits).numbers()

    def boosts(self, document: int) -> list[tuple[Node, float]]:
        """Return the words that give to a passage if it has them, with their weights."""
        return [(word.node, word.boost) for word in self.words if document in word.scored]

    def words_of(self, document: int) -> Group | None:
        """Return the words by which a passage is a hit, as a choice; None if by none."""
        found = tuple(word.node for word in self.words if document in word.marked)
        return Group(should=found) if found else None

    def _ask(self, node: Node, within: Bitmap, boost: float) -> _Answer:
        """Find out where a node is true, as far as the passages go that it is asked of."""
        if isinstance(node, Boost):
            return self._ask(node.node, within, boost * node.factor)
        if isinstance(node, Group):
            return self._ask_group(node, within, boost)
        if isinstance(node, Filter):
            documents = _both(within, self._filters.mask(node))
        else:
            documents = Bitmap(within.size)
            self._documents(node).mark(documents)
            documents &= within
        return _Answer(node, self._units.having(documents), documents, boost)

    def _ask_group(self, group: Group, within: Bitmap, boost: float) -> _Answer:
        for condition in group.filters:
            within = _both(within, self._filters.mask(condition))
        must, should = (
            [self._ask(node, within, boost * own) for node, own in self._query_weights.weigh(nodes)]
            for nodes in (group.must, group.should)
        )
        documents = Bitmap(within.size)
        if must or should:
            true = (must or should)[0].true.copy()
            for answer in must[1:]:
                true &= answer.true
            for answer in () if must else should[1:]:
                true |= answer.true
        else:
            documents = within
            true = self._units.having(documents)
        for node in group.exclude:
            true -= self._ask(node, within, 0.0).true
        return _Answer(group, true, documents, asked=(*must, *should), within=within)

    def _reach(self, answer: _Answer, units: Bitmap, scored: Bitmap) -> None:
        """Gather what makes the query true, from what is true in units that it makes true.

        `scored` are the passages in these that the group was asked of in which it stands.
        """
        true = _both(units, answer.true)
        if isinstance(answer.node, Leaf | Near):
            self._worded |= true
            marked = _both(answer.documents, self._units.passages(true))
            self.words.append(_Word(answer.node, answer.boost, scored, marked))
        elif not answer.asked:
            self._conditions.append((answer.documents, true))
        else:
            assert answer.within is not None
            scored = _both(answer.within, self._units.passages(true))
            for asked in answer.asked:
                self._reach(asked, true, scored)


def _both(one: Bitmap, other: Bitmap) -> Bitmap:
    """Return what is in both of two sets."""
    both = one.copy()
    both &= other
    return both
