"""Query tree against a snapshot: which passages match, and the best of all segments, refined."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter

import numpy as np

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.scorer import Scores, sum_scores
from nutgraf.matching.segment_searcher import NO_NEAR_DUPLICATES, Match, Ranked, SegmentSearcher
from nutgraf.positions.phrase import DocIds
from nutgraf.query.tree import Group, Node
from nutgraf.ranking.context import best_around
from nutgraf.ranking.near_duplicates import NearDuplicates, Taken, cite, collapsed, in_order
from nutgraf.ranking.proximity import proximity
from nutgraf.scoring.bm25f import CONTEXT, LIGHT, WINDOW
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.sync.roots import Subtree

__all__ = ["evaluate", "matched", "refined", "segment_searchers"]


def evaluate(
    tree: Node,
    postings: SnapshotPostings,
    *,
    within: Iterable[Subtree] | None,
    first: int,
    size: int = 1,
    collapse: bool = False,
) -> tuple[int, list[Match]]:
    """Return how many passages match, and the best `first` of them.

    Equal scores are ordered by citation: the article's id, then the passage's number. `within`
    restricts the answer to what came from these files and folders; `size` neighbouring passages
    answer together. With `collapse` those that are copies of each other are one, though all count.
    """
    parts = segment_searchers(tree, postings, within=within, size=size)
    if not first:
        return sum(part.best(0, -np.inf)[0] for part in parts), []
    totals = []

    def ranked(depth: int, taken: Taken) -> list[Ranked]:
        total, best = _ranked(parts, depth, taken)
        totals.append(total)
        return best

    found = collapsed(ranked, parts, SegmentSearcher.matches, max(first, WINDOW), collapse=collapse)
    return totals[0], matched(refined(found.best)[:first], found.copies)


def segment_searchers(
    tree: Node, postings: SnapshotPostings, *, within: Iterable[Subtree] | None, size: int
) -> list[SegmentSearcher]:
    """Return a query against each segment; see `evaluate`."""
    places = None if within is None else list(within)
    group = tree if isinstance(tree, Group) else Group(should=(tree,))
    query_weights = QueryWeights(group, postings.analyzer)
    return [
        SegmentSearcher(segment, postings, group, query_weights, places, size)
        for segment in postings.segments
    ]


def matched(
    best: Sequence[Ranked], copies: NearDuplicates, *, earliest: bool = True
) -> list[Match]:
    """Return the matches of the best, with their copies.

    Where there are some the `earliest` of all is shown, with its own score.
    """
    shown, told = list(best), [NO_NEAR_DUPLICATES] * len(best)
    for at, (_, searcher, document) in enumerate(best):
        chosen = searcher, document
        members = copies.get(chosen)
        if members:
            ordered = in_order([(searcher, np.array([document])), *members])
            if earliest and ordered[0] != chosen:
                chosen = searcher, document = ordered[0]
                shown[at] = searcher.scores_at(np.array([document])).item(), searcher, document
            cited = cite([one for one in ordered if one != chosen])
            told[at] = sum(len(one) for _, one in members), cited
    others = [one for one, before in zip(shown[:WINDOW], best, strict=False) if one is not before]
    scores = {(searcher, document): score for score, searcher, document in refined(others)}
    return [
        searcher.match(document, scores.get((searcher, document), score), copied)
        for (score, searcher, document), copied in zip(shown, told, strict=True)
    ]


def _ranked(
    segment_searchers: Iterable[SegmentSearcher], depth: int, taken: Taken
) -> tuple[int, list[Ranked]]:
    """Return how many passages match, and the best before they are refined.

    Those that were taken are left out.
    """
    total, floor = 0, -np.inf
    best: list[Ranked] = []
    for searcher in segment_searchers:
        count, documents, scores = searcher.best(depth, floor, taken.get(searcher))
        total += count
        best = _merged([best, _ranked_by(searcher, documents, scores)])[:depth]
        if len(best) == depth:
            floor = best[-1][0]
    return total, best


def refined(ranked: list[Ranked]) -> list[Ranked]:
    """Add to the first what only they are asked for: proximity, context, words without weight.

    Nothing is taken from them, so that they stay before all others.
    """
    if not ranked:
        return ranked
    row, light = ranked[0][1].query_weights.row()
    best = ranked[:WINDOW]
    found = []
    for searcher in dict.fromkeys(searcher for _, searcher, _ in best):
        own = sorted((document, score) for score, one, document in best if one is searcher)
        documents = np.array([document for document, _ in own], np.int64)
        scores = np.array([score for _, score in own])
        added = proximity(searcher.segment, row, documents)
        added += CONTEXT * best_around(searcher, documents)[1]
        if light:
            added += sum_scores([searcher.segment.term(term, LIGHT) for term in light], documents)
        scores += added
        order = searcher.chosen(documents, scores, WINDOW)
        found.append(_ranked_by(searcher, documents[order], scores[order]))
    return [*_merged(found), *ranked[WINDOW:]]


def _ranked_by(searcher: SegmentSearcher, documents: DocIds, scores: Scores) -> list[Ranked]:
    return [
        (score, searcher, document)
        for score, document in zip(scores.tolist(), documents.tolist(), strict=True)
    ]


def _merged(found: list[list[Ranked]]) -> list[Ranked]:
    """Return passages of some segments in their order: by score, equal ones by citation.

    Each segment's are in their order. Ids are read only to compare equal ones of several.
    """
    found = [ranked for ranked in found if ranked]
    if len(found) < 2:
        return found[0] if found else []
    merged: list[Ranked] = []
    for _, level in groupby(sorted(chain(*found), key=itemgetter(0), reverse=True), itemgetter(0)):
        tied = list(level)
        if len({searcher for _, searcher, _ in tied}) > 1:
            tied.sort(key=lambda one: (one[1].article_of(one[2]), one[2]))
        merged += tied
    return merged
