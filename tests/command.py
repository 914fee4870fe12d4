"""Running the real command: with pipes, or in a pseudo-terminal to see what a person sees."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "VIRTUAL_ENV")


def environment(**more: str) -> dict[str, str]:
    """Return the variables the command needs, and none that would change what it shows."""
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return known | {"PYTHONUTF8": "1"} | more


def run_command(
    *arguments: str, cwd: Path, env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "nutgraf", *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )


def run_in_terminal(
    *arguments: str, cwd: Path, columns: int = 80, color: bool = False, progress: bool = True
) -> str:
    """Return what `nutgraf` shows on a terminal; without `progress`, less its bar."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "nutgraf", *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm", **({} if color else {"NO_COLOR": "1"})),
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
    text = shown.decode().replace("\r\n", "\n")
    return text if progress else re.sub(r"(?:[^\n]*Indexing[^\n]*\n)|\x1b\[\?25[lh]", "", text)
