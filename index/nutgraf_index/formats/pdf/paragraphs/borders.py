"""Paragraphs: lines in reading order are cut by gaps, indents and short last lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nutgraf_index.formats.pdf.hyphens import breaks_address
from nutgraf_index.formats.pdf.lines.rows import Line, Region
from nutgraf_index.formats.pdf.paragraphs.kinds import (
    BULLET,
    BULLETS,
    NOTE,
    NUMBERED,
    OTHER_SIZE,
    Box,
    classify,
    drop_runs_of_headings,
    find_notes,
)
from nutgraf_index.formats.pdf.paragraphs.paragraph import Paragraph
from nutgraf_index.formats.pdf.paragraphs.style import (
    FULL_REGION,
    SMALL,
    Style,
    count_distances,
    pitch_of,
)
from nutgraf_index.formats.pdf.paragraphs.tables import rows_of_tables

__all__ = ["paragraphs_of"]

_GAP = 1.25  # of the usual distance of lines: a wider one is between paragraphs
_INDENT, _FARTHEST = 0.7, 6.0  # of the font size: indents of first lines
_ROOM = 0.25  # of the font size, beside the word that would have fitted
_SHORT = 0.3  # of the width of the column that a line leaves, before a capital
_STRAIGHT = 0.2  # of the lines of a region: fewer begin at the left margin by chance only
_FEW_INDENTS = 3  # of a region tell whether they are those of first lines
_MOST = 0.85  # of the indented lines follow the end of a sentence: they begin paragraphs
_OFTEN = 6  # one of so many lines begins at the left margin
_BLOCK = 30  # lines around a line that may be of the same quotation
_FEW_LINES = 4  # distances of lines: a region of fewer has those that are usual in the document
_TERMINAL = ".!?…。！？"
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«(["


@dataclass(slots=True)
class _Column:
    """What is usual in a region: its left and right margins, and the distances of its lines."""

    lines: list[Line]
    base: float
    has_indents: bool  # whether indented lines begin paragraphs
    is_straight: bool  # whether many lines begin at the left margin; else they end at the right
    right: float
    pitches: dict[int, float]
    style: Style

    @classmethod
    def of(cls, region: Region, right: float, style: Style) -> "_Column":
        """Return what is usual in a region whose right margin is known."""
        distances: dict[int, Counter[float]] = {}
        count_distances(region, distances)
        lefts = Counter(round(line.left) for line in region.lines)
        base = _base(region.lines, lefts)
        has_indents = _begin_paragraphs(region.lines, base)
        count = lefts[base]
        is_straight = len(region.lines) < FULL_REGION or count >= _STRAIGHT * len(region.lines)
        pitches = {
            size: pitch_of(counts)
            for size, counts in distances.items()
            if counts.total() >= _FEW_LINES
        }
        return cls(region.lines, base, has_indents, is_straight, right, pitches, style)


def _base(lines: Sequence[Line], lefts: Counter[int]) -> int:
    """Return the left margin: where most lines begin, or left of it if these begin paragraphs."""
    base = lefts.most_common(1)[0][0]
    others = [left for left, count in lefts.items() if left < base and _OFTEN * count >= len(lines)]
    if others and _begin_paragraphs(lines, min(others)):
        return min(others)
    return base


def _begin_paragraphs(lines: Sequence[Line], base: float) -> bool:
    """Return whether lines that are indented as first lines follow the end of a sentence."""
    ends = [
        _ends(line.text)
        for line, after in pairwise(lines)
        if _INDENT * after.size < after.left - base < _FARTHEST * after.size
    ]
    return len(ends) >= _FEW_INDENTS and sum(ends) >= _MOST * len(ends)


def paragraphs_of(region: Region, style: Style, pictures: Sequence[Box] = ()) -> list[Paragraph]:
    """Return the paragraphs of a region, from top to bottom, each with its kind."""
    right = style.right(region)
    paragraphs: list[Paragraph] = []
    lines = region.lines
    tables = rows_of_tables(lines)
    column = _Column.of(region, right, style)
    for index, line in enumerate(lines):
        if tables[index]:
            paragraphs.append(Paragraph([line], right, "row"))
        elif not paragraphs or _begins(paragraphs[-1], column, index):
            paragraphs.append(Paragraph([line], right))
        else:
            paragraphs[-1].lines.append(line)
    for paragraph in paragraphs:
        if paragraph.kind == "text":
            classify(paragraph, style, pictures)
    drop_runs_of_headings(paragraphs)
    for first, after in pairwise(paragraphs):
        if all(one.kind != "heading" and NUMBERED.match(one.text) for one in (first, after)):
            for one in (first, after):
                one.kind = "item" if one.kind == "text" else one.kind
    find_notes(paragraphs, style)
    return paragraphs


def _begins(paragraph: Paragraph, column: _Column, index: int) -> bool:
    """Return whether a line begins a paragraph, after the lines of the last one."""
    lines, base, right, style = column.lines, column.base, column.right, column.style
    line, last = lines[index], paragraph.lines[-1]
    if paragraph.kind == "row":
        return True
    size = max(line.size, last.size)
    if size > OTHER_SIZE * min(line.size, last.size) and len(line.text) > 2 < len(last.text):
        return True
    distance = line.base - last.base
    if distance > _GAP * column.pitches.get(round(2 * size), style.pitch(size)) + 0.3:
        return True
    address = last.text
    for before in paragraph.lines[-2:-4:-1]:
        if breaks_address(before.text, address):
            address = before.text + address
    if breaks_address(address, line.text):
        return False
    if line.text[0] in BULLETS:
        return True
    is_marked = BULLET.match(line.text) or NUMBERED.match(line.text)
    if is_marked and _is_short(last, line, right):
        return True
    if (
        line.size < SMALL * style.size
        and NOTE.match(line.text)
        and (_is_short(last, line, right) or line.left > last.left + _INDENT * size)
    ):
        return True
    if last.bold and not line.bold and not style.bold:
        if all(one.bold for one in paragraph.lines):
            return True
    elif (
        line.bold
        and not last.bold
        and not style.bold
        and (_is_short(last, line, right) or _ends(last.text))
    ):
        return True
    if not column.is_straight:
        return False
    shift = line.left - last.left
    indents = (one.left - base > _INDENT * size for one in (last, line))
    if all(indents) and abs(shift) < 0.3 * size:  # perhaps after a paragraph of one line
        after = lines[index + 1 : index + 2]
        goes_back = bool(after) and abs(after[0].left - base) < 0.3 * size
        right = min(right, _block_right(lines, index))
        is_short = _is_short_by(last, line, right) and not _begins_within(line.text)
        begins = goes_back or (column.has_indents and _ends(last.text))
        if is_short or (len(paragraph.lines) == 1 and begins):
            return True
    if shift > _INDENT * size:
        is_open = not _ends(last.text) and not _is_short_by(last, line, right)
        if len(paragraph.lines) == 1 and (is_open or _hangs(last, lines, index)):
            return False
        if _is_centred(line, last, right, lines):
            return _is_short_by(last, line, right) and _ends(last.text)
        return shift < _FARTHEST * size or _is_short(last, line, right)
    if shift < -_INDENT * size:
        if len(paragraph.lines) > 1:
            return not _is_centred(line, last, right, lines)
        is_far = -shift > _FARTHEST * size and _is_short(last, line, right)
        return is_far and not _is_centred(line, last, right, lines)
    return _is_short(last, line, right)


def _block_right(lines: Sequence[Line], index: int) -> float:
    """Return the right end of the lines around a line that are as far indented: of a quotation."""
    line = lines[index]
    right = line.right
    for around in (lines[index - 1 :: -1] if index else (), lines[index + 1 :]):
        for other in around[:_BLOCK]:
            if abs(other.left - line.left) > 0.3 * line.size:
                break
            right = max(right, other.right)
    return right


def _hangs(first: Line, lines: Sequence[Line], index: int) -> bool:
    """Return whether the lines after a first line are indented, as those of an item are."""
    if BULLET.match(first.text) or NUMBERED.match(first.text):
        return True
    after = lines[index + 1 : index + 2]
    slack = 0.3 * first.size
    # Two lines are as far indented, and then one is not: an entry of a bibliography.
    return (
        bool(after)
        and abs(after[0].left - lines[index].left) < slack
        and any(abs(line.left - first.left) < slack for line in lines[index + 2 : index + 6])
    )


def _is_centred(line: Line, last: Line, right: float, lines: Sequence[Line]) -> bool:
    """Return whether two lines stand in the middle of their column."""
    left = min(one.left for one in lines)
    middle = (left + right) / 2
    slack = 0.6 * line.size
    return all(
        abs((one.left + one.right) / 2 - middle) < slack and one.left - left > slack
        for one in (line, last)
    ) or (
        abs((line.left + line.right) - (last.left + last.right)) < slack
        and min(line.left, last.left) - left > slack
    )


def _room(last: Line, line: Line, right: float) -> float:
    """Return the room that a line leaves beside the first word of the next, and a blank."""
    word = line.words[0]
    return right - last.right - (word.right - word.left) - _ROOM * line.size


def _is_short_by(last: Line, line: Line, right: float) -> bool:
    """Return whether the first word of a line would have fitted into the line before."""
    return _room(last, line, right) > 0.3 * line.size


def _is_short(last: Line, line: Line, right: float) -> bool:
    """Return whether a line ends a paragraph: it leaves room, and the next begins a sentence."""
    if not _is_short_by(last, line, right):
        return False
    if _ends(last.text):
        return True
    width = right - min(last.left, line.left)
    return not _begins_within(line.text) and right - last.right > _SHORT * width


def _begins_within(text: str) -> bool:
    """Return whether a text begins within a sentence."""
    return text.lstrip(_OPENING)[:1].islower()


def _ends(text: str) -> bool:
    """Return whether a text ends as a sentence or a line before a list does."""
    bare = text.rstrip(_CLOSING + "0123456789")
    return (bare[-1:] or text[-1:]) in f"{_TERMINAL}:;" or text[-1:] in _TERMINAL
