"""How a plain text marks its paragraphs, told from the text itself.

Blank lines and rules (___, * * *, ###) always separate. What a break between two written lines
means is decided once per text, by evidence from all such breaks: paragraphs of one line each, or
wrapped lines; wrapped lines may mark a paragraph by indenting its first line.

Lines are told by their numbers, and a break by the number of the line below it.
"""

import re
from functools import cached_property
from itertools import compress, pairwise

from nutgraf_index.passages.blocks import NO_MARKERS, BlockKind, Blocks, Lines
from nutgraf_index.passages.bylines import Bylines

__all__ = ["plain_blocks"]

# Lines longer than this are paragraphs, unless nearly all are filled to one width.
_WIDEST_WRAP = 120
_BREAKS_TO_TELL = 5  # of two or three long lines nearly all are of one width by chance
_SENTENCE_END = frozenset(".!?:…。！？।؟")
_AFTER_SENTENCE = "\"'”’»」』)]*_"
_LAST = _SENTENCE_END.union(_AFTER_SENTENCE)  # of a line that may end a sentence
_RULE = re.compile(r"[-_*=~#](?:\s*[-_*=~#]){2,}")
# A list item's bullet or number. A dash as a bullet needs white space after it; an em dash opens
# dialogue and is text.
_ITEM = re.compile(r"(?:(?P<bullet>[-*•·▪◦‣–])|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")


def plain_blocks(text: str, bylines: Bylines) -> Blocks:
    r"""Return the blocks of a plain text in reading order; its breaks are all ``\n``.

    A line that is a byline is a paragraph on its own, whatever the layout.
    """
    layout = _Layout(text, bylines)
    firsts, lasts = layout.paragraphs()
    kinds = [BlockKind.PARAGRAPH] * len(firsts)
    offsets, indents, widths = layout.lines.offsets, layout.lines.indents, layout.lines.widths
    starts = [offsets[first] + indents[first] for first in firsts]
    ends = [offsets[last] + widths[last] for last in lasts]
    if items := layout.items:
        for at, first in enumerate(firsts):
            if first in items:
                kinds[at] = BlockKind.ITEM
                starts[at] += items[first]
    return starts, ends, kinds, firsts


class _Layout:
    """The lines of a text, and what their breaks say of its paragraphs.

    `items` are the lines that open an item of a list, with the length of their bullet; `runs` the
    first and last lines of the stretches that no blank line and no rule separates, but empty where
    each is of one line.
    """

    def __init__(self, text: str, bylines: Bylines) -> None:
        self.lines = Lines(text)
        texts = self.lines.texts
        written = list(compress(range(len(texts)), texts))
        marked = [number for number in written if texts[number][0] not in NO_MARKERS]
        self.items = {
            # A bullet is left out as a marker; a number says something.
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
        self.beside_bylines: set[int] = set()  # breaks that part a byline from its neighbours
        if not all(gaps):
            firsts, lasts = compress(written, [True, *gaps]), compress(written, [*gaps, True])
            self.runs = list(zip(firsts, lasts, strict=True))
            found = bylines.lines(text, texts)
            self.beside_bylines = {number + beside for number in found for beside in (0, 1)}
            self.breaks = [
                below
                for first, last in self.runs
                for below in range(first + 1, last + 1)
                if below not in self.beside_bylines
            ]

    def paragraphs(self) -> tuple[list[int], list[int]]:
        """Return the first and the last lines of the paragraphs."""
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
        """The width lines would be wrapped at: the longest, but for a tenth of outliers."""
        widths = sorted([self.lines.widths[below - 1] for below in self.breaks])
        return widths[len(widths) * 9 // 10] if widths else 0

    def _full(self, breaks: list[int]) -> list[int]:
        """Return the breaks whose next word would not have fitted: the mark of wrapped lines."""
        texts, widths, room = self.lines.texts, self.lines.widths, self._width - 1
        return [
            below
            for below in breaks
            if widths[below - 1] + len(texts[below].split(None, 1)[0]) > room
        ]

    def _ended(self, breaks: list[int]) -> list[int]:
        """Return the breaks before which a sentence ends."""
        texts = self.lines.texts
        likely = [below for below in breaks if texts[below - 1][-1] in _LAST]
        return [
            below
            for below in likely
            if texts[below - 1][-8:].rstrip(_AFTER_SENTENCE)[-1:] in _SENTENCE_END
        ]

    def _breaks_end_paragraphs(self, breaks: list[int]) -> bool:
        """Decide whether line breaks in this text end paragraphs."""
        if not breaks:
            return False
        indents = self.lines.indents

        def full() -> float:
            return len(self._full(breaks)) / len(breaks)

        closed = len(self._ended(breaks)) / len(breaks)
        if max(self.lines.widths) > _WIDEST_WRAP and self._width > _WIDEST_WRAP:
            return closed >= 0.5 or len(breaks) < _BREAKS_TO_TELL or full() < 0.9
        if closed >= 0.5:
            return closed >= 0.8 or full() < 0.8
        # Ragged lines that end nowhere near a common width: verse where blank lines set stanzas
        # apart, otherwise a list of lines.
        if len(self.runs) > 1 or any(indents[below] > indents[below - 1] for below in breaks):
            return False
        return full() < 0.5

    def _indents_open_paragraphs(self) -> bool:
        """Whether indented lines start paragraphs: mostly what stands above them has ended.

        Otherwise they hang under a first line, or are verse.
        """
        indents = self.lines.indents
        if not any(indents):
            return False
        ups = [below for below in self.breaks if indents[below] > indents[below - 1]]
        ended = set(ups).difference(self._full(ups)).union(self._ended(ups))
        return 2 * len(ended) > len(ups)

    def _within_paragraphs(self) -> list[int]:
        """Return the breaks before lines that are not indented, where indents open paragraphs."""
        indents = self.lines.indents
        margin = min([indents[below - 1] for below in self.breaks])
        margin = min(margin, min([indents[below] for below in self.breaks]))
        return [below for below in self.breaks if indents[below] == margin] or self.breaks

    def _opens_block(self, first: int, below: int, margin: int | None) -> bool:
        """Whether `below` starts a block though the text's lines are wrapped.

        `first` is the first line of the block above it.
        """
        if below in self.items:
            return first in self.items or not self._continues(below)
        indents = self.lines.indents
        if margin is None or first in self.items or indents[below] <= margin:
            return False
        return indents[below - 1] <= margin or not self._continues(below)

    def _continues(self, below: int) -> bool:
        """Whether the line above is full, and ends amid a sentence."""
        return bool(self._full([below]) and not self._ended([below]))
