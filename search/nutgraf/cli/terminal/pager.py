"""Shows output that is longer than the terminal in a pager, as git does."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator

from nutgraf.cli import console

__all__ = ["ignoring_interrupts", "print_pages"]


def print_pages(lines: Iterable[str]) -> None:
    """Print lines on the terminal, in a pager if they do not fit.

    There is no pager on a dumb terminal, or if $PAGER is empty or `cat`, or without `less`. If the
    pager fails, the lines are printed without it.
    """
    lines = [*lines]
    pager = _pager()
    fits = len(lines) < shutil.get_terminal_size().lines
    if fits or not (pager and sys.stdout.isatty()):
        return console.print_lines(lines)
    sys.stdout.flush()
    # Colours as they are, no pages for a single screen, and no clearing of the screen.
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    with (
        subprocess.Popen(
            pager,
            shell=True,
            stdin=subprocess.PIPE,
            env=environment,
            encoding=sys.stdout.encoding,
            errors=sys.stdout.errors,
        ) as process,
        ignoring_interrupts(),
    ):
        process.communicate("".join(f"{line}\n" for line in lines))
    if process.returncode > 0:
        console.say(f"the pager {pager!r} ended with status {process.returncode}: set PAGER")
        console.print_lines(lines)
    return None


def _pager() -> str:
    """Return the command of the pager; empty if there is none."""
    if os.environ.get("TERM") == "dumb":
        return ""
    pager = os.environ.get("PAGER")
    if pager is None:
        return "less" if shutil.which("less") else ""
    return "" if pager.strip() == "cat" else pager.strip()


@contextlib.contextmanager
def ignoring_interrupts() -> Iterator[None]:
    """Leave Ctrl-C to the program that has the terminal."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
