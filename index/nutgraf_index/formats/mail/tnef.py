"""The files in `winmail.dat`, in which Outlook packs what it attaches (TNEF, MS-OXTNEF)."""

import struct
from collections.abc import Iterator

from nutgraf_index.formats.mail.headers import decoded

__all__ = ["is_tnef", "tnef_body", "tnef_files"]

_SIGNATURE = b"\x78\x9f\x3e\x22"
_START = 6  # bytes, with the key
_HEAD = struct.Struct("<BII")  # of an attribute: level, id, length of its value
_CHECKSUM = 2  # bytes
_BODY, _NEW_FILE, _NAME, _CONTENT = 0x0002800C, 0x00069002, 0x00018010, 0x0006800F


def is_tnef(data: bytes) -> bool:
    """Return whether bytes are in this format."""
    return data.startswith(_SIGNATURE)


def tnef_files(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file; the last one may be cut off."""
    name, content = "", b""
    for id, value in (*_attributes(data), (_NEW_FILE, b"")):
        if id == _NEW_FILE:
            if content:
                yield name, content
            name, content = "", b""
        elif id == _NAME:
            name = _text(value)
        elif id == _CONTENT:
            content = value


def tnef_body(data: bytes) -> str:
    """Return the plain text of the message; empty if there is none."""
    return next((_text(value) for id, value in _attributes(data) if id == _BODY), "")


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    offset = _START
    while offset + _HEAD.size <= len(data):
        _, id, length = _HEAD.unpack_from(data, offset)
        offset += _HEAD.size
        yield id, data[offset : offset + length]
        offset += length + _CHECKSUM


def _text(value: bytes) -> str:
    """Return a value as text; it is in an encoding of Windows, and ends with NUL."""
    return decoded(value.partition(b"\0")[0], "")
