"""Matches in another order than by score, and those of an article as one.

Where the order is not by score only what is returned is scored, and none of it refined.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.matching.postings import UNDATED
from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import Evaluator, Match, Ranked
from nutgraf.positions.phrase import Documents, Mask, distinct
from nutgraf.ranking.near_duplicates import Taken, collapsed
from nutgraf.ranking.rank import matched, refined
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.errors import ArgumentError
from nutgraf_index.fields import Level
from nutgraf_index.store.segment_reader import View

__all__ = ["SORTS", "Arranged", "arrange", "check_sort"]

SORTS = ("score", "date", "-date", "path")
_NO_PATH = -1  # before every path


class Arranged(NamedTuple):
    """How many passages match, of how many articles if these were asked for, and a page of them."""

    total: int
    articles: int | None
    matches: list[Match]


def check_sort(sort: str) -> None:
    """Raise `ArgumentError` for an order that there is not."""
    if sort not in SORTS:
        known = ", ".join(f'"{one}"' for one in SORTS)
        raise ArgumentError(f"sort must be one of {known}, not {sort!r}")


def arrange(
    evaluators: Sequence[Evaluator], *, first: int, sort: str, group: bool, collapse: bool
) -> Arranged:
    """Return the first so many matches in an order; if `group`, the best passage of each article.

    The best is the one with the highest score before the refinement, the earlier of equal ones.
    What is equal in the order is ordered by citation. With `collapse` copies are one: by score the
    earliest is shown, otherwise the first in the order.
    """
    matching = {evaluator: evaluator.matching() for evaluator in evaluators}
    total = sum(map(len, matching.values()))
    articles = sum(_articles(evaluator.view, found) for evaluator, found in matching.items())

    def ranked(depth: int, taken: Taken) -> list[Ranked]:
        found: list[_Placed] = []
        for evaluator, documents in matching.items():
            if evaluator in taken:
                documents = _left(evaluator.view, documents, taken[evaluator], group=group)
            found += _placed(evaluator, documents, depth, sort, group=group)
        found.sort(key=lambda one: one.key)
        return [(one.score, one.evaluator, one.document) for one in found[:depth]]

    def shown(evaluator: Evaluator, documents: Documents) -> Mask:
        here = evaluator.matches(documents)
        if group:
            here[here] = _are_best(evaluator, documents[here], matching[evaluator])
        return here

    by_score = sort == "score"
    depth = max(first, WINDOW) if by_score and first else first
    found = collapsed(ranked, evaluators, shown, depth, collapse=collapse)
    best = refined(found.best) if by_score else found.best
    matches = matched(best[:first], found.copies, earliest=by_score)
    if group:
        others = {evaluator.view: documents for evaluator, documents in matching.items()}
        matches = [one._replace(more=_others(one, others[one.view])) for one in matches]
    return Arranged(total, articles if group else None, matches)


def _articles(view: View, documents: Documents) -> int:
    """Return of how many articles some passages are."""
    return int(np.count_nonzero(np.diff(view.unit_of(Level.ARTICLE, documents), prepend=-1)))


def _others(match: Match, documents: Documents) -> int:
    """Return how many others of a match's article are among some passages."""
    article = match.view.passages_of(match.view.unit_at(Level.ARTICLE, match.passage))
    start, stop = documents.searchsorted([article.start, article.stop]).tolist()
    return int(stop - start) - 1


def _left(view: View, documents: Documents, taken: Mask, *, group: bool) -> Documents:
    """Return the passages that were not taken, or those of articles whose best was not."""
    if not group:
        return documents[~taken[documents]]
    units = view.unit_of(Level.ARTICLE, documents)
    return documents[~np.isin(units, units[taken[documents]])]


class _Placed(NamedTuple):
    """A passage, with what places it among all."""

    key: tuple[float | str, str, int]
    score: float
    evaluator: Evaluator
    document: int


def _placed(
    evaluator: Evaluator, documents: Documents, first: int, sort: str, *, group: bool
) -> list[_Placed]:
    """Return the first passages of a segment, or the best of each of its first articles."""
    view = evaluator.view
    if sort != "score":
        units = view.unit_of(Level.ARTICLE, documents)
        keys = _keys(evaluator, sort)
        chosen = distinct(units) if group else documents
        articles = chosen if group else units
        order = np.lexsort((chosen, view.rank[articles], keys[articles]))[:first]
        documents = documents[np.isin(units, chosen[order])] if group else chosen[order]
    scores = evaluator.scores_at(documents)
    if group:
        best = _best(view, documents, scores)
        documents, scores = documents[best], scores[best]
    if sort == "score":
        kept = evaluator.chosen(documents, scores, first)
        documents, scores = documents[kept], scores[kept]
    placed = []
    for document, score in zip(documents.tolist(), scores.tolist(), strict=True):
        article = view.unit_at(Level.ARTICLE, document)
        key = -score if sort == "score" else _key(view, sort, keys, article)
        whole = key, evaluator.article_of(document), document
        placed.append(_Placed(whole, score, evaluator, document))
    return placed


def _are_best(evaluator: Evaluator, documents: Documents, matching: Documents) -> Mask:
    """Return which of some passages are the best of their articles that match."""
    view = evaluator.view
    units = view.unit_of(Level.ARTICLE, documents)
    rivals = matching[np.isin(view.unit_of(Level.ARTICLE, matching), units)]
    best = rivals[_best(view, rivals, evaluator.scores_at(rivals))]
    are: Mask = np.isin(documents, best)
    return are


def _best(view: View, documents: Documents, scores: Scores) -> Documents:
    """Return the places of the best passage of each article."""
    units = view.unit_of(Level.ARTICLE, documents)
    order = np.lexsort((documents, -scores, units))
    places: Documents = order[np.diff(units[order], prepend=-1) != 0]
    return places


def _keys(evaluator: Evaluator, sort: str) -> Documents:
    """Return for each article of a segment a number by which it is placed."""
    view, days = evaluator.view, evaluator.lists.days
    if sort == "path":
        field = view.field("path")
        numbers = np.full(view.counts[Level.ARTICLE], _NO_PATH, np.int64)
        count = len(field.terms)
        numbers[field.bulk(0, count)] = np.arange(count).repeat(np.diff(field.ends(0, count)))
        return numbers
    return days if sort == "date" else np.where(days == UNDATED, days, -days)


def _key(view: View, sort: str, keys: Documents, article: int) -> float | str:
    """Return what places an article among those of all segments."""
    key = int(keys[article])
    if sort != "path":
        return key
    return "" if key == _NO_PATH else view.decode(view.field("path").terms[key])
