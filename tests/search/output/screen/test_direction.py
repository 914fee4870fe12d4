"""Right-to-left text on a terminal."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import run_in_terminal
from nutgraf import Article, Index, QueryError, Searcher, search
from nutgraf.output.grep import hit_lines as grep_lines
from nutgraf.output.markdown import hit_lines as markdown_lines
from nutgraf.output.messages import describe_error
from nutgraf.output.screen.direction import isolated_words
from nutgraf.output.screen.properties import passage_lines, property_lines
from nutgraf.output.screen.wrapping import columns
from nutgraf.output.style import HitWithContext, Style
from nutgraf.output.terminal import hit_lines
from nutgraf.results.hits import Hit

LRI, RLI, FSI, PDI = "\u2066\u2067\u2068\u2069"
TITLE = "\u05dc\u05d5\u05d8\u05e8\u05d5\u05ea"
NAME = "\u05d0\u05e0\u05d4 \u05dc\u05d9"
TEXT = "\u05dc\u05d5\u05d8\u05e8\u05d4 \u05e9\u05d7\u05ea\u05d4 \u05d1\u05e0\u05d4\u05e8"
SCREEN = Style(terminal=True, color=False, width=80, folder="")
PIPE = SCREEN._replace(terminal=False)


def hit_of(query: str, **values: Any) -> Hit:
    known = {"id": "a", "title": TITLE, "text": f"{TEXT}.", "language": "he", "date": "2020"}
    with Index.in_memory() as index:
        index.add(Article(**known | values))
        return search(query, index)[0]


def test_each_text_is_isolated_from_what_stands_beside_it() -> None:
    hit = hit_of(TEXT.split()[1])
    first, second, third = TEXT.split()
    score = f"a#1 · score {hit.score:.2f}"
    assert [*hit_lines([HitWithContext(hit, number=1)], SCREEN)] == [
        f"{RLI}{TITLE}{PDI} · 2020",
        f"1. {RLI}{first} **{second}** {third}.{PDI}",
        f"   {score}",
    ]
    colored = [*hit_lines([HitWithContext(hit, number=1)], SCREEN._replace(color=True))]
    assert f"{RLI}{first} \x1b[1;31m{second}\x1b[0m {third}.{PDI}" in colored[1]


def test_every_line_of_a_text_has_its_direction() -> None:
    hit = hit_of(TEXT.split()[0], text=f"IBM {TEXT} IBM {TEXT} NASA {TEXT}.")
    lines = [*hit_lines([HitWithContext(hit)], SCREEN._replace(width=24))][1:-1]
    assert len(lines) > 2
    assert all(re.fullmatch(f"  {RLI}[^{RLI}{PDI}]+{PDI}", line) for line in lines)
    assert max(map(columns, lines)) <= 24


def test_ids_keep_the_order_of_their_parts() -> None:
    hit = hit_of(TEXT.split()[0], id=f"{TITLE}/{TITLE}.txt", title="")
    shown = "".join(hit_lines([HitWithContext(hit)], SCREEN))
    assert f"  {RLI}{TITLE}{PDI}/{RLI}{TITLE}{PDI}.txt#1 · score" in shown


def test_a_pipe_and_plain_text_have_no_isolates() -> None:
    hit = HitWithContext(hit_of(TEXT.split()[0], path=f"/{TITLE}/1.txt"))
    (line,) = grep_lines([hit], PIPE)
    assert line == f"/{TITLE}/1.txt:1:{TEXT}."
    (line,) = grep_lines([hit], SCREEN._replace(folder="/"))
    first, *rest = TEXT.split()
    assert line == f"{RLI}{TITLE}{PDI}/1.txt:1:{RLI}{' '.join([first, *rest])}.{PDI}"
    for style in (PIPE, SCREEN._replace(ascii_only=True)):
        assert not re.search(f"[{LRI}{RLI}{FSI}{PDI}]", "".join(hit_lines([hit], style)))
    english = HitWithContext(hit_of("otter", title="Été", text="An otter naïve.", language="en"))
    assert not re.search(f"[{LRI}{RLI}{FSI}{PDI}]", "".join(hit_lines([english], SCREEN)))


@pytest.mark.parametrize("control", ["\u202e", "\u202d", "\u2067", "\u2069", "\u202b", "\u202c"])
def test_controls_in_a_text_reorder_nothing_else(control: str) -> None:
    hostile = f"An otter {control}drawkcab"
    hit = hit_of("otter", title=hostile, text=hostile, language="en", authors=(hostile,))
    for lines in (hit_lines, grep_lines):
        shown = "".join(lines([HitWithContext(hit)], SCREEN))
        depth = 0
        for sign in shown:
            assert not "\u202a" <= sign <= "\u202e"
            depth += (sign in (LRI, RLI, FSI)) - (sign == PDI)
            assert depth in (0, 1)
        assert depth == 0
    assert control not in hit._repr_html_().partition("nutgraf-about")[2].partition("</div>")[0]


def test_markdown_isolates_names_in_the_source_alone() -> None:
    hit = hit_of(TEXT.split()[0], authors=(NAME, "Bo Ek"))
    first, *rest = TEXT.split()
    quote, _, source = markdown_lines([HitWithContext(hit)], PIPE)
    assert quote == f"> **{first}** {' '.join(rest)}."
    assert source == f"> — a\\#1, *{RLI}{TITLE}{PDI}*, {RLI}{NAME}{PDI}, Bo Ek, 2020"


def test_html_has_the_language_and_the_direction() -> None:
    hit = hit_of(TEXT.split()[0])
    shown = hit._repr_html_()
    assert f'<div class="nutgraf-title" lang="he" dir="rtl"><strong>{TITLE}<' in shown
    assert '<p class="nutgraf-text" lang="he" dir="rtl" ' in shown
    assert f"<mark>{TEXT.split()[0]}</mark>" in shown
    unknown = hit_of("otter", title="", text="An otter.", language="tlh")._repr_html_()
    assert '<div class="nutgraf-title" dir="auto">' in unknown
    assert '<p class="nutgraf-text" lang="tlh" dir="ltr" ' in unknown


@given(st.text(st.sampled_from(f"{TITLE}{RLI}{PDI}\u202e ab/#:1'\"-"), max_size=40))
def test_isolates_of_words_are_balanced_and_add_nothing_else(line: str) -> None:
    shown = isolated_words(line)
    assert re.fullmatch(f"([^{RLI}{PDI}]|{RLI}[^{RLI}{PDI}]+{PDI})*", shown)
    assert columns(shown) == columns(line.replace("\u202e", "\ufffd"))


def test_properties_and_first_words_are_isolated_on_a_terminal() -> None:
    record = {"title": TITLE, "id": "a", "language": "he", "metadata": {}, "passages": {"lead": 1}}
    with Index.in_memory() as index:
        index.add(Article(id="a", language="he", text=f"{TEXT}, " * 9))
        with Searcher(index) as searcher:
            (passage,) = searcher.find("a")[0]
    assert f"title:    {RLI}{TITLE}{PDI}" in [*property_lines(record, SCREEN)]
    assert f"title:    {TITLE}" in [*property_lines(record, PIPE)]
    (line,) = passage_lines([passage], SCREEN, "he")
    assert line.startswith(f"    1  {passage.role}  {RLI}{TEXT}, ")
    assert line.endswith(f" …{PDI}")
    assert 50 <= columns(line.partition(RLI)[2]) <= 62


def test_the_first_words_are_cut_by_columns() -> None:
    with Index.in_memory() as index:
        index.add(Article(id="a", language="ja", text="\u6771\u4eac\u90fd" * 30))
        with Searcher(index) as searcher:
            (line,) = passage_lines(searcher.find("a")[0], PIPE, "ja")
    assert line.partition("\u6771")[2].count("\u6771") == 9
    assert line.endswith("\u90fd …")


def test_an_error_repeats_the_part_of_a_right_to_left_query() -> None:
    query = f"{TEXT} date:soon"
    with Index.in_memory() as index, pytest.raises(QueryError) as caught:
        search(query, index)
    message, shown, part = describe_error(caught.value, query).split("\n")
    assert message.startswith("date:soon names no date")
    assert (shown, part) == (f"  {query}", "  here: date:soon")
    wide = "\u6771\u4eac date:soon"
    with Index.in_memory() as index, pytest.raises(QueryError) as caught:
        search(wide, index)
    assert describe_error(caught.value, wide).split("\n")[1:] == [f"  {wide}", "       ^^^^^^^^^"]


def test_messages_and_names_on_a_terminal_are_isolated_and_can_be_typed_back(
    tmp_path: Path,
) -> None:
    (tmp_path / f"{TITLE}.txt").write_text(f"{TEXT}.\n", "utf-8")
    run_in_terminal("index", ".", cwd=tmp_path)
    shown = run_in_terminal("search", TEXT.split()[0], "x", cwd=tmp_path)
    assert f"{RLI}{TITLE}{PDI}.txt#1" in shown
    assert f"{RLI}{TEXT.split()[0]}{PDI}" in shown.partition("found by each alone:")[2]
    shown = run_in_terminal("show", f"{RLI}{TITLE}{PDI}.txt#1", cwd=tmp_path)
    assert f"{RLI}{TEXT}.{PDI}" in shown
