"""What is stored of passages and articles, read in place, from array to array of a segment's file.

A number is read only from a block of the file that was checked, and a range of bytes is told only
where all its blocks were.
"""

from __future__ import annotations

import cython

__all__ = ["ADD", "FIND", "PICK", "SPAN", "STEP", "TAKE", "follow"]

STEP = 7  # numbers of a step; see `follow`
TAKE, FIND, ADD, SPAN, PICK = range(5)

_FIND = cython.declare(cython.longlong, 1)
_ADD = cython.declare(cython.longlong, 2)
_SPAN = cython.declare(cython.longlong, 3)
_PICK = cython.declare(cython.longlong, 4)
_MOST = cython.declare(cython.ulonglong, 0x3FFF_FFFF_FFFF_FFFF)


def follow(
    data: cython.const[cython.uchar][::1],
    checked: cython.const[cython.uchar][::1],
    shift: cython.longlong,
    steps: cython.const[cython.longlong][:, ::1],
    beside: cython.const[cython.uint][::1],
    step: cython.longlong,
    rows: cython.longlong[:, ::1],
    unchecked: cython.uint[::1],
) -> int:
    """Find out what is stored of some units, step by step; return the number of steps.

    Or that of a step for which blocks are to be checked, to go on with then.

    Args:
        data: the segment's file
        checked: of each block of the file, whether it was checked
        shift: a block has `1 << shift` bytes
        steps: a row a step, of `STEP` numbers: what is done; the row that is written; the row that
            is read; one number more; and an array: the byte of the file that it begins at, how many
            bytes each of its numbers has, and how many there are. `TAKE` takes the number of the
            array at the place that was read, and so many more; more than 62 bits are cut. `FIND`
            finds the last place of an ascending array with a number up to that which was read, or
            one beyond the last: this has to be looked at again, as no block is checked. `ADD` adds
            the number of a third row, as often as the first of the array's three numbers says, and
            the second. `SPAN` makes a range of places, which begins in the row that is read and
            ends in the third, one of bytes of the file, and writes two rows. `PICK` takes the
            number of `beside` at the place that was read
        beside: numbers that are not in the file
        step: the first step that is done
        rows: input and output, a column a unit: the first rows are given
        unchecked: output, a number a unit: blocks to be checked, where they were not
    """
    i: cython.longlong
    k: cython.longlong
    kind: cython.longlong
    row: cython.longlong
    source: cython.longlong
    more: cython.longlong
    byte: cython.longlong
    size: cython.longlong
    count: cython.longlong
    first: cython.longlong
    last: cython.longlong
    middle: cython.longlong
    at: cython.longlong
    value: cython.ulonglong
    waits: cython.bint = False
    beyond: cython.bint = False
    with cython.nogil:
        while step < steps.shape[0] and not waits and not beyond:
            kind, row, source, more = (
                steps[step, 0],
                steps[step, 1],
                steps[step, 2],
                steps[step, 3],
            )
            byte, size, count = steps[step, 4], steps[step, 5], steps[step, 6]
            for i in range(rows.shape[1]):
                first = rows[source, i]
                if kind == _ADD:
                    rows[row, i] = first + byte * rows[more, i] + size
                    continue
                if kind == _PICK:
                    if first < 0 or first >= beside.shape[0]:
                        beyond = True
                        break
                    rows[row, i] = beside[first]
                    continue
                if kind == _FIND:
                    at, last = 0, count
                    while at < last:
                        middle = (at + last) >> 1
                        value = 0
                        for k in range(size):
                            value |= cython.cast(
                                cython.ulonglong, data[byte + middle * size + k]
                            ) << (8 * k)
                        if cython.cast(cython.ulonglong, first) >= value:
                            at = middle + 1
                        else:
                            last = middle
                    rows[row, i] = at - 1 if at else count
                    continue
                if kind != _SPAN:
                    first += more
                last = rows[more, i] if kind == _SPAN else first + 1
                if first < 0 or last < first or last > count:
                    beyond = True
                    break
                first = byte + first * size
                last = byte + last * size
                at = first
                while at < last and checked[at >> shift]:
                    at = ((at >> shift) + 1) << shift
                if at < last:
                    unchecked[i] = at >> shift
                    waits = True
                elif kind == _SPAN:
                    rows[row, i] = first
                    rows[row + 1, i] = last
                else:
                    value = 0
                    for k in range(size):
                        value |= cython.cast(cython.ulonglong, data[first + k]) << (8 * k)
                    rows[row, i] = value & _MOST
            step += not waits
    if beyond:
        raise IndexError("a place beyond the last")
    return step
