"""The options of a search: one immutable value, checked when it is made."""

import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, get_args

from nutgraf.query.parser import Require, check_require
from nutgraf.query.synonym_rules import SynonymRules, SynonymSource, read_synonyms
from nutgraf_index.errors import ArgumentError

__all__ = ["COUNTED", "Require", "SearchOptions", "Sort", "takes_options"]

Sort = Literal["score", "date", "-date", "path"]
_SORTS = get_args(Sort)
_WINDOW = r"window:([1-9][0-9]{0,17})"
# The options, besides `paths`, that decide which passages match.
COUNTED = ("require", "scope", "expand", "synonyms")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
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

    limit: int = 10
    """The maximum number of hits (with `group`, of articles), 0 or more; 10 by default."""

    offset: int = 0
    """The number of hits to skip (with `group`, of articles), 0 or more; 0 by default."""

    paths: Iterable[str | os.PathLike[str]] | None = None
    """Files and folders to search. None, the default, searches the whole index."""

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

    scope: str = "passage"
    """The text in which the whole query must be true; "passage" by default.

    "article" and "window:N" (N neighbouring passages of an article, N at least 1) let the words
    stand in different passages. Then each passage of that text that has any of the words is a hit.
    """

    sort: Sort = "score"
    """The order of the hits; "score" by default, the highest first.

    "date" has the earliest article first, "-date" the latest; articles without a date come last in
    both. "path" is the order of the files' paths. Ties are ordered by citation.
    """

    group: bool = False
    """Whether to return only the passage with the highest score of each article; False by default.

    `hit.more` is then the number of other passages of the article that match.
    """

    collapse: bool = True
    """Whether to return near-duplicates as one hit; True by default.

    Sorted by score, the hit is the passage of the earliest article, at the rank of the passage with
    the highest score; in other orders it is the first passage. `hit.near_duplicates` counts and
    cites the rest.
    """

    expand: bool = False
    """Whether to add up to 20 words of the 10 best passages to the query; False by default.

    This is relevance feedback (RM3). It finds more passages, and takes two searches.
    """

    synonyms: SynonymSource | None = None
    """A file of synonyms, or a mapping from a word to a list of its synonyms; None by default.

    A synonym matches like the word itself, with 0.7 of the boost of the word.
    """

    explain: bool = False
    """Whether each hit has an `explanation` of its score; False by default."""

    def __post_init__(self) -> None:
        for name, value in (("limit", self.limit), ("offset", self.offset)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ArgumentError(f"{name} must be a whole number, 0 or more, not {value!r}")
        _ = self.window
        if self.sort not in _SORTS:
            choices = ", ".join(f'"{sort}"' for sort in _SORTS)
            raise ArgumentError(f"sort must be one of {choices}, not {self.sort!r}")
        check_require(self.require)
        if self.synonyms is not None:
            object.__setattr__(self, "synonyms", read_synonyms(self.synonyms))
        if self.paths is not None and not isinstance(self.paths, str | os.PathLike):
            object.__setattr__(self, "paths", tuple(self.paths))

    @property
    def window(self) -> int:
        """The number of neighbouring passages in which the query must be true, at least 1.

        For the scope "article" it is `sys.maxsize`.
        """
        if self.scope == "passage":
            return 1
        if self.scope == "article":
            return sys.maxsize
        window = re.fullmatch(_WINDOW, self.scope) if isinstance(self.scope, str) else None
        if window is None:
            raise ArgumentError(
                'scope must be "passage", "article" or "window:N" with a whole number N, 1 or '
                f"more, not {self.scope!r}"
            )
        return int(window[1])

    def keywords(self) -> dict[str, Any]:
        """Return the options as keyword arguments; synonyms are the rules as read from the file."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def rules(self) -> SynonymRules | None:
        """The rules of `synonyms`; None without synonyms."""
        return None if self.synonyms is None else read_synonyms(self.synonyms)


_DEFAULTS = SearchOptions()
_Options = ParamSpec("_Options")
_First = TypeVar("_First")
_Second = TypeVar("_Second")
_Result = TypeVar("_Result")
_Function = Callable[[_First, _Second, SearchOptions], _Result]
_Wrapper = Callable[Concatenate[_First, _Second, _Options], _Result]


def takes_options(
    make: Callable[_Options, SearchOptions],
) -> Callable[[_Function[_First, _Second, _Result]], _Wrapper[_First, _Second, _Options, _Result]]:
    """Decorate a function so that callers pass the fields of `SearchOptions` as keyword arguments.

    The function itself gets one `SearchOptions` as its last parameter, `options`. `make` is
    `SearchOptions`; its parameters join the signature that type checkers and `help()` show.
    """
    names = {field.name for field in fields(SearchOptions)}

    def decorate(
        function: _Function[_First, _Second, _Result],
    ) -> _Wrapper[_First, _Second, _Options, _Result]:
        call: Callable[..., _Result] = function

        @wraps(function)
        def wrapper(*arguments: Any, **keywords: Any) -> _Result:
            values: dict[str, Any] = {name: keywords.pop(name) for name in names & keywords.keys()}
            options = SearchOptions(**values) if values else _DEFAULTS
            return call(*arguments, **keywords, options=options)

        signature = inspect.signature(function)
        *leading, _ = signature.parameters.values()
        parameters = [*leading, *inspect.signature(make).parameters.values()]
        wrapper.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        return wrapper

    return decorate
