"""Completion in shells, of which bash has its own way."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import environment, run_here

BREAKS = " \t\n\"'><=;|&(:"  # what bash has unless told otherwise


def complete(text: str, folder: Path) -> list[str]:
    line = {"COMP_LINE": f"nutgraf search {text}", "COMP_WORDBREAKS": BREAKS}
    ran = run_here(cwd=folder, env={"_NUTGRAF_COMPLETE": "bash_complete", **line})
    assert ran.stderr == ""
    return [one.removeprefix("plain,") for one in ran.stdout.splitlines()]


def test_the_shell_completes(indexed: Path, tmp_path: Path) -> None:
    assert "missiles" in complete("missil", indexed.parent)
    assert complete("missil", tmp_path) == [""]  # nothing, and no complaint
    assert complete("--format js", indexed.parent) == ["jsonl"]
    assert complete("x --sort=pa", indexed.parent) == ["path"]
    assert complete("x --so", indexed.parent) == ["--sort"]
    for line in ("'", '"', "\\", "a\\", '"a\\', "by:'", 'by:"', "=", "é:", "a 'b' \"c\" d"):
        complete(line, indexed.parent)


def test_words_are_completed_after_the_first_and_paths_after_in(indexed: Path) -> None:
    for line in ("missil", "iran missil", "iran war missil", "--in data missil", "x -n 3 missil"):
        assert "missiles" in complete(line, indexed.parent)
    for line in ("x --in da", "x --in ", "--in=da", "x data/br", "x ./"):
        (item,) = complete(line, indexed.parent)
        assert item.startswith("file,"), line
    assert complete("./", indexed.parent) == [""]  # the first argument is a word


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("by:Okud", r"\"Idris\ Okuducu\""),
        ('by:"Idris O', r"\"Idris Okuducu\""),
        ("'iran by:Okud", """iran by:"Idris Okuducu\""""),
        ('"iran by:Okud', r"iran by:\"Idris Okuducu\""),
        ('"iran by:\\"Idris O', r"iran by:\"Idris Okuducu\""),
        (r"iran\ by:Okud", r"\"Idris\ Okuducu\""),
        ("role:cred", "credit"),
    ],
)
def test_bash_puts_in_what_stands_after_its_last_break(
    text: str, completed: str, indexed: Path
) -> None:
    assert complete(text, indexed.parent) == [completed]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_complete_whole_words(shell: str, indexed: Path) -> None:
    line = {
        "COMP_WORDS": "nutgraf search by:Okud",
        "COMP_CWORD": "2" if shell == "zsh" else "by:Okud",
    }
    env = {"_NUTGRAF_COMPLETE": f"{shell}_complete", **line}
    ran = run_here(cwd=indexed.parent, env=env)
    assert 'by:"Idris Okuducu"' in ran.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("kept", "replaced", "closing", "query"),
    [
        ("by:", "Okud", "", 'by:"Idris Okuducu"'),
        ('by:"', "Idris O", '"', 'by:"Idris Okuducu"'),
        ("'", "iran by:Okud", "'", 'iran by:"Idris Okuducu"'),
        ('"', "iran by:Okud", '"', 'iran by:"Idris Okuducu"'),
        ("role:", "cred", "", "role:credit"),
    ],
)
def test_a_real_bash_makes_the_query_of_it(
    kept: str, replaced: str, closing: str, query: str, indexed: Path, tmp_path: Path
) -> None:
    program = tmp_path / "nutgraf"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nutgraf "$@"\n')
    program.chmod(0o755)
    script = """
        PATH="$1:$PATH"; eval "$(_NUTGRAF_COMPLETE=bash_source nutgraf)"
        compopt() { :; }
        complete -p nutgraf | grep -q -e '-F _nutgraf_completion' || exit 9
        COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$5
        _nutgraf_completion nutgraf search
        [ ${#COMPREPLY[@]} = 1 ] || exit 8
        # What bash keeps of the word, what it puts after that, and the quote that it closes.
        eval "printf '%s\\n' $3${COMPREPLY[0]}$4"
    """
    typed = f"nutgraf search {kept}{replaced}"
    ran = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", str(tmp_path), typed, kept, closing, BREAKS],
        cwd=indexed.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{query}\n", "")
