"""The articles of a segment that have a passage which matches a query, or that are in a subtree."""

from bisect import bisect_right
from collections.abc import Iterator

from nutgraf.matching.filters import Filters
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.segment_searcher import segment_searchers
from nutgraf.query.tree import Node
from nutgraf_index.core.buffers import Bitmap, Numbers
from nutgraf_index.fields import Level
from nutgraf_index.model import Subtree
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["article_numbers"]


def article_numbers(
    tree: Node | None, postings: SnapshotPostings, within: list[Subtree] | None
) -> Iterator[tuple[SegmentReader, Numbers | list[int]]]:
    """Yield each segment with the numbers of its articles that match, ascending.

    Without a tree, all articles match. `within` are files and folders to which the search is
    restricted; None for all.
    """
    if tree is not None:
        for searcher in segment_searchers(tree, postings, within, 1):
            yield searcher.reader, _articles_of(searcher.reader, searcher.matching_doc_ids)
        return
    for segment in postings.segments:
        reader = segment.reader
        articles: Numbers | list[int] = reader.live_numbers(Level.ARTICLE)
        if within is not None:
            filters = Filters(segment)
            passages = Bitmap(reader.passages)
            for subtree in within:
                passages |= filters.from_subtree(subtree)
            chosen = set(_articles_of(reader, passages.numbers()))
            articles = [article for article in articles if article in chosen]
        yield reader, articles


def _articles_of(reader: SegmentReader, passages: Numbers) -> list[int]:
    """Return the articles of ascending passages."""
    firsts = reader.first_passages(Level.ARTICLE)
    articles, end = [], 0
    for passage in passages:
        if passage >= end:
            article = bisect_right(firsts, passage) - 1
            articles.append(article)
            end = firsts[article + 1]
    return articles
