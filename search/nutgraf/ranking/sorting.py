"""Matches in another order than by score, and those of an article as one.

Where the order is not by score only what is returned is scored, and none of it refined.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.matching.postings import UNDATED
from nutgraf.matching.scorer import Scores
from nutgraf.matching.segment_searcher import Match, Ranked, SegmentSearcher
from nutgraf.positions.phrase import DocIds, Mask, distinct
from nutgraf.ranking.near_duplicates import Taken, collapsed
from nutgraf.ranking.rank import matched, refined
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.errors import ArgumentError
from nutgraf_index.fields import Level
from nutgraf_index.store.segment_reader import SegmentReader

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
    segment_searchers: Sequence[SegmentSearcher],
    *,
    first: int,
    sort: str,
    group: bool,
    collapse: bool,
) -> Arranged:
    """Return the first so many matches in an order; if `group`, the best passage of each article.

    The best is the one with the highest score before the refinement, the earlier of equal ones.
    What is equal in the order is ordered by citation. With `collapse` copies are one: by score the
    earliest is shown, otherwise the first in the order.
    """
    matching = {searcher: searcher.matching() for searcher in segment_searchers}
    total = sum(map(len, matching.values()))
    articles = sum(_articles(searcher.reader, found) for searcher, found in matching.items())

    def ranked(depth: int, taken: Taken) -> list[Ranked]:
        found: list[_Placed] = []
        for searcher, documents in matching.items():
            if searcher in taken:
                documents = _left(searcher.reader, documents, taken[searcher], group=group)
            found += _placed(searcher, documents, depth, sort, group=group)
        found.sort(key=lambda one: one.key)
        return [(one.score, one.searcher, one.document) for one in found[:depth]]

    def shown(searcher: SegmentSearcher, documents: DocIds) -> Mask:
        here = searcher.matches(documents)
        if group:
            here[here] = _are_best(searcher, documents[here], matching[searcher])
        return here

    by_score = sort == "score"
    depth = max(first, WINDOW) if by_score and first else first
    found = collapsed(ranked, segment_searchers, shown, depth, collapse=collapse)
    best = refined(found.best) if by_score else found.best
    matches = matched(best[:first], found.copies, earliest=by_score)
    if group:
        others = {searcher.reader: documents for searcher, documents in matching.items()}
        matches = [one._replace(more=_others(one, others[one.reader])) for one in matches]
    return Arranged(total, articles if group else None, matches)


def _articles(reader: SegmentReader, documents: DocIds) -> int:
    """Return of how many articles some passages are."""
    return int(np.count_nonzero(np.diff(reader.unit_of(Level.ARTICLE, documents), prepend=-1)))


def _others(match: Match, documents: DocIds) -> int:
    """Return how many others of a match's article are among some passages."""
    article = match.reader.passages_of(match.reader.unit_at(Level.ARTICLE, match.passage))
    start, stop = documents.searchsorted([article.start, article.stop]).tolist()
    return int(stop - start) - 1


def _left(reader: SegmentReader, documents: DocIds, taken: Mask, *, group: bool) -> DocIds:
    """Return the passages that were not taken, or those of articles whose best was not."""
    if not group:
        return documents[~taken[documents]]
    units = reader.unit_of(Level.ARTICLE, documents)
    return documents[~np.isin(units, units[taken[documents]])]


class _Placed(NamedTuple):
    """A passage, with what places it among all."""

    key: tuple[float | str, str, int]
    score: float
    searcher: SegmentSearcher
    document: int


def _placed(
    searcher: SegmentSearcher, documents: DocIds, first: int, sort: str, *, group: bool
) -> list[_Placed]:
    """Return the first passages of a segment, or the best of each of its first articles."""
    reader = searcher.reader
    if sort != "score":
        units = reader.unit_of(Level.ARTICLE, documents)
        keys = _keys(searcher, sort)
        chosen = distinct(units) if group else documents
        articles = chosen if group else units
        order = np.lexsort((chosen, reader.rank[articles], keys[articles]))[:first]
        documents = documents[np.isin(units, chosen[order])] if group else chosen[order]
    scores = searcher.scores_at(documents)
    if group:
        best = _best(reader, documents, scores)
        documents, scores = documents[best], scores[best]
    if sort == "score":
        kept = searcher.chosen(documents, scores, first)
        documents, scores = documents[kept], scores[kept]
    placed = []
    for document, score in zip(documents.tolist(), scores.tolist(), strict=True):
        article = reader.unit_at(Level.ARTICLE, document)
        key = -score if sort == "score" else _key(reader, sort, keys, article)
        whole = key, searcher.article_of(document), document
        placed.append(_Placed(whole, score, searcher, document))
    return placed


def _are_best(searcher: SegmentSearcher, documents: DocIds, matching: DocIds) -> Mask:
    """Return which of some passages are the best of their articles that match."""
    reader = searcher.reader
    units = reader.unit_of(Level.ARTICLE, documents)
    rivals = matching[np.isin(reader.unit_of(Level.ARTICLE, matching), units)]
    best = rivals[_best(reader, rivals, searcher.scores_at(rivals))]
    are: Mask = np.isin(documents, best)
    return are


def _best(reader: SegmentReader, documents: DocIds, scores: Scores) -> DocIds:
    """Return the places of the best passage of each article."""
    units = reader.unit_of(Level.ARTICLE, documents)
    order = np.lexsort((documents, -scores, units))
    places: DocIds = order[np.diff(units[order], prepend=-1) != 0]
    return places


def _keys(searcher: SegmentSearcher, sort: str) -> DocIds:
    """Return for each article of a segment a number by which it is placed."""
    reader, days = searcher.reader, searcher.segment.days
    if sort == "path":
        field = reader.field("path")
        numbers = np.full(reader.counts[Level.ARTICLE], _NO_PATH, np.int64)
        count = len(field.terms)
        numbers[field.bulk(0, count)] = np.arange(count).repeat(np.diff(field.ends(0, count)))
        return numbers
    return days if sort == "date" else np.where(days == UNDATED, days, -days)


def _key(reader: SegmentReader, sort: str, keys: DocIds, article: int) -> float | str:
    """Return what places an article among those of all segments."""
    key = int(keys[article])
    if sort != "path":
        return key
    return "" if key == _NO_PATH else reader.decode(reader.field("path").terms[key])
