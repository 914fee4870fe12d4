"""Batches made ready by several processes."""

import json
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nutgraf import Index
from nutgraf_index.indexing import merger, workers, writer
from nutgraf_index.segment.stored_blocks import StoredBlocks
from nutgraf_index.segment.writing import stored_blocks
from small import crowd


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is many batches."""
    lines = [
        json.dumps({"id": one.id, "title": one.title, "text": one.text, "language": "en"})
        for one in crowd(3, 3000)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    monkeypatch.setattr(writer, "_BYTES_PER_CHARACTER", (1 << 20) // 150_000)
    monkeypatch.setattr(writer, "_BATCH", 30_000)
    return tmp_path / "a.jsonl"


def test_processes_make_the_same_bytes(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = []

    class Pool(ProcessPoolExecutor):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            pools.append(self)

    monkeypatch.setattr(workers, "ProcessPoolExecutor", Pool)
    made = []
    for processes in (1, 2):
        folder = tmp_path / f"i{processes}"
        with Index.open(folder, create=True) as index:
            index.sync([many], processes=processes, memory_mb=1)
        made.append({path.name: path.read_bytes() for path in folder.glob("*.seg")})
    assert made[0] == made[1]
    assert len(made[0]) > 1
    assert len(pools) == 1


def test_batches_have_the_dictionary_of_the_first(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_blocks, "_TRAINED_FROM", 10_000)
    monkeypatch.setattr(stored_blocks, "_SHARE", 4)
    monkeypatch.setattr(writer, "_BATCH", 80_000)
    made: list[bytes] = []
    for processes in (1, 2):
        with Index.open(tmp_path / f"i{processes}", create=True) as index:
            index.sync([many], processes=processes, memory_mb=1)
            used = {blocks.dictionaries[-1] for blocks in passages_of(index)}
            assert len(used) == 1
            made += used
            index.compact()
            (whole,) = passages_of(index)
            assert whole.dictionaries == [b"", made[0]]
    assert made[0] == made[1] != b""


def passages_of(index: Index) -> list[StoredBlocks]:
    return [reader.blocks("passages") for reader in index.snapshot().readers]


def test_a_process_that_is_killed(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pool(ProcessPoolExecutor):
        def submit(self, *arguments: Any, **named: Any) -> Any:
            future = super().submit(*arguments, **named)
            for process in self._processes.values():
                process.kill()
            return future

    monkeypatch.setattr(workers, "ProcessPoolExecutor", Pool)
    made = []
    for count in (1, 2):
        with Index.open(tmp_path / f"i{count}", create=True) as index:
            index.sync([many], processes=count)
        made.append([path.read_bytes() for path in (tmp_path / f"i{count}").glob("*.seg")])
    assert made[0] == made[1] != []


def test_an_archive_of_small_commits_gets_a_dictionary_when_they_are_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_blocks, "_SHARE", 4)
    monkeypatch.setattr(merger, "_RECOMPRESSED", 40_000)
    articles = crowd(3, 3000)
    sizes = {}
    for name, trained_from, step in (
        ("at once", 30_000, len(articles)),
        ("merged", 30_000, 20),
        ("never", 1 << 30, 20),
    ):
        monkeypatch.setattr(stored_blocks, "_TRAINED_FROM", trained_from)
        with Index.open(tmp_path / name, create=True) as index:
            for first in range(0, len(articles), step):
                index.add(articles[first : first + step])
            index.remove([articles[7].id])
            texts = [one.text for one in index.snapshot().passages_of(articles[9].id)]
            index.compact()
            blocks = index.snapshot().readers[0].blocks("passages")
            assert blocks.has_dictionary == (name != "never")
            sizes[name] = len(blocks.data)
            assert index.verify() == ()
            assert [one.text for one in index.snapshot().passages_of(articles[9].id)] == texts
    assert sizes["at once"] < sizes["merged"] < 0.9 * sizes["never"]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs a signal mask")
def test_an_interrupt_does_not_reach_the_processes() -> None:
    """A terminal sends them to all its processes: each would print a traceback, or leave work."""
    processes = workers.Processes(2)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        blocked = processes.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).given()
        again = processes.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).given()
    finally:
        processes.close()
    assert blocked is not None
    assert {signal.SIGINT, signal.SIGHUP} <= blocked
    assert blocked == again
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_this_process_prepares_batches_that_wait_for_a_busy_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At the end it would have nothing else to do."""
    running: list[Future[Any]] = []

    def submit(_: ProcessPoolExecutor, _function: Any, *_arguments: Any) -> Future[Any]:
        running.append(Future())
        running[-1].set_running_or_notify_cancel()
        return running[-1]

    def prepare(articles: list[Any], *_: object) -> list[Any]:
        made.extend(articles)
        if articles == ["third"]:
            running[-2].set_result(["second, of the process"])
        return articles

    made: list[str] = []
    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    monkeypatch.setattr(workers, "prepare", prepare)
    with workers.Processes(2) as processes:
        batches = workers.Workers(processes, "en")
        batches._dictionary = b""
        for name in ("second", "third"):
            articles: Any = [name]
            assert [*batches.add(articles, more=True)] == []
        prepared: list[Any] = [*batches.rest()]
        assert prepared == ["second, of the process", "third"]
    assert made == ["third"]
