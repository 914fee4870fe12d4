"""JSON: articles in any shape, one object a line, in an array, in an object, or one alone."""

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.data.file_dates import file_date_order
from nutgraf_index.formats.data.json_scanner import DECODER, JsonError, JsonScanner
from nutgraf_index.formats.decoding.encodings import decode_in_pieces
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.properties.keys import (
    NO_TEXT,
    NoArticleError,
    article_of,
    has_text,
    is_article,
    kind,
    property_of,
)

__all__ = ["ARRAYS", "read"]

# The keys of the arrays of articles in an object, at its top or in an object within.
ARRAYS = (
    "articles", "data", "results", "items", "docs", "documents", "hits", "stories", "posts",
    "entries", "records", "rows", "news", "value",
)  # fmt: skip
_WITHIN = frozenset((*ARRAYS, "response", "result", "feed", "channel", "payload"))
_MOST_LEVELS = 4  # of objects around an array of articles
_PENDING = 1 << 23  # characters of an object that are read before it is known what it is
_LINES = re.compile(r"\.(?:jsonl|ndjson)\b", re.IGNORECASE)


class _Place(NamedTuple):
    """A value that may be an article.

    Attributes:
        value: the value.
        line: the line that it begins in.
        key: its key in an object of articles; empty elsewhere.
        number: its number, if that is not the number of values before it in the file and 1.
        alone: whether it is a whole file.
    """

    value: object
    line: int
    key: str = ""
    number: str = ""
    alone: bool = False


def read(
    path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a file; one without an id gets its number, or in JSON Lines its line.

    The only object of a .json file gets an empty id. A file of UTF-8 is read piece by piece. Raises
    `ArticleError` for binary data, for a file of blank lines, and for a file whose only object is
    no article, `SourceError` for a large file that changes while it is read.
    """
    pieces, encoding = decode_in_pieces(data, options.encoding)
    order = options.date_order or file_date_order(data, encoding)
    del data
    scanner = JsonScanner(pieces)
    if not scanner.peek():
        raise scanner.damage or ArticleError("empty")
    is_json_lines = _LINES.search(path) is not None
    in_lines = scanner.is_line(may_end=is_json_lines)
    places = _lines(scanner) if in_lines else _document(scanner, may_be_alone=not is_json_lines)
    others: list[Fault] = []  # of values that are no articles, before the first article
    is_other_data = True  # a file of other data has one reason, and not one for each of its values
    number = 0
    for place in places:
        entry: Article | Fault
        if isinstance(place, Fault):
            if scanner.damage:  # which tells why the text ends there
                break
            entry = place
            if is_other_data and not (others or in_lines or is_json_lines):
                raise ArticleError(f"{place.reason}, line {place.line}")
        else:
            number += 1
            id = "" if place.alone else place.key or place.number or str(number)
            try:
                entry = _article(place, path, encoding, options, order, id)
            except ArticleError as error:
                if place.alone:
                    raise
                entry = Fault.of(error, place.line)
                if is_other_data and isinstance(error, NoArticleError):
                    others.append(entry)
                    continue
        is_other_data = False
        yield from others
        others = []
        yield entry
    if scanner.damage:
        raise scanner.damage
    if others:
        raise ArticleError(others[0].reason)


def _article(
    place: _Place, path: str, encoding: str, options: ReadOptions, order: Any, id: str
) -> Article:
    """Return the article of a place. Raises `ArticleError`."""
    value = place.value
    if not isinstance(value, dict):
        raise NoArticleError(f"an article must be a JSON object, not {kind(value)}")
    if place.alone and not is_article(value):
        raise NoArticleError(NO_TEXT)
    return article_of(
        value,
        path=path,
        line=place.line,
        encoding=encoding,
        date_order=order,
        number=id,
        own_id=not place.alone,
        now=options.now,
    )


# JSON Lines


def _lines(scanner: JsonScanner) -> Iterator[_Place | Fault]:
    """Yield the values of a text that has one a line; a line that is not JSON is a fault."""
    first = scanner.line
    for number, line in enumerate(_split(scanner.rest()), start=first):
        if not line or line.isspace():
            continue
        try:
            value = DECODER.decode(line.lstrip("\x1e\ufeff"))
        except RecursionError:
            yield Fault("not JSON: nested too deeply", number)
        except ValueError as error:
            column = f" (column {error.colno})" if hasattr(error, "colno") else ""
            yield Fault(f"not JSON: {getattr(error, 'msg', error)}{column}", number)
        else:
            if isinstance(value, dict) and not has_text(value):
                document = _document(JsonScanner(iter([line]), number), may_be_alone=False)
                for count, place in enumerate(document, start=1):
                    within = isinstance(place, _Place) and place.value != value
                    number_within = f"{number}.{count}" if within else str(number)
                    yield (
                        place if isinstance(place, Fault) else place._replace(number=number_within)
                    )
            else:
                yield _Place(value, number, number=str(number))


def _split(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the lines of a text in pieces; a list of all lines could take too much memory."""
    unfinished: list[str] = []
    for piece in pieces:
        start = 0
        while (end := piece.find("\n", start)) >= 0:
            yield "".join([*unfinished, piece[start:end]])
            unfinished = []
            start = end + 1
        unfinished.append(piece[start:])
    yield "".join(unfinished)


# Other shapes


def _document(scanner: JsonScanner, *, may_be_alone: bool) -> Iterator[_Place | Fault]:
    """Yield what may be articles in a text: of arrays, of objects that hold them, or objects.

    `may_be_alone` is whether the only object of the text is its article.
    """
    has_value = False
    try:
        while sign := scanner.peek():
            if sign == ",":
                scanner.take()
                continue
            line = scanner.line
            if sign == "[":
                yield from _elements(scanner)
            elif sign == "{":
                value, places, streamed = yield from _object(scanner, scanner.offset)
                alone = may_be_alone and not has_value and not scanner.peek()
                if not streamed:
                    yield from _chosen(_Place(value, line, alone=alone), places)
            else:
                yield _Place(scanner.value(), line)
            has_value = True
    except JsonError as error:
        yield Fault(str(error), error.line)


def _elements(scanner: JsonScanner) -> Iterator[_Place]:
    """Yield the elements of an array."""
    scanner.take()
    while (sign := scanner.peek()) != "]":
        if not sign:
            raise scanner.error("the file ends within an array")
        if sign == ",":
            scanner.take()
            continue
        line = scanner.line
        yield _Place(scanner.value(), line)
    scanner.take()


def _object(
    scanner: JsonScanner, start: int, level: int = 0
) -> Generator[_Place, None, tuple[dict[str, Any], list[_Place], bool]]:
    """Return an object, what may be articles in it, and whether these were yielded already.

    They are yielded before the object is read to its end if it has no text and is too long to wait
    for the end. `start` is the offset at which the outermost object begins.
    """
    value: dict[str, Any] = {}
    places: list[_Place] = []
    streamed = False
    scanner.take()
    try:
        while (sign := scanner.peek()) != "}":
            if not sign:
                raise scanner.error("the file ends within an object")
            if sign == ",":
                scanner.take()
                continue
            line = scanner.line
            key = scanner.value()
            if not isinstance(key, str) or scanner.peek() != ":":
                raise scanner.error("Expecting a key and ':'")
            scanner.take()
            sign = scanner.peek()
            if sign == "[" and key.lower() in ARRAYS:
                kept: list[Any] = []
                for place in _elements(scanner):
                    if streamed or (scanner.offset - start > _PENDING and not has_text(value)):
                        yield from _of_arrays(places)
                        places, kept, streamed = [], [], True
                        yield place
                    else:
                        places.append(place)
                        kept.append(place.value)
                value[key] = kept
            elif sign == "{" and key.lower() in _WITHIN and level < _MOST_LEVELS:
                inner, within, inner_streamed = yield from _object(scanner, start, level + 1)
                value[key] = inner
                streamed = streamed or inner_streamed
                places += within or [_Place(inner, line, key)]
            else:
                value[key] = scanner.value()
                if isinstance(value[key], dict):
                    places.append(_Place(value[key], line, key))
                if len(places) > 1 and scanner.offset - start > _PENDING and not has_text(value):
                    yield from _of_map(places)
                    value, places, streamed = {}, [], True
    except JsonError:  # the file is damaged or cut off: what stands before counts
        if not has_text(value):
            is_map = not any(map(property_of, value.keys() - {place.key for place in places}))
            yield from _articles_in(places if is_map else [*_of_arrays(places)])
        raise
    scanner.take()
    if streamed:
        yield from _of_map(places)
        places = []
    return value, places, streamed


def _chosen(whole: _Place, places: list[_Place]) -> Iterator[_Place]:
    """Yield an object if it is an article, else the articles in it, else the object."""
    assert isinstance(whole.value, dict)
    if has_text(whole.value):
        yield whole
        return
    yield from [*_articles_in(places)] or [whole]


def _articles_in(places: list[_Place]) -> Iterator[_Place]:
    """Yield the elements of arrays if one is an article, else the articles under keys."""
    in_arrays = [*_of_arrays(places)]
    yield from in_arrays if any(map(_is_one, in_arrays)) else _of_map(places)


def _of_arrays(places: list[_Place]) -> Iterator[_Place]:
    """Yield the elements of arrays."""
    return (place for place in places if not place.key)


def _of_map(places: list[_Place]) -> Iterator[_Place]:
    """Yield the objects under keys that are articles."""
    return (place for place in places if place.key and _is_one(place))


def _is_one(place: _Place) -> bool:
    return isinstance(place.value, Mapping) and is_article(place.value, alone=False)
