"""Unchanged files cost a stat: when a file is read, whatever happened to it or to the cache."""

import os
import random
import shutil
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from made_mail import message
from nutgraf import Article, Index, Searcher, Skip
from nutgraf_index.store.commit import FILE_CACHE
from nutgraf_index.sync import file_records, survey, synchroniser
from nutgraf_index.sync.file_records import FileRecords

IDS = ("data/a.txt", "data/b.txt", "data/c.txt")
HOUR = 3600 * 10**9  # nanoseconds


class Reads:
    """The names of the files that were read since `names` was last called, sorted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.locations: list[str] = []
        for module, name in ((survey, "_digest_of_file"), (synchroniser, "bytes_of")):
            monkeypatch.setattr(module, name, self.counted(getattr(module, name)))

    def counted(self, read: Callable[[str], object]) -> Callable[[str], object]:
        def read_and_count(location: str) -> object:
            self.locations.append(location)
            return read(location)

        return read_and_count

    def names(self) -> list[str]:
        names = sorted({os.path.basename(location) for location in self.locations})
        self.locations.clear()
        return names


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files written just now count as old: nothing is in doubt."""
    monkeypatch.setattr(file_records, "_DOUBT", -HOUR)


@pytest.fixture
def young(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files stay in doubt for an hour: on a busy machine, two seconds may pass anywhere."""
    assert file_records._DOUBT == 2 * 10**9
    monkeypatch.setattr(file_records, "_DOUBT", HOUR)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"An otter {name}.")
    return folder


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Index:
    index = Index.open(tmp_path / "index", create=True)
    index.sync([folder])
    return index


@pytest.mark.usefixtures("settled")
def test_an_unchanged_file_is_not_read(index: Index, folder: Path, reads: Reads) -> None:
    report = index.sync([folder])
    assert (report.unchanged, report.indexed, reads.names()) == (IDS, 3, [])
    (folder / "b.txt").write_text("Another otter.")
    assert index.sync([folder]).updated == ("data/b.txt",)
    assert reads.names() == ["b.txt"]
    assert index.sync([folder / "b.txt"]).unchanged == ("data/b.txt",)
    assert index.sync([folder]).unchanged == IDS
    assert reads.names() == []


@pytest.mark.usefixtures("young")
def test_of_a_file_of_no_format_the_beginning_is_read(
    index: Index, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "binary").write_bytes(bytes(200_000))
    (folder / "w0042").write_text("A story about an otter.")
    sizes: list[int] = []
    read_beginning = survey.read_beginning

    def counted(location: str) -> tuple[bytes, str]:
        head, digest = read_beginning(location)
        sizes.append(len(head))
        return head, digest

    for module in (survey, synchroniser):
        monkeypatch.setattr(module, "read_beginning", counted)
    skipped = (Skip("binary", "no extension, and no text with sentences"),)
    report = index.sync([folder])
    assert (report.added, report.skipped) == (("data/w0042",), skipped)
    report = index.sync([folder])  # in doubt, as they were changed just now
    assert (report.skipped, report.found, report.indexed) == (skipped, 5, 4)
    assert (sizes, "binary" in reads.names()) == ([65_536, 23, 65_536], False)
    monkeypatch.setattr(file_records, "_DOUBT", -HOUR)
    index.sync([folder])
    reads.names()
    sizes.clear()
    assert index.sync([folder]).skipped == skipped
    assert (sizes, reads.names()) == ([], [])
    (folder / "binary").write_text("It is a story of an otter now.")
    assert index.sync([folder]).added == ("data/binary",)
    (folder / "binary").write_bytes(bytes(9))
    assert index.sync([folder]).removed == ("data/binary",)


@pytest.mark.usefixtures("young")
def test_a_file_changed_just_before_is_in_doubt(
    index: Index, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It might have changed again within the resolution of file times: git's racy entries."""
    assert index.sync([folder]).unchanged == IDS
    assert reads.names() == ["a.txt", "b.txt", "c.txt"]
    later = time.time_ns() + 2 * HOUR
    monkeypatch.setattr(time, "time_ns", lambda: later)
    index.sync([folder])
    assert reads.names() == ["a.txt", "b.txt", "c.txt"]
    index.sync([folder])
    assert reads.names() == []


@pytest.mark.parametrize("in_doubt", [False, True])
def test_an_edit_within_one_tick_of_the_clock(
    in_doubt: bool,
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Same size, times and inode, other bytes: noticed, since the file was young."""
    frozen = os.stat(folder / "a.txt")
    times = frozen.st_mtime_ns, frozen.st_ctime_ns
    real = FileRecords.is_same
    monkeypatch.setattr(file_records, "_DOUBT", HOUR if in_doubt else -HOUR)
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([folder])
        (folder / "a.txt").write_text("An OTTER a.")
        os.utime(folder / "a.txt", ns=times)

        def same_but_for_status(self: FileRecords, number: int, state: tuple[int, ...]) -> bool:
            changed = self._states[2][number]
            return real(self, number, (state[0], state[1], changed, state[3]))

        # As if the clock had not moved on: the time of the status change is the old one, too.
        monkeypatch.setattr(FileRecords, "is_same", same_but_for_status)
        assert index.sync([folder]).updated == (("data/a.txt",) if in_doubt else ())


def _touch(folder: Path) -> None:
    os.utime(folder / "a.txt", ns=(0, 1))


def _other_inode(folder: Path) -> None:
    times = os.stat(folder / "a.txt").st_mtime_ns
    shutil.copyfile(folder / "a.txt", folder / "new")
    os.utime(folder / "new", ns=(times, times))
    os.replace(folder / "new", folder / "a.txt")


def _future(folder: Path) -> None:
    future = time.time_ns() + 2 * HOUR
    os.utime(folder / "a.txt", ns=(future, future))


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", [_touch, _other_inode, _future])
def test_a_file_with_the_same_bytes_is_read_and_not_indexed(
    change: Callable[[Path], None], index: Index, folder: Path, reads: Reads
) -> None:
    number = index.snapshot().commit.number
    change(folder)
    assert index.sync([folder]).unchanged == IDS
    assert reads.names() == ["a.txt"]
    assert index.snapshot().commit.number == number
    index.sync([folder])
    # A file from the future stays in doubt, however often it is read.
    assert reads.names() == (["a.txt"] if change is _future else [])


@pytest.mark.usefixtures("settled")
def test_a_file_replaced_by_a_rename_of_the_same_size_and_time(
    index: Index, folder: Path, reads: Reads
) -> None:
    times = os.stat(folder / "a.txt").st_mtime_ns
    (folder / "new").write_text("An OTTER a.")
    os.utime(folder / "new", ns=(times, times))
    os.replace(folder / "new", folder / "a.txt")
    assert index.sync([folder]).updated == ("data/a.txt",)
    assert reads.names() == ["a.txt"]


@pytest.mark.usefixtures("young")
def test_a_clock_that_was_set_back(
    index: Index, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files are from the future then: they are read each time, and the answer is right."""
    earlier = time.time_ns() - HOUR
    monkeypatch.setattr(time, "time_ns", lambda: earlier)
    for _ in range(2):
        assert index.sync([folder]).unchanged == IDS
        assert reads.names() == ["a.txt", "b.txt", "c.txt"]
    (folder / "a.txt").write_text("An OTTER a.")
    assert index.sync([folder]).updated == ("data/a.txt",)


@pytest.mark.usefixtures("settled")
def test_a_copied_archive_is_read_once(
    index: Index, tmp_path: Path, folder: Path, reads: Reads
) -> None:
    index.close()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy / "data")
    shutil.copytree(tmp_path / "index", copy / "index")
    with Index.open(copy / "index") as copied:
        for names in (["a.txt", "b.txt", "c.txt"], []):
            assert copied.sync([copy / "data"]).unchanged == (
                "data/a.txt",
                "data/b.txt",
                "data/c.txt",
            )
            assert reads.names() == names


@pytest.mark.usefixtures("settled")
def test_a_moved_archive_is_not_read(
    index: Index, tmp_path: Path, folder: Path, reads: Reads
) -> None:
    index.close()
    (tmp_path / "moved").mkdir()
    for name in ("data", "index"):
        (tmp_path / name).rename(tmp_path / "moved" / name)
    with Index.open(tmp_path / "moved" / "index") as moved:
        for _ in range(2):
            assert moved.sync([tmp_path / "moved" / "data"]).unchanged == IDS
    assert reads.names() == []
    cached = FileRecords.parse((tmp_path / "moved" / "index" / FILE_CACHE).read_bytes())
    assert cached is not None
    assert cached.home == str((tmp_path / "moved").resolve())


@pytest.mark.usefixtures("settled")
def test_an_index_that_moved_alone_is_renamed_though_no_file_changed(
    tmp_path: Path, folder: Path, reads: Reads
) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    with Index.open(tmp_path / "in" / "index", create=True) as index:
        old = index.sync([folder]).added
    assert old == tuple(f"../{id}" for id in IDS)
    (tmp_path / "in" / "index").rename(tmp_path / "in" / "deeper" / "index")
    new = tuple(f"../{id}" for id in old)
    with Index.open(tmp_path / "in" / "deeper" / "index") as moved:
        assert moved.sync([folder], dry_run=True).renamed == tuple(zip(old, new, strict=True))
        assert moved.sync([folder]).renamed == tuple(zip(old, new, strict=True))
        reads.names()
        assert moved.sync([folder]).unchanged == new
        assert reads.names() == []


@pytest.mark.usefixtures("settled")
def test_a_skipped_file_is_read_once_and_told_each_time(
    index: Index, folder: Path, reads: Reads
) -> None:
    (folder / "d.txt").write_bytes(b"\0")
    (folder / "e.jsonl").write_text('{"text": "One."}\nbad\n')
    (folder / "f.psd").write_text("x")
    first = index.sync([folder])
    assert reads.names() == ["d.txt", "e.jsonl"]
    assert index.sync([folder]).skipped == first.skipped
    assert reads.names() == []
    assert first.skipped[0] == Skip("d.txt", "binary: it has NUL bytes")
    assert [(skip.path, skip.line) for skip in first.skipped[1:]] == [("e.jsonl", 2), ("f.psd", 0)]
    small = index.sync([folder], max_bytes=12)
    assert small.removed == ("data/e.jsonl!1",)
    assert [skip.path for skip in small.skipped] == ["d.txt", "e.jsonl", "f.psd"]
    assert index.sync([folder]).added == ("data/e.jsonl!1",)
    assert reads.names() == ["e.jsonl"]


@pytest.mark.usefixtures("settled")
def test_other_changes_of_the_index_do_not_cost_a_reading(
    index: Index, folder: Path, reads: Reads
) -> None:
    index.add([Article(id="memo", text="Otters are back.")])
    index.compact()
    assert index.sync([folder]).unchanged == IDS
    assert reads.names() == []
    index.remove(["data/b.txt"])
    assert index.sync([folder]).added == ("data/b.txt",)
    assert reads.names() == ["b.txt"]
    index.remove(["data/c.txt"])
    index.add([Article(id="data/c.txt", text="From a program.")])
    report = index.sync([folder])
    assert [skip.path for skip in report.skipped] == ["c.txt"]
    assert index.sync([folder]) == report


def test_a_cache_of_any_bytes_is_no_harm(index: Index, tmp_path: Path, folder: Path) -> None:
    """Flipped, cut or longer, the files are read again; with a fitting checksum, it is no crash."""
    chance = random.Random(1)
    cache = tmp_path / "index" / FILE_CACHE
    whole = cache.read_bytes()
    for kind in range(40):
        data, hostile = bytearray(whole), kind % 4 == 3
        if kind % 4 == 0:
            del data[chance.randrange(len(data)) :]
        elif kind % 4 == 1:
            data += b"x"
        else:
            data[chance.randrange(9, len(data))] ^= 1 << chance.randrange(8)
        if hostile:
            data[:8] = b"%08x" % zlib.crc32(data[9:])
        cache.write_bytes(bytes(data))
        assert hostile or FileRecords.parse(bytes(data)) is None
        report = index.sync([folder])
        assert hostile or report.unchanged == IDS
    cache.unlink()
    assert index.sync([folder]).unchanged == IDS
    assert FileRecords.parse(cache.read_bytes()) is not None
    cache.unlink()
    cache.mkdir()
    assert index.sync([folder]).unchanged == IDS


@pytest.mark.usefixtures("settled")
def test_a_cache_of_another_index_is_not_believed(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    (other / "a.txt").write_text("An OTTER a.")
    with (
        Index.open(tmp_path / "one", create=True) as one,
        Index.open(tmp_path / "two", create=True) as two,
    ):
        one.sync([folder])
        two.sync([other])
        shutil.copyfile(tmp_path / "two" / FILE_CACHE, tmp_path / "one" / FILE_CACHE)
        assert one.sync([folder]).unchanged == IDS
        shutil.copyfile(tmp_path / "one" / FILE_CACHE, tmp_path / "two" / FILE_CACHE)
        assert two.sync([folder]).added == IDS
        assert two.sync([other]).unchanged == ("other/a.txt", "other/b.txt", "other/c.txt")


@pytest.mark.usefixtures("settled")
def test_an_index_that_cannot_be_written_is_synced_with_unchanged_files(
    index: Index, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("create", "publish"):
        monkeypatch.setattr(type(index._directory), name, refuse)
    assert index.sync([folder]).unchanged == IDS
    _touch(folder)
    for _ in range(2):
        assert index.sync([folder]).unchanged == IDS
        assert reads.names() == ["a.txt"]


def test_an_index_in_memory_remembers_files_too(
    folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_records, "_DOUBT", -HOUR)
    index = Index.in_memory()
    index.sync([folder])
    reads.names()
    index.sync([folder])
    assert reads.names() == []
    assert index.verify() == ()


@pytest.mark.usefixtures("settled")
def test_files_outside_a_sync_keep_what_is_remembered_but_not_what_is_in_doubt(
    index: Index, tmp_path: Path, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.txt").write_text("Another otter.")
    index.sync([folder / "b.txt"])
    assert reads.names() == ["b.txt"]
    index.sync([folder])
    assert reads.names() == []
    monkeypatch.setattr(file_records, "_DOUBT", HOUR)
    (folder / "a.txt").write_text("An OTTER a.")
    index.sync([folder])  # a.txt is young now: in doubt
    (folder / "b.txt").write_text("One more otter.")
    later = time.time_ns() + 2 * HOUR
    monkeypatch.setattr(time, "time_ns", lambda: later)
    index.sync([folder / "b.txt"])
    reads.names()
    index.sync([folder])
    assert "a.txt" in reads.names()


def test_lacking_properties_are_counted(index: Index, folder: Path) -> None:
    (folder / "d.md").write_text("# A title\n\nBy Ann Lee\n\nJanuary 5, 2020\n\nOtters are back.\n")
    for report in (index.sync([folder]), index.sync([folder])):
        lacking = report.without_date, report.without_title, report.without_author
        assert lacking == (3, 3, 3)
    report = index.sync([folder / "d.md"])
    assert (report.without_date, report.without_title, report.without_author) == (0, 0, 0)


def test_articles_of_hidden_passages_are_counted(index: Index, folder: Path) -> None:
    """A message of a signature alone is a note: no plain query finds it."""
    (folder / "signed.eml").write_bytes(message("-- \nAnn Lee\n").as_bytes())
    (folder / "said.eml").write_bytes(
        message("An otter.\n\n-- \nBo Lee, Varn\n", own="b@x").as_bytes()
    )
    assert index.sync([folder], dry_run=True).hidden == 0
    for _ in range(2):
        assert index.sync([folder]).hidden == 1
    assert index.sync([folder / "said.eml"]).hidden == 0
    with Searcher(index) as searcher:
        assert [hit.citation for hit in searcher.search("lee")] == []
        found = sorted(hit.citation for hit in searcher.search("lee role:note"))
        assert found == ["data/said.eml#2", "data/signed.eml#1"]
