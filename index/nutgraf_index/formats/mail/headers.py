"""The header of a message: its title, authors, date, ids and addresses.

The values are decoded here, and not by the policy of `email` for modern programs: that parser
raises errors for some broken values, and is slow for long lists of addresses.
"""

import contextlib
import email.errors
import email.header
import email.message
import email.utils
import re
from typing import Any

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.properties.written_dates import read_moment

__all__ = ["codec_name", "decoded", "header_text", "message_id", "properties_of", "value_text"]

_LONGEST = 1 << 16  # bytes of a value
_WORD = re.compile(r"(=\?[^?\s]+\?[bqBQ]\?[^?]*\?=)[ \t\r\n]+(?==\?)")
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_BROKEN = re.compile(r"([^<>,;]{0,200})<([^<>\s]{1,200})>")
_MOST_ADDRESSES = 1000
# The names of encodings in mail that Python does not know, and its own.
_CHARSETS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"utf[-_ ]?8\b.*|utf8\w*|unicode-1-1-utf-8", "utf-8"),
        (r"(?:x-)?(?:unicode-1-1-)?utf-?7", "utf-7"),
        (r"(?:x-)?(?:cp|ms|win|windows|ibm|dos)[-_ ]?(\d{3,4})(?:[-_].*)?", r"cp\1"),
        (r"(?:x-)?(?:iso)?[-_ ]?8859[-_ ](\d{1,2})(?:[-_][ie])?|iso8859(\d{1,2})", r"iso8859-\1\2"),
        (r"(?:x-)?latin[-_ ]?(\d{1,2})", r"latin\1"),
        (r"(?:x-)(sjis|gbk|gb18030|big5|euc-jp|euc-kr|koi8-?[ru]|mac-\w+)", r"\1"),
        (r"(?:us-)?ascii.*|ansi_x3.*", "utf-8"),
    )
)
_WIDER = {"iso8859-1": "cp1252", "latin1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
          "gbk": "gb18030", "gb_2312-80": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
          "shift_jis": "cp932", "sjis": "cp932", "windows-31j": "cp932", "cp65001": "utf-8",
          "cp1200": "utf-16-le"}  # fmt: skip
_ONE_BYTE = re.compile(r"(?:iso8859|cp(?:12|4|8)\d|latin|koi8|mac)")


def decoded(data: bytes, charset: str, given: str = "") -> str:
    """Return bytes as text, in the encoding that is declared; else as files are decoded.

    Many programs declare another encoding than that of the text: valid UTF-8 goes before an
    encoding of one byte a character, and a text without NUL is not in UTF-16.
    """
    charset = codec_name(charset)
    is_declared = bool(charset)
    if charset.startswith(("utf-16", "utf-32")) and b"\0" not in data and data.isascii():
        is_declared = False
    elif not data.isascii() and _ONE_BYTE.match(charset):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8")
    if is_declared:
        with contextlib.suppress(LookupError, UnicodeError, ValueError, TypeError):
            text = data.decode(charset)
            if isinstance(text, str):
                return text
    for one in (data, data.replace(b"\0", b"")):
        with contextlib.suppress(ArticleError):
            return decode(one, given)[0]
    return data.replace(b"\0", b"").decode("cp1252", "replace")


def codec_name(charset: str) -> str:
    """Return the name by which Python knows a declared encoding, or the name as it is.

    Programs declare an encoding as a part of another one, which has more characters.

    >>> codec_name("x-cp-850"), codec_name("ISO8859-1"), codec_name("utf8mb4")
    ('cp850', 'cp1252', 'utf-8')
    """
    charset = charset.strip(" \t\"';,").lower().removeprefix("charset=")
    for pattern, name in _CHARSETS:
        if match := pattern.fullmatch(charset):
            charset = match.expand(name)
            break
    return _WIDER.get(charset, charset)


def header_text(message: email.message.Message, name: str, given: str = "") -> str:
    """Return the value of a field as text in one line; empty if the message has no such field."""
    value = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return value_text(str(value)[:_LONGEST], given)


def value_text(value: str, given: str) -> str:
    """Return a value of a header decoded, in one line."""
    if any("\udc80" <= sign <= "\udcff" for sign in value):
        value = decoded(value.encode("utf-8", "surrogateescape"), "", given)
    if "=?" in value:
        try:
            parts = email.header.decode_header(_WORD.sub(r"\1 ", value.replace("\r", "")))
            value = "".join(
                part if isinstance(part, str) else decoded(part, charset or "latin-1", given)
                for part, charset in parts
            )
        except (email.errors.HeaderParseError, ValueError, LookupError):
            pass
    return " ".join(value.replace("\0", "").split())


def message_id(message: email.message.Message) -> str:
    """Return the Message-ID without its brackets; empty if the message has none."""
    value = header_text(message, "message-id")
    match = _ID.search(value)
    return (match[1] if match else "".join(value.split()))[:500]


def properties_of(message: email.message.Message, given: str = "") -> dict[str, Any]:
    """Return the title, authors, date and metadata of a message."""
    metadata: dict[str, Any] = {}
    if own := message_id(message):
        metadata["message_id"] = own
    raw = header_text(message, "date", given)
    date = ""
    try:
        moment = email.utils.parsedate_to_datetime(raw)
        date = moment.date().isoformat()
        metadata["sent"] = moment.isoformat()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        if raw and (read := read_moment(raw)):
            date = read.date
        if raw:
            metadata["sent"] = raw
    senders = _addresses(message, "from", given) or _addresses(message, "sender", given)
    if senders:
        metadata["from"] = [address for _, address in senders if address] or [
            name for name, _ in senders
        ]
    for name in ("to", "cc", "reply-to"):
        if people := _addresses(message, name, given):
            metadata[name.replace("-", "_")] = [
                f"{name} <{address}>" if name and address else name or address
                for name, address in people
            ]
    for name in ("list-id", "newsgroups"):
        if value := header_text(message, name, given):
            metadata[name.replace("-", "_")] = value
    for name in ("in-reply-to", "references"):
        value = header_text(message, name, given)
        if ids := _ID.findall(value):
            metadata[name.replace("-", "_")] = ids if name == "references" else ids[0]
    return {
        "title": header_text(message, "subject", given),
        "authors": tuple(name or address for name, address in senders),
        "date": date,
        "metadata": metadata,
    }


def _addresses(message: email.message.Message, name: str, given: str) -> list[tuple[str, str]]:
    """Return the names and addresses of a field."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    raw = raw[:_LONGEST].replace("\r", "").replace("\n", "")
    if any("\udc80" <= sign <= "\udcff" for sign in raw):
        raw = decoded(raw.encode("utf-8", "surrogateescape"), "", given)
    pairs = []
    # Names are decoded last: a decoded one may have a comma in it.
    for person, address in _pairs(raw)[:_MOST_ADDRESSES]:
        person = value_text(person, given).strip("'\"")
        if address.endswith(")") or " at " in address:
            address = address.split(" ")[0]
        if person or address:
            pairs.append((person, "".join(address.split())))
    archived = re.fullmatch(r"\s*(\S+) at (\S+)\s*\((.*)\)\s*", raw, re.DOTALL)
    if archived:  # as the archives of mailing lists hide addresses
        return [(value_text(archived[3], given), f"{archived[1]}@{archived[2]}")]
    return pairs


def _pairs(raw: str) -> list[tuple[str, str]]:
    """Return names and addresses, of a broken field too, of which `email` gives none."""
    try:
        pairs = [pair for pair in email.utils.getaddresses([raw]) if any(pair)]
    except RecursionError:  # of comments in comments
        pairs = []
    if pairs or not raw.strip():
        return pairs
    found = _BROKEN.findall(raw)
    return [(name.strip(' "\t'), address) for name, address in found] or [(raw.strip(), "")]
