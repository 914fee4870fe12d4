"""Scores the articles of a segment for a query, each as one text."""

from nutgraf.matching.articles.postings import article_postings
from nutgraf.matching.doc_id_sets import ArrayDocIdSet, DocIdSet
from nutgraf.matching.scored_terms import QueryScorer, ScoredTerms
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Node
from nutgraf.scoring.bm25f import ARTICLE
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import Numbers

__all__ = ["ArticleScorer"]


class ArticleScorer(QueryScorer):
    """Scores whole articles that have a passage which matches the query of a searcher.

    Words and the parts of words score wherever they stand in the article. A phrase, NEAR or group
    that is not required scores if it is true of a visible passage; a pattern always needs one.
    """

    def __init__(self, searcher: SegmentSearcher) -> None:
        self._searcher = searcher
        articles = article_postings(searcher.postings, searcher.named_roles)
        self.articles = articles[searcher.segment]
        self.segment = self.articles
        self.statistics = self.articles.statistics
        self.analyzer = searcher.analyzer
        self.query_boosts = searcher.query_boosts
        self.tree = searcher.tree
        #: By which all weights are multiplied.
        self.boost = searcher.boost * ARTICLE

    def doc_ids(self, node: Node) -> DocIdSet:
        """Return the articles with a visible passage of which a node is true."""
        return ArrayDocIdSet(self.articles.of(self._searcher.doc_ids(node).doc_ids()))

    @lazy
    def scored_terms(self) -> ScoredTerms:
        """The terms that add to the scores of articles."""
        scored = ScoredTerms(self.articles.texts)
        self._score_group(self.tree, self.boost, scored)
        return scored

    def scores_at(self, articles: Numbers) -> Numbers:
        """Return what ascending articles score, 8 bytes each."""
        return self.scored_terms.scores_at(articles)

    def boosts(self) -> list[tuple[Node, float]]:
        """Return the nodes whose scores add up to the score of an article, with their boosts."""
        boosts = self.query_boosts.boosts
        nodes = [*boosts(self.tree.must), *boosts(self.tree.should)]
        return [(node, self.boost * boost) for node, boost in nodes]
