"""The boost of each word of a query: a repeated word has a higher boost."""

from collections.abc import Sequence

from nutgraf.query.tree import Group, Node, is_word
from nutgraf.scoring.bm25f import repetition_boost
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.cache import lazy

__all__ = ["QueryBoosts"]


class QueryBoosts:
    """The boosts of the words of a query."""

    def __init__(self, tree: Group, analyzer: Analyzer) -> None:
        self._tree = tree
        self._asked = analyzer.asked
        self._cached: dict[int, tuple[Sequence[Node], list[tuple[Node, float]]]] = {}

    def boosts(self, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
        """Return the distinct nodes of a clause with their boosts.

        Words with the same terms are one node.
        """
        cached = self._cached.get(id(nodes))
        if cached is None:
            # The nodes are kept too, so that no new object can get their id.
            cached = self._cached[id(nodes)] = nodes, self._distinct(nodes)
        return cached[1]

    def _distinct(self, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
        distinct: dict[object, Node] = {}
        times: dict[object, int] = {}
        for node in nodes:
            key = self._asked(node.text).terms if is_word(node) else node
            distinct.setdefault(key, node)
            times[key] = times.get(key, 0) + 1
        return [*zip(distinct.values(), map(repetition_boost, times.values()), strict=True)]

    @lazy
    def row(self) -> tuple[list[str | None], list[str]]:
        """The terms of the words in the query's order, and the terms of the hints.

        The first list has None for each node that is not a word, such as a phrase or a group.
        """
        asked = self._asked
        row: list[str | None] = []
        for node in (*self._tree.must, *self._tree.should):
            row += asked(node.text).weighted_terms if is_word(node) else (None,)
        hints: dict[str, None] = {}
        for word in self._tree.hints:
            hints.update(dict.fromkeys(asked(word.text).weighted_terms))
        return row, [term for term in hints if term not in row]
