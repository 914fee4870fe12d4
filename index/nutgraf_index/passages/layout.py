"""The paragraphs of a plain text, inferred from its layout.

Blank lines and rules (___, * * *, ###) always separate paragraphs. The breaks between two written
lines are judged together, once per text: either each line is a paragraph, or the lines are wrapped.
Wrapped text may mark a paragraph by indenting its first line.

A line is identified by its number, from 0, and a break by the number of the line below it.
"""

import re
from functools import cached_property
from itertools import compress, pairwise

from nutgraf_index.passages.blocks import NO_MARKERS, BlockKind, Blocks, Lines
from nutgraf_index.passages.bylines import Bylines

__all__ = ["plain_blocks"]

# Lines longer than this are paragraphs, unless nearly all are filled to one width.
_WIDEST_WRAP = 120
_MIN_BREAKS = 5  # two or three long lines may have the same width by chance
_SENTENCE_END = frozenset(".!?:…。！？।؟")
_AFTER_SENTENCE = "\"'”’»」』)]*_"
_LAST = _SENTENCE_END.union(_AFTER_SENTENCE)  # last characters of lines that end a sentence
_RULE = re.compile(r"[-_*=~#](?:\s*[-_*=~#]){2,}")
# A list item's bullet or number. A dash as a bullet needs white space after it; an em dash opens
# dialogue and is text.
_ITEM = re.compile(r"(?:(?P<bullet>[-*•·▪◦‣–])|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")


def plain_blocks(text: str, bylines: Bylines) -> Blocks:
    r"""Return the blocks of a plain text in reading order. Its line breaks must all be ``\n``.

    A line that is a byline is a paragraph of its own in any layout.
    """
    layout = _Layout(text, bylines)
    firsts, lasts = layout.paragraphs()
    kinds = [BlockKind.PARAGRAPH] * len(firsts)
    offsets, indents, widths = layout.lines.offsets, layout.lines.indents, layout.lines.widths
    starts = [offsets[first] + indents[first] for first in firsts]
    ends = [offsets[last] + widths[last] for last in lasts]
    if items := layout.items:
        for index, first in enumerate(firsts):
            if first in items:
                kinds[index] = BlockKind.ITEM
                starts[index] += items[first]
    return starts, ends, kinds, firsts


class _Layout:
    """The lines of a text, and its paragraphs, inferred from the breaks between the lines.

    Attributes:
        lines: all lines.
        written: the lines that are neither blank nor a rule.
        items: the lines that begin an item of a list, each with the length of its bullet.
        runs: the first and last line of each run of lines without a blank line or a rule; empty if
            all runs are of one line.
        breaks: the breaks within runs, except `beside_bylines`.
        beside_bylines: the breaks before and after bylines.
    """

    def __init__(self, text: str, bylines: Bylines) -> None:
        self.lines = Lines(text)
        texts = self.lines.texts
        written = list(compress(range(len(texts)), texts))
        marked = [number for number in written if texts[number][0] not in NO_MARKERS]
        self.items = {
            # A bullet is a marker and left out; a number is text.
            number: item.end() if item["bullet"] else 0
            for number in marked
            if (item := _ITEM.match(texts[number]))
        }
        if rules := {number for number in marked if _RULE.fullmatch(texts[number])}:
            written = [number for number in written if number not in rules]
        self.written = written
        gaps = [below - above > 1 for above, below in pairwise(written)]
        self.runs: list[tuple[int, int]] = []
        self.breaks: list[int] = []
        self.beside_bylines: set[int] = set()
        if not all(gaps):
            firsts, lasts = compress(written, [True, *gaps]), compress(written, [*gaps, True])
            self.runs = list(zip(firsts, lasts, strict=True))
            numbers = bylines.lines(text, texts)
            self.beside_bylines = {number + after for number in numbers for after in (0, 1)}
            self.breaks = [
                below
                for first, last in self.runs
                for below in range(first + 1, last + 1)
                if below not in self.beside_bylines
            ]

    def paragraphs(self) -> tuple[list[int], list[int]]:
        """Return the first line of each paragraph, and the last line of each."""
        written, runs, indents = self.written, self.runs, self.lines.indents
        if not runs:
            return written, written
        indented = self._indents_open_paragraphs()
        if self._breaks_end_paragraphs(self._within_paragraphs() if indented else self.breaks):
            return written, written
        opening = set(self.beside_bylines)
        if len(runs) == 1 and not indented:
            ended = self._ended(self.breaks)
            opening.update(ended)
            opening.difference_update(self._full(ended))
        likely = opening.union(self.items)
        if indented:
            likely.update([below for below in self.breaks if indents[below]])
        firsts, lasts = [], []
        for first, last in runs:
            firsts.append(first)
            if likely and first < last:
                margin = min(indents[first : last + 1]) if indented else None
                for below in range(first + 1, last + 1):
                    if below in likely and (
                        below in opening or self._opens_block(firsts[-1], below, margin)
                    ):
                        lasts.append(below - 1)
                        firsts.append(below)
            lasts.append(last)
        return firsts, lasts

    @cached_property
    def _width(self) -> int:
        """The width at which lines would be wrapped: the ninth decile of widths above breaks."""
        widths = sorted([self.lines.widths[below - 1] for below in self.breaks])
        return widths[len(widths) * 9 // 10] if widths else 0

    def _full(self, breaks: list[int]) -> list[int]:
        """Return the breaks below full lines, which had no room for the next word."""
        texts, widths, limit = self.lines.texts, self.lines.widths, self._width - 1
        return [
            below
            for below in breaks
            if widths[below - 1] + len(texts[below].split(None, 1)[0]) > limit
        ]

    def _ended(self, breaks: list[int]) -> list[int]:
        """Return the breaks below lines that end with a sentence."""
        texts = self.lines.texts
        likely = [below for below in breaks if texts[below - 1][-1] in _LAST]
        return [
            below
            for below in likely
            if texts[below - 1][-8:].rstrip(_AFTER_SENTENCE)[-1:] in _SENTENCE_END
        ]

    def _breaks_end_paragraphs(self, breaks: list[int]) -> bool:
        """Return whether the line breaks of this text end paragraphs."""
        if not breaks:
            return False
        indents = self.lines.indents

        def full_share() -> float:
            return len(self._full(breaks)) / len(breaks)

        ended_share = len(self._ended(breaks)) / len(breaks)
        if max(self.lines.widths) > _WIDEST_WRAP and self._width > _WIDEST_WRAP:
            return ended_share >= 0.5 or len(breaks) < _MIN_BREAKS or full_share() < 0.9
        if ended_share >= 0.5:
            return ended_share >= 0.8 or full_share() < 0.8
        # Ragged lines without a common width are verse if blank lines separate stanzas; otherwise
        # each line is a paragraph.
        if len(self.runs) > 1 or any(indents[below] > indents[below - 1] for below in breaks):
            return False
        return full_share() < 0.5

    def _indents_open_paragraphs(self) -> bool:
        """Return whether indented lines begin paragraphs.

        They do if most lines above them end a sentence or are not full. Otherwise they are hanging
        indents, or verse.
        """
        indents = self.lines.indents
        if not any(indents):
            return False
        indented = [below for below in self.breaks if indents[below] > indents[below - 1]]
        ended = set(indented).difference(self._full(indented)).union(self._ended(indented))
        return 2 * len(ended) > len(indented)

    def _within_paragraphs(self) -> list[int]:
        """Return the breaks before lines at the margin, if indented lines begin paragraphs."""
        indents = self.lines.indents
        margin = min([indents[below - 1] for below in self.breaks])
        margin = min(margin, min([indents[below] for below in self.breaks]))
        return [below for below in self.breaks if indents[below] == margin] or self.breaks

    def _opens_block(self, first: int, below: int, margin: int | None) -> bool:
        """Return whether line `below` begins a block in wrapped text.

        `first` is the first line of the block above it; `margin` is the smallest indent of the run,
        or None if indented lines do not begin paragraphs.
        """
        if below in self.items:
            return first in self.items or not self._continues(below)
        indents = self.lines.indents
        if margin is None or first in self.items or indents[below] <= margin:
            return False
        return indents[below - 1] <= margin or not self._continues(below)

    def _continues(self, below: int) -> bool:
        """Return whether the line above is full and does not end a sentence."""
        return bool(self._full([below]) and not self._ended([below]))
