"""The parts of a message: its text, its attachments, the messages in it, and what is not read."""

import email.message
import mimetypes
from dataclasses import dataclass, field

from nutgraf_index.formats.mail.body import html_lines, invitation_lines, part_text, plain_lines
from nutgraf_index.formats.mail.headers import value_text
from nutgraf_index.formats.mail.quotations import Line
from nutgraf_index.formats.mail.repair import (
    content_of,
    inner_message,
    inner_parts,
    media_type,
    outer_parts,
    without_files,
)
from nutgraf_index.formats.mail.tnef import is_tnef, tnef_body, tnef_files
from nutgraf_index.names import counted, printable

__all__ = ["Attachment", "Parts", "parts_of"]

_OUTLOOK = "winmail.dat (a message in the format of Outlook, without files that can be read)"
_MOST_PARTS = 1000  # of a message
_STUB = 200  # characters of a plain part that may only say that the message is in HTML
_MORE = 4  # times the length of such a part that the HTML part has
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature",
               "application/x-pkcs7-signature", "application/pgp-keys")  # fmt: skip
_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_INVITATIONS = ("text/calendar", "application/ics")
_LEFT_OUT = (*_INVITATIONS, "message/delivery-status", "text/rfc822-headers",
             "message/disposition-notification", "text/x-amp-html")  # fmt: skip
# Texts for programs: they are files, also without a name.
_NO_BODY = frozenset(
    "calendar css csv javascript rfc822-headers rtf tab-separated-values vcard x-amp-html x-vcard"
    " xml".split()
)


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
    if _is_only_text(message):
        _add_lines(_lines(message, parts, given), parts)
    else:
        _add(message, parts, given)
    if not any(line.text.strip() for line in parts.lines):
        for outer in outer_parts(message, is_empty=True):
            _add(outer, parts, given)
    if not any(line.text.strip() for line in parts.lines):
        for part in message.walk():
            if part.get_content_type() in _INVITATIONS:
                _add_lines(invitation_lines(part_text(part, given)), parts)
    if parts.count > _MOST_PARTS:
        parts.reasons.append(f"more than {counted(_MOST_PARTS, 'part')}: the others are not read")
    return parts


def _is_only_text(message: email.message.Message) -> bool:
    """Return whether a message is a text and nothing else, whatever its header calls it."""
    if inner_parts(message):
        return False
    kind = media_type(message)
    if kind == "application/octet-stream" and not message.get_filename():
        return b"\0" not in content_of(message)
    return _is_body(kind)


def _is_body(kind: str) -> bool:
    """Return whether a part of a media type is text for the reader of a message."""
    family, _, name = kind.partition("/")
    return family == "text" and name not in _NO_BODY


def _add(part: email.message.Message, parts: Parts, given: str) -> None:
    parts.count += 1
    if parts.count > _MOST_PARTS:
        return
    kind = media_type(part)
    inner = inner_parts(part)
    if kind == "multipart/encrypted":
        parts.reasons.append("encrypted (PGP/MIME): decrypt it, to have it read")
    elif kind == "multipart/alternative" and inner:
        _add_alternative(inner, parts, given)
    elif kind == "message/partial":
        parts.reasons.append("one part of a message that was sent in several")
    elif kind == "message/external-body":
        parts.reasons.append("a file that is kept elsewhere: get it by the address in the message")
    elif kind in _LEFT_OUT or kind in _SIGNATURES:
        pass
    elif kind.startswith("message/") and inner:
        parts.messages += inner_message(part)
    elif inner:
        for one in inner:
            _add(one, parts, given)
    elif kind in _SMIME:
        is_signed = part.get_param("smime-type", "") == "signed-data"
        state = "signed as a whole (S/MIME)" if is_signed else "encrypted (S/MIME)"
        parts.reasons.append(f"{state}: save its content from a mail program, to have it read")
    elif _is_body(kind) and not _is_file(part):
        _add_lines(_lines(part, parts, given), parts)
    elif not (kind.startswith("image/") and _is_inline(part)):
        name = _name(part, len(parts.attachments) + 1, given)
        data = content_of(part)
        if is_tnef(data):
            _add_tnef(data, parts)
        elif data.strip() or part.get_filename():
            parts.attachments.append(Attachment(name, data))
    for outer in outer_parts(part, is_empty=False):
        _add(outer, parts, given)


def _add_lines(lines: list[Line], parts: Parts) -> None:
    if any("-----BEGIN PGP MESSAGE-----" in line.text for line in lines):
        parts.reasons.append("encrypted (PGP): decrypt it, to have it read")
        start = next(n for n, line in enumerate(lines) if "-----BEGIN PGP MESSAGE" in line.text)
        ends = (n for n in range(start, len(lines)) if "-----END PGP MESSAGE" in lines[n].text)
        del lines[start : next(ends, len(lines) - 1) + 1]
    if any(line.text.strip() for line in lines):
        parts.lines += [Line("")] if parts.lines else []
        parts.lines += lines


def _lines(part: email.message.Message, parts: Parts, given: str) -> list[Line]:
    """Return the lines of a text; the files that are in it become attachments."""
    text = part_text(part, given)
    if media_type(part) == "text/html":
        return html_lines(text)
    if "begin " in text:
        text, files = without_files(text)
        parts.attachments += [Attachment(_base(name, ""), data) for name, data in files]
    return plain_lines(part, text)


def _add_alternative(choices: list[email.message.Message], parts: Parts, given: str) -> None:
    """Add the plain one of the alternatives; another one if it has no text of its own."""
    plain: list[Line] = []
    others = []
    for part in choices:
        if media_type(part) == "text/plain" and not plain and not _is_file(part):
            plain = _lines(part, parts, given)
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
        is_text = _is_body(media_type(part)) and not _is_file(part)
        if not is_text:
            _add(part, tried, given)
        elif media_type(part) == "text/plain":  # no other form of the first one, but more text
            _add_lines(_more_lines(_lines(part, parts, given), parts.lines), parts)
        parts.count = max(parts.count, tried.count)
        parts.attachments += tried.attachments
        parts.messages += tried.messages
        parts.reasons += tried.reasons


def _add_tnef(data: bytes, parts: Parts) -> None:
    """Add the files that Outlook has packed, and the text if the message has no other one."""
    files = [Attachment(_base(name, "file"), content) for name, content in tnef_files(data)]
    parts.attachments += files
    text = "" if any(line.text.strip() for line in parts.lines) else tnef_body(data)
    _add_lines([Line(line) for line in printable(text).splitlines()], parts)
    if not files and not text:
        parts.reasons.append(_OUTLOOK)


def _more_lines(lines: list[Line], known: list[Line]) -> list[Line]:
    """Return lines, or none if all of them are known."""
    texts = {line.text for line in known}
    return [] if all(line.text in texts for line in lines) else lines


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
    name = _base(name, "")
    if not name:
        known = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml"}
        kind = media_type(part)
        if kind == "application/octet-stream":  # its content tells more
            return str(number)
        name = f"{number}{known.get(kind) or mimetypes.guess_extension(kind) or ''}"
    return name


def _base(name: str, default: str) -> str:
    """Return the name of a file without its folders."""
    return printable(name.replace("\\", "/").rpartition("/")[2].strip().strip("."))[:200] or default
