"""Words of a query that neither match nor count: stop words, and the request at its beginning."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from typing import TypeGuard

from nutgraf.query.tree import Beside, Group, Leaf, Node, Words, as_group, is_word
from nutgraf_index.analysis.analyzer import Analyzer, Asked

__all__ = ["StopWords", "without_stop_words"]

_MOST_BESIDE = 2  # stop words in a row that count beside a word, before it and after it


def without_stop_words(tree: Node, analyzer: Analyzer) -> Node:
    """Return a query tree without its stop words, see `StopWords`.

    The stop words of the outermost group become its hints. Those beside a word that counts can
    count, too; see `Beside`.

    >>> from nutgraf.query.parser import parse
    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> str(without_stop_words(parse("the otters AND (of OR by)").tree, analyzer_of("en")))
    'otters'
    """
    return StopWords(tree, analyzer).dropped() if isinstance(tree, Group) else tree


class StopWords:
    """Decides which words of a query neither match nor count.

    They are stop words without quotes, the two parts of a contraction whose apostrophe became a
    blank (it s, don t), and a request at the beginning of a query ("find articles
    about"): a run of stop words and request words that ends in a stop word. If the query has
    nothing else, all words count. The parser puts a stop word after `+` in quotes.
    """

    def __init__(self, tree: Group, analyzer: Analyzer) -> None:
        self._tree, self._analyzer, self._asked = tree, analyzer, analyzer.asked
        leaves = tree.leaves()
        self._stops = self._stops_among(leaves)
        self.has_nothing_else = self._stops.issuperset(map(id, leaves))
        self._dropped = set() if self.has_nothing_else else self._stops
        self._request, self.has_request = 0, False
        if self._stops and not tree.must:
            length = self._request_length(tree.should)
            if any(map(self._has_content, tree.should[length:])):
                self._request = length
                self.has_request = not all(map(self.is_stop, tree.should[:length]))
            else:
                self.has_nothing_else = True

    def _stops_among(self, leaves: Sequence[Leaf]) -> set[int]:
        """Return the ids of the leaves that are stop words without quotes."""
        stops = [leaf for leaf in leaves if is_word(leaf) and self._asked(leaf.text).is_stop_word]
        # IT in capitals is not a stop word, unless the whole query is in capitals.
        if stops and not all(leaf.text.isupper() for leaf in leaves if is_word(leaf)):
            stops = [word for word in stops if len(word.text) == 1 or not word.text.isupper()]
        ids = {*map(id, stops)}
        clipped = self._analyzer.language.clipped
        if not clipped.keys().isdisjoint([leaf.text for leaf in leaves]):
            ids.update(_clipped(self._tree, self._asked, clipped))
        return ids

    def are_dropped(self, nodes: Sequence[Node]) -> list[bool]:
        """Return for each node of a clause whether it is a word that does not count."""
        request = self._request if nodes is self._tree.should else 0
        return [i < request or id(node) in self._dropped for i, node in enumerate(nodes)]

    def dropped(self) -> Node:
        """Return the tree without the words that do not count."""
        tree = self._tree
        rest = self._without(tree) if self._dropped else None
        if rest is None:
            return tree
        hints: list[Words] = []
        beside: list[Beside] = []
        for nodes in filter(None, (tree.must, tree.should)):
            are_dropped = self.are_dropped(nodes)
            hints += filter(is_word, compress(nodes, are_dropped))
            beside += self._beside(nodes, are_dropped)
        group = as_group(rest)
        counting = group.must, group.should, group.exclude, group.filters
        return Group(*counting, tuple(hints), tuple(beside))

    def _beside(self, nodes: Sequence[Node], are_dropped: Sequence[bool]) -> Iterator[Beside]:
        """Yield the stop words of a clause that stand beside a word that counts.

        At most `_MOST_BESIDE` stop words stand in a row with the word. A request does not count.
        """
        is_asked = nodes is self._tree.should and self.has_request
        first = self._request if is_asked else 0
        for i, word in enumerate(nodes):
            if are_dropped[i] or not any(are_dropped[max(i - 1, 0) : i + 2]):
                continue
            if not self._can_stand_beside(word):
                continue
            for step in (-1, 1):
                text = word.text
                for k in range(i + step, i + step * (_MOST_BESIDE + 1), step):
                    if not (first <= k < len(nodes) and are_dropped[k]):
                        break
                    stop_word = nodes[k]
                    if not self._can_stand_beside(stop_word):
                        break
                    text = f"{stop_word.text} {text}" if k < i else f"{text} {stop_word.text}"
                    yield Beside(stop_word, word, Words(text, quoted=True))

    def _can_stand_beside(self, node: Node) -> TypeGuard[Words]:
        """Whether a node is a word between blanks; the grams of a run overlap."""
        return is_word(node) and not self._analyzer.is_unspaced(node.text)

    def _without(self, group: Group) -> Node | None:
        """Return a group without its stop words; None for a group of stop words alone."""
        must, should = self._kept(group.must), self._kept(group.should)
        if (group.must or group.should) and not (must or should):
            return None
        if len(must) == 1 and not should:
            (only,) = must
            must, should = [], [only]
            if isinstance(only, Group) and only.is_choice:
                should = [*only.should]
        if len(should) == 1 and not (must or group.exclude or group.filters):
            return should[0]
        clauses = tuple(must), tuple(should), group.exclude, group.filters
        return Group(*clauses, group.hints, group.beside)

    def _kept(self, nodes: Sequence[Node]) -> list[Node]:
        """Return the nodes of a clause that count, without their own stop words."""
        kept: list[Node] = []
        for node, is_dropped in zip(nodes, self.are_dropped(nodes), strict=True):
            rest = self._without(node) if isinstance(node, Group) else node
            if not is_dropped and rest is not None:
                kept.append(rest)
        return kept

    def is_stop(self, node: Node) -> bool:
        """Whether a node of the tree is a stop word without quotes."""
        return id(node) in self._stops

    def _has_content(self, node: Node) -> bool:
        """Whether a node has a leaf that is not a stop word."""
        return any(not self.is_stop(leaf) for leaf in node.leaves())

    def _request_length(self, nodes: Sequence[Node]) -> int:
        """Return the number of nodes in the request at the beginning of a query."""
        requests = self._analyzer.language.request_words
        end = 0
        for i, node in enumerate(nodes):
            if self.is_stop(node):
                end = i + 1
            elif not (is_word(node) and self._asked(node.text).lone_word in requests):
                break
        return end


def _clipped(
    tree: Node, asked: Callable[[str], Asked], clipped: Mapping[str, frozenset[str]]
) -> Iterator[int]:
    """Yield the ids of the nodes that are parts of contractions; see `Language.clipped`."""
    for group in tree.walk():
        for nodes in (group.must, group.should) if isinstance(group, Group) else ():
            for i, (left, right) in enumerate(pairwise(nodes)):
                # A single letter in capitals is a name: Model T, T cells.
                if not (is_word(left) and is_word(right) and right.text in clipped):
                    continue
                before, words = asked(left.text).lone_word, clipped[right.text]
                if before in words or (not words and before and i + 2 < len(nodes)):
                    yield id(right)
                    if before in words:
                        yield id(left)
