"""The beginning of a file as text, by which its format is recognised."""

import codecs
import contextlib
import re

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.decoding.large_file import LargeFile

__all__ = ["BEGINNING", "beginning"]

BEGINNING = 1 << 16  # bytes
_PAGE = 1 << 20  # bytes of a web page in which its text begins
_IS_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!--|(?:!doctype\s+html|\?xml|html|head|script|style)\b)",
    re.IGNORECASE,
)
_UNREAD = re.compile(rb"<(?:(script|style)\b|!--)", re.IGNORECASE)


def beginning(data: bytes | LargeFile, given: str = "") -> str:
    """Return the first 64 KiB of a file as text, without a character that is cut at its end.

    Of a web page, these are the first 128 KiB without scripts, styles and comments, which may be
    longer than all that is read. The text is decoded by a byte order mark, as UTF-8, or in the
    encoding that is `given`; else as Latin-1, which is cheap and has the letters of the labels that
    formats are recognised by. Raises nothing for binary data.
    """
    start = data if isinstance(data, bytes) else next(data.chunks(), b"")
    head = start[:BEGINNING]
    if _IS_PAGE.match(head):
        head = _without_scripts(start[:_PAGE])[: 2 * BEGINNING]
    if b"\0" in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for end in (len(head), len(head) - 2):  # within a pair of surrogates of UTF-16
            with contextlib.suppress(ArticleError):
                return decode(head[:end])[0]
        return head.decode("latin-1")
    if not head.startswith(codecs.BOM_UTF8):
        with contextlib.suppress(UnicodeDecodeError):
            return head.decode("utf-8")  # nearly all files
    for encoding in ("utf-8-sig", *filter(None, [given])):
        with contextlib.suppress(UnicodeDecodeError):
            return codecs.getincrementaldecoder(encoding)().decode(head)
    return head.decode("latin-1")


def _without_scripts(page: bytes) -> bytes:
    """Return a web page without its scripts, styles and comments."""
    pieces = []
    resume = 0
    lower = page.lower()
    while tag := _UNREAD.search(page, resume):
        pieces.append(page[resume : tag.start()])
        end = b"</" + tag[1].lower() if tag[1] else b"-->"
        resume = lower.find(end, tag.end())
        if resume < 0:
            return b"".join(pieces)
    return b"".join([*pieces, page[resume:]])
