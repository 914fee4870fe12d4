"""Tells where passages begin on a printed page, which OCR reads as columns below each other.

No blank line separates anything there, and columns, headlines and adverts differ in width. So each
break is judged by the lines around it: its score is the sum of the weights of the pieces of
evidence that it has. A passage begins after a break with a positive score.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from nutgraf_index.passages.layout.blocks import Mark
from nutgraf_index.passages.layout.evidence import Breaks
from nutgraf_index.passages.layout.sentences import Sentences

__all__ = ["EVIDENCE", "Evidence", "PrintedBreak", "is_printed", "printed_openings"]

_WIDEST_COLUMN = 50  # characters; mail and typewritten lines have 60 to 80
_FEWEST_LINES = 30  # of a page
_LINES_IN_RUN = 12  # at least, in the mean: blank lines separate hardly anything
_WRAPPED = 0.15  # share of lines that go on with a small letter below, in columns
_LEAST_WIDTH = 12  # characters of a wrapped line
_REACH = 6  # lines above and below that tell the width of the column
_KNOWN = 3  # lines that are taken to have the same column
_FEW = 3  # lines that tell a width
_FILLED = 0.8  # quantile of the widths of wrapped lines: the width of the column
_HALF_EMPTY = 0.6  # of the width of the column
_ALIKE = 0.7  # of the wider line
_LETTERS_OF_NOISE = 3
_WRITTEN = 0.6  # least share of letters in a line with words
_LONGEST_DATELINE = 60  # characters
_SAMPLE = 200  # lines in which sentences that end within a line are counted
_BEYOND_CHANCE = 1.5  # times the sentences that end with full lines by chance
_OTHER = re.compile(r"[^\w ]|[\d_]")
_ENDS_WITHIN = re.compile(r"[^\W\d_A-Z][.!?][\"'”’)]* [^\W\d_a-z\"“]")  # of sentences in a line
_SMALL, _CONTINUING = int(Mark.SMALL), int(Mark.CONTINUING)
_OPEN_ENDS = frozenset(",;-–—&\u00ac\u00ad")
# "Lindholm, Minn., Jan. 3. The", of which OCR may spoil the letters.
_DATELINE = re.compile(r"[^\W\d_][\w. ]+,(?: ?[^\W\d_][\w.]*[., ]){1,3} ?\d{1,2}[.)]? ?[-–—.]")


class PrintedBreak(NamedTuple):
    """A break between two lines of a page.

    Attributes:
        above: the line above, without white space at both ends.
        text: the line below.
        following: the line below that one; empty for a blank line.
        column: the width of the column around the line above; 0 if hardly any line is wrapped.
        is_full: whether the line above had no room for the next word.
        has_noise: whether one of the lines has hardly any letters.
        capitals: how many of the two lines are in capitals.
        sentences: the reader of the language's sentences.
        by_chance: whether sentences end with full lines of the page as seldom as any word does.
    """

    above: str
    text: str
    following: str
    column: int
    is_full: bool
    has_noise: bool
    capitals: int
    sentences: Sentences
    by_chance: bool = False

    @classmethod
    def of(
        cls, above: str, text: str, following: str, column: int, sentences: Sentences
    ) -> "PrintedBreak":
        """Return the break between two lines; see the attributes."""
        is_full = column > 0 and (
            (room := column - 1 - len(above)) < 0 or len(text.split(" ", 1)[0]) > room
        )
        noise = _is_noise(above) or _is_noise(text)
        capitals = above.isupper() + text.isupper()
        return cls(above, text, following, column, is_full, noise, capitals, sentences)


def ends_sentence(one: PrintedBreak) -> bool:
    """The line above ends a sentence, and not by chance."""
    return one.sentences.ends(one.above) and not (one.by_chance and one.is_full)


def goes_on(one: PrintedBreak) -> bool:
    """The line above ends with a comma, a hyphen, or a word that ends no sentence."""
    return one.above[-1] in _OPEN_ENDS or one.sentences.is_unfinished(one.above)


def is_within_sentence(one: PrintedBreak) -> bool:
    """The line above begins with a small letter: it is running text."""
    return one.above[0].islower()


def goes_on_below(one: PrintedBreak) -> bool:
    """The line above is full, and the line below goes on in a small letter: running text."""
    return one.following[:1].islower() and one.is_full


def changes_capitals(one: PrintedBreak) -> bool:
    """Only one of the lines is in capitals."""
    return one.capitals == 1 and not one.has_noise


def keeps_capitals(one: PrintedBreak) -> bool:
    """Both lines are in capitals: a headline may have several."""
    return one.capitals == 2 and not one.has_noise


def keeps_title(one: PrintedBreak) -> bool:
    """Both lines have a capital in each word: a headline may have several."""
    above, text, is_title = one.above, one.text, one.sentences.is_title
    return above[0].isupper() and not above.isupper() and is_title(above) and is_title(text)


def has_noise(one: PrintedBreak) -> bool:
    """One of the lines has hardly any letters: OCR of a picture, a rule or a stain."""
    return one.has_noise


def changes_width(one: PrintedBreak) -> bool:
    """The lines have different widths."""
    narrow, wide = sorted((len(one.above), len(one.text)))
    return narrow < _ALIKE * wide


def has_no_column(one: PrintedBreak) -> bool:
    """Hardly any line around is wrapped: adverts, tables and headlines."""
    return not one.column


def is_short(one: PrintedBreak) -> bool:
    """The line above fills little of its column."""
    return len(one.above) < _HALF_EMPTY * one.column


def is_bracketed(one: PrintedBreak) -> bool:
    """One of the lines stands in brackets, from end to end: "(Continued on page two)"."""
    return _in_brackets(one.above) or _in_brackets(one.text)


def begins_with_dateline(one: PrintedBreak) -> bool:
    """The line below begins with a place and a day."""
    start = one.text[:_LONGEST_DATELINE]
    return "," in start and _DATELINE.match(start) is not None


class Evidence(NamedTuple):
    """A piece of evidence that a passage begins after a break."""

    is_found: Callable[[PrintedBreak], bool]
    weight: float


EVIDENCE = (
    Evidence(ends_sentence, 2.5),
    Evidence(goes_on, -2.0),
    Evidence(begins_with_dateline, 2.0),
    Evidence(is_bracketed, 2.5),
    Evidence(changes_capitals, 1.25),
    Evidence(keeps_capitals, -1.0),
    Evidence(keeps_title, -0.5),
    Evidence(has_noise, 1.25),
    Evidence(is_within_sentence, -0.75),
    Evidence(goes_on_below, -0.75),
    Evidence(has_no_column, 0.75),
    Evidence(is_short, 0.5),
    Evidence(changes_width, 0.75),
)
_PRIOR = -0.25


def is_printed(breaks: Breaks) -> bool:
    """Return whether a text with wrapped lines is a printed page."""
    numbers = breaks.numbers
    if len(numbers) < max(_FEWEST_LINES, _LINES_IN_RUN * breaks.runs):
        return False
    widths = sorted([breaks.lines.widths[below - 1] for below in breaks.small])
    return len(widths) >= _WRAPPED * len(numbers) and widths[len(widths) // 2] <= _WIDEST_COLUMN


def printed_openings(breaks: Breaks) -> list[int]:
    """Return the breaks of a printed page after which a passage begins."""
    texts, sentences = [*breaks.lines.texts, ""], breaks.sentences
    wrapped = [0] * len(texts)  # the width of each line that goes on below; else 0
    for below in breaks.small:
        wrapped[below - 1] = max(breaks.lines.widths[below - 1], _LEAST_WIDTH)
    likely: dict[int, PrintedBreak] = {}
    column = known = 0
    for below, head in zip(breaks.numbers, breaks.heads, strict=True):
        if not (head & _SMALL or (head & _CONTINUING and not _is_noise(texts[below]))):
            above = below - 1
            if above >= known:
                near = sorted(filter(None, wrapped[max(above - _REACH, 0) : above + _REACH + 1]))
                column = near[int(len(near) * _FILLED)] if len(near) >= _FEW else 0
                known = above + _KNOWN
            likely[below] = PrintedBreak.of(
                texts[above], texts[below], texts[below + 1], column, sentences
            )
    full = [one for one in likely.values() if one.is_full]
    ended = sum([sentences.ends(one.above) for one in full])
    text = "\n".join(texts[:: len(texts) // _SAMPLE + 1])
    by_chance = len(_ENDS_WITHIN.findall(text)) / max(text.count(" "), 1)
    if ended <= _BEYOND_CHANCE * by_chance * (len(full) + len(breaks.small)):
        likely = {below: one._replace(by_chance=True) for below, one in likely.items()}
    return [
        below
        for below, one in likely.items()
        if sum([piece.weight for piece in EVIDENCE if piece.is_found(one)]) + _PRIOR > 0
    ]


def _in_brackets(text: str) -> bool:
    return text[0] == "(" and text[-1] == ")" and " " in text


def _is_noise(text: str) -> bool:
    written = len(text) - text.count(" ")
    letters = written - len(_OTHER.findall(text))
    return letters <= _LETTERS_OF_NOISE or letters < _WRITTEN * written
