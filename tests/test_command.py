"""The runner of most commands leaves the process as it was, and runs as in one of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import Run, run_here


def test_a_command_run_here_leaves_no_trace(
    data: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUTGRAF_INDEX", str(data))
    before = (os.getcwd(), dict(os.environ), sys.argv, sys.stdin, sys.stdout, sys.stderr)
    assert run("search", "otter", "data", env={"FORCE_COLOR": "1"}).returncode == 0
    assert run("status", env={"NUTGRAF_INDEX": "nowhere"}).returncode == 2
    after = (os.getcwd(), dict(os.environ), sys.argv, sys.stdin, sys.stdout, sys.stderr)
    assert after == before


def test_an_interrupt_stops_the_tests(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nutgraf.cli.main.cli.main", stop)
    with pytest.raises(KeyboardInterrupt):
        run_here("status", cwd=data)


def test_a_short_command_looks_for_no_garbage(data: Path, run: Run) -> None:
    run("index", "data")
    code = (
        "import gc, sys, nutgraf.cli.main as command\n"
        "from nutgraf.__main__ import main\n"
        "def collections(): return [each['collections'] for each in gc.get_stats()]\n"
        "command._leave = lambda status: print('as before:', collections() == before)\n"
        "before = collections()\n"
        "sys.argv = ['nutgraf', 'search', 'otters']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=data.parent
    )
    assert done.stdout.splitlines()[-1] == "as before: True"
