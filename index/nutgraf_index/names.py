"""Names that can always be printed and indexed, and what the names of roots stand for."""

import os
import re

__all__ = ["printable", "root_folder"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(name: str) -> str:
    r"""Return a name with what cannot be encoded written out, as in ``caf\xe9.txt``."""
    return _SURROGATE.sub(_written_out, name)


def root_folder(root: str, home: str | None) -> str:
    """Return the folder that the name of a root stands for; relative ones begin at `home`."""
    return os.path.normpath(os.path.join(home or "", root))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    # Python hands on the bytes 80 to ff of a file name as surrogates dc80 to dcff.
    return rf"\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else rf"\u{code:04x}"
