"""Control characters made visible, so that no text can control a terminal or break a line."""

import re

__all__ = ["visible"]

_CONTROL = r"[\x00-\x1f\x7f-\x9f]"


def visible(text: str) -> str:
    r"""Return a text with a visible sign for each control character, line breaks included.

    >>> visible("a\x1b[31m")
    'a␛[31m'
    """
    return text if text.isprintable() else re.sub(_CONTROL, _sign, text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
