"""Operands joined by NEAR or ADJ, as far as these can join them."""

from nutgraf.query.lexer import Diagnostics, Lexeme
from nutgraf.query.operands import MOST_IN_ORDER, read_distance
from nutgraf.query.tree import Boost, Group, Leaf, Near, Node

__all__ = ["Chain"]

_MOST_IN_ANY_ORDER = 8  # parts, of which every order is tried


class Chain:
    """A node that is being made of parts with one operator and one distance."""

    def __init__(self, node: Node | None) -> None:
        self.node = node
        self._how: tuple[int, bool] | None = None  # the slop and whether ordered, once joined
        self._parts: tuple[tuple[Leaf, ...], ...] = ()

    def join(self, operator: Lexeme, right: Node | None, diagnostics: Diagnostics) -> str:
        """Add a part, and return nothing; or why it cannot be added."""
        if self.node is None or right is None:
            self.node = right if self.node is None else self.node
            return ""
        ordered = operator.kind == "ADJ"
        how = (read_distance(operator.text, operator, diagnostics), ordered)
        most = MOST_IN_ORDER if ordered else _MOST_IN_ANY_ORDER
        left = self.node
        parts = self._parts or _parts_of(left)
        more = _parts_of(right)
        if not parts or not more:
            return "it joins words, phrases and choices of them"
        if self._how not in (None, how):
            return "a chain has one operator and one distance"
        if len(parts) >= most:
            return f"a chain has at most {most} parts"
        if _is_weighted(left) or _is_weighted(right):
            message = "A weight within NEAR or ADJ counts for nothing; it is ignored."
            diagnostics.tell("no-weight", message, operator)
        self._parts = (*parts, *more)
        self._how = how
        self.node = Near(self._parts, *how)
        return ""


def _parts_of(node: Node) -> tuple[tuple[Leaf, ...], ...]:
    """Return a node as the one part of a NEAR that it can be, without weights; else nothing."""
    plain = [choice.node if isinstance(choice, Boost) else choice for choice in _choices(node)]
    found = [choice for choice in plain if isinstance(choice, Leaf)]
    return (tuple(dict.fromkeys(found)),) if len(found) == len(plain) else ()


def _choices(node: Node) -> tuple[Node, ...]:
    return node.should if isinstance(node, Group) and node.is_choice else (node,)


def _is_weighted(node: Node) -> bool:
    return any(isinstance(choice, Boost) for choice in _choices(node))
