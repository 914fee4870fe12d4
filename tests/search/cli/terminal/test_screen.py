"""What a real terminal shows of a search, in several sizes and environments."""

import re
from pathlib import Path

import pytest

from command import Run, run_in_terminal

LONG = (
    "# Otters 東京のカワウソ\n\n" + "An otter saw https://example.org/" + "a" * 200 + " 東京" * 90
)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;;.*?\x1b\\")


@pytest.fixture
def home(data: Path, run: Run) -> Path:
    """The folder of an index with an article that is hard to wrap."""
    (data / "long.md").write_text(LONG, "utf-8")
    run("index", "data")
    return data.parent


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (40, 10), (12, 5)])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(
    columns: int, rows: int, color: bool, home: Path
) -> None:
    for arguments in (["search", "otter", "--explain", "-C", "1"], ["show", "long.md"]):
        shown = run_in_terminal(*arguments, cwd=home, columns=columns, rows=rows, color=color)
        lines = [line for line in shown.splitlines() if not line.startswith("nutgraf: ")]
        assert len(lines) > 10
        for line in lines:
            plain = ESCAPE.sub("", line)
            assert len(plain) + len(re.findall("[\u3040-\u9fff]", plain)) <= columns, line
        assert ("\x1b" in shown) == color
        assert ("**" in ESCAPE.sub("", shown).replace("**harbour", "")) == (
            not color and arguments[0] == "search"
        )


def test_marks_for_matches_stand_only_on_a_terminal_without_colours(home: Path, run: Run) -> None:
    line = "launched more than a dozen of **ballistic** missiles"
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert line in run_in_terminal("search", "ballistic", cwd=home, color=True, env=env)
    assert line in run_in_terminal("search", "ballistic", "--color=never", cwd=home, color=True)
    assert "**" not in run_in_terminal("search", "ballistic", cwd=home, color=True)
    for env in ({}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}, {"TERM": "dumb"}):
        assert "**" not in run("search", "ballistic", env=env).stdout


def test_a_dumb_terminal_gets_no_escapes(home: Path) -> None:
    (home / "data" / "new.txt").write_text("Otters.", "utf-8")
    dumb = {"TERM": "dumb"}
    for arguments in (["search", "otter", "--in", "data"], ["show", "long.md"], ["index", "data"]):
        shown = run_in_terminal(*arguments, cwd=home, color=True, env=dumb)
        assert "\x1b" not in shown
        assert "\r" not in shown


def test_a_headline_is_shown_with_the_lead(home: Path, run: Run) -> None:
    shown = run_in_terminal("search", "survey basin", "-n", "1", cwd=home)
    assert (
        "\n1. **Survey** finds otters on all nine rivers of the Varn **basin**\n │ ELLERSTADT"
        in (shown)
    )
    # A lead that is a hit is no context.
    both = run_in_terminal("search", "otters", cwd=home, rows=99)
    assert " │ ELLERSTADT" not in both
    assert ". ELLERSTADT" in both
    for more in (["--json"], []):
        assert "ELLERSTADT" not in run("search", "survey basin", "-n", "1", *more).stdout[-400:]


def test_group_and_no_group(home: Path, run: Run) -> None:
    """One heading for the hits of an article, a heading for each hit, or one hit an article."""
    heading = "Survey finds otters on all nine rivers of the Varn basin · 2019-03-04"
    counts = {}
    for option in ("", "--no-group", "--group"):
        shown = run_in_terminal(
            "search", "otters", *filter(None, [option]), "--in", "data/river-survey.txt", cwd=home,
            rows=99,
        )  # fmt: skip
        counts[option] = (shown.replace("**", "").count(heading), shown.count(" · score "))
    assert counts == {"": (1, 5), "--no-group": (5, 5), "--group": (1, 1)}
    assert "and 4 more in this article" in shown
    done = run("search", "otters", "--group", "--no-group")
    assert done.returncode == 2
    assert "--group and --no-group exclude each other." in done.stderr
    assert run("search", "otters", "--no-group").stdout == run("search", "otters").stdout


def test_links(home: Path, run: Run) -> None:
    path = home / "data" / "iraq-us-call.txt"

    def link(*options: str, **env: str) -> str:
        arguments = ["search", "sovereignty", "-n", "1", *options]
        shown = run_in_terminal(*arguments, cwd=home, color=True, env=env)
        return shown.partition("\x1b]8;;")[2].partition("\x1b\\")[0]

    assert link() == path.as_uri()
    assert link("--hyperlink-format", "vscode") == f"vscode://file{path}:14:1"
    assert link("--hyperlink-format=x:{line}@{path}") == f"x:14@{path}"
    assert link("--hyperlink-format=none") == ""
    assert link(NUTGRAF_HYPERLINK_FORMAT="cursor") == f"cursor://file{path}:14:1"
    for command in (["search", "otters"], ["show", "lighthouse.md"]):
        wrong = run(*command, "--hyperlink-format", "vscod")
        assert wrong.returncode == 2
        assert "Invalid value for '--hyperlink-format': 'vscod' is neither a format" in wrong.stderr
    wrong = run("search", "otters", env={"NUTGRAF_HYPERLINK_FORMAT": "vscod"})
    assert "'vscod' is neither a format of hyperlinks" in wrong.stderr
