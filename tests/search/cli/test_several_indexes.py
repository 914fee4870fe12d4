"""`--index`, repeated, searches several indexes as one."""

import json
from pathlib import Path

import pytest

from command import Run, run_here
from nutgraf import Article, Index


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    for name, word in (("a", "river"), ("b", "lake")):
        with Index.open(tmp_path / name, create=True) as index:
            index.add(Article(id="memo", text=f"Otters are back in the {word}."))
    return str(tmp_path / "a"), str(tmp_path / "b")


def test_both_answer(run: Run, two: tuple[str, str]) -> None:
    done = run("search", "otters", "--index", "a", "--index", "b", "--json")
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    assert {hit["citation"] for hit in hits} == {f"{folder}:memo#1" for folder in two}
    assert hits[0]["score"] == hits[1]["score"]
    assert done.stderr == "nutgraf: 2 passages\n"
    assert run("search", "otters", "--index", "b", "-c").stdout == "1\n"


def test_what_is_printed_can_be_shown(run: Run, two: tuple[str, str]) -> None:
    indexes = ["--index", "a", "--index", "b"]
    done = run("show", f"{two[1]}:memo#1", *indexes)
    assert "Otters are back in the lake." in done.stdout
    done = run("show", "memo", *indexes)
    assert (done.returncode, done.stderr) == (
        2,
        f"nutgraf: 2 indexes have an article 'memo': write '{two[0]}:memo' or '{two[1]}:memo'\n",
    )


def test_a_suggested_command_names_both(run: Run, two: tuple[str, str]) -> None:
    done = run("search", "ottrs", "--index", "a", "--index", "b")
    assert "did you mean: nutgraf search --index a --index b Otters (2 passages)" in done.stderr


def test_paths_go_into_one_index(run: Run, two: tuple[str, str], data: Path) -> None:
    done = run("search", "otters", "data", "--index", "a", "--index", "b")
    assert done.returncode == 2
    assert done.stderr.endswith(
        "PATHs are indexed in one index, and --index names 2: name one, or leave out the PATHs.\n"
    )
    assert run("search", "otters", "--index", "a", "-c").stdout == "1\n"  # as it was


def test_an_empty_index_among_them_is_told(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    Index.open(tmp_path / "c", create=True).close()
    done = run("search", "otters", "--index", "a", "--index", "c", "-c")
    assert done.stdout == "1\n"
    told = f"the index {tmp_path / 'c'} is empty: add files with `nutgraf index PATH`"
    assert done.stderr == f"nutgraf: {told}\n"


def test_the_environment_names_one_folder(tmp_path: Path) -> None:
    with Index.open(tmp_path / "a:b", create=True) as index:
        index.add(Article(id="memo", text="Otters."))
    done = run_here("search", "otters", "-c", cwd=tmp_path, env={"NUTGRAF_INDEX": "a:b"})
    assert done.stdout == "1\n"


def test_one_of_them_is_opened(run: Run, two: tuple[str, str]) -> None:
    done = run("open", f"{two[1]}:memo#1", "--index", "a", "--index", "b")
    assert (done.returncode, done.stderr) == (
        2,
        f"nutgraf: {two[1]}:memo#1 has neither a file nor a URL to open\n",
    )


@pytest.mark.parametrize("command", [("list",), ("status",), ("remove", "memo"), ("index", ".")])
def test_a_command_that_takes_one_says_so(
    command: tuple[str, ...], run: Run, two: tuple[str, str]
) -> None:
    done = run(*command, "--index", "a", "--index", "b")
    assert (done.returncode, done.stdout) == (2, "")
    message = f"Error: {command[0]} takes one index, and --index names 2: 'a' and 'b'\n"
    assert done.stderr.endswith(message)
    assert run("list", "--index", "a").stdout == "memo\n"
