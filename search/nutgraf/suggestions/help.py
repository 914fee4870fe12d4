"""Help for a query: counts of its words, and suggested queries.

If the query finds many passages, only mistyped words are corrected. Counts and suggestions are
computed on first access. Every suggestion is searched, so its total is exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.parser import Query, parse
from nutgraf.query.tree import Group, Node, as_group
from nutgraf.results.hits import FEW_RESULTS, Suggestion
from nutgraf.rewriting.languages import read_query
from nutgraf.rewriting.needed import Answer, as_typed, matched, text_of
from nutgraf.rewriting.stop_words import without_stop_words
from nutgraf.suggestions.query_words import QueryWord, doc_freq, query_words, rare_words
from nutgraf_index.errors import QueryError
from nutgraf_index.model import Subtree
from nutgraf_index.store.snapshot import checked

if TYPE_CHECKING:  # imported on first use: few queries need these modules
    from nutgraf.suggestions.correction import Corrected
    from nutgraf.suggestions.relaxation import Relaxed

__all__ = ["QueryHelp"]

_MOST_COUNTED = 32  # words and phrases of a query that are counted
_MOST_SEARCHED = 24  # suggestions that are searched
_NO_WORDS: Mapping[str, int] = {}


class QueryHelp:
    """The text of a query as it was understood, and counts and suggestions for its answer."""

    def __init__(
        self,
        query: Query,
        answer: Answer,
        postings: SnapshotPostings,
        within: list[Subtree] | None,
        options: SearchOptions,
    ) -> None:
        self._query = query
        self._asked = answer.searched.asked
        self._shown = answer.shown
        self._total = answer.page.total + answer.page.further
        self._postings = postings
        self._analyzer = postings.analyzer
        self._within = within
        self._options = options

    @property
    def query(self) -> str:
        """The query as it was understood, in the query syntax."""
        return self._shown()

    @cached_property
    def _typed(self) -> Group | None:
        """The operands that stand side by side, if all are needed."""
        return as_typed(self._query, self._analyzer)

    @property
    def _tree(self) -> Node:
        tree = self._typed or self._query.tree
        assert tree is not None  # a query without words has no help
        return tree

    def _count(self, text: str, options: SearchOptions) -> int:
        """Return the number of passages that a query finds with the given options.

        Its language is told by its own words, as if it was typed.
        """
        snapshot = self._postings.snapshot
        postings = self._postings.asked_in(snapshot.languages[0])
        with checked(snapshot.readers):
            return self._matches(*read_query(text, postings, options), options)

    def _matches(self, postings: SnapshotPostings, query: Query, options: SearchOptions) -> int:
        return 0 if query.tree is None else matched(query, postings, self._within, options)[1]

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of passages that each leaf of the query finds alone, by the printed leaf.

        Of the filters of the query, only `role:` applies. Only the first 32 leaves are counted.
        """
        leaves = islice(dict.fromkeys(self._asked.leaves()), _MOST_COUNTED)
        return {str(leaf): self._count_alone(str(leaf)) for leaf in leaves}

    def _count_alone(self, leaf: str) -> int:
        """Return the number of passages that a printed leaf finds; of the filters, `role:` applies.

        Nothing is added to the leaf, and it is read in the language of the query.
        """
        conditions = self._asked.conditions()
        roles = (str(condition) for condition in conditions if condition.field == "role")
        options = replace(
            self._options,
            require="any",
            expand=False,
            synonyms=None,
            kept_synonyms=False,
            variants=False,
        )
        query = parse(" ".join((leaf, *roles)), analyzer=self._analyzer)
        with checked(self._postings.snapshot.readers):
            return self._matches(self._postings, query, options)

    @cached_property
    def spellings(self) -> tuple[Suggestion, ...]:
        """The query with mistyped words corrected, the likeliest correction first.

        If the query found few passages, each word with a far more frequent similar word is
        corrected, and each suggestion corrects a word that no passage has, or finds more passages
        than the query did. Otherwise, only rare words that are surely mistyped are corrected.
        """
        corrected = self._corrected
        if not corrected:
            return ()
        with checked(self._postings.snapshot.readers):
            suggestions = [
                self._searched("spelling", tree, {}, self._counted(words))
                for tree, words in corrected
            ]
        return tuple(
            dict.fromkeys(
                suggestion
                for suggestion in suggestions
                if suggestion is not None and suggestion.total > self._least(suggestion.words)
            )
        )

    def _least(self, words: Mapping[str, int]) -> int:
        """Return the number of passages that a query with other words must exceed."""
        absent = not all(words.values())
        return 0 if absent or self._total >= FEW_RESULTS else self._total

    def _counted(self, words: Iterable[QueryWord]) -> dict[str, int]:
        return {word.typed: doc_freq(word, self._postings) for word in words}

    @cached_property
    def _corrected(self) -> "list[Corrected]":
        """The query with mistyped words corrected, the likeliest correction first."""
        tree = self._tree
        with checked(self._postings.snapshot.readers):
            few = self._total < FEW_RESULTS
            rare = {} if few else rare_words(tree, self._postings, self._options)
            if not (few or rare):
                return []
            from nutgraf.suggestions.correction import Corrector

            corrector = Corrector(tree, self._postings)
            if few:
                return corrector.possible(query_words(tree, self._analyzer))
            return corrector.likely(rare)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The spellings, the best relaxation of a query that found few passages, and the rest.

        The rest is the query in the order of dates, if it asks for the newest articles, and the
        query with variants.

        A relaxation finds more passages than the query did. Relaxations are tried in steps; of the
        first step that helps, the query that finds the most passages is suggested. At most 24
        queries are searched.
        """
        return (*self._corrected_or_relaxed, *self._newest, *self._with_variants)

    @property
    def _corrected_or_relaxed(self) -> tuple[Suggestion, ...]:
        spellings = self.spellings
        if self._total >= FEW_RESULTS:
            return spellings
        self._searches_left = _MOST_SEARCHED - len(self._corrected)
        # The likeliest correction is relaxed only if no correction and no relaxation helps.
        for tree in (self._tree, *(tree for tree, _ in self._corrected[:1])):
            relaxation = self._relaxation(tree)
            if relaxation is not None:
                return (*spellings, relaxation)
            if spellings:
                break
        return spellings

    @property
    def _newest(self) -> tuple[Suggestion, ...]:
        """The query by date and without the words that ask for the newest articles, if any do."""
        from nutgraf.rewriting.learnt.newest import without_newest

        with checked(self._postings.snapshot.readers):
            text = without_newest(self._query, self._postings, self._options)
            if not text:
                return ()
            query = parse(text, require=self._options.require, analyzer=self._analyzer)
            if query.tree is None:
                return ()
            tree = without_stop_words(query.tree, self._analyzer)
            beside = as_typed(query, self._analyzer) is not None
            suggestion = self._searched("newest", tree, {"sort": "-date"}, beside=beside)
        return (suggestion,) if suggestion is not None and suggestion.total else ()

    @property
    def _with_variants(self) -> tuple[Suggestion, ...]:
        """The query with the variants of its words, if it finds more passages with them."""
        if self._options.variants:
            return ()
        from nutgraf.rewriting.learnt.variants import printed, variants_of

        with checked(self._postings.snapshot.readers):
            rules = variants_of(self._tree, self._postings).rules
            variants = dict.fromkeys(variant for _, right in rules for variant in right)
            counts = {variant: self._count_alone(printed(variant)) for variant in variants}
            found = {variant.lstrip("="): count for variant, count in counts.items() if count}
            if not found:
                return ()
            suggestion = self._searched("variants", self._tree, {"variants": True}, found)
            if suggestion is None:
                return ()
            without = replace(self._options, **{**suggestion.options, "variants": False})
            more = suggestion.total > self._count(suggestion.query, without)
        return (suggestion,) if more else ()

    def _relaxation(self, tree: Node) -> Suggestion | None:
        from nutgraf.suggestions.relaxation import relaxations

        wider = self._options.scope != "article"
        tree = without_stop_words(tree, self._analyzer)
        with checked(self._postings.snapshot.readers):
            roles = self._postings.hiding_roles
        for step in relaxations(tree, self._analyzer, wider=wider, roles=roles):
            better = self._better(step)
            if better:
                return max(better, key=lambda suggestion: suggestion.total)
        return None

    def _better(self, candidates: "Iterable[Relaxed]") -> list[Suggestion]:
        """Return the candidates that find more passages than the query did."""
        better: dict[tuple[str, bool], Suggestion] = {}
        for kind, tree, changed in candidates:
            if self._searches_left:
                self._searches_left -= 1
                suggestion = self._searched(kind, tree, changed)
                if suggestion is not None and suggestion.total > self._total:
                    better.setdefault((suggestion.query, kind == "article"), suggestion)
        return list(better.values())

    def _searched(
        self,
        kind: str,
        tree: Node,
        changed: Mapping[str, Any],
        words: Mapping[str, int] = _NO_WORDS,
        *,
        beside: bool | None = None,
    ) -> Suggestion | None:
        """Return a query as a suggestion; None if it is too long or expands to too many words.

        Args:
            beside: whether the choices of the tree stand side by side and are all needed; None if
                that is as in the query of this help
        """
        beside = self._typed is not None if beside is None else beside
        try:
            parsed = partial(parse, analyzer=self._analyzer)
            if self._options.require == "auto":
                text = str(tree) if beside else as_group(tree).printed(explicit=True)
                query = text_of(parsed(text, require="auto"), "auto", self._analyzer)
                same = True
            else:
                query = str(parsed(str(tree)))  # prints repeated words once
                same = parsed(query, require=self._options.require).tree == parsed(query).tree
            options = {**changed, **({} if same else {"require": "any"})}
            # The query has the filters that were given as options.
            options |= dict.fromkeys(self._options.filters())
            total = self._count(query, replace(self._options, **options))
            return Suggestion(kind, query, options, total, dict(words))
        except QueryError:
            return None
