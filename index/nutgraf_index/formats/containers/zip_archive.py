"""The members of a zip archive."""

import contextlib
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.limits import MEMBERS, Budget
from nutgraf_index.formats.containers.members import (
    NOT_REGULAR,
    REPLACED,
    TOO_MANY,
    Member,
    member_name,
    part_of_page,
    read_bounded,
)

__all__ = ["DAMAGED", "zip_members"]

_UTF_8 = 0x800  # flag: the name is in UTF-8; else it is in code page 437, by the standard
_ENCRYPTED = 0x1  # flag
_NAMES = {1: "Shrink", 6: "Implode", 9: "Deflate64", 14: "LZMA", 20: "Zstandard", 93: "Zstandard",
          95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES"}  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
# Errors that `zipfile` raises for damaged archives.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    OverflowError,
    KeyError,
)


def zip_members(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the members of a zip archive in the order of its directory, without folders.

    Of members with the same path, the last one counts, as for programs that unpack archives. Raises
    `ArticleError` if the archive as a whole cannot be read.
    """
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGED as error:
        raise ArticleError(f"damaged zip archive: {error}") from None
    infos = [(_name(info), info) for info in archive.infolist()]
    last = dict(infos)
    for number, (name, info) in enumerate(infos):
        if number == MEMBERS:
            yield Member("", TOO_MANY)
            return
        if not name.endswith("/"):
            yield _member(archive, name, info, last, budget)


def _member(
    archive: zipfile.ZipFile,
    name: str,
    info: zipfile.ZipInfo,
    last: Mapping[str, zipfile.ZipInfo],
    budget: Budget,
) -> Member:
    """Return a member; `last` has the last member of each path."""
    try:
        path = member_name(name)
    except ArticleError as error:
        return Member(name, str(error))
    mode = info.external_attr >> 16
    if last[name] is not info:
        return Member(path, REPLACED)
    if reason := part_of_page(path, last):
        return Member(path, reason)
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Member(path, NOT_REGULAR)
    if info.flag_bits & _ENCRYPTED:
        return Member(path, "encrypted: unpack it with its password")
    if info.compress_type not in _METHODS:
        name = _NAMES.get(info.compress_type, "an unknown method")
        problem = f"compressed by {name} (method {info.compress_type}), which is not read"
        return Member(path, f"{problem}: unpack it, or pack it by Deflate")

    def read() -> bytes:
        try:
            with archive.open(info) as member:
                return read_bounded(member, info.file_size, budget, is_packed=True)
        except ArticleError:
            raise
        except DAMAGED as error:
            raise ArticleError(f"damaged zip member: {error}") from None

    return Member(path, read=read)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member, with slashes; programs often do not say that it is in UTF-8."""
    name = info.orig_filename
    if not info.flag_bits & _UTF_8 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")  # old programs on Windows
