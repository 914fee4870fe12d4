"""The registry: a new format takes one module and one row."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toy_format
from command import without_seconds
from memory import index_at
from nutgraf import Article, Skip
from nutgraf.cli.main import _run
from nutgraf_index.errors import ArticleError
from nutgraf_index.formats import registry, text
from nutgraf_index.formats.format import Fault, Format
from nutgraf_index.formats.registry import FORMATS, format_of, read_articles
from quick import within

NOTES = "Otters\nThey swim in the river.\n%%\nFences\nThe otter walks around them.\n"


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Format:
    """The row of the toy format, registered."""
    row = Format(
        "notes", (".notes",), "with lines of %% between them", toy_format.read, several=True
    )
    monkeypatch.setattr(registry, "FORMATS", (*FORMATS, row))
    return row


def test_formats_are_told_by_extension() -> None:
    for path, name in (
        ("a.txt", "plain text"),
        ("b.md/a.TEXT", "plain text"),
        ("..txt", "plain text"),
        ("a.tar.md", "Markdown"),
        ("a.Markdown", "Markdown"),
        ("a.jsonl", "JSON Lines"),
        ("a.ndjson", "JSON Lines"),
        ("a.txt.gz", "plain text"),
        ("a.JSONL.Zst", "JSON Lines"),
        ("b.psd/a.gz", "plain text"),
        ("b.zip!a", "plain text"),
        ("b.zip!c.tar!a", "plain text"),
        ("b.zip!a.md", "Markdown"),
        ("b.psd/a", "plain text"),
        (".psd", "plain text"),
        ("a.", "plain text"),
    ):
        assert format_of(path).name == name
    for path, reason in (
        ("a.psd", r"^unknown extension \.psd$"),
        ("a.txt.PSD", r"^unknown extension \.psd$"),
        ("a.psd.gz", r"^unknown extension \.psd$"),
        ("a.txt.gz.gz", r"^unknown extension \.gz$"),
    ):
        with pytest.raises(ArticleError, match=reason):
            format_of(path)


STORY = "HARBOUR (Wire) - The ferry ran aground on Friday morning, said the master."


@pytest.mark.parametrize(
    ("content", "is_article"),
    [
        (STORY, True),
        (f"\x01a0123 w{STORY}\x03" + STORY, True),  # of a wire, with its control characters
        ("Der alte Mann sagte: Größe ist alles.", True),
        ("昨日の朝、渡船がハルバーで座礁しました。", True),
        ("เรือเฟอร์รี่เกยตื้นเมื่อเช้าวันศุกร์", True),
        ("नाव शुक्रवार की सुबह फँस गई।", True),
        ("#!/bin/sh\n# It says that the ferry is late\n", False),
        ("example.com\n", False),
        ("all:\n\t$(CC) -o $@ $<\n\t@rm -f *.o\n", False),
        ("12 13 14 15 16 17\n" * 9, False),
        ("\x7fELF\x02\x01\x01" + "\0" * 9 + STORY, False),
        ("", False),
    ],
)
def test_a_file_without_extension_is_told_by_its_content(content: str, is_article: bool) -> None:
    (entry,) = read_articles("w0042", content.encode())
    if is_article:
        assert entry == Article(id="w0042", text=content, path="w0042", encoding="utf-8")
    else:
        assert entry == Fault("no extension, and no text with sentences")
    assert format_of("a.txt", content).name == "plain text"  # the extension is enough


def test_a_mail_without_extension_has_the_properties_of_its_headers() -> None:
    content = "From: Ann\nSubject: ferry\n\nWe are late again, all of us."
    (article,) = read_articles("w0042", content.encode())
    assert article == Article(
        id="w0042",
        text=content,
        path="w0042",
        encoding="utf-8",
        title="ferry",
        authors=("Ann",),
    )


def test_a_long_word_does_not_take_long() -> None:
    with within(3):
        assert not text.is_prose("a" * 65_536)
        assert not text.is_prose("a " * 3 + ("a-" * 32_000))
        assert not text.is_prose("a, " * 3 + (", " * 32_000))


def test_extensions_are_in_lower_case_and_each_has_one_format_that_recognises_nothing() -> None:
    certain = [one for format in FORMATS if not format.recognises for one in format.extensions]
    assert len(set(certain)) == len(certain)
    for extension in {one for format in FORMATS for one in format.extensions}:
        assert extension == extension.lower()
        assert format_of(f"a{extension}").extensions.count(extension) == 1


def test_where_formats_share_an_extension_the_content_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def row(name: str, *extensions: str) -> Format:
        recognises = re.compile(name).match
        return Format(
            name, extensions, "", toy_format.read, recognises=lambda head: bool(recognises(head))
        )

    rows = (row("memo", ".txt", ".memo"), row("mem", ".txt"), *FORMATS)
    monkeypatch.setattr(registry, "FORMATS", rows)
    for head, name in (
        ("memo 1", "memo"),  # the first that recognises it
        ("memory", "memo"),
        ("mem 1", "mem"),
        ("a memo", "plain text"),
        (None, "plain text"),
    ):
        assert format_of("a.txt", head).name == name
    assert format_of("a.memo", "other").name == "memo"  # no other has the extension
    assert list(read_articles("a.txt", b"mem\nabc")) == [
        Article(id="1", path="a.txt", line=1, title="mem", text="abc", encoding="utf-8")
    ]
    assert list(read_articles("a.txt", b"abc\nabc")) == [
        Article(id="a.txt", path="a.txt", text="abc\nabc", encoding="utf-8")
    ]


def test_a_module_that_cannot_be_loaded_costs_its_files_only(tmp_path: Path) -> None:
    for module in ("pypdfium2", "striprtf", "trafilatura"):
        (tmp_path / module).mkdir()
        (tmp_path / module / "__init__.py").write_text("raise ImportError('no libfoo.so')")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from nutgraf_index.formats.registry import read_articles\n"
        "page = b'<html><p>Otters are seen in the river again, said the council.</p></html>'\n"
        "files = {'a.pdf': b'%PDF-1.4 a', 'b.pdf': b'%PDF-1.4 b', 'c.html': page,"
        " 'd.rtf': b'{\\\\rtf1 Otters}'}\n"
        "for path in files:\n    print(*read_articles(path, files[path]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        str(
            Fault(
                f"the module that reads {name} cannot be loaded (no libfoo.so): "
                f"pip install 'nutgraf[{name.lower()}]' --force-reinstall",
                again=True,
            )
        )
        for name in ("PDF", "PDF", "HTML", "RTF")
    ], done.stderr


ZIP = "a document, book or archive in zip"
ZIPS = "that it has, such as .docx, .odt, .epub or .zip"


@pytest.mark.parametrize(
    ("paths", "data", "noun", "extension"),
    [
        ("a.txt a a.md a.html a.csv a.json a.docx a.epub a.rtf", b"%PDF-1.7\n", "a PDF", ".pdf"),
        ("a.txt a a.md a.html a.pdf a.odt a.jsonl", b"{\\rtf1\\ansi ", "RTF", ".rtf"),
        (
            "a.txt a a.md a.docx a.pdf a.json",
            b"\xef\xbb\xbf\n<!DOCTYPE html>",
            "a web page",
            ".html",
        ),
        ("a.txt a.csv", b"<?xml version='1.0'?>\n<HTML lang='en'>", "a web page", ".html"),
        ("a.txt", "\ufeff<html>".encode("utf-16-le"), "a web page", ".html"),
        ("a.txt a.pdf a.html a.rtf", b"PK\x03\x04\x14\x00\x00\x00", ZIP, ZIPS),
    ],
)
def test_a_file_that_begins_as_another_format_is_skipped_with_its_extension(
    paths: str, data: bytes, noun: str, extension: str
) -> None:
    words = b" <p>Otters are seen in the river again.</p>"
    words = words.decode().encode("utf-16-le") if data.startswith(b"\xff\xfe") else words
    reason = f"{noun} by its content: give it the extension {extension}"
    for path in paths.split():
        assert [*read_articles(path, data + words)] == [Fault(reason)], path
        packed = gzip.compress(data + words)
        assert [*read_articles(f"{path}.gz", packed)] == [Fault(reason)], path


@pytest.mark.parametrize(
    "start", ["PDF", "%PDF files", "<b>html</b>", "PK", "{rtf}", "A <html> tag"]
)
def test_a_text_about_formats_is_a_text(start: str) -> None:
    [article] = read_articles("a.txt", f"{start} is what this story is about.".encode())
    assert isinstance(article, Article)


def test_the_registry_loads_nothing_heavy() -> None:
    code = "import sys, nutgraf_index.formats.registry; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"whoosh", "numpy", "charset_normalizer", "Stemmer", "click"})


def test_a_file_that_gives_nothing_is_a_fault(toy: Format) -> None:
    assert list(read_articles("a.psd", b"a")) == [Fault("unknown extension .psd")]
    assert list(read_articles("a.notes", b"a")) == [
        Fault("a note of one line", 1),
        Fault("no article in it"),
    ]
    assert list(read_articles("a.notes", b"a\0b")) == [Fault("binary: it has NUL bytes")]


def test_a_new_format_is_indexed_searched_and_listed(
    toy: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = _run(list(arguments))
        out, said = capsys.readouterr()
        return status, out, without_seconds(said)

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NUTGRAF_INDEX", raising=False)
    (tmp_path / "empty").mkdir()
    assert run("index", "empty") == (
        1,
        "",
        "nutgraf: 0 files found; articles: none\n"
        "nutgraf: no article found; nutgraf reads .txt, .md, .json, .jsonl, .csv, .sgm, .docx, "
        ".odt, .epub, .html, .rtf, .pdf, .anpa, .iptc, .mbox, .eml, .mhtml, .warc, .wacz "
        "and .notes\n",
    )
    (tmp_path / "river.notes").write_text(f"{NOTES}%%\nTorn\n", "utf-8")
    assert run("index", "river.notes") == (
        0,
        "",
        "nutgraf: skipped river.notes:7: a note of one line\n"
        "nutgraf: articles without date: 2, author: 2\n"
        "nutgraf: 1 file found; articles: 2 added\n",
    )
    status, out, said = run("search", "walks otter", "--json")
    hits = [json.loads(line) for line in out.splitlines()]
    assert [(hit["citation"], hit["title"]) for hit in hits] == [
        ("river.notes!2#1", "Fences"),
        ("river.notes!1#1", "Otters"),
    ]
    assert (status, said) == (
        0,
        "nutgraf: 1 passage; 1 more has only some of the words\n",
    )
    status, out, _ = run("index", "--help")
    assert status == 0
    assert "  .notes " in out
    assert "notes, with lines of %% between them" in out


def test_without_its_extra_a_format_is_skipped_until_that_is_installed(
    toy: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Format(
        "notes", (".notes",), "", toy_format.read, "notes", "reader_of_notes", several=True
    )
    (tmp_path / "a.notes").write_text(NOTES)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "reader_of_notes.py").write_text("")
    skipped = (Skip("a.notes", "reading notes needs pip install 'nutgraf[notes]'"),)
    monkeypatch.setattr(registry, "FORMATS", (row,))
    with index_at(tmp_path) as index:
        assert index.sync([tmp_path / "a.notes"]).skipped == skipped
        with monkeypatch.context() as installed:
            installed.syspath_prepend(tmp_path / "lib")
            report = index.sync([tmp_path / "a.notes"])
        assert (report.added, report.skipped) == (("a.notes!1", "a.notes!2"), ())
        report = index.sync([tmp_path / "a.notes"])
        assert (report.removed, report.skipped) == ((), skipped)
