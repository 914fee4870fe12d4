"""The index of the format before that `kept_archive` made, and others of that format."""

import json
import zlib
from pathlib import Path
from typing import Any

from kept_archive import KNOWN, known
from nutgraf import Index
from nutgraf_index.names import printable
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import MARK, Commit
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from places import TESTS

__all__ = [
    "FILES",
    "KEPT",
    "NUMBER",
    "RENAMED",
    "STORED",
    "WHOLE",
    "files_of",
    "marked",
    "publish",
    "whole",
]

KEPT = TESTS / "index" / "store" / f"format-{PREVIOUS[0]}"
STORED = json.loads((KEPT / KNOWN).read_text("utf-8"))  # with the ids of the time
FILES = {path.name: path.read_bytes() for path in KEPT.iterdir() if path.name != KNOWN}
NUMBER = commits.current(DiskDirectory(KEPT), PREVIOUS).number
COUNTS = (len(STORED["articles"]), sum(len(one[-1]) for one in STORED["articles"]))


def _today(stored: dict[str, Any]) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """Return all that a rebuild keeps, with today's ids, and the pairs of old and new ids."""
    ids = []
    articles = []
    for properties, root, *rest in stored["articles"]:
        old = id = properties["id"]
        if root:
            id = f"archive/{printable(properties['path'])}"
            if line := properties["line"]:
                id += f"!{line}" if old == f"{properties['path']}:{line}" else f"!{old}"
            ids.append((old, id))
        articles.append([properties | {"id": id}, root, *rest])
    articles.sort(key=lambda article: article[0]["id"])
    files = [[*file, f"archive/{printable(file[1])}"] for file in stored["files"]]
    return {**stored, "articles": articles, "files": files}, tuple(sorted(ids))


WHOLE, RENAMED = _today(STORED)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "lock" not in path.name}


def whole(folder: Path) -> Any:
    """Return all that an index of this format has, which is sound."""
    with Index.open(folder) as index:
        assert index.verify() == ()
        return known(index)


def marked(values: dict[str, Any]) -> bytes:
    line = json.dumps(values).encode()
    return line + b"\n%08x\n" % zlib.crc32(line)


def publish(folder: Path, commit: Commit) -> None:
    """Write a commit of the format before, and the mark to it."""
    about = {"index": "nutgraf", "format": PREVIOUS[0], "layout": PREVIOUS[1]}
    entries = [entry._asdict() for entry in commit.entries]
    more = {"number": commit.number, "language": commit.language, "entries": entries}
    (folder / f"commit-{commit.number}.json").write_bytes(marked(about | more))
    (folder / MARK).write_bytes(marked(about | {"commit": commit.number}))
