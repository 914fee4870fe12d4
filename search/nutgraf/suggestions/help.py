"""Help for a query that finds few passages: counts of its words, and suggested queries.

Both are computed on first access. Every suggestion is searched, so its total is exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice
from typing import Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.leaves import exact_of, words_of
from nutgraf.query.parser import Query, parse
from nutgraf.query.tree import Exact, Filter, Fuzzy, Group, Leaf, Near, Node, Words
from nutgraf.ranking.rank import count
from nutgraf.results.hits import Suggestion
from nutgraf.rewriting.rewrite import rewritten
from nutgraf.suggestions.did_you_mean import corrections, divided
from nutgraf.suggestions.relaxation import Relaxed, relaxations
from nutgraf.suggestions.vocabulary import Vocabulary
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.errors import QueryError
from nutgraf_index.fields import FIELDS, Takes
from nutgraf_index.model import Subtree
from nutgraf_index.store.snapshot import checked

__all__ = ["QueryHelp"]

_MOST_COUNTED = 32  # words and phrases of a query that are counted
_MOST_CORRECTED = 8  # words of a query that are corrected
_MOST_SPELLINGS = 3  # corrections of a word
_MOST_SEARCHED = 24  # suggestions that are searched


class QueryHelp:
    """Counts and suggestions for a query that found `total` passages with the given options."""

    def __init__(
        self,
        query: Query,
        total: int,
        postings: SnapshotPostings,
        within: list[Subtree] | None,
        options: SearchOptions,
    ) -> None:
        self._tree = query.tree
        self._total = total
        self._postings = postings
        self._analyzer = postings.analyzer
        self._within = within
        self._options = options

    def _count(self, text: str, options: SearchOptions) -> int:
        """Return the number of passages that a query finds with the given options."""
        query = parse(text, require=options.require, analyzer=self._analyzer)
        if query.tree is None:
            return 0
        with checked(self._postings.snapshot.readers):
            tree = rewritten(query, query.tree, self._postings, self._within, options)
            return count(tree, self._postings, self._within, options.window)

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of passages that each leaf of the query finds alone, by the printed leaf.

        Of the filters of the query, only `role:` applies. Only the first 32 leaves are counted.
        """
        tree = self._tree
        if tree is None:
            return {}
        roles = tuple(condition for condition in tree.conditions() if condition.field == "role")
        counts = {}
        for leaf in islice(dict.fromkeys(tree.leaves()), _MOST_COUNTED):
            alone = str(Group(should=(leaf,), filters=roles))
            options = replace(self._options, require="any", expand=False, synonyms=None)
            counts[str(leaf)] = self._count(alone, options)
        return counts

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Did-you-mean queries, likeliest first, and the best relaxation of the query.

        Each suggestion finds more passages than the query did. Relaxations are tried in steps; of
        the first step that helps, the query that finds the most passages is suggested. At most 24
        queries are searched.
        """
        if self._tree is None:
            return ()
        with checked(self._postings.snapshot.readers):
            corrected = list(dict.fromkeys(self._corrected(self._tree)))
        self._searches_left = _MOST_SEARCHED
        did_you_mean = self._better(Relaxed("spelling", tree) for tree in corrected)
        # The likeliest correction is relaxed only if no correction and no relaxation helps.
        for tree in (self._tree, *corrected[:1]):
            relaxation = self._relaxation(tree)
            if relaxation is not None:
                return (*did_you_mean, relaxation)
            if did_you_mean:
                break
        return tuple(did_you_mean)

    def _relaxation(self, tree: Node) -> Suggestion | None:
        wider = self._options.scope != "article"
        for step in relaxations(tree, self._analyzer, wider=wider):
            better = self._better(step)
            if better:
                return max(better, key=lambda suggestion: suggestion.total)
        return None

    def _better(self, candidates: Iterable[Relaxed]) -> list[Suggestion]:
        """Return the candidates that find more passages than the query did."""
        better: dict[tuple[str, bool], Suggestion] = {}
        for kind, tree, changed in candidates:
            if self._searches_left:
                self._searches_left -= 1
                suggestion = self._searched(kind, str(tree), changed)
                if suggestion is not None and suggestion.total > self._total:
                    better.setdefault((suggestion.query, kind == "article"), suggestion)
        return list(better.values())

    def _searched(self, kind: str, query: str, changed: Mapping[str, Any]) -> Suggestion | None:
        """Return a query as a suggestion; None if it is too long or expands to too many words."""
        try:
            parsed = partial(parse, analyzer=self._analyzer)
            query = str(parsed(query))  # prints repeated words once
            same = parsed(query, require=self._options.require).tree == parsed(query).tree
            options = {**changed, **({} if same else {"require": "any"})}
            # The query has the filters that were given as options.
            options |= dict.fromkeys(self._options.filters())
            total = self._count(query, replace(self._options, **options))
            return Suggestion(kind, query, options, total)
        except QueryError:
            return None

    def _corrected(self, tree: Node) -> Iterator[Node]:
        """Yield the query with mistyped words corrected, the likeliest corrections first."""
        spellings: dict[tuple[str, str], list[str]] = {}
        for name, text in islice(dict.fromkeys(_texts(tree)), _MOST_COUNTED):
            for token in self._analyzer.tokens(text):
                if len(spellings) < _MOST_CORRECTED and (name, token.word) not in spellings:
                    words = self._spellings(name, token.word)
                    if words:
                        spellings[name, token.word] = words
        if len(spellings) == 1:
            ((key, words),) = spellings.items()
            for word in words:
                yield tree.map(_Correction({key: word}, self._analyzer))
        elif spellings:
            likeliest = {key: words[0] for key, words in spellings.items()}
            yield tree.map(_Correction(likeliest, self._analyzer))

    def _spellings(self, name: str, word: str) -> list[str]:
        """Return the likeliest corrections of a word in a field, as the archive writes them."""
        fields = ("text", "title") if name == "text" else (name,)
        vocabularies = [Vocabulary(self._postings, field) for field in fields]
        words = corrections(word, vocabularies, _MOST_SPELLINGS)
        if name != "text":
            return words
        written = vocabularies[0].written
        parts = divided(word, vocabularies[0])
        compound = ["-".join(map(written, parts))] if parts else []
        return [*compound, *map(written, words)][:_MOST_SPELLINGS]


class _Correction:
    """Replaces words in leaves and filters; `spellings` is by field and folded word."""

    def __init__(self, spellings: Mapping[tuple[str, str], str], analyzer: Analyzer) -> None:
        self._spellings = spellings
        self._analyzer = analyzer

    def __call__(self, node: Node) -> Node:
        if isinstance(node, Filter):
            if FIELDS[node.field].takes is not Takes.WORDS:
                return node
            return Filter(node.field, self._text(node.field, node.value))
        if isinstance(node, Near):
            parts = tuple(tuple(self._leaf(leaf) for leaf in part) for part in node.parts)
            return Near(parts, node.slop, node.ordered)
        return self._leaf(node) if isinstance(node, Leaf) else node

    def _leaf(self, leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Words | Exact | Fuzzy):
            return leaf
        text = self._text("text", leaf.text)
        if text == leaf.text:
            return leaf
        if isinstance(leaf, Exact):
            return exact_of(text, self._analyzer) or leaf
        return (
            words_of(text, self._analyzer, quoted=isinstance(leaf, Words) and leaf.quoted) or leaf
        )

    def _text(self, name: str, text: str) -> str:
        for token in reversed(self._analyzer.tokens(text)):
            spelling = self._spellings.get((name, token.word))
            if spelling is not None:
                text = text[: token.start] + spelling + text[token.end :]
        return text


def _texts(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield the field and the text of each leaf and filter whose words can be corrected."""
    for leaf in tree.leaves():
        if isinstance(leaf, Words | Exact | Fuzzy):
            yield "text", leaf.text
    for condition in tree.conditions():
        if FIELDS[condition.field].takes is Takes.WORDS:
            yield condition.field, condition.value
