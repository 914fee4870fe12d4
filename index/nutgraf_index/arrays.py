"""Arrays of numbers, as the files of an index hold them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["Array", "narrow", "offsets", "typed"]

Array = np.ndarray[Any, np.dtype[Any]]  # numpy.typing is slow to import


def narrow(values: Array) -> Array:
    """Return whole numbers, 0 or more, in the smallest type of the file that holds them all."""
    least, most = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    if least < 0:
        raise ValueError(f"{least} cannot be stored: it is below 0")
    size = next(size for size in (1, 2, 4, 8) if most < 1 << 8 * size)
    return values.astype(f"<u{size}", copy=False)


def typed(values: "Array | Sequence[int]", kind: str) -> Array:
    """Return whole numbers in a type of the file: if it is empty, in the smallest for them all."""
    return np.asarray(values, kind) if kind else narrow(np.asarray(values))


def offsets(counts: "Array | Sequence[int]") -> Array:
    """Return the n + 1 offsets of n consecutive runs (exclusive prefix sum)."""
    ends = np.zeros(len(counts) + 1, "<u8")
    np.cumsum(counts, out=ends[1:])
    return ends.astype("<u4") if ends[-1] < 1 << 32 else ends
