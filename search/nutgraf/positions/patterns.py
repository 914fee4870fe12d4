"""Words and paths like a pattern of `*` and `?`. Pure."""

import re
from collections.abc import Callable
from functools import lru_cache

__all__ = ["like"]


@lru_cache(maxsize=1024)
def like(pattern: str) -> Callable[[str], object]:
    """Return what tells whether all of a word or path is like a pattern.

    `*` is any characters, `?` one, and nothing else is a sign. Time is linear in the word:
    what a `*` took is not taken back.

    >>> bool(like("wom?n")("women")), bool(like("mis*le")("missiles"))
    (True, False)
    """
    import fnmatch  # few queries have a pattern

    return re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match
