"""Trial."""

from __future__ import annotations

import cython

__all__ = ["number"]

_FULL = cython.declare(cython.ulonglong, 0xFFFF_FFFF)


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _bits(
    words: cython.const[cython.uint][::1], bit: cython.longlong, width: cython.longlong
) -> cython.longlong:
    """Return the number of `width` bits, 32 at most, from a bit on."""
    word: cython.longlong = bit >> 5
    both: cython.ulonglong = words[word] | (cython.cast(cython.ulonglong, words[word + 1]) << 32)
    return (both >> (bit & 31)) & ((cython.cast(cython.ulonglong, 1) << width) - 1)


def number(
    words: cython.const[cython.uint][::1], bit: cython.longlong, width: cython.longlong
) -> int:
    """Return a number."""
    return _bits(words, bit, width)
