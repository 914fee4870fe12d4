"""A query that found little to queries that ask for less: each changed in one place. Pure."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from nutgraf.query.leaves import words_of
from nutgraf.query.tree import Exact, Filter, Group, Leaf, Near, Node, Words
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.model import HIDDEN_ROLES

__all__ = ["Relaxed", "relaxations"]

_AnyNode = TypeVar("_AnyNode", bound=Node)
_UNCHANGED: Mapping[str, Any] = MappingProxyType({})


class Relaxed(NamedTuple):
    """A query that asks for less, in what, and the options of a search that change with it."""

    kind: str
    tree: Node
    options: Mapping[str, Any] = _UNCHANGED


def relaxations(tree: Node, analyzer: Analyzer, *, wider: bool = True) -> list[list[Relaxed]]:
    """Return how a query can ask for less, in steps: first what leaves the most of it standing.

    All words are kept, but may stand "apart" that were to stand in a row or near each other, or
    in passages of a "role" that is left out unless named, or, if that is `wider`, all over an
    "article". Then one condition is dropped: a
    "filter", an "exclusion" or a "word". Then "any" of the words will do.
    """
    group = tree if isinstance(tree, Group) else Group(should=(tree,))
    apart = tree.map(partial(_apart, analyzer=analyzer))
    kept = [Relaxed("apart", apart)] if apart != tree else []
    if next(tree.leaves(), None) and not any(one.field == "role" for one in tree.conditions()):
        kept += [
            Relaxed("role", group.replaced(filters=(*group.filters, Filter("role", role.value))))
            for role in sorted(HIDDEN_ROLES)
        ]
    if wider:
        kept.append(Relaxed("article", tree, {"scope": "article"}))
    dropped = [
        *(Relaxed("filter", group.replaced(filters=left)) for left in _less_one(group.filters)),
        *(Relaxed("exclusion", group.replaced(exclude=left)) for left in _less_one(group.exclude)),
        *(Relaxed("word", group.replaced(must=left)) for left in _less_one(group.must)),
    ]
    dropped = [one for one in dropped if _asks(one.tree)]
    chosen = (*group.must, *group.should)
    some = [Relaxed("any", group.replaced(must=(), should=chosen))]
    return [kept, dropped, some if group.must and len(chosen) > 1 else []]


def _apart(node: Node, analyzer: Analyzer) -> Node:
    """Return what wants the words of a node wherever they stand."""
    if isinstance(node, Near):
        return Group(must=tuple(dict.fromkeys(_choice(part) for part in node.parts)))
    if not isinstance(node, Words | Exact):
        return node
    tokens = analyzer.tokens(node.text)
    words = [words_of(node.text[token.start : token.end], analyzer) for token in tokens]
    different = tuple(dict.fromkeys(word for word in words if word is not None))
    if not different or (isinstance(node, Words) and len(tokens) == 1):
        return node
    return different[0] if len(different) == 1 else Group(must=different)


def _choice(part: tuple[Leaf, ...]) -> Node:
    return part[0] if len(part) == 1 else Group(should=part)


def _less_one(nodes: tuple[_AnyNode, ...]) -> list[tuple[_AnyNode, ...]]:
    """Return some nodes without each in turn."""
    return [nodes[:at] + nodes[at + 1 :] for at in range(len(nodes))]


def _asks(node: Node) -> bool:
    """Whether a query still asks for anything that a passage must be or have."""
    return isinstance(node, Group) and bool(node.must or node.should or node.filters)
