"""Header blocks: lines of "Key: value" above a text, as people, programs and mail write them.

MultiMarkdown, Pelican, Nikola, reStructuredText and Pandoc have such lines, and so have texts that
were copied from a database or saved from mail.
"""

import contextlib
import re
from typing import Any, NamedTuple

from nutgraf_index.properties.keys import property_of

__all__ = ["Field", "field_of", "header_block", "header_values"]

_LONGEST = 1 << 16  # characters of a header block
_MOST_WORDS = 3  # of a key
# A mark is that of Nikola or reStructuredText, or emphasis of Markdown: ".. date:", "**Date:**".
_FIELD = re.compile(
    r"(?:\.\. |:|[*_]{1,3})?(?P<key>[^\W\d_][\w./-]*(?: [\w./-]+){0,3}?)[*_]{0,3}[ \t]*:[*_]{0,3}"
    r"(?:[ \t]+(?P<value>\S.*)|[ \t]*$)"
)
_PANDOC = re.compile(r"(?:%[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,3}")
_MAIL = frozenset({"from", "to", "date", "sent", "message-id", "received", "return-path"})
_MOST_MAIL_FIELDS = 100
_EMPHASIS = "*_ \t"
_BY_POSITION = ("title", "author", "date")  # of the lines of Pandoc


class Field(NamedTuple):
    """The key and the value of a line; the value is empty if the line has none."""

    key: str
    value: str


def header_block(text: str, start: int) -> tuple[int, int, int] | None:
    r"""Return the span of the header block at an offset, and where the story is read from.

    The line breaks of the text must all be ``\n``. A header block has two known keys, or a title or
    date beside other keys. It ends at a blank line, unless a known key follows; at a line that is
    no field; or at the key of the text. Return None if there is none, or no text after it.
    """
    window = text[start : start + _LONGEST]
    if window.startswith("%"):
        match = _PANDOC.match(window)
        size = match.end() if match and window.count("\n%", 0, match.end()) else 0
    else:
        size = _size(window)
    if not size or (len(window) == _LONGEST and size > _LONGEST // 2):
        return None
    if not window[size:].strip() and len(window) < _LONGEST:
        return None
    return start, start + len(window[:size].rstrip()), start + size


def header_values(block: str) -> dict[str, Any]:
    """Return the values of a header block; of repeated keys, the first, or all authors."""
    if block.startswith("%"):
        lines = [" ".join(line.split()) for line in re.split(r"^%", block, flags=re.MULTILINE)[1:]]
        values = {key: line for key, line in zip(_BY_POSITION, lines, strict=False) if line}
        return {**values, "author": re.split(r"\s*;\s*", values.get("author", ""))}
    read: list[tuple[str, list[str]]] = []
    for line in block.split("\n"):
        field = None if line[:1].isspace() else field_of(line)
        if field:
            read.append((field.key, [field.value]))
        elif read and line.strip():
            read[-1][1].append(line.strip())
    fields = [Field(key, " ".join(filter(None, value))) for key, value in read]
    return _mail(fields) if _is_mail([key for key, _ in fields]) else _values(fields)


def _values(read: list[Field]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in read:
        known = property_of(key)
        if known == "text":
            continue
        if known == "authors" and key in values:
            values[key] = [*([values[key]] if isinstance(values[key], str) else values[key]), value]
        else:
            values.setdefault(key, value)
    return values


def _mail(read: list[Field]) -> dict[str, Any]:
    """Return the properties in the header of a mail; the other fields are kept under their keys."""
    from email.utils import getaddresses  # slow to import and seldom needed

    values: dict[str, Any] = {}
    for key, value in read:
        values.setdefault(key.lower(), _decoded(value))
    senders = getaddresses([values.get("from", "")])
    authors = [_in_order(name) or address for name, address in senders if name or address]
    title, date = values.pop("subject", ""), values.pop("date", "") or values.pop("sent", "")
    if authors == [values.get("from")]:  # it says no more than the name
        del values["from"]
    properties = {"title": title, "authors": authors, "date": date}
    return {**{key: value for key, value in properties.items() if value}, **values}


def _in_order(name: str) -> str:
    """Return a name with the given name first: "Roe, Jane" is Jane Roe."""
    last, _, first = name.partition(", ")
    return f"{first} {last}" if first and "," not in first else name


def _decoded(value: str) -> str:
    """Return a header whose encoded words (RFC 2047) are decoded."""
    if "=?" not in value:
        return value
    from email.errors import MessageError  # slow to import and seldom needed
    from email.header import decode_header, make_header

    with contextlib.suppress(MessageError, LookupError, UnicodeError, ValueError):
        return str(make_header(decode_header(value)))
    return value


def _is_mail(keys: list[str]) -> bool:
    folded = set(map(str.lower, keys[:_MOST_MAIL_FIELDS]))
    return "subject" in folded and not folded.isdisjoint(_MAIL)


def _size(window: str) -> int:
    """Return the length of the header block at the beginning of a text; 0 if there is none.

    The label of the text is part of it.
    """
    lines = window.split("\n")
    keys: list[str] = []
    has_value = True  # the field above
    size = position = 0
    for number, line in enumerate(lines):
        known = _known(line)
        if not line.strip():
            below = next((other for other in lines[number + 1 : number + 3] if other.strip()), "")
            if not _known(below) or _is_mail(keys):
                break
        elif known == "text" and keys:
            size = position + _label_length(line)
            break
        elif not line[0].isspace() and (field := field_of(line)):
            keys.append(field.key)
            has_value = bool(field.value)
            size = position + len(line)
        elif keys and (
            line[0].isspace() or not has_value or any(map(_known, lines[number + 1 : number + 2]))
        ):
            has_value = True
            size = position + len(line)
        else:
            break
        position += len(line) + 1
    return size if _is_header(keys) else 0


def _is_header(keys: list[str]) -> bool:
    known = set(map(property_of, keys)) - {""}
    is_titled = len(keys) > 1 and not known.isdisjoint(("title", "date"))
    return len(known) > 1 or is_titled or _is_mail(keys)


def _label_length(line: str) -> int:
    match = _FIELD.match(line)
    assert match is not None
    return match.start("value") if match["value"] else len(line)


def _known(line: str) -> str:
    """Return the property that a line gives; empty if its key is unknown, or if it has none."""
    field = field_of(line)
    return property_of(field.key) if field else ""


def field_of(line: str) -> Field | None:
    """Return the field of a line: a key of few words, of which the first is capitalised."""
    match = _FIELD.match(line)
    if match is None:
        return None
    key = match["key"]
    words = key.split(" ")
    if len(words) > _MOST_WORDS or (len(words) > 1 and key[0].islower()):
        return None
    return Field(key, (match["value"] or "").strip(_EMPHASIS))
