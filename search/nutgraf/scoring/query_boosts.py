"""The boost of each word of a query. Words of boost 0 still match and are highlighted."""

from collections.abc import Sequence
from typing import TypeGuard

from nutgraf.query.tree import Group, Node, Words
from nutgraf.scoring.bm25f import repetition_boost
from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["QueryBoosts"]


class QueryBoosts:
    """The boosts of the words of a query.

    Stop words without quotes have a boost of 0, and so does a request at the beginning of a query
    ("find articles about"): a run of stop words and request words that ends in a stop word. If the
    query has nothing else, all words have a boost. A repeated word has a higher boost.
    """

    def __init__(self, tree: Group, analyzer: Analyzer) -> None:
        self._tree = tree
        self._analyzer = analyzer
        self._cached: dict[int, tuple[Sequence[Node], list[tuple[Node, float]]]] = {}
        self._lone_word, self._stop_words = analyzer.lone_word, analyzer.language.stop_words
        leaves = list(tree.leaves())
        words = [leaf for leaf in leaves if _is_word(leaf)]
        # IT in capitals is not a stop word, unless the whole query is in capitals.
        self._all_capitals = all(word.text.isupper() for word in words)
        self._drop_stop_words = len(leaves) > len(words) or not all(map(self._is_stop, words))
        length = 0 if tree.must else self._request_length(tree.should)
        self._request = length if any(map(self._has_content, tree.should[length:])) else 0

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
        for node, boosted in zip(nodes, self._are_boosted(nodes), strict=True):
            key = self._analyzer.terms(node.text) if _is_word(node) else node
            distinct.setdefault(key, node)
            times[key] = times.get(key, 0) + boosted
        return [(node, repetition_boost(times[key])) for key, node in distinct.items()]

    def unboosted(self, nodes: Sequence[Node]) -> set[tuple[str, ...]]:
        """Return the terms of the words of a clause whose boost is 0."""
        return {
            self._analyzer.terms(node.text)
            for node, boost in self.boosts(nodes)
            if isinstance(node, Words) and not boost
        }

    def row(self) -> tuple[list[str | None], list[str]]:
        """Return the terms of the boosted words in the query's order, and the terms of boost 0.

        The first list has None for each node that is not a word, such as a phrase or a group.
        """
        row: list[str | None] = []
        unboosted: dict[str, None] = {}
        for nodes in (self._tree.must, self._tree.should):
            for node, boosted in zip(nodes, self._are_boosted(nodes), strict=True):
                if not _is_word(node):
                    row.append(None)
                elif boosted:
                    row.extend(self._analyzer.weighted_terms(node.text))
                else:
                    unboosted.update(dict.fromkeys(self._analyzer.weighted_terms(node.text)))
        return row, [term for term in unboosted if term not in row]

    def _are_boosted(self, nodes: Sequence[Node]) -> list[bool]:
        """Return for each node of a clause whether it has a boost."""
        request = self._request if nodes is self._tree.should else 0
        return [
            i >= request and not (self._drop_stop_words and self._is_stop(node))
            for i, node in enumerate(nodes)
        ]

    def _is_stop(self, node: Node) -> bool:
        if not isinstance(node, Words) or node.quoted:
            return False
        text = node.text
        if self._lone_word(text) not in self._stop_words:
            return False
        return self._all_capitals or len(text) == 1 or not text.isupper()

    def _has_content(self, node: Node) -> bool:
        """Whether a node has a leaf that is not a stop word."""
        return any(not self._is_stop(leaf) for leaf in node.leaves())

    def _request_length(self, nodes: Sequence[Node]) -> int:
        """Return the number of nodes in the request at the beginning of a query."""
        requests = self._analyzer.language.request_words
        end = 0
        for i, node in enumerate(nodes):
            if self._is_stop(node):
                end = i + 1
            elif not (_is_word(node) and self._lone_word(node.text) in requests):
                break
        return end


def _is_word(node: Node) -> TypeGuard[Words]:
    """Whether a node is words without quotes."""
    return isinstance(node, Words) and not node.quoted
