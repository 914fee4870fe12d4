"""Bytes to text: the encoding is detected, and no byte is replaced."""

import codecs

import pytest

from nutgraf_index.formats.encodings import decode, decode_in_pieces

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
    pieces, told = decode_in_pieces(data)
    assert ("\n".join(pieces), told) == (text, encoding)


def test_pieces_are_whole_lines_of_about_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nutgraf_index.formats.encodings._PIECE", 4)
    for text, pieces in (
        ("Zoë a\nb\nc d e\n\nf", ["Zoë a", "b", "c d e\n", "f"]),
        ("a\n" * 6, ["a\na", "a\na", "a\na", ""]),
    ):
        assert list(decode_in_pieces(text.encode())[0]) == pieces
        assert list(decode_in_pieces(text.encode("utf-16"))[0]) == [text]
