"""Tables: each row is an article, under a row of column names."""

import csv
import datetime
import tracemalloc
from pathlib import Path

import pytest

from nutgraf_index.formats.data import tables
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article


def parse(data: str | bytes, path: str = "a.csv") -> tuple[list[Article], list[Fault]]:
    raw = data if isinstance(data, bytes) else data.encode()
    entries = [*read_articles(path, raw)]
    faults = [entry for entry in entries if isinstance(entry, Fault)]
    return [entry for entry in entries if isinstance(entry, Article)], faults


def test_a_row_is_an_article_with_the_line_that_it_begins_in() -> None:
    data = (
        "id,title,publication,author,date,year,url,content\n"
        '17,Pier closes,Port Post,"Ann Lee, Bo Ek",2021-03-04,2021.0,https://x,'
        '"Line one.\n\nLine ""two"", here."\n'
        "\n"
        ",Boats,,,,,,Two boats left.\n"
    )
    (pier, boats), faults = parse(data)
    assert faults == []
    assert (pier.id, pier.line, pier.title) == ("17", 2, "Pier closes")
    assert pier.text == 'Line one.\n\nLine "two", here.'
    assert (pier.authors, pier.date, pier.source) == (
        ("Ann Lee", "Bo Ek"),
        "2021-03-04",
        "Port Post",
    )
    assert (pier.url, pier.metadata) == ("https://x", {"year": "2021.0"})
    assert (boats.id, boats.line, boats.text) == ("2", 6, "Two boats left.")
    assert boats.metadata == {}  # blank fields say nothing


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("title;text;n\nA;Hello, you, there;1\nB;x, y;2\n", "a.csv"),
        ("title\ttext\nA\tHello, you, there\nB\tz\n", "a.csv"),
        ("title\ttext\nA\tHello, you, there\nB\tz\n", "a.tsv"),
        ("title|text\nA|Hello, you, there\nB|z\n", "a.csv"),
        ('Title,TEXT\nA,"Hello, you, there"\nB,z\n', "a.csv"),
        ('sep=;\ntext;title\n"Hello, you, there";A\nz;B\n', "a.csv"),
        ('title,text\r\nA,"Hello, you, there"\r\nB,z\r\n', "a.csv"),
        ('title,text\rA,"Hello, you, there"\rB,z\r', "a.csv"),
        ('\n\n,title,text\n0,A,"Hello, you, there"\n1,B,z\n', "a.csv"),
        ('Unnamed: 0,title,text,\n0,A,"Hello, you, there",\n1,B,z,\n', "a.csv"),
    ],
)
def test_the_delimiter_is_found(data: str, path: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        articles, faults = parse(data.encode(encoding), path)
        assert faults == []
        assert (articles[0].title, articles[0].text) == ("A", "Hello, you, there")
        assert len(articles) == 2
        assert not articles[0].metadata.keys() - {"n"}


def test_a_mark_within_a_field_may_have_a_backslash() -> None:
    (article, _), faults = parse('title,text\nA,"She said \\"no\\", and left."\nB,x\n')
    assert (article.text, faults) == ('She said "no", and left.', [])


def test_a_table_without_a_column_of_text_names_its_columns() -> None:
    for data, names in (
        ("a,b,c\n1,2,3\n", "a, b, c"),
        ("word,freq\nthe,9\n", "word, freq"),
        (",".join(f"c{n}" for n in range(20)), ", ".join(f"c{n}" for n in range(12)) + ", …"),
        (f"3,{'Long ' * 20}\n", f"3, {('Long ' * 20)[:30]}"),
    ):
        reason = f"no column of text in it: its columns are {names}"
        assert parse(data) == ([], [Fault(reason)])
    assert parse(" \n\n") == ([], [Fault("empty")])
    assert parse("title,text\n") == ([], [Fault("no article in it")])


def test_titles_with_summaries_or_addresses_are_articles() -> None:
    (news,), _ = parse("Class Index,Title,Description\n3,Pier closes,The pier closed today.\n")
    assert (news.title, news.text) == ("Pier closes", "The pier closed today.")
    (listed,), _ = parse(
        "stories_id,publish_date,title,url,media_name\n5,2021-03-04,Pier closes,u,P\n"
    )
    assert (listed.id, listed.text, listed.source) == ("5", "Pier closes", "P")


def test_a_row_with_another_number_of_fields_is_a_fault() -> None:
    data = 'title,text,n\nA,one,1\nB,"two\nlines"\nC,three,3,4\nD,four,4,,\nE,five,5\n'
    articles, faults = parse(data)
    assert [(one.title, one.line) for one in articles] == [("A", 2), ("D", 6), ("E", 7)]
    assert faults == [
        Fault("another number of fields: 2 fields in 3 columns", 3),
        Fault("another number of fields: 4 fields in 3 columns", 5),
    ]


def test_long_fields_nul_and_quotes_that_never_close(monkeypatch: pytest.MonkeyPatch) -> None:
    (article,), _ = parse(f"text\n{'otters ' * 50_000}\n")
    assert len(article.text) == 350_000
    filler = "x" * 9000
    (_, article), _ = parse(f"text\n{filler}\na\0b\n")
    assert article.text == "a\0b"
    monkeypatch.setattr(tables, "_LONGEST_FIELD", 1 << 17)
    csv.field_size_limit(1 << 17)
    articles, faults = parse('text,n\none,1\n"open,2\n' + "three,3\n" * 40_000)
    assert articles[0].text == "one"
    assert Fault("not a table: field larger than field limit (131072)", 3) in faults


def test_what_may_not_be_shown_and_dates_in_doubt() -> None:
    now = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)
    data = (
        b"text,status,embargo,date\none,publish,,04/03/2021\ntwo,draft,,25/12/2020\n"
        b"three,,2026-12-01,\n"
    )
    one, *faults = read_articles("a.csv", data, ReadOptions(now=now))
    assert isinstance(one, Article)
    assert one.date == "2021-03-04"
    assert faults == [
        Fault("draft", 3),
        Fault("embargoed until 2026-12-01T12:00Z", 4, again=True),
    ]


def test_a_large_table_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    with path.open("w") as file:
        file.write("title,text\n")
        file.writelines(f'T{n},"{"otters " * 1000}\nÄ {n}"\n' for n in range(6000))
    data = LargeFile(path)
    tracemalloc.start()
    try:
        assert sum(isinstance(entry, Article) for entry in read_articles("a.csv", data)) == 6000
        assert tracemalloc.get_traced_memory()[1] < 15 << 20
    finally:
        tracemalloc.stop()
    small = path.read_bytes()[:100_000]
    whole = [*read_articles("a.csv", small)]
    for piece in (1, 7, 1000):
        monkeypatch.setattr("nutgraf_index.formats.decoding.large_file._CHUNK", piece)
        assert [*read_articles("a.csv", small)] == whole
