"""The two streams of the command line: what goes to stdout and stderr, and how it looks there."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from nutgraf.cli.options import typed_again
from nutgraf.output.control_characters import visible

if TYPE_CHECKING:
    from nutgraf.output.style import Style
    from nutgraf.results.hits import Hit, Results
    from nutgraf_index.index import Index
    from nutgraf_index.sync.report import SyncReport

__all__ = [
    "make_tolerant",
    "print_lines",
    "print_paths",
    "print_record",
    "say",
    "style_for",
    "tell_core",
    "tell_count",
    "tell_diagnostics",
    "tell_explanations",
    "tell_help",
    "tell_query",
    "tell_report",
]

_SLOW = 50_000  # passages from which a core that is not compiled is a nuisance
_WIDEST = 100  # columns; longer lines are hard to read


def make_tolerant() -> None:
    """Let nothing that a text holds make printing fail; a lone surrogate stays JSON.

    A stream that was closed by whoever started us takes what is printed and keeps nothing.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        getattr(sys, name).reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Print a message on stderr, where nothing that it quotes steers the terminal."""
    lines = "\n".join(map(visible, message.split("\n")))
    with contextlib.suppress(OSError):  # nobody reads it: that must not change what is done
        print(f"nutgraf: {lines}", file=sys.stderr, flush=True)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on stdout. Raises `OSError` where they cannot be written."""
    with _stdout() as out:
        for line in lines:
            out.write(f"{line}\n")


def print_record(record: Mapping[str, Any]) -> None:
    """Print a record as a line of JSON."""
    from nutgraf.output.json_lines import as_json

    print_lines([as_json(record, style_for("never"))])


def print_paths(paths: Iterable[str], *, null: bool) -> None:
    """Print paths one a line; with `null` as the system has them, a NUL after each."""
    from nutgraf_index.names import printable

    if not null:
        print_lines(visible(printable(path)) for path in paths)
        return
    with _stdout() as out:
        out.buffer.write(b"".join(os.fsencode(path) + b"\0" for path in paths))


@contextlib.contextmanager
def _stdout() -> Iterator[TextIO]:
    """Give stdout and flush it; a reader that has seen enough (`| head`) is no error."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def style_for(color: str, *, null: bool = False) -> "Style":
    """Tell from the environment how hits are to be shown."""
    from nutgraf.output.style import Style

    terminal = sys.stdout.isatty()
    if color == "auto":
        colors = bool(os.environ.get("FORCE_COLOR")) or (
            terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        )
    else:
        colors = color == "always"
    width = _WIDEST
    if terminal:
        import shutil  # slow to import, and not needed in a pipe

        width = min(shutil.get_terminal_size().columns, width)
    return Style(
        terminal=terminal,
        color=colors,
        width=width,
        folder=os.getcwd(),
        null=null,
        ascii_only=not (sys.stdout.encoding or "").lower().startswith("utf"),
    )


def tell_report(report: "SyncReport", *, skips: int | None) -> None:
    """Say what a sync did, and the first of what it skipped; None: all of it."""
    from nutgraf.output.messages import describe_report

    for line in describe_report(report, skips=skips):
        say(line)
    if not report.indexed:
        from nutgraf_index.formats.registry import usual_extensions

        say(f"no article found; the formats are {usual_extensions()}")


def tell_core(index: "Index") -> None:
    """Say that the core is not compiled, where there is so much that it is slow."""
    from nutgraf_index.core import compiled

    if not compiled and (passages := index.snapshot().passages) > _SLOW:
        say(
            f"the core of this nutgraf is not compiled, so {passages:,} passages take long: "
            "install a C compiler (gcc, clang or MSVC), then nutgraf again: "
            "`pip install --force-reinstall --no-deps .` in its checkout"
        )


def tell_diagnostics(results: "Results", where: str = "") -> None:
    """Say what of a query was not taken as typed."""
    if not results.diagnostics:
        return
    from nutgraf.output.messages import describe_diagnostics

    for line in describe_diagnostics(results.diagnostics):
        say(f"{where}{line}")


def tell_query(query: str, results: "Results", *, always: bool = False) -> None:
    """Say what was not taken as typed, and then how the query was understood, if otherwise."""
    tell_diagnostics(results)
    as_typed = not always and sorted(results.query.split()) == sorted(query.split())
    if results.query and not as_typed:
        say(f"searched for: {results.query}")


def tell_explanations(hits: Iterable["Hit"]) -> None:
    """Say what the scores of hits come from, each under its citation."""
    for hit in hits:
        lines = hit.explanation.lines("  ") if hit.explanation else ()
        say("\n".join(map(visible, [hit.citation, *lines])))


def tell_count(results: "Results", offset: int, limit: int) -> None:
    """Say how many passages match, and which of them, or of their articles, are shown."""
    count = results.total if results.articles is None else results.articles
    known = f"{results.total:,} passage{'s' * (results.total != 1)}"
    if results.articles is not None:
        known = f"{count:,} article{'s' * (count != 1)}, {known}"
    shown = f"{offset + 1} to {offset + len(results)} of " if len(results) < count else ""
    if not results.total:
        say("no passage matches")
    elif results:
        copies = sum(hit.near_duplicates.count for hit in results)
        hidden = f"; {copies:,} {'copy' if copies == 1 else 'copies'} not shown" if copies else ""
        say(f"{shown}{known}{hidden}")
    else:
        after = f", none after --offset {offset}" if offset and limit else ""
        as_one = "; copies are shown as one" if after and offset < count else ""
        say(f"{known}{after}{as_one}")


def tell_help(
    results: "Results", given: Mapping[str, Any], before: Sequence[str], paths: Sequence[str]
) -> None:
    """Say what helps where little was found: which words are found, and what to run instead.

    `given` are the options of the search that ran, `before` and `paths` what else was typed before
    and after its query.
    """
    if results.help is None:
        return
    import shlex  # what is not needed where enough is found

    from nutgraf.options import COUNTED
    from nutgraf.output.messages import counted, describe_counts

    for line in describe_counts(results):
        say(line)
    for one in results.suggestions:
        asked = {**{name: given[name] for name in COUNTED}, **one.options}
        more = [*before, *typed_again(asked), *(["--"] if one.query.startswith("-") else [])]
        line = shlex.join(["nutgraf", "search", *more, one.query, *paths])
        say(f"try: {visible(line)} ({counted(one.total, 'passage')})")
