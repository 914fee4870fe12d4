"""An archive with something of everything, and all that its index has to give back.

`tests/index/store/format-N` holds the index that format N made of it. For the format that ends, run
`python tests/kept_archive.py tests/index/store/format-N` with the code that still writes it.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nutgraf import Article, Index
from nutgraf_index.model import Anchor, MarkedArticle

__all__ = ["FOLDER", "KNOWN", "SOURCES", "known", "write_sources"]

FOLDER = "archive"  # what is synced; it lies beside the folder of the index
KNOWN = "known.json"
_SHOWN = 80  # characters of a passage that are kept as they are

SOURCES = {
    b"wire.txt": (
        b"Otters return to the Varda\r\n\r\nBy Ann Lee and Idris Okuducu\r\n\r\n"
        b"ISTANBUL (Reuters) - Otters are back,\r\nsaid the trust.\r\n\r\n"
        b"Where they live\r\n\r\n  An indented paragraph of the story, which is long enough.\r\n"
        b"\r\n\r\n- a pond\r\n- a river\r\n\r\n"
        b"(Reporting by Ann Lee; Editing by B. Cole)\r\n"
    ),
    b"2020/report.md": (
        b"---\ntitle: A report\n---\n\n# The report\n\nIts *lead* paragraph\nof two lines.\n\n"
        b"## Ponds\n\n> A quotation of the trust.\n\n* one\n* two\n\n## Rivers\n\n"
        b"| a | table |\n|---|---|\n\nThe end of it.\n"
    ),
    b"briefs.jsonl": b"".join(
        json.dumps(line).encode() + b"\n" if line else b"{broken\n"
        for line in (
            {"id": "brief-1", "text": "A brief.\n\nOf two.", "title": "One", "date": "2020-01"},
            {},
            {"id": "brief-2", "text": "Another \udc80 brief.", "authors": ["Cy", "Di"], "desk": 7},
            {"text": "Without an id.", "url": "https://example.org/a", "place": "Oslo"},
        )
    ),
    b"later.jsonl": b'{"id": "brief-1", "text": "Its id is taken."}\n{"id": "x", "text": "X."}\n',
    b"caf\xe9.txt": "Un café à l’élysée.\n\nDes loutres.\n".encode("cp1252"),
    b"note.txt": b"A note that a program replaced.\n",
    b"gone.txt": b"A note that was removed.\n",
    b"empty.txt": b"",
    b"long.txt": b"   \n\n" + b"A sentence of the long paragraph. " * 700 + b"\n",
}


def write_sources(place: Path) -> Path:
    """Write the files of the archive, and return the folder that they are in."""
    for name, data in SOURCES.items():
        path = place / FOLDER / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place / FOLDER


def _large(id: str) -> Article:
    """Return an article that is large enough for stored passages to learn a dictionary from."""
    parts = [f"Otter {number} of {id} " + ". , " * 4500 + "swims." for number in range(62)]
    return Article(id=id, text="\n\n".join(parts))


def make(folder: Path, sources: Path) -> None:
    """Make the index: several commits and segments, one of them merged, and deletions."""
    with Index.open(folder, create=True) as index:
        index.add([_large("large-1")])
        index.add([_large("large-2"), Article(id="dropped", text="It is dropped.")])
        index.sync([sources])
        index.remove(["dropped", "gone.txt"])
        index.compact()
        index.add(
            [
                Article(
                    id="program é",
                    text="A title\n\nAdded by a program.\r\rOn old lines.\n\n\n\tAnd tabs.",
                    title="Added",
                    authors=("Ann Lee", "Bo"),
                    date="2019-12-31",
                    place="Skarra Point",
                    source="The Trust",
                    url="https://example.org/é",
                    encoding="utf-8",
                    metadata={"desk": {"name": "wild", "codes": [1, 2.5, None, True]}},
                ),
                Article(id="program.md", text="# M\n\n- a\n\n  b\n\nEnd.", format="markdown"),
                MarkedArticle(
                    id="pages",
                    text="The first page.\n\nThe second page.",
                    anchors=(Anchor(0, 1), Anchor(17, 2, "second")),
                ),
                Article(id="gone-too", text="Removed by a program."),
            ]
        )
        index.add(
            [
                Article(id="program-line", text="One.\n\nTwo.", line=7, path="odd/name"),
                Article(id="note.txt", text="In place of a file's."),
            ]
        )
        index.remove(["gone-too"])


def known(index: Index) -> dict[str, Any]:
    """Return all that an index keeps of articles and files, as values of JSON."""
    snapshot = index.snapshot()
    articles = []
    anchors = {one.id: getattr(one, "anchors", ()) for one in snapshot.whole_articles()}
    for record in sorted(snapshot.articles(), key=lambda record: record.article.id):
        properties = asdict(record.article)
        del properties["text"]
        properties["anchors"] = anchors[record.article.id]
        passages = [
            [*(passage._asdict() | {"text": _shown(passage.text)}).values()]
            for passage in snapshot.passages_of(record.article.id)
        ]
        articles.append([properties, record.root, record.digest, passages])
    files = sorted(snapshot.files())
    found = {"language": snapshot.commit.language, "articles": articles, "files": files}
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def _shown(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return text if len(text) <= _SHOWN else hashlib.blake2b(data, digest_size=16).hexdigest()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        make(Path(made, "i"), write_sources(Path(made)))
        with Index.open(Path(made, "i")) as index:
            Path(made, "i", KNOWN).write_text(json.dumps(known(index), indent=1))
        for name in ("write.lock", "files.cache"):
            Path(made, "i", name).unlink()
        shutil.copytree(Path(made, "i"), sys.argv[1])
