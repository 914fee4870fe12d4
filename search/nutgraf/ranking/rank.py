"""Ranks the passages of a snapshot that match a query tree, and returns a page of matches.

Passages are ranked, near-duplicates are collapsed, the best passages are rescored, and a page is
cut. Equal scores are ordered by citation: by the article's id, then by the passage's number.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.segment_searcher import SegmentSearcher, segment_searchers
from nutgraf.options import SearchOptions
from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, NearDuplicates
from nutgraf.ranking.near_duplicates import MOST_CITED, Members, collapse, in_order
from nutgraf.ranking.ranked import ByScore, Match, Ranked, RankedPassages
from nutgraf.ranking.rescore import lacking_less, rescore
from nutgraf.scoring.bm25f import RERANKED, WINDOW
from nutgraf_index.core.buffers import Bitmap, uints
from nutgraf_index.fields import Level
from nutgraf_index.model import Subtree
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["Page", "continued", "count", "rank", "to_rerank"]

_DEEPER = 4  # by which more is ranked until a page is full, if articles have too many passages
_NONE_EXCLUDED: Mapping[SegmentSearcher, Bitmap] = MappingProxyType({})


class Page(NamedTuple):
    """A page of matches.

    Args:
        total: the number of passages that match
        articles: the number of articles with passages that match, if hits are grouped; else None
        best: the ranked matches that were found, at least those up to the end of the page
        shown: the matches of this page and of the pages before
        searchers: the searchers of the query, one for each segment
        further: the number of passages that match only a wider query; see `continued`
    """

    total: int
    articles: int | None
    matches: list[Match]
    best: list[Ranked]
    shown: list[Match]
    searchers: list[SegmentSearcher]
    further: int = 0


def count(tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, window: int) -> int:
    """Return the number of passages that match; see `segment_searchers`."""
    searchers = segment_searchers(tree, postings, within, window)
    return sum(searcher.total for searcher in searchers)


def rank(
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
    title: str = "",
) -> Page:
    """Return the page of matches that the options ask for.

    Args:
        within: files and folders to which the search is restricted; None for all
        title: the query as it was typed: articles with this title come first
    """
    return _page(_searchers(tree, postings, within, options, title), options)


def to_rerank(
    tree: Node, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> list[Match]:
    """Return the first `RERANKED` matches in the order of the options, whatever their page.

    A title that is the query is not put first: the function that reranks decides.
    """
    options = replace(options, offset=0, limit=RERANKED)
    return rank(tree, postings, within, options).matches


def continued(
    page: Page,
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
    title: str,
) -> Page:
    """Return a page filled with passages that match a wider query, best first.

    Passages that match the query of `page` come first, in the order that the options ask for, and
    are the ones that are counted. If there are none, the page is that of the wider query.

    Args:
        tree: the wider query, which is true where the query of `page` is
        title: as in `rank`
    """
    searchers = _searchers(tree, postings, within, options, title)
    if not page.total:
        return _page(searchers, options)
    wider = dict(zip(page.searchers, searchers, strict=True))
    before = [(score, wider[searcher], doc_id) for score, searcher, doc_id in page.best]
    excluded = {
        wider[searcher]: Bitmap.of(searcher.reader.passages, searcher.matching_doc_ids)
        for searcher in page.searchers
        if searcher.total
    }
    offset, limit = max(0, options.offset - len(page.shown)), options.most - len(page.matches)
    options = replace(options, sort="score", offset=offset, limit=limit)
    rest = _page(searchers, options, excluded, before, page.shown)
    # With relevance feedback the two queries have different words, so a passage that is in a window
    # or an article with the words needed may match the first query alone.
    both = sum(
        len(wider[searcher].among(searcher.matching_doc_ids))
        for searcher in page.searchers
        if searcher.total
    )
    return page._replace(matches=page.matches + rest.matches, further=rest.total - both)


def _searchers(
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
    title: str,
) -> list[SegmentSearcher]:
    """Return the searchers of a query, whose scores decay if the options ask for that."""
    recency = None
    if options.half_life is not None:
        from nutgraf.scoring.recency import Recency  # imports NumPy: most searches need it not

        recency = Recency(options.half_life, postings.snapshot.first_day)
    return segment_searchers(tree, postings, within, options.window, title, recency)


def _page(
    searchers: list[SegmentSearcher],
    options: SearchOptions,
    excluded: Mapping[SegmentSearcher, Bitmap] = _NONE_EXCLUDED,
    before: Sequence[Ranked] = (),
    shown_before: Sequence[Match] = (),
) -> Page:
    """Return the page of the passages that match.

    Args:
        excluded: passages to leave out
        before: passages whose near-duplicates are left out, too, if near-duplicates are collapsed
        shown_before: the matches shown before, which count for the passages of an article
    """
    by_score = options.sort == "score"
    size = last = options.offset + options.most
    while True:
        ranked = _ranked(searchers, options)
        ranked.excluded.update((one, passages.copy()) for one, passages in excluded.items())
        depth = max(size, WINDOW) if by_score and size else size
        if options.collapse:
            best, near_duplicates = collapse(ranked, depth, before)
        else:
            best, near_duplicates = ranked.first(depth), {}
        if by_score:
            best = rescore(best, ranked)
        # If scores decay, the passage with the highest score is shown: most often it is the newest.
        earliest = by_score and options.recent is None
        shown = _shown(best[:size], near_duplicates, ranked, earliest=earliest)
        rescored = shown[:WINDOW] if by_score else []
        is_all = len(shown) < size
        if options.per_article is not None:
            shown = _at_most(options.per_article, shown, shown_before)
        if is_all or len(shown) >= last:
            break
        size *= _DEEPER
    shown = shown[:last]
    matches = shown[options.offset :]
    if options.group or options.per_article is not None:
        matches = [
            match._replace(more=match.searcher.others_in_article(match.doc_id)) for match in matches
        ]
    if options.explain:
        from nutgraf.ranking.explain import explained

        less = lacking_less(best) if by_score else set()
        lacks_less = {match[:2]: i in less for i, match in enumerate(rescored)}
        matches = explained(matches, lacks_less, ranked)
    articles = ranked.articles if options.group else None
    return Page(ranked.total, articles, matches, best, shown, searchers)


def _ranked(searchers: list[SegmentSearcher], options: SearchOptions) -> RankedPassages:
    """Return the passages that match in the order that the options ask for, before rescoring."""
    # Other orders are imported on first use, so that a command starts sooner.
    if options.sort != "score":
        from nutgraf.ranking.orders.sorting import InOrder

        return InOrder(searchers, options.sort, group=options.group)
    if options.group:
        from nutgraf.ranking.orders.by_article import ByArticle

        return ByArticle(searchers)
    return ByScore(searchers)


def _at_most(count: int, matches: list[Match], before: Sequence[Match]) -> list[Match]:
    """Return the matches without those that follow `count` matches of the same article.

    Args:
        before: matches before these
    """
    seen = Counter(map(_article_of, before))
    kept = []
    for match in matches:
        article = _article_of(match)
        if seen[article] < count:
            seen[article] += 1
            kept.append(match)
    return kept


def _article_of(match: Match) -> tuple[SegmentReader, int]:
    reader = match.searcher.reader
    return reader, reader.doc_at(Level.ARTICLE, match.doc_id)


def _shown(
    best: list[Ranked],
    near_duplicates: dict[tuple[SegmentSearcher, int], Members],
    ranked: RankedPassages,
    *,
    earliest: bool,
) -> list[Match]:
    """Return a match to show for each of the best passages and its near-duplicates.

    The logarithm of a score that is too small for a number, see `recency.decayed`, becomes 0.

    Args:
        earliest: whether to show the earliest of the passage and its near-duplicates, with its
            own score, instead of the passage
    """
    if not any(near_duplicates.values()):
        return [Match(one, doc_id, score if score > 0 else 0.0) for score, one, doc_id in best]
    shown = list(best)
    annotations = [NO_NEAR_DUPLICATES] * len(best)
    for index, (_, searcher, doc_id) in enumerate(best):
        passage = searcher, doc_id
        members = near_duplicates.get(passage)
        if members:
            ordered = in_order([(searcher, [doc_id]), *members])
            first = _first_shown(ordered, passage) if earliest else passage
            if first != passage:
                passage = searcher, doc_id = first
                (score,) = ranked.scores_of(searcher, uints([doc_id]))
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
        for earlier, entry in zip(shown[:WINDOW], best, strict=False)
        if earlier is not entry
    ]
    rescored = {(searcher, doc_id): score for score, searcher, doc_id in rescore(replaced, ranked)}
    return [
        Match(searcher, doc_id, max(rescored.get((searcher, doc_id), score), 0.0), annotation)
        for (score, searcher, doc_id), annotation in zip(shown, annotations, strict=True)
    ]


def _first_shown(
    ordered: list[tuple[SegmentSearcher, int]], best: tuple[SegmentSearcher, int]
) -> tuple[SegmentSearcher, int]:
    """Return the first of near-duplicates; if the best one is titled, the first that is."""
    searcher, doc_id = best
    if not searcher.is_titled(doc_id):
        return ordered[0]
    return next((one for one in ordered if one[0].is_titled(one[1])), best)
