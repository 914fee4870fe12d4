import gc
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import command
from command import Run
from kept_archive import KNOWN
from memory import index_at
from nutgraf import Index
from places import DATA
from previous_index import KEPT
from scale import EXAMPLES, SEED

# Every run tries the same examples, so that the gate says the same of the same commit; a run with
# NUTGRAF_SEED tries new ones.
settings.register_profile(
    "nutgraf",
    max_examples=EXAMPLES,
    derandomize=not SEED,
    database=None,  # which would be kept in the checkout
    # A machine may be slow, or busy with something else.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("nutgraf")


# New objects after which Python looks for garbage. Its own limit is a few hundred, which makes it
# look through the objects of all tests again and again: a seventh of the time of a run.
_NEW_OBJECTS = 50_000


def pytest_configure() -> None:
    """Let Python look for garbage more seldom."""
    gc.set_threshold(_NEW_OBJECTS, 20, 100)


def pytest_collection_finish() -> None:
    """Let Python look for no garbage among what all tests share."""
    gc.collect()
    gc.freeze()


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
    with index_at(DATA.parent) as index:
        index.sync([DATA])
        yield index


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample articles on disk; a copy of it beside a copy of them works as well."""
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(DATA, folder / "data")
    with Index.open(folder / ".nutgraf", create=True) as index:
        index.sync([folder / "data"])
    return folder / ".nutgraf"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command in this process, in the folder that `data` is in."""
    return partial(command.run_here, cwd=tmp_path)


@pytest.fixture
def run_command(tmp_path: Path) -> Run:
    """Run the command in a process of its own, for tests of what needs one."""
    return partial(command.run_command, cwd=tmp_path)


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    """An index of the format before, a copy that may be rebuilt."""
    shutil.copytree(KEPT, tmp_path / "i", ignore=shutil.ignore_patterns(KNOWN))
    return tmp_path / "i"
