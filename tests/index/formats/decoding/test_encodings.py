"""Bytes to text: the encoding is declared, given or guessed, and no byte is replaced."""

import codecs
import random

import pytest

from nutgraf_index.errors import ArgumentError, ArticleError
from nutgraf_index.formats.decoding.encodings import (
    checked_encoding,
    decode,
    decode_in_pieces,
    extends_ascii,
    is_guess,
)

FRENCH = "Pékin (AFP) – Le président a déjà vu l’Élysée, à Paris, et c’est très élevé."
RUSSIAN = "Президент Ирака и госсекретарь США обсудили сотрудничество."
JAPANESE = "イラクの大統領と米国務長官は電話で協力について話し合った。"
ASSEMBLY = "すべて人は、平和的な集会及び結社の自由を享有する権利を有する。"
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
        (RUSSIAN.encode("koi8_r"), RUSSIAN, "koi8-r"),
        (JAPANESE.encode("shift_jis"), JAPANESE, "shift_jis"),
        (POLISH.encode("cp1250"), POLISH, "cp1250"),
        (b"\xef\xbb\xbf", "", "utf-8-sig"),
        (FRENCH.encode() + b" caf\xe9", FRENCH + " café", "utf-8 with cp1252"),
        (FRENCH.encode("utf-16-le"), FRENCH, "utf-16-le"),
        (JAPANESE.encode("iso2022_jp"), JAPANESE, "iso2022_jp"),
        ("Szép jó hétfőn és űrhajó".encode("cp1250"), "Szép jó hétfőn és űrhajó", "cp1250"),
        ("a \ufffd b".encode(), "a \ufffd b", "utf-8"),
        # Of these bytes some are UTF-8 by chance.
        (ASSEMBLY.encode("euc_jp"), ASSEMBLY, "euc_jp"),
        ("Il a droit à l’éducation.".encode("mac-roman"), "Il a droit à l’éducation.", "mac-roman"),
        (POLISH.encode() + POLISH.encode("cp1250"), POLISH + POLISH, "utf-8 with cp1250"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)
    pieces, told = decode_in_pieces(data)
    assert ("".join(pieces), told) == (text, encoding)


def test_pieces_of_utf_8_are_characters_of_about_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nutgraf_index.formats.decoding.large_file._CHUNK", 4)
    for text, pieces in (
        ("Zoë a\nb\nc", ["Zoë", " a\nb", "\nc", ""]),
        ("abcë\n", ["abc", "ë\n", ""]),
    ):
        assert list(decode_in_pieces(text.encode())[0]) == pieces
        assert list(decode_in_pieces(text.encode(), "cp1254")[0]) == pieces
        marked = "".join(decode_in_pieces(text.encode("utf-8-sig"))[0])
        assert marked == text
        assert list(decode_in_pieces(text.encode("utf-16"))[0]) == [text]


TURKISH = "Işıklar söndü, şoför hemen durdu."


@pytest.mark.parametrize(
    ("data", "given", "text", "encoding"),
    [
        (TURKISH.encode("cp857"), "cp857", TURKISH, "cp857"),
        (TURKISH.encode("cp1254"), "iso8859-9", TURKISH, "iso8859-9"),
        (TURKISH.encode(), "cp1254", TURKISH, "utf-8"),
        (codecs.BOM_UTF8 + TURKISH.encode(), "cp1254", TURKISH, "utf-8-sig"),
        (TURKISH.encode("utf-16"), "cp1254", TURKISH, "utf-16"),
        (TURKISH.encode("utf-16-le"), "utf-16-le", TURKISH, "utf-16-le"),
        (b"Otters.", "cp1254", "Otters.", "utf-8"),
        ("Otters.".encode("cp037"), "cp037", "Otters.", "cp037"),
        (TURKISH.encode("utf-7"), "utf-7", TURKISH, "utf-7"),
        (JAPANESE.encode("iso2022_jp"), "iso2022_jp", JAPANESE, "iso2022_jp"),
    ],
)
def test_a_given_encoding_holds_for_texts_that_declare_none(
    data: bytes, given: str, text: str, encoding: str
) -> None:
    assert decode(data, given) == (text, encoding)
    pieces, told = decode_in_pieces(data, given)
    assert ("".join(pieces), told) == (text, encoding)
    assert not is_guess(encoding, given)


def test_text_that_is_not_valid_in_the_given_encoding_is_refused() -> None:
    with pytest.raises(
        ArticleError, match=r"^not valid in the given encoding cp1254: byte 4 is 0x8"
    ):
        decode(b"caf\xe9\x8f", "cp1254")
    with pytest.raises(ArticleError, match="binary: it has control characters"):
        decode(bytes(range(1, 256)), "latin-1")


@pytest.mark.parametrize(
    ("name", "usual"),
    [("cp1254", "cp1254"), ("Latin5", "iso8859-9"), ("ISO-8859-2", "iso8859-2"), ("UTF8", "utf-8")],
)
def test_names_of_encodings(name: str, usual: str) -> None:
    assert checked_encoding(name) == usual


@pytest.mark.parametrize(
    "name", ["", "cp12", "base64", "rot13", "idna", "unicode_escape", "undefined", "a\0b", "é", 5]
)
def test_an_unknown_encoding_is_named(name: str) -> None:
    with pytest.raises(ArgumentError, match="or leave it out to have the encoding guessed") as told:
        checked_encoding(name)
    assert str(told.value).startswith(f"there is no encoding {name!r}: write a name such as ")
    assert f"as {name!r}," not in str(told.value)


def test_an_encoding_that_extends_ascii() -> None:
    assert all(map(extends_ascii, ("utf-8", "cp1254", "koi8-r", "shift_jis", "mac-roman")))
    assert not any(map(extends_ascii, ("utf-16", "utf-7", "cp037", "iso2022_jp", "hz")))


def test_noise_is_no_text() -> None:
    noise = random.Random(1)
    for least in (1, 128):
        data = bytes(noise.randrange(least, 256) for _ in range(4000))
        with pytest.raises(ArticleError, match=r"^binary"):
            decode(data)


def test_no_guess_replaces_a_character() -> None:
    noise = random.Random(2)
    for length in range(1, 200):
        data = bytes(noise.choice(b"abc \n\x81\x8d\x9f\xc3\xff\xfe\xe9") for _ in range(length))
        try:
            text, encoding = decode(data)
        except ArticleError:
            continue
        assert "\ufffd" not in text
        if is_guess(encoding) and not encoding.startswith("utf-8"):
            assert text.encode(encoding) == data
