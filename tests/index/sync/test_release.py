"""What must not be shown in a sync: it is left out, and read again until the clock allows it."""

import datetime
import json
import os
from pathlib import Path

import pytest

from command import Run
from memory import index_at
from nutgraf import ArgumentError, Index, Skip, search
from nutgraf_index.sync.options import Reading

LIFTED = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)
BEFORE = LIFTED - datetime.timedelta(days=2)
PIER = {"id": "pier", "text": "The pier closed today."}
BOATS = {"id": "boats", "text": "Two boats left.", "embargoed": "2026-12-01T09:00:00Z"}
EMBARGOED = "embargoed until 2026-12-01T09:00Z"


def write(path: Path, value: object) -> None:
    """Write a file that is surely older than the sync."""
    path.write_text(json.dumps(value))
    os.utime(path, (1e9, 1e9))


def test_an_embargoed_article_appears_at_the_first_sync_after(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [PIER, BOATS])
    write(tmp_path / "b.json", {"text": "The mayor resigned.", "embargoed": "2026-12-01T09:00:00Z"})
    (tmp_path / "c.txt").write_text("Otters.")
    with Index.open(tmp_path / ".nutgraf", create=True) as index:
        report = index.sync([tmp_path], now=BEFORE)
        assert report.added == ("a.json!pier", "c.txt")
        held = (Skip("a.json", EMBARGOED, 1), Skip("b.json", EMBARGOED))
        assert report.skipped == held
        assert report.indexed == 2
        number = index.snapshot().commit.number
        # Nothing of it is in the index, and the files are read again each time.
        for _ in range(2):
            report = index.sync([tmp_path], now=BEFORE)
            assert (report.skipped, report.unchanged) == (held, ("a.json!pier", "c.txt"))
            assert search("boats", index).total == search("mayor", index).total == 0
        assert index.snapshot().commit.number == number
        planned = index.sync([tmp_path], now=LIFTED, dry_run=True)
        report = index.sync([tmp_path], now=LIFTED)
        assert planned.added == report.added == ("a.json!boats", "b.json")
        assert report.skipped == ()
        assert [hit.citation for hit in search("mayor", index)] == ["b.json#1"]
        # Now the files are like any other.
        number = index.snapshot().commit.number
        assert index.sync([tmp_path]).unchanged == (
            "a.json!boats",
            "a.json!pier",
            "b.json",
            "c.txt",
        )
        assert index.snapshot().commit.number == number


def test_an_article_that_is_killed_disappears(tmp_path: Path) -> None:
    index = index_at(tmp_path)
    write(tmp_path / "a.json", [PIER, {**BOATS, "embargoed": None}])
    write(tmp_path / "b.json", PIER)
    index.sync([tmp_path])
    assert search("pier", index).total == 2
    write(tmp_path / "a.json", [{**PIER, "pubstatus": "canceled"}, {**BOATS, "embargoed": None}])
    write(tmp_path / "b.json", {**PIER, "status": "withheld"})
    report = index.sync([tmp_path])
    assert report.removed == ("a.json!pier", "b.json")
    assert report.skipped == (Skip("a.json", "canceled", 1), Skip("b.json", "withheld"))
    assert search("pier", index).total == 0


def test_a_file_under_an_embargo_keeps_what_was_said_of_it(tmp_path: Path) -> None:
    article = {"text": "Işık söndü.", "date": "04/03/2021", "embargoed": "2026-12-01T09:00:00Z"}
    data = json.dumps(article, ensure_ascii=False).encode("cp1254")
    (tmp_path / "a.json").write_bytes(data)
    index = index_at(tmp_path)
    index.sync([tmp_path], now=BEFORE, encoding="cp1254", date_order="mdy")
    index.sync([tmp_path], now=BEFORE)
    assert index.sync([tmp_path], now=LIFTED).added == ("a.json",)
    stored = index.article("a.json")
    assert (stored.text, stored.date) == ("Işık söndü.", "2021-04-03")


def test_the_order_of_dates_is_kept_until_another_is_given(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [{"text": "The pier.", "date": "04/03/2021"}, {"text": "Boats."}])
    index = index_at(tmp_path)

    def date_after(order: str | None) -> tuple[str, tuple[str, ...], tuple[tuple[str, int], ...]]:
        report = index.sync([tmp_path], date_order=order)  # type: ignore[arg-type]
        return index.article("a.json!1").date, report.updated, report.doubtful

    doubtful = (("a.json", 1),)
    assert date_after(None) == ("", (), doubtful)
    assert date_after(None) == ("", (), doubtful)
    assert date_after("dmy") == ("2021-03-04", ("a.json!1",), ())
    assert date_after(None) == ("2021-03-04", (), ())
    # A file of one export grows.
    write(tmp_path / "a.json", [{"text": "The pier.", "date": "05/03/2021"}, {"text": "Boats."}])
    assert date_after(None) == ("2021-03-05", ("a.json!1",), ())
    assert date_after("mdy") == ("2021-05-03", ("a.json!1",), ())


def test_wrong_orders_and_times() -> None:
    index = Index.in_memory()
    with pytest.raises(ArgumentError) as caught:
        index.sync([], date_order="ymd")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "date_order must be 'dmy' (04/03/2021 is 4 March) or 'mdy' (3 April), not 'ymd'"
    )
    with pytest.raises(ArgumentError, match=r"^now must be a datetime with a time zone, not dat"):
        index.sync([], now=datetime.datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Reading("ab", date_order="dmy"), "ab;dmy"),
        (Reading("ab", again=True), "ab;!"),
        (Reading("ab", doubtful=12), "ab;12"),
        (Reading("ab", "cp1254", True, "P; Q", "mdy", True, 3), "ab:cp1254?;mdy!3 P; Q"),
    ],
)
def test_a_reading_as_a_text(reading: Reading, text: str) -> None:
    assert str(reading) == text
    assert Reading.of(text) == reading


def test_the_command_tells_what_it_left_out(tmp_path: Path, run: Run) -> None:
    held = [{**BOATS, "embargoed": f"{year}-01-01"} for year in (9000, 9001)]
    draft = {**PIER, "draft": True}
    write(tmp_path / "a.json", [PIER, *held, draft, draft, {**PIER, "publish_at": "9000-01-01"}])
    assert run("index", "a.json").stderr.splitlines()[0] == (
        "nutgraf: skipped 5: 2 embargoed, 2 draft, 1 to be published; nutgraf index -v lists them"
    )
    assert run("search", "boats").stdout == ""
    told = run("index", "a.json", "-v").stderr.splitlines()
    assert told[0] == "nutgraf: skipped a.json:1: embargoed until 9000-01-01T12:00Z"
    assert told[4] == "nutgraf: skipped a.json:1: to be published at 9000-01-01T12:00Z"


def test_the_command_asks_for_the_order_of_dates(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "a.json", [{"text": "The pier.", "date": "04/03/2021"}])
    said = (
        "nutgraf: day or month may be first in dates such as 04/03/2021, which 1 article in 1 file "
        "lost: --date-order dmy or mdy reads them"
    )
    for _ in range(2):
        assert said in run("index", "a.json").stderr.splitlines()
    verbose = run("index", "a.json", "-v").stderr.splitlines()
    assert "nutgraf: dates in doubt in a.json: 1 article" in verbose
    assert said not in run("index", "a.json", "--date-order", "dmy").stderr.splitlines()
    assert run("search", "date:2021-03-04", "--count").stdout == "1\n"
    assert run("index", "a.json", "--date-order", "ymd").returncode == 2
