"""Names of files that can always be printed."""

import os
from pathlib import Path

import pytest

from nutgraf_index.names import archive_of, file_id, is_archive, is_within, on_disk, printable


def test_names_that_cannot_be_encoded_are_written_out() -> None:
    assert printable("caf\udce9.txt") == r"caf\xe9.txt"


@pytest.mark.skipif(os.name == "nt", reason="needs names that are bytes")
def test_a_name_as_it_is_printed_is_that_of_a_file(tmp_path: Path) -> None:
    named = os.fsencode(tmp_path) + b"/a\n\xe9.txt"
    Path(os.fsdecode(named)).write_text("x")
    assert on_disk(rf"{tmp_path}/a␊\xe9.txt") == os.fsdecode(named)
    (tmp_path / "a␊b.txt").write_text("x")
    (tmp_path / "a\nb.txt").write_text("x")
    for path in (tmp_path / "a␊b.txt", tmp_path / "ac.txt", tmp_path / r"a\xe9.txt"):
        assert on_disk(str(path)) == str(path)
    assert on_disk(f"{tmp_path}/a␊c.txt") == f"{tmp_path}/a\nc.txt"  # which may be gone


@pytest.mark.parametrize(
    ("path", "archive"),
    [
        ("a.zip!b.txt", "a.zip"),
        ("2020/A.TAR.GZ!b/c.txt", "2020/A.TAR.GZ"),
        ("a.tgz!b.zip!c.txt", "a.tgz"),
        ("a.zip!", "a.zip"),
        ("a.zip", ""),
        ("a!b.zip", ""),
        ("a.jsonl!1", ""),
        ("a.txt.gz!1", ""),
        (".zip!a.txt", ""),
        ("b/.zip!a.txt", ""),
    ],
)
def test_the_archive_of_a_member(path: str, archive: str) -> None:
    assert archive_of(path) == archive
    assert not archive or is_archive(archive)


def test_what_is_within_a_folder_or_an_archive() -> None:
    for folder in ("", "a.zip", "b", "b/c.tar", "b/c.tar!d"):
        for path in ("a.zip", "a.zip!e", "a.zip!/../e", "b/c.tar!d/e", "b/c.tar!d", "a.zipper!e"):
            inside = path.startswith(folder) and path[len(folder) : len(folder) + 1] in ("", *"/!")
            assert is_within(path, folder) == (not folder or inside), (path, folder)
    assert not is_within("a.jsonl!1.txt", "a.jsonl")


def test_no_file_has_the_id_of_a_member() -> None:
    assert file_id("", "a.zip!b.txt", "/h") == "a.zip!b.txt"
    assert file_id("", "a.zip!b.jsonl!3", "/h") == r"a.zip!b.jsonl\!3"
    assert file_id("", "a.zip!b.zip!c.txt!d", "/h") == r"a.zip!b.zip!c.txt\!d"
    assert file_id("", "a.txt.gz!3", "/h") == r"a.txt.gz\!3"
