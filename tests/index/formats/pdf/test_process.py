"""The process that reads PDFs may crash, hang or be interrupted, and never outlives this one."""

import os
import queue
import subprocess
import sys

import pytest

from alive import ends
from made_pdfs import lines, pdf
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.pdf import process
from nutgraf_index.formats.pdf.worker import OVER_MEMORY
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article

OTTER = pdf([lines(["An otter swims."])])


def pid() -> int:
    return process._running().pid


def test_a_process_reads_many_files() -> None:
    before = pid()
    for _ in range(3):
        assert process.ask(OTTER, 9)["text"] == "An otter swims."
    assert pid() == before
    process.close()
    process.close()
    assert process.ask(OTTER, 9)["text"] == "An otter swims."
    assert pid() != before


def test_another_process_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    process.close()
    monkeypatch.setattr(process, "_FILES", 2)
    process.ask(OTTER, 9)
    first = pid()
    process.ask(OTTER, 9)
    assert pid() != first
    assert ends(first)


def test_a_crash_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    process.close()
    crash = "import os, sys; sys.stdin.buffer.read(1); os.abort()"
    with monkeypatch.context() as patch:
        patch.setattr(process, "_START", crash)
        (fault,) = read_articles("a.pdf", OTTER)
    assert not isinstance(fault, Article)
    assert fault.reason == "a damaged PDF: the library that reads PDFs crashed"
    (article,) = read_articles("a.pdf", OTTER)
    assert isinstance(article, Article)


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_a_file_whose_process_is_killed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    process.close()
    kill = "import os, sys; sys.stdin.buffer.read(1); os.kill(os.getpid(), 9)"
    with monkeypatch.context() as patch:
        patch.setattr(process, "_START", kill)
        (fault,) = read_articles("a.pdf", OTTER)
    assert fault == Fault("the process that reads PDFs was killed", again=True)
    assert process.ask(OTTER, 9)["text"] == "An otter swims."


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_a_process_that_ends_slowly_was_killed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine, a process ends some time after its output; the file counted as damaged."""
    process.close()
    kill = (
        "import os, sys, time; sys.stdin.buffer.read(1); os.close(1); time.sleep(1.5)\n"
        "os.kill(os.getpid(), 9)"
    )
    with monkeypatch.context() as patch:
        patch.setattr(process, "_START", kill)
        (fault,) = read_articles("a.pdf", OTTER)
    assert fault == Fault("the process that reads PDFs was killed", again=True)


def test_a_process_that_ended_meanwhile_is_replaced() -> None:
    process.ask(OTTER, 9)
    ended = process._running()
    ended._process.kill()
    ended._process.wait()
    assert process.ask(OTTER, 9)["text"] == "An otter swims."


def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    process.close()
    with monkeypatch.context() as patch:
        patch.setattr(process, "_START", "import time; time.sleep(999)")
        before = pid()
        assert process.ask(OTTER, 9, 0.05) == {"reason": "it takes more than 0.05 seconds to read"}
    assert ends(before)
    assert "text" in process.ask(OTTER, 9)


def test_an_answer_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    process.close()
    monkeypatch.setattr(process, "_START", "print('{', flush=True); input()")
    assert process.ask(OTTER, 9)["reason"] == "a damaged PDF: the library that reads PDFs crashed"
    process.close()


def test_an_interrupt_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    process.ask(OTTER, 9)
    before = pid()

    def interrupt(*arguments: object, **more: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(queue.Queue, "get", interrupt)
        with pytest.raises(KeyboardInterrupt):
            process.ask(OTTER, 9)
    assert ends(before)
    assert process.ask(OTTER, 9)["text"] == "An otter swims."


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_it_ends_with_the_process_that_started_it() -> None:
    code = (
        "import os, sys\n"
        "from nutgraf_index.formats.pdf import process\n"
        "process.ask(b'', 9)\n"
        "print(process._running().pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pid = int(done.stdout)
    assert ends(pid), "the process outlives the one that started it"


def test_modules_in_the_working_folder_are_not_run(
    tmp_path: "os.PathLike[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    process.close()
    with open(os.path.join(tmp_path, "json.py"), "w") as file:
        file.write("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert process.ask(OTTER, 9)["text"] == "An otter swims."
    process.close()


# Code for a process of its own, with the megabytes that it may take and those that it takes.
LIMITED = """
import sys
from nutgraf_index.formats.pdf import worker
worker._MEMORY = int(sys.argv[1]) << 20
assert worker._limit_memory() or sys.platform != "linux"
try:
    taken = bytearray(int(sys.argv[2]) << 20)
except MemoryError:
    print("no memory")
else:
    print(len(taken) >> 20)
"""
WATCHED = """
import sys, threading, time
from nutgraf_index.formats.pdf import worker
limit = int(sys.argv[1]) << 20
threading.Thread(target=worker._watch_memory, args=(limit, 0.01), daemon=True).start()
taken = b"x" * (int(sys.argv[2]) << 20)
time.sleep(0.3)
print(len(taken) >> 20)
"""


def limited(code: str, most: int, taken: int) -> tuple[int, str]:
    """Return the exit status and the output of code that takes so many megabytes."""
    command = [sys.executable, "-c", code, str(most), str(taken)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_the_memory_of_the_process_is_limited() -> None:
    assert limited(LIMITED, 2000, 50) == (0, "50")
    if sys.platform == "linux":
        assert limited(LIMITED, 2000, 3000) == (0, "no memory")


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_the_memory_is_watched_where_it_cannot_be_limited() -> None:
    assert limited(WATCHED, 2000, 50) == (0, "50")
    assert limited(WATCHED, 200, 300) == (OVER_MEMORY, "")


def test_a_process_over_its_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    process.close()
    code = f"import os, sys; sys.stdin.buffer.read(1); os._exit({OVER_MEMORY})"
    with monkeypatch.context() as patch:
        patch.setattr(process, "_START", code)
        (fault,) = read_articles("a.pdf", OTTER)
    assert fault == Fault("a PDF that takes more memory than may be used")
    assert process.ask(OTTER, 9)["text"] == "An otter swims."
