"""Opening the index and bringing it up to date, with a progress bar."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nutgraf.cli import console, options

if TYPE_CHECKING:
    from nutgraf.searcher import Searcher
    from nutgraf_index.index import Index
    from nutgraf_index.model import Article
    from nutgraf_index.sync.report import SyncReport

__all__ = ["STDIN", "searcher", "sync", "with_bar"]

STDIN = "-"  # among the paths

_Done = TypeVar("_Done")


@contextlib.contextmanager
def searcher(
    folder: str | None,
    paths: tuple[str, ...],
    max_bytes: int | None,
    wait: float,
    *,
    encoding: str | None = None,
    quiet: bool,
) -> Iterator[Searcher]:
    """Yield a searcher of the index, after bringing the index up to date with any paths.

    If the index cannot be written, the paths are indexed in memory. So they are if one of them is
    `STDIN`.
    """
    from nutgraf.searcher import Searcher
    from nutgraf_index.errors import IndexWriteError
    from nutgraf_index.index import Index

    with contextlib.ExitStack() as stack:
        if not paths:
            index = stack.enter_context(Index.open(options.existing(folder)))
            if not (quiet or index.snapshot().passages):
                console.say(
                    f"the index {index.location} is empty: add files with `nutgraf index PATH`"
                )
        elif STDIN in paths:
            index = stack.enter_context(Index.in_memory())
            index.add(_standard_input(encoding, quiet=quiet))
            if files := tuple(path for path in paths if path != STDIN):
                report = sync(index, files, max_bytes, encoding=encoding, quiet=quiet)
                if not quiet:
                    console.tell_report(report, skips=0)
        else:
            try:
                directory = folder or options.nearest() or options.FOLDER
                index = stack.enter_context(Index.open(directory, create=True, wait=wait))
                report = sync(index, paths, max_bytes, encoding=encoding, quiet=quiet)
            except IndexWriteError as error:
                if not quiet:
                    console.say(f"{error}; searching an index in memory")
                index = stack.enter_context(Index.in_memory())
                report = sync(index, paths, max_bytes, encoding=encoding, quiet=quiet)
            changed = report.added or report.updated or report.removed
            if not quiet and (changed or report.skipped or not report.indexed):
                console.tell_report(report, skips=0)
        if not quiet:
            console.tell_core(index)
        yield stack.enter_context(Searcher(index))


def _standard_input(encoding: str | None, *, quiet: bool) -> Iterator[Article]:
    """Yield the text of standard input as an article. Raises `SourceError` if it is none.

    Unless `quiet`, say in which encoding it was read if that was guessed.
    """
    from nutgraf_index.errors import ArticleError, SourceError
    from nutgraf_index.formats.encodings import is_guess
    from nutgraf_index.formats.text import read

    try:
        for article in read("stdin", sys.stdin.buffer.read(), encoding or ""):
            if is_guess(article.encoding, encoding or "") and not quiet:
                console.say(
                    f"standard input is read as {article.encoding}, by its letters and words; if "
                    "that is wrong, name its encoding with --encoding NAME"
                )
            yield article
    except ArticleError as error:
        raise SourceError(f"standard input cannot be searched: {error}") from error


def sync(
    index: Index,
    paths: tuple[str, ...],
    max_bytes: int | None,
    processes: int | None = None,
    memory_mb: int = 256,
    *,
    encoding: str | None = None,
    quiet: bool,
) -> SyncReport:
    """Sync the index with the paths, with a progress bar on a terminal unless `quiet`."""
    from nutgraf_index.index import MAX_BYTES

    work = functools.partial(
        index.sync,
        paths,
        max_bytes=MAX_BYTES if max_bytes is None else max_bytes,
        processes=processes or os.cpu_count() or 1,
        memory_mb=memory_mb,
        encoding=encoding,
    )
    return work() if quiet else with_bar(work, "Indexing")


def with_bar(work: Callable[..., _Done], label: str) -> _Done:
    """Return the result of `work`, with a progress bar if stderr is a terminal.

    `work` takes a callback `progress(done, total, name)`.
    """
    if not sys.stderr.isatty():
        return work()
    with contextlib.ExitStack() as stack:
        bars: list[Any] = []

        def progress(done: int, total: int, _: str) -> None:
            if not bars:
                bar = click.progressbar(length=total, label=label, file=sys.stderr)
                bars.append(stack.enter_context(bar))
            bars[0].update(done - bars[0].pos)

        return work(progress=progress)
