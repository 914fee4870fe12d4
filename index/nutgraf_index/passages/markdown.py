"""The blocks of a Markdown text, after CommonMark's rules for what opens and ends a block.

Inline markup stays in the text. Left out as markers: `#`, underlines of headings, thematic
breaks, bullets and the `>` that opens a quotation.
"""

import re
from collections.abc import Iterator

from nutgraf_index.passages.blocks import Block, BlockKind, Line, block_of, lines

__all__ = ["markdown_blocks"]

_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_UNDERLINE = re.compile(r"(=+|-+)$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_REFERENCE = re.compile(
    r"\[(?!\^)[^\]]+\]:\s+(?:<[^>]*>|\S+)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?$"
)
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_CODE_INDENT = 4  # from here on a line is code or continues a list, never a marker


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text in reading order."""
    return _Scanner(list(lines(text))).blocks()


class _Scanner:
    """One pass over the lines; `self.open` holds the paragraph, item or quotation being read."""

    def __init__(self, source: list[Line]) -> None:
        self.source = source
        self.at = 0
        self.last_comment_end = max(
            (at for at, line in enumerate(source) if "-->" in line.text), default=-1
        )
        self.open: list[Line] = []
        self.quoted = False

    def blocks(self) -> Iterator[Block]:
        """Yield every block of the source."""
        yield from self._front_matter()
        while self.at < len(self.source):
            line = self.source[self.at]
            self.at += 1
            if not line.text:
                yield from self._close()
            elif fence := _FENCE.match(line.text):
                yield from self._close()
                yield self._fenced(line, fence[1])
            elif line.indent >= _CODE_INDENT and not _ITEM.match(line.text):
                self.open.append(line)
            elif line.text.startswith("<!--") and self._is_closed(line):
                yield from self._close()
                yield self._comment(line)
            else:
                yield from self._line(line)
        yield from self._close()

    def _line(self, line: Line) -> Iterator[Block]:
        """Read one ordinary line that is not blank."""
        quote = _QUOTE.match(line.text)
        if self.open and not self.quoted and _UNDERLINE.match(line.text):
            if _ITEM.match(self.open[0].text):
                yield from self._close()
            else:
                level = 1 if line.text[0] == "=" else 2
                yield block_of(self.open, BlockKind.HEADING)._replace(level=level)
                self.open = []
        elif _RULE.match(line.text):
            yield from self._close()
        elif atx := _ATX.match(line.text):
            yield from self._close()
            yield from _heading(line, atx)
        elif _REFERENCE.match(line.text) and not self.open:
            yield block_of([line], BlockKind.HIDDEN)
        elif quote:
            if not self.quoted or quote.end() == len(line.text):
                yield from self._close()
            if quote.end() < len(line.text):
                self.quoted = True
                self.open.append(line)
        else:
            if self._starts_item(line):
                yield from self._close()
            self.open.append(line)

    def _starts_item(self, line: Line) -> bool:
        """Whether a line opens a list item; amid a paragraph a number must be 1 to do so."""
        item = _ITEM.match(line.text)
        if item is None:
            return False
        amid = self.open and not _ITEM.match(self.open[0].text)
        return not (amid and line.text[0].isdigit()) or item[0].rstrip(" \t.)") == "1"

    def _close(self) -> Iterator[Block]:
        """End the open block, if there is one."""
        group, quoted = self.open, self.quoted
        self.open, self.quoted = [], False
        if not group:
            return
        first = group[0].text
        if quoted and (quote := _QUOTE.match(first)):
            yield block_of(group, marker=quote.end())
        elif bullet := _BULLET.match(first):
            yield block_of(group, BlockKind.ITEM, marker=bullet.end())
        else:
            yield block_of(group, BlockKind.ITEM if _ITEM.match(first) else BlockKind.PARAGRAPH)

    def _fenced(self, first: Line, fence: str) -> Block:
        """Take lines up to the closing fence; to the end if there is none."""
        group = [first]
        while self.at < len(self.source):
            line = self.source[self.at]
            self.at += 1
            group.append(line)
            if len(line.text) >= len(fence) and set(line.text) == {fence[0]}:
                break
        return block_of(_written(group))

    def _is_closed(self, line: Line) -> bool:
        """Whether a comment ends on its line or a later one; otherwise it is text."""
        return "-->" in line.text or self.at <= self.last_comment_end

    def _comment(self, line: Line) -> Block:
        """Take a comment up to its end; what follows on that line is read next."""
        first = line
        while "-->" not in line.text:
            line = self.source[self.at]
            self.at += 1
        end = line.start + line.text.index("-->") + len("-->")
        rest = line.text[end - line.start :]
        if rest.strip():
            bare = rest.lstrip()
            start = end + len(rest) - len(bare)
            self.at -= 1
            self.source[self.at] = Line(start, line.end, 0, bare)
        return Block(first.start, end, BlockKind.HIDDEN)

    def _front_matter(self) -> Iterator[Block]:
        """Yield the block between `---` lines at the very top, as site generators write it."""
        if not self.source or self.source[0].text != "---":
            return
        for number, line in enumerate(self.source[1:], start=1):
            if line.text in ("---", "..."):
                inner = _written(self.source[1:number])
                if inner and _KEY.match(inner[0].text):
                    self.at = number + 1
                    yield block_of(inner, BlockKind.HIDDEN)
                return


def _heading(line: Line, atx: re.Match[str]) -> Iterator[Block]:
    content = line.text[atx.end() :]
    unclosed = content.rstrip("#")
    if unclosed != content and (not unclosed or unclosed[-1] in " \t"):
        content = unclosed.rstrip()
    if content:
        start = line.start + atx.end()
        yield Block(start, start + len(content), BlockKind.HEADING, len(atx[1]))


def _written(group: list[Line]) -> list[Line]:
    """Drop blank lines at both ends."""
    written = [number for number, line in enumerate(group) if line.text]
    return group[written[0] : written[-1] + 1] if written else []
