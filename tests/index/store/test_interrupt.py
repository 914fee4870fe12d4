"""Ctrl-C at any moment, in a program that goes on: the commit before stands, or the new one."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generations import IN_A_COMMIT, SMALL_BATCH, articles, files_needed, generation_of
from nutgraf import Index, search
from nutgraf_index.indexing import writer
from places import TESTS
from scale import rounds

CODE = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from test_interrupt import interrupted
interrupted(Path({folder!r}), {count})
"""


def change(index: Index, kind: str, generation: int) -> None:
    if kind == "add":
        index.add(articles(generation))
    elif kind == "remove":
        index.remove(["a000"])
    else:
        index.compact()


def interrupted(folder: Path, count: int) -> None:
    """Change an index again and again, interrupted by a timer most of the times."""
    writer._BYTES_PER_CHARACTER = (256 << 20) // (SMALL_BATCH * 860)
    chance = random.Random(count)
    with Index.open(folder, create=True, wait=1) as index:
        index.add(articles(0))
        for generation in range(1, 2 * count, 2):
            before = index.snapshot().commit.number
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            try:
                signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.0005, 0.03))
                change(index, chance.choice(["add", "remove", "compact"]), generation)
                signal.setitimer(signal.ITIMER_REAL, 0)
            except KeyboardInterrupt:
                pass
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            signal.setitimer(signal.ITIMER_REAL, 0)
            with Index.open(folder) as other:
                assert other.verify() == ()
                assert other.snapshot().commit.number - before in (0, 1)
                assert search("otter", other, limit=1).total in (IN_A_COMMIT - 1, IN_A_COMMIT)
            index.add(articles(generation + 1))  # the lock was released
            assert generation_of(index) == generation + 1
            assert {path.name for path in folder.iterdir()} == files_needed(index, folder)


def test_interrupted_at_random_instants(tmp_path: Path) -> None:
    if not hasattr(signal, "setitimer"):
        pytest.skip("needs a timer that signals")
    paths = [str(TESTS), str(Path(__file__).parent)]
    code = CODE.format(paths=paths, folder=str(tmp_path / "i"), count=rounds(5, 40))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
