"""Large first letters and small capitals at the beginning of a text."""

from collections.abc import Mapping
from itertools import pairwise
from operator import attrgetter
from statistics import median

from nutgraf_index.formats.pdf.lines.rows import Line

__all__ = ["without_initials"]

_CAP = 1.7  # a first letter this many times as large as the text beside it is a drop cap
_OPENING = "\"'“‘«(["
_INDENT = 3.0  # of the size of the text, at most, by which the letter is indented
_WORDS = ("A", "I", "O")  # of one letter
_SMALL_CAPITALS = (0.6, 0.95)  # of the size of the text: the sizes of small capitals


def without_initials(lines: list[Line], vocabulary: Mapping[str, int]) -> list[Line]:
    """Return lines in which a large first letter stands in front of the line that it begins.

    `vocabulary` counts the words of the document, in small letters: they tell whether a letter is
    a word of its own. A line of small capitals gets the size of the text that goes on below it.
    """
    if len(lines) < 2:
        return lines
    size = median([line.size for line in lines])
    for index, line in enumerate(lines):
        cap = line.words[0]
        letters = cap.text.lstrip(_OPENING)
        if not (len(letters) <= 2 and letters.isalpha() and cap.size >= _CAP * size):
            continue
        if any(cap.size < _CAP * word.size for word in line.words[1:2]):
            continue  # the first word of a large line
        beside = [
            other
            for other in lines[max(0, index - 4) : index + 2]
            if other is not line
            and other.left >= cap.right - size
            and cap.base - cap.size < other.base <= cap.base + 0.3 * size
        ]
        rest = line.words[1:]
        if rest:
            line.words = rest
            line.measure()
            beside.append(line)
        if not beside:
            line.words = [cap, *rest]
            line.measure()
            continue
        first = min(beside, key=attrgetter("base"))
        word = first.words[0]
        whole = f"{letters}{word.text}".rstrip(".,;:!?").casefold()
        bare = word.text.rstrip(".,;:!?").casefold()
        if letters in _WORDS and vocabulary.get(bare, 0) > 1 and whole not in vocabulary:
            first.words = [cap._replace(size=word.size, base=word.base), *first.words]
        else:
            joined = word._replace(text=cap.text + word.text, left=cap.left)
            first.words = [joined, *first.words[1:]]
        # The letter may be indented as first lines are: the lines beside it are not.
        below = [other.left for other in lines if other.base > cap.base + 0.3 * size]
        margin = below[0] if below and -_INDENT * size < below[0] - cap.left < 0 else cap.left
        for other in beside:
            other.measure()
            other.left = cap.left if other is first else margin
        _raise_small_capitals(first, size)
        if not rest:
            lines = [other for other in lines if other is not line]
            return without_initials(lines, vocabulary)
    for line, after in pairwise(lines):
        if (
            len(line.words) > 1
            and abs(line.words[0].size - after.size) < 0.05 * after.size
            and after.base - line.base < 2 * after.size
        ):
            _raise_small_capitals(line, after.size)
    return lines


def _raise_small_capitals(line: Line, size: float) -> None:
    """Give a line of small capitals the size of the text that goes on below it."""
    least, most = _SMALL_CAPITALS
    if least * size <= line.size <= most * size:
        line.size = size
