"""Printing of results on stdout and of messages on stderr."""

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from nutgraf.cli.arguments import command_line
from nutgraf.cli.options import arguments_for
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
    "tell_ignored_input",
    "tell_query",
    "tell_report",
    "tell_synonyms",
    "took",
]

_SLOW = 50_000  # passages: above this number an uncompiled core is reported
_LONG = 2.0  # seconds: a command that takes longer says how long it took
_WIDEST = 100  # columns; longer lines are hard to read


def make_tolerant() -> None:
    r"""Make stdout and stderr print any text without an error.

    Characters that the encoding lacks are printed as `\u…`, which is valid in JSON. A stream that
    the parent process closed is replaced by the null device.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        if mode == "w":
            getattr(sys, name).reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Print a message on stderr, with control characters made visible."""
    lines = "\n".join(map(visible, message.split("\n")))
    if not lines.isascii() and sys.stderr.isatty() and _is_unicode(sys.stderr):
        from nutgraf.output.screen.direction import isolated_words

        lines = isolated_words(lines)
    with contextlib.suppress(OSError):  # a closed stderr must not stop the command
        print(f"nutgraf: {lines}", file=sys.stderr, flush=True)


def _is_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().startswith("utf")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on stdout; raise `OSError` if they cannot be written."""
    with _stdout() as out:
        for line in lines:
            out.write(f"{line}\n")


def print_record(record: Mapping[str, Any]) -> None:
    """Print a record as a line of JSON."""
    from nutgraf.output.json_lines import as_json

    print_lines([as_json(record, style_for("never"))])


def print_paths(paths: Iterable[str], *, null: bool) -> None:
    """Print paths, one per line; with `null`, as the system's bytes, each followed by NUL."""
    from nutgraf_index.names import printable

    if not null:
        print_lines(visible(printable(path)) for path in paths)
        return
    with _stdout() as out:
        out.buffer.write(b"".join(os.fsencode(path) + b"\0" for path in paths))


@contextlib.contextmanager
def _stdout() -> Iterator[TextIO]:
    """Yield stdout and flush it; a pipe that its reader closed (`| head`) is not an error."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        # Flushing the rest of the buffer at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def style_for(color: str, **more: Any) -> "Style":
    """Return the style of hits for this terminal or pipe and the environment.

    `more` are further fields of the style.
    """
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
        import shutil  # slow to import, and never needed in a pipe

        width = min(shutil.get_terminal_size().columns, width)
    return Style(
        terminal=terminal,
        color=colors,
        width=width,
        folder=os.getcwd(),
        ascii_only=not _is_unicode(sys.stdout),
        **more,
    )


def tell_ignored_input() -> None:
    """Print a warning if text is piped into a search that does not read it."""
    try:
        if stat.S_ISCHR(os.fstat(sys.stdin.fileno()).st_mode):
            return  # a terminal or the null device
        from fcntl import ioctl
        from termios import FIONREAD

        # A byte that is read here would be missing in the loop of a shell that reads the same pipe.
        piped = ioctl(sys.stdin.fileno(), FIONREAD, bytes(4))
    except (ImportError, OSError, ValueError):
        return
    if any(piped):
        say("standard input is not searched: to search it, add --in -")


def tell_report(report: "SyncReport", **more: Any) -> None:
    """Print the report of a sync; `more` are further arguments of `messages.describe_report`."""
    from nutgraf.output.messages import describe_report

    for line in describe_report(report, **more):
        say(line)
    if not (report.indexed or report.emptied):
        from nutgraf_index.formats.registry import usual_extensions

        say(f"no article found; nutgraf reads {usual_extensions()}")


def tell_synonyms(count: int, *, dry_run: bool = False) -> None:
    """Print how many rules of synonyms are now kept with the index, or would be."""
    from nutgraf.output.messages import counted

    if count:
        say(f"{counted(count, 'rule')} of synonyms {'would be' if dry_run else 'are'} kept")
    else:
        say(f"no synonyms {'would be' if dry_run else 'are'} kept with the index any more")


def took(started: float) -> str:
    """Return how long a command took that started at a `time.monotonic()`; "" if it was short."""
    seconds = time.monotonic() - started
    return f" in {seconds:,.1f} s" if seconds >= _LONG else ""


def tell_core(index: "Index") -> None:
    """Print a warning if the core is not compiled and the index is large enough to be slow."""
    from nutgraf_index.core import compiled

    if not compiled and (passages := index.snapshot().passages) > _SLOW:
        say(
            f"the core is not compiled, so searching {passages:,} passages is slow: install a C "
            "compiler (gcc, clang or MSVC), then nutgraf again, with "
            "`pip install --force-reinstall --no-deps .` in its checkout"
        )


def tell_diagnostics(results: "Results", where: str = "") -> None:
    """Print the diagnostics of a query, each with `where` before it."""
    if not results.diagnostics:
        return
    from nutgraf.output.messages import describe_diagnostics

    for line in describe_diagnostics(results.diagnostics):
        say(f"{where}{line}")


def tell_query(query: str, results: "Results", *, always: bool = False) -> None:
    """Print the diagnostics of a query and how it was understood.

    The query as understood is printed only if it differs from the query as typed, or if `always`.
    """
    tell_diagnostics(results)
    as_typed = not always and sorted(results.query.split()) == sorted(query.split())
    if results.query and not as_typed:
        say(f"searched for: {results.query}")


def tell_explanations(hits: Iterable["Hit"]) -> None:
    """Print the explanation of each hit under its citation."""
    for hit in hits:
        lines = hit.explanation.lines("  ") if hit.explanation else ()
        say("\n".join(map(visible, [hit.citation, *lines])))


def tell_count(results: "Results", offset: int, limit: int, per_article: int | None = None) -> None:
    """Print the number of matching passages, and of articles if grouped, and the range shown."""
    from nutgraf_index.names import counted

    count = results.total if results.articles is None else results.articles
    totals = counted(results.total, "passage")
    if results.articles is not None:
        totals = f"{counted(count, 'article')}, {totals}"
    if results.further:
        have = "has" if results.further == 1 else "have"
        totals += f"; {results.further:,} more {have} only some of the words"
    if per_article is not None:
        totals += f", at most {per_article:,} of an article shown"
    shown = f"{offset + 1:,} to {offset + len(results):,} of " if len(results) < count else ""
    if not results.total:
        say("no passage matches")
    elif results:
        hidden = sum(hit.near_duplicates.count for hit in results)
        duplicates = f"; {counted(hidden, 'near-duplicate')} not shown" if hidden else ""
        say(f"{shown}{totals}{duplicates}")
    else:
        after = f", none after --offset {offset:,}" if offset and limit else ""
        as_one = "; near-duplicates are shown as one" if after and offset < count else ""
        say(f"{totals}{after}{as_one}")


def tell_help(
    results: "Results",
    given: Mapping[str, Any],
    before: Sequence[str],
    paths: Sequence[str],
    *,
    spellings: bool = False,
) -> None:
    """Print the suggestions for a query, and the counts of its words if it found few passages.

    Each suggestion is printed as a command, made from the options `given` of the search, and the
    arguments `before` that name the index, and the `paths` that were searched. With `spellings`,
    only queries with mistyped words corrected are printed.
    """
    from nutgraf.results.hits import FEW_RESULTS

    suggestions = results.spellings if spellings else results.suggestions
    few = results.total < FEW_RESULTS and not spellings
    if not (suggestions or few):
        return
    from nutgraf.options import COUNTED
    from nutgraf.output.messages import counted, describe_counts, describe_words

    for line in describe_counts(results) if few else ():
        say(line)
    for suggestion in suggestions:
        changed = {**{name: given[name] for name in COUNTED}, **suggestion.options}
        within = [argument for path in paths for argument in ("--in", path)]
        options = [*before, *arguments_for(changed)]
        line = command_line("search", options, [suggestion.query], within)
        reason = describe_words(suggestion) if suggestion.words else "try"
        say(f"{reason}: {visible(line)} ({counted(suggestion.total, 'passage')})")
