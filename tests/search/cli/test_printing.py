"""Output formats on the command line: hits, files and counts, of one query and of many."""

import csv
import io
import json
from pathlib import Path

import pytest

from command import Run, run_in_terminal
from nutgraf import Index, Searcher, search
from nutgraf.output.csv_rows import COLUMNS
from nutgraf.output.registry import OUTPUTS


@pytest.fixture(autouse=True)
def index(data: Path, run: Run) -> Path:
    assert run("index", "data").returncode == 0
    return data.parent / ".nutgraf"


def test_json_is_short_for_jsonl(run: Run) -> None:
    done = run("search", "otters", "--format", "jsonl")
    assert done.stdout == run("search", "otters", "--json").stdout
    assert json.loads(done.stdout.splitlines()[0])["schema"]


def test_each_format_has_the_same_hits(run: Run, index: Path) -> None:
    with Index.open(index) as opened:
        hits = search("otters", opened, limit=3)
    for output in OUTPUTS:
        done = run("search", "otters", "-n", "3", "--format", output.name)
        assert (done.returncode, done.stderr) == (0, "nutgraf: 1 to 3 of 6 passages\n")
        ends = [" ".join(hit.text.split()).replace(".", "")[-20:] for hit in hits]
        shown = " ".join(done.stdout.replace("\\n", " ").replace("*", "").split())
        assert all(end in shown.replace("\\", "").replace(".", "") for end in ends), output.name


def test_csv_of_one_query(run: Run, index: Path) -> None:
    done = run("search", "otters", "-n", "2", "--offset", "1", "--format", "csv")
    header, *rows = csv.reader(io.StringIO(done.stdout, newline=""))
    with Index.open(index) as opened:
        hits = search("otters", opened, limit=2, offset=1)
    assert header == [*COLUMNS]
    assert [(row[0], row[1], row[3], row[-1]) for row in rows] == [
        ("otters", str(rank), hit.citation, hit.text) for rank, hit in enumerate(hits, 2)
    ]


def test_a_terminal_and_a_pipe_differ_by_default_alone(run: Run, data: Path) -> None:
    piped = run("search", "otters", "-n", "1").stdout
    assert run("search", "otters", "-n", "1", "--format", "grep").stdout == piped
    shown = run("search", "otters", "-n", "1", "--format", "terminal").stdout
    assert "score" in shown
    on_terminal = run_in_terminal(
        "search", "otters", "-n", "1", "--format", "grep", cwd=data.parent
    )
    assert piped in on_terminal


def test_json_takes_passages_around_a_hit(run: Run, index: Path) -> None:
    done = run("search", "abdul-mahdi", "--json", "-B", "1", "-A", "2")
    (record,) = map(json.loads, done.stdout.splitlines())
    with Index.open(index) as opened, Searcher(opened) as searcher:
        (hit,) = searcher.search("abdul-mahdi")
        before, after = searcher.neighbours(hit, 1, 2)
    assert [passage["citation"] for passage in record["before"]] == [one.citation for one in before]
    assert [passage["text"] for passage in record["after"]] == [one.text for one in after]
    assert len(record["after"]) == 2
    (record,) = map(json.loads, run("search", "abdul-mahdi", "--json").stdout.splitlines())
    assert not {"before", "after"} & record.keys()
    (record,) = map(json.loads, run("search", "abdul-mahdi", "--json", "-C0").stdout.splitlines())
    assert (record["before"], record["after"]) == ([], [])


def test_files_as_lines_and_as_records(run: Run, data: Path) -> None:
    files = [data / "river-survey.txt", data / "briefs.jsonl"]
    assert run("search", "otters", "-l").stdout.splitlines() == [
        f"data/{file.name}" for file in files
    ]
    for arguments in (["--json"], ["--format", "jsonl"]):
        lines = run("search", "otters", "-l", *arguments).stdout.splitlines()
        assert list(map(json.loads, lines)) == [{"path": str(file)} for file in files]
    for name in ("csv", "tsv"):
        done = run("search", "otters", "-l", "--format", name)
        assert done.stdout.splitlines() == ["path", *map(str, files)]


def test_the_limit_of_files_counts_files(run: Run, data: Path) -> None:
    lines = "".join(json.dumps({"id": f"o{i}", "text": "Otters."}) + "\n" for i in range(60))
    for number in range(4):
        (data / f"many-{number}.jsonl").write_text(lines.replace('"o', f'"{number}o'))
    run("index", "data")
    all_files = run("search", "otters", "-l", "--sort", "path").stdout.splitlines()
    assert len(all_files) == 6
    for limit in range(7):
        shown = run("search", "otters", "-l", "-n", str(limit), "--sort", "path")
        assert shown.stdout.splitlines() == all_files[:limit]
    shown = run("search", "otters", "-l", "-n", "2", "--offset", "3", "--sort", "path")
    assert shown.stdout.splitlines() == all_files[3:5]
    assert run("search", "otters", "-l", "-n", "all").stdout.count("\n") == 6


def test_counts_as_a_number_and_as_a_record(run: Run) -> None:
    assert run("search", "otters", "-c").stdout == "6\n"
    assert run("search", "otters", "-c", "-n", "all").stdout == "6\n"
    assert run("search", "otters", "-c", "--group").stdout == "2\n"
    assert run("search", "otters", "-c", "--json").stdout == '{"passages": 6}\n'
    done = run("search", "otters", "-c", "--json", "--group")
    assert done.stdout == '{"articles": 2, "passages": 6}\n'
    assert run("search", "otters", "-c", "--format", "csv").stdout == "passages\n6\n"
    done = run("search", "zebra", "-c", "--json")
    assert (done.returncode, done.stdout) == (1, '{"passages": 0}\n')


def test_all_hits(run: Run, data: Path) -> None:
    (data / "many.jsonl").write_text(
        "".join(json.dumps({"id": f"o{i}", "text": f"Otters {i}."}) + "\n" for i in range(1200))
    )
    run("index", "data")
    done = run("search", "otters", "-n", "all", "--no-collapse")
    assert done.stdout.count("\n") == 1206
    assert done.stderr == "nutgraf: 1,206 passages\n"
    done = run("search", "otters", "--no-collapse", "-n", "5", "--offset", "1100")
    assert done.stderr == "nutgraf: 1,101 to 1,105 of 1,206 passages\n"
    (data.parent / "q").write_text("otters\n")
    done = run("search", "--queries", "q", "-n", "all", "--no-collapse")
    assert done.stdout.count("\n") == 1206
    done = run("search", "otters", "-c", "--no-collapse")
    assert done.stdout == "1206\n"  # a record, for programs


def test_many_queries_in_each_format(run: Run, data: Path) -> None:
    (data.parent / "q").write_text("abdul-mahdi\nzebra\nlighthouse keeper\n")

    def lines(name: str, *more: str) -> list[str]:
        return run("search", "--queries", "q", "-n1", "--format", name, *more).stdout.splitlines()

    first, second = lines("grep")
    assert first.startswith("data/iraq-us-call.txt:16:On Jan. 10")
    assert second.startswith("data/lighthouse.md:")
    shown = lines("terminal")
    assert shown[0] == "abdul-mahdi"
    at = shown.index("zebra")
    assert shown[at - 1 : at + 3] == ["", "zebra", "", "lighthouse keeper"]
    shown = lines("markdown")
    assert [line for line in shown if line.startswith("#")] == [
        "## abdul-mahdi",
        "## zebra",
        "## lighthouse keeper",
    ]
    rows = [line.split("\t")[:2] for line in lines("tsv")]
    assert rows == [["query", "rank"], ["abdul-mahdi", "1"], ["lighthouse keeper", "1"]]
    first, second = map(json.loads, lines("jsonl", "-C1"))
    assert (first["query"], first["rank"], first["schema"]) == ("abdul-mahdi", 1, 2)
    assert len(first["before"]) == len(first["after"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-c", "-l"], "-c counts and -l lists files: leave out one of them."),
        (["-l", "-C", "1"], "-l prints no passages: leave out -C."),
        (["-c", "-A", "1"], "-c prints no passages: leave out -A."),
        (["-l", "--format", "markdown"], "--format markdown has passages alone: leave out -l."),
        (["-c", "--format", "markdown"], "--format markdown has passages alone: leave out -c."),
        (["-0", "--json"], "-0 ends the paths of -l and of lines as of grep: leave it out."),
        (["-0", "-l", "--format", "csv"], "-0 ends the paths of -l and of lines as of grep"),
        (["-0", "-c"], "-0 ends the paths of -l and of lines as of grep: leave it out."),
        (["--json", "--format", "csv"], "--json and --format csv exclude each other."),
        (["--all", "--any"], "--all asks for all of the words and --any for any of them: leave"),
        (["--any", "--all"], "--all asks for all of the words and --any for any of them: leave"),
        (["-c", "-n", "5"], "-c counts all passages that match: leave out -n."),
        (["-c", "-n", "all", "--offset", "5"], "-c counts all passages that match: leave out --of"),
        (["--count", "--offset", "5"], "-c counts all passages that match: leave out --offset."),
        (["-c", "--per-article", "1"], "-c counts all passages that match: leave out --per-ar"),
        (["--raw-csv"], "--raw-csv needs --format csv or --format tsv."),
        (["-n", "x"], "'x' is neither a whole number, 0 or more, nor all."),
        (["-n", "-1"], "'-1' is neither a whole number, 0 or more, nor all."),
        (["-n", "ALL"], "'ALL' is neither a whole number, 0 or more, nor all."),
        (["--format", "xml"], "'xml' is not one of 'terminal', 'grep', 'jsonl', 'csv', 'tsv', 'm"),
    ],
)
def test_what_excludes_each_other(arguments: list[str], message: str, run: Run) -> None:
    done = run("search", "otters", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_what_goes_together(run: Run) -> None:
    """An option with its default, or 0, contradicts none; nor does one that is given twice."""
    for options in (
        ["--json", "--format", "jsonl"],
        ["-c", "-A", "0", "--offset", "0"],
        ["--recent", "1y", "--sort", "score"],
        ["--all", "--all"],
        ["-n", "5", "-n", "3"],
    ):
        assert run("search", "otters", "data", *options).returncode == 0, options


@pytest.mark.parametrize("sign", "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e")
def test_what_grep_ends_no_line_at_is_white_space(sign: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"An otter.{sign}A zebra.{sign}{sign}A gnu.\n\nA vole.\n", "utf-8"
    )
    page = f"<p>An otter.{sign}A zebra.{sign}{sign}A gnu.</p><p>A vole.</p>"
    (tmp_path / "b.html").write_text(f'<meta charset="utf-8"><body>{page}', "utf-8")
    run("index", "a.txt", "b.html", "-q")
    for name in ("a.txt", "b.html"):
        shown = f"{name}:1:An otter. A zebra. A gnu.\n"
        assert run("search", "zebra", "--in", name, "--format", "grep").stdout == shown
        assert run("show", f"{name}:1").stdout.startswith(shown)
        assert run("show", f"{name}:3").stdout == f"{name}:3:A vole.\n"
    for format in ("jsonl", "csv", "tsv", "markdown"):
        done = run("search", "zebra", "--in", "a.txt", "--format", format)
        assert not {*"\x85\x0b\x0c\x1c\x1d\x1e"} & {*done.stdout}, format
    (line,) = run("search", "zebra", "--in", "a.txt", "--json").stdout.splitlines()
    assert json.loads(line)["text"] == f"An otter.{sign}A zebra.{sign}{sign}A gnu."


def test_a_terminal_shows_it_as_blanks(run: Run, tmp_path: Path) -> None:
    text = (
        "An otter.\u2028A zebra.\u2029A gnu.\x85A vole.\x0bAn elk.\x0cAn eel.\x1cA yak.\x1d\x1eEnd."
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    run("index", "a.txt", "-q")
    shown = run_in_terminal("search", "vole", cwd=tmp_path)
    assert "1. An otter. A zebra. A gnu. A **vole**. An elk. An eel. A yak. End.\n" in shown


def test_raw_csv(run: Run, data: Path) -> None:
    (data / "f.txt").write_text("=cmd|' /C calc'!A0 otters\n")
    run("index", "data")
    for more, cell in (
        ([], "'=cmd|' /C calc'!A0 otters"),
        (["--raw-csv"], "=cmd|' /C calc'!A0 otters"),
    ):
        done = run("search", "cmd", "--format", "csv", *more)
        _, row = csv.reader(io.StringIO(done.stdout, newline=""))
        assert row[-1] == cell


def test_the_help_lists_the_formats(run: Run) -> None:
    shown = " ".join(run("search", "--help").stdout.split())
    for output in OUTPUTS:
        assert f"{output.name} {output.about}" in shown


def test_files_and_all_hits_of_two_words_have_both(tmp_path: Path, run: Run) -> None:
    texts = {"both": "Zebras swim by the tram.", "one": "Zebras.", "two": "Tram."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text)
    run("index", ".")
    assert run("search", "zebras tram", "-l").stdout == "both.txt\n"
    assert run("search", "zebras tram", "-l", "-n", "2").stdout == "both.txt\n"
    assert run("search", "zebras tram", "-n", "all").stdout.count("\n") == 1
    assert run("search", "zebras tram").stdout.count("\n") == 3
