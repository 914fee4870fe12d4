"""The written lines of a plain text in runs, with their bullets, rules and bylines."""

import re
from collections.abc import Callable, Sequence
from itertools import compress, pairwise

from nutgraf_index.passages.layout.blocks import Lines, Mark
from nutgraf_index.passages.layout.sentences import Sentences

__all__ = ["FACES", "PICTOGRAPHS", "SIGNS", "BylineReader", "Rows", "is_picture_sign"]

SIGNS = frozenset("[#=>|©►→☎✆")  # first characters of lines that begin a paragraph

# Weather, cards, hands and other pictures; flags and faces have higher code points.
PICTOGRAPHS = frozenset(map(chr, range(0x2600, 0x27C0)))
FACES = "\U0001f000"  # the first of these; hardly any letter of a living language is above

_VALUE = re.compile(r"\d{5,12}")  # a field of an export, alone in its line above the text
_FIRST = 4  # lines with such fields
_RULE = re.compile(r"[-_*=~#](?:\s*[-_*=~#]){2,}")
# A list item's bullet or number. A dash as a bullet needs white space after it; an em dash opens
# dialogue and is text. Text browsers write several bullets for the first item of an inner list.
_ITEM = re.compile(
    r"(?:(?P<bullet>[-*+•·▪◦‣–□■○●◆◇▸](?:[ \t\u00a0]+[-*+•·▪◦‣–])*)|\(?\d{1,2}[.)])"
    r"[ \t\u00a0]+(?=\S)"
)
_HASHES = re.compile(r"#{1,6} +(?=[^\W\d_])")  # before a heading, or what is typed at a prompt
_DASHES = "-- "  # a bullet if all lines that begin with it are the first of their blocks
_FEW_DASHED = 3
_CLOSING_QUOTES = ('"', "”", "’’", "''", "»")
_BARE_BULLETS = frozenset("*+•")  # as lines: items whose text has a line of its own
# Agencies mark the beginnings and the ends of lines above a story (ANPA 1312).
_WIRE_LINE, _WIRE_ENDS = "^", frozenset("<=")
# The time of transmission below a story: "AP-NY-01-03-99 1708EST".
_SIGN_OFF = re.compile(r"[A-Z]{2,4}-[A-Z]{2}-\d\d-\d\d-(?:\d\d)?\d\d \d{4}[A-Z]{0,4}")
_SPACED_LINES = 5  # lines that go on below a blank line, in text with double spacing
_SPACED = 0.4  # share of these among the lines below blank lines
# Fewer do where hardly any blank line follows the end of a sentence.
_FEW_SPACED = 3
_LEAST_SPACED = 0.2
_BEYOND_ENDED = 3
_LONG_LINE = range(50, 121)  # characters; lines of verse are shorter, and paragraphs longer

# A line in brackets from end to end: a field of an official record, such as "[Page 12]".
_IN_BRACKETS = re.compile(r"\[[^\[\]]{2,110}\]")
_SMALL, _PLAIN, _BLANK = int(Mark.SMALL), int(Mark.PLAIN), int(Mark.BLANK)

BylineReader = Callable[[str, Sequence[str]], set[int]]


def is_picture_sign(character: str) -> bool:
    """Return whether a character is a small picture, such as a flag, a hand or a sun."""
    return character in PICTOGRAPHS or character >= FACES


def _is_below_quotation(texts: Sequence[str], number: int) -> bool:
    """Return whether the text above a line with dashes is a quotation: the line says whose."""
    above = next((text for text in reversed(texts[max(number - 2, 0) : number]) if text), "")
    return above.endswith(_CLOSING_QUOTES)


class Rows:
    """The lines of a text, grouped in runs.

    Attributes:
        lines: all lines.
        sentences: the reader of the language's sentences.
        bylines: takes a text and its stripped lines, and returns the numbers of its bylines.
        written: the lines that are neither blank nor a rule.
        items: the lines that begin an item of a list, each with the length of its bullet.
        hashes: the lines that begin with a marker of headings, each with its length.
        runs: the first and last line of each run of lines without a blank line or a rule; empty if
            all runs are of one line.
        borders: the breaks before and after bylines, lines in brackets, and lines that agencies
            mark.
        breaks: the breaks within runs, except `borders`.
        tight: the breaks without a blank line, if blank lines within paragraphs were left out.
    """

    def __init__(
        self, text: str, lines: Lines, sentences: Sentences, bylines: BylineReader
    ) -> None:
        self.lines, self.sentences, self.bylines = lines, sentences, bylines
        texts = lines.texts
        written = list(compress(range(len(texts)), texts))
        marked = [number for number in written if not lines.heads[number] & _PLAIN]
        self.items = {
            # A bullet is a marker and left out; a number is text.
            number: item.end() if item["bullet"] else 0
            for number in marked
            if (item := _ITEM.match(texts[number]))
        }
        if sentences.speech_dashes:
            self.items = {
                number: size for number, size in self.items.items() if not self._is_speech(number)
            }
        self.hashes = {
            number: hashes.end()
            for number in marked
            if texts[number][0] == "#" and (hashes := _HASHES.match(texts[number]))
        }
        dashed = [number for number in marked if texts[number].startswith(_DASHES)]
        if (
            len(dashed) >= _FEW_DASHED
            and not any(number and texts[number - 1] for number in dashed)
            and not any(_is_below_quotation(texts, number) for number in dashed)
        ):
            self.items.update((number, len(_DASHES)) for number in dashed)
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
        self._gaps = [below - above > 1 for above, below in pairwise(written)]
        self.runs: list[tuple[int, int]] = []
        self.borders: set[int] = set()
        self.breaks: list[int] = []
        self.tight: set[int] = set()
        if not all(self._gaps):
            gaps = self._gaps
            firsts, lasts = compress(written, [True, *gaps]), compress(written, [*gaps, True])
            self.runs = list(zip(firsts, lasts, strict=True))
            apart = bylines(text, texts)
            wired = [number for number in marked if texts[number][0] == _WIRE_LINE]
            if len([number for number in wired if texts[number][-1] in _WIRE_ENDS]) > 1:
                apart.update(wired)
            apart.update(number for number in written[:_FIRST] if _VALUE.fullmatch(texts[number]))
            apart.update(
                number
                for number, below in pairwise(written[: _FIRST + 1])
                if not lines.heads[below] & _SMALL and _IN_BRACKETS.fullmatch(texts[number])
            )
            if _SIGN_OFF.fullmatch(texts[written[-1]]):
                apart.add(written[-1])
            self.borders = {number + after for number in apart for after in (0, 1)}
            within = compress(written[1:], [not gap for gap in gaps])
            self.breaks = [below for below in within if below not in self.borders]

    def _is_speech(self, number: int) -> bool:
        """Return whether a line with a dash is a paragraph of speech, and not an item of a list."""
        texts = self.lines.texts
        above, line, below = number - 1, texts[number], number + 1
        return (
            line.startswith(self.sentences.speech_dashes)
            and self.sentences.ends(line)
            and (number == 0 or not texts[above])
            and (below == len(texts) or not texts[below])
        )

    def blanks_within(self) -> set[int]:
        """Return the single blank lines of a text with double spacing, in which they end nothing.

        Many long lines go on with a sentence below a blank line there; verse has short lines.
        """
        texts, heads, ends = self.lines.texts, self.lines.heads, self.sentences.ends
        small = [n for n in compress(self.written[1:], self._gaps) if heads[n] & _SMALL]
        if len(small) < _FEW_SPACED or not self.lines.have_capitals:
            return set()
        below_blanks = [
            below for below in compress(self.written[1:], self._gaps) if texts[below - 2]
        ]
        going_on = [
            below
            for below in below_blanks
            if heads[below] & _SMALL
            and self.lines.signs[below] & _BLANK
            and len(texts[below - 2]) in _LONG_LINE
            and not ends(texts[below - 2])
        ]
        share = len(going_on) / max(len(below_blanks), 1)
        if len(going_on) < _SPACED_LINES or share < _SPACED:
            ended = sum([ends(texts[below - 2]) for below in below_blanks])
            if len(going_on) < max(_FEW_SPACED, _BEYOND_ENDED * ended) or share < _LEAST_SPACED:
                return set()
        return {below - 1 for below in below_blanks}
