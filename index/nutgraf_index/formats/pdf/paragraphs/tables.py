"""The tables of a region: rows whose cells stand below each other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nutgraf_index.formats.pdf.lines.rows import Line

__all__ = ["rows_of_tables"]

_Span = tuple[float, float]

_FAR = 1.8  # of the font size: a gap between cells is wider, if nothing else tells of it
_BLANK = 0.2  # of the font size: the least gap between words
_WHITE = 0.32  # of the font size: the least width of a white between columns
_ROWS = 4  # so many rows tell by their blanks alone where the columns are
_FREE = 0.9  # of the rows, at least, leave the white between two columns
_WITH_GAP = 0.5  # of the rows have words on both sides of it
_FEW_ROWS = 3  # may be lines of a justified paragraph
_REACH = 4.0  # of the font size: the distance of two rows, at most
_BETWEEN = 2  # lines of one cell between two rows, at most
_NARROW = 0.6  # of the width of its table: so wide may be a line of one cell


def rows_of_tables(lines: Sequence[Line]) -> list[int]:
    """Return for each line the number of the table it is a row of, from 1; 0 for no table.

    The cells of the rows are set.
    """
    numbers = [0] * len(lines)
    for number, (first, end) in enumerate(_tables(lines), 1):
        rows = lines[first:end]
        whites = _whites([row for row in rows if _gaps(row, _FAR)])
        for index, row in enumerate(rows, first):
            row.cells = _cells(row, whites)
            numbers[index] = number
    return numbers


def _tables(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the rows of each table."""
    rows = [bool(_gaps(line, _FAR)) for line in lines]
    first = end = -1
    for index, line in enumerate(lines):
        if not rows[index]:
            continue
        last = end - 1
        between = lines[last + 1 : index] if first >= 0 else ()
        if (
            first >= 0
            and len(between) <= _BETWEEN
            and line.base - lines[last].base < _REACH * line.size * (1 + len(between) / 2)
            and _are_rows(lines[last], line)
            and all(_is_in_table(one, lines[last], line) for one in between)
        ):
            end = index + 1
            continue
        if end - first > 1 and not _is_justified(lines, first, end):
            yield first, end
        first, end = index, index + 1
    if end - first > 1 and not _is_justified(lines, first, end):
        yield first, end


def _is_justified(lines: Sequence[Line], first: int, end: int) -> bool:
    """Return whether few rows are lines of a justified paragraph: it goes on above or below."""
    row = lines[first]
    are_even = all(line.is_even for line in lines[first:end])
    return end - first <= _FEW_ROWS and any(
        0 <= at < len(lines)
        and abs(lines[at].left - row.left) < _FAR * row.size
        and (are_even or abs(lines[at].right - row.right) < 0.2 * row.size)
        and abs(lines[at].base - lines[near].base) < 1.6 * row.size
        and not _gaps(lines[at], _FAR)
        for at, near in ((first - 1, first), (end, end - 1))
    )


def _are_rows(one: Line, other: Line) -> bool:
    """Return whether two lines with wide gaps are rows of a table.

    Half of the cells but the first begin or end below each other. Justified lines with wide
    blanks have none, or few of many.
    """
    slack = 0.6 * one.size
    firsts, others = (_parts(line, _gaps(line, _FAR))[1:] for line in (one, other))
    few, many = sorted((firsts, others), key=len)
    aligned = sum(
        any(
            abs(left - x) < slack or abs(right - y) < slack or abs(left + right - x - y) < slack
            for x, y in many
        )
        for left, right in few
    )
    if one.is_even and other.is_even:
        return aligned == len(few) and len(few) == len(many)
    return 2 * aligned >= len(few)


def _is_in_table(line: Line, above: Line, below: Line) -> bool:
    """Return whether a line without wide gaps stands between two rows of one table."""
    left, right = min(above.left, below.left), max(above.right, below.right)
    is_within = line.left >= left - line.size and line.right <= right + line.size
    return is_within and line.right - line.left <= _NARROW * (right - left)


def _gaps(line: Line, least: float) -> list[_Span]:
    """Return the gaps between the words of a line that are wider than `least` font sizes."""
    return [
        (word.right, after.left)
        for word, after in pairwise(line.words)
        if after.left - word.right > least * line.size
    ]


def _parts(line: Line, gaps: Sequence[_Span]) -> list[_Span]:
    """Return the left and right ends of the parts of a line that gaps separate."""
    lefts = [line.left, *(right for _, right in gaps)]
    rights = [*(left for left, _ in gaps), line.right]
    return [*zip(lefts, rights, strict=True)]


def _whites(rows: Sequence[Line]) -> list[_Span]:
    """Return the whites between the columns of a table, from the left.

    It is wider than blanks between words, so that equal words in several rows make none.
    """
    if len(rows) < _ROWS:
        return []
    blanks = [_gaps(row, _BLANK) for row in rows]
    ends = sorted({x for gaps in blanks for gap in gaps for x in gap})
    whites: list[_Span] = []
    for left, right in pairwise(ends):
        middle = (left + right) / 2
        with_gap = sum(any(x <= middle <= y for x, y in gaps) for gaps in blanks)
        outside = sum(not row.left <= middle <= row.right for row in rows)
        if with_gap < _WITH_GAP * len(rows) or with_gap + outside < _FREE * len(rows):
            continue
        if whites and whites[-1][1] == left:
            whites[-1] = whites[-1][0], right
        else:
            whites.append((left, right))
    least = _WHITE * rows[0].size
    return [(left, right) for left, right in whites if right - left >= least]


def _cells(row: Line, whites: Sequence[_Span]) -> list[_Span]:
    """Return the ends of the cells of a row: wide gaps and whites of the table part them."""
    wide = set(_gaps(row, _FAR))
    gaps = [
        gap
        for gap in _gaps(row, _BLANK)
        if gap in wide or any(gap[0] < right and left < gap[1] for left, right in whites)
    ]
    return _parts(row, gaps) if gaps else []
