"""The postings of query terms in the articles of a segment, and their statistics over a language.

An article has the words of its visible passages, and its title. Its visible passages are those that
are not deleted and not hidden, whether they match a query or not.
"""

from array import array
from collections.abc import Mapping
from functools import cached_property

from nutgraf.matching.doc_id_sets import NO_DOC_IDS
from nutgraf.matching.postings import (
    LanguageStatistics,
    Ranges,
    SegmentPostings,
    SegmentTerm,
    SnapshotPostings,
    weight_of,
)
from nutgraf.query.tree import Leaf
from nutgraf.scoring.bm25f import ARTICLE_K1, collection_size, model
from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, copy_first, uints, zeros
from nutgraf_index.fields import Level
from nutgraf_index.model import Role
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["ArticlePostings", "ArticleStatistics", "article_postings"]

_CACHED_POSTINGS = 1 << 22  # of the terms used last, in memory


def article_postings(
    postings: SnapshotPostings, named: frozenset[Role]
) -> "Mapping[SegmentPostings, ArticlePostings]":
    """Return the postings of the articles of each segment, cached.

    Args:
        named: the hidden roles that a query names, whose passages are visible
    """
    cached: Mapping[SegmentPostings, ArticlePostings] | None = postings.articles.get(named)
    if cached is not None:
        return cached
    statistics: dict[str, ArticleStatistics] = {}
    articles = {}
    for segment in postings.segments:
        language = segment.reader.language
        if language not in statistics:
            statistics[language] = ArticleStatistics(postings.snapshot, language)
        visible = segment.visible(named)
        articles[segment] = ArticlePostings(segment, visible, statistics[language])
        statistics[language].add_articles(articles[segment])
    postings.articles[named] = articles
    return articles


class _ArticleTerm:
    """A term in the articles of a segment; see `SegmentTerm`, which it stands for in scoring."""

    def __init__(
        self, articles: "ArticlePostings", term: SegmentTerm, title: Ranges | None
    ) -> None:
        #: The articles that have the term in their texts, and its freqs.
        self.postings = articles.summed(*term.text_postings())
        row = core.scoring.COUNTED, 0, 0, 0, 0
        self.scoring = core.scoring.TermPostings(*row, self.postings, title)
        self.titles: Numbers = term.titles[0]

    @property
    def size(self) -> int:
        """The number of its postings and ranges in memory."""
        return len(self.postings[0]) + len(self.titles)


class ArticlePostings:
    """The postings of the articles of one segment.

    Args:
        visible: the passages that count; None for all
        statistics: those of the articles in the segment's language
    """

    def __init__(
        self, segment: SegmentPostings, visible: Bitmap | None, statistics: "ArticleStatistics"
    ) -> None:
        self.segment = segment
        self.reader = segment.reader
        self.statistics = statistics
        self.visible = visible
        self.firsts = segment.reader.first_passages(Level.ARTICLE)
        self._bits = NO_BITS if visible is None else visible.words
        self._terms: Cache[tuple[str, bool], _ArticleTerm] = Cache(_CACHED_POSTINGS, weight_of)

    @property
    def count(self) -> int:
        """The number of articles, deleted ones included."""
        return len(self.firsts) - 1

    @cached_property
    def texts(self) -> core.scoring.Texts:
        """The texts of the articles, and their scoring model, for `ScoredTerms`."""
        text, short = self.reader.field("text"), zeros("B", self.count)
        core.postings.short_lengths(self.lengths, short)
        model = self.statistics.model("article")
        streams = text.doc_words, text.block_rows  # not read: the postings are counted
        return core.scoring.Texts(*streams, self.lengths, short, model, self.firsts, NO_DOC_IDS)

    @cached_property
    def lengths(self) -> Numbers:
        """The length of each article's text, in words."""
        lengths = zeros("I", self.count)
        core.scoring.article_lengths(self.segment.lengths, self._bits, self.firsts, lengths)
        return lengths

    @cached_property
    def openings(self) -> Numbers:
        """The doc id of each article's opening passage, or without one of its first visible one.

        For an article without either, the number of passages.
        """
        doc_ids = zeros("I", self.count)
        core.scoring.first_visible_docs(self.firsts, self.segment.openings, self._bits, doc_ids)
        return doc_ids

    def term(self, term: str, *, joined: bool = False) -> _ArticleTerm:
        """Return a term of the articles, cached; see `SegmentPostings.term`."""
        article_term = self._terms.get((term, joined))
        if article_term is None:
            segment_term = self.segment.term(term, joined=joined)
            title = self._title_ranges(*segment_term.titles)
            article_term = _ArticleTerm(self, segment_term, title)
            self._terms.put((term, joined), article_term)
        return article_term

    def _title_ranges(self, articles: Numbers, freqs: Numbers) -> Ranges | None:
        """Return the articles with a term in the title as ranges; see `SegmentPostings.ranges`."""
        if not len(articles):
            return None
        return core.scoring.title_ranges(self._titles, articles, freqs)

    @cached_property
    def _titles(self) -> core.scoring.Titles:
        """The titles of the articles, for the core: each is over one document, its article."""
        lengths, model = self.reader.field("title").lengths, self.statistics.model("title")
        numbers = uints(range(self.count + 1))
        return core.scoring.Titles(lengths, model, 1.0, numbers, NO_DOC_IDS, NO_BITS)

    def summed(self, doc_ids: Numbers, freqs: Numbers) -> tuple[Numbers, Numbers]:
        """Return the articles with the visible ones of ascending passages, and summed freqs."""
        most = min(len(doc_ids), self.count)
        articles, sums = zeros("I", most), zeros("d", most)
        count = core.scoring.article_postings(
            doc_ids, freqs, self._bits, self.firsts, articles, sums
        )
        return copy_first(articles, count), copy_first(sums, count)

    def of(self, doc_ids: Numbers) -> Numbers:
        """Return the articles that have one of the given ascending passages as a visible one."""
        return self.summed(doc_ids, memoryview(array("d", bytes(8 * len(doc_ids)))))[0]

    def freq(self, field: str, term: str, article: int, *, joined: bool) -> float:
        """Return the frequency of a term in the text or title of an article."""
        article_term = self.term(term, joined=joined)
        if field == "text":
            articles, freqs = article_term.postings
        else:
            articles, freqs = self.segment.term(term, joined=joined).titles
        return float(dict(zip(articles, freqs, strict=True)).get(article, 0))


class ArticleStatistics(LanguageStatistics):
    """The statistics of the articles in one language: over all of its segments in the snapshot."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        super().__init__(snapshot, language)
        self._articles: list[ArticlePostings] = []

    def add_articles(self, articles: ArticlePostings) -> None:
        """Add the articles of a segment of the language."""
        self.add(articles.segment)
        self._articles.append(articles)

    @cached_property
    def passages(self) -> int:
        """The N of the idf, which is of articles; see `bm25f.collection_size`."""
        own = sum(one.reader.live_count(Level.ARTICLE) for one in self._articles)
        return collection_size(own, self._snapshot.count(Level.ARTICLE))

    def model(self, field: str) -> Numbers:
        """Return the constants of BM25 for the texts or titles of articles."""
        if field not in self._models:
            self._models[field] = model(self.average_length(field), ARTICLE_K1)
        return self._models[field]

    def average_length(self, field: str) -> float:
        """Return the average length in words of articles or of titles.

        See `Snapshot.average_length`.
        """
        if field != "article":
            return super().average_length(field)
        words = squares = 0
        for one in self._articles:
            tally = core.bitmaps.tally(Bitmap.full(one.count).words, one.lengths)
            words, squares = words + tally[0], squares + tally[1]
        return squares / words if words else 1.0

    def counts(self, term: str) -> tuple[int, int]:
        """Return the numbers of live articles with a term in their texts and in their titles."""
        texts = titles = 0
        for articles in self._articles:
            article_term = articles.term(term, joined=True)
            texts += len(article_term.postings[0])
            titles += len(articles.reader.live_among(Level.ARTICLE, article_term.titles))
        return texts, titles

    def _matching(self, leaf: Leaf, field: str) -> int:
        """Return the number of live articles that a leaf matches in a text or title."""
        if field != "text":
            return super()._matching(leaf, field)
        return sum(
            len(one.of(one.segment.positions.doc_ids(field, leaf))) for one in self._articles
        )
