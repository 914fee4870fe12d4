"""The index of the format before that `kept_archive` made, and others of that format."""

import json
import zlib
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

from kept_archive import KNOWN, known
from nutgraf import Index
from nutgraf_index.segment.file import SegmentWriter
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import MARK, Commit, Entry
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from places import TESTS

__all__ = [
    "FILES",
    "KEPT",
    "MISNAMED",
    "NUMBER",
    "SOUND_FILE",
    "WHOLE",
    "column",
    "file",
    "files_of",
    "ints",
    "made",
    "marked",
    "misnamed",
    "packed",
    "postings",
    "publish",
    "whole",
    "write_segment",
]

KEPT = TESTS / "index" / "store" / f"format-{PREVIOUS[0]}"
# All that a rebuild keeps; the ids of this format are today's.
WHOLE = json.loads((KEPT / KNOWN).read_text("utf-8"))
FILES = {path.name: path.read_bytes() for path in KEPT.iterdir() if path.name != KNOWN}
NUMBER = commits.current(DiskDirectory(KEPT), PREVIOUS).number


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


def write_segment(folder: Path, arrays: dict[str, Any], facts: dict[str, int]) -> Entry:
    """Write arrays, under checksums that hold."""
    with DiskDirectory(folder).create("00000001.seg") as file:
        out = SegmentWriter(file)
        for name, values in arrays.items():
            out.add(name, values)
        return Entry("00000001.seg", *out.finish(facts))


def packed(name: str, records: Iterable[bytes]) -> dict[str, Any]:
    """Return the arrays of some records, in one block."""
    raw = b"".join(records)
    data = zstandard.ZstdCompressor(write_content_size=False).compress(raw)[5:] if raw else b""
    # Of a frame its magic number and flags are not stored; the window follows them.
    return {
        f"{name}.data": np.frombuffer(data, "<u1"),
        f"{name}.ends": np.array([0, len(data)][: 1 + bool(raw)], "<u4"),
        f"{name}.raw_ends": np.array([0, len(raw)][: 1 + bool(raw)], "<u4"),
        f"{name}.at": np.array([0, *accumulate(map(len, records))], "<u4"),
        f"{name}.dictionaries": np.zeros(0, "<u1"),
        f"{name}.dictionary_ends": np.zeros(1, "<u4"),
        f"{name}.dictionary_from": np.zeros(0, "<u4"),
    }


def column(name: str, texts: Iterable[bytes]) -> dict[str, Any]:
    """Return the arrays of a column of texts, a value for each document."""
    return {
        f"{name}.values": np.frombuffer(b"".join(texts), "<u1"),
        f"{name}.value_ends": np.array([0, *accumulate(map(len, texts))], "<u4"),
        f"{name}.numbers": np.arange(len([*texts]), dtype="<u4"),
    }


def postings(doc_ids: list[int]) -> dict[str, Any]:
    """Return the arrays of postings lists of one document each."""
    return {
        "article.docs": np.array([*(doc << 12 | 8 for doc in doc_ids), 0, 0], "<u4"),
        "article.doc_at": np.arange(len(doc_ids) + 1, dtype="<u4"),
    }


_FILE = {"root": "r", "path": "p", "digest": "d", "faults": [["f", 3]], "refused": ["x"]}
SOUND_FILE = json.dumps(_FILE | {"id": "r/p"}).encode()
SOUND: dict[str, Any] = {
    **packed("passages", [b"An otter.", b"\n\nAn otter."]),
    **packed("metadata", [b"{}", b""]),
    **packed("anchors", [b"", b""]),
    **packed("files", [SOUND_FILE]),
    **postings([0, 1]),
    "article.terms": np.frombuffer(b"ab", "<u1"),
    "article.ends": np.array([0, 1, 2], "<u4"),
    "article.first": np.array([0, 2, 2], "<u4"),
    "article.line": np.zeros(2, "<u1"),
    "article.authors.values": np.frombuffer(b"Ann Lee", "<u1"),
    "article.authors.value_ends": np.array([0, 7], "<u4"),
    "article.authors.first": np.array([0, 1, 1], "<u4"),
    "article.authors.numbers": np.zeros(1, "<u4"),
    "section.first": np.array([0, 2], "<u4"),
    "passage.role": np.array([2, 3], "<u1"),
    "passage.line": np.array([0, 2], "<u1"),
    "passage.gap": np.array([0, 2], "<u1"),
    **column("heading", [b"Heading"]),
    **{
        name: values
        for text in (
            "place",
            "source",
            "date",
            "title",
            "path",
            "url",
            "format",
            "encoding",
            "language",
        )
        for name, values in column(f"article.{text}", [b"2020" * (text == "date"), b""]).items()
    },
    **{
        name: values
        for text in ("root", "digest", "tail")
        for name, values in column(text, [b"", b""]).items()
    },
}


def made(folder: Path, facts: dict[str, int] | None = None, **change: Any) -> Path:
    """Make an index of the format before that holds two articles, with something changed."""
    counts = {"article": 2, "passage": 2, "file": 1, "section": 1} | (facts or {})
    publish(folder, Commit(1, (write_segment(folder, SOUND | change, counts),)))
    return folder


def ints(kind: str = "<u4", **arrays: list[int]) -> dict[str, Any]:
    """Return arrays of numbers; `__` in a name stands for a dot."""
    return {name.replace("__", "."): np.array(values, kind) for name, values in arrays.items()}


def file(**change: Any) -> dict[str, Any]:
    sound = {"root": "r", "path": "p", "digest": "d", "faults": [], "refused": [], "id": ""}
    return packed("files", [json.dumps(sound | change).encode()])


MISNAMED = (("old/p!x", "r/p!x"),)


def misnamed(folder: Path) -> Path:
    """Make an index of the format before, of whose two articles one has another id today."""
    change: dict[str, Any] = {
        **file(root="r", path="p", id="old/p"),
        **column("root", [b"r", b""]),
        **column("article.path", [b"p", b""]),
        **ints(article__ends=[0, 7, 8]),
        "article.terms": np.frombuffer(b"old/p!xb", "<u1"),
    }
    return made(folder, **change)
