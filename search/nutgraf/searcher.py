"""`search()`, `suggest()` and `Searcher`: answer a query with `Results` or completions."""

import contextlib
import os
import reprlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions, takes_options
from nutgraf.results.fetch import hits_of, passages_of
from nutgraf.results.hits import Hit, Results
from nutgraf.rewriting.languages import read_query
from nutgraf.rewriting.needed import answered, matched
from nutgraf.suggestions.help import QueryHelp
from nutgraf_index.analysis.languages.registry import code_of
from nutgraf_index.arguments import LazyModule, is_single, listed
from nutgraf_index.errors import (
    ArgumentError,
    IndexNotFound,
    IndexUnusable,
    NutgrafError,
    QueryError,
)
from nutgraf_index.index import Index
from nutgraf_index.model import Article, article_name
from nutgraf_index.segment.stored_fields import StoredArticle
from nutgraf_index.store.snapshot import checked, joined

if TYPE_CHECKING:
    from nutgraf.ranking.ranked import Match
    from nutgraf.rewriting.rewrite import Rewritten
    from nutgraf.suggestions import completion
    from nutgraf.suggestions.completion import Completer
    from nutgraf_index.model import Subtree
    from nutgraf_index.store.commit import Commit
    from nutgraf_index.sync import citations
else:  # `typing.get_type_hints` imports the types of public methods
    completion = LazyModule("nutgraf.suggestions.completion")
    citations = LazyModule("nutgraf_index.sync.citations")

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
    prefix: str,
    index: AnyIndex | Iterable[AnyIndex],
    *,
    limit: int | None = 10,
    language: str | None = None,
) -> "tuple[completion.Completion, ...]":
    """Return completions of the last word of a query, the most frequent first.

    The word is completed with words of the archive and with authors, places and sources. After
    `by:`, `place:`, `source:` or `role:` it is completed with values of that field alone. Names
    that differ only in case, accents or punctuation are one name, written as in the first article
    by id. `index` is as in `search`; `limit=None` is for all. With a `language`, words are those of
    articles in it. Raises `ArgumentError` for an invalid
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
        return searcher.suggest(prefix, limit=limit, language=language)


class Searcher:
    """Searches one snapshot of an index, many times.

    A searcher is a context manager, and threads may share it. Changes to the index are seen after
    `refresh()`. A searcher of an index on disk can be sent to another process, where it answers
    from the same snapshot. Raises `ArgumentError` for an argument that is no index, and the errors
    of `Index.open`.

    Args:
        index: An `Index`, or the folder of an index, which is closed with the searcher. Of a list
            of them, the articles are searched as if one index had them all: with the statistics of
            all, and one order. An article whose id another of
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
        self._sent: tuple[Commit, ...] | None = None  # to be opened at the first use
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
        if self._sent is not None:
            return f"<Searcher of {' and '.join(index.location for index in self._indexes)}>"
        if self._postings is None:
            return "<Searcher, closed>"
        snapshot = self._postings.snapshot
        return f"<Searcher of {snapshot.where}: {snapshot.described}>"

    def __reduce__(self) -> tuple[Any, ...]:
        commits = self._sent or tuple(part.commit for part in self._current().snapshot.parts)
        return _searcher_at, (self._indexes, commits)

    @takes_options(SearchOptions)
    def search(self, query: str, options: SearchOptions) -> Results:
        """Return the passages that match a query, best first; see `search`."""
        _check_query(query)
        return self._answer(query, options)

    def _answer(self, query: str, options: SearchOptions) -> Results:
        postings, parsed = read_query(query, self._current(), options)
        snapshot = postings.snapshot
        if options.filters():
            from nutgraf.rewriting.given_filters import with_given_filters

            parsed = with_given_filters(parsed, options, postings.analyzer)
        if parsed.tree is None:
            return Results((), 0, "", parsed.diagnostics, 0 if options.group else None)
        with checked(snapshot.readers):
            within = None
            if options.paths is not None:
                from nutgraf_index.sync.roots import subtrees

                within = subtrees(options.path_list, snapshot)
            answer = answered(parsed, postings, within, options)
            page, searched = answer.page, answer.searched
            if options.rerank is None:
                hits = hits_of(page.matches, searched.asked)
        if options.rerank is not None:
            hits = _reranked(query, page.matches, searched, postings, within, options)
        help = QueryHelp(parsed, answer, postings, within, options)
        return Results.of(hits, page.total, answer.diagnostics, page.articles, page.further, help)

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
        if is_single(queries):
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

    def suggest(
        self, prefix: str, *, limit: int | None = 10, language: str | None = None
    ) -> "tuple[completion.Completion, ...]":
        """Return completions of the last word of a query; see `suggest`."""
        from nutgraf.suggestions.completion import Completer

        _check_query(prefix)
        options = SearchOptions(limit=limit, language=language)
        code = None if options.language is None else code_of(options.language)
        postings = self._current()
        completer = self._completer
        if (
            completer is None
            or completer.postings.snapshot is not postings.snapshot
            or completer.language != code
        ):
            asked = postings if code is None else postings.asked_in(code)
            completer = self._completer = Completer(asked, code)
        with checked(postings.snapshot.readers):
            return completer.complete(prefix, options.most)

    def articles(
        self,
        query: str = "",
        *,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
    ) -> list[StoredArticle]:
        """Return the articles that have a passage which matches a query, sorted by id.

        The passages are those that `search` counts. The articles come without their texts, and with
        the ids that hits have. Without a query, all articles are returned. `paths` restricts them
        to files and folders, which may be gone. Raises `QueryError` for a query that cannot be
        searched, `ArgumentError` for paths that are none.
        """
        from nutgraf.matching.article_numbers import article_numbers

        _check_query(query)
        options = SearchOptions(paths=paths)
        postings, parsed = read_query(query, self._current(), options)
        snapshot = postings.snapshot
        if parsed.tree is None and query.strip():
            return []
        with checked(snapshot.readers):
            within = None
            if paths is not None:
                from nutgraf_index.sync.roots import subtrees

                within = subtrees(options.path_list, snapshot, gone=True)
            tree = parsed.tree
            if tree is not None:
                tree, _ = matched(parsed, postings, within, options)
            articles = [
                _with_id(stored, snapshot.qualified(reader, stored.article.id))
                for reader, numbers in article_numbers(tree, postings, within)
                for stored in reader.articles(numbers)
            ]
        return sorted(articles, key=lambda stored: stored.article.id)

    def article(self, id: "citations.Name") -> list[Hit]:
        """Return all passages of an article as hits, in reading order.

        The article may also be named by the path of its file, absolute or relative to the current
        folder or to the folder that holds the index, by `path:line`, and by the id that its file
        gives it or its path in a synced folder, if no other article has the same. Raises
        `NotIndexedError` if no article has that name, or several have.
        """
        postings = self._current()
        snapshot = postings.snapshot
        name = article_name(id)
        with checked(snapshot.readers):
            if (location := snapshot.find(name)) is None:
                from nutgraf_index.sync.citations import find_article

                location = find_article(name, snapshot)
            reader, number = location
            return passages_of(postings.segment_of(reader), number)

    def find(self, name: "citations.Name") -> tuple[list[Hit], Hit | None]:
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

        postings = self._current()
        snapshot = postings.snapshot
        with checked(snapshot.readers):
            reader, article, number = find_cited(article_name(name), snapshot)
            passages = passages_of(postings.segment_of(reader), article)
            return passages, passages[number - 1] if number else None

    def read(self, name: "citations.Name") -> Article:
        """Return all that was read of an article: its text and its properties.

        It is as from `Index.article`, but its `path` is the full name of the file, as that of hits.
        A name is as in `find`. Raises `NotIndexedError` if there is no such article or passage.

        >>> from nutgraf import Article, Index, Searcher
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.", metadata={"desk": "rivers"})])
        >>> with Searcher(index) as searcher:
        ...     searcher.read("memo").metadata
        {'desk': 'rivers'}
        """
        from nutgraf_index.sync.citations import find_cited

        snapshot = self._current().snapshot
        with checked(snapshot.readers):
            reader, number, _ = find_cited(article_name(name), snapshot)
            article = reader.whole_article(number)
            root = reader.text_column("root").text(number)
            path = snapshot.part_of(reader).resolve(root, article.path)
            return replace(article, id=snapshot.qualified(reader, article.id), path=path)

    def passage(self, citation: str) -> Hit:
        """Return the passage with a citation, such as `data/iraq-us-call.txt#10`.

        The citation may also be `path:line`, and may have any name of the article before `#`; see
        `article`. Raises `NotIndexedError` if there is no such passage.
        """
        from nutgraf_index.sync.citations import find_passage

        if not isinstance(citation, str):
            raise ArgumentError(f"a citation must be a text, not {_shown(citation)}")
        postings = self._current()
        snapshot = postings.snapshot
        with checked(snapshot.readers):
            reader, article, number = find_passage(citation, snapshot)
            return passages_of(postings.segment_of(reader), article)[number - 1]

    def neighbours(self, hit: Hit, before: int, after: int) -> tuple[list[Hit], list[Hit]]:
        """Return the `before` passages before a hit and the `after` passages after it.

        Both lists are in reading order, and shorter at the ends of the article. Raises
        `ArgumentError` for a number below 0 and for what is no hit.
        """
        self._current()
        if not isinstance(hit, Hit):
            raise ArgumentError(
                f"hit must be a Hit, not {_shown(hit)}: searcher.passage(citation) returns one"
            )
        for name, count in (("before", before), ("after", after)):
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise ArgumentError(
                    f"{name} must be a whole number, 0 or more, not {reprlib.repr(count)}"
                )
        if not (before or after):
            return [], []
        passages = self.article(hit.article)
        index = hit.number - 1
        return passages[max(0, index - before) : index], passages[index + 1 : index + 1 + after]

    def refresh(self) -> None:
        """Move to the newest commit. Segments that both commits share stay open."""
        if self._sent is None:
            self._current()
        self._postings, self._sent = self._newest(), None

    def close(self) -> None:
        """Release the snapshot, and close the index if the searcher opened it.

        Methods of a closed searcher raise `IndexUnusable`.
        """
        self._postings = self._sent = None
        self._opened.close()

    def _current(self) -> SnapshotPostings:
        """Return the postings of the current snapshot; they stay usable after `refresh()`."""
        sent = self._sent
        if sent is not None:
            self._postings, self._sent = self._newest(sent), None
        postings = self._postings
        if postings is None:
            raise IndexUnusable("this searcher is closed; make a new Searcher")
        return postings

    def __enter__(self) -> "Searcher":
        self._current()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _reranked(
    query: str,
    matches: "list[Match]",
    searched: "Rewritten",
    postings: SnapshotPostings,
    within: "list[Subtree] | None",
    options: SearchOptions,
) -> tuple[Hit, ...]:
    """Return the hits of a page, of matches that are reranked in their new order.

    The same matches are reranked for every page. The matches after them, and those with only some
    of the words of the query, stay where they are.
    """
    if not matches:
        return ()
    from nutgraf.ranking.rank import to_rerank
    from nutgraf.reranking import reranked, scores_by

    readers = postings.snapshot.readers
    with checked(readers):
        candidates = to_rerank(searched.tree, postings, within, options)
        hits = hits_of(candidates, searched.asked)
    scores = scores_by(options.rerank, query, hits)  # an error of the function is no damage
    with checked(readers):
        reordered = reranked(candidates, scores, options.rerank_weight)
        shown = reordered[options.offset : options.offset + options.most]
        return hits_of([*shown, *matches[len(shown) :]], searched.asked)


def _searcher_at(indexes: tuple[Index, ...], commits: "tuple[Commit, ...]") -> Searcher:
    """Return a searcher that another process sent: of the same commits.

    They are opened at the first use, whose caller gets the errors. An error here would end a worker
    process, and `multiprocessing.Pool` would wait for it for ever.
    """
    searcher = Searcher.__new__(Searcher)
    searcher._postings = searcher._completer = None
    searcher._indexes, searcher._sent = indexes, commits
    searcher._opened = contextlib.ExitStack()
    return searcher


def _with_id(stored: StoredArticle, id: str) -> StoredArticle:
    if stored.article.id == id:
        return stored
    return stored._replace(article=replace(stored.article, id=id))


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
    values = [given] if isinstance(given, Index) else listed(given)
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
