"""Signs beside a word that make it another word: C++, C#, .NET, 50%, €50, #tag, @handle.

The index has no signs: a word with a sign is found by its term, and its sign is then looked for in
the stored text. A sign counts where it can have no other meaning:

- before a word: # and @, unless a letter stands before them, and a dot before a letter (.NET)
- before a number, also with a blank between: signs of currencies, and §
- after a word: + and ++ (C++11, but not 1+1), and after a single letter # (C#)
- after a number, also with a blank between: %, ‰, ° and signs of currencies

Full-width and other compatibility forms of a sign are the sign.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf_index.analysis.analyzer import Token

__all__ = ["FORMS", "JOINS", "Signs", "are_the_same", "is_sign", "signs_of"]

#: Between the words of one tag or handle, as in #covid_19.
JOINS = "_"
_TAGS = ("#", "@", JOINS)
_ANOTHER_WORD = ("+", "#")  # C++ and C# are not C, while $50 and 50% are 50
_CURRENCY = "$¢£¤¥\u058f\u060b\u09f2\u09f3\u09fb\u0af1\u0bf9\u0e3f\u17db\u20a0-\u20c0"
_BLANK = "[ \u00a0\u2009\u202f]"
#: Characters that are a sign in a compatibility form, each one character as the sign is.
FORMS = {
    "#": "♯﹟＃",
    "@": "﹫＠",
    "+": "⁺₊﬩﹢＋",
    "%": "٪﹪％",
    "$": "﹩＄",
    "¢": "￠",
    "£": "￡",
    "¥": "￥",
    "₩": "￦",
    ".": "․﹒．",
    JOINS: "＿",
    "°": "℃℉",
}
_COMPATIBILITY = {ord(form): sign for sign, forms in FORMS.items() for form in forms}
# What a text has that has a sign; compiled on first use.
_ANY_SIGN = rf"[#@+§%‰‱°{_CURRENCY}]|(?<![\w.])\.(?=[^\W\d_])"
_LONGEST = 5  # characters that decide which sign stands before a word
_TAG = r"(?<![\w&])[#@]_{0,3}\Z"
_DOT = r"""(?:\A|(?<=[\s(\[{"'“‘«/|,;:*—–-]))\.\Z"""
_BEFORE_NUMBER = rf"(?:[{_CURRENCY}§]|(?<!\d)[{_CURRENCY}§]{_BLANK})\Z"
_AFTER_WORD = r"\+(?![\w+])|\+\++(?![^\W\d_])"
_AFTER_LETTER = r"#+(?![^\W\d_])"
_AFTER_NUMBER = rf"{_BLANK}?(?:%(?![0-9A-Fa-f]{{2}})|[‰‱°]|[{_CURRENCY}](?!{_BLANK}?\d))"


class Signs(NamedTuple):
    """The signs before and after a word, and the offsets of the word with them in the text."""

    before: str
    after: str
    start: int
    end: int


def signs_of(text: str, tokens: Sequence[Token]) -> dict[int, Signs]:
    """Return the signs of each token of a text that has any, by the token's position.

    The words of one tag have `_` between them, before one and after the other.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text = "A C++ job at $50 (#no_go)"
    >>> for position, signs in signs_of(text, analyzer_of("en").tokens(text)).items():
    ...     print(position, signs[:2], text[signs.start : signs.end])
    1 ('', '++') C++
    4 ('$', '') $50
    5 ('#', '_') #no_
    6 ('_', '') go
    """
    plain = _plain(text)
    if not re.search(_ANY_SIGN, plain):
        return {}
    found: dict[int, Signs] = {}
    is_tag, last = False, 0
    for position, token in enumerate(tokens):
        start, end = token.start, token.end
        is_tag = is_tag and not plain[last:start].strip(JOINS)
        before = JOINS if is_tag else _before(plain, start)
        is_tag = is_tag or before[:1] in _TAGS
        after, stop = _after(plain, start, end, is_tag=is_tag)
        if before or after:
            first = start if before == JOINS else start - len(before)
            found[position] = Signs(before.strip(), after.strip(), first, stop)
        last = end
    return found


def are_the_same(before: str, after: str, written: Signs | None) -> bool:
    """Whether a word with the signs `written` in a text is the word that is asked for.

    The signs that are asked for, `before` and `after`, must be there. A word that goes on with + or
    #, or a tag that goes on, is another word.
    """
    if written is None:
        return not (before or after)
    if before not in ("", written.before):
        return False
    if after:
        return after == written.after
    is_tag = before[:1] in _TAGS and before != ""
    return not written.after.startswith((*_ANOTHER_WORD, JOINS) if is_tag else _ANOTHER_WORD)


def is_sign(character: str) -> bool:
    """Whether a character can be a sign of a word, or a part of one."""
    return re.fullmatch(rf"[#@+._§%‰‱°{_CURRENCY}]", _plain(character)) is not None


def _plain(text: str) -> str:
    return text if text.isascii() else text.translate(_COMPATIBILITY)


def _before(plain: str, start: int) -> str:
    """Return the sign that ends before an offset, with the blank after it; "" for none."""
    if not start:
        return ""
    head = plain[max(0, start - _LONGEST) : start]
    first = plain[start]
    match = re.search(_TAG, head)
    if match is None and first.isdecimal():
        match = re.search(_BEFORE_NUMBER, head)
    elif match is None and first.isalpha():
        match = re.search(_DOT, head)
    return "" if match is None else match[0]


def _after(plain: str, start: int, end: int, *, is_tag: bool) -> tuple[str, int]:
    """Return the sign after a word, and the offset where it ends; "" for none."""
    tail = plain[end : end + 1]
    if is_tag and (tail == JOINS or tail.isalnum()):
        return JOINS, end + (tail == JOINS)
    match = re.compile(_AFTER_WORD).match(plain, end)
    if match is None and end - start == 1 and plain[start].isalpha():
        match = re.compile(_AFTER_LETTER).match(plain, end)
    if match is None and (plain[start].isdecimal() or plain[end - 1].isdecimal()):
        match = re.compile(_AFTER_NUMBER).match(plain, end)
    return ("", end) if match is None else (match[0], match.end())
