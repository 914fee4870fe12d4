"""Matches in another order than by score, and those of an article as one.

Where the order is not by score only what is returned is scored, and none of it refined.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nutgraf.evaluate import refined
from nutgraf.evaluator import Evaluator, Match
from nutgraf.parts import Scores
from nutgraf.ranking import WINDOW
from nutgraf.rows import Documents, distinct
from nutgraf_index.errors import ArgumentError
from nutgraf_index.levels import Level
from nutgraf_index.view import View

__all__ = ["SORTS", "Arranged", "arrange", "check_sort"]

SORTS = ("score", "date", "-date", "path")
_UNDATED = 99_999_999  # after every day
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


def arrange(evaluators: Sequence[Evaluator], *, first: int, sort: str, group: bool) -> Arranged:
    """Return the first so many matches in an order; if `group`, the best passage of each article.

    The best is the one with the highest score before the refinement, the earlier of equal ones.
    What is equal in the order is ordered by citation.
    """
    total = articles = 0
    found: list[_Placed] = []
    for evaluator in evaluators:
        documents = evaluator.matching()
        total += len(documents)
        if group:
            units = evaluator.view.unit_of(Level.ARTICLE, documents)
            articles += int(np.count_nonzero(np.diff(units, prepend=-1)))
        if first:
            found += _placed(evaluator, documents, first, sort, group=group)
    found.sort(key=lambda one: one.key)
    more = {(one.evaluator, one.document): one.more for one in found}
    ranked = [(one.score, one.evaluator, one.document) for one in found]
    if sort == "score":
        ranked[:WINDOW] = refined(ranked[:WINDOW])
    matches = [
        evaluator.match(document, score)._replace(more=more[evaluator, document])
        for score, evaluator, document in ranked[:first]
    ]
    return Arranged(total, articles if group else None, matches)


class _Placed(NamedTuple):
    """A passage, with what places it among all; `more` are others of its article."""

    key: tuple[float | str, str, int]
    score: float
    evaluator: Evaluator
    document: int
    more: int


def _placed(
    evaluator: Evaluator, documents: Documents, first: int, sort: str, *, group: bool
) -> list[_Placed]:
    """Return the first passages of a segment, or the best of each of its first articles."""
    view = evaluator.view
    depth = max(first, WINDOW) if sort == "score" else first
    if sort != "score":
        units = view.unit_of(Level.ARTICLE, documents)
        keys = _keys(view, sort)
        chosen = distinct(units) if group else documents
        articles = chosen if group else units
        order = np.lexsort((chosen, view.rank[articles], keys[articles]))[:depth]
        documents = documents[np.isin(units, chosen[order])] if group else chosen[order]
    scores, counts = evaluator.scores_at(documents), np.ones(len(documents), np.int64)
    if group:
        documents, scores, counts = _best(view, documents, scores)
    if sort == "score":
        kept = evaluator.chosen(documents, scores, depth)
        documents, scores, counts = documents[kept], scores[kept], counts[kept]
    placed = []
    for document, score, count in zip(
        documents.tolist(), scores.tolist(), counts.tolist(), strict=True
    ):
        article = view.unit_at(Level.ARTICLE, document)
        key = -score if sort == "score" else _key(view, sort, keys, article)
        whole = key, evaluator.article_of(document), document
        placed.append(_Placed(whole, score, evaluator, document, count - 1))
    return placed


def _best(view: View, documents: Documents, scores: Scores) -> tuple[Documents, Scores, Documents]:
    """Return the best passage of each article, its score, and how many there are."""
    units = view.unit_of(Level.ARTICLE, documents)
    order = np.lexsort((documents, -scores, units))
    begins = np.flatnonzero(np.diff(units[order], prepend=-1))
    counts = np.diff(begins, append=len(documents))
    return documents[order[begins]], scores[order[begins]], counts


def _keys(view: View, sort: str) -> npt.NDArray[np.int64]:
    """Return for each article of a segment a number by which it is placed."""
    if sort == "path":
        field = view.field("path")
        numbers = np.full(view.counts[Level.ARTICLE], _NO_PATH, np.int64)
        count = len(field.terms)
        numbers[field.bulk(0, count)] = np.arange(count).repeat(np.diff(field.ends(0, count)))
        return numbers
    days = view.segment.column("article.day").all().astype(np.int64)
    return np.where(days == 0, _UNDATED, days if sort == "date" else -days)


def _key(view: View, sort: str, keys: npt.NDArray[np.int64], article: int) -> float | str:
    """Return what places an article among those of all segments."""
    key = int(keys[article])
    if sort != "path":
        return key
    return "" if key == _NO_PATH else view.decode(view.field("path").terms[key])
