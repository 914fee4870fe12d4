"""The tokens of a query text, and what is told of text that is not taken as typed."""

import re
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Diagnostic", "Diagnostics", "Lexeme", "tokenize", "without_suffix"]

_MAX_DEPTH = 50
_WEIGHT = r"\^\d+(?:\.\d+)?"
# Compiled when first used: a query of words alone needs none.
_TOKEN = rf"""(?x)
    (?P<open>\()
    |(?P<close>\)(?:{_WEIGHT}(?![^\s()"“”]))?)
    |(?P<phrase>=?["“”][^"“”]*["“”](?:(?:~\d*)?(?:{_WEIGHT})?(?![^\s()"“”]))?)
    |(?P<quote>["“”])
    |(?P<field>(?P<name>[A-Za-z][\w-]*):(?:["“”](?P<quoted>[^"“”]*)["“”](?P<tail>[^\s"“”()]*)|(?P<bare>[^\s"“”()]+)))
    |(?P<sign>[+-]+(?=[^\s+\-)]))
    |(?P<word>[^\s"“”()]+)
    """
_SUFFIX = rf"(?:~(?P<tilde>\d*))?(?P<weight>{_WEIGHT})?\Z"
_QUOTES = '"“”'
_OPERATORS = ("AND", "OR", "NOT", "NEAR", "ADJ")
_BEGINS = ("open", "phrase", "field", "word", "sign", "exact")
_ENDS = ("close", "phrase", "field", "word", "exact")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something in a query that was not taken as typed.

    `kind` is a fixed name for programs, `message` a sentence for people, `[start, end)` the
    characters of the query meant, `suggestion` a text to type instead, or empty.

    >>> from nutgraf import Index, search
    >>> query = 'otters "river'
    >>> for diagnostic in search(query, Index.in_memory()).diagnostics:
    ...     print(diagnostic.kind, query[diagnostic.start : diagnostic.end])
    unclosed-quote "
    """

    kind: str
    message: str
    start: int
    end: int
    suggestion: str = ""


class Lexeme(NamedTuple):
    """A part of a query.

    `text` is what it says without signs; `name` is that of a field; `tilde` are the digits after
    a ~ that ends it, None if there is none, and `weight` those after a ^, or empty. An operator
    has its distance as text.
    """

    kind: str
    text: str
    start: int
    end: int
    name: str = ""
    tilde: str | None = None
    weight: str = ""


class Diagnostics:
    """Gathers the diagnostics of one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Diagnostic] = []

    def typed(self, token: Lexeme) -> str:
        """Return a part of the query as it was typed."""
        return self.text[token.start : token.end]

    def tell(self, kind: str, message: str, token: Lexeme, suggestion: str = "") -> None:
        """Tell something of a part of the query, which stands in the message for {}."""
        message = message.format(self.typed(token))
        self.all.append(Diagnostic(kind, message, token.start, token.end, suggestion))


_END = Lexeme("", "", 0, 0)


def tokenize(text: str, diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens of a query.

    Kinds are open, close, phrase, exact, field, sign, word, and the operators AND, OR, NOT, NEAR
    and ADJ where these join something. Parentheses are balanced, and signs and operators stand
    before what they can apply to.
    """
    if "".join(text.split()).isalnum():
        tokens = [Lexeme("word", one[0], *one.span()) for one in re.finditer(r"\S+", text)]
    else:
        tokens = _scan(text, diagnostics)
        kinds = {token.kind for token in tokens}
        if not kinds.isdisjoint(("open", "close", "sign")):
            tokens = _balanced(tokens, diagnostics)
    if any(map(text.__contains__, _OPERATORS)):
        tokens = _operators(tokens, diagnostics)
    return tokens


def without_suffix(text: str) -> str:
    """Return a text without the ~, ~2 or ^2 that ends it."""
    suffix = re.search(_SUFFIX, text)
    return text if suffix is None else text[: suffix.start()]


def _scan(text: str, diagnostics: Diagnostics) -> list[Lexeme]:
    tokens = []
    for match in re.finditer(_TOKEN, text):
        kind = str(match.lastgroup)
        start, end = match.span()
        if kind == "word":
            tokens.append(_word(match[0], start, end))
        elif kind == "phrase":
            tokens.append(_phrase(match[0], start, end))
        elif kind == "field":
            value = match["bare"] or match["quoted"] + match["tail"]
            tokens.append(Lexeme(kind, value, start, end, match["name"]))
        elif kind == "quote":
            quote = Lexeme(kind, match[0], start, end)
            diagnostics.tell("unclosed-quote", "This quote is never closed; it is ignored.", quote)
        else:
            weight = match[0][2:] if kind == "close" else ""
            tokens.append(Lexeme(kind, match[0], start, end, weight=weight))
    return tokens


def _word(text: str, start: int, end: int) -> Lexeme:
    tilde, weight = None, ""
    if "~" in text or "^" in text:
        suffix = re.search(_SUFFIX, text)
        if suffix is not None and text[: suffix.start()].strip("="):
            tilde, weight = suffix["tilde"], (suffix["weight"] or "")[1:]
            text = text[: suffix.start()]
    if text[0] == "=" and len(text) > 1:
        return Lexeme("exact", text[1:], start, end, "", tilde, weight)
    return Lexeme("word", text, start, end, "", tilde, weight)


def _phrase(text: str, start: int, end: int) -> Lexeme:
    close = max(text.rfind(quote) for quote in _QUOTES)
    suffix = re.match(_SUFFIX, text[close + 1 :])
    assert suffix is not None  # all of it may be missing
    kind, first = ("exact", 2) if text[0] == "=" else ("phrase", 1)
    weight = (suffix["weight"] or "")[1:]
    return Lexeme(kind, text[first:close], start, end, "", suffix["tilde"], weight)


def _balanced(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
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
        diagnostics.tell(kind, message, tokens[at])
    kept: list[Lexeme] = []
    for at, token in reversed(list(enumerate(tokens))):
        # A sign whose parenthesis or quote was dropped stands before nothing.
        lost = token.kind == "sign" and (not kept or kept[-1].kind not in _BEGINS)
        if at not in dropped and not lost:
            kept.append(token)
    return kept[::-1]


def _is_operator(token: Lexeme) -> bool:
    """Whether a token is a word that may be an operator."""
    named = token.text in _OPERATORS or token.text.startswith(("NEAR/", "ADJ/"))
    return named and token.kind == "word" and token.tilde is None and not token.weight


def _operators(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Tell operators from words: all but NOT need both sides, NOT what follows."""
    marked: list[Lexeme] = []
    may_be = [*map(_is_operator, tokens), False]
    for at, token in enumerate(tokens):
        if may_be[at]:
            name, slash, distance = token.text.partition("/")
            before = marked[-1].kind if marked else ""
            after = tokens[at + 1] if at + 1 < len(tokens) else _END
            joins = name == "NOT" or before in _ENDS
            if may_be[at + 1]:
                # What comes next is then a word, or a NOT of what follows it.
                joins = joins and (name == "NOT" or (after.text == "NOT" and not slash))
            else:
                joins = joins and after.kind in _BEGINS
            if name in ("NEAR", "ADJ"):
                joins = joins and after.kind != "sign"
                if joins and not (distance.isascii() and distance.isdigit()):
                    message = f"{name} needs a distance, as in {name}/5; it is taken as a word."
                    diagnostics.tell("no-distance", message, token, f"{name}/5")
                    marked.append(token._replace(kind="phrase"))
                    continue
            if joins:
                token = Lexeme(name, distance, token.start, token.end)
            else:
                message = "{} has nothing to join here; it is taken as a word."
                diagnostics.tell("dangling-operator", message, token, token.text.lower())
                token = token._replace(kind="phrase")
        marked.append(token)
    return marked
