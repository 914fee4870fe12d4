"""Killed at any instant, refused by the system at any call: the old commit stands, or the new."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from faults import left_before, refuse
from generations import SMALL_BATCH, WORK, articles, files_needed, generation_of
from nutgraf import Index, IndexWriteError, search
from nutgraf_index.indexing import writer
from places import TESTS
from scale import chances, rounds, size


def test_killed_at_random_instants(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    Index.open(folder, create=True).close()
    chance = chances(6)
    reached = -1
    for _ in range(rounds(2)):
        code = WORK.format(tests=str(TESTS), folder=str(folder), start=reached + 1)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.02, 0.5))
            child.send_signal(signal.SIGKILL)
        with Index.open(folder) as index:
            found = generation_of(index)
            assert found >= reached
            assert index.verify() == ()
            index.add(articles(found + 1))
            assert {path.name for path in folder.iterdir()} == files_needed(index, folder)
            reached = generation_of(index)
            assert reached == found + 1


CALLS = ["fsync", "replace", "open", "unlink"]

OPERATIONS: dict[str, Callable[[Index, int], object]] = {
    "add": lambda index, generation: index.add(articles(generation)),
    "remove": lambda index, _: index.remove(["a000", "a001"]),
    "compact": lambda index, _: index.compact(),
    "synonyms": lambda index, generation: index.keep_synonyms({"lutra": [f"g{generation}x"]}),
}


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_BYTES_PER_CHARACTER", (256 << 20) // (SMALL_BATCH * 860))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the first generation, from which an article was removed."""
    folder = tmp_path_factory.mktemp("made") / "i"
    with Index.open(folder, create=True) as index:
        index.add(articles(1))
        index.remove(["a039"])
    return folder


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_refused_at_every_call(
    name: str, operation: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = 1 if name == "replace" else size(7, 1)
    done, wrong = False, 1 - step
    while not done:
        wrong += step
        folder = tmp_path / f"i{wrong}"
        shutil.copytree(made, folder)
        with Index.open(folder) as index:
            before = search("otter", index).total
            calls, message = refuse(wrong), ""
            with monkeypatch.context() as patch:
                calls.watch(patch, name)
                try:
                    OPERATIONS[operation](index, 2)
                    done = calls.count < wrong
                except IndexWriteError as error:
                    message = str(error)
            if message or name != "unlink":  # what cannot be removed waits for the next writer
                assert done == (not message)
            if message:
                assert name == "unlink" or not [*folder.glob("*.new")]  # of a commit half written
                assert "No space left on device" in message
                stands = "did not confirm that it is on the disk" in message
                assert stands or "It is as it was before" in message
                assert stands == (index.snapshot().commit.number > 2)
                if not stands:
                    assert search("g1x", index, limit=1).total == before
            assert index.verify() == ()
        with Index.open(folder) as again:
            total = search("otter", again, limit=1).total
            assert search("g1x", again, limit=1).total in (0, total)
            OPERATIONS[operation](again, 3) if operation != "remove" else again.add(articles(3))
            assert again.verify() == ()
            assert {path.name for path in folder.iterdir()} <= files_needed(again, folder)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("name", ["fsync", "replace"])
@pytest.mark.parametrize("operation", ["add", "compact", "synonyms"])
def test_gone_at_every_sync_and_rename(name: str, operation: str, tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        index.add(articles(1))
        left = left_before(name, tmp_path / "i", lambda: OPERATIONS[operation](index, 2))
    generations = []
    # An ordinary run tries every other sync, and what stands at last.
    step = 1 if name == "replace" else size(2, 1)
    for folder in left[::-step][::-1]:
        with Index.open(folder) as index:
            assert index.verify() == ()
            generations.append(generation_of(index))
            index.add(articles(3))
            assert generation_of(index) == 3
            assert {path.name for path in folder.iterdir()} == files_needed(index, folder)
    assert len(left) > 1
    assert generations == sorted(generations)
    assert {*generations} == ({1, 2} if operation == "add" else {1})


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:
        index.add(articles(1))
        folder.chmod(0o555)
        try:
            if os.access(folder, os.W_OK):
                pytest.skip("needs a user who may not write everywhere")
            with pytest.raises(IndexWriteError, match="cannot write the index"):
                index.add(articles(2))
            assert generation_of(index) == 1
        finally:
            folder.chmod(0o755)
