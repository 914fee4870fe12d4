"""The query tree: what a query was understood to ask. Values only; `str()` prints the syntax.

The texts of leaves are settled: cut to their words, so that printed they are read as the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = [
    "Boost",
    "Exact",
    "Filter",
    "Fuzzy",
    "Group",
    "Leaf",
    "Near",
    "Node",
    "Pattern",
    "Words",
    "leaves",
]

_PLAIN_VALUE = re.compile(r'[^\s"“”()*?~^]+')
_PLAIN_WORD = re.compile(
    r'(?!(?:AND|OR|NOT|(?:NEAR|ADJ)(?:/.*)?)$)[^\s"“”():*?~^+=-][^\s"“”():*?~^]*', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a row, each matched by its stem; most often it is one.

    What can be printed only in quotes is `quoted`.
    """

    text: str
    quoted: bool = False

    def __post_init__(self) -> None:
        if not (self.quoted or _PLAIN_WORD.fullmatch(self.text)):
            object.__setattr__(self, "quoted", True)

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text


@dataclass(frozen=True, slots=True)
class Exact:
    """Words in a row as they are written: case, accents and ending."""

    text: str

    def __str__(self) -> str:
        return f"={Words(self.text)}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folded word of which parts are left open: `*` is any characters, `?` is one.

    Several, joined by hyphens in the text, stand in a row; those without a sign are whole words.
    """

    text: str

    @property
    def words(self) -> list[str]:
        """The pattern of each word."""
        return self.text.split("-")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A folded word that may be written otherwise, up to `edits` characters, 1 or 2.

    An edit is a character more, less or changed, or two neighbours changed round. Several,
    joined by hyphens in the text, stand in a row, and each may be written otherwise.
    """

    text: str
    edits: int

    @property
    def words(self) -> list[str]:
        """The words as the query has them."""
        return self.text.split("-")

    def __str__(self) -> str:
        return f"{self.text}~{self.edits if self.edits > 1 else ''}"


Leaf = Words | Exact | Pattern | Fuzzy


@dataclass(frozen=True, slots=True)
class Near:
    """Parts of which each stands apart, and all together within a stretch of the passage.

    Each part is a leaf, or one of several. At most `slop` words of the stretch are none of theirs;
    if `ordered`, the parts stand in the order given.
    """

    parts: tuple[tuple[Leaf, ...], ...]
    slop: int
    ordered: bool

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


@dataclass(frozen=True, slots=True)
class Boost:
    """A node that counts `factor` times as much in the ranking."""

    node: "Node"
    factor: float

    def __str__(self) -> str:
        node = self.node
        together = not (isinstance(node, Boost) or (isinstance(node, Near) and not node.is_phrase))
        return f"{_operand(node) if together else f'({node})'}^{self.factor:.7g}"


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


Node = Leaf | Near | Boost | Filter | Group


def _operand(node: Node) -> str:
    return f"({node})" if isinstance(node, Group) else str(node)


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the leaves that can make a passage match, none excluded, in the order of the query."""
    if isinstance(node, Group):
        for part in (*node.must, *node.should):
            yield from leaves(part)
    elif isinstance(node, Near):
        for choices in node.parts:
            yield from choices
    elif isinstance(node, Boost):
        yield from leaves(node.node)
    elif not isinstance(node, Filter):
        yield node
