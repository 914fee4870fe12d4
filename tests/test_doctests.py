"""The examples in docstrings are what happens."""

import doctest
import importlib
from pathlib import Path

import pytest

from places import MODULES, TOP

WITH_EXAMPLES = [path for path in MODULES if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    module = importlib.import_module(".".join(path.relative_to(TOP).with_suffix("").parts[1:]))
    results = doctest.testmod(module)
    assert results.attempted
    assert results.failed == 0
