"""Reads messages whose structure is broken: wrong boundaries, headers, encodings of parts.

`email` reads what it can, and keeps the rest of a broken message aside. Here that rest is found, so
that the text of a message is never lost.
"""

import base64
import binascii
import copy
import email
import email.errors
import email.message
import email.policy
import re
from typing import Any

from nutgraf_index.errors import ArticleError

__all__ = [
    "content_of",
    "inner_message",
    "inner_parts",
    "media_type",
    "outer_parts",
    "parsed",
    "without_files",
]

_LINE_ENDS = 1 << 14  # bytes in which the ends of lines are looked at
_LONGEST_HEADER = 1 << 18  # bytes
_HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
# Fields that programs write: a line above one of them is no text of the message.
_OF_MAIL = re.compile(
    rb"(?:received|return-path|from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to"
    rb"|references|mime-version|content-[a-z-]+|x-[a-z-]+|list-[a-z-]+|dkim-signature|status"
    rb"|delivered-to|user-agent|importance|precedence)[ \t]*:",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"^--([^\s\"\\][^\n\"\\]{0,200}?)[ \t\r]*\n", re.MULTILINE)
_BORDER = re.compile(r"^--\S{1,200}[ \t\r]*$", re.MULTILINE)
_CONTENT = re.compile(r"(?:[!-9;-~]+:[^\n]*\n[ \t]*)*content-[a-z-]+[ \t]*:", re.IGNORECASE)
_FIRST = 1000  # characters in which the parts begin of a message that does not say it has any
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|div|p|table|meta|font|br)\b", re.IGNORECASE)
# What programs write above the first boundary, for readers without MIME.
_FOR_OLD_READERS = re.compile(r"\b(?:multi-?part|MIME)\b", re.IGNORECASE)
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_ENCODING = re.compile(r"[\w-]+")
_FILE = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[!-M][ -`]{1,84}\n)++)(?:[` ]?\n)?end[ ]*$",
    re.MULTILINE,
)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")
_MOST_STRAY = 0.05  # share of the characters of a line of base64 that are none of it
_PADDED = re.compile(r"[^=]+=*")


def parsed(data: bytes) -> email.message.Message:
    """Return the parts of a message. Raises `ArticleError` for parts nested too deeply."""
    data = data.lstrip(b"\0\r\n")
    if b"\r\r\n" in data[:_LINE_ENDS]:  # line ends that were converted twice
        data = data.replace(b"\r\r\n", b"\r\n")
    message = _read(data)
    if any(
        isinstance(one, email.errors.MissingHeaderBodySeparatorDefect) for one in message.defects
    ):
        data = _with_whole_header(data)
        message = _read(data)
    opened = data
    for part in message.walk():
        if email.errors.StartBoundaryNotFoundDefect in map(type, part.defects):
            opened = _with_first_boundary(opened, str(part.get_boundary() or ""))
    return message if opened is data else _read(opened)


def _with_first_boundary(data: bytes, boundary: str) -> bytes:
    """Return a message with a boundary where a last one is before any: `email` drops the rest."""
    border = f"--{boundary}".encode("utf-8", "surrogateescape")
    last = re.compile(rb"^" + re.escape(border) + rb"--[ \t\r]*$", re.MULTILINE)
    match = last.search(data)
    return data if match is None else data[: match.start()] + border + b"\n" + data[match.end() :]


def _read(data: bytes) -> email.message.Message:
    try:
        # The other policies read the values of headers by a parser that raises errors for some.
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        too_deep = "its parts are nested too deeply"
        raise ArticleError(too_deep if isinstance(error, RecursionError) else str(error)) from None


def _with_whole_header(data: bytes) -> bytes:
    """Return a message whose header goes on below lines that are no fields.

    Such a line becomes the end of the field above it, if a field of mail is below it.
    """
    match = _HEADER_END.search(data, 0, _LONGEST_HEADER)
    end = match.start() if match else min(len(data), _LONGEST_HEADER)
    lines = data[:end].splitlines(keepends=True)
    last = max((number for number, line in enumerate(lines) if _OF_MAIL.match(line)), default=0)
    for number, line in enumerate(lines[:last]):
        if number and not _FIELD.match(line) and line[:1] not in b" \t":
            lines[number] = b" " + line
    return b"".join([*lines, data[end:]])


def media_type(part: email.message.Message) -> str:
    """Return the media type of a part, in lower case, without what is no part of it."""
    match = _TYPE.match(part.get_content_type())
    return match[0].strip(".") if match else "text/plain"


def inner_parts(part: email.message.Message) -> list[email.message.Message]:
    """Return the parts in a part, also where its boundary is missing or wrong; none for a text.

    A part that says it has parts, and has no boundary, has one part: a text.
    """
    if part.is_multipart():
        return _listed(part)
    payload = _raw(part)
    is_multipart = media_type(part).startswith("multipart/")
    if not is_multipart and "content-type" in part:
        return []
    if boundary := _boundary_of(payload, len(payload) if is_multipart else _FIRST):
        return _split(payload, boundary)
    return [_text_part(payload, part)] if is_multipart else []


def outer_parts(part: email.message.Message, *, is_empty: bool) -> list[email.message.Message]:
    """Return what stands around the boundaries of a part: below the last one, as parts.

    What stands above the first one counts if the message `is_empty` else: programs write there that
    it has several parts.
    """
    if not part.is_multipart() or not media_type(part).startswith("multipart/"):
        return []
    found = []
    above = part.preamble or ""
    if is_empty and above.strip() and not _FOR_OLD_READERS.search(above):
        found.append(_text_part(above, part))
    below = part.epilogue or ""
    if below.strip():
        boundary = str(part.get_boundary() or "")
        found += _split(f"--{boundary}\n\n{below}", boundary)
    return found


def _boundary_of(text: str, limit: int) -> str:
    """Return the boundary of the parts in a text; empty if it has none."""
    tried: set[str] = set()
    for match in _BOUNDARY.finditer(text, 0, limit):
        boundary = match[1]
        if boundary in tried or len(tried) > 100:
            continue
        tried.add(boundary)
        if _CONTENT.match(text, match.end()) or f"\n--{boundary}--" in text:
            return boundary
    return ""


def _split(text: str, boundary: str) -> list[email.message.Message]:
    """Return the parts of a text with text in them, also those below a last boundary."""
    header = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    border = f"--{boundary}"
    text = re.sub(rf"(?m)^{re.escape(border)}--[ \t\r]*$", lambda _: f"{border}\n", text)
    parts = _listed(_read(_bytes(header + text)))
    return [one for one in parts if one.is_multipart() or _raw(one).strip()]


def _listed(part: email.message.Message) -> list[email.message.Message]:
    payload: Any = part.get_payload() if part.is_multipart() else []
    return [one for one in payload if isinstance(one, email.message.Message)]


def _raw(part: email.message.Message) -> str:
    """Return the content of a part as it stands in the message, with bytes as lone surrogates.

    `email` gives it so only as bytes, and decoded as a field of the header says.
    """
    bare = copy.copy(part)
    del bare["content-transfer-encoding"]
    data = bare.get_payload(decode=True)
    return data.decode("ascii", "surrogateescape") if isinstance(data, bytes) else ""


def _text_part(text: str, around: email.message.Message) -> email.message.Message:
    """Return a part with a text, without boundaries that were left in it."""
    text = _BORDER.sub("", text).strip("\r\n")
    part = email.message.Message(policy=email.policy.compat32)
    part["Content-Type"] = "text/html" if _MARKUP.match(text) else "text/plain"
    if "content-transfer-encoding" in around:
        part["Content-Transfer-Encoding"] = around["content-transfer-encoding"]
    part.set_payload(text)
    return part


def inner_message(part: email.message.Message) -> list[email.message.Message]:
    """Return the message in a part such as `message/rfc822`, also if it is encoded as a whole."""
    messages = inner_parts(part)
    encoding = _encoding_of(part)
    if len(messages) != 1 or encoding not in ("base64", "quoted-printable"):
        return messages
    carrier = email.message.Message(policy=email.policy.compat32)
    carrier["Content-Transfer-Encoding"] = encoding
    if messages[0].keys() or messages[0].is_multipart():
        return messages  # it says so, and is not
    carrier.set_payload(_raw(messages[0]))
    return [parsed(content_of(carrier))]


def content_of(part: email.message.Message) -> bytes:
    """Return the bytes of a part, decoded as its header says; what is not encoded so, as it is."""
    if part.is_multipart():
        return b""
    encoding = _encoding_of(part)
    if encoding == "base64":
        return _of_base64(_raw(part))
    if "content-transfer-encoding" in part:
        part.replace_header("content-transfer-encoding", encoding)
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _encoding_of(part: email.message.Message) -> str:
    match = _ENCODING.search(str(part.get("content-transfer-encoding", "")).lower())
    encoding = match[0] if match else ""
    is_quoted = encoding.startswith("quoted") or encoding == "qp"
    return "quoted-printable" if is_quoted else "base64" if encoding == "base-64" else encoding


def _of_base64(text: str) -> bytes:
    """Return decoded lines of base64, and below them the lines that are none, as they are.

    Mailing lists add such lines. Where the first line is none, the text is not encoded at all.
    """
    lines = text.replace("\0", "").splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines) if _is_text(line)), len(lines))
    encoded = _NO_BASE64.sub("", "".join(lines[:end]))
    rest = "".join(lines[end:])
    if rest and len(encoded) % 4:  # words of a text, and no code
        return _bytes(text)
    pieces = []
    for match in _PADDED.finditer(encoded):  # programs may encode each chunk of a text by itself
        code = match[0].rstrip("=")
        code = code[: len(code) - (len(code) % 4 == 1)]  # cut off
        pieces.append(base64.b64decode(code + "=" * (-len(code) % 4)))
    return b"".join(pieces) + _bytes("\n\n" + rest if encoded and rest else rest)


def _is_text(line: str) -> bool:
    line = line.strip()
    return len(_NO_BASE64.findall(line)) > _MOST_STRAY * len(line)


def without_files(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return a text without the files that are in it (uuencode), and their names and bytes."""
    files = []
    pieces = []
    resume = 0
    for match in _FILE.finditer(text):
        try:
            content = b"".join(map(_of_uu, match[2].encode("ascii").splitlines()))
        except (binascii.Error, ValueError):
            continue
        files.append((match[1].strip(), content))
        pieces.append(text[resume : match.start()])
        resume = match.end()
    return "".join([*pieces, text[resume:]]), files


def _of_uu(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # without the spaces at its end, or with signs too many
        length = ((line[0] - 32) & 63) * 4 // 3 + 5
        return binascii.a2b_uu(line.ljust(length)[:length] if len(line) < length else line[:length])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
