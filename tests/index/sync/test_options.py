"""Options of a sync: emptied folders, dry runs, sources from paths, commits on the way."""

import os
from pathlib import Path

import pytest

from memory import index_at
from nutgraf import ArgumentError, Article, Index, NotIndexedError, search
from nutgraf_index.sync import file_records, files


def make(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def ids(index: Index) -> list[str]:
    return sorted(stored.article.id for stored in index.snapshot().articles())


# Folders that have no file any more


def test_an_emptied_root_keeps_its_articles_unless_they_are_pruned(tmp_path: Path) -> None:
    root = tmp_path / "data"
    make(root, a_txt="One.", sub__b_txt="Two.")
    index = index_at(root)
    index.sync([root])
    for path in root.rglob("*.txt"):
        path.unlink()
    for _ in range(2):
        report = index.sync([root])
        assert (report.emptied, report.removed) == (((str(root), 2),), ())
        assert ids(index) == ["a.txt", "sub/b.txt"]
    # A file that is there, though skipped, shows that the disk is there.
    make(root, c_pdf="x")
    assert index.sync([root], dry_run=True).removed == ("a.txt", "sub/b.txt")
    (root / "c.pdf").unlink()
    report = index.sync([root], prune=True)
    assert (report.emptied, report.removed) == ((), ("a.txt", "sub/b.txt"))
    assert index.sync([root]).emptied == ()


def test_a_folder_within_that_is_emptied_loses_its_articles(tmp_path: Path) -> None:
    make(tmp_path, a_txt="One.", sub__b_txt="Two.")
    index = index_at(tmp_path)
    index.sync([tmp_path])
    (tmp_path / "sub" / "b.txt").unlink()
    # Named itself, the folder might be a disk; within another folder it is one if it was mounted.
    assert index.sync([tmp_path / "sub"]).emptied == ((str(tmp_path / "sub"), 1),)
    assert index.sync([tmp_path]).removed == ("sub/b.txt",)


@pytest.mark.parametrize("gone", [False, True])
def test_a_disk_that_was_mounted_in_a_folder_within(
    gone: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, a_txt="One.", disk__b_txt="Two.", disk__in__c_txt="Three.")
    disk = str(tmp_path / "disk")

    def device(folder: str, default: int = 0) -> int:
        return 2 if folder.startswith(disk) else 1

    index = index_at(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(files, "_device", device)
        index.sync([tmp_path])
    for path in ("disk/b.txt", "disk/in/c.txt"):
        (tmp_path / path).unlink()
    (tmp_path / "disk" / "in").rmdir()
    if gone:
        (tmp_path / "disk").rmdir()
    for _ in range(2):
        report = index.sync([tmp_path])
        assert (report.emptied, report.removed) == (((disk, 2),), ())
        index.add([Article(id="memo", text="Otters.")])  # another commit: it is still remembered
    assert index.sync([tmp_path], prune=True).removed == ("disk/b.txt", "disk/in/c.txt")
    assert index.sync([tmp_path]).emptied == ()


# Dry runs


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path / "data", a_txt="One.", b_txt="Two.", c_txt="Three.")
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "data"])
        make(tmp_path / "data", a_txt="One more.", d_txt="Four.", e_pdf="x")
        (tmp_path / "data" / "c.txt").unlink()
        before = {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()}
        dry = index.sync([tmp_path / "data"], dry_run=True)
        assert before == {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()}
        assert (dry.added, dry.updated, dry.unchanged) == (
            ("data/d.txt",),
            ("data/a.txt",),
            ("data/b.txt",),
        )
        assert (dry.removed, [skip.path for skip in dry.skipped]) == (("data/c.txt",), ["e.pdf"])
        real = index.sync([tmp_path / "data"])
        assert [getattr(real, name) for name in ("added", "updated", "removed", "skipped")] == [
            getattr(dry, name) for name in ("added", "updated", "removed", "skipped")
        ]


# Sources from paths


def sources(index: Index) -> dict[str, str]:
    articles = [stored.article for stored in index.snapshot().articles()]
    return {article.id: article.source for article in sorted(articles, key=lambda one: one.id)}


def test_the_source_of_articles_without_one_comes_from_the_path(tmp_path: Path) -> None:
    make(
        tmp_path / "papers",
        Herald__a_txt="Otters are back.",
        Herald__b_txt="LONDON (Reuters) - Otters are back in the river, officials said.",
        Herald__c_jsonl='{"id": "c", "text": "Otters.", "source": "AP"}\n{"id": "d", "text": "X."}',
        top_txt="Otters.",
    )
    index = index_at(tmp_path)
    index.sync([tmp_path / "papers"], source_from=r"^papers/([^/]+)/")
    wanted = {
        "papers/Herald/a.txt": "Herald",
        "papers/Herald/b.txt": "Reuters",
        "papers/Herald/c.jsonl!c": "AP",
        "papers/Herald/c.jsonl!d": "Herald",
    }
    assert sources(index) == {**wanted, "papers/top.txt": ""}
    assert search("otters source:herald", index).total == 1
    number = index.snapshot().commit.number
    # Without the option, and with the same one, nothing is read again.
    for pattern in (None, r"^papers/([^/]+)/", "papers/(?P<x>.)?(?P<source>Herald)/"):
        assert index.sync([tmp_path / "papers"], source_from=pattern).updated == ()
    assert index.snapshot().commit.number == number
    # A changed file keeps the source that its path gave before; a new one needs the option.
    make(tmp_path / "papers", Herald__a_txt="Otters are here.", Herald__e_txt="Otters.")
    index.sync([tmp_path / "papers"])
    assert sources(index) == {**wanted, "papers/Herald/e.txt": "", "papers/top.txt": ""}
    report = index.sync([tmp_path / "papers"], source_from=r"papers/(...)")
    assert set(report.updated) == {*wanted, "papers/Herald/e.txt", "papers/top.txt"} - {
        "papers/Herald/c.jsonl!c"
    }
    assert sources(index) == {
        "papers/Herald/a.txt": "Her",
        "papers/Herald/b.txt": "Reuters",
        "papers/Herald/e.txt": "Her",
        "papers/Herald/c.jsonl!c": "AP",
        "papers/Herald/c.jsonl!d": "Her",
        "papers/top.txt": "top",
    }
    index.sync([tmp_path / "papers"], source_from="()")
    assert set(sources(index).values()) == {"", "Reuters", "AP"}


def test_a_path_outside_the_folder_of_the_index_is_whole(tmp_path: Path) -> None:
    make(tmp_path / "papers", a_txt="Otters.")
    (tmp_path / "in").mkdir()
    with Index.open(tmp_path / "in" / "index", create=True) as index:
        pattern = f"^{tmp_path.as_posix()}/(papers)/a"
        index.sync([tmp_path / "papers"], source_from=pattern)
        assert list(sources(index).values()) == ["papers"]


@pytest.mark.parametrize(
    ("pattern", "problem"), [("(", "missing )"), ("papers", "it has no group")]
)
def test_a_pattern_of_sources_needs_a_group(pattern: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError) as caught:
        Index.in_memory().sync([tmp_path], source_from=pattern)
    assert str(caught.value).startswith(
        "source_from must be a regular expression with a group for the source, such as "
        f"'archive/([^/]+)/', not {pattern!r}: {problem}"
    )


# Commits on the way


class Stopped(Exception):
    pass


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, 0),
        ({"commit_every": 1}, 6),
        ({"commit_every": 35}, 4),
        ({"commit_every_seconds": 1e-9}, 6),
        ({"commit_every": 1000, "commit_every_seconds": 1000.0}, 0),
    ],
)
def test_commits_on_the_way_are_kept(options: dict[str, float], kept: int, tmp_path: Path) -> None:
    data = tmp_path / "data"
    make(data, **{f"{number}_txt": f"An otter {number}" for number in range(10)})

    def stop(_done: int, _total: int, path: str) -> None:
        if path == "6.txt":
            raise Stopped

    with Index.open(tmp_path / "index", create=True) as index:
        with pytest.raises(Stopped):
            index.sync([data], progress=stop, **options)  # type: ignore[arg-type]
        assert index.stats().articles == kept
        assert index.verify() == ()
        report = index.sync([data], **options)  # type: ignore[arg-type]
        assert (len(report.unchanged), len(report.added)) == (kept, 10 - kept)
        fresh = index_at(tmp_path)
        fresh.sync([data])
        answers = [
            [(hit.citation, hit.score) for hit in search("otter 7", one)] for one in (index, fresh)
        ]
        assert answers[0] == answers[1] != []


def test_a_commit_on_the_way_has_no_article_that_its_file_lost(tmp_path: Path) -> None:
    make(tmp_path / "data", a_jsonl='{"id": "x", "text": "One."}\n{"id": "y", "text": "Two."}')

    def stop(_done: int, _total: int, path: str) -> None:
        if path == "b.txt":
            raise Stopped

    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "data"])
        make(tmp_path / "data", a_jsonl='{"id": "x", "text": "Only one."}', b_txt="Three.")
        with pytest.raises(Stopped):
            index.sync([tmp_path / "data"], progress=stop, commit_every=1)
        assert ids(index) == ["data/a.jsonl!x"]


def test_wrong_intervals(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="commit_every must be 1 or more, not 0"):
        Index.in_memory().sync([tmp_path], commit_every=0)
    with pytest.raises(ArgumentError, match="commit_every_seconds must be more than 0, not -1"):
        Index.in_memory().sync([tmp_path], commit_every_seconds=-1)


# Forgetting


def test_articles_of_a_path_are_removed_though_it_is_gone(tmp_path: Path) -> None:
    make(tmp_path / "data", a_txt="One.", ab_txt="Two.", a__b_txt="Three.", a__c_pdf="x")
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "data"])
        index.add([Article(id="memo", text="Otters.")])
        (tmp_path / "data").rename(tmp_path / "moved")
        assert index.remove(paths=[tmp_path / "data" / "a"]) == ("data/a/b.txt",)
        assert index.remove(["memo"], paths=[tmp_path / "data" / "a.txt"]) == ("data/a.txt", "memo")
        assert ids(index) == ["data/ab.txt"]
        assert index.remove(paths=str(tmp_path)) == ("data/ab.txt",)
        assert list(index.snapshot().files()) == []
        message = r"nothing in .*index was indexed from .*data.*; the indexed folders are: none"
        with pytest.raises(NotIndexedError, match=message):
            index.remove(paths=[tmp_path / "data"])
        with pytest.raises(ArgumentError, match="a path must be a text or a Path, not 5"):
            index.remove(paths=[5])  # type: ignore[list-item]
        (tmp_path / "moved").rename(tmp_path / "data")
        assert index.sync([tmp_path / "data"]).added == (
            "data/a.txt",
            "data/a/b.txt",
            "data/ab.txt",
        )


def test_an_index_in_memory_names_files_as_one_in_a_folder(tmp_path: Path) -> None:
    make(tmp_path / "data", a_txt="One.")
    planned = Index.in_memory(at=tmp_path / "index").sync([tmp_path / "data"], dry_run=True)
    assert not (tmp_path / "index").exists()
    with Index.open(tmp_path / "index", create=True) as index:
        assert index.sync([tmp_path / "data"]).added == planned.added


def test_a_cached_number_that_is_too_large_for_it(tmp_path: Path) -> None:
    make(tmp_path, a_txt="One.")
    os.utime(tmp_path / "a.txt", ns=(0, 1 << 62))
    index = Index.in_memory()
    for _ in range(2):
        assert len(index.sync([tmp_path]).unchanged) == _
    records = file_records.FileRecords("", 0, (), None)
    stored = next(iter(index.snapshot().files()))
    records.add(file_records.FileRecord(stored, state=(1, 1 << 70, 0, 0)))
    again = file_records.FileRecords.parse(records.dump())
    assert again is not None
    assert again.certain_states() == [file_records.UNKNOWN]
