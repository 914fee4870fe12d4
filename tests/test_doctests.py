"""The examples in docstrings are what happens."""

import doctest
import importlib
from pathlib import Path

import pytest

from places import MODULES, TOP


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    module = importlib.import_module(".".join(path.relative_to(TOP).with_suffix("").parts[1:]))
    assert doctest.testmod(module).failed == 0
