"""The pieces of evidence whether the lines of a text are wrapped, or each line is a paragraph.

Each piece measures one property of the line breaks of a text. Evidence is the sum of the measures
by their weights. A wrapped text has positive evidence.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from nutgraf_index.cache import lazy
from nutgraf_index.passages.layout.blocks import Lines, Mark
from nutgraf_index.passages.layout.sentences import Sentences

__all__ = ["EVIDENCE", "Breaks", "Evidence", "are_wrapped", "sample_of"]

_WIDEST_WRAP = 120  # characters; hardly any lines are wrapped at a greater width
_SHORTEST_WRAP = 16  # characters of a line above a small letter; entries of menus are shorter
_WIDER = 1.5  # times the width of wrapped lines; hardly any wrapped line is wider
_MANY = 5  # breaks; two or three lines may have the same width, or begin alike, by chance
_FEW = 3
_SAMPLE = 64
_NEARLY_ALL = 0.9
_SMALL, _CAPITAL, _BLANK = int(Mark.SMALL), int(Mark.CAPITAL), int(Mark.BLANK)
_LAST, _PAUSE, _HYPHEN = int(Mark.LAST), int(Mark.PAUSE), int(Mark.HYPHEN)
_CONTINUING = int(Mark.CONTINUING)


class Breaks:
    """Line breaks of a text, each identified by the number of the line below it.

    Attributes:
        lines: all lines of the text.
        numbers: the breaks, in order.
        runs: the number of groups of lines that blank lines separate.
        sentences: the reader of the language's sentences.
    """

    def __init__(
        self, lines: Lines, numbers: Sequence[int], runs: int, sentences: Sentences
    ) -> None:
        self.lines, self.numbers, self.runs, self.sentences = lines, numbers, runs, sentences

    @lazy
    def heads(self) -> list[int]:
        """The bits of the first character of each line below a break; see `Mark`."""
        heads = self.lines.heads
        return [heads[below] for below in self.numbers]

    @lazy
    def tails(self) -> list[int]:
        """The bits of the last character of each line above a break; see `Mark`."""
        tails = self.lines.tails
        return [tails[below - 1] for below in self.numbers]

    @lazy
    def _wrapped(self) -> list[int]:
        """Some breaks above a small letter, 64 at most: the lines above are wrapped."""
        signs, heads = self.lines.signs, self.lines.heads
        sample = sample_of(self.numbers)
        return [below for below in sample if heads[below] & _SMALL and signs[below] & _BLANK]

    @lazy
    def width(self) -> int:
        """The width at which lines would be wrapped: the ninth decile of widths above breaks.

        Lines before a small letter are surely wrapped, and tell the width if there are a few.
        """
        widths = self.lines.widths
        breaks = self._wrapped if len(self._wrapped) >= _FEW else self.numbers
        sizes = sorted([widths[below - 1] for below in breaks])
        return sizes[len(sizes) * 9 // 10] if sizes else 0

    @lazy
    def ended(self) -> list[int]:
        """The breaks below lines that end a sentence."""
        texts, tails, ends = self.lines.texts, self.lines.tails, self.sentences.ends
        likely = [below for below in self.numbers if tails[below - 1] & _LAST]
        return [below for below in likely if ends(texts[below - 1])]

    @lazy
    def not_small(self) -> list[int]:
        """The breaks above lines that do not begin with a small letter."""
        heads = self.lines.heads
        return [below for below in self.numbers if not heads[below] & _SMALL]

    @lazy
    def with_room(self) -> set[int]:
        """The breaks of `not_small` below lines that had room for the next word."""
        return set(self.not_small).difference(self.full(self.not_small))

    def full(self, breaks: Sequence[int]) -> list[int]:
        """Return the breaks below full lines, which had no room for the next word."""
        openings, widths, limit = self.lines.openings, self.lines.widths, self.width - 1
        return [below for below in breaks if openings[below] + widths[below - 1] > limit]

    @lazy
    def full_share(self) -> float:
        """The share of full lines among the lines above all breaks."""
        return len(self.full(self.numbers)) / len(self.numbers)

    @lazy
    def fullness(self) -> float:
        """The share of full lines among the lines before a small letter, which are wrapped.

        It is 0 if there are only a few of these.
        """
        wrapped = self._wrapped
        return len(self.full(wrapped)) / len(wrapped) if len(wrapped) >= _FEW else 0.0

    @lazy
    def has_capitals(self) -> bool:
        """Whether any line begins with a capital; small letters tell nothing otherwise."""
        return self.lines.have_capitals

    @lazy
    def small(self) -> list[int]:
        """The breaks above lines that begin with a small letter, without the entries of a menu."""
        signs, widths, heads = self.lines.signs, self.lines.widths, self.lines.heads
        return [
            below
            for below in self.numbers
            if heads[below] & _SMALL
            and widths[below - 1] >= _SHORTEST_WRAP
            and signs[below] & _BLANK
        ]


def sample_of(breaks: Sequence[int]) -> Sequence[int]:
    """Return enough of many breaks to judge by, evenly spaced: up to 64, or all if there are fewer.

    >>> sample_of(range(64)), sample_of(range(0, 200, 2))
    (range(0, 64), range(0, 200, 4))
    """
    return breaks[:: max((len(breaks) - 1) // _SAMPLE, 0) + 1]


def small_letters(breaks: Breaks) -> float:
    """Lines that begin with a small letter: half of the lines in wrapped prose, else hardly any."""
    small = len(breaks.small)
    capitals = sum([head & _CAPITAL > 0 for head in breaks.heads])
    if not (small or capitals) or not breaks.has_capitals:
        return 0.0
    share = (small / (small + capitals) - 0.1) / 0.15
    return min(1.0, max(share, -0.45))


def ends_of_sentences(breaks: Breaks) -> float:
    """Lines that end a sentence: most lines that are paragraphs, but few wrapped lines.

    That a few lines end none says little.
    """
    most = min(0.25, 0.25 * len(breaks.numbers) / _MANY)
    return min(most, 1 - 2 * len(breaks.ended) / len(breaks.numbers))


def open_ends(breaks: Breaks) -> float:
    """Lines that end with a comma or a dash: wrapped lines and verses, but no paragraphs."""
    marks = sum([tail & _PAUSE > 0 for tail in breaks.tails])
    return min(1.0, 4 * marks / len(breaks.numbers))


def common_width(breaks: Breaks) -> float:
    """Lines that had no room for the next word, as all wrapped lines but the last of each."""
    return 2 * breaks.full_share - 1


def long_lines(breaks: Breaks) -> float:
    """The share of characters in lines too long to be wrapped, unless nearly all are full."""
    if max(breaks.lines.widths) <= _WIDEST_WRAP:
        return 0.0
    widths = [breaks.lines.widths[below - 1] for below in breaks.numbers]
    long = sum([width for width in widths if width > _WIDEST_WRAP])
    if long and len(widths) >= _MANY and breaks.full_share >= _NEARLY_ALL:
        return 0.0
    return -long / sum(widths)


def broken_words(breaks: Breaks) -> float:
    """Lines that end with a hyphen before a small letter."""
    tails = breaks.lines.tails
    hyphens = [below for below in breaks.small if tails[below - 1] & _HYPHEN]
    return min(1.0, 20 * len(hyphens) / len(breaks.numbers))


def commas(breaks: Breaks) -> float:
    """Lines that begin with a comma or another mark: an export cut sentences at links and names."""
    marks = sum([head & _CONTINUING > 0 for head in breaks.heads])
    return -min(1.0, 20 * marks / len(breaks.numbers))


def blank_lines(breaks: Breaks) -> float:
    """Blank lines between groups of lines: these are the paragraphs, or stanzas."""
    return float(breaks.runs > 1)


def wider_lines(breaks: Breaks) -> float:
    """The share of characters in lines that are wider than wrapped lines would be, doubled.

    Blank lines stand around such a line, or no line is wrapped at such a width. Where these are
    most of the text, the lines at the few breaks are menus, captions and titles.
    """
    widths, limit = breaks.lines.widths, _WIDER * breaks.width
    if breaks.runs < 2 or max(widths) <= limit:
        return 0.0
    above, below = [0, *widths], [*widths[1:], 0]
    wide = [
        width
        for width, before, after in zip(widths, above, below, strict=False)
        if width > limit and (width > _WIDEST_WRAP or not (before or after))
    ]
    return -min(1.0, 2 * sum(wide) / sum(widths))


class Evidence(NamedTuple):
    """A piece of evidence.

    Attributes:
        measure: returns a number from `least` to `most`; positive for wrapped lines.
        weight: what the measure is multiplied by.
        least: the least measure, from -1.
        most: the greatest measure, up to 1.
        proven: whether many breaks are needed before the measure counts in full.
    """

    measure: Callable[[Breaks], float]
    weight: float
    least: float
    most: float
    proven: bool = False


# The cheap ones and the strong ones first.
EVIDENCE = (
    Evidence(small_letters, 6.0, -0.45, 1.0),
    Evidence(long_lines, 8.0, -1.0, 0.0),
    Evidence(blank_lines, 3.0, 0.0, 1.0),
    Evidence(wider_lines, 4.0, -1.0, 0.0),
    Evidence(open_ends, 4.0, 0.0, 1.0, proven=True),
    Evidence(commas, 1.0, -1.0, 0.0, proven=True),
    Evidence(broken_words, 1.0, 0.0, 1.0, proven=True),
    Evidence(ends_of_sentences, 4.0, -1.0, 0.25),
    Evidence(common_width, 3.0, -1.0, 1.0, proven=True),
)
# For each piece, the least and the greatest sum of the pieces after it.
_REMAINING = tuple(
    (
        sum(piece.weight * piece.least for piece in EVIDENCE[index:]),
        sum(piece.weight * piece.most for piece in EVIDENCE[index:]),
    )
    for index in range(1, len(EVIDENCE) + 1)
)


def are_wrapped(breaks: Breaks) -> bool:
    """Return whether the lines at these breaks are wrapped, rather than a paragraph each.

    Measures are taken until those that remain cannot change the answer.
    """
    proof = min(1.0, len(breaks.numbers) / _MANY)
    total = 0.0
    for piece, (least, most) in zip(EVIDENCE, _REMAINING, strict=True):
        total += piece.weight * (proof if piece.proven else 1.0) * piece.measure(breaks)
        if total + least > 0 or total + most <= 0:
            break
    return total > 0
