"""The shape that DESIGN agrees on: what may import what, and what is public."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import nutgraf
from places import MODULES, TOP

# The rooms of each package, from top to bottom: what stands on a line imports from lines below it
# alone. A room is a folder, or a module that lies in none.
ROOMS = {
    "search/nutgraf": """
        __main__
        cli
        __init__
        searcher
        output suggestions
        results rewriting
        ranking
        matching
        positions
        scoring options
        query
    """,
    "index/nutgraf_index": """
        index
        sync whoosh_adapter
        indexing
        store
        segment passages formats
        analysis dates fields
        analysis/languages arrays cache model errors names
    """,
}
LEVEL = {
    f"{package}/{room}": level
    for package, rooms in ROOMS.items()
    for level, line in enumerate(reversed(rooms.strip().splitlines()))
    for room in line.split()
}
KEPT_IN = {"click": "search/nutgraf/cli", "whoosh": "index/nutgraf_index/whoosh_adapter"}
MOST_FILES = 9


def room_of(path: Path) -> str:
    """Return the room of a module, by its place under the top folder."""
    place = path.relative_to(TOP)
    return (place.with_suffix("") if place.parent.as_posix() in ROOMS else place.parent).as_posix()


def imports(path: Path) -> set[str]:
    """Return the full names of what a module imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return found


def own_imports(path: Path) -> set[Path]:
    """Return the modules of ours that a module imports."""
    found: set[Path] = set()
    for name in imports(path):
        parts = name.split(".")
        for root in ("index", "search"):
            for end in (len(parts), len(parts) - 1):
                module = (TOP / root).joinpath(*parts[:end])
                choices = [module.with_suffix(".py"), module / "__init__.py"] if end else []
                found.update(one for one in choices if one in MODULES)
    return found - {path}


def test_every_module_has_its_room() -> None:
    assert {room_of(path) for path in MODULES if path.name != "__init__.py"} <= LEVEL.keys()
    assert all((TOP / room).exists() or (TOP / f"{room}.py").exists() for room in LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_go_down(path: Path) -> None:
    here = room_of(path)
    for other in own_imports(path):
        there = room_of(other)
        if there.split("/")[:2] == here.split("/")[:2]:
            assert here == there or LEVEL[here] > LEVEL[there], f"{here} imports {other}"
        else:
            assert here.startswith("search"), f"{here} imports {other}"
    for name in imports(path):
        kept = KEPT_IN.get(name.partition(".")[0])
        assert kept in (None, here), f"{here} imports {name}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = {path: own_imports(path) for path in MODULES if path.name != "__init__.py"}
    while left:
        free = [path for path, wanted in left.items() if wanted.isdisjoint(left)]
        assert free, f"a circle within {sorted(map(str, left))}"
        for path in free:
            del left[path]


@pytest.mark.parametrize("room", sorted(LEVEL))
def test_a_room_is_small_and_says_what_it_is_for(room: str) -> None:
    if not (TOP / room).is_dir():
        return
    modules = [path for path in (TOP / room).glob("*.py") if path.name != "__init__.py"]
    assert 1 <= len(modules) <= MOST_FILES
    told = ast.get_docstring(ast.parse((TOP / room / "__init__.py").read_text("utf-8")))
    assert told is not None
    assert len(told.splitlines()) >= 3


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
