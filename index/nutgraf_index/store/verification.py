"""Whether the files of an index are what was written, and the return to a commit of which they are.

What is read is checked when it is read; here everything is.
"""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf_index.errors import IndexDamaged, IndexFormatError
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

    The lock must be held. Raises `IndexDamaged` if there is none. A commit of the format before,
    which a rebuild did not come to remove, is none.
    """
    try:
        standing = commits.read_mark(folder)
        sound = not verify(folder)
    except IndexDamaged:
        standing, sound = -1, False
    another: IndexFormatError | None = None
    for number in sorted(commits.numbers(folder), reverse=True):
        if number == standing or (sound and number > standing):
            continue
        try:
            commit = commits.read_commit(folder, number)
        except IndexDamaged:
            continue
        except IndexFormatError as error:
            another = error
            continue
        if not _damages(folder, commit):
            commits.write_mark(folder, number)
            return commit
    if another is not None and standing < 0:
        raise IndexFormatError(
            f"{another}. Its mark is damaged: let the nutgraf that made it return to a commit first"
        )
    way_out = "Remove the folder and index the articles again."
    raise IndexDamaged(
        f"the index {folder.where} has no other commit that is sound to return to. "
        f"{'The one that stands is sound.' if sound else way_out}"
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
