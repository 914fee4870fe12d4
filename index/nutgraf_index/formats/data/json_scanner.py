"""Scans JSON piece by piece: its values one after the other, each with its line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from nutgraf_index.formats.decoding.large_file import DamagedError

__all__ = ["DECODER", "JsonError", "JsonScanner"]

LARGEST = 1 << 26  # characters of one value; an article is far shorter
LONGEST_FIRST_LINE = 1 << 22  # characters; a longer one is not read as a line
_MOST_DIGITS = 4_000  # of a number; Python refuses to convert more
_NEAR_END = 12  # characters: a literal or an escape may be cut
_BLANK = re.compile("[ \\t\\n\\r\ufeff\x1e]*")  # also the marks of JSON text sequences


class JsonError(ValueError):
    """The text is not JSON from a line on, which `line` numbers from 1."""

    def __init__(self, message: str, line: int, column: int = 0) -> None:
        where = f" (column {column})" if column else ""
        super().__init__(f"not JSON: {message}{where}")
        self.line = line


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


# Python's writer of JSON writes NaN for a missing value, and line breaks within texts are common.
DECODER = json.JSONDecoder(parse_constant=lambda _: None, parse_int=_whole_number, strict=False)


def _is_object(line: str) -> bool:
    try:
        return line.lstrip().startswith("{") and isinstance(DECODER.decode(line), dict)
    except (ValueError, RecursionError):
        return False


class JsonScanner:
    """A position in a text that comes in pieces; `line` is its line, from 1."""

    def __init__(self, pieces: Iterator[str], line: int = 1) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._counted = 0  # offset up to which line breaks are counted
        self._line = line
        self._dropped = 0  # characters before `_text`
        self.damage: DamagedError | None = None  # why the text cannot be read to its end

    @property
    def line(self) -> int:
        """The line of the position."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    @property
    def offset(self) -> int:
        """The number of characters before the position."""
        return self._dropped + self._at

    def peek(self) -> str:
        """Move to the next character that is not blank, and return it; empty at the end."""
        while True:
            match = _BLANK.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def take(self) -> None:
        """Move on by the character that `peek` returned."""
        self._at += 1

    def value(self) -> Any:
        """Return the value at the position, and move behind it. Raises `JsonError`."""
        value, self._at = self._decoded()
        return value

    def is_line(self, *, may_end: bool) -> bool:
        """Return whether the first value of the text is an object that is alone on its line.

        `may_end` is whether that may be the only line.
        """
        if self.peek() != "{":
            return False
        while (end := self._text.find("\n", self._at)) < 0:
            if len(self._text) - self._at > LONGEST_FIRST_LINE or not self._read_on():
                break
        first, *others = self._text[self._at :].split("\n", 2) if end >= 0 else [self._text]
        if _is_object(first):
            return may_end or any(map(str.strip, others))
        return bool(others) and _is_object(others[0])  # else the first line alone is damaged

    def rest(self) -> Iterator[str]:
        """Yield the text from the position on, in pieces."""
        yield self._text[self._at :]
        if self.damage:
            raise self.damage
        yield from self._pieces

    def error(self, message: str) -> JsonError:
        """Return the error that the text is not JSON at the position."""
        return JsonError(message, self.line)

    def _decoded(self) -> tuple[Any, int]:
        """Return the value at the position, and the offset of its end."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or (
                    error.pos >= len(self._text) - _NEAR_END
                )
                if is_cut and self._read_on():
                    continue
                if is_cut and (error.msg[0] == "U" or not self._text[error.pos :].strip()):
                    raise JsonError("the file ends within a value", self.line) from None
                column = error.colno if error.lineno > 1 or not self._dropped else 0
                line = self.line + self._text.count("\n", self._at, error.pos)
                raise JsonError(error.msg, line, column) from None
            except RecursionError:
                raise JsonError("nested too deeply", self.line) from None
            # A number at the end of a piece may go on.
            if end < len(self._text) or isinstance(value, str | list | dict):
                return value, end
            if not self._read_on():
                return value, end

    def _next(self) -> str | None:
        """Return the next piece; None at the end of the text, or at its damage."""
        try:
            return next(self._pieces, None)
        except DamagedError as error:
            self.damage = error
            return None

    def _read_on(self) -> bool:
        """Add pieces to the text, as much again as is left of it; return whether there was any."""
        left = len(self._text) - self._at
        if left > LARGEST:
            raise JsonError(f"a value of more than {LARGEST:,} characters", self.line)
        pieces: list[str] = []
        size = 0
        while size <= left and (piece := self._next()) is not None:
            pieces.append(piece)
            size += len(piece)
        if not size:
            return False
        _ = self.line
        self._text = "".join([self._text[self._at :], *pieces])
        self._dropped += self._at
        self._at = self._counted = 0
        return True
