"""Opening the index and bringing it up to date, with a progress bar."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nutgraf.cli import console, options
from nutgraf.cli.arguments import STDIN

if TYPE_CHECKING:
    from nutgraf.searcher import Searcher
    from nutgraf_index.analysis.synonym_rules import SynonymRules
    from nutgraf_index.index import Index
    from nutgraf_index.model import Article
    from nutgraf_index.sync.report import SyncReport

__all__ = [
    "STDIN",
    "blank",
    "keep_synonyms",
    "kept_synonyms",
    "planned",
    "searcher",
    "sync",
    "writable",
]

COMMIT_EVERY = 512 << 20  # bytes of files read
COMMIT_EVERY_SECONDS = 300.0


@contextlib.contextmanager
def searcher(
    folders: tuple[str, ...],
    paths: tuple[str, ...],
    max_bytes: int | None,
    wait: float,
    *,
    encoding: str | None = None,
    quiet: bool,
) -> Iterator[Searcher]:
    """Yield a searcher of the indexes, after bringing the index up to date with any paths.

    If the index cannot be written, the paths are indexed in memory. So they are if one of them is
    `STDIN`.
    """
    from nutgraf.searcher import Searcher
    from nutgraf_index.errors import IndexWriteError
    from nutgraf_index.index import Index

    if paths and len(folders) > 1:
        import click

        raise click.UsageError(
            f"PATHs are indexed in one index, and --index names {len(folders)}: name one, or leave "
            "out the PATHs."
        )
    with contextlib.ExitStack() as stack:
        indexes = []
        if not paths:
            for folder in options.existing_ones(folders):
                index = stack.enter_context(Index.open(folder))
                indexes.append(index)
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
                    console.tell_report(report, brief=True)
        else:
            try:
                index = stack.enter_context(writable(next(iter(folders), None), wait))
                report = sync(index, paths, max_bytes, quiet=quiet, encoding=encoding)
            except IndexWriteError as error:
                if not quiet:
                    console.say(f"{str(error).rstrip('.')}; searching an index in memory")
                index = stack.enter_context(Index.in_memory())
                report = sync(index, paths, max_bytes, quiet=quiet, encoding=encoding)
            changed = (
                report.added or report.updated or report.removed or report.renamed or report.emptied
            )
            if not quiet and (changed or report.skipped or not report.indexed):
                console.tell_report(report, brief=True)
        if not quiet:
            console.tell_core(index)
        yield stack.enter_context(Searcher(indexes or index))


def _standard_input(encoding: str | None, *, quiet: bool) -> Iterator[Article]:
    """Yield the text of standard input as an article. Raises `SourceError` if it is none.

    Unless `quiet`, say in which encoding it was read if that was guessed.
    """
    from nutgraf_index.errors import ArticleError, SourceError
    from nutgraf_index.formats.decoding.encodings import is_guess
    from nutgraf_index.formats.format import ReadOptions
    from nutgraf_index.formats.text import read

    try:
        for article in read("stdin", sys.stdin.buffer.read(), ReadOptions(encoding or "")):
            if is_guess(article.encoding, encoding or "") and not quiet:
                console.say(
                    f"standard input is read as {article.encoding}, by its letters and words; if "
                    "that is wrong, name its encoding with --encoding NAME"
                )
            yield article
    except ArticleError as error:
        raise SourceError(f"standard input cannot be searched: {error}") from error


def sync(
    index: Index, paths: tuple[str, ...], max_bytes: int | None, *, quiet: bool, **more: Any
) -> SyncReport:
    """Sync the index with the paths, with a progress bar on a terminal unless `quiet`.

    `more` are further arguments of `Index.sync`. A long sync commits as it goes.
    """
    from nutgraf_index.index import MAX_BYTES

    work = functools.partial(
        index.sync,
        paths,
        max_bytes=MAX_BYTES if max_bytes is None else max_bytes,
        commit_every=COMMIT_EVERY,
        commit_every_seconds=COMMIT_EVERY_SECONDS,
        **more | {"processes": more.get("processes") or os.cpu_count() or 1},
    )
    before = index.snapshot().commit.number
    try:
        if quiet:
            return work()
        from nutgraf.cli.terminal.progress import with_bar  # most searches sync nothing

        return with_bar(work, "Indexing")
    except KeyboardInterrupt:
        if not quiet:
            _tell_interrupted(index, before)
        raise


def _tell_interrupted(index: Index, before: int) -> None:
    """Say what an interrupted sync kept; `before` is the number of the commit before it."""
    from nutgraf.output.messages import counted
    from nutgraf_index.fields import Level

    snapshot = index.snapshot()
    articles = counted(snapshot.count(Level.ARTICLE), "article")
    if snapshot.commit.number == before:
        console.say(f"interrupted: the index is as it was before, with {articles}")
    else:
        console.say(f"interrupted: {articles} are kept; the same command continues from here")


def kept_synonyms(file: str | None, *, drop: bool) -> SynonymRules | None:
    """Return the synonyms that the index is to keep: none to drop them; None for no change."""
    if not drop and file is None:
        return None
    from nutgraf_index.analysis.synonym_rules import read_synonyms

    return read_synonyms({} if file is None else file)


def keep_synonyms(
    folder: str | None, wait: float, synonyms: SynonymRules, *, dry_run: bool, quiet: bool
) -> None:
    """Keep synonyms with an existing index, in place of those before, and say how many."""
    from nutgraf_index.index import Index

    with Index.open(options.existing(folder), wait=wait) as index:
        if not dry_run:
            index.keep_synonyms(synonyms)
    if not quiet:
        console.tell_synonyms(len(synonyms), dry_run=dry_run)


@contextlib.contextmanager
def writable(folder: str | None, wait: float) -> Iterator[Index]:
    """Open the index in a folder, by default the nearest, or make one.

    An index that was made and has no article at the end is removed again.
    """
    from nutgraf_index.cache import handlers_delayed
    from nutgraf_index.index import Index

    directory = options.nearest_or_new(folder)
    missing = [*_missing_folders(directory)]
    try:
        with Index.open(directory, create=True, wait=wait) as index:
            yield index
    finally:
        if missing:
            with handlers_delayed():
                _remove_if_empty(missing)


@contextlib.contextmanager
def planned(folder: str | None, wait: float) -> Iterator[Index]:
    """Open the index in a folder, by default the nearest; if there is none, one in memory.

    The index in memory names files as the index in the folder would.
    """
    from nutgraf_index.errors import IndexNotFound
    from nutgraf_index.index import Index

    directory = options.nearest_or_new(folder)
    try:
        index = Index.open(directory, wait=wait)
    except IndexNotFound:
        if os.path.isdir(directory) and os.listdir(directory):
            raise  # no index could be made there
        index = Index.in_memory(at=directory)
    with index:
        yield index


def blank(folder: str | None, index: Index) -> Index:
    """Return an empty index in memory, of the language of an index in a folder, by default nearest.

    It names files as that index does.
    """
    from nutgraf_index.index import Index

    directory = options.nearest_or_new(folder)
    return Index.in_memory(language=index.snapshot().commit.language or None, at=directory)


def _missing_folders(folder: str) -> Iterator[str]:
    """Yield the folders that have to be made for a folder, the innermost first."""
    folder = os.path.abspath(folder)
    while not os.path.lexists(folder):
        yield folder
        folder = os.path.dirname(folder)


def _remove_if_empty(folders: list[str]) -> None:
    """Remove the index in the first folder if it has no article, and the folders if they are empty.

    The index stays if another command, which found it here, writes in it.
    """
    from nutgraf_index.errors import IndexNotFound, NutgrafError
    from nutgraf_index.fields import Level
    from nutgraf_index.index import Index
    from nutgraf_index.store.commit import is_index_file
    from nutgraf_index.store.lock import WriteLock

    with contextlib.suppress(OSError, NutgrafError):
        with WriteLock(folders[0], 0):
            with contextlib.suppress(IndexNotFound), Index.open(folders[0]) as index:
                if index.snapshot().count(Level.ARTICLE):
                    return
            for name in filter(is_index_file, os.listdir(folders[0])):
                with contextlib.suppress(OSError):  # Windows keeps the lock until it is released
                    os.unlink(os.path.join(folders[0], name))
        for folder in folders:
            os.rmdir(folder)
