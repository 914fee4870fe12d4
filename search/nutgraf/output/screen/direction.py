"""Right-to-left text on a terminal: isolated, so that it reorders nothing that stands beside it.

A terminal lays out each line by the Unicode Bidirectional Algorithm (UAX 9): without isolates, the
number or the separator after a Hebrew title would be shown before it.
"""

import re

from nutgraf.output.style import Style
from nutgraf.query.language_tags import direction_of, has_right_to_left, unordered

__all__ = ["in_order", "isolate_of", "isolated", "isolated_words"]

_OPENERS = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_END = "\u2069"
# Right-to-left letters, with their marks, and the blanks, hyphens and apostrophes between them.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(rf"[{_LETTERS}]+(?:(?:[ \u200c-\u2011-]+|['’\"])[{_LETTERS}]+)*")


def isolate_of(text: str, language: str = "") -> str:
    """Return the character that opens the isolate of a text; "" if it needs none.

    The lines of a wrapped text have the same one, whatever they begin with. `language` is the tag
    of the text's language.
    """
    return _OPENERS[direction_of(text, language)] if has_right_to_left(text) else ""


def isolated(shown: str, opener: str) -> str:
    """Return a text, with colours and hyperlinks, in the isolate that `isolate_of` opens."""
    return f"{opener}{shown}{_END}" if opener and shown else shown


def in_order(text: str, style: Style, language: str | None = "") -> str:
    """Return a text of one line as a style shows it: isolated on a terminal, else as it is."""
    if text.isascii() or not style.isolates:
        return text
    text = unordered(text)
    return isolated(text, isolate_of(text, language or ""))


def isolated_words(line: str) -> str:
    r"""Return a message, path or citation with each of its right-to-left names isolated.

    The parts of a path stand in their order from left to right.

    >>> isolated_words("אבג/דה.txt#3 תו").replace("\u2067", "<").replace("\u2069", ">")
    '<אבג>/<דה>.txt#3 <תו>'
    """
    line = unordered(line)
    if not has_right_to_left(line):
        return line
    return _RUN.sub(lambda run: isolated(run[0], _OPENERS["rtl"]), line)
