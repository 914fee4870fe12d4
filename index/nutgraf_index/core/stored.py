"""What is stored of passages, read in place: numbers from the arrays of a segment's file.

A number is read only from a block of the file that was checked. A column is a row of three numbers:
the byte of the file that it begins at, how many bytes each of its numbers has, and how many there
are.
"""

from __future__ import annotations

import cython

__all__ = ["ROWS", "passages"]

ROWS = 18  # what is told of a passage; see `passages`

_MOST = cython.declare(cython.ulonglong, 0x7FFF_FFFF_FFFF_FFFF)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _number(
    data: cython.const[cython.uchar][::1], byte: cython.longlong, size: cython.longlong
) -> cython.longlong:
    """Return the number of `size` bytes at a byte; more than 63 bits are cut."""
    k: cython.longlong
    value: cython.ulonglong = 0
    for k in range(size):
        value |= cython.cast(cython.ulonglong, data[byte + k]) << (8 * k)
    return value & _MOST


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _take(
    data: cython.const[cython.uchar][::1],
    checked: cython.const[cython.uchar][::1],
    shift: cython.longlong,
    columns: cython.const[cython.longlong][:, ::1],
    column: cython.longlong,
    rows: cython.longlong[:, ::1],
    source: cython.longlong,
    more: cython.longlong,
    row: cython.longlong,
) -> cython.longlong:
    """Write the numbers of a column at the places in a row of `rows`, and so many after.

    Return 0; 1 for a place beyond the last; and the number of a block and 2, if it was not checked.
    """
    i: cython.longlong
    place: cython.longlong
    byte: cython.longlong
    for i in range(rows.shape[1]):
        place = rows[source, i] + more
        if place < 0 or place >= columns[column, 2]:
            return 1
        byte = columns[column, 0] + place * columns[column, 1]
        if not checked[byte >> shift]:
            return (byte >> shift) + 2
        rows[row, i] = _number(data, byte, columns[column, 1])
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _find(
    data: cython.const[cython.uchar][::1],
    columns: cython.const[cython.longlong][:, ::1],
    column: cython.longlong,
    rows: cython.longlong[:, ::1],
    source: cython.longlong,
    row: cython.longlong,
) -> cython.int:
    """Write the last place of an ascending column with no more than each number of a row has.

    No block is checked: what stands there has to be looked at again.
    """
    i: cython.longlong
    low: cython.longlong
    high: cython.longlong
    middle: cython.longlong
    byte: cython.longlong
    for i in range(rows.shape[1]):
        low, high = 0, columns[column, 2]
        while low < high:
            middle = (low + high) >> 1
            byte = columns[column, 0] + middle * columns[column, 1]
            if _number(data, byte, columns[column, 1]) <= rows[source, i]:
                low = middle + 1
            else:
                high = middle
        rows[row, i] = low - 1
    return 0


def passages(
    data: cython.const[cython.uchar][::1],
    checked: cython.const[cython.uchar][::1],
    shift: cython.longlong,
    columns: cython.const[cython.longlong][:, ::1],
    rows: cython.longlong[:, ::1],
) -> int:
    """Find out what is stored of some passages; return the number of a block to check, or -1.

    Where a block was not checked, it is to be checked and all asked again.

    Args:
        data: the segment's file
        checked: of each block of the file, whether it was checked
        shift: a block has `1 << shift` bytes
        columns: the first passages of articles and of sections; role, line, gap and wide of
            passages; where their records begin; the lines of articles; where blocks begin, and
            where they do compressed
        rows: output, a column a passage: the passage, which is given; its article and section; the
            first passage of that article; its role, line, gap and wide; where its record begins and
            ends, and that of the first passage begins; the line of its article; where its text
            begins; the block in which that is, and where this begins and ends, as it was and
            compressed
    """
    i: cython.longlong
    left: cython.longlong
    with cython.nogil:
        _find(data, columns, 0, rows, 0, 1)
        _find(data, columns, 1, rows, 0, 2)
        left = _take(data, checked, shift, columns, 0, rows, 1, 0, 3)
        for i in range(4):
            if not left:
                left = _take(data, checked, shift, columns, 2 + i, rows, 0, 0, 4 + i)
        for i in range(2):
            if not left:
                left = _take(data, checked, shift, columns, 6, rows, 0, i, 8 + i)
        if not left:
            left = _take(data, checked, shift, columns, 6, rows, 3, 0, 10)
        if not left:
            left = _take(data, checked, shift, columns, 7, rows, 1, 0, 11)
        if not left:
            for i in range(rows.shape[1]):
                rows[12, i] = rows[8, i] + rows[6, i]
            _find(data, columns, 8, rows, 12, 13)
        for i in range(4):
            if not left:
                left = _take(data, checked, shift, columns, 8 + (i >> 1), rows, 13, i & 1, 14 + i)
    if left == 1:
        raise IndexError("a passage or a block beyond the last")
    return left - 2 if left else -1
