"""Adding synonyms to the tree of a query."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from nutgraf.query.leaves import counted, exact_of, signed_terms, words_of
from nutgraf.query.tree import Boost, Exact, Group, Leaf, Node, Signed, Words
from nutgraf.rewriting.stop_words import StopWords
from nutgraf.scoring.bm25f import SYNONYM
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.synonym_rules import Rule, SynonymRules
from nutgraf_index.errors import QueryError

__all__ = ["OtherForms", "with_synonyms"]

_MOST_ADDED = 1_000  # synonyms in one query
_Terms = tuple[str, ...]


class OtherForms(SynonymRules):
    """Rules whose right side says the same as the left: it weighs as much as the words themselves.

    `weights` has, for each form, the boost with which it weighs as much, and 1 for a left side that
    stands in a row in the archive. The words of a row count less where they stand apart than the
    row and its forms. `left_out` has left sides, each with a form that is not looked up.
    """

    __slots__ = ("left_out", "weights")

    def __init__(
        self,
        rules: tuple[Rule, ...],
        weights: Mapping[str, float],
        left_out: tuple[tuple[str, str], ...],
    ) -> None:
        super().__init__(rules)
        self.weights = weights
        self.left_out = left_out


class _Synonym(NamedTuple):
    """A synonym: its key, see `_key`, its node, and for another form what it weighs in a row.

    Beside other forms, a row that stands in the archive has its own terms as a key.
    """

    key: _Terms
    node: Node
    weighed: Node | None = None


# By the terms of a row.
_Synonyms = dict[_Terms, list[_Synonym]]


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
        leaves = [(text, leaf) for text in right if (leaf := _leaf(text, analyzer)) is not None]
        if isinstance(synonyms, OtherForms):
            nodes = [_weighed(leaf, synonyms.weights[text], analyzer) for text, leaf in leaves]
        else:
            nodes = [_Synonym(_key(leaf, analyzer), Boost(leaf, SYNONYM)) for _, leaf in leaves]
        for word in left:
            terms = _key(words_of(word, analyzer), analyzer)
            others = [node for node in nodes if node.key != terms]
            if isinstance(synonyms, OtherForms) and word in synonyms.weights and others:
                phrase = words_of(word, analyzer, quoted=True)
                assert phrase is not None
                others.insert(0, _Synonym(terms, phrase, phrase))
            by_terms.setdefault(terms, []).extend(others)
    return by_terms


def _weighed(leaf: Words | Signed | Exact, weight: float, analyzer: Analyzer) -> _Synonym:
    """Return another form of a row, which weighs as much as the row."""
    weighed = leaf if weight == 1 else Boost(leaf, weight)
    return _Synonym(_key(leaf, analyzer), Boost(leaf, round(SYNONYM * weight, 3)), weighed)


def _leaf(text: str, analyzer: Analyzer) -> Words | Signed | Exact | None:
    """Return a synonym as a phrase; after "=", as written."""
    if text.startswith("="):
        return exact_of(text[1:], analyzer)
    return words_of(text, analyzer, quoted=True)


def _key(leaf: Words | Signed | Exact | None, analyzer: Analyzer) -> _Terms:
    """Return what tells a row of words from others: its terms.

    A word with a sign is its folded word and the sign; "=" stands before words as written, one
    text.
    """
    if leaf is None:
        return ()
    if isinstance(leaf, Signed):
        return tuple(signed_terms(leaf.text, analyzer))
    return ("=", leaf.text) if isinstance(leaf, Exact) else analyzer.terms(leaf.text)


class _SynonymAdder:
    """Adds synonyms to the nodes of one query; `added` counts them."""

    def __init__(self, sets: Sequence[_Synonyms], analyzer: Analyzer) -> None:
        self._sets = sets
        self._analyzer = analyzer
        self._longest = max((len(terms) for one in sets for terms in one), default=0)
        self.added = 0

    def node(self, node: Node, beside: Set[_Terms] = frozenset()) -> Node:
        """Return a node with synonyms; it needs none that are already `beside` it in a choice."""
        if isinstance(node, Boost):
            return Boost(self.node(node.node, beside), node.factor)
        if isinstance(node, Words | Signed):
            node = Group(should=(node,))
            with_synonyms = self._group(node)
            return with_synonyms if len(with_synonyms.should) > 1 else with_synonyms.should[0]
        return self._group(node, beside) if isinstance(node, Group) else node

    def _group(self, group: Group, beside: Set[_Terms] = frozenset()) -> Group:
        stop_words = StopWords(group, self._analyzer)
        must: dict[Node, None] = {}
        for has_synonyms, row, terms in self._rows(group.must, stop_words):
            if not has_synonyms:
                must[self.node(row[0])] = None
            elif synonyms := self._added(terms, {terms, *beside}):
                node = row[0] if len(row) == 1 else Group(must=row)
                if len(row) > 1 and (forms := self._forms(terms, beside)):
                    node, synonyms = Boost(node, SYNONYM), forms
                must[Group(should=(node, *synonyms))] = None
            else:
                must.update(dict.fromkeys(row))
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
            part = row[0] if isinstance(row[0], Leaf) else self.node(row[0], seen)
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
        terms: _Terms = ()
        has_content = False
        for end in range(start, len(nodes)):
            node = nodes[end]
            if not isinstance(node, Words | Signed) or (node.quoted and end > start):
                break
            is_plain = isinstance(node, Words)
            own = self._analyzer.terms(node.text) if is_plain else _key(node, self._analyzer)
            if node.quoted and is_plain and len(own) == 1:
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
            for synonym in one.get(terms, ()):
                if synonym.key not in seen and synonym.key != terms:
                    seen.add(synonym.key)
                    added.append(synonym.node)
        self.added += len(added)
        return tuple(added)

    def _forms(self, terms: _Terms, beside: Set[_Terms]) -> tuple[Node, ...]:
        """Return a row of required words in a row, its other forms and synonyms; () without forms.

        Each form weighs as much as the row, which is left out if no passage has it.
        """
        found: dict[_Terms, _Synonym] = {}
        rows = [one for synonyms in self._sets for one in synonyms.get(terms, ())]
        for one in sorted(rows, key=lambda row: row.key != terms):  # the row as typed first
            if one.key not in beside:
                found.setdefault(one.key, one)
        if not any(one.weighed for one in found.values() if one.key != terms):
            return ()
        return tuple(one.weighed or one.node for one in found.values())
