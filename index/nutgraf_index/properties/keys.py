"""The table of key names, and the article that the values of keys make.

Front matter, header blocks, JSON, tables and exports name the same properties by different keys.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import ArticleError
from nutgraf_index.model import Article
from nutgraf_index.names import printable

__all__ = ["KEYS", "article_of", "kind"]

# Texts of an article that are converted, or known from the file; `_TEXTS` are copied as they are.
_CONVERTED = {"id", "text", "title", "date", "path", "format", "encoding"}
_TEXTS = [f.name for f in fields(Article) if f.type is str and f.name not in _CONVERTED]
KEYS = ("id", "title", "date", "authors", *_TEXTS)  # all but the text


def article_of(
    values: Mapping[str, object],
    *,
    path: str,
    line: int = 0,
    encoding: str = "",
    text: str | None = None,
    format: str = "text",
    date_order: str = "",
) -> Article:
    """Return the article that has the values of some keys.

    An article without id gets `line` as id. Unknown keys become metadata. `text` is the text of
    the article if no key has it; `date_order` is "dmy", "mdy" or "", as in `ReadOptions`; the other
    arguments are properties of `Article`. Raises `ArticleError` if the values make no article.
    """
    rest = dict(values)
    title = _text(rest, "title")
    # A newsflash may be a headline only: then the title is its text.
    text = (_text(rest, "text") or title) if text is None else text
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
        format=format,
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
    raise ArticleError(f'"{key}" must be a text, not {kind(value)}')


def _names(value: object) -> tuple[str, ...]:
    """Return the authors from a text or a list of texts, without blank names."""
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return tuple(name for name in names if name.strip())
    raise ArticleError(f'"authors" must be a text or a list of texts, not {kind(value)}')


def kind(value: object) -> str:
    """Return the type of a JSON value as messages name it."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "null" if value is None else "a number")
