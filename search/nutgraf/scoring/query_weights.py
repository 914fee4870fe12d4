"""What each word of a query weighs in the ranking. It matches and is marked whatever it weighs."""

from collections.abc import Sequence
from typing import TypeGuard

from nutgraf.query.tree import Group, Node, Words
from nutgraf.scoring.bm25f import repetition_boost
from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["QueryWeights"]


class QueryWeights:
    """What the words of a query weigh.

    Stop words weigh nothing unless quoted, and neither does how a query begins to ask: a run of
    stop words and words of request that ends in a stop word. Where nothing else is asked for,
    these weigh as any other. A word said more than once weighs more.
    """

    def __init__(self, tree: Group, analyzer: Analyzer) -> None:
        self._tree = tree
        self._analyzer = analyzer
        self._weighed: dict[int, tuple[Sequence[Node], list[tuple[Node, float]]]] = {}
        self._lone_word, self._stop_words = analyzer.lone_word, analyzer.language.stop_words
        leaves = list(tree.leaves())
        words = [leaf for leaf in leaves if _is_word(leaf)]
        # In a query all in capitals they say nothing; in another IT is no pronoun.
        self._shouted = all(word.text.isupper() for word in words)
        self._stops = len(leaves) > len(words) or not all(map(self._is_stop, words))
        head = 0 if tree.must else self._asking(tree.should)
        self._head = head if head and any(map(self._asks, tree.should[head:])) else 0

    def weigh(self, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
        """Return some nodes that stand side by side, each once, with their weights.

        Words of the same stem are one.
        """
        known = self._weighed.get(id(nodes))
        if known is None:
            # With the nodes, so that no others can have their identity meanwhile.
            known = self._weighed[id(nodes)] = nodes, self._weigh(nodes)
        return known[1]

    def _weigh(self, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
        chosen: dict[object, Node] = {}
        times: dict[object, int] = {}
        for node, weighs in zip(nodes, self._weighs(nodes), strict=True):
            key = self._analyzer.terms(node.text) if _is_word(node) else node
            chosen.setdefault(key, node)
            times[key] = times.get(key, 0) + weighs
        return [(node, repetition_boost(times[key])) for key, node in chosen.items()]

    def weightless(self, nodes: Sequence[Node]) -> set[tuple[str, ...]]:
        """Return the terms of those words among nodes side by side that weigh nothing."""
        return {
            self._analyzer.terms(node.text)
            for node, weight in self.weigh(nodes)
            if isinstance(node, Words) and not weight
        }

    def row(self) -> tuple[list[str | None], list[str]]:
        """Return the terms of the query's words in their order, and those without weight.

        In the order None stands for what is no word. What is in parentheses is left out.
        """
        row: list[str | None] = []
        light: dict[str, None] = {}
        for nodes in (self._tree.must, self._tree.should):
            for node, weighs in zip(nodes, self._weighs(nodes), strict=True):
                if not _is_word(node):
                    row.append(None)
                elif weighs:
                    row.extend(self._analyzer.weighted_terms(node.text))
                else:
                    light.update(dict.fromkeys(self._analyzer.weighted_terms(node.text)))
        return row, [term for term in light if term not in row]

    def _weighs(self, nodes: Sequence[Node]) -> list[bool]:
        """Return which of some nodes that stand side by side weigh anything."""
        head = self._head if nodes is self._tree.should else 0
        return [
            at >= head and not (self._stops and self._is_stop(node))
            for at, node in enumerate(nodes)
        ]

    def _is_stop(self, node: Node) -> bool:
        if not isinstance(node, Words) or node.quoted:
            return False
        text = node.text
        if self._lone_word(text) not in self._stop_words:
            return False
        return self._shouted or len(text) == 1 or not text.isupper()

    def _asks(self, node: Node) -> bool:
        """Whether a node asks for something: a word that is no stop word, or a phrase."""
        return any(not self._is_stop(leaf) for leaf in node.leaves())

    def _asking(self, nodes: Sequence[Node]) -> int:
        """Return how many nodes at the beginning only ask."""
        requests = self._analyzer.language.request_words
        end = 0
        for at, node in enumerate(nodes):
            if self._is_stop(node):
                end = at + 1
            elif not (_is_word(node) and self._lone_word(node.text) in requests):
                break
        return end


def _is_word(node: Node) -> TypeGuard[Words]:
    """Whether a node is a word that no quotes say is meant."""
    return isinstance(node, Words) and not node.quoted
