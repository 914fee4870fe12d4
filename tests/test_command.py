"""The runner of most commands leaves the process as it was, and runs as in one of its own."""

import os
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
