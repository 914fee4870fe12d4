"""Mutated exports and wires: an article or a reason, never a traceback, in bounded time."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from linear import is_linear
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.passages.split import split
from places import TESTS
from scale import size

from .test_readers import page, rich_text, word

CASES = TESTS / "cases" / "exports"
FILES = sorted(path for path in CASES.iterdir() if path.suffix != ".toml")
_PIECES = [
    b"", b"\n\n", b"LENGTH:", b"End of Document\n", b"\x01", b"\x02", b"\x03", b"<DOC>", b"</TEXT>",
    b"BODY:\n", b"2 of 9 DOCUMENTS\n", b"AN Document ABCDEFGHIJKLMN\n", b"\xff", b"&#99999;", b"<",
    b"&amp;", b"Full text:", b"________________________________\n", b"Record Number: 1\n", b"HD \n",
    b"515 words\n", b"Database: x\n", b"\r", b"\0",
]  # fmt: skip


def mutations(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    chance = random.Random(seed)
    for _ in range(count):
        mutated = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            start = chance.randrange(len(mutated) + 1)
            end = min(len(mutated), start + chance.choice([0, 1, 5, 40, 400]))
            mutated[start:end] = chance.choice([*_PIECES, bytes(mutated[end : end + 60])])
        yield bytes(mutated)


def check(path: str, data: bytes) -> None:
    for entry in read_articles(path, data):
        if isinstance(entry, Fault):
            assert entry.reason
            continue
        assert entry.text.count("\ufffd") <= data.count(b"\xef\xbf\xbd")
        lines = end = 0
        for passage in split(entry):
            assert passage.start >= end
            end = passage.end
            assert entry.text[passage.start : passage.end] == passage.text
            assert passage.line >= max(lines, entry.line)
            lines = passage.line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_mutated_texts(path: Path) -> None:
    for data in mutations(path.read_bytes(), seed=len(path.name), count=60):
        check(path.name, data)


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.rtf"])
def test_mutated_documents(name: str) -> None:
    make = {"a.docx": word, "a.html": page, "a.rtf": rich_text}[name]
    for path in FILES:
        if path.suffix == ".txt":
            data = make(path.read_bytes().decode().replace("\r\n", "\n"))
            for mutated in mutations(data, seed=1, count=8):
                check(name, mutated)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.txt", "   1 of 9 DOCUMENTS\n\nPost\n\nMay 25, 2015\n\nLENGTH: 9 words\n\n{}"),
        ("a.txt", "HD x\nPD 25 May 2015\nSN y\nLP\n\n{}"),
        ("a.txt", "x\n9 words\n25 May 2015\nThe Post\n\nDocument ABCDEFGHIJKLMN\n\n{}"),
        ("a.txt", "Full text: x\n\nPublication title: y\n\nProQuest document ID: 1\n\n{}"),
        ("a.txt", "x\nAuthor/Byline: y\nRecord Number: 1\n\n{}"),
        ("a.sgm", "<DOC><DOCNO>1</DOCNO><TEXT>{}"),
        ("a.anpa", "\x01W2870\x1f_a\nr i\x13\x11 BC-P 01-03 01\n\x02^BC-P<\n{}"),
        ("a.iptc", "\x01eca062 4 i 211 x\n\x02x =\n\n{}"),
        ("a.html", "<div>1 of 9 DOCUMENTS</div><div>LENGTH: 9 words</div>{}"),
    ],
    ids=lambda value: value[:12].strip() if len(value) > 8 else value,
)
@pytest.mark.parametrize(
    "piece",
    ["a ", "LENGTH: 9 words\n", "\n", "<DOC>", "<a ", "&amp", "<x>", "A: b\n", "\x01", "\x02\n",
     "2 of 9 DOCUMENTS\n", "Record Number: 2\n", "9", "^", "Full text: z\n\n", "HD\n", "(", "_",
     "<div>", "<td>a", "End of Document\n", "9 words\n", "Copyright\n", "x, ", "&", "|", " -"],
)  # fmt: skip
def test_time_is_linear(path: str, text: str, piece: str) -> None:
    def read(length: int) -> None:
        for _ in read_articles(path, text.format(piece * (length // len(piece))).encode()):
            pass

    assert is_linear(read, size(12_000, 80_000))
