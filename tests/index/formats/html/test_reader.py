"""Web pages: their main text with roles and ids, their properties, and what gives none."""

import codecs
import gzip
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nutgraf import Article, Index, Role, Searcher, search, split
from nutgraf.output.messages import describe_formats
from nutgraf_index.formats import format as formats
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.html import main_text
from nutgraf_index.formats.html.blocks import blocks_of
from nutgraf_index.formats.registry import FORMATS, format_of, read_articles
from nutgraf_index.model import MarkedArticle
from nutgraf_index.passages.split import complete

STORY = """
<h1>Otters return to the Varn</h1>
<p id="p1">LINDHOLM (PP) — Otters have come back to all nine rivers of the Varn basin, a survey
found on <b>Friday</b>.</p>
<p>Nobody had seen one there for forty years.</p>
<h2 id="why">Why they left</h2>
<p>Pesticides had killed the fish that otters eat.<br>Then the rivers were made straight.</p>
<ul><li>Trout are back.</li><li>Eels are back.</li></ul>
<figure><img src="x"><figcaption>An otter in the upper Varn.</figcaption></figure>
<blockquote><p>“We did not expect them so soon,” said Maja Orlo of the survey.</p></blockquote>
<table><tr><th>River</th><th>Otters</th></tr><tr><td>Upper Varn</td><td>12</td></tr></table>
<p>The survey goes on in May.</p>
"""


def page(body: str = f"<article id='story'>{STORY}</article>", head: str = "") -> bytes:
    """Return a page of a site: with a menu and a footer."""
    menu = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><meta charset='utf-8'>{head}</head>"
        f"<body>{menu}{body}<footer>All rights of the Varn Post.</footer></body></html>"
    ).encode()


def read(data: bytes, path: str = "a.html", **options: str) -> MarkedArticle:
    """Return the article of a page."""
    (article,) = read_articles(path, data, ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(article, MarkedArticle), article
    return article


def fault(data: bytes, path: str = "a.html") -> str:
    """Return the reason why a page gives no article."""
    (entry,) = read_articles(path, data)
    assert isinstance(entry, Fault), entry
    return entry.reason


def head(markup: str) -> MarkedArticle:
    """Return the article of a page with something in its head."""
    return read(page(head=markup))


def json_ld(text: str) -> MarkedArticle:
    """Return the article of a page with a script in JSON-LD."""
    return head(f'<script type="application/ld+json">{text}</script>')


def test_the_main_text_keeps_the_borders_and_roles_of_the_page() -> None:
    article = read(page())
    assert [(passage.role.value, passage.heading, passage.text) for passage in split(article)] == [
        ("headline", "", "Otters return to the Varn"),
        (
            "lead",
            "",
            "LINDHOLM (PP) — Otters have come back to all nine rivers of the Varn basin, a survey "
            "found on Friday.",
        ),
        ("body", "", "Nobody had seen one there for forty years."),
        ("subhead", "", "Why they left"),
        ("body", "Why they left", "Pesticides had killed the fish that otters eat."),
        ("body", "Why they left", "Then the rivers were made straight."),
        ("list", "Why they left", "Trout are back."),
        ("list", "Why they left", "Eels are back."),
        ("caption", "Why they left", "An otter in the upper Varn."),
        (
            "body",
            "Why they left",
            "“We did not expect them so soon,” said Maja Orlo of the survey.",
        ),
        ("body", "Why they left", "River\tOtters"),
        ("body", "Why they left", "Upper Varn\t12"),
        ("body", "Why they left", "The survey goes on in May."),
    ]
    assert complete(article, split(article)).place == "LINDHOLM"


def test_each_passage_has_the_nearest_id() -> None:
    with Index.in_memory() as index:
        index.add(read(page()))
        with Searcher(index) as searcher:
            hits = {
                hit.text[:9]: hit for hit in searcher.search("varn OR otters OR years", limit=9)
            }
    assert hits["LINDHOLM "].element == "p1"
    assert hits["Nobody ha"].element == "story"  # around it
    assert hits["Pesticide"].element == "why"  # the heading it stands under
    assert hits["Nobody ha"].pointer == (
        "#story:~:text=Nobody%20had%20seen%20one%20there%20for%20forty%20years."
    )


def elements(body: str) -> list[str]:
    """Return the ids of the passages of a page."""
    article = read(page(body))
    found = []
    for passage in split(article):
        before = [one.element for one in article.anchors if one.start <= passage.start]
        found.append(before[-1] if before else "")
    return found


def test_where_ids_come_from() -> None:
    texts = [f"In year {n} otters came back to the river, a survey found. " * 3 for n in range(4)]
    a, b, c, d = (f"<p>{text}</p>" for text in texts)
    assert elements(f"<article>{a}{b}</article>") == ["", ""]
    named = f'<a name="top"></a>{a}<p>{texts[1]}<span id="here"></span></p>{c}'
    assert elements(f"<article id='x'>{named}</article>") == ["top", "here", "x"]
    heading = '<div><h2 id="h">Why they left</h2></div>'
    parts = f'{a}{heading}{b}<div id="d">{c}</div>{d}'
    assert elements(f"<article id='x'>{parts}</article>") == ["x", "h", "h", "d", "h"]
    odd = f"<p id='two words'>{texts[0]}</p><p id='{'x' * 201}'>{texts[1]}</p>"
    assert elements(f"<article id='x'>{odd}</article>") == ["x", "x"]
    assert elements(f"<div id='ad'></div><article>{a}</article>") == ["ad"]  # the last before it


def test_what_is_hidden_is_left_out() -> None:
    hidden = (
        '<p style="color: red; display:none">Hidden one.</p><p hidden>Hidden two.</p>'
        '<p aria-hidden="true">Hidden three.</p><div style="visibility: hidden">Hidden four.</div>'
        "<!-- Hidden five. --><template><p>Hidden six.</p></template><dialog>Hidden seven.</dialog>"
        "<noscript><p>Hidden eight.</p></noscript><script>hidden = 'nine'</script>"
    )
    assert read(page(f"<article>{STORY}{hidden}</article>")).text == read(page()).text
    shown = read(page(f"<article style='visibility:hidden'>{STORY}</article>"))
    assert shown.text == read(page()).text  # a script would show it
    shown = read(page(f"<article>{STORY}<p hidden='until-found'>Eels are back, too.</p></article>"))
    assert "Eels are back, too." in shown.text
    assert "Eels­" not in read(page(f"<article>{STORY}<p>Eels­wim back.</p></article>")).text


def test_no_paragraph_stands_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    article = read(page())
    texts = [passage.text for passage in split(article)]
    doubled = [*texts[:4], *texts[1:4], texts[1] + texts[2], *texts, texts[-1] + " Not there."]
    monkeypatch.setattr(main_text, "main_text_of", lambda root: doubled)
    assert read(page()).text == article.text
    twice = read(page(f"<article id='story'>{STORY}{STORY}</article>"))
    assert twice.text.count(texts[1]) == 2  # as in the page


def test_sentences_that_trafilatura_leaves_out() -> None:
    first = "Otters have come back to all nine rivers of the Varn basin, a survey found on Friday."
    for lost in (f"<div>{first}<br><br>", f"<div><p>{first}</p>", f"<div><span>{first}</span>"):
        body = f"<article><h1>Otters</h1><p>{'Otters swim. ' * 30}</p>{lost}They swim.</div>{STORY}"
        assert first in read(page(f"{body}</article>")).text


SUMMARY = "A survey of 412 bridges surprises the people who once gave the otters up."


def test_the_standfirst_is_read() -> None:
    """Trafilatura leaves it out; the page states it as its description."""
    title, story = STORY.split("</h1>")
    menu = f"<nav><p>{SUMMARY}</p></nav>"

    def text_of(standfirst: str, description: str) -> str:
        body = f"<article><header>{title}</h1>{menu}{standfirst}</header>{story}</article>"
        return read(page(body, f'<meta name="description" content="{description}">')).text

    plain = text_of("", "")
    with_standfirst = f"{SUMMARY}\n\n{plain}"  # without the heading, which the title is
    assert text_of(f'<p class="dek">{SUMMARY}</p>', SUMMARY) == with_standfirst
    assert text_of(f"<h2>{SUMMARY}</h2>", SUMMARY[:60] + "…") == with_standfirst
    assert text_of(f"<p>Lindholm. {SUMMARY}</p>", SUMMARY) == with_standfirst.replace(
        SUMMARY, f"Lindholm. {SUMMARY}"
    )
    # What the page does not state, a caption, and what stands in the text are not taken.
    assert text_of(f"<p>{SUMMARY}</p>", "News of the Varn") == plain
    assert text_of(f"<figure><figcaption>{SUMMARY}</figcaption></figure>", SUMMARY) == plain
    assert text_of("", "Nobody had seen one there for forty years.") == plain


def test_short_pages() -> None:
    assert read(b"<p>Otters are back.</p>").text == "Otters are back."
    assert read(b"Otters are back.").text == "Otters are back."
    article = read(page("<main><h1>Otters</h1><p>Otters are back.</p><p>They swim.</p></main>"))
    assert article.text == "Otters\n\nOtters are back.\n\nThey swim."
    teaser = "<article><h2>Ferries</h2><p>Ferries are late.</p></article>"
    story = f"<article><h2>Otters</h2><p>{'Otters are back in the Varn. ' * 3}</p></article>"
    assert "Otters are back in the Varn." in read(page(teaser + story)).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (page(""), "no main text in it"),
        (page("<p><a href='/a'>Otters are back</a></p><p><a href='/b'>Ferries</a></p>"),
         "no main text in it"),
        (page("<script>otters()</script>"), "no main text in it"),
        (b"\0\0\0 otters", "binary: it has NUL bytes"),
        (page(head='<meta name="status" content="withheld">'), "withheld"),
        (page(head='<meta name="embargo" content="2999-01-01T00:00Z">'),
         "embargoed until 2999-01-01T00:00Z"),
    ],
)  # fmt: skip
def test_pages_without_an_article(data: bytes, reason: str) -> None:
    assert fault(data) == reason


def test_breaks_and_space() -> None:
    body = f"<article>{STORY}<div>One otter\n swims&nbsp;here.<br><br>Two\n\totters swim.</div>"
    text = read(page(body)).text
    assert "One otter swims here.\nTwo otters swim." in text
    plain = "  HARBOUR - Otters are back.\n\n  They swim in the Varn.\n"
    article = read(page(f"<pre>{plain}</pre>"))
    assert [passage.text for passage in split(article)] == [
        "HARBOUR - Otters are back.",
        "They swim in the Varn.",
    ]


def test_the_first_large_heading_is_the_headline() -> None:
    parts = "".join(f"<h1>Part {n}</h1><p>{'Otters are back. ' * 9}</p>" for n in range(3))
    roles = [passage.role for passage in split(read(page(f"<article>{parts}</article>")))]
    assert roles[::2] == [Role.HEADLINE, Role.SUBHEAD, Role.SUBHEAD]


def test_a_table_that_lays_out_a_page_is_no_table_of_data() -> None:
    cell = f"<td><p>{'Otters are back. ' * 9}</p><p>They swim.</p></td>"
    text = read(page(f"<table><tr>{cell}{cell}</tr></table>")).text
    assert "\t" not in text
    assert text.count("\n\nThey swim.") == 2


def test_links_to_other_articles_and_their_labels_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def all_lines(root: Any) -> list[str]:
        return [block.text for block in blocks_of(root.find(".//article"))]

    monkeypatch.setattr(main_text, "main_text_of", all_lines)
    links = (
        "<p>Don't miss</p><ul><li><a href='/f'>Ferries are late, and the pier is closed</a></li>"
        "<li><a href='/g'>Gulls are back</a></li></ul><p><a href='/r'>Related: the pier.</a></p>"
    )
    address = "<p><a href='https://varn.example/list'>https://varn.example/list</a></p>"
    first, last = STORY.split("</p>", 1)
    text = read(page(f"<article>{first}</p>{links}{address}{last}</article>")).text
    assert "https://varn.example/list" in text
    assert text.replace("https://varn.example/list\n\n", "") == read(page()).text


def test_labels_of_comments_at_the_end_are_left_out() -> None:
    for label in ("Comments", "3 comments:", "Tags", "Leave a reply", "Tell us what YOU think..."):
        assert read(page(f"<article>{STORY}<p>{label}</p></article>")).text == read(page()).text


def test_the_parts_of_a_divided_article_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    story = [f"The otters of part {n} are back, and the weirs are gone." for n in range(8)]
    parts = ["".join(f"<p>{line}</p>" for line in story[n : n + 2]) for n in range(0, 8, 2)]
    divided = "<aside><p>An advert is here. Buy it.</p></aside>".join(
        f"<div class='chunk'>{part}</div>" for part in parts
    )
    other = "<div class='chunk'><p>Sharing is caring.</p></div>"
    comments = "<div class='comment'><p>I like it. I do.</p><p>So do I. I do.</p></div>"
    monkeypatch.setattr(main_text, "main_text_of", lambda _root: story[:6])
    text = read(page(f"<div>{divided}{other}{comments}</div>")).text
    assert text.split("\n\n") == story


def test_links_and_headings_at_the_end_are_left_out() -> None:
    more = "<h3>More stories</h3><ul><li><a href='/f'>Ferries are late</a></li></ul><h3>Share</h3>"
    assert read(page(f"<article>{STORY}{more}</article>")).text == read(page()).text


TITLED = "Otters return to the Varn"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (f"<title>{TITLED} | The Varn Post</title>", TITLED),
        (f"<title>The Varn Post - {TITLED}</title>", TITLED),
        ("<title>Otters come home again - News</title>", "Otters come home again"),
        ("<title>Otters: a life</title>", "Otters: a life"),
        (f'<meta property="og:title" content="{TITLED} | Nature | Varn Post">', TITLED),
        ('<meta property="og:title" content="Otters are back - Varn Post">'
         '<meta property="og:site_name" content="varn post">', "Otters are back"),
        ('<meta property="og:title" content="Otters are back - all of them">'
         '<meta property="og:site_name" content="Varn Post">', "Otters are back - all of them"),
        ('<title>x</title><meta property="og:title" content="Otters &amp;amp; eels">',
         "Otters & eels"),
        ('<meta name="twitter:title" content="Otters"><title>Varn</title>', "Otters"),
        ('<meta property="x dc:title" content="Otters"><meta name="og:title" content="Varn">',
         "Otters"),
        ("", TITLED),
        (f"<title>{'x' * 500}</title>", ""),
    ],
)  # fmt: skip
def test_titles(markup: str, title: str) -> None:
    assert head(markup).title == title


def test_json_ld_goes_first() -> None:
    article = json_ld(
        """<!-- {"@context": "https://schema.org", "@graph": [
        {"@type": "WebPage", "name": "Varn", "datePublished": "2019-01-01"},
        {"@id": "#post", "@type": "Organization", "name": "The Varn Post"},
        {"@type": ["Thing", "NewsArticle"], "headline": "Otters &#8211; back",
        "datePublished": "2020-01-12T08:30:00Z", "dateModified": "2020-01-14", "inLanguage": "en",
        "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ek"}],
        "publisher": {"@id": "#post"}, "isAccessibleForFree": "False",
        "mainEntityOfPage": {"@id": "https://varn.example/otters"},
        "articleSection": "Nature", "keywords": "otters, rivers"}]} -->"""
    )
    assert article.title == "Otters – back"
    assert (article.date, article.authors) == ("2020-01-12", ("Ann Lee", "Bo Ek"))
    assert (article.source, article.url) == ("The Varn Post", "https://varn.example/otters")
    assert article.language == "en-GB"
    assert article.metadata == {
        "date_published": "2020-01-12T08:30:00Z",
        "dateModified": "2020-01-14",
        "section": ["Nature"],
        "keywords": ["otters", "rivers"],
        "isAccessibleForFree": False,
    }


@pytest.mark.parametrize(
    "text",
    ["{", "[[[[", '{"@type": 5}', '{"@type": "Article", "headline": {"a": []}}', "null", "[" * 9999,
     '{"@type": "Article", "author": {"@id": "#x"}, "datePublished": "soon"}'],
)  # fmt: skip
def test_json_ld_that_says_nothing(text: str) -> None:
    article = json_ld(text)
    assert article.title == TITLED
    assert not article.date
    assert not article.authors


def test_a_lone_surrogate_in_json_ld() -> None:
    article = json_ld('{"@type": "Article", "headline": "Otters \\ud800 return"}')
    article.title.encode()
    assert article.title.startswith("Otters")


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ('<meta property="article:published_time" content="2020-01-12T23:00:00-05:00">',
         "2020-01-12"),
        ('<meta name="pubdate" content="Jan. 12, 2020">', "2020-01-12"),
        ('<meta name="date" content="soon"><meta itemprop="dateCreated" content="2020-01">',
         "2020-01"),
        ("", ""),
    ],
)  # fmt: skip
def test_dates(markup: str, date: str) -> None:
    assert head(markup).date == date


def test_dates_of_elements() -> None:
    time = '<time itemprop="datePublished" datetime="2020-01-12">Sunday</time>'
    assert read(page(f"<article>{time}{STORY}</article>")).date == "2020-01-12"
    time = '<span class="date published">January 12, 2020</span>'  # as trafilatura finds it
    assert read(page(f"<article>{time}{STORY}</article>")).date == "2020-01-12"


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        ('<meta name="author" content="Ann Lee and Bo Ek">', ("Ann Lee", "Bo Ek")),
        ('<meta name="citation_author" content="Ann Lee"><meta name="citation_author" '
         'content="Bo Ek">', ("Ann Lee", "Bo Ek")),
        ('<meta property="article:author" content="https://varn.example/ann">', ()),
        ('<meta name="author" content="105092"><meta name="byl" content="Ann Lee">', ("Ann Lee",)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "author": [{'
         '"givenName": "Ann", "familyName": "Lee"}, {"givenName": "Bo", "familyName": "Ek"}]}'
         '</script>', ("Ann Lee", "Bo Ek")),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "dpa"}}'
         '</script><meta name="author" content="Varn Post Online">', ()),
    ],
)  # fmt: skip
def test_authors(markup: str, authors: tuple[str, ...]) -> None:
    assert head(markup).authors == authors


def test_authors_of_elements() -> None:
    for byline in (
        '<a rel="author" href="/ann">Ann Lee</a>',
        '<span itemprop="author"><b itemprop="name">Ann Lee</b> in Harbour</span>',
        '<p class="author">Ann Lee</p>',  # as trafilatura finds it
    ):
        assert read(page(f"<article>{byline}{STORY}</article>")).authors == ("Ann Lee",)
    comment = '<div class="comments"><a rel="author" href="/x">Otter Fan</a></div>'
    assert read(page(f"<article>{STORY}</article>{comment}")).authors == ()


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<link rel="canonical" href="https://varn.example/a?b=1">', "https://varn.example/a?b=1"),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="http://varn.example/b">',
         "http://varn.example/b"),
        ("<!-- saved from url=(0024)https://varn.example/a --><link rel=canonical href='/c'>",
         "https://varn.example/c"),
        ("<!--\n Page saved with SingleFile \n url: https://varn.example/a \n-->",
         "https://varn.example/a"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="http://[bad">', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_addresses(markup: str, url: str) -> None:
    assert head(markup).url == url


FULL = "Otters have come back to all nine rivers of the Varn basin. " * 20


def test_the_text_in_json_ld() -> None:
    script = f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{FULL}"}}'
    assert read(page("<p>Read on for money.</p>", f"{script}</script>")).text == FULL.strip()
    article = read(page(head=f"{script}</script>"))
    assert article.metadata["articleBody"] == FULL.strip()  # it says more than the page shows
    assert article.text == read(page()).text
    same = script.replace(FULL, "Otters have come back to all nine rivers.")
    assert "articleBody" not in read(page(head=f"{same}</script>")).metadata
    tags = script.replace(FULL, f"<p>{FULL}</p><p>They swim.</p>")
    assert read(page("", f"{tags}</script>")).text == f"{FULL.strip()}\nThey swim."


RUSSIAN = "<p>Выдры вернулись в реку, сказала Майя Орло в пятницу."


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "iso-8859-5"])
def test_a_declared_encoding(declared: str) -> None:
    data = f'<html><head><meta charset="{declared}"></head>{RUSSIAN}'.encode(declared)
    article = read(data)
    assert article.text == RUSSIAN[3:]
    assert article.encoding == ""  # nothing was guessed
    old = f'<meta http-equiv=content-type content="text/html; charset={declared}">{RUSSIAN}'
    assert read(old.encode(declared)).text == RUSSIAN[3:]
    xml = f'<?xml version="1.0" encoding="{declared}"?><html>{RUSSIAN}</p></html>'
    assert read(xml.encode(declared), "a.xhtml").text == RUSSIAN[3:]


def test_other_encodings() -> None:
    assert read(codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le")).text == RUSSIAN[3:]
    wrong = f'<meta charset="koi8-r">{RUSSIAN}'.encode()
    assert (read(wrong).text, read(wrong).encoding) == (RUSSIAN[3:], "utf-8")
    for name in ("utf-16", "x-unknown", "rot13", "base64"):
        assert read(f'<meta charset="{name}">{RUSSIAN}'.encode()).text == RUSSIAN[3:]
    assert read('<meta charset="iso-8859-1"><p>“Otters are back.”'.encode("cp1252")).text == (
        "“Otters are back.”"
    )
    assert read(RUSSIAN.encode("cp1251"), encoding="cp1251").text == RUSSIAN[3:]


def test_empty_elements_of_xhtml_have_nothing() -> None:
    xml = (
        "<html><head><script src='a.js'/><title/></head><body><p>Otters are back.</p></body></html>"
    )
    assert read(xml.encode(), "a.xhtml").text == "Otters are back."
    assert read(f'<?xml version="1.0"?>{xml}'.encode()).text == "Otters are back."


def test_extensions() -> None:
    for path in ("a.html", "a.htm", "a.XHTML", "a.shtml"):
        assert format_of(path).name == "HTML"
    (article,) = read_articles("a.html.gz", gzip.compress(page()))
    assert isinstance(article, Article)
    assert article.text == read(page()).text


EXPORT = """<html><head>{style}</head><body><div>1 of 1 DOCUMENT</div><div>The Lindholm Post</div>
<div>March 4, 2021 Thursday</div><div>Otters return</div><div>BYLINE: Ann Lee</div>
<div>LENGTH: 7 words</div><div>Otters are back in the Varn.</div>
<div>LOAD-DATE: March 5, 2021</div><div>Copyright 2021 The Lindholm Post</div></body></html>"""


def test_exports_are_told_by_their_content() -> None:
    long = "p {} " * 20_000
    comment = f"<!-- {long} --><script>{long}</script>"
    for style in ("", f"<style>{long}</style>", f"{comment}<STYLE>{long}</STYLE>"):
        (article,) = read_articles("a.html", EXPORT.format(style=style).encode())
        assert isinstance(article, Article)
        assert (article.title, article.date) == ("Otters return", "2021-03-04")
        assert article.source == "The Lindholm Post"
    unended = f"<html><p>Otters are back.</p><script>{EXPORT}"
    assert read(unended.encode()).text == "Otters are back."
    assert format_of("a.html", EXPORT).name == "HTML exports"
    assert format_of("a.html", page().decode()).name == "HTML"


def without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(formats, "find_spec", lambda name: name != "trafilatura" and real(name))


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.html", "b.htm", "c.xhtml"):
        (tmp_path / name).write_bytes(page())
    (tmp_path / "export.html").write_text(EXPORT.format(style=""), "utf-8")
    reason = "reading HTML needs pip install 'nutgraf[html]'"
    with Index.in_memory() as index:
        with monkeypatch.context() as patch:
            without_trafilatura(patch)
            report = index.sync([tmp_path])
            assert [skip.reason for skip in report.skipped] == [reason] * 3
            assert report.formats == {"HTML exports": 1}
            report = index.sync([tmp_path])
            assert [skip.reason for skip in report.skipped] == [reason] * 3
            assert report.added == report.updated == ()
        report = index.sync([tmp_path])  # it is installed now
        assert report.skipped == ()
        assert report.formats == {"HTML": 3, "HTML exports": 1}
        assert search("survey", index).total == 9


def test_the_parts_of_a_saved_page_are_skipped(tmp_path: Path) -> None:
    for name in ("a_files", "b-Dateien", "c_files", "d.files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "frame.html").write_bytes(page())
    for name in ("a.html", "b.htm", "d.xhtml"):
        (tmp_path / name).write_bytes(page())
    with Index.in_memory() as index:
        report = index.sync([tmp_path])
    assert [(Path(skip.path).name, skip.reason) for skip in report.skipped] == [
        ("a_files", "parts of a saved page: a.html"),
        ("b-Dateien", "parts of a saved page: b.htm"),
        ("d.files", "parts of a saved page: d.xhtml"),
    ]
    assert report.formats == {"HTML": 4}  # c_files belongs to no page


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
def test_the_parts_of_a_saved_page_are_skipped_in_archives(tmp_path: Path, kind: str) -> None:
    for name in ("in/a_files", "in/b-Dateien", "in/c_files", "in/_files"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "frame.html").write_bytes(page())
    for name in ("in/a.html", "in/b.htm", "in/.html"):
        (tmp_path / name).write_bytes(page())
    archive = shutil.make_archive(str(tmp_path / "saved"), kind, tmp_path, "in")
    report = Index.in_memory().sync([archive])
    assert [(skip.path.partition("!")[2], skip.reason) for skip in report.skipped] == [
        ("in/.html", "hidden"),
        ("in/a_files/frame.html", "parts of a saved page: a.html"),
        ("in/b-Dateien/frame.html", "parts of a saved page: b.htm"),
    ]
    assert report.formats == {"HTML": 4}


def test_nul_characters_are_left_out() -> None:
    damaged = page().replace(b"survey", b"sur\0vey") + b"\0" * 100
    (article,) = read_articles("a.html", damaged)
    (sound,) = read_articles("a.html", page())
    assert isinstance(article, Article)
    assert isinstance(sound, Article)
    assert (article.text, article.title) == (sound.text, sound.title)
    (fault,) = read_articles("a.html", b"\x89PNG\0\0<no page")
    assert fault == Fault("binary: it has NUL bytes")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nutgraf", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def test_pages_at_the_command_line(tmp_path: Path) -> None:
    markup = f'<title>{TITLED} | The Varn Post</title><meta name="author" content="Ann Lee">'
    (tmp_path / "otters.html").write_bytes(page(head=markup))
    (tmp_path / "menu.html").write_bytes(page(""))
    done = run(tmp_path, "index", ".")
    assert "skipped menu.html: no main text in it\n" in done.stderr
    assert "2 files found; articles: 1 added" in done.stderr
    done = run(tmp_path, "search", "pesticides", "--format", "jsonl")
    assert '"title": "Otters return to the Varn"' in done.stdout
    assert '"element": "why"' in done.stdout
    assert run(tmp_path, "search", "rights").returncode == 1


def test_the_table_of_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(tmp_path, "index", "--formats")
    rows = {tuple(re.split(r"  +", line)) for line in done.stdout.splitlines()}
    assert (".html, .htm, .xhtml, .shtml", "nutgraf[html] installed", HTML) in rows
    assert (".md, .markdown", "built in", "Markdown, with blocks as in CommonMark") in rows
    assert len(rows) == len(FORMATS)
    done = run(tmp_path, "index", "--formats", "--json")
    assert [json.loads(line)["format"] for line in done.stdout.splitlines()] == [
        one.name for one in FORMATS
    ]
    row = next(row for row in map(json.loads, done.stdout.splitlines()) if row["extra"] == "html")
    assert row == {
        "format": "HTML",
        "extensions": [".html", ".htm", ".xhtml", ".shtml"],
        "about": "the article of a web page",
        "extra": "html",
        "installed": True,
    }
    without_trafilatura(monkeypatch)
    (line,) = (line for line in describe_formats() if line.endswith(HTML))
    assert "  pip install 'nutgraf[html]'  " in line
    assert not [one.name for one in FORMATS if "pip install" in one.about]  # the registry adds it


HTML = "HTML, the article of a web page"
