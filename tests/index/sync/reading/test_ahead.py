"""Files that worker processes read ahead of a sync."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from alive import ends
from made_mail import mailbox, message, page
from made_pdfs import lines, pdf
from nutgraf import Article, Index, SyncReport
from nutgraf_index.formats.decoding.large_file import digest_of_bytes
from nutgraf_index.formats.format import ReadOptions
from nutgraf_index.indexing.workers import Processes
from nutgraf_index.sync import synchroniser
from nutgraf_index.sync.reading import ahead
from nutgraf_index.sync.reading.ahead import ReadAhead, Request, read_files
from office_files import docx

SENTENCE = "The otter {} has come back to the mouth of the river, wardens said on Tuesday."


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes start at once, and each file is a task of its own."""
    monkeypatch.setattr(ahead, "_SECONDS", 0)
    monkeypatch.setattr(ahead, "_GROUP", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of several formats, of which some are slow, and of some files with faults.

    None takes a worker process long to import what reads it.
    """
    folder = tmp_path / "archive"
    (folder / "inner").mkdir(parents=True)
    for number in range(6):
        text = SENTENCE.format(number)
        (folder / f"{number}.eml").write_bytes(message(text, own=f"m{number}@x").as_bytes())
        (folder / f"{number}.txt").write_text(text)
        (folder / "inner" / f"{number}.docx").write_bytes(
            docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
        )
    (folder / "a.mbox").write_bytes(mailbox([message("A heron."), message("A tern.")]))
    (folder / "noext").write_bytes(b"\0\1\2\3")
    (folder / "prose").write_text(f"{SENTENCE.format('ten')} A heron came, too.")
    (folder / "z.docx").write_bytes(b"no document")
    return folder


@pytest.fixture
def every_format(folder: Path) -> Path:
    """The folder with pages and PDFs, too."""
    for number in range(6):
        (folder / f"{number}.html").write_bytes(page(f"Otters {number}"))
    (folder / "a.pdf").write_bytes(pdf([lines([SENTENCE.format("nine")])]))
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 and no more")
    return folder


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files whose contents were read ahead and used."""
    paths: list[str] = []
    take = ReadAhead.take

    def told(self: ReadAhead, key: tuple[str, str], *rest: Any) -> Any:
        contents = take(self, key, *rest)
        if contents is not None:
            paths.append(key[1])
        return contents

    monkeypatch.setattr(ReadAhead, "take", told)
    return paths


def synced(
    folder: Path, where: Path, processes: int, **more: Any
) -> tuple[SyncReport, list[bytes]]:
    """Return the report of a sync into a new index, and the bytes of its segments."""
    with Index.open(where, create=True) as index:
        report = index.sync([folder], processes=processes, **more)
    return report, [path.read_bytes() for path in sorted(where.glob("*.seg"))]


def test_the_index_is_the_same_for_any_number_of_processes(
    every_format: Path, tmp_path: Path, taken: list[str]
) -> None:
    alone = synced(every_format, tmp_path / "i1", 1)
    assert taken == []
    for processes in (2, 3):
        assert synced(every_format, tmp_path / f"i{processes}", processes) == alone
        assert len(taken) > 8
        assert "noext" not in taken  # no binary file is read as a whole
        assert not any(path.endswith(".txt") for path in taken)
        taken.clear()
    assert multiprocessing.active_children() == []
    assert len(alone[0].added) == 4 * 6 + 4


def test_later_syncs_read_what_changed(folder: Path, tmp_path: Path, taken: list[str]) -> None:
    reports = []
    for processes in (1, 2):
        with Index.open(tmp_path / f"i{processes}", create=True) as index:
            index.sync([folder], processes=processes)
            taken.clear()
            for path in (folder / "inner").glob("[3-5].docx"):
                os.utime(path, (processes, processes))  # the same bytes
            for number in (2, 4):
                new = message("A new otter.", own=f"m{number}@x")
                (folder / f"{number}.eml").write_bytes(new.as_bytes())
            (folder / "inner" / "1.docx").unlink()
            report = index.sync([folder], processes=processes)
            reports.append(report)
            assert all(path.endswith(".eml") for path in taken)
        for number in (2, 4):
            old = message(SENTENCE.format(number), own=f"m{number}@x")
            (folder / f"{number}.eml").write_bytes(old.as_bytes())
        (folder / "inner" / "1.docx").write_bytes(
            docx(f"<w:p><w:r><w:t>{SENTENCE.format(1)}</w:t></w:r></w:p>")
        )
    assert reports[0] == reports[1]
    assert len(reports[0].updated) == 2
    assert len(reports[0].removed) == 1


def test_a_dry_run_reads_ahead_and_reports_the_same(
    folder: Path, tmp_path: Path, taken: list[str]
) -> None:
    alone = synced(folder, tmp_path / "i1", 1, dry_run=True)
    assert synced(folder, tmp_path / "i2", 2, dry_run=True) == alone
    assert taken
    assert multiprocessing.active_children() == []


def test_worker_processes_that_are_killed_cost_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = synced(folder, tmp_path / "i1", 1)
    calls = killed = 0
    take = ReadAhead.take

    def kill(self: ReadAhead, *arguments: Any) -> Any:
        nonlocal calls, killed
        calls += 1
        if calls % 3 == 0:
            for process in multiprocessing.active_children():
                process.kill()
                killed += 1
        return take(self, *arguments)

    monkeypatch.setattr(ReadAhead, "take", kill)
    assert synced(folder, tmp_path / "i2", 3) == alone
    assert killed
    assert multiprocessing.active_children() == []


def test_after_some_deaths_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    with Processes(2) as processes:
        started = set()
        for _ in range(5):
            task = processes.submit(os.getpid)
            if (pid := task.given()) is None:
                continue
            started.add(pid)
            processes.submit(os._exit, 1).given()
        assert 1 <= len(started) <= 3
        assert processes.submit(os.getpid).given() is None
        assert processes.submit(os.getpid).result() == os.getpid()


def test_a_system_that_starts_no_process(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nutgraf_index.indexing import workers

    def refuse(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    alone = synced(folder, tmp_path / "i1", 1)
    monkeypatch.setattr(workers, "ProcessPoolExecutor", refuse)
    assert synced(folder, tmp_path / "i2", 2) == alone


def test_a_file_that_changes_after_it_was_read_ahead(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[str]
) -> None:
    """The bytes that the sync itself reads count, whenever the file is changed."""
    leave = ReadAhead.leave

    def change(self: ReadAhead, key: tuple[str, str]) -> None:
        if key[1] == "0.eml":
            for group in self._ahead:
                group.collect()
            new = message("Another walrus was there.", own="m3@x").as_bytes()
            (folder / "3.eml").write_bytes(new)
        leave(self, key)

    monkeypatch.setattr(ReadAhead, "leave", change)
    with Index.open(tmp_path / "i", create=True) as index:
        report = index.sync([folder], processes=2)
        assert "2.eml" in taken
        assert "3.eml" not in taken
        (article,) = (index.article(id) for id in report.added if id.endswith("3.eml"))
        assert "walrus" in article.text


def test_a_file_that_vanishes_after_it_was_read_ahead(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = synchroniser.bytes_of  # type: ignore[attr-defined]

    def refuse(location: str) -> bytes:
        if location.endswith("3.eml"):
            raise PermissionError(13, "Permission denied")
        data: bytes = read(location)
        return data

    monkeypatch.setattr(synchroniser, "bytes_of", refuse)
    report, _ = synced(folder, tmp_path / "i", 2)
    assert ("3.eml", "cannot be read: Permission denied") in [
        (skip.path, skip.reason) for skip in report.skipped
    ]
    assert not any(id.endswith("3.eml") for id in report.added)


def test_an_interrupt_ends_the_worker_processes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = ReadAhead.take

    def interrupt(self: ReadAhead, key: tuple[str, str], *rest: Any) -> Any:
        if key[1] == "4.eml":
            self._processes.submit(time.sleep, 999)
            raise KeyboardInterrupt
        return take(self, key, *rest)

    monkeypatch.setattr(ReadAhead, "take", interrupt)
    started = time.monotonic()
    for dry_run in (False, True):
        with Index.open(tmp_path / "i", create=True) as index:
            with pytest.raises(KeyboardInterrupt):
                index.sync([folder], processes=2, dry_run=dry_run)
            assert multiprocessing.active_children() == []
            assert index.stats().articles == 0
            assert index.verify() == ()
    assert time.monotonic() - started < 900


def test_commits_on_the_way_keep_what_is_read_ahead(
    folder: Path, tmp_path: Path, taken: list[str]
) -> None:
    alone, _ = synced(folder, tmp_path / "i1", 1)
    report, _ = synced(folder, tmp_path / "i2", 2, commit_every=1)
    assert report == alone
    assert len(taken) > 8


def test_the_progress_counts_what_was_read_ahead(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int, str]] = []

    def slow(*arguments: Any) -> Any:
        time.sleep(0.02)  # so that this process has to wait, and reads later files
        return take(*arguments)

    take = ReadAhead.take
    monkeypatch.setattr(ReadAhead, "take", slow)
    synced(folder, tmp_path / "i", 2, progress=lambda *step: told.append(step))
    done = [step for step, _, _ in told]
    total = told[-1][0]
    assert {whole for _, whole, _ in told} == {total}
    assert done == sorted(done)
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size
             for path in folder.rglob("*") if path.is_file()}  # fmt: skip
    before = 0
    ahead = 0
    for path in sorted(sizes):  # in walking order, but for folders
        steps = [step for step, _, what in told if what == path]
        assert steps
        ahead += steps[-1] > before
        before += sizes[path]
    assert ahead > 8


def test_what_is_ahead_is_bounded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[str]
) -> None:
    """Neither many small files nor large ones are in memory together."""
    for number in range(40):
        text = SENTENCE.format(number) * (400 if number % 4 == 0 else 1)
        (folder / f"m{number:02}.eml").write_bytes(message(text, own=f"n{number}@x").as_bytes())
    most = 60_000
    monkeypatch.setattr(ahead, "_GROUPS", 5)
    monkeypatch.setattr(ahead, "_AHEAD", most)
    counts, sizes = [], []
    fill = ReadAhead._fill

    def watched(self: ReadAhead) -> None:
        fill(self)
        counts.append(len(self._ahead))
        sizes.append(sum(group.size for group in self._ahead))
        assert len(self._group_of) <= counts[-1]

    monkeypatch.setattr(ReadAhead, "_fill", watched)
    report, _ = synced(folder, tmp_path / "i", 2)
    assert len(taken) > 20
    assert max(counts) <= 5
    largest = max(path.stat().st_size for path in folder.glob("*.eml"))
    assert largest < max(sizes) <= most + largest
    assert counts[-1] == sizes[-1] == 0
    assert len(report.added) == 3 * 6 + 3 + 40


@pytest.mark.parametrize("seconds", [0, 60])
def test_few_files_start_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    """One file, or any number that takes no half second."""
    monkeypatch.setattr(ahead, "_SECONDS", seconds)
    monkeypatch.setattr(ReadAhead, "_fill", None)
    folder = tmp_path / "few"
    folder.mkdir()
    for number in range(9 if seconds else 1):
        (folder / f"{number}.eml").write_bytes(message("An otter.", own=f"{number}@x").as_bytes())
    report, _ = synced(folder, tmp_path / "i", 2)
    assert report.indexed == report.found == (9 if seconds else 1)


def test_what_is_left_is_read_ahead_after_some_seconds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: list[str]
) -> None:
    alone = synced(folder, tmp_path / "i1", 1)
    clock = iter(range(1000))
    monkeypatch.setattr(ahead, "_SECONDS", 4)
    monkeypatch.setattr(ahead.time, "monotonic", lambda: float(next(clock)))  # type: ignore[attr-defined]
    assert synced(folder, tmp_path / "i2", 2) == alone
    assert taken
    assert "0.eml" not in taken


def request(path: Path, **more: Any) -> Request:
    options = ReadOptions(**more.pop("options", {}))
    return Request(
        path.name, str(path), options, more.get("known", ""), more.get("in_doubt", False)
    )


def test_what_a_worker_process_reads(folder: Path) -> None:
    path = folder / "1.eml"
    (result,) = read_files([request(path)])
    assert result is not None
    assert result.digest == digest_of_bytes(path.read_bytes())
    assert (result.contents.format, result.contents.several) == ("mail", True)
    (article,) = result.contents.entries
    assert isinstance(article, Article)
    assert result.characters == len(article.text) == len(SENTENCE.format(1))


def test_what_is_left_to_the_sync(every_format: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that cannot be read, whose bytes are known, or that give more than is sent."""
    known = digest_of_bytes((every_format / "1.eml").read_bytes())
    requests = [
        request(every_format / "gone.eml"),
        request(every_format / "noext", in_doubt=True),
        request(every_format / "1.eml", known=known),
        request(every_format / "a.pdf", options={"max_pages": 0}),  # another limit may be given
        request(every_format / "2.eml", known=known),
    ]
    assert [result is None for result in read_files(requests)] == [True] * 4 + [False]
    monkeypatch.setattr(ahead, "_MOST", 10)
    assert read_files(requests[-1:]) == [None]


def test_a_process_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """Even if that is killed, and cannot end it."""
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("needs signals that kill")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        os.kill(pid, 0)
        parent.kill()
    assert ends(pid)


SCRIPT = """
import os, time
from nutgraf_index.indexing.workers import Processes
if __name__ == "__main__":
    processes = Processes(2)
    print(processes.submit(os.getpid).given(), flush=True)
    processes.submit(time.sleep, 999)
    time.sleep(999)
"""
