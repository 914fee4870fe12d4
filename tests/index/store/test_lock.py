"""One process writes at a time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf import Article, Index, IndexLocked, search
from nutgraf_index.store.lock import WriteLock

HOLD = """
import sys, time
from pathlib import Path
from nutgraf_index.store.lock import WriteLock
with WriteLock(Path(sys.argv[1]), 0):
    print("ready", flush=True)
    time.sleep(999)
"""


def test_one_writer_at_a_time_and_the_lock_dies_with_it(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True, wait=0.2) as index:
        command = [sys.executable, "-c", HOLD, str(tmp_path / "i")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "ready\n"
            with pytest.raises(IndexLocked) as caught:
                index.add([Article(id="a", text="x")])
            message = str(caught.value)
            assert f"is being written by process {holder.pid} on " in message
            assert "gave up after 0.2 s. Try again when it has finished." in message
            assert search("x", index).total == 0  # reading goes on
            holder.kill()
        index.add([Article(id="a", text="x")])
        assert search("x", index).total == 1


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Let SIGINT be an interrupt, which it is not where the tests are run with nohup."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
@pytest.mark.parametrize("method", ["write_text", "unlink"])
def test_an_interrupt_leaves_no_lock(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that made an index could not remove it: it held the lock that it waited for."""
    real = getattr(Path, method)

    def interrupted(path: Path, *rest: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return real(path, *rest)

    monkeypatch.setattr(Path, method, interrupted)
    lock = WriteLock(tmp_path, 0)
    with pytest.raises(KeyboardInterrupt), lock:
        pass
    monkeypatch.undo()
    assert set(os.listdir(tmp_path)) <= {"write.lock"}
    with WriteLock(tmp_path, 0):
        pass
