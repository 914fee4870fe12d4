"""The output formats. The command line and its help read this table."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from nutgraf.output.style import HitWithContext, Style
from nutgraf.results.hits import Results

__all__ = ["OUTPUTS", "Output", "answering", "printed"]

_Answers = Iterable[tuple[str, int, Results]]


class Output(NamedTuple):
    """An output format.

    `hits` yields the lines for the hits of one search. `answers` yields the lines for many
    searches, each given as (query, rank of the first hit, results). Either function may be None.
    """

    name: str
    hits: Callable[[Iterable[HitWithContext], Style], Iterator[str]] | None = None
    answers: Callable[[_Answers, Style], Iterator[str]] | None = None


def _lines(module: str, name: str) -> Callable[..., Iterator[str]]:
    """Return a function that imports a module of this folder and calls the function `name`."""

    def lines(*arguments: Any) -> Iterator[str]:
        function: Callable[..., Iterator[str]] = getattr(
            import_module(f"nutgraf.output.{module}"), name
        )
        return function(*arguments)

    return lines


OUTPUTS = (
    Output("terminal", _lines("terminal", "hit_lines")),
    Output("grep", _lines("grep", "hit_lines")),
    Output("jsonl", _lines("json_lines", "hit_lines"), _lines("json_lines", "answer_lines")),
    Output("csv", answers=_lines("csv_rows", "answer_lines")),
)


def printed(hits: Iterable[HitWithContext], style: Style, *, as_json: bool) -> Iterator[str]:
    """Return the lines of one search: as JSON, for a terminal, or as `path:line:text` like grep."""
    name = "jsonl" if as_json else "terminal" if style.terminal else "grep"
    (output,) = (output for output in OUTPUTS if output.name == name)
    assert output.hits is not None
    return output.hits(hits, style)


def answering() -> dict[str, Output]:
    """Return the output formats for many queries, by name."""
    return {output.name: output for output in OUTPUTS if output.answers}
