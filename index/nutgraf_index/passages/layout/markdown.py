"""The blocks of a Markdown text, by CommonMark's rules for where a block begins and ends.

Beyond CommonMark, it reads tables, footnotes and definition lists, the tags of site generators
(Jekyll, Hugo, Kramdown), lines of images, and headings that html2text has wrapped. Inline markup
stays in the text. Markers are left out: `#`, underlines of headings, thematic breaks, bullets, the
`>` that begins a quotation, and the `:` that begins a description.
"""

import re

from nutgraf_index.passages.layout.blocks import (
    NO_MARKERS,
    Block,
    BlockKind,
    Blocks,
    Lines,
    columns,
)

__all__ = ["markdown_blocks"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_rest = BlockKind
_IMAGE, _CAPTION, _FOOTNOTE, _ROW, _CODE, _HTML, _TAG, _TERM, _DESCRIPTION = _rest
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_UNDERLINE = re.compile(r"(=+|-+)$")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_REFERENCE = re.compile(
    r"\[(?!\^)[^\]]+\]:\s+(?:<[^>]*>|\S+)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?$"
)
_NOTE = re.compile(r"\[\^[^\]]+\]:(?=\s|$)")
# A link target may have one pair of brackets in it.
_PICTURE = r"!\[[^\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])?"
_PICTURES = re.compile(
    rf"(?:(?:{_PICTURE}|\[{_PICTURE}\]\((?:[^()]|\([^()]*\))*\))(?:\{{[^}}]*\}})?\s*)+$"
)
_CAPTION_LINE = re.compile(r"([*_]{1,3})(?=\S).*\S\1$|\(.*\)$|<(small|em|i|figcaption)\b.*</\2>$")
_TAG_LINE = re.compile(
    r"\{%.*%\}$|\{\{.*\}\}$|\{:.*\}$|\{\.[\w -]+\}$|\{#[\w -]+\}$|\[\[?_?toc_?\]?\]$|:::.*$",
    re.IGNORECASE,
)
_TAG_ENDS = {"{%": "%}", "{{": "}}", "{:": "}"}
_LINES_IN_TAG = 20
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_DESCRIPTION_MARK = re.compile(r":[ \t]+(?=\S)")
# HTML blocks of the kinds 1, 6 and 7 of CommonMark, and declarations.
_RAW = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|"
    r"details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|"
    r"head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|"
    r"option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|"
    r"ul|video|audio|picture|svg)(?=[\s/>]|$)|<[!?][A-Za-z\[]",
    re.IGNORECASE,
)
_WHOLE_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>$")
_WRAP = 78  # characters at which html2text wraps headings, too
_LINES_IN_HEADING = 3
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
        in_table: whether the last block is a row of a table, right above.
        blocks: the blocks read so far.
        raw_ends: the offset of the last of each closing tag that was looked for; -1 without one.
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
        self.in_table = False
        self.blocks: list[Block] = []
        self.text = text
        self.raw_ends: dict[str, int] = {}

    def scan(self) -> list[Block]:
        """Return all blocks of the text."""
        texts, indents = self.texts, self.lines.indents
        while (number := self.next) < len(texts):
            text = texts[number]
            self.next = number + 1
            if not text:
                self._close(number)
                self.in_table = False
            elif self.in_table and "|" in text:
                self._close(number)  # a wrapped row
                self._add(number, number, _ROW)
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
        elif head in "|:-" and self._reads_table(number, text):
            pass
        elif head in "[!" and _PICTURES.match(text):
            self._close(number)
            self._add(number, number, _IMAGE)
            self._caption()
        elif head == "[" and (first is None or self.kind is _FOOTNOTE) and _REFERENCE.match(text):
            self._close(number)
            self._add(number, number, _HIDDEN)
        elif head == "[" and _NOTE.match(text):
            self._close(number)
            self._open(number, _FOOTNOTE)
        elif (head in "{[:" and self._reads_tag(number, text)) or (
            head == "<" and self._reads_html(number, text)
        ):
            pass
        elif head == ":" and (mark := _DESCRIPTION_MARK.match(text)) and self._has_term(number):
            self._open(number, _DESCRIPTION, mark.end())
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

    def _reads_table(self, number: int, text: str) -> bool:
        """Read the line below the head of a table, or a row between bars, if it is one.

        The head is a block with the line below it, which has only bars, dashes and colons.
        """
        first = self.first
        is_head = first == number - 1 and self.kind is _PARAGRAPH and "|" in self.texts[number - 1]
        if is_head and "|" in text and _DELIMITERS.match(text):
            self.kind = _ROW
            self._close(number + 1)
            self.in_table = True
        elif first is None and text[0] == "|" and text[-1] == "|" and len(text) > 1:
            if _DELIMITERS.match(text):
                self._open(number)  # without a head
                return True
            below = self.texts[number + 1] if number + 1 < len(self.texts) else ""
            if below.startswith("|") and _DELIMITERS.match(below):
                self._open(number)  # the head; the line below is read next
            else:
                self._add(number, number, _ROW)
                self.in_table = True
        else:
            return False
        return True

    def _caption(self) -> None:
        """Read the caption on the next line, right below an image."""
        number = self.next
        if number < len(self.texts) and _CAPTION_LINE.match(self.texts[number]):
            self._add(number, number, _CAPTION)
            self.next = number + 1

    def _reads_tag(self, number: int, text: str) -> bool:
        """Read a tag of a site generator that has its lines for itself, if it is one."""
        last = number
        if not _TAG_LINE.match(text):
            end = _TAG_ENDS.get(text[:2])
            if end is None or end in text:
                return False
            lines = self.texts[number : number + _LINES_IN_TAG]
            last = next((number + at for at, line in enumerate(lines) if end in line), 0)
            if not last or not self.texts[last].endswith(end) or "" in lines[: last - number]:
                return False
        self._close(number)
        self._add(number, last, _TAG)
        self.next = last + 1
        return True

    def _reads_html(self, number: int, text: str) -> bool:
        """Read a block of HTML up to a blank line or the end of a script, if it is one."""
        raw = _RAW.match(text)
        if not (raw or _BLOCK_TAG.match(text) or (self.first is None and _WHOLE_TAG.match(text))):
            return False
        self._close(number)
        texts, last = self.texts, number
        end = f"</{raw[1].lower()}" if raw else ""
        if end and end not in self.raw_ends:
            self.raw_ends[end] = self.text.lower().rfind(end)
        if end and self.raw_ends[end] >= self.lines.start(number):
            while last + 1 < len(texts) and end not in texts[last].lower():
                last += 1
            while not texts[last]:
                last -= 1
        else:
            while last + 1 < len(texts) and texts[last + 1]:
                last += 1
        self._add(number, last, _HTML)
        self.next = last + 1
        return True

    def _has_term(self, number: int) -> bool:
        """Return whether a description may stand on a line: below a term, or below another one."""
        if self.first is not None:
            if self.kind is _PARAGRAPH and not self.quoted and self.first == number - 1:
                self.kind = _TERM
            elif self.kind is not _DESCRIPTION:
                return False
            self._close(number)
            return True
        if not self.blocks:
            return False
        start, end, kind, first = self.blocks[-1]
        if kind is _PARAGRAPH and first == number - 2:  # a blank line between
            self.blocks[-1] = (start, end, _TERM, first)
            return True
        return kind is _DESCRIPTION

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
            last = self._heading_end(number, content)
            end = self.lines.end(last) if last > number else start + len(content)
            self.blocks.append((start, end, kind, number))
            self.next = last + 1

    def _heading_end(self, number: int, content: str) -> int:
        """Return the last line of a heading, which html2text wraps where the next word has no room.

        Nothing but a blank line or the end of a link ends such a heading.
        """
        texts, last, linked = self.texts, number, number
        while last + 1 < len(texts) and (below := texts[last + 1]):
            above = texts[last]
            is_full = len(above) > _WRAP // 2 and (
                len(above) + 1 + len(below.split(None, 1)[0]) > _WRAP >= len(above)
            )
            is_open = content.rfind("](") > content.rfind(")")
            if last - number + 1 == _LINES_IN_HEADING or not (is_open or is_full):
                return linked
            content = f"{content} {below}"
            last += 1
            linked = last if is_open else linked
        return last

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
        self._add(first, last, _CODE)

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
