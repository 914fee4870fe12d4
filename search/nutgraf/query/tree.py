"""The query tree: what a query was understood to ask. Values only; `str()` prints the syntax.

The texts of leaves are settled: cut to their words, so that printed they are read as the same.
"""

import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar

__all__ = [
    "Boost",
    "Exact",
    "Filter",
    "Fuzzy",
    "Group",
    "Leaf",
    "MultiTerm",
    "Near",
    "Node",
    "Pattern",
    "Words",
]

# Compiled when first used: few commands do.
_PLAIN_VALUE = r'[^\s"“”()*?~^]+'
_PLAIN_WORD = r'(?s)(?!(?:AND|OR|NOT|(?:NEAR|ADJ)(?:/.*)?)$)[^\s"“”():*?~^+=-][^\s"“”():*?~^]*'
_AnyNode = TypeVar("_AnyNode", bound="Node")
_set = object.__setattr__  # for a node that is being made; one that is made does not change


class Node:
    """A node of a query tree: an immutable value, equal to others of its class with equal fields.

    No dataclass: to generate the methods of each takes a command longer than to search.
    """

    __slots__ = ()
    _names: ClassVar[tuple[str, ...]] = ()  # of the fields, as the class annotates them
    _key: ClassVar[Any]  # returns the class of a node and the values of its fields

    def __init_subclass__(cls) -> None:
        cls._names = (*cls._names, *cls.__annotations__)
        cls._key = attrgetter("__class__", *cls._names)

    def replaced(self: _AnyNode, **values: Any) -> _AnyNode:
        """Return a copy of the node with these fields changed."""
        return type(self)(**{name: getattr(self, name) for name in self._names} | values)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and bool(self._key(self) == self._key(other))

    def __hash__(self) -> int:
        return hash(self._key(self))

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__name__}({', '.join(values)})"

    def __reduce__(self) -> tuple[Any, ...]:
        kind, *values = self._key(self)
        return kind, tuple(values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a node of a query does not change: {name!r} cannot be set")

    def children(self, *, excluded: bool = False) -> "tuple[Node, ...]":
        """Return the nodes that it joins, in the order of the query; the excluded ones if asked."""
        return ()

    def map(self, change: "Callable[[Node], Node]") -> "Node":
        """Return the tree with each leaf, NEAR and filter changed, but for those excluded."""
        return change(self)

    def walk(self, *, excluded: bool = False) -> "Iterator[Node]":
        """Yield the node and all below it, in the order of the query; see `children`."""
        yield self
        for child in self.children(excluded=excluded):
            yield from child.walk(excluded=excluded)

    def leaves(self) -> "Iterator[Leaf]":
        """Yield the leaves that can make a passage match, in the order of the query."""
        return (node for node in self.walk() if isinstance(node, Leaf))

    def conditions(self) -> "Iterator[Filter]":
        """Yield the filters, none that is excluded."""
        return (node for node in self.walk() if isinstance(node, Filter))


class Leaf(Node):
    """A node that stands for words of a passage; `text` prints them."""

    __slots__ = ("text",)
    text: str

    def __init__(self, text: str) -> None:
        _set(self, "text", text)

    def walk(self, *, excluded: bool = False) -> "Iterator[Node]":
        """Yield the node alone; see `Node.walk`."""
        yield self


class Words(Leaf):
    """Words in a row, each matched by its stem; most often it is one.

    What can be printed only in quotes is `quoted`.
    """

    __slots__ = ("quoted",)
    quoted: bool

    def __init__(self, text: str, quoted: bool = False) -> None:
        _set(self, "text", text)
        # Most are letters alone, which are no operator if one is small.
        plain = (text.isalnum() and not text.isupper()) or re.fullmatch(_PLAIN_WORD, text)
        _set(self, "quoted", quoted or not plain)

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text


class Exact(Leaf):
    """Words in a row as they are written: case, accents and ending."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"={Words(self.text)}"


class MultiTerm(Leaf):
    """A leaf that stands for many terms; several words, joined by hyphens, stand in a row."""

    __slots__ = ()

    @property
    def words(self) -> list[str]:
        """The folded words, or the patterns of words, of the query."""
        return self.text.split("-")

    def __str__(self) -> str:
        return self.text


class Pattern(MultiTerm):
    """A folded word of which parts are left open: `*` is any characters, `?` is one.

    Of several, those without a sign are whole words.
    """

    __slots__ = ()


class Fuzzy(MultiTerm):
    """A folded word that may be written otherwise, up to `edits` characters, 1 or 2.

    An edit is a character more, less or changed, or two neighbours changed round. Of several, each
    may be written otherwise.
    """

    __slots__ = ("edits",)
    edits: int

    def __init__(self, text: str, edits: int) -> None:
        _set(self, "text", text)
        _set(self, "edits", edits)

    def __str__(self) -> str:
        return f"{self.text}~{self.edits if self.edits > 1 else ''}"


class Near(Node):
    """Parts of which each stands apart, and all together within a stretch of the passage.

    Each part is a leaf, or one of several. At most `slop` words of the stretch are none of theirs;
    if `ordered`, the parts stand in the order given.
    """

    __slots__ = ("ordered", "parts", "slop")
    parts: tuple[tuple[Leaf, ...], ...]
    slop: int
    ordered: bool

    def __init__(self, parts: tuple[tuple[Leaf, ...], ...], slop: int, ordered: bool) -> None:
        _set(self, "parts", parts)
        _set(self, "slop", slop)
        _set(self, "ordered", ordered)

    def children(self, *, excluded: bool = False) -> tuple[Node, ...]:
        """Return the leaves of all parts."""
        return tuple(leaf for part in self.parts for leaf in part)

    @property
    def is_phrase(self) -> bool:
        """Whether it is words in order, each one of one part: said as a phrase with ~."""
        return self.ordered and all(
            len(part) == 1 and isinstance(part[0], Words) and " " not in part[0].text
            for part in self.parts
        )

    def __str__(self) -> str:
        if self.is_phrase:
            return f'"{" ".join(part[0].text for part in self.parts)}"~{self.slop}'
        parts = (
            f"({' '.join(map(str, part))})" if len(part) > 1 else str(part[0])
            for part in self.parts
        )
        return f" {'ADJ' if self.ordered else 'NEAR'}/{self.slop} ".join(parts)


class Boost(Node):
    """A node that counts `factor` times as much in the ranking."""

    __slots__ = ("factor", "node")
    node: Node
    factor: float

    def __init__(self, node: Node, factor: float) -> None:
        _set(self, "node", node)
        _set(self, "factor", factor)

    def children(self, *, excluded: bool = False) -> tuple[Node, ...]:
        """Return the node that counts so."""
        return (self.node,)

    def map(self, change: Callable[[Node], Node]) -> Node:
        """Return the same of the node changed."""
        return Boost(self.node.map(change), self.factor)

    def __str__(self) -> str:
        node = self.node
        together = not (isinstance(node, Boost) or (isinstance(node, Near) and not node.is_phrase))
        return f"{_operand(node) if together else f'({node})'}^{self.factor:.7g}"


class Filter(Node):
    """A condition on the passage or its article, without weight in the ranking."""

    __slots__ = ("field", "value")
    field: str
    value: str

    def __init__(self, field: str, value: str) -> None:
        _set(self, "field", field)
        _set(self, "value", value)

    def __str__(self) -> str:
        value = self.value if re.fullmatch(_PLAIN_VALUE, self.value) else f'"{self.value}"'
        return f"{self.field}:{value}"


class Group(Node):
    """Conditions joined.

    True where all of `must` and `filters` are, none of `exclude` is, and, unless there is a
    `must`, at least one of `should` if there are any.
    """

    __slots__ = ("exclude", "filters", "must", "should")
    must: tuple[Node, ...]
    should: tuple[Node, ...]
    exclude: tuple[Node, ...]
    filters: tuple[Filter, ...]

    def __init__(
        self,
        must: tuple[Node, ...] = (),
        should: tuple[Node, ...] = (),
        exclude: tuple[Node, ...] = (),
        filters: tuple[Filter, ...] = (),
    ) -> None:
        _set(self, "must", must)
        _set(self, "should", should)
        _set(self, "exclude", exclude)
        _set(self, "filters", filters)

    def children(self, *, excluded: bool = False) -> tuple[Node, ...]:
        """Return what is joined, required nodes first; excluded nodes last, if asked."""
        wanted = (*self.must, *self.should, *self.filters)
        return (*wanted, *self.exclude) if excluded else wanted

    def map(self, change: Callable[[Node], Node]) -> Node:
        """Return the group with what it joins changed; a filter only to another filter."""
        must, should = (tuple(n.map(change) for n in part) for part in (self.must, self.should))
        filters = tuple(n for n in map(change, self.filters) if isinstance(n, Filter))
        return Group(must, should, self.exclude, filters)

    @property
    def is_choice(self) -> bool:
        """Whether it is nothing but a choice of others."""
        return not (self.must or self.exclude or self.filters)

    def __str__(self) -> str:
        if len(self.must) > 1 and not (self.should or self.exclude or self.filters):
            return " AND ".join(map(_operand, self.must))
        # Side by side a filter would restrict; as one of several ways to match it needs OR.
        either = any(isinstance(node, Filter) for node in self.should)
        should = (" OR " if either else " ").join(map(_operand, self.should))
        parts = [f"+{_operand(node)}" for node in self.must]
        parts += [f"({should})" if either and not self.is_choice else should] if should else []
        parts += map(str, self.filters)
        parts += [f"-{_operand(node)}" for node in self.exclude]
        return " ".join(parts)


def _operand(node: Node) -> str:
    return f"({node})" if isinstance(node, Group) else str(node)
