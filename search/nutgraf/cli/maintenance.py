"""The commands that maintain an index: status, remove, verify, compact and rebuild."""

import functools
import os
import time

import click

from nutgraf.cli import console, options, session

__all__ = ["COMMANDS"]


@click.command()
@options.index_option
@options.json_option("Print a JSON object.")
def status(folder: str | None, as_json: bool) -> int:
    """Show where the index is and what it contains."""
    from nutgraf.output.messages import describe_stats
    from nutgraf_index.index import Index

    with Index.open(options.existing(folder)) as index:
        stats = index.stats()
    if as_json:
        console.print_record(stats.to_dict())
    else:
        console.print_lines(describe_stats(stats))
    return 0 if stats.articles else 1


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ARTICLE...")
@options.index_option
@options.wait_option
def remove(ids: tuple[str, ...], folder: str | None, wait: float) -> int:
    """Remove articles from the index.

    An ARTICLE is an id, or the path of a file.

    Their files stay. The next `nutgraf index` of their folder adds the articles again.
    """
    from nutgraf_index.index import Index

    with Index.open(options.existing(folder), wait=wait) as index:
        removed = index.remove(ids)
    console.say(f"removed {', '.join(removed)}")
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
        console.say(f"{'returned to' if rollback else 'undamaged:'} commit {number} of {directory}")
    return 2 if damages else 0


@click.command()
@options.index_option
@options.wait_option
def compact(folder: str | None, wait: float) -> int:
    """Make the index one segment.

    One segment is the fastest to search, and deleted articles take no space in it.
    """
    from nutgraf_index.index import Index

    with Index.open(options.existing(folder), wait=wait) as index:
        before = index.stats().bytes
        index.compact()
        console.say(f"compacted from {before:,} to {index.stats().bytes:,} bytes")
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
    rebuilt = session.with_bar(work, "Rebuilding")
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
        console.say(f"rebuilt {directory}{formats}: {counts} in {seconds:.1f} s{renamed}")
    return 0


COMMANDS = (status, remove, verify, compact, rebuild)
