"""What a terminal shows."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from nutgraf import Article, Index, Searcher, search
from nutgraf.output.style import HitWithContext, Style
from nutgraf.output.terminal import article_lines, by_article, hit_lines
from small import OTTERS


@pytest.mark.parametrize("length", [300, 899, 900, 901])
def test_a_passage_of_more_than_900_characters_is_cut_to_its_snippet(length: int) -> None:
    text = ("An otter swam by, and nobody saw it again. " * 30)[: length - 1] + "."
    assert len(text) == length
    style = Style(terminal=True, color=False, width=80, folder="")
    with Index.in_memory() as index:
        index.add([Article(id="a", title="News", text=text)])
        (hit,) = search("otter", index)
    lines = list(hit_lines([HitWithContext(hit)], style))
    shown = " ".join(line.strip() for line in lines[1:-1]).replace("**", "")
    assert lines[-1] == f"  a#1 · score {hit.score:.2f}"
    if length <= 900:
        assert shown == text
    else:
        start, end = hit.snippet
        assert end - start <= 300
        assert shown == f"{text[start:end]} …"


def test_a_terminal_tells_how_many_more(sample: Index) -> None:
    style = Style(terminal=True, color=False, width=80, folder="")
    hit = search("otters", sample, group=True)[0]
    assert hit.more == 4
    assert "  and 4 more in this article" in list(hit_lines([HitWithContext(hit)], style))
    assert hit.to_dict()["more"] == 4


@pytest.mark.parametrize("together", [True, False])
def test_the_last_hit_of_an_article_tells_how_many_more(sample: Index, *, together: bool) -> None:
    style = Style(terminal=True, color=False, width=80, folder="", together=together)
    hits = search("otters", sample, per_article=2)
    cited = [hit.citation for hit in hits]
    survey = [one for one in cited if "river-survey" in one]
    assert len(survey) == 2
    assert [hit.more for hit in hits if hit.citation in survey] == [4, 4]
    lines = list(hit_lines([HitWithContext(hit) for hit in hits], style))
    (told,) = (at for at, line in enumerate(lines) if "more in this article" in line)
    assert lines[told] == "  and 3 more in this article"
    assert lines[told - 1].strip().startswith(survey[-1])


LINE = "Readers of the storm letter have all the news of the port."


def newsletter(count: int) -> Index:
    index = Index.in_memory()
    index.add(
        Article(id=f"a{number:03}", date=f"{2020 - number % 10}", text=f"Storm {number}.\n{LINE}")
        for number in range(count)
    )
    return index


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (2, "also a000#2"),
        (4, "also a002#2, a001#2, a000#2"),
        (5, "also a003#2, a002#2, a001#2 and 1 more"),
    ],
)
def test_a_terminal_tells_where_else(count: int, told: str) -> None:
    style = Style(terminal=True, color=False, width=80, folder="")
    with newsletter(count) as index:
        (hit,) = search("readers", index)
    assert f"  {told}" in list(hit_lines([HitWithContext(hit)], style))


@pytest.fixture
def otters() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(OTTERS)
        yield index


def test_an_explanation_stands_under_the_hit(otters: Index) -> None:
    hit = search("wood", otters, explain=True)[0]
    lines = list(hit_lines([HitWithContext(hit)], Style(True, False, 80, "")))
    at = lines.index(f"  b#1 · score {hit.score:.2f}")
    assert lines[at + 1] == f"  {hit.score:.4f} score"
    assert lines[at + 2].startswith(f"    {hit.score:.4f} wood: weight 1.3863 = boost 1 × idf ")
    field = "text: freq 1 / length norm 1.0292, length 5, average length 4.8"
    assert lines[at + 3] == f"      {hit.score:.4f} {field}"
    assert len(lines) == at + 4


def shown(index: Index, query: str, width: int = 80, **style: Any) -> list[str]:
    """Return the lines of all hits of a query, numbered and by article."""
    hits = by_article(search(query, index))
    groups = [HitWithContext(hit, (), (), number) for number, hit in enumerate(hits, 1)]
    return list(hit_lines(groups, Style(True, style.pop("color", False), width, "", **style)))


def test_hits_of_an_article_stand_under_one_heading() -> None:
    far = "A fence of wood stands by the river and by the road, by the mill and by the old bridge."
    with Index.in_memory() as index:
        index.add(
            [
                Article(id="a", date="2020", text=f"Fence and fence.\n\n{far}"),
                Article(id="b", text="The fence is of wood.", title="Wood"),
            ]
        )
        results = search("fence", index)
        assert [hit.citation for hit in results] == ["a#1", "b#1", "a#2"]
        scores = {hit.citation: f"{hit.citation} · score {hit.score:.2f}" for hit in results}
        assert shown(index, "fence") == [
            "a · 2020",
            "1. **Fence** and **fence**.",
            f"   {scores['a#1']}",
            "",
            "2. A **fence** of wood stands by the river and by the road, by the mill and by",
            "   the old bridge.",
            f"   {scores['a#2']}",
            "",
            "Wood",
            "3. The **fence** is of wood.",
            f"   {scores['b#1']}",
        ]
        alone = shown(index, "fence", together=False)
    assert [line for line in alone if line[:2] in ("a ", "Wo")] == ["a · 2020", "a · 2020", "Wood"]


def test_context_is_told_from_hits_without_colours(otters: Index) -> None:
    with Searcher(otters) as searcher:
        hit = searcher.search("river")[0]
        before, after = searcher.neighbours(hit, 1, 1)
    plain = Style(True, False, 80, "")
    cited = f"   b#2 · score {hit.score:.2f}"
    lines = list(hit_lines([HitWithContext(hit, before, after, 7)], plain))
    assert lines == ["b", " │ The fence is of wood.", "7. No **river** here.", cited]
    ascii_only = plain._replace(ascii_only=True)
    assert list(hit_lines([HitWithContext(hit, before, after, 7)], ascii_only))[1:] == [
        " | The fence is of wood.",
        "7. No **river** here.",
        cited.replace("·", "-"),
    ]
    painted = list(hit_lines([HitWithContext(hit, before, after, 7)], plain._replace(color=True)))
    assert "**" not in "".join(painted)
    assert painted[1].endswith("\x1b[2mThe fence is of wood.\x1b[0m")
    assert "No \x1b[1;31mriver\x1b[0m here." in painted[2]


def test_a_subhead_is_shown_once() -> None:
    text = "# News\n\nIntro.\n\n## Otters\n\nAn otter swims.\n\nThe otter eats.\n"
    with Index.in_memory() as index, Searcher(index) as searcher:
        index.add([Article(id="a", text=text, format="markdown")])
        searcher.refresh()
        hits = [hit for hit in searcher.search("otter", sort="path") if hit.heading == "Otters"]
        groups = [HitWithContext(hit, *searcher.neighbours(hit, 1, 0)) for hit in hits]
    assert len(hits) == 2
    style = Style(True, False, 80, "")
    bare = list(hit_lines(map(HitWithContext, hits), style))
    assert sum("Otters" in line for line in bare) == 1
    assert sum("Otters" in line for line in hit_lines(groups[:1], style)) == 1


def test_an_article_has_the_numbers_of_its_passages_in_the_margin() -> None:
    text = "\n\n".join(f"Passage {number} of the story." for number in range(1, 11))
    style = Style(True, False, 24, "")
    with Index.in_memory() as index, Searcher(index) as searcher:
        index.add([Article(id="a", title="News", date="2020-01-02", authors=("Ann",), text=text)])
        searcher.refresh()
        lines = list(article_lines(searcher.article("a"), style))
        links = "".join(article_lines(searcher.article("a"), style._replace(color=True)))
    assert lines[:6] == [
        "News · 2020-01-02 · Ann",
        "a",
        "",
        " 1  Passage 1 of the",
        "    story.",
        "",
    ]
    assert lines[-2:] == ["10  Passage 10 of the", "    story."]
    assert "\x1b]8;" not in links  # the article has neither a file nor a URL


HOSTILE = (
    "https://example.org/" + "a" * 150 + "/otter An otter 東京のカワウソは川に戻った。"
    "新しい調査によると、 e\u0301\u0302\u0323"
    + "o\u0308" * 60
    + " 👩‍👩‍👧‍👦👍🏽🇩🇪❤️🫨 한국어수달이돌아왔다"
    + "가" * 50
    + " \x1b[31m\u202eotter\u202c \ud800 \x9b5A Ａ"
    + "Ｗ" * 45
)


@pytest.mark.parametrize("width", [7, 10, 11, 20, 40, 80, 100])
@pytest.mark.parametrize("color", [False, True])
def test_nothing_is_wider_than_the_terminal(width: int, color: bool) -> None:
    with Index.in_memory() as index, Searcher(index) as searcher:
        index.add(
            Article(
                id=f"{'very/' * 30}{number}",
                title=f"Otter {HOSTILE}",
                date="2020-01-02",
                authors=("Ann " * 40,),
                url="https://example.org/東京/" + "b" * 200,
                text=f"# {HOSTILE}\n\n## {HOSTILE}\n\n{HOSTILE}\n\nAn otter {number}.",
            )
            for number in range(3)
        )
        searcher.refresh()
        hits = by_article(searcher.search("otter nothere", explain=True, limit=20, collapse=False))
        groups = [
            HitWithContext(hit, *searcher.neighbours(hit, 1, 1), number=number)
            for number, hit in enumerate(hits, 95)
        ]
        assert len(groups) > 5
        style = Style(True, color, width, "")
        lines = [
            *hit_lines(groups, style),
            *article_lines(searcher.article(hits[0].article), style),
        ]
    for line in lines:
        plain = re.sub("\x1b\\[[0-9;]*m|\x1b\\]8;;.*?\x1b\\\\", "", line)
        assert "\x1b" not in plain
        assert width_by_character(plain) <= width, plain
    if not color:
        assert not any("\x1b" in line for line in lines)


def width_by_character(text: str) -> int:
    """Return the columns of a text on a terminal that knows no joined characters."""
    return sum(
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )


TEXT = ":~:text=The%20fence%20is%20of%20wood."
WEB = "https://e.org/ü\x1b\\x y#z"


@pytest.mark.parametrize(
    ("path", "url", "format", "link"),
    [
        ("/a b/ü.txt", "", "file://{path}", "file:///a%20b/%C3%BC.txt"),
        ("/a.txt", "", "vscode://file{path}:{line}:{column}", "vscode://file/a.txt:3:1"),
        ("/a.txt", "https://e.org/x", "", ""),
        ("", WEB, "file://{path}", f"https://e.org/%C3%BC%1B%5Cx%20y#z{TEXT}"),
        ("/a.pdf", "https://e.org/x", "file://{path}{pointer}", f"file:///a.pdf#{TEXT}"),
        ("", "javascript:alert(1)", "file://{path}", ""),
        ("", "https://e.org/x", "", ""),
        ("relative.txt", "", "file://{path}", ""),
    ],
)
def test_a_citation_is_a_link(path: str, url: str, format: str, link: str, otters: Index) -> None:
    hit = replace(search("wood", otters)[0], path=path, url=url, line=3)
    lines = list(hit_lines([HitWithContext(hit)], Style(True, True, 80, "", links=format)))
    cited = next(line for line in lines if "b#1" in line)
    assert ("\x1b]8;;" in cited) == bool(link)
    assert not link or f"\x1b]8;;{link}\x1b\\\x1b[36mb#1\x1b[0m\x1b]8;;\x1b\\" in cited
