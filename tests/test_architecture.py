"""The shape that DESIGN agrees on: what may import what, and what is public."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import nutgraf
from places import MODULES, TOP


def imports(path: Path) -> set[str]:
    """Return the top names a module imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_go_one_way(path: Path) -> None:
    tops = {name.partition(".")[0] for name in imports(path)}
    if "nutgraf_index" in path.parts:
        assert "nutgraf" not in tops
    assert "click" not in tops or path.parent.name == "cli"
    assert "whoosh" not in tops or path.parent.name == "whoosh_adapter"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_module_says_what_is_public(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    named = [node for node in tree.body if isinstance(node, ast.Assign)]
    has_all = any(getattr(node.targets[0], "id", "") == "__all__" for node in named)
    assert has_all or path.name in ("__main__.py", "__init__.py")


def test_every_public_name_is_there() -> None:
    for name in nutgraf.__all__:
        assert getattr(nutgraf, name) is not None
    assert set(nutgraf.__all__) <= set(dir(nutgraf))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = nutgraf.nothing


def test_importing_nutgraf_loads_nothing_heavy() -> None:
    code = "import sys, nutgraf; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint({"whoosh", "numpy", "click", "Stemmer"})


def test_the_files_of_a_checkout_are_where_the_owner_wants_them() -> None:
    tops = {path.name for path in TOP.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {path.relative_to(TOP).parts[0] for path in MODULES} == {"index", "search"}
    assert {"data", "index", "search", "tests"} <= tops
    for folder in tops - {"data", "index", "search", "tests"}:
        assert not list((TOP / folder).glob("*.py")), folder
