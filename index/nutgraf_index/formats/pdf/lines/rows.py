"""The rows of a page: words with small gaps become pieces, and pieces in a row become lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median

from nutgraf_index.formats.pdf.characters import Page, Word

__all__ = ["EVEN", "LONG_WORD", "SAME_ROW", "Line", "Region", "merged", "rows_of"]

SAME_ROW = 0.45  # of the font size: raised and lowered signs stand in the row of their line
_RAISED = 0.55  # of the font size: small signs, such as the number of a note, are raised so much
EVEN = 1.5  # the gaps of a justified line are about as wide as each other
LONG_WORD = 20  # characters: addresses of pages, which may be wider than a column
_WIDEST = 4.0  # of the font size: a gap in a justified line
_WORD_GAP = 0.85  # of the font size: a wider gap may be one between columns
_LEADER = re.compile(r"[.·_…]{4,}$")  # from a title to its page in a table of contents


@dataclass(slots=True)
class Line:
    """Words in one row without columns between them. Lengths are those of `Word`.

    `is_even` tells whether its gaps are about as wide as each other. `cells` are the left and right
    ends of the cells of a row of a table.
    """

    words: list[Word]
    page: int
    left: float = field(init=False)
    right: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
    is_even: bool = field(init=False, default=False)
    cells: list[tuple[float, float]] = field(init=False, default_factory=list)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        """Compute the properties from the words."""
        words = self.words
        self.left = min(word.left for word in words)
        self.right = max(word.right for word in words)
        main = max(words, key=lambda word: (len(word.text), word.size))
        largest = max(word.size for word in words)
        # A line has the size and height of most of its text.
        weights: dict[float, int] = {}
        for word in words:
            weights[word.size] = weights.get(word.size, 0) + len(word.text)
        self.size = max(weights, key=lambda size: (weights[size], size)) or largest or main.size
        self.base = median([word.base for word in words if word.size == self.size])
        self.bold = all(word.bold for word in words if len(word.text) > 1 or len(words) == 1)
        self.text = " ".join(word.text for word in words)


@dataclass(slots=True)
class Region:
    """Lines of a page, from top to bottom, that no white separates into columns."""

    lines: list[Line]
    left: float
    right: float


def rows_of(page: Page) -> list[Line]:
    """Return the pieces of lines of a page, in the order of the file: words with small gaps."""
    pieces: list[list[Word]] = []
    for word in page.words:
        if (text := _LEADER.sub("", word.text)) != word.text:
            if not text:
                continue
            word = word._replace(text=text)
        if pieces:
            last = pieces[-1][-1]
            size = max(word.size, last.size)
            gap = word.left - last.right
            if abs(word.base - last.base) <= SAME_ROW * size and (
                -0.5 * size <= gap <= _WORD_GAP * size
            ):
                pieces[-1].append(word)
                continue
        pieces.append([word])
    return [Line(words, page.number) for words in pieces]


def merged(pieces: Iterable[Line]) -> list[Line]:
    """Return the lines that pieces are parts of, from top to bottom."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        for row in rows[:-4:-1]:  # a raised sign may come before the line it stands in
            size = max(piece.size, row[0].size)
            smaller = min(piece.size, row[0].size)
            reach = SAME_ROW * size
            if smaller < 0.8 * size:
                sign = piece if piece.size < row[0].size else row[0]
                reach = SAME_ROW * smaller if len(sign.text) > 3 else _RAISED * size
            near = abs(piece.base - row[0].base) <= reach
            if near and all(
                piece.left >= one.right - 0.5 * size or piece.right <= one.left + 0.5 * size
                for one in row
            ):
                row.append(piece)
                break
        else:
            rows.append([piece])
    lines = []
    for row in rows:
        row.sort(key=attrgetter("left"))
        line = Line([word for piece in row for word in piece.words], row[0].page)
        gaps = [after.left - before.right for before, after in pairwise(line.words)]
        line.is_even = len(gaps) > 1 and max(gaps) < min(EVEN * min(gaps), _WIDEST * line.size)
        lines.append(line)
    lines.sort(key=attrgetter("base"))
    return lines
