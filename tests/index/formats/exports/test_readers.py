"""Exports of news databases in every kind of file; what is not understood is said."""

import io
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from nutgraf_index.formats.exports.readers import LAYOUTS
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.model import Article
from nutgraf_index.passages.split import complete, split
from nutgraf_index.properties.keys import has_doubtful_date
from places import TESTS

CASES = TESTS / "cases" / "exports"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(path: str, data: bytes) -> tuple[list[Article], list[Fault]]:
    entries = list(read_articles(path, data))
    articles = [entry for entry in entries if isinstance(entry, Article)]
    return articles, [entry for entry in entries if isinstance(entry, Fault)]


def word(text: str) -> bytes:
    def paragraph(line: str) -> str:
        return f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>"

    body = "".join(map(paragraph, text.split("\n")))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f'<?xml version="1.0"?><w:document {_NAMESPACE}><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", xml)
    return file.getvalue()


def page(text: str) -> bytes:
    rows = "".join(f"<div>{escape(line.strip())}</div>\n" for line in text.split("\n"))
    return f"<html><head><title>x</title></head><body>{rows}</body></html>".encode()


def rich_text(text: str) -> bytes:
    def signs(line: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line.strip())

    return ("{\\rtf1\\ansi " + "\\par\n".join(map(signs, text.split("\n"))) + "}").encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", word), ("a.html", page), ("a.HTM", page), ("a.rtf", rich_text)],
)
@pytest.mark.parametrize(
    "case",
    "nexis nexis-de nexis-fr uni factiva factiva-plain proquest newsbank".split(),
)
def test_a_document_gives_what_its_text_gives(
    name: str, make: Callable[[str], bytes], case: str
) -> None:
    if case == "uni" and make is page:
        return  # Nexis Uni saves no web pages
    data = (CASES / f"{case}.txt").read_bytes()
    expected, _ = read("a.txt", data)
    articles, _ = read(name, make(data.decode().replace("\r\n", "\n")))
    assert [article.id for article in articles] == [article.id for article in expected]
    for article, other in zip(articles, expected, strict=True):
        for known in ("authors", "date", "place", "source", "url"):
            assert getattr(article, known) == getattr(other, known), known
        assert article.title.split()[:2] == other.title.split()[:2]
        leads = [p.text.split()[:4] for p in split(article) if p.role == "lead"]
        assert leads == [p.text.split()[:4] for p in split(other) if p.role == "lead"]
        for passage in split(article):
            assert article.text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    "path", [*sorted(CASES.glob("*.txt")), CASES / "reuters.sgm"], ids=lambda path: path.name
)
def test_the_lines_of_passages_are_those_of_the_file(path: Path) -> None:
    data = path.read_bytes()
    lines = data.decode().replace("\r\n", "\n").split("\n")
    articles, _ = read(path.name, data)
    assert articles
    for article in articles:
        for passage in split(article):
            first = passage.text.split("\n")[0].split()[0]
            line = lines[passage.line - 1].replace("&lt;", "<").replace("</D>", " ")
            assert first in line


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.name)
def test_an_export_is_recognised_among_texts(path: Path) -> None:
    head = path.read_bytes().decode()
    names = [layout.name for layout in LAYOUTS if layout.recognises(head)]
    assert len(names) == 1
    assert format_of("a.txt", head).name == names[0]


@pytest.mark.parametrize(
    "text",
    [
        "Pier closes\n\nThe board said: 3 of 161 documents were lost.\n\nLENGTH: 40 feet of it.\n",
        "The board's report\n\nFull text: it is short.\n\nAuthor: unknown.\n",
        "HD video is better\n\nSN is tin.\n",
        "End of document\n\nA poem.\n",
        "515 words\n\n25 May 2015\n\nDocument of the day\n",
        "Section: News\n\nRecord Number: 5\n\nNot a paper.\n",
        "<p>The board</p>\n<DOC> is a tag.\n",
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert format_of("a.txt", text).name == "plain text"


def test_an_unknown_variant_is_one_article_and_a_notice() -> None:
    text = "   1 of 2 DOCUMENTS\n\nThe board voted.\n\n   2 of 2 DOCUMENTS\n\nNobody was asked.\n"
    (article,), (fault,) = read("a.txt", text.encode())
    assert (article.id, article.text, article.line) == ("1", text, 0)
    assert fault == Fault(
        "it looks like an export of LexisNexis, but of a variant that is not known: "
        "it is read as one article"
    )


def test_what_is_missing_is_said() -> None:
    _, faults = read("nexis.txt", (CASES / "nexis.txt").read_bytes())
    assert faults == [Fault("document 4 of 4 follows document 2: some are missing", 70)]
    text = (CASES / "nexis-de.txt").read_text("utf-8")
    articles, faults = read("a.txt", text[: text.index("Dokument 2")].encode())
    assert len(articles) == 1
    assert faults == [Fault("it ends after document 1 of 2")]
    text = (CASES / "proquest.txt").read_text("utf-8").replace("of 2", "of 3")
    _, faults = read("a.txt", text.encode())
    assert faults == [Fault("it says that it has 3 documents, and has 2")]


def test_a_document_that_the_database_could_not_display_is_said() -> None:
    text = (CASES / "uni.txt").read_text("utf-8")
    text = text.replace(
        "Ferries will call\nThe", "We are sorry but there is an error in this document"
    )
    articles, faults = read("a.txt", text.encode())
    assert [article.id for article in articles] == ["1"]
    assert faults == [Fault("document 2: the database could not display it", 35)]


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        (
            "a.sgm",
            b"<html>The board voted.</html>",
            "not articles in <DOC> or <REUTERS>, as in Gigaword and Reuters-21578",
        ),
    ],
)
def test_other_files_are_refused_with_a_reason(path: str, data: bytes, reason: str) -> None:
    assert read(path, data) == ([], [Fault(reason)])


def test_the_place_of_a_lead_completes_an_article() -> None:
    text = "HD A letter\nPD 25 May 2015\nSN Post\nLP\n\nLINDHOLM (PP) - Why?\n\nAN Document X1\n"
    (article,), _ = read("a.txt", text.encode())
    assert complete(article, split(article)).place == "LINDHOLM"


NEWSBANK = (CASES / "newsbank.txt").read_text().replace("May 25, 2015 |", "04/03/2021 |")


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        (NEWSBANK, "", ""),
        (NEWSBANK, "dmy", "2021-03-04"),
        (NEWSBANK, "mdy", "2021-04-03"),
        (NEWSBANK.replace("May 26, 2015", "25/03/2021"), "", "2021-03-04"),
        (NEWSBANK.replace("May 26, 2015", "03/25/2021"), "", "2021-04-03"),
    ],
)
def test_day_and_month_of_an_export(text: str, order: str, date: str) -> None:
    options = ReadOptions(date_order=order)
    first, second = read_articles("a.txt", text.encode(), options)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.date) == ("Pier closes at Lindholm", date)
    assert has_doubtful_date(first.metadata) == (not date)
    assert not has_doubtful_date(second.metadata)


def test_an_export_is_no_header_block() -> None:
    text = (CASES / "nexis.txt").read_text()
    text = text.replace("Nobody had asked", "Date: May 2\nTitle: nobody had asked")
    articles, _ = read("a.txt", text.encode())
    roles = [passage.role.value for passage in split(articles[0])]
    assert roles[:5] == ["note", "note", "note", "headline", "byline"]
    assert roles[8] == "lead"
    header = "HEADLINE: Pier closes\nBYLINE: Maja Orlo\nDATE: March 4, 2021\n\nThe board has voted."
    (article,), _ = read("a.txt", header.encode())
    assert (format_of("a.txt", header).name, article.title) == ("plain text", "Pier closes")
    assert (article.authors, article.date) == (("Maja Orlo",), "2021-03-04")


def test_an_unknown_variant_has_the_properties_of_its_header_block() -> None:
    unknown = (
        "Title: Pier closes\nDate: 2021-03-04\n\n   1 of 2 DOCUMENTS\n\nThe board voted.\n\n"
        "   2 of 2 DOCUMENTS\n\nNobody was asked.\n"
    )
    articles, faults = read("a.txt", unknown.encode())
    assert (articles[0].title, articles[0].date) == ("Pier closes", "2021-03-04")
    assert "of a variant that is not known" in faults[-1].reason
