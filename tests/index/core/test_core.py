"""The frame of the core: compiled or not, it is the same source, and its loops are C."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf_index import core
from places import TESTS, TOP
from scale import size

CORE = TOP / "index" / "nutgraf_index" / "core"
SOURCES = sorted(path for path in CORE.glob("*.py") if path.stem in core.__all__)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_loop_runs_without_the_interpreter(path: Path) -> None:
    """What touches a Python object there, a constant of the module too, does not compile."""
    loops = list(outside(ast.parse(path.read_text("utf-8")), free=False))
    assert not loops, f"{path.name}: loops that are not under nogil in lines {loops}"


def outside(node: ast.AST, *, free: bool) -> Iterator[int]:
    """Yield the lines of loops and comprehensions that hold the lock of the interpreter.

    Those of constructors may: they take lists of objects, such as the terms of a query.
    """
    if isinstance(node, ast.FunctionDef):
        free = node.name == "__init__" or any(
            ast.unparse(one) == "cython.nogil" for one in node.decorator_list
        )
    elif isinstance(node, ast.With):
        free = free or any(ast.unparse(one.context_expr) == "cython.nogil" for one in node.items)
    loops = ast.For | ast.While | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    if isinstance(node, loops) and not free:
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from outside(child, free=free)


@pytest.mark.parametrize(
    ("module", "long"),
    [
        ("bitmaps", ["tally"]),
        (
            "fingerprints",
            [
                *("candidate_lines", "count_articles", "fill_cells", "fingerprints"),
                *("hidden_lines", "sections_under", "shared_lines", "sort"),
            ],
        ),
        ("terms", ["like", "number_forms", "within"]),
    ],
)
def test_only_long_work_gives_up_the_lock(module: str, long: list[str]) -> None:
    """Else the threads of a searcher wait for each other at every call of the core."""
    body = ast.parse((CORE / f"{module}.py").read_text("utf-8")).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    assert sorted(function.name for function in functions if gives_up(function)) == long


def gives_up(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.With) and ast.unparse(one.items[0]) == "cython.nogil"
        for one in ast.walk(node)
    )


def test_every_module_is_public() -> None:
    assert {"compiled", *(path.stem for path in SOURCES)} == set(core.__all__)


@pytest.mark.skipif(not core.compiled, reason="needs a compiled core")
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_what_is_compiled_is_the_source_as_it_is(path: Path) -> None:
    made = getattr(core, path.stem).__file__
    assert Path(made).suffix != ".py"
    if Path(made).parent == CORE:  # an editable install
        assert Path(made).stat().st_mtime >= path.stat().st_mtime, "install again: pip install -e ."


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_source_runs_uncompiled_without_cython(path: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(TOP / "index")!r})
from nutgraf_index import core
assert not core.compiled
assert core.{path.stem}.__file__.endswith("{path.stem}.py"), core.{path.stem}
assert not [name for name in sys.modules if name.partition(".")[0] == "cython"]
"""
    environment = {**os.environ, "NUTGRAF_PURE": "1"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


@pytest.mark.skipif(not core.compiled, reason="needs a compiled core")
def test_both_ways_an_index_has_the_same_bytes(tmp_path: Path) -> None:
    code = f"""
import sys
sys.path[:0] = {[str(TESTS)]!r}
from nutgraf import Article, Index
from small import crowd
with Index.open(sys.argv[1], create=True) as index:
    many = Article(id="b", text="A re-entry. " * 99, authors=("A Roe", "B Doe"))
    index.add([*crowd(4, {size(220, 300)}), many])
    index.add(crowd(5, {size(40, 100)}))
    index.compact()
"""
    made = []
    for pure in ("", "1"):
        folder = tmp_path / f"i{pure}"
        environment = {**os.environ, "NUTGRAF_PURE": pure}
        subprocess.run([sys.executable, "-c", code, folder], env=environment, check=True)
        made.append({path.name: path.read_bytes() for path in folder.glob("*.seg")})
    assert made[0] == made[1]
    assert len(made[0]) > 1  # before and after merging


@pytest.mark.skipif(not core.compiled, reason="needs a compiled core")
def test_an_interrupt_while_a_module_is_loaded_is_not_dropped() -> None:
    """Cython imports `types` while it makes code objects, and warns if it cannot."""
    code = """
import builtins, signal
from nutgraf_index import core
signal.signal(signal.SIGINT, signal.default_int_handler)  # the tests may be run with nohup
load, interrupts = builtins.__import__, 0
def interrupted(name, *rest):
    global interrupts
    if name == "types" and not interrupts:
        interrupts += 1
        signal.raise_signal(signal.SIGINT)
    return load(name, *rest)
builtins.__import__ = interrupted
try:
    core.postings
except KeyboardInterrupt:
    print("interrupted")
core.postings
print(interrupts)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("interrupted\n1\n", "")


def test_another_name_is_no_module_of_the_core() -> None:
    with pytest.raises(AttributeError, match=r"module 'nutgraf_index\.core' has no attribute 'x'"):
        core.x  # noqa: B018
