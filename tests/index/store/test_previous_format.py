"""Damaged and hostile indexes of the format before: everything comes back, or `IndexDamaged`."""

import contextlib
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nutgraf import Index, IndexDamaged, IndexUnusable, search
from nutgraf_index.indexing.rebuild import Rebuilt
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import MARK, Commit
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from places import TESTS
from previous_index import (
    FILES,
    KEPT,
    MISNAMED,
    SOUND_FILE,
    WHOLE,
    column,
    file,
    files_of,
    ints,
    made,
    misnamed,
    packed,
    postings,
    publish,
    whole,
    write_segment,
)
from quick import within
from scale import SEED, chances, rounds, size


def flip(data: bytearray, at: int) -> None:
    data[at] ^= 16


def cut(data: bytearray, at: int) -> None:
    del data[at:]


_REGION = size(1024, 512)  # bytes of a file, of which one is damaged at a time


def test_damage_is_found_or_does_no_harm(tmp_path: Path) -> None:
    chance = chances(8)
    told = kept = 0
    for name, content in FILES.items():
        for region in range(0, len(content), _REGION):
            change = chance.choice([flip, flip, flip, cut])
            folder = tmp_path / "i"
            shutil.copytree(KEPT, folder)
            data = bytearray(content)
            change(data, chance.randrange(region, min(region + _REGION, len(content))))
            (folder / name).write_bytes(data)
            before = files_of(folder)
            error = None
            try:
                Index.rebuild(folder)
            except IndexDamaged as found:
                error = found.with_traceback(None)  # which would keep the files open
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
    assert kept > size(5, 10)  # postings, which are made anew


def test_a_missing_file_is_named(previous: Path) -> None:
    for name in commits.current(DiskDirectory(KEPT), PREVIOUS).files():
        (previous / name).unlink()
        with pytest.raises(IndexDamaged, match=name) as caught:
            Index.rebuild(previous)
        assert caught.value.file == name
        (previous / name).write_bytes(FILES[name])


# With a thread for each core, numpy alone would take more address space than the limit.
HOSTILE = """
import os, resource, sys
from pathlib import Path
os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path[:0] = {paths!r}
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from test_previous_format import hostile_rounds
hostile_rounds(Path({work!r}), {rounds}, {seed})
"""
READ = (
    *("passages.", "metadata.", "files.", "article.first", "section.first", "heading.value"),
    *(
        "heading.numbers",
        "article.terms",
        "article.ends",
        "article.doc",
        "article.authors",
        "tail.",
    ),
    *("passage.role", "passage.line", "passage.gap", "article.line", "article.path", "root.value"),
)


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
        with within(20), contextlib.suppress(IndexUnusable):
            Index.rebuild(folder)
            whole(folder)
        shutil.rmtree(folder)


def test_a_hostile_index_does_no_harm(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="needs limits of a process")
    paths = [str(TESTS), str(Path(__file__).parent)]
    code = HOSTILE.format(paths=paths, work=str(tmp_path), rounds=rounds(8, 75), seed=6 + SEED)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


UNREADABLE = "a record cannot be read"
OUT_OF_BOUNDS = "has numbers out of bounds"
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "metadata that is no JSON": (packed("metadata", [b"[", b""]), UNREADABLE),
    "deep metadata": (packed("metadata", [b"[" * 99999, b""]), UNREADABLE),
    "metadata of another type": (packed("metadata", [b"[]", b""]), "has the wrong type"),
    "metadata with a constant": (packed("metadata", [b'{"a": NaN}', b""]), "NaN is not JSON"),
    "metadata that is no UTF-8": (packed("metadata", [b"\xff", b""]), UNREADABLE),
    "a title that is no UTF-8": (column("article.title", [b"\xff", b""]), UNREADABLE),
    "a line out of bounds": (ints(article__line=[1 << 31, 0]), "a value is out of bounds"),
    "too few lines": (ints(article__line=[0]), "article.line has too few or too many values"),
    "no date": (column("article.date", [b"soon", b""]), "it has the date 'soon'"),
    "no id": ({**ints(article__ends=[0, 0, 2])}, "is stored twice, or has no id"),
    "an id that is stored twice": (
        {"article.terms": np.frombuffer(b"aa", "<u1")},
        "is stored twice, or has no id",
    ),
    "an id of two articles": (postings([0, 0]), f"article.docs {OUT_OF_BOUNDS}"),
    "an id of no article": (postings([0, 2]), f"article.docs {OUT_OF_BOUNDS}"),
    "an id whose list is nowhere": (
        ints(article__doc_at=[0, 9, 10]),
        f"article.doc_at {OUT_OF_BOUNDS}",
    ),
    "more ids than articles": (ints(article__ends=[0, 1, 2, 2]), f"article.ends {OUT_OF_BOUNDS}"),
    "an author that is not there": (
        ints(article__authors__numbers=[1]),
        f"article.authors {OUT_OF_BOUNDS}",
    ),
    "authors beyond the last": (
        ints(article__authors__first=[0, 1, 2]),
        f"article.authors.first {OUT_OF_BOUNDS}",
    ),
    "a root that is not there": (ints(root__numbers=[0, 7]), f"root {OUT_OF_BOUNDS}"),
    "too few roots": (ints(root__numbers=[1]), "root.numbers has too few or too many values"),
    "a text that ends before it begins": (ints(heading__value_ends=[7, 0]), "has no range 7 to 0"),
    "a passage without a text": (ints(passage__gap=[9, 2]), "a passage is out of bounds"),
    "a passage that is no UTF-8": (packed("passages", [b"\xff", b"\n\nAn"]), UNREADABLE),
    "another role": (ints(passage__role=[2, 12]), UNREADABLE),
    "lines that fall": (ints(passage__line=[2, 0]), "a passage is out of bounds"),
    "a passage far away": (ints(passage__line=[0, 1 << 31]), "a passage is out of bounds"),
    "passages of nobody": (ints(article__first=[0, 1, 1]), f"article.first {OUT_OF_BOUNDS}"),
    "passages before the first": (ints(article__first=[1, 2, 2]), f"article.first {OUT_OF_BOUNDS}"),
    "less than no passages": (ints(article__first=[0, 3, 2]), f"article.first {OUT_OF_BOUNDS}"),
    "articles that are not there": (ints(article__first=[0, 2]), f"article.first {OUT_OF_BOUNDS}"),
    "less than no sections": (
        {**ints(section__first=[]), "facts": {"section": -1}},
        f"section.first {OUT_OF_BOUNDS}",
    ),
    "files without an end": (ints(files__raw_ends=[]), f"files.raw_ends {OUT_OF_BOUNDS}"),
    "sections of nothing": (ints(section__first=[0, 1]), f"section.first {OUT_OF_BOUNDS}"),
    "a file of another type": (file(path=3), "a value has the wrong type"),
    "a fault of another type": (file(faults=[["f", "3"]]), "a value has the wrong type"),
    "a file with more": (file(more=""), UNREADABLE),
    "a file that is stored twice": (
        {**packed("files", [SOUND_FILE, SOUND_FILE]), "facts": {"file": 2}},
        "the file 'p' is stored twice",
    ),
    "a block of another length": (
        ints(passages__raw_ends=[0, 37]),
        f"passages.at {OUT_OF_BOUNDS}",
    ),
    "no block": ({"files.data": np.zeros(4, "<u1"), **ints(files__ends=[0, 4])}, "decompressed"),
    "a huge block": (
        ints(files__raw_ends=[0, 1 << 31], files__at=[0, 1 << 31]),
        "files has a record of 2147483648 bytes",
    ),
    "a large block": (
        ints(files__raw_ends=[0, 1 << 21], files__at=[0, 1 << 21]),
        "files has a block of 2097152 bytes",
    ),
    "a dictionary of no block": (
        ints(passages__dictionary_from=[1], passages__dictionary_ends=[0, 0]),
        f"passages.dictionary_from {OUT_OF_BOUNDS}",
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


def test_ids_follow_the_folder_of_the_index(tmp_path: Path) -> None:
    """Articles of files get the ids that the files have today; those of programs keep theirs."""
    misnamed(tmp_path)
    assert Index.rebuild(tmp_path) == Rebuilt(PREVIOUS[0], 2, 2, 1, MISNAMED)


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
