"""Many queries from a file."""

import csv
import gc
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import Run
from nutgraf import ArgumentError, Index, QueryError, Searcher, SourceError
from nutgraf.cli.batch import read_queries
from nutgraf.output.csv_rows import COLUMNS
from nutgraf.results.hits import Results


def read(data: bytes, name: str = "q.txt", column: str | None = None) -> list[tuple[int, str, str]]:
    return [tuple(line) for line in read_queries(io.BytesIO(data), name, column)]  # type: ignore[misc]


def test_a_query_a_line() -> None:
    assert read("\ufeffotter\r\n\n iraq -drone \n".encode() + b"caf\xe9\nend") == [
        (1, "otter", ""),
        (3, "iraq -drone", ""),
        (4, "", "it is not UTF-8"),
        (5, "end", ""),
    ]


def test_a_column_of_csv() -> None:
    data = b'id,query\n1,"otter,\nfences"\n2\n\n3,caf\xe9\n4,"a"b\n5,"say ""yes"""\n6,""\n7,end\n'
    assert read(data, "q.CSV") == [
        (2, "otter,\nfences", ""),
        (4, "", "it has no column 'query'"),
        (6, "", "it is not UTF-8"),
        (7, "", "it is not CSV: ',' expected after '\"'"),
        (8, 'say "yes"', ""),
        (10, "end", ""),
    ]
    assert read(data, "q.txt", "id")[0] == (2, "1", "")
    assert read(b'query\na\n"b\n', "q.csv")[1] == (3, "", "it is not CSV: unexpected end of data")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id,text\n1,x\n", "q.csv has no column 'query'; its columns are 'id', 'text'"),
        (b"", "q.csv has no column 'query'; its columns are none"),
        (b'"a"b\n', "the first line of q.csv is not CSV: ',' expected"),
    ],
)
def test_files_that_are_not_what_they_should_be(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(data, "q.csv")


def test_a_searcher_answers_many_lazily_and_in_order(sample: Index) -> None:
    asked: list[str] = []

    def queries() -> Iterator[str]:
        for query in ("otter", "date:soon", "zeppelin", "bridge"):
            asked.append(query)
            yield query

    with Searcher(sample) as searcher:
        answers = searcher.search_many(queries(), limit=2)
        assert asked == []
        assert next(answers) == searcher.search("otter", limit=2)
        assert asked == ["otter"]
        error = next(answers)
        assert isinstance(error, QueryError)
        assert error.start == 0
        rest = [answer for answer in answers if isinstance(answer, Results)]
        assert [len(results) for results in rest] == [0, 2]
        with pytest.raises(ArgumentError, match="limit must be"):
            next(searcher.search_many(["otter"], limit=-1))


@pytest.fixture
def asked(data: Path) -> Path:
    folder = data.parent
    (folder / "q.txt").write_bytes(b"ballistic missiles\ndate:soon\nzeppelin\n\xff\notter bridge\n")
    (folder / "q.csv").write_text('id,query,other\n1,"otter, bridge",heron\n2\n3,date:soon,\n')
    return folder


def test_json_lines(asked: Path, run: Run) -> None:
    done = run("search", "--queries", "q.txt", "data", "-n", "2", "--all")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    with Index.open(asked / ".nutgraf") as index, Searcher(index) as searcher:
        expected = [
            {"query": query, "rank": rank} | hit.to_dict()
            for query in ("ballistic missiles", "otter bridge")
            for rank, hit in enumerate(searcher.search(query, limit=2, require="all"), 1)
        ]
    assert expected
    assert records == expected
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == [
        "nutgraf: line 2: date:soon names no date or range of dates; write 2020-01-12, 2020-01, "
        "2020, "
        '2019..2020-01, 2019.., ..2019, today, yesterday, "this week", "last month" or '
        '"last 7 days"',
        "  date:soon",
        "  ^^^^^^^^^",
        "nutgraf: line 4: it is not UTF-8",
    ]


def test_what_is_not_taken_as_typed_is_said_of_the_line(asked: Path, run: Run) -> None:
    (asked / "q.txt").write_text('otter\n\n"otter fences\n(heron\n')
    run("index", "data")
    done = run("search", "--queries", "q.txt")
    alone = run("search", '"otter fences').stderr.splitlines()[0].removeprefix("nutgraf: ")
    told = done.stderr.splitlines()
    assert done.returncode == 0
    assert told[0] == f"nutgraf: line 3: {alone}"
    assert [line[:16] for line in told] == ["nutgraf: line 3:", "nutgraf: line 4:"]
    assert run("search", "--queries", "q.txt", "-q").stderr == ""


def test_csv(asked: Path, run: Run) -> None:
    run("index", "data")
    done = run("search", "--queries", "q.csv", "--format", "csv", "-n", "1", "--offset", "1")
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert header == [*COLUMNS]
    assert [row[:2] for row in rows] == [["otter, bridge", "2"]]
    assert "line 3: it has no column 'query'" in done.stderr
    assert "line 4: date:soon names no date" in done.stderr
    assert done.returncode == 2
    found = run("search", "--queries", "q.csv", "--column", "other")
    assert '"query": "heron"' in found.stdout
    assert found.returncode == 2


STATUSES = (("otter\n", 0), ("zeppelin\notter", 0), ("zeppelin\n", 1), ("", 1))


def test_stdin_and_the_exit_status(asked: Path, run: Run) -> None:
    run("index", "data")
    for text, status in STATUSES:
        for more in ([], ["-q"]):
            done = run("search", "--queries", "-", *more, input=text)
            assert (done.returncode, done.stderr) == (status, "")
            assert bool(done.stdout) == (status == 0 and not more)


def test_a_pipe_of_queries(asked: Path, run: Run, run_command: Run) -> None:
    run("index", "data")
    asking = ("search", "--queries", "-")
    done, here = (one(*asking, input="zeppelin\notter") for one in (run_command, run))
    assert (done.returncode, done.stdout, done.stderr) == (0, here.stdout, "")
    assert done.stdout


NO_SENSE: list[tuple[list[str], str]] = [
    ([], "Missing argument 'QUERY...'."),
    (["otter", "--column", "x"], "--column needs --queries FILE."),
    (["--queries", "q.txt", "nowhere"], "and 'nowhere' is no file or folder to search in."),
    (["--queries", "q.txt", "--in", "nowhere"], "Path 'nowhere' does not exist."),
    (["--queries", "nowhere", "data"], "'nowhere': No such file or directory"),
    (["--queries", "q.txt", "-c"], "--queries prints only the hits of the queries: leave out"),
    (["--queries", "q.txt", "-l"], "leave out -l."),
    (["--queries", "q.txt", "--explain"], "leave out --explain."),
    (["--queries", "q.txt", "--json", "--format", "csv"], "exclude each other"),
    (["--queries", "-", "--in", "-"], "the queries and the text cannot both be standard input: "),
    (["--queries", "q.csv", "--column", "no", "data"], "q.csv has no column 'no'; its columns"),
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_makes_no_sense(asked: Path, run: Run) -> None:
    for arguments, message in NO_SENSE:
        done = run("search", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert message in done.stderr
    gc.collect()  # where arguments are wrong, click leaves the file of queries to the end


def test_an_interrupt_closes_the_queries(
    indexed: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were closed after their file, and Python told of an error in that."""

    def interrupt(*_: object, **__: object) -> Results:
        raise KeyboardInterrupt

    (tmp_path / "q.txt").write_text("otter\nmuseum\n")
    monkeypatch.setattr(Searcher, "search", interrupt)
    dropped: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", dropped.append)
    with pytest.raises(KeyboardInterrupt):
        run("search", "--queries", "q.txt", "--index", str(indexed))
    gc.collect()
    assert dropped == []
