"""Query tree against a snapshot: which passages match, and the best of all segments, refined."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np

from nutgraf.copies import Copies, Taken, cite, collapsed, in_order
from nutgraf.evaluator import NO_COPIES, Evaluator, Match, Ranked
from nutgraf.nearness import nearness
from nutgraf.parts import sum_at
from nutgraf.postings import Postings
from nutgraf.ranking import LIGHT, WINDOW
from nutgraf.tree import Group, Node
from nutgraf.weighting import Weighting
from nutgraf_index.sources import Place

__all__ = ["evaluate", "evaluators", "matched", "refined"]


def evaluate(
    tree: Node,
    postings: Postings,
    *,
    within: Iterable[Place] | None,
    first: int,
    size: int = 1,
    collapse: bool = False,
) -> tuple[int, list[Match]]:
    """Return how many passages match, and the best `first` of them.

    Equal scores are ordered by citation: the article's id, then the passage's number. `within`
    restricts the answer to what came from these files and folders; `size` neighbouring passages
    answer together. With `collapse` those that are copies of each other are one, though all count.
    """
    parts = evaluators(tree, postings, within=within, size=size)
    if not first:
        return sum(part.best(0, -np.inf)[0] for part in parts), []
    totals = []

    def ranked(depth: int, taken: Taken) -> list[Ranked]:
        total, best = _ranked(parts, depth, taken)
        totals.append(total)
        return best

    found = collapsed(ranked, parts, Evaluator.matches, max(first, WINDOW), collapse=collapse)
    return totals[0], matched(refined(found.best)[:first], found.copies)


def evaluators(
    tree: Node, postings: Postings, *, within: Iterable[Place] | None, size: int
) -> list[Evaluator]:
    """Return a query against each segment; see `evaluate`."""
    places = None if within is None else list(within)
    group = tree if isinstance(tree, Group) else Group(should=(tree,))
    weighting = Weighting(group)
    return [Evaluator(lists, postings, group, weighting, places, size) for lists in postings.lists]


def matched(best: Sequence[Ranked], copies: Copies, *, earliest: bool = True) -> list[Match]:
    """Return the matches of the best, with their copies.

    Where there are some the `earliest` of all is shown, with its own score.
    """
    shown, told = list(best), [NO_COPIES] * len(best)
    for at, (_, evaluator, document) in enumerate(best):
        chosen = evaluator, document
        members = copies.get(chosen)
        if members:
            ordered = in_order([(evaluator, np.array([document])), *members])
            if earliest and ordered[0] != chosen:
                chosen = evaluator, document = ordered[0]
                shown[at] = evaluator.scores_at(np.array([document])).item(), evaluator, document
            cited = cite([one for one in ordered if one != chosen])
            told[at] = sum(len(one) for _, one in members), cited
    others = [one for one, before in zip(shown[:WINDOW], best, strict=False) if one is not before]
    scores = {(evaluator, document): score for score, evaluator, document in refined(others)}
    return [
        evaluator.match(document, scores.get((evaluator, document), score), copied)
        for (score, evaluator, document), copied in zip(shown, told, strict=True)
    ]


def _ranked(evaluators: Iterable[Evaluator], depth: int, taken: Taken) -> tuple[int, list[Ranked]]:
    """Return how many passages match, and the best before they are refined.

    Those that were taken are left out.
    """
    total, floor = 0, -np.inf
    best: list[Ranked] = []
    for evaluator in evaluators:
        count, documents, scores = evaluator.best(depth, floor, taken.get(evaluator))
        total += count
        found = zip(scores.tolist(), documents.tolist(), strict=True)
        best = _sorted([*best, *((score, evaluator, document) for score, document in found)])
        del best[depth:]
        if len(best) == depth:
            floor = best[-1][0]
    return total, best


def refined(ranked: list[Ranked]) -> list[Ranked]:
    """Add to the first what only they are asked for: nearness, and the words without weight.

    Nothing is taken from them, so that they stay before all others.
    """
    if not ranked:
        return ranked
    row, light = ranked[0][1].weighting.row()
    if not (light or len(row) > 1):
        return ranked
    best = ranked[:WINDOW]
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
    return [*_sorted(refined), *ranked[WINDOW:]]


def _sorted(found: list[Ranked]) -> list[Ranked]:
    """Sort by score, and by citation where scores are equal: only then it is looked up."""
    ordered = sorted(found, key=itemgetter(0), reverse=True)
    if len({score for score, _, _ in found}) == len(found):
        return ordered
    if len({evaluator for _, evaluator, _ in found}) == 1:
        evaluator, documents = found[0][1], [document for _, _, document in found]
        ranks = dict(zip(documents, evaluator.ranks_of(np.array(documents)), strict=True))
        return sorted(found, key=lambda one: (-one[0], ranks[one[2]], one[2]))
    ranked: list[Ranked] = []
    for _, level in groupby(ordered, itemgetter(0)):
        tied = list(level)
        if len(tied) > 1:  # ids are read only to compare those of several segments
            tied.sort(key=lambda one: (one[1].article_of(one[2]), one[2]))
        ranked += tied
    return ranked
