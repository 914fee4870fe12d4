"""Whether the files of an index are what was written, and the return to a commit of which they are.

What is read is checked when it is read; here everything is.
"""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.snapshot import open_reader
from nutgraf_index.store.soundness import check_bounds

__all__ = ["Damage", "rollback", "verify"]


class Damage(NamedTuple):
    """A file of an index that is not what was written, and what is wrong with it."""

    file: str
    problem: str


def verify(folder: Directory) -> list[Damage]:
    """Read everything and return the damaged files of the commit that stands."""
    try:
        commit = commits.current(folder)
        while True:
            found = _damages(folder, commit)
            newer = commits.current(folder) if found else commit
            if newer == commit:
                return found
            commit = newer  # a commit that was overtaken may have lost its files
    except IndexDamaged as error:
        return [Damage(error.file, str(error))]


def rollback(folder: Directory) -> Commit:
    """Return to the newest sound commit other than a sound one that stands.

    The lock must be held. Raises `IndexDamaged` if there is none.
    """
    try:
        standing = commits.read_mark(folder)
        sound = not verify(folder)
    except IndexDamaged:
        standing, sound = -1, False
    for number in sorted(commits.numbers(folder), reverse=True):
        if number == standing or (sound and number > standing):
            continue
        try:
            commit = commits.read_commit(folder, number)
        except IndexDamaged:
            continue
        if not _damages(folder, commit):
            commits.write_mark(folder, number)
            return commit
    raise IndexDamaged(
        f"the index {folder.where} has no other commit that is sound to return to. "
        "Remove the folder and index the articles again."
    )


def _damages(folder: Directory, commit: Commit) -> list[Damage]:
    """Return the damaged files of a commit: by their checksums, else by the bounds of numbers."""
    damages: list[Damage] = []
    for entry in commit.entries:
        before = len(damages)
        for name, written in entry.files():
            with _noted(folder, name, damages):
                commits.load(folder, name, written).check_all()
        if len(damages) == before:
            with _noted(folder, entry.segment, damages):
                check_bounds(open_reader(folder, entry, 0))
    return damages


@contextlib.contextmanager
def _noted(folder: Directory, name: str, damages: list[Damage]) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        damages.append(Damage(name, str(IndexDamaged.of(folder.where, name, "it is missing"))))
    except IndexDamaged as error:
        damages.append(Damage(error.file, str(error)))
