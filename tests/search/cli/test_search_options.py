"""What the options of `nutgraf search` do at the command line."""

import json
from pathlib import Path

import pytest

from command import Run
from nutgraf import Index, search
from places import DATA


def test_sort_and_group(run: Run, data: object) -> None:
    done = run("search", "storm", "data", "--sort", "-date", "--group", "--color", "never")
    assert done.returncode == 0
    assert done.stdout.count("\n") == len(search_articles("storm"))
    done = run("search", "storm", "--sort", "title")
    assert done.returncode == 2
    assert "'title' is not one of 'score', 'date', '-date', 'path'" in done.stderr


def test_at_most_some_passages_of_an_article(run: Run, data: object) -> None:
    done = run("search", "otters", "data", "--per-article", "1", "--json")
    articles = [json.loads(line)["article"] for line in done.stdout.splitlines()]
    assert len(articles) == len({*articles}) == len(search_articles("otters"))
    assert done.stderr.endswith("1 to 2 of 6 passages, at most 1 of an article shown\n")
    done = run("search", "otters", "-l", "--per-article", "1")
    assert done.stdout.count("\n") == 2
    for options, message in (
        (["--group", "--per-article", "2"], "--group and --per-article exclude each other."),
        (["--per-article", "0"], "0 is not in the range x>=1."),
    ):
        done = run("search", "otters", *options)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr


def test_recent(run: Run, data: Path) -> None:
    plain = run("search", "otters", "data", "--group", "-n", "1").stdout
    done = run("search", "otters", "--group", "-n", "1", "--recent", "1w", "--explain")
    assert plain.startswith("data/river-survey.txt")
    assert done.stdout.startswith("data/briefs.jsonl")  # of 2020, the survey of 2019
    assert " recency: decay " in done.stderr
    for value in ("soon", "30", ""):
        done = run("search", "otters", "--recent", value)
        assert done.returncode == 2
        assert (
            "Invalid value for '--recent': recent must be a half-life of at least 1" in done.stderr
        )
    done = run("search", "otters", "--recent", "30d", "--sort", "-date")
    assert done.returncode == 2
    assert "--recent changes scores and --sort the order: leave out one." in done.stderr


def search_articles(query: str) -> set[str]:
    with Index.in_memory() as index:
        index.sync([DATA])
        return {hit.article for hit in search(query, index, limit=100)}


def test_explain(run: Run, data: Path) -> None:
    run("index", "data")
    plain, told = (run("search", "otters", "-n", "2", *one) for one in ([], ["--explain"]))
    assert told.stdout == plain.stdout
    assert plain.stderr.splitlines() == ["nutgraf: 1 to 2 of 6 passages"]
    lines = told.stderr.splitlines()
    assert lines[0] == "nutgraf: searched for: otters"
    assert lines[1] == "nutgraf: data/river-survey.txt#1"
    assert lines[2].endswith(" score")
    assert lines[2].startswith("  ")
    assert lines[3].startswith("    ")
    assert lines[-1] == "nutgraf: 1 to 2 of 6 passages"


@pytest.mark.parametrize("option", ["--json", "-c", "-l", "-q"])
def test_the_explanation_stands_in_no_other_output(option: str, run: Run, data: Path) -> None:
    plain, told = (run("search", "otters", "data", option, *one) for one in ([], ["--explain"]))
    assert told.returncode == 0
    assert " score" not in told.stderr
    if option != "--json":
        assert told.stdout == plain.stdout
    else:
        records = [json.loads(line) for line in told.stdout.splitlines()]
        assert all(record["explanation"]["value"] == record["score"] for record in records)
        assert not any("explanation" in json.loads(line) for line in plain.stdout.splitlines())
    said = "nutgraf: searched for: otters" in told.stderr.splitlines()
    assert said == (option != "-q")


def test_the_query_is_told_once(run: Run, data: Path) -> None:
    done = run("search", "otters AND -fence", "data", "--explain")
    assert done.stderr.count("searched for: ") == 1


def test_expand(run: Run, data: Path) -> None:
    plain, more = (run("search", "otter", "data", "-c", *one) for one in ([], ["--expand"]))
    assert int(more.stdout) > int(plain.stdout)
    assert 'otter "' in more.stderr  # the query as it was asked


def test_synonyms(run: Run, data: Path) -> None:
    file = data.parent / "synonyms.txt"
    file.write_text("lutra => otter\n", encoding="utf-8")
    plain, wider = (
        run("search", "lutra", "data", "-c", *one) for one in ([], ["--synonyms", file.name])
    )
    assert (plain.returncode, wider.returncode) == (1, 0)
    assert 'searched for: lutra OR "otter"^0.7' in wider.stderr
    file.write_text("lutra\n", encoding="utf-8")
    wrong = run("search", "lutra", "--synonyms", file.name)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("nutgraf: synonyms.txt, line 1: 'lutra' has no synonym; write")
    missing = run("search", "lutra", "--synonyms", "none.txt")
    assert missing.returncode == 2
    assert "cannot read the synonyms in none.txt" in missing.stderr
    file.write_text("lutra => otter\n", encoding="utf-8")
    little = run("search", "+lutra +zeppelin", "--synonyms", file.name)
    assert little.returncode == 1
    assert f"try: nutgraf search --synonyms {file.name} " in little.stderr


def test_scope(run: Run, data: object) -> None:
    done = run("search", "ferry AND storm AND guide", "data", "--scope", "paragraph")
    assert done.returncode == 2
    assert "'paragraph'" in done.stderr
    assert "indexed" not in done.stderr
    alone = run("search", "ships AND reopened", "data", "-c")
    assert alone.stdout == "0\n"
    done = run("search", "ships AND reopened", "-c", "--scope", "window:2")
    assert done.stdout == "2\n"


LINE = "The storm letter has had all the news of the port since March."


def test_no_collapse(data: Path, run: Run) -> None:
    for name in "abcde":
        (data / f"{name}.txt").write_text(f"{name} first.\n\n{LINE}\n", "utf-8")
    shown = run("search", "letter", "data")
    assert shown.stdout.count(LINE) == 1
    assert shown.stderr.endswith("nutgraf: 1 to 1 of 5 passages; 4 near-duplicates not shown\n")
    listed = run("search", "letter", "-l").stdout.split()
    assert listed == [f"data/{name}.txt" for name in "abcde"]
    every = run("search", "letter", "--no-collapse")
    assert every.stdout.count(LINE) == 5
    after = run("search", "letter", "--offset", "1")
    told = "nutgraf: 5 passages, none after --offset 1; near-duplicates are shown as one\n"
    assert (after.stdout, after.stderr) == ("", told)
    assert run("search", "letter", "-c").stdout == "5\n"
    queries = data.parent / "queries.txt"
    queries.write_text("letter\n", "utf-8")
    assert run("search", "--queries", str(queries)).stdout.count(LINE) == 1
    assert run("search", "--queries", str(queries), "--no-collapse").stdout.count(LINE) == 5
