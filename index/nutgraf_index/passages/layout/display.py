"""Recognises headings, menus, tables and addresses among wrapped lines without a blank line."""

import re
from functools import cached_property

from nutgraf_index.passages.layout.evidence import Breaks
from nutgraf_index.passages.layout.rows import FACES, PICTOGRAPHS, SIGNS, Rows
from nutgraf_index.passages.layout.sentences import CONTINUING, is_address

__all__ = ["Display"]

_OPENING = frozenset("\"'“‘«(")  # first characters of a sentence that is no word
_OPEN_ENDS = frozenset(",;-–—&/(“‘«\u00ac\u00ad")  # last characters of lines that go on
_NO_ENDS = CONTINUING | _OPEN_ENDS  # of the entries of a menu
# Last characters of lines that go on with an address or a wide line.
_OPEN_BEFORE = frozenset(":,;-–—(<&")
_SIGNS = SIGNS | PICTOGRAPHS
_PLACEHOLDER = re.compile(r"\[[A-Za-z]\w{1,15}\]")
_SIGN = re.compile(r"\[\w{1,3}\] |[^\[ ]{1,6} ")
_WIDEST_WRAP = 120  # characters; hardly any lines are wrapped at a greater width
_WIDER = 1.5  # times the common width of lines
_COMMON = 0.6  # share of full lines, from which lines have a common width
_SHORT = 0.6  # of the common width; a line that is not longer was not filled
_SHORT_LINE = 40  # characters, without a common width
_WORDS_IN_ENTRY = 3  # mean of the lines of a menu or a table
_LINES_IN_HEADLINE = 3
_WORDS_IN_LABEL = 5  # besides the first
_ROWS = 0.7  # share of lines with cells or with the name of a field, in a table
_LONGEST_FIELD = 34  # characters of the name of a field


class Display:
    """Headings, menus, tables and addresses of a text with wrapped lines."""

    def __init__(self, rows: Rows, breaks: Breaks) -> None:
        self.rows, self.breaks = rows, breaks
        self.texts, self.widths = rows.lines.texts, rows.lines.widths

    @cached_property
    def has_width(self) -> bool:
        """Whether wrapped lines have a common width."""
        return self.breaks.fullness >= _COMMON

    @cached_property
    def short(self) -> int:
        """The greatest width of a line that was not filled."""
        return int(_SHORT * self.breaks.width) if self.has_width else _SHORT_LINE

    def is_table(self, first: int, last: int) -> bool:
        """Return whether each of three or more lines is an entry of a menu, a list or a table.

        Verse has marks at the ends of its lines, or more words in them. Lines that wrap have more
        words in them, too.
        """
        second, third = self.texts[first + 1], self.texts[first + 2]
        is_mixed = second[0].islower() != third[0].islower()
        if is_mixed and self.widths[first] > _SHORT_LINE:
            return False
        has_cells = _has_cells(second) or _has_cells(third)
        has_fields = _has_field(second) and _has_field(third)
        is_short = self.widths[first] <= self.short
        is_short = is_short and max(self.widths[first : last + 1]) <= self.short
        if not (is_short or has_cells or has_fields):
            return False
        numbers = range(first, last + 1)
        if not (
            self.rows.items.keys().isdisjoint(numbers) and self.rows.borders.isdisjoint(numbers)
        ):
            return False
        texts = self.texts[first : last + 1]
        for is_row in (_has_cells,) * has_cells + (_has_field,) * has_fields:
            if sum(map(is_row, texts)) >= _ROWS * len(texts):
                return True
        return is_short and self._is_menu(texts)

    def _is_menu(self, texts: list[str]) -> bool:
        small = sum([text[0].islower() and not is_address(text) for text in texts])
        is_alike = small in (0, len(texts))
        if not (is_alike or self.has_width):
            return False
        words = sum([text.count(" ") + 1 for text in texts])
        if not (is_alike or words < 2 * len(texts)):
            return False
        if 5 * sum([text[-1] in _NO_ENDS for text in texts]) > len(texts):
            return False
        return words <= _WORDS_IN_ENTRY * len(texts) or sum(
            map(_has_figures, texts)
        ) >= _ROWS * len(texts)

    @cached_property
    def _is_in_capitals(self) -> bool:
        """Whether most lines of the text are in capitals, which then mark no headlines."""
        texts, breaks = self.texts, self.breaks.numbers
        return 2 * sum([texts[below].isupper() for below in breaks]) > len(breaks)

    def heading_end(self, first: int, last: int) -> int:
        """Return the line after the heading that a block begins with, or 0.

        `last` is the last line of the run. A heading is up to three lines in capitals, or a line
        that was not filled though no sentence ends with it.
        """
        texts, items = self.texts, self.rows.items
        if first == last or texts[first + 1][0].islower() or first in items or first + 1 in items:
            return 0
        text, following = texts[first], texts[first + 1]
        if text[-1] == ":":  # a speaker, or the beginning of a list
            return first + 1 if self._is_label(first, last) else 0
        if text.isupper() and not self._is_in_capitals:
            end = first + 1
            while (
                end <= last
                and texts[end].isupper()
                and texts[end - 1].count(" ") + 1 >= _WORDS_IN_ENTRY
            ):
                end += 1
            is_apart = end <= last and not texts[end][0].islower()
            return end if is_apart and end - first <= _LINES_IN_HEADLINE else 0
        if not (self.has_width and (following[0].isupper() or following[0] in _OPENING)):
            return 0
        if self.breaks.full([first + 1]) or text[-1] in _OPEN_ENDS:
            return 0
        sentences = self.rows.sentences
        if sentences.ends(text) or sentences.is_unfinished(text):
            return 0
        if sentences.is_title(text):
            return first + 1
        is_short = self.widths[first] <= self.short
        return first + 1 if is_short and self._is_apart(first, last) else 0

    def _is_apart(self, first: int, last: int) -> bool:
        """Return whether the line below a short line is the last one, a title, or goes on.

        Verse has many short lines.
        """
        below = first + 1
        return (
            below == last
            or self.rows.sentences.ends(self.texts[below])
            or self.rows.sentences.is_title(self.texts[below])
            or self.texts[below + 1][0].islower()
            or bool(self.breaks.full([below + 1]))
        )

    def _is_label(self, first: int, last: int) -> bool:
        """Return whether a line with a colon heads the wrapped text below it, and is no name."""
        text, below = self.texts[first], first + 1
        return (
            self.has_width
            and below < last
            and self.widths[first] <= self.short
            and text.count(" ") <= _WORDS_IN_LABEL
            and text[0].isupper()
            and self.texts[below][0].isupper()
            and not self.rows.sentences.is_title(text)
            and bool(self.breaks.full([below + 1]))
        )

    def openings(self) -> list[int]:
        """Return the breaks after which a paragraph begins, whatever the layout of the text."""
        addresses = self._beside_addresses() if self.has_width else []
        return [
            *addresses,
            *self._among_addresses(),
            *self._beside_wide_lines(),
            *self._before_signs(),
            *self._beside_placeholders(),
        ]

    def _beside_addresses(self) -> list[int]:
        """Return the breaks beside an address that has a line of its own, which had room for more.

        A label with a colon, and a sentence that the address ends, go on with it.
        """
        texts, ends, breaks = self.texts, self.rows.sentences.ends, self.breaks
        alone = {
            number
            for number in self.rows.written
            if " " not in texts[number] and is_address(texts[number])
        }
        if not alone:
            return []
        likely = [below for below in breaks.numbers if below in alone or below - 1 in alone]
        full = set(breaks.full(likely))
        return [
            below
            for below in likely
            if (above := texts[below - 1])[-1] not in _OPEN_BEFORE
            and (
                (below not in alone and below not in full and not texts[below][0].islower())
                or (
                    below in alone
                    and (ends(above) or not (below in full or above.rsplit(None, 1)[-1].islower()))
                )
            )
        ]

    def _among_addresses(self) -> list[int]:
        """Return the breaks above each of several addresses that have lines of their own."""
        alone = {
            number
            for number in self.rows.written
            if " " not in self.texts[number] and is_address(self.texts[number])
        }
        return [
            below
            for below in self.breaks.numbers
            if below in alone and (below - 1 in alone or below + 1 in alone)
        ]

    def _beside_wide_lines(self) -> list[int]:
        """Return the breaks beside lines too wide to be wrapped, unless a sentence goes on.

        Newsletters have wrapped paragraphs beside paragraphs of one line.
        """
        texts, widths, sentences = self.texts, self.widths, self.rows.sentences
        limit = max(_WIDEST_WRAP, _WIDER * self.breaks.width * self.has_width)
        if max(widths) <= limit:
            return []
        return [
            below
            for below in self.breaks.not_small
            if max(widths[below - 1], widths[below]) > limit
            and (above := texts[below - 1])[-1] not in _OPEN_BEFORE
            and not sentences.is_unfinished(above)
        ]

    def _beside_placeholders(self) -> list[int]:
        """Return the breaks beside what a text browser writes for a picture: "[img]"."""
        texts = self.texts
        brackets = [n for n in self.rows.written if texts[n][0] == "["]
        alone = {n for n in brackets if _PLACEHOLDER.fullmatch(texts[n])}
        if not alone:
            return []
        return [n for n in self.breaks.numbers if n in alone or n - 1 in alone]

    def _before_signs(self) -> list[int]:
        """Return the breaks before lines such as "[2] Port Watch", which no sentence goes on with.

        The line above ends a sentence, had room for more, or begins with such a sign, too.
        """
        texts, breaks = self.texts, self.breaks
        if _SIGNS.isdisjoint(breaks.heads) and max(breaks.heads, default="") < FACES:
            return []
        signed = [
            below
            for below, head in zip(breaks.numbers, breaks.heads, strict=True)
            if (head in _SIGNS or head >= FACES) and _SIGN.match(texts[below])
        ]
        full = set(breaks.full(signed))
        ends = self.rows.sentences.ends
        return [
            below
            for below in signed
            if below not in full or texts[below - 1][0] in SIGNS or ends(texts[below - 1])
        ]

    def is_speaker(self, first: int, below: int) -> bool:
        """Return whether the line above is the speaker, with a colon, of the line below."""
        text = self.texts[first]
        is_label = first == below - 1 and text[-1] == ":" and len(text) <= _SHORT_LINE
        return is_label and below not in self.rows.items and self.texts[below][0] not in SIGNS


def _has_cells(text: str) -> bool:
    return "\t" in text or "   " in text


def _has_figures(text: str) -> bool:
    return any(map(str.isdigit, text))


def _has_field(text: str) -> bool:
    return text.find(": ", 0, _LONGEST_FIELD) > 0
