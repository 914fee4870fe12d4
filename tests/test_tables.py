"""The tables of docs/ say what registries hold, and their examples are what happens."""

import json
import re
from pathlib import Path

import pytest

from nutgraf import Article, Index, QueryError, search
from nutgraf.ranking.near_duplicates import MOST_CITED
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.dates import iso_date
from nutgraf_index.fields import FORMAT
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.properties.authors import names_of
from nutgraf_index.properties.written_dates import read_moment
from nutgraf_index.segment import fingerprints
from nutgraf_index.segment.file import CHECK_BLOCK
from nutgraf_index.store.layout import PREVIOUS
from pages import title
from places import TOP
from tables import DOCS, TABLES, Rows, rows, stored_run, with_table

QUERIES = (DOCS / "query-language.md").read_text("utf-8")
EVIDENCE = (DOCS / "ranking-evidence.md").read_text("utf-8")
FORMATS = (DOCS / "formats.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "header", "made"),
    [(page, header, made()) for (page, header), made in TABLES.items()],
    ids=[f"{title(page)} {header}" for page, header in TABLES],
)
def test_tables_of_registries_are_up_to_date(page: Path, header: str, made: Rows) -> None:
    text = page.read_text("utf-8")
    assert with_table(text, header, made) == text, "python tests/tables.py writes it anew"


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
    assert len(shown) > 70
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


@pytest.mark.parametrize("row", rows(QUERIES, "text | terms | because"), ids=lambda row: row[0])
def test_words_become_the_terms_of_the_page(row: tuple[str, str, str]) -> None:
    text, terms, _ = row
    assert [token.term for token in analyzer_of("en").tokens(code(text))] == terms.split()


def test_the_page_tells_every_role() -> None:
    shown = rows(FORMATS, "role | what the passage is | example | found by plain words")
    assert [code(row[0]) for row in shown] == [role.value for role in Role]
    assert [code(row[0]) for row in shown if row[3] == "no"] == [
        role.value for role in Role if role in HIDDEN_ROLES
    ]


def test_dates_are_read_as_the_page_says() -> None:
    shown = rows(FORMATS, "form | date")
    assert len(shown) > 8
    for cell, date in shown:
        for form in re.findall(r"`(.*?)`", cell):
            moment = read_moment(form)
            told = date if date[0].isdigit() else ""
            assert (moment.date if moment else "") == told, form
            assert iso_date(form) in (None, told), form


def test_authors_are_read_as_the_page_says() -> None:
    shown = rows(FORMATS, "value | authors")
    assert len(shown) > 5
    for value, names in shown:
        assert "; ".join(names_of(json.loads(code(value))).authors) == names.partition(", and")[0]


def test_the_reasons_of_the_page_are_those_of_the_code() -> None:
    source = "".join(
        path.read_text("utf-8")
        for folder in ("formats", "properties", "sync")
        for path in (TOP / "index" / "nutgraf_index" / folder).rglob("*.py")
    ).replace('\\"', '"')
    for cell, _ in rows(FORMATS, "reason | what to do"):
        for reason in re.findall(r"`(.*?)`", cell):
            assert all(part.strip() in source for part in re.split(r"…|\.psd", reason)), reason


Means = dict[str, dict[str, float]]


def stored(name: str) -> tuple[dict[str, Means], Means]:
    """Return the figures of a stored run by collection and engine, and their means by engine."""
    figures = stored_run(name)["figures"]
    first = next(iter(figures.values()))
    means = {
        engine: {
            measure: sum(each[engine][measure] for each in figures.values()) / len(figures)
            for measure in measures
        }
        for engine, measures in first.items()
    }
    return figures, means


def test_the_means_of_the_evidence_are_those_of_the_stored_run() -> None:
    _, means = stored("quality")
    for measure, *shown in rows(EVIDENCE, "measure | nutgraf | bm25s"):
        assert shown == [f"{means[engine][measure]:.4f}" for engine in ("nutgraf", "bm25s")]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        (
            "quality",
            "collection | nDCG@10 | bm25s 1.2/0.75 | bm25s 0.9/0.4 | ratio | MAP, ratio | "
            "Recall@100, ratio",
        ),
        ("quality-split", "collection | nDCG@10, split | ratio | MAP, ratio | Recall@100, ratio"),
    ],
)
def test_the_evidence_is_that_of_the_stored_runs(name: str, header: str) -> None:
    figures, means = stored(name)
    shown = {first: others for first, *others in rows(EVIDENCE, header)}
    assert shown.keys() == {*figures, "mean"}
    peers = ("bm25s", "bm25s-low")
    engines = ("nutgraf", *peers) if "bm25s" in header else ("nutgraf",)
    # Ratios are to the better of the peers, and their mean is that of the ratios.
    ratios = {
        collection: [
            figure["nutgraf"][measure] / max(figure[peer][measure] for peer in peers)
            for measure in ("nDCG@10", "MAP", "Recall@100")
        ]
        for collection, figure in figures.items()
    }
    columns = zip(*ratios.values(), strict=True)
    ratios["mean"] = [sum(column) / len(figures) for column in columns]
    for collection, figure in {**figures, "mean": means}.items():
        values = [f"{figure[engine]['nDCG@10']:.4f}" for engine in engines]
        assert shown[collection] == values + [f"{ratio:.3f}" for ratio in ratios[collection]]


def test_the_constants_of_near_duplicates_are_those_of_the_code() -> None:
    page = (DOCS / "near-duplicates.md").read_text("utf-8")
    assert f"two hashes of {fingerprints.HASH_BITS} bits" in page
    assert f"{64 - 2 * fingerprints.HASH_BITS} bits of a hash of all words" in page
    assert f"the first {MOST_CITED} of them" in page
    assert fingerprints.SHINGLE == 3
    assert "is three words in a row" in page


def test_the_formats_of_an_index_are_those_of_the_code() -> None:
    page = (DOCS / "index-files.md").read_text("utf-8")
    assert f"This one is {FORMAT}." in page
    assert f"**Format {PREVIOUS[0]}**" in page
    assert f"Each block of {CHECK_BLOCK // 1024} KiB has a checksum" in page
