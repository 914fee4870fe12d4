"""The tokens of a query text, and diagnostics of text that is not valid syntax."""

import re
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Diagnostic", "Diagnostics", "Lexeme", "tokenize", "without_suffix"]

_MAX_DEPTH = 50
_BOOST = r"\^\d+(?:\.\d+)?"
# A quote is closed by its own kind, and a whole quote of the other English kind may be within.
# Other languages have quotes of their own.
_ENGLISH = (r'"(?:[^"“”]|“[^"“”]*”)*"', r'“(?:[^"“”]|"[^"“”]*")*”')
_PAIRS = ("””", "„“", "„”", "«»", "»«", "‹›", "›‹", "「」", "『』")
_QUOTES = '"“”„«»‹›「」『』'
_QUOTED = "|".join((*_ENGLISH, *(f"{pair[0]}[^{pair}]*{pair[1]}" for pair in _PAIRS)))
_ENDS_TOKEN = rf"(?![^\s(){_QUOTES}])"
# Compiled on first use: a query of plain words does not need it. English quotes that no quote of
# their kind closes are closed by one of another kind, or reported.
_TOKEN = rf"""(?x)
    (?P<open>\()
    |(?P<close>\)(?:{_BOOST}{_ENDS_TOKEN})?)
    |(?P<phrase>=?(?:{_QUOTED}|["“”][^"“”]*["“”])(?:(?:~\d*)?(?:{_BOOST})?{_ENDS_TOKEN})?)
    |(?P<quote>["“”])
    |(?P<field>(?P<name>[A-Za-z][\w-]*):(?:["“”](?P<quoted>[^"“”]*)["“”](?P<tail>[^\s"“”()]*)|(?P<bare>[^\s"“”()]+)))
    |(?P<sign>[+-]+(?=[^\s+\-)]))
    |(?P<word>[^\s(){_QUOTES}]+)
    """
_SUFFIX = rf"(?:~(?P<tilde>\d*))?(?P<boost>{_BOOST})?\Z"
_OPERATORS = ("AND", "OR", "NOT", "NEAR", "ADJ")
# The kinds of tokens with which an operand can begin or end.
_BEGINS = ("open", "phrase", "field", "word", "sign", "exact")
_ENDS = ("close", "phrase", "field", "word", "exact")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A part of a query that is not searched as it was typed.

    `kind` is a fixed name for programs, `message` a sentence for people. `[start, end)` are the
    characters of that part in the query. `suggestion` is a text to type instead, or empty.

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
    """A token of a query: its `kind`, see `tokenize`, and the characters `[start, end)`.

    `text` is the token without quotes, `=` and suffixes; for NEAR and ADJ it is the distance.
    `name` is the name of a field. `tilde` is the digits after a final `~`, as in `~2`; None without
    `~`. `boost` is the number after a final `^`, as in `^2`; empty without `^`.
    """

    kind: str
    text: str
    start: int
    end: int
    name: str = ""
    tilde: str | None = None
    boost: str = ""


class Diagnostics:
    """Collects the diagnostics of one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Diagnostic] = []

    def typed(self, token: Lexeme) -> str:
        """Return the text of a token as it was typed."""
        return self.text[token.start : token.end]

    def report(self, kind: str, message: str, token: Lexeme, suggestion: str = "") -> None:
        """Add a diagnostic of a token; `{}` in the message becomes the token as typed."""
        message = message.format(self.typed(token))
        self.all.append(Diagnostic(kind, message, token.start, token.end, suggestion))


_END = Lexeme("", "", 0, 0)


def tokenize(text: str, diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens of a query.

    Kinds are open, close, phrase, exact, field, sign, word, and AND, OR, NOT, NEAR and ADJ where
    these join operands. Parentheses are balanced; signs and operators stand before an operand.
    """
    if "".join(text.split()).isalnum():
        tokens = [Lexeme("word", word[0], *word.span()) for word in re.finditer(r"\S+", text)]
    else:
        tokens = _scan(text, diagnostics)
        kinds = {token.kind for token in tokens}
        if not kinds.isdisjoint(("open", "close", "sign")):
            tokens = _balanced(tokens, diagnostics)
    if any(map(text.__contains__, _OPERATORS)):
        tokens = _operators(tokens, diagnostics)
    return tokens


def without_suffix(text: str) -> str:
    """Return a text without a final `~`, `~2` or `^2`."""
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
            message = "This quote is never closed; it is ignored."
            diagnostics.report("unclosed-quote", message, Lexeme(kind, match[0], start, end))
        else:
            boost = match[0][2:] if kind == "close" else ""
            tokens.append(Lexeme(kind, match[0], start, end, boost=boost))
    return tokens


def _word(text: str, start: int, end: int) -> Lexeme:
    tilde, boost = None, ""
    if "~" in text or "^" in text:
        suffix = re.search(_SUFFIX, text)
        if suffix is not None and text[: suffix.start()].strip("="):
            tilde, boost = suffix["tilde"], (suffix["boost"] or "")[1:]
            text = text[: suffix.start()]
    if text[0] == "=" and len(text) > 1:
        return Lexeme("exact", text[1:], start, end, "", tilde, boost)
    return Lexeme("word", text, start, end, "", tilde, boost)


def _phrase(text: str, start: int, end: int) -> Lexeme:
    close = max(text.rfind(quote) for quote in _QUOTES)
    suffix = re.match(_SUFFIX, text[close + 1 :])
    assert suffix is not None  # every part of the pattern is optional
    kind, first = ("exact", 2) if text[0] == "=" else ("phrase", 1)
    boost = (suffix["boost"] or "")[1:]
    words = re.sub('["“”]', " ", text[first:close])  # quotes of other kinds within
    return Lexeme(kind, words, start, end, "", suffix["tilde"], boost)


def _balanced(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens without unbalanced or too deeply nested parentheses."""
    opened: list[int] = []
    dropped: dict[int, tuple[str, str]] = {}
    unbalanced = ("unbalanced-parenthesis", "This parenthesis has no partner; it is ignored.")
    too_deep = ("too-deep", f"Parentheses nest at most {_MAX_DEPTH} deep; this one is ignored.")
    for i, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(i)
        elif token.kind == "close" and not opened:
            dropped[i] = unbalanced
        elif token.kind == "close":
            partner = opened.pop()
            if len(opened) >= _MAX_DEPTH:
                dropped[i] = dropped[partner] = too_deep
    dropped.update(dict.fromkeys(opened, unbalanced))
    for i, (kind, message) in dropped.items():
        diagnostics.report(kind, message, tokens[i])
    balanced: list[Lexeme] = []
    for i, token in reversed(list(enumerate(tokens))):
        # A sign has no operand if its parenthesis or quote was dropped.
        dangling = token.kind == "sign" and (not balanced or balanced[-1].kind not in _BEGINS)
        if i not in dropped and not dangling:
            balanced.append(token)
    return balanced[::-1]


def _is_operator(token: Lexeme) -> bool:
    """Whether a token is written like an operator."""
    name = token.text in _OPERATORS or token.text.startswith(("NEAR/", "ADJ/"))
    return name and token.kind == "word" and token.tilde is None and not token.boost


def _operators(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens with each operator as its own kind, or as a word if it joins nothing.

    NOT needs an operand after it; every other operator needs one on both sides.
    """
    result: list[Lexeme] = []
    operators = [*map(_is_operator, tokens), False]
    for i, token in enumerate(tokens):
        if operators[i]:
            name, slash, distance = token.text.partition("/")
            before = result[-1].kind if result else ""
            after = tokens[i + 1] if i + 1 < len(tokens) else _END
            joins = name == "NOT" or before in _ENDS
            if operators[i + 1]:
                # The next token becomes a word, or is the NOT of the right operand.
                joins = joins and (name == "NOT" or (after.text == "NOT" and not slash))
            else:
                joins = joins and after.kind in _BEGINS
            if name in ("NEAR", "ADJ"):
                joins = joins and after.kind != "sign"
                if joins and not (distance.isascii() and distance.isdigit()):
                    message = f"{name} needs a distance, as in {name}/5; it is taken as a word."
                    diagnostics.report("no-distance", message, token, f"{name}/5")
                    result.append(token._replace(kind="phrase"))
                    continue
            if joins:
                token = Lexeme(name, distance, token.start, token.end)
            else:
                message = "{} has nothing to join here; it is taken as a word."
                diagnostics.report("dangling-operator", message, token, token.text.lower())
                token = token._replace(kind="phrase")
        result.append(token)
    return result
