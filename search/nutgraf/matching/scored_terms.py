"""The terms of a query that score in a segment, with their weights, for `core.scoring`."""

from array import array
from typing import Protocol, TypeGuard

from nutgraf.matching.doc_id_sets import NO_DOC_IDS, DocIdSet
from nutgraf.matching.postings import LanguageStatistics, SegmentPostings
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Words
from nutgraf.scoring.bm25f import CONTEXT_REACH, GRID, on_grid
from nutgraf.scoring.query_boosts import QueryBoosts
from nutgraf_index import core
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, uints, zeros
from nutgraf_index.fields import Level

__all__ = ["QueryScorer", "ScoredTerms"]


class _Term(Protocol):
    """A term in the documents that are scored; see `SegmentTerm`."""

    @property
    def scoring(self) -> core.scoring.TermPostings:
        """Its postings list in texts, and its titles and headings."""


class _Documents(Protocol):
    """The documents of a segment that are scored: its passages or its articles."""

    @property
    def texts(self) -> core.scoring.Texts:
        """Their texts and the scoring model."""

    def term(self, term: str, *, joined: bool = False) -> _Term:
        """Return a term with its postings; see `SegmentPostings.term`."""


class ScoredTerms:
    """A disjunction of terms with weights, and of documents with precomputed scores, in texts."""

    def __init__(self, texts: core.scoring.Texts) -> None:
        self._texts = texts
        self._postings: list[core.scoring.TermPostings] = []
        self._weights: list[float] = []
        self._hints = 0

    def add(self, term: _Term, weight: float) -> None:
        """Add a term with its weight, boost × idf; a term of weight 0 is left out."""
        if weight:
            self._postings.append(term.scoring)
            self._weights.append(weight)

    def add_scored(self, doc_ids: Numbers, scores: Numbers) -> None:
        """Add ascending documents with precomputed scores, 8 bytes each."""
        if len(doc_ids):
            row = core.scoring.SCORED, 0, 0, 0, 0
            self._postings.append(core.scoring.TermPostings(*row, (doc_ids, scores)))
            self._weights.append(max(scores))

    def add_hint(self, term: _Term, weight: float) -> None:
        """Add a term that adds to scores in rescoring alone; see `add`.

        Nothing but further hints can be added after it.
        """
        self.add(term, weight)
        self._hints += weight != 0

    @lazy
    def _terms(self) -> core.scoring.Terms:
        return core.scoring.Terms(self._texts, self._postings, self._weights, self._hints)

    def scores_at(self, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending documents, 8 bytes each."""
        return core.scoring.score_docs(self._terms, doc_ids)

    def top_k(
        self,
        matching: Numbers | Bitmap,
        repeated: Bitmap | None,
        segment: SegmentPostings,
        k: int,
        threshold: float,
    ) -> tuple[list[int], list[float]]:
        """Return the top k of the documents that match, and their scores; ties by citation.

        Args:
            matching: the documents that match, ascending or as a bitmap
            repeated: a superset of the documents that are in more than one postings list; None
                if it is unknown
            threshold: documents with a lower score may be left out
        """
        doc_ids, bits = _ids_or_bits(matching)
        several = NO_BITS if repeated is None else repeated.words
        best, scores = core.scoring.top_k(self._terms, doc_ids, bits, several, threshold, GRID, k)
        if len(best) == k or threshold > 0:
            return best.tolist(), [*scores]
        rest, seen = zeros("I", k - len(best)), Bitmap(segment.reader.passages).words
        firsts = segment.reader.first_passages(Level.ARTICLE)
        count = core.scoring.first_cited(doc_ids, bits, firsts, segment.by_id, best, seen, rest)
        return [*best, *rest[:count]], [*scores, *[0.0] * count]

    def rescoring(self, doc_ids: Numbers, matching: Numbers | Bitmap) -> tuple[Numbers, Numbers]:
        """Return what the terms give to the rescoring of distinct ascending documents.

        Args:
            matching: the documents that match, ascending or as a bitmap

        Returns:
            for each document its matching neighbour in the article with the best score; and four
            rows of a number for each document: the score of what it lacks of the query, the weight
            of that, the score of the stop and request words of the query, and the score of the best
            neighbour; 0 if no neighbour matches
        """
        among = _ids_or_bits(matching)
        return core.scoring.rescoring_scores(self._terms, doc_ids, *among, CONTEXT_REACH)


class QueryScorer:
    """Scores the nodes of a query in the documents of a segment: its passages or its articles.

    Attributes:
        segment: the postings of the documents
        statistics: those of the segment's language, by which terms are weighed
        analyzer: the analyser of the segment's language
    """

    segment: _Documents
    statistics: LanguageStatistics
    analyzer: Analyzer
    tree: Group
    query_boosts: QueryBoosts

    def doc_ids(self, node: Node) -> DocIdSet:
        """Return the documents of which a node is true."""
        raise NotImplementedError

    def node_score(self, node: Node, boost: float, doc_id: int) -> float:
        """Return the score that a node adds to a document."""
        return float(self.node_scores(node, boost, uints([doc_id]))[0])

    def node_scores(self, node: Node, boost: float, doc_ids: Numbers) -> Numbers:
        """Return the score that a node adds to each of the ascending documents."""
        scored = ScoredTerms(self.segment.texts)
        self._score_optional(node, boost, scored)
        return scored.scores_at(doc_ids)

    def term_score(self, term: str, weight: float, doc_id: int, *, joined: bool) -> float:
        """Return the score that a term of a weight, boost × idf, adds to a document.

        See `SegmentPostings.term` for `joined`.
        """
        scored = ScoredTerms(self.segment.texts)
        scored.add(self.segment.term(term, joined=joined), weight)
        return float(scored.scores_at(uints([doc_id]))[0])

    def is_short(self, node: Node) -> TypeGuard[Words]:
        """Whether a node is a run without spaces that is shorter than a gram.

        It finds the grams that begin with it, and scores as a pattern does.
        """
        return (
            isinstance(node, Words)
            and not node.text.isascii()
            and all(look.begins for look in self.analyzer.row(node.text))
        )

    def _score_group(self, group: Group, boost: float, scored: ScoredTerms) -> None:
        """Add the terms of a group to `scored`, for documents of which the group is true."""
        boosts = self.query_boosts.boosts
        for node, factor in boosts(group.must):
            self._score_required(node, boost * factor, scored)
        required = len(group.should) == 1 and not group.must
        for node, factor in boosts(group.should):
            if required:
                self._score_required(node, boost * factor, scored)
            else:
                self._score_optional(node, boost * factor, scored)

    def _score_required(self, node: Node, boost: float, scored: ScoredTerms) -> None:
        """Add the terms of a node to `scored`, for documents of which the node is true.

        Words as written and NEAR score like their words; see `LanguageStatistics.term_idfs` for
        their weights. The score of a pattern, fuzzy word or short run is boost × idf.
        """
        if isinstance(node, Boost):
            self._score_required(node.node, boost * node.factor, scored)
        elif isinstance(node, Group):
            self._score_group(node, boost, scored)
        elif isinstance(node, Near):
            for leaf in node.leaves():
                self._score_optional(leaf, boost, scored)
        elif isinstance(node, MultiTerm) or self.is_short(node):
            doc_ids = self.doc_ids(node).doc_ids()
            score = on_grid(boost * self.statistics.idf_of_any(node))
            scored.add_scored(doc_ids, memoryview(array("d", [score]) * len(doc_ids)))
        elif isinstance(node, Leaf):
            terms = self.terms_of(node)
            idfs = self.statistics.term_idfs(node, [term for term, _ in terms])
            for (term, joined), idf in zip(terms, idfs, strict=True):
                scored.add(self.segment.term(term, joined=joined), boost * idf)

    def _score_optional(self, node: Node, boost: float, scored: ScoredTerms) -> None:
        """Add the terms of a node to `scored`, for documents of which the node need not be true.

        A word also adds to documents with the word in their title or heading alone, and a
        hyphenated word to documents with one of its parts.
        """
        if isinstance(node, Boost):
            self._score_optional(node.node, boost * node.factor, scored)
        elif isinstance(node, MultiTerm) or (
            isinstance(node, Words) and not (node.quoted and len(self.terms_of(node)) > 1)
        ):
            self._score_required(node, boost, scored)
        elif not isinstance(node, Filter):
            alone = ScoredTerms(self.segment.texts)
            self._score_required(node, boost, alone)
            doc_ids = self.doc_ids(node).doc_ids()
            scored.add_scored(doc_ids, alone.scores_at(doc_ids))

    def terms_of(self, leaf: Leaf) -> list[tuple[str, bool]]:
        """Return the terms whose scores add up to that of a leaf, each with its `joined`."""
        asked = self.analyzer.asked(leaf.text)
        is_plain = isinstance(leaf, Words) and not leaf.quoted
        if asked.sole_term is not None:
            return [(asked.sole_term, is_plain)]
        if not is_plain or any(look.begins for look in asked.row):
            return [(look.term, False) for look in asked.row if not look.begins]
        compound = self.analyzer.compound(leaf.text)
        terms = (*asked.weighted_terms, *(compound[1:] if compound else ()))
        return [(term, False) for term in terms]


def _ids_or_bits(matching: Numbers | Bitmap) -> tuple[Numbers, Numbers]:
    """Return doc ids and the words of a bitmap, one of the two empty, for the core."""
    if isinstance(matching, Bitmap):
        return NO_DOC_IDS, matching.words
    return matching, NO_BITS
