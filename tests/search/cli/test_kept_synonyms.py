"""`index --synonyms` keeps synonyms with the index; `search` uses them, and learnt variants."""

import json
import shutil
from pathlib import Path

import pytest

from command import Run
from places import TESTS

KEPT = "nutgraf: 2 rules of synonyms are kept\n"


@pytest.fixture
def file(data: Path) -> Path:
    path = data.parent / "synonyms.txt"
    path.write_text("# animals\nlutra, otter\nny => new york, big apple\n", "utf-8")
    return path


def test_they_are_kept_without_paths(run: Run, data: Path, file: Path) -> None:
    run("index", "data")
    done = run("index", "--synonyms", file.name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", KEPT)
    file.unlink()
    shown = run("search", "lutra", "-c")
    assert (shown.returncode, shown.stdout) == (0, "6\n")
    assert 'searched for: lutra OR "otter"^0.7' in shown.stderr
    assert run("search", "lutra", "--no-synonyms", "-c").stdout == "0\n"


def test_they_are_kept_with_paths(run: Run, data: Path, file: Path) -> None:
    done = run("index", "data", "--synonyms", file.name)
    assert done.returncode == 0
    assert done.stderr.endswith(f"nutgraf: 5 files found; articles: 7 added\n{KEPT}")
    assert run("search", "lutra", "-c").stdout == "6\n"


def test_they_are_shown_and_dropped(run: Run, data: Path, file: Path) -> None:
    run("index", "data", "--synonyms", file.name)
    assert "\nsynonyms  2 rules\n" in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["synonyms"] == 2
    lines = "lutra, otter\nny => new york, big apple\n"
    assert run("status", "--synonyms").stdout == lines
    shown = json.loads(run("status", "--synonyms", "--json").stdout)
    assert shown == {"synonyms": lines.splitlines()}
    dropped = run("index", "--no-synonyms")
    assert dropped.stderr == "nutgraf: no synonyms are kept with the index any more\n"
    assert "synonyms" not in run("status").stdout
    none = run("status", "--synonyms")
    assert (none.returncode, none.stdout) == (1, "")
    where = data.parent / ".nutgraf"
    assert none.stderr == f"nutgraf: no synonyms are kept with the index {where}\n"
    assert run("search", "lutra", "-c").stdout == "0\n"


def test_a_dry_run_keeps_nothing(run: Run, data: Path, file: Path) -> None:
    run("index", "data")
    would = "nutgraf: 2 rules of synonyms would be kept\n"
    assert run("index", "--dry-run", "--synonyms", file.name).stderr == would
    assert run("index", "--dry-run", "data", "--synonyms", file.name).stderr.endswith(would)
    assert "synonyms" not in run("status").stdout


def test_what_cannot_be_kept(run: Run, data: Path, file: Path) -> None:
    nowhere = run("index", "--synonyms", file.name)
    assert nowhere.returncode == 2
    assert "there is no index here: make one with `nutgraf index PATH...`" in nowhere.stderr
    run("index", "data")
    both = run("index", "--synonyms", file.name, "--no-synonyms")
    assert both.returncode == 2
    assert "--synonyms keeps synonyms and --no-synonyms drops them: give one." in both.stderr
    nothing = run("index")
    assert nothing.returncode == 2
    assert "Missing argument 'PATH...'" in nothing.stderr
    file.write_text("lutra\n", "utf-8")
    wrong = run("index", "data", "--synonyms", file.name)
    assert wrong.returncode == 2
    assert wrong.stderr == (
        "nutgraf: synonyms.txt, line 1: 'lutra' has no synonym; write synonyms as in: car, "
        "automobile; or one-way synonyms as in: car => automobile\n"
    )
    missing = run("index", "--synonyms", "none.txt")
    assert missing.returncode == 2
    assert "cannot read the synonyms in none.txt" in missing.stderr


def test_suggested_commands_keep_the_options(run: Run, data: Path, file: Path) -> None:
    run("index", "data", "--synonyms", file.name)
    little = run("search", "+otter +zeppelin", "--no-synonyms", "--expand", "--variants")
    assert "try: nutgraf search --expand --no-synonyms --variants " in little.stderr


@pytest.fixture
def stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(TESTS / "cases" / "variants", tmp_path / "stories")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_variants_are_offered_and_searched(run: Run, stories: Path) -> None:
    run("index", "stories")
    plain = run("search", "gaddafi")
    assert plain.stderr == (
        "nutgraf: 3 passages\n"
        "nutgraf: also written Gadhafi (2 passages), Qaddafi (1 passage); to search for all: "
        "nutgraf search --variants gaddafi (6 passages)\n"
    )
    wider = run("search", "--variants", "gaddafi")
    assert wider.stdout.count("\n") == 6
    assert wider.stderr == (
        "nutgraf: Variants: gaddafi also as Gadhafi, Qaddafi.\n"
        'nutgraf: searched for: gaddafi OR "Gadhafi"^0.7 OR "Qaddafi"^0.7\n'
        "nutgraf: 6 passages\n"
    )
    assert run("search", "--variants", "gaddafi", "-c").stdout == "6\n"
    assert run("search", "gaddafi", "-c").stderr == ""


def test_variants_of_many_queries(run: Run, stories: Path) -> None:
    run("index", "stories")
    (stories / "queries.txt").write_text("gaddafi\nirgc\n", "utf-8")
    done = run("search", "--queries", "queries.txt", "--variants")
    assert len(done.stdout.splitlines()) == 9
    assert done.stderr.splitlines()[0] == (
        "nutgraf: line 1: Variants: gaddafi also as Gadhafi, Qaddafi."
    )
