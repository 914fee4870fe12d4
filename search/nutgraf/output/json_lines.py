"""Hits as JSON Lines, for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nutgraf.output.style import HitWithContext, Style, records
from nutgraf.results.hits import Results

__all__ = ["answer_lines", "as_json", "hit_lines"]


def hit_lines(hits: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield a JSON object for each hit; see `Hit.to_dict`."""
    return (as_json(group.hit.to_dict(), style) for group in hits)


def answer_lines(answers: Iterable[tuple[str, int, Results]], style: Style) -> Iterator[str]:
    """Yield a JSON object for each hit of many queries; see `style.records`."""
    return (as_json(record, style) for record in records(answers))


def as_json(record: Mapping[str, Any], style: Style) -> str:
    """Return a record as one line of JSON."""
    return json.dumps(record, ensure_ascii=style.ascii_only)
