"""JSON Lines: each line is an article, a JSON object; unknown keys become metadata."""

import json
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from typing import Any

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.encodings import decode_in_pieces
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.large_file import LargeFile
from nutgraf_index.model import Article
from nutgraf_index.names import printable

__all__ = ["KEYS", "read"]

# Texts of an article that are converted, or known from the file; `_TEXTS` are copied as they are.
_CONVERTED = {"id", "text", "title", "date", "path", "format", "encoding"}
_TEXTS = [f.name for f in fields(Article) if f.type is str and f.name not in _CONVERTED]
KEYS = ("id", "title", "date", "authors", *_TEXTS)  # all but the text


def read(path: str, data: bytes | LargeFile, encoding: str = "") -> Iterator[Article | Fault]:
    """Yield the article of each line; an article without id gets its line as id.

    Blank lines are counted and skipped. A large file of UTF-8 is decoded piece by piece. Raises
    `ArticleError` for binary data and for a file of blank lines only, `SourceError` for a large
    file that changes while it is read.
    """
    pieces, encoding = decode_in_pieces(data, encoding)
    del data
    empty = True
    for number, line in enumerate(chain.from_iterable(map(_lines, pieces)), start=1):
        if not line.strip():
            continue
        empty = False
        try:
            value = _DECODER.decode(line)
        except RecursionError:
            yield Fault("not JSON that can be read: nested too deeply", number)
        except ValueError as error:
            column = f" (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
            yield Fault(f"not JSON: {getattr(error, 'msg', error)}{column}", number)
        else:
            try:
                yield _article(value, path, number, encoding)
            except ArticleError as error:
                yield Fault(str(error), number)
    if empty:
        raise ArticleError("empty")


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; a list of all lines could take too much memory."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON value")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _article(value: object, path: str, line: int, encoding: str) -> Article:
    """Return the article of a JSON value. Raises `ArticleError`."""
    if not isinstance(value, dict):
        raise ArticleError(f"an article must be a JSON object, not {_kind(value)}")
    rest = dict(value)
    title = _text(rest, "title")
    # A newsflash may be a headline only: then the title is its text.
    text = _text(rest, "text") or title
    if not text.strip():
        raise ArticleError('no "text" in it')
    if any(type(value) is not str for value in rest.values()):
        try:
            json.dumps(rest, allow_nan=False)
        except ValueError:
            raise ArticleError("a number in it is too large to be stored") from None
    date_text = _text(rest, "date")
    date = iso_date(date_text) or ""
    if date_text and not date:
        rest["date"] = date_text
    return Article(
        id=printable(_text(rest, "id")).strip() or str(line),
        text=text,
        title="" if title == text else title,
        authors=_names(rest.pop("authors", None)),
        date=date,
        path=path,
        line=line,
        encoding=encoding,
        metadata=rest,
        **{name: _text(rest, name) for name in _TEXTS},
    )


def _text(rest: dict[str, Any], key: str) -> str:
    """Remove a key from an object and return its text; a number becomes its digits."""
    value = rest.pop(key, None)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ArticleError(f'"{key}" must be a text, not {_kind(value)}')


def _names(value: object) -> tuple[str, ...]:
    """Return the authors from a text or a list of texts, without blank names."""
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return tuple(name for name in names if name.strip())
    raise ArticleError(f'"authors" must be a text or a list of texts, not {_kind(value)}')


def _kind(value: object) -> str:
    """Return the type of a JSON value as messages name it."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "null" if value is None else "a number")
