"""Snippets: the stretch of a long passage that shows most of a match. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["WIDTH", "Span", "Word", "snippet"]

WIDTH = 300  # characters: three or four lines of a terminal

Span = tuple[int, int]  # half-open, in characters
Word = tuple[int, int, int]  # the characters `[start, end)` of a word, and its leaf's number

# The gaps between sentences and between words. Abbreviations may count as ends of sentences.
_SENTENCE = r"[.!?…][\"'”’»)\]]*\s+(?=[^a-z\s])|[。！？]\s*"
_WORD = r"\s+|[，、；：]\s*"
_LONGEST_GAP = 8  # characters
_UNIT = 1 << 20  # weights are rounded to whole multiples of 1 / _UNIT: their sums are exact


def snippet(
    text: str, words: Sequence[Word], weights: Sequence[float], width: int = WIDTH
) -> tuple[int, int]:
    """Return the characters `[start, end)` of the snippet of a text.

    `words` are the marked words, in the order of the text, each once for each leaf that it matches;
    `weights` has the weight of each leaf.
    A text of at most `width` characters is its own snippet. Otherwise the snippet has at most
    `width` characters, unless a single word is longer. Of all such stretches, it is the stretch
    whose leaves have the greatest sum of weights, then whose words have, then with the most words,
    then the first. It begins and ends between sentences if there is room, else between words. Takes
    time linear in the text and words.

    >>> snippet("One. Two three four. Five.", [(15, 19, 0)], [1.0], width=16)
    (5, 20)
    """
    if len(text) <= width:
        return 0, len(text)
    first, last = _best(words, [round(weight * _UNIT) for weight in weights], width)
    return _widened(text, first, last, width)


def _best(words: Sequence[Word], weights: Sequence[int], width: int) -> tuple[int, int]:
    """Return the characters from the first to the last word that the snippet shows."""
    best, stretch = (0, 0, 0), (0, 0)
    shown: Counter[int] = Counter()
    left = of_leaves = of_words = 0  # the first word shown, and sums of weights
    for right, (_, end, leaf) in enumerate(words):
        shown[leaf] += 1
        of_leaves += weights[leaf] * (shown[leaf] == 1)
        of_words += weights[leaf]
        while end - words[left][0] > width and left < right:
            dropped = words[left][2]
            shown[dropped] -= 1
            of_leaves -= weights[dropped] * (not shown[dropped])
            of_words -= weights[dropped]
            left += 1
        value = of_leaves, of_words, right - left + 1
        if value > best:
            best, stretch = value, (words[left][0], end)
    return stretch


def _widened(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """Return a stretch of at most `width` characters that contains `[first, last)`."""
    earliest = max(0, last - width)
    tail = len(text) - width  # a snippet that begins here or later shows the end of the text
    start = 0
    if earliest:
        begins = _begins(_SENTENCE, text, earliest, first)
        final = [begin for begin in begins if begin >= tail]
        if begins:
            start = final[0] if final else begins[-1]
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
    """Return the offsets from `start` to `stop` at which a gap ends."""
    gaps = re.compile(gap).finditer(text, max(0, start - _LONGEST_GAP), stop + 1)
    return [match.end() for match in gaps if start <= match.end() <= stop]


def _ends(gap: str, text: str, start: int, stop: int) -> list[int]:
    """Return the offsets from `start` to `stop` at which the text before a gap ends."""
    gaps = re.compile(gap).finditer(text, max(0, start - _LONGEST_GAP), stop + _LONGEST_GAP)
    ends = [match.start() + len(match[0].rstrip()) for match in gaps]
    return [end for end in ends if start <= end <= stop]
