"""Measures how fast each format is read: `python tests/benchmarks/formats.py [FORMAT...]`.

It makes a file of each format from sentences of data/, and takes exports and wire copy from the
tests. A line of the output has the megabytes of text that are read in a second,
without the splitting into passages.
"""

import json
import sys
import time
import zipfile
from html import escape
from io import BytesIO
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from made_mail import mailbox, message, warc  # noqa: E402
from made_pdfs import lines, pdf  # noqa: E402
from nutgraf_index.formats.registry import FORMATS, format_of, read_articles  # noqa: E402
from nutgraf_index.model import Article  # noqa: E402
from office_files import chapter, docx, epub, odt  # noqa: E402

SECONDS = 1.0  # of reading a format
ARTICLES = 200
EXPORTS = ("nexis.txt", "factiva.txt", "proquest.txt", "newsbank.txt", "reuters.sgm", "port.anpa",
           "port.iptc")  # fmt: skip


def main() -> None:
    """Print a line for each format, or for those that are named."""
    for name, path, data in made():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        size = rounds = 0
        started = time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            entries = [entry for entry in read_articles(path, data) if isinstance(entry, Article)]
            size += sum(len(entry.text.encode()) for entry in entries)
            rounds += 1
        seconds = time.perf_counter() - started
        print(f"{name}: {size / seconds / 1e6:.2f} MB of text a second")


def data_of(export: str) -> bytes:
    """Return the bytes of an export of the tests."""
    return (TESTS / "cases" / "exports" / export).read_bytes()


def made() -> list[tuple[str, str, bytes]]:
    """Return the name of each format, and the path and the bytes of a file of it."""
    text = (TESTS.parent / "data" / "iraq-us-call.txt").read_text("utf-8")
    paragraphs = [line.strip() for line in text.split("\n") if len(line) > 80]
    whole = "\n\n".join(paragraphs)
    rows = [json.dumps({"id": f"a{number}", "text": whole}) for number in range(ARTICLES)]
    table = "id,text\n" + "".join(
        f'a{number},"{whole.replace(chr(34), chr(34) * 2)}"\n' for number in range(ARTICLES)
    )
    tagged = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    markup = f"<html><body><article><h1>A call</h1>{tagged}</article></body></html>".encode()
    many = paragraphs * 50
    words = (" ".join(many)).encode("ascii", "ignore").decode().split()
    mails = [message(whole, own=f"m{number}@varn.example") for number in range(ARTICLES)]
    archive = b"".join(warc(f"https://x.example/{n}", markup) for n in range(20))
    collection = BytesIO()
    with zipfile.ZipFile(collection, "w") as file:
        file.writestr("archive/a.warc", archive)
    files = {
        "a.txt": (whole + "\n\n").encode() * 20,
        "a.md": b"# A call\n\n" + (whole + "\n\n").encode() * 20,
        "a.json": f"[{','.join(rows)}]".encode(),
        "a.jsonl": "\n".join(rows).encode(),
        "a.csv": table.encode(),
        "a.docx": docx("".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in many)),
        "a.odt": odt("".join(f"<text:p>{escape(one)}</text:p>" for one in many)),
        "a.epub": epub({f"{number}.xhtml": chapter(tagged) for number in range(50)}),
        "a.rtf": b"{\\rtf1 " + b"\\par ".join(one.encode("ascii", "ignore") for one in many) + b"}",
        "a.html": markup,
        "a.pdf": pdf([lines([" ".join(words[start : start + 12]) for start in
                             range(0, 480, 12)])] * 5),
        "a.eml": mails[0].as_bytes(),
        "a.mbox": mailbox(mails),
        "a.mhtml": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + markup,
        "a.warc": archive,
        "a.wacz": collection.getvalue(),
    }  # fmt: skip
    rows_made = [(format_of(path, "").name, path, data) for path, data in files.items()]
    for name in EXPORTS:
        data = data_of(name)
        rows_made.append((format_of(name, data.decode("latin-1")).name, name, data))
    exported = data_of("nexis.txt").decode()
    page = "".join(f"<p>{escape(line)}</p>\n" for line in exported.splitlines())
    rows_made.append(("HTML exports", "a.html", f"<html><body>{page}</body></html>".encode()))
    order = [format.name for format in FORMATS]
    return sorted(rows_made, key=lambda row: order.index(row[0]))


if __name__ == "__main__":
    main()
