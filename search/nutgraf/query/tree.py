"""The query tree. Its nodes are immutable values; `str()` prints a node in the query syntax.

Parsing a printed tree gives an equal tree, because the texts of leaves are normalised; see
`leaves.py`.
"""

import re
from collections.abc import Callable
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, NoReturn, TypeGuard, TypeVar

from nutgraf.query.lexer import EXCLUDES, may_have_own_sign

__all__ = [
    "Beside",
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
    "Signed",
    "Words",
    "Written",
    "as_group",
    "is_word",
    "marked_leaves",
]

# Compiled on first use: few commands need them.
_PLAIN_VALUE = r'[^\s"“”()*?~^]+'
_SYNTAX = r'\s"“”„‟«»‹›「」『』《》〝〞＂():*?~^\[\]{}|\\<>#%$'
# Operators of other products, see `other_syntax/operators.py`.
_OTHER = (
    r"ANDNOT|(?i:near|adj|pre|onear)\d{1,2}|(?i:date|year)=.*"
    r"|(?i:near|within|around|adj|pre|onear|next|before|[wnp]?)/\d+"
)
_PLAIN_WORD = (
    rf"(?s)(?!(?:AND|OR|NOT|(?:NEAR|ADJ)(?:/.*)?|{_OTHER})$)"
    rf"[^{_SYNTAX}+={EXCLUDES}-][^{_SYNTAX}]*"
)
_SIGNS = "#%$"  # signs of other products, and of words: see `analysis/signs.py`
_PLAIN_SIGNED = _PLAIN_WORD.replace(_SYNTAX, _SYNTAX.removesuffix(_SIGNS))
_TAG = r"[#@＃＠﹟﹫]\w*[^\W\d_]"  # it has a letter: #1 is a number
_AnyNode = TypeVar("_AnyNode", bound="Node")
_set = object.__setattr__  # for constructors only: nodes are immutable


class Node:
    """A node of a query tree: an immutable value, equal to nodes of its class with equal fields.

    Nodes are not dataclasses, because generating the methods of a dataclass takes longer than a
    search.
    """

    __slots__ = ()
    _names: ClassVar[tuple[str, ...]] = ()  # the names of the fields that the class annotates
    _key: ClassVar[Any]  # returns the class of a node and the values of its fields

    def __init_subclass__(cls) -> None:
        cls._names = (*cls._names, *cls.__annotations__)
        cls._key = attrgetter("__class__", *cls._names)

    def replaced(self: _AnyNode, **values: Any) -> _AnyNode:
        """Return a copy of the node with the given fields replaced."""
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
        raise AttributeError(f"a node of a query is immutable: {name!r} cannot be set")

    def children(self, *, excluded: bool = False) -> "tuple[Node, ...]":
        """Return the child nodes in the order of the query; with `excluded`, excluded nodes too."""
        return ()

    def map(self, change: "Callable[[Node], Node]", *, excluded: bool = False) -> "Node":
        """Return the tree with `change` applied to each leaf, NEAR and filter; see `children`."""
        return change(self)

    def walk(self, *, excluded: bool = False) -> "list[Node]":
        """Return the node and its descendants in the order of the query; see `children`."""
        nodes = [self]
        for child in self.children(excluded=excluded):
            nodes += (child,) if isinstance(child, Leaf) else child.walk(excluded=excluded)
        return nodes

    def leaves(self) -> "list[Leaf]":
        """Return the leaves that are not excluded, in the order of the query."""
        leaves: list[Leaf] = []
        for child in self.children():
            leaves += (child,) if isinstance(child, Leaf) else child.leaves()
        return leaves

    @property
    def restricts(self) -> bool:
        """Whether the node has no leaves, except excluded ones: it only restricts what matches."""
        return not self.leaves()

    def conditions(self) -> "list[Filter]":
        """Return the filters that are not excluded."""
        return [node for node in self.walk() if isinstance(node, Filter)]


class Leaf(Node):
    """A node that matches words of a passage; `text` is the words as printed."""

    __slots__ = ("text",)
    text: str

    def __init__(self, text: str) -> None:
        _set(self, "text", text)

    def __hash__(self) -> int:
        return hash(self.text)

    def leaves(self) -> "list[Leaf]":
        """Return the leaf itself."""
        return [self]


class Words(Leaf):
    """One or more words in a row, each matched by its stem.

    `quoted` is true for words in quotes, and for text that would be read as syntax without quotes.
    """

    __slots__ = ("quoted",)
    quoted: bool

    def __init__(self, text: str, quoted: bool = False) -> None:
        _set(self, "text", text)
        if not quoted:
            # The usual text is letters, and can be an operator only if it is all in capitals.
            is_usual = text.isalpha() and not text.isupper()
            quoted = not (is_usual or re.fullmatch(_PLAIN_WORD, text))
        _set(self, "quoted", quoted)

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text


class Written(Leaf):
    """One or more words in a row of which the index finds more than match: the text decides."""

    __slots__ = ()


class Exact(Written):
    """One or more words in a row, matched as written: case, accents, ending and signs."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"={Signed(self.text)}"


class Signed(Written):
    """One or more words in a row, at least one of them with a sign: C++, 50%, #tag.

    A word with a sign is matched with its sign, whatever its case and accents; any other word by
    its stem. `quoted` is true for words in quotes, and for text that would be read as syntax
    without quotes.
    """

    __slots__ = ("quoted",)
    quoted: bool

    def __init__(self, text: str, quoted: bool = False) -> None:
        _set(self, "text", text)
        _set(self, "quoted", quoted or not re.fullmatch(_PLAIN_SIGNED, text))

    @property
    def needs_signs(self) -> bool:
        """Whether passages without the signs do not match: in quotes, and for tags and handles."""
        return self.quoted or re.match(_TAG, self.text) is not None

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text


class MultiTerm(Leaf):
    """A leaf whose words each match many words; in `text`, hyphens join words in a row."""

    __slots__ = ()

    @property
    def words(self) -> list[str]:
        """The folded words, or patterns of folded words, in their order."""
        return self.text.split("-")

    def __str__(self) -> str:
        return self.text


class Pattern(MultiTerm):
    """A pattern of folded words: `*` is any characters, `?` is one character.

    A word without `*` and `?` matches itself.
    """

    __slots__ = ()


class Fuzzy(MultiTerm):
    """A folded word that matches words within `edits` edits, 1 or 2.

    An edit adds, drops or changes a character, or swaps two neighbours. If the text has
    several words, each may have `edits` edits.
    """

    __slots__ = ("edits",)
    edits: int

    def __init__(self, text: str, edits: int) -> None:
        _set(self, "text", text)
        _set(self, "edits", edits)

    def __str__(self) -> str:
        return f"{self.text}~{self.edits if self.edits > 1 else ''}"


class Near(Node):
    """NEAR, ADJ, or a phrase with `~`: parts that stand near each other and share no word.

    Each part is one leaf or a choice of leaves. From the first word of the parts to the last, at
    most `slop` words belong to no part. If `ordered`, the parts stand in the given order. `quoted`
    is true for a phrase with `~`, which is ordered and has one word in each part.
    """

    __slots__ = ("ordered", "parts", "quoted", "slop")
    parts: tuple[tuple[Leaf, ...], ...]
    slop: int
    ordered: bool
    quoted: bool

    def __init__(
        self,
        parts: tuple[tuple[Leaf, ...], ...],
        slop: int,
        ordered: bool,
        quoted: bool = False,
    ) -> None:
        _set(self, "parts", parts)
        _set(self, "slop", slop)
        _set(self, "ordered", ordered)
        _set(self, "quoted", quoted)

    def children(self, *, excluded: bool = False) -> tuple[Node, ...]:
        """Return the leaves of all parts."""
        return tuple(leaf for part in self.parts for leaf in part)

    def __str__(self) -> str:
        if self.quoted:
            return f'"{" ".join(part[0].text for part in self.parts)}"~{self.slop}'
        parts = (
            f"({' OR '.join(map(str, part))})" if len(part) > 1 else str(part[0])
            for part in self.parts
        )
        return f" {'ADJ' if self.ordered else 'NEAR'}/{self.slop} ".join(parts)


class Boost(Node):
    """A node whose score is multiplied by `factor`."""

    __slots__ = ("factor", "node")
    node: Node
    factor: float

    def __init__(self, node: Node, factor: float) -> None:
        _set(self, "node", node)
        _set(self, "factor", factor)

    def children(self, *, excluded: bool = False) -> tuple[Node, ...]:
        """Return the boosted node."""
        return (self.node,)

    def map(self, change: Callable[[Node], Node], *, excluded: bool = False) -> Node:
        """Return a boost of the mapped node."""
        return Boost(self.node.map(change, excluded=excluded), self.factor)

    def __str__(self) -> str:
        node = self.node
        parenthesized = isinstance(node, Boost) or (isinstance(node, Near) and not node.quoted)
        return f"{f'({node})' if parenthesized else _operand(node)}^{self.factor:.7g}"


class Filter(Node):
    """A condition on the passage or its article that adds nothing to the score."""

    __slots__ = ("field", "value")
    field: str
    value: str

    def __init__(self, field: str, value: str) -> None:
        _set(self, "field", field)
        _set(self, "value", value)

    def __str__(self) -> str:
        value = self.value if re.fullmatch(_PLAIN_VALUE, self.value) else f'"{self.value}"'
        return f"{self.field}:{value}"


class Beside(NamedTuple):
    """A stop word that a query has beside a word that counts.

    Args:
        stop_word: the stop word
        word: the word that counts
        row: the words of the query from one to the other, as a phrase
    """

    stop_word: Words
    word: Words
    row: Words


class Group(Node):
    """A boolean query of clauses; `filters` are filters, and groups that only restrict.

    A passage matches if it matches every node of `must` and `filters` and no node of `exclude`.
    If there is no `must`, it must also match at least one node of `should`, if there is any.
    `hints` are the stop words of a query: they only add to the scores of the best passages, and are
    neither children of the group nor printed; see `rewriting/stop_words.py`. `beside` has the hints
    beside a word that counts: they also add to the scores of passages in which they stand so.
    """

    __slots__ = ("beside", "exclude", "filters", "hints", "must", "should")
    must: tuple[Node, ...]
    should: tuple[Node, ...]
    exclude: tuple[Node, ...]
    filters: "tuple[Filter | Group, ...]"
    hints: tuple[Words, ...]
    beside: tuple[Beside, ...]

    def __init__(
        self,
        must: tuple[Node, ...] = (),
        should: tuple[Node, ...] = (),
        exclude: tuple[Node, ...] = (),
        filters: "tuple[Filter | Group, ...]" = (),
        hints: tuple[Words, ...] = (),
        beside: tuple[Beside, ...] = (),
    ) -> None:
        _set(self, "must", must)
        _set(self, "should", should)
        _set(self, "exclude", exclude)
        _set(self, "filters", filters)
        _set(self, "hints", hints)
        _set(self, "beside", beside)

    def children(self, *, excluded: bool = False) -> tuple[Node, ...]:
        """Return must, should and filters; with `excluded`, also the excluded nodes."""
        nodes = (*self.must, *self.should, *self.filters)
        return (*nodes, *self.exclude) if excluded else nodes

    def map(self, change: Callable[[Node], Node], *, excluded: bool = False) -> Node:
        """Return the group with mapped clauses; drop filters that `change` maps to other nodes."""

        def mapped(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
            return tuple(node.map(change, excluded=excluded) for node in nodes)

        filters = tuple(n for n in mapped(self.filters) if isinstance(n, Filter | Group))
        exclude = mapped(self.exclude) if excluded else self.exclude
        must, should = mapped(self.must), mapped(self.should)
        return Group(must, should, exclude, filters, self.hints, self.beside)

    @property
    def is_choice(self) -> bool:
        """Whether the group has no nodes besides `should`."""
        return not (self.must or self.exclude or self.filters)

    def __str__(self) -> str:
        return self.printed()

    def printed(self, *, explicit: bool = False) -> str:
        """Return the group in the query syntax; if `explicit`, with OR between alternatives."""
        # A node that restricts would restrict the words beside it; as an alternative it needs OR.
        explicit = explicit and not self.must and len(self.should) > 1
        either = explicit or any(node.restricts for node in self.should)
        should = (" OR " if either else " ").join(map(_operand, self.should))
        if len(self.must) > 1 and not self.should:
            parts = [" AND ".join(map(_operand, self.must))]
        else:
            parts = [_required(_operand(node)) for node in self.must]
        parts += [f"({should})" if either and not self.is_choice else should] if should else []
        parts += map(_operand, self.filters)
        parts += [_excluded(_operand(node)) for node in self.exclude]
        return " ".join(parts)


def as_group(tree: Node) -> Group:
    """Return a tree as a group."""
    return tree if isinstance(tree, Group) else Group(should=(tree,))


def marked_leaves(tree: Node) -> tuple[Leaf, ...]:
    """Return the leaves of a tree whose words are marked: also the rows of its stop words."""
    rows = (one.row for one in tree.beside) if isinstance(tree, Group) else ()
    return tuple(dict.fromkeys((*tree.leaves(), *rows)))


def is_word(node: Node) -> TypeGuard[Words]:
    """Whether a node is words without quotes."""
    return isinstance(node, Words) and not node.quoted


def _operand(node: Node) -> str:
    return f"({node.printed(explicit=True)})" if isinstance(node, Group) else str(node)


def _required(operand: str) -> str:
    """Return an operand with a `+`, which could be the sign of a number without parentheses."""
    return f"+({operand})" if may_have_own_sign(operand) else f"+{operand}"


def _excluded(operand: str) -> str:
    """Return an operand that is excluded: a `-` could be the sign of a number."""
    return f"NOT {operand}" if may_have_own_sign(operand) else f"-{operand}"
