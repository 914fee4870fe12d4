"""NumPy arrays in the number types of index files."""

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["Array", "narrow", "offsets", "typed"]

Array = np.ndarray[Any, np.dtype[Any]]  # numpy.typing is slow to import


def narrow(values: Array) -> Array:
    """Return whole numbers in the smallest unsigned type. Raises `ValueError` for numbers < 0."""
    smallest, largest = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    if smallest < 0:
        raise ValueError(f"{smallest} cannot be stored: it is below 0")
    size = next(size for size in (1, 2, 4, 8) if largest < 1 << 8 * size)
    return values.astype(f"<u{size}", copy=False)


def typed(values: "Array | Sequence[int]", kind: str) -> Array:
    """Return whole numbers as an array of type `kind`; if `kind` is empty, see `narrow`."""
    return np.asarray(values, kind) if kind else narrow(np.asarray(values))


def offsets(counts: "Array | Sequence[int]") -> Array:
    """Return the n + 1 offsets of n consecutive runs (exclusive prefix sum)."""
    ends = np.zeros(len(counts) + 1, "<u8")
    np.cumsum(counts, out=ends[1:])
    return ends.astype("<u4") if ends[-1] < 1 << 32 else ends
