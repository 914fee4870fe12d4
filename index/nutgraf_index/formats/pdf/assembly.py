"""The text of a PDF: paragraphs joined over pages, their borders, and the offsets of pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nutgraf_index.formats.pdf.characters import HYPHEN, SOFT_HYPHEN, Page
from nutgraf_index.formats.pdf.furniture import line_numbers, running_lines
from nutgraf_index.formats.pdf.hyphens import DASHES, Hyphens
from nutgraf_index.formats.pdf.lines.columns import Columns, regions
from nutgraf_index.formats.pdf.lines.rows import Line, rows_of
from nutgraf_index.formats.pdf.paragraphs.borders import paragraphs_of
from nutgraf_index.formats.pdf.paragraphs.paragraph import Kind, Paragraph
from nutgraf_index.formats.pdf.paragraphs.style import Style
from nutgraf_index.model import Anchor, Mark, Role

__all__ = ["Assembled", "assemble"]

_SAME_SIZE = 1.05  # fonts of paragraphs that go on in another column differ by less
_SMALL = 0.94  # of the size of the body
_SIGNS = ".,;:!?\"'“”‘’()[]"
_BETWEEN = 8  # paragraphs between columns, at most
_ENTRIES = 4  # short lines in a row, at least, are a list
_SHORT_LINE = 60  # characters
_LINES_OF_TEXT = 3  # of the first paragraph that is no title, byline or date
_TITLE_SIZE = 1.3  # of the size of the body, at least
_ROLES: dict[Kind, Role] = {"note": Role.NOTE, "caption": Role.CAPTION, "row": Role.LIST}
_TERMINAL = re.compile(r"[.!?…。！？:][\"'”’»)\]]*\d*$")
_BULLET = re.compile(r"^\W+\s*|^o\s+")


@dataclass(slots=True)
class Assembled:
    """The text of a document, with what is known of its stretches."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)


@dataclass(slots=True)
class _Running:
    """A running head, a page number, or text that runs across the page."""

    page: int
    text: str


_Item = Paragraph | _Running


def assemble(pages: Sequence[Page]) -> Assembled:
    """Return the text of the pages of a document."""
    pieces = [rows_of(page) for page in pages]
    running = running_lines(pages, pieces)
    vocabulary = Counter(
        word.text.strip(_SIGNS).casefold() for page in pages for word in page.words
    )
    columns: list[Columns] = []
    areas = [
        regions(
            [
                one
                for index, one in enumerate(lines)
                if index not in running[number] | line_numbers(lines)
            ],
            vocabulary,
            columns,
        )
        for number, lines in enumerate(pieces)
    ]
    style = Style.of(area for areas_of_page in areas for area in areas_of_page)
    flow: list[list[_Item]] = []
    for number, page in enumerate(pages):
        middle = (page.top + page.bottom) / 2
        heads: list[_Item] = []
        feet: list[_Item] = []
        if numbers := line_numbers(pieces[number]):
            running[number] -= numbers
            text = " ".join(pieces[number][index].text for index in sorted(numbers))
            feet.append(_Running(page.number, text))
        for index in sorted(running[number]):
            line = pieces[number][index]
            side = heads if line.base < middle else feet
            side.append(_Running(page.number, _plain(line.text)))
        flow.append([*heads])
        flow += [[*paragraphs_of(area, style, page.pictures)] for area in areas[number]]
        flow.append([*feet, *(_Running(page.number, _plain(text)) for text in page.turned)])
    _tell_indents(flow, style)
    items = [*_joined(flow, style)]
    _rank_headings(items, style)
    _tell_lists(items)
    return _written(items, Hyphens(areas))


def _tell_indents(flow: Iterable[Iterable[_Item]], style: Style) -> None:
    """Tell whether most paragraphs of the document begin with an indent."""
    indented = 0
    for items in flow:
        for item in items:
            if isinstance(item, Paragraph) and item.kind == "text" and len(item.lines) > 1:
                first, second = item.lines[:2]
                indented += 1 if first.left - second.left > 0.7 * first.size else -1
    style.indented = indented > 0


def _joined(flow: Iterable[list[_Item]], style: Style) -> Iterator[_Item]:
    """Yield the items in reading order, with paragraphs whole that go on in another column."""
    items: list[_Item] = []
    last: Paragraph | None = None  # the last paragraph of the text, which may go on
    for region in flow:
        texts = [
            item
            for item in region
            if isinstance(item, Paragraph) and item.kind in ("text", "item", "heading")
        ]
        first = next(_candidates(last, texts, style), None) if last else None
        if last and first:
            last.lines += first.lines
            last.right = first.right
            region = [item for item in region if item is not first]
            texts = texts[texts.index(first) + 1 :] or [last]
        items += region
        # Small print at the foot of a column does not end the text in it.
        texts = [one for one in texts if one.size >= _SMALL * style.size] or texts[:0]
        if texts:
            last = texts[-1] if texts[-1].kind != "heading" else None
    yield from items


def _candidates(last: Paragraph, texts: Sequence[Paragraph], style: Style) -> Iterator[Paragraph]:
    """Yield the paragraphs of another column with which a paragraph may go on.

    It is the first, or one that begins within a sentence, below what stands between columns, such
    as a title or small print.
    """
    for number, first in enumerate(texts[:_BETWEEN]):
        begins = first.text.lstrip("\"'“‘«([")[:1]
        if (number == 0 or begins.islower()) and _goes_on(last, first, style):
            yield first
        same = max(first.size, last.size) <= _SAME_SIZE * min(first.size, last.size)
        if same and first.kind != "heading":
            return


def _goes_on(last: Paragraph, first: Paragraph, style: Style) -> bool:
    """Return whether a paragraph goes on at the top of another column or page."""
    if first.kind != "text":
        return False
    end, line = last.lines[-1], first.lines[0]
    if max(end.size, line.size) > _SAME_SIZE * min(end.size, line.size):
        return False
    if end.bold != line.bold and len(line.words) > 1:
        return False
    text, begins = _plain(last.text), _plain(first.text).lstrip("\"'“‘«([")[:1]
    if end.text[-1:] in (HYPHEN, SOFT_HYPHEN, *DASHES):
        return True
    if _TERMINAL.search(text):
        if begins.islower():
            return True
        is_full = last.right - end.right < 0.5 * end.size
        indented = len(first.lines) > 1 and line.left - first.lines[1].left > 0.7 * line.size
        return is_full and style.indented and not indented and len(first.lines) > 1
    word = line.words[0]
    is_full = last.right - end.right < (word.right - word.left) + 2 * end.size
    return begins.islower() or is_full


def _rank_headings(items: Iterable[_Item], style: Style) -> None:
    """Give the title of the document, the largest heading of its first page, the first level."""
    headings = [item for item in items if isinstance(item, Paragraph) and item.kind == "heading"]
    on_first = [one for one in headings if one.lines[0].page == 1]
    if on_first:
        title = max(on_first, key=lambda one: one.size)
        if title.size >= _TITLE_SIZE * style.size:
            title.level = 1


def _tell_lists(items: Iterable[_Item]) -> None:
    """Make rows of short lines that follow each other below the head of a document.

    Such are addresses and names: none of them is a headline of those below it.
    """
    run: list[Paragraph] = []
    is_below = False
    paragraphs = [item for item in items if isinstance(item, Paragraph)]
    for paragraph in [*paragraphs, None]:
        if paragraph and is_below and _is_entry(paragraph):
            run.append(paragraph)
            continue
        if len(run) >= _ENTRIES:
            for entry in run:
                entry.kind = "row"
        run = []
        if paragraph:
            is_text = paragraph.kind == "text" and len(paragraph.lines) >= _LINES_OF_TEXT
            is_below = is_below or is_text or paragraph.lines[0].page > 1


def _is_entry(paragraph: Paragraph) -> bool:
    """Return whether a paragraph may be a line of a list: it is short and ends no sentence."""
    line = paragraph.lines[0]
    return (
        paragraph.kind == "text"
        and len(paragraph.lines) == 1
        and len(line.text) <= _SHORT_LINE
        and not _TERMINAL.search(line.text)
    )


def _plain(text: str) -> str:
    """Return a text with usual hyphens."""
    return text.replace(HYPHEN, "-").replace(SOFT_HYPHEN, "-")


def _written(items: Iterable[_Item], hyphens: Hyphens) -> Assembled:
    """Return the text of items, with a blank line between them."""
    assembled = Assembled()
    pieces: list[str] = []
    offset = page = 0
    for item in items:
        if isinstance(item, _Running):
            text = " ".join(item.text.split())
            turns = [(0, item.page)]
            mark = Mark(0, 0, Role.FURNITURE)
        else:
            text, turns = _text_of(item, hyphens)
            mark = Mark(0, 0, _ROLES.get(item.kind), item.level, item.kind == "item")
        if not text:
            continue
        if pieces:
            pieces.append("\n\n")
            offset += 2
        for start, number in turns:
            if number != page and start < len(text):
                assembled.anchors.append(Anchor(offset + start, number))
                page = number
        assembled.marks.append(mark._replace(start=offset, end=offset + len(text)))
        pieces.append(text)
        offset += len(text)
    assembled.text = "".join(pieces)
    return assembled


def _text_of(paragraph: Paragraph, hyphens: Hyphens) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a paragraph, and the offsets at which its lines turn to other pages."""
    text = ""
    turns: list[tuple[int, int]] = []
    page = 0
    for line in paragraph.lines:
        words = _cells(line) if paragraph.kind == "row" else line.text
        if not text:
            text = _BULLET.sub("", words, count=1) if paragraph.bullet else words
        else:
            text = hyphens.join(text, words)
        if line.page != page:
            page = line.page
            # What is left of the line begins its page, however the word before was joined.
            turns.append((max(0, len(text) - len(words)) if turns else 0, page))
    text = _plain(text).strip()
    return text, turns


def _cells(line: Line) -> str:
    """Return the text of a row of a table, with tabs between its cells."""
    text = line.words[0].text
    starts = {round(left, 2) for left, _ in line.cells[1:]}
    for word in line.words[1:]:
        text += f"{chr(9) if round(word.left, 2) in starts else ' '}{word.text}"
    return text
