"""Query text to query tree. Any text is a query: what is no syntax is taken as words and said.

query    = either*                                 any of them, or all; filters restrict
either   = all ("OR" all)*
all      = signed ("AND" signed)*
signed   = ("NOT" | "-" | "+")* near
near     = weighted (("NEAR/" | "ADJ/") number weighted)*
weighted = primary ["^" number]
primary  = "(" query ")" | field ":" value | "=" (word | phrase) | phrase ["~" number]
         | word ["~" [number]] | pattern
phrase   = '"' words '"'                           pattern: a word with * or ?
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Literal, TypeVar, get_args

from nutgraf.query.lexer import Diagnostic, Diagnostics, Lexeme, tokenize
from nutgraf.query.operands import Operands
from nutgraf.query.tree import Boost, Filter, Group, MultiTerm, Node
from nutgraf_index.analysis.analyzer import Analyzer, analyzer_of
from nutgraf_index.errors import ArgumentError, QueryError

__all__ = ["MAX_LENGTH", "Diagnostic", "Query", "Require", "check_require", "parse"]

MAX_LENGTH = 10_000  # characters; a page of text, far beyond a query
_MOST_WEIGHT = 1_000.0

Require = Literal["any", "all"]
_REQUIRES = get_args(Require)
_AnyNode = TypeVar("_AnyNode", bound=Node)
_Part = tuple[str, Node | None]  # the sign before an operand, "+", "-" or none, and the operand


class Query:
    """A query as understood: its tree, None where it asks for nothing, and what to tell.

    `places` are the characters that each pattern and fuzzy word was read from. Printed, it is in
    the syntax of a query that takes any of its words, whatever was required of this one.
    """

    __slots__ = ("diagnostics", "places", "text", "tree")

    def __init__(
        self,
        text: str,
        tree: Node | None,
        diagnostics: tuple[Diagnostic, ...],
        places: Mapping[MultiTerm, tuple[int, int]],
    ) -> None:
        self.text = text
        self.tree = tree
        self.diagnostics = diagnostics
        self.places = places

    def __str__(self) -> str:
        return "" if self.tree is None else str(self.tree)


def parse(
    text: str,
    *,
    require: Require = "any",
    clock: Callable[[], datetime.date] = datetime.date.today,
    analyzer: Analyzer | None = None,
) -> Query:
    """Understand a query.

    Of what stands side by side, `require` wants "any" or "all". `clock` tells the day it is,
    for `date:yesterday` and the like. Raises `QueryError` for a filter value that has no meaning
    (`date:yesterdayish`), and for a text of more than `MAX_LENGTH` characters; no other text is
    an error. Raises `ArgumentError` for what is no text, and for another `require`.

    >>> str(parse('iran NEAR/5 (iraq OR syria) -"united states" date:2020'))
    'iran NEAR/5 (iraq syria) date:2020 -"united states"'
    """
    if not isinstance(text, str):
        raise ArgumentError(f"a query must be a text, not {text!r}")
    check_require(require)
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query is too long: {len(text):,} characters, {MAX_LENGTH:,} allowed",
            MAX_LENGTH,
            len(text),
        )
    return _Parser(text, require, clock, analyzer or analyzer_of()).query()


def check_require(require: str) -> None:
    """Raise `ArgumentError` for what `require` does not take."""
    if require not in _REQUIRES:
        raise ArgumentError(f'require must be "any" or "all", not {require!r}')


class _Parser:
    """Recursive descent over the tokens; `self.at` is the next one."""

    def __init__(
        self,
        text: str,
        require: Require,
        clock: Callable[[], datetime.date],
        analyzer: Analyzer,
    ) -> None:
        self.diagnostics = Diagnostics(text)
        self.tokens = tokenize(text, self.diagnostics)
        self.operands = Operands(self.diagnostics, clock, analyzer)
        self.beside = "AND" if require == "all" else ""
        self.kinds = [token.kind for token in self.tokens] + [""]
        self.places: dict[MultiTerm, tuple[int, int]] = {}
        self.at = 0

    def query(self) -> Query:
        tree = self._group()
        text, diagnostics = self.diagnostics.text, self.diagnostics.all
        if tree is None and not diagnostics:
            self.diagnostics.tell("empty", "The query is empty.", Lexeme("", "", 0, len(text)))
        if len(diagnostics) > 1:
            diagnostics.sort(key=lambda note: note.start)
        return Query(text, tree, tuple(diagnostics), self.places)

    def _take(self) -> Lexeme:
        self.at += 1
        return self.tokens[self.at - 1]

    def _group(self) -> Node | None:
        """Read what stands side by side, up to a closing parenthesis or the end."""
        parts = []
        while (kind := self.kinds[self.at]) not in ("", "close"):
            # Most are words beside words, to which nothing is joined.
            alone = kind == "word" and self.kinds[self.at + 1] in ("", "word")
            parts.append(("", self._primary()) if alone else self._either())
        return _group(parts, self.beside)

    def _either(self) -> _Part:
        first = self._all()
        if self.kinds[self.at] != "OR":
            return first
        parts = [first]
        while self.kinds[self.at] == "OR":
            self._take()
            parts.append(self._all())
        if any(sign == "+" for sign, _ in parts):
            whole = Lexeme("", "", 0, len(self.diagnostics.text))
            message = "A + beside OR asks for nothing; it is ignored."
            self.diagnostics.tell("sign-in-or", message, whole)
        return "", _group(parts, "OR")

    def _all(self) -> _Part:
        first = self._signed()
        if self.kinds[self.at] != "AND":
            return first
        parts = [first]
        while self.kinds[self.at] == "AND":
            self._take()
            parts.append(self._signed())
        return "", _group(parts, "AND")

    def _signed(self) -> _Part:
        sign = ""
        while self.kinds[self.at] in ("NOT", "sign"):
            text = self._take().text or "-"
            if text.count("-") % 2:
                sign = "" if sign == "-" else "-"
            elif "-" not in text:
                sign = sign or "+"
        return sign, self._near()

    def _near(self) -> Node | None:
        first = self._primary()
        if self.kinds[self.at] not in ("NEAR", "ADJ"):
            return first
        from nutgraf.query.near_chain import Chain  # few queries have one

        done: list[_Part] = []
        chain = Chain(first)
        while self.kinds[self.at] in ("NEAR", "ADJ"):
            operator, right = self._take(), self._primary()
            reason = chain.join(operator, right, self.diagnostics)
            if reason:
                message = f"{{}} is read as AND: {reason}."
                self.diagnostics.tell("near-as-and", message, operator)
                done.append(("", chain.node))
                chain = Chain(right)
        return _group([*done, ("", chain.node)], "AND")

    def _primary(self) -> Node | None:
        token = self._take()
        if token.kind == "open":
            node = self._group()
            token = self._take()
        else:
            node = self.operands.node(token)
            if isinstance(node, MultiTerm):
                self.places.setdefault(node, (token.start, token.end))
        if not token.weight or node is None:
            return node
        if next(node.leaves(), None) is None:
            self.diagnostics.tell("no-weight", "A filter has no weight; {} is ignored.", token)
            return node
        factor = round(float(token.weight), 3)
        if factor > _MOST_WEIGHT:
            factor = _MOST_WEIGHT
            message = f"A weight is at most {factor:g}; {{}} is taken as that."
            self.diagnostics.tell("too-much", message, token)
        return node if factor == 1 else Boost(node, factor)


def _group(parts: list[_Part], joined: str) -> Node | None:
    """Make one node of operands joined by AND, by OR, or by standing side by side."""
    must: list[Node] = []
    should: list[Node] = []
    exclude: list[Node] = []
    filters: list[Filter] = []
    for sign, node in parts:
        if node is None:
            continue
        if sign == "-" and joined == "OR":
            should.append(Group(exclude=(node,)))
        elif sign == "-":
            exclude.append(node)
        elif isinstance(node, Filter) and joined != "OR":
            filters.append(node)
        elif joined == "AND" or (sign == "+" and not joined):
            must.append(node)
        elif isinstance(node, Group) and node.is_choice:
            should.extend(node.should)  # (a OR b) beside c is a OR b OR c
        else:
            should.append(node)
    required = _once(must)
    if len(required) == 1 and not should:
        (only,), required = required, ()
        should = [*only.should] if isinstance(only, Group) and only.is_choice else [only]
    if len(should) > 1 or required or exclude or filters:
        return Group(required, tuple(should), _once(exclude), _once(filters))
    return should[0] if should else None


def _once(nodes: list[_AnyNode]) -> tuple[_AnyNode, ...]:
    return tuple(dict.fromkeys(nodes)) if len(nodes) > 1 else tuple(nodes)
