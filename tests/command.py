"""Running the command: in this process, in one of its own, or in a pseudo-terminal.

Most tests run it in this process, which takes a tenth of the time. A process of its own is for
what needs one: `python -m nutgraf`, pipes, closed streams, signals, what is imported.
"""

import io
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
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
    from nutgraf.cli import console, main

    variables = environment(**(env or {}))
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    with pytest.MonkeyPatch.context() as patch, mock.patch.dict(os.environ, variables, clear=True):
        patch.chdir(cwd)
        patch.setattr(main, "_leave", sys.exit)
        patch.setattr(console, "_LONG", long)
        patch.setattr(sys, "argv", ["nutgraf", *arguments])
        stdin = io.TextIOWrapper(_Input(input.encode()), "utf-8")
        out, err = io.BytesIO(), io.BytesIO()
        stdout, stderr = (
            io.TextIOWrapper(bytes, encoding, errors, newline="")
            for bytes, errors in ((out, "strict"), (err, "backslashreplace"))
        )
        for name, stream in (("stdin", stdin), ("stdout", stdout), ("stderr", stderr)):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as ended:
            main.main()
        stdout.flush()
        stderr.flush()
    status = ended.value.code
    assert isinstance(status, int)
    if status == _INTERRUPTED:
        raise KeyboardInterrupt  # which was meant for the tests
    shown = (bytes.getvalue().decode("utf-8", "surrogateescape") for bytes in (out, err))
    return subprocess.CompletedProcess(["nutgraf", *arguments], status, *shown)


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
    process = subprocess.Popen(
        [sys.executable, "-m", "nutgraf", *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**variables | (env or {})),
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    process.wait(timeout=60)
    text = without_seconds(shown.decode().replace("\r\n", "\n"))
    return text if progress else re.sub(r"(?:[^\n]*Indexing[^\n]*\n)|\x1b\[\?25[lh]", "", text)
