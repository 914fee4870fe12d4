"""Archives: each member is like a file, in the index, in the report and for all commands."""

import builtins
import gzip
import io
import os
import shutil
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from memory import index_at
from nutgraf import Article, Index, NotIndexedError, Searcher, Skip, SourceError, search
from nutgraf_index.formats import registry
from nutgraf_index.formats.format import Fault, Format
from nutgraf_index.sync import file_records

HOUR = 3600 * 10**9  # nanoseconds
LINES = b'{"id": "w-1", "text": "Otters are back."}\n{"desk": 1}\n{"text": "No otter."}\n'
CONTENTS = {
    "2020/memo.txt": b"By Ann Lee\n\nOtters are back.",
    "2020/wire.jsonl": LINES,
    "2020/old.txt.gz": gzip.compress(b"An old otter."),
    "img/photo.jpg": b"\xff\xd8",
    "__MACOSX/._memo.txt": b"x",
    "drafts/d.md": b"# A draft\n\nOf otters.",
}
IDS = (
    "dump.zip!2020/memo.txt",
    "dump.zip!2020/old.txt.gz",
    "dump.zip!2020/wire.jsonl!3",
    "dump.zip!2020/wire.jsonl!w-1",
    "dump.zip!drafts/d.md",
)
NO_TEXT = "no text in it: none of the keys text, content, body and the like"
SKIPPED = (
    Skip(
        "dump.zip!2020/wire.jsonl",
        NO_TEXT,
        2,
    ),
    Skip("dump.zip!img/photo.jpg", "unknown extension .jpg"),
    Skip("dump.zip!__MACOSX/._memo.txt", "hidden"),
)


def write_zip(path: Path, contents: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    write_zip(tmp_path / "dump.zip", CONTENTS)
    return index_at(tmp_path)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files written just now count as old: nothing is in doubt."""
    monkeypatch.setattr(file_records, "_DOUBT", -HOUR)


def test_members_are_files_of_the_report(index: Index, tmp_path: Path) -> None:
    report = index.sync([tmp_path])
    assert (report.added, report.skipped) == (IDS, SKIPPED)
    assert (report.found, report.indexed) == (6, 4)
    article = index.article("dump.zip!2020/memo.txt")
    assert (article.path, article.authors) == ("dump.zip!2020/memo.txt", ("Ann Lee",))
    again = index.sync([tmp_path])
    assert (again.unchanged, again.skipped) == (IDS, SKIPPED)
    assert (again.found, again.indexed, again.ignored) == (6, 4, 0)
    assert again.without_title == report.without_title == 4
    assert index.stats().files == 7  # the archive has a record


@pytest.mark.usefixtures("settled")
def test_an_unchanged_archive_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    write_zip(folder / "dump.zip", CONTENTS)
    (folder / "w0042").write_text("A story of a wire about otters.")
    (folder / "binary").write_bytes(os.urandom(99) + b"\0")
    (folder / "a.txt.gz").write_bytes(gzip.compress(b"An otter."))
    with Index.open(tmp_path / "index", create=True) as index:
        added = index.sync([folder]).added
        opened: list[str] = []
        real = builtins.open

        def watched(file: object, *arguments: object, **keywords: object) -> object:
            opened.append(str(file))
            return real(file, *arguments, **keywords)  # type: ignore[call-overload]

        monkeypatch.setattr(builtins, "open", watched)
        report = index.sync([folder])
        assert (len(added), report.unchanged) == (7, added)
        assert not [path for path in opened if path.startswith(str(folder))]
        (folder / "b.txt").write_text("Another otter.")
        assert index.sync([folder]).unchanged == added
        assert [path for path in opened if path.startswith(str(folder))] == [f"{folder}/b.txt"]


def test_only_what_changed_in_an_archive_changes(index: Index, tmp_path: Path) -> None:
    index.sync([tmp_path])
    changed = {**CONTENTS, "2020/memo.txt": b"Otters are gone.", "new.txt": b"A new otter."}
    del changed["drafts/d.md"], changed["img/photo.jpg"]
    changed["2020/wire.jsonl"] = LINES.replace(b"No otter", b"One otter")
    write_zip(tmp_path / "dump.zip", changed)
    report = index.sync([tmp_path])
    assert report.added == ("dump.zip!new.txt",)
    assert report.updated == ("dump.zip!2020/memo.txt", "dump.zip!2020/wire.jsonl!3")
    assert report.unchanged == ("dump.zip!2020/old.txt.gz", "dump.zip!2020/wire.jsonl!w-1")
    assert report.removed == ("dump.zip!drafts/d.md",)
    assert (report.found, report.skipped) == (5, (SKIPPED[0], SKIPPED[2]))
    (tmp_path / "dump.zip").unlink()
    (tmp_path / "a.txt").write_text("An otter.")
    report = index.sync([tmp_path])
    assert len(report.removed) == 5
    assert (report.added, index.stats().files) == (("a.txt",), 1)


def test_an_archive_that_became_a_folder(index: Index, tmp_path: Path) -> None:
    index.sync([tmp_path])
    (tmp_path / "dump.zip").unlink()
    (tmp_path / "dump.zip" / "2020").mkdir(parents=True)
    (tmp_path / "dump.zip" / "2020" / "memo.txt").write_text("An otter.")
    report = index.sync([tmp_path])
    assert (report.added, report.removed) == (("dump.zip/2020/memo.txt",), IDS)


def test_names_of_members_for_all_commands(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.txt").write_text("Plain otters.")
    index.sync(["."])
    assert index.article("dump.zip!2020/memo.txt").text == "By Ann Lee\n\nOtters are back."
    assert index.article(tmp_path / "dump.zip!2020" / "memo.txt").id == "dump.zip!2020/memo.txt"
    with pytest.raises(NotIndexedError, match=r"^'dump\.zip' is the name of 5 articles: 'dump"):
        index.article("dump.zip")
    with Searcher(index) as searcher:
        assert searcher.passage("dump.zip!2020/wire.jsonl:3").text == "No otter."
        assert searcher.passage("dump.zip!2020/memo.txt:3").text == "Otters are back."

        def found(query: str, *paths: str) -> set[str]:
            return {
                hit.article
                for hit in searcher.search(query, paths=paths or None, limit=None, collapse=False)
            }

        assert found("otters", "dump.zip") == {*IDS}
        assert found("otters", "dump.zip!2020") == {*IDS[:4]}
        assert found("otters", "dump.zip!2020/wire.jsonl") == {*IDS[2:4]}
        assert found("otters path:dump.zip") == {*IDS}
        assert found("otters path:dump.zip!2020") == {*IDS[:4]}
        assert found("otters path:dump.zip!*/*.txt*") == {*IDS[:2]}
        assert found("otters -path:dump.zip") == {"plain.txt"}
        with pytest.raises(SourceError, match=r"no file or folder 'gone\.zip!a' to index"):
            found("otters", "gone.zip!a")
    assert index.sync(["dump.zip!2020"]).unchanged == IDS  # the archive is read as a whole


def test_what_is_removed_comes_back_with_the_next_sync(index: Index, tmp_path: Path) -> None:
    index.sync([tmp_path])
    assert index.remove(["dump.zip!2020/memo.txt"]) == IDS[:1]
    assert index.sync([tmp_path]).added == IDS[:1]
    assert index.remove(paths=[tmp_path / "dump.zip!2020"]) == IDS[:4]
    assert index.sync([tmp_path]).added == IDS[:4]
    assert index.remove(paths=[tmp_path / "dump.zip"]) == IDS
    assert len(index) == index.stats().files == 0
    assert index.sync([tmp_path]).added == IDS


def test_ignore_rules_hold_for_members(index: Index, tmp_path: Path) -> None:
    report = index.sync([tmp_path], exclude=["drafts/", "*.jsonl"])
    assert report.added == IDS[:2]
    assert (report.found, report.ignored, report.skipped) == (4, 2, SKIPPED[1:])
    again = index.sync([tmp_path], exclude=["drafts/", "*.jsonl"])
    assert (again.found, again.ignored, again.unchanged) == (4, 2, IDS[:2])
    assert index.sync([tmp_path]).added == IDS[2:]
    (tmp_path / ".nutgrafignore").write_text("dump.zip/2020/\n!*.jsonl\n")
    report = index.sync([tmp_path])
    assert (report.removed, report.excluded) == (IDS[:4], IDS[:4])
    assert (report.found, report.ignored) == (3, 3)
    assert index.sync([tmp_path]).ignored == 3
    (tmp_path / ".nutgrafignore").write_text("*.zip\n")
    report = index.sync([tmp_path])
    assert (report.removed, report.excluded, report.ignored) == (IDS[4:], IDS[4:], 1)


def test_a_limit_that_is_raised_lets_members_in(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"a.txt": b"An otter. " * 90, "b.txt": b"An otter."})
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"An otter. " * 90))
    index = index_at(tmp_path)
    report = index.sync([tmp_path], max_bytes=500)
    assert report.added == ("a.zip!b.txt",)
    assert report.skipped == (
        Skip("a.zip!a.txt", "larger than the limit: 900 bytes, 500 allowed (--max-bytes)"),
        Skip("c.txt.gz", "larger than the limit: more than 500 bytes, 500 allowed (--max-bytes)"),
    )
    assert index.sync([tmp_path], max_bytes=500).skipped == report.skipped
    assert index.sync([tmp_path]).added == ("a.zip!a.txt", "c.txt.gz")


def test_each_member_has_its_own_encoding(tmp_path: Path) -> None:
    write_zip(
        tmp_path / "a.zip",
        {
            "fr.txt": "Été à la forêt, où les élèves étaient déjà.".encode("cp1252"),
            "tr.txt": "Işık söndü.".encode("cp1254"),
            "utf.txt": "Größe".encode(),
        },
    )
    index = index_at(tmp_path)
    report = index.sync([tmp_path])
    assert [guess.path for guess in report.guessed] == ["a.zip!fr.txt", "a.zip!tr.txt"]
    assert index.sync([tmp_path]).guessed == report.guessed
    report = index.sync([tmp_path], encoding="cp1254")
    assert report.guessed == ()
    assert index.article("a.zip!tr.txt").encoding == "cp1254"
    assert index.article("a.zip!utf.txt").encoding == "utf-8"
    assert index.sync([tmp_path], encoding="cp1254").unchanged == (
        "a.zip!fr.txt",
        "a.zip!tr.txt",
        "a.zip!utf.txt",
    )


def test_the_source_from_the_path_of_a_member(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"Herald/1.txt": b"An otter.", "1.txt": b"Two otters."})
    index = index_at(tmp_path)
    pattern = r"\.zip!([^/]+)/"
    index.sync([tmp_path], source_from=pattern)
    assert index.article("a.zip!Herald/1.txt").source == "Herald"
    assert len(index.sync([tmp_path], source_from=pattern).unchanged) == 2
    assert len(index.sync([tmp_path]).unchanged) == 2
    assert index.article("a.zip!Herald/1.txt").source == "Herald"


def test_an_id_that_a_program_took_is_told_each_time(index: Index, tmp_path: Path) -> None:
    index.add(Article(id=IDS[0], text="Mine."))
    reason = f"its id {IDS[0]!r} is already taken by an article that a program added"
    for _ in range(2):
        report = index.sync([tmp_path])
        assert Skip("dump.zip!2020/memo.txt", reason) in report.skipped
        assert (report.found, report.indexed) == (6, 3)
    index.remove([IDS[0]])
    assert index.sync([tmp_path]).added == IDS[:1]


def test_what_may_be_shown_later_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Article | Fault] = [Fault("under an embargo", again=True)]

    def read(path: str, data: bytes, options: object) -> object:
        yield from faults or [Article(id="", text=data.decode(), path=path)]

    row = Format("notes", (".notes",), "", read)  # type: ignore[arg-type]
    monkeypatch.setattr(registry, "FORMATS", (*registry.FORMATS, row))
    write_zip(tmp_path / "a.zip", {"a.notes": b"An otter."})
    index = index_at(tmp_path)
    for _ in range(2):
        assert index.sync([tmp_path]).skipped == (Skip("a.zip!a.notes", "under an embargo"),)
    faults.clear()
    assert index.sync([tmp_path]).added == ("a.zip!a.notes",)


def test_a_new_format_reads_the_members_skipped_before(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([tmp_path])

    def read(path: str, data: bytes, options: object) -> object:
        yield Article(id="", text="A photo of an otter.", path=path)

    row = Format("photos", (".jpg",), "", read)  # type: ignore[arg-type]
    monkeypatch.setattr(registry, "FORMATS", (*registry.FORMATS, row))
    assert index.sync([tmp_path]).added == ("dump.zip!img/photo.jpg",)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", bytes(22)])
def test_a_damaged_archive_is_skipped_with_its_reason(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    index = index_at(tmp_path)
    for _ in range(2):
        report = index.sync([tmp_path])
        assert report.skipped == (Skip("a.zip", "damaged zip archive: File is not a zip file"),)
        assert (report.found, report.indexed) == (1, 0)


def test_faults_of_an_archive_are_counted_as_files(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for text in (b"old", b"An otter."):
            info = tarfile.TarInfo("a.txt")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
    data = (tmp_path / "a.tar").read_bytes()
    (tmp_path / "a.tar").write_bytes(data[: 4 * 512])  # without its end
    index = index_at(tmp_path)
    for _ in range(2):
        report = index.sync([tmp_path])
        assert report.skipped == (
            Skip("a.tar", "a later member has the same path: a.txt"),
            Skip("a.tar", "damaged or cut off after 2 members"),
        )
        assert (report.found, report.indexed) == (3, 1)
    assert index.article("a.tar!a.txt").text == "An otter."


def test_a_file_that_looks_like_a_member_is_skipped(index: Index, tmp_path: Path) -> None:
    """Else two files would have one id."""
    (tmp_path / "dump.zip!2020").mkdir()
    (tmp_path / "dump.zip!2020" / "memo.txt").write_text("An otter.")
    (tmp_path / "dump.zip!a.txt").write_text("An otter.")
    (tmp_path / "wow!.txt").write_text("An otter.")
    report = index.sync([tmp_path])
    reason = "its name looks like that of a member of an archive: rename it"
    assert report.skipped == (
        *SKIPPED,
        Skip("dump.zip!2020", reason),
        Skip("dump.zip!a.txt", reason),
    )
    assert report.added == (*IDS, "wow!.txt")
    assert index.sync([tmp_path / "dump.zip!a.txt"]).skipped == (Skip("dump.zip!a.txt", reason),)


def test_ids_follow_a_moved_index(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    write_zip(tmp_path / "dump.zip", CONTENTS)
    for rebuild in (True, False):
        with Index.open(tmp_path / "a" / "b" / "index", create=True) as index:
            index.sync([tmp_path / "dump.zip"])
            assert {article.id for article in index} == {f"../../{id}" for id in IDS}
        (tmp_path / "a" / "b" / "index").rename(tmp_path / "a" / "index")
        if rebuild:
            rebuilt = Index.rebuild(tmp_path / "a" / "index")
            assert rebuilt is not None
            assert rebuilt.renamed == tuple((f"../../{id}", f"../{id}") for id in IDS)
        with Index.open(tmp_path / "a" / "index") as index:
            report = index.sync([tmp_path / "dump.zip"])
            assert (report.found, report.added) == (6, ())
            assert len(report.unchanged if rebuild else report.renamed) == 5
            assert {article.id for article in index} == {f"../{id}" for id in IDS}
        shutil.rmtree(tmp_path / "a" / "index")


def test_an_archive_in_memory_can_be_searched(index: Index, tmp_path: Path) -> None:
    index.sync([tmp_path / "dump.zip"])
    assert [hit.citation for hit in search('"otters are back"', index, collapse=False)] == [
        "dump.zip!2020/memo.txt#2",
        "dump.zip!2020/wire.jsonl!w-1#1",
    ]
