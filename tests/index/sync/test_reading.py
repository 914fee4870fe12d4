"""Encodings in a sync: guesses are reported each time, a given encoding holds until another."""

import json
from itertools import product
from pathlib import Path

import pytest

from command import Run
from memory import index_at
from nutgraf import ArgumentError, Guess, Index, Searcher, Skip, search
from nutgraf_index.formats.registry import FORMATS
from nutgraf_index.sync import file_records, survey, synchroniser
from nutgraf_index.sync.options import Reading

TURKISH = "Işıklar söndü; şoför köprüyü görünce hemen durdu ve yaşlı kadını bekledi."
FRENCH = "L'été dernier, la préfète a déclaré que la rivière était polluée."


def text_of(index: Index, id: str) -> str:
    with Searcher(index) as searcher:
        return "".join(hit.text for hit in searcher.article(id))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "fr.txt").write_bytes(FRENCH.encode("cp850"))
    (folder / "plain.txt").write_bytes(b"Otters.")
    (folder / "tr.txt").write_bytes(TURKISH.encode("cp1254"))
    (folder / "utf.txt").write_bytes(TURKISH.encode())
    line = json.dumps({"id": "one", "text": TURKISH}, ensure_ascii=False)
    (folder / "wire.jsonl").write_bytes(f"{line}\n".encode("iso8859-9"))
    return folder


GUESSES = (Guess("fr.txt", "cp850"), Guess("tr.txt", "cp1254"), Guess("wire.jsonl", "cp1254"))


def test_a_guess_is_reported_of_changed_and_of_unchanged_files(folder: Path) -> None:
    index = index_at(folder)
    report = index.sync([folder])
    assert report.guessed == GUESSES
    assert text_of(index, "fr.txt") == FRENCH
    assert text_of(index, "tr.txt") == TURKISH
    again = index.sync([folder])
    assert again.guessed == GUESSES
    assert len(again.unchanged) == 5
    (folder / "fr.txt").write_bytes(FRENCH.encode())
    assert index.sync([folder]).guessed == GUESSES[1:]


def test_a_given_encoding_holds_until_another_is_given(folder: Path) -> None:
    index = index_at(folder)
    (folder / "fr.txt").unlink()
    report = index.sync([folder], encoding="Latin5")
    assert (report.guessed, report.skipped, len(report.added)) == ((), (), 4)
    assert text_of(index, "tr.txt") == TURKISH
    assert text_of(index, "utf.txt") == TURKISH
    for encoding in (None, "iso8859-9"):
        report = index.sync([folder], encoding=encoding)
        assert (report.updated, report.guessed, len(report.unchanged)) == ((), (), 4)
    report = index.sync([folder], encoding="cp1252")
    assert report.updated == ("tr.txt", "wire.jsonl!one")
    assert text_of(index, "tr.txt") == TURKISH.encode("cp1254").decode("cp1252")
    # An encoding that is no extension of ASCII may change any file.
    (folder / "plain.txt").write_bytes(TURKISH.encode("utf-7"))
    assert index.sync([folder]).updated == ("plain.txt",)
    assert index.sync([folder], encoding="utf-7").updated == ("plain.txt",)
    assert text_of(index, "plain.txt") == TURKISH


def test_a_given_encoding_replaces_a_guess(folder: Path) -> None:
    index = index_at(folder)
    index.sync([folder])
    report = index.sync([folder], encoding="cp1254")
    assert report.guessed == ()
    assert report.updated == ("fr.txt",)  # the texts of all other files are the same
    assert index.sync([folder]).guessed == ()


def test_a_file_that_is_not_valid_in_the_given_encoding_is_skipped_until_it_is(
    folder: Path,
) -> None:
    index = index_at(folder)
    (folder / "odd.txt").write_bytes(b"caf\x8f\xe9, d\xe9j\xe0 vu")
    skip = Skip(
        "odd.txt",
        "not valid in the given encoding cp1254: byte 3 is 0x8f; leave it out to have the encoding "
        "guessed",
    )
    for _ in range(2):
        report = index.sync([folder], encoding="cp1254")
        assert report.skipped == (skip,)
        assert report.indexed == 5
    report = index.sync([folder])
    assert report.skipped == ()
    assert report.added == ("odd.txt",)


def test_a_file_without_an_encoding_that_is_known_is_read_when_it_is_given(folder: Path) -> None:
    index = index_at(folder)
    (folder / "noise.txt").write_bytes(bytes(range(128, 256)) * 3)
    reason = "binary, or in an unknown encoding; if it is text, name it (--encoding NAME)"
    assert index.sync([folder]).skipped == (Skip("noise.txt", reason),)
    assert "noise.txt" in index.sync([folder], encoding="koi8-r").added


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files written just now count as old: nothing is in doubt."""
    monkeypatch.setattr(file_records, "_DOUBT", -3600 * 10**9)


def refuse(location: str) -> bytes:
    raise AssertionError(f"{location} is read")


@pytest.mark.usefixtures("settled")
def test_guesses_of_files_that_are_not_read_are_reported(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([folder])
        # A source with a question mark is no guess.
        index.sync([folder / "plain.txt"], source_from="(p)lain")
        monkeypatch.setattr(synchroniser, "bytes_of", refuse)
        monkeypatch.setattr(survey, "_digest_of_file", refuse)
        for dry_run in (False, True):
            report = index.sync([folder], dry_run=dry_run)
            assert (report.guessed, len(report.unchanged)) == (GUESSES, 5)
        (folder / "plain.txt").unlink()  # another report: that of a sync that changes something
        report = index.sync([folder])
        assert (report.guessed, len(report.unchanged)) == (GUESSES, 4)


@pytest.mark.usefixtures("settled")
def test_a_given_encoding_reads_files_again_that_did_not_change(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([folder])
        dry = index.sync([folder], encoding="iso8859-2", dry_run=True)
        report = index.sync([folder], encoding="iso8859-2")
        new = ("files/fr.txt", "files/tr.txt", "files/wire.jsonl!one")
        assert (dry.updated, report.updated, report.guessed) == (new, new, ())
        assert text_of(index, "files/tr.txt") == TURKISH.encode("cp1254").decode("iso8859-2")
        monkeypatch.setattr(synchroniser, "bytes_of", refuse)
        monkeypatch.setattr(survey, "_digest_of_file", refuse)
        for encoding in (None, "iso8859-2"):
            assert len(index.sync([folder], encoding=encoding).unchanged) == 5


def test_an_encoding_and_a_source_from_the_path_are_both_remembered(
    folder: Path, tmp_path: Path
) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        index.sync([folder], encoding="cp1252", source_from=r"/(..)\.txt$")

        def state(name: str) -> tuple[str, str]:
            (stored,) = index.snapshot().articles_of("files", name)
            return stored.article.encoding, stored.article.source

        assert state("tr.txt") == ("cp1252", "tr")
        number = index.snapshot().commit.number
        for encoding, pattern in ((None, None), ("cp1252", None), (None, r"/(..)\.txt$")):
            report = index.sync([folder], encoding=encoding, source_from=pattern)
            assert (report.guessed, report.updated) == ((), ())
        assert index.snapshot().commit.number == number
        # Another encoding keeps the source, another source the encoding; other bytes, the source.
        assert index.sync([folder], encoding="cp1254").updated != ()
        assert state("tr.txt") == ("cp1254", "tr")
        index.sync([folder], encoding="cp1252")
        assert index.sync([folder], source_from=r"/(.).\.txt$").guessed == ()
        assert state("tr.txt") == ("cp1252", "t")
        (folder / "tr.txt").write_bytes(f"{TURKISH} {TURKISH}".encode("cp1254"))
        assert index.sync([folder]).guessed == (Guess("tr.txt", "cp1254"),)
        assert state("tr.txt") == ("cp1254", "t")
        records = {file.path: file.digest for file in index.snapshot().files()}
        assert records["tr.txt"].endswith(":cp1254? t")


def test_files_that_are_renamed_keep_a_given_encoding(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    with Index.open(tmp_path / "in" / "index", create=True) as index:
        index.sync([folder], encoding="cp1252")
    (tmp_path / "in" / "index").rename(tmp_path / "in" / "deeper" / "index")
    with Index.open(tmp_path / "in" / "deeper" / "index") as index:
        report = index.sync([folder])
        assert (len(report.renamed), report.guessed) == (5, ())
        text = TURKISH.encode("cp1254").decode("cp1252")
        assert text_of(index, "../../files/tr.txt") == text


def test_an_unknown_encoding_changes_nothing(folder: Path) -> None:
    index = index_at(folder)
    with pytest.raises(ArgumentError, match="there is no encoding 'cp12': write a name such as 'c"):
        index.sync([folder], encoding="cp12")
    assert index.stats().articles == 0


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Reading("ab"), "ab"),
        (Reading(""), ""),
        (Reading("ab", "cp1254"), "ab:cp1254"),
        (Reading("ab", "utf-8 with cp1252", True), "ab:utf-8+cp1252?"),
        (Reading("ab", source="The Herald?"), "ab The Herald?"),
        (Reading("ab", "cp1254", True, "a:b c"), "ab:cp1254? a:b c"),
        (Reading("ab", source="a@b", format="JSON Lines"), "ab@JSON_Lines a@b"),
        (Reading("ab", "cp1254", True, format="ANPA"), "ab@ANPA:cp1254?"),
        (Reading("ab", date_order="mdy", again=True, doubtful=2), "ab;mdy!2"),
        (
            Reading("ab", "cp1254", True, "a;b", "dmy", True, 2, "plain text"),
            "ab@plain_text:cp1254?;dmy!2 a;b",
        ),
    ],
)
def test_a_reading_as_a_text(reading: Reading, text: str) -> None:
    assert str(reading) == text
    assert Reading.of(text) == reading


@pytest.mark.parametrize("format", ["", *dict.fromkeys(format.name for format in FORMATS)])
@pytest.mark.parametrize("source", ["", "The Herald: a;b@c !2", "@x"])
def test_a_reading_is_the_inverse_of_its_text(format: str, source: str) -> None:
    for digest, (encoding, guessed), order, again, doubtful in product(
        ("", "ab12"),
        (("", False), ("cp1254", False), ("utf-8 with cp1252", True)),
        ("", "dmy", "mdy"),
        (False, True),
        (0, 1, 12),
    ):
        reading = Reading(digest, encoding, guessed, source, order, again, doubtful, format)
        assert Reading.of(str(reading)) == reading


def test_the_command_says_what_it_guessed(folder: Path, run: Run) -> None:
    told = run("index", "files").stderr.splitlines()
    assert told[-3] == (
        "nutgraf: encoding guessed of 3 files: 2 as cp1254, 1 as cp850 "
        "(nutgraf index -v lists them, --encoding sets it)"
    )
    told = run("index", "files", "-v").stderr.splitlines()
    assert told[-7:-3] == [
        "nutgraf: read fr.txt as cp850",
        "nutgraf: read tr.txt as cp1254",
        "nutgraf: read wire.jsonl as cp1254",
        "nutgraf: encoding guessed of 3 files: 2 as cp1254, 1 as cp850 (--encoding sets it)",
    ]
    report = json.loads(run("index", "files", "--json").stdout)
    assert report["guessed"] == [guess._asdict() for guess in GUESSES]
    (folder / "fr.txt").unlink()
    done = run("search", "söndü", "files", "--encoding", "cp1254", "--sort", "path")
    assert done.stdout.startswith("files/tr.txt:1:Işıklar söndü")
    assert "guessed" not in done.stderr


def test_the_command_names_an_unknown_encoding(folder: Path, run: Run) -> None:
    for command in (["index", "files"], ["search", "otters", "files"]):
        done = run(*command, "--encoding", "klingon")
        assert done.returncode == 2
        assert "'--encoding': there is no encoding 'klingon': write a name such as" in done.stderr


def test_a_guess_of_standard_input_is_said(tmp_path: Path, run_command: Run) -> None:
    (tmp_path / "tr.txt").write_bytes(TURKISH.encode("cp1254"))
    import subprocess
    import sys

    def piped(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "nutgraf", "search", "söndü", "-", *arguments],
            input=TURKISH.encode("cp1254"),
            cwd=tmp_path,
            capture_output=True,
            check=True,
            env={"PYTHONUTF8": "1"},
        )

    assert "standard input is read as cp1254, by its letters and words" in piped().stderr.decode()
    done = piped("--encoding", "cp1254")
    assert b"standard input" not in done.stderr
    assert done.stdout.decode() == f"stdin:1:{TURKISH}\n"


def test_a_search_finds_letters_of_old_encodings(folder: Path) -> None:
    index = index_at(folder)
    index.sync([folder])
    assert {hit.article for hit in search("şoför", index, collapse=False)} == {
        "tr.txt",
        "utf.txt",
        "wire.jsonl!one",
    }
