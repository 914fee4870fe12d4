"""The regions of a page in reading order: white between pieces parts them into columns."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from nutgraf_index.formats.pdf.lines.initials import without_initials
from nutgraf_index.formats.pdf.lines.rows import EVEN, LONG_WORD, Line, Region, merged

__all__ = ["Columns", "regions"]

Columns = tuple[float, float]  # the left edges of two columns beside each other

_GUTTER = 0.75  # of the font size, the least width of the white between columns
_HANGS = 0.5  # of the font size: quotes and slanted letters may stand out of their column
_LEAST_LINES = 3  # of a column
_LEAST_CHARACTERS = 12  # of most lines of a column; cells of tables have fewer
_FILLED = 0.55  # of the width of a column that most of its lines fill
_MOST_EDGES = 40  # left edges of a region that are tried as those of a column
_TITLE = 1.12  # of the size of most text
_INDENT = 2.0  # of the font size, at most, of a first line
_REACH = 3.0  # of its size: what a title stands above begins within so much
_CLEAR = 2.0  # of the font size, at least, are left beside a title above columns
_COLUMNS = 2  # columns beside a column
_BESIDE = 0.8  # of the cells of a column, at least, have one beside them
_FEW_WORDS = 5  # of most cells of a column; a line of a column of text has more
_GOES_ON = 0.15  # of the lines of a text begin with a small letter, at least
_FEW = 12  # one of so many lines
_FEW_PIECES = 40  # of lines: blanks of more do not stand below each other by chance
_DEPTH = 8  # regions within regions


def regions(
    pieces: Sequence[Line],
    vocabulary: Mapping[str, int] | None = None,
    columns: list[Columns] | None = None,
) -> list[Region]:
    """Return the regions of a page in reading order, from pieces of lines.

    `vocabulary` counts the words of the document, in small letters. `columns` are those found on
    the pages before; those of this page are added.
    """
    parts = _parts([*pieces], _DEPTH, [] if columns is None else columns)
    return [_region(part, vocabulary or {}) for part in parts if part]


def _parts(pieces: list[Line], depth: int, columns: list[Columns]) -> Iterable[list[Line]]:
    """Yield pieces by region, in reading order.

    `columns` are those found so far in the document; others are added.
    """
    pieces.sort(key=attrgetter("base"))
    split = _columns(pieces) if depth and len(pieces) >= 2 * _LEAST_LINES else None
    if split:
        left, right = (min(piece.left for piece in side) for side in split[2:4])
        columns.append((left, right))
    elif depth and len(pieces) > 1:
        split = _rest_of_columns(pieces, columns)
    if split is None:
        yield pieces
        return
    for part in split:
        if part:
            yield from _parts(part, depth - 1, columns)


def _rest_of_columns(pieces: Sequence[Line], columns: Sequence[Columns]) -> list[list[Line]] | None:
    """Return such parts as `_columns` does for the white between columns found elsewhere.

    So few lines would be no columns on their own. Return None if they stand in no such columns.
    """
    size = median([piece.size for piece in pieces]) or 1.0
    overflowing = _overflowing(pieces)
    for left_edge, edge in columns:
        white = edge - _GUTTER * size
        first = 0
        for index in range(len(pieces)):
            if _crosses(pieces, index, edge, size) and index not in overflowing:
                first = index + 1
        above, run = pieces[:first], pieces[first:]
        left = [piece for piece in run if piece.left < white]
        right = [piece for piece in run if piece.left >= white]
        if (
            left
            and right
            and -0.3 * size < min(piece.left for piece in left) - left_edge < _INDENT * size
            and -0.3 * size < min(piece.left for piece in right) - edge < _INDENT * size
            and min(_score(left, 0, 2), _score(right, 0, 1))
            and not _is_justified(run, white)
        ):
            return [[*above], [], left, right, []]
    return None


def _columns(pieces: Sequence[Line], depth: int = _COLUMNS) -> list[list[Line]] | None:
    """Return the pieces above, of the title, left, right and below the best white between columns.

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
                end not in overflowing and _crosses(pieces, end, edge, size)
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
                    if score and _is_tabular(left, right):
                        score = 0
                    if score and (best is None or score > best[0]):
                        best = score, first, end, white
            first = end + 1
    if best is None:
        return None
    _, first, end, white = best
    while 0 < first < end and _is_title_on(pieces[first - 1], pieces[first], size):
        first += 1
    run = pieces[first:end]
    left = [piece for piece in run if piece.left < white]
    right = [piece for piece in run if piece.left >= white]
    if not (left and right):
        return None
    top = first
    while top - 1 in titles and _spans(pieces, top - 1, white, size):
        top -= 1
    return [[*pieces[:top]], [*pieces[top:first]], left, right, [*pieces[end:]]]


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


def _crosses(pieces: Sequence[Line], index: int, edge: float, size: float) -> bool:
    """Return whether a piece stands on the white in front of an edge.

    An address that no line of its column can hold may do so, beside the lines of the other column.
    """
    piece = pieces[index]
    white = edge - _GUTTER * size
    if piece.left >= edge - _HANGS * size or piece.right <= white:
        return False
    word = piece.words[-1]
    if word.left >= white or len(word.text) < LONG_WORD:
        return True
    sides = {
        (other.base > piece.base) - (other.base < piece.base)
        for other in _around(pieces, index)
        if other.left >= white
    }
    return not (0 in sides or len(sides) > 1)


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
    for row in merged(run):
        gaps = [after.left - word.right for word, after in pairwise(row.words)]
        crossing = next((i for i, word in enumerate(row.words[1:]) if word.left >= white), None)
        if crossing is None or row.left >= white:
            continue
        others = gaps[:crossing] + gaps[crossing + 1 :]
        rows += 1
        even += bool(others) and gaps[crossing] < EVEN * median(others)
    return 2 * even > rows


def _is_tabular(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Return whether the pieces on both sides of a white are cells of rows, not lines of columns.

    They stand beside each other, and no sentence goes on from line to line.
    """
    cells = [_beside(one, other) for one, other in ((left, right), (right, left))]
    if len(cells[0]) < _BESIDE * len(left) and len(cells[1]) < _BESIDE * len(right):
        return False
    return all(cells) and not any(map(_flows, cells))


def _beside(column: Sequence[Line], other: Sequence[Line]) -> list[Line]:
    """Return the pieces of a column that stand in a row with a piece of another."""
    bases = [piece.base for piece in other]
    found = []
    for piece in column:
        reach = 0.3 * piece.size
        at = bisect_left(bases, piece.base - reach)
        if at < len(bases) and bases[at] < piece.base + reach:
            found.append(piece)
    return found


def _flows(column: Sequence[Line]) -> bool:
    """Return whether the lines of a column are those of sentences, which go on in the next line.

    They have many words, or begin with small letters.
    """
    rows = merged(column)
    words = sorted(len(row.words) for row in rows)
    if words[len(words) // 2] > _FEW_WORDS:
        return True
    begins = [row.text.lstrip("\"'“‘«(")[:1] for row in rows]
    if not any(one.isupper() or one.islower() for one in begins):
        return True  # a script without capitals
    return sum(one.islower() for one in begins) > _GOES_ON * len(rows)


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


def _score(column: Sequence[Line], depth: int, least: int = _LEAST_LINES) -> int:
    """Return the characters of pieces that may be a column of text, or several; 0 if they are none.

    `depth` is how often they may be parted, `least` the lines that they must have.
    """
    if len(column) < least:
        return 0
    rows = merged(column)
    if len(rows) < least:
        return 0
    left = min(row.left for row in rows)
    own = [row for row in rows if len(row.words[-1].text) < LONG_WORD] or rows
    rights = sorted(row.right for row in own)
    right = rights[len(own) - 1 - len(own) // _FEW]  # a few may be longer than it is wide
    lengths = sorted(len(row.text) for row in rows)
    if lengths[len(lengths) // 2] < _LEAST_CHARACTERS:
        return 0
    text = "".join(row.text for row in rows)
    if 3 * sum(map(str.isdigit, text)) > len(text):
        return 0  # columns of a table
    filled = sum(row.right - row.left >= _FILLED * (right - left) for row in rows)
    is_column = filled >= len(rows) / 2 or (depth and _columns(column, depth - 1))
    return sum(lengths) if is_column else 0


def _region(pieces: list[Line], vocabulary: Mapping[str, int]) -> Region:
    lines = without_initials(merged(pieces), vocabulary)
    return Region(lines, min(line.left for line in lines), max(line.right for line in lines))
