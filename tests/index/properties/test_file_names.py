"""The day in the name of a file, or in an address."""

import pytest

from nutgraf_index.properties.file_names import date_in_address, date_in_name


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("_posts/2000-04-28-pier-closes.md", "2000-04-28"),
        ("2000-04-28 Pier closes.markdown", "2000-04-28"),
        ("2000_4_8.txt", "2000-04-08"),
        ("20000428-pier.txt", "2000-04-28"),
        ("20000428.md", "2000-04-28"),
        ("Meeting 2000-04-28.md", "2000-04-28"),
        ("posts/2000-04-28-pier/index.md", "2000-04-28"),
        ("posts/2000/04/28/pier.md", "2000-04-28"),
        ("dump.zip!2000/04/28/pier.txt", "2000-04-28"),
        ("2000-04-28.zip!pier.txt", ""),
        ("2000-04-28-export.jsonl", ""),
        ("2000-04-28 to 2000-05-01.md", ""),
        ("2000-02-30-pier.md", ""),
        ("12345678-pier.md", ""),
        ("2000/04/pier.md", ""),
        ("pier-1999.txt", ""),
        ("2000-04-28/pier.md", ""),
        ("", ""),
    ],
)
def test_names(path: str, date: str) -> None:
    assert date_in_name(path) == date


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://post.example/2021/03/04/pier", "2021-03-04"),
        ("2021/03/04/pier", "2021-03-04"),
        ("https://post.example/2021/13/04/pier", ""),
        ("https://post.example/2021/03/pier", ""),
    ],
)
def test_addresses(address: str, date: str) -> None:
    assert date_in_address(address) == date
