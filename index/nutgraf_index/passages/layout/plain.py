"""The paragraphs of a plain text, inferred from its layout.

Blank lines and rules (___, * * *, ###) separate paragraphs, unless the whole text has double
spacing. The breaks between two written lines are judged together, once per text, by all the
evidence in them: either each line is a paragraph, or the lines are wrapped. Wrapped text may mark a
paragraph by indenting its first line, or by a short last line. Then single breaks are judged: an
export cuts sentences at links and names, and headlines and menus stand above wrapped text.

A line is identified by its number, from 0, and a break by the number of the line below it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from nutgraf_index.cache import lazy
from nutgraf_index.passages.layout.blocks import NO_MARKERS, BlockKind, Blocks, Lines, Mark
from nutgraf_index.passages.layout.evidence import Breaks, are_wrapped, sample_of
from nutgraf_index.passages.layout.recognition.display import Display
from nutgraf_index.passages.layout.recognition.pieces import joined_breaks
from nutgraf_index.passages.layout.recognition.printed import is_printed, printed_openings
from nutgraf_index.passages.layout.recognition.quotations import (
    QUOTE,
    VERSUS,
    parties_in,
    quotations_in,
    with_quotations,
)
from nutgraf_index.passages.layout.rows import BylineReader, Rows
from nutgraf_index.passages.layout.sentences import Sentences

__all__ = ["plain_blocks"]

# The texts of wires begin and end with control characters, which are white space for layout.
_CONTROLS = "\x01\x02\x03\x04\x16\x7f"
_AS_SPACES = str.maketrans({chr(code): " " for code in (*range(9), *range(14, 28), 127)})
_IN_HEADER = frozenset("\x11\x13\x1f")  # in the lines with service, number, priority and keyword
_MARGIN = 1000  # characters at the beginning and at the end in which these are looked for
_FILLED = 0.85  # share of full lines, from which short lines end paragraphs beside blank lines
_LONGEST_PARAGRAPH = 12  # lines; a longer run may be of several paragraphs
_LONG_RUN = 30  # lines; a run with nearly all lines of a text is of several paragraphs
_MOST_LINES = 0.75
_TIGHT = 3  # paragraphs of a text with blank lines within them that no blank line separates
_SHORTEST_FULL = 40  # characters of a line that goes on in such a text
# The number of an item, or the letters of "4th", on a line of its own.
_GOES_ON = re.compile(r"\(?\d{1,2}[.)]|[a-z]{1,2}")
_MOST_SMALL = 0.2  # share of paragraphs that begin with a small letter
_LONG = 50  # characters of a line of a paragraph; a paragraph of one line has twice as many
_GOING_ON = re.compile(r"[^\W\d_]+,? (?=[^\W\d_])[^:]{20}")  # at least a few words
_ADDRESSES = ("://", "@", "www.")  # of a line that ends with one
_STRICT = 0.95  # share of full lines, from which any other line ends a paragraph
_OPENING, _LAST, _SMALL = int(Mark.OPENING), int(Mark.LAST), int(Mark.SMALL)
_QUOTES = frozenset("\"”»’'")
_ENDS_WITHIN = (". ", "? ", "! ", '." ', ".” ")
_BEYOND_CHANCE = 2

# First characters that neither mark a line nor go on with the sentence above a blank line.
_OPENINGS = frozenset(sign for sign in NO_MARKERS if not sign.islower())

_EMPHASIS = frozenset("_*([")
_MARKED_WORD = re.compile(r"[_*(\[]+[^\W\d_]")
_GAP = re.compile(r"\n\n(?<=\S\n\n)(?=\S)")  # between two lines without blanks at their ends
_PARAGRAPH = BlockKind.PARAGRAPH

Paragraphs = tuple[Sequence[int], Sequence[int]]  # the first and the last line of each


def plain_blocks(text: str, sentences: Sentences, bylines: BylineReader) -> Blocks:
    r"""Return the blocks of a plain text in reading order. Its line breaks must all be ``\n``.

    `bylines` takes the text and its stripped lines, and returns the numbers of the lines that are
    bylines: each is a paragraph of its own in any layout.
    """
    if any(map((text[:_MARGIN] + text[-_MARGIN:]).__contains__, _CONTROLS)):
        bylines = _with_headers(text, bylines)
        text = text.translate(_AS_SPACES)
    if blocks := _lines_apart(text):
        return blocks
    lines = Lines(text)
    quotations: Sequence[tuple[int, int]] = ()
    if QUOTE in text:
        lines, quotations = quotations_in(lines)
    if not VERSUS.isdisjoint(lines.texts):
        quotations = sorted([*quotations, *parties_in(lines)])
    rows = Rows(text, lines, sentences, bylines)
    numbers: Sequence[int] = ()
    if blanks := rows.blanks_within():
        texts = lines.texts
        numbers = [number for number in range(len(texts)) if number not in blanks]
        places = {number: place for place, number in enumerate(numbers)}
        bylined = {places[number] for number in bylines(text, texts)}
        lines = lines.kept(numbers)
        rows = Rows(text, lines, sentences, lambda _, __: bylined)
        rows.tight = {
            place for place, (above, below) in enumerate(pairwise(numbers), 1) if below == above + 1
        }
    firsts, lasts = _Layout(text, rows).paragraphs()
    if not numbers:
        firsts, lasts = _over_blanks(rows, firsts, lasts)
        if quotations:
            firsts, lasts = with_quotations(quotations, firsts, rows.written)
    kinds = [_PARAGRAPH] * len(firsts)
    offsets, indents, widths = lines.offsets, lines.indents, lines.widths
    starts = [offsets[first] + indents[first] for first in firsts]
    ends = [offsets[last] + widths[last] for last in lasts]
    if items := rows.items:
        for index, first in enumerate(firsts):
            if first in items:
                kinds[index] = BlockKind.ITEM
                starts[index] += items[first]
    if hashes := rows.hashes:
        starts = [start + hashes.get(first, 0) for start, first in zip(starts, firsts, strict=True)]
    return starts, ends, kinds, [numbers[first] for first in firsts] if numbers else firsts


def _lines_apart(text: str) -> Blocks | None:
    r"""Return the blocks of a text whose every second line is blank; None for any other text.

    Nothing is left to infer where all other lines begin as paragraphs do. Most articles are so.

    >>> _lines_apart("Otters are back.\n\nThey swim.\n")[0]
    [0, 18]
    """
    end = text.find("\n")
    if end >= 0 and text[end + 1 : end + 2] not in ("\n", ""):
        return None
    text = text.rstrip()
    gaps = [gap.start() for gap in _GAP.finditer(text)]
    if text.count("\n") != 2 * len(gaps):
        return None
    starts, ends = [0, *[gap + 2 for gap in gaps]], [*gaps, len(text)]
    marks = {text[start : start + 1] for start in starts} - _OPENINGS
    if not marks <= _EMPHASIS:
        return None
    # Nothing stands before the first word of a line but emphasis and brackets.
    if marks and any(
        text[start] in marks and not _MARKED_WORD.match(text, start) for start in starts
    ):
        return None
    return starts, ends, [_PARAGRAPH] * len(starts), range(0, 2 * len(starts), 2)


def _over_blanks(rows: Rows, firsts: Sequence[int], lasts: Sequence[int]) -> Paragraphs:
    """Return the paragraphs, joined where a sentence goes on below a single blank line.

    A page, an advert or a link has cut it. Where many paragraphs begin with a small letter, it says
    nothing.
    """
    texts, heads = rows.lines.texts, rows.lines.heads
    small = [index for index, first in enumerate(firsts) if heads[first] & _SMALL]
    if not small or len(small) > _MOST_SMALL * len(firsts):
        return firsts, lasts
    joined = {
        index
        for index in small
        if index
        and firsts[index] - lasts[index - 1] == 2
        and not texts[firsts[index] - 1]
        and firsts[index] not in rows.items
        and _GOING_ON.match(texts[firsts[index]])
        and len(above := texts[lasts[index - 1]]) >= _LONG
        and (firsts[index - 1] < lasts[index - 1] or len(above) >= 2 * _LONG)
        and (above[-1].isalnum() or above[-1] == ",")
        and not any(map(above.__contains__, _ADDRESSES))
    }
    return (
        [first for index, first in enumerate(firsts) if index not in joined],
        [last for index, last in enumerate(lasts) if index + 1 not in joined],
    )


def _with_headers(text: str, bylines: BylineReader) -> BylineReader:
    """Return a reader of bylines that also returns the lines of a wire's header (ANPA 1312)."""
    lines = text[:_MARGIN].split("\n")
    headers = {number for number, line in enumerate(lines) if not _IN_HEADER.isdisjoint(line)}
    return lambda text, lines: bylines(text, lines) | headers


class _Layout:
    """Infers the paragraphs of a text from the breaks between its lines."""

    def __init__(self, text: str, rows: Rows) -> None:
        self.text, self.rows, self.lines = text, rows, rows.lines
        self.breaks = Breaks(rows.lines, rows.breaks, len(rows.runs), rows.sentences)

    @lazy
    def display(self) -> Display:
        return Display(self.rows, self.breaks)

    def paragraphs(self) -> Paragraphs:
        """Return the first line of each paragraph, and the last line of each."""
        written = self.rows.written
        if not self.rows.breaks:
            return written, written
        indented = self._indents_open_paragraphs()
        if len(self.rows.tight) >= _TIGHT or are_wrapped(self._judged(indented)):
            if not indented and not self.rows.tight and is_printed(self.breaks):
                return self._without(set(self.rows.breaks).difference(self._printed()))
            return self._wrapped(indented)
        return self._without(joined_breaks(self.rows, self.breaks))

    def _without(self, joined: set[int]) -> Paragraphs:
        """Return the written lines as paragraphs, joined at some breaks."""
        written = self.rows.written
        if not joined:
            return written, written
        firsts = [number for number in written if number not in joined]
        return firsts, [
            number for number, following in pairwise([*written, -1]) if following not in joined
        ]

    def _printed(self) -> set[int]:
        """Return the breaks of a printed page after which a paragraph or an item begins."""
        items = [
            below
            for below in self.rows.items
            if below and self.rows.sentences.ends(self.lines.texts[below - 1] or ".")
        ]
        return self.rows.borders.union(items, printed_openings(self.breaks))

    def _wrapped(self, indented: bool) -> Paragraphs:
        """Return the paragraphs of a text with wrapped lines."""
        rows, indents = self.rows, self.lines.indents
        display = self.display
        opening = self._opening(indented)
        likely = opening.union(rows.items)
        if indented:
            likely.update([below for below in rows.breaks if indents[below]])
        candidates = sorted(likely)
        index = 0
        candidates.append(len(indents))  # after all breaks
        firsts: list[int] = []
        lasts: list[int] = []
        tables, headed = display.judged()
        for (first, last), is_table in zip(rows.runs, tables, strict=True):
            if is_table:
                firsts += range(first, last + 1)
                lasts += range(first, last + 1)
                continue
            firsts.append(first)
            while candidates[index] <= first:
                index += 1
            heading_end = display.heading_end(first, last) if headed[first] else 0
            if not heading_end and candidates[index] > last:
                lasts.append(last)
                continue
            margin = min(indents[first : last + 1]) if indented else None
            while heading_end or candidates[index] <= last:
                below = candidates[index]
                if heading_end and heading_end <= below:
                    below = heading_end
                    index += below == candidates[index]
                else:
                    index += 1
                    if heading_end and below not in rows.borders:  # within a headline
                        continue
                    if display.is_speaker(firsts[-1], below) or not (
                        below in opening or self._opens_block(firsts[-1], below, margin)
                    ):
                        continue
                lasts.append(below - 1)
                firsts.append(below)
                heading_end = display.heading_end(below, last) if headed[below] else 0
            lasts.append(last)
        return firsts, lasts

    def _opening(self, indented: bool) -> set[int]:
        """Return the breaks after which a paragraph begins, whatever its block begins with."""
        opening = set(self.rows.borders)
        if indented:
            return opening
        if len(tight := self._tight()) >= _TIGHT:
            return opening.union(tight)
        longest = max([last - first for first, last in self.rows.runs])
        # A blank line may stand below a headline, or by mistake within a paragraph.
        is_one_run = len(self.rows.runs) == 1 or (
            longest >= _LONG_RUN and longest >= _MOST_LINES * len(self.rows.written)
        )
        if is_one_run or (longest >= _LONGEST_PARAGRAPH and self.breaks.fullness >= _FILLED):
            opening.update(self._after_short_lines())
        elif self.breaks.fullness >= _STRICT:
            opening.update(self._after_last_lines())
        opening.update(self.display.openings())
        if is_one_run:
            opening.update(self._between_speeches())
            if self._sentences_end_with_lines():
                opening.update(set(self.breaks.not_small).intersection(self.breaks.ended))
        return opening

    def _tight(self) -> list[int]:
        """Return the breaks between paragraphs in a text that has blank lines within paragraphs.

        No blank line is at these breaks. A sentence ends above, or a short line is beside; but a
        speaker, the number of an item and the letters of "4th" go on in the line below.
        """
        texts, ends = self.lines.texts, self.rows.sentences.ends
        tight = []
        for below in self.rows.tight.intersection(self.breaks.not_small):
            above, text = texts[below - 1], texts[below]
            shorter = min(len(above), len(text))
            if _GOES_ON.fullmatch(above) or (above[-1] == ":" and self._is_speaker(above)):
                continue
            if ends(above) or shorter <= _SHORTEST_FULL:
                tight.append(below)
        return tight

    def _is_speaker(self, line: str) -> bool:
        """Return whether a line with a colon names who speaks, and is no end of a sentence."""
        return len(line) <= _SHORTEST_FULL and self.rows.sentences.is_name(line)

    def _after_short_lines(self) -> set[int]:
        """Return the breaks after sentences whose last line had room for the next word.

        Where all wrapped lines are full, any line with room ends a paragraph. An abbreviation ends
        no sentence, except at the end of a very short line.
        """
        texts, widths, breaks = self.lines.texts, self.lines.widths, self.breaks
        tails = self.lines.tails
        if breaks.fullness >= _STRICT:
            return breaks.with_room
        half, ends = breaks.width // 2, self.rows.sentences.ends
        likely = [
            below
            for below in breaks.not_small
            if tails[below - 1] & _LAST
            and (
                ends(above := texts[below - 1]) or (widths[below - 1] <= half and above[-1] == ".")
            )
        ]
        return set(likely).difference(breaks.full(likely))

    def _after_last_lines(self) -> list[int]:
        """Return the breaks after sentences whose last line has room, and stands below a full one.

        In verse no line is full.
        """
        texts, ends, full = self.lines.texts, self.rows.sentences.ends, self.breaks.full
        tails = self.lines.tails
        ended = [below for below in self.breaks.with_room if tails[below - 1] & _LAST]
        within = set(self.rows.breaks)
        last = [below for below in ended if below - 1 in within and ends(texts[below - 1])]
        below_full = set(full([below - 1 for below in last]))
        return [below for below in last if below - 1 in below_full]

    def _between_speeches(self) -> list[int]:
        """Return the breaks between a speech in quotation marks and the next one."""
        texts, breaks = self.lines.texts, self.breaks
        return [
            below
            for below, head in zip(breaks.numbers, breaks.heads, strict=True)
            if head & _OPENING
            and texts[below - 1][-1] in _QUOTES
            and texts[below - 1][-2:-1] not in ",;"
        ]

    def _sentences_end_with_lines(self) -> bool:
        """Return whether more sentences end with full lines than would by chance.

        A sentence within a paragraph ends with a line as seldom as any word does. The paragraphs of
        news are a sentence or two.
        """
        breaks = self.breaks
        ended = set(breaks.not_small).intersection(breaks.ended)
        full = breaks.full(sorted(ended.difference(self._after_short_lines())))
        if not full:
            return False
        lines, blanks = len(self.rows.written), max(self.text.count(" "), 1)
        within = 0
        for end in _ENDS_WITHIN:
            within += self.text.count(end)
            if len(full) <= _BEYOND_CHANCE * (within * lines / blanks) + 0.5:
                return False
        return True

    def _indents_open_paragraphs(self) -> bool:
        """Return whether indented lines begin paragraphs.

        They do if most lines above them end a sentence or are not full. Otherwise they are hanging
        indents, or verse.
        """
        indents, breaks = self.lines.indents, self.breaks
        if not any(indents):
            return False
        indented = sample_of(
            [below for below in breaks.numbers if indents[below] > indents[below - 1]]
        )
        ended = set(indented).difference(breaks.full(indented))
        texts, ends = self.lines.texts, self.rows.sentences.ends
        ended.update([below for below in indented if ends(texts[below - 1])])
        return 2 * len(ended) > len(indented)

    def _judged(self, indented: bool) -> Breaks:
        """Return the breaks by which the layout is judged: a sample of many.

        If indented lines begin paragraphs, these are the breaks before lines at the margin.
        """
        numbers = self.rows.breaks
        if indented:
            indents = self.lines.indents
            margin = min([indents[below - 1] for below in numbers])
            margin = min(margin, min([indents[below] for below in numbers]))
            numbers = [below for below in numbers if indents[below] == margin] or numbers
        sample = sample_of(numbers)
        if len(sample) == len(self.rows.breaks):
            return self.breaks
        return Breaks(self.lines, sample, len(self.rows.runs), self.rows.sentences)

    def _opens_block(self, first: int, below: int, margin: int | None) -> bool:
        """Return whether line `below` begins a block in wrapped text.

        `first` is the first line of the block above it; `margin` is the smallest indent of the run,
        or None if indented lines do not begin paragraphs.
        """
        items, indents = self.rows.items, self.lines.indents
        if below in items:
            return first in items or not self._continues(below)
        if margin is None or first in items or indents[below] <= margin:
            return False
        if self.lines.is_small(below):
            return False
        return indents[below - 1] <= margin or not self._continues(below)

    def _continues(self, below: int) -> bool:
        """Return whether the line above is full and does not end a sentence."""
        above = self.lines.texts[below - 1]
        return bool(self.breaks.full([below])) and not self.rows.sentences.ends(above)
