"""Lines and blocks: the plain values that layout, markdown and passages hand each other."""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import accumulate
from operator import sub

__all__ = ["NO_MARKERS", "Block", "BlockKind", "Blocks", "Lines", "columns", "with_plain_breaks"]


class BlockKind(Enum):
    """What the layout alone says of a block.

    Python 3.11 takes as long to look up a member as to call a function, so modules unpack them.
    """

    PARAGRAPH = "paragraph"
    TITLE = "heading of the first level"
    HEADING = "heading of a lower level"
    ITEM = "item"
    HIDDEN = "hidden"  # front matter, comments: in the file, but not for the reader


# A stretch [start, end) of a text that the layout sets apart, markers left out: start, end, kind,
# and the number of the line that it starts in. Blocks come as columns, a sequence of each value.
Block = tuple[int, int, BlockKind, int]
Blocks = tuple[Sequence[int], Sequence[int], Sequence[BlockKind], Sequence[int]]


def columns(blocks: Iterable[Block]) -> Blocks:
    """Return blocks as columns."""
    rows = list(blocks)
    starts, ends = [row[0] for row in rows], [row[1] for row in rows]
    return starts, ends, [row[2] for row in rows], [row[3] for row in rows]


# Most lines begin with one of these characters, and no bullet, rule or other marker does.
NO_MARKERS = frozenset("\"'“‘«").union(filter(str.isalpha, map(chr, range(0x600))))


class Lines:
    r"""The lines of a text whose breaks are all ``\n``, in lists by their number from 0.

    `offsets` are where the lines begin. `texts` are without white space at both ends, `indents`
    count the characters of it before them, and `widths` are indent and text together: empty and 0
    for a blank line.
    """

    def __init__(self, text: str) -> None:
        whole = text.split("\n")
        written = list(map(str.rstrip, whole))
        self.offsets = list(accumulate([len(line) + 1 for line in whole], initial=0))
        self.texts = list(map(str.lstrip, written))
        self.widths = list(map(len, written))
        self.indents = [0] * len(whole)
        if self.texts != written:
            self.indents = list(map(sub, self.widths, map(len, self.texts)))

    def start(self, number: int) -> int:
        """Return the offset of a line's first character that is not white space."""
        return self.offsets[number] + self.indents[number]

    def end(self, number: int) -> int:
        """Return the offset behind a line's last character that is not white space."""
        return self.offsets[number] + self.widths[number]


def with_plain_breaks(text: str) -> str:
    r"""Return a text whose breaks are all ``\n``, with every word where it was.

    What a longer break has before its ``\n`` becomes space at the end of the line. A break counts
    once where a converter has doubled the carriage return.

    >>> with_plain_breaks("a\r\nb\rc\r\r\nd")
    'a \nb\nc  \nd'
    """
    if "\r" not in text:
        return text
    return text.replace("\r\r\n", "  \n").replace("\r\n", " \n").replace("\r", "\n")
