"""The output formats. The command line and its help read this table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from nutgraf.output.control_characters import visible
from nutgraf.output.style import STRONG, Answer, HitWithContext, Style, paint

__all__ = ["OUTPUTS", "Output", "answered", "describe_outputs", "output_named", "printed"]


class Output(NamedTuple):
    """An output format.

    Attributes:
        name: the name, a choice of `--format`.
        about: what it is for, for help and documentation.
        hits: yields the lines of one search. If it is None, `answers` is called with one answer.
        answers: yields the lines of many searches. If it is None, `hits` is called for each.
        records: yields the lines of records of other kinds, such as the files of `-l`; None if the
            format has hits alone.
        explains: whether the lines of a hit have its explanation.
    """

    name: str
    about: str
    hits: Callable[[Iterable[HitWithContext], Style], Iterator[str]] | None = None
    answers: Callable[[Iterable[Answer], Style], Iterator[str]] | None = None
    records: Callable[[Iterable[Mapping[str, Any]], Style], Iterator[str]] | None = None
    explains: bool = False


def _lines(module: str, name: str) -> Callable[..., Iterator[str]]:
    """Return a function that imports a module of this folder and calls the function `name`."""

    def lines(*arguments: Any) -> Iterator[str]:
        function: Callable[..., Iterator[str]] = getattr(
            import_module(f"nutgraf.output.{module}"), name
        )
        return function(*arguments)

    return lines


OUTPUTS = (
    Output(
        "terminal",
        "for reading: wrapped, marked, with titles and citations; the default on a terminal",
        hits=_lines("terminal", "hit_lines"),
        explains=True,
    ),
    Output(
        "grep",
        "a line for each passage, path:line:text; the default in a pipe",
        hits=_lines("grep", "hit_lines"),
    ),
    Output(
        "jsonl",
        "a JSON object for each hit, as --json; the default with --queries",
        hits=_lines("json_lines", "hit_lines"),
        answers=_lines("json_lines", "answer_lines"),
        records=_lines("json_lines", "record_lines"),
        explains=True,
    ),
    Output(
        "csv",
        "a row for each hit, for spreadsheets",
        answers=_lines("csv_rows", "csv_answers"),
        records=_lines("csv_rows", "csv_records"),
    ),
    Output(
        "tsv",
        "the same with tabs between the cells and no quotes, for cut, awk and sort",
        answers=_lines("csv_rows", "tsv_answers"),
        records=_lines("csv_rows", "tsv_records"),
    ),
    Output(
        "markdown",
        "a quotation for each hit with its citation, to be pasted into notes",
        hits=_lines("markdown", "hit_lines"),
        answers=_lines("markdown", "answer_lines"),
    ),
)


def output_named(name: str) -> Output:
    """Return the output format of a name."""
    (output,) = (output for output in OUTPUTS if output.name == name)
    return output


def describe_outputs() -> list[tuple[str, str]]:
    """Return a row for each output format, for a table: its name and what it is for."""
    return [(output.name, output.about) for output in OUTPUTS]


def printed(hits: Iterable[HitWithContext], style: Style, *, as_json: bool) -> Iterator[str]:
    """Return the lines of one search: as JSON, for a terminal, or as `path:line:text` like grep."""
    output = output_named("jsonl" if as_json else "terminal" if style.terminal else "grep")
    assert output.hits is not None
    return output.hits(hits, style)


def answered(output: Output, answers: Iterable[Answer], style: Style) -> Iterator[str]:
    """Yield the lines of many searches in an output format."""
    if output.answers is not None:
        yield from output.answers(answers, style)
        return
    assert output.hits is not None
    for i, answer in enumerate(answers):
        if output.explains:  # for people: the query, and empty lines between
            yield from [""] * bool(i)
            yield paint(visible(answer.query), STRONG, style.color)
        yield from output.hits(answer.hits, style)
