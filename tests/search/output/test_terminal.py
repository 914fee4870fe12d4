"""What a terminal shows of a long passage."""

from pathlib import Path

import pytest

from nutgraf import Article, Index, search
from nutgraf.output.style import HitWithContext, Style
from nutgraf.output.terminal import hit_lines


@pytest.mark.parametrize("length", [300, 899, 900, 901])
def test_a_passage_of_more_than_900_characters_is_cut_to_its_snippet(length: int) -> None:
    text = ("An otter swam by, and nobody saw it again. " * 30)[: length - 1] + "."
    assert len(text) == length
    style = Style(terminal=True, color=False, width=80, folder=Path())
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
