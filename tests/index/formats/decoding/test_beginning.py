"""The beginning of a file as text: 64 KiB at most, in any encoding, and never an error."""

import os
from pathlib import Path

import pytest

from nutgraf_index.formats.decoding.beginning import BEGINNING, beginning
from nutgraf_index.formats.decoding.large_file import LargeFile


@pytest.mark.parametrize(
    ("data", "given", "text"),
    [
        (b"", "", ""),
        ("Größe: 1".encode(), "", "Größe: 1"),
        ("Größe: 1".encode("cp1252"), "", "Größe: 1"),
        ("\ufeffÉté".encode(), "", "Été"),
        ("Été 2020".encode("utf-16"), "", "Été 2020"),
        ("1 of 2 DOCUMENTS".encode("utf-16-le"), "", "1 of 2 DOCUMENTS"),
        ("Été 2020".encode("utf-32"), "", "Été 2020"),
        ("Işık".encode("cp1254"), "cp1254", "Işık"),
        ("Işık".encode(), "cp1254", "Işık"),
        (b"a\0\1b\xff", "", "a\0\1b\xff"),
        (b"\x16\x16\x01a0123", "", "\x16\x16\x01a0123"),
        (b"a\r\nb", "", "a\r\nb"),
    ],
)
def test_a_beginning_is_decoded(data: bytes, given: str, text: str) -> None:
    assert beginning(data, given) == text


def test_a_beginning_ends_between_two_characters(tmp_path: Path) -> None:
    data = b"a" + "é".encode() * BEGINNING
    assert beginning(data) == "a" + "é" * (BEGINNING // 2 - 1)
    (tmp_path / "large").write_bytes(data)
    assert beginning(LargeFile(tmp_path / "large")) == beginning(data)
    text = "é" * BEGINNING
    assert text.startswith(beginning(text.encode("utf-16")))


def test_any_bytes_have_a_beginning() -> None:
    for length in range(40):
        for _ in range(50):
            assert isinstance(beginning(os.urandom(length)), str)
            assert isinstance(beginning(b"\0" + os.urandom(length), "utf-16"), str)
