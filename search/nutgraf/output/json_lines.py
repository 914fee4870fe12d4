"""Hits as JSON Lines, for programs."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nutgraf.output.style import Answer, HitWithContext, Style

__all__ = ["answer_lines", "as_json", "hit_lines", "record_lines"]

# Characters that JSON leaves as they are, but which control a terminal or end a line for programs.
_ACTING = re.compile("[\x7f-\x9f\u2028\u2029]")
# The keys of a passage before or after a hit; all others are those of the hit.
_OF_NEIGHBOUR = ("citation", "number", "role", "heading", "line", "page", "start", "end", "text")


def hit_lines(hits: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield a JSON object for each hit; see `Hit.to_dict`.

    With `style.context` it has the keys `before` and `after`, the passages around it.
    """
    return (as_json(_record(group, style), style) for group in hits)


def answer_lines(answers: Iterable[Answer], style: Style) -> Iterator[str]:
    """Yield a JSON object for each hit of many queries, which begins with `query` and `rank`."""
    for answer in answers:
        for rank, group in enumerate(answer.hits, answer.first):
            record = {"query": answer.query, "rank": rank, **_record(group, style)}
            yield as_json(record, style)


def record_lines(records: Iterable[Mapping[str, Any]], style: Style) -> Iterator[str]:
    """Yield a JSON object for each record."""
    return (as_json(record, style) for record in records)


def as_json(record: Mapping[str, Any], style: Style) -> str:
    """Return a record as one line of JSON, whatever characters a program or a terminal acts on."""
    line = json.dumps(record, ensure_ascii=style.ascii_only)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _record(group: HitWithContext, style: Style) -> dict[str, Any]:
    context = {"before": group.before, "after": group.after} if style.context else {}
    return group.hit.to_dict() | {
        side: [{name: getattr(hit, name) for name in _OF_NEIGHBOUR} for hit in hits]
        for side, hits in context.items()
    }
