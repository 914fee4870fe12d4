"""All that was read of an article: its properties, and the roles of its passages."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from nutgraf.output.control_characters import visible
from nutgraf.output.screen.direction import in_order
from nutgraf.output.screen.wrapping import columns, line_spans
from nutgraf.output.style import Style
from nutgraf_index.model import Article

__all__ = ["passage_lines", "property_lines", "property_record"]

_FIRST_WORDS = 60  # columns
_WIDEST_NAME = 20  # columns: the values of longer names are not aligned


def property_record(article: Article, roles: Iterable[str]) -> dict[str, Any]:
    """Return the properties of an article but its text, JSON-ready, and its passages by role.

    `roles` are the roles of its passages.
    """
    record = {field.name: getattr(article, field.name) for field in fields(Article)}
    del record["text"]
    record |= {"authors": list(article.authors), "metadata": dict(article.metadata)}
    return {**record, "passages": dict(Counter(roles))}


def property_lines(record: Mapping[str, Any], style: Style) -> Iterator[str]:
    """Yield the lines `name: value` of a record, aligned; empty values are shown, too."""
    rows = {name: _shown(value) for name, value in record.items() if type(value) is not dict}
    rows |= {f"metadata {key}": _shown(value) for key, value in record["metadata"].items()}
    roles = record["passages"]
    shown = ", ".join(f"{role} {count:,}" for role, count in roles.items())
    rows["passages"] = f"{sum(roles.values()):,} ({shown})"
    names = [f"{visible(name)}:" for name in rows]
    width = min(max(map(columns, names)), _WIDEST_NAME)
    for name, value in zip(names, rows.values(), strict=True):
        blanks = " " * (width - columns(name))
        yield f"{name}{blanks} {in_order(value, style, record.get('language'))}".rstrip()


def passage_lines(passages: Sequence[Any], style: Style, language: str) -> Iterator[str]:
    """Yield the number, the role and the first words of each passage."""
    width = max(len(passage.role) for passage in passages)
    for passage in passages:
        words = visible(" ".join(passage.text.split()))
        start, end = next(line_spans(words, _FIRST_WORDS), (0, 0))
        words = words[start:end] + " …" * (end < len(words))
        shown = in_order(words, style, language)
        yield f"{passage.number:>5}  {passage.role:<{width}}  {shown}"


def _shown(value: object) -> str:
    """Return a value as a line of text: names joined, other values than texts as JSON."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return visible(", ".join(value))
    return visible(json.dumps(value, ensure_ascii=False))
