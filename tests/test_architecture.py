"""The house: which rooms there are, what may import what, and what is public."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import nutgraf
from places import MODULES, TESTS, TOP

ROOTS = ("nutgraf", "nutgraf_index")
GROUND = "the ground"  # files that know nothing of the rooms
MOST_FILES = 9  # in a folder, besides __init__.py
LINES = 3  # of a folder's docstring, with words on them
MOST_LEVELS = 10  # of rooms in a package
MOST_ARROWS = 94  # between rooms within a package, of both together
ONLY_IN = {"whoosh": "nutgraf_index.whoosh_adapter", "click": "nutgraf.cli"}


def name_of(path: Path) -> str:
    """Return the dotted name of a module; that of a package ends in `__init__`."""
    return ".".join(path.relative_to(TOP).with_suffix("").parts[1:])


@cache
def ranks() -> dict[str, int]:
    """Return the rank of each room that docs/architecture.md names: of folders, and of files.

    The files of the ground have the rank of one room.
    """
    found: dict[str, int] = {}
    root = ""
    for line in (TOP / "docs" / "architecture.md").read_text("utf-8").splitlines():
        if line.startswith("#"):
            root = line.rpartition("/")[2]
        elif row := re.match(r"\| (\d+) \| (the ground|`[^`]+`) \| (.*) \|$", line):
            named = [row[2].strip("`")] if row[2] != GROUND else re.findall(r"`(\w+\.py)`", row[3])
            for room in named:
                room = room.removesuffix("/").removesuffix(".py").replace("/", ".")
                found[f"{root}.{room}"] = int(row[1])
    # It imports nothing, and nothing imports it.
    return {"nutgraf_index.__init__": max(found.values()), **found}


def room_of(module: str) -> str:
    """Return the room that a module is in, with its source root; the ground is one."""
    root, *inner = module.split(".")
    for end in range(len(inner), 0, -1):
        room = ".".join([root, *inner[:end]])
        if room in ranks():
            return room if ranks()[room] else f"{root}.{GROUND}"
    raise AssertionError(f"{module} is in no room that docs/architecture.md names")


def rank_of(room: str) -> int:
    return ranks().get(room, 0)


@cache
def names() -> frozenset[str]:
    return frozenset(map(name_of, MODULES))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Return all that a module imports anywhere, under TYPE_CHECKING and in functions as well.

    Modules of this code base by their names, others as they are given.
    """
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            asked = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            asked = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in asked:
            parent = name.rpartition(".")[0]
            choices = (name, f"{name}.__init__", parent, f"{parent}.__init__")
            found.append(next((one for one in choices if one in names()), name))
    return tuple(found)


@cache
def graph() -> dict[str, frozenset[str]]:
    """Return the modules that each module imports."""
    return {name_of(path): frozenset(imported(path)) & names() for path in MODULES}


def arrows() -> set[tuple[str, str]]:
    """Return which room imports from which other of its package."""
    pairs = {(room_of(one), room_of(other)) for one, found in graph().items() for other in found}
    return {(one, other) for one, other in pairs if one != other and root_of(one) == root_of(other)}


def root_of(name: str) -> str:
    return name.partition(".")[0]


def test_the_files_of_rooms_are_those_there() -> None:
    """Each room of the page names its modules; only those of a registry may go without."""
    page = (TOP / "docs" / "architecture.md").read_text("utf-8")
    for top, _, table in re.findall(r"^### (\w+/(\w+))\n(.*?)^###? ", page, re.M | re.S):
        for room, files in re.findall(r"^\| \d+ \| `([\w/]+)/` \|.*\| (.*) \|$", table, re.M):
            modules = {path.stem for path in (TOP / top / room).glob("*.py")} - {"__init__"}
            named = set(re.findall(r"`(\w+)`", files))
            if room != "core":
                assert named <= modules, room
                assert named == modules or "registry" in named, (room, modules - named)


def test_imports_between_rooms_go_downward() -> None:
    upward = {(one, other) for one, other in arrows() if rank_of(one) <= rank_of(other)}
    assert not upward, report(
        (one, other)
        for one, found in graph().items()
        for other in found
        if (room_of(one), room_of(other)) in upward
    )


def test_the_index_knows_nothing_of_search() -> None:
    assert not [
        (one, other)
        for one, found in graph().items()
        for other in found
        if (root_of(one), root_of(other)) == ("nutgraf_index", "nutgraf")
    ]


def report(found: Iterable[tuple[str, str]]) -> str:
    return "".join(f"\n  {one} -> {other}" for one, other in sorted(found))


def test_every_room_is_there() -> None:
    # Each room named has a module; `room_of` sees that each module is in a room.
    empty = {
        room
        for room in ranks()
        if not any(f"{module}.".startswith(f"{room}.") for module in names())
    }
    assert not empty
    assert all(map(room_of, names()))


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = dict(graph())
    while True:
        ends = {name for name, found in left.items() if not found & left.keys()}
        if not ends:
            break
        left = {name: found for name, found in left.items() if name not in ends}
    # What only leads to a circle is none of it.
    while True:
        wanted = {other for found in left.values() for other in found}
        if left.keys() <= wanted:
            break
        left = {name: found for name, found in left.items() if name in wanted}
    assert not left, report((one, other) for one in left for other in left[one] & left.keys())


def test_there_are_few_levels() -> None:
    level: dict[str, int] = {}
    for room in sorted({*ranks(), *map(room_of, names())}, key=rank_of):
        below = (other for one, other in arrows() if one == room)
        level[room] = 1 + max((level.get(other, 0) for other in below), default=0)
    assert max(level.values()) <= MOST_LEVELS, level


def test_there_are_few_arrows_between_rooms() -> None:
    assert len(arrows()) <= MOST_ARROWS, report(arrows())


def folders() -> list[tuple[Path, list[Path]]]:
    """Return all folders of modules, each with its modules."""
    found: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in MODULES:
        found[path.parent].append(path)
    return list(found.items())


@pytest.mark.parametrize(("folder", "paths"), folders(), ids=lambda one: getattr(one, "name", ""))
def test_a_folder_is_small_and_says_what_it_is_for(folder: Path, paths: list[Path]) -> None:
    assert len([path for path in paths if path.name != "__init__.py"]) <= MOST_FILES
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert said
    assert folder.name in ROOTS or len(list(filter(None, said.splitlines()))) == LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_only_one_room_may_import(path: Path) -> None:
    module = name_of(path)
    for name in imported(path):
        only = ONLY_IN.get(root_of(name))
        assert only is None or module.startswith(f"{only}."), name
        if name.startswith("nutgraf.cli."):
            assert module.startswith("nutgraf.cli.") or module == "nutgraf.__main__", name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_is_public(path: Path) -> None:
    tree = tree_of(path)
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


@pytest.mark.parametrize(("ours", "theirs"), [("index", "nutgraf_index"), ("search", "nutgraf")])
def test_the_folders_of_tests_are_those_of_the_code(ours: str, theirs: str) -> None:
    folders = {path.parent.relative_to(TESTS / ours) for path in TESTS.glob(f"{ours}/**/test_*.py")}
    assert folders
    assert not [folder for folder in folders if not (TOP / ours / theirs / folder).is_dir()]


def test_the_files_of_a_checkout_are_where_the_owner_wants_them() -> None:
    tops = {path.name for path in TOP.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {path.relative_to(TOP).parts[0] for path in MODULES} == {"index", "search"}
    assert {"data", "index", "search", "tests"} <= tops
    for folder in tops - {"data", "index", "search", "tests"}:
        assert not list((TOP / folder).glob("*.py")), folder
