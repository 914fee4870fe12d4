"""The parts of a message: its text, its attachments, the messages in it, and what is not read."""

import email.message
import mimetypes
from dataclasses import dataclass, field
from typing import Any

from nutgraf_index.formats.mail.body import html_lines, part_text, plain_lines
from nutgraf_index.formats.mail.headers import value_text
from nutgraf_index.formats.mail.quotations import Line
from nutgraf_index.names import counted, printable

__all__ = ["Attachment", "Parts", "parts_of"]

_MOST_PARTS = 1000  # of a message
_STUB = 200  # characters of a plain part that may only say that the message is in HTML
_MORE = 4  # times the length of such a part that the HTML part has
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature",
               "application/x-pkcs7-signature", "application/pgp-keys")  # fmt: skip
_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_LEFT_OUT = ("text/calendar", "application/ics", "message/delivery-status", "text/rfc822-headers",
             "message/disposition-notification", "text/x-amp-html")  # fmt: skip


@dataclass(slots=True)
class Attachment:
    """A file in a message."""

    name: str
    data: bytes


@dataclass(slots=True)
class Parts:
    """What a message consists of.

    Attributes:
        lines: of its text.
        attachments: the files in it.
        messages: the messages in it.
        reasons: why some parts are not read.
    """

    lines: list[Line] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    messages: list[email.message.Message] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    count: int = 0


def parts_of(message: email.message.Message, given: str = "") -> Parts:
    """Return the parts of a message. Of many parts the first ones are read."""
    parts = Parts()
    _add(message, parts, given)
    if parts.count > _MOST_PARTS:
        parts.reasons.append(f"more than {counted(_MOST_PARTS, 'part')}: the others are not read")
    return parts


def _add(part: email.message.Message, parts: Parts, given: str) -> None:
    parts.count += 1
    if parts.count > _MOST_PARTS:
        return
    kind = part.get_content_type()
    payload: Any = part.get_payload()
    if kind == "multipart/encrypted":
        parts.reasons.append("encrypted (PGP/MIME): decrypt it, to have it read")
    elif kind == "multipart/alternative" and isinstance(payload, list):
        _add_alternative([one for one in payload if _is_message(one)], parts, given)
    elif kind == "message/rfc822" and isinstance(payload, list):
        parts.messages += [one for one in payload if _is_message(one)]
    elif kind in _LEFT_OUT or kind in _SIGNATURES:
        pass
    elif isinstance(payload, list):
        for inner in payload:
            if _is_message(inner):
                _add(inner, parts, given)
    elif kind in _SMIME:
        is_signed = part.get_param("smime-type", "") == "signed-data"
        told = "signed as a whole (S/MIME)" if is_signed else "encrypted (S/MIME)"
        parts.reasons.append(f"{told}: save its content from a mail program, to have it read")
    elif kind == "message/partial":
        parts.reasons.append("one part of a message that was sent in several")
    elif kind in ("text/plain", "text/html", "text/enriched") and not _is_file(part):
        _add_lines(_lines(part, given), parts)
    elif not (part.get_content_maintype() == "image" and _is_inline(part)):
        data = part.get_payload(decode=True)
        name = _name(part, len(parts.attachments) + 1, given)
        parts.attachments.append(Attachment(name, data if isinstance(data, bytes) else b""))


def _is_message(part: object) -> bool:
    return isinstance(part, email.message.Message)


def _add_lines(lines: list[Line], parts: Parts) -> None:
    if any("-----BEGIN PGP MESSAGE-----" in line.text for line in lines):
        parts.reasons.append("encrypted (PGP): decrypt it, to have it read")
        start = next(n for n, line in enumerate(lines) if "-----BEGIN PGP MESSAGE" in line.text)
        ends = (n for n in range(start, len(lines)) if "-----END PGP MESSAGE" in lines[n].text)
        del lines[start : next(ends, len(lines) - 1) + 1]
    if any(line.text.strip() for line in lines):
        parts.lines += [Line("")] if parts.lines else []
        parts.lines += lines


def _lines(part: email.message.Message, given: str) -> list[Line]:
    text = part_text(part, given)
    is_html = part.get_content_type() == "text/html"
    return html_lines(text) if is_html else plain_lines(part, text)


def _add_alternative(choices: list[email.message.Message], parts: Parts, given: str) -> None:
    """Add the plain one of the alternatives; another one if it has no text of its own."""
    plain: list[Line] = []
    others = []
    for part in choices:
        if part.get_content_type() == "text/plain" and not plain and not _is_file(part):
            plain = _lines(part, given)
        else:
            others.append(part)
    length = _length(plain)
    if length < _STUB:
        for part in others:
            tried = Parts(count=parts.count)
            _add(part, tried, given)
            if _length(tried.lines) > _MORE * length:
                plain = tried.lines
                length = _length(plain)
    _add_lines(plain, parts)
    for part in others:  # its attachments, and a text without a plain one
        tried = Parts(count=parts.count)
        if part.get_content_type() not in ("text/html", "text/plain", "text/enriched"):
            _add(part, tried, given)
        parts.count = max(parts.count, tried.count)
        parts.attachments += tried.attachments
        parts.messages += tried.messages
        parts.reasons += tried.reasons


def _length(lines: list[Line]) -> int:
    return sum(len(line.text.strip()) for line in lines)


def _is_file(part: email.message.Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(
        part.get_filename() and part.get_content_disposition() != "inline"
    )


def _is_inline(part: email.message.Message) -> bool:
    return part.get_content_disposition() != "attachment" and "content-id" in part


def _name(part: email.message.Message, number: int, given: str) -> str:
    """Return the name of an attachment: that which the message states, or its number."""
    try:
        name = str(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):
        name = ""
    if "=?" in name or not name.isprintable():
        name = value_text(name, given)
    name = name.replace("\\", "/").rpartition("/")[2].strip().strip(".") or ""
    if not name:
        known = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml"}
        kind = part.get_content_type()
        name = f"{number}{known.get(kind) or mimetypes.guess_extension(kind) or ''}"
    return printable(name)[:200]
