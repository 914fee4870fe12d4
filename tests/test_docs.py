"""The README and the pages of docs/ show what happens, and are easy to read.

Each page is run from top to bottom in a folder that holds a copy of data/:

- a ```console block has commands after "$ ", each with what it prints on stdout and then on stderr;
- a ```python block has examples with ">>>", and knows the names of the blocks before it;
- a block under "<!-- file: NAME -->" is written to the file NAME;
- a ```text block under "<!-- terminal: nutgraf ... -->" is what a terminal of 80 columns shows
  without colours; under "<!-- terminal 120 color: nutgraf ... -->", one of 120 columns with
  colours, where ␛ stands for the escape character.

"..." stands for any text, and /home/ann for the folder. ```py (signatures), ```sh and ```text
blocks are not run.
"""

import contextlib
import difflib
import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command import environment, run_here, run_in_terminal, without_seconds
from pages import PAGES, Block, anchors, blocks, links, sentences, title
from places import TOP

HOME = "/home/ann"  # how pages name the folder that their examples run in
LONGEST = 16  # words of a sentence, on average over a page
RUN = {"console", "python"}
SHOWN = {"py", "sh", "text"}
INSTALLED = ("pip install ", "python -m venv ", "eval ")
each_page = pytest.mark.parametrize("page", PAGES, ids=title)


def _in_a_shell(command: str, folder: Path) -> str:
    """Return the output of a line that is more than a call of nutgraf, such as a pipe."""
    if shutil.which("sh") is None:
        pytest.skip("needs a POSIX shell")
    python = shlex.quote(sys.executable)
    script = f'nutgraf() {{ {python} -m nutgraf "$@"; }}\npython() {{ {python} "$@"; }}\n{command}'
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout + without_seconds(done.stderr)


def _output(command: str, folder: Path) -> str:
    name, *arguments = shlex.split(command)
    if name != "nutgraf" or re.search(r"[|;<>$&]", re.sub(r"'[^']*'|\"[^\"]*\"", "", command)):
        return _in_a_shell(command, folder)
    done = run_here(*arguments, cwd=folder)
    return done.stdout + done.stderr


def _compare(block: Block, command: str, shown: str, printed: str, folder: Path) -> None:
    printed = printed.replace(str(folder), HOME).replace(os.path.realpath(folder), HOME)
    if not doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS):
        lines = difflib.unified_diff(
            shown.splitlines(), printed.splitlines(), "shown", "printed", lineterm=""
        )
        pytest.fail(f"line {block.line}: {command}\n" + "\n".join(lines))


def _console(block: Block, folder: Path) -> None:
    assert block.text.startswith("$ "), f"line {block.line}: a command starts with '$ '"
    for example in block.text.removeprefix("$ ").split("\n$ "):
        command, _, shown = example.partition("\n")
        shown = f"{shown.rstrip()}\n" if shown.strip() else ""
        _compare(block, command, shown, _output(command, folder), folder)


def _python(block: Block, page: Path, names: dict[str, Any]) -> None:
    examples = doctest.DocTestParser().get_examples(block.text)
    assert examples, f"line {block.line}: examples have '>>>'; a script is a file"
    test = doctest.DocTest(examples, {}, title(page), str(page), block.line - 1, None)
    test.globs = names  # which a DocTest would copy
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    if runner.run(test, out=told.append, clear_globs=False).failed:
        pytest.fail("".join(told))


def _terminal(block: Block, arguments: list[str], folder: Path) -> None:
    run_here(*arguments, cwd=folder)  # which indexes
    _, columns, color = (*block.mark.split(), "", "")[:3]
    with contextlib.suppress(pytest.skip.Exception):  # the rest of the page is run all the same
        printed = run_in_terminal(
            *arguments, cwd=folder, progress=False, columns=int(columns or 80), color=bool(color)
        )
        _compare(block, block.argument, block.text, printed.replace("\x1b", "␛"), folder)


@each_page
def test_the_examples_of_a_page(page: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = data.parent
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page):
        if block.mark == "file":
            (folder / block.argument).write_text(block.text, "utf-8", newline="\n")
        elif block.mark.startswith("terminal"):
            name, *arguments = shlex.split(block.argument)
            assert name == "nutgraf"
            _terminal(block, arguments, folder)
        elif block.language == "console":
            _console(block, folder)
        elif block.language == "python":
            _python(block, page, names)


@each_page
def test_each_block_of_a_page_is_of_a_kind_that_is_known(page: Path) -> None:
    for block in blocks(page):
        assert block.mark or block.language in RUN | SHOWN, f"line {block.line}"
        if block.language == "sh" and not block.mark:  # what only an installation would run
            assert all(line.startswith(INSTALLED) for line in block.text.splitlines())


@each_page
def test_tables_have_no_bar_in_a_cell(page: Path) -> None:
    for line in page.read_text("utf-8").splitlines():
        assert not (line.startswith("|") and r"\|" in line), f"generators differ in it: {line}"


@each_page
def test_the_sentences_of_a_page_are_short(page: Path) -> None:
    lengths = {sentence: len(sentence.split()) for sentence in sentences(page)}
    mean = sum(lengths.values()) / len(lengths)
    longest = sorted(lengths, key=lambda sentence: -lengths[sentence])[:5]
    assert mean <= LONGEST, f"{mean:.1f} words on average; the longest: " + "\n".join(longest)


@each_page
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"https?:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if page.parent.name == "docs":  # the site has nothing else
            assert target.parent == page.parent, f"{link} leads out of the site"
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_is_in_the_map_of_the_first() -> None:
    front = TOP / "docs" / "index.md"
    pages = {page.name for page in PAGES if page.parent.name == "docs"} - {"index.md"}
    assert pages <= {link.partition("#")[0] for link in links(front)}
