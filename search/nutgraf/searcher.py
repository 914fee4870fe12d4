"""`search()` and `Searcher`: a query and an index to `Results`."""

import contextlib
import difflib
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, overload

from nutgraf.evaluate import Match, evaluate
from nutgraf.highlight import Span, highlight
from nutgraf.postings import Postings
from nutgraf.query import Diagnostic, parse
from nutgraf.tree import Node
from nutgraf_index.errors import ArgumentError, IndexUnusable, NotIndexedError
from nutgraf_index.index import Index
from nutgraf_index.passages import Passage
from nutgraf_index.storage import ArticleRecord

__all__ = ["SCHEMA", "Hit", "Results", "Searcher", "search"]

SCHEMA = 1  # of `Hit.to_dict()`; raised when a key changes its meaning or goes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that matched, or was asked for, with its article's data.

    `citation` is the article's id, `#` and the passage's number. `[start, end)` is where the
    passage stands in its article's text, in characters; `spans` are the words of `text` that
    make the query true, in characters of `text`; `title_spans` the same of the title, for the
    passage that answers for it. `path` is the full name of the file, `line` the line in it where
    the passage starts, from 1; for an article that a program added the path is the article's own,
    and the line counts in its text. `metadata` is what the file said beyond these.
    """

    citation: str
    article: str
    number: int
    role: str
    heading: str
    title: str
    authors: tuple[str, ...]
    date: str
    place: str
    source: str
    url: str
    path: str
    line: int
    start: int
    end: int
    text: str
    score: float = 0.0
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as JSON-ready values: `schema`, its version, and every field."""
        known = {name: getattr(self, name) for name in self.__slots__}
        for name in ("authors", "spans", "title_spans"):
            known[name] = [list(item) if isinstance(item, tuple) else item for item in known[name]]
        return {"schema": SCHEMA, **known, "metadata": dict(self.metadata)}


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """The hits of one page, best first.

    `total` counts all passages that match; `query` is the query as understood, in the query
    syntax; `notices` tell what of it was not taken as typed.
    """

    hits: tuple[Hit, ...]
    total: int
    query: str
    notices: tuple[Diagnostic, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[at]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


def search(
    query: str,
    index: Index | str | os.PathLike[str],
    *,
    limit: int = 10,
    offset: int = 0,
    paths: Iterable[str | os.PathLike[str]] | None = None,
) -> Results:
    """Find the passages that match a query, best first.

    `index` is an `Index` or the folder of one; `limit` and `offset` count hits; `paths` answers
    from these files and folders only. Equal scores are ordered by citation. Raises `QueryError`,
    `ArgumentError`, and what `Index.open` does.
    """
    if isinstance(index, Index):
        with Searcher(index) as searcher:
            return searcher.search(query, limit=limit, offset=offset, paths=paths)
    with Index.open(index) as opened:
        return search(query, opened, limit=limit, offset=offset, paths=paths)


class Searcher:
    """Repeated searches on one snapshot of an index.

    A context manager; safe to share between threads. What is written to the index meanwhile is
    seen after `refresh()`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._reader = index.reader()
        self._postings = Postings(self._reader)
        self._lock = threading.Lock()
        self._closed = False

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        paths: Iterable[str | os.PathLike[str]] | None = None,
    ) -> Results:
        """Find the passages that match a query; see `search`."""
        for name, value in (("limit", limit), ("offset", offset)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ArgumentError(f"{name} must be a whole number, 0 or more, not {value!r}")
        understood = parse(query)
        if understood.tree is None:
            return Results((), 0, "", understood.notices)
        tree = understood.tree
        with self._reading():
            within = None if paths is None else self._index.places(paths, self._reader)
            total, matches = evaluate(tree, self._postings, within=within, first=offset + limit)
            hits = tuple(self._found(match, tree) for match in matches[offset:])
        return Results(hits, total, str(understood), understood.notices)

    def article(self, id: str) -> list[Hit]:
        """Return all passages of an article as hits, in reading order.

        Raises `NotIndexedError` for an id that is not in the index.
        """
        with self._reading():
            record = self._reader.article(id)
            if record is None:
                raise NotIndexedError(self._unknown(id))
            return [self._hit(record, passage) for passage in self._reader.passages(id)]

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
        """Move to the newest commit."""
        with self._reading():
            newest = self._index.reader()
            self._reader.close()
            self._reader = newest
            self._postings = Postings(newest)

    def close(self) -> None:
        """Let go of the snapshot."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._reader.close()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold the snapshot for one thread: Whoosh's stock readers keep a place in their files."""
        with self._lock:
            if self._closed:
                raise IndexUnusable("this searcher is closed; make another one")
            yield

    def __enter__(self) -> "Searcher":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _unknown(self, id: str) -> str:
        """Say that an article is not there, and which may have been meant."""
        known = {record.article.id: record.article.path for record in self._reader.articles()}
        near = [
            other
            for other, path in known.items()
            for name in (other, path)
            if name and (id == name or id.endswith(f"/{name}") or name.endswith(f"/{id}"))
        ]
        close = sorted(set(near)) or difflib.get_close_matches(id, known, n=1)
        more = " or another of its file" if len(close) > 1 else ""
        hint = f"; did you mean {close[0]!r}{more}?" if close else ""
        return f"there is no article {id!r} in {self._index.location}{hint}"

    def _found(self, match: Match, tree: Node) -> Hit:
        id, passage = self._reader.passage(match.document)
        record = self._reader.article(id)
        assert record is not None  # written in the same commit as its passages
        title = record.article.title if match.opening else ""
        spans, title_spans = highlight(tree, passage.text, title=title, filters=match.filters)
        found = self._hit(record, passage)
        return replace(found, score=match.score, spans=spans, title_spans=title_spans)

    def _hit(self, record: ArticleRecord, passage: Passage) -> Hit:
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
        )
