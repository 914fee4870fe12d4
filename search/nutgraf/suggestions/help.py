"""What helps when a query finds little or nothing: counts of its words, and other queries.

Worked out only when asked for. A suggestion is searched before it is made, so that what it
announces is what running it gives.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.leaves import exact_of, words_of
from nutgraf.query.parser import Query, parse
from nutgraf.query.tree import Boost, Exact, Filter, Fuzzy, Group, Leaf, Near, Node, Words, leaves
from nutgraf.suggestions.did_you_mean import corrections, divided
from nutgraf.suggestions.relaxation import Relaxed, relaxations, rewritten
from nutgraf.suggestions.vocabulary import Vocabulary
from nutgraf_index.analysis.analyzer import analyse
from nutgraf_index.errors import QueryError
from nutgraf_index.fields import FIELDS, Takes
from nutgraf_index.store.soundness import checked

__all__ = ["Help", "Suggestion"]

_MOST_COUNTED = 32  # words and phrases of a query that are counted
_MOST_CORRECTED = 8  # words that are looked for under other spellings
_MOST_SPELLINGS = 3  # of one word
_MOST_SEARCHED = 24  # other queries that are tried

Count = Callable[[str, Mapping[str, Any]], int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, with how many passages it finds.

    `options` are the keyword arguments in which its search differs from the one that found
    little. `kind` is "spelling", or what is asked of fewer passages: the words may stand "apart",
    in passages of a "role" that is left out unless named, or in the whole "article"; without a
    "filter", an "exclusion" or a "word"; or "any" of the words will do.
    """

    kind: str
    query: str
    options: Mapping[str, Any] = field(hash=False)
    total: int


class Help:
    """What helps with one query.

    `asked` has the options that the query was searched with and found `total` passages; `count`
    tells how many another one finds with others.
    """

    def __init__(
        self,
        query: Query,
        asked: Mapping[str, Any],
        total: int,
        postings: SnapshotPostings,
        count: Count,
    ) -> None:
        self._tree = query.tree
        self._asked = asked
        self._total = total
        self._postings = postings
        self._count = count

    def __reduce__(self) -> tuple[Any, ...]:
        """Go with results to other processes as what was found, without the index."""
        return _settled, (self.counts, self.suggestions)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many passages each word, phrase or the like finds alone, as it prints.

        Nothing but the query's roles restricts them. The first 32 that the query has.
        """
        tree = self._tree
        if tree is None:
            return {}
        roles = tuple(one for one in _filters(tree) if one.field == "role")
        found = {}
        for leaf in islice(dict.fromkeys(leaves(tree)), _MOST_COUNTED):
            alone = str(Group(should=(leaf,), filters=roles))
            found[str(leaf)] = self._count(
                alone, {**self._asked, "require": "any", "expand": False, "synonyms": None}
            )
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
        wider = self._asked["scope"] != "article"
        for step in relaxations(tree, wider=wider):
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
            query = str(parse(query))  # a word that is there already goes
            same = parse(query, require=self._asked["require"]).tree == parse(query).tree
            options = {**changed, **({} if same else {"require": "any"})}
            total = self._count(query, {**self._asked, **options})
            return Suggestion(kind, query, options, total)
        except QueryError:
            return None

    def _respelled(self, tree: Node) -> Iterator[Node]:
        """Yield a query with its misspelt words corrected, likeliest first."""
        found: dict[tuple[str, str], list[str]] = {}
        for name, text in islice(dict.fromkeys(_texts(tree)), _MOST_COUNTED):
            for token in analyse(text):
                if len(found) < _MOST_CORRECTED and (name, token.word) not in found:
                    words = self._spellings(name, token.word)
                    if words:
                        found[name, token.word] = words
        if len(found) == 1:
            ((key, words),) = found.items()
            for word in words:
                yield rewritten(tree, _Respelling({key: word}))
        elif found:
            yield rewritten(tree, _Respelling({key: words[0] for key, words in found.items()}))

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


def _settled(counts: dict[str, int], suggestions: tuple[Suggestion, ...]) -> Help:
    help = Help.__new__(Help)
    help.__dict__.update(counts=counts, suggestions=suggestions)
    return help


class _Respelling:
    """Changes the words of leaves and filters, each by its field and the folded word."""

    def __init__(self, spellings: Mapping[tuple[str, str], str]) -> None:
        self._spellings = spellings

    def __call__(self, node: Leaf | Near | Filter) -> Node:
        if isinstance(node, Filter):
            if FIELDS[node.field].takes is not Takes.WORDS:
                return node
            return Filter(node.field, self._text(node.field, node.value))
        if isinstance(node, Near):
            parts = tuple(tuple(self._leaf(leaf) for leaf in part) for part in node.parts)
            return Near(parts, node.slop, node.ordered)
        return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Words | Exact | Fuzzy):
            return leaf
        text = self._text("text", leaf.text)
        if text == leaf.text:
            return leaf
        if isinstance(leaf, Exact):
            return exact_of(text) or leaf
        return words_of(text, quoted=isinstance(leaf, Words) and leaf.quoted) or leaf

    def _text(self, name: str, text: str) -> str:
        for token in reversed(analyse(text)):
            spelling = self._spellings.get((name, token.word))
            if spelling is not None:
                text = text[: token.start] + spelling + text[token.end :]
        return text


def _texts(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield the words that a query wants, each with the field it wants them in."""
    for leaf in leaves(tree):
        if isinstance(leaf, Words | Exact | Fuzzy):
            yield "text", leaf.text
    for condition in _filters(tree):
        if FIELDS[condition.field].takes is Takes.WORDS:
            yield condition.field, condition.value


def _filters(node: Node) -> Iterator[Filter]:
    """Yield the filters of a query, but for what is excluded."""
    if isinstance(node, Filter):
        yield node
    elif isinstance(node, Boost):
        yield from _filters(node.node)
    elif isinstance(node, Group):
        for part in (*node.must, *node.should, *node.filters):
            yield from _filters(part)
