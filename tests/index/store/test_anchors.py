"""Anchors: the pages and elements of passages, kept with their articles."""

from pathlib import Path
from typing import Any

import pytest

from nutgraf import Article, ArticleError, Index, IndexDamaged, Searcher, search
from nutgraf.output.style import HitWithContext, Style
from nutgraf.output.terminal import hit_lines
from nutgraf_index.indexing import batch
from nutgraf_index.model import Anchor, Mark, MarkedArticle
from nutgraf_index.segment.stored_fields import load_anchors
from nutgraf_index.sync.synchroniser import digest_of

TEXT = "An otter é of one.\n\nAn otter swam over and on.\n\nAn otter of three."
PAGES = (Anchor(0, 1), Anchor(TEXT.index("over"), 2), Anchor(TEXT.index("An otter of th"), 3))
FIELDS = ("page", "page_end", "element")


def paged(id: str = "a", anchors: Any = PAGES, **values: Any) -> MarkedArticle:
    return MarkedArticle(id=id, text=TEXT, anchors=anchors, **values)


def places(index: Index, article: str = "a") -> list[tuple[Any, ...]]:
    hits = sorted(search(f'otter article:"{article}"', index), key=lambda hit: hit.number)
    return [tuple(getattr(hit, name) for name in FIELDS) for hit in hits]


def test_hits_have_the_pages_of_their_passages() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="plain", text=TEXT), paged()])
        assert places(index) == [(1, 1, ""), (1, 2, ""), (3, 3, "")]
        assert places(index, "plain") == [(0, 0, "")] * 3
        with Searcher(index) as searcher:
            assert [hit.page for hit in searcher.article("a")] == [1, 1, 3]
        hit = search("over article:a", index)[0]
        assert (hit.pointer, hit.to_dict()["page_end"]) == ("#page=1", 2)
        style = Style(terminal=True, color=False, width=80, folder="")
        (cited,) = [line for line in hit_lines([HitWithContext(hit)], style) if "score" in line]
        assert cited == f"  a#2 · pp. 1–2 · score {hit.score:.2f}"
        assert "<bdi>pp. 1–2</bdi>" in hit._repr_html_()
        assert not index.verify()


def test_elements_of_a_web_page() -> None:
    anchors = (Anchor(20, element="two"), Anchor(TEXT.index("An otter of th"), element="three"))
    with Index.in_memory() as index:
        index.add(paged(anchors=anchors, url="https://e.org/a"))
        assert places(index) == [(0, 0, ""), (0, 0, "two"), (0, 0, "three")]
        hit = search("over", index)[0]
        assert hit.pointer == "#two:~:text=An%20otter%20swam%20over%20and%20on."


def test_anchors_survive_merges_and_are_given_back(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        for id in "abc":
            index.add([Article(id=f"plain {id}", text=TEXT), paged(id)])
        index.remove(["b"])
        index.compact()
        assert places(index, "c") == [(1, 1, ""), (1, 2, ""), (3, 3, "")]
        article = index.article("c")
        assert isinstance(article, MarkedArticle)
        assert article.anchors == PAGES
        assert type(index.article("plain a")) is Article
        assert not index.verify()


def test_another_page_or_mark_is_another_article() -> None:
    one = paged(marks=(Mark(0, 18),))
    assert digest_of(one) == digest_of(paged(marks=(Mark(0, 18),)))
    for other in (paged(anchors=(Anchor(0, 1),)), paged(marks=(Mark(0, 18, level=1),))):
        assert digest_of(other) != digest_of(one)
    plain = Article(id="a", text=TEXT)
    assert digest_of(MarkedArticle(id="a", text=TEXT)) == digest_of(plain)


@pytest.mark.parametrize(
    ("anchors", "message"),
    [
        ((Anchor(5, 1), Anchor(5, 2)), "its anchors are not in order"),
        ((Anchor(-1, 1),), "its anchors have numbers out of bounds"),
        ((Anchor(0, 1 << 31),), "its anchors have numbers out of bounds"),
        ((Anchor(0, True),), "a value of its anchors has the wrong type"),
        ((Anchor(len(TEXT), 1),), "an anchor lies behind its text"),
    ],
)
def test_impossible_anchors_are_refused(anchors: tuple[Anchor, ...], message: str) -> None:
    with (
        Index.in_memory() as index,
        pytest.raises(ArticleError, match=f"'a': {message}"),
    ):
        index.add(paged(anchors=anchors))


WRONG = [b"5", b"[]", b"[[]]", b"[[0,1,2]]", b"[[0,1.5]]", b"{", b"[[1],[0]]"]


@pytest.mark.parametrize("data", WRONG)
def test_records_that_are_no_anchors(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises((TypeError, ValueError)):
        load_anchors(data)
    monkeypatch.setattr(batch, "dump_anchors", lambda article: data)
    with Index.in_memory() as index:
        index.add(paged())
        (damage,) = index.verify()
        assert "a record of anchors cannot be read" in damage.problem
        with pytest.raises(IndexDamaged, match="a record of anchors cannot be read"):
            search("otter", index)


def test_an_anchor_behind_the_text_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "dump_anchors", lambda article: b"[[9999,1]]")
    with Index.in_memory() as index:
        index.add(paged())
        (damage,) = index.verify()
        assert "anchors has numbers out of bounds" in damage.problem
