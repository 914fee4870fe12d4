"""Damaged and hostile documents: articles or a reason, never an error, in bounded time."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from linear import is_linear
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.passages.split import split
from office_files import STRICT, chapter, docx, epub, fodt, odt, packed
from scale import chances, rounds, size

CASES = rounds(30)  # of each format

NOTED = (
    '<w:p><w:pPr><w:pStyle w:val="berschrift1"/><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:rPr>'
    '<w:vanish w:val="0"/></w:rPr><w:t>Otters are back</w:t><w:tab/></w:r><w:r>'
    '<w:footnoteReference w:id="1"/></w:r><w:ins><w:r><w:t> today</w:t></w:r></w:ins></w:p>'
    "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r>"
    "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
    "</w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p></w:tc></w:tr>"
    '</w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
    '<w:fldChar w:fldCharType="end"/><w:sym w:char="F061"/></w:r></w:p></w:sdtContent></w:sdt>'
)
FOOTNOTES = '<w:footnote w:id="1"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote>'
PAGE = chapter(
    "<h1 id='a'>Otters</h1><p>are <sup><a href='#n'>1</a></sup>back&nbsp;now</p><ul><li>x</li></ul>"
    "<aside epub:type='footnote' id='n'><p>A note</p></aside><pre> a </pre>"
)
NAV = '<li><a href="1.xhtml#a">Otters</a></li>'
TEXT = (
    "<text:h text:outline-level='1'>Otters</text:h><text:p>are<text:s text:c='3'/>back<text:note>"
    "<text:note-body><text:p>A note</text:p></text:note-body></text:note></text:p><text:list>"
    "<text:list-item><text:p>x</text:p></text:list-item></text:list><text:section "
    "text:display='none'><text:p>y</text:p></text:section>"
)
RICH = (
    rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 T;}}{\stylesheet{\s1 heading 1;}}{\info{\title T}"
    rb"{\creatim\yr2020\mo1\dy1}}\pard\s1 Otters\par {\listtext x}are{\v hidden}{\footnote A note}"
    rb"\u8211?\'e9{\shp{\shptxt box}}\cell\row back\par}"
)
MADE: dict[str, bytes] = {
    "a.docx": docx(NOTED, footnotes=FOOTNOTES, core="<dc:title>A title</dc:title>"),
    "a.odt": odt(TEXT, meta="<dc:title>A title</dc:title>"),
    "a.fodt": fodt(TEXT),
    "a.epub": epub({"1.xhtml": PAGE, "2.xhtml": PAGE}, contents=NAV),
    "a.rtf": RICH,
}
_PIECES = [
    b"", b"<", b">", b"</", b"/>", b"&amp;", b"&nbsp;", b"&#0;", b"\0", b"\xff\xfe", b'"', b"<w:p>",
    b"</w:p>", b"<w:del>", b"<text:p>", b"</text:p>", b"<!--", b"]]>", b"<p", b"</a>", b"999999999",
    b"{", b"}", b"\\", b"\\bin9999 ", b"\\par ", b"\\u-1?", b"\\v ", b"{\\shp", b"-1", b"<![CDATA[",
]  # fmt: skip


def check(path: str, data: bytes) -> None:
    """Check that what a file gives can be split and cited, or is a reason."""
    entries = list(read_articles(path, data))
    assert entries
    for entry in entries:
        if isinstance(entry, Fault):
            assert entry.reason
            continue
        end = 0
        for passage in split(entry):
            assert passage.start >= end
            end = passage.end
            assert entry.text[passage.start : passage.end] == passage.text
        entry.text.encode("utf-8")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return data with some bytes flipped, cut out, doubled or replaced."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice([0, 1, 2, 8, 60, 500]))
        changed[start:end] = chance.choice(
            [*_PIECES, bytes(changed[end : end + 90]), bytes([chance.randrange(256)])]
        )
    return bytes(changed)


def with_mutated_part(data: bytes, chance: random.Random) -> bytes:
    """Return an archive of which one part is mutated, so that its checksum is right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    return packed({**parts, name: mutated(parts[name], chance)})


@pytest.mark.parametrize("path", MADE)
def test_mutated_documents(path: str) -> None:
    chance = chances(1)
    data = MADE[path]
    for _ in range(CASES):
        is_archive = zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.7
        check(path, with_mutated_part(data, chance) if is_archive else mutated(data, chance))


@pytest.mark.parametrize("path", MADE)
def test_documents_that_are_cut_off(path: str) -> None:
    data = MADE[path]
    for end in range(0, len(data), max(1, len(data) // 40)):
        check(path, data[:end])


DEEP = size(6_000, 100_000)
FIELD = '<w:fldChar w:fldCharType="begin"/><w:t>x</w:t>'


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("a.docx", lambda n: docx("<w:sdt>" * n + "<w:p/>" + "</w:sdt>" * n)),
        ("a.docx", lambda n: docx("<w:p>" * n + "<w:r><w:t>x</w:t></w:r>" + "</w:p>" * n)),
        ("a.docx", lambda n: docx("<w:tbl><w:tr><w:tc>" * n + "</w:tc></w:tr></w:tbl>" * n)),
        ("a.docx", lambda n: docx(f"<w:p><w:r>{FIELD * n}</w:r></w:p>")),
        ("a.odt", lambda n: odt("<text:p>" * n + "x" + "</text:p>" * n)),
        ("a.odt", lambda n: odt("<text:list><text:list-item>" * n
                                + "</text:list-item></text:list>" * n)),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("<div>" * n + "x" + "</div>" * n)})),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("<b>" * n + "x")})),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("<b>" * n + "</i>" * n)})),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("<a b='" * n)})),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("<!-- " * n)})),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("<p " + "a " * n)})),
        ("a.epub", lambda n: epub({"1.xhtml": chapter("& ;" * n)})),
        ("a.rtf", lambda n: b"{\\rtf1 " + b"{" * n + b"x" + b"}" * n),
        ("a.rtf", lambda n: b"{\\rtf1 " + b"{\\v " * n),
        ("a.rtf", lambda n: b"{\\rtf1 " + b"{\\footnote x" * n),
        ("a.rtf", lambda n: b"{\\rtf1 " + b"{\\shp{\\shptxt x\\par " * n),
        ("a.rtf", lambda n: b"{\\rtf1{\\stylesheet" + b"{\\s1 a" * n),
        ("a.rtf", lambda n: b"{\\rtf1{\\info" + b"{\\title a" * n),
        ("a.rtf", lambda n: b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * n),
    ],
)  # fmt: skip
def test_time_is_linear_in_the_depth(path: str, make: Callable[[int], bytes]) -> None:
    assert is_linear(lambda count: check(path, make(count)), DEEP)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_entities_are_refused(name: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    part = {"a.docx": "word/document.xml", "a.odt": "content.xml", "a.epub": "OEBPS/1.xhtml"}[name]
    with zipfile.ZipFile(io.BytesIO(MADE[name])) as archive:
        parts = {one: archive.read(one).decode() for one in archive.namelist()}
    xml = (
        parts[part]
        .replace("<!DOCTYPE html>", "")
        .replace('<?xml version="1.0" encoding="utf-8"?>', "")
    )
    entries = list(read_articles(name, packed({**parts, part: bomb + xml})))
    reason = "it declares a document type with entities of its own: not read, as that is a trick"
    assert any(isinstance(one, Fault) and one.reason.endswith(reason) for one in entries)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_documents_that_unpack_to_too_much_are_refused(name: str) -> None:
    make: dict[str, Callable[[str], bytes]] = {
        "a.docx": lambda text: docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
        "a.odt": lambda text: odt(f"<text:p>{text}</text:p>"),
        "a.epub": lambda text: epub({"1.xhtml": chapter(f"<p>{text}</p>")}),
    }
    data = make[name](" " * (40 << 20))
    (fault,) = read_articles(name, data)
    assert isinstance(fault, Fault)
    assert "it expands to more than 200 times its size" in fault.reason
    (fault,) = read_articles(name, make[name]("Otters. " * 9000), ReadOptions(max_bytes=50_000))
    assert isinstance(fault, Fault)
    assert "larger than the limit: 72," in fault.reason


def test_strict_documents_are_damaged_alike() -> None:
    chance = chances(1)
    data = docx(NOTED, namespace=STRICT)
    for _ in range(20):
        check("a.docx", with_mutated_part(data, chance))
