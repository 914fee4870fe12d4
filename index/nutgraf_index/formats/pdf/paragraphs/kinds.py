"""The kinds of paragraphs: headings, items, captions and notes, by font, sign and picture."""

import re
from collections.abc import Sequence

from nutgraf_index.formats.pdf.paragraphs.paragraph import Paragraph
from nutgraf_index.formats.pdf.paragraphs.style import SMALL, Style

__all__ = [
    "BULLET",
    "BULLETS",
    "NOTE",
    "NUMBERED",
    "OTHER_SIZE",
    "Box",
    "classify",
    "drop_runs_of_headings",
    "find_notes",
]

OTHER_SIZE = 1.12  # fonts whose sizes differ by less are those of one paragraph
_LONGEST_HEADING = 250  # characters
_LINES_IN_HEADING = 4
_BOLD_LEVEL = 3  # of headings in a font that is bold, but no larger
_RUN_OF_HEADINGS = 4  # so many bold lines in a row are no headings
_NEAR_PICTURE = 3.0  # of the font size
BULLETS = "•▪▫■□●○◦‣⁃∙·➢➤►▶❖✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
BULLET = re.compile(rf"[{BULLETS}]+ ?|[-–—*o] (?=\S)")
NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\(\d{1,3}\)) ?\S?")
NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|\[\d{1,3}\]) ?[^\W\d]|(?:\d{1,3}|[*†‡§]) [\"“‘'(]")
_CAPTION = re.compile(
    r"(?:Figure|Fig\.|Table|Chart|Exhibit|Photo|Map) ?[\dA-Z][\d.\-]*"
    r"(?:[.:|–—] |[.:|–—]? (?=[^\Wa-z]))"
)
Box = tuple[float, float, float, float]


def classify(paragraph: Paragraph, style: Style, pictures: Sequence[Box]) -> None:
    """Tell headings, items and captions by font, sign and picture."""
    text, size = paragraph.text, paragraph.size
    if bullet := BULLET.match(text):
        paragraph.kind, paragraph.bullet = "item", bool(bullet)
        return
    if _CAPTION.match(text) and (size <= style.size or _is_near(paragraph, pictures)):
        paragraph.kind = "caption"
        return
    if size < SMALL * style.size and _is_near(paragraph, pictures) and any(map(str.isalpha, text)):
        paragraph.kind = "caption"
        return
    is_large = size >= OTHER_SIZE * style.size
    is_bold = all(line.bold for line in paragraph.lines) and not style.bold
    most = _LINES_IN_HEADING if is_large else 2
    if (
        (is_large or (is_bold and size >= SMALL * style.size))
        and len(paragraph.lines) <= most
        and len(text) <= _LONGEST_HEADING
        and 2 * sum(map(str.isdigit, text)) < len(text.replace(" ", ""))
        and any(map(str.isalpha, text))
        and (text[-1] not in ".:;," or size >= 1.3 * style.size)
    ):
        paragraph.kind, paragraph.level = "heading", 2 if is_large else _BOLD_LEVEL


def drop_runs_of_headings(paragraphs: Sequence[Paragraph]) -> None:
    """Make text of bold lines that follow each other: they are a list or a table, no headings."""
    start = 0
    for index in range(1, len(paragraphs) + 1):
        first = paragraphs[start]
        if index < len(paragraphs) and (
            paragraphs[index].kind == first.kind == "heading"
            and paragraphs[index].level == first.level == _BOLD_LEVEL
            and abs(paragraphs[index].size - first.size) < 0.1
        ):
            continue
        if index - start >= _RUN_OF_HEADINGS and first.kind == "heading":
            for paragraph in paragraphs[start:index]:
                paragraph.kind, paragraph.level = "text", 0
        start = index


def _is_near(paragraph: Paragraph, pictures: Sequence[Box]) -> bool:
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


def find_notes(paragraphs: list[Paragraph], style: Style) -> None:
    """Tell the notes at the foot of a region: small text, whose first line has a sign."""
    first = len(paragraphs)
    while first and paragraphs[first - 1].size < SMALL * style.size:
        first -= 1
        if paragraphs[first].kind in ("row", "caption", "item"):
            break
    if first == 0 and style.size and paragraphs and not NOTE.match(paragraphs[0].text):
        return
    small = paragraphs[first:]
    marked = next((i for i, one in enumerate(small) if NOTE.match(one.text)), None)
    if marked is not None:
        for paragraph in small[marked:]:
            if paragraph.kind in ("text", "heading"):
                paragraph.kind, paragraph.level = "note", 0
