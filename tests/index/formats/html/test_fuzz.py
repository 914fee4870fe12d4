"""Broken and hostile pages give an article or a fault, in bounded time; never another error."""

import random

import pytest

from nutgraf import Article, split
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.html import page
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import MarkedArticle
from quick import within
from scale import chances, rounds, size

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Otters return | The Varn Post</title>
<meta property="og:title" content="Otters return"><meta name="author" content="Ann Lee">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Otters",
"datePublished": "2020-01-12", "author": [{"@id": "#a"}]}, {"@id": "#a", "name": "Ann"}]}</script>
<style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav><article id="story"><h1>Otters return</h1>
<p id="p1">HARBOUR &mdash; Otters have come back to all nine rivers of the Varn &amp; beyond.</p>
<div><p>Nobody had seen one there for forty years.<br>Not one.<span hidden>Secret.</span></p></div>
<h2 id="why">Why they left</h2><blockquote><p>“They had no fish,” said <b>Orlo</b>.</p></blockquote>
<ul><li>Trout<li>Eels</ul><table><tr><td>Upper Varn</td><td>12</td></tr></table><pre>
a  b
</pre><figure><img src="data:image/png;base64,AAAA"><figcaption>An otter.</figcaption></figure>
<!-- a comment --><p>They were seen on Friday, said the survey of the rivers.</p></article>
<footer>&copy; The Varn Post</footer></body></html>
"""
PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<td>", "<li>", "<h1>", "</h2>"),
    *("<br>", "<pre>", "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<"),
    *(">", "&", "&#0;", "&#xD800;", "&#x110000;", "&nbsp;", '"', "'", "\0", "\ud800", "\ufffe"),
    *("<svg>", "<math>", "<template>", "<p hidden>", "<html>", "</html>", "<body>", "<title>"),
    *("<a id=x>", "</a>", "<img alt='", "\x1b", "\r", "﷐", "<?xml ?>", "<!DOCTYPE", "=" * 50),
    *('{"@id":', "[[[[", '"\\ud800"', "9" * 5000, "\U000e0001", "<frameset>", "<form>", "<base>"),
]


def checked(data: bytes, path: str = "a.html") -> Article | Fault:
    """Return the article or the fault of a page, after what all of them must be."""
    entry, *others = read_articles(path, data)
    assert not others
    if isinstance(entry, Fault):
        assert entry.reason
        return entry
    assert isinstance(entry, MarkedArticle)
    end = 0
    for mark in entry.marks:
        text = entry.text[mark.start : mark.end]
        assert end <= mark.start < mark.end
        assert text == text.strip()
        end = mark.end
    starts = [anchor.start for anchor in entry.anchors]
    assert starts == sorted(set(starts))
    assert not starts or starts[-1] < len(entry.text)
    for passage in split(entry):
        assert entry.text[passage.start : passage.end] == passage.text
    repr(entry).encode()  # no lone surrogates
    return entry


def mutated(page: str, chance: random.Random) -> bytes:
    """Return a page with pieces put in, taken out, doubled and moved, and bytes changed."""
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(page) + 1)
        end = min(len(page), start + chance.choice((0, 1, 5, 50, 400)))
        piece = chance.choice((chance.choice(PIECES), page[start:end] * 2, "", page[-end:][:99]))
        page = page[:start] + piece * chance.choice((1, 1, 1, 40)) + page[end:]
    data = bytearray(page.encode("utf-8", "surrogatepass"))
    for _ in range(chance.choice((0, 0, 1, 9))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def test_mutated_pages() -> None:
    read = 0
    for number in range(rounds(12)):
        data = mutated(PAGE, chances(number))
        with within(20, number):
            read += isinstance(checked(data, f"a{number % 2 * '.xhtml' or '.html'}"), Article)
    assert read > rounds(2)  # most are articles still


@pytest.mark.parametrize(
    "nested",
    [
        "<div>" * 100_000,
        "<b>" * 100_000 + "</i>" * 100_000,
        "<div><b>" * 50_000 + "</i></p>" * 50_000,
        "<table><tr><td>" * 33_000,
        "<ul><li>" * 50_000,
        "<blockquote>" * 100_000,
        "<a " * 100_000,
        "<font><p>" * 50_000,
    ],
)
def test_100_000_nested_tags(nested: str) -> None:
    markup = (
        f"<html><body><p>Otters are back in the Varn.</p>{nested}<p>They swim.</p></body></html>"
    )
    with within(30):
        entry = checked(markup.encode())
    assert isinstance(entry, Article)
    assert "Otters are back in the Varn." in entry.text


def test_elements_nested_too_deeply_keep_their_text() -> None:
    deep = "".join(f"<div><i><p>The otter number {n} is back in the Varn." for n in range(500))
    entry = checked(f"<html><body>{deep}</body></html>".encode())
    assert isinstance(entry, Article)
    assert entry.text.split("\n\n")[::499] == [
        "The otter number 0 is back in the Varn.",
        "The otter number 499 is back in the Varn.",
    ]


START = "<html><body><p>Otters are back in the Varn, said the survey.</p><p>"


@pytest.mark.parametrize(
    ("piece", "length"),
    [
        (f"<img src='data:,{'A' * (1 << 20)}'>", size(1 << 24, 1 << 26)),
        ("Otters are back. ", size(11 << 20, 1 << 26)),  # libxml2 reads texts of 10 MB unless told
        ("<p>Otters are back in the Varn.", size(1 << 18, 1 << 21)),
        ("&amp;", size(1 << 19, 1 << 21)),
        ("<", size(1 << 18, 1 << 20)),
    ],
)
def test_large_pages(piece: str, length: int) -> None:
    data = (START + piece * ((length - len(START)) // len(piece))).encode()
    with within(120):
        (entry,) = read_articles("a.html", data)
    assert isinstance(entry, Article)
    assert entry.text.startswith("Otters are back in the Varn, said the survey.")


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert page._MOST == 1_000_000
    monkeypatch.setattr(page, "_MOST", 1_000)
    data = (START + "<b>x</b>" * 1_001).encode()
    assert [*read_articles("a.html", data)] == [
        Fault("more than 1,000 elements, which no page for readers has")
    ]


@pytest.mark.parametrize("part", ["title", "descriptions"])
def test_long_titles_and_many_descriptions_take_linear_time(part: str) -> None:
    """Each separator of a title cost a copy of it, and each description a look at each heading."""
    if part == "title":
        ld = f'{{"@type": "NewsArticle", "headline": "{"a|" * size(400_000, 900_000)}"}}'
        above = f'<script type="application/ld+json">{ld}</script><h1>Otters</h1>'
    else:
        numbers = range(size(10_000, 15_000))
        metas = (f'<meta name="description" content="{"a" * 40}{n}">' for n in numbers)
        heads = "".join(f"<h2>line {n} of the page</h2>" for n in numbers)
        above = f"<html><head>{''.join(metas)}</head><body><h1>Otters</h1>{heads}"
    story = "<p>They are back in the Varn, said the survey.</p>" * 8
    with within(5):
        entry = checked(f"{above}{story}".encode())
    assert isinstance(entry, Article)
    assert entry.title == ("" if part == "title" else "Otters")
