"""`show --fields` and `index --dry-run -v FILE`: what was read of an article, or would be."""

import json
import zipfile
from pathlib import Path

import pytest

from command import Run
from nutgraf_index.formats import registry
from nutgraf_index.formats.data.json_articles import read
from nutgraf_index.formats.format import Format
from places import TESTS

LINES = """\
{"id": "w-1", "title": "Ferry runs aground", "date": "Jan. 14, 2020", "authors": ["Maren Holt", \
"Bo Ek"], "text": "PORT ELLERY (AP) - The ferry ran aground.\\n\\nNobody was hurt.", "desk": \
"ships", "pages": [1, 2]}
{"text": "An article."}
{"headline": "None"}
"""


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "wire.jsonl").write_text(LINES)
    return tmp_path


def test_all_that_was_read_of_an_article_is_shown(folder: Path, run: Run) -> None:
    run("index", "wire.jsonl", "-q")
    both = run("show", "--fields", "wire.jsonl!w-1#2", "-C", "1")
    assert (both.returncode, both.stdout) == (2, "")
    assert "--fields prints what was read of an article: leave out -C." in both.stderr
    done = run("show", "--fields", "wire.jsonl!w-1#2", "wire.jsonl:2")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == f"""\
id:             wire.jsonl!w-1
title:          Ferry runs aground
authors:        Maren Holt, Bo Ek
date:           2020-01-14
place:          PORT ELLERY
source:         AP
language:       en
url:
path:           {folder}/wire.jsonl
line:           1
format:         text
encoding:       utf-8
metadata desk:  ships
metadata pages: [1, 2]
passages:       2 (lead 1, body 1)

id:       wire.jsonl!2
title:
authors:
date:
place:
source:
language: en
url:
path:     {folder}/wire.jsonl
line:     2
format:   text
encoding: utf-8
passages: 1 (lead 1)
"""
    )
    done = run("show", "--fields", "wire.jsonl!w-1", "wire.jsonl!2", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {
        "id": "wire.jsonl!w-1",
        "title": "Ferry runs aground",
        "authors": ["Maren Holt", "Bo Ek"],
        "date": "2020-01-14",
        "place": "PORT ELLERY",
        "source": "AP",
        "url": "",
        "path": f"{folder}/wire.jsonl",
        "line": 1,
        "language": "en",
        "format": "text",
        "encoding": "utf-8",
        "metadata": {"desk": "ships", "pages": [1, 2]},
        "passages": {"lead": 1, "body": 1},
    }
    assert second["id"] == "wire.jsonl!2"
    done = run("show", "--fields", "wire.jsonl")
    assert done.returncode == 2
    assert done.stderr.startswith("nutgraf: 'wire.jsonl' is the name of 2 articles: ")


def test_fields_cannot_control_a_terminal(folder: Path, run: Run) -> None:
    (folder / "wire.jsonl").write_text('{"text": "A.", "title": "\\u001b[31m\\n", "\\u0007": "x"}')
    run("index", "wire.jsonl", "-q")
    shown = run("show", "--fields", "wire.jsonl!1").stdout
    assert "title:      ␛[31m␊\n" in shown
    assert "metadata ␇: x\n" in shown


def test_several_passages_and_articles_are_shown(folder: Path, run: Run) -> None:
    run("index", "wire.jsonl", "-q")
    assert run("show", "wire.jsonl!w-1#2", "wire.jsonl!2").stdout == (
        "wire.jsonl:1:Nobody was hurt.\nwire.jsonl:2:An article.\n"
    )
    assert run("show", "wire.jsonl!2", "-C", "1").returncode == 2


def test_a_dry_run_shows_how_a_file_would_be_read(folder: Path, run: Run) -> None:
    done = run("index", "--dry-run", "-v", "wire.jsonl")
    assert done.returncode == 0
    assert (
        done.stdout
        == """\
wire.jsonl: JSON Lines, told by the extension; in utf-8; 2 articles

id:             wire.jsonl!w-1
title:          Ferry runs aground
authors:        Maren Holt, Bo Ek
date:           2020-01-14
place:          PORT ELLERY
source:         AP
language:       en
url:
line:           1
metadata desk:  ships
metadata pages: [1, 2]
passages:       2 (lead 1, body 1)
    1  lead  PORT ELLERY (AP) - The ferry ran aground.
    2  body  Nobody was hurt.

id:       wire.jsonl!2
title:
authors:
date:
place:
source:
language: en
url:
line:     2
passages: 1 (lead 1)
    1  lead  An article.
"""
    )
    assert done.stderr == (
        "nutgraf: skipped wire.jsonl:3: "
        "no text in it: none of the keys text, content, body and the like\n"
        "nutgraf: articles by format: JSON Lines 2\n"
        "nutgraf: 1 file found; articles: 2 would be added\n"
    )
    assert not (folder / ".nutgraf").exists()
    again = run("index", "--dry-run", "-v", "--json", "wire.jsonl")
    assert json.loads(again.stdout)["added"] == ["wire.jsonl!2", "wire.jsonl!w-1"]
    of_folder = run("index", "--dry-run", "-v", ".")
    assert of_folder.stdout == "add wire.jsonl!2\nadd wire.jsonl!w-1\n"


def test_an_indexed_file_is_shown_again_and_the_index_stays(folder: Path, run: Run) -> None:
    run("index", "wire.jsonl", "-q", "--index", "a/b")
    before = {path: path.read_bytes() for path in (folder / "a" / "b").iterdir()}
    done = run("index", "--dry-run", "-v", "wire.jsonl", "--index", "a/b")
    assert "\nid:             ../wire.jsonl!w-1\n" in done.stdout
    assert done.stderr.endswith("nutgraf: 1 file found; articles: 2 unchanged\n")
    assert before == {path: path.read_bytes() for path in (folder / "a" / "b").iterdir()}


def test_the_first_articles_of_each_member_are_shown(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Format(
        "notes", (".txt",), "", read, several=True, recognises=lambda head: head.startswith("{")
    )
    monkeypatch.setattr(registry, "FORMATS", (row, *registry.FORMATS))
    with zipfile.ZipFile(folder / "dump.zip", "w") as archive:
        archive.writestr("a.txt", '{"text": "An otter."}\n' * 7)
        archive.writestr("b", "Été à la forêt où sont déjà les loutres.".encode("cp1252"))
        archive.writestr("c.txt", "Long words. " * 20)
    shown = run("index", "--dry-run", "-v", "dump.zip").stdout
    assert shown.startswith(
        "dump.zip!a.txt: notes, told by the content; in utf-8; 7 articles\n\nid:       dump.zip!a"
    )
    assert "\n\n2 more articles (-vv shows all)\n\n" in shown
    assert "\ndump.zip!b: plain text, told by the content; in cp1252 (guessed); 1 art" in shown
    assert f"\n    1  lead  {'Long words. ' * 5}…\n" in shown
    everything = run("index", "--dry-run", "-vv", "dump.zip").stdout
    assert everything.count("An otter.") == 7
    assert "more article" not in everything
    told = run("index", "dump.zip").stderr
    assert "recognised 1 file by content: notes 1; nutgraf index -v lists them\n" in told
    assert "recognised dump.zip!a.txt as notes\n" in run("index", "-v", "dump.zip").stderr
    assert "\narticles  9 (notes 7, plain text 2)\n" in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["formats"] == {"notes": 7, "plain text": 2}


def test_what_gives_no_article_is_told_in_the_report(folder: Path, run: Run) -> None:
    (folder / "image").write_bytes(b"\x89PNG\0\0")
    done = run("index", "--dry-run", "-v", "image")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "nutgraf: skipped image: no extension, and no text with sentences\n"
    )


def test_a_dry_run_shows_the_roles_that_an_export_states(folder: Path, run: Run) -> None:
    data = (TESTS / "cases" / "exports" / "newsbank.txt").read_bytes()
    with zipfile.ZipFile(folder / "dump.zip", "w") as archive:
        archive.writestr("a.txt", data)
    dry = run("index", "--dry-run", "-v", "dump.zip").stdout
    assert dry.startswith("dump.zip!a.txt: NewsBank, told by the content; in utf-8; 2 articles\n")
    roles = "9 (headline 1, note 5, lead 1, body 1, credit 1)"
    assert f"passages:         {roles}\n" in dry
    assert run("index", "dump.zip", "-q").returncode == 0
    fields = run("show", "--fields", "dump.zip!a.txt!1505250001").stdout
    assert f"passages:         {roles}\n" in fields
    found = run("search", "captains").stdout
    assert found == "dump.zip!a.txt:8:Nobody had asked the ferry captains.\n"
    assert data.splitlines()[7] == b"Nobody had asked the ferry captains."
