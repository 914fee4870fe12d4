"""The process that reads PDFs, seen from this one: started on first use, replaced if it dies.

PDFs come from anywhere, and the library that reads them is written in C++: a PDF that makes it
crash, hang or fill the memory ends that process only.
"""

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from typing import IO, Any

from nutgraf_index.formats.pdf.worker import LENGTH, MEMORY_REASON, OVER_MEMORY

__all__ = ["ask", "close"]

_STEP_SECONDS = 60.0  # for ten pages, or for what follows the last page
_SECONDS_TO_END = 30.0  # from the end of its output to that of a process, on a machine that is busy
_KILLED = -9  # the status after SIGKILL, by a system that wants memory; Windows does not have it
_FILES = 500  # that a process reads, before another takes its place
# Python would put the working folder in front of the modules, and files of an archive may be there.
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from nutgraf_index.formats.pdf.worker import main
main()
"""


class _Process:
    """A process that reads PDFs, one after the other."""

    def __init__(self) -> None:
        folders = [folder for folder in sys.path if os.path.isabs(folder)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, json.dumps(folders)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # that of Windows
        )
        self.pid = self._process.pid
        self.owner = os.getpid()
        self.files = 0
        self._is_ending = False
        self._answers: queue.Queue[bytes] = queue.Queue()
        assert self._process.stdout
        threading.Thread(target=self._receive, args=(self._process.stdout,), daemon=True).start()

    def _receive(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in stream:
                self._answers.put(line)
        self._answers.put(b"")

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None and self.files < _FILES

    def ask(self, data: bytes, max_pages: int, seconds: float) -> dict[str, Any] | None:
        """Return the answer for a PDF; None if the process ended. Raises `TimeoutError`."""
        self.files += 1
        assert self._process.stdin
        try:
            self._process.stdin.write(LENGTH.pack(max_pages) + LENGTH.pack(len(data)))
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError:
            self._is_ending = True
            return None
        while True:
            try:
                line = self._answers.get(timeout=seconds)
            except queue.Empty:
                raise TimeoutError from None
            if not line:
                self._is_ending = True
                return None
            try:
                answer: dict[str, Any] = json.loads(line)
            except ValueError:
                return None
            if "pages" not in answer:
                return answer

    def status(self) -> int | None:
        """Return the exit status of the process, after waiting for its end; None if it goes on."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=_SECONDS_TO_END if self._is_ending else 0)
        return None

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()


_lock = threading.Lock()
_processes: list[_Process] = []  # at most one


def ask(data: bytes, max_pages: int, seconds: float = _STEP_SECONDS) -> dict[str, Any]:
    """Return what the process answers for a PDF; see `worker.main`.

    If the process dies, or takes more than `seconds` for a step, the answer has a reason.
    """
    with _lock:
        process = _running()
        fresh = process.files == 0
        try:
            answer = process.ask(data, max_pages, seconds)
            if answer is None and not fresh and process.status() is not None:
                # It may have ended for a reason of its own, such as having had nothing to do.
                _end()
                process = _running()
                answer = process.ask(data, max_pages, seconds)
        except TimeoutError:
            _end()
            return {"reason": f"it takes more than {seconds:g} seconds to read"}
        except BaseException:
            _end()  # its next answer would be that for this file
            raise
        if answer is None:
            status = process.status()
            _end()
            if status == OVER_MEMORY:
                return {"reason": MEMORY_REASON}
            if status == _KILLED:  # the file may be sound: the next run reads it again
                return {"reason": "the process that reads PDFs was killed", "again": True}
            return {"reason": "a damaged PDF: the library that reads PDFs crashed"}
        return answer


def close() -> None:
    """End the process that reads PDFs, if there is one."""
    with _lock:
        _end()


def _running() -> _Process:
    """Return the process; start one if there is none, or if it is one of a parent process."""
    if _processes and _processes[0].owner != os.getpid():
        _processes.clear()
    if _processes and not _processes[0].is_alive:
        _end()
    if not _processes:
        _processes.append(_Process())
    return _processes[0]


def _end() -> None:
    while _processes:
        _processes.pop().end()


atexit.register(close)
