"""Query tree against one segment: which passages match, and the best of them, set at a time.

What matches is decided by the passage's own text. A title that stands nowhere in the text belongs
to its article's opening passage, so that words found only there still find the article. Titles and
headings otherwise only add to the score.
"""

from collections.abc import Sequence
from functools import cached_property, reduce
from typing import NamedTuple

import numpy as np

from nutgraf.matching.disjunction import Disjunction, by_weight
from nutgraf.matching.filters import Filters
from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.matching.scope import WindowedQuery
from nutgraf.matching.scorer import DocScores, Scorer, Scores, sum_scores, total, total_weight
from nutgraf.matching.term_scorer import CompoundScorer
from nutgraf.positions.phrase import DocIds, Mask, distinct, union
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Words
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.fields import Level
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.sync.roots import Subtree

__all__ = ["NO_NEAR_DUPLICATES", "Match", "Ranked", "SegmentSearcher"]


NO_NEAR_DUPLICATES: tuple[int, tuple[str, ...]] = (0, ())


class Match(NamedTuple):
    """A passage that matched, by its number in a segment.

    `tree` is what makes it match, None if no word does; `filters` are those of its filters that
    hold for it; `opening` tells that it answers for its article's title; `more` are others of its
    article that match, where it stands for them; `copies` is how many copies of it match, with
    the first of their citations.
    """

    reader: SegmentReader
    passage: int
    score: float
    tree: Node | None
    filters: frozenset[Filter] = frozenset()
    opening: bool = False
    more: int = 0
    copies: tuple[int, tuple[str, ...]] = NO_NEAR_DUPLICATES


class SegmentSearcher:
    """One query against one segment."""

    def __init__(
        self,
        segment: SegmentPostings,
        postings: SnapshotPostings,
        tree: Group,
        query_weights: QueryWeights,
        places: list[Subtree] | None,
        size: int,
    ) -> None:
        self.segment = segment
        self.reader = segment.reader
        self.postings = postings
        self.analyzer = postings.analyzer
        self.tree = tree
        self.query_weights = query_weights
        self.places = places
        self.size = size
        self.filters = Filters(segment)
        self.articles: dict[int, str] = {}

    def best(
        self, first: int, floor: float, without: Mask | None = None
    ) -> tuple[int, DocIds, Scores]:
        """Return how many passages match, and the best `first` of them, in their order.

        Those with a score below `floor` need not be among them. Passages can be left out.
        """
        should = self._given[1]
        if should and not self._given[0] and self.size == 1:
            eligible = self._eligible
            if without is not None:
                eligible = ~without if eligible is None else eligible & ~without
            choice = Disjunction(should, eligible, self.reader.passages)
            total, documents, scores = choice.answer(first, floor)
        else:
            documents = self.matching()
            if without is not None:
                documents = documents[~without[documents]]
            total = len(documents)
            documents = documents if first else documents[:0]
            scores = self.scores_at(documents)
        chosen = self.chosen(documents, scores, first)
        return total, documents[chosen], scores[chosen]

    def matching(self) -> DocIds:
        """Return all passages that match."""
        if self.size > 1:
            return np.flatnonzero(self._windowed.hits)
        must, should = self._given
        if must:
            documents = _intersection(must)
        elif should:
            bits = np.zeros(self.reader.passages, np.uint8)
            for part in should:
                part.mark(bits, 1)
            documents = np.flatnonzero(bits)
        else:
            documents = np.arange(self.reader.passages, dtype=np.int64)
        eligible = self._eligible
        return documents if eligible is None else documents[eligible[documents]]

    def matches(self, documents: DocIds) -> Mask:
        """Return which of some passages match."""
        if self.size > 1:
            return self._windowed.hits[documents]
        must, should = self._given
        parts = [part.has(documents) for part in must or should]
        held = reduce(np.logical_and if must else np.logical_or, parts) if parts else True
        eligible = self._eligible
        return held & (np.ones(len(documents), bool) if eligible is None else eligible[documents])

    def scores_at(self, documents: DocIds) -> Scores:
        """Return the scores of some passages that match, before they are refined."""
        if self.size > 1:
            return self._windowed.scores(documents)
        must, should = self._given
        parts = [*must, *should]
        return sum_scores(parts if must else by_weight(parts), documents)

    @cached_property
    def _given(self) -> tuple[list[Scorer], list[Scorer]]:
        """What the parts give that are wanted, and those of which any is."""
        return self._parts(self.tree.must), self._parts(self.tree.should)

    @cached_property
    def _windowed(self) -> WindowedQuery:
        """The answer of neighbouring passages together."""
        visible = self._visible()
        if visible is None:
            visible = np.ones(self.reader.passages, bool)
        units = self.segment.units(self.size)
        return WindowedQuery(self.tree, units, visible, self.filters, self.query_weights, self.part)

    def match(
        self, document: int, score: float, copies: tuple[int, tuple[str, ...]] = NO_NEAR_DUPLICATES
    ) -> Match:
        """Return a match, with what holds for it, for the highlighter."""
        asked = self.filters.asked
        held = frozenset(node for node, mask in asked.items() if mask[document]) if asked else _NONE
        tree = self._windowed.words_of(document) if self.size > 1 else self.tree
        opening = self.segment.is_opening(document)
        return Match(self.reader, document, score, tree, held, opening, copies=copies)

    def article_of(self, document: int) -> str:
        """Return the id of a passage's article; asked for more than once in a query."""
        if document not in self.articles:
            article = self.reader.unit_at(Level.ARTICLE, document)
            self.articles[document] = self.reader.id_of(article)
        return self.articles[document]

    def cite(self, document: int) -> str:
        """Return the citation of a passage."""
        first = self.reader.passages_of(self.reader.unit_at(Level.ARTICLE, document))[0]
        return f"{self.article_of(document)}#{document - first + 1}"

    def chosen(self, documents: DocIds, scores: Scores, first: int) -> DocIds:
        """Return the places of the best `first` in order; of equal scores by citation."""
        if len(documents) > first:
            some = self._best(documents, scores, first)
            return some[self.chosen(documents[some], scores[some], first)]
        ranks = self.reader.rank[self.reader.unit_of(Level.ARTICLE, documents)]
        return np.lexsort((documents, ranks, -scores))

    def _best(self, documents: DocIds, scores: Scores, first: int) -> DocIds:
        """Return the places of the best `first`, in no order."""
        threshold = np.partition(scores, -first)[-first]
        above = np.flatnonzero(scores > threshold)
        level = np.flatnonzero(scores == threshold)
        wanted = first - len(above)
        if len(level) > wanted:
            articles = self.reader.unit_of(Level.ARTICLE, documents[level])
            keys = (self.reader.rank[articles] << 32) + documents[level]
            level = level[np.argpartition(keys, wanted - 1)[:wanted]]
        return np.concatenate([above, level])

    def asked(self, document: int) -> list[tuple[Node, float]]:
        """Return the nodes of which the parts are added up for a passage, with their weights."""
        if self.size > 1:
            return self._windowed.asked(document)
        return [
            *self.query_weights.weigh(self.tree.must),
            *self.query_weights.weigh(self.tree.should),
        ]

    @cached_property
    def _eligible(self) -> Mask | None:
        """Return the passages that filters and exclusions leave, as a mask; None for all."""
        mask = self._visible()
        more = [self.filters.mask(node) for node in self.tree.filters]
        for node in self.tree.exclude:
            kept = np.ones(self.reader.passages, bool)
            kept[self.part(node).documents] = False
            more.append(kept)
        for kept in more:
            mask = kept if mask is None else mask & kept
        return mask

    def _visible(self) -> Mask | None:
        """Return the passages that may match by their role and place, as a mask; None for all."""
        named = {Role(one.value) for one in self.tree.conditions() if one.field == "role"}
        mask = self.segment.visible(HIDDEN_ROLES - named)
        if self.places is None:
            return mask
        none = np.zeros(self.reader.passages, bool)
        placed = reduce(np.logical_or, map(self.filters.from_place, self.places), none)
        return placed if mask is None else mask & placed

    # Nodes

    def _parts(self, nodes: Sequence[Node]) -> list[Scorer]:
        """Return what some nodes that stand side by side give, each once."""
        return [self.part(node, weight) for node, weight in self.query_weights.weigh(nodes)]

    def part(self, node: Node, weight: float = 1.0) -> Scorer:
        """Return what a node gives to the passages for which it is true."""
        if isinstance(node, Group):
            return self._group(node).weighed(weight)
        if isinstance(node, Filter):
            return _unscored(np.flatnonzero(self.filters.mask(node)))
        if isinstance(node, Boost):
            return self.part(node.node, weight * node.factor)
        if not isinstance(node, Words):
            return self._found(node).weighed(weight)
        terms = self.analyzer.terms(node.text)
        if len(terms) == 1:
            return self.segment.term(terms[0], weight, joined=not node.quoted)
        documents = self._with_openings(
            self.segment.phrase("text", terms), self.segment.phrase("title", terms)
        )
        if not node.quoted:
            return self._compound(node.text, documents, weight)
        parts = [self.segment.term(term, weight) for term in terms]
        return DocScores(documents, sum_scores(parts, documents), total_weight(parts))

    def _compound(self, text: str, row: DocIds, weight: float) -> CompoundScorer:
        """Return what a word of several parts gives, which stand in a row in some passages.

        It matches where it is written as one word as well.
        """
        terms = [self.segment.term(term, weight) for term in self.analyzer.weighted_terms(text)]
        joined = self.analyzer.compound(text)
        if joined is not None and self.postings.found(joined[1]):
            whole = self.segment.term(joined[1], weight)
            row = union(row, whole.documents)
            terms.append(whole)
        return CompoundScorer(row, terms)

    def _found(self, node: Node) -> DocScores:
        """Return what a node gives that is neither a word nor a phrase.

        Words as written give what they do as words. What stands for many words is worth its
        idf. NEAR gives what its words give together.
        """
        assert isinstance(node, Leaf | Near)
        found, titles = (self.segment.occurrences.units(field, node) for field in ("text", "title"))
        documents = self._with_openings(found, titles)
        if isinstance(node, MultiTerm):
            worth = self.postings.idf_of_any(node)
            return DocScores(documents, np.full(len(documents), worth), worth)
        parts: list[Scorer]
        if isinstance(node, Near):
            parts = [self.part(leaf) for leaf in node.leaves()]
        else:
            parts = [self.segment.term(term) for term in self.analyzer.terms(node.text)]
        return DocScores(documents, sum_scores(parts, documents), total_weight(parts))

    def _with_openings(self, documents: DocIds, articles: DocIds) -> DocIds:
        """Add to passages those that answer for the titles of some articles."""
        openings = self.segment.openings(articles)
        if not len(openings):
            return documents
        return distinct(np.sort(np.concatenate([documents, openings])))

    def _group(self, group: Group) -> DocScores:
        must, should = self._parts(group.must), self._parts(group.should)
        if must:
            documents = _intersection(must)
            found = DocScores(
                documents, sum_scores([*must, *should], documents), total_weight(must + should)
            )
        elif should:
            found = total(should)
        else:
            found = _unscored(np.arange(self.reader.passages, dtype=np.int64))
        kept = np.ones(found.count, bool)
        for condition in group.filters:
            kept &= self.filters.mask(condition)[found.documents]
        for node in group.exclude:
            kept &= ~self.part(node).has(found.documents)
        return found.kept(kept)


_NONE: frozenset[Filter] = frozenset()
Ranked = tuple[float, SegmentSearcher, int]  # a score, and a passage of a segment


def _intersection(parts: list[Scorer]) -> DocIds:
    """Return the passages that all parts have."""
    rare, *more = sorted(parts, key=lambda part: part.count)
    return reduce(lambda found, part: found[part.has(found)], more, rare.documents)


def _unscored(documents: DocIds) -> DocScores:
    """Return passages with scores of zero."""
    return DocScores(documents, np.zeros(len(documents)), 0)
