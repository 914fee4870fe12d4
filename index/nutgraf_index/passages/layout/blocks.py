"""Lines and blocks: the values that the readers of layout and Markdown return."""

from collections.abc import Iterable, Sequence
from enum import Enum, IntFlag
from functools import cache

from nutgraf_index import core
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.passages.layout.sentences import CONTINUING, LAST

__all__ = [
    "NO_MARKERS",
    "Block",
    "BlockKind",
    "Blocks",
    "Lines",
    "Mark",
    "columns",
]


class BlockKind(Enum):
    """The kind of a block, as its layout shows it. Those after `HIDDEN` are of Markdown only.

    In Python 3.11 access to a member costs as much as a function call, so modules unpack members.
    """

    PARAGRAPH = "paragraph"
    TITLE = "heading of the first level"
    HEADING = "heading of a lower level"
    ITEM = "item"
    HIDDEN = "hidden"  # front matter, a comment or a link definition, which readers do not see
    IMAGE = "image"  # the markup of images, and nothing else
    CAPTION = "caption"  # the line in emphasis or brackets right below an image
    FOOTNOTE = "footnote"
    ROW = "row of a table"
    CODE = "code"
    HTML = "block of HTML"
    TAG = "tag of a site generator"
    TERM = "term of a definition list"
    DESCRIPTION = "description of a term"

    __hash__ = object.__hash__  # the hash of `Enum` is far slower


# A block is a span of a text that the layout separates, without its marker: start, end, kind, and
# the number of its first line, from 0. `Blocks` are the same values as columns.
Block = tuple[int, int, BlockKind, int]
Blocks = tuple[Sequence[int], Sequence[int], Sequence[BlockKind], Sequence[int]]


def columns(blocks: Iterable[Block]) -> Blocks:
    """Return blocks as columns."""
    rows = list(blocks)
    starts, ends = [row[0] for row in rows], [row[1] for row in rows]
    return starts, ends, [row[2] for row in rows], [row[3] for row in rows]


# Most lines begin with one of these characters; no bullet, rule or other marker does.
NO_MARKERS = frozenset("\"'“‘«").union(filter(str.isalpha, map(chr, range(0x600))))


class Mark(IntFlag):
    """The bits of characters at the ends of lines, and of all characters of a line."""

    SPACE = 1 << 0  # the core knows these seven, and the last six
    SMALL = 1 << 1  # a small letter
    CAPITAL = 1 << 2
    DIGIT = 1 << 3
    CASED = 1 << 4  # a letter that no word in capitals has
    OPEN = 1 << 5  # a mark that no entry of a menu ends with
    COLON = 1 << 6
    LAST = 1 << 7  # a sentence may end with it
    LETTER = 1 << 8  # a letter or a number
    PLAIN = 1 << 9  # begins no bullet, rule or other marker
    CONTINUING = 1 << 10  # a sentence goes on with it
    PAUSE = 1 << 11  # ends no paragraph
    CUT = 1 << 12  # ends a line that goes on
    HYPHEN = 1 << 13
    OPENING = 1 << 14  # a bracket or quotation mark before what it encloses
    TELLING = 1 << 15  # a tab, or a mark of fields and addresses
    BLANK = 1 << 27  # of a line: it has a blank
    CELLS = 1 << 28  # it has a tab, or blanks as between the cells of a table
    FIELD = 1 << 29  # it begins with the name of a field
    ADDRESS = 1 << 30  # it is an address of a page or of mail
    CAPITALS = 1 << 31  # all its letters with case are capitals


_SMALL, _CAPITAL = int(Mark.SMALL), int(Mark.CAPITAL)
_PAUSES = ",;-–—&"
_CUTS = _PAUSES + "/©\u00ac\u00ad(“‘«"
_MARKS = {
    Mark.OPEN: CONTINUING.union(_CUTS) - {"©"},
    Mark.COLON: ":",
    Mark.LAST: LAST,
    Mark.PLAIN: NO_MARKERS,
    Mark.CONTINUING: CONTINUING,
    Mark.PAUSE: _PAUSES,
    Mark.CUT: _CUTS,
    Mark.HYPHEN: "-\u00ac\u00ad",
    Mark.OPENING: "\"'“‘«(",
    Mark.TELLING: "\t:@/",
}
_KNOWN = 0x3001  # code points of characters with bits; all white space is among them
_LONGEST_FIELD = 34  # characters of the name of a field


@cache
def _table() -> Numbers:
    """Return the bits of each character, by its code point."""
    bits = [
        Mark.SPACE * sign.isspace()
        | Mark.SMALL * sign.islower()
        | Mark.CAPITAL * sign.isupper()
        | Mark.DIGIT * sign.isdigit()
        | Mark.CASED * (sign.islower() or (sign.istitle() and not sign.isupper()))
        | Mark.LETTER * sign.isalnum()
        for sign in map(chr, range(_KNOWN))
    ]
    for mark, signs in _MARKS.items():
        for sign in signs:
            if ord(sign) < _KNOWN:
                bits[ord(sign)] |= mark
    return uints([*bits, 0])


class _Known(dict[int, int]):
    """For each character beyond the table, one in it with the same bits."""

    def __missing__(self, code: int) -> int:
        sign = chr(code)
        known = sign
        if code >= _KNOWN:
            if sign in LAST:
                known = "؟"
            elif sign.isdigit():
                known = "٠"
            elif sign.isupper():
                known = "Ḁ" if sign.isalnum() else "Ⓐ"
            elif sign.islower():
                known = "ḁ"
            else:
                known = "က" if sign.isalnum() else "†"
        self[code] = ord(known)
        return self[code]


_known = _Known()


class Lines:
    r"""The lines of a text whose line breaks are all ``\n``, in lists by line number from 0.

    Attributes:
        texts: each line without white space at both ends; empty for a blank line.
        offsets: the offset of each line in the text.
        indents: the number of white-space characters before each text.
        widths: the number of characters of indent and text; 0 for a blank line.
        rows: the numbers of all lists, as `core.building.measure_lines` writes them.
    """

    def __init__(self, text: str) -> None:
        self.texts = list(map(str.strip, text.split("\n")))
        self.rows = zeros("I", 8 * len(self.texts))
        if self._measure(text):
            self._measure(text.translate(_known))
        self.offsets, self.indents, self.widths = map(self._column, range(3))

    def _measure(self, text: str) -> bool:
        """Take the measures; return whether the text has characters that the table has not."""
        data = memoryview(text.encode("utf-8", "surrogatepass"))
        has_unknown: bool = core.building.measure_lines(data, _table(), _LONGEST_FIELD, self.rows)
        return has_unknown

    def _column(self, number: int) -> list[int]:
        count = len(self.texts)
        return self.rows[number * count : (number + 1) * count].tolist()

    @lazy
    def openings(self) -> list[int]:
        """The number of characters of each text before its first blank."""
        return self._column(3)

    @lazy
    def heads(self) -> list[int]:
        """The bits of the first character of each text, see `Mark`; 0 for a blank line."""
        return self._column(4)

    @lazy
    def tails(self) -> list[int]:
        """The bits of the last character of each text; 0 for a blank line."""
        return self._column(5)

    @lazy
    def signs(self) -> list[int]:
        """The bits of all characters of each text but white space."""
        return self._column(6)

    @lazy
    def blanks(self) -> list[int]:
        """The number of blanks in each text."""
        return self._column(7)

    def kept(self, numbers: Sequence[int]) -> "Lines":
        """Return the lines with these numbers, numbered anew."""
        count = len(self.texts)
        rows = [self.rows[at + n] for at in range(0, 8 * count, count) for n in numbers]
        return Lines._of([self.texts[number] for number in numbers], uints(rows))

    def blanked(self, numbers: Sequence[int]) -> "Lines":
        """Return the lines, of which those with these numbers are blank."""
        count, texts, rows = len(self.texts), list(self.texts), uints(self.rows)
        for number in numbers:
            texts[number] = ""
            for at in range(count + number, 8 * count, count):  # all but the offset
                rows[at] = 0
        return Lines._of(texts, rows)

    @classmethod
    def _of(cls, texts: list[str], rows: Numbers) -> "Lines":
        lines = cls.__new__(cls)
        lines.texts, lines.rows = texts, rows
        lines.offsets, lines.indents, lines.widths = map(lines._column, range(3))
        return lines

    @lazy
    def have_capitals(self) -> bool:
        """Whether any line begins with a capital."""
        return any(map(_CAPITAL.__and__, self.heads))

    def is_small(self, number: int) -> bool:
        """Return whether a line begins with a small letter."""
        return self.heads[number] & _SMALL != 0

    def start(self, number: int) -> int:
        """Return the offset of a line's first character that is not white space."""
        return self.offsets[number] + self.indents[number]

    def end(self, number: int) -> int:
        """Return the offset after a line's last character that is not white space."""
        return self.offsets[number] + self.widths[number]
