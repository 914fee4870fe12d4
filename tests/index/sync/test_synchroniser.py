"""Sync: the index agrees with the files, whatever happened to them, and says what it did."""

import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory import index_at
from nutgraf import ArgumentError, Article, ArticleError, Index, Searcher, Skip, SourceError, search
from nutgraf_index.sync import synchroniser
from nutgraf_index.sync.reading.contents import bytes_of
from nutgraf_index.sync.synchroniser import digest_of


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def contents(index: Index) -> dict[str, list[str]]:
    """Return the texts of each article's passages, by id."""
    with Searcher(index) as searcher:
        ids = sorted(record.article.id for record in index.snapshot().articles())
        return {id: [hit.text for hit in searcher.article(id)] for id in ids}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return index_at(tmp_path)


def test_what_came_changed_stayed_and_went(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.", c_psd="x")
    report = index.sync([tmp_path])
    assert (report.found, report.indexed, report.added) == (3, 2, ("a.txt", "b.txt"))
    assert report.skipped == (Skip("c.psd", "unknown extension .psd"),)
    write(tmp_path, b_txt="Two changed.", d_txt="New.")
    (tmp_path / "a.txt").unlink()
    report = index.sync([tmp_path])
    assert (report.added, report.updated, report.removed) == (("d.txt",), ("b.txt",), ("a.txt",))
    assert contents(index) == {"b.txt": ["Two changed."], "d.txt": ["New."]}
    report = index.sync([tmp_path])
    assert (report.unchanged, report.added, report.updated) == (("b.txt", "d.txt"), (), ())


def test_a_change_is_told_by_content_not_by_time(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    index.sync([tmp_path])
    before = os.stat(tmp_path / "a.txt")
    write(tmp_path, a_txt="Two.")
    os.utime(tmp_path / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert index.sync([tmp_path]).updated == ("a.txt",)


def test_only_the_changed_item_of_a_json_lines_file_is_updated(
    index: Index, tmp_path: Path
) -> None:
    write(tmp_path, a_jsonl='{"id": "1", "text": "a"}\n{"id": "2", "text": "b"}')
    index.sync([tmp_path])
    write(
        tmp_path,
        a_jsonl='{"id": "1", "text": "a"}\n{"id": "2", "text": "c"}\n{"id": "3", "text": "d"}',
    )
    report = index.sync([tmp_path])
    assert (report.unchanged, report.updated, report.added) == (
        ("a.jsonl!1",),
        ("a.jsonl!2",),
        ("a.jsonl!3",),
    )


def test_an_id_that_two_lines_state_is_numbered(index: Index, tmp_path: Path) -> None:
    lines = ["first", "second", "third"]
    twice = "\n".join(f'{{"id": "x", "text": "{text}"}}' for text in lines)
    write(tmp_path, a_jsonl='{"id": "x", "text": "zeroth"}', b_jsonl=twice)
    report = index.sync([tmp_path])
    assert report.skipped == ()
    assert contents(index) == {
        "a.jsonl!x": ["zeroth"],
        "b.jsonl!x": ["first"],
        "b.jsonl!x!2": ["second"],
        "b.jsonl!x!3": ["third"],
    }
    assert index.sync([tmp_path]).unchanged == report.added
    # What a line states, or its number, may be what another line would get.
    write(
        tmp_path,
        b_jsonl='{"id": "x!2", "text": "a"}\n{"id": "x", "text": "b"}\n{"id": "x", "text": "c"}\n'
        '{"id": "5", "text": "d"}\n{"text": "e"}',
    )
    index.sync([tmp_path])
    assert contents(index) == {
        "a.jsonl!x": ["zeroth"],
        "b.jsonl!x!2": ["a"],
        "b.jsonl!x": ["b"],
        "b.jsonl!x!3": ["c"],
        "b.jsonl!5": ["d"],
        "b.jsonl!5!2": ["e"],
    }


def test_faults_of_an_unchanged_file_are_told_again(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_jsonl='{"id": "x", "text": "a"}\nnot json')
    assert index.sync([tmp_path]).skipped == index.sync([tmp_path]).skipped != ()


def test_folders_within_folders(index: Index, tmp_path: Path) -> None:
    write(tmp_path, sub__a_txt="One.", b_txt="Two.")
    index.sync([tmp_path / "sub"])
    assert list(contents(index)) == ["sub/a.txt"]
    index.sync([tmp_path])  # the wider folder takes over
    assert list(contents(index)) == ["b.txt", "sub/a.txt"]
    write(tmp_path, sub__c_txt="Three.")
    assert index.sync([tmp_path / "sub"]).added == ("sub/c.txt",)
    assert index.sync([tmp_path / "sub" / "a.txt"]).unchanged == ("sub/a.txt",)


def test_a_second_sync_finds_the_same_roots(index: Index, tmp_path: Path) -> None:
    write(tmp_path, b_txt="One.", x__2_txt="Two.", n__1_txt="Three.")
    paths = [tmp_path / "b.txt", tmp_path / "x"]
    assert index.sync(paths).added == ("b.txt", "x/2.txt")
    assert index.sync(paths).unchanged == ("b.txt", "x/2.txt")
    assert index.sync([tmp_path / "x", tmp_path / "x" / "2.txt"]).found == 1
    both = index_at(tmp_path)
    assert both.sync([tmp_path / "x", tmp_path]).added == ("b.txt", "n/1.txt", "x/2.txt")


def test_a_root_stays_one_when_a_file_above_it_is_added(index: Index, tmp_path: Path) -> None:
    write(tmp_path, n__1_txt="A cat.", x_txt="A dog.")
    index.sync([tmp_path / "n"])
    index.sync([tmp_path / "x.txt"])
    assert index.sync([tmp_path / "n"]).unchanged == ("n/1.txt",)
    for path in (tmp_path, tmp_path / "n", tmp_path / "n" / "1.txt"):
        assert search("cat", index, paths=[path]).total == 1
    assert search("cat", index, paths=[tmp_path / "x.txt"]).total == 0


def test_a_searcher_knows_the_places_of_its_snapshot(index: Index, tmp_path: Path) -> None:
    write(tmp_path, n__1_txt="A cat.")
    index.sync([tmp_path / "n"])
    with Searcher(index) as searcher:
        index.sync([tmp_path])
        assert searcher.search("cat", paths=[tmp_path / "n"]).total == 1


def test_a_folder_that_was_renamed(index: Index, tmp_path: Path) -> None:
    write(tmp_path, old__1_txt="A cat.", old__2_txt="A dog.")
    index.sync([tmp_path / "old"])
    (tmp_path / "old").rename(tmp_path / "new")
    (tmp_path / "new" / "2.txt").unlink()
    report = index.sync([tmp_path / "new"])
    assert (report.added, report.skipped) == (("new/1.txt",), ())
    report = index.sync([tmp_path])
    assert (report.updated, report.removed) == (("new/1.txt",), ("old/1.txt", "old/2.txt"))
    (hit,) = search("cat", index)
    assert hit.path == str(tmp_path / "new" / "1.txt")


def test_an_index_reached_by_a_link_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, real__a_txt="One.")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with Index.open(tmp_path / "link" / "archive", create=True) as index:
        assert index.sync([tmp_path / "real"]).found == 1


@pytest.mark.skipif(os.name == "nt", reason="needs names that are bytes")
def test_a_name_that_is_no_utf_8(index: Index, tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text("A cat.")
    assert index.sync([tmp_path]).added == (r"caf\xe9.txt",)
    (hit,) = search("cat path:caf*", index)
    assert hit.citation == r"caf\xe9.txt#1"
    assert Path(hit.path).read_text() == "A cat."
    assert index.sync([tmp_path]).unchanged == (r"caf\xe9.txt",)


def test_a_file_alone(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.")
    assert index.sync([tmp_path / "a.txt"]).added == ("a.txt",)
    assert index.sync([tmp_path / "b.txt"]).removed == ()
    assert list(contents(index)) == ["a.txt", "b.txt"]


def test_two_roots_with_one_name(tmp_path: Path) -> None:
    write(tmp_path, one__a_txt="One.", two__a_txt="Two.")
    for first, second in (("one", "two"), ("two", "one")):
        index = index_at(tmp_path)
        index.sync([tmp_path / first])
        report = index.sync([tmp_path / second])
        assert (report.added, report.skipped) == ((f"{second}/a.txt",), ())
        assert contents(index) == {"one/a.txt": ["One."], "two/a.txt": ["Two."]}


def test_a_file_that_cannot_be_read_now_keeps_its_article(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.")
    index.sync([tmp_path])
    write(tmp_path, a_txt="One more.")

    def refuse(location: str) -> bytes:
        if location.endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return bytes_of(location)

    monkeypatch.setattr(synchroniser, "bytes_of", refuse)
    report = index.sync([tmp_path])
    assert report.skipped == (Skip("a.txt", "cannot be read: Permission denied"),)
    assert report.removed == ()
    assert contents(index) == {"a.txt": ["One."], "b.txt": ["Two."]}
    monkeypatch.undo()
    assert index.sync([tmp_path]).updated == ("a.txt",)


def test_a_file_that_is_no_text_any_more_goes(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    index.sync([tmp_path])
    (tmp_path / "a.txt").write_bytes(b"\0\0")
    report = index.sync([tmp_path])
    assert (report.removed, contents(index)) == (("a.txt",), {})


def test_an_id_of_a_program_that_is_that_of_a_file(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_txt="From the file.", b_jsonl='{"text": "One."}\n{"text": "Two."}')
    from_program = Article(id="a.txt", text="From a program.")
    index.add([from_program, Article(id="b.jsonl!2", text="From a program, too.")])
    report = index.sync([tmp_path])
    reason = "its id {!r} is already taken by an article that a program added"
    assert report.skipped == (
        Skip("a.txt", reason.format("a.txt")),
        Skip("b.jsonl", reason.format("b.jsonl!2"), 2),
    )
    assert index.sync([tmp_path]).skipped == report.skipped
    assert contents(index)["a.txt"] == ["From a program."]
    index.add([replace(from_program, text="From it again.")])
    assert contents(index)["a.txt"] == ["From it again."]
    index.remove(["a.txt"])
    assert index.sync([tmp_path]).added == ("a.txt",)
    message = "the id 'a.txt' is that of an article of the file a.txt; give the article another id"
    with pytest.raises(ArticleError, match=message):
        index.add([Article(id="new", text="New."), from_program])
    assert list(contents(index)) == ["a.txt", "b.jsonl!1", "b.jsonl!2"]
    assert contents(index)["a.txt"] == ["From the file."]
    index.remove(["a.txt"])
    index.add([from_program])
    assert contents(index)["a.txt"] == ["From a program."]


def test_a_removed_article_comes_back_with_the_next_sync(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_jsonl='{"id": "1", "text": "a"}\n{"id": "2", "text": "b"}')
    index.sync([tmp_path])
    assert index.remove(["a.jsonl!1", "2"]) == ("a.jsonl!1", "a.jsonl!2")
    assert contents(index) == {}
    assert index.sync([tmp_path]).added == ("a.jsonl!1", "a.jsonl!2")


def test_an_index_and_its_articles_move_together(tmp_path: Path) -> None:
    write(tmp_path, one__data__a_txt="One.")
    with Index.open(tmp_path / "one" / ".nutgraf", create=True) as index:
        index.sync([tmp_path / "one" / "data"])
    (tmp_path / "one").rename(tmp_path / "two")
    with Index.open(tmp_path / "two" / ".nutgraf") as index:
        (hit,) = search("one", index)
        assert hit.path == str(tmp_path / "two" / "data" / "a.txt")
        assert index.sync([tmp_path / "two" / "data"]).unchanged == ("data/a.txt",)


def test_the_index_itself_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    with Index.open(tmp_path / "archive", create=True) as index:
        report = index.sync([tmp_path])
    assert (report.found, report.added, report.skipped) == (1, ("a.txt",), ())


def test_a_missing_path(index: Index, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no file or folder .*gone.* to index"):
        index.sync([tmp_path / "gone"])
    with pytest.raises(SourceError, match="there is no file or folder '' to index"):
        index.sync([""])
    with pytest.raises(SourceError, match=r"there is no file or folder 'a\\x00b' to index"):
        index.sync(["a\0b"])
    with pytest.raises(ArgumentError, match="max_bytes must be 0 or more, not -1"):
        index.sync([tmp_path], max_bytes=-1)


def test_a_single_path_is_synced(index: Index, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An otter.")
    assert len(index.sync(str(tmp_path)).added) == 1
    assert len(index.sync(tmp_path / "a.txt").unchanged) == 1
    with pytest.raises(ArgumentError, match="a path must be a text or a Path, not b'data'"):
        index.sync(b"data")  # type: ignore[arg-type]


def test_progress_is_told(index: Index, tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.")
    seen: list[tuple[int, int, str]] = []
    index.sync([tmp_path], progress=lambda *step: seen.append(step))
    # 8 bytes to read, a quarter of that to write, and the end.
    assert seen[:4] == [(0, 11, "a.txt"), (0, 11, "a.txt"), (4, 11, "b.txt"), (4, 11, "b.txt")]
    assert [what for _, _, what in seen[4:]] == [
        "preparing the last articles",
        "writing a segment",
        "committing",
        "",
    ]
    done = [done for done, _, _ in seen]
    assert done == sorted(done)
    assert [step for step in seen if step[0] == step[1]] == [(11, 11, "")]  # only at the end


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a.txt", "b.jsonl", "sub/a.txt", "sub/c.jsonl"]),
        st.sampled_from(
            [
                None,
                "One.",
                "Two.\nThree.",
                "",
                '{"id": "1", "text": "x"}',
                "bad",
                '{"id": "1", "text": "y"}\n{"id": "2", "text": "z"}\nbad',
                '{"id": "a.txt", "text": "q"}',
            ]
        ),
        st.sampled_from([None, ".", "sub"]),
    ),
    max_size=8,
)


@given(STEPS)
def test_the_outcome_does_not_depend_on_history(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | None, str | None]]
) -> None:
    root = tmp_path_factory.mktemp("root")
    (root / "sub").mkdir()
    kept, fresh = index_at(root), index_at(root)
    for name, text, sync in steps:
        if text is None:
            (root / name).unlink(missing_ok=True)
        else:
            (root / name).write_text(text)
        if sync is not None:
            kept.sync([root / sync], prune=True)
    kept_report, fresh_report = kept.sync([root], prune=True), fresh.sync([root], prune=True)
    assert contents(kept) == contents(fresh)
    assert kept_report.skipped == fresh_report.skipped
    assert kept_report.found == fresh_report.found
    again = kept.sync([root], prune=True)
    assert (again.added, again.updated, again.removed) == ((), (), ())


def test_a_sync_without_news_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, data__a_txt="One.")
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "data"])
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
        index.sync([tmp_path / "data"])
        after = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    del before[tmp_path / "index" / "write.lock"], after[tmp_path / "index" / "write.lock"]
    assert before == after


def test_a_digest_tells_articles_apart_by_every_field_but_the_id() -> None:
    values: dict[str, Any] = {"authors": ("b",), "line": 1, "metadata": {"b": 1}}
    values |= {"date": "2020", "format": "markdown"}
    article = Article(id="a", text="a")
    others = [
        replace(article, **{field.name: values.get(field.name, "b")})
        for field in fields(Article)
        if field.name != "id"  # which the digest does not tell
    ]
    others += [Article(id="a", text="a('a',"), Article(id="a", text="\ud800"), article]
    assert len(set(map(digest_of, others))) == len(others)
    assert digest_of(article) == digest_of(replace(article))
