"""The commands that maintain an index: index, list, status, remove, verify, compact and rebuild."""

import functools
import os
import time
from typing import Any

import click

from nutgraf.cli import console, options, session
from nutgraf.cli.arguments import command_line

__all__ = ["COMMANDS"]


@click.command(cls=options.IndexCommand)
@options.paths_argument
@options.index_option
@options.max_bytes_option
@options.encoding_option
@options.date_order_option
@options.max_pages_option
@options.wait_option
@options.json_option("Print the report as JSON.")
@options.language_option(
    "Language of the articles that state none, such as de or German. "
    "Default: detected for each article."
)
@options.sync_options
@options.kept_synonyms_options
@options.build_options
@click.option(
    "-v",
    "--verbose",
    count=True,
    help="List the skipped files, with the reasons. With --dry-run and files, show how these would "
    "be read: their first articles, or with -vv all.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.option(
    "--formats",
    is_flag=True,
    help="Print a table of the formats: their extensions, whether their extras are installed, and "
    "what they are; with --json, an object for each.",
)
def index(
    paths: tuple[str, ...],
    folder: str | None,
    max_bytes: int | None,
    wait: float,
    as_json: bool,
    exclude: tuple[str, ...],
    prune: bool,
    dry_run: bool,
    synonyms: str | None,
    drop_synonyms: bool,
    processes: int | None,
    memory_mb: int,
    verbose: int,
    quiet: bool,
    formats: bool,
    **reading: Any,
) -> int:
    """Bring the index up to date with files and folders.

    Creates the index if there is none. A long run commits every 512 MB of text or 5 minutes; after
    an interruption, the same command continues.
    """
    if formats:
        from nutgraf.cli import printing

        printing.print_formats(as_json=as_json)
        return 0
    started = time.monotonic()
    kept = session.kept_synonyms(synonyms, drop=drop_synonyms)
    if kept is not None and not paths:
        session.keep_synonyms(folder, wait, kept, dry_run=dry_run, quiet=quiet)
        return 0
    reads = dry_run and verbose and not quiet and all(map(os.path.isfile, paths))
    opened = session.planned if dry_run else session.writable
    with opened(folder, wait) as index:
        report = session.sync(
            index,
            paths,
            max_bytes,
            processes=processes,
            memory_mb=memory_mb,
            quiet=quiet,
            exclude=exclude,
            prune=prune,
            dry_run=dry_run,
            **reading,
        )
        if kept is not None and not dry_run:
            index.keep_synonyms(kept)
        if reads and not as_json:
            from nutgraf.cli import printing

            blank = session.blank(folder, index)
            printing.print_reading(blank, paths, max_bytes, all=verbose > 1, **reading)
        if not quiet:
            console.tell_core(index)
    if as_json:
        from dataclasses import asdict

        skipped = [skip._asdict() for skip in report.skipped]
        guessed = [guess._asdict() for guess in report.guessed]
        console.print_record(asdict(report) | {"skipped": skipped, "guessed": guessed})
    elif dry_run and not (quiet or reads):
        from nutgraf.output.messages import describe_plan

        console.print_lines(describe_plan(report))
    if not quiet:
        took = console.took(started)
        console.tell_report(report, verbose=bool(verbose), dry_run=dry_run, took=took)
        if kept is not None:
            console.tell_synonyms(len(kept), dry_run=dry_run)
    return 0 if report.indexed else 1


@click.command()
@options.index_option
@options.json_option("Print a JSON object.")
@click.option(
    "--synonyms", is_flag=True, help="Print only the synonyms that are kept with the index."
)
def status(folder: str | None, as_json: bool, synonyms: bool) -> int:
    """Show where the index is and what it contains."""
    from nutgraf.output.control_characters import visible
    from nutgraf.output.messages import describe_stats
    from nutgraf_index.index import Index

    with Index.open(options.existing(folder)) as index:
        stats = index.stats()
        if synonyms:
            lines = index.synonyms
            if as_json:
                console.print_record({"synonyms": list(lines)})
            else:
                console.print_lines(map(visible, lines))
            if not lines:
                console.say(f"no synonyms are kept with the index {index.location}")
            return 0 if lines else 1
    if as_json:
        console.print_record(stats.to_dict())
    else:
        console.print_lines(describe_stats(stats))
    return 0 if stats.articles else 1


@click.command("list")
@click.argument("words", nargs=-1, metavar="[QUERY...]")
@options.within_option("List only the articles of a file or folder. May be repeated.")
@options.index_option
@options.json_option("Print a JSON object for each article.")
def list_articles(
    words: tuple[str, ...], within: tuple[str, ...], folder: str | None, as_json: bool
) -> int:
    """List the articles of the index by their ids, one a line.

    With a QUERY, such as by:lee or date:2019, list the articles that have a passage which matches.
    """
    from dataclasses import fields

    from nutgraf.output.control_characters import visible
    from nutgraf.output.messages import describe_error
    from nutgraf.searcher import Searcher
    from nutgraf_index.errors import QueryError
    from nutgraf_index.index import Index

    query = " ".join(words)
    with Index.open(options.existing(folder)) as index, Searcher(index) as searcher:
        snapshot = index.snapshot()
        try:
            articles = searcher.articles(query, paths=within or None)
        except QueryError as error:
            console.say(describe_error(error, query))
            return 2
        if as_json:
            for stored in articles:
                article = stored.article
                known = {
                    field.name: value
                    for field in fields(article)
                    if field.name != "text" and (value := getattr(article, field.name))
                }
                path = snapshot.resolve(stored.root, article.path)
                known |= {"path": path} if path else {}
                console.print_record(known | {"passages": stored.passages})
        else:
            console.print_lines(visible(stored.article.id) for stored in articles)
    if not articles:
        console.say("no article matches" if query or within else "the index has no article")
    return 0 if articles else 1


@click.command()
@click.argument("ids", nargs=-1, metavar="[ARTICLE...]")
@options.within_option("Remove all articles of a file or folder, which may be gone.")
@options.index_option
@options.wait_option
def remove(ids: tuple[str, ...], within: tuple[str, ...], folder: str | None, wait: float) -> int:
    """Remove articles from the index.

    An ARTICLE is an id, or the path of a file.

    Their files stay. The next `nutgraf index` of their folder adds the articles again.
    """
    from nutgraf.output.control_characters import visible
    from nutgraf.output.messages import counted
    from nutgraf_index.errors import NotIndexedError
    from nutgraf_index.index import Index

    if not (ids or within):
        raise click.UsageError("name articles by their ids, or a file or folder with --in PATH.")
    with Index.open(options.existing(folder), wait=wait) as index:
        try:
            removed = index.remove(ids, paths=within)
        except NotIndexedError as error:
            paths = [name for name in ids if os.path.exists(name)]
            if not paths:
                raise
            chosen = [argument for path in paths for argument in ("--in", path)]
            given = ["--index", folder] if folder else []
            line = command_line("remove", [*chosen, *given], ())
            raise NotIndexedError(f"{error}; to remove all articles of a path: {line}") from None
    if within:
        console.say(f"removed {counted(len(removed), 'article')}")
    else:
        console.say(f"removed {', '.join(map(visible, removed))}")
    return 0


@click.command()
@options.index_option
@click.option("--rollback", is_flag=True, help="Return to the newest undamaged earlier commit.")
@options.wait_option
@options.json_option("Print a JSON object for each damaged file.")
def verify(folder: str | None, rollback: bool, wait: float, as_json: bool) -> int:
    """Read every byte of the index and list the damaged files.

    With --rollback, first return to the newest earlier commit that is not damaged, even if the
    current commit is undamaged. Changes since that commit are lost. The next `nutgraf index` brings
    those of files back, but not articles that a program added.
    """
    from nutgraf_index.errors import IndexDamaged
    from nutgraf_index.index import Index
    from nutgraf_index.store.verification import Damage

    directory = options.existing(folder)
    started = time.monotonic()
    if rollback:
        Index.rollback(directory, wait=wait)
    try:
        with Index.open(directory) as index:
            damages = index.verify()
            number = index.snapshot().commit.number if not damages else 0
    except IndexDamaged as error:
        damages = (Damage(error.file, str(error)),)
    for damage in damages:
        if as_json:
            console.print_record(damage._asdict())
        console.say(damage.problem)
    if not damages:
        state = "returned to" if rollback else "undamaged:"
        console.say(f"{state} commit {number} of {directory}{console.took(started)}")
    return 2 if damages else 0


@click.command()
@options.index_option
@options.wait_option
def compact(folder: str | None, wait: float) -> int:
    """Make the index one segment.

    One segment is the fastest to search, and deleted articles take no space in it.
    """
    from nutgraf_index.index import Index

    started = time.monotonic()
    with Index.open(options.existing(folder), wait=wait) as index:
        before = index.stats().bytes
        index.compact()
        after = index.stats().bytes
        console.say(f"compacted from {before:,} to {after:,} bytes{console.took(started)}")
    return 0


@click.command()
@options.index_option
@options.wait_option
@options.build_options
@options.json_option("Print the counts, and the old and new ids, as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="List the ids that changed.")
def rebuild(
    folder: str | None,
    wait: float,
    processes: int | None,
    memory_mb: int,
    as_json: bool,
    verbose: bool,
) -> int:
    """Convert an index of the previous format, or with ids of another place.

    The index is rebuilt from its stored articles, articles added by a program included, without
    reading their files. Until the new index is complete, the old index stays in use. Afterwards
    there is no earlier commit of the previous format to return to.

    The id of a file's article is its path from the folder that holds the index. It changes if the
    index was made before this was so, or if only the index was moved; -v lists old and new ids.
    """
    from nutgraf.output.messages import counted
    from nutgraf_index.fields import FORMAT
    from nutgraf_index.index import Index

    directory = options.existing(folder)
    started = time.monotonic()
    work = functools.partial(
        Index.rebuild,
        directory,
        wait=wait,
        memory_mb=memory_mb,
        processes=processes or os.cpu_count() or 1,
    )
    from nutgraf.cli.terminal.progress import with_bar

    rebuilt = with_bar(work, "Rebuilding")
    if rebuilt is None:
        console.say(f"{directory} already has format {FORMAT}: there is nothing to do")
        if as_json:
            console.print_record({"format": FORMAT, "renamed": []})
    else:
        if as_json:
            console.print_record(rebuilt._asdict())
        counts = f"{counted(rebuilt.articles, 'article')}, {counted(rebuilt.passages, 'passage')}"
        formats = f" from format {rebuilt.format} to {FORMAT}" if rebuilt.format != FORMAT else ""
        seconds = time.monotonic() - started
        renamed = ""
        if rebuilt.renamed:
            hint = "" if verbose else " (-v lists them)"
            renamed = f"; {counted(len(rebuilt.renamed), 'id')} changed{hint}"
        for old, new in rebuilt.renamed if verbose else ():
            console.say(f"renamed {old} to {new}")
        console.say(f"rebuilt {directory}{formats}: {counts} in {seconds:,.1f} s{renamed}")
    return 0


COMMANDS = (index, list_articles, status, remove, verify, compact, rebuild)
