"""The blocks of a Markdown text, by CommonMark's rules for where a block begins and ends.

Inline markup stays in the text. Markers are left out: `#`, underlines of headings, thematic breaks,
bullets, and the `>` that begins a quotation.
"""

import re

from nutgraf_index.passages.layout.blocks import NO_MARKERS, Block, BlockKind, Blocks, Lines, columns

__all__ = ["markdown_blocks"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN = BlockKind
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_UNDERLINE = re.compile(r"(=+|-+)$")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_REFERENCE = re.compile(
    r"\[(?!\^)[^\]]+\]:\s+(?:<[^>]*>|\S+)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?$"
)
_CODE_INDENT = 4  # with this indent and no list marker, a line is code or continues a list


def markdown_blocks(text: str) -> Blocks:
    r"""Return the blocks of a Markdown text in reading order. Its breaks must all be ``\n``."""
    return columns(_Scanner(text).scan())


class _Scanner:
    """Reads the lines of a text in one pass.

    Attributes:
        next: the number of the next line to be read.
        first: the first line of the open block, which is being read; None if no block is open.
        kind: the kind of the open block.
        marker: the length of the open block's marker in characters.
        quoted: whether the open block is a quotation.
        blocks: the blocks read so far.
    """

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self.texts = self.lines.texts
        self.next = 0
        self.last_comment_end = text.rfind("-->")
        self.first: int | None = None
        self.kind = _PARAGRAPH
        self.marker = 0
        self.quoted = False
        self.blocks: list[Block] = []

    def scan(self) -> list[Block]:
        """Return all blocks of the text."""
        texts, indents = self.texts, self.lines.indents
        while (number := self.next) < len(texts):
            text = texts[number]
            self.next = number + 1
            if not text:
                self._close(number)
            elif (head := text[0]) in NO_MARKERS:
                if self.first is None:
                    self._open(number)
            elif head in "`~" and (fence := _FENCE.match(text)):
                self._close(number)
                self._fenced(number, fence[1])
            elif indents[number] >= _CODE_INDENT and not _MARKER.match(text):
                if self.first is None:
                    self._open(number)
            elif text.startswith("<!--") and self.last_comment_end >= self.lines.start(number):
                self._close(number)
                self._comment(number)
            else:
                self._line(number, text)
        self._close(len(texts))
        return self.blocks

    def _line(self, number: int, text: str) -> None:
        """Read a line that is neither blank nor code nor a comment."""
        head, first = text[0], self.first
        if head in "=-" and first is not None and not self.quoted and _UNDERLINE.match(text):
            if self.kind is not _ITEM:
                self.kind = _TITLE if head == "=" else _HEADING
            self._close(number)
        elif head in "-*_" and _RULE.match(text):
            self._close(number)
        elif head == "#" and (atx := _ATX.match(text)):
            self._close(number)
            self._heading(number, text, atx)
        elif head == "[" and first is None and _REFERENCE.match(text):
            self._add(number, number, _HIDDEN)
        elif quote := _QUOTE.match(text):
            is_blank = quote.end() == len(text)
            if is_blank or not self.quoted:
                self._close(number)
            if not is_blank and self.first is None:
                self._open(number, _PARAGRAPH, quote.end())
                self.quoted = True
        else:
            item = _MARKER.match(text)
            if item and self._starts_item(item[0]):
                self._close(number)
            if self.first is None and item:  # a bullet is a marker; a number is text
                self._open(number, _ITEM, 0 if text[0].isdigit() else item.end())
            elif self.first is None:
                self._open(number)

    def _open(self, number: int, kind: BlockKind = _PARAGRAPH, marker: int = 0) -> None:
        self.first, self.kind, self.marker = number, kind, marker

    def _starts_item(self, marker: str) -> bool:
        """Return whether a marker begins a list item; within a paragraph, a number must be 1."""
        in_paragraph = self.first is not None and self.kind is not _ITEM
        return not (in_paragraph and marker[0].isdigit()) or marker.rstrip(" \t.)") == "1"

    def _close(self, end: int) -> None:
        """Add the open block, if there is one; it ends before line `end`."""
        if self.first is not None:
            self._add(self.first, end - 1, self.kind, self.marker)
            self.first, self.quoted = None, False

    def _add(self, first: int, last: int, kind: BlockKind, marker: int = 0) -> None:
        """Add the block of lines `first` to `last`, without its first `marker` characters."""
        start = self.lines.start(first) + marker
        self.blocks.append((start, self.lines.end(last), kind, first))

    def _heading(self, number: int, text: str, atx: re.Match[str]) -> None:
        content = text[atx.end() :]
        unclosed = content.rstrip("#")
        if unclosed != content and (not unclosed or unclosed[-1] in " \t"):
            content = unclosed.rstrip()
        if content:
            start = self.lines.start(number) + atx.end()
            kind = _TITLE if len(atx[1]) == 1 else _HEADING
            self.blocks.append((start, start + len(content), kind, number))

    def _fenced(self, first: int, fence: str) -> None:
        """Read a fenced block up to the closing fence, or to the end of a text without it."""
        last = first
        while self.next < len(self.texts):
            text = self.texts[self.next]
            if text:
                last = self.next
            self.next += 1
            if text.startswith(fence) and not text.strip(fence[0]):
                break
        self._add(first, last, _PARAGRAPH)

    def _comment(self, first: int) -> None:
        """Read a comment up to its end; the rest of its last line is read as the next line."""
        last = first
        while "-->" not in self.texts[last]:
            last += 1
        text = self.texts[last]
        size = text.index("-->") + len("-->")
        start = self.lines.start(last)
        self.blocks.append((self.lines.start(first), start + size, _HIDDEN, first))
        self.next = last + 1
        if rest := text[size:].lstrip():
            self.next = last
            self.texts[last] = rest
            self.lines.offsets[last] = start + len(text) - len(rest)
            self.lines.indents[last], self.lines.widths[last] = 0, len(rest)
