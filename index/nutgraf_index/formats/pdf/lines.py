"""The lines of a page in reading order: words become lines, and lines columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median

from nutgraf_index.formats.pdf.characters import Page, Word

__all__ = ["Line", "Region", "regions", "rows_of"]

_SAME_ROW = 0.45  # of the font size: raised and lowered signs stand in the row of their line
_WORD_GAP = 0.85  # of the font size: a wider gap may be one between columns
_FAR = 1.8  # of the font size: a gap in a line of text is narrower, one between cells wider
_GUTTER = 0.75  # of the font size, the least width of the white between columns
_LEAST_LINES = 3  # of a column
_LEAST_CHARACTERS = 12  # of most lines of a column; cells of tables have fewer
_FILLED = 0.55  # of the width of a column that most of its lines fill
_MOST_EDGES = 40  # left edges of a region that are tried as those of a column
_TITLE = 1.12  # of the size of most text
_COLUMNS = 2  # columns beside a column
_NEIGHBOURS = 5  # pieces before and after one that may stand in its row
_DEPTH = 8  # regions within regions
_EVEN, _WIDEST = 1.5, 4.0  # the gaps of a justified line are about as wide as each other
_CAP = 1.7  # a first letter this many times as large as the text beside it is a drop cap


@dataclass(slots=True)
class Line:
    """Words in one row without columns between them. Lengths are those of `Word`.

    `cells` are the left and right ends of the parts that wide gaps separate; empty without gaps.
    """

    words: list[Word]
    page: int
    left: float = field(init=False)
    right: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
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
            if abs(word.base - last.base) <= _SAME_ROW * size and (
                -0.5 * size <= gap <= _WORD_GAP * size
            ):
                pieces[-1].append(word)
                continue
        pieces.append([word])
    return [Line(words, page.number) for words in pieces]


_LEADER = re.compile(r"[.·_…]{4,}$")  # from a title to its page in a table of contents


def regions(pieces: Sequence[Line]) -> list[Region]:
    """Return the regions of a page in reading order, from pieces of lines."""
    return [_region(part) for part in _parts([*pieces], _DEPTH) if part]


def _parts(pieces: list[Line], depth: int) -> Iterable[list[Line]]:
    """Yield pieces by region, in reading order."""
    pieces.sort(key=attrgetter("base"))
    split = _columns(pieces) if depth and len(pieces) >= 2 * _LEAST_LINES else None
    if split is None:
        yield pieces
        return
    for part in split:
        if part:
            yield from _parts(part, depth - 1)


def _columns(pieces: Sequence[Line], depth: int = _COLUMNS) -> list[list[Line]] | None:
    """Return the pieces above, left, right and below the best white between two columns.

    Return None if there is none. `pieces` are sorted from top to bottom. `depth` is how often the
    pieces on a side may be parted again, to see whether these are columns.
    """
    size = median([piece.size for piece in pieces]) or 1.0
    overflowing = _overflowing(pieces)
    best: tuple[int, int, int, float] | None = None
    for edge in _edges(pieces, size):
        white = edge - _GUTTER * size
        first = 0
        for end in range(len(pieces) + 1):
            crosses = end == len(pieces) or (
                pieces[end].left < edge - 0.1 * size
                and pieces[end].right > white
                and end not in overflowing
            )
            if not crosses:
                continue
            run = pieces[first:end]
            if len(run) >= 2 * _LEAST_LINES:
                left = [piece for piece in run if piece.left < white]
                right = [piece for piece in run if piece.left >= white]
                most = min(sum(len(one.text) for one in side) for side in (left, right))
                if best is None or most > best[0]:
                    score = min(_score(left, depth), _score(right, depth))
                    if score and (best is None or score > best[0]):
                        best = score, first, end, white
            first = end + 1
    if best is None:
        return None
    _, first, end, white = best
    while 0 < first < end and _is_title_on(pieces[first - 1], pieces[first], size):
        first += 1
    run = pieces[first:end]
    return [
        [*pieces[:first]],
        [piece for piece in run if piece.left < white],
        [piece for piece in run if piece.left >= white],
        [*pieces[end:]],
    ]


def _overflowing(pieces: Sequence[Line]) -> set[int]:
    """Return the indexes of pieces too long for their column: they run over other pieces."""
    found = set()
    for index, piece in enumerate(pieces):
        for other in pieces[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]:
            if (
                abs(other.base - piece.base) < 0.6 * piece.size
                and piece.left + piece.size < other.left < piece.right - piece.size
            ):
                found.add(index)
    return found


def _is_title_on(line: Line, after: Line, size: float) -> bool:
    """Return whether a line of a title above columns is the next of the title."""
    return (
        after.size >= _TITLE * size
        and abs(after.size - line.size) < 0.05 * line.size
        and after.base - line.base < 1.8 * line.size
    )


def _edges(pieces: Sequence[Line], size: float) -> list[float]:
    """Return the heights at which several pieces begin, from the left; not the leftmost."""
    lefts = sorted(piece.left for piece in pieces)
    edges: list[tuple[int, float]] = []
    start = 0
    for index in range(1, len(lefts) + 1):
        if index == len(lefts) or lefts[index] - lefts[start] > 0.3 * size:
            if index - start >= _LEAST_LINES and start:
                edges.append((index - start, lefts[start]))
            start = index
    edges.sort(reverse=True)
    return [edge for _, edge in edges[:_MOST_EDGES]]


def _score(column: Sequence[Line], depth: int) -> int:
    """Return the characters of pieces that may be a column of text, or several; 0 if they are none.

    `depth` is how often they may be parted.
    """
    if len(column) < _LEAST_LINES:
        return 0
    rows = _merged(column)
    if len(rows) < _LEAST_LINES:
        return 0
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    lengths = sorted(len(row.text) for row in rows)
    if lengths[len(lengths) // 2] < _LEAST_CHARACTERS:
        return 0
    text = "".join(row.text for row in rows)
    if 3 * sum(map(str.isdigit, text)) > len(text):
        return 0  # columns of a table
    filled = sum(row.right - row.left >= _FILLED * (right - left) for row in rows)
    is_column = filled >= len(rows) / 2 or (depth and _columns(column, depth - 1))
    return sum(lengths) if is_column else 0


def _merged(pieces: Iterable[Line]) -> list[Line]:
    """Return the lines that pieces are parts of, from top to bottom."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        for row in rows[:-4:-1]:  # a raised sign may come before the line it stands in
            size = max(piece.size, row[0].size)
            smaller = min(piece.size, row[0].size)
            near = abs(piece.base - row[0].base) <= _SAME_ROW * (
                smaller if smaller < 0.8 * size and len(piece.text) > 3 else size
            )
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
        line.cells = _cells(row, line.size)
        lines.append(line)
    lines.sort(key=attrgetter("base"))
    return lines


def _cells(row: Sequence[Line], size: float) -> list[tuple[float, float]]:
    """Return the ends of the cells that the pieces of a row are; empty if it has one only."""
    words = [word for piece in row for word in piece.words]
    gaps = [after.left - before.right for before, after in pairwise(words)]
    if len(gaps) > 1 and max(gaps) < min(_EVEN * min(gaps), _WIDEST * size):
        return []  # a justified line
    cells = [(row[0].left, row[0].right)]
    for piece in row[1:]:
        if piece.left - cells[-1][1] > _FAR * size:
            cells.append((piece.left, piece.right))
        else:
            cells[-1] = cells[-1][0], max(cells[-1][1], piece.right)
    return cells if len(cells) > 1 else []


def _region(pieces: list[Line]) -> Region:
    lines = _without_drop_caps(_merged(pieces))
    return Region(lines, min(line.left for line in lines), max(line.right for line in lines))


def _without_drop_caps(lines: list[Line]) -> list[Line]:
    """Return lines in which a large first letter stands in front of the line that it begins."""
    if len(lines) < 2:
        return lines
    size = median([line.size for line in lines])
    for index, line in enumerate(lines):
        cap = line.words[0]
        if not (len(cap.text) <= 2 and cap.text.isalpha() and cap.size >= _CAP * size):
            continue
        beside = [
            other
            for other in lines[max(0, index - 4) : index + 2]
            if other is not line
            and other.left >= cap.right - size
            and cap.base - cap.size < other.base <= cap.base + 0.3 * size
        ]
        rest = line.words[1:]
        if rest:
            line.words = rest
            line.measure()
            beside.append(line)
        if not beside:
            line.words = [cap, *rest]
            line.measure()
            continue
        first = min(beside, key=attrgetter("base"))
        word = first.words[0]
        joined = word._replace(text=cap.text + word.text, left=cap.left)
        first.words = [joined, *first.words[1:]]
        for other in beside:
            other.measure()
            other.left = cap.left
        if not rest:
            lines = [other for other in lines if other is not line]
            return _without_drop_caps(lines)
    return lines
