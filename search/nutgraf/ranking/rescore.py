"""Rescoring of the best passages by evidence that is too costly to compute for all passages.

The evidence is the proximity of the query's terms, the context (a passage whose neighbours match as
well is likelier to be relevant), the stop and request words of the query, and the characters of its
grams and words. Articles have more: see `ArticleWords`. Rescoring only adds to scores, so what is
rescored stays ahead of all others.
"""

from array import array
from operator import add

from nutgraf.matching.postings import LanguageStatistics
from nutgraf.matching.scored_terms import ScoredTerms
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.characters import Characters
from nutgraf.ranking.proximity import Proximity
from nutgraf.ranking.ranked import Ranked, RankedPassages, merged, ranked_of, titled_first
from nutgraf.scoring.bm25f import STOP_WORD_BOOST, WINDOW
from nutgraf_index.core.buffers import uints

__all__ = ["context_of", "rescore"]


def rescore(ranked: list[Ranked], passages: RankedPassages) -> list[Ranked]:
    """Return ranked passages with the first `WINDOW` of them rescored, in their new order."""
    if not ranked:
        return ranked
    best = ranked[:WINDOW]
    parts = []
    proximities: dict[LanguageStatistics, Proximity] = {}
    for searcher in dict.fromkeys(searcher for _, searcher, _ in best):
        of_segment = sorted((doc_id, score) for score, owner, doc_id in best if owner is searcher)
        numbers = [doc_id for doc_id, _ in of_segment]
        doc_ids = uints(numbers)
        sums = memoryview(array("d", [score for _, score in of_segment]))
        if searcher.recency is not None:  # what is added to a score decays as well
            sums = passages.scores_of(searcher, doc_ids)
        row, hints = searcher.row
        proximity = proximities.get(searcher.statistics)
        if proximity is None:
            proximity = proximities[searcher.statistics] = Proximity(row)
        proximity.add(searcher.segment, doc_ids, sums, searcher.boost)
        searcher.add_context(doc_ids, sums)
        passages.rescore(searcher, doc_ids, sums)
        scores = sums.tolist()
        if hints:
            scores = [*map(add, scores, _scored(searcher, hints).scores_at(doc_ids))]
        if characters := Characters(searcher):
            by_passage = characters.by_passage(numbers)
            scores = [*map(add, scores, (sum(one.values(), 0.0) for one in by_passage))]
        if searcher.recency is not None:
            scores = searcher.decayed(doc_ids, memoryview(array("d", scores))).tolist()
        parts.append(ranked_of(searcher, numbers, scores))
    return [*titled_first(merged(parts)), *ranked[WINDOW:]]


def _scored(searcher: SegmentSearcher, terms: list[str]) -> ScoredTerms:
    """Return the terms of the query's stop and request words, with their weights in rescoring."""
    scored = ScoredTerms(searcher.segment.text)
    weight = searcher.boost * STOP_WORD_BOOST
    for term in terms:
        scored.add(searcher.segment.term(term), weight * searcher.statistics.idf(term))
    return scored


def context_of(searcher: SegmentSearcher, doc_id: int) -> tuple[int, float, float]:
    """Return the neighbour of a passage with the best score, that score, and the context score.

    Both scores are 0 if no neighbour matches.
    """
    context = memoryview(array("d", [0.0]))
    neighbours, scores = searcher.add_context(uints([doc_id]), context)
    return neighbours[0], scores[0], context[0]
