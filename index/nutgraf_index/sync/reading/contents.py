"""Reads the bytes of a file, and the articles in them."""

from collections.abc import Iterable
from typing import NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import read_as, recognise
from nutgraf_index.model import Article

__all__ = ["Contents", "bytes_of", "contents_of"]


class Contents(NamedTuple):
    """What a file contains.

    Attributes:
        format: the name of its format; empty if it is of none.
        several: whether a file of the format may have several articles.
        entries: its articles, and a fault for each line that gives none, in the order of the file.
    """

    format: str
    several: bool
    entries: Iterable[Article | Fault]


def contents_of(
    path: str, data: bytes | LargeFile, options: ReadOptions, *, is_unpacked: bool = False
) -> Contents:
    """Return the contents of a file that is no archive, read as they are iterated.

    `path` is relative to its root. `is_unpacked` is as in `recognise`.
    """
    try:
        format, data = recognise(path, data, options, is_unpacked=is_unpacked)
    except ArticleError as error:
        return Contents("", False, [Fault.of(error)])
    return Contents(format.name, format.several, read_as(format, path, data, options))


def bytes_of(location: str) -> bytes:
    """Return the bytes of a file. Raises `OSError`."""
    with open(location, "rb") as file:
        return file.read()
