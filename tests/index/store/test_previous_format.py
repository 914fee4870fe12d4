"""Damaged and hostile indexes of the format before: everything comes back, or `IndexDamaged`."""

import contextlib
import json
import random
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nutgraf import Index, IndexDamaged, IndexUnusable, search
from nutgraf_index.indexing.rebuild import Rebuilt
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import MARK, Commit, Entry
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from places import TESTS
from previous_index import FILES, KEPT, WHOLE, files_of, publish, whole
from scale import SEED, chances, rounds


def flip(data: bytearray, at: int) -> None:
    data[at] ^= 16


def cut(data: bytearray, at: int) -> None:
    del data[at:]


def test_damage_is_found_or_does_no_harm(tmp_path: Path) -> None:
    chance = chances(8)
    told = kept = 0
    for name, content in FILES.items():
        for region in range(0, len(content), 1 << 11):
            change = chance.choice([flip, flip, flip, cut])
            folder = tmp_path / "i"
            shutil.copytree(KEPT, folder)
            data = bytearray(content)
            change(data, chance.randrange(region, min(region + (1 << 11), len(content))))
            (folder / name).write_bytes(data)
            before = files_of(folder)
            error = None
            try:
                Index.rebuild(folder)
            except IndexDamaged as found:
                error = found
            if error is None:
                kept += 1
                assert whole(folder) == WHOLE, name
            else:
                told += 1
                assert error.file == name
                assert name in str(error)
                assert "the nutgraf that made it can roll it back" in str(error) or name == MARK
                assert files_of(folder) == before
            shutil.rmtree(folder)
    assert told > 10
    assert kept > 10  # postings, which are made anew


def test_a_missing_file_is_named(previous: Path) -> None:
    for name in commits.current(DiskDirectory(KEPT), PREVIOUS).files():
        (previous / name).unlink()
        with pytest.raises(IndexDamaged, match=name) as caught:
            Index.rebuild(previous)
        assert caught.value.file == name
        (previous / name).write_bytes(FILES[name])


def write_segment(folder: Path, arrays: dict[str, Any], facts: dict[str, int]) -> Entry:
    """Write arrays, under checksums that hold."""
    with DiskDirectory(folder).create("00000001.seg") as file:
        out = SegmentWriter(file)
        for name, values in arrays.items():
            out.add(name, values)
        return Entry("00000001.seg", *out.finish(facts))


HOSTILE = """
import resource, sys
from pathlib import Path
sys.path[:0] = {paths!r}
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from test_previous_format import hostile_rounds
hostile_rounds(Path({work!r}), {rounds}, {seed})
"""
READ = ("passages.", "headings.", "articles.", "files.", "article.first", "section.first")


def hostile_rounds(work: Path, count: int, seed: int) -> None:
    """Rebuild indexes whose checksums hold but whose numbers were chosen to do harm."""
    chance = random.Random(seed)
    entry = commits.current(DiskDirectory(KEPT), PREVIOUS).entries[0]
    sound = SegmentFile((KEPT / entry.segment).read_bytes(), "x", "y")
    for number in range(count):
        folder = work / f"h{number}"
        folder.mkdir()
        arrays = {name: np.array(sound.column(name).view()) for name in sound._arrays}
        for name in chance.sample([name for name in arrays if name.startswith(READ)], 2):
            values = arrays[name]
            most = int(np.iinfo(values.dtype).max)
            for _ in range(chance.choice([1, 3, 100]) if len(values) else 0):
                worst = [0, 1, most, most // 2, min(len(values), most), chance.randint(0, most)]
                values[chance.randrange(len(values))] = chance.choice(worst)
            if chance.random() < 0.3:
                arrays[name] = values[: chance.randrange(len(values) + 1)]
        facts = dict(sound.facts)
        if chance.random() < 0.2:
            facts[chance.choice(["passage", "section", "article", "file"])] = chance.choice(
                [0, -1, 1 << 20, 1 << 62]
            )
        publish(folder, Commit(1, (write_segment(folder, arrays, facts),)))
        begun = time.monotonic()
        with contextlib.suppress(IndexUnusable):
            Index.rebuild(folder)
            whole(folder)
        assert time.monotonic() - begun < 20
        shutil.rmtree(folder)


def test_a_hostile_index_does_no_harm(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="needs limits of a process")
    paths = [str(TESTS), str(Path(__file__).parent)]
    code = HOSTILE.format(paths=paths, work=str(tmp_path), rounds=rounds(60), seed=6 + SEED)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def packed(name: str, records: Iterable[bytes]) -> dict[str, Any]:
    """Return the arrays of some records, in one block."""
    raw = b"".join(records)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = (packer.compress(raw) + packer.flush()) if raw else b""
    return {
        f"{name}.data": np.frombuffer(data, "<u1"),
        f"{name}.ends": np.array([0, len(data)][: 1 + bool(raw)], "<u4"),
        f"{name}.raw_ends": np.array([0, len(raw)][: 1 + bool(raw)], "<u4"),
        f"{name}.at": np.array([0, *accumulate(map(len, records))], "<u4"),
        f"{name}.dictionaries": np.zeros(0, "<u1"),
        f"{name}.dictionary_ends": np.zeros(1, "<u4"),
        f"{name}.dictionary_from": np.zeros(0, "<u4"),
    }


def passage(start: int, line: int, role: int, text: bytes = b"An otter.") -> bytes:
    return start.to_bytes(4, "little") + line.to_bytes(4, "little") + bytes([role]) + text


PROPERTIES: tuple[Any, ...] = ["Ann Lee"], "", "", "2020", "", "a", "", "", 0, "text", "", {}
SOUND: dict[str, Any] = {
    "articles": [
        (PROPERTIES, "", "", 2),
        ([[], *PROPERTIES[1:5], "b", *PROPERTIES[6:]], "", "", 0),
    ],
    "passages": [passage(0, 1, 2), passage(11, 3, 3)],
    "files": [{"root": "r", "path": "p", "digest": "d", "faults": [["f", 3]], "refused": ["x"]}],
    "article.first": [0, 2, 2],
    "section.first": [0, 2],
}


def made(folder: Path, **change: Any) -> Path:
    """Make an index of the format before that holds two articles, with something changed."""
    values = {**SOUND, **change}
    articles = [one if isinstance(one, bytes) else json.dumps(one) for one in values["articles"]]
    arrays = {
        **packed("articles", [one if isinstance(one, bytes) else one.encode() for one in articles]),
        **packed("passages", values["passages"]),
        **packed("files", [json.dumps(one).encode() for one in values["files"]]),
        **packed("headings", [b"Heading"]),
        "article.first": np.array(values["article.first"], "<u4"),
        "section.first": np.array(values["section.first"], "<u4"),
        **change.get("arrays", {}),
    }
    counts = {name: len(values[f"{name}s"]) for name in ("article", "passage", "file")}
    publish(folder, Commit(1, (write_segment(folder, arrays, counts | {"section": 1}),)))
    return folder


def articles(**change: Any) -> dict[str, Any]:
    """Return a change to the properties of the first article, or to what follows them."""
    names = "authors place source date title id path url line format encoding metadata".split()
    values = dict(zip(names, PROPERTIES, strict=True)) | change
    rest = [values.pop(name, now) for name, now in (("root", ""), ("digest", ""), ("count", 2))]
    return {"articles": [[[*values.values()], *rest], SOUND["articles"][1]]}


def file(**change: Any) -> dict[str, Any]:
    return {"files": [SOUND["files"][0] | change]}


UNREADABLE = "a record cannot be read"
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no JSON": ({"articles": [b"[", SOUND["articles"][1]]}, UNREADABLE),
    "deep JSON": ({"articles": [b"[" * 99999, SOUND["articles"][1]]}, UNREADABLE),
    "no UTF-8": ({"articles": [b"\xff", SOUND["articles"][1]]}, UNREADABLE),
    "more properties": (articles(more=1), UNREADABLE),
    "an id of another type": (articles(id=7), "a value has the wrong type"),
    "an author of another type": (articles(authors=[None]), "a value has the wrong type"),
    "a root of another type": (articles(root=[]), "a value has the wrong type"),
    "a line of another type": (articles(line=True), "a value has the wrong type"),
    "a line out of bounds": (articles(line=1 << 31), "a value is out of bounds"),
    "metadata of another type": (articles(metadata=[]), "a value is out of bounds"),
    "metadata that is no JSON": (articles(metadata={"a": float("nan")}), "NaN is not JSON"),
    "more passages than there are": (articles(count=3), "a value is out of bounds"),
    "no date": (articles(date="soon"), "it has the date 'soon'"),
    "no id": (articles(id=""), "is stored twice, or has no id"),
    "an id that is stored twice": (articles(id="b"), "is stored twice, or has no id"),
    "a passage cut short": ({"passages": [b"abc", passage(11, 3, 3)]}, UNREADABLE),
    "a passage that is no UTF-8": ({"passages": [passage(0, 1, 2, b"\xff"), b""]}, UNREADABLE),
    "another role": ({"passages": [passage(0, 1, 10), passage(11, 3, 3)]}, UNREADABLE),
    "a passage over another": (
        {"passages": [passage(0, 1, 2), passage(8, 1, 2)]},
        "a passage is out of bounds",
    ),
    "a passage far away": (
        {"passages": [passage(0, 1, 2), passage((1 << 32) - 1, 1, 2)]},
        "a passage is out of bounds",
    ),
    "lines that fall": (
        {"passages": [passage(0, 3, 2), passage(12, 2, 2)]},
        "a passage is out of bounds",
    ),
    "passages of nobody": ({"article.first": [0, 1, 1]}, "article.first has numbers out of bounds"),
    "passages before the first": ({"article.first": [1, 2, 2]}, "article.first has numbers out of"),
    "less than no passages": ({"article.first": [0, 3, 2]}, "article.first has numbers out of"),
    "articles that are not there": ({"article.first": [0, 2]}, "article.first has numbers out of"),
    "sections of nothing": ({"section.first": [0, 1]}, "section.first has numbers out of bounds"),
    "a file of another type": (file(path=3), "a value has the wrong type"),
    "a fault of another type": (file(faults=[["f", "3"]]), "a value has the wrong type"),
    "a file with more": (file(more=""), UNREADABLE),
    "a file that is stored twice": ({"files": SOUND["files"] * 2}, "the file 'p' is stored twice"),
    "a block of another length": (
        {"arrays": {"passages.raw_ends": np.array([0, 37], "<u4")}},
        "passages.at has numbers out of bounds",
    ),
    "a huge block": (
        {
            "arrays": {
                "files.raw_ends": np.array([0, 1 << 31], "<u4"),
                "files.at": np.array([0, 1 << 31], "<u4"),
            }
        },
        "files has a record of 2147483648 bytes",
    ),
    "a large block": (
        {
            "arrays": {
                "files.raw_ends": np.array([0, 1 << 21], "<u4"),
                "files.at": np.array([0, 1 << 21], "<u4"),
            }
        },
        "files has a block of another length",
    ),
    "a dictionary of no block": (
        {
            "arrays": {
                "passages.dictionary_from": np.array([1], "<u4"),
                "passages.dictionary_ends": np.zeros(2, "<u4"),
            }
        },
        "passages.dictionary_from has numbers out of bounds",
    ),
}


def test_an_index_made_by_hand(tmp_path: Path) -> None:
    made(tmp_path)
    assert Index.rebuild(tmp_path) == Rebuilt(PREVIOUS[0], 2, 2, 1)
    with Index.open(tmp_path) as index:
        assert index.verify() == ()
        assert [one.text for one in index.snapshot().passages_of("a")] == ["An otter."] * 2
        assert index.snapshot().passages_of("b") == []
        assert search("heading:heading by:lee otter", index).total == 2


@pytest.mark.parametrize("wrong", WRONG)
def test_numbers_that_fit_nothing(wrong: str, tmp_path: Path) -> None:
    change, message = WRONG[wrong]
    made(tmp_path, **change)
    before = files_of(tmp_path)
    with pytest.raises(IndexDamaged, match=message) as caught:
        Index.rebuild(tmp_path)
    assert caught.value.file == "00000001.seg"
    assert files_of(tmp_path) == before


DELETED = {
    "an article beyond the last": {"articles": [2], "files": []},
    "a file beyond the last": {"articles": [], "files": [1]},
}


@pytest.mark.parametrize("wrong", DELETED)
def test_deletions_that_fit_nothing(wrong: str, tmp_path: Path) -> None:
    made(tmp_path)
    commit = commits.current(DiskDirectory(tmp_path), PREVIOUS)
    with DiskDirectory(tmp_path).create("00000002.del") as out:
        writer = SegmentWriter(out)
        for name, numbers in DELETED[wrong].items():
            writer.add(name, np.array(numbers, "<u4"))
        size, check = writer.finish({})
    entry = commit.entries[0]._replace(
        deleted="00000002.del", deleted_size=size, deleted_check=check
    )
    publish(tmp_path, Commit(1, (entry,)))
    with pytest.raises(IndexDamaged, match=r"a deleted \w+ is too large") as caught:
        Index.rebuild(tmp_path)
    assert caught.value.file == "00000002.del"
