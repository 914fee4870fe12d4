"""Query text to query tree. Any text is a query: what is no syntax is taken as words and said.

query    = either*                    any of them; filters restrict
either   = all ("OR" all)*
all      = signed ("AND" signed)*
signed   = ("NOT" | "-" | "+")* primary
primary  = "(" query ")" | '"' words '"' | field ":" value | word | word "*"
"""

import difflib
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeGuard, TypeVar

from nutgraf.dates import DATE_FORMS, date_range
from nutgraf.fields import FIELDS, Takes
from nutgraf.syntax import Diagnostic, Token, tokenize
from nutgraf.tree import Filter, Group, Node, Phrase, Prefix, Word
from nutgraf_index.analysis import analyse
from nutgraf_index.errors import ArgumentError, QueryError
from nutgraf_index.model import Role
from nutgraf_index.names import printable

__all__ = ["MAX_LENGTH", "Diagnostic", "Query", "parse"]

MAX_LENGTH = 10_000  # characters; a page of text, far beyond a query
_AnyNode = TypeVar("_AnyNode", bound=Node)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: its tree, None where it asks for nothing, and what to tell."""

    text: str
    tree: Node | None
    notices: tuple[Diagnostic, ...] = ()

    def __str__(self) -> str:
        return "" if self.tree is None else str(self.tree)


def parse(text: str) -> Query:
    """Understand a query.

    Raises `QueryError` for a filter value that has no meaning (`date:yesterdayish`), and for a
    text of more than `MAX_LENGTH` characters; no other text is an error. Raises `ArgumentError`
    for what is no text.
    """
    if not isinstance(text, str):
        raise ArgumentError(f"a query must be a text, not {text!r}")
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query is too long: {len(text):,} characters, {MAX_LENGTH:,} allowed",
            MAX_LENGTH,
            len(text),
        )
    return _Parser(text).query()


class _Parser:
    """Recursive descent over the tokens; `self.at` is the next one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens, self.notices = tokenize(text)
        self.at = 0

    def query(self) -> Query:
        tree = self._group()
        if tree is None and not self.notices:
            self._notice("empty", "The query is empty.", 0, len(self.text))
        return Query(self.text, tree, tuple(sorted(self.notices, key=lambda note: note.start)))

    def _notice(self, kind: str, message: str, start: int, end: int, suggestion: str = "") -> None:
        self.notices.append(Diagnostic(kind, message, start, end, suggestion))

    def _peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _group(self) -> Node | None:
        """Read what stands side by side, up to a closing parenthesis or the end."""
        parts = []
        while self._peek() not in ("", "close"):
            parts.append(self._either())
        return _group(parts, joined="")

    def _either(self) -> "_Part":
        parts = [self._all()]
        while self._peek() == "OR":
            self._take()
            parts.append(self._all())
        if len(parts) == 1:
            return parts[0]
        if any(part.sign == "+" for part in parts):
            self._notice(
                "sign-in-or", "A + beside OR asks for nothing; it is ignored.", 0, len(self.text)
            )
        return _Part("", _group(parts, joined="OR"))

    def _all(self) -> "_Part":
        parts = [self._signed()]
        while self._peek() == "AND":
            self._take()
            parts.append(self._signed())
        return parts[0] if len(parts) == 1 else _Part("", _group(parts, joined="AND"))

    def _signed(self) -> "_Part":
        sign = ""
        while self._peek() in ("NOT", "sign"):
            text = self._take().text
            if text == "NOT" or text.count("-") % 2:
                sign = "" if sign == "-" else "-"
            elif "-" not in text:
                sign = sign or "+"
        return _Part(sign, self._primary())

    def _primary(self) -> Node | None:
        token = self._take()
        if token.kind == "open":
            inside = self._group()
            self._take()
            return inside
        if token.kind == "field":
            return self._field(token)
        if token.kind == "phrase":
            return self._words(Phrase(" ".join(token.text.split())), token)
        stem, star, rest = token.text.partition("*")
        if star and not rest.strip("*"):
            return self._words(Prefix(stem), token)
        if token.text[-1] == ":" and token.text[:-1].lower() in FIELDS:
            self._no_value(token.text[:-1].lower(), token, "it is searched as a word")
        return self._words(Word(token.text), token)

    def _words(self, node: Word | Phrase | Prefix, token: Token) -> Node | None:
        if analyse(node.text):
            return node
        self._notice(
            "no-words",
            f"There is no word in {token.text!r}; it is ignored.",
            token.start,
            token.end,
        )
        return None

    def _field(self, token: Token) -> Node | None:
        """Read `name:value`; with a name that is no field's, take all of it as words."""
        name = token.name.lower()
        if name not in FIELDS:
            if not token.value.startswith("//"):  # a web address is no mistaken field
                close = difflib.get_close_matches(name, FIELDS, n=1)
                self._notice(
                    "unknown-field",
                    f"There is no field {token.name!r}; it is searched as words. "
                    f"The fields are {', '.join(FIELDS)}.",
                    token.start,
                    token.end,
                    f"{close[0]}:{token.value}" if close else "",
                )
            return self._words(Phrase(" ".join(f"{token.name}:{token.value}".split())), token)
        value = " ".join(token.value.split())
        takes = FIELDS[name].takes
        if takes in (Takes.NAME, Takes.PATH):
            value = printable(value)
        if takes is Takes.DATE and date_range(value) is None:
            raise QueryError(
                f"{token.text} names no date or range of dates; write {DATE_FORMS}",
                token.start,
                token.end,
            )
        if takes is Takes.ROLE:
            value = value.lower()
            if value not in {role.value for role in Role}:
                raise QueryError(
                    f"{token.text} names no role; the roles are "
                    + ", ".join(role.value for role in Role),
                    token.start,
                    token.end,
                )
        if not (analyse(value) if takes is Takes.WORDS else value):
            self._no_value(name, token, "it is ignored")
            return None
        return Filter(name, value)

    def _no_value(self, name: str, token: Token, outcome: str) -> None:
        message = f"{name}: needs a value, as in {FIELDS[name].example}; {outcome}."
        self._notice("empty-filter", message, token.start, token.end)


class _Part(NamedTuple):
    """An operand with the sign before it: "+", "-" or none."""

    sign: str
    node: Node | None


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
        elif _is_choice(node):
            should.extend(node.should)  # (a OR b) beside c is a OR b OR c
        else:
            should.append(node)
    group = Group(_once(must), tuple(should), _once(exclude), _once(filters))
    if len(group.must) == 1 and not group.should:
        only = group.must[0]
        chosen = only.should if _is_choice(only) else (only,)
        group = replace(group, must=(), should=chosen)
    if group == Group():
        return None
    return group.should[0] if group == Group(should=group.should[:1]) else group


def _once(nodes: list[_AnyNode]) -> tuple[_AnyNode, ...]:
    return tuple(dict.fromkeys(nodes))


def _is_choice(node: Node) -> TypeGuard[Group]:
    """Whether a node is nothing but a choice of others."""
    return isinstance(node, Group) and node == Group(should=node.should)
