"""Converts an index to the current format and to today's ids, from its stored articles.

Passages, roots and digests are kept, so the next sync finds no change.
"""

from collections.abc import Callable, Sized
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from nutgraf_index.errors import IndexDamaged, IndexFormatError
from nutgraf_index.fields import FORMAT, Level
from nutgraf_index.indexing.renaming import new_id, rename_articles, renamed_file
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.names import unused_id
from nutgraf_index.segment.stored_fields import StoredFile
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from nutgraf_index.store.lock import WriteLock
from nutgraf_index.store.previous_format import PreviousIndex
from nutgraf_index.store.snapshot import Snapshot, checked, open_snapshot

__all__ = ["Rebuilt", "rebuild"]

_WRITING = 4  # to write and merge segments counts as much as to convert a quarter of the articles

Progress = Callable[[int, int, str], None]  # articles done, total articles, id of the next


class Rebuilt(NamedTuple):
    """The result of a rebuild.

    Attributes:
        format: the old format number.
        articles, passages, files: the counts in the new index.
        renamed: the old and the new id of each article whose id changed, sorted.
    """

    format: int
    articles: int
    passages: int
    files: int
    renamed: tuple[tuple[str, str], ...] = ()


def rebuild(
    directory: DiskDirectory,
    wait: float,
    memory_mb: int,
    processes: int,
    progress: Progress | None,
) -> Rebuilt | None:
    """Convert an index; return None if it has the current format and today's ids.

    Raises `IndexLocked`, `IndexDamaged`, and `IndexFormatError` for any other format.
    """
    if _is_current(directory) and not _misnamed(open_snapshot(directory)):
        return None
    new_writer = partial(Writer, directory, memory_mb=memory_mb, processes=processes)
    with WriteLock(directory.path, wait):
        if _is_current(directory):
            return _rename(directory, new_writer, progress)
        try:
            return _convert(PreviousIndex(directory), directory, new_writer, progress)
        except IndexDamaged as error:
            raise IndexDamaged(
                f"{error} Only the nutgraf that made it can roll it back to the previous commit.",
                error.file,
            ) from error


class _Work:
    """The work of a rebuild, whose steps are articles or files, and the writing at the end.

    The number of steps is not read before the first report: it may be that of a damaged index.
    """

    def __init__(self, steps: Sized, progress: Progress | None) -> None:
        self._steps = steps
        self._progress = progress

    def report(self, done: int, what: str) -> None:
        """Report that steps are done, and what is next."""
        if self._progress is not None:
            self._progress(done, self._total(), what)

    def report_writing(self, share: float, what: str) -> None:
        """Report the share of the writing that is done, from 0 to 1."""
        steps = len(self._steps)
        self.report(steps + int(share * (self._total() - steps - 1)), what)

    def finish(self) -> None:
        """Report that all is done."""
        self.report(self._total(), "")

    def _total(self) -> int:
        steps = len(self._steps)
        return steps + steps // _WRITING + 1


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


def _misnamed(snapshot: Snapshot) -> list[tuple[StoredFile, StoredFile]]:
    """Return the records of the files whose ids differ today: as stored, and with the new id."""
    with checked(snapshot.readers):
        pairs = [(file, renamed_file(file, snapshot.home)) for file in snapshot.files()]
    return [(file, renamed) for file, renamed in pairs if file.id != renamed.id]


def _rename(
    directory: DiskDirectory, new_writer: Callable[..., Writer], progress: Progress | None
) -> Rebuilt | None:
    """Rename the articles of an index of the current format; return None if none is misnamed."""
    snapshot = open_snapshot(directory)
    misnamed = _misnamed(snapshot)
    if not misnamed:  # another process renamed them meanwhile
        return None
    writer = new_writer(snapshot)
    ids: list[tuple[str, str]] = []
    work = _Work(misnamed, progress)
    with writer, checked(snapshot.readers):
        for done, (file, renamed) in enumerate(misnamed):
            work.report(done, renamed.id)
            ids += rename_articles(writer, file, renamed.id).ids
        writer.commit(work.report_writing)
    work.finish()
    return Rebuilt(
        FORMAT,
        snapshot.count(Level.ARTICLE),
        snapshot.count(Level.PASSAGE),
        snapshot.count(Level.FILE),
        tuple(sorted(ids)),
    )


def _convert(
    previous: PreviousIndex,
    directory: DiskDirectory,
    new_writer: Callable[..., Writer],
    progress: Progress | None,
) -> Rebuilt:
    previous_commit = previous.commit
    snapshot = Snapshot(
        directory,
        Commit(
            previous_commit.number,
            language=previous_commit.language,
            synonyms=previous_commit.synonyms,
        ),
    )
    writer = new_writer(snapshot, replaces=previous_commit)
    articles = passages = 0
    ids: list[tuple[str, str]] = []
    given: set[str] = set()
    work = _Work(previous, progress)
    with writer:
        files = {
            (file.root, file.path): (file, renamed_file(file, directory.home))
            for file in previous.files()
        }
        of_programs = {one.article.id for one in previous.articles() if not one.root}
        for stored in previous.articles():
            old = stored.article
            work.report(articles, old.id)
            pair = files.get((stored.root, old.path)) if stored.root else None
            id = new_id(old, pair[0], pair[1].id) if pair else old.id
            if pair and id in of_programs:
                # The next sync reads the file, and reports that its id is taken.
                files[stored.root, old.path] = pair[0], pair[1]._replace(digest="")
                continue
            id = unused_id(id, given)
            given.add(id)
            if id != old.id:
                ids.append((old.id, id))
            writer.put_article(replace(old, id=id), stored.root, stored.digest, stored.passages)
            articles += 1
            passages += len(stored.passages)
        for _, file in files.values():
            writer.put_file(file)
        writer.commit(work.report_writing)
    work.finish()
    return Rebuilt(previous_commit.format[0], articles, passages, len(files), tuple(sorted(ids)))
