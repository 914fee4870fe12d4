"""Options and arguments of the commands, and the help of `index` and `search`."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from nutgraf.cli import arguments as reading
from nutgraf.cli.arguments import Contradiction

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = [
    "IndexCommand",
    "SearchCommand",
    "ShowCommand",
    "arguments_for",
    "batch_options",
    "build_options",
    "color_option",
    "complete_query",
    "date_order_option",
    "encoding_option",
    "existing",
    "existing_ones",
    "given_index",
    "index_option",
    "indexes_option",
    "json_option",
    "kept_synonyms_options",
    "language_option",
    "max_bytes_option",
    "max_pages_option",
    "nearest_or_new",
    "neighbours_option",
    "paths_argument",
    "query_argument",
    "search_options",
    "sync_options",
    "wait_option",
    "within_option",
]

_FOLDER = ".nutgraf"
_Command = TypeVar("_Command", bound=Callable[..., Any])
_Value = TypeVar("_Value", bound=str | None)


def _together(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Return a decorator that adds the options, which the help lists in this order."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


class _Folder(click.Path):
    """A path; unlike other paths, a variable of the environment has one and no list of them."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the path; fail for an empty one, which an unset variable of a shell gives."""
        if not value:
            self.fail("it is empty: name a folder, or leave out --index.", param, ctx)
        return super().convert(value, param, ctx)

    def split_envvar_value(self, rv: str) -> list[str]:
        """Return the value of the variable as a list of one."""
        return [rv]


def _only(context: click.Context, _option: click.Parameter, folders: tuple[str, ...]) -> str | None:
    """Return the only folder that is given, or None; raise click's error for several."""
    if len(folders) > 1:
        raise click.UsageError(
            f"{context.command.name} takes one index, and --index names {len(folders)}: "
            + " and ".join(map(repr, folders)),
            context,
        )
    return folders[0] if folders else None


index_option = click.option(
    "--index",
    "folder",
    metavar="DIR",
    type=_Folder(),
    multiple=True,
    callback=_only,
    envvar="NUTGRAF_INDEX",
    help="Folder of the index. Default: $NUTGRAF_INDEX, else the nearest .nutgraf upwards.",
)


indexes_option = click.option(
    "--index",
    "folders",
    metavar="DIR",
    type=_Folder(),
    multiple=True,
    envvar="NUTGRAF_INDEX",
    help="Folder of the index; several are searched as one. Default: $NUTGRAF_INDEX, else the "
    "nearest .nutgraf upwards.",
)


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


build_options = _together(
    click.option(
        "--processes",
        type=_WholeNumber(min=1),
        metavar="N",
        help="Number of processes that read and index. Default: one for each processor.",
    ),
    click.option(
        "--memory",
        "memory_mb",
        type=_WholeNumber(min=1),
        default=256,
        show_default=True,
        metavar="MIB",
        help="Approximate memory for indexing, in MiB.",
    ),
)
wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Seconds to wait while another process writes the index.",
)


def _checked_links(context: click.Context, option: click.Parameter, links: str) -> str:
    """Return a format of hyperlinks; raise click's error for an invalid format."""
    if context.get_parameter_source("links") is not ParameterSource.DEFAULT:
        from nutgraf.output.screen.hyperlinks import format_of
        from nutgraf_index.errors import ArgumentError

        try:
            format_of(links)
        except ArgumentError as error:
            raise click.BadParameter(str(error), context, option) from None
    return links


color_option = _together(
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Use colours; auto: on a terminal only. NO_COLOR and FORCE_COLOR are honoured.",
    ),
    click.option(
        "--no-pager",
        "pager",
        flag_value=False,
        default=True,
        help="Never use a pager; otherwise output longer than the terminal is in $PAGER.",
    ),
    click.option(
        "--hyperlink-format",
        "links",
        metavar="FORMAT",
        default="default",
        envvar="NUTGRAF_HYPERLINK_FORMAT",
        callback=_checked_links,
        help="Links of citations on a terminal: none, file, vscode or another name, or a text "
        "with {path}, {line}, {column}, {host}, {page} and {pointer}. Default: "
        "$NUTGRAF_HYPERLINK_FORMAT, else file://{path}{pointer}.",
    ),
)


def json_option(about: str) -> Callable[[_Command], _Command]:
    """Add --json, with its help for the command."""
    return click.option("--json", "as_json", is_flag=True, help=about)


max_bytes_option = click.option(
    "--max-bytes",
    type=_WholeNumber(min=0),
    metavar="N",
    help="Skip files of more than N bytes. Default: 67108864 (64 MiB).",
)


max_pages_option = click.option(
    "--max-pages",
    type=_WholeNumber(min=1),
    metavar="N",
    default=10_000,
    show_default=True,
    help="Skip PDFs of more than N pages.",
)


class _Path(click.Path):
    """A path, also as the commands print it."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the path as the system has it, or had it if it may be gone."""
        from nutgraf_index.names import on_disk

        named = on_disk(os.fspath(value))
        if self.exists and not os.path.lexists(named):
            named = value  # for the error
        return super().convert(named, param, ctx)


class _ToIndex(_Path):
    """A path that is to be indexed and must exist."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the path as the system has it, or say how to forget one that is gone."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            path = os.fspath(value)
            if path and path.isprintable() and not os.path.lexists(path):
                import shlex  # slow to import, and seldom needed

                index = [f"--index={folder}" for folder in ctx.command.typed(ctx, "folder") or ()]
                forget = f"nutgraf remove {shlex.join(['--in', path, *index])}"
                message = f"{error.message} To forget the articles of a path that is gone: {forget}"
                raise click.BadParameter(message, ctx, param) from None
            raise


class _Existing(_Path):
    """A file or folder that exists, or a member of an archive that exists."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Check the path, of a member that of its archive; return it as the system has it."""
        from nutgraf_index.names import archive_of, unprinted

        archive = archive_of(os.fspath(value))
        checked = super().convert(archive or value, param, ctx)
        return f"{checked}{unprinted(value[len(archive) :])}" if archive else checked


def within_option(about: str) -> Callable[[_Command], _Command]:
    """Add --in PATH, a file or folder that may be gone."""
    return click.option("--in", "within", metavar="PATH", multiple=True, type=_Path(), help=about)


sync_options = _together(
    click.option(
        "--exclude",
        metavar="GLOB",
        multiple=True,
        help="Leave out files, as a line of .nutgrafignore does, and remove their articles. "
        "May be repeated.",
    ),
    click.option(
        "--source-from",
        metavar="REGEX",
        help="Take the source of articles without one from the group of a regular expression "
        "that is found in the path: 'archive/([^/]+)/'.",
    ),
    click.option(
        "--prune",
        is_flag=True,
        help="Remove the articles of a folder that has no file any more.",
    ),
    click.option("--dry-run", is_flag=True, help="List what would be changed, and change nothing."),
)


date_order_option = click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy"]),
    help="Order of day and month in dates such as 04/03/2021. Default: as the other dates of "
    "the file show, else such dates are not read, and that is reported.",
)


def _checked_encoding(
    _context: click.Context, _option: click.Parameter, name: str | None
) -> str | None:
    """Return the usual name of an encoding; raise click's error for an unknown encoding."""
    if name is None:
        return None
    from nutgraf_index.errors import ArgumentError
    from nutgraf_index.formats.decoding.encodings import checked_encoding

    try:
        return checked_encoding(name)
    except ArgumentError as error:
        raise click.BadParameter(str(error)) from None


encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    callback=_checked_encoding,
    help="Encoding of files that are not UTF-8 and have no byte order mark, such as cp1254. "
    "Default: guessed for each file, and reported.",
)


def neighbours_option(name: str, parameter: str, about: str) -> Callable[[_Command], _Command]:
    """Add -A N, -B N or -C N, the number of neighbouring passages to show."""
    return click.option(name, parameter, type=_WholeNumber(min=0), metavar="N", help=about)


# click checks that each path exists, before a command creates an index.
paths_argument = click.argument("paths", nargs=-1, metavar="PATH...", type=_ToIndex(exists=True))
# For the synonyms that are kept with the index.
kept_synonyms_options = _together(
    click.option(
        "--synonyms",
        metavar="FILE",
        type=click.Path(),
        help="Keep a copy of the synonyms in a file with the index, for all searches. PATH may be "
        "left out.",
    ),
    click.option(
        "--no-synonyms",
        "drop_synonyms",
        is_flag=True,
        help="Drop the synonyms that are kept with the index.",
    ),
)


def complete_query(
    context: click.Context, _argument: click.Parameter, text: str
) -> "list[str] | list[CompletionItem]":
    """Return completions of a word of the query for the shell; an empty list after any error.

    After the first argument, a text with a separator or a dot in front is completed as a path.
    """
    if context.params.get("query") and (os.sep in text or text.startswith((".", "~"))):
        from click.shell_completion import CompletionItem

        return [CompletionItem(text, type="file")]
    try:
        from nutgraf.searcher import suggest

        completions = suggest(text, existing_ones(context.params.get("folders") or ()), limit=50)
        return [completion.text for completion in completions]
    except Exception:  # an error would be printed into the line that is being typed
        return []


query_argument = _together(
    click.argument("query", nargs=-1, metavar="QUERY...", shell_complete=complete_query),
    click.option(
        "--in",
        "paths",
        multiple=True,
        metavar="PATH",
        type=_Existing(exists=True, allow_dash=True),
        help="Search in a file or folder, which is indexed first; repeatable; - is stdin.",
    ),
)


def _checked(name: str) -> Callable[[click.Context, click.Parameter, _Value], _Value]:
    """Return a function that returns the value of an option, or raises click's error for it."""

    def check(_context: click.Context, _option: click.Parameter, value: _Value) -> _Value:
        if value is None:
            return value
        from nutgraf.options import SearchOptions
        from nutgraf_index.errors import ArgumentError

        try:
            SearchOptions(**{name: value})  # type: ignore[arg-type]
        except ArgumentError as error:
            raise click.BadParameter(str(error)) from None
        return value

    return check


def language_option(about: str) -> Callable[[_Command], _Command]:
    """Add --language LANGUAGE, with its help for the command."""
    return click.option(
        "--language",
        metavar="LANGUAGE",
        callback=_checked("language"),
        shell_complete=_complete_language,
        help=about,
    )


def _complete_language(
    _context: click.Context, _option: click.Parameter, typed: str
) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    from nutgraf_index.analysis.languages.registry import LANGUAGES

    return [CompletionItem(code) for code in LANGUAGES if code.startswith(typed)]


# Each has the name of its field in `SearchOptions`, and None or the default of the field.
search_options = _together(
    click.option(
        "-n",
        "--limit",
        type=_Limit(),
        metavar="N|all",
        help="Maximum number of hits; with -l, of files. Default: 10; all files.",
    ),
    click.option(
        "--offset", type=_WholeNumber(min=0), metavar="N", default=0, help="Skip N hits first."
    ),
    click.option(
        "--all",
        "require",
        flag_value="all",
        default="auto",
        help="Find only passages with all words. Without --all and --any, that holds for 2 "
        "or 3 words, if a passage has them all.",
    ),
    click.option(
        "--any",
        "require",
        flag_value="any",
        help="Find passages with any of the words.",
    ),
    click.option(
        "--scope",
        default="passage",
        show_default=True,
        metavar="passage|article|window:N",
        callback=_checked("scope"),
        help="Where the whole query must be true: in a passage, in an article, or in N "
        "neighbouring passages.",
    ),
    language_option(
        "Search only articles in a language, such as de or German; QUERY is in it. "
        "Default: all languages."
    ),
    click.option(
        "--sort",
        type=click.Choice(["score", "date", "-date", "path"]),
        default="score",
        help="Order of the hits: best first, earliest first, latest first, or by path.",
    ),
    click.option(
        "--recent",
        metavar="HALF-LIFE",
        callback=_checked("recent"),
        help="Rank newer articles higher: a score halves with each half-life of an "
        "article's age, such as 30d, 2w, 6m or 1y.",
    ),
    click.option("--group", is_flag=True, help="Show one hit for each article, the best."),
    click.option(
        "--per-article",
        type=_WholeNumber(min=1),
        metavar="N",
        help="Show at most N hits of an article; count the others.",
    ),
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
        '"ny => new york"; beside the synonyms that are kept with the index.',
    ),
    click.option(
        "--no-synonyms",
        "kept_synonyms",
        flag_value=False,
        default=True,
        help="Leave out the synonyms that are kept with the index.",
    ),
    click.option(
        "--variants",
        is_flag=True,
        help="Search for other spellings of names (Gaddafi, Qaddafi) and for long forms of "
        "acronyms too, as learnt from the archive.",
    ),
    click.option("--explain", is_flag=True, help="Show how each score is computed."),
)


def arguments_for(values: Mapping[str, Any]) -> list[str]:
    """Return the arguments that set options of the running command to the given values."""
    arguments: list[str] = []
    for option in click.get_current_context().command.params:
        if isinstance(option, click.Option) and option.name in values:
            value = values[option.name]
            if option.is_flag:
                # Newer versions of click do not say that the value of a plain flag is True.
                is_given = isinstance(option.flag_value, str | bool)
                flag_value = option.flag_value if is_given else True
                arguments += [option.opts[-1]] if value == flag_value else []
            elif value not in (None, option.default):
                arguments += [option.opts[-1], str(value)]
    return arguments


class _OutputFormat(click.Choice):  # type: ignore[type-arg, unused-ignore]
    """An output format; the names are read on first use, so that `--help` imports only click."""

    def __init__(self) -> None:
        self.case_sensitive = True

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        """The names."""
        from nutgraf.output.registry import OUTPUTS

        return tuple(output.name for output in OUTPUTS)


batch_options = _together(
    click.option(
        "--queries",
        type=click.File("rb"),
        metavar="FILE",
        help="File of queries, one per line or in a column of CSV; - is stdin.",
    ),
    click.option(
        "--column",
        metavar="NAME",
        help="Column of the CSV file with the queries. Default: query.",
    ),
    click.option(
        "--format",
        type=_OutputFormat(),
        help="Output format. Default: terminal or, in a pipe, grep; jsonl with --queries.",
    ),
    click.option(
        "--raw-csv",
        is_flag=True,
        help="Write cells of CSV and TSV as they are; a spreadsheet may run them as formulas.",
    ),
)


class IndexCommand(reading.Command):
    """The command `index`; its help ends with the table of formats."""

    contradictions = (
        Contradiction(
            ("--synonyms",),
            ("--no-synonyms",),
            "--synonyms keeps synonyms and --no-synonyms drops them: give one.",
        ),
        Contradiction(
            ("-q",), ("-v",), "-q prints only errors and -v more than usual: leave out one of them."
        ),
        Contradiction(
            ("--formats",),
            ("PATH...", "--synonyms", "--no-synonyms", "--dry-run", "-q", "-v"),
            "--formats prints a table, and indexes nothing: leave out {1}.",
        ),
    )

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Read the options and paths; raise an error if there is nothing to do."""
        rest = super().parse_args(context, arguments)
        given = context.params
        has_work = given["paths"] or given["synonyms"] is not None or given["drop_synonyms"]
        if not (has_work or given["formats"] or context.resilient_parsing):
            paths = next(param for param in self.params if param.name == "paths")
            raise click.MissingParameter(ctx=context, param=paths)
        return rest

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the formats."""
        from nutgraf_index.formats.registry import describe_formats

        with formatter.section("Formats"):
            formatter.write_dl(describe_formats())


class SearchCommand(reading.Command):
    """The command `search`, whose arguments are words and paths; with --queries, only paths.

    Its help ends with the tables of the output formats and of the query syntax.
    """

    contradictions = (
        Contradiction(
            ("--all",),
            ("--any",),
            "--all asks for all of the words and --any for any of them: leave out one.",
        ),
        Contradiction(("--group",), ("--no-group", "--per-article")),
        Contradiction(
            ("--recent",),
            ("--sort",),
            "--recent changes scores and --sort the order: leave out one.",
        ),
        Contradiction(
            ("--json",), ("--format",), "--json and {1} {2} exclude each other.", "jsonl"
        ),
        Contradiction(("-c",), ("-l",), "-c counts and -l lists files: leave out one of them."),
        Contradiction(("-c", "-l"), ("-A", "-B", "-C"), "{0} prints no passages: leave out {1}."),
        Contradiction(
            ("-c",),
            ("-n", "--offset", "--per-article"),
            "-c counts all passages that match: leave out {1}.",
            sys.maxsize,  # -n all
        ),
        Contradiction(
            ("--queries",),
            ("-c", "-l", "-0", "--explain"),
            "--queries prints only the hits of the queries: leave out {1}.",
        ),
    )

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Read the query and the paths; raise click's error for arguments that make no sense."""
        line = list(arguments)
        try:
            rest = super().parse_args(context, arguments)
        except (click.NoSuchOption, click.BadParameter):
            try:
                parts = reading.separated(self, context, line)
            except click.NoSuchOption as unknown:
                message = f"{unknown.format_message()}\nWords that begin with - come after --."
                raise click.UsageError(message, context) from None
            if context.resilient_parsing or not parts.unknown:
                raise
            hint = reading.command_line("search", parts.options, parts.words)
            message = f"No such option: {parts.unknown[0]}. Words that begin with - come after --"
            raise click.UsageError(f"{message}: {hint}", context) from None
        if context.resilient_parsing:  # for completion
            return rest
        given = context.params
        words, given["query"], given["notes"] = given["query"], "", ()
        if given["queries"] is None:
            if not words:
                query = next(param for param in self.params if param.name == "query")
                raise click.MissingParameter(ctx=context, param=query)
            if given["column"] is not None:
                raise click.UsageError("--column needs --queries FILE.", context)
            options = reading.separated(self, context, line).options if len(words) > 1 else ()
            asked = reading.read(words, given["paths"], options)
            given["query"], given["paths"], given["notes"] = asked
            return rest
        for path in words:
            if path != reading.STDIN and not os.path.exists(path):
                raise click.UsageError(
                    f"--queries takes the place of QUERY, and {path!r} is no file or folder to "
                    "search in.",
                    context,
                )
        given["paths"] += words
        if reading.STDIN in given["paths"] and given["queries"].name == "<stdin>":
            raise click.UsageError(
                "the queries and the text cannot both be standard input: name a file for one.",
                context,
            )
        return rest

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the output formats and of the query syntax."""
        from nutgraf.output.registry import describe_outputs
        from nutgraf.query.fields import syntax_help

        with formatter.section("Output formats"):
            formatter.write_dl(describe_outputs())
        with formatter.section("Query"):
            formatter.write_dl(syntax_help())


class ShowCommand(reading.Command):
    """The command `show`."""

    contradictions = (
        Contradiction(
            ("--fields",), ("-C",), "--fields prints what was read of an article: leave out {1}."
        ),
    )


def _nearest() -> str | None:
    """Return the nearest `.nutgraf` in this folder or a parent folder; None if there is none."""
    folder, child = os.getcwd(), ""
    while folder != child:
        if os.path.isdir(index := os.path.join(folder, _FOLDER)):
            return index
        folder, child = os.path.dirname(folder), folder
    return None


def nearest_or_new(folder: str | None) -> str:
    """Return the given folder, else the nearest index, else the folder in which one is made."""
    return folder or _nearest() or _FOLDER


def given_index() -> list[str]:
    """Return each --index and its value as typed; an empty list if none was typed."""
    context = click.get_current_context()
    if context.get_parameter_source("folders") is not click.core.ParameterSource.COMMANDLINE:
        return []
    return [part for folder in context.params["folders"] for part in ("--index", folder)]


def existing(folder: str | None) -> str:
    """Return the given folder or the nearest index; raise click's error if there is none."""
    index = folder or _nearest()
    if index is None:
        raise click.UsageError(
            "there is no index here: make one with `nutgraf index PATH...` or give --index DIR"
        )
    return index


def existing_ones(folders: tuple[str, ...]) -> list[str]:
    """Return the given folders or the nearest index; raise click's error if there is none."""
    return list(folders) or [existing(None)]
