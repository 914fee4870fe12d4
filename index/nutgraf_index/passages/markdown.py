"""The blocks of a Markdown text, after CommonMark's rules for what opens and ends a block.

Inline markup stays in the text. Left out as markers: `#`, underlines of headings, thematic
breaks, bullets and the `>` that opens a quotation.
"""

import re

from nutgraf_index.passages.blocks import NO_MARKERS, Block, BlockKind, Blocks, Lines, columns

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
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_CODE_INDENT = 4  # from here on a line is code or continues a list, never a marker


def markdown_blocks(text: str) -> Blocks:
    r"""Return the blocks of a Markdown text in reading order; its breaks are all ``\n``."""
    return columns(_Scanner(text).scan())


class _Scanner:
    """One pass over the lines.

    `first` is the first line of the block being read, None for none; `kind` is the kind of it,
    `marker` the length of its marker, and `quoted` whether it is a quotation.
    """

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self.texts = self.lines.texts
        self.at = 0
        self.last_comment_end = text.rfind("-->")
        self.first: int | None = None
        self.kind = _PARAGRAPH
        self.marker = 0
        self.quoted = False
        self.blocks: list[Block] = []

    def scan(self) -> list[Block]:
        """Return every block of the text."""
        self._front_matter()
        texts, indents = self.texts, self.lines.indents
        while (number := self.at) < len(texts):
            text = texts[number]
            self.at = number + 1
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
        """Read one ordinary line that is not blank."""
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
            if self.first is None and item:  # a bullet is a marker; a number says something
                self._open(number, _ITEM, 0 if text[0].isdigit() else item.end())
            elif self.first is None:
                self._open(number)

    def _open(self, number: int, kind: BlockKind = _PARAGRAPH, marker: int = 0) -> None:
        self.first, self.kind, self.marker = number, kind, marker

    def _starts_item(self, marker: str) -> bool:
        """Whether a marker opens a list item; amid a paragraph a number must be 1 to do so."""
        amid = self.first is not None and self.kind is not _ITEM
        return not (amid and marker[0].isdigit()) or marker.rstrip(" \t.)") == "1"

    def _close(self, end: int) -> None:
        """End the open block before the line `end`, if there is one."""
        if self.first is not None:
            self._add(self.first, end - 1, self.kind, self.marker)
            self.first, self.quoted = None, False

    def _add(self, first: int, last: int, kind: BlockKind, marker: int = 0) -> None:
        """Add a block of successive lines, less the first `marker` characters."""
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
        """Take lines up to the closing fence; to the end if there is none."""
        last = first
        while self.at < len(self.texts):
            text = self.texts[self.at]
            if text:
                last = self.at
            self.at += 1
            if text.startswith(fence) and not text.strip(fence[0]):
                break
        self._add(first, last, _PARAGRAPH)

    def _comment(self, first: int) -> None:
        """Take a comment up to its end; what follows on that line is read next."""
        last = first
        while "-->" not in self.texts[last]:
            last += 1
        text = self.texts[last]
        size = text.index("-->") + len("-->")
        start = self.lines.start(last)
        self.blocks.append((self.lines.start(first), start + size, _HIDDEN, first))
        self.at = last + 1
        if rest := text[size:].lstrip():
            self.at = last
            self.texts[last] = rest
            self.lines.offsets[last] = start + len(text) - len(rest)
            self.lines.indents[last], self.lines.widths[last] = 0, len(rest)

    def _front_matter(self) -> None:
        """Take the block between `---` lines at the very top, as site generators write it."""
        if self.texts[0] != "---":
            return
        for number, text in enumerate(self.texts[1:], start=1):
            if text in ("---", "..."):
                written = [line for line in range(1, number) if self.texts[line]]
                if written and _KEY.match(self.texts[written[0]]):
                    self.at = number + 1
                    self._add(written[0], written[-1], _HIDDEN)
                return
