"""Plain text: the file is an article, or there is one reason why not."""

import codecs

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article


def test_a_file_is_an_article() -> None:
    text = "Zoë Smith\r\n\r\nThe otter."
    for path in ("b/a.txt", "b/A.TEXT"):
        assert list(read_articles(path, text.encode("cp1252"))) == [
            Article(id=path, path=path, text=text, encoding="cp1252", format="text")
        ]


def test_an_id_can_be_printed() -> None:
    (article,) = read_articles("caf\udce9.txt", b"a")
    assert article == Article(
        id=r"caf\xe9.txt", path="caf\udce9.txt", text="a", encoding="utf-8", format="text"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x89PNG\r\n\0\0\0", "binary: it has NUL bytes"),
        (
            codecs.BOM_UTF16_LE + b"\x00\xd8a",
            "its byte order mark says utf-16, but byte 2 is not valid",
        ),
        (bytes(range(1, 9)) * 40 + b"\x81\x8d\xff", "binary"),
        (b"caf\xe9 " + b"\x01\x02" * 40, "binary: it has control characters throughout"),
    ],
)
def test_files_without_text(data: bytes, reason: str) -> None:
    for path in ("a.txt", "a.md"):
        (fault,) = read_articles(path, data)
        assert isinstance(fault, Fault)
        assert fault.reason.startswith(reason)
        assert fault.line == 0


def test_a_nul_late_in_a_text_stays() -> None:
    text = "x" * 9000 + "\0 end"
    (article,) = read_articles("a.txt", text.encode())
    assert isinstance(article, Article)
    assert article.text == text
