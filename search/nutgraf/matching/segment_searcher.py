"""Query tree against one segment: which passages match, and the best of them.

What matches is decided by the passage's own text. A title that stands nowhere in the text belongs
to its article's opening passage, so that words found only there still find the article. Titles and
headings otherwise only add to the score.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from nutgraf.matching.documents import (
    BitDocuments,
    Documents,
    FoundDocuments,
    merged,
)
from nutgraf.matching.filters import Filters
from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.matching.scope import WindowedQuery
from nutgraf.matching.scored_terms import ScoredTerms
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Words
from nutgraf.scoring.bm25f import on_grid
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.core.buffers import Bitmap, Numbers, uints
from nutgraf_index.fields import Level
from nutgraf_index.model import HIDDEN_ROLES, Role, Subtree

__all__ = ["SegmentSearcher", "segment_searchers"]

_NONE: frozenset[Filter] = frozenset()
_MANY = 32  # documents of which one matches: fewer are gone through as bits


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
        self._documents: dict[Node, Documents] = {}

    def best(
        self, first: int, threshold: float, excluded: Bitmap | None = None
    ) -> tuple[list[int], list[float]]:
        """Return the best `first` of the passages that match, in order, with their scores.

        Equal ones are ordered by citation. Those with a score below `threshold` may be left out.
        Passages can be excluded.
        """
        matching = self.matching
        if excluded is not None:
            if isinstance(matching, Bitmap):
                matching = matching.copy()
            else:
                matching = Bitmap.of(self.reader.passages, matching)
            matching -= excluded
        first = min(first, self.total)
        if not first:
            return [], []
        return self.scored_terms.best(matching, self._twice, self.segment, first, threshold)

    @cached_property
    def total(self) -> int:
        """How many passages match."""
        return len(self.matching)

    @cached_property
    def matching(self) -> Numbers | Bitmap:
        """All passages that match: ascending, or as bits where they may be many."""
        if self.window > 1:
            return self._windowed.hits
        return self._group(self.tree, self._visible(), self._twice).matching()

    @property
    def matching_documents(self) -> Numbers:
        """All passages that match, ascending."""
        matching = self.matching
        return matching.numbers() if isinstance(matching, Bitmap) else matching

    def matches(self, documents: Sequence[int]) -> list[bool]:
        """Return which of some passages match."""
        matching = self.matching
        if isinstance(matching, Bitmap):
            return [document in matching for document in documents]
        places = [bisect_left(matching, document) for document in documents]
        return [
            place < len(matching) and matching[place] == document
            for place, document in zip(places, documents, strict=True)
        ]

    def scores_at(self, documents: Numbers) -> Numbers:
        """Return the scores of some passages that match, which ascend, before they are refined."""
        return self.scored_terms.scores_at(documents)

    def add_context(self, documents: Numbers, scores: Numbers) -> tuple[Numbers, Numbers]:
        """Add to scores of passages, which ascend, a share of the best match near each.

        Return the best match near each passage in its article, and its score; 0 if none matches.
        """
        firsts = self.reader.firsts(Level.ARTICLE)
        return self.scored_terms.add_context(documents, self.matching, firsts, scores)

    @cached_property
    def scored_terms(self) -> ScoredTerms:
        """What is added up to the score of a passage that matches."""
        scored = ScoredTerms(self.segment.text)
        if self.window > 1:
            for node, boost, documents in self._windowed.scored():
                own = ScoredTerms(self.segment.text)
                self._score_choice(node, boost, own)
                scored.add_scored(documents, own.scores_at(documents))
        else:
            self._score_group(self.tree, 1.0, scored)
        return scored

    @cached_property
    def _windowed(self) -> WindowedQuery:
        """The answer of neighbouring passages together."""
        visible = self._visible()
        if visible is None:
            visible = Bitmap.full(self.reader.passages)
        windows = self.segment.windows(self.window)
        return WindowedQuery(
            self.tree, windows, visible, self.filters, self.query_weights, self.documents
        )

    def evidence(self, document: int) -> tuple[Node | None, frozenset[Filter]]:
        """Return why a passage matches, for the highlighter.

        The tree by which it matches, None if by no word; and the filters that hold for it.
        """
        masks = self.filters.masks
        held = (
            frozenset(node for node, mask in masks.items() if document in mask) if masks else _NONE
        )
        return self._windowed.words_of(document) if self.window > 1 else self.tree, held

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

    def value(self, node: Node, boost: float, document: int) -> float:
        """Return what a node gives to a passage."""
        scored = ScoredTerms(self.segment.text)
        self._score_choice(node, boost, scored)
        return float(scored.scores_at(uints([document]))[0])

    def term_value(self, term: str, boost: float, document: int, *, joined: bool) -> float:
        """Return what a term gives to a passage; with `joined` it may be in two parts."""
        scored = ScoredTerms(self.segment.text)
        scored.add(self.segment.term(term, joined=joined), boost * self.postings.idf(term))
        return float(scored.scores_at(uints([document]))[0])

    # What matches

    def _visible(self) -> Bitmap | None:
        """Return the passages that may match by their role and place; None for all."""
        named = {Role(one.value) for one in self.tree.conditions() if one.field == "role"}
        mask = self.segment.visible(HIDDEN_ROLES - named)
        if self.within is None:
            return mask
        placed = Bitmap(self.reader.passages)
        for subtree in self.within:
            placed |= self.filters.from_subtree(subtree)
        if mask is not None:
            placed &= mask
        return placed

    def documents(self, node: Node) -> Documents:
        """Return the passages for which a node is true."""
        if isinstance(node, Boost):
            return self.documents(node.node)
        if isinstance(node, Words):
            terms = self.analyzer.terms(node.text)
            if len(terms) == 1:
                return self.segment.term(terms[0], joined=not node.quoted).documents
        if node not in self._documents:
            self._documents[node] = self._documents_of(node)
        return self._documents[node]

    def _documents_of(self, node: Node) -> Documents:
        """Return the passages for which a node is true that is no single word."""
        if isinstance(node, Group):
            return self._group(node, None)
        if isinstance(node, Filter):
            return BitDocuments(self.filters.mask(node))
        if not isinstance(node, Words):
            return self._units_of(node)
        terms = self.analyzer.terms(node.text)
        found = self._with_openings(
            self.segment.phrase("text", terms), self.segment.phrase("title", terms)
        )
        whole = None if node.quoted else self.analyzer.compound(node.text)
        if whole is not None:
            # It matches where it is written as one word as well.
            written = self.segment.term(whole[1]).documents
            found = FoundDocuments(merged((found.documents(), written.documents())))
        return found

    def _units_of(self, node: Node) -> FoundDocuments:
        """Return the passages for which a pattern, words as written, or NEAR is true."""
        assert isinstance(node, Leaf | Near)
        units = self.segment.occurrences.units
        return self._with_openings(units("text", node), units("title", node))

    def _with_openings(self, documents: Numbers, articles: Numbers) -> FoundDocuments:
        """Add to passages those that answer for the titles of some articles."""
        return FoundDocuments(merged((documents, self.segment.answering(articles))))

    @cached_property
    def _twice(self) -> Bitmap | None:
        """The passages that may have several of the optional clauses that score, and others.

        None where the rest may have several as well: what does not match may score where it is part
        of a word of several parts. It is filled in as the passages that match are found.
        """
        tree = self.tree
        parts = [leaf for leaf in tree.leaves() if isinstance(leaf, Words) and not leaf.quoted]
        single = tree.must or len(tree.should) < 2 or self.window > 1
        if single or any(len(self.analyzer.terms(leaf.text)) > 1 for leaf in parts):
            return None
        return Bitmap(self.reader.passages)

    def _group(
        self, group: Group, visible: Bitmap | None, twice: Bitmap | None = None
    ) -> Documents:
        """Return the passages for which a group is true, of those that are visible."""
        masks = [visible] if visible is not None else []
        masks += map(self.filters.mask, group.filters)
        if group.must:
            found = self._all_of([self.documents(node) for node in group.must])
        elif len(group.should) == 1:
            found = self.documents(group.should[0])
        else:
            found = BitDocuments(self._any_of(group.should, twice))
        if not (masks or group.exclude):
            return found
        excluded = self._any_of(group.exclude) if group.exclude else None
        if not isinstance(found, BitDocuments) and found.count * _MANY < self.reader.passages:
            documents = found.documents()
            for mask in masks:
                documents = mask.among(documents)
            if excluded is not None:
                rest = Bitmap.of(self.reader.passages, documents)
                rest -= excluded
                documents = rest.numbers()
            return FoundDocuments(documents)
        bits = Bitmap(self.reader.passages)
        found.mark(bits)
        for mask in masks:
            bits &= mask
        if excluded is not None:
            bits -= excluded
        return BitDocuments(bits)

    def _all_of(self, parts: list[Documents]) -> Documents:
        """Return the passages that are in all of some sets."""
        rare, *more = sorted(parts, key=lambda part: part.count)
        if isinstance(rare, BitDocuments) and rare.count * _MANY > self.reader.passages:
            bits = rare.bits.copy()
            for part in more:
                other = Bitmap(self.reader.passages)
                part.mark(other)
                bits &= other
            return BitDocuments(bits)
        documents = rare.documents()
        for part in more:
            documents = part.kept(documents)
        return FoundDocuments(documents)

    def _any_of(self, nodes: Sequence[Node], twice: Bitmap | None = None) -> Bitmap:
        """Return the passages for which any of some nodes is true; all if there is no node.

        Add those that have several nodes with weight to `twice`.
        """
        if not nodes:
            return Bitmap.full(self.reader.passages)
        bits = Bitmap(self.reader.passages)
        light = []
        for node, weight in self.query_weights.weigh(nodes) if twice is not None else ():
            if weight:
                self.documents(node).mark(bits, twice)
            else:
                light.append(node)
        for node in nodes if twice is None else light:
            self.documents(node).mark(bits)
        return bits

    # What is added up

    def _score_group(self, group: Group, boost: float, scored: ScoredTerms) -> None:
        """Add what the nodes of a group give to the passages for which it is true."""
        weigh = self.query_weights.weigh
        alone = len(group.should) == 1
        for node, own in weigh(group.must):
            self.score(node, boost * own, scored)
        for node, own in weigh(group.should):
            if alone and not group.must:
                self.score(node, boost * own, scored)
            else:
                self._score_choice(node, boost * own, scored)

    def score(self, node: Node, boost: float, scored: ScoredTerms) -> None:
        """Add what a node gives to passages for all of which it is true.

        Words as written give what they do as words, NEAR what its words give; what stands for
        many words has its idf as score.
        """
        if isinstance(node, Boost):
            self.score(node.node, boost * node.factor, scored)
        elif isinstance(node, Group):
            self._score_group(node, boost, scored)
        elif isinstance(node, Near):
            for leaf in node.leaves():
                self._score_choice(leaf, boost, scored)
        elif isinstance(node, MultiTerm):
            documents = self.documents(node).documents()
            score = on_grid(boost * self.postings.idf_of_any(node))
            scored.add_scored(documents, memoryview(array("d", [score]) * len(documents)))
        elif isinstance(node, Leaf):
            for term, joined in self._terms_of(node):
                term_weight = boost * self.postings.idf(term)
                scored.add(self.segment.term(term, joined=joined), term_weight)

    def _score_choice(self, node: Node, boost: float, scored: ScoredTerms) -> None:
        """Add what a node gives where it is true, to passages for some of which it is not.

        A word gives to all passages under a title or heading with it, and a word of several parts
        where one of them stands alone.
        """
        if isinstance(node, Boost):
            self._score_choice(node.node, boost * node.factor, scored)
        elif isinstance(node, MultiTerm) or (
            isinstance(node, Words) and not (node.quoted and len(self._terms_of(node)) > 1)
        ):
            self.score(node, boost, scored)
        elif not isinstance(node, Filter):
            own = ScoredTerms(self.segment.text)
            self.score(node, boost, own)
            documents = self.documents(node).documents()
            scored.add_scored(documents, own.scores_at(documents))

    def _terms_of(self, leaf: Leaf) -> list[tuple[str, bool]]:
        """Return the terms by which a leaf gives, and whether one may be written in two parts."""
        if not isinstance(leaf, Words) or leaf.quoted:
            return [(term, False) for term in self.analyzer.terms(leaf.text)]
        terms = self.analyzer.weighted_terms(leaf.text)
        whole = self.analyzer.compound(leaf.text)
        if len(self.analyzer.terms(leaf.text)) == 1:
            return [(terms[0], True)]
        return (
            [(term, False) for term in (*terms, *whole[1:])]
            if whole
            else [(t, False) for t in terms]
        )
