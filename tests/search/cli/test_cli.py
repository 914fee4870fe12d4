"""The command line: exact output of every command (tests/cases/cli.toml), and its manners."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

import nutgraf
from command import Run, environment, run_in_terminal
from nutgraf import Index
from nutgraf.cli.main import _run, cli
from places import TESTS, TOP

FolderOf = Callable[[dict[str, Any]], Path]
CASES = tomllib.loads((TESTS / "cases" / "cli.toml").read_text("utf-8"))["case"]


ODD = {
    "a.txt": b"",
    "b.txt": b"\0\1",
    "c.psd": b"x",
    "d.jsonl": b'{"text": "An otter."}\n{bad\n',
}


def named(cases: list[Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


@named(CASES)
def test_exact_output(case: dict[str, Any], run: Run, folder_of: FolderOf) -> None:
    check(case, run, folder_of(case))


@named([case for case in CASES if case.get("process")])
def test_exact_output_of_a_process(
    case: dict[str, Any], run_command: Run, folder_of: FolderOf
) -> None:
    check(case, run_command, folder_of(case))


@pytest.fixture
def folder_of(data: Path, indexed: Path) -> FolderOf:
    """Make the folder that a case runs in; with `indexed`, the index was made elsewhere."""

    def made(case: dict[str, Any]) -> Path:
        for name in ("empty", "odd"):
            (data.parent / name).mkdir()
        for name, content in ODD.items():
            (data.parent / "odd" / name).write_bytes(content)
        if case.get("indexed"):
            shutil.copytree(indexed, data.parent / ".nutgraf")
        return data.parent

    return made


def check(case: dict[str, Any], run: Run, folder: Path) -> None:
    here = str(folder)
    done = run(*case["run"])
    size = r"\d[\d,]*(?= (?:to \d[\d,]* )?bytes)|(?<=\"bytes\": )\d+"
    core = "compiled" if nutgraf.compiled else "not compiled, so slow"
    shown = [
        re.sub(size, "$BYTES", text.replace(here, "$HERE")) for text in (done.stdout, done.stderr)
    ]
    wanted = [
        text.replace("$CORE", core).replace("$COMPILED", str(nutgraf.compiled).lower())
        for text in (case.get("stdout", ""), case.get("stderr", ""))
    ]
    assert shown == wanted
    assert done.returncode == case.get("exit", 0)


def test_every_command_has_a_case_and_stands_in_the_docs() -> None:
    from nutgraf.cli.main import cli

    page = (TOP / "docs" / "command-line.md").read_text("utf-8")
    run = {case["run"][0] for case in CASES}
    for name, command in cli.all().items():
        assert name in run
        assert f"\n### nutgraf {name}\n" in page
        assert command.help


@pytest.mark.parametrize("command", sorted(cli.all()))
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Usage: nutgraf {command} ")
    for option in cli.all()[command].params:
        assert max(option.opts) in shown or option.human_readable_name in shown


def test_the_entry_point_is_the_command(run_command: Run) -> None:
    from nutgraf.__main__ import main

    (script,) = entry_points(group="console_scripts", name="nutgraf")
    assert script.load() is main
    assert run_command("--version").stdout == f"nutgraf {nutgraf.__version__}\n"


def test_help_loads_neither_whoosh_nor_numpy() -> None:
    code = (
        "import sys\nfrom nutgraf.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    assert "'click'" in loaded
    for name in ("whoosh", "numpy", "nutgraf_index", "charset_normalizer", "Stemmer"):
        assert f"'{name}'" not in loaded


_TO_CORRECT = {
    *(f"nutgraf.suggestions.{name}" for name in ("correction", "did_you_mean", "vocabulary")),
    *("nutgraf.positions.leaf_positions", "nutgraf.query.language_tags"),
    "nutgraf_index.analysis.signs",
}
_TO_RELAX = {"nutgraf.suggestions.relaxation", "nutgraf.matching.scope"}
_NOT_TO_SEARCH = {
    *("whoosh", "numpy", "filelock", "charset_normalizer", "pathlib", "urllib", "tempfile"),
    *("subprocess", "multiprocessing", "concurrent", "difflib", "csv", "shlex", "calendar"),
    *("nutgraf_index.formats", "nutgraf_index.sync", "nutgraf_index.indexing"),
    *("nutgraf_index.passages", "nutgraf_index.whoosh_adapter", "nutgraf_index.store.lock"),
    *("nutgraf_index.store.verification", "nutgraf_index.store.soundness"),
    *("nutgraf.suggestions.correction", "nutgraf.suggestions.did_you_mean"),
    *("nutgraf.suggestions.vocabulary", "nutgraf.suggestions.relaxation"),
    *("nutgraf.rewriting.synonyms", "nutgraf.rewriting.phrases", "nutgraf.ranking.explain"),
    *("nutgraf.output.terminal", "nutgraf.output.json_lines", "nutgraf.output.csv_rows"),
    *("nutgraf.output.screen", "nutgraf.cli.terminal", "webbrowser", "socket", "shutil"),
    *("trafilatura", "lxml", "nutgraf.cli.maintenance", "nutgraf.positions.leaf_positions"),
    *("nutgraf.matching.scope", "nutgraf.results.breaks"),
    *("fcntl", "termios"),  # with a terminal or the null device as standard input
    *("nutgraf.query.date_ranges", "nutgraf.query.language_tags", "nutgraf.positions.patterns"),
    *("nutgraf_index.analysis.signs", "nutgraf_index.dates"),
    "nutgraf_index.analysis.languages.english_newsroom",
    "nutgraf_index.analysis.languages.english_shapes",
    *("nutgraf_index.analysis.languages.newsroom", "nutgraf_index.analysis.languages.newsrooms"),
}


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("otters", set()),
        # No passage has a word, and another spelling is searched and told.
        ("ballistik", {"shlex", *_TO_RELAX, *_TO_CORRECT}),
        ("otters ballistik", {"shlex", *_TO_CORRECT}),
    ],
)
def test_a_search_imports_what_it_needs_alone(
    data: Path, run_command: Run, query: str, needed: set[str]
) -> None:
    run_command("index", "data", cwd=data.parent)
    code = (
        "import sys\nfrom nutgraf.cli.main import main\n"
        f"try: main(['search', {query!r}])\n"
        "except SystemExit: print('loaded:', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        cwd=data.parent,
    )
    assert ("did you mean: nutgraf search" in done.stderr) == bool(needed)
    loaded = set(done.stdout.rpartition("loaded:")[2].split())
    assert not (loaded - needed) & _NOT_TO_SEARCH


def test_a_terminal_shows_colours_links_and_wraps(data: Path) -> None:
    run_in_terminal("index", "data", cwd=data.parent)
    shown = run_in_terminal("search", "ballistic missile", cwd=data.parent, columns=50, color=True)
    assert "\x1b[1;31mballistic\x1b[0m \x1b[1;31mmissiles\x1b[0m" in shown
    assert f"\x1b]8;;{(data / 'iraq-us-call.txt').as_uri()}\x1b\\" in shown
    plain = run_in_terminal("search", "ballistic missile", cwd=data.parent, columns=50)
    assert "\x1b" not in plain
    passage = [line for line in plain.splitlines() if line.startswith("  ")]
    assert passage
    assert max(map(len, passage)) <= 50
    # A title answered for by the opening passage has its words marked too.
    assert "\x1b[1;31mMissile\x1b[0m\x1b[1m museum" in shown


def test_all_words_and_too_many(data: Path, run: Run) -> None:
    run("index", "data")
    some, every = (
        int(run("search", "otter bridge", "-c", *more).stdout) for more in (["--any"], ["--all"])
    )
    assert 0 < every < some
    (data / "many.txt").write_text(" ".join(f"x{number}" for number in range(10_001)))
    run("index", "data")
    failed = run("search", "otter x*")
    assert failed.returncode == 2
    assert "'x*' expands to too many words of the archive: at most 10,000" in failed.stderr
    assert run("search", "x1*", "-q").returncode == 0


def test_ten_hits_are_shown_unless_told_otherwise(data: Path, run: Run) -> None:
    (data / "long.txt").write_text("\n".join(f"Zebra {number}." for number in range(12)))
    shown = run("search", "zebra", "data").stdout
    assert shown.count("\n") == 10
    assert run("search", "zebra", "-n", "11").stdout.count("\n") == 11
    assert run("search", "zebra", "-l").stdout == "data/long.txt\n"


def test_a_bar_is_shown_on_a_terminal_only(data: Path, run: Run) -> None:
    assert "Indexing" in run_in_terminal("index", "data", cwd=data.parent)
    assert "Indexing" not in run("index", "data").stderr


def test_colours_in_a_pipe(data: Path, run: Run) -> None:
    run("index", "data")
    assert "\x1b" not in run("search", "otter").stdout
    assert "\x1b[1;31m" in run("search", "otter", "--color", "always").stdout
    assert "\x1b[1;31m" in run("search", "otter", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in run("search", "otter", "--color", "never", env={"FORCE_COLOR": "1"}).stdout


def test_a_reader_that_stops_reading(data: Path, run: Run) -> None:
    (data / "long.txt").write_text("An otter.\n" * 20_000)
    run("index", "data")
    with subprocess.Popen(
        [sys.executable, "-m", "nutgraf", "search", "otter", "-n", "100000"],
        cwd=data.parent,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait() == 0
    assert "Traceback" not in said
    assert "Broken" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_cannot_be_written(data: Path, run: Run) -> None:
    run("index", "data")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "nutgraf", "search", "otter"],
            cwd=data.parent,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.endswith("nutgraf: cannot write the output: No space left on device\n")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_streams_that_were_closed(data: Path, run: Run) -> None:
    run("index", "data")
    for redirection in (">&-", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-"):
        command = f'"{sys.executable}" -m nutgraf search otter {redirection}'
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=data.parent,
            env=environment(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("search otter -", 2, b"nutgraf: standard input cannot be searched: empty\n"),
        ("search --queries -", 1, b""),
    ],
)
def test_standard_input_that_was_closed_is_empty(
    arguments: str, status: int, said: bytes, data: Path, run: Run
) -> None:
    run("index", "data")
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m nutgraf {arguments} <&-'],
        cwd=data.parent,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", said)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = subprocess.run(
        ["sh", "-c", f'rmdir ../gone; "{sys.executable}" -m nutgraf search otter'],
        cwd=tmp_path / "gone",
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("nutgraf: the current folder is gone: change to another one\n")


def test_a_locale_of_ascii_changes_no_id_and_no_word(data: Path, run_command: Run) -> None:
    (data / "café.txt").write_text("The café is closed.", "utf-8")
    ascii = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run_command("index", "data", env=ascii).stderr.endswith("8 added\n")
    assert run_command("index", "data").stderr.endswith("8 unchanged\n")
    shown = r"data/caf\xe9.txt:1:The caf\xe9 is closed." + "\n"
    assert run_command("search", "café", env=ascii).stdout == shown
    assert run_command("show", "data/café.txt", env=ascii).stdout == shown
    assert run_command("show", "data/café.txt#1").stdout == "data/café.txt:1:The café is closed.\n"


def test_an_empty_name_of_an_index_is_an_error(data: Path, run: Run) -> None:
    """A shell gives one for a variable that is not set."""
    for command in (["search", "otter"], ["index", "data"], ["status"]):
        done = run(*command, "--index", "")
        assert done.returncode == 2
        assert "'--index': it is empty: name a folder, or leave out --index." in done.stderr
        assert os.listdir(data.parent) == ["data"]


def test_many_skips_are_counted(data: Path, run: Run) -> None:
    for number in range(25):
        (data / f"{number}.psd").write_text("x")
    (data / "a.mp3").write_text("x")
    said = run("index", "data").stderr
    assert "nutgraf: skipped 26: 25 .psd, 1 .mp3; nutgraf index -v lists them\n" in said
    assert said.endswith("nutgraf: 31 files found; articles: 7 added\n")
    assert run("index", "data", "-v").stderr.count("unknown extension .psd") == 25


def test_context_of_a_whole_article_is_refused(data: Path, run: Run) -> None:
    run("index", "data")
    done = run("show", "data/lighthouse.md", "-C", "1")
    assert done.returncode == 2
    assert "'data/lighthouse.md' is a whole article: leave out -C." in done.stderr


def test_a_mistake_in_the_query_is_told_before_anything_is_indexed(data: Path, run: Run) -> None:
    assert run("search", "date:soon", "data").returncode == 2
    assert os.listdir(data.parent) == ["data"]


def test_an_empty_index_is_told(data: Path, run: Run) -> None:
    """Nothing found, it would seem as if the word were wrong."""
    run("index", "data")
    articles = json.loads(run("status", "--json").stdout)["articles"]
    assert "is empty" not in run("search", "zebra").stderr
    with Index.open(data.parent / ".nutgraf") as index:
        index.remove({record.article.id for record in index.snapshot().articles()})
    done = run("search", "otter")
    assert articles > 0
    assert (done.returncode, done.stdout) == (1, "")
    assert "is empty: add files with `nutgraf index PATH`" in done.stderr
    assert run("search", "otter", "--quiet").stderr == ""
    assert "is empty" not in run("search", "otter", "data").stderr


STORY = "Otters are back.\n\nThe river is clean, and otters swim in it.\n"


def test_standard_input_is_searched(data: Path, run: Run) -> None:
    done = run("search", "otters", "-", input=STORY)
    lines = "stdin:1:Otters are back.\nstdin:3:The river is clean, and otters swim in it.\n"
    assert (done.returncode, done.stdout) == (0, lines)
    assert os.listdir(data.parent) == ["data"]  # no index was made
    (data / "photo.jpeg").write_bytes(b"")
    done = run("search", "otters", "-", "data", "--count", input=STORY)
    assert done.stdout == "8\n"
    assert "skipped photo.jpeg: unknown extension .jpeg" in done.stderr
    assert json.loads(run("search", "clean", "-", "--json", input=STORY).stdout)["citation"] == (
        "stdin#2"
    )
    for empty in ("", " \n"):
        done = run("search", "otters", "-", input=empty)
        assert (done.returncode, done.stdout) == (2, "")
        assert "standard input cannot be searched: empty" in done.stderr
    assert run("index", "-", input=STORY).returncode == 2


def test_text_that_is_piped_in_vain_is_told(data: Path, run_command: Run) -> None:
    pytest.importorskip("fcntl", reason="needs a POSIX shell")
    run_command("index", "data")
    message = "standard input is not searched: to search it, add --in -"
    assert message in run_command("search", "otters", input=STORY).stderr
    assert message not in run_command("search", "otters", "-q", input=STORY).stderr
    assert message not in run_command("search", "otters").stderr
    assert message not in run_command("search", "otters", "data", input=STORY).stderr
    assert message not in run_command("search", "--queries", "-", input="otters\n").stderr


def test_an_interrupt(data: Path) -> None:
    code = (
        "import nutgraf.cli.main, nutgraf.searcher\n"
        "def stop(*_, **__): raise KeyboardInterrupt\n"
        "nutgraf.searcher.Searcher.search = stop\n"
        "nutgraf.cli.main.main(['search', 'x', 'data'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=data.parent,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 128 + signal.SIGINT
    assert "Traceback" not in done.stderr


def test_a_locked_index_says_who_holds_it(data: Path, run: Run) -> None:
    from nutgraf_index.store.lock import WriteLock

    run("index", "data")
    with WriteLock(data.parent / ".nutgraf", 0):
        assert run("index", "data", "--wait", "0.2").returncode == 0  # there is nothing to write
        (data / "news.txt").write_text("An otter.")
        done = run("index", "data", "--wait", "0.2")
        assert done.returncode == 75
        assert f"is being written by process {os.getpid()} on " in done.stderr
        assert run("search", "otter").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["search", "otter", "-n", "many"],
            "'many' is neither a whole number, 0 or more, nor all.",
        ),
        (["search", "otter", "--in", "nowhere"], "Path 'nowhere' does not exist."),
        (
            ["index", "no where"],
            "Path 'no where' does not exist. To forget the articles of a path that is gone: "
            "nutgraf remove --in 'no where'",
        ),
        (["index", "gone", "--index", "my index"], "nutgraf remove --in gone '--index=my index'"),
        (["index", ""], "Path '' does not exist.\n"),
        (["index", "no\nwhere"], "Path 'no\\nwhere' does not exist."),
        (["search", "otter", "--colour", "never"], "No such option"),
        (["find", "otter"], "No such command 'find'"),
        (
            ["search", "x" * 20_000, "data"],
            "the query has 20,000 characters; shorten it to 10,000",
        ),
    ],
)
def test_wrong_arguments(arguments: list[str], message: str, data: Path, run: Run) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "data" in arguments or os.listdir(data.parent) == ["data"]  # and no index was made


def test_where_no_index_may_be_written_it_works_in_memory(data: Path, run: Run) -> None:
    (data.parent / "file").write_text("")
    done = run("search", "ballistic", "data", "--index", "file/index")
    assert done.returncode == 0
    assert "cannot make an index in" in done.stderr
    assert "searching an index in memory" in done.stderr
    assert done.stdout.count("\n") == 2
    assert sorted(os.listdir(data.parent)) == ["data", "file"]


def test_json_is_the_hits_to_dict(data: Path, run: Run) -> None:
    from nutgraf import search

    done = run("search", "ballistic missiles", "data", "--json")
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    assert printed == [
        hit.to_dict() for hit in search("ballistic missiles", data.parent / ".nutgraf")
    ]
    assert printed[0]["schema"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_no_text_makes_printing_fail(data: Path, run: Run, encoding: str) -> None:
    prints_anything(data, run, encoding)


def test_no_text_makes_a_process_fail(data: Path, run_command: Run) -> None:
    prints_anything(data, run_command, "ascii")


def prints_anything(data: Path, run: Run, encoding: str) -> None:
    text = r"An odd otter \ud800 \u0000 \u001b[31m \ud83e\udda6 \u00e9."
    item = rf'{{"id": "o\u001b[31m\ud800", "text": "{text}"}}'
    (data / "odd.jsonl").write_text(item)
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = run("search", "odd", "data", env=env)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    (line,) = run("search", "odd", "--json", env=env).stdout.splitlines()
    assert json.loads(line.encode("utf-8", "surrogateescape").decode(encoding))["text"].startswith(
        "An odd otter \ud800 \0 \x1b"
    )


def test_the_index_is_found_upwards_and_by_the_environment(data: Path, run: Run) -> None:
    run("index", "data")
    inner = data / "inner"
    inner.mkdir()
    assert run("search", "otter", "-c", cwd=inner).stdout == "6\n"
    env = {"NUTGRAF_INDEX": str(data.parent / ".nutgraf")}
    assert run("search", "otter", "-c", cwd=Path("/"), env=env).stdout == "6\n"


def test_paths_answer_for_themselves_only(data: Path, run: Run) -> None:
    run("index", "data")
    done = run("search", "otter", "data/briefs.jsonl", "-l")
    assert done.stdout == "data/briefs.jsonl\n"
    (data / "river-survey.txt").unlink()
    assert run("search", "otter", "data", "-l").stdout == "data/briefs.jsonl\n"


@pytest.mark.parametrize(("most", "told"), [(50, True), (51, False)])
def test_a_slow_core_is_told_where_much_is_indexed(
    most: int, told: bool, run: Run, folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of({"indexed": True})
    monkeypatch.setattr("nutgraf_index.core.compiled", False)
    monkeypatch.setattr("nutgraf.cli.console._SLOW", most)
    message = (
        "nutgraf: the core is not compiled, so searching 51 passages is slow: install a C "
        "compiler (gcc, clang or MSVC), then nutgraf again, with "
        "`pip install --force-reinstall --no-deps .` in its checkout\n"
    )
    for command in (("index", "data"), ("search", "otter")):
        assert run(*command).stderr.count(message) == told
        assert not run(*command, "-q").stderr
