"""Query tree against a snapshot: which passages match, and the best of all segments, refined."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

import numpy as np

from nutgraf.evaluator import Evaluator, Match
from nutgraf.nearness import nearness
from nutgraf.parts import sum_at
from nutgraf.postings import Postings
from nutgraf.ranking import LIGHT, WINDOW
from nutgraf.tree import Group, Node
from nutgraf.weighting import Weighting
from nutgraf_index.sources import Place

__all__ = ["evaluate", "evaluators", "refined"]

_Ranked = tuple[float, Evaluator, int]  # a score, and the passage in its segment


def evaluate(
    tree: Node, postings: Postings, *, within: Iterable[Place] | None, first: int, size: int = 1
) -> tuple[int, list[Match]]:
    """Return how many passages match, and the best `first` of them.

    Equal scores are ordered by citation: the article's id, then the passage's number. `within`
    restricts the answer to what came from these files and folders; `size` neighbouring passages
    answer together.
    """
    depth = max(first, WINDOW) if first else 0
    total, floor = 0, -np.inf
    best: list[_Ranked] = []
    for evaluator in evaluators(tree, postings, within=within, size=size):
        count, documents, scores = evaluator.best(depth, floor)
        total += count
        found = zip(scores.tolist(), documents.tolist(), strict=True)
        best += [(score, evaluator, document) for score, document in found]
        if len(best) > depth:
            best = _sorted(best)[:depth]
        if depth and len(best) == depth:
            floor = min(score for score, _, _ in best)
    if len(best) > WINDOW:
        best = _sorted(best)
    best = [*_sorted(refined(best[:WINDOW])), *best[WINDOW:]]
    return total, [evaluator.match(document, score) for score, evaluator, document in best[:first]]


def evaluators(
    tree: Node, postings: Postings, *, within: Iterable[Place] | None, size: int
) -> list[Evaluator]:
    """Return a query against each segment; see `evaluate`."""
    places = None if within is None else list(within)
    group = tree if isinstance(tree, Group) else Group(should=(tree,))
    weighting = Weighting(group)
    return [Evaluator(lists, postings, group, weighting, places, size) for lists in postings.lists]


def refined(best: list[_Ranked]) -> list[_Ranked]:
    """Add to the best what only they are asked for: nearness, and the words without weight.

    Nothing is taken from them, so that they stay before all others. They are in no order.
    """
    if not best:
        return best
    row, light = best[0][1].weighting.row()
    if not (light or len(row) > 1):
        return best
    refined = []
    for evaluator in dict.fromkeys(evaluator for _, evaluator, _ in best):
        own = {document: score for score, one, document in best if one is evaluator}
        documents = np.array(sorted(own), np.int64)
        added = nearness(evaluator.lists, row, documents)
        added += sum_at([evaluator.lists.term(term, LIGHT) for term in light], documents)
        refined += [
            (own[document] + more, evaluator, document)
            for document, more in zip(documents.tolist(), added.tolist(), strict=True)
        ]
    return refined


def _sorted(found: list[_Ranked]) -> list[_Ranked]:
    """Sort by score, and by citation where scores are equal: only then it is looked up."""
    ranked: list[_Ranked] = []
    for _, level in groupby(sorted(found, key=itemgetter(0), reverse=True), itemgetter(0)):
        tied = list(level)
        if len(tied) > 1:
            # Ids are read only to compare those of several segments.
            apart = any(one[1] is not tied[0][1] for one in tied)
            article = Evaluator.article_of if apart else Evaluator.rank_of
            tied.sort(key=lambda one: (article(one[1], one[2]), one[2]))
        ranked += tied
    return ranked
