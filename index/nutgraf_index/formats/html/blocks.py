"""The blocks of a web page: its paragraphs, headings, items, captions and rows, in order."""

import re
from dataclasses import dataclass

from lxml import etree

from nutgraf_index.formats.html.page import Element

__all__ = ["HEADINGS", "Block", "blocks_of"]

# Elements that begin and end lines. Those of TEI are in the main text as it is extracted.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol p pre search section summary table tbody td tfoot th thead tr ul"
    " ab cell head item list quote row".split()
)
_BREAKS = frozenset(("br", "lb"))
_UNSHOWN = frozenset(("title", "link", "meta", "base"))
_TAGS = frozenset("h1 h2 h3 h4 h5 h6 li blockquote figcaption caption pre".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CELLS = frozenset(("td", "th"))
_LONGEST_ROW = 600  # characters; a table with longer ones lays out a page
_LONGEST_ID = 200
_WHITE = re.compile(r"[ \t\n\r\f\v\xa0]+")
# Hints of where a line may break; they are no part of a word.
_HINTS = re.compile("[\xad\u200b\u2060\ufeff]")
_LINE_END = re.compile(r"[ \t\r\f\v]*\n")


@dataclass(slots=True)
class Block:
    """A block of a page.

    Attributes:
        text: its text, with a space for each run of white space; that of a `pre` has its lines, and
            that of a row tabs between the cells.
        tag: "h1" to "h6", "li", "blockquote", "figcaption", "caption", "tr" or "pre", if it is in
            such an element; else "p".
        id: the id that leads to it in a browser: that of an element in it, of the heading it is
            under, or of an element around it, whichever is nearest; else the last id before it.
        element: the innermost element that has it, of those that begin and end lines.
        is_break: whether a line break, and no element, begins it.
        linked: the number of its characters that are in links.
    """

    text: str
    tag: str
    id: str
    element: Element
    is_break: bool
    linked: int = 0


def blocks_of(root: Element) -> list[Block]:
    """Return the blocks of the elements in one element."""
    reader = _Reader()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            reader.start(element)
        else:
            reader.end(element)
    return reader.blocks


class _Level:
    """An open element: its id or that of the heading it is under, and the tag of its blocks."""

    __slots__ = ("id", "is_block", "is_link", "own_id", "owner", "tag")

    def __init__(self, element: Element, above: "_Level | None") -> None:
        name = element.tag
        self.is_link: bool = _is_link(element) or (above is not None and above.is_link)
        self.is_block = name in _BLOCKS
        self.owner: Element = element if self.is_block or above is None else above.owner
        self.own_id = _id_of(element)
        self.id: str = self.own_id or (above.id if above else "")
        inherited = above.tag if above else "p"
        # A heading within a quotation is none of the article.
        self.tag: str = name if name in _TAGS and inherited in ("p", "li") else inherited


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._levels: list[_Level] = []
        self._pieces: list[str] = []
        self._anchor = ""  # the id of an element in the block, or right before it
        self._is_break = False
        self._linked = 0
        self._last_id = ""
        self._row: Element = None  # the row whose cells are one block
        self._unshown: Element = None

    def start(self, element: Element) -> None:
        """Start an element, with the text up to its first child or its end."""
        level = _Level(element, self._levels[-1] if self._levels else None)
        name = element.tag
        if level.is_block:
            self._border()
            self._is_break = False
            if name == "tr" and self._row is None and _is_row(element):
                self._row = element
            elif name in _CELLS and self._row is not None and "".join(self._pieces).strip():
                self._pieces.append("\t")
        elif name in _BREAKS:
            if self._row is None and level.tag != "pre":
                self._end_block()
                self._is_break = True
            else:
                self._pieces.append("\n")
        elif level.own_id and not self._anchor:
            self._anchor = level.own_id
        self._levels.append(level)
        self._last_id = level.own_id or self._last_id
        if name in _UNSHOWN and self._unshown is None:
            self._unshown = element
        if element.text and self._unshown is None:
            self._add(element.text, level.is_link)

    def end(self, element: Element) -> None:
        """End an element, with the text up to the next tag."""
        level = self._levels[-1]
        if level.is_block:
            if element is self._row:
                self._end_block("tr")
                self._row = None
            self._border()
            self._is_break = False
        del self._levels[-1]
        if element.tag in HEADINGS and level.id:
            self._put_under(level)
        if element is self._unshown:
            self._unshown = None
        if element.tail and self._levels and self._unshown is None:
            self._add(element.tail, self._levels[-1].is_link)

    def _add(self, text: str, is_link: bool) -> None:
        self._pieces.append(text)
        if is_link:
            self._linked += len(text.strip())

    def _put_under(self, heading: _Level) -> None:
        """Let what follows a heading have its id, up to the end of the next element with one."""
        for level in reversed(self._levels):
            level.id = heading.id
            if level.own_id:
                break

    def _border(self) -> None:
        if self._row is None:
            self._end_block()
        elif self._pieces and not self._pieces[-1].isspace():
            self._pieces.append(" ")

    def _end_block(self, tag: str = "") -> None:
        """Add the text since the last border as a block."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        linked, self._linked = self._linked, 0
        level = self._levels[-1]
        tag = tag or level.tag
        if tag == "pre":
            text = _LINE_END.sub("\n", text).strip("\n").rstrip()
        elif tag == "tr":
            cells = (_WHITE.sub(" ", cell).strip() for cell in text.split("\t"))
            text = "\t".join(cells).strip()
        else:
            text = _WHITE.sub(" ", text).strip()
        text = _HINTS.sub("", text)
        if text.strip():
            id = self._anchor or level.id or self._last_id
            self.blocks.append(Block(text, tag, id, level.owner, self._is_break, linked))
            self._anchor = ""


def _id_of(element: Element) -> str:
    """Return the id that a browser goes to an element by."""
    id = element.get("id") or (element.get("name") if element.tag == "a" else None) or ""
    return str(id) if len(id) <= _LONGEST_ID and not _WHITE.search(id) else ""


def _is_link(element: Element) -> bool:
    """Return whether an element leads to another page."""
    address = (element.get("href") or "").strip() if element.tag == "a" else ""
    return bool(address) and not address.lower().startswith(("#", "javascript:"))


def _is_row(row: Element) -> bool:
    """Return whether a row is one of data: short cells, none of which has blocks of its own."""
    length = cells = 0
    for cell in row:
        if cell.tag not in _CELLS:
            return False
        cells += 1
        inner = 0
        for element in cell.iter():
            inner += element.tag in _BLOCKS or element.tag in _BREAKS
            length += len((element.text or "").strip())
            if element is not cell:
                length += len((element.tail or "").strip())
            if inner > 2 or length > _LONGEST_ROW:  # the cell itself, and a paragraph in it
                return False
    return cells > 1
