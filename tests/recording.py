"""A record of what is done to the files of a folder, in order."""

import builtins
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

__all__ = ["Recording", "committed", "published", "written"]


class Recording:
    """Notes each creation, write, sync, renaming and removal in a folder, as `calls`.

    A file is written when it is flushed or closed. The folder itself is called ".".
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self._folder = folder
        real_open, real_replace, real_unlink = builtins.open, os.replace, os.unlink
        real_sync = os.fsync

        def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            made = real_open(file, mode, *rest, **more)
            if "w" not in mode or not self._is_here(file):
                return made
            self._note(f"create {Path(file).name}")
            return _Written(made, lambda: self._note(f"write {Path(file).name}"))

        def sync(number: int) -> None:
            real_sync(number)
            about = os.fstat(number)
            for path in (folder, *folder.iterdir()):
                if os.path.samestat(about, path.stat()):
                    self._note(f"sync {'.' if path == folder else path.name}")

        def replace(source: Any, target: Any) -> None:
            real_replace(source, target)
            self._note(f"rename {Path(source).name} {Path(target).name}")

        def unlink(path: Any, **more: Any) -> None:
            real_unlink(path, **more)
            if self._is_here(path):
                self._note(f"remove {Path(path).name}")

        patch.setattr(builtins, "open", opened)
        patch.setattr(os, "fsync", sync)
        patch.setattr(os, "replace", replace)
        patch.setattr(os, "unlink", unlink)

    def _is_here(self, path: Any) -> bool:
        return isinstance(path, str | Path) and Path(path).parent == self._folder

    def _note(self, call: str) -> None:
        if "writer.json" not in call and "write.lock" not in call:  # they only keep others out
            self.calls.append(call)


class _Written:
    """A file that tells when what was written to it leaves the process."""

    def __init__(self, file: Any, note: Callable[[], None]) -> None:
        self._file, self._note, self._waits = file, note, False

    def write(self, data: Any) -> Any:
        self._waits = True
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()
        if self._waits:
            self._note()
            self._waits = False

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: Any) -> None:
        self.flush()
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def written(name: str) -> list[str]:
    """A file of a commit: on the disk when it is finished."""
    return [f"create {name}", f"write {name}", f"sync {name}"]


def published(name: str) -> list[str]:
    """A file put in the place of another: beside, with all before it, then renamed, for good."""
    beside = f"{name}.new"
    return [*written(beside), "sync .", f"rename {beside} {name}", "sync ."]


def committed(number: int) -> list[str]:
    return [*published(f"commit-{number}.json"), *published("nutgraf.json")]
