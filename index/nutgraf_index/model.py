"""Articles, their passages, and the roles of passages."""

import datetime
import os
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, dataclass_transform

from nutgraf_index.arguments import listed, whole_number
from nutgraf_index.errors import ArgumentError, ArticleError

if TYPE_CHECKING:
    from inspect import Signature
    from uuid import UUID

__all__ = [
    "HIDDEN_ROLES",
    "Anchor",
    "Article",
    "Mark",
    "MarkedArticle",
    "Passage",
    "Role",
    "Subtree",
    "Value",
    "article_name",
    "checked_id",
    "value_class",
    "with_values",
]

_Article = TypeVar("_Article", bound="Article")


class _Signature:
    """The signature of the constructor of a `Value`, which `inspect` asks for."""

    def __get__(self, _value: object, kind: "type[Value]") -> "Signature":
        if kind.__init__ is not Value.__init__:
            raise AttributeError("the constructor of this subclass has its own signature")
        return _signature_of(kind)


def _signature_of(kind: "type[Value]") -> "Signature":
    """Return the signature of a constructor that takes the fields of a class."""
    from inspect import Parameter, Signature  # not needed to make a value

    parameters = []
    for attribute in getattr(kind, "__dataclass_fields__", {}).values():  # `Value` has none
        default = attribute.default
        if attribute.default_factory is not MISSING:
            default = attribute.default_factory()
        how = Parameter.KEYWORD_ONLY if attribute.kw_only else Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(
            Parameter(
                attribute.name,
                how,
                default=Parameter.empty if default is MISSING else default,
                annotation=attribute.type,
            )
        )
    return Signature(parameters, return_annotation=None)


class Value:
    """A frozen dataclass that equals an object of its class with equal fields; see `value_class`.

    `dataclass` would compile the methods below anew for each class, whenever a command starts.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]
    __signature__: ClassVar[Any] = _Signature()
    _defaults: ClassVar[dict[str, Any]] = {}  # of its fields; `MISSING` for one without

    if not TYPE_CHECKING:  # type checkers know the methods that `value_class` stands for

        def __init__(self, *given: Any, **named: Any) -> None:
            values = {**self._defaults, **named}
            if given:
                names = self.__match_args__[: len(given)]
                if len(names) < len(given) or not named.keys().isdisjoint(names):
                    self._refuse(given, named)
                values.update(zip(names, given, strict=True))
            if len(values) > len(self._defaults):
                self._refuse(given, named)
            put = object.__setattr__
            for name, value in values.items():
                if value is MISSING:
                    factory = self.__dataclass_fields__[name].default_factory
                    if factory is MISSING:
                        self._refuse(given, named)
                    value = factory()
                put(self, name, value)
            self.__post_init__()

        def _refuse(self, given: tuple[Any, ...], named: dict[str, Any]) -> None:
            """Raise `TypeError` for arguments that the constructor does not take."""
            try:
                _signature_of(type(self)).bind(*given, **named)
            except TypeError as error:
                raise TypeError(f"{type(self).__name__}() cannot be made: {error}") from None

        def __setattr__(self, name: str, _value: object) -> None:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __post_init__(self) -> None:
        """Check and convert the values of a new object."""

    def __getstate__(self) -> list[Any]:
        return [getattr(self, name) for name in self.__dataclass_fields__]

    def __setstate__(self, state: list[Any]) -> None:
        for name, value in zip(self.__dataclass_fields__, state, strict=True):
            object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = [field.name for field in fields(self) if field.compare]
        return [getattr(self, name) for name in names] == [getattr(other, name) for name in names]

    def __hash__(self) -> int:
        hashed = [
            getattr(self, field.name)
            for field in fields(self)
            if (field.compare if field.hash is None else field.hash)
        ]
        return hash(tuple(hashed))

    def __repr__(self) -> str:
        values = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return f"{type(self).__qualname__}({', '.join(values)})"


class Role(StrEnum):
    r"""The role of a passage in its article.

    Queries filter by it (`role:lead`). A byline, a note, a credit, a link to another article and
    furniture are found only by a query that names their role.

    - HEADLINE: the headline; in plain text also a deck, a short line between headline and story.
    - BYLINE: who wrote the article.
    - LEAD: the first paragraph of the story.
    - BODY: any other paragraph.
    - SUBHEAD: the heading of the passages after it.
    - LIST: an item of a list.
    - NOTE: an editor's note, a date line, front matter, a header block, a comment.
    - CORRECTION: a correction or clarification.
    - CREDIT: who reported, edited or photographed; copyright.
    - RELATED: a link to another article.
    - CAPTION: the description of a picture, chart or video.
    - FURNITURE: what belongs to the page and not to the article, such as adverts and menus.

    >>> from nutgraf import Article, Role, split
    >>> memo = Article(id="memo", text="By Ann Lee\n\nOtters are back.")
    >>> [passage.role for passage in split(memo)]
    [<Role.BYLINE: 'byline'>, <Role.LEAD: 'lead'>]
    >>> Role("byline") == "byline"
    True
    """

    HEADLINE = "headline"
    BYLINE = "byline"
    LEAD = "lead"
    BODY = "body"
    SUBHEAD = "subhead"
    LIST = "list"
    NOTE = "note"
    CORRECTION = "correction"
    CREDIT = "credit"
    RELATED = "related"
    CAPTION = "caption"
    FURNITURE = "furniture"

    __hash__ = str.__hash__  # a role equals its text; the hash of `Enum` is far slower


# Stored and citable, but searched only by a query that names the role.
HIDDEN_ROLES = frozenset({Role.BYLINE, Role.NOTE, Role.CREDIT, Role.RELATED, Role.FURNITURE})


_Value = TypeVar("_Value", bound=Value)


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def value_class(*, kw_only: bool = False) -> Callable[[type[_Value]], type[_Value]]:
    """Return a decorator that makes a subclass of `Value` a frozen dataclass with slots.

    `dataclass` alone takes ten times as long to do so.
    """

    def make(kind: type[_Value]) -> type[_Value]:
        made = dataclass(
            init=False,
            eq=False,
            repr=False,
            slots=True,
            kw_only=kw_only,
            frozen=hasattr(kind, "__dataclass_params__"),  # as its base is
        )(kind)
        # So others make frozen subclasses of it with `dataclass`, and no other ones.
        made.__dataclass_params__.frozen = True  # type: ignore[attr-defined]
        made._defaults = {name: one.default for name, one in made.__dataclass_fields__.items()}
        return made

    return make


@value_class(kw_only=True)
class Article(Value):
    """A text with an id and its properties; an unknown property is empty.

    Values that can be read in one way only are converted: None becomes an empty property, a single
    author a tuple, a date ISO 8601 text, an id that is a number or UUID its text, and a `Path` its
    name. Raises `ArticleError` for any other value of a wrong type, and for a date that is none.

    Attributes:
        id: unique in an index, without white space at its ends.
        text: the whole text, which passages refer to by character offsets.
        title: the headline.
        authors: the names of the authors, in order.
        date: ISO 8601: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. A `date`, a `datetime`, and a text such
            as "Jan. 12, 2020" become that; time of day and time zone are dropped.
        place: the place the article was filed from.
        source: the agency or newspaper.
        language: the tag of its language, such as "de" or "pt-BR"; if it is empty, indexing detects
            the language.
        url: the address of the article on the web.
        path: the article's file, relative to the root it was read from; empty if a program made
            the article.
        line: the line of the file, from 1, in which the article begins (JSON, tables, exports of
            many articles); 0 if the text of the file is the article.
        format: "text" or "markdown"; it decides how the text is split into passages.
        encoding: the encoding of the file; empty if a program made the article.
        metadata: further properties of any name, as JSON values.

    >>> from datetime import datetime
    >>> from nutgraf import Article
    >>> article = Article(
    ...     id=7, text="Otters are back.", title=None, authors="Ann Lee", date=datetime(2020, 1, 10)
    ... )
    >>> article.id, article.title, article.authors, article.date
    ('7', '', ('Ann Lee',), '2020-01-10')
    """

    id: str
    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    place: str = ""
    source: str = ""
    language: str = ""
    url: str = ""
    path: str = ""
    line: int = 0
    format: str = "text"
    encoding: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)

    if TYPE_CHECKING:  # the constructor takes more types than the attributes have

        def __init__(
            self,
            *,
            id: str | int | UUID,
            text: str,
            title: str | None = "",
            authors: str | Iterable[str] | None = (),
            date: str | int | datetime.date | None = "",
            place: str | None = "",
            source: str | None = "",
            language: str | None = "",
            url: str | None = "",
            path: str | os.PathLike[str] | None = "",
            line: int | None = 0,
            format: str | None = "text",
            encoding: str | None = "",
            metadata: Mapping[str, Any] | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        are_texts = {*map(type, _PLAIN_TEXTS(self))} == {str}
        for name in _CONVERTED_TEXTS if are_texts else _CONVERTERS:
            value = getattr(self, name)
            converted = _CONVERTERS[name](value, name, self)
            if converted is not value:
                object.__setattr__(self, name, converted)


def with_values(article: _Article, **values: Any) -> _Article:
    """Return a copy of an article with other values, each of them as an article has it.

    `dataclasses.replace` checks and converts all values again, which takes several times as long.

    >>> with_values(Article(id="memo", text="Otters are back."), language="en").language
    'en'
    """
    copy = object.__new__(type(article))
    for name in article.__dataclass_fields__:
        object.__setattr__(copy, name, values[name] if name in values else getattr(article, name))
    return copy


def article_name(value: object) -> str:
    """Return the name of an article as text: its id, or the path of its file.

    Raises `ArgumentError` for any other value.
    """
    return checked_id(os.fspath(value) if isinstance(value, os.PathLike) else value)


def checked_id(value: object) -> str:
    """Return an id as text. Raises `ArgumentError` for a value that is no id."""
    id = _id_text(value)
    if id is None:
        raise ArgumentError(
            f"an article's id must be a text, a whole number or a UUID, not {reprlib.repr(value)}"
        )
    return id


def _id_text(value: object) -> str | None:
    """Return an id as text: a text, a whole number or a UUID; None for any other value."""
    if isinstance(value, str):
        return str(value)
    number = whole_number(value)
    if number is not None:
        return str(number)
    from uuid import UUID  # slow to import and seldom needed

    return str(value) if isinstance(value, UUID) else None


def _wrong(article: Article, name: str, needed: str, value: object) -> ArticleError:
    return ArticleError(
        f"the article {reprlib.repr(article.id)}: {name} must be {needed}, "
        f"not {reprlib.repr(value)}"
    )


def _id(value: object, name: str, article: Article) -> str:
    id = _id_text(value)
    if id is None:
        raise _wrong(article, name, "a text, a whole number or a UUID", value)
    return id


def _text(value: object, name: str, article: Article) -> str:
    if not isinstance(value, str):
        hint = ": decode it first" if isinstance(value, bytes | bytearray | memoryview) else ""
        raise _wrong(article, name, f"a text{hint}", value)
    return str(value)


def _optional_text(value: object, name: str, article: Article) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(article, name, "a text or None", value)
    return str(value)


def _authors(value: object, name: str, article: Article) -> tuple[str, ...]:
    if value is None or (type(value) is tuple and not value):
        return ()
    unordered = isinstance(value, set | frozenset | Mapping)
    if not unordered:
        names = listed(value)
        if all(isinstance(author, str) for author in names):
            return tuple(str(author) for author in names if author.strip())
    raise _wrong(article, name, "a name or a list of names", value)


def _date(value: object, name: str, article: Article) -> str:
    if value is None or (isinstance(value, str) and not value):
        return ""
    from nutgraf_index.dates import date_text  # not needed by articles without a date

    date = date_text(value)
    if date is None:
        form = "a date, a datetime or a text such as 2020-01-12, 2020-01 or 2020"
        raise _wrong(article, name, form, value)
    return date


def _path(value: object, name: str, article: Article) -> str:
    if isinstance(value, os.PathLike):
        file = _text(os.fspath(value), name, article)
        return file.replace(os.sep, "/")  # as files are stored
    return _optional_text(value, name, article)


def _line(value: object, name: str, article: Article) -> int:
    line = 0 if value is None else whole_number(value)
    if line is None or not 0 <= line < 1 << 31:
        raise _wrong(article, name, "a whole number, 0 or more", value)
    return line


def _format(value: object, name: str, article: Article) -> str:
    if value is None:
        return "text"
    if not isinstance(value, str) or value not in ("text", "markdown"):
        raise _wrong(article, name, '"text" or "markdown"', value)
    return str(value)


def _metadata(value: object, name: str, article: Article) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _wrong(article, name, "a mapping", value)
    for key in value:
        if not isinstance(key, str):
            raise _wrong(article, f"a key of {name}", "a text", key)
    return value


# Each returns the value that an article has for a given value. Raises `ArticleError`.
_CONVERTERS: dict[str, Callable[[Any, str, Article], Any]] = {
    **dict.fromkeys(Article.__dataclass_fields__, _optional_text),
    "id": _id,
    "text": _text,
    "authors": _authors,
    "date": _date,
    "path": _path,
    "line": _line,
    "format": _format,
    "metadata": _metadata,
}
_CONVERTED_TEXTS = ("authors", "date", "line", "format", "metadata")  # other texts stay
_PLAIN_TEXTS = attrgetter(*[name for name in _CONVERTERS if name not in _CONVERTED_TEXTS])


class Mark(NamedTuple):
    """A stretch of an article's text, `text[start:end]`, that is one passage.

    A file may know the borders of a passage without its role: `Mark(start, end)` is a paragraph,
    `Mark(start, end, level=2)` a heading and `Mark(start, end, item=True)` an item of a list. The
    passages around it then decide its role, as they do for a plain text.

    Attributes:
        start, end: its half-open offsets.
        role: its role, if the file states it; else None.
        level: the level of a heading, from 1; 0 for any other passage.
        item: whether it is an item of a list.
    """

    start: int
    end: int
    role: Role | None = None
    level: int = 0
    item: bool = False


class Anchor(NamedTuple):
    """A place in the file of an article: from this offset on, the text stands there.

    Attributes:
        start: the offset in the article's text.
        page: the page of the file, from 1; 0 if the file has no pages.
        element: the id of an element of a web page; empty for none. In a book, the file of the
            chapter, and `#` before the id.
    """

    start: int
    page: int = 0
    element: str = ""


@value_class(kw_only=True)
class MarkedArticle(Article):
    """An article whose file states what some parts of its text are, such as its headline.

    The text is a run of lines of the file, and `line` its first one. The marks are neither stored
    nor compared: only the splitting into passages needs them. The anchors are stored.

    Attributes:
        marks: in order, without overlaps; each without white space at its ends. The rest of the
            text is the story.
        anchors: in order, each at an offset of its own: where in the file the text stands.
        is_run: whether the text is a run of lines of the file, as above. Else all passages are at
            `line`.
    """

    marks: tuple[Mark, ...] = field(default=(), compare=False)
    anchors: tuple[Anchor, ...] = ()
    is_run: bool = field(default=True, compare=False)


class Passage(NamedTuple):
    """One paragraph of an article.

    Attributes:
        number: 1 for the article's first passage, in reading order; every block counts.
        role: the passage's role in the article.
        heading: the subhead it stands under; empty before the first subhead.
        start: the offset of its first character in the article's text.
        end: the offset after its last character.
        line: the line of the file, from 1, in which it starts.
        text: its text, `article.text[start:end]`.

    >>> from nutgraf import Article, split
    >>> article = Article(id="memo", text="  Otters are back.")
    >>> (passage,) = split(article)
    >>> passage.number, passage.start, article.text[passage.start : passage.end]
    (1, 2, 'Otters are back.')
    """

    number: int
    role: Role
    heading: str
    start: int
    end: int
    line: int
    text: str


class Subtree(NamedTuple):
    """An indexed file or folder: its path relative to a root, empty for the whole root.

    `location` is that of the index that has the root.
    """

    location: str
    root_name: str
    path: str
