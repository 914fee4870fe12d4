"""A newcomer's folder: a file of each format is indexed and found."""

import json
from collections.abc import Callable
from pathlib import Path

from command import Run
from made_mail import mailbox, message, page, warc
from made_pdfs import lines, pdf
from nutgraf_index.formats.registry import FORMATS
from office_files import chapter, docx, epub, odt

WORD = "kittiwake"
SENTENCE = f"The {WORD} has come back to the cliffs of the river mouth, wardens said on Tuesday."
ROW = {"title": "Birds", "text": SENTENCE, "date": "2020-01-06"}
HTML = page("Birds", f"The {WORD} came back to the cliffs")

# A file of each format by its name in the registry.
MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "plain text": ("a.txt", SENTENCE.encode),
    "Markdown": ("b.md", f"# Birds\n\n{SENTENCE}".encode),
    "JSON": ("c.json", lambda: json.dumps(ROW).encode()),
    "JSON Lines": ("d.jsonl", lambda: json.dumps(ROW).encode()),
    "CSV and TSV": ("e.csv", lambda: f'title,text\nBirds,"{SENTENCE}"\n'.encode()),
    "Word": ("l.docx", lambda: docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>")),
    "OpenDocument": ("m.odt", lambda: odt(f"<text:p>{SENTENCE}</text:p>")),
    "EPUB": ("n.epub", lambda: epub({"1.xhtml": chapter(f"<h1>Birds</h1><p>{SENTENCE}</p>")})),
    "RTF": ("o.rtf", lambda: f"{{\\rtf1 {SENTENCE}\\par}}".encode()),
    "HTML": ("f.html", lambda: HTML),
    "PDF": ("g.pdf", lambda: pdf([lines([SENTENCE])])),
    "mail": ("h.eml", lambda: message(SENTENCE).as_bytes()),
    "mailboxes": ("i.mbox", lambda: mailbox([message(SENTENCE)])),
    "saved web pages": (
        "j.mhtml",
        lambda: b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + HTML,
    ),
    "web archives": ("k.warc", lambda: warc("https://x.example/a", HTML)),
}
# Exports and wire copy have tests of their own: nobody makes them by hand.
NOT_MADE = ("LexisNexis", "Factiva", "ProQuest", "NewsBank", "news SGML", "HTML exports",
            "ANPA-1312", "IPTC 7901",
            "web archive collections")  # fmt: skip


def test_each_format_has_a_maker() -> None:
    assert {format.name for format in FORMATS} - {*NOT_MADE} == {*MAKERS}


def test_a_file_of_each_format_is_found(tmp_path: Path, run: Run) -> None:
    for name, make in MAKERS.values():
        (tmp_path / name).write_bytes(make())
    done = run("index", ".", cwd=tmp_path)
    assert done.stderr.endswith(f"{len(MAKERS)} files found; articles: {len(MAKERS)} added\n")
    found = run("search", WORD, "--no-collapse", "-l", "-n", "100", cwd=tmp_path)
    assert sorted(found.stdout.split()) == sorted(name for name, _ in MAKERS.values())
