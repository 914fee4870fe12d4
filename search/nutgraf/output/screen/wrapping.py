"""Widths of texts in terminal columns, and line breaks that no text exceeds."""

import functools
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = ["columns", "flowed", "line_spans"]

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_EMOJI_PRESENTATION = "\ufe0f"
_JOINER = "\u200d"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")  # they join the syllable before them
_SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG_HALF = re.compile("[\U0001f1e6-\U0001f1ff]")
_PICTURE = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]")
# Chinese and Japanese have no blanks: a line may end after each sign, but not before a closing one.
_SIGN = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff"
_CLOSING = "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015"
_CLOSING += "\u30fc\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
_JOINED = "\u0300-\u036f\u200d\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_PIECE = re.compile(rf"\**[{_SIGN}][{_CLOSING}{_JOINED}*]*|[^\s{_SIGN}]+")


def columns(text: str) -> int:
    """Return the number of terminal columns that a text takes, without its colour codes.

    Terminals differ in the width of joined emoji; the number is that of the widest.

    >>> columns("naïve"), columns("東京"), columns("e\u0301")
    (5, 4, 1)
    """
    text = _ESCAPES.sub("", text)
    if text.isascii():
        return len(text)
    return sum(width for _, _, width in _clusters(text))


def flowed(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    r"""Return a text with single blanks for its white space, and its spans in the new text.

    Spans are half-open and sorted. A span with white space becomes one for each of its words.

    >>> flowed("an  otter\nswims", [(4, 9)])
    ('an otter swims', [(3, 8)])
    """
    chunks: list[str] = []
    moved: list[tuple[int, int]] = []
    pending = iter(spans)
    span = next(pending, None)
    length = 0
    for chunk in re.finditer(r"\S+", text):
        shift = length - chunk.start()
        while span is not None and span[0] < chunk.end():
            start, end = max(span[0], chunk.start()), min(span[1], chunk.end())
            moved += [(start + shift, end + shift)] * (start < end)
            if span[1] > chunk.end():
                break  # the rest of the span is in later chunks
            span = next(pending, None)
        chunks.append(chunk[0])
        length += len(chunk[0]) + 1
    return " ".join(chunks), moved


def line_spans(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open offsets of the lines of a text, each of at most `width` columns.

    A line ends between words, or between Chinese or Japanese signs. A word that is longer than a
    line is broken between characters. A wide sign has a line of its own where `width` is 1.
    """
    start = end = used = 0
    for piece in _PIECE.finditer(text):
        first, last = piece.span()
        wide = columns(piece[0])
        if start < end and used + (first - end) + wide <= width:
            used += first - end + wide
            end = last
            continue
        if start < end:
            yield start, end
        start, end, used = first, last, wide
        if wide <= width:
            continue
        end, used = first, 0
        for begin, stop, cluster in _clusters(piece[0], width):
            if start < end and used + cluster > width:
                yield start, end
                start, used = first + begin, 0
            end = first + stop
            used += cluster
    if start < end:
        yield start, end


def _clusters(text: str, most: int = sys.maxsize) -> Iterator[tuple[int, int, int]]:
    """Yield the offsets and the width of each character with the signs that combine with it.

    Joined emoji of more than `most` columns are separated.
    """
    start, length = 0, len(text)
    while start < length:
        width = _width(text[start])
        end = start + 1
        while end < length:
            sign = text[end]
            if sign == _EMOJI_PRESENTATION and text[start] != " ":
                width = max(width, 2)
            elif (text[end - 1] == _JOINER and sign != " ") or _SKIN_TONE.match(sign):
                if width + _width(sign) > most:
                    break
                width += _width(sign)
            elif _FLAG_HALF.match(sign) and _FLAG_HALF.fullmatch(text[start:end]):
                pass  # the two halves of a flag are as wide as one
            elif _width(sign):
                break
            end += 1
        yield start, end, width
        start = end


@functools.cache
def _width(sign: str) -> int:
    """Return the columns of a character: 2 for wide ones, 0 for accents and invisible ones."""
    if unicodedata.category(sign) in ("Mn", "Me") or _INVISIBLE.match(sign) or _JAMO.match(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF" or _PICTURE.match(sign):
        return 2
    return 1
