"""Paragraphs: lines in reading order are cut by gaps, indents and short last lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from nutgraf_index.formats.pdf.lines import Line, Region

__all__ = ["Kind", "Paragraph", "Style", "paragraphs_of"]

Kind = Literal["text", "heading", "item", "note", "caption", "table"]

_GAP = 1.25  # of the usual distance of lines: a wider one is between paragraphs
_INDENT, _FARTHEST = 0.7, 6.0  # of the font size: indents of first lines
_OTHER_SIZE = 1.12  # fonts whose sizes differ by less are those of one paragraph
_SMALL = 0.94  # of the size of the body: notes and captions
_ROOM = 0.25  # of the font size, beside the word that would have fitted
_SHORT = 0.3  # of the width of the column that a line leaves, before a capital
_LONGEST_HEADING = 250  # characters
_LINES_IN_HEADING = 4
_STRAIGHT = 0.2  # of the lines of a region: fewer begin at the left margin by chance only
_BLOCK = 30  # lines around a line that may be of the same quotation
_FULL_REGION = 8  # lines: the margin of so long a region is that of its column
_FEW_LINES = 4  # distances of lines: a region of fewer has those that are usual in the document
_NEAR_PICTURE = 3.0  # of the font size
_BULLETS = "•▪▫■□●○◦‣⁃∙·➢➤►▶❖✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLET = re.compile(rf"[{_BULLETS}]+ ?|[-–—*o] (?=\S)")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\(\d{1,3}\)) ?\S?")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|\[\d{1,3}\]) ?[^\W\d]|(?:\d{1,3}|[*†‡§]) [\"“‘'(]")
_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Chart|Exhibit|Photo|Map) ?[\dA-Z][\d.\-]*[.:|–—]? ")
_TERMINAL = ".!?…。！？"
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«(["
_Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Paragraph:
    """Lines that are one passage, in reading order; they may stand on several pages.

    `level` is that of a heading, from 1.
    """

    lines: list[Line]
    right: float  # the margin of the column in which its last line stands
    kind: Kind = "text"
    level: int = 0
    bullet: bool = False  # whether its first word begins with the sign of an item

    @property
    def size(self) -> float:
        """The font size of its first line."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """The words of its lines, with blanks between."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Style:
    """What is usual in a document.

    Attributes:
        size: the font size of most of its text.
        bold: whether most of its text is bold.
        pitches: the usual distance of lines by rounded font size.
        margins: the right margins of long columns by their rounded left margins.
        indented: whether first lines of paragraphs are indented, and no gap is above them.
    """

    size: float = 10.0
    bold: bool = False
    pitches: dict[int, float] = field(default_factory=dict)
    margins: dict[int, float] = field(default_factory=dict)
    indented: bool = False

    @classmethod
    def of(cls, regions: Iterable[Region]) -> "Style":
        """Return the style of a document, from all its regions."""
        sizes: Counter[float] = Counter()
        bold = 0
        distances: dict[int, Counter[float]] = {}
        margins: dict[int, list[float]] = {}
        for region in regions:
            for line in region.lines:
                sizes[_rounded(line.size)] += len(line.text)
                bold += len(line.text) * (1 if line.bold else -1)
            _count_distances(region, distances)
            if len(region.lines) >= _FULL_REGION:
                margins.setdefault(round(region.left / 4), []).append(_margin(region))
        pitches = {key: _pitch(counts) for key, counts in distances.items()}
        return cls(
            size=sizes.most_common(1)[0][0] if sizes else 10.0,
            bold=bold > 0,
            pitches=pitches,
            margins={left: sorted(rights)[len(rights) // 2] for left, rights in margins.items()},
        )

    def pitch(self, size: float) -> float:
        """Return the usual distance of lines of a font size."""
        return self.pitches.get(round(2 * size), 1.2 * size)

    def right(self, region: Region) -> float:
        """Return the right margin of a region."""
        own = _margin(region)
        of_column = max(self.margins.get(round(region.left / 4) + by, own) for by in (-1, 0, 1))
        return of_column if own < of_column < own + (own - region.left) / 2 else own


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _count_distances(region: Region, distances: dict[int, Counter[float]]) -> None:
    """Count the distances of the lines of a region by rounded font size."""
    for line, after in pairwise(region.lines):
        if _rounded(line.size) == _rounded(after.size):
            distance = round(2 * (after.base - line.base)) / 2
            if 0 < distance < 3 * line.size:
                distances.setdefault(round(2 * line.size), Counter())[distance] += 1


def _pitch(distances: Counter[float]) -> float:
    """Return the least distance that is frequent: the greater ones are between paragraphs."""
    most = distances.most_common(1)[0][1]
    return min(distance for distance, count in distances.items() if 3 * count >= most)


def _margin(region: Region) -> float:
    """Return the right end of most lines: few may be longer than the column is wide."""
    rights = sorted(line.right for line in region.lines)
    return rights[len(rights) - 1 - len(rights) // 40]


@dataclass(slots=True)
class _Column:
    """What is usual in a region: its left and right margins, and the distances of its lines."""

    lines: list[Line]
    base: float
    is_straight: bool  # whether many lines begin at the left margin; else they end at the right
    right: float
    pitches: dict[int, float]
    style: Style

    @classmethod
    def of(cls, region: Region, right: float, style: Style) -> "_Column":
        """Return what is usual in a region whose right margin is known."""
        distances: dict[int, Counter[float]] = {}
        _count_distances(region, distances)
        lefts = Counter(round(line.left) for line in region.lines)
        base, count = lefts.most_common(1)[0]
        is_straight = len(region.lines) < _FULL_REGION or count >= _STRAIGHT * len(region.lines)
        pitches = {
            size: _pitch(counts)
            for size, counts in distances.items()
            if counts.total() >= _FEW_LINES
        }
        return cls(region.lines, base, is_straight, right, pitches, style)


def paragraphs_of(region: Region, style: Style, pictures: Sequence[_Box] = ()) -> list[Paragraph]:
    """Return the paragraphs of a region, from top to bottom, each with its kind."""
    right = style.right(region)
    paragraphs: list[Paragraph] = []
    lines = region.lines
    tables = _rows_of_tables(lines)
    column = _Column.of(region, right, style)
    for index, line in enumerate(lines):
        if tables[index]:
            last = paragraphs[-1] if paragraphs else None
            if last and last.kind == "table" and tables[index] == tables[index - 1]:
                last.lines.append(line)
            else:
                paragraphs.append(Paragraph([line], right, "table"))
        elif not paragraphs or _begins(paragraphs[-1], column, index):
            paragraphs.append(Paragraph([line], right))
        else:
            paragraphs[-1].lines.append(line)
    for paragraph in paragraphs:
        if paragraph.kind == "text":
            _classify(paragraph, style, pictures)
    for first, after in pairwise(paragraphs):
        if all(one.kind != "heading" and _NUMBERED.match(one.text) for one in (first, after)):
            for one in (first, after):
                one.kind = "item" if one.kind == "text" else one.kind
    _find_notes(paragraphs, style)
    return paragraphs


def _rows_of_tables(lines: Sequence[Line]) -> list[int]:
    """Return for each line the number of the table it is a row of, from 1; 0 for no table."""
    numbers = [0] * len(lines)
    number = 0
    for index in range(1, len(lines)):
        one, other = lines[index - 1], lines[index]
        if (
            one.cells
            and other.cells
            and _aligned(one, other)
            and (other.base - one.base < 4 * max(one.size, other.size))
        ):
            if not numbers[index - 1]:
                number += 1
                numbers[index - 1] = number
            numbers[index] = number
    return numbers


def _aligned(one: Line, other: Line) -> bool:
    """Return whether half of the cells but the first begin or end as those of another row do."""
    slack = 0.6 * one.size
    few, many = sorted((one.cells[1:], other.cells[1:]), key=len)
    aligned = sum(
        any(abs(left - x) < slack or abs(right - y) < slack for x, y in many) for left, right in few
    )
    return 2 * aligned >= len(few)


def _begins(paragraph: Paragraph, column: _Column, index: int) -> bool:
    """Return whether a line begins a paragraph, after the lines of the last one."""
    lines, base, right, style = column.lines, column.base, column.right, column.style
    line, last = lines[index], paragraph.lines[-1]
    if paragraph.kind == "table":
        return True
    size = max(line.size, last.size)
    if size > _OTHER_SIZE * min(line.size, last.size) and len(line.text) > 2 < len(last.text):
        return True
    distance = line.base - last.base
    if distance > _GAP * column.pitches.get(round(2 * size), style.pitch(size)) + 0.3:
        return True
    if line.text[0] in _BULLETS:
        return True
    is_marked = _BULLET.match(line.text) or _NUMBERED.match(line.text)
    if is_marked and _is_short(last, line, right):
        return True
    if (
        line.size < _SMALL * style.size
        and _NOTE.match(line.text)
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
        if is_short or (len(paragraph.lines) == 1 and goes_back):
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
    if _BULLET.match(first.text) or _NUMBERED.match(first.text):
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


def _classify(paragraph: Paragraph, style: Style, pictures: Sequence[_Box]) -> None:
    """Tell headings, items and captions by font, sign and picture."""
    text, size = paragraph.text, paragraph.size
    if bullet := _BULLET.match(text):
        paragraph.kind, paragraph.bullet = "item", bool(bullet)
        return
    if _CAPTION.match(text) and (size <= style.size or _is_near(paragraph, pictures)):
        paragraph.kind = "caption"
        return
    if size < _SMALL * style.size and _is_near(paragraph, pictures) and any(map(str.isalpha, text)):
        paragraph.kind = "caption"
        return
    is_large = size >= _OTHER_SIZE * style.size
    is_bold = all(line.bold for line in paragraph.lines) and not style.bold
    most = _LINES_IN_HEADING if is_large else 2
    if (
        (is_large or (is_bold and size >= _SMALL * style.size))
        and len(paragraph.lines) <= most
        and len(text) <= _LONGEST_HEADING
        and any(map(str.isalpha, text))
        and (text[-1] not in ".:;," or size >= 1.3 * style.size)
    ):
        paragraph.kind, paragraph.level = "heading", 2 if is_large else 3


def _is_near(paragraph: Paragraph, pictures: Sequence[_Box]) -> bool:
    """Return whether a paragraph stands under or above a picture."""
    top = paragraph.lines[0].base - paragraph.size
    bottom = paragraph.lines[-1].base
    left = min(line.left for line in paragraph.lines)
    right = max(line.right for line in paragraph.lines)
    reach = _NEAR_PICTURE * paragraph.size
    return any(
        min(right, box[2]) - max(left, box[0]) > (right - left) / 2
        and (-paragraph.size < top - box[3] < reach or -2 < box[1] - bottom < reach / 2)
        for box in pictures
    )


def _find_notes(paragraphs: list[Paragraph], style: Style) -> None:
    """Tell the notes at the foot of a region: small text, whose first line has a sign."""
    first = len(paragraphs)
    while first and paragraphs[first - 1].size < _SMALL * style.size:
        first -= 1
        if paragraphs[first].kind in ("table", "caption", "item"):
            break
    if first == 0 and style.size and paragraphs and not _NOTE.match(paragraphs[0].text):
        return
    small = paragraphs[first:]
    marked = next((i for i, one in enumerate(small) if _NOTE.match(one.text)), None)
    if marked is not None:
        for paragraph in small[marked:]:
            if paragraph.kind in ("text", "heading"):
                paragraph.kind, paragraph.level = "note", 0
