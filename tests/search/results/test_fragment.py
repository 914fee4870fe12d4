"""HTML of hits: the matches marked, and nothing of a text taken for markup."""

import html
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Hit, Index, search
from nutgraf.results.fragment import hit_fragment, marked_text

HOSTILE = [
    "<script>alert(1)</script>",
    "</p></article><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- --><style>*{display:none}</style>",
    "&lt;b&gt; &#60;",
    "<mark>",
    "javascript:alert(1)",
    "\ud800\x00\x1b[31m\u202e",
]
TAGS = {"article", "div", "strong", "small", "bdi", "p", "mark", "a", "section", "ol", "li"}
ATTRIBUTES = {"class", "dir", "lang", "style", "href", "rel"}


class Reader(HTMLParser):
    """Collects the tags, attributes and text of a fragment."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attributes
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def hit_of(query: str, **values: Any) -> Hit:
    with Index.in_memory() as index:
        index.add(Article(**{"id": "memo", "text": "Otters are back."} | values))
        return search(query, index)[0]


def test_the_words_that_match_are_marked() -> None:
    hit = hit_of("otters river", text="Otters & trout\nin <the> river.")
    assert hit.html() == "<mark>Otters</mark> &amp; trout\nin &lt;the&gt; <mark>river</mark>."
    assert hit.html(snippet=True) == hit.html()


def test_a_snippet_shows_where_it_leaves_text_out() -> None:
    text = f"{'Word. ' * 100}The otter. {'More. ' * 100}"
    hit = hit_of("otter", text=text)
    shown = hit.html(snippet=True)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "The <mark>otter</mark>." in shown
    start, end = hit.snippet
    assert Reader(shown).text.strip("…") == text[start:end]
    assert len(Reader(hit.html()).text) == len(hit.text)


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=6, unique=True))
def test_the_text_is_that_of_the_hit(text: str, edges: list[int]) -> None:
    ascending = sorted(edge for edge in edges if edge <= len(text))
    spans = [*zip(ascending[::2], ascending[1::2], strict=False)]
    fragment = marked_text(text, spans)
    assert Reader(fragment).tags <= {"mark"}
    marks = html.unescape(fragment).count("<mark>") - text.count("<mark>")
    assert marks == len(spans)


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_nothing_of_a_text_is_markup(hostile: str) -> None:
    properties = {
        name: hostile for name in ("title", "source", "place", "url") if hostile.strip() == hostile
    }
    text = f"{hostile} otters {hostile}"
    hit = hit_of("otters", text=text, authors=hostile, **properties)
    for fragment in (hit._repr_html_(), hit_fragment(hit, whole=False), hit.html()):
        reader = Reader(fragment)
        assert reader.tags <= TAGS
        assert {name for name, _ in reader.attributes} <= ATTRIBUTES
        assert not [value for name, value in reader.attributes if name == "href"]
        assert "<mark>otters</mark>" in fragment
        fragment.encode()
        assert not {"\x00", "\x1b"} & {*fragment}


def test_only_addresses_of_the_web_are_links() -> None:
    for url in ("https://example.org/?a=1&b=2", "HTTP://example.org"):
        fragment = hit_of("otters", url=url)._repr_html_()
        link = f"{html.escape(url)}#:~:text=Otters%20are%20back."
        assert f'<a href="{link}" rel="noopener noreferrer">' in fragment
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://a b",
        "file:///x",
    ):
        assert "href" not in hit_of("otters", url=url)._repr_html_()


def test_a_notebook_shows_results() -> None:
    with Index.in_memory() as index:
        index.add(Article(id="memo", text="Otters are back.", title="Otters", authors="Ann Lee"))
        shown = search('otters "lake', index)._repr_html_()
        empty = search("<zebra>", index)._repr_html_()
    reader = Reader(shown)
    assert "'otters lake': 1 of 1 passage" in reader.text
    assert "never closed" in reader.text
    assert "Ann Lee · memo#1" in reader.text
    assert "<mark>Otters</mark> are back." in shown
    assert Reader(empty).tags == {"section", "p"}
