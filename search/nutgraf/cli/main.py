"""The commands `search`, `show` and `open`, and the entry point of the command line.

Commands import the library when they run, so that `--help` imports only click.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, Any

import click

from nutgraf import __version__
from nutgraf.cli import console, options, session
from nutgraf.cli.arguments import Commands

__all__ = ["cli", "main"]

FOUND, NOTHING, ERROR, LOCKED, INTERRUPTED = 0, 1, 2, 75, 130
_leave = os._exit
_CONTEXT = {"help_option_names": ["-h", "--help"]}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line with `arguments`, by default those of the process, and exit.

    With the arguments of the process, exit without Python's clean-up, which takes as long as a
    search.
    """
    console.make_tolerant()
    status = _run(arguments)
    if arguments is None:
        # If flushing fails, exit in the usual way: Python then reports the error.
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
            _leave(status)
    sys.exit(status)


def _run(arguments: list[str] | None) -> int:
    if os.environ.get("_NUTGRAF_COMPLETE", "").startswith("bash"):
        from click.shell_completion import add_completion_class

        from nutgraf.cli.bash_completion import LineComplete

        add_completion_class(LineComplete)
    try:
        status = cli.main(arguments, prog_name="nutgraf", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        return _interrupted(error)
    except Exception as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            return _interrupted(error)  # and the terminal is gone, so that click cannot write
        from nutgraf_index.errors import IndexLocked, NutgrafError

        if isinstance(error, OSError):
            error = NutgrafError(_cause_of(error))
        if not isinstance(error, NutgrafError):
            import traceback

            traceback.print_exc()
            error = NutgrafError(
                "this is an error in nutgraf; please report it with the lines above"
            )
        console.say(str(error))
        return LOCKED if isinstance(error, IndexLocked) else ERROR
    return status if isinstance(status, int) else FOUND


def _interrupted(error: BaseException) -> int:
    """Return the exit status for an interrupt, or for an error that click made of one."""
    interrupt = error if isinstance(error, KeyboardInterrupt) else error.__context__
    number = (*interrupt.args, None)[0] if isinstance(interrupt, KeyboardInterrupt) else None
    return INTERRUPTED if number is None else 128 + int(number)


def _cause_of(error: OSError) -> str:
    """Return the message for an error of the system that no other room knows."""
    try:
        os.getcwd()
    except OSError:
        return "the current folder is gone: change to another one"
    return f"cannot write the output: {error.strerror or error}"


def _maintenance() -> tuple[click.Command, ...]:
    from nutgraf.cli.maintenance import COMMANDS  # a search needs none of them

    return COMMANDS


@click.group(cls=Commands, further=_maintenance, context_settings=_CONTEXT)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Find the graf: full-text passage search for archives of articles.

    Begin with: nutgraf search ballistic missiles --in FOLDER

    Exit status: 0 found, 1 nothing found, 2 error, 75 index locked, 130 interrupted.
    """


@cli.command(cls=options.SearchCommand)
@options.query_argument
@options.batch_options
@options.indexes_option
@options.search_options
@options.neighbours_option("-A", "after", "Show N passages after each hit.")
@options.neighbours_option("-B", "before", "Show N passages before each hit.")
@options.neighbours_option("-C", "around", "Show N passages before and after each hit.")
@click.option(
    "-c",
    "--count",
    is_flag=True,
    help="Print only the number of matching passages; with --group, of articles.",
)
@click.option(
    "-l",
    "--files-with-matches",
    "files",
    is_flag=True,
    help="Print only the paths of files with hits.",
)
@click.option("-0", "--null", is_flag=True, help="End each path with a NUL character.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; only set the exit status.")
@options.json_option("Print a JSON object for each hit: short for --format jsonl.")
@click.option(
    "--no-group",
    "together",
    flag_value=False,
    default=True,
    help="On a terminal, show each hit by itself, not with the others of its article.",
)
@options.color_option
@options.max_bytes_option
@options.encoding_option
@options.wait_option
def search(
    query: str,
    paths: tuple[str, ...],
    queries: IO[bytes] | None,
    column: str | None,
    format: str | None,
    raw_csv: bool,
    folders: tuple[str, ...],
    after: int | None,
    before: int | None,
    around: int | None,
    count: bool,
    files: bool,
    null: bool,
    quiet: bool,
    as_json: bool,
    together: bool,
    color: str,
    links: str,
    pager: bool,
    max_bytes: int | None,
    encoding: str | None,
    wait: float,
    notes: tuple[str, ...],
    **given: Any,
) -> int:
    """Find the passages that match QUERY, best first.

    QUERY is one or more words. If the arguments after the first all exist as files or folders, they
    are taken as if --in stood before each.

    With --in PATH, first bring the index up to date with the path, and search only there. With
    --in -, or - as the last argument, search standard input, without an index on disk.

    With --queries FILE instead of QUERY, search for each query of the file; the exit status is 2 if
    any fails.
    """
    from nutgraf.cli import printing
    from nutgraf.options import SearchOptions
    from nutgraf.output.registry import output_named
    from nutgraf.output.style import Answer, HitWithContext
    from nutgraf.query.parser import parse
    from nutgraf_index.errors import QueryError

    context = (after, before, around) != (None, None, None)
    around = around or 0
    neighbours = (around if before is None else before, around if after is None else after)
    style = console.style_for(
        color, null=null, context=context, raw_csv=raw_csv, together=together, links=links
    )
    format = printing.format_for(format, style, as_json=as_json, many=queries is not None)
    printing.check(format, {"count": count, "files": files, "null": null, "raw_csv": raw_csv})
    output = output_named(format)
    if given["limit"] is None:
        given["limit"] = sys.maxsize if files else SearchOptions().limit
    if given["limit"] == sys.maxsize:
        given["limit"] = None
    explain = given["explain"] and not (count or files or quiet)
    within = None if session.STDIN in paths else paths or None
    search_options = SearchOptions(**{**given, "explain": explain}, paths=within)
    opened = session.searcher(folders, paths, max_bytes, wait, encoding=encoding, quiet=quiet)
    if queries is not None:
        from nutgraf.cli import batch

        # Closed before the file is, whatever stops the search.
        lines = contextlib.closing(batch.read_queries(queries, queries.name, column))
        with opened as searcher, lines as each:
            return batch.run(
                searcher,
                each,
                search_options,
                output,
                style,
                neighbours=neighbours,
                quiet=quiet,
            )
    for note in () if quiet else notes:
        console.say(note)
    if not (paths or quiet):
        console.tell_ignored_input()
    try:
        parse(query)  # so that an error in the query is reported before anything is indexed
        with opened as searcher:
            if files:
                results, firsts = printing.files_with_hits(searcher, query, search_options)
            else:
                results = searcher.search(query, **search_options.keywords())
            if quiet:
                return FOUND if results.total else NOTHING
            console.tell_query(query, results, always=given["explain"])
            if count:
                printing.print_count(results, output, style)
            elif files:
                printing.print_files(firsts, output, style)
            else:
                first = search_options.offset + 1
                if output.name == "terminal":
                    from nutgraf.cli.terminal import last_search, page

                    hits = page.arranged(
                        searcher, results, *neighbours, first=first, together=together
                    )
                    if style.terminal:
                        last_search.remember(query, hits)
                else:
                    hits = [
                        HitWithContext(hit, *searcher.neighbours(hit, *neighbours))
                        for hit in results
                    ]
                pages = pager and style.terminal and output.name == "terminal"
                answer = Answer(query, first, hits)
                printing.print_hits(answer, output, style, pages=pages)
                if explain and not output.explains:
                    console.tell_explanations(results)
    except QueryError as error:
        from nutgraf.output.messages import describe_error

        console.say(describe_error(error, query))
        return ERROR
    if not (count or files):
        console.tell_count(
            results, search_options.offset, search_options.most, search_options.per_article
        )
    console.tell_help(results, given, options.given_index(), paths, spellings=count or files)
    return FOUND if results.total else NOTHING


@cli.command(cls=options.ShowCommand)
@click.argument("citations", nargs=-1, required=True, metavar="CITATION|PATH:LINE|ARTICLE...")
@options.indexes_option
@options.neighbours_option("-C", "around", "Show N passages before and after the cited passage.")
@click.option(
    "--fields", "as_fields", is_flag=True, help="Print all that was read of the article instead."
)
@options.json_option("Print a JSON object for each passage; with --fields, for each article.")
@options.color_option
def show(
    citations: tuple[str, ...],
    folders: tuple[str, ...],
    around: int | None,
    as_fields: bool,
    as_json: bool,
    color: str,
    links: str,
    pager: bool,
) -> int:
    """Print cited passages, or all passages of articles.

    A CITATION is an article's id, # and a passage's number: data/iraq-us-call.txt#13. PATH:LINE
    is the passage at a line of a file. An ARTICLE is an id, or the path of a file. -C needs a
    passage.
    """
    from nutgraf.cli import printing
    from nutgraf.output.registry import printed
    from nutgraf.output.style import HitWithContext
    from nutgraf.output.terminal import article_lines
    from nutgraf.searcher import Searcher

    style = console.style_for(color, links=links)
    readable = style.terminal and not as_json
    lines: list[str] = []
    with Searcher(options.existing_ones(folders)) as searcher:
        if as_fields:
            printing.print_fields(searcher, citations, as_json=as_json)
            return FOUND
        for citation in citations:
            passages, cited = searcher.find(citation)
            if lines and readable:
                lines.append("")
            if cited is None:
                if around:
                    raise click.UsageError(f"{citation!r} is a whole article: leave out -C.")
                if readable:
                    lines += article_lines(passages, style)
                    continue
                shown = list(map(HitWithContext, passages))
            else:
                before, after = searcher.neighbours(cited, around or 0, around or 0)
                shown = [HitWithContext(cited, before, after)]
                if as_json:
                    shown = list(map(HitWithContext, (*before, cited, *after)))
            lines += printed(shown, style, as_json=as_json)
    printing.print_lines(lines, pages=pager and readable)
    return FOUND


@cli.command("open")
@click.argument("target", metavar="N|CITATION|ARTICLE")
@options.indexes_option
def open_passage(target: str, folders: tuple[str, ...]) -> int:
    """Open hit N of the last search in this terminal, a cited passage, or an article.

    The file is opened in $VISUAL or $EDITOR at the line of the passage. An article without a file
    is opened at its URL.
    """
    from nutgraf.cli.terminal.last_search import Place, recall
    from nutgraf.cli.terminal.opening import open_place

    if target.isascii() and target.isdigit():
        return open_place(recall(int(target[:12])))
    from nutgraf.searcher import Searcher

    with Searcher(options.existing_ones(folders)) as searcher:
        passages, cited = searcher.find(target)
    return open_place(Place.of(cited or passages[0]))
