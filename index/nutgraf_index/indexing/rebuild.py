"""Converts an index of the previous format to the current format, from its stored articles.

Passages, ids, roots and digests are kept: citations stay valid, and the next sync finds no change.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from nutgraf_index.errors import IndexDamaged, IndexFormatError
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.passages.blocks import with_plain_breaks
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from nutgraf_index.store.lock import WriteLock
from nutgraf_index.store.previous_format import PreviousArticle, PreviousIndex
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["Rebuilt", "rebuild"]

_WRITING = 4  # to write and merge segments counts as much as to convert a quarter of the articles

Progress = Callable[[int, int, str], None]  # articles done, total articles, id of the next


class Rebuilt(NamedTuple):
    """The result of a rebuild: the old format number, and the counts in the new index."""

    format: int
    articles: int
    passages: int
    files: int


def rebuild(
    directory: DiskDirectory,
    wait: float,
    memory_mb: int,
    processes: int,
    progress: Progress | None,
) -> Rebuilt | None:
    """Convert an index of the previous format; return None if it has the current format.

    Raises `IndexLocked`, `IndexDamaged`, and `IndexFormatError` for any other format.
    """
    if _is_current(directory):
        return None
    with WriteLock(directory.path, wait):
        if _is_current(directory):  # another process converted it meanwhile
            return None
        try:
            return _convert(PreviousIndex(directory), directory, memory_mb, processes, progress)
        except IndexDamaged as error:
            raise IndexDamaged(
                f"{error} Only the nutgraf that made it can roll it back to the previous commit.",
                error.file,
            ) from error


def _is_current(directory: DiskDirectory) -> bool:
    """Return whether an index has the current format.

    Raises `IndexFormatError` if its format is neither the current nor the previous one.
    """
    try:
        commits.current(directory)
    except IndexFormatError:
        commits.read_mark(directory, PREVIOUS)
        return False
    return True


def _convert(
    previous: PreviousIndex,
    directory: DiskDirectory,
    memory_mb: int,
    processes: int,
    progress: Progress | None,
) -> Rebuilt:
    old = previous.commit
    snapshot = Snapshot(directory, Commit(old.number, language=old.language))
    writer = Writer(directory, snapshot, memory_mb=memory_mb, processes=processes, replaces=old)
    articles = passages = files = 0

    def report(done: int, what: str) -> None:
        if progress is not None:
            progress(done, _work(previous), what)

    def report_writing(share: float, what: str) -> None:
        report(articles + int(share * (_work(previous) - articles - 1)), what)

    try:
        for stored in previous.articles():
            report(articles, stored.article.id)
            article = replace(stored.article, text=_text(stored))
            writer.put_article(article, stored.root, stored.digest, stored.passages)
            articles += 1
            passages += len(stored.passages)
        for file in previous.files():
            writer.put_file(file)
            files += 1
        writer.commit(report_writing)
    except BaseException:
        writer.cancel()
        raise
    report(_work(previous), "")
    return Rebuilt(old.format[0], articles, passages, files)


def _work(previous: PreviousIndex) -> int:
    """Return the work of a conversion, in articles."""
    return len(previous) + len(previous) // _WRITING + 1


def _text(stored: PreviousArticle) -> str:
    """Return an article's text: its passages at their offsets, with white space between.

    Format 8 stores no other characters of the text, only the offset and the line of each passage.
    """
    is_one_line = stored.article.line  # a line of JSON Lines, so all passages have this line
    pieces = []
    end, line = 0, 1
    for passage in stored.passages:
        gap = passage.start - end
        breaks = min(gap, 2 if is_one_line else max(0, passage.line - line))
        pieces += [" " * (gap - breaks), "\n" * breaks, passage.text]
        end, line = passage.end, passage.line + with_plain_breaks(passage.text).count("\n")
    return "".join(pieces)
