"""The examples in docstrings are what happens."""

import doctest
import importlib
from pathlib import Path

import pytest

from test_architecture import MODULES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    module = importlib.import_module(f"{path.parent.name}.{path.stem}")
    assert doctest.testmod(module).failed == 0
