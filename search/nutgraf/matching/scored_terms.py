"""The terms of a query that score in a segment, with their weights, for `core.scoring`."""

from array import array
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeGuard

from nutgraf.matching.doc_id_sets import NO_DOC_IDS, DocIdSet
from nutgraf.matching.postings import LanguageStatistics, Ranges, Row, SegmentPostings
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Words
from nutgraf.scoring.bm25f import CONTEXT_REACH, GRID, on_grid
from nutgraf.scoring.query_boosts import QueryBoosts
from nutgraf_index import core
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, joined, uints, zeros
from nutgraf_index.fields import Level

__all__ = ["QueryScorer", "RescoringScores", "ScoredTerms"]

_SCORED = 2  # the kind of postings lists with scores instead of freqs; see `core.scoring.Terms`


class _Term(Protocol):
    """A term with its postings in the documents that are scored; see `SegmentTerm`."""

    @property
    def row(self) -> Row:
        """The start of its row in `core.scoring.Terms`."""

    @property
    def unpacked(self) -> tuple[Numbers, Numbers] | None:
        """Its doc ids and freqs, if they differ from its postings list."""

    @property
    def ranges(self) -> tuple[Ranges, Ranges]:
        """The ranges of documents under titles and headings with the term, and their values."""


class _Documents(Protocol):
    """The documents of a segment that are scored: its passages or its articles."""

    @property
    def text(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
        """The postings of texts and the scoring model, for `ScoredTerms`."""

    def term(self, term: str, *, joined: bool = False) -> _Term:
        """Return a term with its postings; see `SegmentPostings.term`."""


class RescoringScores(NamedTuple):
    """What the terms of a query give to the rescoring of passages: numbers for each passage.

    Args:
        missing: the score of what it lacks of the query, and
        missing_weights: the weight of that; see `SegmentSearcher.missing`
        hints: the score of the stop and request words of the query
        neighbours: its matching neighbour in the article with the best score, and
        neighbour_scores: that score; 0 if no neighbour matches
    """

    missing: Numbers
    missing_weights: Numbers
    hints: Numbers
    neighbours: Numbers
    neighbour_scores: Numbers


class ScoredTerms:
    """A disjunction of terms with weights, and of documents with precomputed scores.

    Args:
        text: the first arguments of `core.scoring.Terms`: the packed postings, the rows of their
            blocks, the length of each text, the same in bytes, and the scoring model
    """

    def __init__(self, text: tuple[Numbers, Numbers, Numbers, Numbers, Numbers]) -> None:
        self._text = text
        self._rows = array("q")
        self._weights = array("d")
        self._range_bounds: list[Numbers] = []
        self._range_values: list[Numbers] = []
        self._unpacked: list[tuple[Numbers, Numbers]] = []
        self._range_count = 0
        self._unpacked_count = 0
        self._hints = 0

    def add(self, term: _Term, weight: float) -> None:
        """Add a term with its weight, boost × idf; a term of weight 0 is left out."""
        if not weight:
            return
        kind, start, doc_freq, first_block, blocks = term.row
        if term.unpacked is not None:
            start = self._append(*term.unpacked)
        titles = self._range_count
        of_title, of_heading = term.ranges
        headings = self._add_ranges(*of_title) if len(of_title[1]) else titles
        end = self._add_ranges(*of_heading) if len(of_heading[1]) else headings
        self._rows.extend(
            (kind, start, doc_freq, first_block, blocks, titles, headings, headings, end)
        )
        self._weights.append(weight)

    def _add_ranges(self, bounds: Numbers, values: Numbers) -> int:
        """Add ranges of documents; return the number of ranges so far."""
        self._range_bounds.append(bounds)
        self._range_values.append(values)
        self._range_count += len(values)
        return self._range_count

    def add_scored(self, doc_ids: Numbers, scores: Numbers) -> None:
        """Add ascending documents with precomputed scores, 8 bytes each."""
        if len(doc_ids):
            start = self._append(doc_ids, scores)
            self._rows.extend((_SCORED, start, len(doc_ids), 0, 0, 0, 0, 0, 0))
            self._weights.append(max(scores))

    def add_hints(self, hints: Iterable[tuple[_Term, float]]) -> None:
        """Add terms that add to scores in rescoring alone, with their weights.

        Nothing can be added after them.
        """
        count = len(self._weights)
        for term, weight in hints:
            self.add(term, weight)
        self._hints = len(self._weights) - count

    def _append(self, doc_ids: Numbers, values: Numbers) -> int:
        """Append an unpacked postings list; return the number of unpacked postings before it."""
        self._unpacked.append((doc_ids, values))
        self._unpacked_count += len(doc_ids)
        return self._unpacked_count - len(doc_ids)

    @lazy
    def _terms(self) -> core.scoring.Terms:
        return core.scoring.Terms(
            *self._text,
            self._rows,
            self._weights,
            self._hints,
            joined(self._range_bounds, "I"),
            joined(self._range_values, "d"),
            joined([doc_ids for doc_ids, _ in self._unpacked], "I"),
            joined([values for _, values in self._unpacked], "d"),
        )

    def scores_at(self, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending documents, 8 bytes each."""
        scores = zeros("d", len(doc_ids))
        core.scoring.score_docs(self._terms, doc_ids, scores)
        return scores

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
        best, scores = zeros("I", k), zeros("d", k)
        firsts, rank = segment.reader.first_passages(Level.ARTICLE), segment.rank
        count = core.scoring.top_k(
            self._terms,
            doc_ids,
            bits,
            NO_BITS if repeated is None else repeated.words,
            firsts,
            rank,
            threshold,
            GRID,
            best,
            scores,
        )
        if count < k and threshold <= 0:
            seen = Bitmap(segment.reader.passages).words
            count += core.scoring.first_cited(
                doc_ids, bits, firsts, segment.by_id, best[:count], seen, best[count:]
            )
        return best[:count].tolist(), [*scores[:count]]

    def rescoring(
        self, doc_ids: Numbers, matching: Numbers | Bitmap, firsts: Numbers
    ) -> RescoringScores:
        """Return what the terms give to the rescoring of distinct ascending documents.

        Args:
            matching: the documents that match, ascending or as a bitmap
            firsts: the first doc id of each article, then the number of passages
        """
        count = len(doc_ids)
        neighbours, scores = zeros("I", count), zeros("d", 4 * count)
        core.scoring.rescoring_scores(
            self._terms, doc_ids, *_ids_or_bits(matching), firsts, CONTEXT_REACH, neighbours, scores
        )
        missing, weights, hints, context = (
            scores[start : start + count] for start in range(0, 4 * count, count)
        )
        return RescoringScores(missing, weights, hints, neighbours, context)


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
        scored = ScoredTerms(self.segment.text)
        self._score_optional(node, boost, scored)
        return scored.scores_at(doc_ids)

    def term_score(self, term: str, weight: float, doc_id: int, *, joined: bool) -> float:
        """Return the score that a term of a weight, boost × idf, adds to a document.

        See `SegmentPostings.term` for `joined`.
        """
        scored = ScoredTerms(self.segment.text)
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
            terms = self._terms_of(node)
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
            isinstance(node, Words) and not (node.quoted and len(self._terms_of(node)) > 1)
        ):
            self._score_required(node, boost, scored)
        elif not isinstance(node, Filter):
            alone = ScoredTerms(self.segment.text)
            self._score_required(node, boost, alone)
            doc_ids = self.doc_ids(node).doc_ids()
            scored.add_scored(doc_ids, alone.scores_at(doc_ids))

    def _terms_of(self, leaf: Leaf) -> list[tuple[str, bool]]:
        """Return the terms by which a leaf scores, each with its `joined`."""
        row = self.analyzer.row(leaf.text)
        is_plain = isinstance(leaf, Words) and not leaf.quoted
        if len(row) == 1 and not row[0].begins:
            return [(row[0].term, is_plain)]
        if not is_plain or any(look.begins for look in row):
            return [(look.term, False) for look in row if not look.begins]
        terms, compound = self.analyzer.weighted_terms(leaf.text), self.analyzer.compound(leaf.text)
        return [(term, False) for term in (*terms, *(compound[1:] if compound else ()))]


def _ids_or_bits(matching: Numbers | Bitmap) -> tuple[Numbers, Numbers]:
    """Return doc ids and the words of a bitmap, one of the two empty, for the core."""
    if isinstance(matching, Bitmap):
        return NO_DOC_IDS, matching.words
    return matching, NO_BITS
