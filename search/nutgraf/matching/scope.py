"""Queries evaluated in windows of neighbouring passages of a segment.

A leaf is true in a window if at least one passage of the window matches it. Groups combine leaves
in a window as they do in a passage, and filters restrict the passages on which a group is
evaluated. If the query is true in a window, the passages of the window that match a leaf of the
query are hits. If the query is true without any leaf, the passages that meet the filters are hits.
With windows of one passage, the hits are the passages that match without windows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nutgraf.matching.doc_id_sets import DocIdSet
from nutgraf.query.tree import Boost, Filter, Group, Leaf, Near, Node
from nutgraf.scoring.query_boosts import QueryBoosts
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, zeros

__all__ = ["WindowedQuery", "Windows"]


class Windows:
    """All windows of `size` neighbouring passages in a segment.

    An article of fewer passages is one window. Windows are numbered from 0, and overlap.

    Args:
        firsts: the first doc id of each article, then the number of passages
        size: number of passages in a window, at least 1
    """

    def __init__(self, firsts: Numbers, size: int) -> None:
        self._passages = firsts[-1]
        starts, stops = zeros("I", self._passages), zeros("I", self._passages)
        count = core.bitmaps.windows(firsts, min(size, self._passages), starts, stops)
        self._starts, self._stops = starts[:count], stops[:count]

    def __len__(self) -> int:
        return len(self._starts)

    def having(self, doc_ids: Bitmap) -> Bitmap:
        """Return the windows that have at least one of the passages."""
        return doc_ids.touched(self._starts, self._stops)

    def passages(self, windows: Bitmap) -> Bitmap:
        """Return the passages that are in at least one of the windows."""
        return windows.spread(self._starts, self._stops, self._passages)


@dataclass(slots=True, eq=False)
class _Evaluated:
    """A node with the windows in which it is true.

    Args:
        true: the windows in which the node is true
        doc_ids: for a leaf, filter or group without clauses, the passages that match it
        boost: the boost of the node
        clauses: for a group, its evaluated clauses
        within: for a group, the passages in which it is evaluated
    """

    node: Node
    true: Bitmap
    doc_ids: Bitmap
    boost: float = 1.0
    clauses: "tuple[_Evaluated, ...]" = ()
    within: Bitmap | None = None


@dataclass(slots=True, eq=False)
class _TrueLeaf:
    """A leaf that is true in windows in which the query is true.

    Args:
        scored: the passages to whose score the leaf adds, if they match the leaf
        hits: the passages that are hits because they match the leaf
    """

    node: Leaf | Near
    boost: float
    scored: Bitmap
    hits: Bitmap


class WindowedQuery:
    """A query evaluated in windows; `hits` are the passages that match.

    Args:
        eligible: the passages that may match
        mask: returns the passages that meet a filter, or a group that only restricts
        doc_ids: returns the passages that match a leaf or NEAR node
    """

    def __init__(
        self,
        tree: Group,
        windows: Windows,
        eligible: Bitmap,
        mask: Callable[[Filter | Group], Bitmap],
        query_boosts: QueryBoosts,
        doc_ids: Callable[[Node], DocIdSet],
    ) -> None:
        self._tree = tree
        self._windows = windows
        self._mask = mask
        self._query_boosts = query_boosts
        self._doc_ids = doc_ids
        self._leaves: list[_TrueLeaf] = []
        # The passages of each condition, and the windows in which it makes the query true.
        self._conditions: list[tuple[Bitmap, Bitmap]] = []
        self._with_leaf = Bitmap(len(windows))  # windows in which a leaf is true
        query = self._evaluate(tree, eligible, 1.0)
        self._collect(query, query.true, _both(eligible, windows.passages(query.true)))
        self.hits = Bitmap(eligible.size)
        for leaf in self._leaves:
            self.hits |= leaf.hits
        for passages, true in self._conditions:
            without_leaf = true.copy()
            without_leaf -= self._with_leaf
            self.hits |= _both(passages, windows.passages(without_leaf))

    def scored(self) -> Iterator[tuple[list[tuple[Node, float]], Numbers]]:
        """Yield the leaves that add to the scores of the same hits if they match, and these hits.

        Each leaf has its boost. The clauses of a group have one bitmap of such passages.
        """
        groups: dict[int, list[_TrueLeaf]] = {}
        for leaf in self._leaves:
            groups.setdefault(id(leaf.scored), []).append(leaf)
        for leaves in groups.values():
            doc_ids = _both(leaves[0].scored, self.hits).numbers()
            yield [(leaf.node, leaf.boost) for leaf in leaves], doc_ids

    def boosts(self, doc_id: int) -> list[tuple[Node, float]]:
        """Return the leaves that add to the score of a passage that matches them, with boosts."""
        return [(leaf.node, leaf.boost) for leaf in self._leaves if doc_id in leaf.scored]

    def leaves_of(self, doc_id: int) -> Group | None:
        """Return the leaves that make a passage a hit, as a disjunction; None if no leaf does."""
        nodes = tuple(leaf.node for leaf in self._leaves if doc_id in leaf.hits)
        distinct = frozenset(nodes)
        beside = tuple(one for one in self._tree.beside if one.word in distinct)
        return Group(should=nodes, beside=beside) if nodes else None

    def _evaluate(self, node: Node, within: Bitmap, boost: float) -> _Evaluated:
        """Evaluate a node in all windows, on the passages in `within` alone."""
        if isinstance(node, Boost):
            return self._evaluate(node.node, within, boost * node.factor)
        if isinstance(node, Group):
            return self._evaluate_group(node, within, boost)
        if isinstance(node, Filter):
            doc_ids = _both(within, self._mask(node))
        else:
            doc_ids = Bitmap(within.size)
            self._doc_ids(node).mark(doc_ids)
            doc_ids &= within
        return _Evaluated(node, self._windows.having(doc_ids), doc_ids, boost)

    def _evaluate_group(self, group: Group, within: Bitmap, boost: float) -> _Evaluated:
        for condition in group.filters:
            within = _both(within, self._mask(condition))
        must, should = (
            [
                self._evaluate(node, within, boost * factor)
                for node, factor in self._query_boosts.boosts(nodes)
            ]
            for nodes in (group.must, group.should)
        )
        doc_ids = Bitmap(within.size)
        if must or should:
            true = (must or should)[0].true.copy()
            for clause in must[1:]:
                true &= clause.true
            for clause in () if must else should[1:]:
                true |= clause.true
        else:
            doc_ids = within
            true = self._windows.having(doc_ids)
        for node in group.exclude:
            true -= self._evaluate(node, within, 0.0).true
        return _Evaluated(group, true, doc_ids, clauses=(*must, *should), within=within)

    def _collect(self, evaluated: _Evaluated, windows: Bitmap, scored: Bitmap) -> None:
        """Collect the leaves and conditions that make the query true.

        Args:
            windows: the windows in which the parent of the node, and so the query, is true
            scored: the passages of these windows in which the parent is evaluated
        """
        true = _both(windows, evaluated.true)
        if isinstance(evaluated.node, Leaf | Near):
            self._with_leaf |= true
            hits = _both(evaluated.doc_ids, self._windows.passages(true))
            self._leaves.append(_TrueLeaf(evaluated.node, evaluated.boost, scored, hits))
        elif not evaluated.clauses:
            self._conditions.append((evaluated.doc_ids, true))
        else:
            assert evaluated.within is not None
            scored = _both(evaluated.within, self._windows.passages(true))
            for clause in evaluated.clauses:
                self._collect(clause, true, scored)


def _both(left: Bitmap, right: Bitmap) -> Bitmap:
    """Return the intersection of two bitmaps."""
    intersection = left.copy()
    intersection &= right
    return intersection
