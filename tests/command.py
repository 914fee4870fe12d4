"""Running the command: in this process, in one of its own, or in a pseudo-terminal.

Most tests run it in this process, which takes a tenth of the time. A process of its own is for
what needs one: `python -m nutgraf`, pipes, closed streams, signals, what is imported. A terminal
needs none.
"""

import contextlib
import io
import math
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO
from unittest import mock

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "VIRTUAL_ENV")
_INTERRUPTED = 130
# See `console.took`; `nutgraf rebuild` always says how long it took.
_SECONDS = re.compile(r"^(?!.*\brebuilt )(.*) in [\d,]+\.\d s$", re.MULTILINE)


class _Input(io.BytesIO):
    name = "<stdin>"


def environment(**more: str) -> dict[str, str]:
    """Return the variables the command needs, and none that would change what it shows."""
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return known | {"PYTHONUTF8": "1"} | more


def without_seconds(text: str) -> str:
    """Return what a command printed without how long it took, which a busy machine makes it say."""
    return _SECONDS.sub(r"\1", text)


def run_here(
    *arguments: str,
    cwd: Path,
    env: dict[str, str] | None = None,
    input: str = "",
    long: float = math.inf,
) -> "subprocess.CompletedProcess[str]":
    """Run the command in this process, with a process's streams, environment and folder.

    A command that takes `long` seconds says how long it took.
    """
    variables = environment(**(env or {}))
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    stdin = io.TextIOWrapper(_Input(input.encode()), "utf-8")
    out, err = io.BytesIO(), io.BytesIO()
    stdout, stderr = (
        io.TextIOWrapper(bytes, encoding, errors, newline="")
        for bytes, errors in ((out, "strict"), (err, "backslashreplace"))
    )
    status = _run(arguments, cwd, variables, (stdin, stdout, stderr), long)
    if status == _INTERRUPTED:
        raise KeyboardInterrupt  # which was meant for the tests
    shown = (bytes.getvalue().decode("utf-8", "surrogateescape") for bytes in (out, err))
    return subprocess.CompletedProcess(["nutgraf", *arguments], status, *shown)


def _run(
    arguments: tuple[str, ...],
    cwd: Path,
    variables: dict[str, str],
    streams: tuple[TextIO, TextIO, TextIO],
    long: float = math.inf,
) -> int:
    """Run the command with these streams, and return its exit code."""
    from nutgraf.cli import console, main

    with pytest.MonkeyPatch.context() as patch, mock.patch.dict(os.environ, variables, clear=True):
        patch.chdir(cwd)
        patch.setattr(main, "_leave", sys.exit)
        patch.setattr(console, "_LONG", long)
        patch.setattr(sys, "argv", ["nutgraf", *arguments])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as ended:
            main.main()
        for stream in streams[1:]:
            stream.flush()
    status = ended.value.code
    assert isinstance(status, int)
    return status


def run_command(
    *arguments: str, cwd: Path, env: dict[str, str] | None = None, input: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own, with pipes for streams."""
    done = subprocess.run(
        [sys.executable, "-m", "nutgraf", *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        input=input,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )
    done.stderr = without_seconds(done.stderr)
    return done


def run_in_terminal(
    *arguments: str,
    cwd: Path,
    columns: int = 80,
    rows: int = 24,
    color: bool = False,
    progress: bool = True,
    pager: bool = True,
    env: dict[str, str] | None = None,
) -> str:
    """Return what `nutgraf` shows on a terminal; without `progress`, less its bar.

    $PAGER is `cat`, or what `env` says; without `pager` there is no $PAGER. No search is
    remembered unless `env` says where. Skips the test where there are no pseudo-terminals.
    """
    import struct

    fcntl, pty, termios = (
        pytest.importorskip(name, reason="needs a pseudo-terminal")
        for name in ("fcntl", "pty", "termios")
    )
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("needs a pseudo-terminal")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    variables = {"TERM": "xterm", "XDG_STATE_HOME": os.devnull}
    if pager:
        variables["PAGER"] = "cat"
    if not color:
        variables["NO_COLOR"] = "1"
    shown = bytearray()
    reader = threading.Thread(target=_read, args=(ours, shown))
    reader.start()
    try:
        with _standing_for_the_streams(theirs) as streams:
            _run(arguments, cwd, environment(**variables | (env or {})), streams)
    finally:
        os.close(theirs)  # which ends the reading
        reader.join()
        os.close(ours)
    text = without_seconds(shown.decode().replace("\r\n", "\n"))
    return text if progress else re.sub(r"(?:[^\n]*Indexing[^\n]*\n)|\x1b\[\?25[lh]", "", text)


def _read(terminal: int, shown: bytearray) -> None:
    """Read what is shown until nobody has the other end of the terminal."""
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while part := os.read(terminal, 65536):
            shown += part


@contextlib.contextmanager
def _standing_for_the_streams(file: int) -> Iterator[tuple[TextIO, TextIO, TextIO]]:
    """Let a file be the standard streams of this process, for a pager and an editor too."""
    before = [os.dup(number) for number in range(3)]
    for number in range(3):
        os.dup2(file, number)
    try:
        with (
            open(0, encoding="utf-8", closefd=False) as stdin,
            open(1, "w", 1, "utf-8", closefd=False) as stdout,
            open(2, "w", 1, "utf-8", "backslashreplace", closefd=False) as stderr,
        ):
            yield stdin, stdout, stderr
    finally:
        for number, kept in enumerate(before):
            os.dup2(kept, number)
            os.close(kept)
