"""Converts an index of the previous format from its stored articles.

Passages, ids, roots and digests are kept, so citations hold and a sync finds nothing changed.
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

Progress = Callable[[int, int, str], None]  # articles done, in all, and the id of the next


class Rebuilt(NamedTuple):
    """What was rebuilt: the format it had, and how many articles, passages and files it has."""

    format: int
    articles: int
    passages: int
    files: int


def rebuild(
    folder: DiskDirectory,
    wait: float,
    memory_mb: int,
    processes: int,
    progress: Progress | None,
) -> Rebuilt | None:
    """Commit what an index stores as one of this format; return None if it has that already.

    Raises `IndexLocked`, `IndexDamaged`, `IndexFormatError` for any but the format before.
    """
    if _is_current(folder):
        return None
    with WriteLock(folder.path, wait):
        if _is_current(folder):  # another process did it meanwhile
            return None
        try:
            return _replaced(PreviousIndex(folder), folder, memory_mb, processes, progress)
        except IndexDamaged as error:
            raise IndexDamaged(
                f"{error} Only the nutgraf that made it can return to the commit before.",
                error.file,
            ) from error


def _is_current(folder: DiskDirectory) -> bool:
    try:
        commits.current(folder)
    except IndexFormatError:
        commits.read_mark(folder, PREVIOUS)
        return False
    return True


def _replaced(
    before: PreviousIndex,
    folder: DiskDirectory,
    memory_mb: int,
    processes: int,
    progress: Progress | None,
) -> Rebuilt:
    old = before.commit
    snapshot = Snapshot(folder, Commit(old.number, language=old.language))
    writer = Writer(folder, snapshot, memory_mb=memory_mb, processes=processes, replaces=old)
    articles = passages = files = 0
    try:
        for record in before.articles():
            if progress is not None:
                progress(articles, len(before), record.article.id)
            article = replace(record.article, text=_text(record))
            writer.put_article(article, record.root, record.digest, record.passages)
            articles += 1
            passages += len(record.passages)
        for file in before.files():
            writer.put_file(file)
            files += 1
        if progress is not None:
            progress(articles, len(before), "")
        writer.commit()
    except BaseException:
        writer.cancel()
        raise
    return Rebuilt(old.format[0], articles, passages, files)


def _text(record: PreviousArticle) -> str:
    """Return an article's text as far as it is known: passages, with white space between.

    Format 8 keeps no other characters, but tells where passages begin, and in which lines.
    """
    in_one_line = record.article.line  # of its file, whatever breaks its text has
    pieces = []
    end, line = 0, 1
    for passage in record.passages:
        gap = passage.start - end
        breaks = min(gap, 2 if in_one_line else max(0, passage.line - line))
        pieces += [" " * (gap - breaks), "\n" * breaks, passage.text]
        end, line = passage.end, passage.line + with_plain_breaks(passage.text).count("\n")
    return "".join(pieces)
