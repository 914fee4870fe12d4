"""A mistyped word among several is noticed, however many passages the others find."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command import Run
from nutgraf import Article, Index, Suggestion, search

COMMON = "Gun control came up. The secretary of Reykjavík police spoke about a powder."


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    """Sixty passages with the same words, and a few with other words."""
    few = [
        "A gun without contrll.",
        "The secretery left a gun.",
        "A gun and gut.",
        "Data base here.",
        "Data base there.",
        "A data base.",
        "A gun case of an islander.",
    ]
    with Index.in_memory() as made:
        made.add(
            Article(id=f"{n}", text=f"{COMMON} Item {n}.", authors=("Idris Okuducu",))
            for n in range(60)
        )
        made.add([Article(id="few", text="\n\n".join(few))])
        made.add([Article(id="one", text="A gun of Samantha Smithson, in the controversy.")])
        yield made


def corrected(query: str, index: Index, **options: Any) -> list[tuple[str, int, dict[str, int]]]:
    options = {"require": "any", **options}
    results = search(query, index, limit=0, **options)
    assert results.total >= 3, "few passages are found: relaxations are tried too"
    assert results.suggestions == results.spellings
    for one in results.suggestions:
        assert one.kind == "spelling"
        assert search(one.query, index, **{**options, **one.options}).total == one.total
    return [(one.query, one.total, dict(one.words)) for one in results.suggestions]


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        # Of one edit: a letter dropped, added, changed, or swapped with its neighbour
        ("gun contrl", [("gun control", 65, {"contrl": 0})]),
        ("gun conttrol", [("gun control", 65, {"conttrol": 0})]),
        ("gun cintrol", [("gun control", 65, {"cintrol": 0})]),
        ("gun cotnrol", [("gun control", 65, {"cotnrol": 0})]),
        ("gun Contrl", [("gun control", 65, {"Contrl": 0})]),
        ("gun reykjavik plice", [("gun reykjavik police", 65, {"plice": 0})]),
        ("gun rekjavik", [("gun Reykjavík", 65, {"rekjavik": 0})]),
        ("gun contrl plice", [("gun control police", 65, {"contrl": 0, "plice": 0})]),
        ("gun database", [("gun Data-base", 68, {"database": 0})]),
        ("gun guncontrol", [("gun Gun-control", 65, {"guncontrol": 0})]),
        # A word that hardly any passage has, beside a far commoner one
        ("gun contrll", [("gun control", 65, {"contrll": 1})]),
        ("gun secretery", [("gun secretary", 65, {"secretery": 1})]),
        ("gun gut", []),  # too short to tell
        # Wherever the word stands
        ('gun "gun contrl"', [('gun "gun control"', 65, {"contrl": 0})]),
        ('"gun contrl" police', [('"gun control" police', 60, {"contrl": 0})]),
        ("gun OR police NEAR/3 contrl", [("gun police NEAR/3 control", 65, {"contrl": 0})]),
        ("gun =contrl", [("gun =control", 65, {"contrl": 0})]),
        ("gun -contrl", [("gun -control", 5, {"contrl": 0})]),
        ("gun (contrl OR case)^2", [("gun (control OR case)^2", 65, {"contrl": 0})]),
        ("gun contrl-free", [("gun control-free", 65, {"contrl": 0})]),
        ("gun -by:okudcu", [("gun -by:okuducu", 5, {"by:okudcu": 0})]),
        ("gun (by:okudcu OR case)", [("gun OR by:okuducu OR case", 65, {"by:okudcu": 0})]),
        # Correct, or not to be told from it
        ("gun control", []),
        ("gun zeppelin", []),
        ("gun contrail", []),  # two edits away
        ("gun controls controlled", []),  # other forms of the word
        ("gun policeman", []),  # the word with an ending
        ("gun gum", []),
        ("gun ot", []),
        ("gun pul1ce c0ntrol", []),  # with digits
        ("gun contrl~ cont*l", []),  # which have found the word
        ("gun whch", []),  # a stop word
        ("gun Samanthas Smithsom", []),  # no common word
    ],
)
def test_what_is_taken_as_mistyped(
    query: str, suggested: list[tuple[str, int, dict[str, int]]], index: Index
) -> None:
    assert corrected(query, index) == suggested


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("gun contrl", ("gun control", 60)),
        ("gun OR contrl", ("gun OR control", 65)),
        ("gun (contrl OR police)", ("gun (control OR police)", 60)),
        ("(secretary OR contrl) gun base", ("(secretary OR control) gun base", 68)),
        ("(contrl OR police) by:idris", ("(control OR police) by:idris", 60)),
        ("+gun contrl", ("+gun control", 65)),
        ("gun AND secretery", ("gun AND secretary", 60)),
        ("gun contrl?", ("gun OR control", 65)),
    ],
)
def test_a_correction_needs_the_words_that_the_query_needs(
    query: str, suggested: tuple[str, int], index: Index
) -> None:
    (first, *_) = search(query, index).spellings
    assert (first.query, first.total, dict(first.options)) == (*suggested, {})
    assert search(first.query, index).total == first.total


def test_a_word_with_synonyms_is_not_mistyped(index: Index) -> None:
    assert corrected("gun contrl", index, synonyms={"contrl": ["police"]}) == []
    assert corrected("gun contrl", index, synonyms={"gun": ["rifle"]})[0][0] == "gun control"


def test_suggestions_count_what_the_options_find(index: Index) -> None:
    (one,) = search("gun contrl", index, scope="article").suggestions
    assert one == Suggestion("spelling", "gun control", {}, 60, {"contrl": 0})
    found = search("gun +contrl", index)
    assert (found.total, found.suggestions[0].query) == (0, "+control gun")


def test_results_keep_their_help_without_the_index(index: Index) -> None:
    results = pickle.loads(pickle.dumps(search("gun contrl", index)))
    assert dict(results.counts) == {"gun": 65, "contrl": 0}
    assert [one.query for one in results.spellings] == ["gun control"]
    assert results.suggestions == results.spellings


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("\n\n".join(f"{COMMON} Item {n}." for n in range(60)))
    return tmp_path


TOLD = "contrl stands in no passage; did you mean: nutgraf search 'gun control' (60 passages)"


@pytest.mark.parametrize("option", ["--limit=1", "--json", "--count", "--files-with-matches"])
def test_the_command_tells_it_on_stderr(option: str, archive: Path, run: Run) -> None:
    run("index", "a.txt", cwd=archive)
    done = run("search", "gun contrl", option, cwd=archive)
    assert f"nutgraf: {TOLD}\n" in done.stderr
    assert "found by each alone" not in done.stderr
    assert "did you mean" not in done.stdout


def test_quietly_nothing_is_told(archive: Path, run: Run) -> None:
    run("index", "a.txt", cwd=archive)
    assert run("search", "gun contrl", "--quiet", cwd=archive).stderr == ""


def test_it_is_told_of_each_of_many_queries(archive: Path, run: Run) -> None:
    run("index", "a.txt", cwd=archive)
    (archive / "queries.txt").write_text("gun\ngun contrl\n")
    done = run("search", "--queries", "queries.txt", "-n", "0", cwd=archive)
    assert done.stderr == (
        "nutgraf: line 2: No passage has both words; 60 passages have one of them.\n"
        "nutgraf: line 2: contrl stands in no passage; did you mean: gun control (60 passages)\n"
    )


def test_several_words_are_told_in_one_line(archive: Path, run: Run) -> None:
    run("index", "a.txt", cwd=archive)
    (archive / "a.txt").write_text((archive / "a.txt").read_text() + "\n\nA secretery.")
    done = run("search", "gun contrl secretery", "a.txt", "-n", "0", cwd=archive)
    assert done.stderr.splitlines()[-1] == (
        "nutgraf: contrl stands in no passage, secretery in 1 passage; did you mean: "
        "nutgraf search -- 'gun control secretary' --in a.txt (60 passages)"
    ).replace("-- ", "")
