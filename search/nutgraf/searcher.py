"""`search()` and `Searcher`: a query and an index to `Results`."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.scope import read_scope
from nutgraf.query.parser import Require, parse
from nutgraf.ranking.rank import evaluate, segment_searchers
from nutgraf.results.fetch import article, hits_of
from nutgraf.results.hits import Hit, Results
from nutgraf.rewriting.limits import FEW_RESULTS
from nutgraf.rewriting.rewrite import asked, count
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.errors import ArgumentError, IndexUnusable, NotIndexedError, QueryError
from nutgraf_index.index import Index
from nutgraf_index.store.snapshot import Snapshot
from nutgraf_index.store.soundness import checked

if TYPE_CHECKING:
    from nutgraf.rewriting.synonyms import Synonyms, SynonymSource
    from nutgraf.suggestions.completion import Completion

__all__ = ["Searcher", "search", "suggest"]


def search(
    query: str,
    index: Index | str | os.PathLike[str],
    *,
    limit: int = 10,
    offset: int = 0,
    paths: Iterable[str | os.PathLike[str]] | None = None,
    require: Require = "any",
    scope: str = "passage",
    sort: str = "score",
    group: bool = False,
    collapse: bool = True,
    expand: bool = False,
    synonyms: "SynonymSource | None" = None,
    explain: bool = False,
) -> Results:
    """Find the passages that match a query, best first.

    `index` is an `Index` or the folder of one; of what stands side by side in the query,
    `require` wants "any" or "all"; `limit` and `offset` count hits; `paths` answers
    from these files and folders only. `scope` is where the query must be true: in a "passage", in
    an "article", whose passages with any of its words are the hits, or in a "window:N" of N
    neighbouring passages. `sort` is by "score", best first, by "date", earliest first, by "-date",
    newest first, undated ones last in both, or by "path"; what is equal in that is ordered by
    citation. With `group` the hits are the best passages of the articles, which `limit` and
    `offset` then count. With `collapse` hits that say the same, or nearly, are one: where the best
    of them stands the earliest is shown, or in another order than by score the first.
    `expand` adds words of the best passages to the query, and searches again.
    `synonyms` is a file of them, read at each call, or a mapping of words to lists of others that
    will do as well. With `explain` each hit has an `explanation` of its score. Raises `QueryError`,
    `ArgumentError`, `SourceError` for the file of synonyms, and what `Index.open` does.
    """
    with contextlib.ExitStack() as stack:
        if not isinstance(index, Index):
            index = stack.enter_context(Index.open(index))
        return stack.enter_context(Searcher(index)).search(
            query,
            limit=limit,
            offset=offset,
            paths=paths,
            require=require,
            scope=scope,
            sort=sort,
            group=group,
            collapse=collapse,
            expand=expand,
            synonyms=synonyms,
            explain=explain,
        )


def suggest(
    prefix: str, index: Index | str | os.PathLike[str], *, limit: int = 10
) -> "tuple[Completion, ...]":
    """Complete the last word of a query text with words and names of the archive.

    The most frequent first. After `by:`, `place:`, `source:` or `role:` only with its values; names
    that differ in case, accents or punctuation alone are one, written as in the first article by
    id. A `Searcher` gathers the names once, and then reads a few articles for each answer, however
    many there are; of words, those are counted that can be among the most frequent. Raises
    `ArgumentError`, and what `Index.open` does.
    """
    with contextlib.ExitStack() as stack:
        if not isinstance(index, Index):
            index = stack.enter_context(Index.open(index))
        return stack.enter_context(Searcher(index)).suggest(prefix, limit=limit)


class Searcher:
    """Repeated searches on one snapshot of an index.

    A context manager; safe to share between threads. What is written to the index meanwhile is
    seen after `refresh()`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._state: _State | None = _state(index.snapshot())

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        paths: Iterable[str | os.PathLike[str]] | None = None,
        require: Require = "any",
        scope: str = "passage",
        sort: str = "score",
        group: bool = False,
        collapse: bool = True,
        expand: bool = False,
        synonyms: "SynonymSource | None" = None,
        explain: bool = False,
    ) -> Results:
        """Find the passages that match a query; see `search`."""
        _check_whole(limit=limit, offset=offset)
        size = read_scope(scope)
        if sort != "score" or group:
            # What most searches do not need is imported when one does: a command starts the sooner.
            from nutgraf.ranking.sorting import arrange, check_sort

            check_sort(sort)
        known = None if synonyms is None else _read(synonyms)
        understood = parse(query, require=require)
        if understood.tree is None:
            return Results((), 0, "", understood.diagnostics)
        snapshot, postings = self._reading()
        with checked(snapshot.readers):
            within = None if paths is None else self._index.subtrees(paths, snapshot)
            tree = asked(
                understood,
                understood.tree,
                postings,
                within=within,
                size=size,
                require=require,
                expand=expand,
                synonyms=known,
            )
            first, articles = offset + limit, None
            if sort == "score" and not group:
                total, matches = evaluate(
                    tree, postings, within=within, first=first, size=size, collapse=collapse
                )
            else:
                parts = segment_searchers(tree, postings, within=within, size=size)
                total, articles, matches = arrange(
                    parts, first=first, sort=sort, group=group, collapse=collapse
                )
            matches = matches[offset:]
            hits = hits_of(matches, understood.tree if known else tree, self._index)
            if explain:
                from nutgraf.ranking.explain import explanations

                parts = segment_searchers(tree, postings, within=within, size=size)
                refined = WINDOW - offset if sort == "score" else 0
                explained = zip(hits, explanations(matches, parts, refined), strict=True)
                hits = tuple(replace(hit, explanation=one) for hit, one in explained)
        help = None
        if total < FEW_RESULTS:
            from nutgraf.suggestions.help import Help

            options = {"require": require, "scope": scope, "expand": expand, "synonyms": known}
            help = Help(understood, options, total, postings, partial(count, postings, within))
        return Results(hits, total, str(tree), understood.diagnostics, articles, help)

    def search_many(self, queries: Iterable[str], **options: Any) -> Iterator[Results | QueryError]:
        """Yield for each query its results, or the `QueryError` there is instead, as it is asked.

        `options` are those of `search`, for all of them; a file of synonyms is read once.
        """
        if options.get("synonyms") is not None:
            options["synonyms"] = _read(options["synonyms"])
        for query in queries:
            answer: Results | QueryError
            try:
                answer = self.search(query, **options)
            except QueryError as error:
                answer = error
            yield answer

    def suggest(self, prefix: str, *, limit: int = 10) -> "tuple[Completion, ...]":
        """Complete the last word of a query text; see `suggest`."""
        from nutgraf.suggestions.completion import completions

        _check_whole(limit=limit)
        snapshot, postings = self._reading()
        with checked(snapshot.readers):
            return completions(prefix, postings, limit)

    def article(self, id: str) -> list[Hit]:
        """Return all passages of an article as hits, in reading order.

        Raises `NotIndexedError` for an id that is not in the index.
        """
        snapshot, _ = self._reading()
        with checked(snapshot.readers):
            return article(id, snapshot, self._index)

    def passage(self, citation: str) -> Hit:
        """Return the passage of a citation, such as `iraq-us-call.txt#10`.

        Raises `NotIndexedError` if there is no such passage.
        """
        id, _, number = citation.rpartition("#")
        if not (id and number.isascii() and number.isdigit()):
            raise NotIndexedError(
                f"{citation!r} is no citation, which is an article's id, # and a passage's number"
            )
        passages = self.article(id)
        if not 1 <= int(number[:12]) <= len(passages):
            raise NotIndexedError(
                f"the article {id!r} has no passage {number}; it has 1 to {len(passages)}"
            )
        return passages[int(number) - 1]

    def neighbours(self, hit: Hit, before: int, after: int) -> tuple[list[Hit], list[Hit]]:
        """Return the passages just before and just after one, in reading order."""
        if not (before or after):
            return [], []
        passages = self.article(hit.article)
        at = hit.number - 1
        return passages[max(0, at - before) : at], passages[at + 1 : at + 1 + after]

    def refresh(self) -> None:
        """Move to the newest commit; what it shares with the present one stays open."""
        self._reading()
        self._state = _state(self._index.snapshot())

    def close(self) -> None:
        """Let go of the snapshot."""
        self._state = None

    def _reading(self) -> "_State":
        """Return the snapshot that is searched now: it stays whole whatever others do."""
        state = self._state
        if state is None:
            raise IndexUnusable("this searcher is closed; make another one")
        return state

    def __enter__(self) -> "Searcher":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _check_whole(**values: Any) -> None:
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ArgumentError(f"{name} must be a whole number, 0 or more, not {value!r}")


def _read(source: "SynonymSource") -> "Synonyms":
    from nutgraf.rewriting.synonyms import read_synonyms

    return read_synonyms(source)


_State = tuple[Snapshot, SnapshotPostings]


def _state(snapshot: Snapshot) -> _State:
    return snapshot, SnapshotPostings(snapshot)
