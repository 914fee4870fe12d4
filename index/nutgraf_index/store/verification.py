"""Verification of all files of an index, and rollback to a sound commit.

Reading checks only the parts of a file that it reads; verification reads and checks everything.
"""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf_index.errors import IndexDamaged, IndexFormatError
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.snapshot import open_reader, read_synonyms_file
from nutgraf_index.store.soundness import check_bounds

__all__ = ["Damage", "rollback", "verify"]


class Damage(NamedTuple):
    """A damaged file of an index, and a sentence that says what is wrong with it."""

    file: str
    problem: str


def verify(directory: Directory) -> list[Damage]:
    """Read all files of the current commit and return its damaged files.

    Raises `IndexNotFound`, `IndexFormatError`, `IndexUnusable`.
    """
    try:
        commit = commits.current(directory)
        while True:
            damages = _damages(directory, commit)
            newest = commits.current(directory) if damages else commit
            if newest == commit:
                return damages
            commit = newest  # a writer may have removed the files of the older commit
    except IndexDamaged as error:
        return [Damage(error.file, str(error))]


def rollback(directory: Directory) -> Commit:
    """Roll an index back to another sound commit, and return that commit.

    If the current commit is sound, the result is the newest sound commit before it; else, the
    newest sound commit. The caller must hold the write lock. Commits of the previous format, left
    over by a rebuild, do not count as sound. Raises `IndexDamaged` if no other commit is sound,
    `IndexFormatError` if the mark is damaged and the commits are of another format.
    """
    try:
        current = commits.read_mark(directory)
        sound = not verify(directory)
    except IndexDamaged:
        current, sound = -1, False
    format_error: IndexFormatError | None = None
    for number in sorted(commits.numbers(directory), reverse=True):
        if number == current or (sound and number > current):
            continue
        try:
            commit = commits.read_commit(directory, number)
        except IndexDamaged:
            continue
        except IndexFormatError as error:
            format_error = error
            continue
        if not _damages(directory, commit):
            commits.write_mark(directory, number)
            return commit
    if format_error is not None and current < 0:
        raise IndexFormatError(
            f"{format_error}. Its mark is damaged: first run `nutgraf verify --rollback` with the "
            "nutgraf that made it"
        )
    remedy = "remove the folder and index the articles again"
    raise IndexDamaged(
        f"the index {directory.where} has no other sound commit to return to: "
        f"{'the current commit is sound' if sound else remedy}"
    )


def _damages(directory: Directory, commit: Commit) -> list[Damage]:
    """Return the damaged files of a commit.

    The checksums of each segment are checked first; if they are right, its numbers are checked
    against their bounds.
    """
    damages: list[Damage] = []
    for entry in commit.entries:
        damages_before = len(damages)
        for name, written in entry.files():
            with _collect(directory, name, damages):
                commits.load(directory, name, written).check_all()
        if len(damages) == damages_before:
            with _collect(directory, entry.segment, damages):
                check_bounds(open_reader(directory, entry, 0))
    if commit.synonyms is not None:
        name, written = commit.synonyms.files()[0]
        with _collect(directory, name, damages):
            file = commits.load(directory, name, written)
            file.check_all()
            read_synonyms_file(file)
    return damages


@contextlib.contextmanager
def _collect(directory: Directory, name: str, damages: list[Damage]) -> Iterator[None]:
    """Append an `IndexDamaged` or a missing file to `damages` instead of raising."""
    try:
        yield
    except FileNotFoundError:
        damages.append(Damage(name, str(IndexDamaged.of(directory.where, name, "it is missing"))))
    except IndexDamaged as error:
        damages.append(Damage(error.file, str(error)))
