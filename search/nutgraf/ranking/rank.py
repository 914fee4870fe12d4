"""Ranks the passages of a snapshot that match a query tree, and returns a page of matches.

Passages are ranked, near-duplicates are collapsed, the best passages are rescored, and a page is
cut. Equal scores are ordered by citation: by the article's id, then by the passage's number.
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
    """A page of matches.

    Args:
        total: the number of passages that match
        articles: the number of articles with passages that match, if hits are grouped; else None
    """

    total: int
    articles: int | None
    matches: list[Match]


def count(tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, window: int) -> int:
    """Return the number of passages that match; see `segment_searchers`."""
    searchers = segment_searchers(tree, postings, within, window)
    return sum(searcher.total for searcher in searchers)


def rank(
    tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> Page:
    """Return the page of matches that the options ask for.

    Args:
        within: files and folders to which the search is restricted; None for all
    """
    searchers = segment_searchers(tree, postings, within, options.window)
    by_score = options.sort == "score"
    ranked: RankedPassages
    if by_score and not options.group:
        ranked = ByScore(searchers)
    else:
        # Imported on first use, so that a command starts sooner.
        from nutgraf.ranking.sorting import InOrder

        ranked = InOrder(searchers, options.sort, group=options.group)
    last = options.offset + options.most
    depth = max(last, WINDOW) if by_score and last else last
    if options.collapse:
        best, near_duplicates = collapse(ranked, depth)
    else:
        best, near_duplicates = ranked.first(depth), {}
    if by_score:
        best = rescore(best)
    matches = _shown(best[:last], near_duplicates, earliest=by_score)[options.offset :]
    if options.group:
        matches = [
            match._replace(more=ranked.other_matches(match.searcher, match.doc_id))
            for match in matches
        ]
    if options.explain:
        from nutgraf.ranking.explain import explained

        matches = explained(matches, WINDOW - options.offset if by_score else 0)
    return Page(ranked.total, ranked.articles if options.group else None, matches)


def _shown(
    best: list[Ranked],
    near_duplicates: dict[tuple[SegmentSearcher, int], Members],
    *,
    earliest: bool,
) -> list[Match]:
    """Return a match to show for each of the best passages and its near-duplicates.

    Args:
        earliest: whether to show the earliest of the passage and its near-duplicates, with its
            own score, instead of the passage
    """
    if not any(near_duplicates.values()):
        return [Match(searcher, doc_id, score) for score, searcher, doc_id in best]
    shown = list(best)
    annotations = [NO_NEAR_DUPLICATES] * len(best)
    for index, (_, searcher, doc_id) in enumerate(best):
        passage = searcher, doc_id
        members = near_duplicates.get(passage)
        if members:
            ordered = in_order([(searcher, [doc_id]), *members])
            if earliest and ordered[0] != passage:
                passage = searcher, doc_id = ordered[0]
                score = searcher.scores_at(uints([doc_id]))[0]
                shown[index] = score, searcher, doc_id
            citations = [
                member_searcher.cite(member)
                for member_searcher, member in ordered
                if (member_searcher, member) != passage
            ]
            total = sum(len(doc_ids) for _, doc_ids in members)
            annotations[index] = NearDuplicates(total, tuple(citations[:MOST_CITED]))
    replaced = [
        earlier
        for earlier, ranked in zip(shown[:WINDOW], best, strict=False)
        if earlier is not ranked
    ]
    rescored = {(searcher, doc_id): score for score, searcher, doc_id in rescore(replaced)}
    return [
        Match(searcher, doc_id, rescored.get((searcher, doc_id), score), annotation)
        for (score, searcher, doc_id), annotation in zip(shown, annotations, strict=True)
    ]
