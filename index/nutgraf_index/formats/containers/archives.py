"""All members of an archive, those of the archives in it included."""

from collections.abc import Callable, Iterator

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.compression import compression_of, decompressed, unpack
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.containers.members import MEMBERS, TOO_MANY, Member
from nutgraf_index.formats.containers.tar_archive import tar_members
from nutgraf_index.formats.containers.zip_archive import zip_members
from nutgraf_index.formats.decoding.large_file import LargeFile, chunks_of, opened, size_of
from nutgraf_index.names import is_archive, member_path

__all__ = ["archive_members"]


def archive_members(
    path: str, data: bytes | LargeFile, max_bytes: int, reason_to_skip: Callable[[str], str]
) -> Iterator[Member]:
    """Yield the members of an archive, each with its path in it.

    A member that is an archive gives its own members in its place, with paths such as
    `inner.zip!memo.txt`. A member without name says what is wrong with the archive. A compressed
    member is unpacked when it is read.

    Args:
        path: the path of the archive, by whose extension it is read.
        data: its bytes.
        max_bytes: the limit of the bytes of a member.
        reason_to_skip: takes the path of a member, and returns why it is not to be read; "" if it
            is to be.
    """
    budget = Budget(size_of(data), max_bytes)
    count = 0
    for member in _members(path, data, budget, reason_to_skip, is_inner=False):
        if count == MEMBERS:
            yield Member("", TOO_MANY)
            return
        count += 1
        yield member
    if not count:
        yield Member("", "no file in it")


def _members(
    path: str,
    data: bytes | LargeFile,
    budget: Budget,
    reason_to_skip: Callable[[str], str],
    *,
    is_inner: bool,
) -> Iterator[Member]:
    try:
        for member in _own_members(path, data, budget):
            skipped = (member.name and reason_to_skip(member.name)) or member.fault
            if skipped:
                yield member._replace(fault=skipped)
            elif not is_archive(member.name):
                yield _unpacked(member, budget)
            elif is_inner:
                yield member._replace(fault="an archive in an archive in an archive: unpack it")
            else:
                yield from _inner_members(member, budget, reason_to_skip)
    except ArticleError as error:
        yield Member("", str(error))


def _inner_members(
    archive: Member, budget: Budget, reason_to_skip: Callable[[str], str]
) -> Iterator[Member]:
    """Yield the members of an archive that is a member."""
    name, extension = compression_of(archive.name)
    try:
        data: bytes | LargeFile = archive.read()
        if extension:
            data = unpack(data, extension, budget)
    except ArticleError as error:
        yield archive._replace(fault=str(error))
        return

    def reason(inner: str) -> str:
        return reason_to_skip(member_path(archive.name, inner))

    for member in _members(name, data, budget, reason, is_inner=True):
        inner = member_path(archive.name, member.name) if member.name else archive.name
        yield member._replace(name=inner)


def _own_members(path: str, data: bytes | LargeFile, budget: Budget) -> Iterator[Member]:
    """Yield the members of a zip or tar archive, which may be compressed."""
    name, extension = compression_of(path)
    if name.lower().endswith(".zip"):
        with opened(data) as file:
            yield from zip_members(file, budget)
        return

    def chunks() -> Iterator[bytes]:
        packed = chunks_of(data)
        if not extension:
            return packed
        return decompressed(packed, extension, Budget(size_of(data), budget.max_bytes))

    yield from tar_members(chunks, budget)


def _unpacked(member: Member, budget: Budget) -> Member:
    extension = compression_of(member.name)[1]
    if not extension:
        return member

    def read() -> bytes:
        data = unpack(member.read(), extension, budget)
        assert isinstance(data, bytes)
        return data

    return member._replace(read=read)
