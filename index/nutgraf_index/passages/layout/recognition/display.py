"""Recognises headings, menus, tables and addresses among wrapped lines without a blank line."""

import re
from bisect import bisect_left, bisect_right

from nutgraf_index import core
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import uints, zeros
from nutgraf_index.passages.layout.blocks import Mark
from nutgraf_index.passages.layout.evidence import Breaks
from nutgraf_index.passages.layout.rows import FACES, PICTOGRAPHS, SIGNS, Rows

__all__ = ["Display"]

_OPENING = frozenset("\"'“‘«(")  # first characters of a sentence that is no word
_OPEN_ENDS = frozenset(",;-–—&/(“‘«\u00ac\u00ad")  # last characters of lines that go on
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
_CAPITALS, _ADDRESS = int(Mark.CAPITALS), int(Mark.ADDRESS)
_PLAIN = int(Mark.PLAIN)


class Display:
    """Headings, menus, tables and addresses of a text with wrapped lines."""

    def __init__(self, rows: Rows, breaks: Breaks) -> None:
        self.rows, self.breaks = rows, breaks
        self.texts, self.widths = rows.lines.texts, rows.lines.widths

    @lazy
    def has_width(self) -> bool:
        """Whether wrapped lines have a common width."""
        return self.breaks.fullness >= _COMMON

    @lazy
    def short(self) -> int:
        """The greatest width of a line that was not filled."""
        return int(_SHORT * self.breaks.width) if self.has_width else _SHORT_LINE

    def judged(self) -> tuple[list[int], list[int]]:
        """Return for each run of lines whether it is a table, and for each line what `headed` says.

        Each line of a table is an entry of a menu, a list or a table. `headed` is whether a line of
        a run may be a heading of the lines below it; see `core.building.judge_runs`.
        """
        runs = self.rows.runs
        tables, headed = zeros("B", len(runs)), zeros("B", len(self.texts))
        core.building.judge_runs(
            uints([first for first, _ in runs]),
            uints([last for _, last in runs]),
            self.rows.lines.rows,
            self.short,
            _SHORT_LINE,
            self.has_width,
            _WORDS_IN_ENTRY,
            _ROWS,
            tables,
            headed,
        )
        apart = sorted({*self.rows.items, *self.rows.borders})
        if not apart or not any(tables):
            return tables.tolist(), headed.tolist()
        return [
            is_table and bisect_left(apart, first) == bisect_right(apart, last)
            for is_table, (first, last) in zip(tables, runs, strict=True)
        ], headed.tolist()

    @lazy
    def _is_in_capitals(self) -> bool:
        """Whether most lines of the text are in capitals, which then mark no headlines."""
        signs, breaks = self.rows.lines.signs, self.breaks.numbers
        return 2 * sum([signs[below] & _CAPITALS > 0 for below in breaks]) > len(breaks)

    def heading_end(self, first: int, last: int) -> int:
        """Return the line after the heading that a block begins with, or 0.

        `first` is `headed`, see `judged`, and `last` is the last line of the run. A heading is up
        to three lines in capitals, or a line that was not filled though no sentence ends with it.
        """
        texts, items = self.texts, self.rows.items
        if first in items or first + 1 in items:
            return 0
        lines = self.rows.lines
        is_upper = lines.signs[first] & _CAPITALS
        text, following = texts[first], texts[first + 1]
        if text[-1] == ":":  # a speaker, or the beginning of a list
            return first + 1 if self._is_label(first, last) else 0
        if is_upper and not self._is_in_capitals:
            end = first + 1
            while (
                end <= last
                and lines.signs[end] & _CAPITALS
                and texts[end - 1].count(" ") + 1 >= _WORDS_IN_ENTRY
            ):
                end += 1
            is_apart = end <= last and not lines.is_small(end)
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

    @lazy
    def _addresses(self) -> set[int]:
        """The lines that are an address of a page or of mail, and nothing else."""
        signs = self.rows.lines.signs
        return {number for number in self.rows.written if signs[number] & _ADDRESS}

    def _beside_addresses(self) -> list[int]:
        """Return the breaks beside an address that has a line of its own, which had room for more.

        A label with a colon, and a sentence that the address ends, go on with it.
        """
        texts, ends, breaks = self.texts, self.rows.sentences.ends, self.breaks
        alone = self._addresses
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
        alone = self._addresses
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
        heads = self.rows.lines.heads
        brackets = [n for n in self.rows.written if not heads[n] & _PLAIN and texts[n][0] == "["]
        alone = {n for n in brackets if _PLACEHOLDER.fullmatch(texts[n])}
        if not alone:
            return []
        return [n for n in self.breaks.numbers if n in alone or n - 1 in alone]

    def _before_signs(self) -> list[int]:
        """Return the breaks before lines such as "[2] Port Watch", which no sentence goes on with.

        The line above ends a sentence, had room for more, or begins with such a sign, too.
        """
        texts, breaks, heads = self.texts, self.breaks, self.rows.lines.heads
        marked = [below for below in breaks.numbers if not heads[below] & _PLAIN]
        signed = [
            below
            for below in marked
            if ((head := texts[below][0]) in _SIGNS or head >= FACES) and _SIGN.match(texts[below])
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
