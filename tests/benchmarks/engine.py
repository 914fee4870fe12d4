"""What the benchmarks ask of an engine, and what the engines have in common."""

from pathlib import Path
from typing import Protocol

from corpus import Query

__all__ = ["TOP", "Engine", "Found", "usual_syntax"]

TOP = 10
Found = list[tuple[str, str]]  # (citation, text) of the top ten


class Engine(Protocol):
    """An engine with one thread, unless it says otherwise; imports are done when it is made.

    `build` and `search` are what is timed; the latter from query text in the engine's syntax to
    the top ten. `count` gives the number of matches alone, by the shortest way there is.
    """

    @property
    def kinds(self) -> tuple[str, ...]: ...
    def build(self, corpus: Path, folder: Path) -> None: ...
    def open(self, folder: Path) -> None: ...
    def size(self) -> int: ...
    def close(self) -> None: ...
    def text(self, query: Query) -> str: ...
    def search(self, text: str, query: Query) -> Found: ...
    def count(self, text: str, query: Query) -> int: ...


def usual_syntax(query: Query) -> str:
    """Write a query without its filter as nutgraf, tantivy and Whoosh read it."""
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    return (" AND " if query.kind == "and" else " ").join(query.words)
