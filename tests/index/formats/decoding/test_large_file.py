"""Large files are read in chunks, with the outcome of small ones."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf import Index, SourceError
from nutgraf_index.formats.decoding import large_file
from nutgraf_index.formats.decoding.large_file import digest_of_bytes
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.sync import synchroniser

LINES = [json.dumps({"id": f"a{number}", "text": f"Ötter {number}. " * 9}) for number in range(50)]


@pytest.fixture(autouse=True)
def in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synchroniser, "LARGE", 1)
    monkeypatch.setattr(large_file, "_CHUNK", 100)


@pytest.mark.parametrize(
    "data",
    [
        "\n".join(LINES).encode(),
        "\r\n".join([*LINES, "no JSON", "", '{"text": ""}', ""]).encode(),
        "\n".join(LINES).encode("utf-16"),
        "\n".join(LINES).encode("utf-8-sig"),
        "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in LINES).encode(),
        b"a\0b" * 99,
        b"\n" * 999,
        b"{" * 1000,
    ],
    ids=["plain", "faults", "UTF-16", "mark", "beyond ASCII", "binary", "blank lines", "one line"],
)
def test_a_large_file_is_read_as_a_small_one(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    large = large_file.LargeFile(path)
    assert [*read_articles("a.jsonl", large)] == [*read_articles("a.jsonl", data)]
    with Index.in_memory() as index:
        report = index.sync([path])
        assert (report.found, bool(report.added)) == (1, b"a0" in data or b"a\x000" in data)
        (record,) = index.snapshot().files()
        assert record.digest == digest_of_bytes(data)
        assert index.sync([path]).unchanged == report.added


def test_a_large_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(LINES))
    with Index.in_memory() as index:
        index.sync([path])
        path.write_text("\n".join(LINES[:40]))
        real = large_file.LargeFile.chunks

        def refused(file: large_file.LargeFile, *, hashed: bool = False) -> object:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(large_file.LargeFile, "chunks", refused)
        (skip,) = index.sync([path]).skipped
        assert skip.reason == "cannot be read: Permission denied"
        monkeypatch.setattr(large_file.LargeFile, "chunks", real)
        assert len(index.sync([path]).unchanged) == 40


@pytest.mark.parametrize("change", ["gone", "no longer UTF-8"])
def test_a_large_file_that_changes_while_it_is_read(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(LINES))
    real = large_file.LargeFile.chunks

    def changed(file: large_file.LargeFile, *, hashed: bool = False) -> Iterator[bytes]:
        if hashed and file.digest:  # it is read to be indexed
            if change == "gone":
                os.unlink(path)
            else:
                path.write_bytes(path.read_bytes() + b"\xff")
        return real(file, hashed=hashed)

    monkeypatch.setattr(large_file.LargeFile, "chunks", changed)
    with Index.in_memory() as index:
        with pytest.raises(SourceError, match=r"a\.jsonl changed while it was read: try again"):
            index.sync([path])
        assert index.stats().articles == 0


def test_what_is_remembered_of_a_large_file_is_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(LINES[:40]))
    real = large_file.LargeFile.chunks

    def grown(file: large_file.LargeFile, *, hashed: bool = False) -> Iterator[bytes]:
        if hashed and file.digest:
            path.write_text("\n".join(LINES))
        return real(file, hashed=hashed)

    with Index.in_memory() as index:
        with monkeypatch.context() as patch:
            patch.setattr(large_file.LargeFile, "chunks", grown)
            assert len(index.sync([path]).added) == 50
        assert len(index.sync([path]).unchanged) == 50
        (record,) = index.snapshot().files()
        assert record.digest == digest_of_bytes(path.read_bytes())
