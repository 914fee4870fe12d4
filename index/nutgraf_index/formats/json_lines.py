"""JSON Lines: each line is an article, a JSON object; unknown keys become metadata."""

import json
from collections.abc import Iterator
from itertools import chain

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode_in_pieces
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.properties.keys import article_of, kind

__all__ = ["read"]


def read(
    path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the article of each line; an article without id gets its line as id.

    Blank lines are counted and skipped. A large file of UTF-8 is decoded piece by piece. Raises
    `ArticleError` for binary data and for a file of blank lines only, `SourceError` for a large
    file that changes while it is read.
    """
    pieces, encoding = decode_in_pieces(data, options.encoding)
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
                yield _article(value, path, number, encoding, options)
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


def _article(value: object, path: str, line: int, encoding: str, options: ReadOptions) -> Article:
    """Return the article of a JSON value. Raises `ArticleError`."""
    if not isinstance(value, dict):
        raise ArticleError(f"an article must be a JSON object, not {kind(value)}")
    order = options.date_order
    return article_of(value, path=path, line=line, encoding=encoding, date_order=order)
