"""Ids by another rule or of another place: a sync and a rebuild rename, and nothing is lost."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from memory import index_at
from nutgraf import Article, Index, Searcher
from nutgraf_index.names import file_id
from nutgraf_index.segment.stored_fields import StoredFile
from nutgraf_index.store.commit import FILE_CACHE
from nutgraf_index.sync import file_records, survey, synchroniser
from nutgraf_index.sync.file_records import FileRecords
from nutgraf_index.sync.files import ArticleFile, FileState, list_files
from nutgraf_index.sync.ignore_rules import IgnoreRules

NO_RULES = IgnoreRules.excluding(())
LINES = '{"id": "x", "text": "An otter.\\nA heron."}\n{"text": "A pike."}\n'


def contents(index: Index) -> dict[str, list[str]]:
    """Return the texts of each article's passages, by id."""
    with Searcher(index) as searcher:
        ids = sorted(record.article.id for record in index.snapshot().articles())
        return {id: [hit.text for hit in searcher.article(id)] for id in ids}


@contextmanager
def old_rule() -> Iterator[None]:
    """Make ids as they were: paths in the root, and the ids that lines state."""

    def article_id(id: str, own: str) -> str:
        return f"{id}:{own}" if own.isdigit() else own or id

    def stored_file(*values: Any) -> StoredFile:
        return StoredFile(*values)._replace(id="")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synchroniser, "file_id", lambda root, path, home: path)
        patch.setattr(synchroniser, "article_id", article_id)
        patch.setattr(synchroniser, "StoredFile", stored_file)
        yield


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An index with ids of the old rule, of two folders and a program."""
    (tmp_path / "data/sub").mkdir(parents=True)
    (tmp_path / "data/a.txt").write_text("By Ann Lee\n\nAn otter.\n\nA weir.")
    (tmp_path / "data/sub/b.jsonl").write_text(LINES)
    (tmp_path / "else").mkdir()
    (tmp_path / "else/c.txt").write_text("A badger.")
    with old_rule(), Index.open(tmp_path / ".nutgraf", create=True) as index:
        index.sync([tmp_path / "data", tmp_path / "else"])
        index.add([Article(id="memo", text="Of a program.")])
        assert list(contents(index)) == ["a.txt", "c.txt", "memo", "sub/b.jsonl:2", "x"]
    return tmp_path


IDS = (
    ("a.txt", "data/a.txt"),
    ("c.txt", "else/c.txt"),
    ("sub/b.jsonl:2", "data/sub/b.jsonl!2"),
    ("x", "data/sub/b.jsonl!x"),
)


def test_a_sync_renames_articles_of_its_files_and_of_others(old: Path) -> None:
    with Index.open(old / ".nutgraf") as index:
        before = contents(index)
        report = index.sync([old / "data"])
        assert report.renamed == IDS
        assert (report.added, report.updated, report.removed) == ((), (), ())
        new = dict(IDS)
        assert contents(index) == {new.get(id, id): texts for id, texts in before.items()}
        with Searcher(index) as searcher:
            assert searcher.article("data/a.txt")[0].authors == ("Ann Lee",)
            assert {hit.line for hit in searcher.article("data/sub/b.jsonl!2")} == {2}
        again = index.sync([old / "data", old / "else"])
        assert (again.renamed, len(again.unchanged)) == ((), 4)
        assert index.verify() == ()


def test_a_file_that_cannot_be_read_is_renamed_too(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(location: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(synchroniser, "bytes_of", refuse)
    with Index.open(old / ".nutgraf") as index:
        report = index.sync([old / "data"])
        assert len(report.skipped) == 2
        assert report.renamed == IDS
        monkeypatch.undo()
        assert index.sync([old / "data"]).updated == ()


def test_old_ids_are_found_until_they_are_renamed(old: Path) -> None:
    with Index.open(old / ".nutgraf") as index, Searcher(index) as searcher:
        for name in ("a.txt#2", str(old / "data/a.txt:3"), "x#1"):
            passages, cited = searcher.find(name)
            assert cited is not None
            assert cited.text == "An otter.", name
            assert passages[0].article in ("a.txt", "x")


def test_an_id_of_one_file_that_is_the_old_id_of_another(old: Path) -> None:
    (old / "a.txt").write_text("A fox.")
    (old / "c.txt").write_text("A hare.")
    with Index.open(old / ".nutgraf") as index:
        report = index.sync([old / "a.txt", old / "c.txt"])
        assert report.renamed == IDS
        assert contents(index)["a.txt"] == ["A fox."]
        assert contents(index)["data/a.txt"] == ["By Ann Lee", "An otter.", "A weir."]
        assert contents(index)["else/c.txt"] == ["A badger."]
        assert index.stats().articles == 7


def test_a_cache_of_unchanged_files_does_not_hide_old_ids(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_records, "_DOUBT", -3600 * 10**9)  # so that no file is in doubt
    folders = [old / "data", old / "else"]
    with Index.open(old / ".nutgraf") as index:
        with old_rule():
            index.sync(folders)
        cached = FileRecords.parse((old / ".nutgraf" / FILE_CACHE).read_bytes())
        assert cached is not None
        assert cached.commit == index.snapshot().commit.identity
        assert all(cached.is_same(number, state) for number, state in states(cached, folders))
        dry = index.sync(folders[:1], dry_run=True)
        assert dry.renamed == IDS
        assert list(contents(index)) == ["a.txt", "c.txt", "memo", "sub/b.jsonl:2", "x"]
        assert index.sync(folders[:1]).renamed == IDS
        with monkeypatch.context() as patch:  # the state of the other file is kept with its new id
            patch.setattr(synchroniser, "bytes_of", None)
            patch.setattr(survey, "_digest_of_file", None)
            assert index.sync(folders).unchanged == tuple(sorted(dict(IDS).values()))


def states(records: FileRecords, folders: list[Path]) -> Iterator[tuple[int, FileState]]:
    """Yield the number and the present state of each file of some folders."""
    for folder in folders:
        listing = list_files(folder, folder, max_bytes=99, index_folder=None, rules=NO_RULES)
        for entry in listing.entries:
            assert isinstance(entry, ArticleFile)
            yield records.numbers[folder.name, entry.path], entry.state


def test_a_sync_that_renames_commits_at_its_end(old: Path) -> None:
    """Else an article would be lost if another file gets its id and the sync is stopped then."""
    (old / "a.txt").write_text("A fox.")
    paths = [old / "a.txt", old / "data"]

    def stop(_done: int, _total: int, path: str) -> None:
        if path == "sub/b.jsonl":
            raise KeyboardInterrupt

    with Index.open(old / ".nutgraf") as index:
        before = contents(index)
        with pytest.raises(KeyboardInterrupt):
            index.sync(paths, progress=stop, commit_every=1)
        assert contents(index) == before
        assert index.sync(paths, commit_every=1).renamed == IDS
        assert contents(index)["a.txt"] == ["A fox."]


def test_a_changed_file_is_renamed_as_well(old: Path) -> None:
    (old / "data/a.txt").write_text("Another otter.")
    lines = '{"text": "A pike, first."}\n{"id": "x", "text": "An otter."}\n'
    (old / "data/sub/b.jsonl").write_text(lines)
    with Index.open(old / ".nutgraf") as index:
        report = index.sync([old / "data"])
        assert (report.added, report.removed) == (("data/sub/b.jsonl!1",), ("sub/b.jsonl:2",))
        assert report.renamed == tuple(pair for pair in IDS if pair[0] != "sub/b.jsonl:2")
        assert contents(index)["data/sub/b.jsonl!x"] == ["An otter."]


def test_files_that_are_gone_keep_their_articles(old: Path) -> None:
    shutil.rmtree(old / "else")
    (old / "c.txt").write_text("A hare.")
    with Index.open(old / ".nutgraf") as index:
        assert index.sync([old / "c.txt"]).renamed == IDS
        assert contents(index)["else/c.txt"] == ["A badger."]
        assert contents(index)["c.txt"] == ["A hare."]


def test_a_rebuild_renames_without_the_files(old: Path) -> None:
    for folder in ("data", "else"):
        (old / folder).rename(old / f"{folder}-elsewhere")
    with Index.open(old / ".nutgraf") as index:
        before = contents(index)
    seen: list[tuple[int, int, str]] = []
    rebuilt = Index.rebuild(old / ".nutgraf", progress=lambda *step: seen.append(step))
    assert rebuilt is not None
    assert rebuilt.renamed == IDS
    assert (rebuilt.articles, rebuilt.files) == (5, 3)
    done = [done for done, _, _ in seen]
    assert done[:4] == [0, 1, 2, 3]
    assert done == sorted(done)
    assert {total for _, total, _ in seen} == {4}
    assert done.count(4) == 1  # it stands at the end only when all is done
    assert Index.rebuild(old / ".nutgraf") is None
    with Index.open(old / ".nutgraf") as index:
        new = dict(IDS)
        assert contents(index) == {new.get(id, id): texts for id, texts in before.items()}
        for folder in ("data", "else"):
            (old / f"{folder}-elsewhere").rename(old / folder)
        report = index.sync([old / "data", old / "else"])
        assert len(report.unchanged) == 4


def test_an_id_that_a_program_has_is_not_taken(old: Path) -> None:
    with Index.open(old / ".nutgraf") as index:
        index.add([Article(id="else/c.txt", text="Of a program.")])
        report = index.sync([old / "data"])
        assert report.renamed == tuple(pair for pair in IDS if pair[0] != "c.txt")
        assert contents(index)["c.txt"] == ["A badger."]
        assert contents(index)["else/c.txt"] == ["Of a program."]
        (skip,) = index.sync([old / "else"]).skipped
        assert "is already taken by an article that a program added" in skip.reason


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """An index of files outside the folder that it lies in."""
    (tmp_path / "one/archive").mkdir(parents=True)
    (tmp_path / "one/archive/a.txt").write_text("An otter.")
    (tmp_path / "one/archive/b.jsonl").write_text(LINES)
    (tmp_path / "one/home").mkdir()
    with Index.open(tmp_path / "one/home/index", create=True) as index:
        report = index.sync([tmp_path / "one/archive"])
        ids = ("../archive/a.txt", "../archive/b.jsonl!2", "../archive/b.jsonl!x")
        assert report.added == ids
    return tmp_path


def test_an_index_that_moves_alone(apart: Path) -> None:
    (apart / "two").mkdir()
    (apart / "one/home/index").rename(apart / "two/index")
    with Index.open(apart / "two/index") as index:
        before = [*contents(index).values()]
        report = index.sync([apart / "one/archive"])
        assert report.renamed == tuple(
            (f"../archive/{id}", f"../one/archive/{id}")
            for id in ("a.txt", "b.jsonl!2", "b.jsonl!x")
        )
        assert [*contents(index).values()] == before
        assert len(index.sync([apart / "one/archive"]).unchanged) == 3


def test_an_index_outside_its_archive_that_moves_with_it(apart: Path) -> None:
    (apart / "one").rename(apart / "two")
    with Index.open(apart / "two/home/index") as index:
        ids = [*contents(index)]
        report = index.sync([apart / "two/archive"])
        assert (report.added, report.removed, report.renamed) == ((), (), ())
        assert [*contents(index)] == ids
        with Searcher(index) as searcher:
            assert searcher.article(ids[0])[0].path == str(apart / "two/archive/a.txt")


def test_an_archive_and_its_index_that_are_copied(apart: Path) -> None:
    shutil.copytree(apart / "one", apart / "two")
    with Index.open(apart / "two/home/index") as index:
        index.sync([apart / "two/archive"])
        texts = contents(index)
        assert texts["../archive/a.txt"] == texts["../../one/archive/a.txt"] == ["An otter."]
        assert len(texts) == 6


@pytest.mark.parametrize(
    "order", [("2019", "2020"), ("2020", "2019"), (".",), (".", "2019/01.txt")]
)
def test_ids_do_not_depend_on_the_order_of_commands(order: tuple[str, ...], tmp_path: Path) -> None:
    for year in ("2019", "2020"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "01.txt").write_text(f"An otter of {year}.")
        line = json.dumps({"id": "x", "text": year})
        (tmp_path / year / "a.jsonl").write_text(line)
    index = index_at(tmp_path)
    for path in order:
        index.sync([tmp_path / path])
    assert contents(index) == {
        **{f"{year}/01.txt": [f"An otter of {year}."] for year in ("2019", "2020")},
        **{f"{year}/a.jsonl!x": [year] for year in ("2019", "2020")},
    }


def test_in_memory_an_id_is_the_full_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An otter.")
    report = Index.in_memory().sync([tmp_path])
    assert report.added == ((tmp_path / "a.txt").resolve().as_posix(),)


@pytest.mark.parametrize(
    ("root", "path", "home", "id"),
    [
        ("data", "a.txt", "/home/ann", "data/a.txt"),
        (".", "a.txt", "/home/ann", "a.txt"),
        ("/home/ann/data", "a.txt", "/home/ann", "data/a.txt"),
        ("/home/bob", "2020/a.txt", "/home/ann", "../bob/2020/a.txt"),
        ("/", "a.txt", "/home/ann", "../../a.txt"),
        ("/", "a.txt", None, "/a.txt"),
        ("/home/ann", "a.txt", None, "/home/ann/a.txt"),
        (".", "a.jsonl!b.txt!c", "/home", r"a.jsonl\!b.txt\!c"),
        (".", "wow!/a!", "/home", "wow!/a!"),
        (".", r"a\b", "/home", r"a\\b"),
    ],
)
def test_the_id_of_a_file(root: str, path: str, home: str | None, id: str) -> None:
    assert file_id(root, path, home) == id


def test_a_program_replaces_its_own_article_only(old: Path) -> None:
    article = Article(id="memo", text="Of it again.")
    with Index.open(old / ".nutgraf") as index:
        index.add([article])
        index.add([replace(article, id="new")])
        assert contents(index)["memo"] == contents(index)["new"] == ["Of it again."]


def test_articles_that_get_one_id_are_numbered(tmp_path: Path) -> None:
    # By the old rule, the ids were "b.jsonl:1" of the line, and "1" that the second line states.
    data = tmp_path / "data"
    data.mkdir()
    lines = '{"text": "An otter."}\n{"id": "1", "text": "A heron."}\n'
    (data / "b.jsonl").write_text(lines)
    for sync in (True, False):
        folder = tmp_path / f".nutgraf-{sync}"
        old_ids = iter(["b.jsonl:1", "1"])
        with old_rule(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(synchroniser, "article_id", lambda *_, ids=old_ids: next(ids))
            with Index.open(folder, create=True) as index:
                index.sync([data])
                assert list(contents(index)) == ["1", "b.jsonl:1"]
        if sync:
            with Index.open(folder) as index:
                (tmp_path / "c.txt").write_text("A pike.")
                index.sync([tmp_path / "c.txt"])
        else:
            assert Index.rebuild(folder) is not None
        with Index.open(folder) as index:
            assert index.verify() == ()
            found = contents(index)
            assert found["data/b.jsonl!1"] == ["An otter."]
            assert found["data/b.jsonl!1!2"] == ["A heron."]
            assert index.sync([data]).updated == ()
