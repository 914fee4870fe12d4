"""The best passage of each article, ranked by the score of the article.

The score of an article is the score of its best passage, a share of the score of its opening if
that matches, and the score of the article as one text. Rescoring adds more for where the words of
the query stand in the article. The best passage is the one with the highest score before rescoring;
of equal scores, the first. A passage that represents a title which is the query, word by word, is
the best of its article.
"""

from bisect import bisect_left

from nutgraf.matching.articles.scorer import ArticleScorer
from nutgraf.matching.scored_terms import ScoredTerms
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.orders.article_words import ArticleWords
from nutgraf.ranking.ranked import Scored
from nutgraf.scoring.bm25f import OPENING, on_grid
from nutgraf_index import core
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import Bitmap, Numbers, uints, zeros
from nutgraf_index.fields import Level

__all__ = ["ByArticle", "SegmentArticles"]


class SegmentArticles:
    """The articles of a segment that have a passage which matches.

    Attributes:
        scorer: scores each article as one text
        best: the best passage of each of these articles, ascending
    """

    def __init__(self, searcher: SegmentSearcher) -> None:
        self.searcher = searcher
        self.scorer = ArticleScorer(searcher)
        self._articles = self.scorer.articles
        doc_ids = searcher.matching_doc_ids
        most = min(len(doc_ids), self._articles.count)
        best, scores = zeros("I", most), zeros("d", most)
        opening_scores, articles = zeros("d", most), zeros("I", most)
        count = core.scoring.best_of_articles(
            doc_ids,
            searcher.scored_terms.scores_at(doc_ids),
            self._articles.firsts,
            self._articles.openings,
            best,
            scores,
            opening_scores,
            articles,
        )
        for doc_id in searcher.titled.numbers() if searcher.titled is not None else ():
            article = searcher.reader.doc_at(Level.ARTICLE, doc_id)
            index = bisect_left(articles, article, 0, count)
            best[index] = doc_id
            scores[index] = searcher.scored_terms.scores_at(uints([doc_id]))[0]
        self.best: Numbers = best[:count]
        self._scores: Numbers = scores[:count]
        whole = self.scorer.scores_at(articles[:count])
        *_, rounding = searcher.statistics.model("text")
        for added, share in ((opening_scores, OPENING), (whole, 1.0)):
            core.scoring.add_shares(added, share, rounding, self._scores)

    @lazy
    def _scored(self) -> ScoredTerms:
        scored = ScoredTerms(self.searcher.segment.texts)
        scored.add_scored(self.best, self._scores)
        return scored

    def top_k(
        self, k: int, threshold: float, excluded: Bitmap | None
    ) -> tuple[list[int], list[float]]:
        """Return the best passages of the top k articles, and the scores of the articles.

        Args:
            threshold: articles with a lower score may be left out
            excluded: passages whose articles are left out
        """
        k = min(k, len(self.best))
        if not k:
            return [], []
        best = self.best if excluded is None else self.remaining(excluded)
        if self.searcher.recency is not None:
            return self.searcher.top_decayed(best, self._scored, k)
        return self._scored.top_k(best, None, self.searcher.segment, k, threshold)

    def remaining(self, excluded: Bitmap | None) -> Bitmap:
        """Return the best passages of the articles that have no excluded passage."""
        passages = self.searcher.reader.passages
        best = Bitmap.of(passages, self.best)
        if excluded is not None:
            starts, stops = self._articles.firsts[:-1], self._articles.firsts[1:]
            best -= excluded.touched(starts, stops).spread(starts, stops, passages)
        return best

    def opening_of(self, doc_id: int) -> tuple[int, float, float]:
        """Return the opening of a passage's article, its score, and what that adds.

        The scores are 0 if the opening does not match.
        """
        article = self.searcher.reader.doc_at(Level.ARTICLE, doc_id)
        opening = self._articles.openings[article]
        matching = self.searcher.among(uints([opening]))
        if not len(matching):
            return opening, 0.0, 0.0
        score = float(self.searcher.scored_terms.scores_at(matching)[0])
        return opening, score, on_grid(OPENING * score)

    @lazy
    def words(self) -> ArticleWords:
        """What the words of the query add to the best articles by where they stand."""
        return ArticleWords(self.searcher, self._articles)

    def scores_of(self, doc_ids: Numbers) -> Numbers:
        """Return the scores of the articles of which ascending passages are the best."""
        return self._scored.scores_at(doc_ids)


class ByArticle(Scored):
    """The best passage of each article that has one, by the score of the article.

    Articles of excluded passages are left out.
    """

    def __init__(self, searchers: list[SegmentSearcher]) -> None:
        super().__init__(searchers)
        self.of_segments = {searcher: SegmentArticles(searcher) for searcher in searchers}

    @property
    def articles(self) -> int:
        """The number of articles with passages that match."""
        return sum(len(articles.best) for articles in self.of_segments.values())

    def _top_k(
        self, searcher: SegmentSearcher, k: int, threshold: float, excluded: Bitmap | None
    ) -> tuple[list[int], list[float]]:
        return self.of_segments[searcher].top_k(k, threshold, excluded)

    def among(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return which of ascending passages are the best of an article that is not left out."""
        return self.of_segments[searcher].remaining(self.excluded.get(searcher)).among(doc_ids)

    def scores_of(self, searcher: SegmentSearcher, doc_ids: Numbers) -> Numbers:
        """Return the scores of the articles of ascending best passages; see `RankedPassages`."""
        return self.of_segments[searcher].scores_of(doc_ids)

    def rescore(self, searcher: SegmentSearcher, doc_ids: Numbers, sums: Numbers) -> None:
        """Add what words add by where they stand in an article; see `RankedPassages`."""
        self.of_segments[searcher].words.add(doc_ids, sums)
