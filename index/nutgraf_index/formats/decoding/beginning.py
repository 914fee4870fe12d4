"""The beginning of a file as text, by which its format is recognised."""

import codecs
import contextlib

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.decoding.large_file import LargeFile

__all__ = ["BEGINNING", "beginning"]

BEGINNING = 1 << 16  # bytes


def beginning(data: bytes | LargeFile, given: str = "") -> str:
    """Return the first 64 KiB of a file as text, without a character that is cut at its end.

    The text is decoded by a byte order mark, as UTF-8, or in the encoding that is `given`; else as
    Latin-1, which is cheap and has the letters of the labels that formats are recognised by. Raises
    nothing for binary data.
    """
    head = (data if isinstance(data, bytes) else next(data.chunks(), b""))[:BEGINNING]
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
