"""An index of the format before, made one of this format of the articles that it stores.

It is no place for changes: passages are taken as they are, with ids, roots and digests, so that all
citations hold and a sync finds everything unchanged.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.passages.blocks import with_plain_breaks
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.previous_format import PreviousArticle, PreviousIndex
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["Rebuilt", "rebuild"]


class Rebuilt(NamedTuple):
    """What was rebuilt: the format it had, and how many articles, passages and files it has."""

    format: int
    articles: int
    passages: int
    files: int


def rebuild(
    folder: Directory,
    *,
    memory_mb: int,
    processes: int,
    progress: Callable[[int, int, str], None] | None,
) -> Rebuilt:
    """Commit what the index in a folder stores as an index of this format.

    The lock must be held. Raises `IndexDamaged`, `IndexFormatError` for any but the format before.
    """
    try:
        before = PreviousIndex(folder)
        old = before.commit
        snapshot = Snapshot(folder, Commit(old.number, language=old.language))
        writer = Writer(folder, snapshot, memory_mb=memory_mb, processes=processes, replaces=old)
        try:
            return _written(before, writer, progress)
        except BaseException:
            writer.cancel()
            raise
    except IndexDamaged as error:
        raise IndexDamaged(
            f"{error} Only the nutgraf that made it can return to the commit before.", error.file
        ) from error


def _written(
    before: PreviousIndex, writer: Writer, progress: Callable[[int, int, str], None] | None
) -> Rebuilt:
    articles = passages = files = 0
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
    return Rebuilt(before.commit.format[0], articles, passages, files)


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
