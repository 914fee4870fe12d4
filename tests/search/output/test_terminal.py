"""What a terminal shows."""

from collections.abc import Iterator

import pytest

from nutgraf import Article, Index, search
from nutgraf.output.style import HitWithContext, Style
from nutgraf.output.terminal import hit_lines


@pytest.mark.parametrize("length", [300, 899, 900, 901])
def test_a_passage_of_more_than_900_characters_is_cut_to_its_snippet(length: int) -> None:
    text = ("An otter swam by, and nobody saw it again. " * 30)[: length - 1] + "."
    assert len(text) == length
    style = Style(terminal=True, color=False, width=80, folder="")
    with Index.in_memory() as index:
        index.add([Article(id="a", title="News", text=text)])
        (hit,) = search("otter", index)
    lines = list(hit_lines([HitWithContext(hit)], style))
    shown = " ".join(line.strip() for line in lines[1 : lines.index("  a#1")])
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


LINE = "Subscribe to the storm letter for all the news of the port."


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
        (hit,) = search("subscribe", index)
    assert f"  {told}" in list(hit_lines([HitWithContext(hit)], style))


OTTERS = [
    Article(id="a", title="Otter fences", text="An otter.\nThe otter-fence and the US fence."),
    Article(id="b", text="The fence is of wood.\nNo river here."),
    Article(id="c", text="Nothing of it."),
]


@pytest.fixture
def otters() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(OTTERS)
        yield index


def test_an_explanation_stands_under_the_hit(otters: Index) -> None:
    hit = search("wood", otters, explain=True)[0]
    lines = list(hit_lines([HitWithContext(hit)], Style(True, False, 80, "")))
    at = lines.index("  b#1")
    assert lines[at + 1] == f"  {hit.score:.4f} score"
    assert lines[at + 2].startswith(f"    {hit.score:.4f} wood: weight 1.3863 = boost 1 × idf ")
    field = "text: freq 1 / length norm 1.1625, length 5, average length 4"
    assert lines[at + 3] == f"      {hit.score:.4f} {field}"
    assert len(lines) == at + 4
