"""`search()` and `Searcher`: a query and an index to `Results`."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, overload

from nutgraf.evaluate import Match, evaluate
from nutgraf.feedback import expanded
from nutgraf.highlight import NO_MARKS, Marks, Span
from nutgraf.limits import check_expansions
from nutgraf.postings import Postings
from nutgraf.query import Diagnostic, Require, parse
from nutgraf.ranking import FEEDBACK_PASSAGES
from nutgraf.tree import Node
from nutgraf_index.errors import ArgumentError, IndexUnusable, NotIndexedError
from nutgraf_index.index import Index
from nutgraf_index.levels import Level
from nutgraf_index.model import Passage
from nutgraf_index.records import ArticleRecord
from nutgraf_index.snapshot import Snapshot, reading

__all__ = ["SCHEMA", "Hit", "Results", "Searcher", "search"]

SCHEMA = 1  # of `Hit.to_dict()`; raised when a key changes its meaning or goes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that matched, or was asked for, with its article's data.

    `citation` is the article's id, `#` and the passage's number. `[start, end)` is where the
    passage stands in its article's text, in characters; `spans` are the words of `text` that
    make the query true, in characters of `text`; `title_spans` the same of the title, for the
    passage that answers for it; `marks` is what both are found with. `path` is the full name of
    the file, `line` the line in it where the passage starts, from 1; for an article that a
    program added the path is the article's own,
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
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    marks: Marks = field(default=NO_MARKS, repr=False)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words of `text` that make the query true, found when first asked for."""
        return self.marks.spans[0]

    @property
    def title_spans(self) -> tuple[Span, ...]:
        """The words of `title` that make the query true."""
        return self.marks.spans[1]

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as JSON-ready values: `schema`, its version, and every field."""
        left = ("marks", "metadata")
        known = {name: getattr(self, name) for name in self.__slots__ if name not in left}
        return {
            "schema": SCHEMA,
            **known,
            "authors": list(self.authors),
            "spans": list(map(list, self.spans)),
            "title_spans": list(map(list, self.title_spans)),
            "metadata": dict(self.metadata),
        }


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
    require: Require = "any",
    expand: bool = False,
) -> Results:
    """Find the passages that match a query, best first.

    `index` is an `Index` or the folder of one; of what stands side by side in the query,
    `require` wants "any" or "all"; `limit` and `offset` count hits; `paths` answers
    from these files and folders only; `expand` adds words of the best passages to the query, and
    searches again. Equal scores are ordered by citation. Raises `QueryError`,
    `ArgumentError`, and what `Index.open` does.
    """
    if not isinstance(index, Index):
        with Index.open(index) as opened:
            return search(
                query,
                opened,
                limit=limit,
                offset=offset,
                paths=paths,
                require=require,
                expand=expand,
            )
    with Searcher(index) as searcher:
        return searcher.search(
            query, limit=limit, offset=offset, paths=paths, require=require, expand=expand
        )


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
        expand: bool = False,
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
            if expand:
                _, best = evaluate(tree, postings, within=within, first=FEEDBACK_PASSAGES)
                tree = expanded(tree, best, postings, require)
            total, matches = evaluate(tree, postings, within=within, first=offset + limit)
            hits = self._all(matches[offset:], tree)
        return Results(hits, total, str(tree), understood.notices)

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
