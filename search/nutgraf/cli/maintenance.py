"""The commands that look after an index."""

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
    """Tell where the index is and what it holds."""
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

    Their files stay, and the next sync of their folder brings them back.
    """
    from nutgraf_index.index import Index

    with Index.open(options.existing(folder), wait=wait) as index:
        index.remove(ids)
    console.say(f"removed {', '.join(ids)}")
    return 0


@click.command()
@options.index_option
@click.option("--rollback", is_flag=True, help="Return to the newest sound commit before.")
@options.wait_option
@options.json_option("Print a JSON object for each damaged file.")
def verify(folder: str | None, rollback: bool, wait: float, as_json: bool) -> int:
    """Read every byte of the index and name the files that are damaged.

    With --rollback return to the commit before the one that stands, or to the newest that is
    sound: what was indexed since is lost, and the next `nutgraf index` brings it back.
    """
    from nutgraf_index.errors import IndexDamaged
    from nutgraf_index.index import Index
    from nutgraf_index.store.verification import Damage

    place = options.existing(folder)
    if rollback:
        Index.rollback(place, wait=wait)
    try:
        with Index.open(place) as index:
            damages = index.verify()
            number = index.snapshot().commit.number if not damages else 0
    except IndexDamaged as error:
        damages = (Damage(error.file, str(error)),)
    for damage in damages:
        if as_json:
            console.print_record(damage._asdict())
        console.say(damage.problem)
    if not damages:
        console.say(f"{'returned to' if rollback else 'sound:'} commit {number} of {place}")
    return 2 if damages else 0


@click.command()
@options.index_option
@options.wait_option
def compact(folder: str | None, wait: float) -> int:
    """Rewrite the index as one segment, without what was deleted: the fastest to search."""
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
def rebuild(folder: str | None, wait: float, processes: int | None, memory_mb: int) -> int:
    """Make an index that an earlier nutgraf made one of today's format.

    From the articles stored in it: no file of theirs is read, citations stay the same, and articles
    that a program added are kept. It is the old index until it is the new one; then there is no
    commit before to return to.
    """
    from nutgraf.output.messages import counted
    from nutgraf_index.fields import FORMAT
    from nutgraf_index.index import Index

    place = options.existing(folder)
    begun = time.monotonic()
    work = functools.partial(
        Index.rebuild,
        place,
        wait=wait,
        memory_mb=memory_mb,
        processes=processes or os.cpu_count() or 1,
    )
    rebuilt = session.with_bar(work, "Rebuilding")
    if rebuilt is None:
        console.say(f"{place} has format {FORMAT} already: there is nothing to do")
    else:
        held = f"{counted(rebuilt.articles, 'article')}, {counted(rebuilt.passages, 'passage')}"
        seconds = time.monotonic() - begun
        console.say(
            f"rebuilt {place} from format {rebuilt.format} to {FORMAT}: {held} in {seconds:.1f} s"
        )
    return 0


COMMANDS = (status, remove, verify, compact, rebuild)
