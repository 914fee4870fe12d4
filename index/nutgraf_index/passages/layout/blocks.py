"""Lines and blocks: the values that the readers of layout and Markdown return."""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import accumulate
from operator import sub

__all__ = [
    "NO_MARKERS",
    "Block",
    "BlockKind",
    "Blocks",
    "Lines",
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


class Lines:
    r"""The lines of a text whose line breaks are all ``\n``, in lists by line number from 0.

    Attributes:
        offsets: the offset of each line in the text.
        texts: each line without white space at both ends; empty for a blank line.
        heads: the first character of each text; empty for a blank line.
        indents: the number of white-space characters before each text.
        widths: the number of characters of indent and text; 0 for a blank line.
    """

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self.texts = list(map(str.strip, lines))
        self.heads = [text[:1] for text in self.texts]
        self.widths = list(map(len, lines))
        self.offsets = list(accumulate([width + 1 for width in self.widths], initial=0))
        self.indents = [0] * len(lines)
        if self.texts != lines:
            stripped = list(map(str.rstrip, lines))
            self.widths = list(map(len, stripped))
            self.indents = list(map(sub, self.widths, map(len, self.texts)))

    def keep(self, numbers: Sequence[int]) -> None:
        """Leave out all lines but those with these numbers, which are numbered anew."""
        self.offsets = [self.offsets[number] for number in numbers]
        self.texts = [self.texts[number] for number in numbers]
        self.heads = [self.heads[number] for number in numbers]
        self.widths = [self.widths[number] for number in numbers]
        self.indents = [self.indents[number] for number in numbers]

    def start(self, number: int) -> int:
        """Return the offset of a line's first character that is not white space."""
        return self.offsets[number] + self.indents[number]

    def end(self, number: int) -> int:
        """Return the offset after a line's last character that is not white space."""
        return self.offsets[number] + self.widths[number]
