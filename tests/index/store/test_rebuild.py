"""An index of the format before, rebuilt: everything comes back, or the old index stands."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from faults import left_before, refuse
from kept_archive import FOLDER, KNOWN, SOURCES, known, write_sources
from nutgraf import (
    ArgumentError,
    Article,
    Index,
    IndexDamaged,
    IndexFormatError,
    IndexLocked,
    IndexNotFound,
    IndexWriteError,
    Searcher,
)
from nutgraf_index.fields import FORMAT, Level
from nutgraf_index.indexing.rebuild import Rebuilt
from nutgraf_index.properties.head import with_plain_breaks
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import MARK, Commit
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.layout import PREVIOUS
from nutgraf_index.store.lock import WriteLock
from nutgraf_index.store.previous_format import PreviousIndex
from previous_index import (
    FILES,
    KEPT,
    NUMBER,
    WHOLE,
    files_of,
    marked,
    publish,
    whole,
)
from recording import Recording, committed, written
from scale import size

COUNTS = (len(WHOLE["articles"]), sum(len(one[-1]) for one in WHOLE["articles"]))


# What comes back


@pytest.mark.parametrize("options", [{}, {"memory_mb": 1}, {"memory_mb": 1, "processes": 2}])
def test_everything_comes_back(options: dict[str, Any], previous: Path) -> None:
    rebuilt = Index.rebuild(previous, **options)
    assert rebuilt == Rebuilt(PREVIOUS[0], *COUNTS, len(WHOLE["files"]))
    assert whole(previous) == WHOLE
    commit = commits.current(DiskDirectory(previous))
    assert commit.number == NUMBER + 1
    assert files_of(previous).keys() == commit.files() | {MARK}  # nothing else is left
    with Index.open(previous) as index, Searcher(index) as searcher:
        found = {hit.citation for hit in searcher.search("program trust", limit=99)}
        assert {"program é#2", "archive/wire.txt#3", "archive/2020/report.md#5"} <= found
        for id in ("large-1", "large-2", "archive/long.txt"):
            assert len(searcher.article(id)) == len(index.snapshot().passages_of(id))
        assert searcher.search('by:lee date:2019 "old lines"').total == 1
        assert searcher.search("heading:ponds trust").total == 1
        index.add([Article(id="new", text="A new one.")])
        index.compact()
        assert index.verify() == ()


@pytest.mark.skipif(os.name == "nt", reason="needs names that are bytes")
def test_a_sync_finds_everything_unchanged(previous: Path, tmp_path: Path) -> None:
    folder = write_sources(tmp_path)
    (folder / "gone.txt").unlink()  # its article was removed, so that it would come back
    Index.rebuild(previous)
    with Index.open(previous) as index:
        report = index.sync([folder])
        changes = report.added, report.updated, report.removed, report.renamed
        assert changes == ((), (), (), ())
        stored = {one[0]["id"] for one in WHOLE["articles"] if one[1] == FOLDER}
        assert list(report.unchanged) == sorted(stored)
        assert report.found == len(SOURCES) - 1
        files = [file for file in WHOLE["files"] if file[1] != "gone.txt"]
        assert known(index) == WHOLE | {"files": files}


@pytest.mark.skipif(os.name == "nt", reason="needs names that are bytes")
def test_texts_are_those_of_the_sources(previous: Path, tmp_path: Path) -> None:
    folder = write_sources(tmp_path)
    records = list(PreviousIndex(DiskDirectory(previous)).articles())
    assert len(records) == COUNTS[0]
    for record in records:
        text = record.article.text
        for passage in record.passages:
            assert text[passage.start : passage.end] == passage.text
            if not record.article.line:
                assert passage.line == 1 + with_plain_breaks(text).count("\n", 0, passage.start)
        if record.root and not record.article.line:
            source = (folder / record.article.path).read_bytes()
            assert source.decode(record.article.encoding) == text
    Index.rebuild(previous)
    rebuilt = list(Index.open(previous).snapshot().readers)
    texts = {
        article.id: article.text
        for reader in rebuilt
        for article in map(reader.whole_article, reader.live_numbers(Level.ARTICLE))
    }
    assert texts == {record.article.id: record.article.text for record in records}
    program = "A title\n\nAdded by a program.\r\rOn old lines.\n\n\n\tAnd tabs."
    assert texts["program é"] == program


def test_an_empty_index(tmp_path: Path) -> None:
    publish(tmp_path, Commit(3))
    assert Index.rebuild(tmp_path) == Rebuilt(PREVIOUS[0], 0, 0, 0)
    with Index.open(tmp_path) as index:
        assert (index.stats().articles, index.snapshot().commit.number) == (0, 4)


def test_progress(previous: Path) -> None:
    told: list[tuple[int, int, str]] = []
    Index.rebuild(previous, progress=lambda *one: told.append(one))
    count, total = COUNTS[0], COUNTS[0] + COUNTS[0] // 4 + 1
    assert [done for done, _, _ in told[:count]] == [*range(count)]
    assert {total for _, total, _ in told} == {total}
    assert {id for _, _, id in told[:count]} == {one[0]["id"] for one in WHOLE["articles"]}
    done = [done for done, _, _ in told]
    assert done == sorted(done)
    assert told[-1] == (total, total, "")
    assert done.count(total) == 1  # it stands at the end only when all is done
    assert "writing a segment" in [what for _, _, what in told]


# What is no index of the format before


def test_there_is_nothing_to_do(previous: Path) -> None:
    Index.rebuild(previous)
    before = files_of(previous)
    assert Index.rebuild(previous) is None
    assert files_of(previous) == before


def test_what_cannot_be_rebuilt(previous: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match="there is no index in"):
        Index.rebuild(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    for other in (PREVIOUS[0] - 1, FORMAT + 1):
        mark = {"index": "nutgraf", "format": other, "layout": PREVIOUS[1], "commit": NUMBER}
        (previous / MARK).write_bytes(marked(mark))
        with pytest.raises(IndexFormatError, match=f"has format {other}, .* that made it"):
            Index.rebuild(previous)
    with pytest.raises(ArgumentError, match="processes must be 1 or more, not 0"):
        Index.rebuild(previous, processes=0)


def test_a_language_that_is_not_known(tmp_path: Path) -> None:
    publish(tmp_path, Commit(3, language="xx"))
    with pytest.raises(IndexFormatError, match="is in the language 'xx'"):
        Index.rebuild(tmp_path)


def test_no_rollback_leads_to_the_format_before(previous: Path) -> None:
    with pytest.raises(IndexFormatError, match="nutgraf rebuild"):
        Index.rollback(previous)
    assert files_of(previous) == FILES
    Index.rebuild(previous)
    alone = files_of(previous)
    for name, data in FILES.items():  # as if the rebuild had been killed before it removed them
        if name != MARK:
            (previous / name).write_bytes(data)
    message = "no other sound commit to return to: the current commit is sound"
    with pytest.raises(IndexDamaged, match=message):
        Index.rollback(previous)
    assert whole(previous) == WHOLE
    assert Index.rebuild(previous) is None
    with Index.open(previous) as index:
        index.remove(["program.md"])
        assert not FILES.keys() & {*files_of(previous)} - {MARK}
    Index.rollback(previous)
    assert whole(previous) == WHOLE
    assert alone.items() - {(MARK, alone[MARK])} <= files_of(previous).items()


def test_a_lost_mark(previous: Path) -> None:
    (previous / MARK).unlink()
    with pytest.raises(IndexDamaged, match=f"{MARK}: it is missing"):
        Index.rebuild(previous)
    message = "mark is damaged: first run `nutgraf verify --rollback` with the nutgraf that made it"
    with pytest.raises(IndexFormatError, match=message):
        Index.rollback(previous)
    assert not (previous / MARK).exists()


# Whatever happens, the old index stands, or the new one


@pytest.mark.skipif(os.name == "nt", reason="needs folders that can be synced")
def test_the_order_of_writes(previous: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        recording = Recording(previous, patch)
        Index.rebuild(previous)
    gone = [f"remove {name}" for name in sorted(FILES) if name != MARK]
    segments = [*written("0000000a.seg"), *written("0000000b.seg")]  # of English and of French
    assert recording.calls == [*segments, *committed(NUMBER + 1), *gone]


@pytest.mark.parametrize("name", ["fsync", "replace", "open", "unlink"])
def test_refused_at_every_call(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = 1 if name == "replace" else size(3, 1)
    done, wrong = False, 1 - step
    while not done:
        wrong += step
        folder = tmp_path / f"i{wrong}"
        shutil.copytree(KEPT, folder)
        calls, message = refuse(wrong), ""
        with monkeypatch.context() as patch:
            calls.watch(patch, name)
            try:
                Index.rebuild(folder)
                done = calls.count < wrong
            except IndexWriteError as error:
                message = str(error)
        assert not message or "No space left on device" in message
        check_either(folder)


@pytest.mark.parametrize("name", ["fsync", "replace", "unlink"])
def test_gone_at_every_sync_rename_and_removal(name: str, tmp_path: Path) -> None:
    shutil.copytree(KEPT, tmp_path / "i")
    left = left_before(name, tmp_path / "i", lambda: Index.rebuild(tmp_path / "i", memory_mb=1))
    formats = [format_of(folder) for folder in left]
    assert formats == sorted(formats)
    assert {*formats} == {PREVIOUS[0], FORMAT}
    for folder in left[:: 1 if name == "replace" else size(2, 1)]:
        check_either(folder)


def format_of(folder: Path) -> int:
    format = json.loads((folder / MARK).read_bytes().splitlines()[0])["format"]
    assert isinstance(format, int)
    return format


def check_either(folder: Path) -> None:
    """Check that the old index stands, untouched, or the new one; and that it can be rebuilt."""
    if format_of(folder) == FORMAT:
        assert whole(folder) == WHOLE
        assert Index.rebuild(folder) is None
        with Index.open(folder) as index:  # the next writer removes what is left over
            index.remove(["program.md"])
            before = commits.read_commit(DiskDirectory(folder), NUMBER + 1).files()
            needed = index.snapshot().commit.files() | before | {MARK, KNOWN}
    else:
        assert FILES.items() <= files_of(folder).items()
        Index.rebuild(folder)
        assert whole(folder) == WHOLE
        needed = commits.current(DiskDirectory(folder)).files() | {MARK, KNOWN}
    assert files_of(folder).keys() == needed


def test_interrupted(previous: Path) -> None:
    def interrupt(done: int, total: int, _: str) -> None:
        if done == total - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Index.rebuild(previous, memory_mb=1, progress=interrupt)
    assert files_of(previous) == FILES
    Index.rebuild(previous)
    assert whole(previous) == WHOLE


def test_locked(previous: Path) -> None:
    with WriteLock(previous, 0), pytest.raises(IndexLocked, match="gave up after"):
        Index.rebuild(previous, wait=0.1)
    assert Index.rebuild(previous) is not None


def test_rebuilt_by_another_meanwhile(previous: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def enter(lock: WriteLock) -> None:
        monkeypatch.undo()
        Index.rebuild(lock.folder)

    monkeypatch.setattr(WriteLock, "__enter__", enter)
    assert Index.rebuild(previous) is None
    assert whole(previous) == WHOLE
