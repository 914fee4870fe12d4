"""The tables of docs/ say what registries hold, and their examples are what happens."""

import re
from pathlib import Path

import pytest

from nutgraf import Article, Index, QueryError, search
from nutgraf_index.dates import iso_date
from nutgraf_index.model import HIDDEN_ROLES, Role
from pages import title
from places import TOP
from tables import DOCS, TABLES, Rows, rows, with_table

QUERIES = (DOCS / "query-language.md").read_text("utf-8")
FORMATS = (DOCS / "formats.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "header", "made"),
    [(page, header, made()) for (page, header), made in TABLES.items()],
    ids=[f"{title(page)} {header}" for page, header in TABLES],
)
def test_tables_of_registries_are_up_to_date(page: Path, header: str, made: Rows) -> None:
    text = page.read_text("utf-8")
    assert with_table(text, header, made) == text, "python tests/tables.py writes it"


def code(cell: str) -> str:
    """Return what stands in a cell in code font."""
    return cell.strip("`")


@pytest.mark.parametrize("row", rows(QUERIES, "query | finds | but not"), ids=lambda row: row[0])
def test_queries_find_and_leave_what_the_page_shows(row: tuple[str, str, str]) -> None:
    query, found, left = row
    with Index.in_memory() as index:
        index.add([Article(id="found", text=found.replace("**", ""))])
        if left:
            index.add([Article(id="left", text=left)])
        results = search(code(query), index)
        assert [hit.article for hit in results] == ["found"]
        assert not results.diagnostics
        (hit,) = results
        spans = [hit.text[start:end] for start, end in hit.spans]
        assert spans == re.findall(r"\*\*(.+?)\*\*", found)


def test_text_that_is_no_syntax_is_read_as_the_page_says() -> None:
    shown = rows(QUERIES, "typed | read as | diagnostic")
    shown += [row[:1] + row[2:4] for row in rows(QUERIES, ELSEWHERE)]
    assert len(shown) > 25
    with Index.in_memory() as index:
        for typed, read, kind in shown:
            results = search(code(typed), index)
            assert results.query == code(read), typed
            kinds = [one.kind for one in results.diagnostics]
            assert kinds == ([] if kind == "none" else [kind]), typed
            assert search(results.query, index).query == results.query


ELSEWHERE = "elsewhere | means | read here as | diagnostic | write"


def test_what_to_write_instead_is_syntax() -> None:
    with Index.in_memory() as index:
        for *_, instead in rows(QUERIES, ELSEWHERE):
            assert not instead.startswith("`") or not search(code(instead), index).diagnostics


def test_the_dates_of_the_page_are_dates() -> None:
    values = [query for row in rows(QUERIES, "value | stands for") for query in row[0].split("` `")]
    assert len(values) > 12
    with Index.in_memory() as index:
        for value in values:
            search(code(value), index)
        with pytest.raises(QueryError):
            search("date:10/01/2020", index)


def test_the_page_tells_every_role() -> None:
    shown = rows(FORMATS, "role | what the passage is | found by plain words")
    assert [code(row[0]) for row in shown] == [role.value for role in Role]
    assert [code(row[0]) for row in shown if row[2] == "no"] == [
        role.value for role in Role if role in HIDDEN_ROLES
    ]


def test_dates_are_read_as_the_page_says() -> None:
    shown = rows(FORMATS, "form | date")
    assert len(shown) > 8
    for form, date in shown:
        assert iso_date(code(form)) == (None if date.startswith("none") else date), form


def test_the_reasons_of_the_page_are_those_of_the_code() -> None:
    source = "".join(
        path.read_text("utf-8")
        for folder in ("formats", "sync")
        for path in (TOP / "index" / "nutgraf_index" / folder).glob("*.py")
    ).replace('\\"', '"')
    for cell, _ in rows(FORMATS, "reason | what to do"):
        for reason in re.findall(r"`(.*?)`", cell):
            assert all(part in source for part in re.split(r"…|\.pdf", reason)), reason
