"""Parses query text into a tree. Any text is a query: bad syntax is read as words and reported.

query    = either*                                 see `require`; filters always restrict, also
                                                   in parentheses and as a choice of filters
either   = all ("OR" all)*
all      = signed ("AND" signed)*
signed   = ("NOT" | "-" | "+")* near
near     = boosted (("NEAR/" | "ADJ/") number boosted)*
boosted  = primary ["^" number]
primary  = "(" query ")" | field ":" (value | "(" query ")") | "=" (word | phrase)
         | phrase ["~" number] | word ["~" [number]] | pattern
phrase   = '"' words '"'                           pattern: a word with * or ?
"""

import datetime
import reprlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Literal, TypeVar, get_args

from nutgraf.query.leaves import counted
from nutgraf.query.lexer import (
    Diagnostic,
    Diagnostics,
    Lexeme,
    has_signed_number,
    is_operator,
    may_have_other_syntax,
    scan,
    with_operators,
)
from nutgraf.query.operands import Operands
from nutgraf.query.tree import (
    Boost,
    Filter,
    Group,
    Leaf,
    MultiTerm,
    Near,
    Node,
    Signed,
    Words,
)
from nutgraf_index.analysis.analyzer import Analyzer, analyzer_of
from nutgraf_index.errors import ArgumentError, QueryError

__all__ = ["MAX_LENGTH", "Diagnostic", "Query", "Require", "check_require", "parse"]

MAX_LENGTH = 10_000  # characters, far more than a query has
_MOST_BOOST = 1_000.0
# Operators that join what stands before and after them.
_BOOLEAN = ("AND", "OR")
_CHAINING = ("NEAR", "ADJ")
_JOINING = (*_BOOLEAN, *_CHAINING)

Require = Literal["auto", "all", "any"]
_REQUIRES = get_args(Require)
_AnyNode = TypeVar("_AnyNode", bound=Node)
_Part = tuple[str, Node | None]  # the sign of an operand, "+", "-" or "", and the operand


class Query:
    """A parsed query: its text, its tree (None for a query without words) and its diagnostics.

    `needed` is the tree that requires all operands that stand side by side, with `require="auto"`
    and two or more operands, none of them with a `+`; else None. `spans` has the characters
    `[start, end)` of the first mention of each pattern, fuzzy word, phrase, and word with a sign
    inside. `fields` has the fields of its filters. `str()` prints the tree in the query syntax, as
    a query to parse with `require="any"`.
    """

    __slots__ = ("diagnostics", "fields", "needed", "spans", "text", "tree")

    def __init__(
        self,
        text: str,
        tree: Node | None,
        diagnostics: tuple[Diagnostic, ...],
        spans: Mapping[Node, tuple[int, int]],
        needed: Group | None = None,
        fields: Collection[str] = (),
    ) -> None:
        self.text = text
        self.tree = tree
        self.needed = needed
        self.diagnostics = diagnostics
        self.spans = spans
        self.fields = fields

    def __str__(self) -> str:
        return "" if self.tree is None else str(self.tree)


def parse(
    text: str,
    *,
    require: Require = "any",
    clock: Callable[[], datetime.date] = datetime.date.today,
    analyzer: Analyzer | None = None,
) -> Query:
    """Return the parsed query of a text.

    Args:
        text: any text of at most `MAX_LENGTH` characters
        require: whether a passage must match "any" or "all" of the operands that stand side by
            side; with "auto", any is enough for the tree, and all are required by `needed`
        clock: returns today's date, for `date:yesterday` and other relative dates
        analyzer: the analyser of the index's language, English by default

    Raises:
        QueryError: the value of a filter has no meaning (`date:yesterdayish`), or the text is too
            long; no other text is an error
        ArgumentError: `text` is not a string, or `require` is not "auto", "all" or "any"

    >>> str(parse('iran NEAR/5 (iraq OR syria) -"united states" date:2020'))
    'iran NEAR/5 (iraq OR syria) date:2020 -"united states"'
    """
    if not isinstance(text, str):
        raise ArgumentError(f"a query must be a text, not {reprlib.repr(text)}")
    check_require(require)
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text):,} characters; shorten it to {MAX_LENGTH:,}",
            MAX_LENGTH,
            len(text),
        )
    return _Parser(text, require, clock, analyzer or analyzer_of()).query()


def check_require(require: str) -> None:
    """Raise `ArgumentError` if `require` is not "auto", "all" or "any"."""
    if not isinstance(require, str) or require not in _REQUIRES:
        raise ArgumentError(f'require must be "auto", "all" or "any", not {reprlib.repr(require)}')


class _Parser:
    """A recursive-descent parser over one query; `self.next` is the index of the next token."""

    def __init__(
        self,
        text: str,
        require: Require,
        clock: Callable[[], datetime.date],
        analyzer: Analyzer,
    ) -> None:
        self.diagnostics = Diagnostics(text, require, analyzer)
        self.tokens = _tokens(text, self.diagnostics)
        self.operands = Operands(self.diagnostics, clock, analyzer)
        self.analyzer = analyzer
        self.require = require
        self.operator = "AND" if require == "all" else ""
        self.kinds = [token.kind for token in self.tokens] + [""]
        self.spans: dict[Node, tuple[int, int]] = {}
        self.next = 0

    def query(self) -> Query:
        parts = self._parts()
        tree = _group(parts, self.operator)
        needed = None
        if self.require == "auto" and len(parts) > 1 and not any(sign == "+" for sign, _ in parts):
            all_parts = _group(parts, "AND")
            if isinstance(all_parts, Group) and len(all_parts.must) > 1 and all_parts != tree:
                needed = all_parts
        text, diagnostics = self.diagnostics.text, self.diagnostics.all
        if tree is None and not diagnostics:
            self.diagnostics.report("empty", "The query is empty.", Lexeme("", "", 0, len(text)))
        if len(diagnostics) > 1:
            diagnostics.sort(key=lambda diagnostic: diagnostic.start)
        fields = self.operands.fields
        return Query(text, tree, tuple(diagnostics), self.spans, needed, fields)

    def _take(self) -> Lexeme:
        self.next += 1
        return self.tokens[self.next - 1]

    def _parts(self) -> list[_Part]:
        """Read the operands side by side, up to a closing parenthesis or the end."""
        parts: list[_Part] = []
        while (kind := self.kinds[self.next]) not in ("", "close"):
            # A word that no operator joins is read at once.
            if kind != "word" or self.kinds[self.next + 1] in _JOINING:
                part = self._signed()
                parts.append(self._joined(part) if self.kinds[self.next] in _BOOLEAN else part)
            elif self.tokens[self.next].text.isascii():
                parts.append(("", self._primary()))
            else:
                parts += [("", node) for node in self._words()]
        return self._counted(parts)

    def _joined(self, first: _Part) -> _Part:
        """Read the operands that AND and OR join to the first."""
        choices = [[first]]
        while (operator := self.kinds[self.next]) in _BOOLEAN:
            self.next += 1
            if operator == "OR":
                choices.append([])
            choices[-1].append(self._signed())
        parts = [
            run[0] if len(run) == 1 else ("", _group(self._counted(run), "AND")) for run in choices
        ]
        if len(parts) == 1:
            return parts[0]
        if any(sign == "+" for sign, _ in parts):
            query = Lexeme("", "", 0, len(self.diagnostics.text))
            message = "A + beside OR has no effect; it is ignored."
            self.diagnostics.report("sign-in-or", message, query)
        return "", _group(parts, "OR")

    def _signed(self) -> _Part:
        sign = ""
        while self.kinds[self.next] in ("NOT", "sign"):
            text = self._take().text or "-"
            if text.count("-") % 2:
                sign = "" if sign == "-" else "-"
            elif "-" not in text:
                sign = sign or "+"
        node = self._primary()
        return sign, self._near(node) if self.kinds[self.next] in _CHAINING else node

    def _counted(self, parts: list[_Part]) -> list[_Part]:
        """Return operands, those with a `+` with their stop words in quotes, so that they count."""
        for i, (sign, node) in enumerate(parts):
            if sign == "+" and node is not None:
                parts[i] = sign, node.map(partial(counted, analyzer=self.analyzer))
        return parts

    def _near(self, first: Node | None) -> Node | None:
        """Read the operands that NEAR and ADJ join to the first."""
        from nutgraf.query.near_chain import Chain  # few queries have one

        chains: list[_Part] = []
        chain = Chain(first)
        while self.kinds[self.next] in _CHAINING:
            operator, right = self._take(), self._primary()
            reason = chain.join(operator, right, self.diagnostics)
            if reason:
                message = f"{{}} is read as AND: {reason}."
                self.diagnostics.report("near-as-and", message, operator)
                chains.append(("", chain.node))
                chain = Chain(right)
        return _group([*chains, ("", chain.node)], "AND")

    def _words(self) -> list[Node | None]:
        """Read a word: one operand, or several of a word in a script without spaces."""
        token = self.tokens[self.next]
        leaves = self.operands.side_by_side(token)
        if not leaves:
            return [self._primary()]
        self.next += 1
        for leaf, span in leaves:
            if len(self.analyzer.row(leaf.text)) > 1:  # a phrase
                self.spans.setdefault(leaf, span)
        factor = self._factor(token)
        return [leaf if factor == 1 else Boost(leaf, factor) for leaf, _ in leaves]

    def _primary(self) -> Node | None:
        token = self.tokens[self.next]
        self.next += 1
        if token.kind == "open":
            node = _group(self._parts(), self.operator)
            token = self._take()
        else:
            node = self.operands.node(token)
            if isinstance(node, Words):
                has_span = not (node.text.isascii() and node.text.isalnum())
            else:
                has_span = isinstance(node, MultiTerm | Near | Signed)
            if has_span and node is not None:
                self.spans.setdefault(node, (token.start, token.end))
        if not token.boost or node is None:
            return node
        if node.restricts:
            self.diagnostics.report("no-weight", "A filter has no boost; {} is ignored.", token)
            return node
        factor = self._factor(token)
        return node if factor == 1 else Boost(node, factor)

    def _factor(self, token: Lexeme) -> float:
        """Return the boost of a token, 1 without any."""
        factor = round(float(token.boost or 1), 3)
        if factor > _MOST_BOOST:
            factor = _MOST_BOOST
            message = f"A boost is at most {factor:g}; {{}} is taken as that."
            self.diagnostics.report("too-much", message, token)
        return factor


def _tokens(text: str, diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens of a query, with the operators that join operands."""
    tokens = scan(text, diagnostics)
    if ("-" in text or "+" in text) and has_signed_number(text):
        from nutgraf.query.other_syntax.numbers import with_own_signs

        tokens = with_own_signs(tokens, diagnostics)
    if text.isupper() and any(map(is_operator, tokens)):
        from nutgraf.query.other_syntax.operators import as_sentence

        tokens = as_sentence(tokens, diagnostics)
    if may_have_other_syntax(text):
        from nutgraf.query.other_syntax.fields import distributed
        from nutgraf.query.other_syntax.hints import give_hints
        from nutgraf.query.other_syntax.operators import translated

        tokens = distributed(tokens, diagnostics)
        tokens = give_hints(translated(tokens, diagnostics), diagnostics)
    elif text.islower():  # operators are in capitals
        return tokens
    return with_operators(tokens, diagnostics)


def _group(parts: Sequence[_Part], operator: str) -> Node | None:
    """Return the node of operands joined by `operator`: "AND", "OR", or "" for side by side.

    Return None if no operand has words.
    """
    if len(parts) == 1 and not parts[0][0] and not isinstance(parts[0][1], Filter):
        return parts[0][1]
    must: list[Node] = []
    should: list[Node] = []
    exclude: list[Node] = []
    filters: list[Filter | Group] = []
    for sign, node in parts:
        if node is None:
            continue
        clause = must if operator == "AND" or (sign == "+" and not operator) else should
        if sign == "-":
            if operator == "OR":
                should.append(Group(exclude=(node,)))
            else:
                exclude.append(node)
        elif isinstance(node, Leaf):
            clause.append(node)
        elif isinstance(node, Filter) and operator != "OR":
            filters.append(node)
        elif isinstance(node, Group) and operator != "OR" and node.restricts:
            if node.must or node.should:
                filters.append(node)
            else:
                filters.extend(node.filters)
                exclude.extend(node.exclude)
        elif isinstance(node, Group) and node.is_choice and clause is should:
            should.extend(node.should)  # (a OR b) beside c is a OR b OR c
        else:
            clause.append(node)
    required, conditions = _once(must), _once(filters)
    if len(required) == 1 and not should:
        (only,), required = required, ()
        should = [*only.should] if isinstance(only, Group) and only.is_choice else [only]
    if not required and len(should) == 1 and (exclude or conditions):
        (only,) = should
        if isinstance(only, Group) and only == Group(must=only.must):
            required, should = only.must, []  # (a AND b) -c is +a +b -c
    if not (required or should or exclude) and len(conditions) == 1:
        (only,) = conditions
        return Group(filters=(only,)) if isinstance(only, Filter) else only
    if len(should) > 1 or required or exclude or conditions:
        return Group(required, tuple(should), _once(exclude), conditions)
    return should[0] if should else None


def _once(nodes: list[_AnyNode]) -> tuple[_AnyNode, ...]:
    return tuple(dict.fromkeys(nodes)) if len(nodes) > 1 else tuple(nodes)
