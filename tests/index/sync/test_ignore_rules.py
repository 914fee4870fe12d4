"""Ignored files: the syntax of gitignore, in the folders and as arguments of a sync."""

import subprocess
import sys
from pathlib import Path

import pytest

from memory import index_at
from nutgraf import ArgumentError, Index, SourceError
from nutgraf_index.sync.files import ArticleFile, list_files
from nutgraf_index.sync.ignore_rules import NO_RULES, IgnoreRules


def make(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


TREE = {
    ".nutgrafignore": "# c\n*.log.txt\n/top.txt\ndrafts/\nscan-*.txt\n!scan-7.txt\n\nb/*.md\n",
    "a.txt": "x",
    "a.log.txt": "x",
    "top.txt": "x",
    "scan-1.txt": "x",
    "scan-7.txt": "x",
    "drafts/a.txt": "x",
    "drafts/scan-7.txt": "x",
    "b/.nutgrafignore": "\ufeff!keep.log.txt\r\nx.txt\r\n",
    "b/a.md": "x",
    "b/keep.log.txt": "x",
    "b/other.log.txt": "x",
    "b/top.txt": "x",
    "b/x.txt": "x",
    "b/c/x.txt": "x",
    "b/c/a.md": "x",
    "b/drafts/a.txt": "x",
    "x.txt": "x",
}
READ = ["a.txt", "b/c/a.md", "b/keep.log.txt", "b/top.txt", "scan-7.txt", "x.txt"]


def listed(root: Path, target: Path, rules: IgnoreRules = NO_RULES) -> list[str]:
    listing = list_files(root, target, max_bytes=9, rules=rules)
    return [entry.path for entry in listing.entries if isinstance(entry, ArticleFile)]


def test_nested_files_and_negations(tmp_path: Path) -> None:
    make(tmp_path, TREE)
    assert listed(tmp_path, tmp_path) == READ
    assert len(list_files(tmp_path, tmp_path, max_bytes=9).entries) == len(READ)  # none is skipped
    ignored = list_files(tmp_path, tmp_path, max_bytes=9).ignored
    assert sorted(ignored) == [
        "a.log.txt",
        "b/a.md",
        "b/c/x.txt",
        "b/drafts/",
        "b/other.log.txt",
        "b/x.txt",
        "drafts/",
        "scan-1.txt",
        "top.txt",
    ]


def test_git_ignores_the_same_files(tmp_path: Path) -> None:
    """Git is the judge of its own syntax, where it is installed."""
    make(tmp_path, {name.replace(".nutgraf", ".git"): text for name, text in TREE.items()})
    try:
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
        shown = subprocess.run(
            ["git", "ls-files", "--others", "--exclude-standard"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return  # there is no git: the test above has the list itself
    names = [name for name in shown.stdout.splitlines() if ".gitignore" not in name]
    assert sorted(names) == READ


def test_a_folder_within_obeys_the_files_above(tmp_path: Path) -> None:
    make(tmp_path, TREE)
    assert listed(tmp_path, tmp_path / "b") == [name for name in READ if name.startswith("b/")]
    assert listed(tmp_path, tmp_path / "drafts") == []
    # A file that was named on purpose is read, unless an argument excludes it.
    assert listed(tmp_path, tmp_path / "top.txt") == ["top.txt"]
    assert listed(tmp_path, tmp_path / "top.txt", IgnoreRules.excluding(["top*"])) == []


def test_excluded_patterns_come_before_files(tmp_path: Path) -> None:
    make(tmp_path, TREE)
    rules = IgnoreRules.excluding(["/b/c/", "a.txt", "!top.txt"])
    assert listed(tmp_path, tmp_path, rules) == [
        "b/keep.log.txt",
        "b/top.txt",
        "scan-7.txt",
        "top.txt",
        "x.txt",
    ]


def test_what_is_found_is_indexed_or_skipped_and_the_rest_ignored(tmp_path: Path) -> None:
    make(tmp_path / "data", {"a.txt": "One.", "b.txt": "Two.", "d/c.txt": "Three.", "e.pdf": "x"})
    index = index_at(tmp_path / "data")
    assert len(index.sync([tmp_path / "data"]).added) == 3
    report = index.sync([tmp_path / "data"], exclude=["b.txt", "d/"])
    assert (report.found, report.indexed, len(report.skipped), report.ignored) == (2, 1, 1, 2)
    assert report.removed == report.excluded == ("b.txt", "d/c.txt")
    (tmp_path / "data" / "a.txt").unlink()
    report = index.sync([tmp_path / "data"], exclude=["b.txt", "d/"])
    assert (report.removed, report.excluded) == (("a.txt",), ())
    assert index.sync([tmp_path / "data"]).added == ("b.txt", "d/c.txt")


@pytest.mark.parametrize("pattern", ["", "#x", "!", "/", "\\", "  "])
def test_a_pattern_that_matches_nothing(pattern: str, tmp_path: Path) -> None:
    message = "exclude must be patterns of a gitignore file, such as '\\*.log' or 'drafts/', not "
    with pytest.raises(ArgumentError, match=message):
        Index.in_memory().sync([tmp_path], exclude=["*.log", pattern])
    with pytest.raises(ArgumentError, match=r"a list of patterns, not the text '\*.log'"):
        Index.in_memory().sync([tmp_path], exclude="*.log")


def test_an_ignore_file_that_cannot_be_used(tmp_path: Path) -> None:
    make(tmp_path, {".nutgrafignore": "a.txt\n!\n", "a.txt": "x"})
    with pytest.raises(SourceError, match=r"\.nutgrafignore:2: '!' is no pattern of a gitignore"):
        Index.in_memory().sync([tmp_path])
    (tmp_path / ".nutgrafignore").unlink()
    (tmp_path / ".nutgrafignore").mkdir()
    message = r"\.nutgrafignore cannot be read \(.*\), so it is not known what to leave out"
    with pytest.raises(SourceError, match=message):
        Index.in_memory().sync([tmp_path])


def test_without_patterns_pathspec_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An otter.")
    code = (
        "import sys; from nutgraf import Index; Index.in_memory().sync([sys.argv[1]]); "
        "print('pathspec' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
