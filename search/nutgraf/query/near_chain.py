"""Chains of operands joined by NEAR or ADJ."""

from nutgraf.query.lexer import Diagnostics, Lexeme
from nutgraf.query.operands import MOST_IN_ORDER, read_distance
from nutgraf.query.tree import Boost, Group, Leaf, Near, Node

__all__ = ["Chain"]

_MOST_IN_ANY_ORDER = 8  # parts of a NEAR: every order of the parts is tried


class Chain:
    """Builds one NEAR or ADJ node from operands with the same operator and distance."""

    def __init__(self, node: Node | None) -> None:
        self.node = node
        self._slop_and_order: tuple[int, bool] | None = None  # None before the first join
        self._parts: tuple[tuple[Leaf, ...], ...] = ()

    def join(self, operator: Lexeme, right: Node | None, diagnostics: Diagnostics) -> str:
        """Add an operand; return the reason if the chain cannot take it, otherwise ""."""
        if self.node is None or right is None:
            self.node = right if self.node is None else self.node
            return ""
        ordered = operator.kind == "ADJ"
        slop_and_order = (read_distance(operator.text, operator, diagnostics), ordered)
        most = MOST_IN_ORDER if ordered else _MOST_IN_ANY_ORDER
        left = self.node
        parts = self._parts or _parts_of(left)
        more = _parts_of(right)
        if not parts or not more:
            return "it joins only words, phrases and patterns, alone or with OR"
        if self._slop_and_order not in (None, slop_and_order):
            return "a chain has one operator and one distance"
        if len(parts) >= most:
            return f"a chain has at most {most} parts"
        if _is_boosted(left) or _is_boosted(right):
            message = "A boost within NEAR or ADJ has no effect; it is ignored."
            diagnostics.report("no-weight", message, operator)
        self._parts = (*parts, *more)
        self._slop_and_order = slop_and_order
        self.node = Near(self._parts, *slop_and_order)
        return ""


def _parts_of(node: Node) -> tuple[tuple[Leaf, ...], ...]:
    """Return a node without boosts as one part of a NEAR node; () if it cannot be a part."""
    plain = [choice.node if isinstance(choice, Boost) else choice for choice in _choices(node)]
    leaves = [choice for choice in plain if isinstance(choice, Leaf)]
    return (tuple(dict.fromkeys(leaves)),) if len(leaves) == len(plain) else ()


def _choices(node: Node) -> tuple[Node, ...]:
    return node.should if isinstance(node, Group) and node.is_choice else (node,)


def _is_boosted(node: Node) -> bool:
    return any(isinstance(choice, Boost) for choice in _choices(node))
