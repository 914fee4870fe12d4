"""The paragraphs of a plain text, inferred from its layout.

Blank lines and rules (___, * * *, ###) always separate paragraphs. The breaks between two written
lines are judged together, once per text, by all the evidence in them: either each line is a
paragraph, or the lines are wrapped. Wrapped text may mark a paragraph by indenting its first line,
or by a short last line. Then single breaks are judged: an export cuts sentences at links and names,
and headlines and menus stand above wrapped text without a blank line.

A line is identified by its number, from 0, and a break by the number of the line below it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress, pairwise

from nutgraf_index.passages.layout.blocks import NO_MARKERS, BlockKind, Blocks, Lines
from nutgraf_index.passages.layout.evidence import Breaks, are_wrapped
from nutgraf_index.passages.layout.sentences import CONTINUING, Sentences

__all__ = ["plain_blocks"]

_RULE = re.compile(r"[-_*=~#](?:\s*[-_*=~#]){2,}")
# A list item's bullet or number. A dash as a bullet needs white space after it; an em dash opens
# dialogue and is text.
_ITEM = re.compile(
    r"(?:(?P<bullet>[-*+•·▪◦‣–](?:[ \t\u00a0]+[-*+•·▪◦‣–])*)|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)"
)
# Small letters at the beginning of a line that is not in the middle of a sentence.
_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{2,5})[.)]\s|[a-z]{1,2}[A-Z]")
_ADDRESS = re.compile(r"\w+://|www\.|\S+@\S")
_BARE_BULLETS = frozenset("*+•")  # as lines: items whose text has a line of its own
_ENDING = re.compile(r"['’][a-z]{1,2}\b")  # of a name that has a line of its own: 's
_SHORT_PIECE = re.compile(r"\w{1,2}\b")  # of a number, as in "4th"
_OPENING = frozenset("\"'“‘«(")
_OPEN_ENDS = frozenset(",;-–—&/(“‘«\u00ac\u00ad")  # last characters of lines that go on
_COMMON = 0.6  # share of full lines, from which lines have a common width
_FILLED = 0.95  # share of full lines, from which any other line ends a paragraph
_ENDS_WITHIN = (". ", "? ", "! ", '." ', ".” ")
_BEYOND_CHANCE = 2
_APOSTROPHES = frozenset("'’")
_OPEN_MARKS = frozenset("(“‘«")
_CUT_HEADS = _APOSTROPHES | _OPEN_MARKS  # a link or a name begins or ends after the mark
_QUOTES = frozenset("\"”»’'")
_SHORT = 0.6  # of the common width; a line that is not longer was not filled
_SHORT_LINE = 40  # characters, without a common width
_WORDS_IN_LABEL = 3  # mean of the lines of a menu or a table
_LINES_IN_MENU = 3
_ROWS = 0.7  # share of lines with cells or with the name of a field, in a table
_LONGEST_FIELD = 34  # characters of the name of a field
_LINES_IN_HEADLINE = 3
_WORDS_IN_HEADLINE = 4  # of a line that was too long for its column
_LONGEST_HEADLINE = 80  # characters of such a line
_LONG_TITLE = 40  # characters; a menu has no longer entries
_SPACED = 0.25  # share of small letters below blank lines, from which all lines are spaced
_SHORTEST_PIECE = 60  # characters of a line that a comma leaves unfinished before a capital
_LINES_SPACED = 5  # lines that go on below a blank line, in text with double spacing
_WORDS_REPEATED = 3  # of the first line, in a headline that repeats it

BylineReader = Callable[[str, Sequence[str]], set[int]]


def plain_blocks(text: str, sentences: Sentences, bylines: BylineReader) -> Blocks:
    r"""Return the blocks of a plain text in reading order. Its line breaks must all be ``\n``.

    `bylines` takes the text and its stripped lines, and returns the numbers of the lines that are
    bylines: each is a paragraph of its own in any layout.
    """
    lines = Lines(text)
    numbers = _unspaced(lines, sentences)
    if numbers:
        texts, bylined = lines.texts, bylines
        rows = {number: row for row, number in enumerate(numbers)}
        lines.keep(numbers)

        def bylines(text: str, _: Sequence[str]) -> set[int]:
            return {rows[number] for number in bylined(text, texts)}

    layout = _Layout(text, lines, sentences, bylines)
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
    return starts, ends, kinds, [numbers[first] for first in firsts] if numbers else firsts


def _unspaced(lines: Lines, sentences: Sentences) -> list[int]:
    """Return the numbers of all lines but the blank ones between lines with double spacing.

    Single blank lines stand within sentences there. A text with other spacing has no such numbers.
    """
    texts = lines.texts
    written = list(compress(range(len(texts)), texts))
    spaced = [below for above, below in pairwise(written) if below - above == 2]
    heads = [texts[below][0] for below in spaced]
    small = sum(map(str.islower, heads))
    if small < _LINES_SPACED or small < _SPACED * len(heads):
        return []
    within = [
        below
        for below, head in zip(spaced, heads, strict=True)
        if head.islower() and " " in texts[below] and not sentences.ends(texts[below - 2])
    ]
    if len(within) < max(_LINES_SPACED, _SPACED * len(heads)):
        return []
    blank = {below - 1 for below in spaced}
    return [number for number in range(len(texts)) if number not in blank]


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

    def __init__(
        self, text: str, lines: Lines, sentences: Sentences, bylines: BylineReader
    ) -> None:
        self.sentences, self.bylines = sentences, bylines
        self.lines = lines
        texts = self.lines.texts
        written = list(compress(range(len(texts)), texts))
        marked = [number for number in written if texts[number][0] not in NO_MARKERS]
        self.items = {
            # A bullet is a marker and left out; a number is text.
            number: item.end() if item["bullet"] else 0
            for number in marked
            if (item := _ITEM.match(texts[number]))
        }
        if any(texts[number][0] == "+" for number in self.items):
            indents = lines.indents  # text browsers write "o" for the bullets of inner lists
            inner = [number for number in written if texts[number].startswith("o ")]
            self.items.update((number, 0) for number in inner if indents[number])
        if rules := {
            number
            for number in marked
            if _RULE.fullmatch(texts[number]) or texts[number] in _BARE_BULLETS
        }:
            written = [number for number in written if number not in rules]
        self.written = written
        gaps = [below - above > 1 for above, below in pairwise(written)]
        self.runs: list[tuple[int, int]] = []
        self.beside_bylines: set[int] = set()
        numbers: list[int] = []
        if not all(gaps):
            firsts, lasts = compress(written, [True, *gaps]), compress(written, [*gaps, True])
            self.runs = list(zip(firsts, lasts, strict=True))
            bylined = bylines(text, texts)
            self.beside_bylines = {number + after for number in bylined for after in (0, 1)}
            within = compress(written[1:], [not gap for gap in gaps])
            numbers = [below for below in within if below not in self.beside_bylines]
        self.breaks = Breaks(self.lines, numbers, len(self.runs), sentences)

    def paragraphs(self) -> tuple[list[int], list[int]]:
        """Return the first line of each paragraph, and the last line of each."""
        if not self.runs:
            return self.written, self.written
        if not self.breaks.numbers:
            return self.written, self.written
        indented = self._indents_open_paragraphs()
        judged = self._within_paragraphs() if indented else self.breaks
        if are_wrapped(judged):
            return self._wrapped(indented)
        return self._one_a_line()

    def _one_a_line(self) -> tuple[list[int], list[int]]:
        """Return the paragraphs of a text whose lines are paragraphs, or pieces of these."""
        joined = self._pieces()
        if not joined:
            return self.written, self.written
        firsts = [number for number in self.written if number not in joined]
        lasts = [
            number
            for number, following in pairwise([*self.written, -1])
            if following not in joined
        ]
        return firsts, lasts

    def _pieces(self) -> set[int]:
        """Return the breaks at which a sentence, or a headline, goes on."""
        texts, breaks = self.lines.texts, self.breaks
        joined = {
            below
            for below, head in zip(breaks.numbers, breaks.heads, strict=True)
            if (head.islower() or head in CONTINUING or head in _CUT_HEADS)
            and self._goes_on(below)
        }
        ended = set(breaks.ended)
        for below in breaks.numbers:
            if below in joined or below in ended or below in self.items:
                continue
            above, text = texts[below - 1], texts[below]
            if (
                (above[-1] in _OPEN_ENDS and self._is_cut(below, joined))
                or (above[-1].isalnum() and self._is_cut(below, joined))
                or (text.isupper() and above.isupper() and self._is_headline(below, joined))
            ):
                joined.add(below)
        joined.update(self._repeated_title())
        return joined

    def _goes_on(self, below: int) -> bool:
        """Return whether a line that begins like the middle of a sentence goes on with one."""
        above, text = self.lines.texts[below - 1], self.lines.texts[below]
        if text in _OPEN_MARKS:
            return not self.sentences.ends(above)
        if text[0] in _OPEN_MARKS:
            return False
        if text[0] in _APOSTROPHES:
            return _ENDING.match(text) is not None and above[-1].isalnum()
        if text[0] in CONTINUING:
            return text[1:2] not in (text[0], "-", "(") and not self.sentences.ends(above)
        if _LABEL.match(text) or self.sentences.ends(above):
            return False
        if _ADDRESS.match(text):
            last = above.rsplit(None, 1)[-1]
            return last.islower() and above.count(" ") >= _WORDS_IN_LABEL - 1
        if self._is_label(text) and not self._precedes_middle(below):
            return (
                above[-1] in _OPEN_ENDS
                or self.sentences.is_unfinished(above)
                or (above[-1].isdigit() and _SHORT_PIECE.match(text) is not None)
            )
        return (
            (self.breaks.has_capitals and not (self._is_entry(above) and self._is_label(text)))
            or above[-1] in _OPEN_ENDS
            or self.sentences.is_unfinished(above)
        )

    def _precedes_middle(self, number: int) -> bool:
        """Return whether the next line begins in the middle of a sentence."""
        texts = self.lines.texts
        text = texts[number + 1] if number + 1 < len(texts) else ""
        return bool(text) and (
            text[0] in CONTINUING or (text[0].islower() and not self._is_label(text))
        )

    def _is_label(self, text: str) -> bool:
        """Return whether a line may be an entry of a menu or a table: a few words without marks."""
        return (
            len(text) <= _SHORT_LINE
            and text.count(" ") < _WORDS_IN_LABEL
            and text[-1] not in CONTINUING
            and not self.sentences.is_unfinished(text)
        )

    def _is_entry(self, text: str) -> bool:
        """Return whether a line may be an entry of a menu, however many words it has."""
        return (
            self._is_label(text)
            or text.isupper()
            or (len(text) <= _SHORT_LINE and self.sentences.is_title(text))
        )

    def _is_cut(self, below: int, joined: set[int]) -> bool:
        """Return whether a line is unfinished, and a name, a link or a date completes it."""
        above, text, sentences = self.lines.texts[below - 1], self.lines.texts[below], self.sentences
        goes_on = below + 1 in joined  # the line below is in the middle of a sentence, too
        if above[-1] == ",":
            return len(above) >= _SHORTEST_PIECE
        if above[-1] in _OPEN_MARKS:
            return True
        if sentences.is_function_word(above):
            line = f"{above} {text}"
            return above.islower() or goes_on or bool(self.bylines(line, [line]))
        is_long = above.count(" ") + 1 >= _WORDS_IN_HEADLINE
        if sentences.is_unfinished(above):
            is_title = len(above) < _LONG_TITLE and sentences.is_title(above)
            return (is_long and not is_title) or (goes_on and " " in above)
        if below - 1 in joined and self._is_label(above):  # a name or a link in a sentence
            return len(text) >= _LONG_TITLE and sentences.ends(text)
        is_prose = is_long or below - 1 in joined
        return (
            goes_on
            and is_prose
            and above.rsplit(None, 1)[-1].islower()
            and not sentences.is_function_word(text.split(None, 1)[0])
        )

    def _is_headline(self, below: int, joined: set[int]) -> bool:
        """Return whether a line in capitals completes the line in capitals above it."""
        above = self.lines.texts[below - 1]
        return (
            above.count(" ") + 1 >= _WORDS_IN_HEADLINE
            and len(above) <= _LONGEST_HEADLINE
            and len(self.lines.texts[below]) <= _LONGEST_HEADLINE
            and not {below - 1, below - 2} <= joined
        )

    def _repeated_title(self) -> list[int]:
        """Return the breaks within lines that together repeat the beginning of the first line."""
        texts = self.lines.texts
        first = " ".join(texts[self.written[0]].split())
        found: list[int] = []
        if first.count(" ") < _WORDS_REPEATED:
            return found
        for below in self.breaks.numbers:
            above = texts[below - 1]
            if first.startswith(above) and len(above) < len(first):
                size = len(above)
                number = below
                while texts[number] and first.startswith(texts[number], size + 1):
                    size += 1 + len(texts[number])
                    number += 1
                if number > below and first[:size].count(" ") >= _WORDS_REPEATED:
                    found += range(below, number)
        return found

    def _wrapped(self, indented: bool) -> tuple[list[int], list[int]]:
        """Return the paragraphs of a text with wrapped lines."""
        runs, indents = self.runs, self.lines.indents
        has_width = self.breaks.fullness >= _COMMON
        opening = set(self.beside_bylines)
        if not indented and (len(runs) == 1 or self.breaks.fullness >= 0.85):
            opening.update(self._after_short_lines())
        if not indented and len(runs) == 1:
            opening.update(self._between_speeches())
            if self._sentences_end_with_lines():
                opening.update(self._before_capitals(self.breaks.ended))
        likely = opening.union(self.items)
        if indented:
            likely.update([below for below in self.breaks.numbers if indents[below]])
        firsts, lasts = [], []
        for first, last in runs:
            if first == last:
                firsts.append(first)
                lasts.append(last)
                continue
            if last - first + 1 >= _LINES_IN_MENU and self._is_menu(first, last, has_width):
                lines = range(first, last + 1)
                firsts += lines
                lasts += lines
                continue
            firsts.append(first)
            margin = min(indents[first : last + 1]) if indented else None
            heading_end = self._heading_end(first, last, has_width)
            for below in range(first + 1, last + 1):
                if below == heading_end or (
                    below in likely
                    and not self._is_speaker(firsts[-1], below)
                    and (below in opening or self._opens_block(firsts[-1], below, margin))
                ):
                    lasts.append(below - 1)
                    firsts.append(below)
                    heading_end = self._heading_end(below, last, has_width)
            lasts.append(last)
        return firsts, lasts

    def _is_speaker(self, first: int, below: int) -> bool:
        """Return whether the line above is the speaker, with a colon, of the line below."""
        text = self.lines.texts[first]
        return first == below - 1 and text[-1] == ":" and len(text) <= _SHORT_LINE

    def _after_short_lines(self) -> list[int]:
        """Return the breaks after sentences whose last line had room for the next word."""
        texts, widths, breaks = self.lines.texts, self.lines.widths, self.breaks
        ended = breaks.ended
        if breaks.fullness >= _FILLED:
            ended = breaks.numbers
        short = set(ended).difference(breaks.full(ended))
        half = breaks.width // 2
        if half:  # an abbreviation ends no sentence, except at the end of a very short line
            short.update(
                below
                for below in breaks.numbers
                if texts[below - 1][-1] == "." and widths[below - 1] <= half
            )
        return self._before_capitals(short)

    def _before_capitals(self, breaks: Iterable[int]) -> list[int]:
        texts = self.lines.texts
        return [below for below in breaks if not texts[below][0].islower()]

    def _sentences_end_with_lines(self) -> bool:
        """Return whether more sentences end with full lines than would by chance.

        A sentence within a paragraph ends with a line as seldom as any word does.
        """
        texts, breaks = self.lines.texts, self.breaks
        by_words = sum([text.count(" ") for text in texts])
        within = sum([text.count(mark) for text in texts for mark in _ENDS_WITHIN])
        full = self._before_capitals(breaks.full(breaks.ended))
        by_chance = within * len(self.written) / max(by_words, 1)
        return len(full) > _BEYOND_CHANCE * by_chance + 0.5

    def _between_speeches(self) -> list[int]:
        """Return the breaks between a speech in quotation marks and the next one."""
        texts, breaks = self.lines.texts, self.breaks
        return [
            below
            for below, head in zip(breaks.numbers, breaks.heads, strict=True)
            if head in _OPENING
            and texts[below - 1][-1] in _QUOTES
            and texts[below - 1][-2:-1] not in ",;"
        ]

    def _is_menu(self, first: int, last: int, has_width: bool) -> bool:
        """Return whether a run of short lines is a menu, a table or a list of names.

        Verse has marks at the ends of its lines, or more words in them.
        """
        numbers = range(first, last + 1)
        if not (
            self.items.keys().isdisjoint(numbers) and self.beside_bylines.isdisjoint(numbers)
        ):
            return False
        texts = self.lines.texts[first : last + 1]
        cells = sum(["\t" in text or "   " in text for text in texts])
        fields = sum([0 < text.find(": ", 0, _LONGEST_FIELD) for text in texts])
        if max(cells, fields) >= _ROWS * len(texts):
            return True
        limit = _SHORT * self.breaks.width if has_width else _SHORT_LINE
        if max(self.lines.widths[first : last + 1]) > limit:
            return False
        small = sum([text[0].islower() for text in texts])
        words = sum([text.count(" ") + 1 for text in texts])
        marks = sum([text[-1] in CONTINUING or text[-1] in _OPEN_ENDS for text in texts])
        return (
            small in (0, len(texts))
            and 5 * marks <= len(texts)
            and words <= _WORDS_IN_LABEL * len(texts)
        )

    @cached_property
    def _is_in_capitals(self) -> bool:
        """Whether most lines of the text are in capitals, which then mark no headlines."""
        texts = self.lines.texts
        capitals = [below for below in self.breaks.numbers if texts[below].isupper()]
        return 2 * len(capitals) > len(self.breaks.numbers)

    def _heading_end(self, first: int, last: int, has_width: bool) -> int:
        """Return the line after the heading that a block begins with, or 0.

        A heading is up to three lines in capitals, or a line that was not filled though no
        sentence ends with it.
        """
        texts = self.lines.texts
        if first == last or first in self.items or first + 1 in self.items:
            return 0
        text, following = texts[first], texts[first + 1]
        if text[-1] == ":":  # a speaker, or the beginning of a list
            return 0
        if text.isupper() and not self._is_in_capitals:
            end = first + 1
            while (
                end <= last
                and texts[end].isupper()
                and texts[end - 1].count(" ") + 1 >= _WORDS_IN_LABEL
            ):
                end += 1
            is_apart = end <= last and not texts[end][0].islower()
            return end if is_apart and end - first <= _LINES_IN_HEADLINE else 0
        if not (following[0].isupper() or following[0] in _OPENING):
            return 0
        if not has_width:
            return 0
        if text[-1] in _OPEN_ENDS or self.sentences.ends(text):
            return 0
        if self.breaks.full([first + 1]) or self.sentences.is_unfinished(text):
            return 0
        is_short = self.lines.widths[first] <= _SHORT * self.breaks.width
        return first + 1 if is_short or self.sentences.is_title(text) else 0

    def _indents_open_paragraphs(self) -> bool:
        """Return whether indented lines begin paragraphs.

        They do if most lines above them end a sentence or are not full. Otherwise they are hanging
        indents, or verse.
        """
        indents = self.lines.indents
        if not any(indents):
            return False
        breaks = self.breaks
        indented = {below for below in breaks.numbers if indents[below] > indents[below - 1]}
        full = indented.intersection(breaks.full(breaks.numbers))
        ended = indented.difference(full).union(indented.intersection(breaks.ended))
        return 2 * len(ended) > len(indented)

    def _within_paragraphs(self) -> Breaks:
        """Return the breaks before lines at the margin, if indented lines begin paragraphs."""
        indents, numbers = self.lines.indents, self.breaks.numbers
        margin = min([indents[below - 1] for below in numbers])
        margin = min(margin, min([indents[below] for below in numbers]))
        within = [below for below in numbers if indents[below] == margin]
        if not within or len(within) == len(numbers):
            return self.breaks
        return Breaks(self.lines, within, len(self.runs), self.sentences)

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
        texts = self.lines.texts
        return bool(self.breaks.full([below])) and not self.sentences.ends(texts[below - 1])
