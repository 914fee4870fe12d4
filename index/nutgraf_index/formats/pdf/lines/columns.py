"""The regions of a page in reading order: white between pieces parts them into columns."""

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from nutgraf_index.formats.pdf.lines.initials import without_initials
from nutgraf_index.formats.pdf.lines.rows import EVEN, SAME_ROW, Line, Region, merged

__all__ = ["regions"]

_GUTTER = 0.75  # of the font size, the least width of the white between columns
_LEAST_LINES = 3  # of a column
_LEAST_CHARACTERS = 12  # of most lines of a column; cells of tables have fewer
_FILLED = 0.55  # of the width of a column that most of its lines fill
_MOST_EDGES = 40  # left edges of a region that are tried as those of a column
_TITLE = 1.12  # of the size of most text
_REACH = 3.0  # of its size: what a title stands above begins within so much
_CLEAR = 2.0  # of the font size, at least, are left beside a title above columns
_COLUMNS = 2  # columns beside a column
_FEW_PIECES = 40  # of lines: blanks of more do not stand below each other by chance
_DEPTH = 8  # regions within regions
_LONG_WORD = 20  # characters: addresses of pages, which are wider than a column


def regions(pieces: Sequence[Line], vocabulary: Container[str] = ()) -> list[Region]:
    """Return the regions of a page in reading order, from pieces of lines.

    `vocabulary` has the words of the document, in small letters.
    """
    return [_region(part, vocabulary) for part in _parts([*pieces], _DEPTH) if part]


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
    titles = {index for index, piece in enumerate(pieces) if piece.size >= _TITLE * size}
    best: tuple[int, int, int, float] | None = None
    for edge in _edges(pieces, size):
        white = edge - _GUTTER * size
        first = 0
        for end in range(len(pieces) + 1):
            crosses = end == len(pieces) or (
                pieces[end].left < edge - 0.1 * size
                and pieces[end].right > white
                and end not in overflowing
                and not _is_overlong(pieces[end], white)
            )
            if not crosses and not (end in titles and _spans(pieces, end, white, size)):
                continue
            run = pieces[first:end]
            if len(run) >= 2 * _LEAST_LINES:
                left = [piece for piece in run if piece.left < white]
                right = [piece for piece in run if piece.left >= white]
                most = min(sum(len(one.text) for one in side) for side in (left, right))
                if (best is None or most > best[0]) and not _is_justified(run, white):
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
    """Return the indexes of pieces that are longer than their column is wide.

    They run over other pieces.
    """
    found = set()
    for index, piece in enumerate(pieces):
        for other in _around(pieces, index):
            if (
                abs(other.base - piece.base) < 0.6 * piece.size
                and piece.left + piece.size < other.left < piece.right - piece.size
            ):
                found.add(index)
    return found


def _is_overlong(piece: Line, white: float) -> bool:
    """Return whether only the last word of a piece, one that no line can hold, crosses a white."""
    word = piece.words[-1]
    return word.left < white and len(word.text) >= _LONG_WORD


def _spans(pieces: Sequence[Line], index: int, white: float, size: float) -> bool:
    """Return whether a title on one side of a white stands above the columns on both sides.

    Nothing stands beside it, and the columns below begin at one height.
    """
    title = pieces[index]
    is_left = title.left < white
    for other in _around(pieces, index):
        is_beside = title.base - title.size < other.base < title.base + 0.8 * other.size
        if is_beside and (other.left < white) != is_left:
            return False
    tops: dict[bool, float] = {}
    for other in pieces[index + 1 :]:
        if other.base - title.base > _REACH * title.size or len(tops) == 2:
            break
        if other.size < _TITLE * size or len(other.text) <= 2:  # or it is of the title
            tops.setdefault(other.left < white, other.base - other.size)
    if len(tops) < 2 or abs(tops[True] - tops[False]) > 0.5 * size:
        return False
    below = min(tops.values())
    above = [other.base for other in pieces[:index] if (other.left < white) != is_left]
    return bool(above) and below - above[-1] > _CLEAR * size


def _around(pieces: Sequence[Line], index: int) -> Iterable[Line]:
    """Yield the pieces within two sizes above or below a piece."""
    piece = pieces[index]
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(pieces) and abs(pieces[at].base - piece.base) < 2 * piece.size:
            yield pieces[at]
            at += step


def _is_justified(run: Sequence[Line], white: float) -> bool:
    """Return whether few lines are parted by wide blanks that happen to stand below each other.

    Then the blanks within their parts are about as wide.
    """
    if len(run) > _FEW_PIECES:
        return False
    rows = even = 0
    for index, piece in enumerate(run):
        if piece.left < white:
            continue
        beside = [
            other
            for other in _around(run, index)
            if other.left < white and abs(other.base - piece.base) < SAME_ROW * piece.size
        ]
        if not beside:
            continue
        before = max(beside, key=attrgetter("right"))
        blanks = [
            after.left - word.right
            for words in (before.words, piece.words)
            for word, after in pairwise(words)
        ]
        rows += 1
        even += bool(blanks) and piece.left - before.right < EVEN * median(blanks)
    return 2 * even > rows


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
    rows = merged(column)
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


def _region(pieces: list[Line], vocabulary: Container[str]) -> Region:
    lines = without_initials(merged(pieces), vocabulary)
    return Region(lines, min(line.left for line in lines), max(line.right for line in lines))
