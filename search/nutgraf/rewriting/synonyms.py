"""Adding synonyms to the tree of a query."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from nutgraf.query.leaves import counted, exact_of, words_of
from nutgraf.query.tree import Boost, Exact, Group, Leaf, Node, Signed, Words
from nutgraf.rewriting.stop_words import StopWords
from nutgraf.scoring.bm25f import SYNONYM
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.synonym_rules import SynonymRules
from nutgraf_index.errors import QueryError

__all__ = ["with_synonyms"]

_MOST_ADDED = 1_000  # synonyms in one query
_Terms = tuple[str, ...]
# By the terms of a row: the terms and the node of each synonym.
_Synonyms = dict[_Terms, list[tuple[_Terms, Node]]]


def with_synonyms(
    tree: Node, synonyms: Iterable[SynonymRules], text: str, analyzer: Analyzer
) -> Node:
    """Return a query tree in which each word or phrase also matches by its synonyms.

    Synonyms are added, with a boost of 0.7, to plain words, to rows of plain words (the longest row
    that has synonyms), and to phrases. They are not added to a single word in quotes, words as
    written, patterns, fuzzy words, parts of NEAR and ADJ, filters, excluded nodes, stop words
    that do not count, and other synonyms. `text` is the query as typed.

    Raises:
        QueryError: the query has more than 1,000 synonyms

    >>> from nutgraf.query.parser import parse
    >>> from nutgraf_index.analysis.synonym_rules import read_synonyms
    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> rules = read_synonyms({"car": ["automobile"]})
    >>> str(with_synonyms(parse("+car -race").tree, [rules], "+car -race", analyzer_of("en")))
    'car "automobile"^0.7 -race'
    """
    adder = _SynonymAdder([_by_terms(rules, analyzer) for rules in synonyms], analyzer)
    result = adder.node(tree)
    if adder.added > _MOST_ADDED:
        raise QueryError(
            f"the words of the query have {adder.added:,} synonyms, {_MOST_ADDED:,} allowed; "
            "write fewer words, or leave synonyms out",
            0,
            len(text),
        )
    return result


@lru_cache(maxsize=4)  # many queries use the same rules
def _by_terms(synonyms: SynonymRules, analyzer: Analyzer) -> _Synonyms:
    """Return the synonyms of each row of terms that has synonyms."""
    by_terms: _Synonyms = {}
    for left, right in synonyms.rules:
        leaves = [leaf for text in right if (leaf := _leaf(text, analyzer)) is not None]
        nodes = [(_key(leaf, analyzer), Boost(leaf, SYNONYM)) for leaf in leaves]
        for word in left:
            terms = _key(words_of(word, analyzer), analyzer)
            by_terms.setdefault(terms, []).extend(node for node in nodes if node[0] != terms)
    return by_terms


def _leaf(text: str, analyzer: Analyzer) -> Words | Signed | Exact | None:
    """Return a synonym as a phrase; after "=", as written."""
    if text.startswith("="):
        return exact_of(text[1:], analyzer)
    return words_of(text, analyzer, quoted=True)


def _key(leaf: Words | Signed | Exact | None, analyzer: Analyzer) -> _Terms:
    """Return what tells a row of words from others: its terms.

    Words with a sign are one text in small letters; "=" stands before words as written, one text.
    """
    if leaf is None:
        return ()
    if isinstance(leaf, Signed):
        return (leaf.text.casefold(),)
    return ("=", leaf.text) if isinstance(leaf, Exact) else analyzer.terms(leaf.text)


class _SynonymAdder:
    """Adds synonyms to the nodes of one query; `added` counts them."""

    def __init__(self, sets: Sequence[_Synonyms], analyzer: Analyzer) -> None:
        self._sets = sets
        self._analyzer = analyzer
        self._longest = max((len(terms) for one in sets for terms in one), default=0)
        self.added = 0

    def node(self, node: Node) -> Node:
        if isinstance(node, Boost):
            return Boost(self.node(node.node), node.factor)
        if isinstance(node, Words | Signed):
            node = Group(should=(node,))
            with_synonyms = self._group(node)
            return with_synonyms if len(with_synonyms.should) > 1 else with_synonyms.should[0]
        return self._group(node) if isinstance(node, Group) else node

    def _group(self, group: Group) -> Group:
        stop_words = StopWords(group, self._analyzer)
        must: dict[Node, None] = {}
        for has_synonyms, row, terms in self._rows(group.must, stop_words):
            node = row[0] if len(row) == 1 else Group(must=row)
            synonyms = self._added(terms, {terms}) if has_synonyms else ()
            must[Group(should=(node, *synonyms)) if synonyms else self.node(node)] = None
        should: list[Node] = []
        more: list[Node] = []
        leaves = [node.node if isinstance(node, Boost) else node for node in group.should]
        seen = {
            _key(leaf, self._analyzer)
            for leaf in leaves
            if isinstance(leaf, Words | Signed | Exact)
        }
        for has_synonyms, row, terms in self._rows(group.should, stop_words):
            if has_synonyms:
                should += row
                more += self._added(terms, seen)
                continue
            part = row[0] if isinstance(row[0], Leaf) else self.node(row[0])
            # As the parser does: (a OR b) beside c is a OR b OR c.
            choice = isinstance(part, Group) and part.is_choice
            should += part.should if choice and isinstance(part, Group) else (part,)
        # Synonyms come last, so that the words of the query stay neighbours for proximity.
        should += more
        if len(must) == 1 and not should:
            (only,) = must
            choices = only.should if isinstance(only, Group) and only.is_choice else (only,)
            return group.replaced(must=(), should=choices)
        return group.replaced(must=tuple(must), should=tuple(should))

    def _rows(
        self, nodes: Sequence[Node], stop_words: StopWords
    ) -> Iterator[tuple[bool, tuple[Node, ...], _Terms]]:
        """Yield (whether it has synonyms, row, terms) for rows that cover the nodes in order.

        A row without synonyms is a single node.
        """
        are_dropped = stop_words.are_dropped(nodes)
        start = 0
        while start < len(nodes):
            end, terms = self._longest_row(nodes, start, are_dropped)
            row = nodes[start : max(end, start + 1)]
            if end and len(row) == 1 and isinstance(row[0], Words):
                # Beside its synonyms, a stop word such as WHO counts only in quotes.
                row = (counted(row[0], self._analyzer),)
            yield end > 0, tuple(row), terms
            start += len(row)

    def _longest_row(
        self, nodes: Sequence[Node], start: int, are_dropped: Sequence[bool]
    ) -> tuple[int, _Terms]:
        """Return the end of the longest row from `start` on that has synonyms, and its terms.

        The end is 0 if no row from `start` on has synonyms.
        """
        longest: tuple[int, _Terms] = (0, ())
        first = nodes[start]
        if isinstance(first, Signed):
            key = _key(first, self._analyzer)
            return (start + 1, key) if any(one.get(key) for one in self._sets) else longest
        terms: _Terms = ()
        has_content = False
        for end in range(start, len(nodes)):
            node = nodes[end]
            if not isinstance(node, Words) or (node.quoted and end > start):
                break
            own = self._analyzer.terms(node.text)
            if node.quoted and len(own) == 1:
                break
            terms += own
            has_content = has_content or not are_dropped[end]
            if len(terms) > self._longest:
                break
            if has_content and any(one.get(terms) for one in self._sets):
                longest = end + 1, terms
            if node.quoted:
                break
        return longest

    def _added(self, terms: _Terms, seen: set[_Terms]) -> tuple[Node, ...]:
        """Return the synonyms of a row whose terms are not in `seen`, and add these to `seen`."""
        added: list[Node] = []
        for one in self._sets:
            for key, node in one.get(terms, ()):
                if key not in seen:
                    seen.add(key)
                    added.append(node)
        self.added += len(added)
        return tuple(added)
