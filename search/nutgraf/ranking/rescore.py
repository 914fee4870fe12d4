"""Rescoring of the best passages by evidence that is too costly to compute for all passages.

The evidence is the proximity of the query's terms, the context (a passage whose neighbours match as
well is likelier to be relevant), the stop and request words of the query, and the characters of its
grams and words. Articles have more: see `ArticleWords`. Rescoring only adds to scores, so what is
rescored stays ahead of all others. Among rescored passages of nearly the same score, those that
lack less of the query come first.
"""

from array import array
from collections.abc import Mapping
from itertools import count
from math import inf
from operator import add

from nutgraf.matching.postings import LanguageStatistics
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.characters import Characters
from nutgraf.ranking.proximity import Proximity
from nutgraf.ranking.ranked import Ranked, RankedPassages, merged, ranked_of
from nutgraf.scoring.bm25f import CONTEXT, NEAR_EQUAL, WINDOW, on_grid
from nutgraf_index.core.buffers import uints

__all__ = ["context_of", "lacking_less", "rescore"]


def rescore(ranked: list[Ranked], passages: RankedPassages) -> list[Ranked]:
    """Return ranked passages with the first `WINDOW` of them rescored, in their new order.

    Passages that represent a title which is the query stay first; see `SegmentSearcher.titled`.
    """
    first: dict[SegmentSearcher, dict[int, float]] = {}
    for score, searcher, doc_id in ranked[:WINDOW]:
        first.setdefault(searcher, {})[doc_id] = score
    parts: list[list[Ranked]] = []
    lacking: dict[SegmentSearcher, dict[int, float]] = {}
    proximities: dict[LanguageStatistics, Proximity] = {}
    for searcher, before in first.items():
        doc_ids = uints(sorted(before))
        if searcher.recency is None:
            sums = memoryview(array("d", map(before.__getitem__, doc_ids)))
        else:  # what is added to a score decays as well
            sums = passages.scores_of(searcher, doc_ids)
        _, given = searcher.rescoring(doc_ids)
        lacks = given[len(doc_ids) : 2 * len(doc_ids)]
        lacking[searcher] = dict(zip(doc_ids, lacks, strict=True))
        proximity = proximities.get(searcher.statistics)
        if proximity is None:
            proximity = proximities[searcher.statistics] = Proximity(searcher.row[0])
        proximity.add(searcher.segment, doc_ids, sums, given, CONTEXT, searcher.boost)
        passages.rescore(searcher, doc_ids, sums)
        if characters := Characters(searcher):
            totals = [sum(one.values(), 0.0) for one in characters.by_passage(doc_ids)]
            sums = memoryview(array("d", map(add, sums, totals)))
        if searcher.recency is not None:
            sums = searcher.decayed(doc_ids, sums)
        parts.append(ranked_of(searcher, doc_ids, sums))
    rescored = merged(parts)
    if passages.articles is None:
        rescored = _near_equals_ordered(rescored, lacking)
    if any(searcher.titled is not None for searcher in first):
        rescored.sort(key=lambda entry: not entry[1].is_titled(entry[2]))
    return [*rescored, *ranked[WINDOW:]]


def _near_equals_ordered(
    ranked: list[Ranked], lacking: Mapping[SegmentSearcher, Mapping[int, float]]
) -> list[Ranked]:
    """Return ranked passages with near-equals ordered by what they lack, less first.

    Near-equals are passages in a row that all lack part of the query, and whose scores are at least
    `NEAR_EQUAL` × the score of the first of them. So each is in one such row, no passage moves past
    one with a clearly higher score, and a passage that lacks nothing keeps its place. Passages that
    lack the same keep their order.

    Args:
        lacking: for each segment, the weight of what each of the passages lacks; see
            `SegmentSearcher.missing`
    """
    if not any(any(weights.values()) for weights in lacking.values()):
        return ranked
    rows: list[tuple[int, float]] = []  # for each passage the number of its row, and what it lacks
    number, least = 0, inf
    for score, searcher, doc_id in ranked:
        weight = lacking[searcher][doc_id]
        if not weight or score < least:
            number, least = number + 1, NEAR_EQUAL * score if weight else inf
        rows.append((number, weight))
    if number == len(ranked):
        return ranked
    return [ranked[index] for _, index in sorted(zip(rows, count()))]


def lacking_less(ranked: list[Ranked]) -> set[int]:
    """Return the indexes of rescored passages that stand before one with a higher score.

    They do so because they lack less; passages of a title that is the query are left out.
    """
    highest, indexes = 0.0, set()
    for index, (score, searcher, doc_id) in reversed([*enumerate(ranked[:WINDOW])]):
        if score < highest and not searcher.is_titled(doc_id):
            indexes.add(index)
        highest = max(highest, score)
    return indexes


def context_of(searcher: SegmentSearcher, doc_id: int) -> tuple[int, float, float]:
    """Return the neighbour of a passage with the best score, that score, and the context score.

    Both scores are 0 if no neighbour matches.
    """
    (neighbour,), (*_, score) = searcher.rescoring(uints([doc_id]))
    return neighbour, score, on_grid(CONTEXT * score)
