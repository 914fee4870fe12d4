"""The options of a search: one value, made and checked at the door, and carried to who needs it."""

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
# The options that decide which passages match, but for `paths`.
COUNTED = ("require", "scope", "expand", "synonyms")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """How to search; the defaults are those of `search`.

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
    """How many hits are returned at most; with `group` how many articles."""

    offset: int = 0
    """How many hits are left out first; with `group` how many articles."""

    paths: Iterable[str | os.PathLike[str]] | None = None
    """Files and folders that alone are answered from; None for all."""

    require: Require = "any"
    """Which words must be there of those that stand side by side in the query."""

    scope: str = "passage"
    """Where the query must be true.

    In a "passage", in an "article", whose passages with any of its words are the hits, or in a
    "window:N" of N neighbouring passages.
    """

    sort: Sort = "score"
    """The order: best first, earliest "date" first, newest first, or by "path".

    Undated articles come last by date. What is equal in that is ordered by citation.
    """

    group: bool = False
    """Whether the hits are the best passages of the articles."""

    collapse: bool = True
    """Whether hits that say the same, or nearly, are one.

    Where the best of them stands the earliest is shown, or in another order than by score the
    first.
    """

    expand: bool = False
    """Whether words of the best passages are added to the query, which is searched again."""

    synonyms: SynonymSource | None = None
    """A file of synonyms, or a mapping of words to lists of others that will do as well."""

    explain: bool = False
    """Whether each hit has an `explanation` of its score."""

    def __post_init__(self) -> None:
        for name, value in (("limit", self.limit), ("offset", self.offset)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ArgumentError(f"{name} must be a whole number, 0 or more, not {value!r}")
        _ = self.window
        if self.sort not in _SORTS:
            known = ", ".join(f'"{one}"' for one in _SORTS)
            raise ArgumentError(f"sort must be one of {known}, not {self.sort!r}")
        check_require(self.require)
        if self.synonyms is not None:
            object.__setattr__(self, "synonyms", read_synonyms(self.synonyms))
        if self.paths is not None and not isinstance(self.paths, str | os.PathLike):
            object.__setattr__(self, "paths", tuple(self.paths))

    @property
    def window(self) -> int:
        """How many neighbouring passages answer together: 1 is each alone.

        Of an article with fewer all do.
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
        """Return the options as the keyword arguments that make them again; read files as read."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def rules(self) -> SynonymRules | None:
        """The synonyms as read; None for none."""
        return None if self.synonyms is None else read_synonyms(self.synonyms)


_DEFAULTS = SearchOptions()
_Options = ParamSpec("_Options")
_First = TypeVar("_First")
_Second = TypeVar("_Second")
_Result = TypeVar("_Result")
_Door = Callable[[_First, _Second, SearchOptions], _Result]
_Opened = Callable[Concatenate[_First, _Second, _Options], _Result]


def takes_options(
    make: Callable[_Options, SearchOptions],
) -> Callable[[_Door[_First, _Second, _Result]], _Opened[_First, _Second, _Options, _Result]]:
    """Let the callers of a function give its last parameter by the fields of `SearchOptions`."""
    names = {field.name for field in fields(SearchOptions)}

    def decorate(
        door: _Door[_First, _Second, _Result],
    ) -> _Opened[_First, _Second, _Options, _Result]:
        call: Callable[..., _Result] = door

        @wraps(door)
        def opened(*arguments: Any, **given: Any) -> _Result:
            chosen: dict[str, Any] = {name: given.pop(name) for name in names & given.keys()}
            options = SearchOptions(**chosen) if chosen else _DEFAULTS
            return call(*arguments, **given, options=options)

        signature = inspect.signature(door)
        *leading, _ = signature.parameters.values()
        parameters = [*leading, *inspect.signature(make).parameters.values()]
        opened.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        return opened

    return decorate
