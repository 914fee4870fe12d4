"""Words that a line end breaks: shown joined where other passages have them in one piece."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_hits import PIPE
from nutgraf import Article, Index, Searcher
from nutgraf.output.registry import output_named
from nutgraf.output.style import Answer, HitWithContext, Style
from nutgraf.output.terminal import article_lines, hit_lines
from nutgraf.results.breaks import joined

TERMINAL = Style(terminal=True, color=False, width=80, folder="")


def broken(hyphen: str, line_end: str) -> str:
    """Return a paragraph of long lines, the first of which ends in the middle of a word."""
    return (
        f"The council of the harbour town met for the third time to hear the gov{hyphen}{line_end}"
        f"ernment of the island, whose envoys had waited in the hall since the morning.{line_end}"
        "Nobody spoke of the fences."
    )


def index_of(*texts: str) -> Index:
    index = Index.in_memory()
    index.add(
        Article(id=f"{number}", text=text, format="markdown") for number, text in enumerate(texts)
    )
    return index


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n  ", " \n\t"])
def test_a_broken_word_is_shown_joined_where_the_archive_has_it(hyphen: str, line_end: str) -> None:
    text = broken(hyphen, line_end)
    with index_of(text, "A government fell.") as index, Searcher(index) as searcher:
        (hit,) = searcher.search("envoys")
    assert hit.text == text[hit.start : hit.end]
    ((start, end),) = hit.breaks
    assert hit.text[start:end] == hyphen + line_end
    assert " hear the government of the island" in hit.html()
    assert " hear the government of the island" in hit._repr_html_()
    (shown,) = [
        " ".join(line.split()) for line in [" ".join(hit_lines([HitWithContext(hit)], TERMINAL))]
    ]
    assert "hear the government of the island" in shown
    # What is cited and what programs read stays that of the source.
    assert hit.to_dict()["text"] == hit.text
    assert hit.to_dict()["breaks"] == [[start, end]]
    for name in ("grep", "jsonl", "csv", "markdown"):
        output = output_named(name)
        lines = (
            output.hits([HitWithContext(hit)], PIPE)
            if output.hits
            else output.answers([Answer("", 1, [HitWithContext(hit)])], PIPE)  # type: ignore[misc]
        )
        assert "government" not in "\n".join(lines)
    assert copy.deepcopy(hit) == hit
    assert copy.deepcopy(hit).html() == hit.html()


@pytest.mark.parametrize(
    "others",
    ["Nobody rules.", "The gov and the ernment.", "A gov-ernment."],
)
def test_a_word_that_no_other_passage_has_keeps_its_hyphen(others: str) -> None:
    with index_of(broken("-", "\n"), others) as index, Searcher(index) as searcher:
        (hit,) = searcher.search("envoys")
    assert hit.breaks == ()
    assert "gov-\nernment" in hit.html()


def test_deleted_passages_and_other_indexes_count_as_they_should() -> None:
    with index_of(broken("-", "\n"), "A government fell.") as index:
        with Searcher(index) as searcher:
            assert len(searcher.search("envoys")[0].breaks) == 1
        index.remove(["1"])
        with index_of("The governments.") as other, Searcher(index) as alone:
            assert alone.search("envoys")[0].breaks == ()
            with Searcher([index, other]) as both:
                assert len(both.search("envoys")[0].breaks) == 1
                assert "government" in both.article(both.search("envoys")[0].article)[0].html()


@pytest.mark.parametrize(
    ("line", "known", "shown"),
    [
        ("counter-ter-\nrorism", "terrorism", "counter-terrorism"),
        ("in-\nter-\nnational", "international", "international"),
        ("pre-\nand", "preand", "preand"),
        ("pre-\nand", "and", "pre-\nand"),
        ("10-\n20", "1020", "10-\n20"),
        ("Jean-\nPierre", "jeanpierre", "Jean-\nPierre"),
        ("end -\nless", "endless", "end -\nless"),
        ("gov-\n\t ernments", "government", "governments"),
        ("gouver-\nnés", "gouvernés", "gouvernés"),
    ],
)
def test_what_is_joined(line: str, known: str, shown: str) -> None:
    filler = "words that fill the line of a column up to where it has to be broken at its end"
    with index_of(f"{filler} {line} {filler}", known) as index, Searcher(index) as searcher:
        hit = searcher.article("0")[0]
    assert joined(hit.text, (), hit.breaks)[0] == f"{filler} {shown} {filler}"


def test_a_highlight_over_a_break_stays_whole() -> None:
    with index_of(broken("-", "\n"), "A government fell.") as index, Searcher(index) as searcher:
        (hit,) = searcher.search('"gov ernment"')
        lines = list(article_lines(searcher.article("0"), TERMINAL))
    assert [hit.text[start:end] for start, end in hit.spans] == ["gov-\nernment"]
    assert "the <mark>government</mark> of" in hit.html()
    assert "the **government** of" in " ".join(
        " ".join(hit_lines([HitWithContext(hit)], TERMINAL)).split()
    )
    assert "the government of" in " ".join(" ".join(lines).split())


def test_a_snippet_of_a_long_passage_is_joined() -> None:
    text = f"{'One word. ' * 90}{broken('-', chr(10))} {'Another word. ' * 90}"
    with index_of(text, "A government fell.") as index, Searcher(index) as searcher:
        (hit,) = searcher.search('"gov ernment"')
    assert len(hit.text) > 900
    assert "<mark>government</mark>" in hit.html(snippet=True)
    assert "**government**" in " ".join(hit_lines([HitWithContext(hit)], TERMINAL))


@given(st.data())
def test_joining_drops_the_breaks_alone(data: st.DataObject) -> None:
    text = data.draw(st.text("ab- \n", max_size=30))
    numbers = st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted)

    def pairs() -> list[tuple[int, int]]:
        edges = data.draw(numbers)
        return [*zip(edges[::2], edges[1::2], strict=False)]

    spans, breaks = pairs(), pairs()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    shown, moved = joined(text, spans, breaks, start, end)
    kept = [at for at in range(start, end) if not any(a <= at < b for a, b in breaks)]
    assert shown == "".join(text[at] for at in kept)
    lit = [any(a <= at < b for a, b in spans) for at in kept]
    assert [any(a <= at < b for a, b in moved) for at in range(len(shown))] == lit
    assert all(a < b for a, b in moved)
    assert moved == sorted(moved)
