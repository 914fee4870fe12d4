"""Reads the web pages of a WARC file as articles."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.compression import unpack
from nutgraf_index.formats.containers.limits import LARGER, Budget, describe_limit
from nutgraf_index.formats.decoding.large_file import LargeFile, chunks_of
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.web_archives.records import Record, records
from nutgraf_index.model import Article, MarkedArticle
from nutgraf_index.names import counted, printable

__all__ = ["ReadFile", "read", "read_chunks"]

ReadFile = Callable[[str, Any, ReadOptions], Iterator[Article | Fault]]

_WANTED = frozenset(("response", "resource"))
# The name of a file by whose extension a record is read.
_NAMES = {"text/html": "page.html", "application/xhtml+xml": "page.xhtml",
          "application/pdf": "page.pdf"}  # fmt: skip
_LONGEST_URL = 2000
_ENCODED = re.compile(rb"^content-encoding[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_UNPACKED = frozenset(("gzip", "x-gzip", "deflate", "identity", "none", "utf-8"))
_ENCODINGS = {"br": "Brotli", "zstd": "Zstandard", "dcb": "Brotli with a dictionary",
              "dcz": "Zstandard with a dictionary", "compress": "LZW"}  # fmt: skip


def read(
    read_file: ReadFile, path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a WARC file; see `Format.read`.

    `read_file` reads the content of a record by a name with an extension. The line of an article is
    the number of its record. Raises `ArticleError`.
    """
    chunks = chunks_of(data)
    del data
    yield from read_chunks(read_file, path, chunks, options)


def read_chunks(
    read_file: ReadFile, path: str, chunks: Iterator[bytes], options: ReadOptions
) -> Iterator[Article | Fault]:
    """Yield the articles of a WARC file, given its bytes; see `read`."""
    left_out: Counter[str] = Counter()
    first: dict[str, int] = {}  # the first record that is left out for a reason
    pages: set[int] = set()  # hashes of the addresses of pages that were read

    def leave_out(reason: str, number: int) -> None:
        left_out[reason] += 1
        first.setdefault(reason, number)

    for record in records(chunks, options.max_bytes, _WANTED):
        url = record.fields.get("warc-target-uri", "").strip("<>")[:_LONGEST_URL]
        kind = record.fields.get("warc-type", "")
        if record.fault:
            yield Fault(f"{record.fault}: {printable(url)}".rstrip(": "), record.number)
        elif kind == "revisit":
            of = record.fields.get("warc-refers-to-target-uri", url).strip("<>")
            known = hash(of) in pages
            leave_out(f"revisit of a page {'read before' if known else 'not in it'}", record.number)
        elif kind not in _WANTED or not url.startswith(("http://", "https://", "file:", "urn:")):
            continue
        elif record.size > options.max_bytes:
            limit = describe_limit(options.max_bytes)
            yield Fault(f"{LARGER}{record.size:,} bytes, {limit}: {printable(url)}", record.number)
        else:
            status, media, charset, content = _content(record, options.max_bytes)
            if status == "200" and media in _NAMES:
                content, reason = _unpacked(content, record, options.max_bytes)
                if reason:
                    leave_out(reason, record.number)
                    continue
            if status != "200":
                leave_out(f"status {status}" if status else "damaged answer", record.number)
            elif media not in _NAMES:
                leave_out(f"no web page: {media or 'unknown type'}", record.number)
            else:
                pages.add(hash(url))
                given = options._replace(encoding=charset or options.encoding)
                for entry in read_file(_NAMES[media], content, given):
                    if isinstance(entry, Fault):
                        yield Fault(f"{entry.reason}: {printable(url)}", record.number, entry.again)
                    else:
                        yield _article(entry, record, url, path)
    for reason, count in left_out.most_common():
        yield Fault(f"{reason}: {counted(count, 'record')}", first[reason])


def _content(record: Record, max_bytes: int) -> tuple[str, str, str, bytes]:
    """Return the status, media type and charset of a record, and its content, unpacked."""
    from warcio.archiveiterator import ArchiveIterator  # of an extra

    is_answer = record.fields.get("warc-type") == "response"
    outer = "application/http; msgtype=response" if is_answer else record.fields.get("content-type")
    # A header of our own: warcio prints warnings about odd ones.
    header = (
        f"WARC/1.0\r\nWARC-Type: {record.fields['warc-type']}\r\nWARC-Target-URI: http://x/\r\n"
        f"Content-Type: {outer or ''}\r\nContent-Length: {len(record.data)}\r\n\r\n"
    )
    whole = header.encode("utf-8", "replace") + record.data + b"\r\n\r\n"
    try:
        for one in ArchiveIterator(io.BytesIO(whole)):
            headers = one.http_headers
            status = headers.get_statuscode() if is_answer else "200"
            kind = headers.get_header("Content-Type") if is_answer else outer
            kind = kind or ""
            media = kind.partition(";")[0].strip().lower()
            charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", kind, re.IGNORECASE)
            content = b""
            if status == "200" and media in _NAMES:
                content = one.content_stream().read(max_bytes + 1)
                if len(content) > max_bytes:
                    return "", media, "", b""
            if not str(status).isdecimal():
                return "", media, "", b""
            return str(status), media, _known(charset[1]) if charset else "", content
    except (ValueError, EOFError, OSError, zlib.error, LookupError, AttributeError, TypeError):
        pass
    except Exception as error:
        if not type(error).__module__.startswith("warcio"):
            raise
    return "", "", "", b""


def _unpacked(content: bytes, record: Record, max_bytes: int) -> tuple[bytes, str]:
    """Return the content of an answer, or the reason why it cannot be unpacked.

    warcio unpacks gzip and deflate. Crawlers may unpack an answer and keep its header.
    """
    header = record.data.partition(b"\r\n\r\n")[0]
    match = _ENCODED.search(header)
    encodings = (
        match[1].decode("ascii", "replace").lower().replace(",", " ").split() if match else []
    )
    unread = [one for one in encodings if one not in _UNPACKED]
    if not unread or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or content[:4] == b"%PDF":
        return content, ""
    if unread == ["zstd"]:
        try:
            data = unpack(content, ".zst", Budget(len(content), max_bytes))
        except ArticleError as error:
            return b"", str(error)
        return data if isinstance(data, bytes) else b"", ""
    name = _ENCODINGS.get(unread[0], printable(unread[0][:40]))
    return b"", f"compressed by {name}, which is not read"


def _known(charset: str) -> str:
    """Return a charset if it is known; else an empty text."""
    try:
        return charset if isinstance(b"a".decode(charset), str) else ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def _article(article: Article, record: Record, url: str, path: str) -> Article:
    """Return an article of a page as one of the file."""
    captured = record.fields.get("warc-date", "")
    own = re.sub(r"\D", "", captured)[:14]
    known = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    known.update(
        id=printable(f"{own}/{url}" if own else url),
        path=path,
        line=record.number,
        encoding="",
        url=article.url or url,
        metadata={**article.metadata, "captured": captured, "target": url},
    )
    if isinstance(article, MarkedArticle):
        return replace(article, **known, is_run=False)
    return Article(**known)
