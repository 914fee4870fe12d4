"""One process writes at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from nutgraf import Article, Index, IndexLocked, search

HOLD = """
import sys, time
from pathlib import Path
from nutgraf_index.store.lock import WriteLock
with WriteLock(Path(sys.argv[1]), 0):
    print("ready", flush=True)
    time.sleep(60)
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
