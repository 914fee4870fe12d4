"""What the words of a query add to the best articles by where they stand in them.

A title tells what its article is about; without a title, the words that the article begins with do.
Words that are neighbours in the query often stand together in the article, too, in any of its
passages. Positions take long to read, so only the best articles get these scores.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, chain
from operator import add

from nutgraf.matching.articles.postings import ArticlePostings
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.proximity import NO_ROW, Proximity
from nutgraf.scoring.bm25f import FIRST_WORD, FIRST_WORDS, TOGETHER, on_grid
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, uints, zeros
from nutgraf_index.fields import Level

__all__ = ["ArticleWords"]


class ArticleWords:
    """The words of a query in the articles of a segment; see `SegmentSearcher.row`.

    Attributes:
        terms: the distinct terms of the words
    """

    def __init__(self, searcher: SegmentSearcher, articles: ArticlePostings) -> None:
        self._segment = searcher.segment
        self._reader = searcher.reader
        self._visible = articles.visible
        self._proximity = Proximity(searcher.row[0])
        self.terms = self._proximity.terms
        # The maximum of each term for standing together. Gains are multiples of 1/4, so that all
        # products with them are multiples of the grid.
        unit, idf = searcher.boost * TOGETHER / 4, articles.statistics.idf
        self._weights = [4 * on_grid(unit * idf(term)) for term in self.terms]

    def add(self, doc_ids: Numbers, sums: Numbers) -> None:
        """Add the scores of the articles of ascending passages to `sums`."""
        for scores in self._scores(doc_ids):
            for index, score in enumerate(scores):
                sums[index % len(doc_ids)] += score

    def by_term(self, doc_id: int) -> tuple[dict[str, float], dict[str, float]]:
        """Return the scores of each term in the article of a passage.

        Returns:
            the scores of terms among the first words, and of terms that stand near a neighbour
        """
        first, together = self._scores(uints([doc_id]))
        return (
            dict(zip(self.terms, first, strict=True)),
            dict(zip(self.terms, together, strict=True)),
        )

    def _scores(self, doc_ids: Numbers) -> tuple[list[float], list[float]]:
        """Return the two scores of each term in each article, arrays [term, article]."""
        articles = [self._reader.doc_at(Level.ARTICLE, doc_id) for doc_id in doc_ids]
        return (
            self._weighed(self._first(articles), len(articles), FIRST_WORD / TOGETHER),
            self._weighed(self._together(articles), len(articles)),
        )

    def _weighed(self, values: Iterable[float], articles: int, factor: float = 1.0) -> list[float]:
        """Return values [term, article] times the weights of the terms."""
        return [
            factor * self._weights[index // articles] * value for index, value in enumerate(values)
        ]

    def _first(self, articles: list[int]) -> Iterable[float]:
        """Return 1 for each term that is one of the first words of an article, else 0."""
        titles = self._reader.field("title").lengths
        in_titles = [{article: FIRST_WORDS} if titles[article] else {} for article in articles]
        in_texts = [{} if titles[article] else self._begin(article) for article in articles]
        return map(add, self._marked("title", in_titles), self._marked("text", in_texts))

    def _begin(self, article: int) -> dict[int, int]:
        """Return the passages that an article begins with, and how many first words each may have.

        Only visible passages count.
        """
        begin, left = {}, FIRST_WORDS
        for doc_id in self._reader.passages_of(article):
            if left <= 0:
                break
            if self._visible is None or doc_id in self._visible:
                begin[doc_id] = left
                left -= self._segment.lengths[doc_id]
        return begin

    def _marked(self, field: str, limits: list[dict[int, int]]) -> Numbers:
        """Return 1 for each term among the first words of a field of each article, else 0.

        Args:
            limits: for each article its documents in the field, and how many first words each has
        """
        doc_ids = uints(chain.from_iterable(limits))
        terms = map(self._segment.term, self.terms)
        rows = (self._segment.row(field, term) or NO_ROW for term in terms)
        marks = zeros("d", len(self.terms) * len(doc_ids))
        core.positions.mark_within(
            self._reader.field(field).field_postings,
            array("q", chain.from_iterable(rows)),
            doc_ids,
            uints(chain.from_iterable(one.values() for one in limits)),
            marks,
        )
        return self._capped(marks, accumulate(map(len, limits)))

    def _together(self, articles: list[int]) -> Numbers:
        """Return what each term gains from its neighbours in all passages together, at most 1."""
        if len(self.terms) < 2:
            return zeros("d", len(self.terms) * len(articles))
        passages = self._with_several_terms(articles)
        stops = [self._reader.passages_of(article).stop for article in articles]
        ends = (bisect_left(passages, stop) for stop in stops)
        return self._capped(self._proximity.gains(self._segment, passages), ends)

    def _with_several_terms(self, articles: list[int]) -> Numbers:
        """Return the visible passages of articles that have more than one term in their texts.

        An article may have thousands of passages, and few of them have several terms.
        """
        passages, several = Bitmap(self._reader.passages), Bitmap(self._reader.passages)
        for term in self.terms:
            postings = self._segment.term(term).postings
            if postings is not None:
                postings.mark(passages, several)
        of_articles = Bitmap.of(self._reader.counts[Level.ARTICLE], articles)
        several &= self._reader.passages_in(Level.ARTICLE, of_articles)
        if self._visible is not None:
            several &= self._visible
        return several.numbers()

    def _capped(self, values: Numbers, ends: Iterable[int]) -> Numbers:
        """Return the sums of the values of each term over groups of documents, at most 1 each.

        Args:
            values: an array [term, document]
            ends: the end of each group, ascending
        """
        stops = uints(ends)
        sums = zeros("d", len(self.terms) * len(stops))
        core.scoring.capped_sums(values, stops, 1.0, sums)
        return sums
