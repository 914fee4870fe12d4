"""Explanations of scores: a tree of the query's nodes, terms and fields for each passage.

The segment searcher that ranked a passage also scores each node of the query in the passage, so an
explanation has the numbers of the ranking. The formula is in docs/ranking.md.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from nutgraf.matching.articles.scorer import ArticleScorer
from nutgraf.matching.scored_terms import QueryScorer
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.matching.shared_lines import ARTICLES
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Written
from nutgraf.ranking.characters import Characters
from nutgraf.ranking.explanation import Explanation
from nutgraf.ranking.orders.by_article import ByArticle, SegmentArticles
from nutgraf.ranking.proximity import Proximity
from nutgraf.ranking.ranked import Match, RankedPassages, Scored
from nutgraf.ranking.rescore import context_of
from nutgraf.scoring.bm25f import (
    CONTEXT,
    OPENING,
    OTHER_FIELDS,
    STOP_WORD_BESIDE,
    STOP_WORD_BOOST,
    TITLE_LIFT,
    length_norm,
)
from nutgraf_index.core.buffers import Numbers, uints
from nutgraf_index.fields import FIELDS, Level

__all__ = ["explained"]

_CAP = "cap, what the missing words would add"
_CAPPED = "proximity without the cap"
_LACKS_LESS = "lacks less than passages of nearly the same score: before them"
_IS_TITLE = "the query is the title, word by word: before all others"


def explained(
    matches: list[Match],
    rescored: Mapping[tuple[SegmentSearcher, int], bool],
    ranked: RankedPassages,
) -> list[Match]:
    """Return the matches with explanations.

    Args:
        rescored: the passages that were rescored, and whether they stand before passages of nearly
            the same score because they lack less
    """
    by_score = isinstance(ranked, Scored)
    articles = ranked.of_segments if isinstance(ranked, ByArticle) else {}
    explainers = {
        match.searcher: _Explainer(match.searcher, articles.get(match.searcher), by_score)
        for match in matches
    }
    return [
        match._replace(
            explanation=explainers[match.searcher].explanation(match, rescored.get(match[:2]))
        )
        for match in matches
    ]


class _NodeExplainer:
    """Explains the scores of the nodes of a query in documents of one segment."""

    _fields: tuple[str, ...]  # that score

    def __init__(self, scorer: QueryScorer) -> None:
        self._scorer = scorer
        self._analyzer = scorer.analyzer
        self._statistics = scorer.statistics
        self._scores: dict[tuple[Node, float, int], float] = {}
        self._words: dict[str, str] = {}  # the first word of the query for each term
        for leaf in scorer.tree.leaves():
            for token in self._analyzer.tokens(leaf.text):
                self._words.setdefault(token.term, token.word)
            if joined := self._analyzer.compound(leaf.text):
                self._words.setdefault(joined[1], joined[0])

    def _freq(self, field: str, term: str, doc_id: int, *, joined: bool) -> float:
        """Return the frequency of a term in a field of a document."""
        raise NotImplementedError

    def _field(
        self, field: str, freq: float, doc_id: int
    ) -> tuple[float, tuple[tuple[str, float], ...]]:
        """Return lift × freq / length norm of a term in a field, and the factors of the field."""
        raise NotImplementedError

    def _named(self, field: str, term: str, doc_id: int) -> str:
        """Return the label of a field that has a term."""
        return field

    def _nodes(self, boosted: Iterable[tuple[Node, float]], doc_id: int) -> tuple[Explanation, ...]:
        """Return the explanations of the nodes whose score is not zero."""
        return tuple(part for node, boost in boosted for part in self._node(node, boost, doc_id))

    def _node(
        self, node: Node, boost: float, doc_id: int, label: str = ""
    ) -> tuple[Explanation, ...]:
        """Return the explanation of a node's score; an empty tuple if the score is zero."""
        label = label or str(node)
        if isinstance(node, Boost):
            return self._node(node.node, boost * node.factor, doc_id, label)
        if isinstance(node, Filter):
            return ()
        score = self._score(node, boost, doc_id)
        if not score:
            return ()
        if isinstance(node, MultiTerm) or self._scorer.is_short(node):
            return (Explanation(label, score, factors=self._weight_of(node, boost)),)
        if isinstance(node, Group | Near):
            return (Explanation(label, score, self._nodes(self._inner(node, boost), doc_id)),)
        assert isinstance(node, Leaf)
        of_leaf = self._scorer.terms_of(node)
        terms = [term for term, _ in of_leaf]
        if isinstance(node, Written):
            return self._written(node, terms, boost, doc_id, label)
        if len(terms) == 1:
            return self._term(terms[0], boost, doc_id, label, joined=of_leaf[0][1])
        return (Explanation(label, score, self._terms(terms, boost, doc_id)),)

    def _written(
        self, leaf: Written, terms: Sequence[str], boost: float, doc_id: int, label: str
    ) -> tuple[Explanation, ...]:
        """Return the explanation of the score of a leaf that the text decides.

        A single word has the n of the leaf. The boosts of several words may be raised, see
        `LanguageStatistics.term_idfs`.
        """
        statistics = self._statistics
        idfs = statistics.term_idfs(leaf, terms)
        if len(terms) == 1:
            factors = self._weight_of(leaf, boost)
            return self._weighed(terms[0], boost * idfs[0], factors, doc_id, label)
        parts: list[Explanation] = []
        for term, idf in zip(terms, idfs, strict=True):
            own, word = statistics.idf(term), self._words.get(term, term)
            raised = boost * idf / own if own else boost
            factors = self._weight(raised, own, statistics.doc_freq(term))
            parts += self._weighed(term, boost * idf, factors, doc_id, word)
        return (Explanation(label, sum(part.value for part in parts), tuple(parts)),)

    def _inner(self, node: Group | Near, boost: float) -> list[tuple[Node, float]]:
        """Return the nodes whose scores add up to the score of `node`, with their boosts."""
        if isinstance(node, Near):
            return [(leaf, boost) for leaf in node.leaves()]
        boosts = self._scorer.query_boosts.boosts
        inner = [*boosts(node.must), *boosts(node.should)]
        return [(clause, boost * factor) for clause, factor in inner]

    def _score(self, node: Node, boost: float, doc_id: int) -> float:
        key = node, boost, doc_id
        if key not in self._scores:
            self._scores[key] = self._scorer.node_score(node, boost, doc_id)
        return self._scores[key]

    def _terms(self, terms: Iterable[str], boost: float, doc_id: int) -> tuple[Explanation, ...]:
        """Return an explanation of each term whose score is not zero."""
        return tuple(
            part
            for term in terms
            for part in self._term(term, boost, doc_id, self._words.get(term, term))
        )

    def _term(
        self, term: str, boost: float, doc_id: int, label: str, *, joined: bool = False
    ) -> tuple[Explanation, ...]:
        """Return the explanation of a term's score, with one part for each field that has it.

        The score is divided among the fields in proportion to their shares of F in the formula. See
        `SegmentPostings.term` for `joined`.
        """
        idf = self._statistics.idf(term)
        factors = self._weight(boost, idf, self._statistics.doc_freq(term))
        return self._weighed(term, boost * idf, factors, doc_id, label, joined=joined)

    def _weighed(
        self,
        term: str,
        weight: float,
        weighed_by: tuple[tuple[str, float], ...],
        doc_id: int,
        label: str,
        *,
        joined: bool = False,
    ) -> tuple[Explanation, ...]:
        """Return the explanation of the score of a term of a weight, see `_term`."""
        score = self._scorer.term_score(term, weight, doc_id, joined=joined)
        if not score:
            return ()
        fields = {
            field: self._field(field, freq, doc_id)
            for field in self._fields
            if (freq := self._freq(field, term, doc_id, joined=joined))
        }
        total = sum(weighted for weighted, _ in fields.values())
        parts = tuple(
            Explanation(
                self._named(field, term, doc_id) if joined else field,
                score * weighted / total,
                factors=factors,
            )
            for field, (weighted, factors) in fields.items()
        )
        return (Explanation(label, score, parts, weighed_by),)

    def _weight(self, boost: float, idf: float, doc_freq: int) -> tuple[tuple[str, float], ...]:
        """Return the factors of a term or pattern: its weight, boost, idf, n and N."""
        weight = boost * idf
        counts = ("n", doc_freq), ("N", self._statistics.passages)
        return ("weight", weight), ("boost", boost), ("idf", idf), *counts

    def _weight_of(self, leaf: Leaf, boost: float) -> tuple[tuple[str, float], ...]:
        """Return the factors of a leaf that weighs as one term."""
        statistics = self._statistics
        return self._weight(boost, statistics.idf_of_any(leaf), statistics.leaf_doc_freq(leaf))


class _Explainer(_NodeExplainer):
    """Explains the scores of passages of one segment."""

    _fields = ("text", *OTHER_FIELDS)

    def __init__(
        self, searcher: SegmentSearcher, articles: SegmentArticles | None, by_score: bool
    ) -> None:
        super().__init__(searcher)
        self._searcher = searcher
        self._by_score = by_score
        self._segment = searcher.segment
        self._articles = articles

    def explanation(self, match: Match, rescored: bool | None) -> Explanation:
        """Return the explanation of a match's score; for `rescored` see `explained`."""
        doc_id = match.doc_id
        parts = self._nodes(self._searcher.boosts(doc_id), doc_id)
        beside = self._searcher.beside(doc_id)
        boost = self._searcher.boost * STOP_WORD_BESIDE
        parts += _sum("stop words beside their words", self._terms(beside, boost, doc_id))
        parts += self._article(doc_id)
        if rescored is not None:
            parts += self._rescoring(doc_id)
        if self._segment.has_shared_heading(doc_id):
            (passage,) = self._segment.reader.passages_at([doc_id])
            label = f"heading {passage[1].heading!r}, a line of {ARTICLES} articles or more"
            parts += (Explanation(label, 0.0),)
        parts += self._recency(match, sum(part.value for part in parts))
        if rescored:
            parts += (Explanation(_LACKS_LESS, 0.0),)
        if self._by_score and self._searcher.is_titled(doc_id):
            parts += (Explanation(_IS_TITLE, 0.0),)
        return Explanation("score", match.score, parts)

    def _recency(self, match: Match, whole: float) -> tuple[Explanation, ...]:
        """Return what the age of the article takes away from the whole score."""
        recency = self._searcher.recency
        if recency is None:
            return ()
        reader = self._segment.reader
        day = reader.days[reader.doc_at(Level.ARTICLE, match.doc_id)]
        factors = (
            ("decay", recency.decay(day)),
            ("age_in_days", recency.age(day)),
            ("half_life", recency.half_life),
        )
        label = "recency" if day else "recency, no date"
        return _unless_zero(Explanation(label, match.score - whole, factors=factors))

    def _article(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return what the article of a best passage and its opening add, if articles score."""
        if self._articles is None:
            return ()
        opening, score, added = self._articles.opening_of(doc_id)
        factors = (("share", OPENING), ("score", score))
        cited = self._searcher.cite(opening) if score else ""
        article = _ArticleExplainer(self._articles.scorer).explanation(
            self._segment.reader.doc_at(Level.ARTICLE, doc_id)
        )
        return (
            *_sum("opening", _unless_zero(Explanation(cited, added, factors=factors))),
            *article,
        )

    def _rescoring(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return the parts that rescoring added: proximity, context, stop words, characters."""
        _, hints = self._searcher.row
        boost = self._searcher.boost
        return (
            *_sum("proximity", self._proximity(doc_id)),
            *_sum("context", self._context(doc_id)),
            *self._words_of_article(doc_id),
            *_sum("stop and request words", self._terms(hints, boost * STOP_WORD_BOOST, doc_id)),
            *_sum("characters", self._characters(doc_id)),
        )

    def _words_of_article(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return what words add by where they stand in the article, if articles score."""
        if self._articles is None:
            return ()
        first, together = self._articles.words.by_term(doc_id)
        return (
            *_sum("first words", self._of_terms(first)),
            *_sum("words together", self._of_terms(together)),
        )

    def _proximity(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return the proximity score of each term, and what the cap takes away from their sum."""
        row, _ = self._searcher.row
        scores = Proximity(row).by_term(self._segment, doc_id, self._searcher.boost)
        parts = self._of_terms(scores)
        whole, missing = sum(scores.values()), self._missing(doc_id)
        if not missing or whole <= sum(part.value for part in missing):
            return parts
        return *parts, *_sum(_CAP, (*missing, Explanation(_CAPPED, -whole)))

    def _missing(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return what each leaf would add that a passage lacks."""
        searcher = self._searcher
        norm = self._field("text", 1, doc_id)[1][1]
        parts: list[Explanation] = []
        for node, boost in searcher.optional(doc_id):
            if not isinstance(node, Filter) and not self._score(node, boost, doc_id):
                for leaf, weight in searcher.weights_of(node, boost):
                    value = searcher.would_add(leaf, weight, doc_id)
                    factors = ("missing_weight", weight), norm
                    parts += _unless_zero(Explanation(str(leaf), value, factors=factors))
        return tuple(parts)

    def _of_terms(self, scores: dict[str, float]) -> tuple[Explanation, ...]:
        """Return an explanation of each term whose score is not zero."""
        return tuple(
            part
            for term, score in scores.items()
            for part in _unless_zero(Explanation(self._words[term], score))
        )

    def _characters(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return the scores of the characters of grams and of the pieces of words."""
        (scores,) = Characters(self._searcher).by_passage([doc_id])
        return tuple(Explanation(*of_characters) for of_characters in scores.items())

    def _context(self, doc_id: int) -> tuple[Explanation, ...]:
        """Return the explanation of a passage's context score, a share of a neighbour's score."""
        neighbour, score, added = context_of(self._searcher, doc_id)
        factors = (("share", CONTEXT), ("score", score))
        return _unless_zero(Explanation(self._searcher.cite(neighbour), added, factors=factors))

    def _named(self, field: str, term: str, doc_id: int) -> str:
        """Return a field with the compounds in it that a term is a part of."""
        if field == "heading" or not (compounds := self._segment.compounds_of(term)):
            return field
        (text,) = self._segment.reader.texts_of(field, uints([self._doc_id_in(field, doc_id)]))
        names = dict.fromkeys(word for word in self._analyzer.words(text) if word in compounds)
        return f"{field} with {', '.join(names)}" if names else field

    def _field(
        self, field: str, freq: float, doc_id: int
    ) -> tuple[float, tuple[tuple[str, float], ...]]:
        """Return lift × freq / length norm of a term in a field, and the factors of the field."""
        length = self._segment.reader.field(field).lengths[self._doc_id_in(field, doc_id)]
        average = self._statistics.average_length(field)
        norm = length_norm(length, average)
        lengths = ("length", length), ("average_length", average)
        factors = ("freq", freq), ("length_norm", norm), *lengths
        if field == "title" and self._segment.is_opening(doc_id):
            return TITLE_LIFT * freq / norm, (("lift", TITLE_LIFT), *factors)
        return freq / norm, factors

    def _freq(self, field: str, term: str, doc_id: int, *, joined: bool) -> float:
        """Return the frequency of a term in a passage's text, title or heading."""
        field_doc_id = self._doc_id_in(field, doc_id)
        if field == "heading" and self._segment.has_shared_heading(doc_id):
            return 0
        freq = _freq_at(field_doc_id, *self._segment.postings(field, term))
        if joined and field != "heading":
            freq += _freq_at(field_doc_id, *self._segment.further(field, term))
        return freq

    def _doc_id_in(self, field: str, doc_id: int) -> int:
        """Return the doc id, in a field, of a passage's text, title or heading."""
        level = FIELDS[field].level
        return doc_id if level is Level.PASSAGE else self._segment.reader.doc_at(level, doc_id)


class _ArticleExplainer(_NodeExplainer):
    """Explains the scores of whole articles of one segment."""

    _fields = ("text", "title")

    def __init__(self, scorer: ArticleScorer) -> None:
        super().__init__(scorer)
        self._articles = scorer.articles
        self._boosts = scorer.boosts()

    def explanation(self, article: int) -> tuple[Explanation, ...]:
        """Return the explanation of the score of a whole article."""
        return _sum("article", self._nodes(self._boosts, article))

    def _field(
        self, field: str, freq: float, doc_id: int
    ) -> tuple[float, tuple[tuple[str, float], ...]]:
        name = "article" if field == "text" else field
        lengths = self._articles.lengths
        length = (lengths if field == "text" else self._articles.reader.field(field).lengths)[
            doc_id
        ]
        average = self._statistics.average_length(name)
        norm = length_norm(length, average)
        of_length = ("length", length), ("average_length", average)
        return freq / norm, (("freq", freq), ("length_norm", norm), *of_length)

    def _freq(self, field: str, term: str, doc_id: int, *, joined: bool) -> float:
        return self._articles.freq(field, term, doc_id, joined=joined)


def _freq_at(doc_id: int, doc_ids: Numbers, freqs: Numbers) -> float:
    """Return the frequency of a document in postings; 0 if it is not there."""
    i = bisect_left(doc_ids, doc_id)
    freq: float = freqs[i] if i < len(doc_ids) and doc_ids[i] == doc_id else 0
    return freq


def _sum(label: str, parts: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """Return an explanation whose value is the sum of its parts, unless that is zero."""
    return _unless_zero(Explanation(label, sum(part.value for part in parts), parts))


def _unless_zero(explanation: Explanation) -> tuple[Explanation, ...]:
    return (explanation,) if explanation.value else ()
