"""`search()` and `Searcher`: a query and an index to `Results`."""

import os
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any

from nutgraf.evaluate import Match, evaluate
from nutgraf.highlight import NO_MARKS, Marks
from nutgraf.hits import Hit, Results
from nutgraf.limits import check_expansions
from nutgraf.postings import Postings
from nutgraf.query import Require, parse
from nutgraf.tree import Node
from nutgraf_index.errors import ArgumentError, IndexUnusable, NotIndexedError, QueryError
from nutgraf_index.index import Index
from nutgraf_index.levels import Level
from nutgraf_index.model import Passage
from nutgraf_index.records import ArticleRecord
from nutgraf_index.snapshot import Snapshot, reading

__all__ = ["Searcher", "search"]


def search(
    query: str,
    index: Index | str | os.PathLike[str],
    *,
    limit: int = 10,
    offset: int = 0,
    paths: Iterable[str | os.PathLike[str]] | None = None,
    require: Require = "any",
) -> Results:
    """Find the passages that match a query, best first.

    `index` is an `Index` or the folder of one; of what stands side by side in the query,
    `require` wants "any" or "all"; `limit` and `offset` count hits; `paths` answers
    from these files and folders only. Equal scores are ordered by citation. Raises `QueryError`,
    `ArgumentError`, and what `Index.open` does.
    """
    if isinstance(index, Index):
        with Searcher(index) as searcher:
            return searcher.search(query, limit=limit, offset=offset, paths=paths, require=require)
    with Index.open(index) as opened:
        return search(query, opened, limit=limit, offset=offset, paths=paths, require=require)


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
    ) -> Results:
        """Find the passages that match a query; see `search`."""
        for name, value in (("limit", limit), ("offset", offset)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ArgumentError(f"{name} must be a whole number, 0 or more, not {value!r}")
        understood = parse(query, require=require)
        if understood.tree is None:
            return Results((), 0, "", understood.notices)
        tree = understood.tree
        snapshot, postings = self._reading()
        with reading(snapshot.where):
            within = None if paths is None else self._index.places(paths, snapshot)
            check_expansions(understood, postings)
            total, matches = evaluate(tree, postings, within=within, first=offset + limit)
            hits = self._all(matches[offset:], tree)
        return Results(hits, total, str(understood), understood.notices)

    def search_many(self, queries: Iterable[str], **options: Any) -> Iterator[Results | QueryError]:
        """Yield for each query its results, or the `QueryError` there is instead, as it is asked.

        `options` are those of `search`, for all of them.
        """
        for query in queries:
            answer: Results | QueryError
            try:
                answer = self.search(query, **options)
            except QueryError as error:
                answer = error
            yield answer

    def article(self, id: str) -> list[Hit]:
        """Return all passages of an article as hits, in reading order.

        Raises `NotIndexedError` for an id that is not in the index.
        """
        snapshot, _ = self._reading()
        with reading(snapshot.where):
            record = snapshot.article(id)
            if record is None:
                raise NotIndexedError(self._unknown(id, snapshot))
            return [self._hit(record, passage) for passage in snapshot.passages_of(id)]

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

    def _unknown(self, id: str, snapshot: Snapshot) -> str:
        """Say that an article is not there, and which may have been meant."""
        known = {record.article.id: record.article.path for record in snapshot.articles()}
        near = [
            other
            for other, path in known.items()
            for name in (other, path)
            if name and (id == name or id.endswith(f"/{name}") or name.endswith(f"/{id}"))
        ]
        import difflib  # slow to import and seldom needed

        close = sorted(set(near)) or difflib.get_close_matches(id, known, n=1)
        more = " or another of its file" if len(close) > 1 else ""
        hint = f"; did you mean {close[0]!r}{more}?" if close else ""
        return f"there is no article {id!r} in {self._index.location}{hint}"

    def _all(self, matches: list[Match], tree: Node) -> tuple[Hit, ...]:
        """Return the hits of some matches.

        They are read in the order of storage: neighbours share what is unpacked.
        """
        stored = sorted(range(len(matches)), key=lambda at: _place(matches[at]))
        hits = {at: self._found(matches[at], tree) for at in stored}
        return tuple(hits[at] for at in range(len(matches)))

    def _found(self, match: Match, tree: Node) -> Hit:
        view, number, score, filters, opening = match
        article = view.unit_at(Level.ARTICLE, number)
        record, passage = view.article(article), view.passage(number, article)
        marks = Marks(tree, passage.text, record.article.title if opening else "", filters)
        return self._hit(record, passage, score, marks)

    def _hit(
        self,
        record: ArticleRecord,
        passage: Passage,
        score: float = 0.0,
        marks: Marks = NO_MARKS,
    ) -> Hit:
        article = record.article
        return Hit(
            citation=f"{article.id}#{passage.number}",
            article=article.id,
            number=passage.number,
            role=passage.role.value,
            heading=passage.heading,
            title=article.title,
            authors=article.authors,
            date=article.date,
            place=article.place,
            source=article.source,
            url=article.url,
            path=self._index.resolve(record.root, article.path),
            line=passage.line,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            metadata=article.metadata,
            score=score,
            marks=marks,
        )


def _place(match: Match) -> tuple[int, int]:
    return match.view.base, match.passage


_State = tuple[Snapshot, Postings]


def _state(snapshot: Snapshot) -> _State:
    return snapshot, Postings(snapshot)
