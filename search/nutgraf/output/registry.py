"""The forms in which hits are printed. The command line and its help follow this table."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from nutgraf.output.style import HitWithContext, Style
from nutgraf.results.hits import Results

__all__ = ["OUTPUTS", "Output", "answering", "printed"]

_Answers = Iterable[tuple[str, int, Results]]


class Output(NamedTuple):
    """A form of output.

    `hits` yields the lines of one search, `answers` those of many: of each the query, the rank of
    its first hit, and its results. Either is None where the form has none.
    """

    name: str
    hits: Callable[[Iterable[HitWithContext], Style], Iterator[str]] | None = None
    answers: Callable[[_Answers, Style], Iterator[str]] | None = None


def _lines(module: str, name: str) -> Callable[..., Iterator[str]]:
    """Return a function of a module of this folder, which is imported when it is called."""

    def lines(*arguments: Any) -> Iterator[str]:
        found: Callable[..., Iterator[str]] = getattr(
            import_module(f"nutgraf.output.{module}"), name
        )
        return found(*arguments)

    return lines


OUTPUTS = (
    Output("terminal", _lines("terminal", "hit_lines")),
    Output("grep", _lines("grep", "hit_lines")),
    Output("jsonl", _lines("json_lines", "hit_lines"), _lines("json_lines", "answer_lines")),
    Output("csv", answers=_lines("csv_rows", "answer_lines")),
)


def printed(hits: Iterable[HitWithContext], style: Style, *, as_json: bool) -> Iterator[str]:
    """Return the lines of the hits of one search: for programs, for a person, or for a pipe."""
    name = "jsonl" if as_json else "terminal" if style.terminal else "grep"
    (output,) = (one for one in OUTPUTS if one.name == name)
    assert output.hits is not None
    return output.hits(hits, style)


def answering() -> dict[str, Output]:
    """Return the forms that print the hits of many queries, by name."""
    return {output.name: output for output in OUTPUTS if output.answers}
