"""JSON Lines: one article a line, and a fault with its line for each that gives none."""

import json
from dataclasses import fields

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.properties.keys import KEYS, NO_TEXT


def parse(path: str, data: bytes) -> tuple[list[Article], list[Fault]]:
    articles: list[Article] = []
    faults: list[Fault] = []
    for entry in read_articles(path, data):
        if isinstance(entry, Fault):
            faults.append(entry)
        else:
            articles.append(entry)
    return articles, faults


def test_json_lines() -> None:
    item = {
        "id": 7,
        "title": "T",
        "text": "Body.",
        "date": "Jan 2, 2020",
        "authors": "Ann Lee",
        "place": "P",
        "source": "S",
        "url": "u",
        "section": ["x"],
        "note": None,
    }
    (article, flash), faults = parse(
        "d/a.jsonl", f'{json.dumps(item)}\n\n{{"title": "All headline"}}\n'.encode()
    )
    assert faults == []
    assert (article.id, article.title, article.text) == ("7", "T", "Body.")
    assert (article.date, article.authors, article.place) == ("2020-01-02", ("Ann Lee",), "P")
    assert (article.source, article.url, article.path, article.line) == ("S", "u", "d/a.jsonl", 1)
    assert article.metadata == {"section": ["x"], "note": None}
    assert (flash.id, flash.text, flash.line) == ("3", "All headline", 3)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "not JSON: Expecting property name enclosed in double quotes (column 2)"),
        ('{"text": "a", "v": NaN}', "not JSON: NaN is not a JSON value"),
        ("[" * 100_000, "not JSON that can be read: nested too deeply"),
        ("[1]", "an article must be a JSON object, not a list"),
        ("null", "an article must be a JSON object, not null"),
        ("{}", NO_TEXT),
        ('{"text": [], "author": "Ann Lee"}', NO_TEXT),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, reason: str) -> None:
    data = f'{{"id": "one", "text": "a"}}\n{line}\n{{"id": "three", "text": "b"}}'
    articles, faults = parse("a.jsonl", data.encode())
    assert [article.id for article in articles] == ["one", "three"]
    assert faults == [Fault(reason, 2)]


def test_lone_surrogates_and_nul_in_json_are_kept() -> None:
    (article,), _ = parse("a.jsonl", rb'{"id": "\ud800", "text": "a\u0000b \udfff"}')
    assert article.text == "a\0b \udfff"
    assert article.id == r"\ud800"


def test_a_date_that_cannot_be_read_is_kept_as_metadata() -> None:
    (article,), _ = parse("a.jsonl", b'{"text": "a", "date": "last week"}')
    assert (article.date, article.metadata) == ("", {"date": "last week"})


def test_every_property_but_those_of_the_file_is_read() -> None:
    assert set(KEYS) == {field.name for field in fields(Article)} - {
        "path",
        "line",
        "format",
        "encoding",
        "metadata",
    }
    item = dict.fromkeys(KEYS, "2020")
    (article,), _ = parse("a.jsonl", json.dumps(item | {"text": "a", "line": "b"}).encode())
    for name in KEYS.keys() - {"text"}:
        assert getattr(article, name) == (("2020",) if name == "authors" else "2020")
    assert article.metadata == {"line": "b"}


def test_a_large_file_is_decoded_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # In pieces that end anywhere, blank ones first: lines are numbered all the same.
    lines = ["", "", " ", *(f'{{"text": "Zoë {number}"}}' for number in range(40)), "", "{", ""]
    data = "\n".join(lines).encode()
    whole = parse("a.jsonl", data)
    assert [article.line for article in whole[0]] == list(range(4, 44))
    for piece in (1, 2, 3, 17, 100):
        monkeypatch.setattr("nutgraf_index.formats.decoding.encodings._PIECE", piece)
        assert parse("a.jsonl", data) == whole
        assert parse("a.jsonl", b"\n \n\n") == ([], [Fault("empty")])
        latin = parse("a.jsonl", data + '{"text": "naïve"}'.encode("cp1252"))
        assert latin[0][-1].text == "naïve"
