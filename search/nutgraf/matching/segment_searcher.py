"""Query tree against one segment: which passages match, and the best of them, set at a time.

What matches is decided by the passage's own text. A title that stands nowhere in the text belongs
to its article's opening passage, so that words found only there still find the article. Titles and
headings otherwise only add to the score.
"""

from collections.abc import Sequence
from functools import cached_property, reduce

import numpy as np

from nutgraf.matching.disjunction import Disjunction, by_weight
from nutgraf.matching.filters import Filters
from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.matching.scope import WindowedQuery
from nutgraf.matching.scorer import (
    DocScores,
    Scorer,
    Scores,
    sum_scores,
    total_weight,
    union_scores,
)
from nutgraf.matching.term_scorer import CompoundScorer
from nutgraf.positions.phrase import DocIds, Mask, distinct, union
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Words
from nutgraf.scoring.bm25f import on_grid
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.fields import Level
from nutgraf_index.model import HIDDEN_ROLES, Role, Subtree

__all__ = ["SegmentSearcher", "segment_searchers"]

_NONE: frozenset[Filter] = frozenset()


def segment_searchers(
    tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, window: int
) -> "list[SegmentSearcher]":
    """Return a searcher of a query tree for each segment of a snapshot.

    `within` restricts the answer to what came from these files and folders, `window` is how many
    neighbouring passages answer together.
    """
    group = tree if isinstance(tree, Group) else Group(should=(tree,))
    weights = QueryWeights(group, postings.analyzer)
    return [
        SegmentSearcher(segment, postings, group, weights, within, window)
        for segment in postings.segments
    ]


class SegmentSearcher:
    """One query against one segment."""

    def __init__(
        self,
        segment: SegmentPostings,
        postings: SnapshotPostings,
        tree: Group,
        query_weights: QueryWeights,
        within: list[Subtree] | None,
        window: int,
    ) -> None:
        self.segment = segment
        self.reader = segment.reader
        self.postings = postings
        self.analyzer = postings.analyzer
        self.tree = tree
        self.query_weights = query_weights
        self.within = within
        self.window = window
        self.filters = Filters(segment)
        self.articles: dict[int, str] = {}

    def candidates(
        self, first: int, floor: float, excluded: Mask | None = None
    ) -> tuple[int, DocIds, Scores]:
        """Return how many passages match, and some with their scores: among them the best `first`.

        Those with a score below `floor` need not be among them. They are in no order. Passages can
        be excluded.
        """
        must, should = self._scorers
        if should and not must and self.window == 1:
            eligible = self._eligible
            if excluded is not None:
                eligible = ~excluded if eligible is None else eligible & ~excluded
            return Disjunction(should, eligible, self.reader.passages).answer(first, floor)
        documents = self.matching
        if excluded is not None:
            documents = documents[~excluded[documents]]
        some = documents if first else documents[:0]
        return len(documents), some, self.scores_at(some)

    @cached_property
    def matching(self) -> DocIds:
        """All passages that match."""
        if self.window > 1:
            return np.flatnonzero(self._windowed.hits)
        must, should = self._scorers
        if must:
            documents = _intersection(must)
        elif should:
            bits = np.zeros(self.reader.passages, np.uint8)
            for scorer in should:
                scorer.mark(bits, 1)
            documents = np.flatnonzero(bits)
        else:
            documents = np.arange(self.reader.passages, dtype=np.int64)
        eligible = self._eligible
        return documents if eligible is None else documents[eligible[documents]]

    def matches(self, documents: DocIds) -> Mask:
        """Return which of some passages match."""
        if self.window > 1:
            return self._windowed.hits[documents]
        must, should = self._scorers
        scorers = [scorer.has(documents) for scorer in must or should]
        held = reduce(np.logical_and if must else np.logical_or, scorers) if scorers else True
        eligible = self._eligible
        return held & (np.ones(len(documents), bool) if eligible is None else eligible[documents])

    def scores_at(self, documents: DocIds) -> Scores:
        """Return the scores of some passages that match, before they are refined."""
        if self.window > 1:
            return self._windowed.scores(documents)
        must, should = self._scorers
        scorers = [*must, *should]
        return sum_scores(scorers if must else by_weight(scorers), documents)

    @cached_property
    def _scorers(self) -> tuple[list[Scorer], list[Scorer]]:
        """Scorers of the required and of the optional clauses."""
        return self._scorers_of(self.tree.must), self._scorers_of(self.tree.should)

    @cached_property
    def _windowed(self) -> WindowedQuery:
        """The answer of neighbouring passages together."""
        visible = self._visible()
        if visible is None:
            visible = np.ones(self.reader.passages, bool)
        units = self.segment.units(self.window)
        return WindowedQuery(
            self.tree, units, visible, self.filters, self.query_weights, self.scorer
        )

    def evidence(self, document: int) -> tuple[Node | None, frozenset[Filter], bool]:
        """Return why a passage matches, for the highlighter.

        The tree by which it matches, None if by no word; the filters that hold for it; and
        whether it answers for its article's title.
        """
        masks = self.filters.masks
        held = frozenset(node for node, mask in masks.items() if mask[document]) if masks else _NONE
        tree = self._windowed.words_of(document) if self.window > 1 else self.tree
        return tree, held, self.segment.is_opening(document)

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

    def boosts(self, document: int) -> list[tuple[Node, float]]:
        """Return the nodes whose scores are added up for a passage, with their boosts."""
        if self.window > 1:
            return self._windowed.boosts(document)
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
            kept[self.scorer(node).documents] = False
            more.append(kept)
        for kept in more:
            mask = kept if mask is None else mask & kept
        return mask

    def _visible(self) -> Mask | None:
        """Return the passages that may match by their role and place, as a mask; None for all."""
        named = {Role(one.value) for one in self.tree.conditions() if one.field == "role"}
        mask = self.segment.visible(HIDDEN_ROLES - named)
        if self.within is None:
            return mask
        none = np.zeros(self.reader.passages, bool)
        placed = reduce(np.logical_or, map(self.filters.from_subtree, self.within), none)
        return placed if mask is None else mask & placed

    # Nodes

    def _scorers_of(self, nodes: Sequence[Node]) -> list[Scorer]:
        """Return the scorers of nodes that stand side by side, each once."""
        return [self.scorer(node, boost) for node, boost in self.query_weights.weigh(nodes)]

    def scorer(self, node: Node, boost: float = 1.0) -> Scorer:
        """Return what a node gives to the passages for which it is true."""
        if isinstance(node, Group):
            return self._group(node).boosted(boost)
        if isinstance(node, Filter):
            return _unscored(np.flatnonzero(self.filters.mask(node)))
        if isinstance(node, Boost):
            return self.scorer(node.node, boost * node.factor)
        if not isinstance(node, Words):
            return self._found(node).boosted(boost)
        terms = self.analyzer.terms(node.text)
        if len(terms) == 1:
            return self.segment.term(terms[0], boost, joined=not node.quoted)
        documents = self._with_openings(
            self.segment.phrase("text", terms), self.segment.phrase("title", terms)
        )
        if not node.quoted:
            return self._compound(node.text, documents, boost)
        scorers = [self.segment.term(term, boost) for term in terms]
        return DocScores(documents, sum_scores(scorers, documents), total_weight(scorers))

    def _compound(self, text: str, row: DocIds, boost: float) -> CompoundScorer:
        """Return what a word of several parts gives, which stand in a row in some passages.

        It matches where it is written as one word as well.
        """
        terms = [self.segment.term(term, boost) for term in self.analyzer.weighted_terms(text)]
        joined = self.analyzer.compound(text)
        if joined is not None and self.postings.found(joined[1]):
            whole = self.segment.term(joined[1], boost)
            row = union(row, whole.documents)
            terms.append(whole)
        return CompoundScorer(row, terms)

    def _found(self, node: Node) -> DocScores:
        """Return what a node gives that is neither a word nor a phrase.

        Words as written give what they do as words. What stands for many words has its
        idf as score. NEAR gives what its words give together.
        """
        assert isinstance(node, Leaf | Near)
        found, titles = (
            np.asarray(self.segment.occurrences.units(field, node)).astype(np.int64)
            for field in ("text", "title")
        )
        documents = self._with_openings(found, titles)
        if isinstance(node, MultiTerm):
            weight = self.postings.idf_of_any(node)
            return DocScores(documents, on_grid(np.full(len(documents), weight)), weight)
        scorers: list[Scorer]
        if isinstance(node, Near):
            scorers = [self.scorer(leaf) for leaf in node.leaves()]
        else:
            scorers = [self.segment.term(term) for term in self.analyzer.terms(node.text)]
        return DocScores(documents, sum_scores(scorers, documents), total_weight(scorers))

    def _with_openings(self, documents: DocIds, articles: DocIds) -> DocIds:
        """Add to passages those that answer for the titles of some articles."""
        openings = self.segment.openings(articles)
        if not len(openings):
            return documents
        return distinct(np.sort(np.concatenate([documents, openings])))

    def _group(self, group: Group) -> DocScores:
        must, should = self._scorers_of(group.must), self._scorers_of(group.should)
        if must:
            documents = _intersection(must)
            found = DocScores(
                documents, sum_scores([*must, *should], documents), total_weight(must + should)
            )
        elif should:
            found = union_scores(should)
        else:
            found = _unscored(np.arange(self.reader.passages, dtype=np.int64))
        kept = np.ones(found.count, bool)
        for condition in group.filters:
            kept &= self.filters.mask(condition)[found.documents]
        for node in group.exclude:
            kept &= ~self.scorer(node).has(found.documents)
        return found.kept(kept)


def _intersection(scorers: list[Scorer]) -> DocIds:
    """Return the passages that all parts have."""
    rare, *more = sorted(scorers, key=lambda scorer: scorer.count)
    return reduce(lambda found, scorer: found[scorer.has(found)], more, rare.documents)


def _unscored(documents: DocIds) -> DocScores:
    """Return passages with scores of zero."""
    return DocScores(documents, np.zeros(len(documents)), 0)
