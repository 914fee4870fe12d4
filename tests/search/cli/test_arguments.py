"""Words and paths among the arguments of `search`, and command lines that are mistyped."""

import os
from pathlib import Path

import pytest

from command import Run
from nutgraf.cli.arguments import command_line, read


@pytest.fixture
def here(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that `data` is in, with folders named as words are."""
    monkeypatch.chdir(data.parent)
    for name in ("drone", "river"):
        (data.parent / name).mkdir()
    (data.parent / "river" / "a.txt").write_text("Otters swim.", "utf-8")
    return data.parent


@pytest.mark.parametrize(
    ("words", "within", "query", "paths"),
    [
        (["iraq", "war"], [], "iraq war", []),
        (["ballistic missiles", "data"], [], "ballistic missiles", ["data"]),
        (["iraq", "drone"], [], "iraq", ["drone"]),
        (["iraq", "drone", "river"], [], "iraq", ["drone", "river"]),
        (["ballistic", "missiles", "data"], [], "ballistic missiles data", []),
        (["data"], [], "data", []),
        (["iraq", "drone"], ["data"], "iraq drone", ["data"]),
        (["iraq", "-"], [], "iraq", ["-"]),
        (["iraq", "war", "-"], [], "iraq war", ["-"]),
        (["iraq", "war", "-"], ["data"], "iraq war", ["data", "-"]),
        (["iraq", "-", "data"], [], "iraq", ["-", "data"]),
        (["war", "-", "peace"], [], "war - peace", []),
        (["-"], [], "-", []),
        (["white house", "drones"], [], "white house drones", []),
        (['"white house"', "drones"], [], '"white house" drones', []),
        (["otters", ""], [], "otters ", []),
        (["x" * 5000, "y" * 5000], [], f"{'x' * 5000} {'y' * 5000}", []),
    ],
)
def test_words_and_paths(
    words: list[str], within: list[str], query: str, paths: list[str], here: Path
) -> None:
    asked = read(words, within)
    assert (asked.query, list(asked.paths)) == (query, paths)


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (["iraq", "war"], ""),
        # Quoted, or a path that is no word: it is meant so.
        (["ballistic missiles", "data"], ""),
        (["iraq", "data/"], ""),
        (["iraq", "data/briefs.jsonl"], ""),
        (["iraq", "-"], ""),
        (["", "data"], ""),
        (["iraq", "drone"], "searching in drone; to search for the words: {} -n 3 'iraq drone'"),
        (
            ["iraq", "drone", "river"],
            "searching in drone, river; to search for the words: {} -n 3 'iraq drone river'",
        ),
        (
            ["ballistic", "missiles", "data"],
            "searching for the words ballistic missiles data; to search in data: "
            "{} -n 3 ballistic missiles --in data",
        ),
        (
            ["-us", "missiles", "data"],
            "searching for the words -us missiles data; to search in data: "
            "{} -n 3 --in data -- -us missiles",
        ),
        (
            ["otters", "data/nowhere"],
            "there is no file or folder 'data/nowhere', so it is taken as words of the query",
        ),
        (
            ["otters", "data/no/where/"],
            "there is no file or folder 'data/no/where/', so it is taken as words of the query",
        ),
        (
            ["otters", "/nowhere"],
            "there is no file or folder '/nowhere', so it is taken as words of the query",
        ),
        (
            ["otters", "nowhere.TXT"],
            "there is no file or folder 'nowhere.TXT', so it is taken as words of the query",
        ),
        (["otters", "path:./x", "article:data/x.txt", "-path:x/y.md"], ""),
        (["otters", "and/or", "9/11", "https://e.org/x", "U.S.", "v1.0", "Mr.Lee"], ""),
        (
            ["white house", "drones"],
            "each word of 'white house' is searched for by itself; as a phrase: "
            "{} -n 3 '\"white house\" drones'",
        ),
        (
            ["by:Ann Lee", "flood"],
            "each word of 'by:Ann Lee' is searched for by itself; as a phrase: "
            "{} -n 3 'by:\"Ann Lee\" flood'",
        ),
        (['"white house"', "drones"], ""),
        (["(a b)", "c"], ""),
        (["a OR b", "c"], ""),
        (["white house"], ""),
    ],
)
def test_how_arguments_were_read_is_told(words: list[str], note: str, here: Path) -> None:
    notes = read(words, [], ["-n", "3"]).notes
    assert notes == ((note.format("nutgraf search"),) if note else ())


def test_notes_are_on_stderr_unless_quiet(here: Path, run: Run) -> None:
    run("index", "data")
    done = run("search", "otters", "river", "-n", "1", "--sort", "path")
    line = "nutgraf search -n 1 --sort path 'otters river'"
    assert done.stderr.startswith(f"nutgraf: searching in river; to search for the words: {line}\n")
    assert done.stdout == "river/a.txt:1:Otters swim.\n"
    assert run("search", "otters", "river", "-q").stderr == ""
    # The command that is told has no note of its own.
    assert "to search" not in run("search", "-n", "1", "--sort", "path", "otters river").stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["-drone"], "-- -drone"),
        (["-drone", "iraq"], "-- -drone iraq"),
        (["iraq", "-drone", "-n", "3"], "-n 3 -- iraq -drone"),
        (["3", "-drone", "-n", "3"], "-n 3 -- 3 -drone"),
        (["-drone iraq"], "-- '-drone iraq'"),
        (["-by:lee", "x", "--sort", "-date"], "--sort -date -- -by:lee x"),
        (["-nuclear", "war"], "-- -nuclear war"),
        (["-China"], "-- -China"),
        (["-clean", "-l"], "-l -- -clean"),
        (["-drone", "-us", "--in", "data"], "--in data -- -drone -us"),
        (["-drone", "--", "-x"], "-- -drone -x"),
        (['-"white house"'], "-- '-\"white house\"'"),
        (["-5"], "-- -5"),
    ],
)
def test_a_query_that_begins_with_a_dash(
    arguments: list[str], line: str, here: Path, run: Run
) -> None:
    done = run("search", *arguments)
    assert done.returncode == 2
    assert done.stderr.endswith(f"Words that begin with - come after --: nutgraf search {line}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "otter", "--colour", "never"], "No such option"),
        (
            ["search", "otter", "-n", "many"],
            "'many' is neither a whole number, 0 or more, nor all.",
        ),
        (["search", "otter", "-n"], "Option '-n' requires an argument."),
        (["search", "--in", "data"], "Missing argument 'QUERY...'."),
        (["missiles"], "To search for it: nutgraf search missiles\n"),
        (["ballistic missiles", "data"], "for it: nutgraf search 'ballistic missiles' data\n"),
        (["otters", "--in", "data"], "for it: nutgraf search otters --in data\n"),
        (["serch", "otters"], "Did you mean: nutgraf search otters\n"),
        (["Search", "otters"], "Did you mean: nutgraf search otters\n"),
        (["stauts"], "Did you mean: nutgraf status\n"),
        (["-n", "3", "otters"], "no command before -n. To search: nutgraf search -n 3 otters\n"),
        (["-drone"], "no command before -drone. To search: nutgraf search -- -drone\n"),
        (["--nothing"], "No such option"),
    ],
)
def test_mistyped_command_lines(arguments: list[str], message: str, here: Path, run: Run) -> None:
    before = sorted(os.listdir(here))
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert sorted(os.listdir(here)) == before


def test_a_word_that_begins_with_two_dashes(here: Path, run: Run) -> None:
    done = run("search", "--drone", "iraq")
    assert done.returncode == 2
    assert "Error: No such option" in done.stderr
    assert "--drone" in done.stderr
    assert done.stderr.endswith("\nWords that begin with - come after --.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--queries", "none"], "Invalid value for '--queries': 'none': No such file or directory"),
        (["-n", "x"], "Invalid value for '-n' / '--limit': 'x' is neither a whole number, "),
        (["--in", "none"], "Invalid value for '--in': Path 'none' does not exist."),
    ],
)
def test_a_wrong_value_where_there_is_no_word(
    arguments: list[str], message: str, here: Path, run: Run
) -> None:
    result = run("search", *arguments)
    assert result.returncode == 2
    assert message in result.stderr


def test_paths_of_many_queries(here: Path, run: Run) -> None:
    (here / "queries.txt").write_text("otters\n", "utf-8")
    for paths in (["--in", "river"], ["river"], ["--in", "river", "drone"]):
        done = run("search", "--queries", "queries.txt", *paths)
        assert '"text": "Otters swim."' in done.stdout
        assert done.stdout.count("\n") == 1


def test_a_suggestion_can_be_typed_back(here: Path, run: Run) -> None:
    done = run("search", "otterz", "--in", "data")
    assert "did you mean: nutgraf search otters --in data (6 passages)\n" in done.stderr
    assert run("search", "otters", "--in", "data", "-c").stdout == "6\n"
    piped = run("search", "otterz", "--in", "-", input="An otter swims.")
    assert "nutgraf search otter --in - (1 passage)\n" in piped.stderr


def test_a_command_line_is_quoted_for_the_shell() -> None:
    assert command_line("search", ["-n", "3"], ["a b", "c"], ["--in", "d e"]) == (
        "nutgraf search -n 3 'a b' c --in 'd e'"
    )
