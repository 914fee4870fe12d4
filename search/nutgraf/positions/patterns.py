"""Patterns of `*` and `?` for words and paths. Pure."""

import re
from collections.abc import Callable
from functools import lru_cache

__all__ = ["like"]


@lru_cache(maxsize=1024)
def like(pattern: str) -> Callable[[str], object]:
    """Return a function that tests whether a whole word or path matches a pattern.

    `*` is any characters, `?` is one character, and all other characters are literal. A test takes
    time linear in the word, because it does not backtrack over a `*`.

    >>> bool(like("wom?n")("women")), bool(like("mis*le")("missiles"))
    (True, False)
    """
    import fnmatch  # few queries have a pattern

    return re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match
