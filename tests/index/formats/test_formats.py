"""Files to articles: encodings, formats and faults."""

import codecs
import json

import pytest

from nutgraf_index.formats.encodings import Fault, decode, parse
from nutgraf_index.names import printable

FRENCH = "Pékin (AFP) – Le président a déjà vu l’Élysée, à Paris, et c’est très élevé."
RUSSIAN = "Президент Ирака и госсекретарь США обсудили сотрудничество."
JAPANESE = "イラクの大統領と米国務長官は電話で協力について話し合った。"
POLISH = "Źródła podały, że rozmowa dotyczyła przyszłości żołnierzy w regionie, a także współpracy."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (FRENCH.encode(), FRENCH, "utf-8"),
        (codecs.BOM_UTF8 + FRENCH.encode(), FRENCH, "utf-8-sig"),
        (FRENCH.encode("utf-16"), FRENCH, "utf-16"),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), FRENCH, "utf-16"),
        (FRENCH.encode("utf-32"), FRENCH, "utf-32"),
        (FRENCH.encode("cp1252"), FRENCH, "cp1252"),
        ("café".encode("latin-1"), "café", "cp1252"),
        (RUSSIAN.encode("cp1251"), RUSSIAN, "cp1251"),
        (RUSSIAN.encode("koi8_r"), RUSSIAN, "koi8_r"),
        (JAPANESE.encode("shift_jis"), JAPANESE, "shift_jis"),
        (POLISH.encode("cp1250"), POLISH, "cp1250"),
        (b"\xef\xbb\xbf", "", "utf-8-sig"),
        (FRENCH.encode() + b" caf\xe9", FRENCH + " café", "utf-8 with cp1252"),
        (FRENCH.encode("utf-16-le"), FRENCH, "utf-16-le"),
        (JAPANESE.encode("iso2022_jp"), JAPANESE, "iso2022_jp"),
        ("Szép jó hétfőn és űrhajó".encode("cp1250"), "Szép jó hétfőn és űrhajó", "cp1250"),
        ("a \ufffd b".encode(), "a \ufffd b", "utf-8"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x89PNG\r\n\0\0\0", "binary: it has NUL bytes"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "its byte order mark says utf-16, but byte 2 is not"),
        (bytes(range(1, 9)) * 40 + b"\x81\x8d\xff", "binary"),
        (b"caf\xe9 " + b"\x01\x02" * 40, "binary: it has control characters throughout"),
    ],
)
def test_files_without_text(data: bytes, reason: str) -> None:
    articles, (fault,) = parse("a.txt", data)
    assert articles == []
    assert fault.reason.startswith(reason)
    assert fault.line == 0


def test_a_nul_late_in_a_text_stays() -> None:
    text = "x" * 9000 + "\0 end"
    (article,), faults = parse("a.txt", text.encode())
    assert (article.text, faults) == (text, [])


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
    assert (flash.id, flash.text, flash.line) == ("d/a.jsonl:3", "All headline", 3)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "not JSON: Expecting property name enclosed in double quotes (column 2)"),
        ('{"text": "a", "v": NaN}', "not JSON: NaN is no JSON value"),
        ('{"text": "a", "v": 1e999}', "a number in it is too large to be kept"),
        ("[" * 100_000, "not JSON that can be read: nested too deeply"),
        ("[1]", "an article must be a JSON object, not a list"),
        ("null", "an article must be a JSON object, not null"),
        ("{}", 'no "text" in it'),
        ('{"text": ["a"]}', '"text" must be a text, not a list'),
        ('{"text": "a", "title": {}}', '"title" must be a text, not an object'),
        (
            '{"text": "a", "authors": [1]}',
            '"authors" must be a text or a list of texts, not a list',
        ),
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


def test_names_that_cannot_be_encoded_are_written_out() -> None:
    assert printable("caf\udce9.txt") == r"caf\xe9.txt"


def test_a_large_file_is_decoded_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # In pieces that end anywhere, blank ones first: lines are numbered all the same.
    lines = ["", "", " ", *(f'{{"text": "Zoë {number}"}}' for number in range(40)), "", "{", ""]
    data = "\n".join(lines).encode()
    whole = parse("a.jsonl", data)
    assert [article.line for article in whole[0]] == list(range(4, 44))
    for piece in (1, 2, 3, 17, 100):
        monkeypatch.setattr("nutgraf_index.formats.encodings._PIECE", piece)
        assert parse("a.jsonl", data) == whole
        assert parse("a.jsonl", b"\n \n\n") == ([], [Fault("empty")])
        latin = parse("a.jsonl", data + '{"text": "naïve"}'.encode("cp1252"))
        assert latin[0][-1].text == "naïve"
