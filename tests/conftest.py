import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from nutgraf import Index

TOP = Path(__file__).parent.parent
DATA = TOP / "data"

# NUTGRAF_EXAMPLES=10000 makes the property tests long runs.
settings.register_profile(
    "nutgraf", max_examples=int(os.environ.get("NUTGRAF_EXAMPLES", "100")), deadline=None
)
settings.load_profile("nutgraf")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the sample articles that a test may change."""
    folder = tmp_path / "data"
    folder.mkdir()
    for source in sorted(DATA.iterdir()):
        (folder / source.name).write_bytes(source.read_bytes())
    return folder


@pytest.fixture(scope="session")
def sample() -> Iterator[Index]:
    """An index of the sample articles; not to be changed."""
    with Index.in_memory() as index:
        index.sync([DATA])
        yield index


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in a folder of its own, with pipes for streams."""

    def command(
        *arguments: str, env: dict[str, str] | None = None, cwd: Path = tmp_path
    ) -> "subprocess.CompletedProcess[str]":
        known = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
        return subprocess.run(
            [sys.executable, "-m", "nutgraf", *arguments],
            cwd=cwd,
            env=known | {"PYTHONUTF8": "1"} | (env or {}),
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=120,
            check=False,
        )

    return command


_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LANG", "LC_ALL", "VIRTUAL_ENV")
