"""Query tree against a snapshot to a page of matches, in one pass.

Ranked passages, near-duplicates collapsed, the best of them rescored, and a page of that. Equal
scores are ordered by citation: the article's id, then the passage's number.
"""

from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.segment_searcher import SegmentSearcher, segment_searchers
from nutgraf.options import SearchOptions
from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, NearDuplicates
from nutgraf.ranking.near_duplicates import MOST_CITED, Members, collapse, in_order
from nutgraf.ranking.ranked import ByScore, Match, Ranked, RankedPassages
from nutgraf.ranking.rescore import rescore
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.core.buffers import uints
from nutgraf_index.model import Subtree

__all__ = ["Page", "count", "rank"]


class Page(NamedTuple):
    """How many passages match, of how many articles if hits are grouped, and a page of them."""

    total: int
    articles: int | None
    matches: list[Match]


def count(tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, window: int) -> int:
    """Return how many passages match; see `segment_searchers`."""
    searchers = segment_searchers(tree, postings, within, window)
    return sum(searcher.total for searcher in searchers)


def rank(
    tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> Page:
    """Return the page of matches that the options ask for.

    `within` restricts the answer to what came from these files and folders.
    """
    searchers = segment_searchers(tree, postings, within, options.window)
    by_score = options.sort == "score"
    ranked: RankedPassages
    if by_score and not options.group:
        ranked = ByScore(searchers)
    else:
        # What most searches do not need is imported when one does: a command starts the sooner.
        from nutgraf.ranking.sorting import InOrder

        ranked = InOrder(searchers, options.sort, group=options.group)
    last = options.offset + options.limit
    wanted = max(last, WINDOW) if by_score and last else last
    if options.collapse:
        best, duplicates = collapse(ranked, wanted)
    else:
        best, duplicates = ranked.first(wanted), {}
    if by_score:
        best = rescore(best)
    matches = _shown(best[:last], duplicates, earliest=by_score)[options.offset :]
    if options.group:
        matches = [one._replace(more=ranked.others(one.searcher, one.document)) for one in matches]
    if options.explain:
        from nutgraf.ranking.explain import explained

        matches = explained(matches, WINDOW - options.offset if by_score else 0)
    return Page(ranked.total, ranked.articles if options.group else None, matches)


def _shown(
    best: list[Ranked], duplicates: dict[tuple[SegmentSearcher, int], Members], *, earliest: bool
) -> list[Match]:
    """Return the matches that stand for the best and their near-duplicates.

    That is the `earliest` of them, with its own score, or else the best itself.
    """
    if not any(duplicates.values()):
        return [Match(searcher, document, score) for score, searcher, document in best]
    shown = list(best)
    told = [NO_NEAR_DUPLICATES] * len(best)
    for at, (_, searcher, document) in enumerate(best):
        chosen = searcher, document
        members = duplicates.get(chosen)
        if members:
            ordered = in_order([(searcher, [document]), *members])
            if earliest and ordered[0] != chosen:
                chosen = searcher, document = ordered[0]
                score = searcher.scores_at(uints([document]))[0]
                shown[at] = score, searcher, document
            others = [one.cite(number) for one, number in ordered if (one, number) != chosen]
            number = sum(len(documents) for _, documents in members)
            told[at] = NearDuplicates(number, tuple(others[:MOST_CITED]))
    earlier = [one for one, other in zip(shown[:WINDOW], best, strict=False) if one is not other]
    rescored = {(searcher, document): score for score, searcher, document in rescore(earlier)}
    return [
        Match(searcher, document, rescored.get((searcher, document), score), near_duplicates)
        for (score, searcher, document), near_duplicates in zip(shown, told, strict=True)
    ]
