"""What a search gives: hits, each a passage with its article's data, and the results of a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from nutgraf.query.parser import Diagnostic
from nutgraf.results.highlight import NO_MARKS, Marks, Span
from nutgraf.results.snippet import WIDTH, best_window

if TYPE_CHECKING:
    from nutgraf.suggestions.help import Help, Suggestion

__all__ = ["NO_NEAR_DUPLICATES", "SCHEMA", "Explanation", "Hit", "NearDuplicates", "Results"]

SCHEMA = 1  # of `Hit.to_dict()`; raised when a key changes its meaning or goes


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a part of a query gave to a passage's score, as a tree.

    `label` is the part as the query has it, the field it stands in, or what else is added;
    `value` is what it gave, and the sum of what its `parts` gave, if it has any. `factors` are the
    numbers that it comes from, as docs/ranking.md names them. Parts that gave
    nothing are left out. `str()` draws the tree.
    """

    label: str
    value: float
    parts: "tuple[Explanation, ...]" = ()
    factors: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self, indent: str = "") -> Iterator[str]:
        """Yield the lines of the tree as it is drawn, each further in than what it is a part of."""
        known = [f"{name} {_short(number)}" for name, number in self.factors]
        yield f"{indent}{self.value:.4f} {self.label}{': ' if known else ''}{', '.join(known)}"
        for part in self.parts:
            yield from part.lines(indent + "  ")

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as JSON-ready values."""
        return {
            "label": self.label,
            "value": self.value,
            "factors": dict(self.factors),
            "parts": [part.to_dict() for part in self.parts],
        }


def _short(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """How many other passages match that say the same, and the first 100 of their citations.

    The earliest by their articles' dates first, those without a date last.
    """

    count: int = 0
    citations: tuple[str, ...] = ()


NO_NEAR_DUPLICATES = NearDuplicates()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that matched, or was asked for, with its article's data.

    `citation` is the article's id, `#` and the passage's number. `[start, end)` is where the
    passage stands in its article's text, in characters; `spans` are the words of `text` that
    make the query true, in characters of `text`; `title_spans` the same of the title, for the
    passage that answers for it; `marks` is what both are found with. `path` is the full name of
    the file, `line` the line in it where the passage starts, from 1; for an article that a
    program added the path is the article's own,
    and the line counts in its text. `metadata` is what the file said beyond these. Where hits are
    grouped, `more` passages of the article match as well. `copies` are the passages that match and
    say the same, for which it stands. `explanation` tells what `score` comes
    from, if that was asked for.
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
    copies: NearDuplicates = NO_NEAR_DUPLICATES
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    marks: Marks = field(default=NO_MARKS, repr=False)
    explanation: Explanation | None = field(default=None, repr=False)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words of `text` that make the query true, found when first asked for."""
        return self.marks.spans[0]

    @property
    def title_spans(self) -> tuple[Span, ...]:
        """The words of `title` that make the query true."""
        return self.marks.spans[1]

    @property
    def missing(self) -> tuple[str, ...]:
        """The words, phrases and patterns of the query that stand neither in `text` nor `title`.

        As the query has them and in its order, each once; of NEAR its words.
        """
        return self.marks.missing

    @property
    def best(self) -> Span:
        """The characters of `text` that show most of the match, at most 300 or one word."""
        if len(self.text) <= WIDTH:
            return 0, len(self.text)
        return best_window(self.text, self.marks.words)

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as JSON-ready values: `schema`, its version, and every field.

        With `explanation` where there is one.
        """
        left = ("marks", "metadata", "explanation")
        known = {name: getattr(self, name) for name in self.__slots__ if name not in left}
        return {
            "schema": SCHEMA,
            **known,
            "authors": list(self.authors),
            "copies": {"count": self.copies.count, "citations": list(self.copies.citations)},
            "spans": list(map(list, self.spans)),
            "title_spans": list(map(list, self.title_spans)),
            "missing": list(self.missing),
            "best": list(self.best),
            "metadata": dict(self.metadata),
            **({"explanation": self.explanation.to_dict()} if self.explanation else {}),
        }


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """The hits of one page, best first.

    `total` counts all passages that match, copies too; `query` is the query as understood, in the
    query syntax; `notices` tell what of it was not taken as typed. Where hits are grouped
    `articles` counts the articles that have passages that match, otherwise it is None. `help` is
    there when little was found.
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
    def suggestions(self) -> "tuple[Suggestion, ...]":
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
