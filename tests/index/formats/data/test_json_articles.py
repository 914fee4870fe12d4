"""JSON in all its shapes: each article with its line, and a fault for each value that is none."""

import datetime
import json
import tracemalloc
from dataclasses import fields
from pathlib import Path

import pytest

from nutgraf_index.formats.data import json_articles, json_scanner
from nutgraf_index.formats.data.json_articles import ARRAYS
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.properties.keys import KEYS, NO_TEXT
from scale import size


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
        ("[" * 100_000, "not JSON: nested too deeply"),
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
    item = dict.fromkeys(KEYS, "2020") | {"language": "de", "authors": "Ann Lee"}
    (article,), _ = parse("a.jsonl", json.dumps(item | {"text": "a", "line": "b"}).encode())
    for name in KEYS.keys() - {"text"}:
        wanted = {"authors": ("Ann Lee",), "language": "de"}.get(name, "2020")
        assert getattr(article, name) == wanted
    assert article.metadata == {"line": "b"}


def test_numbers_without_a_size_and_breaks_in_texts_cost_no_article() -> None:
    data = b'{"text": "a", "author": NaN, "v": 1e999, "n": [NaN], "d": %s}' % (b"7" * 5000)
    (article,), faults = parse("a.jsonl", data)
    assert (article.authors, faults) == ((), [])
    assert article.metadata == {"v": "inf", "n": [None], "d": "7" * 5000}
    (article,), faults = parse("a.json", b'{"text": "a\n\tb c", "title": "T"}')
    assert (article.text, faults) == ("a\n\tb c", [])


ONE = {"title": "Pier", "content": "The pier closed today."}
TWO = {"headline": "Boats", "body": "Two boats left."}
LINE = json.dumps(ONE)


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ([ONE, TWO], [("1", 1), ("2", 1)]),
        ("[\n" + LINE + ",\n" + json.dumps(TWO) + "\n]", [("1", 2), ("2", 3)]),
        (f"[{LINE},,{LINE},]", [("1", 1), ("2", 1)]),
        (json.dumps([ONE, TWO], indent=1), [("1", 2), ("2", 6)]),
        (json.dumps({"n": 2, "articles": [ONE, TWO]}, indent=1), [("1", 4), ("2", 8)]),
        *(({key: [ONE, TWO]}, [("1", 1), ("2", 1)]) for key in ARRAYS),
        ({"DATA": [ONE]}, [("1", 1)]),
        (json.dumps({"response": {"docs": [ONE]}, "n": 1}, indent=1), [("1", 4)]),
        (
            {"hits": {"hits": [{"_id": "x7", "_source": ONE}, {"_source": TWO}]}},
            [("x7", 1), ("2", 1)],
        ),
        ({"data": {"title": "T", "text": "One text."}}, [("data", 1)]),
        (json.dumps({"a": ONE, "b": {**TWO, "id": 5}}, indent=1), [("a", 2), ("5", 6)]),
        (json.dumps(ONE, indent=1) + json.dumps(TWO, indent=2), [("1", 1), ("2", 4)]),
        (f"{LINE}\n\n{LINE}\n", [("1", 1), ("3", 3)]),
        (f"\x1e{LINE}\n\x1e{LINE}\n", [("1", 1), ("2", 2)]),
        (f"{json.dumps({'articles': [ONE, TWO]})}\n{LINE}", [("1.1", 1), ("1.2", 1), ("2", 2)]),
        (ONE, [("", 1)]),
        (json.dumps({**ONE, "id": 7, "items": [TWO]}, indent=1), [("", 1)]),
        ("\n\n" + LINE + "\n", [("", 3)]),
    ],
)
def test_shapes(data: object, places: list[tuple[str, int]]) -> None:
    text = data if isinstance(data, str) else json.dumps(data)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        articles, faults = parse("a.json", text.encode(encoding))
        assert [(article.id, article.line) for article in articles] == places
        assert faults == []
    assert articles[0].text in ("The pier closed today.", "One text.")


def test_the_id_of_an_object_that_is_a_file_is_metadata() -> None:
    (article,), _ = parse("a.json", b'{"id": 7, "text": "One text."}')
    assert (article.id, article.metadata) == ("", {"id": 7})
    # In JSON Lines, a file may grow: its only line has an id all the same.
    for data, id in ((b'\n{"id": 7, "text": "a"}', "7"), (b'\n{"text": "a"}', "2")):
        (article,), _ = parse("a.jsonl", data)
        assert article.id == id


def test_json_lines_may_be_an_array_and_json_may_be_lines() -> None:
    assert parse("a.jsonl", json.dumps([ONE, TWO]).encode())[0][1].title == "Boats"
    assert parse("a.json", f"{LINE}\nbad\n{LINE}".encode())[1] == [
        Fault("not JSON: Expecting value (column 1)", 2)
    ]
    # The first line alone is damaged.
    assert [len(part) for part in parse("a.json", f'{{"text": \n{LINE}'.encode())] == [1, 1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"name": "pad", "description": "Pads texts.", "private": True}, NO_TEXT),
        ({"compilerOptions": {"strict": True}, "include": ["src"]}, NO_TEXT),
        (
            {"$schema": "x", "title": "Schema", "description": "Of a thing.", "type": "object"},
            NO_TEXT,
        ),
        ({"type": "FeatureCollection", "features": [{"properties": {"title": "x"}}]}, NO_TEXT),
        ({"content": ["./src/**/*.html"], "theme": {}}, NO_TEXT),
        ({"items": [{"a": 1}] * 500}, NO_TEXT),
        ([{"a": 1}] * 500, NO_TEXT),
        ([1, "x", None], "an article must be a JSON object, not a number"),
        ("text", "an article must be a JSON object, not a text"),
        ({"en": {"title": "Save", "button": "OK"}, "de": {"title": "Sichern"}}, NO_TEXT),
    ],
)
def test_other_data_has_one_reason(data: object, reason: str) -> None:
    for indent in (None, 1):
        assert parse("a.json", json.dumps(data, indent=indent).encode()) == ([], [Fault(reason)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{\n// c\n"a": 1}', "not JSON: Expecting value (column 1), line 2"),
        ('{"title": "T", "text', "not JSON: the file ends within a value, line 1"),
        ('{"title": "T"', "not JSON: the file ends within an object, line 1"),
        ("[", "not JSON: the file ends within an array, line 1"),
        ("<html>", "a web page by its content: give it the extension .html"),
        ('{"a" 1}', "not JSON: Expecting a key and ':', line 1"),
        ("[" * 100_000, "not JSON: nested too deeply, line 1"),
        (" \n\t", "empty"),
    ],
)
def test_a_file_that_is_not_json(data: str, reason: str) -> None:
    assert parse("a.json", data.encode()) == ([], [Fault(reason)])


def test_a_file_that_is_cut_off_gives_the_articles_before() -> None:
    data = json.dumps([ONE, TWO, ONE], indent=1)
    articles, faults = parse("a.json", data[:-40].encode())
    assert [article.title for article in articles] == ["Pier", "Boats"]
    assert faults == [Fault("not JSON: the file ends within a value", 10)]


@pytest.mark.parametrize(
    "data",
    [
        {"status": "ok", "articles": [ONE, TWO, ONE]},
        {"title": "Feed", "channel": {"link": "https://post.example", "items": [ONE, TWO, ONE]}},
        {"response": {"docs": [ONE, TWO, ONE]}},
        {"a1": ONE, "a2": TWO, "a3": ONE},
    ],
)
def test_an_object_that_is_cut_off_gives_the_articles_before(data: object) -> None:
    whole = json.dumps(data, indent=1)
    articles, faults = parse("a.json", whole[: whole.rindex("Pier")].encode())
    assert [article.title for article in articles] == ["Pier", "Boats"]
    assert [fault.reason for fault in faults] == ["not JSON: the file ends within a value"]


def test_an_article_that_is_cut_off_is_none_of_the_objects_in_it() -> None:
    data = '{"title": "Pier", "author": {"title": "Dr", "name": "Ann", "url": "u"}, "text": "The pi'
    assert parse("a.json", data.encode()) == (
        [],
        [Fault("not JSON: the file ends within a value, line 1")],
    )


def test_a_value_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nutgraf_index.formats.decoding.large_file._CHUNK", 100)
    monkeypatch.setattr(json_scanner, "LARGEST", 300)
    data = json.dumps([ONE, {"text": "long " * 500}]).encode()
    articles, faults = parse("a.json", data)
    assert [article.title for article in articles] == ["Pier"]
    assert faults == [Fault("not JSON: a value of more than 300 characters", 1)]


@pytest.mark.parametrize("shape", ["array", "holder", "map", "lines", "one line"])
def test_pieces_that_end_anywhere(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [
        {"title": f"Ä {n}", "text": f'A "{n}\\" ö\n' * 3, "n": n, "f": -1.5e3} for n in range(20)
    ]
    data: object = {
        "array": many,
        "holder": {"more": {"a": [1]}, "articles": many, "after": 1},
        "map": {f"k{n}": one for n, one in enumerate(many)},
    }.get(shape, many)
    text = json.dumps(data, indent=None if shape == "one line" else 1, ensure_ascii=False)
    if shape == "lines":
        text = "\n".join(map(json.dumps, many))
    whole = parse("a.json", text.encode())
    assert (len(whole[0]), whole[1]) == (20, [])
    for piece in (1, 2, 3, 7, 50, 1000):
        for pending in (10, 1 << 23):
            monkeypatch.setattr("nutgraf_index.formats.decoding.large_file._CHUNK", piece)
            monkeypatch.setattr(json_articles, "_PENDING", pending)
            assert parse("a.json", text.encode()) == whole


@pytest.mark.parametrize("shape", ["[%s]", '{"articles": [%s]}', '{"k": %s}'])
def test_a_large_file_is_never_in_memory_as_a_whole(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    before, _, after = shape.partition("%s")
    one = json.dumps({"title": "T", "text": "otters and more words " * 2000})
    count = size(750, 1500)
    with path.open("w") as file:  # 32 MB in one line, or 64
        file.write(before)
        for number in range(count):
            key = f'"a{number}": ' if shape.startswith('{"k"') and number else ""
            file.write(f"{',' if number else ''}{key}{one}")
        file.write(after)
    data = LargeFile(path)
    tracemalloc.start()
    try:
        assert sum(isinstance(entry, Article) for entry in read_articles("a.json", data)) == count
        assert tracemalloc.get_traced_memory()[1] < 22 << 20
    finally:
        tracemalloc.stop()


def test_what_may_not_be_shown_is_a_fault() -> None:
    now = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
    later = {**ONE, "embargoed": "2026-12-01T09:00:00Z"}
    data = json.dumps([ONE, {**ONE, "pubstatus": "canceled"}, later], indent=0).encode()
    entries = [*read_articles("a.json", data, ReadOptions(now=now))]
    assert entries[1:] == [
        Fault("canceled", 6),
        Fault("embargoed until 2026-12-01T09:00Z", 11, again=True),
    ]
    # An object alone has one reason.
    data = json.dumps(later).encode()
    assert [*read_articles("a.json", data, ReadOptions(now=now))] == [
        Fault("embargoed until 2026-12-01T09:00Z", again=True)
    ]
    (article,) = read_articles("a.json", data, ReadOptions(now=now + datetime.timedelta(days=3)))
    assert isinstance(article, Article)


def test_the_other_dates_of_a_file_tell_the_order() -> None:
    def dates(*texts: str, date_order: str = "") -> list[str]:
        data = json.dumps([{"text": "On 12/31/2020 it", "date": text} for text in texts])
        found = read_articles("a.json", data.encode(), ReadOptions(date_order=date_order))
        return [entry.date for entry in found if isinstance(entry, Article)]

    assert dates("04/03/2021", "25/12/2020") == ["2021-03-04", "2020-12-25"]
    assert dates("04-03-2021 9:05", "12/25/2020") == ["2021-04-03", "2020-12-25"]
    assert dates("04/03/2021", "25/12/2020", "26/12/2020", "12/27/2020")[0] == "2021-03-04"
    assert dates("04/03/2021", "25/12/2020", "12/27/2020")[0] == ""
    assert dates("04/03/2021") == [""]
    assert dates("04/03/2021", date_order="dmy") == ["2021-03-04"]
    assert dates("04/03/2021", "25/12/2020", date_order="mdy") == ["2021-04-03", "2020-12-25"]


def test_a_large_file_is_decoded_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # In pieces that end anywhere, blank ones first: lines are numbered all the same.
    lines = ["", "", " ", *(f'{{"text": "Zoë {number}"}}' for number in range(40)), "", "{", ""]
    data = "\n".join(lines).encode()
    whole = parse("a.jsonl", data)
    assert [article.line for article in whole[0]] == list(range(4, 44))
    for piece in (1, 2, 3, 17, 100):
        monkeypatch.setattr("nutgraf_index.formats.decoding.large_file._CHUNK", piece)
        assert parse("a.jsonl", data) == whole
        assert parse("a.jsonl", b"\n \n\n") == ([], [Fault("empty")])
        latin = parse("a.jsonl", data + '{"text": "naïve"}'.encode("cp1252"))
        assert latin[0][-1].text == "naïve"
