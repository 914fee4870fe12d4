"""The tables of a region: rows whose cells stand below each other."""

from collections.abc import Sequence

from nutgraf_index.formats.pdf.lines.rows import Line

__all__ = ["rows_of_tables"]


def rows_of_tables(lines: Sequence[Line]) -> list[int]:
    """Return for each line the number of the table it is a row of, from 1; 0 for no table."""
    numbers = [0] * len(lines)
    number = 0
    for index in range(1, len(lines)):
        one, other = lines[index - 1], lines[index]
        if (
            one.cells
            and other.cells
            and _aligned(one, other)
            and (other.base - one.base < 4 * max(one.size, other.size))
        ):
            if not numbers[index - 1]:
                number += 1
                numbers[index - 1] = number
            numbers[index] = number
    return numbers


def _aligned(one: Line, other: Line) -> bool:
    """Return whether half of the cells but the first begin or end as those of another row do."""
    slack = 0.6 * one.size
    few, many = sorted((one.cells[1:], other.cells[1:]), key=len)
    aligned = sum(
        any(abs(left - x) < slack or abs(right - y) < slack for x, y in many) for left, right in few
    )
    return 2 * aligned >= len(few)
