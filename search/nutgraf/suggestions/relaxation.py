"""Relaxation: variants of a query that require less. Pure."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from nutgraf.query.leaves import words_of
from nutgraf.query.tree import Filter, Group, Leaf, Near, Node, Signed, Words, Written, as_group
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.model import Role

__all__ = ["Relaxed", "relaxations"]

_AnyNode = TypeVar("_AnyNode", bound=Node)
_UNCHANGED: Mapping[str, Any] = MappingProxyType({})


class Relaxed(NamedTuple):
    """A relaxed query: the kind of the change, the tree, and the options that change with it."""

    kind: str
    tree: Node
    options: Mapping[str, Any] = _UNCHANGED


def relaxations(
    tree: Node, analyzer: Analyzer, *, wider: bool, roles: frozenset[Role]
) -> list[list[Relaxed]]:
    """Return the relaxations of a query in three steps, the smallest changes first.

    1. All words are kept: phrases and NEAR match "apart", hidden passages of a "role" among `roles`
       are searched, and, if `wider`, the words may stand anywhere in an "article".
    2. One condition is dropped: a "filter", an "exclusion" or a "word".
    3. Required words become optional: "any".
    """
    group = as_group(tree)
    apart = tree.map(partial(_apart, analyzer=analyzer))
    same_words = [Relaxed("apart", apart)] if apart != tree else []
    if not tree.restricts and not any(f.field == "role" for f in tree.conditions()):
        same_words += [
            Relaxed("role", group.replaced(filters=(*group.filters, Filter("role", role.value))))
            for role in sorted(roles)
        ]
    if wider:
        same_words.append(Relaxed("article", tree, {"scope": "article"}))
    one_less = [
        *(Relaxed("filter", group.replaced(filters=rest)) for rest in _less_one(group.filters)),
        *(Relaxed("exclusion", group.replaced(exclude=rest)) for rest in _less_one(group.exclude)),
        *(Relaxed("word", group.replaced(must=rest)) for rest in _less_one(group.must)),
    ]
    one_less = [relaxed for relaxed in one_less if _has_conditions(relaxed.tree)]
    choices = (*group.must, *group.should)
    any_word = [Relaxed("any", group.replaced(must=(), should=choices))]
    return [same_words, one_less, any_word if group.must and len(choices) > 1 else []]


def _apart(node: Node, analyzer: Analyzer) -> Node:
    """Return a node that matches the words of a phrase or NEAR wherever they stand."""
    if isinstance(node, Near):
        return Group(must=tuple(dict.fromkeys(_choice(part) for part in node.parts)))
    if not isinstance(node, Words | Written):
        return node
    if isinstance(node, Signed) and not node.needs_signs:
        return node  # a diagnostic tells of the word without its sign
    row, tokens = analyzer.row(node.text), analyzer.tokens(node.text)
    spans = [
        (tokens[look.distance].start, tokens[look.distance + look.length - 1].end) for look in row
    ]
    words = [words_of(node.text[start:end], analyzer) for start, end in spans]
    distinct = tuple(dict.fromkeys(word for word in words if word is not None))
    if not distinct or (isinstance(node, Words) and len(row) == 1):
        return node
    return distinct[0] if len(distinct) == 1 else Group(must=distinct)


def _choice(part: tuple[Leaf, ...]) -> Node:
    return part[0] if len(part) == 1 else Group(should=part)


def _less_one(nodes: tuple[_AnyNode, ...]) -> list[tuple[_AnyNode, ...]]:
    """Return the nodes without the first, without the second, and so on."""
    return [nodes[:i] + nodes[i + 1 :] for i in range(len(nodes))]


def _has_conditions(node: Node) -> bool:
    """Whether a query still has words or filters, and not exclusions alone."""
    return isinstance(node, Group) and bool(node.must or node.should or node.filters)
