"""The write lock of an index: one writer at a time across processes.

The system releases the lock when its process ends.
"""

import contextlib
import json
import os
import platform
import time
from pathlib import Path

from nutgraf_index.cache import handlers_delayed
from nutgraf_index.errors import IndexLocked, IndexWriteError

__all__ = ["WriteLock"]

_LOCK = "write.lock"
_HOLDER = "writer.json"
_SECONDS_TO_TRY_AGAIN = 0.05


class WriteLock:
    """Context manager that holds the write lock of an index folder.

    `wait` is how many seconds to wait for another holder. Entering raises `IndexLocked`, with the
    holder's name, after that time; `IndexWriteError` if the lock file cannot be written.
    """

    def __init__(self, folder: str | os.PathLike[str], wait: float) -> None:
        self.folder = Path(folder)
        self.wait = wait
        from filelock import FileLock  # slow to import, and only writers need it

        self._lock = FileLock(self.folder / _LOCK)

    def __enter__(self) -> None:
        given_up = time.monotonic() + self.wait
        try:
            while not self._is_taken():
                if time.monotonic() >= given_up:
                    raise IndexLocked(
                        f"{self.folder} is being written by {self._describe_holder()}; gave up "
                        f"after {self.wait:g} s. Try again when it has finished."
                    )
                time.sleep(_SECONDS_TO_TRY_AGAIN)
        except BaseException as error:
            if self._lock.is_locked:
                self.__exit__()
            if isinstance(error, OSError):
                raise IndexWriteError(
                    f"cannot write the index {self.folder}: {error.strerror or error}"
                ) from error
            raise

    def _is_taken(self) -> bool:
        """Take the lock, unless another one holds it, and name this process as the holder."""
        from filelock import Timeout

        # An interrupt in its midst would leave the lock with this process.
        with handlers_delayed():
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                return False
            self._holder.write_text(
                json.dumps(
                    {
                        "pid": os.getpid(),
                        "host": platform.node(),
                        "since": time.strftime("%Y-%m-%d %H:%M:%S"),
                    }
                )
            )
            return True

    def __exit__(self, *_: object) -> None:
        with handlers_delayed():
            with contextlib.suppress(OSError):  # the file only names the holder in messages
                self._holder.unlink()
            self._lock.release()

    @property
    def _holder(self) -> Path:
        return self.folder / _HOLDER

    def _describe_holder(self) -> str:
        try:
            holder = json.loads(self._holder.read_text())
            return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
