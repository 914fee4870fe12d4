"""`search()`, `suggest()` and `Searcher`: answer a query with `Results` or completions."""

import contextlib
import os
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions, takes_options
from nutgraf.query.parser import parse
from nutgraf.results.fetch import article, hits_of
from nutgraf.results.hits import Hit, Results
from nutgraf.rewriting.needed import answered
from nutgraf_index.errors import (
    ArgumentError,
    IndexNotFound,
    IndexUnusable,
    NotIndexedError,
    NutgrafError,
    QueryError,
)
from nutgraf_index.index import Index
from nutgraf_index.store.snapshot import checked, joined

if TYPE_CHECKING:
    from nutgraf.suggestions.completion import Completer, Completion
    from nutgraf_index.store.commit import Commit

__all__ = ["Searcher", "search", "suggest"]

AnyIndex = Index | str | os.PathLike[str]


@takes_options(SearchOptions)
def search(query: str, index: AnyIndex | Iterable[AnyIndex], options: SearchOptions) -> Results:
    """Return the passages that match a query, best first.

    `index` is an `Index`, the folder of an index, or a list of them, which are searched as if they
    were one; see `Searcher`. The keyword arguments are the fields of `SearchOptions`. Raises
    `QueryError` for a query that cannot be searched, `ArgumentError` for an invalid argument,
    `SourceError` for a missing path or file of synonyms, and the errors of `Index.open`.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add(Article(id="memo", text="Otters are back in the river.", authors="Ann Lee"))
    >>> [(hit.citation, hit.spans) for hit in search("otter river", index, require="all")]
    [('memo#1', ((0, 6), (23, 28)))]
    >>> search("otters", index, by=["Lee", "Ray"], after="2020").total
    0
    """
    _check_query(query)
    try:
        searcher = Searcher(index)
    except IndexNotFound:
        if not isinstance(index, str) or not _is_index(query):
            raise
        message = f"{query!r} is an index and {index!r} is none: write search(query, index)"
        raise ArgumentError(message) from None
    with searcher:
        return searcher._answer(query, options)


def suggest(
    prefix: str, index: AnyIndex | Iterable[AnyIndex], *, limit: int | None = 10
) -> "tuple[Completion, ...]":
    """Return completions of the last word of a query, the most frequent first.

    The word is completed with words of the archive and with authors, places and sources. After
    `by:`, `place:`, `source:` or `role:` it is completed with values of that field alone. Names
    that differ only in case, accents or punctuation are one name, written as in the first article
    by id. `index` is as in `search`; `limit=None` is for all. Raises `ArgumentError` for an invalid
    argument, and the errors of `Index.open`.

    A `Searcher` reads the names once. After that, a completion reads only a few articles.

    >>> from nutgraf import Article, Index, suggest
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back.", authors=("Ann Lee",))])
    >>> [completion.text for completion in suggest("otters by:an", index)]
    ['otters by:"Ann Lee"']
    """
    _check_query(prefix)
    with Searcher(index) as searcher:
        return searcher.suggest(prefix, limit=limit)


class Searcher:
    """Searches one snapshot of an index, many times.

    A searcher is a context manager, and threads may share it. Changes to the index are seen after
    `refresh()`. A searcher of an index on disk can be sent to another process, where it answers
    from the same snapshot. Raises `ArgumentError` for an argument that is no index, and the errors
    of `Index.open`.

    Args:
        index: An `Index`, or the folder of an index, which is closed with the searcher. Of a list
            of them, the articles are searched as if one index had them all: with the statistics of
            all, and one order. All must have the same language. An article whose id another of
            the indexes has too gets the location of its index before its id, as in
            `/home/ann/archive.nutgraf:memo`.

    >>> from nutgraf import Article, Index, Searcher
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> with Searcher(index) as searcher:
    ...     [searcher.search(query).total for query in ("otters", "river", "lake")]
    [1, 1, 0]
    """

    def __init__(self, index: AnyIndex | Iterable[AnyIndex]) -> None:
        self._postings: SnapshotPostings | None = None
        self._completer: Completer | None = None
        with contextlib.ExitStack() as opened:
            self._indexes = tuple(_indexes(index, opened))
            self._postings = self._newest()
            self._opened = opened.pop_all()

    def _newest(self, commits: "Iterable[Commit | None] | None" = None) -> SnapshotPostings:
        """Return the postings of the given commit of each index, by default of the newest."""
        commits = [None] * len(self._indexes) if commits is None else commits
        pairs = zip(self._indexes, commits, strict=True)
        return SnapshotPostings(joined([index.snapshot(commit) for index, commit in pairs]))

    def __repr__(self) -> str:
        if self._postings is None:
            return "<Searcher, closed>"
        snapshot = self._postings.snapshot
        return f"<Searcher of {snapshot.where}: {snapshot.described}>"

    def __reduce__(self) -> tuple[Any, ...]:
        commits = tuple(part.commit for part in self._current().snapshot.parts)
        return _searcher_at, (self._indexes, commits)

    @takes_options(SearchOptions)
    def search(self, query: str, options: SearchOptions) -> Results:
        """Return the passages that match a query, best first; see `search`."""
        _check_query(query)
        return self._answer(query, options)

    def _answer(self, query: str, options: SearchOptions) -> Results:
        postings = self._current()
        snapshot = postings.snapshot
        parsed = parse(query, require=options.require, analyzer=snapshot.analyzer)
        if options.filters():
            from nutgraf.rewriting.given_filters import with_given_filters

            parsed = with_given_filters(parsed, options, snapshot.analyzer)
        if parsed.tree is None:
            return Results((), 0, "", parsed.diagnostics, 0 if options.group else None)
        with checked(snapshot.readers):
            within = None
            if options.paths is not None:
                from nutgraf_index.sync.roots import subtrees

                within = subtrees(options.path_list, snapshot)
            page, searched, text, diagnostics = answered(parsed, postings, within, options)
            hits = hits_of(page.matches, searched.asked, snapshot)
        from nutgraf.suggestions.help import QueryHelp

        help = QueryHelp(parsed, searched.asked, page.total, postings, within, options)
        return Results.of(hits, page.total, text, diagnostics, page.articles, page.further, help)

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
        if isinstance(queries, str | bytes | Mapping) or not isinstance(queries, Iterable):
            raise ArgumentError(
                f"queries must be a list of texts, not {reprlib.repr(queries)}: "
                "search() answers a single query"
            )
        self._current()
        return self._answers(queries, options)

    def _answers(
        self, queries: Iterable[str], options: SearchOptions
    ) -> Iterator[Results | QueryError]:
        for query in queries:
            _check_query(query)
            try:
                yield self._answer(query, options)
            except QueryError as error:
                yield error

    def suggest(self, prefix: str, *, limit: int | None = 10) -> "tuple[Completion, ...]":
        """Return completions of the last word of a query; see `suggest`."""
        from nutgraf.suggestions.completion import Completer

        _check_query(prefix)
        most = SearchOptions(limit=limit).most
        postings = self._current()
        completer = self._completer
        if completer is None or completer.postings is not postings:
            completer = self._completer = Completer(postings)
        with checked(postings.snapshot.readers):
            return completer.complete(prefix, most)

    def article(self, id: str) -> list[Hit]:
        """Return all passages of an article as hits, in reading order.

        Raises `NotIndexedError` for an id that is not in the index.
        """
        snapshot = self._current().snapshot
        with checked(snapshot.readers):
            return article(id, snapshot)

    def passage(self, citation: str) -> Hit:
        """Return the passage with a citation, such as `iraq-us-call.txt#10`.

        Raises `NotIndexedError` if there is no such passage.
        """
        if not isinstance(citation, str):
            raise ArgumentError(f"a citation must be a text, not {_shown(citation)}")
        id, _, number = citation.rpartition("#")
        if not (id and number.isascii() and number.isdigit()):
            raise NotIndexedError(
                f"{citation!r} is no citation: write an article's id, # and a passage's number"
            )
        passages = self.article(id)
        if not 1 <= int(number[:12]) <= len(passages):
            raise NotIndexedError(
                f"the article {id!r} has no passage {number}; its last passage is {len(passages)}"
            )
        return passages[int(number) - 1]

    def neighbours(self, hit: Hit, before: int, after: int) -> tuple[list[Hit], list[Hit]]:
        """Return the `before` passages before a hit and the `after` passages after it.

        Both lists are in reading order, and shorter at the ends of the article. Raises
        `ArgumentError` for a number below 0 and for what is no hit.
        """
        if not isinstance(hit, Hit):
            raise ArgumentError(
                f"hit must be a Hit, not {_shown(hit)}: searcher.passage(citation) returns one"
            )
        for name, count in (("before", before), ("after", after)):
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise ArgumentError(f"{name} must be a whole number, 0 or more, not {count!r}")
        if not (before or after):
            return [], []
        passages = self.article(hit.article)
        index = hit.number - 1
        return passages[max(0, index - before) : index], passages[index + 1 : index + 1 + after]

    def refresh(self) -> None:
        """Move to the newest commit. Segments that both commits share stay open."""
        self._current()
        self._postings = self._newest()

    def close(self) -> None:
        """Release the snapshot, and close the index if the searcher opened it.

        Methods of a closed searcher raise `IndexUnusable`.
        """
        self._postings = None
        self._opened.close()

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


def _searcher_at(indexes: tuple[Index, ...], commits: "tuple[Commit, ...]") -> Searcher:
    """Return a searcher that another process sent: of the same commits."""
    searcher = Searcher(indexes)
    searcher._postings = searcher._newest(commits)
    return searcher


def _check_query(query: object) -> None:
    """Raise `ArgumentError` if a query is not a text."""
    if isinstance(query, str):
        return
    hint = ""
    if isinstance(query, Index | Searcher | os.PathLike | list | tuple):
        hint = ": the query comes first, as in search(query, index)"
    elif isinstance(query, bytes | bytearray):
        hint = ": decode it first"
    raise ArgumentError(f"a query must be a text, not {_shown(query)}{hint}")


def _indexes(given: object, opened: contextlib.ExitStack) -> Iterator[Index]:
    """Yield the indexes that are given; those given by their folders are opened.

    Raises `ArgumentError` for anything else.
    """
    several = isinstance(given, Iterable) and not isinstance(given, str | bytes | Index | Mapping)
    values = list(given) if several else [given]  # type: ignore[call-overload]
    for value in values:
        if isinstance(value, str | os.PathLike):
            yield opened.enter_context(Index.open(value))
        elif isinstance(value, Index):
            yield value
        else:
            hint = ": call its own search()" if isinstance(value, Searcher) else ""
            raise ArgumentError(
                "index must be an Index, the folder of an index, or a list of them, "
                f"not {_shown(value)}{hint}"
            )
    if not values:
        raise ArgumentError("index must be one index or several, not an empty list")


def _is_index(path: str) -> bool:
    """Return whether there is an index in a folder."""
    try:
        Index.open(path).close()
    except (NutgrafError, OSError, ValueError):
        return False
    return True


def _shown(value: object) -> str:
    known = isinstance(value, Index | Searcher | os.PathLike)
    return repr(value) if known else reprlib.repr(value)
