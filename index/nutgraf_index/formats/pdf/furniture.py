"""Running heads, running feet and page numbers: lines that stand on many pages."""

import re
from collections import defaultdict
from collections.abc import Sequence

from nutgraf_index.formats.pdf.characters import Page
from nutgraf_index.formats.pdf.lines.rows import Line

__all__ = ["line_numbers", "running_lines"]

_PAGES = 3  # at least, with the same line at the same height
_HEIGHT = 3.0  # points: as far apart are lines of the same height at most
_EDGE = 0.12  # of the height of a page: what stands there may be running
_NUMBERED_LINES = 10  # at least, of a page whose lines are counted
_ROWS = 2  # so many rows at the top and at the bottom may be running, wherever they are
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_INTEGER = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"\W*(?:page |p\. ?)?(\d{1,6})\W*", re.IGNORECASE)
_OF = re.compile(r"\W*(?:page )?\d{1,4} ?(?:/|of|\|) ?\d{1,4}\W*", re.IGNORECASE)


def running_lines(pages: Sequence[Page], pieces: Sequence[Sequence[Line]]) -> list[set[int]]:
    """Return for each page the indexes of its pieces that are running heads or page numbers.

    `pieces` are the pieces of the lines of each page.
    """
    running: list[set[int]] = [set() for _ in pages]
    places: defaultdict[str, list[tuple[float, int, int, str]]] = defaultdict(list)
    for number, (page, lines) in enumerate(zip(pages, pieces, strict=True)):
        for index in _at_edges(page, lines):
            line = lines[index]
            key = _DIGITS.sub("0", " ".join(line.text.split()).casefold())
            # The heights are counted from the edge that is nearer.
            above, below = line.base - page.top, page.bottom - line.base
            side = above if above < below else -below
            places[key].append((side, number, index, line.text))
            if _OF.fullmatch(line.text) and len(pages) > 1 and _is_alone(line, lines):
                running[number].add(index)
    for key, found in places.items():
        found.sort()
        start = 0
        for end in range(1, len(found) + 1):
            if end < len(found) and found[end][0] - found[end - 1][0] <= _HEIGHT:
                continue
            same = found[start:end]
            start = end
            if not any(sign.isalpha() for sign in key):
                same = same if len(pages) == 2 else _numbered(same)
            is_on_both = len(pages) == 2 and _counts_pages(same)
            if len({number for _, number, _, _ in same}) >= _PAGES or is_on_both:
                for _, number, index, _ in same:
                    running[number].add(index)
    return running


def _counts_pages(found: Sequence[tuple[float, int, int, str]]) -> bool:
    """Return whether a line of two pages differs by the number of the page only."""
    texts = {number: text for _, number, _, text in found}
    if len(texts) < 2:
        return False
    pairs = [
        (int(one), int(other))
        for one, other in zip(*(_INTEGER.findall(texts[page]) for page in (0, 1)), strict=True)
        if one != other
    ]
    return len(pairs) == 1 and pairs[0][1] == pairs[0][0] + 1


def line_numbers(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the numbers in the margin that count the lines of a page."""
    numbers = sorted(
        (line.base, int(line.text), index)
        for index, line in enumerate(lines)
        if line.text.isdecimal() and len(line.text) <= 3
    )
    counted = [place for at, place in enumerate(numbers) if place[1] - at == numbers[0][1]]
    if len(counted) < _NUMBERED_LINES:
        return set()
    indexes = {index for _, _, index in counted}
    right = max(lines[index].right for index in indexes)
    others = [line.left for index, line in enumerate(lines) if index not in indexes]
    beside = sum(left >= right for left in others)
    return indexes if beside >= 0.9 * len(others) else set()


def _at_edges(page: Page, lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the pieces near the top and the bottom of a page."""
    if not lines:
        return []
    edge = _EDGE * (page.bottom - page.top)
    bases = sorted({round(line.base) for line in lines})
    upper = max(page.top + edge, bases[min(_ROWS, len(bases)) - 1] + 1)
    lower = min(page.bottom - edge, bases[-min(_ROWS, len(bases))] - 1)
    return [index for index, line in enumerate(lines) if line.base < upper or line.base > lower]


def _numbered(
    found: Sequence[tuple[float, int, int, str]],
) -> list[tuple[float, int, int, str]]:
    """Return the numbers that grow with the pages: others are numbers of a table."""
    by_offset: defaultdict[int, list[tuple[float, int, int, str]]] = defaultdict(list)
    for place in found:
        if match := _NUMBER.fullmatch(place[3]):
            by_offset[int(match[1]) - place[1]].append(place)
        elif _OF.fullmatch(place[3]) or not any(sign.isdigit() for sign in place[3]):
            by_offset[-1 << 20].append(place)
    return [place for group in by_offset.values() if len(group) >= _PAGES for place in group]


def _is_alone(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether no other text stands within two lines of a line."""
    return not any(
        other is not line and 1 < abs(other.base - line.base) < 1.5 * line.size for other in lines
    )
