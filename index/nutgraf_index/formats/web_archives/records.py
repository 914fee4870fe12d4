"""The records of a WARC file, in bounded memory (ISO 28500)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf_index.errors import ArticleError

__all__ = ["Record", "records"]

_VERSION = re.compile(rb"WARC/\d[.\d]*[ \t]*\r?\n")
_BORDER = b"\nWARC/"
_LONGEST_HEADER = 1 << 20  # bytes
_READ = 1 << 20  # bytes


class Record(NamedTuple):
    """A record, or a damaged stretch of a file.

    Attributes:
        number: 1 for the first record of the file.
        fields: its named fields, in lower case.
        data: its block; empty if it is too large, or not wanted.
        size: the bytes of its block.
        fault: what is damaged; empty for a sound record.
    """

    number: int
    fields: dict[str, str]
    data: bytes
    size: int
    fault: str = ""


class _Source:
    """The bytes of a file, of which the beginning can be looked at."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.buffer = b""
        self.error: ArticleError | None = None  # why the rest of the file cannot be read

    def fill(self, size: int) -> bool:
        """Have at least so many bytes in the buffer; return whether the file has them."""
        if len(self.buffer) < size:
            pieces = [self.buffer]
            length = len(self.buffer)
            while length < size and (chunk := self._next()) is not None:
                pieces.append(chunk)
                length += len(chunk)
            self.buffer = b"".join(pieces)
        return len(self.buffer) >= size

    def _next(self) -> bytes | None:
        try:
            return next(self._chunks, None)
        except ArticleError as error:
            self.error = error
            return None

    def skip(self, size: int) -> int:
        """Drop bytes; return how many are missing."""
        while size and (self.buffer or self.fill(1)):
            dropped = min(size, len(self.buffer))
            self.buffer = self.buffer[dropped:]
            size -= dropped
        return size


def records(chunks: Iterator[bytes], max_bytes: int, wanted: frozenset[str]) -> Iterator[Record]:
    """Yield the records of a file; after a damaged one, from the next one on.

    The blocks of records of types that are not `wanted`, and of more than `max_bytes`, are skipped.
    Raises `ArticleError` if the file does not begin as WARC; and if the chunks raise it, after the
    last record that can be read.
    """
    source = _Source(chunks)
    source.fill(1 << 10)
    if not _VERSION.match(source.buffer.lstrip()):
        raise source.error or ArticleError("no WARC file: it does not begin as one")
    for record in _records(source, max_bytes, wanted):
        if not (source.error and record.fault):  # the error tells it
            yield record
    if source.error:
        raise source.error


def _records(source: _Source, max_bytes: int, wanted: frozenset[str]) -> Iterator[Record]:
    number = 0
    while True:
        source.fill(_READ)
        source.buffer = source.buffer.lstrip(b"\r\n")
        if not source.buffer and not source.fill(1):
            return
        source.fill(1 << 10)
        number += 1
        end = _header_end(source)
        fields = _fields(source.buffer[:end]) if end else {}
        length = fields.get("content-length", "")
        if not end or not length.isdecimal() or len(length) > 15:
            yield Record(number, fields, b"", 0, "damaged: no header of a record")
            _to_next(source)
            continue
        size = int(length)
        if fields.get("warc-type") not in wanted or size > max_bytes:
            if source.skip(end + size):
                yield Record(number, fields, b"", size, "cut off")
                return
            yield Record(number, fields, b"", size)
        elif not source.fill(end + size):
            border = source.buffer.find(_BORDER, end)
            yield Record(number, fields, b"", size, "cut off")
            if border < 0:
                return
            source.buffer = source.buffer[border + 1 :]
            continue
        else:
            source.fill(end + size + 16)
            after = source.buffer[end + size :].lstrip(b"\r\n")
            if after and not after.startswith((b"WARC/", b"WARC"[: len(after)])):
                yield Record(number, fields, b"", size, "damaged: its length is wrong")
                source.buffer = source.buffer[end:]
                _to_next(source)
                continue
            data = source.buffer[end : end + size]
            source.buffer = source.buffer[end + size :]
            yield Record(number, fields, data, size)


def _header_end(source: _Source) -> int:
    """Return the offset after the header of a record; 0 if none begins the buffer."""
    if not _VERSION.match(source.buffer):
        return 0
    source.fill(_LONGEST_HEADER)
    match = re.compile(rb"\r?\n\r?\n").search(source.buffer, 0, _LONGEST_HEADER)
    return match.end() if match else 0


def _fields(header: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in header.decode("utf-8", "replace").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _to_next(source: _Source) -> None:
    """Drop what is before the next line that begins a record."""
    while True:
        found = source.buffer.find(_BORDER, 1)
        if found >= 0:
            source.buffer = source.buffer[found + 1 :]
            return
        source.buffer = source.buffer[-len(_BORDER) :]
        if not source.fill(_READ) and source.buffer.find(_BORDER, 1) < 0:
            source.buffer = b""
            return
