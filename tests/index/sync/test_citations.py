"""What a user calls an article or a passage: ids, citations, paths, lines, in any normalisation."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory import index_at
from nutgraf import Article, Index, NotIndexedError, QueryError, Searcher, search
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.sync import citations

STORY = "Otters at the weir\n\nBy Ann Lee\n\nThe otters are back.\n\nThey swim\nin the river.\n"
LINES = (
    '{"id": "x", "text": "An otter.\\nA heron."}\n\n{"text": "A pike."}\n'
    '{"id": "y", "text": "Eel."}\n'
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """An index beside two folders of files with the same names, and a program's articles."""
    for folder in ("data/2019", "data/2020", "else"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/2019/01.txt").write_text(STORY)
    (tmp_path / "data/2020/01.txt").write_text("Herons.")
    (tmp_path / "data/2020/only.txt").write_text("Only.")
    (tmp_path / "data/wire.jsonl").write_text(LINES)
    (tmp_path / "data/2020/more.jsonl").write_text('{"id": "y", "text": "Otter eel."}')
    with Index.open(tmp_path / ".nutgraf", create=True) as index:
        index.sync([tmp_path / "data"])
        index.add([Article(id="memo#1", text="Of a program."), Article(id="a!b", text="Too.")])
        monkeypatch.chdir(tmp_path / "else")
        yield index


def named(name: str, index: Index) -> str:
    """Return the citation of the passage that a name denotes, or the id of the article."""
    with Searcher(index) as searcher:
        passages, cited = searcher.find(name)
        article = passages[0].article
        if cited is None:
            assert searcher.article(name) == passages
        else:
            assert searcher.passage(name) == cited
        if cited is None or ":" in name:
            assert {hit.article for hit in searcher.article(name)} == {article}
        return article if cited is None else cited.citation


@pytest.mark.parametrize(
    ("name", "denotes"),
    [
        ("data/2019/01.txt", "data/2019/01.txt"),
        ("data/2019/01.txt#3", "data/2019/01.txt#3"),
        ("./data/2019/01.txt", "data/2019/01.txt"),
        ("../data/2019/01.txt", "data/2019/01.txt"),
        ("../else/../data/2019/01.txt#3", "data/2019/01.txt#3"),
        ("$HERE/data/2019/01.txt", "data/2019/01.txt"),
        ("$HERE/data/2019/01.txt:5", "data/2019/01.txt#3"),
        ("data/2019/01.txt:1", "data/2019/01.txt#1"),
        ("data/2019/01.txt:5:", "data/2019/01.txt#3"),
        ("data/2019/01.txt:6", "data/2019/01.txt#3"),  # the blank line after it
        ("data/2019/01.txt:8", "data/2019/01.txt#4"),  # its second line
        ("2019/01.txt", "data/2019/01.txt"),  # from the folder that was indexed
        ("2020/only.txt", "data/2020/only.txt"),
        ("data/wire.jsonl!x", "data/wire.jsonl!x"),
        ("data/wire.jsonl!x#2", "data/wire.jsonl!x#2"),
        ("../data/wire.jsonl:3", "data/wire.jsonl!3#1"),  # the only passage of the line
        ("data/wire.jsonl:1", "data/wire.jsonl!x"),  # the line is an article of two passages
        ("x", "data/wire.jsonl!x"),
        ("x#2", "data/wire.jsonl!x#2"),
        ("3", "data/wire.jsonl!3"),
        ("data/2020/more.jsonl", "data/2020/more.jsonl!y"),  # its only article
        ("memo#1", "memo#1"),
        ("memo#1#1", "memo#1#1"),
        ("a!b", "a!b"),
        ("a!b#1", "a!b#1"),
    ],
)
def test_a_name_denotes_one_article(name: str, denotes: str, archive: Index) -> None:
    assert named(name.replace("$HERE", os.path.dirname(archive.location)), archive) == denotes


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "y",
            "'y' is the name of 2 articles: 'data/2020/more.jsonl!y', 'data/wire.jsonl!y'; write",
        ),
        ("y#1", "'y' is the name of 2 articles"),
        ("../data/wire.jsonl", "3 articles: .*jsonl!3', .*!x', .*!y'; write the id of one"),
        ("b", "there is no article 'b' in .*nutgraf$"),  # a program's id is no file's
        ("01.txt", "did you mean 'data/2019/01.txt' or 'data/2020/01.txt'"),
        ("data/2020/onyl.txt#1", "no article 'data/2020/onyl.txt' .*mean 'data/2020/only.txt'"),
        (
            "data/2019/01.txt#9",
            "article 'data/2019/01.txt' has no passage 9; its last passage is 4",
        ),
        ("x#9", "the article 'data/wire.jsonl!x' has no passage 9; its last passage is 2"),
        ("data/2019/01.txt:9", "there is no passage at line 9 of 'data/2019/01.txt'"),
        ("data/2019/01.txt:0", "there is no passage at line 0"),
        ("data/wire.jsonl:2", "there is no passage at line 2 of 'data/wire.jsonl'"),
        ("", "there is no article ''"),
        ("a\0b", "there is no article"),
        ("data", "there is no article 'data'"),
        (".", "there is no article"),
    ],
)
def test_a_name_of_none_or_of_several(name: str, message: str, archive: Index) -> None:
    with Searcher(archive) as searcher, pytest.raises(NotIndexedError, match=message):
        searcher.find(name)


def test_a_name_of_several_articles_removes_none(archive: Index) -> None:
    articles = archive.stats().articles
    with pytest.raises(NotIndexedError, match="is the name of 2 articles"):
        archive.remove(["data/2019/01.txt", "y"])
    assert archive.stats().articles == articles
    assert archive.remove(["../data/2019/01.txt", "x", "x"]) == (
        "data/2019/01.txt",
        "data/wire.jsonl!x",
    )
    assert archive.stats().articles == articles - 2


def test_an_article_at_a_line_is_no_passage(archive: Index) -> None:
    with Searcher(archive) as searcher:
        message = "'data/wire.jsonl:1' is the whole article 'data/wire.jsonl!x'; write its id"
        with pytest.raises(NotIndexedError, match=message):
            searcher.passage("data/wire.jsonl:1")


def test_an_id_comes_before_a_path_from_here(
    archive: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([Article(id="01.txt", text="Of a program.")])
    monkeypatch.chdir(tmp_path / "data" / "2020")
    assert named("01.txt", archive) == "01.txt"
    assert named("./01.txt", archive) == "data/2020/01.txt"
    assert named("01.txt:1", archive) == "01.txt#1"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("article:data/2019/01.txt", {"data/2019/01.txt"}),
        ("article:../data/2019/01.txt", {"data/2019/01.txt"}),
        ("article:x", {"data/wire.jsonl!x"}),
        ("article:data/wire.jsonl!x", {"data/wire.jsonl!x"}),
        ("article:data/wire.jsonl", {f"data/wire.jsonl!{own}" for own in "x3y"}),
        ("article:nothing", set()),
        ("otter -article:../data/2019/01.txt", {"data/wire.jsonl!x", "data/2020/more.jsonl!y"}),
        ("article:memo#1", {"memo#1"}),
        ("path:2019", {"data/2019/01.txt"}),
        ("path:data/2019", {"data/2019/01.txt"}),
        ("path:data/2019/01.txt", {"data/2019/01.txt"}),
        ("path:../data/2019/", {"data/2019/01.txt"}),
        ("path:$HERE/data/2019", {"data/2019/01.txt"}),
        ("path:data/wire.jsonl", {f"data/wire.jsonl!{own}" for own in "x3y"}),
        ("path:20*/01.txt", {"data/2019/01.txt", "data/2020/01.txt"}),
        ("path:data/*/01.txt", {"data/2019/01.txt", "data/2020/01.txt"}),
        ("path:../data/2019/*", {"data/2019/01.txt"}),
        ("path:$HERE/d*/2019/0?.txt", {"data/2019/01.txt"}),
        ("path:$HERE/e*/2019/0?.txt", set()),
        ("path:else", set()),
    ],
)
def test_filters_take_the_same_names(query: str, found: set[str], archive: Index) -> None:
    query = query.replace("$HERE", os.path.dirname(archive.location))
    assert {hit.article for hit in search(query, archive, limit=50)} == found


def test_a_filter_by_a_name_of_several_files(archive: Index) -> None:
    for query in ("otter article:y", "otter -article:y"):
        with pytest.raises(QueryError, match="'y' is the name of 2 articles: 'data/2020") as error:
            search(query, archive)
        assert query[error.value.start : error.value.end] == "y"


NFC, NFD = (unicodedata.normalize(form, "café/Gül.txt") for form in ("NFC", "NFD"))
MIXED = unicodedata.normalize("NFC", "café") + unicodedata.normalize("NFD", "/Gül.txt")


@pytest.mark.parametrize("stored", [NFC, NFD, MIXED])
@pytest.mark.parametrize("typed", [NFC, NFD, MIXED])
def test_any_unicode_normalisation(
    stored: str, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / stored
    path.parent.mkdir()
    path.write_text("An otter.")
    index = index_at(tmp_path)
    index.sync([tmp_path])
    monkeypatch.chdir(tmp_path)
    (id,) = (stored.article.id for stored in index.snapshot().articles())
    for name in (typed, f"./{typed}", str(tmp_path / typed)):
        assert named(name, index) == id
        assert named(f"{name}:1", index) == f"{id}#1"
        assert search(f'article:"{name}"', index).total == 1
        assert search(f'path:"{name}"', index).total == 1
    folder = typed.partition("/")[0]
    assert search(f'path:"{folder}/*"', index).total == 1
    assert index.remove([typed]) == (id,)


def test_links_to_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.txt").write_text("An otter.")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with Index.open(tmp_path / ".nutgraf", create=True) as index:
        assert index.sync([tmp_path / "link"]).added == ("real/a.txt",)
        assert index.sync([tmp_path / "link" / "a.txt"]).unchanged == ("real/a.txt",)
        monkeypatch.chdir(tmp_path / "link")
        for name in ("link/a.txt", "a.txt", str(tmp_path / "link" / "a.txt:1"), "../link/a.txt"):
            assert named(name, index).startswith("real/a.txt")
        for path in ("link", "./*.txt", str(tmp_path / "link" / "*"), "."):
            assert search(f"otter path:{path}", index).total == 1, path
    monkeypatch.chdir(tmp_path)
    with Index.open(tmp_path / "link" / "index", create=True) as index:
        assert index.sync(["real"]).added == ("a.txt",)
    with Index.open(tmp_path / "real" / "index") as index:
        assert index.sync(["link"]).unchanged == ("a.txt",)


@pytest.mark.skipif(os.name == "nt", reason="needs names that are bytes")
def test_names_that_are_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [
        b"caf\xe9.txt",
        rb"caf\xe9.txt",
        b"a#2.txt",
        b"wow!.txt",
        b"b.jsonl!1.txt",
        b" a b.txt",
    ]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(f"An otter in {name!r}.")
    (tmp_path / "b.jsonl").write_text('{"text": "A line."}\n{"id": "1.txt", "text": "An id."}')
    index = index_at(tmp_path)
    report = index.sync([tmp_path])
    assert report.skipped == ()
    assert set(report.added) == {
        r"caf\xe9.txt",
        r"caf\\xe9.txt",
        "a#2.txt",
        "wow!.txt",
        r"b.jsonl\!1.txt",
        "b.jsonl!1",
        "b.jsonl!1.txt",
        " a b.txt",
    }
    assert index.sync([tmp_path]).unchanged == report.added
    monkeypatch.chdir(tmp_path)
    for id in report.added:
        assert named(id, index) == id
        assert named(f"{id}#1", index) == f"{id}#1"
    for name in names[2:]:
        assert search(f'path:"{os.fsdecode(name)}"', index, limit=1)[0].path.endswith(
            os.fsdecode(name)
        )
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert named("wow!.txt", index) == "wow!.txt"
    with Searcher(index) as searcher, pytest.raises(NotIndexedError, match=r"mean 'wow!\.txt'"):
        searcher.article("./wow.txt")


def test_a_removed_article_is_unknown_and_not_damaged(archive: Index) -> None:
    archive.remove(["data/2020/only.txt"])
    for name in ("data/2020/only.txt", "data/2020/only.txt#1", "2020/only.txt"):
        with Searcher(archive) as searcher, pytest.raises(NotIndexedError, match="no article"):
            searcher.find(name)


def test_known_articles_are_found_without_reading_others(
    archive: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def article(reader: SegmentReader, number: int) -> StoredArticle:
        read.append(number)
        return whole(reader, number)

    whole = SegmentReader.article
    monkeypatch.setattr(SegmentReader, "article", article)
    monkeypatch.setattr(citations, "_similar", None)  # no did-you-mean is made
    for name in ("data/2019/01.txt#1", "../data/2019/01.txt", "x"):
        named(name, archive)
    assert read == []


def test_statistics_read_a_record_for_each_root_and_not_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("a", "b", "gone"):
        (tmp_path / folder).mkdir()
        for number in range(40):
            (tmp_path / folder / f"{number}.txt").write_text("An otter.")
    with Index.open(tmp_path / ".nutgraf", create=True) as index:
        index.sync([tmp_path / folder for folder in ("a", "b", "gone")])
        for path in (tmp_path / "gone").iterdir():
            path.unlink()
        index.sync([tmp_path / "gone"], prune=True)
        reads: list[int] = []
        stored_file = SegmentReader.stored_file

        def counted(reader: SegmentReader, number: int) -> StoredFile:
            reads.append(number)
            return stored_file(reader, number)

        monkeypatch.setattr(SegmentReader, "stored_file", counted)
        monkeypatch.setattr(SegmentReader, "article", None)
        stats = index.stats()
        assert (stats.files, stats.articles, len(reads)) == (80, 80, 3)
        assert stats.roots == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_a_file_that_exists_here_is_not_one_of_that_name_elsewhere(
    archive: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "data" / "2020")
    assert archive.remove(["only.txt"]) == ("data/2020/only.txt",)
    (tmp_path / "else" / "2020").mkdir()
    (tmp_path / "else" / "2020" / "01.txt").write_text("It is not indexed.")
    monkeypatch.chdir(tmp_path / "else")
    with pytest.raises(NotIndexedError, match=r"no article '2020/01\.txt' .*mean 'data/2020/01"):
        archive.remove(["2020/01.txt"])
    monkeypatch.chdir(tmp_path)
    assert archive.remove(["2020/01.txt"]) == ("data/2020/01.txt",)


def test_a_name_with_control_characters_is_found_as_it_is_printed() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a\nb\x1b\x7f.txt", text="Otters."), Article(id="␊", text="Eel.")])
        assert index.article("a␊b␛␡.txt").text == "Otters."
        assert index.article("␊").text == "Eel."
        with pytest.raises(NotIndexedError, match="there is no article 'a␊b␛␡'"):
            index.article("a␊b␛␡")


def test_a_name_that_was_copied_with_isolates_is_found() -> None:
    name = "\u05d3\u05d5\u05d7"
    with Index.in_memory() as index:
        index.add([Article(id=f"{name}.txt", text="Otters."), Article(id="\u2067x", text="Eel.")])
        assert index.article(f"\u2067{name}\u2069.txt").text == "Otters."
        assert index.article("\u2067x").text == "Eel."
        with pytest.raises(NotIndexedError):
            index.article(f"\u2067{name}\u2069")
