"""Batches made ready by several processes."""

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nutgraf import Article, Index
from nutgraf_index.errors import IndexWriteError
from nutgraf_index.indexing import workers as portions
from nutgraf_index.indexing import writer
from small import crowd


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is many portions."""
    lines = [
        json.dumps({"id": one.id, "title": one.title, "text": one.text}) for one in crowd(3, 3000)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    monkeypatch.setattr(writer, "_BYTES_EACH", (1 << 20) // 150_000)
    monkeypatch.setattr(writer, "_BATCH", 30_000)
    return tmp_path / "a.jsonl"


def test_processes_make_the_same_bytes(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = []

    class Pool(ProcessPoolExecutor):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            pools.append(self)

    monkeypatch.setattr(portions, "ProcessPoolExecutor", Pool)
    made = []
    for processes in (1, 2):
        folder = tmp_path / f"i{processes}"
        with Index.open(folder, create=True) as index:
            index.sync([many], processes=processes, memory_mb=1)
        made.append({path.name: path.read_bytes() for path in folder.glob("*.seg")})
    assert made[0] == made[1]
    assert len(made[0]) > 1
    assert len(pools) == 1


def test_a_process_that_is_killed(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pool(ProcessPoolExecutor):
        def submit(self, *arguments: Any, **named: Any) -> Any:
            future = super().submit(*arguments, **named)
            for process in self._processes.values():
                process.kill()
            return future

    monkeypatch.setattr(portions, "ProcessPoolExecutor", Pool)
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([Article(id="old", text="An otter.")])
        before = sorted(path.name for path in (tmp_path / "i").iterdir())
        with pytest.raises(IndexWriteError, match=r"died, perhaps .* try with processes=1"):
            index.sync([many], processes=2)
        assert index.stats().articles == 1
        assert sorted(path.name for path in (tmp_path / "i").iterdir()) == before
