"""Stored fields of many documents at once: a plan of steps over the arrays of a segment's file.

Each step computes one row of numbers from earlier rows, a number for each document. The file is
read in place and has a checksum for each block. Execution stops at a step that needs unchecked
blocks, until they are checked; only the search of `FIND` reads unchecked blocks. The bytes that
`SPAN` found can be copied out of the file. The rows stand one after the other in one array.
"""

from __future__ import annotations

import cython

__all__ = ["ADD", "BELOW", "FIND", "PICK", "SPAN", "STEP", "TAKE", "Plan", "copy", "execute"]

STEP = 7  # numbers per step: see `Plan`
TAKE, FIND, ADD, SPAN, PICK, BELOW = range(6)

_FIND = cython.declare(cython.longlong, 1)
_ADD = cython.declare(cython.longlong, 2)
_SPAN = cython.declare(cython.longlong, 3)
_PICK = cython.declare(cython.longlong, 4)
_BELOW = cython.declare(cython.longlong, 5)
_LOW_62_BITS = cython.declare(cython.ulonglong, 0x3FFF_FFFF_FFFF_FFFF)


@cython.cfunc
@cython.inline
@cython.nogil
def _value(
    data: cython.const[cython.uchar][::1],
    words: cython.const[cython.uint][::1],
    offset: cython.longlong,
    width: cython.longlong,
    index: cython.longlong,
) -> cython.ulonglong:
    """Return the number at an index of an array of the file; see `Plan`."""
    byte: cython.longlong
    value: cython.ulonglong = 0
    if width == 4 and not offset & 3:
        return words[(offset >> 2) + index]
    for byte in range(width):
        value |= cython.cast(cython.ulonglong, data[offset + index * width + byte]) << (8 * byte)
    return value


@cython.cclass
class Plan:
    """A plan, with the file that it reads.

    A step is `STEP` numbers: its kind, the row `target` that it writes, the row `source` that it
    reads, an `operand`, and an array of the file: its offset in bytes, the bytes per value, and its
    length.

    - `TAKE`: `target = array[source + operand]`, cut to 62 bits.
    - `FIND`: `target` is the last index of an ascending array whose value is at most `source`, or
      the array's length if there is none. The search reads unchecked blocks, so the caller has to
      check the value at the index and the next value.
    - `ADD`: `target = source + times * rows[operand] + constant`. `times` and `constant` stand in
      the place of the array's offset and bytes per value.
    - `SPAN`: the values `array[source:rows[operand]]` are the bytes `[target, next row)` of the
      file, where the next row is the row after `target`.
    - `PICK`: `target = external[source]`.
    - `BELOW`: raises IndexError unless the numbers of `source` are from 0 to `operand` - 1.

    Args:
        data: the segment's file
        words: the same as 32-bit words
        checked: for each block, whether its checksum was verified
        shift: a block has `1 << shift` bytes
        steps: the steps, a row each
        external: an array that is not in the file
    """

    data: cython.const[cython.uchar][::1]
    words: cython.const[cython.uint][::1]
    checked: cython.const[cython.uchar][::1]
    shift: cython.longlong
    steps: cython.const[cython.longlong][:, ::1]
    external: cython.const[cython.uint][::1]

    def __init__(
        self,
        data: cython.const[cython.uchar][::1],
        words: cython.const[cython.uint][::1],
        checked: cython.const[cython.uchar][::1],
        shift: cython.longlong,
        steps: cython.const[cython.longlong][:, ::1],
        external: cython.const[cython.uint][::1],
    ) -> None:
        self.data = data
        self.words = words
        self.checked = checked
        self.shift = shift
        self.steps = steps
        self.external = external


def execute(
    plan: Plan,
    step: cython.longlong,
    rows: cython.longlong[::1],
    unchecked: cython.uint[::1],
) -> int:
    """Execute the steps of a plan; return the index of the step that stopped.

    Return the number of steps if all were executed. A step stops if it needs blocks that are not
    checked. The caller checks them and calls again, beginning with that step.

    Args:
        step: the step to begin with
        rows: the rows, a number per document; the first rows are inputs; in and out
        unchecked: zeros, two for each document; the first two blocks to check for a document, if
            the step needs any; output
    """
    count: cython.longlong = unchecked.shape[0] >> 1
    doc: cython.longlong
    kind: cython.longlong
    target: cython.longlong
    source: cython.longlong
    operand: cython.longlong
    offset: cython.longlong
    width: cython.longlong
    length: cython.longlong
    first: cython.longlong
    end: cython.longlong
    middle: cython.longlong
    cursor: cython.longlong
    block: cython.longlong
    to_check: cython.longlong
    stopped: cython.bint = False
    out_of_range: cython.bint = False
    with cython.nogil:
        while step < plan.steps.shape[0] and not stopped and not out_of_range:
            kind, operand = plan.steps[step, 0], plan.steps[step, 3]
            target, source = plan.steps[step, 1] * count, plan.steps[step, 2] * count
            offset, width, length = plan.steps[step, 4], plan.steps[step, 5], plan.steps[step, 6]
            if kind in (_ADD, _SPAN):
                operand *= count
            for doc in range(count):
                first = rows[source + doc]
                if kind == _ADD:
                    rows[target + doc] = first + offset * rows[operand + doc] + width
                    continue
                if kind in (_PICK, _BELOW):
                    if first < 0 or first >= (plan.external.shape[0] if kind == _PICK else operand):
                        out_of_range = True
                        break
                    if kind == _PICK:
                        rows[target + doc] = plan.external[first]
                    continue
                if kind == _FIND:
                    cursor, end = 0, length
                    while cursor < end:
                        middle = (cursor + end) >> 1
                        if cython.cast(cython.ulonglong, first) >= _value(
                            plan.data, plan.words, offset, width, middle
                        ):
                            cursor = middle + 1
                        else:
                            end = middle
                    rows[target + doc] = cursor - 1 if cursor else length
                    continue
                if kind != _SPAN:
                    first += operand
                end = rows[operand + doc] if kind == _SPAN else first + 1
                if first < 0 or end < first or end > length:
                    out_of_range = True
                    break
                cursor = offset + first * width
                end = offset + end * width
                if kind == _SPAN:
                    rows[target + doc], rows[target + count + doc] = cursor, end
                to_check = 0
                while cursor < end and to_check < 2:
                    block = cursor >> plan.shift
                    if not plan.checked[block]:
                        unchecked[2 * doc + to_check] = block
                        to_check += 1
                        stopped = True
                    cursor = (block + 1) << plan.shift
                if kind != _SPAN and not to_check:
                    rows[target + doc] = (
                        _value(plan.data, plan.words, offset, width, first) & _LOW_62_BITS
                    )
            step += not stopped
    if out_of_range:
        raise IndexError("an index is out of range")
    return step


def copy(
    plan: Plan,
    rows: cython.longlong[::1],
    first: cython.longlong,
    count: cython.longlong,
    out: cython.uchar[::1],
) -> int:
    """Copy the texts that `SPAN` found, one after the other; return the number of their bytes.

    Nothing is copied if the room is smaller. Raises `IndexError` for a text that begins within a
    character of UTF-8. So if all texts together are UTF-8, each of them is.

    Args:
        rows: from row `first` on, two rows for each text: its first byte in the file, and the byte
            after its last; then these offsets in `out`, in characters; in and out
        first: the first row of the first text
        count: the number of documents
        out: room for the bytes; output
    """
    text: cython.longlong
    i: cython.longlong
    byte: cython.longlong
    start: cython.longlong
    stop: cython.longlong
    size: cython.longlong = 0
    length: cython.longlong = 0
    value: cython.uchar
    first *= count
    texts: cython.longlong = (rows.shape[0] - first) // (2 * max(count, 1))
    within: cython.bint = False
    with cython.nogil:
        for text in range(texts):
            for i in range(first + 2 * text * count, first + (2 * text + 1) * count):
                size += rows[i + count] - rows[i]
        if size <= out.shape[0]:
            size = 0
            for text in range(texts):
                for i in range(first + 2 * text * count, first + (2 * text + 1) * count):
                    start, stop = rows[i], rows[i + count]
                    if start < stop and plan.data[start] & 0xC0 == 0x80:
                        within = True
                    rows[i] = length
                    for byte in range(start, stop):
                        value = out[size] = plan.data[byte]
                        length += value & 0xC0 != 0x80
                        size += 1
                    rows[i + count] = length
    if within:
        raise IndexError("a text begins within a character")
    return size
