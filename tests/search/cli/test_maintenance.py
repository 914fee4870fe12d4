"""`nutgraf rebuild` at the command line."""

import json
import re
from pathlib import Path

import pytest

from command import Run, run_in_terminal
from kept_archive import known
from nutgraf import Index
from nutgraf_index.fields import FORMAT
from nutgraf_index.store.layout import PREVIOUS
from nutgraf_index.store.lock import WriteLock
from previous_index import FILES, MISNAMED, NUMBER, WHOLE, files_of, misnamed

FORMATS = f"from format {PREVIOUS[0]} to {FORMAT}"
PASSAGES = sum(len(passages) for *_, passages in WHOLE["articles"])
COUNTS = f"{len(WHOLE['articles'])} articles, {PASSAGES} passages"


def test_rebuild(previous: Path, run_command: Run) -> None:
    done = run_command("rebuild", "--index", str(previous))
    assert (done.returncode, done.stdout) == (0, "")
    said = f"nutgraf: rebuilt {re.escape(str(previous))} {FORMATS}: {COUNTS} in \\d+\\.\\d s"
    assert re.fullmatch(said + "\n", done.stderr)
    with Index.open(previous) as index:
        assert known(index) == WHOLE
    done = run_command("rebuild", "--index", str(previous))
    assert done.returncode == 0
    nothing = f"{previous} already has format {FORMAT}: there is nothing to do"
    assert done.stderr == f"nutgraf: {nothing}\n"


def test_rebuild_shows_a_bar_where_someone_watches(previous: Path, tmp_path: Path) -> None:
    shown = run_in_terminal("rebuild", "--index", "i", cwd=tmp_path)
    assert "Rebuilding" in shown
    assert "100%" in shown
    assert f"nutgraf: rebuilt i {FORMATS}: {COUNTS} in " in shown.splitlines()[-1]


def test_rebuild_tells_old_and_new_ids(tmp_path: Path, run: Run) -> None:
    for name in ("i", "j", "k"):
        (tmp_path / name).mkdir()
        misnamed(tmp_path / name)
    done = run("rebuild", "--index", "i")
    assert re.search(
        r"2 articles, 2 passages in .* s; 1 id changed \(-v lists them\)\n", done.stderr
    )
    done = run("rebuild", "--index", "j", "-v")
    *listed, last = done.stderr.splitlines()
    assert listed == [f"nutgraf: renamed {old} to {new}" for old, new in MISNAMED]
    assert last.endswith("; 1 id changed")
    done = run("rebuild", "--index", "k", "--json")
    record = json.loads(done.stdout)
    assert record["renamed"] == [[*pair] for pair in MISNAMED]
    assert (record["format"], record["articles"]) == (PREVIOUS[0], 2)
    done = run("rebuild", "--index", "k", "--json")
    assert json.loads(done.stdout) == {"format": FORMAT, "renamed": []}


def test_rebuild_while_another_writes(previous: Path, run: Run) -> None:
    with WriteLock(previous, 0):
        done = run("rebuild", "--index", str(previous), "--wait", "0.1")
    assert (done.returncode, done.stdout) == (75, "")
    assert "is being written by process" in done.stderr
    assert files_of(previous) == FILES


@pytest.mark.parametrize("name", FILES)
def test_rebuild_what_is_damaged(name: str, previous: Path, run: Run) -> None:
    data = bytearray(FILES[name])
    data[-1] ^= 1
    (previous / name).write_bytes(data)
    done = run("rebuild", "--index", str(previous))
    if name == f"commit-{NUMBER - 1}.json":  # the one before: nobody needs it
        assert done.returncode == 0
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"nutgraf: the index is damaged: {previous}: {name}: ")
        assert files_of(previous) == {**FILES, name: bytes(data)}


def test_rebuild_a_folder_that_is_no_index(tmp_path: Path, run: Run) -> None:
    done = run("rebuild", "--index", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no index in" in done.stderr
