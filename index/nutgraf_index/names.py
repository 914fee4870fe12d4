"""Names that can always be printed and indexed."""

import re

__all__ = ["printable"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(name: str) -> str:
    r"""Return a name with what cannot be encoded written out, as in ``caf\xe9.txt``."""
    return _SURROGATE.sub(_written_out, name)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    # Python hands on the bytes 80 to ff of a file name as surrogates dc80 to dcff.
    return rf"\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else rf"\u{code:04x}"
