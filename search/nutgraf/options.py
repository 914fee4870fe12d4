"""The options of a search: one immutable value, checked when it is made."""

import datetime
import inspect
import os
import re
import reprlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar, get_args

from nutgraf.query.parser import Require, check_require
from nutgraf_index.analysis.synonym_rules import SynonymRules, SynonymSource, read_synonyms
from nutgraf_index.arguments import check_flags, listed, whole_number
from nutgraf_index.errors import ArgumentError
from nutgraf_index.model import Value, value_class

__all__ = ["COUNTED", "Require", "Scope", "SearchOptions", "Sort", "takes_options"]

AnyDate = str | int | datetime.date
# Of the query and its best hits to their scores. A `Hit` is of a room above.
Reranker = Callable[[str, Sequence[Any]], Iterable[Any]]
Sort = Literal["score", "date", "-date", "path"]
# Any whole number may follow "window:", which no type can say; editors complete the literals.
Scope = Literal["passage", "article", "window:2", "window:3", "window:5"] | str
_SORTS = get_args(Sort)
_WINDOW = r"window:([1-9][0-9]{0,17})"
# The options, besides `paths`, that decide which passages match.
COUNTED = ("require", "scope", "expand", "synonyms", "kept_synonyms", "variants")
_NAMES = ("by", "source", "place")  # filters given as options, besides `paths`
_DATES = ("after", "before")
_GIVEN = (*_NAMES, *_DATES, "language")


@value_class(kw_only=True)
class SearchOptions(Value):
    """The options of a search, with the defaults of `search()`.

    Raises `ArgumentError` for a value that an option does not take, `SourceError` for a file of
    synonyms that cannot be read.

    >>> from nutgraf import Article, Index, SearchOptions, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> options = SearchOptions(limit=5, require="all")
    >>> search("otters river", index, **options.keywords()).query
    'otters AND river'
    """

    limit: int | None = 10
    """The maximum number of hits (with `group`, of articles), 0 or more; 10 by default. None is for
    all that `results.total` counts."""

    offset: int = 0
    """The number of hits to skip (with `group`, of articles), 0 or more; 0 by default."""

    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None
    """A file or folder to search, or several. None, the default, searches the whole index."""

    by: str | Iterable[str] | None = None
    """An author, or several of whom any will do; None, the default, for all. Like `by:` in a query.

    This and the next five options restrict any query, also an empty one.
    """

    source: str | Iterable[str] | None = None
    """An agency or newspaper, or several of which any will do; None by default. Like `source:`."""

    place: str | Iterable[str] | None = None
    """A place an article was filed from, or several of which any will do; None by default. Like
    `place:`."""

    language: str | None = None
    """The language of the query, and of the articles that are searched: a code such as "de", a tag
    such as "de-AT", or an English name. None, the default, searches articles in all languages, and
    tells the language of the query from its words. Like `language:`."""

    after: AnyDate | Iterable[AnyDate] | None = None
    """The earliest day: a `date`, a `datetime`, or a text such as "2020-01" or "last week"; None by
    default. The day, or the first day of the month, year or week, is included, as in
    `date:2020-01..`."""

    before: AnyDate | Iterable[AnyDate] | None = None
    """The latest day, in the forms of `after`; None by default. The day, or the last day of the
    month, year or week, is included, as in `date:..2020-01`."""

    require: Require = "auto"
    """Which of the words that stand side by side a passage must match; "auto" by default.

    - "all": all of them.
    - "any": at least one of them.
    - "auto": all of two or three words, phrases or patterns, if a passage has them all. These
      passages come first, and `results.total` counts them alone. If they do not fill the page,
      passages with some of the words follow, best first. Of more words, in a question, and if no
      passage has them all, at least one.

    Words that the query joins by operators, or requires or excludes by `+` or `-`, are not
    affected.
    """

    scope: Scope = "passage"
    """The text in which the whole query must be true; "passage" by default.

    "article" and "window:N" (N neighbouring passages of an article, N at least 1) let the words
    stand in different passages. Then each passage of that text that has any of the words is a hit.
    """

    sort: Sort = "score"
    """The order of the hits; "score" by default, the highest first.

    "date" has the earliest article first, "-date" the latest; articles without a date come last in
    both. "path" is the order of the files' paths. Ties are ordered by citation.
    """

    recent: str | int | datetime.timedelta | None = None
    """The half-life of scores, so that newer articles come first; None, the default, for no decay.

    Each score is multiplied by 2^(−age / half-life). The age is the number of days from the date of
    the article to today. The half-life is a text such as "30d", "2w", "6m" or "1y", a `timedelta`,
    or a whole number of days, and at least 1 day. An article without a date counts as old as the
    oldest article of the index. Needs `sort="score"`.
    """

    group: bool = False
    """Whether to return only the passage with the highest score of each article; False by default.

    `hit.more` is then the number of other passages of the article that match. Sorted by score, the
    articles are ordered by the score of the passage and of the whole article together.
    """

    per_article: int | None = None
    """The maximum number of hits from one article, 1 or more; None, the default, for all.

    They are the best ones in the order of the hits. `hit.more` is then the number of other passages
    of the article that match. Not together with `group`, which returns one hit of each article.
    """

    collapse: bool = True
    """Whether to return near-duplicates as one hit; True by default.

    Sorted by score, the hit is the passage of the earliest article, at the rank of the passage with
    the highest score; in other orders, and with `recent`, it is the first passage.
    `hit.near_duplicates` counts and cites the rest.
    """

    expand: bool = False
    """Whether to add up to 20 words of the 10 best passages to the query; False by default.

    This is relevance feedback (RM3). It finds more passages, and takes two searches.
    """

    synonyms: SynonymSource | None = None
    """A file of synonyms, or a mapping from a word to a list of its synonyms; None by default.

    A synonym matches like the word itself, with 0.7 of the boost of the word. These synonyms are
    added to the synonyms that are kept with the index.
    """

    kept_synonyms: bool = True
    """Whether to search for the synonyms that are kept with the index; True by default. See
    `Index.keep_synonyms`."""

    variants: bool = False
    """Whether to search for variants of the query's words too; False by default.

    Variants are learnt from the archive. They are other spellings of a name (Gaddafi, Qaddafi) and
    the long form of an acronym, or the acronym of a long form. They match like synonyms. A
    diagnostic of the kind "variants" names them.
    """

    rerank: Reranker | None = None
    """A function that scores the 100 best hits, such as a model; None by default.

    It takes the query as typed and a tuple of hits, best first, and returns one number for each in
    the same order, the higher the better. It is called once for each search that finds two hits or
    more. What it raises is raised by the search. Needs `sort="score"`. See docs/ranking.md.
    """

    rerank_weight: float = 0.5
    """How much the scores of `rerank` count beside the scores of the search, from 0 to 1; 0.5 by
    default. With 1 they alone decide the order of the 100 best hits.
    """

    explain: bool = False
    """Whether each hit has an `explanation` of its score; False by default."""

    def __post_init__(self) -> None:
        for name, least in (("limit", 0), ("offset", 0), ("per_article", 1)):
            value = getattr(self, name)
            if value is None and name != "offset":
                continue
            number = whole_number(value)
            if number is None or number < least:
                raise ArgumentError(
                    f"{name} must be a whole number, {least} or more, not {reprlib.repr(value)}"
                )
            if number is not value:
                object.__setattr__(self, name, number)
        check_flags(
            group=self.group,
            collapse=self.collapse,
            expand=self.expand,
            kept_synonyms=self.kept_synonyms,
            variants=self.variants,
            explain=self.explain,
        )
        if self.group and self.per_article is not None:
            raise ArgumentError(
                "group returns one passage of each article: leave out per_article or group"
            )
        _ = self.window
        if not isinstance(self.sort, str) or self.sort not in _SORTS:
            choices = ", ".join(f'"{sort}"' for sort in _SORTS)
            raise ArgumentError(f"sort must be one of {choices}, not {reprlib.repr(self.sort)}")
        _check_recent(self.recent)
        _check_rerank(self.rerank, self.rerank_weight)
        for name in ("recent", "rerank"):
            if getattr(self, name) is not None and self.sort != "score":
                raise ArgumentError(
                    f'{name} changes scores and needs sort="score", not {self.sort!r}: leave out '
                    "one of the two"
                )
        check_require(self.require)
        if self.synonyms is not None:
            object.__setattr__(self, "synonyms", read_synonyms(self.synonyms))
        if self.language is not None:
            object.__setattr__(self, "language", _language(self.language))
        for name, form, convert in _FILTERS:
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, _each(name, value, form, convert))
        if self.after is not None and self.before is not None:
            _check_order(self.filters()["after"], self.filters()["before"])

    @property
    def window(self) -> int:
        """The number of neighbouring passages in which the query must be true, at least 1.

        For the scope "article" it is `sys.maxsize`.
        """
        scope = self.scope if isinstance(self.scope, str) else ""
        if scope == "passage":
            return 1
        if scope == "article":
            return sys.maxsize
        window = re.fullmatch(_WINDOW, scope)
        if window is None:
            raise ArgumentError(
                'scope must be "passage", "article" or "window:N" with a whole number N, 1 or '
                f"more, not {reprlib.repr(self.scope)}"
            )
        return int(window[1])

    @property
    def half_life(self) -> float | None:
        """The number of days of `recent`; None without a decay."""
        return None if self.recent is None else _half_life(self.recent)

    @property
    def most(self) -> int:
        """The maximum number of hits; `sys.maxsize` for all."""
        return sys.maxsize if self.limit is None else self.limit

    @property
    def path_list(self) -> tuple[str, ...]:
        """The paths, which are a tuple once the options are made."""
        return self.paths if isinstance(self.paths, tuple) else ()

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Return the values of the filters that are given, besides `paths`, by option."""
        language = None if self.language is None else (self.language,)
        values: Any = self.by, self.source, self.place, self.after, self.before, language
        return {
            name: value for name, value in zip(_GIVEN, values, strict=True) if value is not None
        }

    def keywords(self) -> dict[str, Any]:
        """Return the options as keyword arguments; synonyms are the rules as read from the file."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def rules(self) -> SynonymRules | None:
        """The rules of `synonyms`; None without synonyms."""
        return None if self.synonyms is None else read_synonyms(self.synonyms)


def _half_life(recent: object) -> float | None:
    """Return the number of days of a half-life; None for a value that is no half-life."""
    if isinstance(recent, datetime.timedelta):
        days: float | None = recent / datetime.timedelta(days=1)
    elif isinstance(recent, str):
        from nutgraf.query.date_ranges import days_in

        days = days_in(recent)
    else:
        days = whole_number(recent)
    return days if days is not None and days >= 1 else None


def _check_recent(recent: object) -> None:
    """Raise `ArgumentError` for an invalid half-life."""
    if recent is not None and _half_life(recent) is None:
        raise ArgumentError(
            'recent must be a half-life of at least 1 day, such as "30d", "2w", "6m" or "1y" (in '
            f"Python also a timedelta or a number of days), not {reprlib.repr(recent)}"
        )


def _check_rerank(rerank: object, weight: object) -> None:
    """Raise `ArgumentError` for what is no function that scores hits, or for an invalid weight."""
    if rerank is not None:
        if not callable(rerank):
            raise ArgumentError(
                "rerank must be a function of the query and a tuple of hits that returns their "
                f"scores, not {reprlib.repr(rerank)}"
            )
        if inspect.iscoroutinefunction(rerank) or inspect.iscoroutinefunction(
            getattr(rerank, "__call__", None)  # noqa: B004
        ):
            raise ArgumentError(
                f"rerank must be a plain function, and {reprlib.repr(rerank)} is a coroutine "
                "function: wrap it in one that calls asyncio.run()"
            )
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
        raise ArgumentError(
            f"rerank_weight must be a number from 0 to 1, not {reprlib.repr(weight)}"
        )


def _each(
    name: str, given: Any, form: str, convert: Callable[[Any], str | None]
) -> tuple[str, ...]:
    """Return the converted values of a filter, given as one value or several."""
    values = listed(given)
    converted = tuple(map(convert, values))
    for value, text in zip(values, converted, strict=True):
        if text is None:
            raise ArgumentError(f"{name} must be {form}, or several, not {reprlib.repr(value)}")
    if not values and name != "paths":
        raise ArgumentError(f"{name} must be {form}, or several, not none: leave it out for all")
    return tuple(text for text in converted if text is not None)


def _name(value: object) -> str | None:
    """Return a text that has a word; None for any other value."""
    from nutgraf_index.analysis.analyzer import analyzer_of

    return value if isinstance(value, str) and analyzer_of().words(value) else None


def _language(value: Any) -> str:
    """Return the tag of a language, given by its tag or name."""
    from nutgraf.query.language_tags import tag_of
    from nutgraf_index.analysis.languages.registry import checked_code

    return tag_of(value) if checked_code(value) != "und" else "und"


def _date(value: object) -> str | None:
    """Return a date as ISO 8601 text, or a relative date as it is; None for any other value."""
    from nutgraf.query.date_ranges import absolute, date_range
    from nutgraf_index.dates import date_text

    text = date_text(value)
    if text is None and isinstance(value, str) and value.strip() and ".." not in value:
        text = value if date_range(absolute(f"{value}..", datetime.date.today)) else None
    return text


def _check_order(after: tuple[str, ...], before: tuple[str, ...]) -> None:
    """Raise `ArgumentError` if no day is both after and before the given dates."""
    from nutgraf.query.date_ranges import absolute, date_range

    first = [date_range(absolute(f"{day}..", datetime.date.today)) for day in after]
    last = [date_range(absolute(f"..{day}", datetime.date.today)) for day in before]
    if min(bounds[0] for bounds in first if bounds) > max(bounds[1] for bounds in last if bounds):
        raise ArgumentError(
            f"after, {', '.join(after)}, is later than before, {', '.join(before)}: swap them"
        )


def _path(value: object) -> str | None:
    path = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    return path if isinstance(path, str) else None


_FILTERS: tuple[tuple[str, str, Callable[[Any], str | None]], ...] = (
    ("paths", "a path", _path),
    *((name, "a text with a word", _name) for name in _NAMES),
    *(
        (name, 'a date, or a text such as "2020-01-12", "2020" or "last week"', _date)
        for name in _DATES
    ),
)


# Options of these values are made once: nearly all searches of a program have the same.
_LASTING = frozenset((int, bool, str, type(None)))
_CHECKED_ANEW = frozenset((*_DATES, "synonyms"))  # days pass, and files change


@lru_cache(maxsize=64, typed=True)
def _made_before(**values: Any) -> SearchOptions:
    """Return the options of keyword arguments, the same object for the same arguments."""
    return SearchOptions(**values)


if TYPE_CHECKING:
    _Options = ParamSpec("_Options")
    _First = TypeVar("_First")
    _Second = TypeVar("_Second")
    _Result = TypeVar("_Result")
    _Function = Callable[[_First, _Second, SearchOptions], _Result]
    _Wrapper = Callable[Concatenate[_First, _Second, _Options], _Result]


class _Signed:
    """A decorated function with the signature that `inspect` and `help()` show.

    It has the parameters of `make` in place of the last one. It is computed when it is asked for.
    """

    def __init__(self, function: Callable[..., Any], make: Callable[..., SearchOptions]) -> None:
        self.__wrapped__ = function
        self._make = make

    @property
    def __signature__(self) -> inspect.Signature:
        signature = inspect.signature(self.__wrapped__)
        *leading, _ = signature.parameters.values()
        options = inspect.signature(self._make).parameters.values()
        return signature.replace(parameters=[*leading, *options])


def takes_options(
    make: "Callable[_Options, SearchOptions]",
) -> (
    "Callable[[_Function[_First, _Second, _Result]], _Wrapper[_First, _Second, _Options, _Result]]"
):
    """Decorate a function so that callers pass the fields of `SearchOptions` as keyword arguments.

    The function itself gets one `SearchOptions` as its last parameter, `options`. `make` is
    `SearchOptions`; its parameters join the signature that type checkers and `help()` show.
    """
    names = {field.name for field in fields(SearchOptions)}

    def decorate(
        function: "_Function[_First, _Second, _Result]",
    ) -> "_Wrapper[_First, _Second, _Options, _Result]":
        call: Callable[..., _Result] = function
        code = call.__code__
        needed = [*code.co_varnames[: code.co_argcount - 1]]

        @wraps(function)
        def wrapper(*arguments: Any, **keywords: Any) -> "_Result":
            others = {name: keywords.pop(name) for name in [*keywords] if name not in names}
            if others or len(arguments) != len(needed):
                _check_call(function.__qualname__, needed, names, arguments, others)
            lasts = _LASTING.issuperset(map(type, keywords.values()))
            made = _made_before if lasts and _CHECKED_ANEW.isdisjoint(keywords) else SearchOptions
            return call(*arguments, **others, options=made(**keywords))

        wrapper.__wrapped__ = _Signed(function, make)  # type: ignore[assignment]
        return wrapper

    return decorate


def _check_call(
    name: str,
    needed: list[str],
    options: set[str],
    arguments: tuple[Any, ...],
    keywords: Mapping[str, Any],
) -> None:
    """Raise `ArgumentError` for a call with unknown, missing or too many arguments.

    Args:
        needed: the names of the arguments that may be given by position, "self" included
        options: the names of the other keyword arguments
        keywords: the keyword arguments that are not options
    """
    call = f"{name}({', '.join(name for name in needed if name != 'self')})"
    for keyword in keywords:
        if keyword not in needed:
            import difflib  # slow to import and seldom needed

            close = difflib.get_close_matches(keyword, sorted({*options, *needed}), n=1)
            known = f"the options are {', '.join(sorted(options))}"
            hint = f"did you mean {close[0]}?" if close else known
            raise ArgumentError(f"{name}() has no option {reprlib.repr(keyword)}; {hint}")
    by_position = needed[: len(arguments)]
    if len(arguments) > len(needed):
        raise ArgumentError(
            f"write {call}: options are given by name, as in limit=5 or **options.keywords(), "
            f"not {reprlib.repr(arguments[len(needed)])} alone"
        )
    for argument in needed:
        if argument in by_position and argument in keywords:
            raise ArgumentError(f"{argument} is given twice: write {call}")
        if argument not in by_position and argument not in keywords:
            raise ArgumentError(f"{name}() needs {argument}: write {call}")
