"""Options and arguments of the commands, and the help of `index` and `search`."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click
from click.core import ParameterSource

__all__ = [
    "FOLDER",
    "IndexCommand",
    "SearchCommand",
    "arguments_for",
    "batch_options",
    "build_options",
    "color_option",
    "complete_query",
    "encoding_option",
    "existing",
    "given_index",
    "index_option",
    "json_option",
    "language_codes",
    "max_bytes_option",
    "nearest",
    "neighbours_option",
    "paths_argument",
    "search_options",
    "sync_options",
    "wait_option",
    "within_option",
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
        help="Folder of the index. Default: $NUTGRAF_INDEX, else the nearest .nutgraf upwards.",
    )(command)


class _Limit(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A number of hits; "all" is `sys.maxsize`."""

    name = "limit"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> int:
        """Return the number; fail for any other text."""
        if value == "all":
            return sys.maxsize
        text = str(value)
        if not (text.isascii() and text.isdigit()):
            self.fail(f"{value!r} is neither a whole number, 0 or more, nor all.", param, context)
        return min(int(text[:20]), sys.maxsize)


class _WholeNumber(click.IntRange):
    """A number of at least `min` that messages call a whole number."""

    name = "whole number"


def build_options(command: _Command) -> _Command:
    """Add --processes N and --memory MIB."""
    memory = click.option(
        "--memory",
        "memory_mb",
        type=_WholeNumber(min=1),
        default=256,
        show_default=True,
        metavar="MIB",
        help="Approximate memory for indexing, in MiB.",
    )
    processes = click.option(
        "--processes",
        type=_WholeNumber(min=1),
        metavar="N",
        help="Number of processes for large indexes. Default: one for each processor.",
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
        help="Seconds to wait while another process writes the index.",
    )(command)


def color_option(command: _Command) -> _Command:
    """Add --color."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Use colours; auto: on a terminal only. NO_COLOR and FORCE_COLOR are honoured.",
    )(command)


def json_option(about: str) -> Callable[[_Command], _Command]:
    """Add --json, with its help for the command."""
    return click.option("--json", "as_json", is_flag=True, help=about)


def max_bytes_option(command: _Command) -> _Command:
    """Add --max-bytes N."""
    return click.option(
        "--max-bytes",
        type=_WholeNumber(min=0),
        metavar="N",
        help="Skip files of more than N bytes. Default: 67108864 (64 MiB).",
    )(command)


def within_option(about: str) -> Callable[[_Command], _Command]:
    """Add --in PATH, a file or folder that may be gone."""
    return click.option(
        "--in", "within", metavar="PATH", multiple=True, type=click.Path(), help=about
    )


def sync_options(command: _Command) -> _Command:
    """Add --exclude GLOB, --source-from REGEX, --prune and --dry-run."""
    for option in (
        click.option(
            "--dry-run", is_flag=True, help="List what would be changed, and change nothing."
        ),
        click.option(
            "--prune",
            is_flag=True,
            help="Remove the articles of a folder that has no file any more.",
        ),
        click.option(
            "--source-from",
            metavar="REGEX",
            help="Take the source of articles without one from the group of a regular expression "
            "that is found in the path: 'archive/([^/]+)/'.",
        ),
        click.option(
            "--exclude",
            metavar="GLOB",
            multiple=True,
            help="Leave out files, as a line of .nutgrafignore does, and remove their articles. "
            "May be repeated.",
        ),
    ):
        command = option(command)
    return command


def encoding_option(command: _Command) -> _Command:
    """Add --encoding NAME."""
    return click.option(
        "--encoding",
        metavar="NAME",
        callback=_checked_encoding,
        help="Encoding of files that are not UTF-8 and have no byte order mark, such as cp1254. "
        "Default: guessed for each file, and reported.",
    )(command)


def _checked_encoding(
    _context: click.Context, _option: click.Parameter, name: str | None
) -> str | None:
    """Return the usual name of an encoding; raise click's error for an unknown encoding."""
    if name is None:
        return None
    from nutgraf_index.errors import ArgumentError
    from nutgraf_index.formats.encodings import checked_encoding

    try:
        return checked_encoding(name)
    except ArgumentError as error:
        raise click.BadParameter(str(error)) from None


def neighbours_option(name: str, parameter: str, about: str) -> Callable[[_Command], _Command]:
    """Add -A N, -B N or -C N, the number of neighbouring passages to show."""
    return click.option(name, parameter, type=_WholeNumber(min=0), metavar="N", help=about)


def paths_argument(*, required: bool) -> Callable[[_Command], _Command]:
    """Add the paths; click checks that each path exists, before a command creates an index."""
    metavar = "PATH..." if required else "[PATH...]"
    kind = click.Path(exists=True, allow_dash=not required)
    return click.argument("paths", nargs=-1, required=required, metavar=metavar, type=kind)


def search_options(command: _Command) -> _Command:
    """Add the options of a search, each with the name of its field in `SearchOptions`.

    The default is None or the default of the field.
    """
    count = _WholeNumber(min=0)
    for option in reversed(
        (
            click.option(
                "-n",
                "--limit",
                type=_Limit(),
                metavar="N|all",
                help="Maximum number of hits; with -l, of files. Default: 10; all files.",
            ),
            click.option("--offset", type=count, metavar="N", default=0, help="Skip N hits first."),
            click.option(
                "--all",
                "require",
                flag_value="all",
                default="any",
                help="Find only passages with all words of the query.",
            ),
            click.option(
                "--scope",
                default="passage",
                show_default=True,
                metavar="passage|article|window:N",
                callback=_checked_scope,
                help="Where the whole query must be true: in a passage, in an article, or in N "
                "neighbouring passages.",
            ),
            click.option(
                "--sort",
                type=click.Choice(["score", "date", "-date", "path"]),
                default="score",
                help="Order of the hits: best first, earliest first, latest first, or by path.",
            ),
            click.option("--group", is_flag=True, help="Show one hit for each article, the best."),
            click.option(
                "--no-collapse",
                "collapse",
                flag_value=False,
                default=True,
                help="Show near-duplicates as hits of their own.",
            ),
            click.option(
                "--expand", is_flag=True, help="Search for typical words of the best passages too."
            ),
            click.option(
                "--synonyms",
                metavar="FILE",
                type=click.Path(),
                help='Search for synonyms too, from lines such as "car, automobile" or '
                '"ny => new york".',
            ),
            click.option("--explain", is_flag=True, help="Show how each score is computed."),
        )
    ):
        command = option(command)
    return command


def arguments_for(values: Mapping[str, Any]) -> list[str]:
    """Return the arguments that set options of the running command to the given values."""
    arguments: list[str] = []
    for option in click.get_current_context().command.params:
        if isinstance(option, click.Option) and option.name in values:
            value = values[option.name]
            if option.is_flag:
                arguments += [option.opts[-1]] if value == option.flag_value else []
            elif value not in (None, option.default):
                arguments += [option.opts[-1], str(value)]
    return arguments


def _checked_scope(_context: click.Context, _option: click.Parameter, scope: str) -> str:
    """Return a scope; raise click's error for an invalid scope."""
    from nutgraf.options import SearchOptions
    from nutgraf_index.errors import ArgumentError

    try:
        SearchOptions(scope=scope)
    except ArgumentError as error:
        raise click.BadParameter(str(error)) from None
    return scope


class OneOf(click.Choice):  # type: ignore[type-arg, unused-ignore]
    """A choice of names that are computed on first use, so that `--help` imports only click."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names
        self.case_sensitive = True

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        """The names."""
        return tuple(self._names())


def language_codes() -> Iterable[str]:
    """Return the codes of the languages that an index may have."""
    from nutgraf_index.analysis.languages.registry import LANGUAGES

    return LANGUAGES


def _output_names() -> Iterable[str]:
    from nutgraf.output.registry import OUTPUTS

    return (output.name for output in OUTPUTS)


def batch_options(command: _Command) -> _Command:
    """Add --queries FILE, --column NAME, --format and --raw-csv."""
    for option in (
        click.option(
            "--raw-csv",
            is_flag=True,
            help="Write cells of CSV and TSV as they are; a spreadsheet may run them as formulas.",
        ),
        click.option(
            "--format",
            type=OneOf(_output_names),
            help="Output format. Default: terminal or, in a pipe, grep; jsonl with --queries.",
        ),
        click.option(
            "--column",
            metavar="NAME",
            help="Column of the CSV file with the queries. Default: query.",
        ),
        click.option(
            "--queries",
            type=click.File("rb"),
            metavar="FILE",
            help="File of queries, one per line or in a column of CSV; - is stdin.",
        ),
    ):
        command = option(command)
    return command


# The options that cannot be combined with --queries, by parameter.
_NOT_WITH_QUERIES = {
    "count": "-c",
    "files": "-l",
    "null": "-0",
    "explain": "--explain",
}


class IndexCommand(click.Command):
    """The command `index`; its help ends with the table of formats."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the formats."""
        from nutgraf_index.formats.registry import describe_formats

        with formatter.section("Formats"):
            formatter.write_dl(describe_formats())


class SearchCommand(click.Command):
    """The command `search`, whose first argument is a query unless --queries is given.

    Its help ends with the tables of the output formats and of the query syntax.
    """

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Parse the arguments, and raise an error for options that exclude each other."""
        rest = super().parse_args(context, arguments)
        if context.resilient_parsing:  # for completion
            return rest
        given = context.params
        if given["queries"] is None:
            if context.get_parameter_source("query") is ParameterSource.DEFAULT:
                query = next(param for param in self.params if param.name == "query")
                raise click.MissingParameter(ctx=context, param=query)
            if given["column"] is not None:
                raise click.UsageError("--column needs --queries FILE.", context)
            return rest
        for name, option in _NOT_WITH_QUERIES.items():
            if given[name]:
                raise click.UsageError(
                    f"--queries prints only the hits of the queries: leave out {option}.", context
                )
        if given["query"]:
            paths = next(param for param in self.params if param.name == "paths")
            first = paths.type.convert(given["query"], paths, context)
            given["paths"] = (first, *given["paths"])
        return rest

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the output formats and of the query syntax."""
        from nutgraf.output.registry import describe_outputs
        from nutgraf.query.fields import syntax_help

        with formatter.section("Output formats"):
            formatter.write_dl(describe_outputs())
        with formatter.section("Query"):
            formatter.write_dl(syntax_help())


def nearest() -> str | None:
    """Return the nearest `.nutgraf` in this folder or a parent folder; None if there is none."""
    folder, child = os.getcwd(), ""
    while folder != child:
        if os.path.isdir(index := os.path.join(folder, FOLDER)):
            return index
        folder, child = os.path.dirname(folder), folder
    return None


def given_index() -> list[str]:
    """Return --index and its value as typed; an empty list if it was not typed."""
    context = click.get_current_context()
    if context.get_parameter_source("folder") is not click.core.ParameterSource.COMMANDLINE:
        return []
    return ["--index", context.params["folder"]]


def existing(folder: str | None) -> str:
    """Return the given folder or the nearest index; raise click's error if there is none."""
    index = folder or nearest()
    if index is None:
        raise click.UsageError(
            "there is no index here: make one with `nutgraf index PATH...` or give --index DIR"
        )
    return index


def complete_query(context: click.Context, _argument: click.Parameter, text: str) -> list[str]:
    """Return completions of a query for the shell; an empty list after any error."""
    try:
        from nutgraf.searcher import suggest

        completions = suggest(text, existing(context.params.get("folder")), limit=50)
        return [completion.text for completion in completions]
    except Exception:  # an error would be printed into the line that is being typed
        return []
