"""The types of all public functions, methods and dataclasses can be resolved.

Programs that make schemas of them, such as servers of MCP or FastAPI, call `typing.get_type_hints`.
"""

import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from typing import Any

import pytest

import nutgraf


def public() -> Iterator[tuple[str, Any]]:
    """Yield the public functions and classes, and the methods and properties of the classes."""
    for name in nutgraf.__all__:
        value = getattr(nutgraf, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield name, value
        for method, member in vars(value).items() if inspect.isclass(value) else ():
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            if inspect.isfunction(function) and (method == "__init__" or method[0] != "_"):
                yield f"{name}.{method}", function


PUBLIC = dict(public())


@pytest.mark.parametrize("name", PUBLIC)
def test_all_hints_can_be_resolved(name: str) -> None:
    hints = typing.get_type_hints(PUBLIC[name])
    if not inspect.isclass(PUBLIC[name]):
        annotated = PUBLIC[name].__annotations__
        assert hints.keys() == annotated.keys()


def test_hints_are_the_types_themselves() -> None:
    def returned(method: Any) -> Any:
        return typing.get_type_hints(method)["return"]

    assert returned(nutgraf.Index.stats) is nutgraf.Stats
    assert returned(nutgraf.Index.sync) is nutgraf.SyncReport
    assert returned(nutgraf.suggest) == tuple[nutgraf.Completion, ...]
    assert returned(nutgraf.Searcher.suggest) == returned(nutgraf.suggest)
    assert returned(nutgraf.search) is returned(nutgraf.Searcher.search) is nutgraf.Results
    assert len(PUBLIC) > 90


def test_importing_them_imports_no_types_of_other_commands() -> None:
    code = (
        "import sys, nutgraf; nutgraf.search, nutgraf.Searcher, nutgraf.Index;"
        "print(*sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = done.stdout.split()
    assert "nutgraf.searcher" in imported
    assert not {
        "nutgraf.suggestions.completion",
        "nutgraf_index.indexing.rebuild",
        "nutgraf_index.store.verification",
        "nutgraf_index.sync.citations",
        "nutgraf_index.sync.report",
        "nutgraf_index.whoosh_adapter.reader",
        "uuid",
        "whoosh",
    } & {*imported}
