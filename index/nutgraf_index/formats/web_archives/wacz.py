"""Reads the web pages of a WACZ file: a zip archive of WARC files."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.compression import compression_of, decompressed
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.containers.zip_archive import DAMAGED
from nutgraf_index.formats.decoding.large_file import LargeFile, opened, size_of
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.web_archives.warc import ReadFile, read_chunks
from nutgraf_index.model import Article

__all__ = ["read"]

_PIECE = 1 << 18  # bytes


def read(
    read_file: ReadFile, path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of the WARC files in a WACZ file; see `Format.read`.

    The numbers of the records go on from one WARC file to the next. Raises `ArticleError`.
    """
    with opened(data) as file:
        try:
            archive = zipfile.ZipFile(file)
            names = [one for one in archive.namelist() if one.startswith("archive/")]
        except DAMAGED as error:
            raise ArticleError(f"damaged zip archive: {error}") from None
        names = [one for one in names if compression_of(one)[0].lower().endswith(".warc")]
        if not names:
            raise ArticleError("no WARC file in it")
        budget = Budget(size_of(data), options.max_bytes)
        before = last = 0
        for name in names:
            before = last
            chunks = _chunks(archive, name)
            if extension := compression_of(name)[1]:
                chunks = decompressed(chunks, extension, budget, in_records=True)
            try:
                for entry in read_chunks(read_file, path, chunks, options):
                    last = max(last, before + entry.line)
                    line = before + entry.line
                    if isinstance(entry, Fault):
                        yield entry._replace(line=line)
                    else:
                        yield replace(entry, line=line)
            except ArticleError as error:
                last += 1
                yield Fault(f"{error}: {name}", last)


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as member:
            while piece := member.read(_PIECE):
                yield piece
    except DAMAGED as error:
        raise ArticleError(f"damaged zip member: {error}") from None
