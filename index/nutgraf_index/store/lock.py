"""The write lock of an index: one writer at a time across processes.

The system releases the lock when its process ends.
"""

import contextlib
import json
import os
import platform
import time
from pathlib import Path

from nutgraf_index.errors import IndexLocked, IndexWriteError

__all__ = ["WriteLock"]

_LOCK = "write.lock"
_HOLDER = "writer.json"


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
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=self.wait, poll_interval=0.05)
            self._holder.write_text(
                json.dumps(
                    {
                        "pid": os.getpid(),
                        "host": platform.node(),
                        "since": time.strftime("%Y-%m-%d %H:%M:%S"),
                    }
                )
            )
        except Timeout:
            raise IndexLocked(
                f"{self.folder} is being written by {self._describe_holder()}; gave up after "
                f"{self.wait:g} s. Try again when it has finished."
            ) from None
        except OSError as error:
            self._lock.release()
            raise IndexWriteError(
                f"cannot write the index {self.folder}: {error.strerror or error}"
            ) from error

    def __exit__(self, *_: object) -> None:
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
