"""What a search gives: hits, each a passage with its article's data, and the results of a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, make_dataclass
from typing import TYPE_CHECKING, Any, Protocol, overload

from nutgraf.query.lexer import Diagnostic
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES, Explanation, NearDuplicates
from nutgraf.results.marks import NO_MARKS, Marks

if TYPE_CHECKING:
    from nutgraf.results.snippet import Span

__all__ = ["FEW_RESULTS", "Help", "Hit", "Results", "Suggestion", "hits_by"]

FEW_RESULTS = 3  # passages: a query that finds fewer has found little
_SCHEMA = 2  # of `Hit.to_dict()`; raised when a key changes its meaning or goes


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, with how many passages it finds.

    `options` are the keyword arguments in which its search differs from the one that found
    little. `kind` is "spelling", or what is asked of fewer passages: the words may stand "apart",
    in passages of a "role" that is left out unless named, or in the whole "article"; without a
    "filter", an "exclusion" or a "word"; or "any" of the words will do.
    """

    kind: str
    query: str
    options: Mapping[str, Any] = field(hash=False)
    total: int


if TYPE_CHECKING:

    class Help(Protocol):
        """What helps with a query that found little; see `Results`."""

        @property
        def counts(self) -> Mapping[str, int]:
            """How many passages each word or phrase finds alone."""

        @property
        def suggestions(self) -> tuple[Suggestion, ...]:
            """Queries that find more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matched, or was asked for, with its article's data.

    `citation` is the article's id, `#` and the passage's number. `[start, end)` is where the
    passage stands in its article's text, in characters; `spans` are the words of `text` that
    make the query true, in characters of `text`; `title_spans` the same of the title, for the
    passage that answers for it; `marks` is what both are found with. `path` is the full name of
    the file, `line` the line in it where the passage starts, from 1; for an article that a
    program added the path is the article's own, and the line counts in its text. `metadata` is
    what the file said beyond these. Where hits are grouped, `more` passages of the article match
    as well. `near_duplicates` are the passages that match and say the same, for which it stands.
    `explanation` tells what `score` comes from, if that was asked for.
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
        """The words of `text` that make the query true, found when first asked for."""
        return self.marks.spans[0]

    @property
    def title_spans(self) -> "tuple[Span, ...]":
        """The words of `title` that make the query true."""
        return self.marks.spans[1]

    @property
    def missing(self) -> tuple[str, ...]:
        """The words, phrases and patterns of the query that stand neither in `text` nor `title`.

        As the query has them and in its order, each once; of NEAR its words.
        """
        return self.marks.missing

    @property
    def snippet(self) -> "Span":
        """The characters of `text` that show most of the match, at most 300 or one word."""
        from nutgraf.results.snippet import WIDTH, snippet  # not needed to find hits

        if len(self.text) <= WIDTH:
            return 0, len(self.text)
        return snippet(self.text, self.marks.words)

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as JSON-ready values: `schema`, its version, and every field.

        With `explanation` where there is one.
        """
        left = ("marks", "metadata", "explanation")
        values = ((name, getattr(self, name)) for name in self.__slots__ if name not in left)
        return {
            "schema": _SCHEMA,
            **{name: list(one) if isinstance(one, tuple) else one for name, one in values},
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


_NAMES = [one.name for one in fields(Hit)]
_Unfrozen = make_dataclass("_Unfrozen", _NAMES, slots=True, eq=False, repr=False)


def hits_by(values: Mapping[str, Iterable[Any]]) -> list[Hit]:
    """Return hits by the values of each field, in the order of the hits.

    The constructor of a frozen class takes seven times as long.
    """
    hits: list[Any] = [*map(_Unfrozen, *(values[name] for name in _NAMES))]
    for hit in hits:
        hit.__class__ = Hit
    return hits


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """The hits of one page, best first.

    `total` counts all passages that match, near-duplicates too; `query` is the query as understood,
    in the query syntax; `diagnostics` tell what of it was not taken as typed. Where hits are
    grouped `articles` counts the articles that have passages that match, otherwise it is None.
    `help` is there when little was found.
    """

    hits: tuple[Hit, ...]
    total: int
    query: str
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    articles: int | None = None
    help: "Help | None" = field(default=None, repr=False, compare=False)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many passages each word or phrase finds alone; empty unless little was found."""
        return {} if self.help is None else self.help.counts

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Queries that find more, where this one found fewer than 3 passages.

        First other spellings, then the one change in what is asked that helps most. They are
        searched when first asked for, on the snapshot that the results are of.
        """
        return () if self.help is None else self.help.suggestions

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
