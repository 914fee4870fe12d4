"""Readers beside a writer that never rests: no exception, every answer that of one commit."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generations import WORK, articles, generation_of
from nutgraf import Index
from nutgraf_index.segment.file import SegmentFile, Written
from nutgraf_index.store import commit as commits
from nutgraf_index.store.directory import Directory, DiskDirectory
from places import TESTS
from scale import size

SECONDS = float(os.environ.get("NUTGRAF_SECONDS", size(0.5, 3)))
LONG = SECONDS > 10
READ = """
import sys, time
sys.path[:0] = {paths!r}
from test_concurrency import read
print(read({folder!r}, {seconds}))
"""


def is_over(end: float, generations: int) -> bool:
    """Whether the time is over, and two generations were seen: a busy machine gets more time."""
    late = time.monotonic() - end
    return late >= (0 if generations > 1 else 60)


def read(folder: str, seconds: float) -> int:
    """Open and search again and again; return how many generations were seen."""
    seen: set[int] = set()
    end = time.monotonic() + seconds
    while not is_over(end, len(seen)):
        with Index.open(folder) as index:
            seen.add(generation_of(index))
    return len(seen)


def test_readers_beside_a_writer(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:
        index.add(articles(0))
    tests = str(TESTS)
    paths = [tests, str(Path(__file__).parent)]
    failures: list[BaseException] = []
    seen: list[int] = []
    shared = Index.open(folder)

    def refresh() -> None:
        try:
            from nutgraf import Searcher

            last = -1
            end = time.monotonic() + SECONDS
            with Searcher(shared) as searcher:
                while not is_over(end, last):
                    results = searcher.search("otter", limit=40)
                    texts = {hit.text.split()[0] for hit in results}
                    assert (results.total, len(texts)) == (40, 1)
                    number = int(texts.pop()[1:-1])
                    assert number >= last
                    last = number
                    searcher.refresh()
            seen.append(last)
        except BaseException as error:
            failures.append(error)

    with subprocess.Popen(
        [sys.executable, "-c", WORK.format(tests=tests, folder=str(folder), start=1)],
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        code = READ.format(paths=paths, folder=str(folder), seconds=SECONDS)
        readers = [
            subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
            for _ in range(4 if LONG else 2)
        ]
        threads = [threading.Thread(target=refresh) for _ in range(8 if LONG else 4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for reader in readers:
            out, _ = reader.communicate()
            assert reader.returncode == 0
            assert int(out) > 1
        assert writer.poll() is None  # it wrote to the end
        writer.kill()
    assert not failures, failures[0]
    assert max(seen) > 1
    shared.close()


def test_what_others_overtake_is_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `verify` told of missing files, and `stats` raised FileNotFoundError.
    with Index.open(tmp_path / "i", create=True) as index, Index.open(tmp_path / "i") as other:
        other.add(articles(0))
        seen = index.snapshot()
        real = commits.load

        def load(folder: Directory, name: str, written: Written) -> SegmentFile:
            monkeypatch.setattr(commits, "load", real)
            for generation in (1, 2):
                other.add(articles(generation))
                other.compact()
            return real(folder, name, written)

        monkeypatch.setattr(commits, "load", load)
        assert index.verify() == ()
        assert commits.current(DiskDirectory(tmp_path / "i")).number > seen.commit.number + 1
        monkeypatch.setattr(index, "snapshot", lambda: seen)
        assert index.stats().articles == len(articles(0))
