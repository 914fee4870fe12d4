"""Books: a chapter is an article, with pointers into its page."""

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article, MarkedArticle
from nutgraf_index.passages.split import split
from office_files import chapter, epub, packed


def read(data: bytes) -> tuple[list[Article], list[Fault]]:
    entries = list(read_articles("a.epub", data))
    articles = [entry for entry in entries if isinstance(entry, Article)]
    return articles, [entry for entry in entries if isinstance(entry, Fault)]


def told(page: str) -> list[tuple[str, str]]:
    """Return the role and the text of each passage of a chapter."""
    (article,), faults = read(epub({"1.xhtml": page}))
    assert not faults
    return [(passage.role.value, passage.text) for passage in split(article)]


ONE = chapter("<h1>The Varn</h1><p>Otters are back on the Varn.</p>")
TWO = chapter("<p>The Ell has none.</p>", title="The Ell")


def test_chapters_are_in_the_order_of_the_spine() -> None:
    articles, faults = read(epub({"b.xhtml": ONE, "text/a.xhtml": TWO, "c.xhtml": TWO}))
    assert not faults
    assert [(article.id, article.title, article.path) for article in articles] == [
        ("OEBPS/b.xhtml", "Rivers of the Varn: The Varn", "a.epub"),
        ("OEBPS/text/a.xhtml", "Rivers of the Varn: The Ell", "a.epub"),
        ("OEBPS/c.xhtml", "Rivers of the Varn: The Ell", "a.epub"),
    ]
    assert articles[0].metadata == {"book": "Rivers of the Varn", "chapter": "The Varn"}
    # Lines go on from chapter to chapter, so that a file and a line name one passage.
    lines = [passage.line for article in articles for passage in split(article)]
    assert lines == [1, 3, 5, 7]
    assert [passage.role.value for passage in split(articles[0])] == ["headline", "lead"]


NCX = (
    "<navPoint><navLabel><text>First part</text></navLabel><content src='1.xhtml'/>"
    "<navPoint><navLabel><text>A place</text></navLabel><content src='1.xhtml#p'/></navPoint>"
    "</navPoint><navPoint><navLabel><text>Second &amp; last</text></navLabel>"
    "<content src='a%20b.xhtml#top'/></navPoint>"
)
NAV = (
    '<li><a href="1.xhtml">First <b>part</b></a></li><li><a href="1.xhtml#p">A place</a></li>'
    '<li><a href="a%20b.xhtml#top">Second &amp; last</a></li>'
)


@pytest.mark.parametrize(("ncx", "contents"), [(NCX, ""), ("", NAV)])
def test_titles_are_those_of_the_table_of_contents(ncx: str, contents: str) -> None:
    plain = chapter("<p>It goes on and on.</p>", title="Rivers of the Varn")
    pages = {"1.xhtml": ONE, "2.xhtml": plain, "a b.xhtml": TWO.replace("<p>", "<h2>x</h2><p>")}
    articles, _ = read(epub(pages, ncx=ncx, contents=contents))
    titles = [article.title.removeprefix("Rivers of the Varn: ") for article in articles]
    assert titles[:3] == ["First part", "First part", "Second & last"]


def test_a_file_of_several_chapters_has_the_title_of_its_heading_or_of_the_book() -> None:
    places = '<li><a href="1.xhtml#a">A</a></li><li><a href="1.xhtml#b">B</a></li>'
    page = chapter("<p>It goes on.</p>", title="Rivers of the Varn")
    assert read(epub({"1.xhtml": page}, contents=places))[0][0].title == "Rivers of the Varn"
    assert read(epub({"1.xhtml": ONE}, contents=places))[0][0].title.endswith(": The Varn")


def test_contents_covers_and_title_pages_are_furniture() -> None:
    linked = chapter('<p><a href="1.xhtml">The Varn</a></p><p><a href="2.xhtml">The Ell</a></p>')
    pages = {
        "cover.xhtml": chapter("<p>Rivers</p>"),
        "picture.xhtml": chapter("<img src='a.png' alt=''/>"),
        "title.xhtml": chapter('<section epub:type="titlepage"><h1>Rivers</h1></section>'),
        "toc.xhtml": linked,
        "1.xhtml": ONE,
        "notes.xhtml": chapter("<p>A note that is read beside the text.</p>"),
    }
    guide = (
        '<reference type="cover" href="cover.xhtml"/><reference type="toc" href="toc.xhtml"/>'
        '<reference type="toc" href="notes.xhtml"/>'
    )
    articles, faults = read(epub(pages, guide=guide, contents=NAV, hidden=("notes.xhtml",)))
    assert not faults
    assert {article.id: {p.role.value for p in split(article)} for article in articles} == {
        "OEBPS/cover.xhtml": {"furniture"},
        "OEBPS/title.xhtml": {"furniture"},
        "OEBPS/toc.xhtml": {"furniture"},
        "OEBPS/1.xhtml": {"headline", "lead"},
        "OEBPS/notes.xhtml": {"lead"},
        "OEBPS/nav.xhtml": {"furniture"},
    }


def test_what_stands_in_a_page() -> None:
    page = chapter(
        "<h2>Rivers</h2><div>Otters\n are <i>back</i><br/>again.<p>They swim &mdash; and dive.</p>"
        "They rest.</div><ul><li>The Varn</li><li><p>The Ell</p></li></ul>"
        "<h3>Ponds</h3><table><caption>All ponds</caption><tr><td>Nine ponds were seen.</td>"
        "<td>One was dry.</td></tr></table><pre>  a  b\n  c</pre>"
        "<figure><img src='x'/><figcaption>An otter</figcaption></figure>"
        "<p hidden='hidden'>not shown</p><p style='color: red; display:none'>nor this</p>"
        "<script>nor(this)</script><svg xmlns='http://www.w3.org/2000/svg'><text>no</text></svg>"
        "<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>京です。</p>"
        "<p>Streams<a epub:type='noteref' href='#n'>12</a> and<sup><a href='#n'>[3]</a></sup> x"
        "<sup>2</sup> are<span epub:type='pagebreak' title='7'>7</span> seen.</p>"
        "<aside epub:type='footnote' id='n'><p>As seen in 2020.</p></aside><hr/>"
        "<p>The end of it.</p>"
    )
    assert told(page) == [
        ("headline", "Rivers"),
        ("lead", "Otters are back\nagain."),
        ("body", "They swim — and dive."),
        ("body", "They rest."),
        ("list", "The Varn"),
        ("list", "The Ell"),
        ("subhead", "Ponds"),
        ("caption", "All ponds"),
        ("body", "Nine ponds were seen."),
        ("body", "One was dry."),
        ("body", "a  b\n  c"),
        ("caption", "An otter"),
        ("body", "東京です。"),
        ("body", "Streams and x2 are seen."),
        ("note", "As seen in 2020."),
        ("body", "The end of it."),
    ]


def test_anchors_are_the_nearest_ids() -> None:
    page = chapter(
        "<p>None.</p><section id='s'><p>In it.</p><p id='p2'>Own.</p><p>After it.</p>"
        "<p><a id='a3'></a>With an anchor <span id='late'>in</span> it.</p><p>Last.</p></section>"
    )
    (article,), _ = read(epub({"1.xhtml": page}))
    assert isinstance(article, MarkedArticle)
    anchors = {article.text[one.start :].split("\n")[0]: one.element for one in article.anchors}
    assert anchors == {
        "None.": "OEBPS/1.xhtml",
        "In it.": "OEBPS/1.xhtml#s",
        "Own.": "OEBPS/1.xhtml#p2",
        "With an anchor in it.": "OEBPS/1.xhtml#a3",
        "Last.": "OEBPS/1.xhtml#late",
    }


def test_nul_characters_are_left_out() -> None:
    page = chapter("<p>The ot\0ters are back.</p>")
    (article,), faults = read(epub({"1.xhtml": page}))
    assert (article.text, faults) == ("The otters are back.", [])


METADATA = (
    '<dc:title id="t1">A series</dc:title><dc:title id="t2">Rivers</dc:title>'
    '<meta refines="#t2" property="title-type">main</meta>'
    '<dc:creator id="c1">Ann Lee</dc:creator><dc:creator opf:role="trl">Bo Ek</dc:creator>'
    '<meta refines="#c1" property="role">aut</meta><dc:publisher>Varn Press</dc:publisher>'
    '<dc:date opf:event="modification">2021-01-01</dc:date><dc:date>1885-05-01</dc:date>'
    "<dc:language>en-GB</dc:language><dc:subject>Otters</dc:subject><dc:subject>Rivers, all"
    '</dc:subject><meta property="dcterms:modified">2020-01-02T00:00:00Z</meta>'
)


def test_properties() -> None:
    (article,), _ = read(epub({"1.xhtml": ONE}, metadata=METADATA))
    assert (article.title, article.authors, article.source, article.date) == (
        "Rivers: The Varn",
        ("Ann Lee",),
        "Varn Press",
        "1885-05-01",
    )
    assert article.language == "en-GB"
    assert article.metadata == {
        "keywords": ["Otters", "Rivers, all"],
        "modified": "2020-01-02T00:00:00Z",
        "book": "Rivers",
        "chapter": "The Varn",
    }
    unknown = "<dc:title>Unknown</dc:title><dc:date>0101-01-01T00:00:00+00:00</dc:date>"
    (article,), _ = read(epub({"1.xhtml": TWO}, metadata=unknown))
    assert (article.title, article.date) == ("The Ell", "")


def test_damaged_pages_are_read_as_browsers_read_them() -> None:
    page = (
        "<?xml version='1.0' encoding='iso-8859-1'?><!-- a > b --><html><head><title>x</title>"
        "<body><h1 id=h>The Varn</h1><p>Bj\xf6rn & Ann<p CLASS=x>are back <b>here<br>now</p>"
        "<img src=a><ul><li>one<li id='two'>two</ul></i>The &mdash; end"
    )
    (article,), faults = read(epub({"1.xhtml": page.encode("latin-1")}))  # type: ignore[dict-item]
    assert not faults
    assert [(passage.role.value, passage.text) for passage in split(article)] == [
        ("headline", "The Varn"),
        ("lead", "Björn & Ann"),
        ("body", "are back here\nnow"),
        ("list", "one"),
        ("list", "two"),
        ("body", "The — end"),
    ]


def encryption(method: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
        f'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{method}"/>'
        '<CipherData><CipherReference URI="OEBPS/1.xhtml"/></CipherData></EncryptedData>'
        "</encryption>"
    )


def test_protected_books_are_told_and_fonts_in_disguise_are_none() -> None:
    name = "META-INF/encryption.xml"
    text = encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    assert read(epub({"1.xhtml": ONE}, others={name: text})) == (
        [],
        [Fault("it is protected by DRM: only the programs of its seller can open it")],
    )
    fonts = encryption("http://www.idpf.org/2008/embedding")
    assert len(read(epub({"1.xhtml": ONE}, others={name: fonts}))[0]) == 1


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", ["empty"]),
        (epub({"1.xhtml": chapter("<img src='a'/>")}), ["no text in it"]),
        (epub({}), ["no text in it"]),
        (
            packed({"a": ""}),
            ["it has no META-INF/container.xml: it is damaged, or of another kind"],
        ),
        (
            packed({"META-INF/container.xml": "<a/>"}),
            ["no book: META-INF/container.xml names no file"],
        ),
        (epub({"1.xhtml": ""}), ["OEBPS/1.xhtml is missing in the book"]),
        (
            epub({"1.xhtml": chapter("<p>x</p>", declared='<!DOCTYPE html [<!ENTITY a "b">]>')}),
            ["OEBPS/1.xhtml: it declares a document type with entities of its own: not read, "
             "as that is a trick"],
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(data: bytes, reasons: list[str]) -> None:
    articles, faults = read(data)
    assert not articles
    assert [fault.reason for fault in faults] == reasons


def test_a_missing_chapter_does_not_cost_the_others() -> None:
    articles, faults = read(epub({"1.xhtml": "", "2.xhtml": TWO}))
    assert [article.id for article in articles] == ["OEBPS/2.xhtml"]
    assert [fault.reason for fault in faults] == ["OEBPS/1.xhtml is missing in the book"]
