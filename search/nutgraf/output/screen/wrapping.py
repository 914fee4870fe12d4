"""Widths of texts in terminal columns, and line breaks that no text exceeds."""

import functools
import re
import sys
import unicodedata
from collections.abc import Iterator

__all__ = ["columns", "line_spans"]

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_EMOJI_PRESENTATION = "\ufe0f"
_JOINER = "\u200d"
_VIRAMA = 9  # the combining class of signs that join two consonants
_INVISIBLE = re.compile(
    "[\u061c\u180e\U000e0000-\U000e007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")  # they join the syllable before them
_SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG_HALF = re.compile("[\U0001f1e6-\U0001f1ff]")
_PICTURE = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]")
# Between the signs of these scripts a line may end: they have no blanks between words.
_SIGN = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff"
# No line begins with these (kinsoku), nor ends with the opening ones.
_CLOSING = (
    "\u2019\u201d\u2025\u2026\u203c\u2047-\u2049"
    "\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f\u303b"
    "ぁぃぅぇぉっゃゅょゎゕゖ\u309b-\u309e\u30a0ァィゥェォッャュョヮヵヶ\u30fb-\u30fe\u31f0-\u31ff"
    "\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60-\uff65\uff67-\uff70\uff9e\uff9f"
    "!),.:;?\\]}%"
)
_OPENING = (
    "\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d"
    "\uff08\uff3b\uff5b\uff5f\uff62(\\[{"
)
_JOINED = (
    "\u0300-\u036f\u200d\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
# Thai, Lao, Burmese and Khmer: a cluster is a letter with its signs, which no line end parts.
_CLUSTERED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_BEFORE = "\u0e40-\u0e44\u0ec0-\u0ec4"  # vowels that stand before their consonant
_AFTER = "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0e5a\u0e5b\u0eaf\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6"
_AFTER += "\u104a\u104b\u17d4-\u17da"
_MARKS = "".join(
    sign
    for sign in map(chr, (*range(0x0E00, 0x0F00), *range(0x1000, 0x10A0), *range(0x1780, 0x1800)))
    if unicodedata.category(sign) in ("Mn", "Mc", "Me")
)
_TAIL = rf"[{_MARKS}{_AFTER}{_CLOSING}\u200d*]"
_STACKED = f"(?<=[\u1039\u17d2])[{_CLUSTERED}]"  # below the sign that puts a letter there
_KILLED = "[\u1000-\u1021](?=\u1037?\u103a)"  # the last consonant of a Burmese syllable
_SYLLABLE = "[\u0f00-\u0f0a\u0f15-\u0fff]+[\u0f0b-\u0f14]*|[\u0f0b-\u0f14]+"  # Tibetan
_UNSPACED = f"{_SIGN}{_CLUSTERED}\u0f00-\u0fff"
_OPEN = rf"[{_OPENING}*]{{0,9}}"
_PIECE = re.compile(
    rf"{_OPEN}[{_SIGN}][{_CLOSING}{_JOINED}*]*"
    rf"|{_OPEN}[{_BEFORE}]?[{_CLUSTERED}](?:{_TAIL}|{_STACKED}|{_KILLED})*"
    rf"|{_SYLLABLE}"
    rf"|(?:(?!{_OPEN}[{_UNSPACED}])\S)+[{_CLOSING}]*"
    rf"|\S"
)


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


def line_spans(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open offsets of the lines of a text, each of at most `width` columns.

    A line ends between words. In scripts without blanks, it ends between signs, or between letters
    with all that belongs to them, but not before closing punctuation. A word that is longer than a
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
            elif _joins(text[end - 1], sign):
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


def _joins(before: str, sign: str) -> bool:
    """Return whether a sign of its own width belongs to the sign before.

    So do joined emoji and skin tones; vowels of Indic scripts that stand beside their consonant,
    and consonants that a virama joins.
    """
    if sign.isascii():
        return before == _JOINER and sign != " "
    if before == _JOINER or _SKIN_TONE.match(sign):
        return True
    category = unicodedata.category(sign)
    return category == "Mc" or (category == "Lo" and unicodedata.combining(before) == _VIRAMA)


@functools.cache
def _width(sign: str) -> int:
    """Return the columns of a character: 2 for wide ones, 0 for accents and invisible ones."""
    if unicodedata.category(sign) in ("Mn", "Me") or _INVISIBLE.match(sign) or _JAMO.match(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF" or _PICTURE.match(sign):
        return 2
    return 1
