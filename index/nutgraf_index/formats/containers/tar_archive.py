"""The members of a tar archive, compressed or not, which is read as a stream."""

import tarfile
from collections.abc import Callable, Container, Iterator
from typing import Any, cast

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
from nutgraf_index.names import counted

__all__ = ["tar_members"]

_LONGEST_HEADER = 1 << 20  # bytes of a header of names, which `tarfile` reads as a whole
_HEADER_TYPES = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
_READS_AFTER_END = 100
# Errors that `tarfile` raises for damaged archives.
_DAMAGED = (
    tarfile.TarError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    RecursionError,
)


def tar_members(chunks: Callable[[], Iterator[bytes]], budget: Budget) -> Iterator[Member]:
    """Yield the members of a tar archive in its order, without folders.

    `chunks` returns the bytes of the archive, unpacked; it is called twice. Of members with the
    same path, the last one counts, as for programs that unpack archives. An archive that is damaged
    somewhere gives the members before, then one without name. Raises `ArticleError` if there are
    none before.
    """
    last = {
        info.name: number
        for number, info in enumerate(_headers(chunks()))
        if not isinstance(info, Member)
    }
    names = {name.removeprefix("./") for name in last}
    for number, info in enumerate(_headers(chunks())):
        if isinstance(info, Member):
            yield info
        elif not info.isdir():
            yield _member(info, last.get(info.name) == number, names, budget)


def _headers(chunks: Iterator[bytes]) -> "Iterator[_Header | Member]":
    """Yield the headers of the members; last, a member without name if the archive has a fault."""
    number = 0
    file: Any = _Stream(chunks)
    try:
        with _Archive.open(fileobj=file, mode="r|") as archive:
            while (info := cast("_Header | None", archive.next())) is not None:
                if number == MEMBERS:
                    yield Member("", TOO_MANY)
                    return
                number += 1
                archive.members.clear()  # it would keep all headers
                yield info
            if not archive.has_end:
                yield Member("", f"damaged or cut off after {counted(number, 'member')}")
            for _ in chunks:  # the checksum of a compressed archive is at its end
                pass
    except ArticleError as error:
        if not number:
            raise
        yield Member("", f"{error} (after {counted(number, 'member')})")
    except _DAMAGED as error:
        if not number:
            raise ArticleError(f"damaged tar archive: {error}") from None
        yield Member("", f"damaged or cut off after {counted(number, 'member')}: {error}")


def _member(info: "_Header", is_last: bool, names: Container[str], budget: Budget) -> Member:
    """Return a member, from its header and the names of all members."""
    try:
        path = member_name(info.name)
    except ArticleError as error:
        return Member(info.name, str(error))
    if not is_last:
        return Member(path, REPLACED)
    if reason := part_of_page(path, names):
        return Member(path, reason)
    if not info.isreg():
        return Member(path, NOT_REGULAR)

    def read() -> bytes:
        try:
            file = info.archive.extractfile(info)
            return read_bounded(file, info.size, budget, is_packed=False)
        except ArticleError:
            raise
        except _DAMAGED as error:
            raise ArticleError(f"damaged or cut off: {error}") from None

    return Member(path, read=read)


class _Header(tarfile.TarInfo):
    """The header of a member.

    Attributes:
        archive: its archive.
    """

    archive: Any

    @classmethod
    def frombuf(cls, *arguments: Any, **keywords: Any) -> Any:
        """Parse a header; refuse one whose names `tarfile` would read whole into the memory."""
        info = super().frombuf(*arguments, **keywords)
        if info.type in _HEADER_TYPES and info.size > _LONGEST_HEADER:
            raise tarfile.ReadError(f"names of {info.size:,} bytes")
        return info

    @classmethod
    def fromtarfile(cls, archive: Any) -> Any:
        """Read the next header, and note the end of the archive."""
        try:
            info: Any = super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            archive.has_end = type(error).__name__ == "EOFHeaderError"  # a block of zeros
            raise
        info.archive = archive
        return info


class _Archive(tarfile.TarFile):
    """A tar archive that notes whether it has an end."""

    tarinfo = _Header
    has_end = False
    members: list[tarfile.TarInfo]


class _Stream:
    """The bytes of an archive as a file that can be read once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._chunk = b""
        self._start = 0
        self._reads_after_end = 0

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes; none at the end.

        Raises `EOFError` for many reads after the end: a header may say that a member has 8 EiB,
        and `tarfile` would try to skip these.
        """
        while self._start == len(self._chunk):
            chunk = next(self._chunks, None)
            if chunk is None:
                self._reads_after_end += 1
                if self._reads_after_end > _READS_AFTER_END:
                    raise EOFError("unexpected end of data")
                return b""
            self._chunk, self._start = chunk, 0
        piece = self._chunk[self._start : self._start + size]
        self._start += len(piece)
        return piece
