"""A query with synonyms of its words added to the tree."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from nutgraf.query.leaves import words_of
from nutgraf.query.synonym_rules import SynonymRules
from nutgraf.query.tree import Boost, Group, Node, Words
from nutgraf.scoring.bm25f import SYNONYM
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.errors import QueryError

__all__ = ["with_synonyms"]

_MOST_ADDED = 1_000  # synonyms in one query
_Terms = tuple[str, ...]
_Synonyms = dict[_Terms, list[tuple[_Terms, Node]]]  # of a row of terms: theirs, and what is added


def with_synonyms(tree: Node, synonyms: SynonymRules, text: str, analyzer: Analyzer) -> Node:
    """Return a query in which any synonym of a word or phrase will do for it, at less weight.

    Widened are plain words, rows of them, and phrases, of rows the longest that has synonyms.
    Words in quotes alone, words as written, patterns, fuzzy words, parts of NEAR and ADJ, filters
    and what is excluded stay as they are; so do words without weight. Synonyms are not widened in
    turn. `text` is what was typed. Raises `QueryError` for more than 1,000 synonyms.

    >>> from nutgraf.query.parser import parse
    >>> from nutgraf.query.synonym_rules import read_synonyms
    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> known = read_synonyms({"car": ["automobile"]})
    >>> str(with_synonyms(parse("+car -race").tree, known, "+car -race", analyzer_of("en")))
    'car "automobile"^0.7 -race'
    """
    widening = _Widening(_by_terms(synonyms, analyzer), analyzer)
    result = widening.node(tree)
    if widening.added > _MOST_ADDED:
        raise QueryError(
            f"the words of the query have {widening.added:,} synonyms, {_MOST_ADDED:,} allowed; "
            "write fewer words, or leave synonyms out",
            0,
            len(text),
        )
    return result


@lru_cache(maxsize=4)  # many queries are asked with the same rules
def _by_terms(synonyms: SynonymRules, analyzer: Analyzer) -> _Synonyms:
    """Return the synonyms of each row of terms that has any."""
    found: _Synonyms = {}
    for left, right in synonyms.rules:
        read = [(analyzer.terms(text), words_of(text, analyzer, quoted=True)) for text in right]
        added = [(terms, Boost(words, SYNONYM)) for terms, words in read if words is not None]
        for word in left:
            terms = analyzer.terms(word)
            found.setdefault(terms, []).extend(one for one in added if one[0] != terms)
    return found


class _Widening:
    """One query's widening; `added` counts the synonyms."""

    def __init__(self, synonyms: _Synonyms, analyzer: Analyzer) -> None:
        self._synonyms = synonyms
        self._analyzer = analyzer
        self._longest = max(map(len, synonyms), default=0)
        self.added = 0

    def node(self, node: Node) -> Node:
        if isinstance(node, Boost):
            return Boost(self.node(node.node), node.factor)
        if isinstance(node, Words):
            node = Group(should=(node,))
            with_synonyms = self._group(node)
            return with_synonyms if len(with_synonyms.should) > 1 else with_synonyms.should[0]
        return self._group(node) if isinstance(node, Group) else node

    def _group(self, group: Group) -> Group:
        weights = QueryWeights(group, self._analyzer)
        light = [weights.weightless(nodes) for nodes in (group.must, group.should)]
        must: dict[Node, None] = {}
        for run, row, terms in self._runs(group.must, light[0]):
            whole = row[0] if len(row) == 1 else Group(must=row)
            added = self._added(terms, {terms}) if run else ()
            must[Group(should=(whole, *added)) if added else self.node(whole)] = None
        should: list[Node] = []
        more: list[Node] = []
        said = {self._analyzer.terms(node.text) for node in group.should if isinstance(node, Words)}
        for run, row, terms in self._runs(group.should, light[1]):
            if run:
                should += row
                more += self._added(terms, said)
                continue
            part = row[0] if isinstance(row[0], Words) else self.node(row[0])
            # As where it is read: (a OR b) beside c is a OR b OR c.
            choice = isinstance(part, Group) and part.is_choice
            should += part.should if choice and isinstance(part, Group) else (part,)
        # What was asked stays a row without them, in which words are near each other.
        should += more
        if len(must) == 1 and not should:
            (only,) = must
            chosen = only.should if isinstance(only, Group) and only.is_choice else (only,)
            return group.replaced(must=(), should=chosen)
        return group.replaced(must=tuple(must), should=tuple(should))

    def _runs(
        self, nodes: Sequence[Node], light: set[_Terms]
    ) -> Iterator[tuple[bool, tuple[Node, ...], _Terms]]:
        """Yield the nodes in order: rows that have synonyms, with their terms, and others."""
        at = 0
        while at < len(nodes):
            end, terms = self._run(nodes, at, light)
            row = nodes[at : max(end, at + 1)]
            if end and len(row) == 1 and isinstance(row[0], Words):
                # Beside others a word such as WHO has no weight unless quoted.
                row = (self._weighty(row[0]),)
            yield end > 0, tuple(row), terms
            at += len(row)

    def _run(self, nodes: Sequence[Node], at: int, light: set[_Terms]) -> tuple[int, _Terms]:
        """Return the end of the longest row from `at` on that has synonyms, and its terms.

        The end is 0 where there is none.
        """
        found: tuple[int, _Terms] = (0, ())
        terms: _Terms = ()
        weighs = False
        for end in range(at, len(nodes)):
            node = nodes[end]
            if not isinstance(node, Words) or (node.quoted and end > at):
                break
            own = self._analyzer.terms(node.text)
            if node.quoted and len(own) == 1:
                break
            terms += own
            weighs = weighs or own not in light
            if len(terms) > self._longest:
                break
            if weighs and self._synonyms.get(terms):
                found = end + 1, terms
            if node.quoted:
                break
        return found

    def _added(self, terms: _Terms, said: set[_Terms]) -> tuple[Node, ...]:
        """Return the synonyms of some terms that were not `said`, which they then are."""
        added: list[Node] = []
        for key, node in self._synonyms[terms]:
            if key not in said:
                said.add(key)
                added.append(node)
        self.added += len(added)
        return tuple(added)

    def _weighty(self, word: Words) -> Words:
        """Return a word that keeps its weight beside others."""
        stops = self._analyzer.is_stop_word(self._analyzer.lone_word(word.text))
        return word.replaced(quoted=True) if stops else word
