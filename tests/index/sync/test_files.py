"""Walking folders: order, and a reason for everything left out."""

import os
from pathlib import Path

import pytest

from memory import index_at
from nutgraf import Index
from nutgraf_index.sync.files import ArticleFile, SkippedEntry, list_files


def walk(root: Path, **options: int) -> dict[str, str]:
    """Return what is found, in order: a path, and why it is left out or an empty text."""
    options.setdefault("max_bytes", 100)
    return {
        entry.path: entry.reason if isinstance(entry, SkippedEntry) else ""
        for entry in list_files(root, root, **options).entries  # type: ignore[arg-type]
    }


def test_order_and_reasons(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "b" / "c").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in (
        "b/z.txt",
        "b/c/a.md",
        "a.jsonl",
        "Z.TXT",
        ".git/x.txt",
        ".hidden.txt",
        "p.psd",
        "Makefile",
    ):
        (root / name).write_text("x")
    (root / "big.txt").write_text("x" * 101)
    (tmp_path / "outside.txt").write_text("x")
    (root / "in.txt").symlink_to(root / "b" / "z.txt")
    (root / "out.txt").symlink_to(tmp_path / "outside.txt")
    (root / "up").symlink_to(root / "b")
    (root / "loop").symlink_to(root / "loop")
    (root / "gone.txt").symlink_to(root / "nothing")
    assert list(walk(root).items()) == [
        (".git", "hidden"),
        (".hidden.txt", "hidden"),
        ("Makefile", ""),
        ("Z.TXT", ""),
        ("a.jsonl", ""),
        ("b/c/a.md", ""),
        ("b/z.txt", ""),
        ("big.txt", "larger than the limit: 101 bytes, 100 allowed (--max-bytes)"),
        ("gone.txt", "a link that leads nowhere"),
        ("in.txt", ""),
        ("loop", "a link that leads nowhere"),
        ("out.txt", "a link that leaves the folder"),
        ("p.psd", "unknown extension .psd"),
        ("up", "a link to a folder that is read itself"),
    ]


@pytest.mark.parametrize("more", [0, 1])
def test_files_of_more_than_64_mebibytes_are_left_out(more: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    os.truncate(tmp_path / "a.txt", (64 << 20) + more)
    with Index.in_memory() as index:
        (skip,) = index.sync([tmp_path]).skipped
    reasons = [
        "binary: it has NUL bytes",  # it was read
        "larger than the limit: 67,108,865 bytes, 67,108,864 allowed (--max-bytes)",
    ]
    assert skip.reason == reasons[more]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert walk(tmp_path) == {"pipe.txt": "not a regular file"}


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert list_files(tmp_path, tmp_path, max_bytes=1).entries == [
        SkippedEntry(".", "cannot be read: Permission denied", failed=True)
    ]


def test_dots_before_a_name_do_not_hide_its_extension(tmp_path: Path) -> None:
    # Such a file was found, and then reading it raised a KeyError.
    target = tmp_path / "..txt"
    target.write_text("An otter.")
    with index_at(tmp_path) as index:
        assert index.sync([target]).added == ("..txt",)


def test_a_file_named_on_purpose_may_be_hidden(tmp_path: Path) -> None:
    (tmp_path / ".notes.txt").write_text("x")
    target = tmp_path / ".notes.txt"
    (entry,) = list_files(tmp_path, target, max_bytes=9).entries
    status = target.stat()
    times = status.st_mtime_ns, status.st_ctime_ns
    assert entry == ArticleFile(".notes.txt", str(target), (1, *times, status.st_ino))
