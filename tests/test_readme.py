"""What the README shows is what happens."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from command import Run, run_in_terminal
from places import TOP

README = (TOP / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_console_examples(run: Run, data: Path) -> None:
    (block,) = blocks("console")
    for example in block.removeprefix("$ ").split("\n$ "):
        command, _, shown = example.partition("\n")
        name, *arguments = shlex.split(command)
        assert name == "nutgraf"
        done = run(*arguments)
        assert done.stdout + done.stderr == shown.rstrip("\n") + "\n", command


def test_the_python_example(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    block = "".join(blocks("python"))
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    outcome = doctest.DocTestRunner().run(test)
    assert outcome.attempted > 8
    assert outcome.failed == 0


def test_the_picture_of_a_terminal(data: Path) -> None:
    shown = re.search(r"<!-- terminal: nutgraf (.*) -->\n```text\n(.*?)^```$", README, re.S | re.M)
    assert shown is not None
    arguments = shlex.split(shown[1])
    run_in_terminal(*arguments, cwd=data.parent)  # the first run indexes
    assert run_in_terminal(*arguments, cwd=data.parent, progress=False) == shown[2]


def test_the_query_syntax_is_that_of_the_help() -> None:
    from nutgraf.query.fields import syntax_help

    shown = re.findall(r"^\| `(.*)` \| (.*) \|$", README, re.MULTILINE)
    described = [row for row in shown if not row[0].startswith("nutgraf ")]
    assert described == syntax_help()


def test_the_readme_names_every_format() -> None:
    from nutgraf_index.formats.registry import describe_formats

    (table,) = re.findall(r"^\| files \| format \|\n\|---\|---\|\n(.*?)^$", README, re.S | re.M)
    rows = re.findall(r"^\| (.*) \| (.*) \|$", table, re.MULTILINE)
    assert rows == describe_formats()


def test_the_tests_command_of_the_readme_is_the_one_ci_runs() -> None:
    assert "pip install '.[test]' && pytest\n" in blocks("sh")[1]
    assert 'pip install . && nutgraf search "ballistic missiles" data\n' in blocks("sh")[0]
