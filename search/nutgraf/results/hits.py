"""The types that a search returns: `Hit`, a passage with its article's data, and `Results`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, make_dataclass
from typing import TYPE_CHECKING, Any, Protocol, overload

from nutgraf.query.lexer import Diagnostic
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, Explanation, NearDuplicates
from nutgraf.results.marks import NO_MARKS, Marks

if TYPE_CHECKING:
    from nutgraf.results.snippet import Span

__all__ = ["FEW_RESULTS", "Help", "Hit", "Results", "Suggestion", "hits_by"]

FEW_RESULTS = 3  # passages: a query that finds fewer is relaxed, a word with fewer is rare
_SCHEMA = 2  # of `Hit.to_dict()`; raised when a key is removed or changes its meaning


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, with the number of passages that it finds.

    Attributes:
        kind: The change: "spelling"; "apart", "article" or "role" if the same words may stand
            apart, anywhere in the article, or in a hidden role; "filter", "exclusion" or "word" if
            one is dropped; "any" if any of the words is enough.
        query: The query to search instead.
        options: The keyword arguments of `search` that differ from those of the original search.
        total: The number of passages that `query` finds with `options`.
        words: With the kind "spelling", the words that are replaced, each with the number of
            passages that have it; a word of a filter as in `by:okuducu`, with the number of
            articles.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> for suggestion in search("+otters +lake", index).suggestions:
    ...     print(suggestion.kind, suggestion.query, suggestion.total)
    word otters 1
    """

    kind: str
    query: str
    options: Mapping[str, Any] = field(hash=False)
    total: int
    words: Mapping[str, int] = field(default_factory=dict, hash=False)


if TYPE_CHECKING:

    class Help(Protocol):
        """Counts and suggestions for a query; see `Results`."""

        @property
        def counts(self) -> Mapping[str, int]:
            """The number of passages that each word or phrase finds alone."""

        @property
        def spellings(self) -> tuple[Suggestion, ...]:
            """Queries with mistyped words corrected."""

        @property
        def suggestions(self) -> tuple[Suggestion, ...]:
            """The spellings, and queries that find more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matched a query or was asked for, with the properties of its article.

    Attributes:
        citation: The article's id, `#`, and the passage's number.
        article, number: The id, and the number from 1 in reading order.
        role: The role of the passage, such as "body"; see `Role`.
        heading: The subhead that the passage stands under, or empty.
        title, authors, date, place, source, url: Properties of the article; empty if unknown.
        path: The full name of the file. For an article that a program added, its own `path`.
        line: The line of the file where the passage starts, from 1. For an article that a program
            added, the line of its text.
        start, end: The passage's half-open offsets in the text of its article, in characters.
        text: `article_text[start:end]`.
        score: The score; 0 for a passage that was not searched for.
        more: With `group`, the number of other passages of the article that match.
        near_duplicates: The near-duplicates that match too, and are not hits of their own.
        metadata: Other keys of the article's file.
        marks: The source of `spans`, `title_spans` and `missing`; not for callers.
        explanation: The parts of `score`, with `explain`; else None.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.", title="News")])
    >>> (hit,) = search("otters lake", index)
    >>> hit.citation, hit.title, [hit.text[start:end] for start, end in hit.spans], hit.missing
    ('memo#1', 'News', ['Otters'], ('lake',))
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
    more: int = 0
    near_duplicates: NearDuplicates = NO_NEAR_DUPLICATES
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    marks: Marks = field(default=NO_MARKS, repr=False)
    explanation: Explanation | None = field(default=None, repr=False)

    @property
    def spans(self) -> "tuple[Span, ...]":
        """Half-open offsets in `text` of the words that make the query true, in order."""
        return self.marks.spans[0]

    @property
    def title_spans(self) -> "tuple[Span, ...]":
        """Half-open offsets in `title` of the words that make the query true.

        Empty for a passage that does not represent its article's title.
        """
        return self.marks.spans[1]

    @property
    def missing(self) -> tuple[str, ...]:
        """The words, phrases and patterns of the query that neither `text` nor `title` has.

        They are written as in the query, in the order of the query, each once. The words of a
        NEAR are listed one by one.
        """
        return self.marks.missing

    @property
    def snippet(self) -> "Span":
        """Half-open offsets in `text` of the stretch that shows the weightiest words of the match.

        The snippet has at most 300 characters, unless a single word is longer.
        """
        from nutgraf.results.snippet import WIDTH, snippet  # not needed to find hits

        if len(self.text) <= WIDTH:
            return 0, len(self.text)
        return snippet(self.text, self.marks.words, self.marks.weights)

    def to_dict(self) -> dict[str, Any]:
        """Return all fields as JSON-ready values, with `schema`, the version of the keys.

        The key `explanation` is left out if the hit has none.
        """
        separate = ("marks", "metadata", "explanation")
        values = ((name, getattr(self, name)) for name in self.__slots__ if name not in separate)
        return {
            "schema": _SCHEMA,
            **{name: list(v) if isinstance(v, tuple) else v for name, v in values},
            "near_duplicates": {
                "count": self.near_duplicates.count,
                "citations": list(self.near_duplicates.citations),
            },
            "spans": list(map(list, self.spans)),
            "title_spans": list(map(list, self.title_spans)),
            "missing": list(self.missing),
            "snippet": list(self.snippet),
            "metadata": dict(self.metadata),
            **({"explanation": self.explanation.to_dict()} if self.explanation else {}),
        }


_NAMES = [column.name for column in fields(Hit)]
_Unfrozen = make_dataclass("_Unfrozen", _NAMES, slots=True, eq=False, repr=False)


def hits_by(values: Mapping[str, Iterable[Any]]) -> list[Hit]:
    """Return the hits whose fields have the given columns of values.

    Calling the constructor of a frozen class takes seven times as long.
    """
    hits: list[Any] = [*map(_Unfrozen, *(values[name] for name in _NAMES))]
    for hit in hits:
        hit.__class__ = Hit
    return hits


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """A page of hits: a sequence, in the order that `sort` asks for.

    Attributes:
        hits: The hits of the page.
        total: The number of all passages that match, near-duplicates included.
        query: The query as it was understood, in the query syntax.
        diagnostics: The parts of the query that could not be taken as syntax.
        articles: With `group`, the number of articles with passages that match; else None.
        further: Where `total` passages have all words of a short query and do not fill the page,
            the number of further passages that have some of the words; see `require`. Else 0.
        help: The source of `counts` and `suggestions`; not for callers.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id=id, text=f"Otters are back in {id}.") for id in ("varn", "ellery")])
    >>> results = search("otters", index, limit=1)
    >>> len(results), results.total, results[0].citation
    (1, 2, 'ellery#1')
    """

    hits: tuple[Hit, ...]
    total: int
    query: str
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    articles: int | None = None
    further: int = 0
    help: "Help | None" = field(default=None, repr=False, compare=False)

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of passages that each word or phrase of the query finds by itself.

        The words are counted on first access, in the snapshot of these results.
        """
        return {} if self.help is None else self.help.counts

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Other queries: with mistyped words corrected, or queries that find more.

        Other spellings come first. If this query found fewer than 3 passages, the one change to the
        query that helps most comes next. If it found more, only a word that fewer than 3 passages
        have and that is surely mistyped is corrected. The queries are searched on first access, in
        the snapshot of these results.
        """
        return () if self.help is None else self.help.suggestions

    @property
    def spellings(self) -> tuple[Suggestion, ...]:
        """The suggestions of the kind "spelling", without searches for other suggestions."""
        return () if self.help is None else self.help.spellings

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)
