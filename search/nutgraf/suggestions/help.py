"""What helps when a query finds little or nothing: counts of its words, and other queries.

Worked out only when asked for. A suggestion is searched before it is made, so that what it
announces is what running it gives.
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

__all__ = ["LittleFound"]

_MOST_COUNTED = 32  # words and phrases of a query that are counted
_MOST_CORRECTED = 8  # words that are looked for under other spellings
_MOST_SPELLINGS = 3  # of one word
_MOST_SEARCHED = 24  # other queries that are tried


class LittleFound:
    """What helps with one query, searched with some options, that found `total` passages."""

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

    def __reduce__(self) -> tuple[Any, ...]:
        """Go with results to other processes as what was found, without the index."""
        return _settled, (self.counts, self.suggestions)

    def _count(self, text: str, options: SearchOptions) -> int:
        """Return how many passages a query finds."""
        query = parse(text, require=options.require, analyzer=self._analyzer)
        if query.tree is None:
            return 0
        with checked(self._postings.snapshot.readers):
            tree = rewritten(query, query.tree, self._postings, self._within, options)
            return count(tree, self._postings, self._within, options.window)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many passages each word, phrase or the like finds alone, as it prints.

        Nothing but the query's roles restricts them. The first 32 that the query has.
        """
        tree = self._tree
        if tree is None:
            return {}
        roles = tuple(one for one in tree.conditions() if one.field == "role")
        found = {}
        for leaf in islice(dict.fromkeys(tree.leaves()), _MOST_COUNTED):
            alone = str(Group(should=(leaf,), filters=roles))
            options = replace(self._options, require="any", expand=False, synonyms=None)
            found[str(leaf)] = self._count(alone, options)
        return found

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Other spellings, likeliest first, and the one change in what is asked that helps most.

        That is, of the changes that keep the most of the query, the one that finds the most
        passages. Each finds more than the query did. At most 24 queries are tried.
        """
        if self._tree is None:
            return ()
        with checked(self._postings.snapshot.readers):
            respelled = list(dict.fromkeys(self._respelled(self._tree)))
        self._left = _MOST_SEARCHED
        spelled = self._better(Relaxed("spelling", tree) for tree in respelled)
        found = list(spelled)
        for tree in (self._tree, *respelled[:1]):
            better = self._relaxed(tree)
            if better is not None:
                return (*found, better)
            if found:
                break
        return tuple(found)

    def _relaxed(self, tree: Node) -> Suggestion | None:
        wider = self._options.scope != "article"
        for step in relaxations(tree, self._analyzer, wider=wider):
            better = self._better(step)
            if better:
                return max(better, key=lambda one: one.total)
        return None

    def _better(self, candidates: Iterable[Relaxed]) -> list[Suggestion]:
        """Return those candidates that find more than the query did."""
        found: dict[tuple[str, bool], Suggestion] = {}
        for kind, tree, changed in candidates:
            if self._left:
                self._left -= 1
                suggestion = self._searched(kind, str(tree), changed)
                if suggestion is not None and suggestion.total > self._total:
                    found.setdefault((suggestion.query, kind == "article"), suggestion)
        return list(found.values())

    def _searched(self, kind: str, query: str, changed: Mapping[str, Any]) -> Suggestion | None:
        """Search a query; None where it is too long or its patterns stand for too many words."""
        try:
            parsed = partial(parse, analyzer=self._analyzer)
            query = str(parsed(query))  # a word that is there already goes
            same = parsed(query, require=self._options.require).tree == parsed(query).tree
            options = {**changed, **({} if same else {"require": "any"})}
            total = self._count(query, replace(self._options, **options))
            return Suggestion(kind, query, options, total)
        except QueryError:
            return None

    def _respelled(self, tree: Node) -> Iterator[Node]:
        """Yield a query with its misspelt words corrected, likeliest first."""
        found: dict[tuple[str, str], list[str]] = {}
        for name, text in islice(dict.fromkeys(_texts(tree)), _MOST_COUNTED):
            for token in self._analyzer.tokens(text):
                if len(found) < _MOST_CORRECTED and (name, token.word) not in found:
                    words = self._spellings(name, token.word)
                    if words:
                        found[name, token.word] = words
        if len(found) == 1:
            ((key, words),) = found.items()
            for word in words:
                yield tree.map(_Respelling({key: word}, self._analyzer))
        elif found:
            yield tree.map(
                _Respelling({key: words[0] for key, words in found.items()}, self._analyzer)
            )

    def _spellings(self, name: str, word: str) -> list[str]:
        """Return the archive's words that one was likely meant for, as they are written."""
        fields = ("text", "title") if name == "text" else (name,)
        vocabularies = [Vocabulary(self._postings, field) for field in fields]
        words = corrections(word, vocabularies, _MOST_SPELLINGS)
        if name != "text":
            return words
        written = vocabularies[0].written
        parts = divided(word, vocabularies[0])
        found = ["-".join(map(written, parts))] if parts else []
        return [*found, *map(written, words)][:_MOST_SPELLINGS]


def _settled(counts: dict[str, int], suggestions: tuple[Suggestion, ...]) -> LittleFound:
    help = LittleFound.__new__(LittleFound)
    help.__dict__.update(counts=counts, suggestions=suggestions)
    return help


class _Respelling:
    """Changes the words of leaves and filters, each by its field and the folded word."""

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
    """Yield the words that a query wants, each with the field it wants them in."""
    for leaf in tree.leaves():
        if isinstance(leaf, Words | Exact | Fuzzy):
            yield "text", leaf.text
    for condition in tree.conditions():
        if FIELDS[condition.field].takes is Takes.WORDS:
            yield condition.field, condition.value
