"""The encoding that a web page declares."""

import codecs
import re

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode

__all__ = ["decode_page"]

_TOP = 1 << 14  # bytes; the standard asks for the first 1,024
_LOOKED_AT = 1 << 16  # bytes in which a page has elements
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|title|div|p)\b", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w:.+-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w:.+-]+)",
    re.IGNORECASE,
)
# What browsers read for the names of smaller encodings; see https://encoding.spec.whatwg.org.
_READ_AS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_NOT_DECLARED = ("utf-16", "utf-32", "utf-7")  # a declaration in ASCII cannot be of these


def decode_page(data: bytes, given: str = "") -> tuple[str, str]:
    """Return the text of a page and its encoding; the encoding is empty if the page declares it.

    A byte order mark decides first, then valid UTF-8, then the declaration of the page, the `given`
    encoding, and a guess. NUL characters are left out, as browsers do. Raises `ArticleError` as
    `decode` does.
    """
    try:
        return _decoded(data, given)
    except ArticleError:
        if b"\0" not in data or not _MARKUP.search(data, 0, _LOOKED_AT):
            raise
    return _decoded(data.replace(b"\0", b""), given)


def _decoded(data: bytes, given: str) -> tuple[str, str]:
    if declared := _declared(data):
        try:
            text, encoding = decode(data, declared)
        except ArticleError:  # wrongly declared
            pass
        else:
            return text, "" if encoding == declared else encoding
    return decode(data, given)


def _declared(data: bytes) -> str:
    """Return the name of the encoding that a page declares; empty if it declares none known."""
    match = _DECLARED.search(data, 0, _TOP)
    if match is None:
        return ""
    name = (match[1] or match[2]).decode("ascii").removeprefix("x-")
    try:
        codec = codecs.lookup(name)
        codec.decode(b"a")
    except (LookupError, UnicodeError, TypeError, ValueError):
        return ""
    if codec.name.startswith(_NOT_DECLARED) or not isinstance(codec.decode(b"a")[0], str):
        return ""
    return _READ_AS.get(codec.name, codec.name)
