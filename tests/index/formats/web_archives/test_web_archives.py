"""WARC and WACZ files: the pages in them, and what is left out."""

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from command import Run
from made_mail import page, warc
from nutgraf import Index
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from scale import rounds

PIER = warc("https://x.example/pier", page("Pier closes"))
LONGER = PIER.replace(b"</html>", b"</html>More.")
MILL = warc("https://x.example/mill", page("Mill opens", "The mill let boats land"))


def entries(path: str, data: bytes) -> tuple[list[Article], list[tuple[str, int]]]:
    articles, faults = [], []
    for entry in read_articles(path, data):
        if isinstance(entry, Fault):
            faults.append((entry.reason, entry.line))
        else:
            articles.append(entry)
    return articles, faults


def test_pages_are_articles() -> None:
    gone = warc("https://x.example/gone", b"", status="404 Not Found")
    photo = warc("https://x.example/a.jpg", b"\xff", head="image/jpeg")
    again = warc("https://x.example/pier", b"", kind="revisit")
    other = warc("https://x.example/weir", b"", kind="revisit")
    data = PIER + gone + photo + gone + again + other + MILL
    articles, faults = entries("a.warc", data)
    assert [(one.id, one.line, one.title, one.url) for one in articles] == [
        ("20200106100000/https://x.example/pier", 1, "Pier closes", "https://x.example/pier"),
        ("20200106100000/https://x.example/mill", 7, "Mill opens", "https://x.example/mill"),
    ]
    assert articles[0].metadata["captured"] == "2020-01-06T10:00:00Z"
    assert articles[0].date == ""
    assert faults == [
        ("status 404: 2 records", 2),
        ("no web page: image/jpeg: 1 record", 3),
        ("revisit of a page read before: 1 record", 5),
        ("revisit of a page not in it: 1 record", 6),
    ]


def test_compressed_files_and_bodies_are_read() -> None:
    packed = gzip.compress(page("Weir breaks"))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = "text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    data = gzip.compress(PIER) + gzip.compress(warc("https://x.example/w", chunked, head=head))
    wacz = io.BytesIO()
    with zipfile.ZipFile(wacz, "w") as archive:
        archive.writestr("archive/a.warc.gz", data)
        archive.writestr("archive/b.warc", MILL)
        archive.writestr("datapackage.json", "{}")
    for path, content, titles in (
        ("a.warc.gz", data, ["Pier closes", "Weir breaks"]),
        ("a.wacz", wacz.getvalue(), ["Pier closes", "Weir breaks", "Mill opens"]),
    ):
        articles, faults = entries(path, content)
        assert [one.title for one in articles] == titles
        assert [one.line for one in articles] == [1, 2, 3][: len(titles)]
        assert faults == []


def test_damaged_records_are_told_and_the_rest_is_read() -> None:
    short = PIER.replace(b"Content-Length: ", b"Content-Length: 1")  # more than the file has
    for damaged, reason in (
        (PIER.replace(b"Content-Length", b"Content-Size"), "damaged: no header of a record"),
        (short, "cut off"),
        (LONGER, "damaged: its length is wrong"),
    ):
        articles, faults = entries("a.warc", damaged + MILL)
        assert [one.title for one in articles][-1:] == ["Mill opens"], reason
        assert (f"{reason}: https://x.example/pier", 1) in faults, faults
    assert entries("a.warc", b"no WARC") == (
        [],
        [("no WARC file: it does not begin as one", 0)],
    )
    assert entries("a.wacz", b"PK")[1] == [("damaged zip archive: File is not a zip file", 0)]


def test_what_stands_before_damaged_compression_is_read() -> None:
    data = gzip.compress(PIER) + gzip.compress(MILL)
    told = "damaged gzip data: its end is missing"
    articles, faults = entries("a.warc.gz", data[:-100])
    assert ([one.title for one in articles], faults) == (["Pier closes"], [(told, 0)])
    wacz = io.BytesIO()
    with zipfile.ZipFile(wacz, "w") as archive:
        archive.writestr("archive/a.warc.gz", data[:-100])
        archive.writestr("archive/b.warc", MILL)
    articles, faults = entries("a.wacz", wacz.getvalue())
    assert [one.title for one in articles] == ["Pier closes", "Mill opens"]
    assert [reason for reason, _ in faults] == [f"{told}: archive/a.warc.gz"]
    assert entries("a.warc.gz", data[:20]) == ([], [(told, 0)])


def test_a_damaged_part_costs_no_other_record() -> None:
    parts = [*map(gzip.compress, (PIER, MILL, PIER.replace(b"pier", b"weir")))]
    for number, told in ((0, ["Mill opens"]), (1, ["Pier closes"]), (2, ["Pier closes"])):
        for offset in (3, 12, len(parts[number]) // 2, len(parts[number]) - 6):
            changed = bytearray(parts[number])
            changed[offset] ^= 0x5A
            damaged = [*parts[:number], bytes(changed), *parts[number + 1 :]]
            articles, faults = entries("a.warc.gz", b"".join(damaged))
            assert len(articles) == 2, (number, offset)
            assert articles[0].title == told[0]
            assert faults == [("damaged gzip data: 1 part of it cannot be read", 0)]


def test_methods_of_compression_are_named() -> None:
    text = page("Weir breaks")
    packed = zstandard.compress(text)
    for body, encoding, titles, told in (
        (text, "br", ["Weir breaks"], []),  # the crawler has unpacked it
        (packed, "zstd", ["Weir breaks"], []),
        (packed[:-9], "zstd", [], ["damaged zstd data: its end is missing: 1 record"]),
        (b"\x8b\x00\x80", "br", [], ["compressed by Brotli, which is not read: 1 record"]),
        (b"\x8b\x00\x80", "x-odd", [], ["compressed by x-odd, which is not read: 1 record"]),
    ):
        head = f"text/html\r\nContent-Encoding: {encoding}"
        data = PIER + warc("https://x.example/w", body, head=head)
        articles, faults = entries("a.warc", data)
        assert [one.title for one in articles] == ["Pier closes", *titles]
        assert [reason for reason, _ in faults] == told


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_limit_of_bytes_is_that_of_a_record(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    name = "a.warc" if pack is bytes else "a.warc.gz"
    (tmp_path / name).write_bytes(b"".join(map(pack, (PIER, MILL, PIER.replace(b"pier", b"weir")))))
    size = max(len(PIER), len(MILL))
    report = Index.in_memory().sync([tmp_path], max_bytes=size)
    assert (len(report.added), report.skipped) == (3, ())
    report = Index.in_memory().sync([tmp_path], max_bytes=100)
    limit = "100 allowed (--max-bytes)"
    assert report.skipped[0].reason.startswith("larger than the limit: ")
    assert all(limit in skip.reason for skip in report.skipped if skip.line)


def test_an_answer_without_a_status_is_told() -> None:
    bare = re.sub(rb"HTTP/1.1.*?\r\n\r\n", b"", PIER, flags=re.DOTALL)
    shorter = len(PIER) - len(bare)
    bare = re.sub(
        rb"(Content-Length: )(\d+)",
        lambda match: match[1] + b"%d" % (int(match[2]) - shorter),
        bare,
    )
    assert entries("a.warc", bare)[1] == [
        ("damaged answer: 1 record", 1),
        ("no article in it", 0),
    ]


def test_any_bytes_are_read_or_refused() -> None:
    chance = random.Random(23)
    for _ in range(rounds(12)):
        changed = bytearray(PIER + MILL)
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(changed))
            changed[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 3))
        for path, data in (("a.warc", bytes(changed)), ("a.warc.gz", gzip.compress(changed))):
            assert [*read_articles(path, data)]


def test_web_archives_are_indexed_by_the_command(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(PIER) + gzip.compress(MILL))
    done = run("index", ".", cwd=tmp_path)
    assert done.stderr.endswith("1 file found; articles: 2 added\n")
    found = run("search", '"mill opens"', "-l", cwd=tmp_path)
    assert found.stdout == "a.warc.gz\n"
