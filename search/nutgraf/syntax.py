"""The tokens of the query syntax, and what is told of text that is none."""

import re
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Diagnostic", "Token", "tokenize"]

_MAX_DEPTH = 50
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<phrase>["“”][^"“”]*["“”])
    |(?P<quote>["“”])
    |(?P<field>(?P<name>[A-Za-z][\w-]*):(?:["“”](?P<quoted>[^"“”]*)["“”]|(?P<bare>[^\s"“”()]+)))
    |(?P<sign>[+-]+(?=[^\s+\-)]))
    |(?P<word>[^\s"“”()]+)
    """,
    re.VERBOSE,
)
_OPERATORS = ("AND", "OR", "NOT")
_BEGINS = ("open", "phrase", "field", "word", "sign")
_ENDS = ("close", "phrase", "field", "word")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something in a query that was not taken as typed.

    `kind` is a fixed name for programs, `message` a sentence for people, `[start, end)` the
    characters of the query meant, `suggestion` a text to type instead, or empty.
    """

    kind: str
    message: str
    start: int
    end: int
    suggestion: str = ""


class Token(NamedTuple):
    """A part of a query: its kind, its text, and for a field the name and value."""

    kind: str
    text: str
    start: int
    end: int
    name: str = ""
    value: str = ""


_END = Token("", "", 0, 0)


def tokenize(text: str) -> tuple[list[Token], list[Diagnostic]]:
    """Return the tokens of a query, and what of it was left out or taken otherwise than typed.

    Kinds are open, close, phrase, field, sign, word, and AND, OR, NOT where these join something.
    Parentheses are balanced, and signs and operators stand before what they can apply to.
    """
    notices: list[Diagnostic] = []
    return _operators(_balanced(_scan(text, notices), notices), notices), notices


def _scan(text: str, notices: list[Diagnostic]) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        kind, span = str(match.lastgroup), match.span()
        if match["phrase"] is not None:
            tokens.append(Token("phrase", match[0][1:-1], *span))
        elif match["field"] is not None:
            value = match["bare"] if match["quoted"] is None else match["quoted"]
            tokens.append(Token("field", match[0], *span, match["name"], value))
        elif kind == "quote":
            message = "This quote is never closed; it is ignored."
            notices.append(Diagnostic("unclosed-quote", message, *span))
        elif kind != "space":
            tokens.append(Token(kind, match[0], *span))
    return tokens


def _balanced(tokens: list[Token], notices: list[Diagnostic]) -> list[Token]:
    """Leave out parentheses without a partner, and those nested too deeply."""
    opened: list[int] = []
    dropped: dict[int, tuple[str, str]] = {}
    alone = ("unbalanced-parenthesis", "This parenthesis has no partner; it is ignored.")
    deep = ("too-deep", f"Nested more than {_MAX_DEPTH} deep; this parenthesis is ignored.")
    for at, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(at)
        elif token.kind == "close" and not opened:
            dropped[at] = alone
        elif token.kind == "close":
            partner = opened.pop()
            if len(opened) >= _MAX_DEPTH:
                dropped[at] = dropped[partner] = deep
    dropped.update(dict.fromkeys(opened, alone))
    for at, (kind, message) in dropped.items():
        notices.append(Diagnostic(kind, message, tokens[at].start, tokens[at].end))
    kept: list[Token] = []
    for at, token in reversed(list(enumerate(tokens))):
        # A sign whose parenthesis or quote was dropped stands before nothing.
        lost = token.kind == "sign" and (not kept or kept[-1].kind not in _BEGINS)
        if at not in dropped and not lost:
            kept.append(token)
    return kept[::-1]


def _operators(tokens: list[Token], notices: list[Diagnostic]) -> list[Token]:
    """Tell operators from words: AND and OR need both sides, NOT what follows."""
    marked: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.text in _OPERATORS:
            before = marked[-1].kind if marked else ""
            after = tokens[at + 1] if at + 1 < len(tokens) else _END
            follows = after.kind in _BEGINS
            if after.kind == "word" and after.text in ("AND", "OR"):
                follows = token.text == "NOT"
            if follows and (token.text == "NOT" or before in _ENDS):
                token = token._replace(kind=token.text)
            else:
                message = f"{token.text} has nothing to join here; it is taken as a word."
                span, word = (token.start, token.end), token.text.lower()
                notices.append(Diagnostic("dangling-operator", message, *span, word))
                token = token._replace(kind="phrase")
        marked.append(token)
    return marked
