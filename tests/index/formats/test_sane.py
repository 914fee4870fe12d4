"""Titles, authors and dates that programs have filled in are left out."""

import pytest

from nutgraf_index.formats.sane import sane_authors, sane_date, sane_title


@pytest.mark.parametrize(
    "title",
    [
        "", "Microsoft Word", "Microsoft Word - Document1", "Microsoft Office Word", "Document",
        "Document12", "Dokument1", "Untitled", "untitled 3", "Titel", "PowerPoint Presentation",
        "report_final.docx", "Microsoft Word - a.doc", "[Document title]", "Normal", ".", "-",
        "x" * 500, "Vorlage", "Sans titre 1", "文档1", "Slide 1", "No Job Name", "about:blank",
        "C:\\otters\\report", "report_final-3", "The old pier 2.indd", "Acr12.tmp", "Book1",
    ],
)  # fmt: skip
def test_titles_of_programs(title: str) -> None:
    assert sane_title(title) == ""


@pytest.mark.parametrize(
    ("title", "sane"),
    [
        ("Otters are back", "Otters are back"),
        ("Microsoft Word -  Otters  are back", "Otters are back"),
        ("Document 7 of the inquiry", "Document 7 of the inquiry"),
        ("Word by word", "Word by word"),
        ("1984", "1984"),
        ("COVID-19", "COVID-19"),
        ("emma", "emma"),
        ("Page One", "Page One"),
        ("What character.ai is", "What character.ai is"),
        ("Untitled: a memoir", "Untitled: a memoir"),
    ],
)
def test_titles_of_people(title: str, sane: str) -> None:
    assert sane_title(title) == sane


def test_titles_and_authors_that_may_be_those_of_a_printed_job() -> None:
    assert [sane_title(title, may_be_job=True) for title in ("thesis", "scan01", "Emma")] == [
        "", "", "Emma"
    ]  # fmt: skip
    names = ["jlee", "Ann Lee", "bo ek", "Bo bo@varn.example", "Adobe Acrobat 9"]
    assert sane_authors(names, may_be_account=True) == ["Ann Lee"]


def test_authors() -> None:
    names = "Ann Lee; Microsoft Office User;user; DESKTOP-7 ;CORP\\bek; Bo  Ek;"
    assert sane_authors(names) == ["Ann Lee", "Bo Ek"]
    assert sane_authors(["python-docx", "Unknown", "Benutzer", "HP", "Admin1"]) == []
    assert sane_authors(["Max Wordsmith", "Will Guest"]) == ["Max Wordsmith", "Will Guest"]


def test_dates() -> None:
    assert sane_date("2020-01-10T09:00:00Z") == "2020-01-10T09:00:00Z"
    for date in ("", "soon", "1601-01-01T00:00:00Z", "1980-01-01T00:00:00"):
        assert sane_date(date) == ""
    assert sane_date("1885", first_year=1000) == "1885"
    assert sane_date("0101-01-01T00:00:00+00:00", first_year=1000) == ""
