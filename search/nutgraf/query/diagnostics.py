"""What is told of a query that was not taken as typed."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Diagnostic", "Diagnostics", "Lexeme"]


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
    """Gathers the notices of one query."""

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
