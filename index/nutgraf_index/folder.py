"""The folder an index lives in: the mark that tells it from any other, and its format number."""

import json
import os
from pathlib import Path

from nutgraf_index.errors import (
    IndexDamaged,
    IndexFormatError,
    IndexNotFound,
    IndexUnusable,
    IndexWriteError,
)
from nutgraf_index.lock import WriteLock
from nutgraf_index.schema import FORMAT
from nutgraf_index.storage import create

__all__ = ["MARK", "check_mark", "make", "size"]

MARK = "nutgraf.json"


def make(folder: Path, wait: float) -> None:
    """Make an empty index; the mark comes last, so that half an index is none."""
    if folder.exists() and (not folder.is_dir() or _foreign(folder)):
        raise IndexNotFound(
            f"{folder} is not an index, and not an empty folder to make one in; name another"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with WriteLock(folder, wait):
            if not (folder / MARK).exists():
                create(str(folder))
                beside = folder / f"{MARK}.new"
                beside.write_text(json.dumps({"index": "nutgraf", "format": FORMAT}) + "\n")
                beside.replace(folder / MARK)
    except OSError as error:
        raise IndexWriteError(
            f"cannot make an index in {folder}: {error.strerror or error}"
        ) from error


def _foreign(folder: Path) -> bool:
    """Whether a folder holds anything but what a first try to make an index left."""
    ours = ("write.lock", "writer.json", f"{MARK}.new", "_MAIN_", "MAIN")
    return any(not name.startswith(ours) for name in os.listdir(folder))


def check_mark(folder: Path) -> None:
    """Raise if a folder is no index, or one of another format number."""
    try:
        mark = json.loads((folder / MARK).read_text())
        found = mark["format"] if mark["index"] == "nutgraf" else mark["index"]
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFound(
            f"there is no index in {folder}; `nutgraf index PATH… --index {folder}` makes one"
        ) from None
    except OSError as error:
        raise IndexUnusable(
            f"the index {folder} cannot be read: {error.strerror or error}"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"the index {folder} is damaged: {MARK} cannot be read ({error}). Remove the folder "
            "and index the articles again."
        ) from error
    if found != FORMAT:
        raise IndexFormatError(
            f"the index {folder} has format {found!r}, and this nutgraf reads format {FORMAT}: "
            "use the nutgraf that made it, or remove the folder and index the articles again"
        )


def size(folder: Path) -> int:
    """Return how many bytes an index takes on disk."""
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file())
