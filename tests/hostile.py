"""Indexes whose checksums hold, and whose numbers are others than were written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.store import commit as commits
from nutgraf_index.store.directory import DiskDirectory

__all__ = ["rewritten", "segment_file"]


def segment_file(folder: Path) -> SegmentFile:
    """Return the file of the first segment of an index."""
    entry = commits.current(DiskDirectory(folder)).entries[0]
    return SegmentFile((folder / entry.segment).read_bytes(), str(folder), entry.segment)


def rewritten(
    folder: Path,
    change: Callable[[str, Any], Any],
    facts: Callable[[dict[str, int]], dict[str, int]] = lambda known: known,
) -> None:
    """Change the arrays of an index, under checksums that hold."""
    disk = DiskDirectory(folder)
    commit = commits.current(disk)
    entries = []
    for entry in commit.entries:
        segment = SegmentFile((folder / entry.segment).read_bytes(), "x", "y")
        with disk.create(entry.segment) as file:
            out = SegmentWriter(file)
            for name in segment._arrays:
                out.add(name, change(name, np.array(segment.column(name).view())))
            written = out.finish(facts(dict(segment.facts)))
        entries.append(entry._replace(size=written.size, check=written.check))
    commits.publish(disk, commit._replace(entries=tuple(entries)))
