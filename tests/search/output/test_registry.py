"""A new output through the command line: a module and a row of the registry."""

from pathlib import Path

import pytest

import toy_output
from nutgraf.cli.main import _run
from nutgraf.output import registry


def test_a_new_output_is_printed_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        return _run(list(arguments)), capsys.readouterr().out

    row = registry.Output("citations", "for tests", answers=toy_output.answer_lines)
    monkeypatch.setattr(registry, "OUTPUTS", (*registry.OUTPUTS, row))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NUTGRAF_INDEX", raising=False)
    (tmp_path / "a.txt").write_text("Otters swim.\n\nFences stand.\n\nOtters eat.\n", "utf-8")
    (tmp_path / "queries").write_text("otters\nfences\nowls\n", "utf-8")
    assert run("index", "a.txt")[0] == 0
    assert "[terminal|grep|jsonl|csv|tsv|markdown|citations]" in run("search", "--help")[1]
    assert run("search", "--queries", "queries", "--format", "citations") == (
        0,
        "otters: a.txt#1 a.txt#3\nfences: a.txt#2\nowls: \n",
    )
