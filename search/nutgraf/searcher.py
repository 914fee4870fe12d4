"""`search()`, `suggest()` and `Searcher`: answer a query with `Results` or completions."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions, takes_options
from nutgraf.query.parser import parse
from nutgraf.ranking.rank import rank
from nutgraf.results.fetch import hits_of, passages_of
from nutgraf.results.hits import FEW_RESULTS, Hit, Results
from nutgraf.rewriting.rewrite import rewritten
from nutgraf_index.errors import IndexUnusable, QueryError
from nutgraf_index.index import Index
from nutgraf_index.store.snapshot import checked

if TYPE_CHECKING:
    from nutgraf.suggestions.completion import Completer, Completion
    from nutgraf_index.segment.stored_fields import StoredArticle

__all__ = ["Searcher", "search", "suggest"]

AnyIndex = Index | str | os.PathLike[str]


@takes_options(SearchOptions)
def search(query: str, index: AnyIndex, options: SearchOptions) -> Results:
    """Return the passages that match a query, best first.

    `index` is an `Index` or the folder of an index. The keyword arguments are the fields of
    `SearchOptions`. Raises `QueryError` for a query that cannot be searched, `ArgumentError` for an
    invalid option, `SourceError` for a missing path or file of synonyms, and the errors of
    `Index.open`.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> [(hit.citation, hit.spans) for hit in search("otter river", index, require="all")]
    [('memo#1', ((0, 6), (23, 28)))]
    """
    with _searcher(index) as searcher:
        return searcher._answer(query, options)


def suggest(prefix: str, index: AnyIndex, *, limit: int = 10) -> "tuple[Completion, ...]":
    """Return completions of the last word of a query, the most frequent first.

    The word is completed with words of the archive and with authors, places and sources. After
    `by:`, `place:`, `source:` or `role:` it is completed with values of that field alone. Names
    that differ only in case, accents or punctuation are one name, written as in the first article
    by id. Raises `ArgumentError` for an invalid `limit`, and the errors of `Index.open`.

    A `Searcher` reads the names once. After that, a completion reads only a few articles.

    >>> from nutgraf import Article, Index, suggest
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back.", authors=("Ann Lee",))])
    >>> [completion.text for completion in suggest("otters by:an", index)]
    ['otters by:"Ann Lee"']
    """
    with _searcher(index) as searcher:
        return searcher.suggest(prefix, limit=limit)


@contextlib.contextmanager
def _searcher(index: AnyIndex) -> "Iterator[Searcher]":
    with contextlib.ExitStack() as stack:
        if not isinstance(index, Index):
            index = stack.enter_context(Index.open(index))
        yield stack.enter_context(Searcher(index))


class Searcher:
    """Searches one snapshot of an index, many times.

    A searcher is a context manager, and threads may share it. Changes to the index are seen after
    `refresh()`.

    >>> from nutgraf import Article, Index, Searcher
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> with Searcher(index) as searcher:
    ...     [searcher.search(query).total for query in ("otters", "river", "lake")]
    [1, 1, 0]
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._postings: SnapshotPostings | None = SnapshotPostings(index.snapshot())
        self._completer: Completer | None = None

    @takes_options(SearchOptions)
    def search(self, query: str, options: SearchOptions) -> Results:
        """Return the passages that match a query, best first; see `search`."""
        return self._answer(query, options)

    def _answer(self, query: str, options: SearchOptions) -> Results:
        postings = self._current()
        snapshot = postings.snapshot
        parsed = parse(query, require=options.require, analyzer=snapshot.analyzer)
        if parsed.tree is None:
            return Results((), 0, "", parsed.diagnostics, 0 if options.group else None)
        with checked(snapshot.readers):
            paths = options.paths
            within = None if paths is None else self._index.subtrees(paths, snapshot)
            tree = rewritten(parsed, parsed.tree, postings, within, options)
            page = rank(tree, postings, within, options)
            hits = hits_of(page.matches, parsed.tree if options.rules else tree, self._index)
        help = None
        if page.total < FEW_RESULTS:
            from nutgraf.suggestions.help import QueryHelp

            help = QueryHelp(parsed, page.total, postings, within, options)
        return Results(hits, page.total, str(tree), parsed.diagnostics, page.articles, help)

    @takes_options(SearchOptions)
    def search_many(
        self, queries: Iterable[str], options: SearchOptions
    ) -> Iterator[Results | QueryError]:
        """Yield the results of each query in turn, or the `QueryError` that it raises.

        The options hold for all queries. A query is searched when its results are asked for, and a
        file of synonyms is read once.

        >>> from nutgraf import Index, Searcher
        >>> with Searcher(Index.in_memory()) as searcher:
        ...     [type(answer).__name__ for answer in searcher.search_many(["otters", "date:soon"])]
        ['Results', 'QueryError']
        """
        for query in queries:
            try:
                yield self._answer(query, options)
            except QueryError as error:
                yield error

    def suggest(self, prefix: str, *, limit: int = 10) -> "tuple[Completion, ...]":
        """Return completions of the last word of a query; see `suggest`."""
        from nutgraf.suggestions.completion import Completer

        SearchOptions(limit=limit)
        postings = self._current()
        completer = self._completer
        if completer is None or completer.postings is not postings:
            completer = self._completer = Completer(postings)
        with checked(postings.snapshot.readers):
            return completer.complete(prefix, limit)

    def articles(
        self, query: str = "", *, paths: Iterable[str | os.PathLike[str]] | None = None
    ) -> "list[StoredArticle]":
        """Return the articles that have a passage which matches a query, sorted by id.

        They come without their texts. Without a query, all articles are returned. `paths` restricts
        them to files and folders, which may be gone. Raises `QueryError` for a query that cannot be
        searched.
        """
        from nutgraf.matching.article_numbers import article_numbers

        postings = self._current()
        snapshot = postings.snapshot
        parsed = parse(query, analyzer=snapshot.analyzer)
        if parsed.tree is None and query.strip():
            return []
        with checked(snapshot.readers):
            within = None if paths is None else self._index.subtrees(paths, snapshot, gone=True)
            tree = parsed.tree
            if tree is not None:
                tree = rewritten(parsed, tree, postings, within, SearchOptions())
            articles = [
                stored
                for reader, numbers in article_numbers(tree, postings, within)
                for stored in reader.articles(numbers)
            ]
        return sorted(articles, key=lambda stored: stored.article.id)

    def article(self, id: str) -> list[Hit]:
        """Return all passages of an article as hits, in reading order.

        The article may also be named by the path of its file, absolute or relative to the current
        folder or to the folder that holds the index, by `path:line`, and by the id that its file
        gives it or its path in a synced folder, if no other article has the same. Raises
        `NotIndexedError` if no article has that name, or several have.
        """
        snapshot = self._current().snapshot
        with checked(snapshot.readers):
            if (location := snapshot.find(id)) is None:
                from nutgraf_index.sync.citations import find_article

                location = find_article(id, snapshot)
            return passages_of(*location, self._index)

    def find(self, name: str) -> tuple[list[Hit], Hit | None]:
        """Return the article that a name or citation denotes, and the passage that it cites.

        The first value is all passages of the article, in reading order; the second is None for the
        name of an article. A name is as in `article`, a citation as in `passage`. Raises
        `NotIndexedError` if there is no such article or passage.

        >>> from nutgraf import Article, Index, Searcher
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.")])
        >>> with Searcher(index) as searcher:
        ...     passages, cited = searcher.find("memo#1")
        >>> len(passages), cited.text
        (1, 'Otters are back.')
        """
        from nutgraf_index.sync.citations import find_cited

        snapshot = self._current().snapshot
        with checked(snapshot.readers):
            reader, article, number = find_cited(name, snapshot)
            passages = passages_of(reader, article, self._index)
            return passages, passages[number - 1] if number else None

    def passage(self, citation: str) -> Hit:
        """Return the passage with a citation, such as `data/iraq-us-call.txt#10`.

        The citation may also be `path:line`, and may have any name of the article before `#`; see
        `article`. Raises `NotIndexedError` if there is no such passage.
        """
        from nutgraf_index.sync.citations import find_passage

        snapshot = self._current().snapshot
        with checked(snapshot.readers):
            reader, article, number = find_passage(citation, snapshot)
            return passages_of(reader, article, self._index)[number - 1]

    def neighbours(self, hit: Hit, before: int, after: int) -> tuple[list[Hit], list[Hit]]:
        """Return the `before` passages before a hit and the `after` passages after it.

        Both lists are in reading order, and shorter at the ends of the article.
        """
        if not (before or after):
            return [], []
        passages = self.article(hit.article)
        index = hit.number - 1
        return passages[max(0, index - before) : index], passages[index + 1 : index + 1 + after]

    def refresh(self) -> None:
        """Move to the newest commit. Segments that both commits share stay open."""
        self._current()
        self._postings = SnapshotPostings(self._index.snapshot())

    def close(self) -> None:
        """Release the snapshot. Methods of a closed searcher raise `IndexUnusable`."""
        self._postings = None

    def _current(self) -> SnapshotPostings:
        """Return the postings of the current snapshot; they stay usable after `refresh()`."""
        postings = self._postings
        if postings is None:
            raise IndexUnusable("this searcher is closed; make a new Searcher")
        return postings

    def __enter__(self) -> "Searcher":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
