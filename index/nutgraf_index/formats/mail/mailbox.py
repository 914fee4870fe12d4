"""Splits a mailbox (mbox) into its messages, in bounded memory."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf_index.errors import ArticleError

__all__ = [
    "RawMessage",
    "begins_as_mailbox",
    "begins_as_message",
    "raw_messages",
    "without_mark",
]

_CANDIDATE = re.compile(b"[\n\0]From ")  # a computer that stops leaves NUL bytes in a mailbox
_LINE_END = re.compile("\r*\n|\r")
_LONGEST_LINE = 1000  # bytes of the line between two messages
_FIELD = re.compile(rb"(?:[!-9;-~]{1,76}[ \t]*:|>From )")
_TIME = re.compile(rb"\d{1,2}:\d{2}")
_DATE = re.compile(
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\d{1,2}:\d{2}.*\d{4}|\d{4}-\d\d?-\d\d?.*\d{1,2}:\d{2}"
)
# The line before a message as programs write it: a sender, a date with a time, and no more words.
_BORDER = re.compile(
    r"From (?=.*\b\d{4}\b)(?:\S+|\"[^\"]*\"\S*|\S+ at \S+|[^\s@]+@.*\S)\s+"
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+)?"
    r"(?:[A-Z][a-z]{2}\s+\d{1,2}|\d{1,2}[ -][A-Z][a-z]{2}(?:[ -]\d{4})?|\d{4}-\d\d?-\d\d?)"
    r"[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*(?:[AP]M|[A-Z]{1,5}|[+-]\d\d:?\d\d|\d{4}))*"
    r"(?:\s+\([A-Z]+\))?(?:\s+remote from \S+)?\s*"
)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MAIL_FIELD = re.compile(
    r"(?:received|return-path|from|message-id|delivered-to|x-[\w-]+|date|to|subject|mime-version"
    r"|content-type|dkim-signature|envelope-to|sender|reply-to|status|arc-[\w-]+|authentication-"
    r"results|list-[\w-]+|cc|in-reply-to|references|user-agent|organization|precedence|path"
    r"|newsgroups|[\w-]+)[ \t]*:",
    re.IGNORECASE,
)
_CERTAIN = frozenset("received return-path message-id delivered-to mime-version".split())


class RawMessage(NamedTuple):
    """A message of a mailbox.

    Attributes:
        line: the line of the file, from 1, that it begins in.
        data: its bytes, without the line before it; cut off if it is too large.
        size: the number of its bytes.
    """

    line: int
    data: bytes
    size: int


def begins_as_mailbox(head: str) -> bool:
    """Return whether a text begins with the line before a message, and a field of its header.

    A sentence that begins with `From` and has a time or a date is no such line.
    """
    first, _, rest = _lines_of(head).partition("\n")
    return bool(
        len(first) < _LONGEST_LINE
        and _BORDER.fullmatch(first)
        and _FIELD.match(rest[:200].encode("utf-8", "replace"))
    )


def begins_as_message(head: str) -> bool:
    """Return whether a text begins with the header of a message, as a file of a Maildir does.

    A field that programs write is among the fields, or three that people know.
    """
    if head[:1].isalnum() and not _MAIL_FIELD.match(head):
        return False  # nearly all texts
    names = set()
    for line in _lines_of(head).split("\n")[:100]:
        if not line.strip():
            break
        if line[:1] in " \t":
            continue
        if not _MAIL_FIELD.match(line):
            return False
        names.add(line.partition(":")[0].strip().lower())
    return len(names) > 1 and bool(names & _CERTAIN) and bool(names & {"from", "date", "received"})


def _lines_of(head: str) -> str:
    """Return the beginning of a file with line feeds, without what is empty above its text."""
    head = _LINE_END.sub("\n", head) if "\r" in head else head
    return head.lstrip("\ufeff\n\0")


def without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the bytes of mail that an editor saved, without a byte order mark; UTF-16 as UTF-8."""
    first = next(chunks, b"")
    while len(first) < len(codecs.BOM_UTF8) and (chunk := next(chunks, b"")):
        first += chunk
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoder = codecs.getincrementaldecoder("utf-16")("replace")
        yield decoder.decode(first).encode("utf-8", "replace")
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "replace")
        return
    first = first.removeprefix(codecs.BOM_UTF8)
    if b"\r" in first and b"\n" not in first:  # of programs for old Macs
        chunks = (chunk.replace(b"\r", b"\n") for chunk in chunks)
        first = first.replace(b"\r", b"\n")
    yield first
    yield from chunks


def raw_messages(chunks: Iterator[bytes], max_bytes: int) -> Iterator[RawMessage]:
    """Yield the messages of a mailbox.

    A line `From …` begins a message if it has a time and the next line is a field of a header; it
    must follow a blank line, unless it has a date as mailboxes have it. Of a message of more than
    `max_bytes`, no more bytes are kept. Escaped lines (`>From `) are unescaped.
    Raises what the chunks raise, after the last message that is whole.
    """
    pieces: list[bytes] = []
    size = kept = lines = 0
    line = 1
    is_open = False
    for piece, is_start in _pieces(chunks):
        if is_start and is_open:
            yield _message(line, pieces, size)
            line += lines
            pieces, size, kept, lines = [], 0, 0, 0
        is_open = True
        size += len(piece)
        lines += piece.count(b"\n")
        if kept <= max_bytes:
            pieces.append(piece[: max_bytes + 1 - kept])
            kept += len(pieces[-1])
    if is_open:
        yield _message(line, pieces, size)


def _message(line: int, pieces: list[bytes], size: int) -> RawMessage:
    data = b"".join(pieces)
    if data[:1] in b"\0\n\r":
        size -= len(data)
        data = data.lstrip(b"\0\r\n")
        size += len(data)
    if data.startswith(b"From "):
        before, _, data = data.partition(b"\n")
        size -= len(before) + 1
    return RawMessage(line, _ESCAPED.sub(rb"\1", data) if b"\n>" in data else data, size)


def _pieces(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the bytes of a mailbox, cut where messages begin; and whether one begins there."""
    buffer = b""
    is_start = True
    is_last = False
    error: ArticleError | None = None
    while not is_last:
        try:
            chunk = next(chunks, None)
        except ArticleError as damage:
            chunk, error = None, damage
        is_last = chunk is None
        buffer += chunk or b""
        start = position = 0
        while candidate := _CANDIDATE.search(buffer, position):
            found = candidate.start()
            if not is_last and len(buffer) - found < 3 * _LONGEST_LINE:
                break  # the next line may follow in the next chunk
            position = found + 1
            if _is_border(buffer, position):
                yield buffer[start:position], is_start
                start, is_start = position, True
        # What is before the candidate, or before a candidate that the end may be the beginning of.
        stop = candidate.start() if candidate else len(buffer) - len("\nFrom ")
        stop = len(buffer) if is_last else max(stop - 3, start)  # with the blank line before it
        if stop > start:
            yield buffer[start:stop], is_start
            is_start = False
        buffer = buffer[max(stop, start) :]
    if error:
        raise error


def _is_border(buffer: bytes, start: int) -> bool:
    """Return whether the line that begins with `From ` at an offset stands before a message."""
    end = buffer.find(b"\n", start, start + _LONGEST_LINE)
    if end < 0 or not _FIELD.match(buffer, end + 1):
        return False
    line = buffer[start:end]
    if _DATE.search(line):
        return True
    before = buffer[max(start - 3, 0) : start]
    return bool(_TIME.search(line)) and before.endswith((b"\n\n", b"\n\r\n"))
