"""A progress bar on stderr, which moves until the work is done and says what is being done."""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

__all__ = ["with_bar"]

_Done = TypeVar("_Done")
_CELLS = 20  # of the bar, where the terminal has room for them
_EVERY = 0.1  # seconds between two drawings
_TICK = 1.0  # seconds after which the bar is drawn again, with the time that has passed


def with_bar(work: Callable[..., _Done], label: str) -> _Done:
    """Return the result of `work`, with a progress bar if stderr is a terminal, but no dumb one.

    `work` takes a callback `progress(done, total, what)`.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return work()
    with _Bar(label) as bar:
        return work(progress=bar.update)


class _Bar:
    """A line that is drawn again and again, also while nothing is reported."""

    def __init__(self, label: str) -> None:
        import shutil  # slow to import, and needed on a terminal only

        self._label = label
        self._columns = shutil.get_terminal_size().columns - 1
        self._share, self._what = 0.0, ""
        self._started = time.monotonic()
        self._drawn = 0.0
        self._width = 0
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def update(self, done: int, total: int, what: str) -> None:
        """Show that `done` of `total` is done, and what is done now."""
        self._share, self._what = done / max(total, 1), what
        if time.monotonic() - self._drawn >= _EVERY:
            self._draw()

    def __enter__(self) -> "_Bar":
        self._draw()
        self._ticker.start()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._ended.set()
        self._ticker.join()  # it would draw the bar again, below its last line
        self._what = "" if error is None else "stopped"
        self._draw()
        self._write("\n")

    def _tick(self) -> None:
        while not self._ended.wait(_TICK):
            self._draw()

    def _draw(self) -> None:
        from nutgraf.output.control_characters import visible
        from nutgraf.output.screen.wrapping import columns
        from nutgraf.query.language_tags import unordered
        from nutgraf_index.names import printable

        with self._lock:
            now = time.monotonic()
            self._drawn = now
            figures = f"{int(self._share * 100):3}%  {now - self._started:,.0f} s"
            room = self._columns - columns(f"{self._label}  [] {figures}")
            cells = min(max(room, 0), _CELLS)
            bar = f"  [{'#' * int(self._share * cells):-<{cells}}]" if cells else ""
            what = unordered(visible(printable(self._what)))
            line = ""
            for character in f"{self._label}{bar} {figures}  {what}":
                if columns(line) + columns(character) > self._columns:
                    break
                line += character
            width = columns(line)
            self._write(f"\r{line}{' ' * (self._width - width)}")
            self._width = width

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):  # a terminal that is gone must not stop the work
            self._ended.set()
