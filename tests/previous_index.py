"""The index of the format before that `kept_archive` made, and others of that format."""

import json
import zlib
from pathlib import Path
from typing import Any

from kept_archive import KNOWN, known
from nutgraf import Index
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import MARK, Commit
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from places import TESTS

__all__ = ["FILES", "KEPT", "NUMBER", "WHOLE", "files_of", "marked", "publish", "whole"]

KEPT = TESTS / "index" / "store" / f"format-{PREVIOUS[0]}"
WHOLE = json.loads((KEPT / KNOWN).read_text("utf-8"))
FILES = {path.name: path.read_bytes() for path in KEPT.iterdir() if path.name != KNOWN}
NUMBER = commits.current(DiskDirectory(KEPT), PREVIOUS).number
COUNTS = (len(WHOLE["articles"]), sum(len(one[-1]) for one in WHOLE["articles"]))


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
