"""The stretch of a long passage that shows most of why it matched. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["WIDTH", "Span", "Word", "snippet"]

WIDTH = 300  # characters: three or four lines

Span = tuple[int, int]  # half-open, in characters
Word = tuple[int, int, int]  # the characters of a word, and the number of the leaf it is of

# What ends in the gap between two: after it the next begins. Abbreviations may be taken for ends.
_SENTENCE = r"[.!?…][\"'”’»)\]]*\s+(?=[^a-z\s])|[。！？]\s*"
_WORD = r"\s+"
_LONGEST_GAP = 8  # as far back as the beginning of a gap is looked for


def snippet(text: str, words: Sequence[Word], width: int = WIDTH) -> tuple[int, int]:
    """Return the characters `[start, end)` of a text that show most of a match.

    `words` are those of the match, in the order of the text; a word may stand there for more than
    one leaf. The window has at most `width` characters, unless one word has more; among all such it
    has words of the most leaves, then the most words, then it is the first. Where there is room
    around these it begins and ends between sentences, or else between words. A text that is no
    longer is all shown. Takes time in proportion to the text and its words.

    >>> snippet("One. Two three four. Five.", [(15, 19, 0)], width=16)
    (5, 20)
    """
    if len(text) <= width:
        return 0, len(text)
    first, last = _fullest(words, width)
    return _widened(text, first, last, width)


def _fullest(words: Sequence[Word], width: int) -> tuple[int, int]:
    """Return from where to where the words go that are to be seen."""
    best, chosen = (0, 0), (0, 0)
    shown: Counter[int] = Counter()
    left = 0
    for right, (_, end, leaf) in enumerate(words):
        shown[leaf] += 1
        while end - words[left][0] > width and left < right:
            gone = words[left][2]
            shown[gone] -= 1
            if not shown[gone]:
                del shown[gone]
            left += 1
        fullness = len(shown), right - left + 1
        if fullness > best:
            best, chosen = fullness, (words[left][0], end)
    return chosen


def _widened(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """Return the window that has what stands from `first` to `last`, and more around it."""
    earliest = max(0, last - width)
    tail = len(text) - width  # from here on all is shown to the end
    start = 0
    if earliest:
        begins = _begins(_SENTENCE, text, earliest, first)
        ending = [begin for begin in begins if begin >= tail]
        if begins:
            start = ending[0] if ending else begins[-1]
        else:
            middle = max(earliest, min(first - (width - (last - first)) // 2, tail))
            start = next(iter(_begins(_WORD, text, middle, first)), middle)
        start = min(start, first)
    latest = max(last, min(start + width, len(text)))
    if latest == len(text):
        return start, latest
    for gap in (_SENTENCE, _WORD):
        ends = _ends(gap, text, last, latest)
        if ends:
            return start, ends[-1]
    return start, latest


def _begins(gap: str, text: str, start: int, stop: int) -> list[int]:
    """Return where something begins after a gap, from one place to another."""
    found = re.compile(gap).finditer(text, max(0, start - _LONGEST_GAP), stop + 1)
    return [one.end() for one in found if start <= one.end() <= stop]


def _ends(gap: str, text: str, start: int, stop: int) -> list[int]:
    """Return where something ends before a gap, from one place to another."""
    found = re.compile(gap).finditer(text, max(0, start - _LONGEST_GAP), stop + _LONGEST_GAP)
    ends = [one.start() + len(one[0].rstrip()) for one in found]
    return [end for end in ends if start <= end <= stop]
