"""The types that a search returns: `Hit`, a passage with its article's data, and `Results`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, overload

from nutgraf.query.lexer import Diagnostic
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, NearDuplicates
from nutgraf_index.arguments import LazyModule
from nutgraf_index.model import Value, value_class
from nutgraf_index.names import counted

__all__ = ["FEW_RESULTS", "Hit", "Results", "Suggestion", "hits_by"]

FEW_RESULTS = 3  # passages: a query that finds fewer is relaxed, a word with fewer is rare
_SCHEMA = 2  # of `Hit.to_dict()`; raised when a key is removed or changes its meaning
_SHOWN = 60  # characters of a text in `repr`
_CITED = 5  # hits in the `repr` of results


class _Lazy(Value):
    """A dataclass some of whose fields are computed on first access, from a private source.

    Those fields are left unset when the object is made.
    """

    __slots__ = ("_source",)
    _source: Any
    #: The functions that compute the fields, by name.
    _computed: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}

    def __getattr__(self, name: str) -> Any:
        """Compute a field that is not set yet; called only for a missing attribute."""
        compute = self._computed.get(name)
        if compute is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        value = compute(self)
        object.__setattr__(self, name, value)
        return value


@value_class()
class Suggestion(Value):
    """Another query, with the number of passages that it finds.

    Attributes:
        kind: The change: "spelling"; "apart", "article" or "role" if the same words may stand
            apart, anywhere in the article, or in a hidden role; "filter", "exclusion" or "word" if
            one is dropped; "any" if any of the words is enough; "newest" if words that ask for the
            newest articles are dropped, and the order is by date; "variants" if other spellings of
            names, and long forms of acronyms or acronyms of long forms, are searched too.
        query: The query to search instead.
        options: The keyword arguments of `search` that differ from those of the original search.
        total: The number of passages that `query` finds with `options`.
        words: With the kind "spelling", the words that are replaced, each with the number of
            passages that have it; a word of a filter as in `by:okuducu`, with the number of
            articles. With the kind "variants", the variants, each with the number of passages that
            have it.

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
    from nutgraf.ranking import explanation as explanations
    from nutgraf.results.highlight import Highlighted

    class Help(Protocol):
        """The query as understood, counts and suggestions; see `Results`."""

        @property
        def query(self) -> str:
            """The query as it was understood, in the query syntax."""

        @property
        def counts(self) -> Mapping[str, int]:
            """The number of passages that each word or phrase finds alone."""

        @property
        def spellings(self) -> tuple[Suggestion, ...]:
            """Queries with mistyped words corrected."""

        @property
        def suggestions(self) -> tuple[Suggestion, ...]:
            """The spellings, and queries that find more."""

else:  # `typing.get_type_hints` imports the types of fields
    explanations = LazyModule("nutgraf.ranking.explanation")
    Help = Any


@value_class()
class Hit(_Lazy):
    """A passage that matched a query or was asked for, with the properties of its article.

    Attributes:
        citation: The article's id, `#`, and the passage's number.
        article, number: The id, and the number from 1 in reading order.
        role: The role of the passage, such as "body"; see `Role`.
        heading: The subhead that the passage stands under, or empty.
        title, authors, date, place, source, language, url: Properties of the article; empty if
            unknown.
        path: The full name of the file. For an article that a program added, its own `path`.
        line: The line of the file where the passage starts, from 1. For an article that a program
            added, the line of its text.
        start, end: The passage's half-open offsets in the text of its article, in characters.
        text: `article_text[start:end]`.
        score: The score; 0 for a passage that was not searched for.
        more: With `group` or `per_article`, the number of other passages of the article that match.
        near_duplicates: The near-duplicates that match too, and are not hits of their own.
        page, page_end: The pages of the file on which the passage begins and ends, from 1; 0 if the
            file has no pages.
        element: The id of the element of a web page in which the passage begins; empty if unknown.
            In a book, the file of the chapter, with the id after a `#`.
        metadata: Other keys of the article's file.
        breaks: Half-open offsets in `text` of the hyphens and line ends that break a word which
            other passages have in one piece. A terminal and HTML leave them out.
        explanation: The parts of `score`, with `explain`; else None.
        spans: Half-open offsets in `text` of the words that make the query true, in order.
        title_spans: Half-open offsets in `title` of the words that make the query true. Empty for a
            passage that does not represent its article's title.
        missing: The words, phrases and patterns of the query that neither `text` nor `title` has.
            They are written as in the query, in the order of the query, each once. The words of a
            NEAR are listed one by one.
        snippet: Half-open offsets in `text` of the stretch that shows the weightiest words of the
            match. It has at most 300 characters, unless a single word is longer.

    The last four, and the properties of the passage and of its article, are computed on first
    access, without the index.

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
    language: str
    url: str
    path: str
    line: int
    start: int
    end: int
    text: str
    score: float = 0.0
    more: int = 0
    near_duplicates: NearDuplicates = NO_NEAR_DUPLICATES
    page: int = 0
    page_end: int = 0
    element: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    breaks: tuple[tuple[int, int], ...] = ()
    explanation: "explanations.Explanation | None" = None
    spans: tuple[tuple[int, int], ...] = ()
    title_spans: tuple[tuple[int, int], ...] = ()
    missing: tuple[str, ...] = ()
    snippet: tuple[int, int] = (0, 0)

    def __repr__(self) -> str:
        return f"<Hit {_shown(self.citation)}, score {self.score:.2f}: {_shown(self.text)}>"

    @property
    def pointer(self) -> str:
        """The part of an address that leads to the passage, with its `#`; empty if there is none.

        For a PDF it is the page, such as `#page=4`. For a web page, and for an article with a URL,
        it is the id of an element and a text fragment (`#p3:~:text=Otters,river.`).
        """
        from nutgraf.results.pointer import pointer

        return pointer(self.text, self.page, self.element, self.path, self.url)

    def _repr_html_(self) -> str:
        from nutgraf.results.fragment import hit_fragment

        return hit_fragment(self)

    def html(self, *, snippet: bool = False) -> str:
        """Return the text, or with `snippet` its snippet, as HTML with `<mark>` around the spans.

        All else is escaped, so the text is safe in an element. Line breaks stay as they are, but
        those in `breaks` are left out.

        >>> from nutgraf import Article, Index, search
        >>> index = Index.in_memory()
        >>> index.add(Article(id="memo", text="Otters & <b>fish</b>"))
        >>> (hit,) = search("otters", index)
        >>> hit.html()
        '<mark>Otters</mark> &amp; &lt;b&gt;fish&lt;/b&gt;'
        """
        from nutgraf.results.fragment import snippet_text, whole_text

        return snippet_text(self) if snippet else whole_text(self)

    def to_dict(self) -> dict[str, Any]:
        """Return all fields as JSON-ready values, with `pointer`.

        The key `schema` has the version of the keys. The keys `breaks` and `explanation` are left
        out if the hit has none.
        """
        values = ((name, getattr(self, name)) for name in _NAMES if name not in _LAST_KEYS)
        return {
            "schema": _SCHEMA,
            **{name: list(v) if isinstance(v, tuple) else v for name, v in values},
            "pointer": self.pointer,
            "near_duplicates": {
                "count": self.near_duplicates.count,
                "citations": list(self.near_duplicates.citations),
            },
            "spans": list(map(list, self.spans)),
            "title_spans": list(map(list, self.title_spans)),
            "missing": list(self.missing),
            "snippet": list(self.snippet),
            "metadata": dict(self.metadata),
            **({"breaks": list(map(list, self.breaks))} if self.breaks else {}),
            **({"explanation": self.explanation.to_dict()} if self.explanation else {}),
        }


def _snippet(hit: Hit) -> tuple[int, int]:
    from nutgraf.results.snippet import WIDTH, snippet  # not needed to find hits

    if len(hit.text) <= WIDTH:
        return 0, len(hit.text)
    origin, index = hit._source
    return snippet(hit.text, origin.highlighted(index).words, origin.weights(index))


def _property(name: str) -> Callable[[Hit], Any]:
    """Return the function that computes a property of a hit."""

    def computed(hit: Hit) -> Any:
        origin, index = hit._source
        return origin.column(name)[index]

    return computed


def _highlighted(hit: Hit) -> "Highlighted":
    origin, index = hit._source
    highlighted: Highlighted = origin.highlighted(index)
    return highlighted


_HIGHLIGHTS: dict[str, Callable[[Hit], Any]] = {
    "spans": lambda hit: _highlighted(hit).spans[0],
    "title_spans": lambda hit: _highlighted(hit).spans[1],
    "missing": lambda hit: _highlighted(hit).missing,
    "snippet": _snippet,
}
_LAST_KEYS = (*_HIGHLIGHTS, "metadata", "breaks", "explanation")  # of `Hit.to_dict()`
_NAMES = [column.name for column in fields(Hit)]
# The fields that are set when a hit is made, since every reader of hits asks for them. Others are
# highlights, or columns of its source: an `Origin`, and the index of the hit there.
_SET = ("citation", "text")
Hit._computed = _HIGHLIGHTS | {
    name: _property(name) for name in _NAMES if name not in {*_SET, *_HIGHLIGHTS}
}


# These set the slots of a hit that is being made, which is frozen for all others.
_new, _put_source = object.__new__, vars(_Lazy)["_source"].__set__
_put_citation, _put_text = (vars(Hit)[name].__set__ for name in _SET)


def hits_by(origin: Any, citations: Iterable[str], texts: Iterable[str]) -> list[Hit]:
    """Return the hits of an `Origin`, with the given citations and texts.

    Calling the constructor takes several times as long.
    """
    hits = []
    for index, (citation, text) in enumerate(zip(citations, texts, strict=True)):
        hit = _new(Hit)
        _put_source(hit, (origin, index))
        _put_citation(hit, citation)
        _put_text(hit, text)
        hits.append(hit)
    return hits


@value_class()
class Results(_Lazy, Sequence[Hit]):
    """A page of hits: a sequence, in the order that `sort` asks for.

    Attributes:
        hits: The hits of the page.
        total: The number of all passages that match, near-duplicates included.
        query: The query as it was understood, in the query syntax.
        diagnostics: The parts of the query that could not be taken as syntax.
        articles: With `group`, the number of articles with passages that match; else None.
        further: Where `total` passages have all words of a short query and do not fill the page,
            the number of further passages that have some of the words; see `require`. Else 0.
        counts: The number of passages that each word or phrase of the query finds by itself.
        suggestions: Other queries. Queries with mistyped words corrected come first. If this query
            found fewer than 3 passages, the one change to the query that helps most comes next. If
            it found more, only a word that fewer than 3 passages have and that is surely mistyped
            is corrected. A query that asks for the newest articles by a word comes next, in the
            order of dates, and the query with variants of its words last; see
            `SearchOptions.variants`.

    The last two are computed on first access: the queries are searched, in the snapshot of these
    results. `query` is computed on first access too, without a search.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id=id, text=f"Otters are back in {id}.") for id in ("varn", "ellery")])
    >>> results = search("otters", index, limit=1)
    >>> results
    <Results for 'otters': 1 of 2 passages: ellery#1>
    >>> len(results), results.total, results[0].citation
    (1, 2, 'ellery#1')
    """

    hits: tuple[Hit, ...]
    total: int
    query: str
    diagnostics: tuple[Diagnostic, ...] = ()
    articles: int | None = None
    further: int = 0
    counts: Mapping[str, int] = field(default_factory=dict, compare=False)
    suggestions: tuple[Suggestion, ...] = field(default=(), compare=False)

    @classmethod
    def of(
        cls,
        hits: tuple[Hit, ...],
        total: int,
        diagnostics: tuple[Diagnostic, ...],
        articles: int | None,
        further: int,
        help: Help,
    ) -> "Results":
        """Return results whose query, counts and suggestions are computed by `help`."""
        results, put = cls.__new__(cls), object.__setattr__
        put(results, "hits", hits)
        put(results, "total", total)
        put(results, "diagnostics", diagnostics)
        put(results, "articles", articles)
        put(results, "further", further)
        put(results, "_source", help)
        return results

    @property
    def spellings(self) -> tuple[Suggestion, ...]:
        """The suggestions of the kind "spelling", without searches for other suggestions."""
        help: Help | None = getattr(self, "_source", None)
        if help is not None:
            return help.spellings
        return tuple(one for one in self.suggestions if one.kind == "spelling")

    @property
    def summary(self) -> str:
        """The query and the counts of hits and passages, as one line."""
        articles = "" if self.articles is None else f" in {counted(self.articles, 'article')}"
        passages = counted(self.total + self.further, "passage")
        found = f"{self.query!r}: {len(self.hits):,} of {passages}"
        if self.further:
            return f"{found}, {self.total:,}{articles} with all of the words"
        return f"{found}{articles}"

    def __repr__(self) -> str:
        cited = [hit.citation for hit in self.hits[:_CITED]]
        more = ", …" if len(self.hits) > _CITED else ""
        citations = f": {', '.join(cited)}{more}" if cited else ""
        return f"<Results for {self.summary}{citations}>"

    def _repr_html_(self) -> str:
        from nutgraf.results.fragment import results_fragment

        return results_fragment(self)

    def to_dict(self) -> dict[str, Any]:
        """Return all fields as JSON-ready values; the hits are those of `Hit.to_dict()`.

        The keys are schema, query, total, further, articles, hits, diagnostics, counts and
        suggestions.

        >>> from nutgraf import Article, Index, search
        >>> index = Index.in_memory()
        >>> index.add(Article(id="memo", text="Otters are back."))
        >>> answer = search("otters", index).to_dict()
        >>> answer["total"], answer["hits"][0]["citation"]
        (1, 'memo#1')
        """
        return {
            "schema": _SCHEMA,
            "query": self.query,
            "total": self.total,
            "further": self.further,
            "articles": self.articles,
            "hits": [hit.to_dict() for hit in self.hits],
            "diagnostics": list(map(asdict, self.diagnostics)),
            "counts": dict(self.counts),
            "suggestions": [
                asdict(suggestion) | {"options": dict(suggestion.options)}
                for suggestion in self.suggestions
            ],
        }

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


def _shown(text: str) -> str:
    """Return the beginning of a text in quotes, for `repr`."""
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


# The source of results is their `Help`.
Results._computed = {
    "query": lambda results: results._source.query,
    "counts": lambda results: results._source.counts,
    "suggestions": lambda results: results._source.suggestions,
}
