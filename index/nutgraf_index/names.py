"""Names of files, escaped for printing and indexing; the paths of roots; counts with a noun."""

import os
import re

__all__ = ["counted", "printable", "root_folder"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(name: str) -> str:
    r"""Return a name whose lone surrogates are escaped, as in ``caf\xe9.txt``."""
    return _SURROGATE.sub(_escape, name)


def counted(count: int, noun: str) -> str:
    """Return a count and a noun, in the plural unless the count is 1."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def root_folder(root: str, home: str | None) -> str:
    """Return the path of a root.

    A relative root starts at `home`, the folder that contains the folder of the index.
    """
    return os.path.normpath(os.path.join(home or "", root))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    # Python decodes a byte of a file name that is not UTF-8, 80 to ff, as a surrogate dc80 to dcff.
    return rf"\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else rf"\u{code:04x}"
