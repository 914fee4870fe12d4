"""Indexes, searchers and what they answer are sent to other processes."""

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nutgraf import Article, Index, IndexNotFound, IndexUnusable, Searcher, search


def otter(number: int) -> Article:
    return Article(id=number, text=f"Otter {number} is back in river {number}.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Index.open(tmp_path / "index", create=True, wait=3) as index:
        index.add(map(otter, range(5)))
    return tmp_path / "index"


def sent(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


def test_an_index_is_opened_again_by_its_folder(folder: Path) -> None:
    with Index.open(folder) as index, sent(index) as other:
        assert list(other) == list(index)
        other.add(otter(5))
        assert len(index) == 6
        assert copy.copy(index).location == index.location


def test_a_searcher_keeps_its_snapshot(folder: Path) -> None:
    with Index.open(folder) as index, Searcher(index) as searcher:
        index.add(otter(5))
        with sent(searcher) as other:
            assert other.search("otter").total == searcher.search("otter").total == 5
            assert other.search("otter") == searcher.search("otter")
            other.refresh()
            assert other.search("otter").total == 6


def test_a_searcher_whose_snapshot_is_gone_says_so(folder: Path) -> None:
    with Index.open(folder) as index, Searcher(folder) as searcher:
        data = pickle.dumps(searcher)
        for number in range(5, 8):
            index.add(otter(number))
            index.compact()
        other = pickle.loads(data)
        for sent_again in (other, sent(other)):
            assert repr(sent_again) == f"<Searcher of {folder}>"
            with pytest.raises(IndexUnusable) as caught:
                sent_again.search("otter")
            assert str(caught.value) == (
                f"commit 1 of the index {folder} is gone: the index has changed; make a new "
                "Searcher, or refresh() it"
            )
        other.refresh()
        assert other.search("otter").total == 8
        other.close()
        with pytest.raises(IndexUnusable, match="this searcher is closed"):
            other.search("otter")
        searcher.refresh()
        assert sent(searcher).search("otter").total == 8


def test_a_searcher_of_several_indexes_is_sent_with_all(folder: Path, tmp_path: Path) -> None:
    with Index.open(tmp_path / "other", create=True) as index:
        index.add(otter(9))
    with Searcher([folder, tmp_path / "other"]) as searcher, sent(searcher) as other:
        assert other.search("otter") == searcher.search("otter")
        assert other.search("otter").total == 6


def test_what_cannot_be_opened_is_an_error_of_the_task_and_not_of_the_worker(folder: Path) -> None:
    with Index.open(folder) as index, Searcher(index) as searcher:
        things = index, searcher, Searcher(folder)
        data = pickle.dumps(things)
    folder.rename(folder.with_name("elsewhere"))
    gone, *searchers = pickle.loads(data)
    calls: list[Callable[[], object]] = [
        lambda: len(gone),
        *(lambda one=one: one.search("otter") for one in searchers),
    ]
    for call in calls:
        with pytest.raises(IndexNotFound, match="there is no index in"):
            call()
    folder.with_name("elsewhere").rename(folder)
    assert len(gone) == 5
    assert [one.search("otter").total for one in searchers] == [5, 5]


def test_an_index_in_memory_says_that_it_cannot() -> None:
    with Index.in_memory() as index, Searcher(index) as searcher:
        for thing in (index, searcher):
            for send in (pickle.dumps, copy.deepcopy):
                with pytest.raises(IndexUnusable) as caught:
                    send(thing)
                assert str(caught.value) == (
                    "an index in memory cannot be sent to another process or copied: "
                    "make it on disk with Index.open(folder, create=True)"
                )


def test_a_closed_searcher_cannot(folder: Path) -> None:
    searcher = Searcher(folder)
    searcher.close()
    with pytest.raises(IndexUnusable, match="this searcher is closed"):
        pickle.dumps(searcher)


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_answer_as_this_one_does(folder: Path, method: str) -> None:
    context = multiprocessing.get_context(method)
    queries = ["otter river", "otter 3", "ottr", '"river 4"']
    with (
        Index.open(folder) as index,
        Searcher(index) as searcher,
        ProcessPoolExecutor(1, mp_context=context) as pool,
    ):
        expected = [searcher.search(query, explain=True) for query in queries]
        calls: list[Callable[..., Any]] = [searcher.search]
        answers = [pool.submit(calls[0], query, explain=True).result() for query in queries]
        assert answers == expected
        assert [one.suggestions for one in answers] == [one.suggestions for one in expected]
        assert pool.submit(search, "otter river", index).result() == search("otter river", index)
