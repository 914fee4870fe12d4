"""Whether processes still run; one that has ended may keep its number until someone asks for it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["ends", "group_ends"]

_PATIENCE = 120.0  # seconds, on a machine that is busy
_PROC = Path("/proc")


def ends(process: int) -> bool:
    """Wait for a process to end, and return whether it does."""
    return _in_time(lambda: not _runs(process))


def group_ends(group: int) -> bool:
    """Wait for all processes of a group to end, and return whether they do."""
    return _in_time(lambda: not _group_runs(group))


def _in_time(is_over: Callable[[], bool]) -> bool:
    given_up = time.monotonic() + _PATIENCE
    while not is_over():
        if time.monotonic() > given_up:
            return False
        time.sleep(0.02)
    return True


def _runs(process: int) -> bool:
    if (_PROC / "self").exists():
        return any(number == process for number, _ in _running())
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _group_runs(group: int) -> bool:
    if (_PROC / "self").exists():
        return any(other == group for _, other in _running())
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _running() -> Iterator[tuple[int, int]]:
    """Yield the numbers of all processes of Linux that have not ended, and those of their groups.

    Nobody asks for a process without a parent where the first process is none that does.
    """
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                state, _, group, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
            except (OSError, ValueError):  # it is gone
                continue
            if state not in "ZX":
                yield int(folder.name), int(group)
