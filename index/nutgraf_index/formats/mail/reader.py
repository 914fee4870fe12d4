"""Reads messages and mailboxes: each message is an article, and so are its attachments."""

import email.message
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.archives import archive_members
from nutgraf_index.formats.containers.limits import LARGER, describe_limit
from nutgraf_index.formats.decoding.large_file import LargeFile, chunks_of
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions, Reason
from nutgraf_index.formats.mail.headers import header_text, message_id, properties_of
from nutgraf_index.formats.mail.mailbox import raw_messages, without_mark
from nutgraf_index.formats.mail.parts import Attachment, parts_of
from nutgraf_index.formats.mail.quotations import text_and_marks
from nutgraf_index.formats.mail.repair import content_of, parsed
from nutgraf_index.model import Anchor, Article, Mark, MarkedArticle, Role
from nutgraf_index.names import counted, is_archive, printable

__all__ = ["ReadFile", "read_mailbox", "read_message", "read_saved_page"]

ReadFile = Callable[[str, Any, ReadOptions], Iterator[Article | Fault]]

_BLANK = b"\0 \t\r\n"
_DEEPEST = 5  # messages within messages
_MOST_FILES = 1000  # of archives in a message
_LENGTH = re.compile(rb"\s*(\d{1,12})\s*\r?\n")  # above a message of Apple Mail (.emlx)
_NO_MAIL = "no message: it does not begin with a header"


def read_message(
    read_file: ReadFile, path: str, data: bytes, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the article of a message, and those of its attachments; see `Format.read`.

    `read_file` reads an attachment by its name. Raises `ArticleError`.
    """
    data = b"".join(without_mark(iter([data])))
    if not data.strip(_BLANK):
        raise ArticleError("empty")
    if match := _LENGTH.match(data):
        data = data[match.end() : match.end() + int(match[1])]
    message = parsed(data)
    del data
    if not message.keys():
        raise ArticleError(_NO_MAIL)
    reader = _Reader(path, options, read_file)
    entries = [*reader.articles(message, "", 1)]
    is_read = any(isinstance(entry, Article) for entry in entries)
    for entry in entries:
        # Without an article, the reason is that of the whole file.
        yield entry._replace(line=0) if isinstance(entry, Fault) and not is_read else entry


def read_mailbox(
    read_file: ReadFile, path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a mailbox; see `Format.read`. Raises `ArticleError`."""
    chunks = chunks_of(data)
    del data
    reader = _Reader(path, options, read_file)
    seen: dict[str, tuple[int, bytes]] = {}  # line and digest of a message by its id
    number = 0
    for raw in raw_messages(without_mark(chunks), options.max_bytes):
        if not raw.data.strip(_BLANK):
            continue
        number += 1
        label = f"message {number}"
        if raw.size > options.max_bytes:
            limit = describe_limit(options.max_bytes)
            yield Fault(Reason(f"{LARGER}{raw.size:,} bytes, {limit}", of=label), raw.line)
            continue
        try:
            message = parsed(raw.data)
        except ArticleError as error:
            yield Fault(Reason(Reason.of_error(error), of=label), raw.line)
            continue
        if not message.keys():
            if number == 1:
                raise ArticleError(f"no mailbox: {_NO_MAIL}")
            yield Fault(Reason(_NO_MAIL, of=label), raw.line)
            continue
        own = message_id(message)
        digest = blake2b(raw.data.strip(), digest_size=8).digest()
        if own in seen:
            line, known = seen[own]
            if digest == known:
                yield Fault(
                    Reason(
                        f"the same as that of line {line}", of=label, kind="the same as another one"
                    ),
                    raw.line,
                )
                continue
            yield Fault(
                Reason(
                    f"its Message-ID is also that of the message of line {line}: both are read",
                    of=label,
                    kind="its Message-ID is also that of another message",
                ),
                raw.line,
            )
        elif own:
            seen[own] = raw.line, digest
        yield from reader.articles(message, own or str(number), raw.line)
    if not number:
        raise ArticleError("empty")


def read_saved_page(
    read_page: ReadFile, path: str, data: bytes, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the article of a web page that a browser saved as a message (MHTML).

    `read_page` reads the page in it. Raises `ArticleError`.
    """
    message = parsed(data)
    del data
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise ArticleError("no web page in it")
    content = content_of(page)
    url = header_text(message, "snapshot-content-location") or header_text(page, "content-location")
    charset = str(page.get_content_charset("") or options.encoding)
    for entry in read_page(path, content, options._replace(encoding=charset)):
        if isinstance(entry, Article) and not entry.url and url.startswith("http"):
            entry = replace(entry, url=url)
        yield entry


class _Reader:
    """Makes the articles of the messages of a file."""

    def __init__(self, path: str, options: ReadOptions, read_file: ReadFile) -> None:
        self._path = path
        self._options = options
        self._read_file = read_file

    def articles(
        self, message: email.message.Message, own: str, line: int, depth: int = 0
    ) -> Iterator[Article | Fault]:
        """Yield the article of a message with an id of its own, and those of what is in it."""
        given = self._options.encoding
        try:
            known = properties_of(message, given)
            parts = parts_of(message, given)
        except RecursionError:
            yield Fault("its parts are nested too deeply", line)
            return
        title = known["title"]
        name = repr(title) if title else own or "the message"
        text, marks = text_and_marks(parts.lines, title)
        if not text.strip() and not parts.reasons and title:
            text, marks = title, (Mark(0, len(title), Role.HEADLINE),)
        for reason in parts.reasons:
            yield Fault(Reason(reason, of=name), line)
        if text.strip():
            yield MarkedArticle(
                id=own,
                path=self._path,
                line=line,
                text=text,
                marks=marks,
                is_run=False,
                **known,
            )
        elif not (parts.reasons or parts.attachments or parts.messages):
            yield Fault(Reason("no text in it", of=name), line)
        metadata = {"message_id": known["metadata"].get("message_id", ""), "message": title,
                    "sent": known["metadata"].get("sent", "")}  # fmt: skip
        metadata = {key: value for key, value in metadata.items() if value}
        unread: list[str] = []
        for attachment in parts.attachments:
            yield from self._attached(attachment, own, line, metadata, unread)
        if unread:
            count = counted(len(unread), "attachment")
            reason = f"{count} not read: {'; '.join(unread[:20])}"
            yield Fault(Reason(reason, of=name, kind="attachments not read"), line)
        for number, inner in enumerate(parts.messages, 1):
            if depth == _DEEPEST:
                yield Fault(Reason("messages in it are nested too deeply", of=name), line)
                return
            inner_id = message_id(inner) or str(number)
            yield from self.articles(
                inner, f"{own}/{inner_id}" if own else inner_id, line, depth + 1
            )

    def _attached(
        self,
        attachment: Attachment,
        own: str,
        line: int,
        metadata: dict[str, Any],
        unread: list[str],
    ) -> Iterator[Article]:
        """Yield the articles of an attachment; add to `unread` why it gives none."""
        for name, data, fault in self._files(attachment):
            if fault:
                unread.append(f"{name} ({fault})")
                continue
            base = f"{own}/{name}" if own else name
            for entry in self._read_file(name, data, self._options):
                if isinstance(entry, Fault):
                    unread.append(f"{name} ({entry.reason})")
                    continue
                inner = entry.id if entry.line else ""
                yield _tied(entry, f"{base}/{inner}" if inner else base, self._path, line,
                            {"attachment": name, **metadata})  # fmt: skip

    def _files(self, attachment: Attachment) -> Iterator[tuple[str, bytes, str]]:
        """Yield the name and the bytes of an attachment, or of the files of an archive."""
        name, data = attachment.name, attachment.data
        if not is_archive(name):
            yield name, data, ""
            return
        members = archive_members(name, data, self._options.max_bytes, lambda _name: "")
        for number, member in enumerate(members):
            inner = f"{name}/{member.name}" if member.name else name
            fault = member.fault
            if number == _MOST_FILES:
                yield name, b"", f"more than {_MOST_FILES:,} files in it"
                return
            try:
                yield inner, b"" if fault else member.read(), fault
            except ArticleError as error:
                yield inner, b"", str(error)


def _tied(article: Article, id: str, path: str, line: int, metadata: dict[str, Any]) -> Article:
    """Return the article of an attachment as one of the file of its message."""
    known = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    known.update(
        id=printable(id),
        path=path,
        line=line,
        encoding="",
        metadata={**article.metadata, **metadata},
    )
    marks: tuple[Mark, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    if isinstance(article, MarkedArticle):
        marks, anchors = article.marks, article.anchors
        anchors = tuple(anchor for anchor in anchors if anchor.page)  # no element of this file
    return MarkedArticle(**known, marks=marks, anchors=anchors, is_run=False)
