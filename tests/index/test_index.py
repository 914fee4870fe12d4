"""The index as a program holds it: what it takes, refuses and survives."""

import json
import os
import signal
import zlib
from pathlib import Path

import pytest

from memory import index_at
from nutgraf import (
    ArgumentError,
    Article,
    ArticleError,
    Index,
    IndexDamaged,
    IndexFormatError,
    IndexNotFound,
    IndexWriteError,
    NotIndexedError,
    search,
)
from nutgraf_index.fields import FORMAT


def test_what_was_added_is_found_after_reopening(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([Article(id="a", text="An otter.", title="T", metadata={"k": [1]})])
    with Index.open(tmp_path / "i") as index:
        (hit,) = search("otter", index)
        assert (hit.citation, hit.title, hit.metadata) == ("a#1", "T", {"k": [1]})
        assert index.stats().passages == 1
    assert search("otter", tmp_path / "i").total == 1


def test_an_id_that_is_there_is_replaced() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="An otter."), Article(id="b", text="A trout.")])
    index.add([Article(id="a", text="A heron.")])
    assert search("otter", index).total == 0
    assert search("heron", index).total == 1
    stats = index.stats()
    assert (stats.articles, stats.passages, stats.files, stats.roots) == (2, 2, 0, ())


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        (
            [Article(id="a", text="x"), Article(id="a", text="y")],
            "the article id 'a' is given twice",
        ),
        ([Article(id="", text="x")], "an article's id must be a text"),
        ([Article(id=" a", text="x")], "white space at its ends or lone surrogates, not ' a'"),
        ([Article(id="\ud800", text="x")], "lone surrogates, not '\\\\ud800'"),
        ([Article(id="a", text=" \n")], "the article 'a' has no text"),
        (["x"], "only an Article can be added, not 'x'"),
        ([Article(id="a", text="x", metadata={"v": float("nan")})], "cannot be stored as JSON"),
        (
            [Article(id="a", text="x", metadata={"k": object()})],
            "its metadata cannot be stored as JSON",
        ),
    ],
)
def test_what_cannot_be_added_leaves_the_index_as_it_was(
    articles: list[Article], message: str
) -> None:
    index = Index.in_memory()
    index.add([Article(id="old", text="An otter.")])
    with pytest.raises(ArticleError, match=message):
        index.add([Article(id="new", text="An otter."), *articles])
    assert [hit.citation for hit in search("otter", index)] == ["old#1"]
    index.add([Article(id="new", text="An otter swims.")])
    assert [hit.citation for hit in search("otter", index)] == ["old#1", "new#1"]


def test_odd_texts_are_kept_as_they_are() -> None:
    index = Index.in_memory()
    text = "An otter\0 with \ud800 odd \x1b[31m signs 🦦."
    index.add([Article(id="a#1 b", text=text, authors=("\udc80",), title="\ud83e")])
    (hit,) = search("otter signs", index)
    assert hit.text == text
    assert [hit.text[start:end] for start, end in hit.spans] == ["otter", "signs"]
    assert json.loads(json.dumps(hit.to_dict()))["text"] == text


def test_remove() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="An otter."), Article(id="b", text="An otter.")])
    with pytest.raises(NotIndexedError, match="there is no article 'c' in memory"):
        index.remove(["a", "c"])
    assert search("otter", index).total == 2
    index.remove(["a"])
    assert [hit.article for hit in search("otter", index)] == ["b"]
    index.remove("b")
    assert len(index) == 0
    with pytest.raises(
        ArgumentError, match="id must be a text, a whole number or a UUID, not b'x'"
    ):
        index.remove(b"x")


def test_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match=r"there is no index in .*nowhere; `nutgraf index PATH"):
        Index.open(tmp_path / "nowhere")
    folder = tmp_path / "no where"  # as the command is typed
    with pytest.raises(IndexNotFound) as caught:
        Index.open(folder)
    assert f"there is no index in {folder}; `nutgraf index PATH… --index '{folder}'` makes one" == (
        str(caught.value)
    )


def test_a_folder_of_other_things_is_no_index_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(IndexNotFound, match="there is no index in"):
        Index.open(tmp_path)
    with pytest.raises(IndexNotFound, match="is neither an index nor an empty folder"):
        Index.open(tmp_path, create=True)
    with pytest.raises(IndexNotFound, match="is neither an index nor an empty folder"):
        Index.open(tmp_path / "letter.txt", create=True)
    assert os.listdir(tmp_path) == ["letter.txt"]


def marked(line: bytes) -> bytes:
    """Return a line with its checksum, as marks and commits have it."""
    return line + b"\n%08x\n" % zlib.crc32(line)


def test_an_index_of_another_format(tmp_path: Path) -> None:
    Index.open(tmp_path / "i", create=True).close()
    mark = tmp_path / "i" / "nutgraf.json"
    later = b'{"index": "nutgraf", "format": 999}'
    for number, content in (("1", b'{"index": "nutgraf", "format": 1}\n'), ("999", marked(later))):
        mark.write_bytes(content)
        message = f"has format {number}, and this nutgraf reads format {FORMAT}"
        with pytest.raises(IndexFormatError, match=message):
            Index.open(tmp_path / "i", create=True)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\ud800"])
def test_a_damaged_mark(tmp_path: Path, content: str) -> None:
    Index.open(tmp_path / "i", create=True).close()
    (tmp_path / "i" / "nutgraf.json").write_text(content, errors="surrogatepass")
    with pytest.raises(IndexDamaged, match=r"nutgraf.json: it.* otherwise remove the folder"):
        Index.open(tmp_path / "i")


def test_an_index_half_made_is_made_anew(tmp_path: Path) -> None:
    Index.open(tmp_path / "i", create=True).close()
    (tmp_path / "i" / "nutgraf.json").unlink()
    with Index.open(tmp_path / "i", create=True) as index:
        assert index.stats().articles == 0


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(IndexWriteError, match=r"cannot make an index in .*: Not a directory"):
        Index.open(tmp_path / "file" / "index", create=True)


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="needs limits of a process")
    many = [Article(id=f"{n}", text=f"An otter {n} " + "word " * 50) for n in range(2000)]
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([Article(id="a", text="An otter.")])
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        caught = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
            with pytest.raises(IndexWriteError, match=r"cannot write the index .*: File too large"):
                index.add(many)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, caught)
        assert search("otter", index).total == 1
        index.add(many[:5])
        assert search("otter", index).total == 6


@pytest.mark.parametrize("wait", [-1, float("nan")])
def test_a_wait_that_is_no_time_is_refused(tmp_path: Path, wait: float) -> None:
    with pytest.raises(ArgumentError, match=f"wait must be 0 or more seconds, not {wait}"):
        Index.open(tmp_path, wait=wait)


def test_a_paragraph_of_twenty_megabytes(tmp_path: Path) -> None:
    sentence = "The same words stand here again and again and again. "
    (tmp_path / "big.txt").write_text(sentence * (20_000_000 // len(sentence)) + "An otter.")
    index = index_at(tmp_path)
    assert index.sync([tmp_path]).added == ("big.txt",)
    (hit,) = search("otter", index)
    assert hit.text.endswith("An otter.")
