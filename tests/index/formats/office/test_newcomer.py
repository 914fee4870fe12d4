"""A folder with a document of each kind, at the command line."""

import json
from pathlib import Path

import pytest

from command import Run
from office_files import chapter, docx, epub, odt


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NUTGRAF_INDEX", raising=False)
    folder = tmp_path / "desk"
    folder.mkdir()
    core = "<dc:title>Otters are back</dc:title><dc:creator>Ann Lee</dc:creator>"
    paragraph = "<w:p><w:r><w:t>The otter was seen in the Varn.</w:t></w:r></w:p>"
    (folder / "a.docx").write_bytes(docx(paragraph, core=core))
    (folder / "b.odt").write_bytes(odt("<text:p>The otter was seen in the Ell.</text:p>"))
    pages = {
        "1.xhtml": chapter("<h1>Streams</h1><p id='p1'>The otter was seen in streams.</p>"),
        "2.xhtml": chapter("<h1>Ponds</h1><p>No other animal was seen.</p><p>A pond is wet.</p>"),
    }
    (folder / "c.epub").write_bytes(epub(pages))
    (folder / "d.rtf").write_bytes(b"{\\rtf1 The otter was seen in a lake.\\par}")
    (folder / "e.doc").write_bytes(b"x")
    (folder / "f.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"x")
    return folder


def test_documents_are_indexed_and_found(desk: Path, run: Run) -> None:
    done = run("index", "desk", "-v")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "nutgraf: skipped e.doc: unknown extension .doc: save it as .docx\n"
        "nutgraf: skipped f.docx: an old Office file: save it in a newer format\n"
        "nutgraf: articles without date: 5, title: 2, author: 4\n"
        "nutgraf: articles by format: EPUB 2, Word 1, OpenDocument 1, RTF 1\n"
        "nutgraf: 6 files found; articles: 5 added\n",
    )
    hits = [json.loads(line) for line in run("search", "otter", "--json").stdout.splitlines()]
    assert {hit["citation"]: hit["title"] for hit in hits} == {
        "desk/a.docx#1": "Otters are back",
        "desk/b.odt#1": "",
        "desk/c.epub!OEBPS/1.xhtml#2": "Rivers of the Varn: Streams",
        "desk/d.rtf#1": "",
    }
    book = next(hit for hit in hits if "epub" in hit["citation"])
    assert (book["element"], book["pointer"], book["page"]) == (
        "OEBPS/1.xhtml#p1",
        "#OEBPS/1.xhtml%23p1",
        0,
    )
    assert book["metadata"] == {"book": "Rivers of the Varn", "chapter": "Streams"}


def test_operators_hold_within_a_chapter(desk: Path, run: Run) -> None:
    run("index", "desk")
    assert run("search", "wet AND animal", "--scope", "article", "--count").stdout == "2\n"
    assert run("search", "streams AND animal", "--scope", "article", "--count").returncode == 1
    assert run("search", "title:rivers AND title:ponds role:headline", "--count").stdout == "1\n"


def test_a_changed_chapter_is_updated(desk: Path, run: Run) -> None:
    run("index", "desk")
    pages = {"1.xhtml": chapter("<h1>Streams</h1><p id='p1'>No otter was seen in streams.</p>")}
    (desk / "c.epub").write_bytes(epub(pages))
    assert run("index", "desk").stderr.splitlines()[-1] == (
        "nutgraf: 6 files found; articles: 1 updated, 3 unchanged, 1 removed"
    )
