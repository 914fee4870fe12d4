"""The pager: when it is used, and what happens without it."""

import os
import shutil
from pathlib import Path

import pytest

from command import Run, run_in_terminal

pytest.importorskip("pty", reason="needs a pseudo-terminal")

PAGER = "sed 's/^/paged: /'"


@pytest.fixture
def story(data: Path, run: Run) -> Path:
    """The folder of an index with many otters."""
    for number in range(30):
        (data / f"{number}.txt").write_text(f"Otter number {number} is a fine otter.", "utf-8")
    run("index", "data")
    return data.parent


def shown(folder: Path, *arguments: str, rows: int = 24, **env: str) -> str:
    return run_in_terminal(*arguments, cwd=folder, rows=rows, env={"PAGER": PAGER, **env})


def test_output_longer_than_the_terminal_is_paged(story: Path) -> None:
    paged = shown(story, "search", "otter")
    assert paged.count("paged: ") == paged.count("\n") - 1
    assert paged.endswith("passages\n")  # what is told is not paged
    article = shown(story, "show", "lighthouse.md")
    assert article.startswith("paged: The last keepers of Skarra Light")


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["otter", "-n", "2"], {}),
        (["otter", "--no-pager"], {}),
        (["otter", "--json"], {}),
        (["otter", "-l"], {}),
        (["otter"], {"TERM": "dumb"}),
        (["otter"], {"PAGER": "cat"}),
        (["otter"], {"PAGER": ""}),
    ],
)
def test_it_is_not_paged_otherwise(arguments: list[str], env: dict[str, str], story: Path) -> None:
    assert "paged: " not in run_in_terminal(
        "search", *arguments, cwd=story, env={"PAGER": PAGER, **env}
    )


def test_a_screen_that_holds_all_needs_no_pager(story: Path) -> None:
    lines = shown(story, "search", "otter", "--no-pager").count("\n") - 1
    assert "paged: " in shown(story, "search", "otter", rows=lines)
    assert "paged: " not in shown(story, "search", "otter", rows=lines + 1)


def test_a_pipe_has_no_pager(story: Path, run: Run) -> None:
    assert "paged: " not in run("search", "otter", env={"PAGER": PAGER}, cwd=story).stdout


@pytest.mark.parametrize(("pager", "status"), [("no-such-pager", 127), ("false", 1)])
def test_a_broken_pager_is_told_and_nothing_is_lost(pager: str, status: int, story: Path) -> None:
    printed = shown(story, "search", "otter", "--no-pager")
    broken = shown(story, "search", "otter", PAGER=pager)
    message = f"nutgraf: the pager '{pager}' ended with status {status}: set PAGER\n"
    assert message in broken
    assert broken.endswith(printed)


def test_a_pager_that_is_left_early_is_no_fault(story: Path) -> None:
    left = shown(story, "search", "otter", "-n", "10000", PAGER="head -n 1")
    assert left.count("\n") == 2
    assert "ended with status" not in left


def test_less_is_the_pager_where_none_is_named(story: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "less").write_text('#!/bin/sh\necho "LESS=$LESS"\ncat\n')
    (programs / "less").chmod(0o755)
    for tool in ("sh", "cat"):
        found = shutil.which(tool)
        assert found
        (programs / tool).symlink_to(found)
    path = {"PATH": str(programs)}
    with_less = run_in_terminal("search", "otter", cwd=story, env=path, pager=False)
    assert with_less.startswith("LESS=FRX\n")
    own = run_in_terminal("search", "otter", cwd=story, env={**path, "LESS": "-S"}, pager=False)
    assert own.startswith("LESS=-S\n")
    os.remove(programs / "less")
    without = run_in_terminal("search", "otter", cwd=story, env=path, pager=False)
    assert without == shown(story, "search", "otter", "--no-pager")
