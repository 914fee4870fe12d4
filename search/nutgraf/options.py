"""Options and arguments that several commands share, and the help of `search`. For cli.py alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "FOLDER",
    "SearchCommand",
    "color_option",
    "existing",
    "given_index",
    "index_option",
    "json_option",
    "max_bytes_option",
    "nearest",
    "paths_argument",
    "scope_option",
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
        type=click.Path(path_type=Path),
        envvar="NUTGRAF_INDEX",
        help="The index's folder. Otherwise $NUTGRAF_INDEX, or the nearest .nutgraf upwards.",
    )(command)


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


def scope_option(command: _Command) -> _Command:
    """Add --scope."""
    return click.option(
        "--scope",
        default="passage",
        show_default=True,
        metavar="passage|article|window:N",
        callback=_checked_scope,
        help="Where the query must be true: in one passage, in an article, in N neighbours.",
    )(command)


def _checked_scope(_context: click.Context, _option: click.Parameter, scope: str) -> str:
    """Return a scope; a wrong one is told before anything is indexed."""
    from nutgraf.scope import read_scope
    from nutgraf_index.errors import ArgumentError

    try:
        read_scope(scope)
    except ArgumentError as error:
        raise click.BadParameter(str(error)) from None
    return scope


class SearchCommand(click.Command):
    """`search`, whose help ends with the fields of the query syntax."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a table of the query syntax."""
        from nutgraf.fields import syntax_help

        with formatter.section("Query"):
            formatter.write_dl(syntax_help())


# Where the index is


def nearest() -> Path | None:
    """Return the nearest .nutgraf upwards from here."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir():
            return folder / FOLDER
    return None


def given_index() -> list[str]:
    """Return the --index option of the command that runs, if it was typed."""
    context = click.get_current_context()
    if context.get_parameter_source("folder") is not click.core.ParameterSource.COMMANDLINE:
        return []
    return ["--index", str(context.params["folder"])]


def existing(folder: Path | None) -> Path:
    """Return the index's folder: that given, or the nearest."""
    found = folder or nearest()
    if found is None:
        raise click.UsageError(
            "there is no index here: `nutgraf index PATH...` makes one, --index DIR names one"
        )
    return found
