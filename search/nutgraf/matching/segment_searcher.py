"""Evaluates a query tree in a segment: the passages that match, and the top k of them.

A passage matches by its own text. There is one exception: a title that is not part of its article's
text belongs to the article's opening passage, so that a term of the title alone finds the article.
The opening passage represents the title. Otherwise titles and headings only add to scores.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from nutgraf.matching.doc_id_sets import (
    NO_DOC_IDS,
    ArrayDocIdSet,
    BitDocIdSet,
    DocIdSet,
    union,
)
from nutgraf.matching.filters import Filters
from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.matching.scored_terms import QueryScorer, ScoredTerms
from nutgraf.matching.titles import titled
from nutgraf.query.tree import (
    Boost,
    Filter,
    Group,
    Leaf,
    MultiTerm,
    Near,
    Node,
    Words,
    as_group,
    is_word,
)
from nutgraf.scoring.bm25f import (
    OTHER_LANGUAGE,
    STOP_WORD_BESIDE,
    STOP_WORD_BESIDE_MOST,
    STOP_WORD_BOOST,
    is_rare_beside,
    on_grid,
    once,
)
from nutgraf.scoring.query_boosts import QueryBoosts
from nutgraf_index.analysis.query_analyzer import QueryAnalyzer
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import Bitmap, Numbers, uints, zeros
from nutgraf_index.fields import Level
from nutgraf_index.model import Role, Subtree

if TYPE_CHECKING:  # imported on first use: most searches need none of them
    from nutgraf.matching.scope import WindowedQuery
    from nutgraf.scoring.recency import Recency
    from nutgraf_index.arrays import Array

__all__ = ["SegmentSearcher", "segment_searchers"]

_NO_FILTERS: frozenset[Filter] = frozenset()
_SPARSE = 32  # for a set of fewer than 1 in 32 passages, an array costs less than a bitmap


def segment_searchers(
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    window: int,
    title: str = "",
    recency: "Recency | None" = None,
) -> "list[SegmentSearcher]":
    """Return a searcher of a query tree for each segment of a snapshot.

    Args:
        within: files and folders to which the search is restricted; None for all
        window: the number of neighbouring passages in which the query must be true, at least 1
        title: the query as it was typed, which may be the title of an article
        recency: how scores decay by the ages of articles; None for no decay
    """
    group = as_group(tree)
    query_boosts = QueryBoosts(group, postings.analyzer)
    return [
        SegmentSearcher(segment, postings, group, query_boosts, within, window, title, recency)
        for segment in postings.segments
    ]


class SegmentSearcher(QueryScorer):
    """Searches one segment for one query; see `segment_searchers`.

    The segment reads the words of the query in its own language.
    """

    segment: SegmentPostings

    def __init__(
        self,
        segment: SegmentPostings,
        postings: SnapshotPostings,
        tree: Group,
        query_boosts: QueryBoosts,
        within: list[Subtree] | None,
        window: int,
        title: str,
        recency: "Recency | None",
    ) -> None:
        self.segment = segment
        self.reader = segment.reader
        self.postings = postings
        self.analyzer = segment.analyzer
        self.statistics = segment.statistics
        #: By which all weights are multiplied.
        self.boost = OTHER_LANGUAGE if self._is_other(postings.preferred) else 1.0
        self.tree = tree
        self.query_boosts = query_boosts
        self.within = within
        self.window = window
        self._title = title
        self.recency = recency
        self.filters = Filters(segment)
        self.article_ids: dict[int, str] = {}
        self._doc_id_sets: dict[Node, DocIdSet] = {}

    def top_k(
        self, k: int, threshold: float, excluded: Bitmap | None = None
    ) -> tuple[list[int], list[float]]:
        """Return the top k of the passages that match, and their scores; ties by citation.

        With `recency`, all passages that match are scored: the bounds of scores know no dates.

        Args:
            threshold: passages with a lower score may be left out
            excluded: passages to leave out
        """
        matching = self.matching
        if excluded is not None:
            if isinstance(matching, Bitmap):
                matching = matching.copy()
            else:
                matching = Bitmap.of(self.reader.passages, matching)
            matching -= excluded
        k = min(k, self.total)
        if not k:
            return [], []
        if self.recency is not None:
            return self.top_decayed(matching, self.scored_terms, k)
        return self.scored_terms.top_k(matching, self._repeated, self.segment, k, threshold)

    @lazy
    def total(self) -> int:
        """The number of passages that match."""
        return len(self.matching)

    @lazy
    def matching(self) -> Numbers | Bitmap:
        """All passages that match, ascending or as a bitmap."""
        if self.window > 1:
            return self._windowed.hits
        return self._group(self.tree, self._visible(), self._repeated).either()

    @lazy
    def titled(self) -> Bitmap | None:
        """The passages that match and represent a title that is the query, word by word.

        None if there is none, which is nearly always.
        """
        doc_ids = titled(self.segment, self._title) if self._title else NO_DOC_IDS
        if len(doc_ids):
            doc_ids = self.among(doc_ids)
        return Bitmap.of(self.reader.passages, doc_ids) if len(doc_ids) else None

    def is_titled(self, doc_id: int) -> bool:
        """Return whether a passage is `titled`."""
        return self.titled is not None and doc_id in self.titled

    @property
    def matching_doc_ids(self) -> Numbers:
        """All passages that match, ascending."""
        matching = self.matching
        return matching.numbers() if isinstance(matching, Bitmap) else matching

    def among(self, doc_ids: Numbers) -> Numbers:
        """Return which of ascending passages match."""
        matching = self.matching
        if isinstance(matching, Bitmap):
            return matching.among(doc_ids)
        return ArrayDocIdSet(matching).intersect(doc_ids)

    def others_in_article(self, doc_id: int) -> int:
        """Return the number of other passages of a passage's article that match."""
        article = self.reader.passages_of(self.reader.doc_at(Level.ARTICLE, doc_id))
        matching = self.matching
        if isinstance(matching, Bitmap):
            return matching.count(article.start, article.stop) - 1
        return bisect_left(matching, article.stop) - bisect_left(matching, article.start) - 1

    def scores_at(self, doc_ids: Numbers) -> Numbers:
        """Return the scores of ascending passages that match, before rescoring.

        They are the BM25F scores, decayed by `recency`.
        """
        return self.decayed(doc_ids, self.scored_terms.scores_at(doc_ids))

    def decayed(self, doc_ids: Numbers, scores: Numbers) -> Numbers:
        """Return scores of passages decayed by the ages of their articles; see `recency`."""
        if self.recency is None:
            return scores
        import numpy as np

        from nutgraf.scoring.recency import decayed

        articles, (exponents, factors) = self.articles_of(doc_ids), self._decays
        products = decayed(np.asarray(scores), exponents[articles], factors[articles])
        return products.data

    @lazy
    def _decays(self) -> "tuple[Array, Array]":
        assert self.recency is not None
        return self.recency.decays(self.reader.days)

    def articles_of(self, doc_ids: "Numbers | Array") -> "Array":
        """Return the article number of each passage."""
        import numpy as np

        firsts = np.asarray(self.reader.first_passages(Level.ARTICLE))
        return firsts.searchsorted(np.asarray(doc_ids), "right") - 1

    def top_decayed(
        self, matching: Numbers | Bitmap, scored: ScoredTerms, k: int
    ) -> tuple[list[int], list[float]]:
        """Return the top k of passages by their decayed scores; see `top_k`."""
        import numpy as np

        from nutgraf.scoring.recency import top_k

        doc_ids = matching.numbers() if isinstance(matching, Bitmap) else matching
        numbers = np.asarray(doc_ids)
        scores = np.asarray(self.decayed(doc_ids, scored.scores_at(doc_ids)))
        ranks = np.asarray(self.reader.id_ranks)[self.articles_of(doc_ids)]
        best = top_k(numbers, scores, ranks, k)
        return numbers[best].tolist(), scores[best].tolist()

    def rescoring(self, doc_ids: Numbers) -> tuple[Numbers, Numbers]:
        """Return what the query's terms give to the rescoring of distinct ascending passages.

        See `ScoredTerms.rescoring`, and `missing` for what a passage lacks.
        """
        neighbours, scores = self.scored_terms.rescoring(doc_ids, self.matching)
        if not self._is_of_words:
            count = len(doc_ids)
            scores[:count], scores[count : 2 * count] = self.missing(doc_ids)
        return neighbours, scores

    @lazy
    def scored_terms(self) -> ScoredTerms:
        """The terms that add to the scores of the passages that match.

        The hints are the query's stop and request words.
        """
        scored = ScoredTerms(self.segment.texts)
        if self.window > 1:
            # One list of scores: the time to rank many lists grows with the square of their number.
            doc_ids = self.matching_doc_ids
            scored.add_scored(doc_ids, self._windowed_scores(doc_ids))
        else:
            self._score_group(self.tree, self.boost, scored)
        for term, doc_ids in self._beside.items() if self.tree.beside else ():
            alone = ScoredTerms(self.segment.texts)
            weight = self.boost * STOP_WORD_BESIDE * self.statistics.idf(term)
            alone.add(self.segment.term(term), weight)
            scored.add_scored(doc_ids, alone.scores_at(doc_ids))
            if self._repeated is not None:
                self._repeated.add(doc_ids)
        weight = self.boost * STOP_WORD_BOOST
        for hint in self.row[1]:
            scored.add_hint(self.segment.term(hint), weight * self.statistics.idf(hint))
        return scored

    def _windowed_scores(self, hits: Numbers) -> Numbers:
        """Return the scores of all passages that match in windows, ascending."""
        scores = zeros("d", len(hits))
        for leaves, doc_ids in self._windowed.scored():
            terms = ScoredTerms(self.segment.texts)
            for node, boost in leaves:
                self._score_optional(node, self.boost * boost, terms)
            sums = ScoredTerms(self.segment.texts)
            sums.add_scored(hits, scores)
            sums.add_scored(doc_ids, terms.scores_at(doc_ids))
            scores = sums.scores_at(hits)
        return scores

    @lazy
    def _beside(self) -> dict[str, Numbers]:
        """The passages in which a stop word stands beside its word, by its term.

        Of those that do not match, some may be missing.
        """
        if not self._rows_beside:
            return {}
        matching = self.matching
        among = None if isinstance(matching, Bitmap) else matching
        passages: dict[str, list[Numbers]] = {}
        for row, term in self._rows_beside.items():
            passages.setdefault(term, []).extend(self._standing(row, among))
        return {term: union(doc_ids) for term, doc_ids in passages.items()}

    @lazy
    def _rows_beside(self) -> dict[Words, str]:
        """The rows of stop words and their words that add to scores, with the stop word's term.

        Left out are long queries and rows of common words, which are no names and take long to
        find, and stop words with the term of a word that counts.
        """
        rows: dict[Words, str] = {}
        if not self.tree.beside:
            return rows
        terms, doc_freq = self.analyzer.terms, self.statistics.doc_freq
        counting = [term for term in self.row[0] if term is not None]
        is_short = len(counting) <= STOP_WORD_BESIDE_MOST
        for stop_word, _, row in self.tree.beside if is_short else ():
            (term,) = terms(stop_word.text)
            if term not in counting:
                of_row = chain.from_iterable(map(terms, row.text.split()))
                if is_rare_beside(min(map(doc_freq, of_row)), self.statistics.passages):
                    rows[row] = term
        return rows

    def beside(self, doc_id: int) -> list[str]:
        """Return the terms of the stop words that stand beside their words in a passage."""
        return [
            term
            for term, doc_ids in self._beside.items()
            if (i := bisect_left(doc_ids, doc_id)) < len(doc_ids) and doc_ids[i] == doc_id
        ]

    @lazy
    def _windowed(self) -> "WindowedQuery":
        """The query evaluated in windows of neighbouring passages."""
        from nutgraf.matching.scope import WindowedQuery

        visible = self._visible()
        if visible is None:
            visible = Bitmap.full(self.reader.passages)
        windows = self.segment.windows(self.window)
        return WindowedQuery(
            self.tree, windows, visible, self.mask, self.query_boosts, self.doc_ids
        )

    def evidence(self, doc_ids: Sequence[int]) -> list[tuple[Node | None, frozenset[Filter]]]:
        """Return why each passage matches, for the highlighter.

        Returns:
            the tree that is true of the passage, None if it matches by filters alone; and the
            filters that it meets
        """
        trees: list[Node | None] = [self.tree] * len(doc_ids)
        if self.window > 1:
            trees = [*map(self._windowed.leaves_of, doc_ids)]
        met = [_NO_FILTERS] * len(doc_ids)
        if masks := self.filters.masks.items():
            met = [frozenset([one for one, mask in masks if doc in mask]) for doc in doc_ids]
        return [*zip(trees, met, strict=True)]

    def article_of(self, doc_id: int) -> str:
        """Return the id of a passage's article; cached, since a query asks for it repeatedly."""
        if doc_id not in self.article_ids:
            article = self.reader.doc_at(Level.ARTICLE, doc_id)
            self.article_ids[doc_id] = self.reader.id_of(article)
        return self.article_ids[doc_id]

    def cite(self, doc_id: int) -> str:
        """Return the citation of a passage."""
        first = self.reader.passages_of(self.reader.doc_at(Level.ARTICLE, doc_id))[0]
        id = self.postings.snapshot.qualified(self.reader, self.article_of(doc_id))
        return f"{id}#{doc_id - first + 1}"

    def tie(self, doc_id: int) -> tuple[str, str, int]:
        """Return the key by which passages that are equal otherwise are ordered: by citation.

        Articles of several indexes with the same id are ordered by the locations of the indexes.
        """
        return self.article_of(doc_id), self.postings.snapshot.location(self.reader), doc_id

    def boosts(self, doc_id: int) -> list[tuple[Node, float]]:
        """Return the nodes whose scores add up to the score of a passage, with their boosts."""
        if self.window > 1:
            boosts = self._windowed.boosts(doc_id)
        else:
            boosts = [
                *self.query_boosts.boosts(self.tree.must),
                *self.query_boosts.boosts(self.tree.should),
            ]
        return [(node, self.boost * boost) for node, boost in boosts]

    # What a passage lacks

    def optional(self, doc_id: int) -> list[tuple[Node, float]]:
        """Return the nodes of `boosts` that a passage which matches may lack.

        In windows, these are all: each may be in a neighbour alone.
        """
        if self.window > 1:
            return self.boosts(doc_id)
        if len(self.tree.should) == 1 and not self.tree.must:
            return []
        boosts = self.query_boosts.boosts(self.tree.should)
        return [(node, self.boost * boost) for node, boost in boosts]

    def missing(self, doc_ids: Numbers) -> tuple[Numbers, Numbers]:
        """Return the scores and weights that each of the ascending passages lacks.

        A passage lacks an optional node that adds nothing to its score. The first sum has what the
        leaves of such nodes would add, see `would_add`, the second their weights. Both are 0 for a
        passage that lacks nothing.
        """
        count = len(doc_ids)
        scores, weights = zeros("d", count), zeros("d", count)
        for (node, boost), passages in self._by_optional(doc_ids).items():
            leaves = [*self.weights_of(node, boost)]
            node_scores = self.node_scores(node, boost, uints(doc_ids[i] for i in passages))
            for i, score in zip(passages, node_scores, strict=True):
                for leaf, weight in () if score else leaves:
                    scores[i] += self.would_add(leaf, weight, doc_ids[i])
                    weights[i] += on_grid(weight)
        return scores, weights

    def _by_optional(self, doc_ids: Numbers) -> dict[tuple[Node, float], Sequence[int]]:
        """Return for each `optional` node the indexes of the passages that may lack it."""
        if self.window == 1:  # all passages have the same nodes
            indexes = range(len(doc_ids))
            return {one: indexes for first in doc_ids[:1] for one in self.optional(first)}
        passages: dict[tuple[Node, float], list[int]] = {}
        for i, doc_id in enumerate(doc_ids):
            for node, boost in self.optional(doc_id):
                passages.setdefault((node, boost), []).append(i)
        return {**passages}

    @lazy
    def _is_of_words(self) -> bool:
        """Whether the query is a disjunction of words of one term each.

        Then the terms that add to scores are its optional nodes, so that the core finds what
        `missing` does.
        """
        if not self._is_disjunction:
            return False
        asked = self.analyzer.asked
        terms = [asked(node.text).sole_term if is_word(node) else None for node in self.tree.should]
        return None not in terms

    @property
    def _is_disjunction(self) -> bool:
        return not self.tree.must and len(self.tree.should) > 1 and self.window == 1

    def weights_of(self, node: Node, boost: float) -> Iterator[tuple[Leaf, float]]:
        """Yield the leaves of a node, each with its boost × the sum of the idfs of its terms."""
        if isinstance(node, Boost):
            yield from self.weights_of(node.node, boost * node.factor)
        elif isinstance(node, Group):
            for part in (node.must, node.should):
                for child, factor in self.query_boosts.boosts(part):
                    yield from self.weights_of(child, boost * factor)
        elif isinstance(node, Near):
            for leaf in node.leaves():
                yield from self.weights_of(leaf, boost)
        elif isinstance(node, MultiTerm) or self.is_short(node):
            yield node, boost * self.statistics.idf_of_any(node)
        elif isinstance(node, Leaf):
            terms = [term for term, _ in self.terms_of(node)]
            yield node, boost * sum(self.statistics.term_idfs(node, terms))

    def would_add(self, leaf: Leaf, weight: float, doc_id: int) -> float:
        """Return what a leaf would add to a passage if its terms stood once in the text.

        A pattern or fuzzy word adds its weight whatever the length of the text.
        """
        if isinstance(leaf, MultiTerm) or self.is_short(leaf):
            return on_grid(weight)
        return once(weight, self.segment.lengths[doc_id], self.statistics.model("text"))

    # Which passages match

    @lazy
    def named_roles(self) -> frozenset[Role]:
        """The roles that the query names; passages of hidden ones are visible to it."""
        conditions = self.tree.conditions()
        return frozenset(Role(node.value) for node in conditions if node.field == "role")

    def _visible(self) -> Bitmap | None:
        """Return the passages that are not hidden and whose file is searched; None for all."""
        visible = self.segment.visible(self.named_roles)
        if self.within is None:
            return visible
        within = Bitmap(self.reader.passages)
        for subtree in self.within:
            if subtree.location == self.reader.file.where:
                within |= self.filters.from_subtree(subtree)
        if visible is not None:
            within &= visible
        return within

    def doc_ids(self, node: Node) -> DocIdSet:
        """Return the passages of which a node is true."""
        if isinstance(node, Boost):
            return self.doc_ids(node.node)
        if isinstance(node, Words):
            term = self.analyzer.asked(node.text).sole_term
            if term is not None:
                return self.segment.term(term, joined=not node.quoted).doc_ids
        if node not in self._doc_id_sets:
            self._doc_id_sets[node] = self._evaluate(node)
        return self._doc_id_sets[node]

    def mask(self, node: Filter | Group) -> Bitmap:
        """Return the passages that meet a filter, or a group that only restricts."""
        if isinstance(node, Filter):
            return self.filters.mask(node)
        bits = Bitmap(self.reader.passages)
        self.doc_ids(node).mark(bits)
        return bits

    def _evaluate(self, node: Node) -> DocIdSet:
        """Return the passages of which a node, other than a single term, is true."""
        if isinstance(node, Group):
            return self._group(node, None)
        if isinstance(node, Filter):
            return BitDocIdSet(self.mask(node))
        assert isinstance(node, Leaf | Near)
        matching = self._standing(node)
        if isinstance(node, Words) and not node.quoted:
            compound = self.analyzer.compound(node.text)
            if compound is not None:
                # A hyphenated word also matches where it is written as one word.
                matching.append(self.segment.term(compound[1]).doc_ids.doc_ids())
        return ArrayDocIdSet(union(matching))

    def _standing(self, node: Leaf | Near, among: Numbers | None = None) -> list[Numbers]:
        """Return the passages whose text a node matches, and those whose title it matches.

        Of the former, those that are not in `among`, ascending, may be left out.
        """
        doc_ids = self.segment.positions.doc_ids
        in_titles = self.segment.answering(doc_ids("title", node))
        return [doc_ids("text", node, among), in_titles]

    @lazy
    def _repeated(self) -> Bitmap | None:
        """A superset of the passages to which more than one optional clause adds a score.

        None for a query that is not a disjunction or has windows, and for hyphenated words: a part
        of a hyphenated word adds to the scores of passages that do not match the word. The set is
        filled while `matching` is computed.
        """
        if not self._is_of_words:
            if not self._is_disjunction:
                return None
            words = filter(is_word, self.tree.leaves())
            if any(len(self.analyzer.terms(word.text)) > 1 for word in words):
                return None
        return Bitmap(self.reader.passages)

    def _group(
        self, group: Group, visible: Bitmap | None, repeated: Bitmap | None = None
    ) -> DocIdSet:
        """Return the visible passages of which a group is true; see `_any_of` for `repeated`."""
        masks = [visible] if visible is not None else []
        masks += map(self.mask, group.filters)
        if group.must:
            matching = self._all_of([self.doc_ids(node) for node in group.must])
        elif len(group.should) == 1:
            matching = self.doc_ids(group.should[0])
        else:
            matching = BitDocIdSet(self._any_of(group.should, repeated))
        if not (masks or group.exclude):
            return matching
        excluded = self._any_of(group.exclude) if group.exclude else None
        if not isinstance(matching, BitDocIdSet) and self._is_sparse(matching):
            doc_ids = matching.doc_ids()
            for mask in masks:
                doc_ids = mask.among(doc_ids)
            if excluded is not None:
                included = Bitmap.of(self.reader.passages, doc_ids)
                included -= excluded
                doc_ids = included.numbers()
            return ArrayDocIdSet(doc_ids)
        bits = Bitmap(self.reader.passages)
        matching.mark(bits)
        for mask in masks:
            bits &= mask
        if excluded is not None:
            bits -= excluded
        return BitDocIdSet(bits)

    def _is_sparse(self, doc_ids: DocIdSet) -> bool:
        return doc_ids.count * _SPARSE < self.reader.passages

    def _all_of(self, sets: list[DocIdSet]) -> DocIdSet:
        """Return the intersection of sets, beginning with the smallest."""
        smallest, *rest = sorted(sets, key=lambda doc_ids: doc_ids.count)
        if isinstance(smallest, BitDocIdSet) and not self._is_sparse(smallest):
            bits = smallest.bits.copy()
            for larger in rest:
                marked = Bitmap(self.reader.passages)
                larger.mark(marked)
                bits &= marked
            return BitDocIdSet(bits)
        doc_ids = smallest.doc_ids()
        for larger in rest:
            doc_ids = larger.intersect(doc_ids)
        return ArrayDocIdSet(doc_ids)

    def _any_of(self, nodes: Sequence[Node], repeated: Bitmap | None = None) -> Bitmap:
        """Return the passages of which at least one node is true; all passages if there is no node.

        Add the passages of which more than one distinct node is true to `repeated`.
        """
        if not nodes:
            return Bitmap.full(self.reader.passages)
        bits = Bitmap(self.reader.passages)
        for node, _ in self.query_boosts.boosts(nodes):
            self.doc_ids(node).mark(bits, repeated)
        return bits

    @lazy
    def leaf_weights(self) -> dict[Leaf, float]:
        """The weight of each leaf: its boost × the sum of the idfs of its terms."""
        weights = dict(self.weights_of(self.tree, 1.0))
        for row, term in self._rows_beside.items():
            weights[row] = STOP_WORD_BESIDE * self.statistics.idf(term)
        return weights

    @lazy
    def has_pieces(self) -> bool:
        """Whether pieces of the query's words add to the scores of passages of the segment.

        Beside passages in a language without pieces, only passages in the language of the query
        have them, if the query tells it: else they would come before those passages.
        """
        if not self.analyzer.language.has_pieces:
            return False
        if self.postings.preferred is not None:
            return self.reader.language == self.postings.preferred
        return all(
            segment.analyzer.language.has_pieces
            for segment in self.postings.segments
            if segment.reader.live_count(Level.PASSAGE)
        )

    def _is_other(self, preferred: str | None) -> bool:
        return preferred not in (None, self.reader.language)

    @lazy
    def row(self) -> tuple[list[str | None], list[str]]:
        """The terms of the query in the segment's language; see `QueryBoosts.row`."""
        row, hints = self.query_boosts.row
        if not isinstance(self.postings.analyzer, QueryAnalyzer):
            return row, hints
        own = self.segment.own
        return [term and own(term) for term in row], [*map(own, hints)]

    @lazy
    def compounds(self) -> dict[str, frozenset[str]]:
        """For each term of the query, the folded words of the segment that it is a part of."""
        if self.statistics.compounds is None:
            return {}
        asked = self.analyzer.asked
        terms = {asked(leaf.text).sole_term for leaf in self.tree.leaves() if is_word(leaf)}
        return {term: self.segment.compounds_of(term) for term in terms if term is not None}

    @lazy
    def words(self) -> list[tuple[str, str]]:
        """The words of the query that count, as `row` has them: each folded word and its term."""
        words: dict[str, str] = {}
        for node in filter(is_word, (*self.tree.must, *self.tree.should)):
            looks = self.analyzer.row(node.text)
            counting = [look for look in looks if not self.analyzer.is_stop_word(look.word)]
            words.update((look.word, look.term) for look in counting or looks)
        return [*words.items()]
