"""Options and arguments that several commands share, and the help of `search`."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click
from click.core import ParameterSource

__all__ = [
    "FOLDER",
    "IndexCommand",
    "SearchCommand",
    "batch_options",
    "build_options",
    "color_option",
    "complete_query",
    "existing",
    "given_index",
    "index_option",
    "json_option",
    "language_codes",
    "max_bytes_option",
    "nearest",
    "paths_argument",
    "search_options",
    "typed_again",
    "wait_option",
]

FOLDER = ".nutgraf"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def index_option(command: _Command) -> _Command:
    """Add --index DIR."""
    return click.option(
        "--index",
        "folder",
        metavar="DIR",
        type=click.Path(),
        envvar="NUTGRAF_INDEX",
        help="The index's folder. Otherwise $NUTGRAF_INDEX, or the nearest .nutgraf upwards.",
    )(command)


def build_options(command: _Command) -> _Command:
    """Add how many processes to build an index with, and in how much memory."""
    memory = click.option(
        "--memory",
        "memory_mb",
        type=click.IntRange(min=1),
        default=256,
        show_default=True,
        metavar="MIB",
        help="About how much memory to build with.",
    )
    processes = click.option(
        "--processes",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to build large indexes with; as many as there are processors unless given.",
    )
    return processes(memory(command))


def wait_option(command: _Command) -> _Command:
    """Add --wait SECONDS."""
    return click.option(
        "--wait",
        type=click.FloatRange(min=0),
        default=10.0,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for another process that is writing the index.",
    )(command)


def color_option(command: _Command) -> _Command:
    """Add --color."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colours; auto: on a terminal. NO_COLOR and FORCE_COLOR are honoured.",
    )(command)


def json_option(about: str) -> Callable[[_Command], _Command]:
    """Add --json, with what it does for the command."""
    return click.option("--json", "as_json", is_flag=True, help=about)


def max_bytes_option(command: _Command) -> _Command:
    """Add --max-bytes N."""
    return click.option(
        "--max-bytes",
        type=click.IntRange(min=0),
        metavar="N",
        help="Skip files larger than this; 67108864 (64 MiB) unless given.",
    )(command)


def paths_argument(*, required: bool) -> Callable[[_Command], _Command]:
    """Add the paths; each must exist, which is looked at before an index is made for it."""
    metavar = "PATH..." if required else "[PATH...]"
    kind = click.Path(exists=True)
    return click.argument("paths", nargs=-1, required=required, metavar=metavar, type=kind)


def search_options(command: _Command) -> _Command:
    """Add the options of a search, each named as its field of `SearchOptions`.

    What is not given is None, or the default of the field.
    """
    count = click.IntRange(min=0)
    for option in reversed(
        (
            click.option("-n", "--limit", type=count, help="Most hits shown; 10 unless given."),
            click.option("--offset", type=count, default=0, help="Hits left out first."),
            click.option(
                "--all",
                "require",
                flag_value="all",
                default="any",
                help="Find passages with all of the words.",
            ),
            click.option(
                "--scope",
                default="passage",
                show_default=True,
                metavar="passage|article|window:N",
                callback=_checked_scope,
                help="Where the query must be true: in one passage, in an article, in N "
                "neighbours.",
            ),
            click.option(
                "--sort",
                type=click.Choice(["score", "date", "-date", "path"]),
                default="score",
                help="The order; -date has the newest first.",
            ),
            click.option("--group", is_flag=True, help="Show the best passage of each article."),
            click.option(
                "--no-collapse",
                "collapse",
                flag_value=False,
                default=True,
                help="Show every one of passages that say the same.",
            ),
            click.option(
                "--expand", is_flag=True, help="Add words of the best passages to the query."
            ),
            click.option(
                "--synonyms",
                metavar="FILE",
                type=click.Path(),
                help="Take synonyms for words of the query: a line has car, automobile or "
                "ny => new york.",
            ),
            click.option("--explain", is_flag=True, help="Tell what each score comes from."),
        )
    ):
        command = option(command)
    return command


def typed_again(values: Mapping[str, Any]) -> list[str]:
    """Return options of the command that runs as they are typed to have these values."""
    typed: list[str] = []
    for option in click.get_current_context().command.params:
        if isinstance(option, click.Option) and option.name in values:
            value = values[option.name]
            if option.is_flag:
                typed += [option.opts[-1]] if value == option.flag_value else []
            elif value not in (None, option.default):
                typed += [option.opts[-1], str(value)]
    return typed


def _checked_scope(_context: click.Context, _option: click.Parameter, scope: str) -> str:
    """Return a scope; a wrong one is told as other wrong options are."""
    from nutgraf.options import SearchOptions
    from nutgraf_index.errors import ArgumentError

    try:
        SearchOptions(scope=scope)
    except ArgumentError as error:
        raise click.BadParameter(str(error)) from None
    return scope


class OneOf(click.Choice):  # type: ignore[type-arg, unused-ignore]
    """One of the names in a table, which is read when it is needed: `--help` loads click alone."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names
        self.case_sensitive = True

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        """The names there are now."""
        return tuple(self._names())


def language_codes() -> Iterable[str]:
    """Return the codes of the languages that an index may have."""
    from nutgraf_index.analysis.languages.registry import LANGUAGES

    return LANGUAGES


def _output_names() -> Iterable[str]:
    from nutgraf.output.registry import answering

    return answering()


def batch_options(command: _Command) -> _Command:
    """Add --queries FILE, and what goes with it."""
    for option in (
        click.option(
            "--format",
            type=OneOf(_output_names),
            default="jsonl",
            help="With --queries: what to print, JSON Lines unless given.",
        ),
        click.option("--column", metavar="NAME", help="The column of CSV; query unless given."),
        click.option(
            "--queries",
            type=click.File("rb"),
            metavar="FILE",
            help="Queries, one a line or in a column of CSV; - for stdin.",
        ),
    ):
        command = option(command)
    return command


# What --queries has no meaning for, by the parameter's name.
_NOT_WITH_QUERIES = {
    "after": "-A",
    "before": "-B",
    "around": "-C",
    "count": "-c",
    "files": "-l",
    "null": "-0",
    "explain": "--explain",
}


class IndexCommand(click.Command):
    """`index`, whose help ends with the formats that are read."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the formats."""
        from nutgraf_index.formats.registry import describe_formats

        with formatter.section("Formats"):
            formatter.write_dl(describe_formats())


class SearchCommand(click.Command):
    """`search`, whose first argument is a query unless --queries names a file of them.

    Its help ends with the fields of the query syntax.
    """

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Read the arguments, and tell those that do not go together."""
        left = super().parse_args(context, arguments)
        if context.resilient_parsing:  # they are being completed
            return left
        given = context.params
        if given["queries"] is None:
            if context.get_parameter_source("query") is ParameterSource.DEFAULT:
                query = next(one for one in self.params if one.name == "query")
                raise click.MissingParameter(ctx=context, param=query)
            for name in ("column", "format"):
                if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
                    raise click.UsageError(f"--{name} goes with --queries FILE.", context)
            return left
        for name, option in _NOT_WITH_QUERIES.items():
            if given[name]:
                raise click.UsageError(
                    f"--queries prints the hits of all queries alone: leave out {option}.", context
                )
        if given["as_json"] and given["format"] != "jsonl":
            message = f"--json and --format {given['format']} exclude each other."
            raise click.UsageError(message, context)
        if given["query"]:
            paths = next(one for one in self.params if one.name == "paths")
            first = paths.type.convert(given["query"], paths, context)
            given["paths"] = (first, *given["paths"])
        return left

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the query syntax."""
        from nutgraf.query.fields import syntax_help

        with formatter.section("Query"):
            formatter.write_dl(syntax_help())


# Where the index is


def nearest() -> str | None:
    """Return the nearest .nutgraf upwards from here."""
    folder, above = os.getcwd(), ""
    while folder != above:
        if os.path.isdir(found := os.path.join(folder, FOLDER)):
            return found
        folder, above = os.path.dirname(folder), folder
    return None


def given_index() -> list[str]:
    """Return the --index option of the command that runs, if it was typed."""
    context = click.get_current_context()
    if context.get_parameter_source("folder") is not click.core.ParameterSource.COMMANDLINE:
        return []
    return ["--index", context.params["folder"]]


def existing(folder: str | None) -> str:
    """Return the index's folder: that given, or the nearest."""
    found = folder or nearest()
    if found is None:
        raise click.UsageError(
            "there is no index here: `nutgraf index PATH...` makes one, --index DIR names one"
        )
    return found


def complete_query(context: click.Context, _argument: click.Parameter, text: str) -> list[str]:
    """Return completions of a query for the shell; none where anything is wrong."""
    try:
        from nutgraf.searcher import suggest

        found = suggest(text, existing(context.params.get("folder")), limit=50)
        return [one.text for one in found]
    except Exception:  # a line that is being typed is no place for errors
        return []
