"""The query tree: what a query was understood to ask. Values only; `str()` prints the syntax."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Filter", "Group", "Node", "Phrase", "Prefix", "Word", "leaves"]

_PLAIN_VALUE = re.compile(r'[^\s"“”()]+')


@dataclass(frozen=True, slots=True)
class Word:
    """A word, matched by its stem; if it has parts (multi-agent), they stand in a row."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so, unstemmed; parts before the last stand in a row before it."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the passage or its article, without weight in the ranking."""

    field: str
    value: str

    def __str__(self) -> str:
        value = self.value if _PLAIN_VALUE.fullmatch(self.value) else f'"{self.value}"'
        return f"{self.field}:{value}"


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined.

    True where all of `must` and `filters` are, none of `exclude` is, and, unless there is a
    `must`, at least one of `should` if there are any.
    """

    must: "tuple[Node, ...]" = ()
    should: "tuple[Node, ...]" = ()
    exclude: "tuple[Node, ...]" = ()
    filters: tuple[Filter, ...] = ()

    def __str__(self) -> str:
        if len(self.must) > 1 and not (self.should or self.exclude or self.filters):
            return " AND ".join(map(_operand, self.must))
        # Side by side a filter would restrict; as one of several ways to match it needs OR.
        either = any(isinstance(node, Filter) for node in self.should)
        should = (" OR " if either else " ").join(map(_operand, self.should))
        alone = not (self.must or self.exclude or self.filters)
        parts = [f"+{_operand(node)}" for node in self.must]
        parts += [f"({should})" if either and not alone else should] if should else []
        parts += map(str, self.filters)
        parts += [f"-{_operand(node)}" for node in self.exclude]
        return " ".join(parts)


Node = Word | Phrase | Prefix | Filter | Group


def _operand(node: Node) -> str:
    return f"({node})" if isinstance(node, Group) else str(node)


def leaves(node: Node) -> Iterator[Word | Phrase | Prefix]:
    """Yield the words, phrases and prefixes that can make a passage match, none excluded."""
    if isinstance(node, Group):
        for part in (*node.must, *node.should):
            yield from leaves(part)
    elif not isinstance(node, Filter):
        yield node
