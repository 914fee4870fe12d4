"""The order of writes: what a name leads to is on the disk before the name is."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nutgraf import Article, Index
from recording import Recording, committed, published, written


def article(id: str) -> Article:
    return Article(id=id, text=f"An otter {id}.")


def compact_and_add(index: Index, _: Path) -> None:
    index.compact()
    index.add([article("new")])


# What each does to an index of commit 3: a segment with deletions, and one without.
OPERATIONS: dict[str, tuple[Callable[[Index, Path], object], list[str]]] = {
    "add": (
        lambda index, _: index.add([article("new")]),
        [*written("00000004.seg"), *committed(4), "remove commit-2.json"],
    ),
    "replace": (
        lambda index, _: index.add([article("b")]),
        [
            *written("00000004.seg"),
            *written("00000005.del"),
            *committed(4),
            "remove commit-2.json",
        ],
    ),
    "remove": (
        lambda index, _: index.remove(["b"]),
        [*written("00000004.del"), *committed(4), "remove commit-2.json"],
    ),
    "compact": (
        lambda index, _: index.compact(),
        [*written("00000004.seg"), *committed(4), "remove commit-2.json"],
    ),
    "compact, and add": (
        compact_and_add,
        [
            *written("00000004.seg"),
            *committed(4),
            "remove commit-2.json",
            *written("00000005.seg"),
            *committed(5),
            *(f"remove 0000000{number}" for number in ("1.seg", "2.seg", "3.del")),
            "remove commit-3.json",
        ],
    ),
    "rollback": (lambda _, folder: Index.rollback(folder), published("nutgraf.json")),
}


@pytest.mark.skipif(os.name == "nt", reason="needs folders that can be synced")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_order_of_writes(
    operation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "i"
    action, expected = OPERATIONS[operation]
    with Index.open(folder, create=True) as index:
        index.add(map(article, "abcd"))
        index.add([article("e")])
        index.remove(["a"])
        with monkeypatch.context() as patch:
            recording = Recording(folder, patch)
            action(index, folder)
        assert recording.calls == expected
        assert index.verify() == ()


@pytest.mark.skipif(os.name == "nt", reason="needs folders that can be synced")
def test_a_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "i"
    with monkeypatch.context() as patch:
        recording = Recording(folder, patch)
        Index.open(folder, create=True)
    assert recording.calls == committed(0)
