"""Calls of the system that go wrong: refused, or the process is gone."""

import builtins
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

__all__ = ["Calls", "left_before", "refuse"]


class Calls:
    """Counts the calls of the system of one kind, and does something before each."""

    def __init__(self, before: Callable[[int], None]) -> None:
        self.before = before
        self.count = 0

    def watch(self, patch: pytest.MonkeyPatch, name: str) -> None:
        if name == "open":
            real_open = builtins.open

            def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
                if "w" in mode and str(file).endswith((".seg", ".del", ".syn", ".new")):
                    self.begin()
                return real_open(file, mode, *rest, **more)

            patch.setattr(builtins, "open", opened)
            return
        real = getattr(os, name)

        def called(*values: Any, **more: Any) -> Any:
            self.begin()
            return real(*values, **more)

        patch.setattr(os, name, called)

    def begin(self) -> None:
        self.count += 1
        self.before(self.count)


def refuse(wrong: int) -> Calls:
    """Return calls of which the one with this number, from 1, finds the disk full."""

    def before(number: int) -> None:
        if number == wrong:
            raise OSError(28, "No space left on device")

    return Calls(before)


def left_before(name: str, folder: Path, work: Callable[[], object]) -> list[Path]:
    """Do some work on a folder; return copies of it as it was before each call of the system.

    A copy has what the system was given, and nothing of what Python still holds: what a process
    leaves that is killed before the call. The last copy is that of the work done.
    """
    copies: list[Path] = []

    def copy() -> None:
        to = folder.with_name(f"{folder.name}-{name}-{len(copies)}")
        # Windows lets nobody else read the lock. It is as good as gone once its process is.
        shutil.copytree(folder, to, ignore=shutil.ignore_patterns("write.lock"))
        copies.append(to)

    with pytest.MonkeyPatch.context() as patch:
        Calls(lambda _: copy()).watch(patch, name)
        work()
    copy()
    return copies
